"""The dummy of an issue: a laid out issue comes in; what stands on each page and how its stories fit come out.

In the trade a dummy is the mock-up of a number that shows every spread. The flatplan only says which page falls where.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from magbuild.fillers import Filled
from magbuild.flatplan import Flatplan, Slot
from magbuild.layout import Layout
from magbuild.manuscript import Manuscript
from magbuild.model import MADE_PAGES, Issue, StoryType
from magbuild.paginate import Proof
from magbuild.proofreading import ReadPage, pitch_of, read_pages

FEW = 1 / 4  # of a page: with so little on its last page a story is told by how much it is over
NO_COLOUR = "#999999"


class Kind(StrEnum):
    """What a page holds."""

    STORY = "story"
    ADVERT = "advert"
    MADE = "made"  # by the builder: covers, contents, imprint
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page: its number, what it holds, the titles on it, and its section with the colour of that (CSS)."""

    number: int
    kind: Kind
    titles: tuple[str, ...] = ()
    section: str = ""
    colour: str = NO_COLOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How full the last page of a galley is: lines in it, lines still free, lines of a whole page of its columns."""

    lines: int
    free: int
    whole: int
    pages: int

    def __str__(self) -> str:
        if self.pages > 1 and self.lines <= FEW * self.whole:
            return f"{_lines(self.lines)} over"
        return f"{_lines(self.free)} free" if self.free else "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story: how many words it has, on which pages it stands, and how it fits if the last of these ends with it."""

    slug: str
    title: str
    section: str
    colour: str
    words: int
    pages: tuple[int, ...]
    fit: Fit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dummy:
    """Every page and every story of an issue, in order, and what there is to tell of its fillers."""

    name: str
    leaves: tuple[Leaf, ...]
    entries: tuple[Entry, ...]
    fillers: str = ""

    @property
    def spreads(self) -> tuple[tuple[Leaf | None, Leaf | None], ...]:
        """The pages that face each other: the first stands alone on the right, an even last one on the left."""
        leaves: list[Leaf | None] = [None, *self.leaves]
        leaves += [None] * (len(leaves) % 2)
        return tuple(zip(leaves[::2], leaves[1::2], strict=True))

    def numbers(self, kind: Kind) -> tuple[int, ...]:
        """Return the pages that hold something of a kind."""
        return tuple(leaf.number for leaf in self.leaves if leaf.kind is kind)


def dummy_of(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    layout: Layout,
    filled: Filled,
) -> Dummy:
    """Return the dummy of an issue that is laid out."""
    colours = {name: colour.screen for name, colour in layout.palette(issue.magazine).items()}
    plan, proofs = filled.plan, filled.proofs
    leaves = tuple(_leaf(issue, colours, slot, proofs) for slot in plan.slots)
    fits = _fits(read_pages(plan, proofs))
    return Dummy(
        name=f"{issue.magazine.title} {issue.sheet.number}",
        leaves=leaves,
        entries=tuple(_entries(issue, manuscripts, colours, plan, proofs, fits)),
        fillers="; ".join(filled.told),
    )


def _leaf(issue: Issue, colours: Mapping[str, str], slot: Slot, proofs: Mapping[str, Proof]) -> Leaf:
    galley = slot.galley
    if galley is None:
        return Leaf(number=slot.number, kind=Kind.BLANK)
    slugs = [slug for slug in _standing_on(slot, proofs) if slug not in MADE_PAGES]
    stories = [issue.story(slug) for slug in slugs]
    if not stories:
        title = galley.slug.replace("-", " ").capitalize()
        return Leaf(number=slot.number, kind=Kind.MADE, titles=(title,))
    told = [story for story in stories if story.front.type is not StoryType.ADVERT]
    section = issue.section((told or stories)[0])
    return Leaf(
        number=slot.number,
        kind=Kind.STORY if told else Kind.ADVERT,
        titles=tuple(story.front.short_title or story.front.title for story in stories),
        section=section.title or section.name,
        colour=colours.get(section.colour, NO_COLOUR),
    )


def _standing_on(slot: Slot, proofs: Mapping[str, Proof]) -> Sequence[str]:
    """Return the slugs of what stands on a page, in the order of its galley."""
    assert slot.galley is not None
    stories = slot.galley.stories
    if len(stories) < 2:
        return stories
    page = proofs[slot.galley.slug].pages[slot.page]
    there = {spot.story for spot in page.starts} | {name for name, _, _ in page.anchors} | set(page.articles)
    return [slug for slug in stories if slug in there]


def _entries(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    colours: Mapping[str, str],
    plan: Flatplan,
    proofs: Mapping[str, Proof],
    fits: Mapping[str, Fit],
) -> Iterator[Entry]:
    pages: dict[str, list[int]] = {}
    last: dict[str, str] = {}  # galleys, by the story with which each ends
    for slot in plan.slots:
        if slot.galley is not None:
            for slug in _standing_on(slot, proofs):
                pages.setdefault(slug, []).append(slot.number)
                last[slot.galley.slug] = slug
    ends = {slug: galley for galley, slug in last.items()}
    for slug, numbers in pages.items():
        if slug in MADE_PAGES or issue.story(slug).front.type is StoryType.ADVERT:
            continue
        story = issue.story(slug)
        section = issue.section(story)
        yield Entry(
            slug=slug,
            title=story.front.short_title or story.front.title,
            section=section.title or section.name,
            colour=colours.get(section.colour, NO_COLOUR),
            words=manuscripts[slug].words,
            pages=tuple(numbers),
            fit=fits.get(ends.get(slug, "")),
        )


def _fits(pages: Sequence[ReadPage]) -> dict[str, Fit]:
    """Return how full the last page of each galley with columns of text is."""
    by_galley: dict[str, list[ReadPage]] = {}
    for page in pages:
        by_galley.setdefault(page.slug, []).append(page)
    return {slug: _fit(pages) for slug, pages in by_galley.items() if pages[-1].rows}


def _fit(pages: Sequence[ReadPage]) -> Fit:
    last = pages[-1]
    pitch, columns = pitch_of(last.rows[0]), len(last.rows[0])
    lowest = max(filled.bottom for filled in last.columns)
    # What ends above the lowest is free too, in the columns that end last.
    ends = [filled.bottom for filled in last.rows[-1]]
    ragged = sum(max(ends) - end for end in ends) / pitch
    free = max(0.0, last.measured.bottom - lowest) / pitch * columns + ragged
    return Fit(
        lines=sum(len(filled.lines) for row in last.rows for filled in row),
        free=int(free + 0.1),
        whole=columns * int((last.measured.bottom - last.measured.top) / pitch + 0.1),
        pages=len(pages),
    )


def _lines(number: int) -> str:
    return f"{number} line{'' if number == 1 else 's'}"
