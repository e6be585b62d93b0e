"""Which page falls where: galleys and the number of their pages come in, the numbered flatplan comes out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from magbuild.compose import BACK_COVER, Galley
from magbuild.model import Binding, Issue, Start
from magbuild.problem import Place, Problem, Report, warning

SIGNATURE = {Binding.SADDLE: 4, Binding.PERFECT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One page of the issue, numbered from 1: a page of a galley, or a planned blank (`galley` is None)."""

    number: int
    galley: Galley | None = None
    page: int = 0

    @property
    def side(self) -> Start:
        """Recto for odd numbers, verso for even ones."""
        return Start.RECTO if self.number % 2 else Start.VERSO


@dataclass(frozen=True, slots=True, kw_only=True)
class Flatplan:
    """Every page of the issue, in order."""

    slots: tuple[Slot, ...]

    @property
    def first_pages(self) -> Mapping[str, int]:
        """The number of each galley's first page, by the galley's slug."""
        return {slot.galley.slug: slot.number for slot in self.slots if slot.galley and slot.page == 0}

    @property
    def runs(self) -> tuple[tuple[Galley | None, tuple[Slot, ...]], ...]:
        """The pages of each galley together, and each stretch of blank pages (with None)."""
        grouped = groupby(self.slots, lambda slot: slot.galley)
        return tuple((galley, tuple(slots)) for galley, slots in grouped)

    @property
    def blanks(self) -> tuple[int, ...]:
        """The numbers of the blank pages."""
        return tuple(slot.number for slot in self.slots if slot.galley is None)


def plan(issue: Issue, galleys: Sequence[Galley], lengths: Mapping[str, int]) -> Flatplan:
    """Lay the galleys' pages one after another.

    A blank page goes before a story that must start on the other side, and as many before the back
    cover as the binding needs. `lengths` gives the number of pages of each galley by its slug.
    """
    slots: list[Slot] = []
    for galley in galleys:
        length = lengths[galley.slug]
        blanks = _blanks_before(issue, galley, len(slots), length)
        slots += [Slot(number=len(slots) + 1 + extra) for extra in range(blanks)]
        slots += [Slot(number=len(slots) + 1 + page, galley=galley, page=page) for page in range(length)]
    return Flatplan(slots=tuple(slots))


def _blanks_before(issue: Issue, galley: Galley, laid: int, length: int) -> int:
    if galley.slug == BACK_COVER:
        return -(laid + length) % SIGNATURE[issue.binding]
    wrong_side = (galley.start is Start.RECTO and laid % 2 == 1) or (galley.start is Start.VERSO and laid % 2 == 0)
    return int(wrong_side)


def check(issue: Issue, flatplan: Flatplan, report: Report) -> None:
    """Report blank pages, and an issue that is longer or shorter than its budget, with what could be done."""
    report.extend(_problems(issue, flatplan))


def _problems(issue: Issue, flatplan: Flatplan) -> Iterator[Problem]:
    place = issue.places.get(("pages",)) or Place(issue.folder / Issue.SHEET, 1, 1)
    total, budget = len(flatplan.slots), issue.sheet.pages
    multiple = SIGNATURE[issue.binding]
    if budget and budget % multiple:
        yield Problem(
            place,
            "page-budget",
            f"a budget of {budget} pages can't be bound: {_rule(issue)}",
            f"set pages to {budget - budget % multiple} or {budget + -budget % multiple}",
        )
    elif budget and total > budget:
        over = total - budget
        yield Problem(
            place,
            "page-budget",
            f"the issue has {total} pages, {over} more than its budget of {budget}",
            f"cut {_pages(over)} or set pages to a larger number; the longest are {_longest(flatplan)}",
        )
    elif budget and total < budget:
        yield warning(
            place,
            "page-budget",
            f"the issue has {total} pages, {budget - total} fewer than its budget of {budget}",
            f"add {budget - total} pages of stories or adverts, or set pages to {total}",
        )
    yield from _blank_pages(issue, flatplan)


def _blank_pages(issue: Issue, flatplan: Flatplan) -> Iterator[Problem]:
    """Yield one problem for each run of blank pages; what follows it says why they are there."""
    for galley, slots in flatplan.runs:
        if galley is not None:
            continue
        first, last = slots[0].number, slots[-1].number
        pages = f"page {first} is" if first == last else f"pages {first} to {last} are"
        follower = flatplan.slots[last].galley
        assert follower is not None  # blanks always stand before something
        place = Place(follower.path, 1, 1, first)
        if follower.slug == BACK_COVER:
            filled = len(flatplan.slots) - len(slots)
            message = f"{pages} blank: {filled} pages can't be bound, {_rule(issue)}"
            yield warning(place, "blank-page", message, _choices(flatplan, filled, SIGNATURE[issue.binding]))
        else:
            message = f"{pages} blank, since '{follower.slug}' must start on a {follower.start} page"
            hint = "move a full-page advert or a short story there, or set 'start: any'"
            yield warning(place, "blank-page", message, hint)


def _rule(issue: Issue) -> str:
    if issue.binding is Binding.SADDLE:
        return "saddle stitching takes a multiple of 4"
    return "perfect binding takes an even number"


def _choices(flatplan: Flatplan, filled: int, multiple: int) -> str:
    """Say what would bring `filled` pages to a multiple: how many to add, or to cut and where best."""
    add, cut = -filled % multiple, filled % multiple
    return (
        f"add {_pages(add)} (an advert, a notice, another story) or come down by {_pages(cut)}: "
        f"the longest are {_longest(flatplan)}"
    )


def _longest(flatplan: Flatplan) -> str:
    lengths = {galley.slug: len(slots) for galley, slots in flatplan.runs if galley and galley.stories}
    longest = sorted(lengths.items(), key=lambda item: (-item[1], item[0]))[:3]
    return ", ".join(f"'{slug}' ({_pages(length)})" for slug, length in longest)


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"
