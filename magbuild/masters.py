"""Master pages: what each page of the issue carries comes in, running heads and folios as a layer of pages come out."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from magbuild.compose import page_styles, plain
from magbuild.flatplan import Flatplan, Slot
from magbuild.language import Language
from magbuild.layout import Layout, render
from magbuild.manuscript import set_line
from magbuild.measure import Length
from magbuild.memory import recalled
from magbuild.model import Issue, StoryType
from magbuild.paginate import Proof, set_sheet

# Languages whose books have the line on the spine run upwards; ISO 6357 and the others have it run down.
UPWARDS = frozenset({"ca", "cs", "de", "es", "fr", "hu", "it", "pl", "pt", "ro", "ru", "sk", "uk"})
LONGEST_HEAD = 60  # characters: half a line of A5


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a story stood: who wrote it, its title as it is set, the issue with the pages, and an address."""

    people: str
    title: str
    where: str
    url: str = ""

    @property
    def plain_title(self) -> str:
        """The title without marks."""
        return plain(self.title)

    @property
    def text(self) -> str:
        """All of it as plain text, for whoever cites the story."""
        return ". ".join(filter(None, (self.people, self.plain_title, self.where, self.url)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """What a page of the issue is: its number, its side, its kind ("text", "bare", "blank") and its heads."""

    number: int
    side: str
    kind: str
    slug: str = ""
    title: str = ""
    section: str = ""
    colour: str = ""


def made_pages(
    issue: Issue, flatplan: Flatplan, proofs: Mapping[str, Proof], language: Language
) -> tuple[MadePage, ...]:
    """Say for every page what it carries."""
    return tuple(_made_page(issue, slot, proofs, language) for slot in flatplan.slots)


def _made_page(issue: Issue, slot: Slot, proofs: Mapping[str, Proof], language: Language) -> MadePage:
    galley = slot.galley
    if galley is None:
        return MadePage(number=slot.number, side=str(slot.side), kind="blank")
    kind = "bare" if slot.page < galley.bare else "text"
    if not galley.stories:
        title = language.say(galley.slug) if galley.slug != "back-cover" else ""
        return MadePage(number=slot.number, side=str(slot.side), kind=kind, slug=galley.slug, title=title)
    anchors = {name for name, _, _ in proofs[galley.slug].pages[slot.page].anchors}
    texts = [slug for slug in galley.stories if issue.story(slug).front.type is not StoryType.ADVERT] or galley.stories
    story = issue.story(next((slug for slug in texts if slug in anchors), texts[0]))
    section = issue.section(story)
    name = plain(set_line(section.title or section.name, language.code))
    title = plain(set_line(story.front.short_title or story.front.title, story.front.language))
    return MadePage(
        number=slot.number,
        side=str(slot.side),
        kind=kind,
        slug=galley.slug,
        title=name if len(galley.stories) > 1 else title if story.front.short_title else _shortened(title),
        section=name,
        colour=section.colour,
    )


def _shortened(title: str) -> str:
    """Return a title that a running head has room for."""
    return textwrap.shorten(title, LONGEST_HEAD, placeholder=" …")


# What `set_sheet` sets: HTML, its styles, a name.
Copy = tuple[str, str, str]


def copy_of_masters(issue: Issue, layout: Layout, pages: tuple[MadePage, ...]) -> Copy:
    """Return the running heads and folios of all pages, to be set with a page for each page."""
    return _copy(issue, layout, "masters", pages=pages)


def set_source_line(issue: Issue, layout: Layout, source: Source) -> bytes:
    """Set the line that says where a story stood as an untagged PDF of one page."""
    return _set(_copy(issue, layout, "source", source=source))


def set_spine(issue: Issue, layout: Layout, spine: Length, *, lettered: bool) -> bytes:
    """Set the spine of a perfect-bound issue, `spine` wide, with its bleed, as an untagged PDF of one page."""
    language = issue.magazine.language.partition("-")[0].casefold()
    direction = "up" if language in UPWARDS else "down"
    height = issue.magazine.trim.height
    return _set(_copy(issue, layout, "spine", spine=spine, height=height, direction=direction, lettered=lettered))


def _set(copy: Copy) -> bytes:
    return recalled(set_sheet, *copy).pdf


def _copy(issue: Issue, layout: Layout, name: str, **values: object) -> Copy:
    """Fill in a template that is not a galley's."""
    language = Language(code=issue.magazine.language, own_words=issue.magazine.words)
    words = {
        "magazine": issue.magazine,
        "issue": issue.sheet,
        "colours": layout.palette(issue.magazine),
        "language": language,
        "say": language.say,
    }
    return render(layout.environment(words), f"{name}.html", **values), page_styles(issue, layout), name
