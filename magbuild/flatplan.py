"""Which page falls where: galleys and the number of their pages come in, the numbered flatplan comes out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from magbuild.compose import Galley
from magbuild.grouping import BACK_COVER, COVER
from magbuild.model import CONTENTS, Binding, Issue, Start
from magbuild.problem import Place, Problem, Report, warning

SIGNATURE = {Binding.SADDLE: 4, Binding.PERFECT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """What is laid over the foot of a page: a filler's galley, the `guest` (a manuscript) that it comes from.

    Its proof is one page, on which it reaches from `top` to `bottom`, in pt from the trim's upper edge; on the page it
    stands so far `down`.
    """

    galley: Galley
    guest: str
    top: float
    bottom: float
    down: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One page of the issue, numbered from 1: a page of a galley, or a planned blank (`galley` is None)."""

    number: int
    galley: Galley | None = None
    page: int = 0
    foot: Foot | None = None

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
    def feet(self) -> tuple[Foot, ...]:
        """What is laid over the feet of pages, in their order."""
        return tuple(slot.foot for slot in self.slots if slot.foot is not None)

    @property
    def galleys(self) -> tuple[Galley, ...]:
        """Everything that stands on a page, in the order of the pages, and then what is laid over them."""
        return (*(galley for galley, _ in self.runs if galley is not None), *(foot.galley for foot in self.feet))

    @property
    def blanks(self) -> tuple[int, ...]:
        """The numbers of the blank pages."""
        return tuple(slot.number for slot in self.slots if slot.galley is None)


def plan(issue: Issue, galleys: Sequence[Galley], lengths: Mapping[str, int]) -> Flatplan:
    """Lay the galleys' pages one after another.

    A blank page goes before a story that must start on the other side, and as many before the last pages
    as the binding needs. Adverts booked for a page come to stand on it, amid a story if need be; one that may
    stand anywhere goes where it leaves the fewest blank pages. `lengths` gives the number of pages of each
    galley by its slug.
    """
    last = [galley for galley in galleys if is_last(galley)]
    fixed = [galley for galley in galleys if galley.position.fixed_page]
    floating = [galley for galley in galleys if galley.position.floats]
    apart = {id(galley) for galley in (*last, *fixed, *floating)}
    order = [galley for galley in galleys if id(galley) not in apart]

    def laid(trial: Sequence[Galley]) -> tuple[Slot, ...]:
        return _Layer(multiple=SIGNATURE[issue.binding], lengths=lengths).lay(trial, fixed, last)

    for galley in floating:
        spots = range(_first_spot(order), len(order) + 1)
        trials = [[*order[:at], galley, *order[at:]] for at in spots]
        order = min(trials, key=lambda trial: _cost(laid(trial), galley, trial))
    return Flatplan(slots=laid(order))


def is_last(galley: Galley) -> bool:
    """Whether a galley's place is counted from the end of the issue."""
    return galley.slug == BACK_COVER or galley.position.at_the_end


def _first_spot(order: Sequence[Galley]) -> int:
    """Return where in the order the first advert may stand: after the contents, or else the cover."""
    before = [at for at, galley in enumerate(order) if galley.slug in (COVER, CONTENTS)]
    return max(before, default=-1) + 1


def _cost(slots: Sequence[Slot], galley: Galley, order: Sequence[Galley]) -> tuple[int, int, int]:
    """Return what speaks against a place of an advert: that others miss theirs, blank pages, adverts next to it."""
    displaced = sum(_is_displaced(slot) for slot in slots)
    at = next(index for index, other in enumerate(order) if other is galley)
    beside = sum(bool(other.length) for other in (*order[max(0, at - 1) : at], *order[at + 1 : at + 2]))
    return displaced, sum(slot.galley is None for slot in slots), beside


def _is_displaced(slot: Slot) -> bool:
    """Whether an advert begins on a page other than the one that it is booked for."""
    wanted = slot.galley.position.fixed_page if slot.galley is not None and slot.page == 0 else 0
    return bool(wanted) and wanted != slot.number


@dataclass(slots=True, kw_only=True)
class _Layer:
    """Lays pages one after another; `due` are the galleys that wait for their page, the next one first."""

    multiple: int
    lengths: Mapping[str, int]
    slots: list[Slot] = field(default_factory=list)
    due: list[Galley] = field(default_factory=list)

    def lay(self, order: Sequence[Galley], fixed: Sequence[Galley], last: Sequence[Galley]) -> tuple[Slot, ...]:
        self.due = sorted(fixed, key=lambda galley: galley.position.fixed_page)
        for galley in order:
            self._lay_due()
            while self._is_on_the_wrong_side(galley):
                self.slots.append(Slot(number=len(self.slots) + 1))
                self._lay_due()
            for page in range(self.lengths[galley.slug]):
                if not (page == 1 and _faces(galley)):
                    self._lay_due()
                self._lay_page(galley, page)
        self._lay_due()
        if last:
            self._fill_up(sum(self.lengths[galley.slug] for galley in last))
        for galley in last:
            self._lay_whole(galley)
        return tuple(self.slots)

    def _fill_up(self, last: int) -> None:
        """Lay blank pages, and what is due, until with the last pages the issue can be bound."""
        waiting = sum(self.lengths[galley.slug] for galley in self.due)
        end = len(self.slots) + waiting + -(len(self.slots) + waiting + last) % self.multiple
        while len(self.slots) < end:
            self._lay_due()
            if len(self.slots) + sum(self.lengths[galley.slug] for galley in self.due) >= end and self.due:
                self._lay_whole(self.due.pop(0))  # it is booked for a page that there isn't
            elif len(self.slots) < end:
                self.slots.append(Slot(number=len(self.slots) + 1))

    def _lay_due(self) -> None:
        while self.due and self.due[0].position.fixed_page <= len(self.slots) + 1:
            self._lay_whole(self.due.pop(0))

    def _lay_whole(self, galley: Galley) -> None:
        for page in range(self.lengths[galley.slug]):
            self._lay_page(galley, page)

    def _lay_page(self, galley: Galley, page: int) -> None:
        self.slots.append(Slot(number=len(self.slots) + 1, galley=galley, page=page))

    def _is_on_the_wrong_side(self, galley: Galley) -> bool:
        laid = len(self.slots)
        return (galley.start is Start.RECTO and laid % 2 == 1) or (galley.start is Start.VERSO and laid % 2 == 0)


def _faces(galley: Galley) -> bool:
    """Whether a galley's first two pages must face each other."""
    return galley.start is Start.VERSO and galley.bare > 1


def check(issue: Issue, flatplan: Flatplan, report: Report) -> None:
    """Report an issue that is longer or shorter than its budget, blank pages, adverts not on the page they booked."""
    report.extend(_problems(issue, flatplan))
    report.extend(_displaced(issue, flatplan))


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
        if is_last(follower):
            filled = len(flatplan.slots) - len(slots)
            message = f"{pages} blank: {filled} pages can't be bound, {_rule(issue)}"
            yield warning(place, "blank-page", message, _choices(flatplan, filled, SIGNATURE[issue.binding]))
        elif follower.position.fixed_page:
            message = f"{pages} blank, since '{follower.slug}' is booked for {follower.position}"
            yield warning(place, "blank-page", message, "book it for an earlier page, or add pages before it")
        else:
            message = f"{pages} blank, since '{follower.slug}' must start on a {follower.start} page"
            hint = "move a full-page advert or a short story there, or set 'start: any'"
            if follower.length:  # an advert
                hint = "book it beside another story, or for a page"
            yield warning(place, "blank-page", message, hint)


def _displaced(issue: Issue, flatplan: Flatplan) -> Iterator[Problem]:
    """Yield the adverts that couldn't stand where they are booked."""
    total = len(flatplan.slots)
    last = sum(slot.galley is not None and is_last(slot.galley) for slot in flatplan.slots)
    for slot in flatplan.slots:
        galley = slot.galley
        if galley is None or not _is_displaced(slot):
            continue
        page, position = galley.position.fixed_page, galley.position
        place = issue.story(galley.stories[0]).place("advert", "position")
        if page > total:
            message = f"'{galley.slug}' is booked for {position}, and the issue has {total} pages"
            yield Problem(place, "advert-position", message, f"book a page up to {total - last}, or inside-back")
        elif page > total - last:
            message = f"'{galley.slug}' is booked for {position}, which is one of the last {_pages(last)}"
            yield Problem(place, "advert-position", message, f"book a page up to {total - last}, or inside-back")
        else:
            message = f"{position} is the right half of a spread: '{galley.slug}' stands on page {slot.number}"
            yield Problem(place, "advert-position", message, f"book page {page - 1} or page {page + 1}")


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
    lengths = Counter(slot.galley.slug for slot in flatplan.slots if slot.galley and slot.galley.stories)
    longest = sorted(lengths.items(), key=lambda item: (-item[1], item[0]))[:3]
    return ", ".join(f"'{slug}' ({_pages(length)})" for slug, length in longest)


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"
