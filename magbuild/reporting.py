"""Write problems, progress and summaries for people and for programs."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from magbuild.impression import Built
from magbuild.problem import Report, Severity, as_json

if TYPE_CHECKING:
    from rich.status import Status


class Progress:
    """Shows how far a build is: a moving line on a terminal, plain lines without one, nothing when quiet."""

    def __init__(self, name: str, quiet: bool) -> None:
        self._name = name
        self._quiet = quiet
        self._status: Status | None = None

    def __enter__(self) -> "Progress":
        from rich.console import Console  # not for builds of which nothing is seen but their problems

        console = Console(stderr=True, highlight=False)
        if not self._quiet and console.is_terminal:
            self._status = console.status(f"{self._name}: reading")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def tell(self, stage: str, detail: str) -> None:
        """Show what the run is at."""
        if self._quiet:
            return
        line = f"{self._name}: {stage} {detail}"
        if self._status is not None:
            self._status.update(line)
        else:
            click.echo(line, err=True)


def write_report(report: Report, style: str) -> None:
    """Print all problems: text and github to people's eyes on stderr, json on stdout."""
    write = _STYLES[style]
    write(report)


def write_reports(reports: Iterable[Report]) -> None:
    """Print the problems of several issues as one JSON list."""
    click.echo(as_json(problem for report in reports for problem in report))


def write_summary(built: Built) -> None:
    """Print the files of a finished run, with sizes, pages and seconds, and how its pages are set."""
    for path in built.files:
        click.echo(f"{path}  {size(path)}")
    for line in built.told:
        click.echo(line)
    since = "; nothing has changed since they were made" if built.again else ""
    click.echo(f"{built.pages} pages in {built.seconds:.1f} s{since}")


def size(path: Path) -> str:
    """Return a file's size as people read it."""
    length = path.stat().st_size
    return f"{length / 1e6:.1f} MB" if length >= 1e6 else f"{length / 1e3:.0f} kB"


def _write_text(report: Report) -> None:
    for problem in report:
        colour = "red" if problem.severity is Severity.ERROR else "yellow"
        severity = click.style(f"{problem.severity}", fg=colour)
        click.echo(f"{problem.place}: {severity}: {problem.message} [{problem.code}]", err=True, color=_colour())
        if problem.hint:
            click.echo(f"    hint: {problem.hint}", err=True)
    if len(report):
        warnings = len(report) - report.errors
        click.echo(f"{_count(report.errors, 'error')}, {_count(warnings, 'warning')}", err=True)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _colour() -> bool | None:
    """False where NO_COLOR asks for plain text; None lets click look whether stderr is a terminal."""
    return False if os.environ.get("NO_COLOR") or not sys.stderr.isatty() else None


def _write_json(report: Report) -> None:
    click.echo(as_json(report))


def _write_github(report: Report) -> None:
    for problem in report:
        place = problem.place
        spot = f"file={_escaped(place.path.as_posix(), ',:')}"
        if place.line is not None:
            spot += f",line={place.line}" + (f",col={place.column}" if place.column is not None else "")
        text = problem.message + (f" (hint: {problem.hint})" if problem.hint else "")
        click.echo(f"::{problem.severity} {spot},title={problem.code}::{_escaped(text)}")


def _escaped(text: str, more: str = "") -> str:
    """Escape what ends a workflow command's value; `more` are characters that end a property."""
    return "".join(f"%{ord(letter):02X}" if letter in f"%\r\n{more}" else letter for letter in text)


_STYLES: dict[str, Callable[[Report], None]] = {
    "text": _write_text,
    "json": _write_json,
    "github": _write_github,
}
