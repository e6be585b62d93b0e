"""A small hand press: blocks cut in millimetres come in, a print with grain and rough edges comes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from draw.inks import PAPER, Colour

Point = tuple[float, float]
Tone = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of paper: its size in mm and in pixels."""

    width: float
    height: float
    pixels: tuple[int, int]

    @property
    def scale(self) -> float:
        """Pixels per millimetre."""
        return self.pixels[0] / self.width

    def noise(self, cell: float, seed: int) -> Tone:
        """Return smooth noise about 0 with a spread of 1 whose lumps are `cell` mm wide."""
        columns = max(2, round(self.width / cell))
        rows = max(2, round(self.height / cell))
        lumps = np.random.default_rng(seed).standard_normal((rows, columns)).astype(np.float32)
        grown = Image.fromarray(lumps).resize(self.pixels, Image.Resampling.BICUBIC)
        return np.asarray(grown, dtype=np.float32)


class Block:
    """One block of lino: white where it is inked, black where it has been cut away.

    `shift` (mm) is how far this block stands off the others when it is printed.
    """

    def __init__(self, sheet: Sheet, *, inked: bool = False, shift: Point = (0.0, 0.0)) -> None:
        self.sheet = sheet
        self.shift = shift
        self.image = Image.new("L", sheet.pixels, 255 if inked else 0)
        self._draw = ImageDraw.Draw(self.image)

    def place(self, points: Iterable[Point]) -> list[Point]:
        """Turn points in mm into pixels of this block."""
        scale, (dx, dy) = self.sheet.scale, self.shift
        return [((x + dx) * scale, (y + dy) * scale) for x, y in points]

    def fill(self, points: Sequence[Point], tone: float = 1.0) -> None:
        """Leave a shape standing (1), cut it away (0), or anything between for half-worn lino."""
        if len(points) > 2:
            self._draw.polygon(self.place(points), fill=round(255 * tone))

    def cut(self, points: Sequence[Point]) -> None:
        """Cut a shape away."""
        self.fill(points, 0.0)

    def line(self, points: Sequence[Point], width: float, tone: float = 1.0) -> None:
        """Draw an even line, `width` in mm."""
        pixels = max(1, round(width * self.sheet.scale))
        self._draw.line(self.place(points), fill=round(255 * tone), width=pixels, joint="curve")

    def disc(self, centre: Point, radius: float, tone: float = 1.0) -> None:
        """Fill a disc, `radius` in mm."""
        (x, y), r = self.place([centre])[0], radius * self.sheet.scale
        self._draw.ellipse((x - r, y - r, x + r, y + r), fill=round(255 * tone))

    def inside(self, shape: Sequence[Point], other: "Block", *, cut: bool = False) -> None:
        """Inside `shape`, leave standing (or cut away) what stands on `other`; used to hatch a shape."""
        mask = Block(self.sheet, shift=self.shift)
        mask.fill(shape)
        box = mask.image.getbbox()
        if box is None:
            return
        both = np.minimum(np.asarray(mask.image.crop(box)), np.asarray(other.image.crop(box)))
        here = np.asarray(self.image.crop(box))
        joined = np.minimum(here, 255 - both) if cut else np.maximum(here, both)
        self.image.paste(Image.fromarray(joined), box[:2])

    def tone(self) -> Tone:
        """Return the block as it is drawn, from 0 to 1."""
        return np.asarray(self.image, dtype=np.float32) / np.float32(255)


class Print:
    """A sheet in the press, pulled once for every block."""

    def __init__(self, sheet: Sheet, *, seed: int, paper: Colour = PAPER) -> None:
        self.sheet = sheet
        self.seed = seed
        fibre = 1 + 0.004 * sheet.noise(0.5, seed) + 0.006 * sheet.noise(6, seed + 1)
        self.colour = np.asarray(paper, dtype=np.float32)[None, None, :] * fibre[:, :, None]

    def pull(self, block: Block, ink: Colour, *, strength: float = 1.0, through: bool = False) -> None:
        """Print one block in one ink; a `through` ink lets what lies under it show, as a glaze does."""
        self.seed += 10
        self.lay(worn(block, self.seed) * np.float32(strength), ink, through=through)

    def lay(self, cover: Tone, ink: Colour, *, through: bool = False) -> None:
        """Lay ink down by a coverage from 0 to 1."""
        for channel in range(3):
            here = self.colour[:, :, channel]
            if through:
                here *= 1 - cover * np.float32(1 - ink[channel] / PAPER[channel])
            else:
                here += (ink[channel] - here) * cover

    def picture(self) -> Image.Image:
        """Return the print as an RGB picture."""
        return Image.fromarray(np.clip(self.colour + 0.5, 0, 255).astype(np.uint8), "RGB")

    def save(self, path: Path, *, quality: int = 88) -> None:
        """Write the print as JPEG with its resolution and nothing that changes from run to run."""
        ppi = round(self.sheet.scale * 25.4)
        self.picture().save(path, quality=quality, optimize=True, dpi=(ppi, ppi), subsampling="4:2:0")


def worn(block: Block, seed: int) -> Tone:
    """Return what a block leaves on paper: rough edges, uneven ink and a few specks without any."""
    sheet = block.sheet
    soft = block.image.filter(ImageFilter.GaussianBlur(0.085 * sheet.scale))
    edge = np.asarray(soft, dtype=np.float32) / np.float32(255) - np.float32(0.5)
    edge += 0.10 * sheet.noise(0.35, seed) + 0.07 * sheet.noise(0.17, seed + 1)
    cover = np.clip(edge * 2.6 + 0.5, 0, 1)
    mottle = 0.96 + 0.011 * sheet.noise(0.6, seed + 2) + 0.016 * sheet.noise(5, seed + 3)
    specks = np.clip((sheet.noise(0.3, seed + 4) - 1.95) * 1.8, 0, 0.85)
    laid: Tone = np.clip(cover * mottle * (1 - specks), 0, 1).astype(np.float32)
    return laid
