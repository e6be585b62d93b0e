"""Text operators come in; runs of text come out, with where on the page their letters begin and end."""

import math
from collections.abc import Sequence
from typing import Any

from pikepdf import Object

from magbuild.preflight.fonts import EM, Font
from magbuild.preflight.plane import UNMOVED, Box, Matrix, around, multiply
from magbuild.preflight.state import State

Shown = tuple[Box, float, int]  # the box around a run, its size as printed, how many letters


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

    def show(self, parts: Sequence[Any], state: State) -> Shown | None:
        """Set strings and gaps (thousandths of the size, to the left); None when they are spaces only."""
        matrix = multiply(self.matrix, state.ctm)
        font, size = state.font, state.size
        strings = [bytes(part) for part in parts if type(part) is Object]
        moves = [part for part in parts if type(part) is not Object]
        gap = -size * state.stretch / EM
        gaps = float(sum(moves)) * gap
        before = float(parts[0]) * gap if parts and type(parts[0]) is not Object else 0.0
        after = float(parts[-1]) * gap if len(parts) > 1 and type(parts[-1]) is not Object else 0.0
        joined = b"".join(strings)
        codes = joined if font is None else font.codes(joined)
        lead, width, trail, letters = _measured(font, codes, state)
        self.matrix = multiply((1.0, 0.0, 0.0, 1.0, width + gaps, 0.0), self.matrix)
        if not letters:
            return None
        low, high = (font.descent, font.ascent) if font is not None else (0.0, 0.0)
        run = (before + lead, state.rise + low * size, width + gaps - after - trail, state.rise + high * size)
        return around(matrix, run), abs(size) * _line_scale(font, matrix), letters


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
