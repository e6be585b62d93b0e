"""Pages to be proof-read, written a line at a time: 13 pt apart on a type area from 60 to 775 pt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from magbuild.flatplan import plan
from magbuild.letters import Spot
from magbuild.lines import Area, Column, Limits, Line, Measured
from magbuild.load.printers import find_printer
from magbuild.model import Issue
from magbuild.paginate import Proof, ProofPage
from magbuild.problem import Report
from magbuild.proofreading import Proofread, ReadPage, read_pages
from magbuild.sheaf import Sheaf
from tests.kit_galleys import article, small_issue, small_story

HEAD, FOOT, PITCH = 60.0, 775.0, 13.0


def column(index: int = 0, count: int = 2, row: int = 1, head: float = HEAD) -> Column:
    """Return a column, 240 pt wide with 20 pt beside it."""
    left = 50.0 + 260 * index
    return Column(page=0, row=row, index=index, count=count, left=left, right=left + 240, top=head)


def line(at: int, where: Column, **fields: Any) -> Line:
    """Return line `at` of a column: one of running text, in the middle of a paragraph."""
    top = where.top + at * PITCH
    standard = {"text": f"line {at} of column {where.index}", "pitch": PITCH, "spacing": 0.25, "justified": True}
    geometry = {"baseline": top + 10, "top": top, "bottom": top + PITCH, "left": where.left, "right": where.right}
    return Line(column=where, **{**standard, **geometry, **fields})


def lines(count: int, where: Column, **fields: Any) -> tuple[Line, ...]:
    """Return the first lines of a column."""
    return tuple(line(at, where, **fields) for at in range(count))


def picture(where: Column, first: int, last: int, **fields: Any) -> Area:
    """Return a picture as wide as a column, from one line to another."""
    top, bottom = where.top + first * PITCH, where.top + last * PITCH
    return Area(column=where, left=where.left, right=where.right, top=top, bottom=bottom, **fields)


def page(*things: Line | Area | Sequence[Line], **fields: Any) -> Measured:
    """Return a page with these on it."""
    flat = [thing for some in things for thing in (some if isinstance(some, tuple | list) else (some,))]
    return Measured(
        **{"top": HEAD, "bottom": FOOT, **fields},
        lines=tuple(thing for thing in flat if isinstance(thing, Line)),
        areas=tuple(thing for thing in flat if isinstance(thing, Area)),
    )


def read(
    *pages: Measured,
    masters: Sequence[Measured] = (),
    starts: Sequence[tuple[Spot, ...]] = (),
    issue: Issue | None = None,
    **limits: Any,
) -> Proofread:
    """Return the pages of one story as they are proof-read, from page 1 of an A4 issue on.

    `starts` says of each page what begins or goes on at its head.
    """
    issue = issue or small_issue(small_story("salt"))
    numbered = tuple(
        replace(one, lines=tuple(replace(each, column=replace(each.column, page=at)) for each in one.lines))
        for at, one in enumerate(pages)
    )
    begun = starts or [()] * len(pages)
    laid = tuple(ProofPage(anchors=(), starts=spots) for spots in begun)
    proof = Proof(slug="salt", sheaf=Sheaf.of(b""), pages=laid, measured=numbered)
    flatplan = plan(issue, [article("salt", path=issue.story("salt").path)], {"salt": len(pages)})
    printer = find_printer(issue.printer, None, Report())
    assert printer is not None
    read_up: tuple[ReadPage, ...] = read_pages(flatplan, {"salt": proof}, masters)
    return Proofread(issue=issue, pages=read_up, limits=Limits(**limits), printer=printer)


def told(tally: Any) -> list[tuple[str, int | None, str]]:
    """Return code, page and message of what a check has found."""
    return [(problem.code, problem.place.page, problem.message) for problem in tally.problems]
