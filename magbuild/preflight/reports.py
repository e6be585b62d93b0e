"""A preflight comes in; text for people's eyes and JSON for programs come out."""

import json
from collections.abc import Iterator
from typing import Any

from magbuild.preflight.findings import Checked, FileFacts, Finding, Preflight, counted
from magbuild.preflight.plane import Box
from magbuild.problem import Place

FORMAT = 1  # raised when keys of the JSON change their meaning


def as_text(result: Preflight) -> str:
    """Return findings as problems are written, and after them what was checked, with the figures."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: Preflight) -> Iterator[str]:
    for finding in result.findings:
        problem = finding.problem
        more = f" (and {finding.count - 1} more like it)" if finding.count > 1 else ""
        yield f"{problem.place}: {problem.severity}: {problem.message}{more} [{problem.code}]"
        where = ", ".join(filter(None, (spot(finding.box), finding.object, finding.source, story(finding.story))))
        if where:
            yield f"    {where}"
        yield f"    hint: {problem.hint}"
    if result.facts is not None:
        if result.findings:
            yield ""
        yield from _checked(result, result.facts)
    yield verdict(result)


def _checked(result: Preflight, facts: FileFacts) -> Iterator[str]:
    yield f"{facts.name}: {described(facts)}"
    yield f"checked for: {result.printer_title} ({result.printer}, {result.standard})"
    group = ""
    for checked in result.checked:
        if checked.group != group:
            group = checked.group
            yield f"  {group.lower()}"
        figures = f": {checked.figures}" if checked.figures else ""
        yield f"    {mark(checked):<8} {checked.subject}{figures}"


def verdict(result: Preflight) -> str:
    """Return how it went in one line."""
    if result.facts is None:
        return "not checked"
    what = f"{counted(result.errors, 'errors')}, {counted(result.warnings, 'warnings')}"
    return f"{counted(len(result.checked), 'checks')}: {what if result.findings else 'nothing found'}"


def described(facts: FileFacts) -> str:
    """Return what a file is, such as "48 pages of 210 x 297 mm, PDF 1.6, 9.8 MB"."""
    sizes = " and ".join(f"{trim.width.mm:g} x {trim.height.mm:g}" for trim in facts.trims[:2])
    more = f" and {len(facts.trims) - 2} other sizes" if len(facts.trims) > 2 else ""
    pages = counted(len(facts.pages), "pages")
    return f"{pages} of {sizes} mm{more}, PDF {facts.version}, {megabytes(facts.size)}" if sizes else pages


def megabytes(size: int) -> str:
    """Return a file's size as people read it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def mark(checked: Checked) -> str:
    """Return a word for how a check went."""
    return "error" if checked.errors else "warning" if checked.warnings else "ok" if checked.looked else "none"


def spot(box: Box | None) -> str:
    """Return where something is, as a person measures it on the trimmed page."""
    if box is None:
        return ""
    left, top, right, bottom = box
    return f"{left:.1f} mm from the left and {top:.1f} mm from the top, {right - left:.1f} x {bottom - top:.1f} mm"


def story(place: Place | None) -> str:
    """Return where a story's text stands."""
    return f"story {place}" if place is not None else ""


def as_json(result: Preflight) -> str:
    """Return all of it as JSON; lengths are mm, boxes left, top, right and bottom from the trim's top left."""
    return json.dumps(_object(result), ensure_ascii=False, indent=2) + "\n"


def _object(result: Preflight) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "file": None if result.facts is None else _file(result.facts),
        "path": result.path.as_posix(),
        "printer": {"name": result.printer, "title": result.printer_title, "standard": result.standard},
        "good": result.good,
        "errors": result.errors,
        "warnings": result.warnings,
        "checked": [_check(checked) for checked in result.checked],
        "findings": [_finding(finding) for finding in result.findings],
    }


def _file(facts: FileFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "size": facts.size,
        "sha256": facts.sha256,
        "pages": len(facts.pages),
        "trims": [[trim.width.mm, trim.height.mm] for trim in facts.trims],
        "version": facts.version,
        "claims": facts.claims,
        "title": facts.title,
        "producer": facts.producer,
        "condition": facts.condition,
        "inks": list(facts.inks),
    }


def _check(checked: Checked) -> dict[str, Any]:
    return {
        "code": checked.code,
        "group": checked.group,
        "subject": checked.subject,
        "looked": checked.looked,
        "things": checked.things,
        "worst": checked.worst if checked.worst is None else round(checked.worst, 3),
        "page": checked.page,
        "limit": checked.limit,
        "unit": checked.unit,
        "note": checked.note,
        "errors": checked.errors,
        "warnings": checked.warnings,
        "figures": checked.figures,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    problem, place = finding.problem, finding.story
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "page": finding.page,
        "message": problem.message,
        "hint": problem.hint,
        "object": finding.object,
        "boxes": [list(box) for box in finding.boxes],
        "count": finding.count,
        "source": finding.source,
        "story": None if place is None else {"path": place.path.as_posix(), "line": place.line},
    }
