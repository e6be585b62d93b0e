"""Fillers: an issue comes in, with house adverts, boxes and notices that stand wherever there is room; it is settled.

They go to the foot of the last page of stories that leave enough room there: of those that fit the highest, each once,
in the order of the pages. So the same issue always has the same fillers in the same places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from magbuild.compose import Desk, compose
from magbuild.flatplan import Flatplan
from magbuild.lines import Measured
from magbuild.model import Issue, StoryType
from magbuild.paginate import Proof, paginate
from magbuild.proofreading import ReadPage, read_pages
from magbuild.settle import Done, settle
from magbuild.workshop import Workshop

GAP: Final = 26.0  # pt of white between a story and a filler
# Such stories have a page of their own make, or a ground that a filler would spoil.
BY_THEMSELVES: Final = frozenset({StoryType.ADVERT, StoryType.EDITORIAL, StoryType.STATEMENT, StoryType.SUBSCRIBE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A settled issue: its pages, whether the page numbers have settled, which filler stands where, which nowhere.

    `fillers` are slugs by those of the galleys at whose end they stand.
    """

    plan: Flatplan
    proofs: dict[str, Proof]
    settled: bool
    fillers: Mapping[str, str]
    left_out: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What was done, in a line; none when there are no fillers."""
        pages = {galley.slug: slots[-1].number for galley, slots in self.plan.runs if galley is not None}
        told = [f"'{filler}' on page {pages[slug]}" for slug, filler in self.fillers.items()]
        out = ", ".join(f"'{slug}'" for slug in self.left_out)
        told += [f"no room for {out}"] if out else []
        return (f"fillers: {', '.join(told)}",) if told else ()


def settle_and_fill(desk: Desk, workshop: Workshop, done: Done, expected: Mapping[str, int]) -> Filled:
    """Settle an issue, and once more with the fillers that it has room for; none may make a story longer.

    `expected` are the pages on which stories are likely to begin, by slug, as `settle` takes them.
    """
    plan, proofs, settled = settle(desk, workshop, done, expected)
    pool = [story.slug for story in desk.issue.stories if story.front.type is StoryType.FILLER]
    chosen = choose(rooms(desk.issue, plan, proofs), heights(desk, workshop, pool)) if pool else {}
    filled = Filled(plan=plan, proofs=proofs, settled=settled, fillers={}, left_out=tuple(pool))
    while chosen:
        plan, again, settled = settle(replace(desk, fillers=chosen), workshop, done, expected)
        wrong = {slug for slug in chosen if not _is_filled(proofs[slug], again[slug])}
        if not wrong:
            left_out = tuple(slug for slug in pool if slug not in chosen.values())
            return Filled(plan=plan, proofs=again, settled=settled, fillers=chosen, left_out=left_out)
        chosen = {slug: filler for slug, filler in chosen.items() if slug not in wrong}
    return filled


def choose(rooms: Mapping[str, float], heights: Mapping[str, float]) -> dict[str, str]:
    """Give each galley the highest filler that fits into its room, in pt, and that none before it has."""
    left, chosen = list(heights), {}
    for slug, room in rooms.items():
        fitting = [filler for filler in left if heights[filler] + GAP <= room]
        if fitting:
            chosen[slug] = max(fitting, key=lambda filler: heights[filler])
            left.remove(chosen[slug])
    return chosen


def rooms(issue: Issue, plan: Flatplan, proofs: Mapping[str, Proof]) -> dict[str, float]:
    """Return how much room, in pt, stories leave at the foot of their last page, by galley in the order of pages."""
    lasts: dict[str, ReadPage] = {}
    for page in read_pages(plan, proofs):
        lasts[page.slug] = page
    return {
        slug: page.measured.bottom - max(filled.bottom for filled in page.columns)
        for slug, page in lasts.items()
        if page.rows and len(page.stories) == 1 and issue.story(slug).front.type not in BY_THEMSELVES
    }


def heights(desk: Desk, workshop: Workshop, fillers: Sequence[str]) -> dict[str, float]:
    """Return how high, in pt, fillers are that go on a page, by slug; each is set by itself."""
    galleys = compose(desk, [(slug,) for slug in fillers], dict(desk.folios))
    at_work = {galley.slug: workshop.start(paginate, galley) for galley in galleys}
    proofs = {slug: future.result() for slug, future in at_work.items()}
    return {slug: _height(proof.measured[0]) for slug, proof in proofs.items() if len(proof.measured) == 1}


def _height(measured: Measured) -> float:
    bottoms = (*(line.bottom for line in measured.lines), *(area.bottom for area in measured.areas))
    return max(bottoms, default=measured.top) - measured.top


def _is_filled(before: Proof, after: Proof) -> bool:
    """Whether a story with its filler is as long as without, and nothing is wrong that wasn't."""
    return len(after.pages) == len(before.pages) and set(after.problems) <= set(before.problems)
