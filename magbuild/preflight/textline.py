"""Text operators come in; runs of text come out, with where on the page their letters begin and end."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Object

from magbuild.preflight.fonts import EM, Font
from magbuild.preflight.plane import UNMOVED, Box, Matrix, around, multiply
from magbuild.preflight.state import State

PLAIN = re.compile(rb"\[(?: (?:<[0-9a-f]*>|-?[0-9]{1,9}))* \]")  # strings and whole numbers, as the library writes them
BRACKETS = re.compile(rb"[<>]")
Shown = tuple[Box, float, int]  # the box around a run, its size as printed, how many letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What an operator shows: its strings in one, and its gaps in thousandths of the size, to the left.

    `gaps` is the sum of all; `before` and `after` are those that it begins and ends with.
    """

    string: bytes
    gaps: float = 0.0
    before: float = 0.0
    after: float = 0.0


def read_run(shown: Any) -> Run:
    """Return the run that a string, or an array of strings and gaps, means."""
    if not isinstance(shown, Array):
        return _run_of((shown,))
    written = shown.unparse()
    if not PLAIN.fullmatch(written):
        return _run_of(tuple(shown))
    # In writing, as kerned text mostly is, it is taken apart in one go: an array may have hundreds of elements.
    parts = BRACKETS.split(written[1:-1])
    first, last = parts[0].split()[:1], parts[-1].split()[-1:] if len(parts) > 1 else []
    return Run(
        string=bytes.fromhex(b"".join(parts[1::2]).decode()),
        gaps=float(sum(map(int, b" ".join(parts[::2]).split()))),
        before=float(first[0]) if first else 0.0,
        after=float(last[0]) if last else 0.0,
    )


def _run_of(parts: Sequence[Any]) -> Run:
    strings = [bytes(part) for part in parts if type(part) is Object]
    moves = [part for part in parts if type(part) is not Object]
    return Run(
        string=b"".join(strings),
        gaps=float(sum(moves)),
        before=float(parts[0]) if parts and type(parts[0]) is not Object else 0.0,
        after=float(parts[-1]) if len(parts) > 1 and type(parts[-1]) is not Object else 0.0,
    )


class TextLine:
    """Where the next letter of a text object goes."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start a text object."""
        self.matrix: Matrix = UNMOVED
        self.start: Matrix = UNMOVED

    def place(self, matrix: Matrix) -> None:
        """Go where a matrix says."""
        self.matrix = self.start = matrix

    def next(self, x: float, y: float) -> None:
        """Go to a new line, measured from the start of this one."""
        self.place(multiply((1.0, 0.0, 0.0, 1.0, x, y), self.start))

    def show(self, run: Run, state: State) -> Shown | None:
        """Set a run; None when it is spaces only."""
        matrix = multiply(self.matrix, state.ctm)
        font, size = state.font, state.size
        gap = -size * state.stretch / EM
        gaps, before, after = run.gaps * gap, run.before * gap, run.after * gap
        codes = run.string if font is None else font.codes(run.string)
        lead, width, trail, letters = _measured(font, codes, state)
        self.matrix = multiply((1.0, 0.0, 0.0, 1.0, width + gaps, 0.0), self.matrix)
        if not letters:
            return None
        low, high = (font.descent, font.ascent) if font is not None else (0.0, 0.0)
        box = (before + lead, state.rise + low * size, width + gaps - after - trail, state.rise + high * size)
        return around(matrix, box), abs(size) * _line_scale(font, matrix), letters


def _line_scale(font: Font | None, matrix: Matrix) -> float:
    """Return by how much letters are enlarged upwards; the drawings of a Type 3 font bring a scale of their own."""
    own = abs(font.matrix[3]) * EM if font is not None and font.kind == "Type3" else 1.0
    return math.hypot(matrix[2], matrix[3]) * own


def _measured(font: Font | None, codes: Any, state: State) -> tuple[float, float, float, int]:
    """Return the widths of leading spaces, of all, and of spaces at the end; and the number of other letters."""
    if font is None:
        return 0.0, 0.0, 0.0, len(codes)
    size, stretch = state.size, state.stretch
    width = _width(font, codes, state)
    first, last = 0, len(codes)
    while first < last and codes[first] in font.spaces:
        first += 1
    while last > first and codes[last - 1] in font.spaces:
        last -= 1
    if first == last:
        return 0.0, width, 0.0, 0
    lead = _width(font, codes[:first], state) if first else 0.0
    trail = _width(font, codes[last:], state) if last < len(codes) else 0.0
    return lead, width, trail + state.letter_space * stretch * (size != 0), last - first


def _width(font: Font, codes: Any, state: State) -> float:
    width = font.width(codes) * state.size + len(codes) * state.letter_space
    if state.word_space and not font.composite:
        width += state.word_space * bytes(codes).count(b" ")
    return width * state.stretch
