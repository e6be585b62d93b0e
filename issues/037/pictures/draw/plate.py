"""Charts as SVG: lines, bars and real text in points come in, one readable file comes out."""

from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

from draw.inks import DEEP, INK, RED, tint, web

FAMILY = "'Source Sans Pro', sans-serif"
QUIET = web(tint(DEEP, 0.55))
ACCENT = web(RED)
BLACK = web(INK)
RULE = web(tint(INK, 0.24))
Place = tuple[float, float]
Box = tuple[float, float, float, float]


class OverlapError(ValueError):
    """Two labels of a chart stand on each other."""


class Plate:
    """One drawing, `width` by `height` points; labels that would touch are refused."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height = width, height
        self.parts = [f"<title>{escape(title, quote=False)}</title>"]
        self.labels: list[tuple[Box, str]] = []
        self._grid: list[Box] = []

    def rule(self, start: Place, end: Place, *, colour: str = RULE, width: float = 0.5) -> None:
        """Draw a straight line."""
        self.parts.append(_line((*start, *end), colour, width))

    def grid(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw an upright or level line of the scale; it lies under everything and stops short of labels."""
        self._grid.append((*start, *end))

    def bar(self, box: Box, colour: str = QUIET) -> None:
        """Fill a rectangle given by its left, top, right and bottom."""
        left, top, right, foot = box
        place = f'x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_n(foot - top)}"'
        self.parts.append(f'<rect {place} fill="{colour}"/>')

    def dot(self, centre: tuple[float, float], radius: float, colour: str = BLACK) -> None:
        """Fill a disc."""
        self.parts.append(f'<circle cx="{_n(centre[0])}" cy="{_n(centre[1])}" r="{_n(radius)}" fill="{colour}"/>')

    def text(
        self,
        at: tuple[float, float],
        words: str,
        *,
        size: float = 8,
        bold: bool = False,
        anchor: str = "start",
        colour: str = BLACK,
    ) -> None:
        """Set one line on its base line; _words between low lines_ are italic."""
        x, y = at
        width = measured(words, size, bold=bold)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        self._keep_clear((left, y - size * 0.72, left + width, y + size * 0.2), words)
        runs = words.split("_")
        inner = "".join(
            f'<tspan font-style="italic">{escape(run, quote=False)}</tspan>' if index % 2 else escape(run, quote=False)
            for index, run in enumerate(runs)
        )
        weight = ' font-weight="600"' if bold else ""
        place = f'x="{_n(left)}" y="{_n(y)}"'
        self.parts.append(f'<text {place} font-size="{_n(size)}"{weight} fill="{colour}">{inner}</text>')

    def _keep_clear(self, box: Box, words: str) -> None:
        if box[0] < -0.1 or box[2] > self.width + 0.1 or box[1] < 0 or box[3] > self.height:
            raise OverlapError(f"'{words}' runs out of the drawing")
        for other, theirs in self.labels:
            if box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]:
                raise OverlapError(f"'{words}' stands on '{theirs}'")
        self.labels.append((box, words))

    def save(self, path: Path, millimetres: float) -> None:
        """Write the drawing for a place `millimetres` wide."""
        high = millimetres * self.height / self.width
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(millimetres)}mm" height="{_n(high)}mm" '
        head += f'viewBox="0 0 {_n(self.width)} {_n(self.height)}" font-family="{FAMILY}">'
        parts = [self.parts[0], *(_line(piece) for line in self._grid for piece in self._pieces(line)), *self.parts[1:]]
        path.write_text("\n".join([head, *parts, "</svg>", ""]), encoding="utf-8")

    def _pieces(self, line: Box) -> list[Box]:
        """Cut a grid line where labels stand."""
        across = 0 if line[0] == line[2] else 1
        along = 1 - across
        holes = sorted(
            (box[along] - 1.5, box[along + 2] + 1.5)
            for box, _ in self.labels
            if box[across] - 1.5 < line[across] < box[across + 2] + 1.5
        )
        pieces, at = [], line[along]
        for start, end in [*holes, (line[along + 2], line[along + 2])]:
            stop = min(start, line[along + 2])
            if stop - at > 1.5:
                pieces.append((line[0], at, line[2], stop) if across == 0 else (at, line[1], stop, line[3]))
            at = max(at, end)
        return pieces


def _line(ends: Box, colour: str = RULE, width: float = 0.5) -> str:
    x1, y1, x2, y2 = (_n(end) for end in ends)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="{_n(width)}"/>'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    font = files("font_source_sans_pro") / "files" / f"SourceSansPro-{name}.ttf"
    return ImageFont.truetype(str(font), 1000)


def measured(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line is when set in Source Sans, in points."""
    upright, italic = ("Semibold", "SemiboldIt") if bold else ("Regular", "It")
    return sum(
        _font(italic if index % 2 else upright).getlength(run) * size / 1000
        for index, run in enumerate(words.split("_"))
    )
