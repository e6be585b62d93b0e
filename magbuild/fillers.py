"""Fillers: an issue comes in, with house adverts, boxes and notices that stand wherever there is room; it is settled.

They are files of their own, or blocks amid stories. They go to the foot of the page on which a story or a department
ends, where that leaves enough room: of those that fit the highest, each once, in the order of the pages. So the same
issue always has the same fillers in the same places.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Final

from magbuild.compose import Desk, Galley, compose
from magbuild.flatplan import Flatplan, plan
from magbuild.lines import Kind, Measured
from magbuild.model import Issue, StoryType
from magbuild.paginate import Proof, paginate
from magbuild.problem import Problem
from magbuild.proofreading import ReadPage, read_pages
from magbuild.settle import Counted, Done, Paged, settle
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
    def told(self) -> tuple[str, ...]:
        """What was done, in a line; none when there are no fillers."""
        ends = _ends(self.plan, self.proofs)
        told = [f"'{filler}' on page {ends[slug].number}" for slug, filler in self.fillers.items()]
        out = ", ".join(f"'{slug}'" for slug in self.left_out)
        told += [f"no room for {out}"] if out else []
        return (f"fillers: {', '.join(told)}",) if told else ()


def settle_and_fill(
    desk: Desk, workshop: Workshop, done: Done, expected: Mapping[str, int], counted: Counted = lambda *_: None
) -> Filled:
    """Settle an issue with the fillers that it has room for; none may make a story longer.

    `expected` are the pages on which stories are likely to begin, by slug; `settle` says what is told to `done` and
    `counted`.
    """
    pool = [story.slug for story in desk.issue.stories if story.front.type is StoryType.FILLER]
    if not pool:
        return _filled(settle(desk, workshop, done, expected, counted=counted), pool)
    filling = Pool(issue=desk.issue, at_work=begin(desk, workshop, pool))
    filled = _filled(settle(desk, workshop, done, expected, filling, counted), pool)
    wrong = (filling.at_work[slug].result().problems for slug in filled.left_out)
    return replace(filled, problems=tuple(chain.from_iterable(wrong)))


def _filled(settled: Paged, pool: Sequence[str]) -> Filled:
    left_out = tuple(slug for slug in pool if slug not in settled.fillers.values())
    return Filled(**{part.name: getattr(settled, part.name) for part in fields(settled)}, left_out=left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """An issue's fillers, each of which is being set by itself, by slug."""

    issue: Issue
    at_work: Mapping[str, Future[Proof]]

    def takes(self, galley: Galley) -> bool:
        """Whether a galley may have a filler at its end."""
        return takes_fillers(self.issue, galley.stories)

    def choose(self, galleys: Sequence[Galley], proofs: Mapping[str, Proof]) -> dict[str, str]:
        """Return the fillers of galleys, which come in their order, by slug."""
        pages = plan(self.issue, galleys, {galley.slug: len(proofs[galley.slug].pages) for galley in galleys})
        found = rooms(self.issue, pages, proofs)
        return choose(found, heights(self.at_work)) if found else {}

    def suits(self, before: Proof, after: Proof) -> bool:
        """Whether a story with its filler is as long as without, and nothing is wrong that wasn't."""
        return len(after.pages) == len(before.pages) and set(after.problems) <= set(before.problems)


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


def begin(desk: Desk, workshop: Workshop, fillers: Sequence[str]) -> dict[str, Future[Proof]]:
    """Begin to set fillers, each by itself, and return them by slug."""
    galleys = compose(desk, [(slug,) for slug in fillers], dict(desk.folios))
    return {galley.slug: workshop.start(paginate, galley) for galley in galleys}


def heights(at_work: Mapping[str, Future[Proof]]) -> dict[str, float]:
    """Return how high, in pt, fillers are that go on a page, by slug."""
    proofs = {slug: future.result() for slug, future in at_work.items()}
    alone = {slug: proof.measured[0] for slug, proof in proofs.items() if len(proof.measured) == 1}
    return {slug: _lowest(measured) - measured.top for slug, measured in alone.items()}


def _lowest(measured: Measured) -> float:
    """Return where the lowest thing on a page ends."""
    bottoms = (*(line.bottom for line in measured.lines), *(area.bottom for area in measured.areas))
    return max(bottoms, default=measured.top)
