"""A check's notebook: what it looks at and what it finds come in; figures and findings come out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from magbuild.preflight.findings import Checked, Finding
from magbuild.preflight.plane import Box, in_mm
from magbuild.preflight.sheets import Sheet
from magbuild.problem import Place, Problem, Severity

MOST_BOXES = 20  # of one finding: the rest can't be told apart in a drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check looked at, and what it found.

    `tallies` are counts for the remark, each with its words; `met` are things of the file that count once, on however
    many pages they are met.
    """

    checked: Checked
    findings: tuple[Finding, ...]
    tallies: tuple[tuple[str, int], ...] = ()
    met: tuple[tuple[str, ...], ...] = ()

    def told(self, renumbered: Callable[[str], str]) -> "Outcome":
        """Return it with all texts rewritten that may name objects by their numbers."""
        if not self.findings and not self.met:
            return self
        return replace(
            self,
            findings=tuple(replace(finding, object=renumbered(finding.object)) for finding in self.findings),
            met=tuple(tuple(map(renumbered, thing)) for thing in self.met),
        )

    def on(self, path: Path, page: int) -> "Outcome":
        """Return what was found on a page as found on that of a file."""
        if not self.findings and self.checked.page is None:
            return self
        findings = []
        for finding in self.findings:
            place = replace(finding.problem.place, path=path, page=page)
            findings.append(replace(finding, problem=replace(finding.problem, place=place)))
        checked = self.checked if self.checked.page is None else replace(self.checked, page=page)
        return replace(self, checked=checked, findings=tuple(findings))


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
        self._tallies: Counter[str] = Counter()
        self._met: dict[tuple[str, ...], None] = {}
        self._findings: dict[tuple[int | None, object], Finding] = {}

    def saw(self, value: float | None = None, sheet: Sheet | None = None, count: int = 1) -> None:
        """Count what is looked at, and keep the worst value."""
        self._looked += count
        if value is None:
            return
        worse = self._worst is None or (value < self._worst if self._checked.least else value > self._worst)
        if worse:
            self._worst, self._page = value, sheet.number if sheet is not None else None

    def saw_one(self, *thing: str) -> None:
        """Count a thing of the file, once for all its places."""
        if thing not in self._met:
            self._met[thing] = None
            self._looked += 1

    def tally(self, text: str, count: int) -> None:
        """Count something for the remark: "3 pages laid out in squares"."""
        self._tallies[text] += count

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
            note=self._note or _remark(self._tallies),
            errors=sum(finding.error for finding in findings),
            warnings=sum(not finding.error for finding in findings),
        )
        return Outcome(checked=checked, findings=findings, tallies=tuple(self._tallies.items()), met=tuple(self._met))


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """Return what a check found on several pages, as if it had looked at all of them; there is at least one."""
    checked = outcomes[0].checked
    tallies: Counter[str] = Counter()
    for outcome in outcomes:
        tallies.update(dict(outcome.tallies))
    met = dict.fromkeys(thing for outcome in outcomes for thing in outcome.met)
    told = [outcome.checked for outcome in outcomes if outcome.checked.worst is not None]
    worst = (min if checked.least else max)(told, key=lambda one: one.worst or 0.0, default=checked)
    limits = [outcome.checked.limit for outcome in outcomes if outcome.checked.limit is not None]
    return Outcome(
        checked=replace(
            checked,
            looked=sum(outcome.checked.looked - len(outcome.met) for outcome in outcomes) + len(met),
            worst=worst.worst,
            page=worst.page,
            limit=max(limits, default=None),
            note=_remark(tallies),
            errors=sum(outcome.checked.errors for outcome in outcomes),
            warnings=sum(outcome.checked.warnings for outcome in outcomes),
        ),
        findings=tuple(finding for outcome in outcomes for finding in outcome.findings),
        tallies=tuple(tallies.items()),
        met=tuple(met),
    )


def _remark(tallies: Counter[str]) -> str:
    return ", ".join(f"{count} {text}" for text, count in tallies.items() if count)
