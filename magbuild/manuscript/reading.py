"""What the steps over one manuscript share: its text, its language, and a way to say where something is wrong."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from magbuild.problem import Place, Problem, Report, warning


@dataclass(frozen=True, slots=True)
class Spots:
    """Turns offsets into a body into lines and columns of its file."""

    path: Path
    body_line: int
    starts: tuple[int, ...]

    @classmethod
    def of(cls, path: Path, body: str, body_line: int) -> "Spots":
        """Index the lines of a body that begins on `body_line` of its file."""
        starts = [0]
        while (newline := body.find("\n", starts[-1])) >= 0:
            starts.append(newline + 1)
        return cls(path, body_line, tuple(starts))

    def place(self, offset: int) -> Place:
        """Return the line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset) - 1
        return Place(self.path, self.body_line + line, offset - self.starts[line] + 1)

    def offset(self, place: Place) -> int:
        """Return the offset of a place that `place` has told."""
        return self.starts[(place.line or 1) - self.body_line] + (place.column or 1) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One manuscript being read; `stories` gives the slug of every story's file name.

    An empty slug means that the text isn't a story's body: it gets no ids.
    """

    slug: str
    language: str
    body: str
    spots: Spots
    report: Report
    stories: Mapping[str, str] = field(default_factory=dict)

    def error(self, at: int | None, code: str, message: str, hint: str = "") -> None:
        """Note what spoils the edition, at an offset of the body."""
        self.report.add(Problem(self.spots.place(at or 0), code, message, hint))

    def warn(self, at: int | None, code: str, message: str, hint: str = "") -> None:
        """Note what is doubtful, at an offset of the body."""
        self.report.add(warning(self.spots.place(at or 0), code, message, hint))

    def anchor(self, name: str) -> str:
        """Return an id that is unique in the issue."""
        return anchor(self.slug, name)


def anchor(slug: str, name: str) -> str:
    """Return the id of a spot in a story; an id may not begin with a digit, though a slug may."""
    return f"{'' if slug[:1].isalpha() else '_'}{slug}--{name}"


def suggestion(typed: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """Return what was probably meant, or nothing."""
    names = {name.casefold(): name for name in known}
    close = get_close_matches(typed.casefold(), names, n=1, cutoff=0.6)
    return names[close[0]] if close else ""
