"""Flatplan and proofs come in; the issue's pages as they are proof-read come out, and how tallies are told."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from magbuild.flatplan import Flatplan
from magbuild.letters import Part
from magbuild.lines import Area, Column, Limits, Line, Measured
from magbuild.model import Issue, Printer
from magbuild.paginate import Proof
from magbuild.problem import Place, Problem
from magbuild.source import place_of_words

STANDARD_LINE = 12.0  # pt, where a page says nothing of its lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A column with what flows in it, from top to bottom."""

    column: Column
    lines: tuple[Line, ...]
    areas: tuple[Area, ...]

    @property
    def bottom(self) -> float:
        """Where the lowest thing in it ends."""
        return max((*(line.bottom for line in self.lines), *(area.bottom for area in self.areas)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page of the issue, whose galley it is of, from where the filler at its foot comes, and what stands on it.

    It is the `last` one where the galley ends, or where what comes next is to have a page of its own. `master` is its
    running head and folio.
    """

    number: int
    slug: str
    stories: tuple[str, ...]
    guests: tuple[str, ...] = ()
    path: Path
    last: bool
    measured: Measured
    columns: tuple[Filled, ...]
    master: Measured | None = None

    @property
    def rows(self) -> tuple[tuple[Filled, ...], ...]:
        """The columns of text on the page, those that begin level together."""
        grouped = groupby(self.columns, lambda filled: filled.column.row)
        return tuple(tuple(columns) for row, columns in grouped if row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofread:
    """An issue's pages, with what the layout and the printer allow."""

    issue: Issue
    pages: tuple[ReadPage, ...]
    limits: Limits
    printer: Printer

    def place(self, page: ReadPage, text: str = "") -> Place:
        """Return where in a manuscript the text of a page stands, as closely as can be told."""
        papers = [self.issue.story(slug).path for slug in (*page.stories, *page.guests)] if text else []
        found = (place_of_words(text, paper) for paper in papers)
        return replace(next(filter(None, found), Place(page.path)), page=page.number)

    @property
    def galleys(self) -> Iterator[tuple[ReadPage, ...]]:
        """The pages of each galley together, in order."""
        by_slug: dict[str, list[ReadPage]] = {}
        for page in self.pages:
            by_slug.setdefault(page.slug, []).append(page)
        return (tuple(pages) for pages in by_slug.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a check found: of how many things that it examined how many are `wrong`, and how far the worst is off."""

    code: str
    about: str
    examined: int
    wrong: int
    worst: float | None = None
    unit: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def share(self) -> float:
        """How many of a hundred are as they should be."""
        return 100.0 * (1 - self.wrong / self.examined) if self.examined else 100.0


def read_pages(plan: Flatplan, proofs: Mapping[str, Proof], masters: Sequence[Measured] = ()) -> tuple[ReadPage, ...]:
    """Return every page that isn't blank; `masters` are the running heads and folios, a page for each page."""
    pages = []
    for slot in plan.slots:
        if slot.galley is None:
            continue
        proof = proofs[slot.galley.slug]
        measured = proof.measured[slot.page]
        if slot.foot is not None:
            measured = _laid_over(measured, proofs[slot.foot.galley.slug].measured[0], slot.foot.down, slot.page)
        pages.append(
            ReadPage(
                number=slot.number,
                slug=slot.galley.slug,
                stories=slot.galley.stories,
                guests=(slot.foot.guest,) if slot.foot is not None else (),
                path=slot.galley.path,
                last=_ends_there(proof, slot.page),
                measured=measured,
                columns=_filled(measured),
                master=masters[slot.number - 1] if masters else None,
            )
        )
    return tuple(pages)


def _laid_over(page: Measured, filler: Measured, down: float, number: int) -> Measured:
    """Return a page of a proof, from 0, with what stands on a filler's so far down, in pt."""

    def moved(column: Column) -> Column:
        return replace(column, page=number, top=column.top + down)

    lines = (
        replace(
            line,
            column=moved(line.column),
            **{name: getattr(line, name) + down for name in ("baseline", "top", "bottom")},
        )
        for line in filler.lines
    )
    areas = (
        replace(area, column=moved(area.column), top=area.top + down, bottom=area.bottom + down)
        for area in filler.areas
    )
    return replace(page, lines=(*page.lines, *lines), areas=(*page.areas, *areas))


def _ends_there(proof: Proof, page: int) -> bool:
    """Whether what stands on a page of a proof doesn't go on: the next page is to be a new one, or begins a story."""
    if page + 1 == len(proof.pages) or proof.measured[page + 1].forced:
        return True
    first = next(iter(proof.pages[page + 1].starts), None)
    return first is not None and (first.part, first.letters) == (Part.HEAD, 0)


def _filled(measured: Measured) -> tuple[Filled, ...]:
    lines: dict[Column, list[Line]] = {}
    areas: dict[Column, list[Area]] = {}
    for line in measured.lines:
        if line.flows:
            lines.setdefault(line.column, []).append(line)
    for area in measured.areas:
        if area.flows:
            areas.setdefault(area.column, []).append(area)
    columns = sorted({*lines, *areas}, key=lambda column: (column.row, column.index))
    return tuple(
        Filled(column=column, lines=tuple(lines.get(column, ())), areas=tuple(areas.get(column, ())))
        for column in columns
    )


def pitch_of(row: Sequence[Filled]) -> float:
    """Return the distance of lines, in pt, that most lines of a row of columns have."""
    pitches = Counter(line.pitch for filled in row for line in filled.lines if line.pitch)
    return pitches.most_common(1)[0][0] if pitches else STANDARD_LINE


# --- Told ---


def as_json(tallies: Iterable[Tally]) -> str:
    """Return tallies as a JSON list of objects with code, about, examined, wrong, percent, worst, unit."""
    rows = [
        {
            "code": tally.code,
            "about": tally.about,
            "examined": tally.examined,
            "wrong": tally.wrong,
            "percent": round(tally.share, 2),
            "worst": None if tally.worst is None else round(tally.worst, 2),
            "unit": tally.unit,
        }
        for tally in tallies
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def in_a_line(tallies: Sequence[Tally]) -> str:
    """Return how many of all measures are kept, and which are not, or else of which the fewest things are right.

    Where nothing was measured that is an empty text.
    """
    if not tallies:
        return ""
    missed = [tally.code for tally in tallies if tally.problems]
    kept = f"typography: {len(tallies) - len(missed)} of {len(tallies)} measures kept"
    if missed:
        return f"{kept}, not {', '.join(missed)}"
    weakest = min(tallies, key=lambda tally: tally.share)
    return f"{kept}; {weakest.share:.1f} % of {weakest.examined:,} {weakest.about}"
