"""Supplied PDF artwork of adverts: what it measures, a stand-in for layout, and the form that takes its place."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pikepdf
from pikepdf import Array, Name
from PIL import Image

Box = tuple[float, float, float, float]


# How far something reaches over the trim on the left, at the bottom, on the right and at the top, in pt.
Bleeds = tuple[float, float, float, float]


class UnreadableArtwork(ValueError):
    """The artwork can't be used; the message says why in an editor's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtworkFacts:
    """The first page of a supplied PDF: its trim and its bleed box in pt, and how many pages there are."""

    trim: Box
    bleed: Box
    pages: int

    @property
    def width(self) -> float:
        """Trimmed width in pt."""
        return self.trim[2] - self.trim[0]

    @property
    def height(self) -> float:
        """Trimmed height in pt."""
        return self.trim[3] - self.trim[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedArtwork:
    """A supplied PDF that stands in a galley.

    `file` is its name in the issue's folder and `address` what stands in the galley for it; `bleed` says how far
    its place reaches over the trim on each edge.
    """

    file: str
    path: Path
    address: str
    bleed: Bleeds = (0.0, 0.0, 0.0, 0.0)


def is_pdf(path: Path) -> bool:
    """Whether a file is meant to be a PDF."""
    return path.suffix.casefold() == ".pdf"


def examine(path: Path) -> ArtworkFacts:
    """Read the boxes of a PDF's first page; raise UnreadableArtwork when it can't be opened or is empty."""
    try:
        with pikepdf.open(path) as pdf:
            if not len(pdf.pages):
                raise UnreadableArtwork(f"'{path.name}' has no pages")
            page = pdf.pages[0]
            page.flatten_rotation()  # a turned page is used as it is seen
            trim = _box(page.obj.get("/TrimBox", page.cropbox))
            bleed = _box(page.obj.get("/BleedBox", page.obj.get("/TrimBox", page.mediabox)))
            facts = ArtworkFacts(trim=trim, bleed=bleed, pages=len(pdf.pages))
    except pikepdf.PasswordError:
        raise UnreadableArtwork(f"'{path.name}' is locked with a password") from None
    except (pikepdf.PdfError, OSError, ValueError, TypeError) as error:
        if isinstance(error, UnreadableArtwork):
            raise
        raise UnreadableArtwork(f"'{path.name}' can't be read as a PDF") from None
    if facts.width <= 0 or facts.height <= 0:
        raise UnreadableArtwork(f"'{path.name}' has a page without a size")
    return facts


def stand_in(path: Path) -> bytes:
    """Return a grey PNG of the artwork's trimmed proportions, which layout places and editions replace."""
    facts = examine(path)
    shown = io.BytesIO()
    fine = 4000 / max(facts.width, facts.height)  # px: rounding moves no edge by 0.1 mm
    Image.new("L", (max(1, round(facts.width * fine)), max(1, round(facts.height * fine))), 224).save(shown, "PNG")
    return shown.getvalue()


def as_form(
    pdf: pikepdf.Pdf,
    artwork: PlacedArtwork,
    width: float,
    height: float,
    ready: Callable[[pikepdf.Pdf], object] = lambda supplied: None,
) -> pikepdf.Object:
    """Copy a supplied PDF's first page into `pdf` as a form that fills the unit square where an image stood.

    The square is drawn `width` by `height` pt large, bleed included. The artwork's trim is brought to that of
    its place, in its own proportions and amid it; its bleed shows as far as the place bleeds. `ready` makes the
    supplied PDF ready to be copied, such as by separating it.
    Raises UnreadableArtwork like `examine`.
    """
    facts = examine(artwork.path)
    with pikepdf.open(artwork.path) as source:
        ready(source)
        source.pages[0].flatten_rotation()
        form = pdf.copy_foreign(source.pages[0].as_form_xobject())
    left, bottom, right, top = artwork.bleed
    room_across, room_down = width - left - right, height - bottom - top
    scale = min(room_across / facts.width, room_down / facts.height)
    x = left + (room_across - facts.width * scale) / 2 - facts.trim[0] * scale
    y = bottom + (room_down - facts.height * scale) / 2 - facts.trim[1] * scale
    place = (-x / scale, -y / scale, (width - x) / scale, (height - y) / scale)
    form.BBox = Array([_decimal(edge) for edge in _common(_shown(facts, artwork.bleed), place)])
    matrix = (scale / width, 0, 0, scale / height, x / width, y / height)
    form.Matrix = Array([_decimal(value) for value in matrix])
    form.Type, form.Subtype = Name.XObject, Name.Form
    return pdf.make_indirect(form)


def _shown(facts: ArtworkFacts, bleed: Bleeds) -> Box:
    """Return what of the artwork may show: its trim, and its bleed on the edges that bleed."""
    edges = zip(facts.trim, facts.bleed, bleed, strict=True)
    left, bottom, right, top = (outer if bled else inner for inner, outer, bled in edges)
    return left, bottom, right, top


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _decimal(value: float) -> Decimal:
    """Return a number that is written out: of floats only six places would be, too few for a tenth of a millimetre."""
    return Decimal(f"{value:.12f}")


def _box(box: pikepdf.Object) -> Box:
    numbers = [float(value) for value in box]
    if len(numbers) != 4:
        raise ValueError("a box has four numbers")
    x = sorted((numbers[0], numbers[2]))
    y = sorted((numbers[1], numbers[3]))
    return x[0], y[0], x[1], y[1]
