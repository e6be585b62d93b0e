"""Write problems, progress and summaries for people and for programs."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING

import click

from magbuild.impression import Built
from magbuild.problem import Report, Severity, as_json

if TYPE_CHECKING:
    from rich.status import Status


class Progress:
    """Shows how far builds are: one moving line on a terminal, plain lines without one, nothing when quiet.

    Of several `issues`, which may go on side by side in threads, the line also says how many are done.
    """

    def __init__(self, *, quiet: bool = False, issues: int = 1) -> None:
        self._quiet = quiet
        self._issues = issues
        self._done = self._pages = 0
        self._at: dict[str, str] = {}  # what the issues in hand are at, by their names
        self._begun = False
        self._status: Status | None = None
        self._one_writes = RLock()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def tell(self, name: str, stage: str, detail: str) -> None:
        """Show what the build of an issue is at."""
        if self._quiet:
            return
        with self._one_writes:
            self._at[name] = f"{name}: {stage} {detail}"
            if not self._begun:
                self._begin()
            if self._status is None:
                click.echo(self._at[name], err=True)
            self._move()

    def close(self, name: str, pages: int) -> None:
        """Count an issue that is done, and its pages."""
        with self._one_writes:
            self._at.pop(name, None)
            self._done += 1
            self._pages += pages
            self._move()

    def reopen(self) -> None:
        """Count an issue that wasn't built as one that isn't done."""
        with self._one_writes:
            self._done -= 1
            self._move()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Clear the moving line away for the length of the block, which writes something that stays."""
        with self._one_writes:
            if self._status is not None:
                self._status.stop()
            yield
            if self._status is not None and self._done < self._issues:
                self._status.start()

    def _begin(self) -> None:
        """Begin the moving line, if there is a terminal."""
        from rich.console import Console  # not for builds of which nothing is seen but their problems

        console = Console(stderr=True, highlight=False)
        if console.is_terminal:
            self._status = console.status("")
            self._status.start()
        self._begun = True

    def _move(self) -> None:
        if self._status is not None:
            self._status.update(" · ".join((*self._counts(), *self._at.values())))

    def _counts(self) -> Iterator[str]:
        if self._issues > 1:
            yield f"{self._done} of {self._issues} issues, {_count(self._pages, 'page')}"


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
