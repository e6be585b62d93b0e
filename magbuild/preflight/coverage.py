"""What a page draws comes in; how much ink lies on each part of it comes out."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from magbuild.preflight.drawn import Area, Drawn, Line, Picture, Shading
from magbuild.preflight.inks import Family
from magbuild.preflight.pixels import Inks
from magbuild.preflight.plane import MM, Box, Matrix

CELL = 0.5 * MM  # side of the squares in which ink is counted
SQUARE = 15.0  # mm: GWG's square
NORMAL = ("Normal", "Compatible")
MOST_INK = 400.0
MOST_CELLS = 4_000_000  # about a square metre


class Ground:
    """A page as squares of half a millimetre, on which ink is laid in the order of drawing."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.columns = max(1, round((box[2] - box[0]) / CELL))
        self.rows = max(1, round((box[3] - box[1]) / CELL))
        if self.columns * self.rows > MOST_CELLS:
            self.columns = self.rows = 1
        self.ink = np.zeros((self.rows, self.columns), np.float32)

    def lay(self, thing: Drawn, ink: float, pixels: Inks | None) -> None:
        """Lay something on the ground. It covers what lies below, or adds to it where it overprints or blends."""
        if isinstance(thing, Line):
            return  # too thin to matter
        left, top = self._cell(thing.box[0], thing.box[3])
        right, bottom = self._cell(thing.box[2], thing.box[1])
        rows = slice(max(0, round(top)), min(self.rows, max(0, round(bottom))))
        columns = slice(max(0, round(left)), min(self.columns, max(0, round(right))))
        below = self.ink[rows, columns]
        if not below.size:
            return
        covered: npt.NDArray[np.bool_] | bool = True
        inks: Inks | np.float32 = np.float32(ink)
        if isinstance(thing, Picture) and pixels is not None:
            covered, inks = self._placed(pixels, thing.matrix, rows, columns)
        elif isinstance(thing, Area) and not thing.rectangle and thing.outline:
            covered = self._outlined(thing, rows, columns)
        alpha = np.float32(thing.manner.alpha)
        if thing.manner.masked or (isinstance(thing, Picture) and thing.soft_edged):
            laid = np.maximum(inks, below)  # how much the mask lets through isn't known
        elif adds(thing):
            laid = np.minimum(below + inks, np.float32(MOST_INK))
        else:
            laid = np.broadcast_to(np.asarray(inks, np.float32), below.shape)
        self.ink[rows, columns] = np.where(covered, alpha * laid + (1 - alpha) * below, below)

    def heaviest(self) -> tuple[float, Box]:
        """Return the highest mean of any square of 15 mm (a smaller page: its whole), and where it lies."""
        high = min(self.rows, round(SQUARE * MM / CELL))
        wide = min(self.columns, round(SQUARE * MM / CELL))
        sums = np.zeros((self.rows + 1, self.columns + 1), np.float64)
        sums[1:, 1:] = self.ink.cumsum(0, dtype=np.float64).cumsum(1)
        means = (sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]) / (high * wide)
        row, column = np.unravel_index(int(means.argmax()), means.shape)
        left, top = self.box[0] + int(column) * CELL, self.box[3] - int(row) * CELL
        return float(means.max()), (left, top - high * CELL, left + wide * CELL, top)

    def _outlined(self, area: Area, rows: slice, columns: slice) -> npt.NDArray[np.bool_]:
        """Return which squares of a window lie within the outline of an area."""
        drawn = Image.new("1", (columns.stop - columns.start, rows.stop - rows.start))
        pen = ImageDraw.Draw(drawn)
        for part in area.outline:
            if len(part) > 2:
                corners = [self._cell(x, y) for x, y in part]
                pen.polygon([(x - columns.start, y - rows.start) for x, y in corners], fill=1)
        return np.asarray(drawn)

    def _placed(
        self, pixels: Inks, matrix: Matrix, rows: slice, columns: slice
    ) -> tuple[npt.NDArray[np.bool_] | bool, Inks]:
        """Return a picture's ink in a window, each square from the pixel under its middle."""
        a, b, c, d, e, f = matrix
        area = a * d - b * c
        if not area:
            return False, np.zeros((1, 1), np.float32)
        x = self.box[0] + (np.arange(columns.start, columns.stop) + 0.5) * CELL - e
        y = (self.box[3] - (np.arange(rows.start, rows.stop) + 0.5) * CELL - f)[:, None]
        across, up = (d * x - c * y) / area, (a * y - b * x) / area
        row = np.clip(((1 - up) * pixels.shape[0]).astype(np.intp), 0, pixels.shape[0] - 1)
        column = np.clip((across * pixels.shape[1]).astype(np.intp), 0, pixels.shape[1] - 1)
        inside = (across >= 0) & (across < 1) & (up >= 0) & (up < 1)
        return inside, np.asarray(pixels[row, column], np.float32)

    def _cell(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.box[0]) / CELL, (self.box[3] - y) / CELL


def adds(thing: Drawn) -> bool:
    """Whether inks of what lies below show through a thing: it blends, or prints some inks and leaves others alone.

    Overprinting CMYK leaves alone what it has nothing of, in mode 1 and but for pictures and shadings.
    """
    if thing.manner.blend not in NORMAL:
        return True
    if not thing.manner.overprint:
        return False
    match thing:
        case Area():
            space, mode = thing.paint.space, thing.manner.overprint_mode
        case Shading():
            space, mode = thing.shade.space, 0
        case Picture():
            space, mode = (thing.space, 0) if thing.stencil is None else (thing.stencil.space, 1)
        case _:
            return False
    return mode == 1 or space.family is not Family.CMYK


def colour_ink(thing: Drawn) -> float | None:
    """Return the ink of a thing's one colour, or the heaviest of a gradient; None when it has none that is known."""
    match thing:
        case Area():
            return thing.paint.total if thing.paint.known else None
        case Shading():
            return thing.shade.most.total if thing.shade.most is not None else None
        case Picture() if thing.stencil is not None:
            return thing.stencil.total if thing.stencil.known else None
    return None
