"""The table on which pieces of paper are laid one over another; measures are in mm from the left and top edge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from cut.papers import Colour

Point = tuple[float, float]
Shape = Sequence[Point]
FINE = 2  # masks are drawn larger and made smaller, for smooth edges


@dataclass(slots=True)
class Table:
    """A sheet to glue pieces on; `dots` are pixels to the millimetre."""

    width: float
    height: float
    ground: Colour
    dots: float = 350 / 25.4
    seed: int = 38
    light: tuple[float, float] = (0.45, 0.6)  # how far a shadow falls, in mm
    _picture: "np.ndarray" = field(init=False, repr=False)
    _grain: "np.ndarray" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows, columns = round(self.height * self.dots), round(self.width * self.dots)
        self._grain = _grain(rows, columns, self.dots, self.seed)
        self._picture = _paper(self.ground, self._grain)

    def lay(self, colour: Colour, *shapes: Shape, holes: Sequence[Shape] = (), lift: float = 1.0) -> None:
        """Glue down one piece of paper of these shapes; `lift` is how far it stands off what lies below."""
        left, top, right, bottom = self._around(shapes, lift)
        if left >= right or top >= bottom:
            return
        mask = self._mask(shapes, holes, (left, top, right, bottom))
        picture = self._picture[top:bottom, left:right]
        if lift:
            across, down = (round(move * lift * self.dots) for move in self.light)
            shade = np.zeros_like(mask)
            shade[down:, across:] = mask[: mask.shape[0] - down, : mask.shape[1] - across]
            blur = ImageFilter.GaussianBlur(0.42 * lift * self.dots)
            soft = np.asarray(Image.fromarray((shade * 255).astype(np.uint8)).filter(blur), dtype=np.float32)
            picture *= (1 - 0.42 * soft / 255)[..., None]
        turned = np.roll(self._grain, (len(shapes) * 37 + 11, sum(colour) % 211), axis=(0, 1))
        piece = _paper(colour, turned[top:bottom, left:right])
        edge = np.zeros_like(mask)  # light catches the cut
        edge[2:, 2:] = np.clip(mask[2:, 2:] - mask[:-2, :-2], 0, 1)
        piece += (edge * 26)[..., None]
        picture += (piece - picture) * mask[..., None]

    def _around(self, shapes: Sequence[Shape], lift: float) -> tuple[int, int, int, int]:
        """Return the pixels around the shapes and their shadow, within the sheet."""
        rows, columns = self._picture.shape[:2]
        across, down = zip(*(point for shape in shapes for point in shape), strict=True)
        room = 2.5 * lift + 0.5
        return (
            max(0, int((min(across) - room) * self.dots)),
            max(0, int((min(down) - room) * self.dots)),
            min(columns, int((max(across) + room) * self.dots) + 1),
            min(rows, int((max(down) + room) * self.dots) + 1),
        )

    def _mask(self, shapes: Sequence[Shape], holes: Sequence[Shape], area: tuple[int, int, int, int]) -> "np.ndarray":
        left, top, right, bottom = area
        mask = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
        pen, scale = ImageDraw.Draw(mask), self.dots * FINE
        for shape, ink in (*((shape, 255) for shape in shapes), *((hole, 0) for hole in holes)):
            pen.polygon([(x * scale - left * FINE, y * scale - top * FINE) for x, y in shape], fill=ink)
        small = mask.resize((right - left, bottom - top), Image.Resampling.BOX)
        return np.asarray(small, dtype=np.float32) / 255

    def save(self, path: Path, quality: int = 88) -> None:
        """Write the picture as a JPEG that knows its size."""
        picture = Image.fromarray(np.clip(self._picture, 0, 255).astype(np.uint8))
        ppi = round(self.dots * 25.4)
        picture.save(path, "JPEG", quality=quality, optimize=True, dpi=(ppi, ppi), subsampling=0)


def _grain(rows: int, columns: int, dots: float, seed: int) -> "np.ndarray":
    """Return the tooth of handmade paper, about 1: a fine one, and clouds of pulp."""
    chance = np.random.default_rng(seed)
    total = np.ones((rows, columns), dtype=np.float32)
    for size, strength in ((0.12, 0.018), (0.5, 0.014), (6.0, 0.018)):
        step = max(1.0, size * dots)
        small = chance.normal(0, 1, (int(rows / step) + 3, int(columns / step) + 3)).astype(np.float32)
        cloud = Image.fromarray(small).resize((columns, rows), Image.Resampling.BICUBIC)
        total += strength * np.asarray(cloud)
    return total


def _paper(colour: Colour, grain: "np.ndarray") -> "np.ndarray":
    return np.asarray(colour, dtype=np.float32) * grain[..., None]
