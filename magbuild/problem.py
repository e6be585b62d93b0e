"""What is wrong with the material, where it stands, and what to do about it: values, never exceptions."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How bad a problem is: with an error the edition isn't called good, with a warning it is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot a person can open: a file, a line and a column (both from 1), or a page of the issue."""

    path: Path
    line: int | None = None
    column: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        spot = self.path.as_posix()
        if self.line is not None:
            spot += f":{self.line}"
            if self.column is not None:
                spot += f":{self.column}"
        return f"{spot} (page {self.page})" if self.page is not None else spot


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the material: a place, a stable code in kebab case, a message and the next action."""

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str, str, str]:
        """Source order: by file, line, column and page, then by code."""
        place = self.place
        return (
            place.path.as_posix(),
            place.line or 0,
            place.column or 0,
            place.page or 0,
            self.code,
            self.message,
            self.hint,
            str(self.severity),
        )


def warning(place: Place, code: str, message: str, hint: str = "") -> Problem:
    """Return a problem that doesn't spoil the edition."""
    return Problem(place, code, message, hint, Severity.WARNING)


class Stopped(Exception):
    """Raised where a stage can't go on; the report says why."""


@dataclass(slots=True)
class Report:
    """Every problem of one run, each once; stages are handed it and add to it."""

    strict: bool = False
    _problems: set[Problem] = field(default_factory=set)

    def add(self, *problems: Problem) -> None:
        """Note problems; one that is already known is dropped, and in strict runs every one is an error."""
        if self.strict:
            problems = tuple(replace(problem, severity=Severity.ERROR) for problem in problems)
        self._problems.update(problems)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note all problems of an iterable."""
        self.add(*problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._problems, key=lambda problem: problem.sort_key))

    def __len__(self) -> int:
        return len(self._problems)

    @property
    def errors(self) -> int:
        """The number of problems that spoil the edition."""
        return sum(problem.severity is Severity.ERROR for problem in self._problems)

    @property
    def failed(self) -> bool:
        """Whether anything in the report spoils the edition."""
        return self.errors > 0


def as_json(problems: Iterable[Problem]) -> str:
    """Return problems as a JSON list of objects with path, line, column, page, severity, code, message, hint."""
    rows = [
        {
            "path": problem.place.path.as_posix(),
            "line": problem.place.line,
            "column": problem.place.column,
            "page": problem.place.page,
            "severity": str(problem.severity),
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def from_json(text: str) -> tuple[Problem, ...]:
    """Return the problems of a list that `as_json` has written."""
    return tuple(
        Problem(
            place=Place(Path(row.pop("path")), row.pop("line"), row.pop("column"), row.pop("page")),
            severity=Severity(row.pop("severity")),
            **row,
        )
        for row in json.loads(text)
    )
