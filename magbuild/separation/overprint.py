"""What overprints: small black type and thin black lines, and what a supplied file has in its own inks."""

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Name, Object

from magbuild.separation.state import Colour, Linear, State, scale, upward

# GWG 2022, R0009 and R0010: below these sizes black at 100 % has to overprint.
SMALL_TYPE = 12.0
THIN_LINE = 2.0
# Sizes are products of decimals: 16 px in CSS come out as 11.99999 pt.
_ROUNDING = 0.001

_NAMES = {
    (False, False): "/OverprintNone",
    (True, False): "/OverprintFills",
    (False, True): "/OverprintLines",
    (True, True): "/OverprintBoth",
}


@dataclass(slots=True)
class Overprints:
    """The four graphics states that switch overprint, written once into a PDF."""

    pdf: pikepdf.Pdf
    _states: dict[tuple[bool, bool], Object] = field(default_factory=dict)

    def state(self, wanted: tuple[bool, bool]) -> tuple[str, Object]:
        """Return a name and the state that lets fills and lines overprint, or not."""
        if wanted not in self._states:
            fills, lines = wanted
            made = Dictionary(Type=Name.ExtGState, op=fills, OP=lines, OPM=1)
            self._states[wanted] = self.pdf.make_indirect(made)
        return _NAMES[wanted], self._states[wanted]


def fill_of_type(state: State, text: Linear) -> bool:
    """Whether type overprints where it is filled; `text` is the text matrix."""
    small = state.size * upward(_onto_page(state, text)) < SMALL_TYPE - _ROUNDING
    return _wanted(state, state.fill, small, stroke=False)


def line_of_type(state: State, text: Linear) -> bool:
    """Whether the outline of type overprints."""
    small = state.size * upward(_onto_page(state, text)) < SMALL_TYPE - _ROUNDING
    return _wanted(state, state.stroke, small or _is_thin(state), stroke=True)


def line(state: State) -> bool:
    """Whether a line overprints."""
    return _wanted(state, state.stroke, _is_thin(state), stroke=True)


def area(state: State, thin: bool) -> bool:
    """Whether a filled shape overprints; `thin` says that it is the picture of a line."""
    return _wanted(state, state.fill, thin, stroke=False)


def _wanted(state: State, colour: Colour, small: bool, *, stroke: bool) -> bool:
    if colour.full_black and small and state.opaque(stroke=stroke):
        return True
    # What a supplied file lets overprint in its own inks it has thought of: a varnish, a spot ink on a picture.
    if not state.asked[stroke] or not colour.native or colour.bare:
        return False
    return colour.ink is None or state.asked_mode == 1


def _is_thin(state: State) -> bool:
    return state.width * scale(state.matrix) < THIN_LINE - _ROUNDING


def _onto_page(state: State, text: Linear) -> Linear:
    a, b, c, d = text
    e, f, g, h = state.matrix
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h


@dataclass(slots=True)
class Path:
    """The shape that is being drawn, as far as needed to know whether it is the picture of a thin line."""

    thin: bool = True
    _points: list[tuple[float, float]] = field(default_factory=list)

    def begin(self, x: float, y: float, matrix: Linear) -> None:
        """Begin a new part at a point."""
        self.close(matrix)
        self._points = [(x, y)]

    def go(self, x: float, y: float) -> None:
        """Draw a straight line to a point."""
        self._points.append((x, y))

    def bend(self) -> None:
        """Note that a curve is drawn: that is no line with straight edges."""
        self.thin = False

    def rectangle(self, width: float, height: float, matrix: Linear) -> None:
        """Add a rectangle."""
        sides = (abs(width) * (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5, abs(height) * upward(matrix))
        self.thin = self.thin and min(sides) < THIN_LINE - _ROUNDING

    def close(self, matrix: Linear) -> None:
        """End the part that is being drawn."""
        if len(self._points) > 2:
            xs, ys = zip(*self._points, strict=True)
            self.rectangle(max(xs) - min(xs), max(ys) - min(ys), matrix)
        self._points = []
