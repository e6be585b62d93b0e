"""Runs of text as they were laid out come in; what is lost, cut or covered comes out as problems."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from magbuild.problem import Place, Problem, warning
from magbuild.source import place_of_words

# How much of the lower letters two runs must share to be unreadable.
COLLISION = 0.3
ROUNDING = 1.5  # px


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text on a page (from 0): the edges of its letters in px from the left and top trim edges."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def hits(self, other: "Run") -> bool:
        """Whether two runs of a page lie on each other so far that they can't be read."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min(self.bottom - self.top, other.bottom - other.top)
        return across > ROUNDING and down > COLLISION * smaller


def outside(runs: Iterable[Run], width: float, height: float) -> Iterator[str]:
    """Yield runs that reach beyond the trim of a page `width` x `height` px."""
    for run in runs:
        beyond = run.left < -ROUNDING or run.right > width + ROUNDING or run.bottom > height + ROUNDING
        if beyond or run.top < -ROUNDING:
            yield run.text


def colliding(runs: Iterable[Run]) -> Iterator[str]:
    """Yield runs that lie on one before them on the same page."""
    nearby: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.page, run.top, run.left)):
        nearby = [other for other in nearby if other.page == run.page and other.bottom > run.top]
        if any(run.hits(other) for other in nearby):
            yield run.text
        nearby.append(run)


def _place(path: Path, text: str) -> Place:
    """Return where in a story's file a text was typed, or the file when that can't be told."""
    return place_of_words(text, path) or Place(path)


def text_lost(path: Path, slug: str, text: str) -> Problem:
    """Return the problem of text that is on no page."""
    hint = "move the figure, note or sidebar that stands there to another paragraph"
    return Problem(_place(path, text), "text-lost", f"'{text}' in {slug} did not come out on any page", hint)


def text_covered(path: Path, slug: str, text: str) -> Problem:
    """Return the problem of text under what floats to the page foot."""
    hint = "move the figure to another paragraph, or give it 'width: column'"
    return Problem(
        _place(path, text), "text-covered", f"'{text}' in {slug} lies under a picture at the foot of its page", hint
    )


def text_cut(path: Path, slug: str, text: str) -> Problem:
    """Return the problem of text that runs off the page."""
    hint = "shorten the line or the table, or let the word break with a soft hyphen (&shy;)"
    return Problem(_place(path, text), "text-cut", f"'{text}' in {slug} runs off the page", hint)


def text_collides(path: Path, slug: str, text: str) -> Problem:
    """Return the problem of text that lies on other text."""
    hint = "give the table fewer columns, or let its long words break with a soft hyphen (&shy;)"
    return warning(_place(path, text), "text-collides", f"'{text}' in {slug} lies on other text", hint)
