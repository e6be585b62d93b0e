"""Supplied PDF artwork of adverts: what it measures, a stand-in for layout, and its placing on a page."""

import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pikepdf
from pikepdf import Array, Name
from PIL import Image

Box = tuple[float, float, float, float]


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
    """Return a grey PNG of the artwork's trimmed proportions, which layout places and make-up replaces."""
    facts = examine(path)
    shown = io.BytesIO()
    fine = 4000 / max(facts.width, facts.height)  # px: rounding moves no edge by 0.1 mm
    Image.new("L", (max(1, round(facts.width * fine)), max(1, round(facts.height * fine))), 224).save(shown, "PNG")
    return shown.getvalue()


def as_form(pdf: pikepdf.Pdf, path: Path, bleed: float) -> pikepdf.Object:
    """Copy a supplied PDF's first page into `pdf` as a form that fills the unit square where an image stood.

    `bleed` (pt) is how far the place reaches beyond the trim on every side; 0 for one inside the page.
    Raises UnreadableArtwork like `examine`.
    """
    facts = examine(path)
    with pikepdf.open(path) as source:
        source.pages[0].flatten_rotation()
        form = pdf.copy_foreign(source.pages[0].as_form_xobject())
    left, bottom = facts.trim[0] - bleed, facts.trim[1] - bleed
    width, height = facts.width + 2 * bleed, facts.height + 2 * bleed
    form.BBox = Array(facts.bleed if bleed else facts.trim)
    # As decimals, since floats are written with six places only: too few for a page placed to a tenth of a millimetre.
    form.Matrix = Array(
        [Decimal(f"{value:.12f}") for value in (1 / width, 0, 0, 1 / height, -left / width, -bottom / height)]
    )
    form.Type, form.Subtype = Name.XObject, Name.Form
    return form


def _box(box: pikepdf.Object) -> Box:
    numbers = [float(value) for value in box]
    if len(numbers) != 4:
        raise ValueError("a box has four numbers")
    x = sorted((numbers[0], numbers[2]))
    y = sorted((numbers[1], numbers[3]))
    return x[0], y[0], x[1], y[1]
