"""A check's notebook: what it looks at and what it finds come in; figures and findings come out."""

from dataclasses import dataclass, replace
from pathlib import Path

from magbuild.preflight.findings import Checked, Finding
from magbuild.preflight.plane import Box, in_mm
from magbuild.preflight.sheets import Sheet
from magbuild.problem import Place, Problem, Severity

MOST_BOXES = 20  # of one finding: the rest can't be told apart in a drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check looked at, and what it found."""

    checked: Checked
    findings: tuple[Finding, ...]


class Look:
    """Collects what one check sees. Things alike on one page become one finding with all their places.

    `subject` says what is looked at, `things` names what is counted; `limit` and `unit` are for the figures,
    `least` says whether the lowest value is the worst.
    """

    def __init__(
        self,
        path: Path,
        code: str,
        subject: str,
        things: str = "",
        *,
        limit: float | None = None,
        unit: str = "",
        least: bool = True,
    ) -> None:
        self._path = path
        self._checked = Checked(
            code=code, subject=subject, looked=0, things=things, limit=limit, unit=unit, least=least
        )
        self._looked = 0
        self._worst: float | None = None
        self._page: int | None = None
        self._note = ""
        self._findings: dict[tuple[int | None, object], Finding] = {}

    def saw(self, value: float | None = None, sheet: Sheet | None = None, count: int = 1) -> None:
        """Count what is looked at, and keep the worst value."""
        self._looked += count
        if value is None:
            return
        worse = self._worst is None or (value < self._worst if self._checked.least else value > self._worst)
        if worse:
            self._worst, self._page = value, sheet.number if sheet is not None else None

    def note(self, text: str) -> None:
        """Add a remark to the figures."""
        self._note = text

    def found(
        self,
        message: str,
        hint: str,
        *,
        sheet: Sheet | None = None,
        box: Box | None = None,
        object: str = "",
        source: str = "",
        warns: bool = False,
        alike: object = None,
    ) -> None:
        """Note a finding; `box` is in page space. Those with the same `alike` (the message, if not given) are one."""
        page = sheet.number if sheet is not None else None
        key = (page, message if alike is None else alike)
        boxes = (in_mm(box, sheet.trim),) if box is not None and sheet is not None else ()
        known = self._findings.get(key)
        if known is not None:
            more = known.boxes if len(known.boxes) >= MOST_BOXES else known.boxes + boxes
            self._findings[key] = replace(known, boxes=more, count=known.count + 1)
            return
        severity = Severity.WARNING if warns else Severity.ERROR
        code = self._checked.code
        problem = Problem(Place(self._path, page=page), code, message, hint, severity)
        self._findings[key] = Finding(problem=problem, object=object, boxes=boxes, source=source)

    def outcome(self) -> Outcome:
        """Return all of it."""
        findings = tuple(self._findings.values())
        checked = replace(
            self._checked,
            looked=self._looked,
            worst=self._worst,
            page=self._page,
            note=self._note,
            errors=sum(finding.error for finding in findings),
            warnings=sum(not finding.error for finding in findings),
        )
        return Outcome(checked=checked, findings=findings)
