"""Supplied PDF artwork of adverts: what it measures, a stand-in for layout, and the form that takes its place."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

Box = tuple[float, float, float, float]


# How far something reaches over the trim on the left, at the bottom, on the right and at the top, in pt.
Bleeds = tuple[float, float, float, float]


# Sides of a page in pt that PDF allows (ISO 32000-1, annex C.2).
SMALLEST, LARGEST = 3, 14400


_UNSEEN = (Name.Link, Name.Popup)


class UnreadableArtwork(ValueError):
    """The artwork can't be used; the message says why in an editor's words."""


class Part(StrEnum):
    """What of a supplied PDF is meant: its first page, or one of the two pages of a spread.

    A spread comes as one page of double width or as two pages.
    """

    WHOLE = "whole"
    VERSO = "verso"
    RECTO = "recto"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtworkFacts:
    """A page of a supplied PDF, or half of one: its trim and its bleed box, and how many pages there are.

    Boxes are in the file's own units, of which each is `unit` pt. `notes` is how many stamps, comments and fields with
    something to see lie over it.
    """

    trim: Box
    bleed: Box
    pages: int
    unit: float = 1.0
    notes: int = 0

    @property
    def width(self) -> float:
        """Trimmed width in pt."""
        return (self.trim[2] - self.trim[0]) * self.unit

    @property
    def height(self) -> float:
        """Trimmed height in pt."""
        return (self.trim[3] - self.trim[1]) * self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedArtwork:
    """A supplied PDF that stands in a galley.

    `advert` is the slug of its story, `file` its name in the issue's folder, `address` what stands in the galley
    for it; `bleed` says how far its place reaches over the trim on each edge.
    """

    advert: str = ""
    file: str
    path: Path
    address: str
    bleed: Bleeds = (0.0, 0.0, 0.0, 0.0)
    part: Part = Part.WHOLE


def is_pdf(path: Path) -> bool:
    """Whether a file is meant to be a PDF."""
    return path.suffix.casefold() == ".pdf"


def examine(path: Path, part: Part = Part.WHOLE) -> ArtworkFacts:
    """Read the boxes of a page of a PDF; raise UnreadableArtwork when it can't be opened or is empty."""
    with _opened(path) as pdf:
        return _facts(pdf, path.name, part)


def stand_in(path: Path, part: Part = Part.WHOLE) -> bytes:
    """Return a grey JPEG of the artwork's trimmed proportions, which layout places and editions replace.

    Layout hands a JPEG on as it is; a PNG it would unpack and pack anew, for nothing.
    """
    facts = examine(path, part)
    shown = io.BytesIO()
    fine = 4000 / max(facts.width, facts.height)  # px: rounding moves no edge by 0.1 mm
    size = (max(1, round(facts.width * fine)), max(1, round(facts.height * fine)))
    Image.new("L", size, 224).save(shown, "JPEG")
    return shown.getvalue()


def as_form(
    pdf: pikepdf.Pdf,
    artwork: PlacedArtwork,
    width: float,
    height: float,
    ready: Callable[[pikepdf.Pdf], object] = lambda supplied: None,
) -> pikepdf.Object:
    """Copy a page of a supplied PDF into `pdf` as a form that fills the unit square where an image stood.

    The square is drawn `width` by `height` pt large, bleed included. The artwork's trim is brought to that of
    its place, in its own proportions and amid it, the halves of a spread to the gutter; its bleed shows as far
    as the place bleeds. `ready` makes the supplied PDF ready to be copied, such as by separating it. Raises
    UnreadableArtwork like `examine`.
    """
    with _opened(artwork.path) as source:
        ready(source)
        facts = _facts(source, artwork.path.name, artwork.part)
        form = pdf.copy_foreign(_page(source, artwork.part).as_form_xobject())
    left, bottom, right, top = artwork.bleed
    across, down = facts.trim[2] - facts.trim[0], facts.trim[3] - facts.trim[1]
    room_across, room_down = width - left - right, height - bottom - top
    scale = min(room_across / across, room_down / down)
    x = left + (room_across - across * scale) * ALIGNED[artwork.part] - facts.trim[0] * scale
    y = bottom + (room_down - down * scale) / 2 - facts.trim[1] * scale
    place = (-x / scale, -y / scale, (width - x) / scale, (height - y) / scale)
    form.BBox = Array([_decimal(edge) for edge in _common(_shown(facts, artwork.bleed), place)])
    matrix = (scale / width, 0, 0, scale / height, x / width, y / height)
    form.Matrix = Array([_decimal(value) for value in matrix])
    form.Type, form.Subtype = Name.XObject, Name.Form
    return pdf.make_indirect(form)


# What share of the room beside artwork that is too narrow for its place is on its left.
ALIGNED = MappingProxyType({Part.WHOLE: 0.5, Part.VERSO: 1.0, Part.RECTO: 0.0})


@contextmanager
def _opened(path: Path) -> Iterator[pikepdf.Pdf]:
    """Open a supplied PDF, and put whatever goes wrong with it into an editor's words."""
    try:
        with pikepdf.open(path) as pdf:
            yield pdf
    except UnreadableArtwork:
        raise
    except pikepdf.PasswordError:
        raise UnreadableArtwork(f"'{path.name}' is locked with a password") from None
    except (pikepdf.PdfError, OSError, ValueError, TypeError, RuntimeError, AttributeError, LookupError):
        raise UnreadableArtwork(f"'{path.name}' can't be read as a PDF") from None


def _page(pdf: pikepdf.Pdf, part: Part) -> pikepdf.Page:
    return pdf.pages[1 if part is Part.RECTO and len(pdf.pages) > 1 else 0]


def _facts(pdf: pikepdf.Pdf, name: str, part: Part) -> ArtworkFacts:
    if not len(pdf.pages):
        raise UnreadableArtwork(f"'{name}' has no pages")
    page = _page(pdf, part)
    page.flatten_rotation()  # a turned page is used as it is seen
    trim = _box(page.obj.get("/TrimBox", page.cropbox))
    bleed = _box(page.obj.get("/BleedBox", page.obj.get("/TrimBox", page.mediabox)))
    unit = float(page.obj.get("/UserUnit", 1))
    if len(pdf.pages) == 1 and part is not Part.WHOLE:
        gutter = (trim[0] + trim[2]) / 2
        left = part is Part.VERSO
        trim, bleed = _half(trim, gutter, left), _half(bleed, gutter, left)
    facts = ArtworkFacts(trim=trim, bleed=bleed, pages=len(pdf.pages), unit=unit, notes=_notes(page))
    if not (facts.width > 0 and facts.height > 0 and unit > 0):
        raise UnreadableArtwork(f"'{name}' has a page without a size")
    if not SMALLEST <= min(facts.width, facts.height) <= max(facts.width, facts.height) <= LARGEST:
        raise UnreadableArtwork(f"'{name}' has a page of a size that no press prints")
    return facts


def _notes(page: pikepdf.Page) -> int:
    """Count the annotations of a page that show something (ISO 32000-1, 12.5.5), which aren't part of its content."""
    listed = page.obj.get("/Annots", Array())
    found = [note for note in listed if isinstance(note, Dictionary)] if isinstance(listed, Array) else []
    return sum("/AP" in note and note.get("/Subtype") not in _UNSEEN for note in found)


def _half(box: Box, gutter: float, left: bool) -> Box:
    return (box[0], box[1], gutter, box[3]) if left else (gutter, box[1], box[2], box[3])


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
