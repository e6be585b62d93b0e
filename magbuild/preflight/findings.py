"""What a preflight found and what it looked at, as frozen values."""

from dataclasses import dataclass
from pathlib import Path

from magbuild.measure import Size
from magbuild.preflight.plane import Box
from magbuild.problem import Place, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: the problem, the object, where on the page, and whose rule it breaks.

    `boxes` are left, top, right and bottom in mm from the trim's top left, one for each place on the page (the
    first twenty of them); `count` is how many things like it there are. `story` is where in the manuscripts it
    stands, for pages of our own.
    """

    problem: Problem
    object: str = ""
    boxes: tuple[Box, ...] = ()
    source: str = ""
    count: int = 1
    story: Place | None = None

    @property
    def box(self) -> Box | None:
        """Where the first of them is."""
        return self.boxes[0] if self.boxes else None

    @property
    def page(self) -> int | None:
        """The page of the file, from 1; None when it is about the file."""
        return self.problem.place.page

    @property
    def error(self) -> bool:
        """Whether the file can't be printed as it is."""
        return self.problem.severity is Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check looked at: how many of what, the worst value and its page, and the limit (in `unit`)."""

    code: str
    group: str = ""
    subject: str
    looked: int
    things: str
    worst: float | None = None
    page: int | None = None
    limit: float | None = None
    unit: str = ""
    least: bool = True
    note: str = ""
    errors: int = 0
    warnings: int = 0

    @property
    def figures(self) -> str:
        """The figures in words, such as "48 pictures, lowest 212 ppi on page 7, limit 225 ppi"."""
        parts = [counted(self.looked, self.things)] if self.things else []
        if self.worst is not None:
            on = f" on page {self.page}" if self.page is not None else ""
            parts.append(f"{'lowest' if self.least else 'highest'} {_short(self.worst)}{self._unit}{on}")
        if self.limit is not None and self.looked:
            parts.append(f"limit {_short(self.limit)}{self._unit}")
        if self.note:
            parts.append(self.note)
        return ", ".join(parts)

    @property
    def _unit(self) -> str:
        return self.unit if self.unit == "%" else f" {self.unit}".rstrip()


def counted(number: int, things: str) -> str:
    """Return a number with what is counted ("runs of text"), as people say it."""
    noun, gap, rest = things.partition(" ")
    singular = noun.removesuffix("s") if number == 1 else noun
    return f"{number:,} {singular}{gap}{rest}"


def _short(value: float) -> str:
    return f"{round(value, 2):g}" if abs(value) < 1e5 else f"{value:.0f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page: its number from 1, and the edges of sheet, bleed and trim in pt, as the page lies in the file."""

    number: int
    media: Box
    bleed: Box
    trim: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What a file is: its size in bytes, its digest, what it claims to be, and the inks that its pages use.

    `trims` are the trimmed sizes, most frequent first; `condition` is the printing condition that it names.
    """

    name: str
    size: int
    sha256: str
    pages: tuple[PageFacts, ...]
    trims: tuple[Size, ...]
    version: str
    claims: str
    title: str
    producer: str
    condition: str
    inks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """The result: the facts (None: the file can't be read), what was checked with its figures, what was found."""

    path: Path
    printer: str
    printer_title: str
    standard: str
    facts: FileFacts | None
    checked: tuple[Checked, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.error for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors

    @property
    def good(self) -> bool:
        """Whether no check found an error."""
        return self.facts is not None and not self.errors

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all findings."""
        return tuple(finding.problem for finding in self.findings)
