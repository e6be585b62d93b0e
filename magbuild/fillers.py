"""Fillers: an issue comes in, with house adverts, boxes and notices that stand wherever there is room; it is settled.

They are files of their own, or blocks amid stories. They go to the foot of the page on which a story or a department
ends, where that leaves enough room: of those that fit the highest, each once, in the order of the pages. So the same
issue always has the same fillers in the same places.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from magbuild.compose import Desk, Galley, compose
from magbuild.flatplan import Flatplan, Foot
from magbuild.lines import Kind, Measured
from magbuild.model import Issue, StoryType
from magbuild.paginate import Proof, paginate
from magbuild.problem import Problem
from magbuild.proofreading import ReadPage, read_pages
from magbuild.settle import Onlooker, Paged, folios_of, settle
from magbuild.shorts import manuscript_of
from magbuild.workshop import Workshop

GAP: Final = 26.0  # pt of white between a story and a filler
# Such stories have a page of their own make, or a ground that a filler would spoil.
BY_THEMSELVES: Final = frozenset({StoryType.ADVERT, StoryType.EDITORIAL, StoryType.STATEMENT, StoryType.SUBSCRIBE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Paged):
    """A settled issue with its fillers, those that stand nowhere, and what is wrong with these by themselves."""

    left_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def fillers(self) -> dict[str, str]:
        """The fillers that stand on pages, by the galleys whose pages these are."""
        return {slot.galley.slug: slot.foot.galley.slug for slot in self.plan.slots if slot.galley and slot.foot}

    @property
    def told(self) -> tuple[str, ...]:
        """What was done, in a line; none when there are no fillers."""
        told = [f"'{slot.foot.galley.slug}' on page {slot.number}" for slot in self.plan.slots if slot.foot]
        out = ", ".join(f"'{slug}'" for slug in self.left_out)
        told += [f"no room for {out}"] if out else []
        return (f"fillers: {', '.join(told)}",) if told else ()


def settle_and_fill(desk: Desk, workshop: Workshop, onlooker: Onlooker, expected: Mapping[str, int]) -> Filled:
    """Settle an issue, and lay the fillers that it has room for over the feet of its pages.

    `expected` are the pages on which stories are likely to begin, by slug.
    """
    pool = [story.slug for story in desk.issue.stories if story.front.type is StoryType.FILLER]
    begin(desk, workshop, pool, expected)  # while stories are at work; most name no pages, and are there then
    paged = settle(desk, workshop, onlooker, expected)
    at_work = begin(desk, workshop, pool, folios_of(paged.plan, paged.proofs))
    fillers = {slug: (galley, future.result()) for slug, (galley, future) in at_work.items()}
    chosen = choose(rooms(desk.issue, paged.plan, paged.proofs), heights(fillers))
    for galley, proof in (fillers[slug] for slug in chosen.values()):
        onlooker.done(galley, proof)
    left_out = tuple(slug for slug in pool if slug not in chosen.values())
    return Filled(
        plan=_laid_over(paged, {slug: fillers[filler] for slug, filler in chosen.items()}),
        proofs=paged.proofs | {slug: fillers[slug][1] for slug in chosen.values()},
        settled=paged.settled,
        left_out=left_out,
        problems=tuple(chain.from_iterable(fillers[slug][1].problems for slug in left_out)),
    )


def _laid_over(paged: Paged, chosen: Mapping[str, tuple[Galley, Proof]]) -> Flatplan:
    """Return the flatplan with fillers on the pages on which the text of galleys ends."""
    ends = {page.number: page for page in _ends(paged.plan, paged.proofs).values() if page.slug in chosen}
    slots = []
    for slot in paged.plan.slots:
        page, foot = ends.get(slot.number), None
        if page is not None:
            galley, proof = chosen[page.slug]
            (measured,) = proof.measured
            lowest = _lowest(measured)
            down = page.measured.bottom - lowest
            guest = manuscript_of(galley.slug)
            foot = Foot(galley=galley, guest=guest, top=measured.top, bottom=lowest, down=down)
        slots.append(replace(slot, foot=foot))
    return Flatplan(slots=tuple(slots))


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
    """Return how much room, in pt, is under the ends of stories and departments, by galley in the order of pages."""
    return {
        slug: page.measured.bottom - _lowest(page.measured)
        for slug, page in _ends(plan, proofs).items()
        if page.rows and takes_fillers(issue, page.stories)
    }


def _ends(plan: Flatplan, proofs: Mapping[str, Proof]) -> dict[str, ReadPage]:
    """Return the pages on which the text of galleys ends; behind it may stand boxes that have pages to themselves."""
    ends: dict[str, ReadPage] = {}
    boxed = set[str]()
    for page in read_pages(plan, proofs):
        if page.slug in boxed or _is_box(page):
            boxed.add(page.slug)
        elif page.stories:
            ends[page.slug] = page
    return ends


def _is_box(page: ReadPage) -> bool:
    kinds = {line.kind for line in page.measured.lines if line.flows}
    return page.measured.forced and Kind.SIDEBAR in kinds and Kind.BODY not in kinds


def takes_fillers(issue: Issue, stories: Sequence[str]) -> bool:
    """Whether a galley of some stories may have a filler at its end."""
    return not BY_THEMSELVES.issuperset(issue.story(slug).front.type for slug in stories)


# Fillers by slug, each with its proof that is being made, or is there.
AtWork = dict[str, tuple[Galley, "Future[Proof]"]]


def begin(desk: Desk, workshop: Workshop, fillers: Sequence[str], folios: Mapping[str, int]) -> AtWork:
    """Begin to set fillers, each by itself, with the page numbers that are known, and return them by slug."""
    galleys = compose(desk, [(slug,) for slug in fillers], folios)
    # None of the issue's stories stands on such a page.
    return {galley.slug: (replace(galley, stories=()), workshop.start(paginate, galley)) for galley in galleys}


def heights(fillers: Mapping[str, tuple[Galley, Proof]]) -> dict[str, float]:
    """Return how high, in pt, fillers are that go on a page and with which nothing is wrong, by slug."""
    good = {slug: proof for slug, (_, proof) in fillers.items() if len(proof.measured) == 1 and not proof.problems}
    alone = {slug: proof.measured[0] for slug, proof in good.items()}
    return {slug: _lowest(measured) - measured.top for slug, measured in alone.items()}


def _lowest(measured: Measured) -> float:
    """Return where the lowest thing on a page ends."""
    bottoms = (*(line.bottom for line in measured.lines), *(area.bottom for area in measured.areas))
    return max(bottoms, default=measured.top)
