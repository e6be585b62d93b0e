"""What a page puts on paper, one value for each thing drawn: text, lines, areas, shadings, pictures; lengths are pt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from magbuild.preflight.fonts import Font
from magbuild.preflight.inks import Paint, Space
from magbuild.preflight.plane import ALL_SIDES, Box, Matrix, Point
from magbuild.preflight.shadings import Shade

INVISIBLE_TEXT = (3, 7)
STROKED_TEXT = (1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How things are drawn: opacity, blending, overprint, and where in the file they stand.

    `inside` is "" for what is drawn on the page itself (and in its forms), or "mask", "pattern", "glyph".
    `where` names the form or object.
    """

    alpha: float = 1.0
    blend: str = "Normal"
    overprint: bool = False
    overprint_mode: int = 0
    masked: bool = False
    inside: str = ""
    where: str = ""

    @property
    def clear(self) -> bool:
        """Whether nothing of it is seen."""
        return self.alpha <= 0

    def within(self, part: str) -> "Manner":
        """Return the same inside a "pattern" or "glyph"; what is in a soft mask stays in it."""
        return replace(self, inside="mask" if self.inside == "mask" else part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Anything on a page: the box around it, as far as it isn't clipped away, and how it is put on."""

    box: Box
    manner: Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Drawn):
    """A run of text: its font (None: missing), its size as printed, the paints and the mode of drawing."""

    font: Font | None
    size: float
    fill: Paint
    stroke: Paint
    mode: int
    letters: int

    @property
    def visible(self) -> bool:
        """Whether the text is printed at all."""
        return self.mode not in INVISIBLE_TEXT and not self.manner.clear

    @property
    def paint(self) -> Paint:
        """The colour that the text is seen in."""
        return self.stroke if self.mode in STROKED_TEXT else self.fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Drawn):
    """A stroked path; `width` is that of the line as printed, and the box holds the line in its width."""

    paint: Paint
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Drawn):
    """A filled path. `sides` are the sides of its box along which it has a straight edge.

    `rectangle` says that it is the whole box, and not clipped; `outline` holds its corners.
    """

    paint: Paint
    sides: int
    rectangle: bool
    outline: tuple[tuple[Point, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shading(Drawn):
    """A shading that fills the box (what it is clipped to)."""

    shade: Shade
    object: str
    sides: int = ALL_SIDES


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Drawn):
    """A picture as placed. `stencil` has a colour for its black pixels; `data` is the object with the pixels."""

    name: str
    object: str
    pixels: tuple[int, int]
    ppi: float
    bits: int
    space: Space
    matrix: Matrix
    sides: int
    filters: tuple[str, ...]
    stencil: Paint | None
    soft_edged: bool
    data: Any
    key: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Drawn):
    """A transparency group: its colour space (None: that of what it lies on)."""

    space: Space | None
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Drawn):
    """A set of drawing settings that a page uses, as far as printers mind: it paints nothing by itself."""

    object: str
    transfer: bool = False
    halftone: bool = False
    transparent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a page's drawing that can't be drawn; grave when a part of the page is missing."""

    what: str
    where: str = ""
    grave: bool = True


def paints(mark: Drawn) -> Iterator[tuple[str, Paint]]:
    """Yield the colours of a thing drawn, each with a word for what is coloured."""
    match mark:
        case Text():
            if mark.mode not in STROKED_TEXT:
                yield "text", mark.fill
            if mark.mode in (1, 2, 5, 6):
                yield "outlined text", mark.stroke
        case Line():
            yield "a line", mark.paint
        case Area():
            yield "an area", mark.paint
        case Picture() if mark.stencil is not None:
            yield "a stencil", mark.stencil


def spaces(mark: Drawn) -> Iterator[tuple[str, Space]]:
    """Yield all colour spaces of a thing drawn, each with a word for what is coloured."""
    for what, paint in paints(mark):
        yield what, paint.space
    match mark:
        case Shading():
            yield "a shading", mark.shade.space
        case Picture() if mark.stencil is None:
            yield "a picture", mark.space
