"""What a printer finds round a page: its boxes, and outside the bleed crop marks, targets, colour bar, slug line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import pikepdf
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object

from magbuild.measure import Length
from magbuild.model import Edges, Mark, Printer

Box = tuple[float, float, float, float]

# How marks look, in pt. They stand in a band of their own round the bleed.
LENGTH = Length(5).pt
BAND = Length(7).pt
STROKE = 0.25
RADIUS, ARM = Length(1.6).pt, Length(2.5).pt
AWAY = Length(3).pt  # of patches and text from the marks beside them
SIZE, SMALLEST = 6.0, 3.5

# Cyan, magenta, yellow, black: solids and their overprints before the target, the rest and the tints after it.
PATCHES = (
    ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (0, 1, 1, 0), (1, 0, 1, 0)),
    ((1, 1, 0, 0), (0.5, 0, 0, 0), (0, 0.5, 0, 0), (0, 0, 0.5, 0), (0, 0, 0, 0.5), (0.5, 0.4, 0.4, 0)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What goes round one page or sheet. Boxes and `folds` (where it is folded, from the left) are in pt.

    `offset` is how far marks keep from the trim at least; they never reach into the bleed. `slug` is the line at
    the foot, in two halves.
    """

    trim: Box
    bleed: Box
    marks: tuple[Mark, ...] = ()
    offset: Length = Length(3)
    slug: tuple[str, str] = ("", "")
    folds: tuple[float, ...] = ()

    def moved(self, x: float, y: float) -> "Frame":
        """Return the same frame elsewhere."""
        trim, bleed = ((box[0] + x, box[1] + y, box[2] + x, box[3] + y) for box in (self.trim, self.bleed))
        return replace(self, trim=trim, bleed=bleed, folds=tuple(fold + x for fold in self.folds))

    @property
    def inner(self) -> Box:
        """Where marks begin: outside the bleed, and `offset` from the trim."""
        away = self.offset.pt
        left, bottom, right, top = self.trim
        return (
            min(left - away, self.bleed[0]),
            min(bottom - away, self.bleed[1]),
            max(right + away, self.bleed[2]),
            max(top + away, self.bleed[3]),
        )

    @property
    def media(self) -> Box:
        """The whole sheet: the bleed, and the band of marks if there are any."""
        if not self.marks:
            return self.bleed
        left, bottom, right, top = self.inner
        return left - BAND, bottom - BAND, right + BAND, top + BAND


def lay_marks(pdf: pikepdf.Pdf, printer: Printer, *, title: str, date: str, first: int = 1) -> None:
    """Give every page the bleed that the printer asks for and no more, and the marks, outside it.

    Pages are single and in order; `first` is the number of the first one in the issue: odd pages are rectos, whose
    inside is the left edge. `title` and `date` stand in the slug line with the page's number. Colours are those of
    plates, so that nothing separated has to be separated again: marks are on all of them.
    """
    for number, page in enumerate(pdf.pages, first):
        frame = Frame(
            trim=box_of(page.trimbox),
            bleed=bled(page, printer.bleed, recto=number % 2 == 1),
            marks=printer.marks,
            offset=printer.mark_offset,
            slug=(title, f"page {number} · {date}"),
        )
        lay_frame(pdf, page, number, frame)


def lay_frame(pdf: pikepdf.Pdf, page: pikepdf.Page, number: int, frame: Frame) -> None:
    """Set a page's boxes, cut its art at the bleed, and draw the marks round it; no two pages have one `number`."""
    left, bottom, right, top = frame.bleed
    clip = f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n q"
    page.contents_add(clip.encode(), prepend=True)
    page.contents_add(b"Q Q")
    for box in ("/CropBox", "/ArtBox"):
        if box in page.obj:
            del page.obj[box]
    page.obj.MediaBox = array_of(frame.media)
    page.obj.BleedBox = array_of(frame.bleed)
    page.obj.TrimBox = array_of(frame.trim)
    if frame.marks:
        # Pages may share their resources: each set of marks needs a name of its own.
        name = page.add_resource(_marks(pdf, frame), Name.XObject, Name(f"/Marks{number}"))
        page.contents_add(f"q {name} Do Q".encode())


def bled(page: pikepdf.Page, bleed: Edges, *, recto: bool) -> Box:
    """Return a page's trim with the bleed of each edge, as far as the page has any."""
    left, bottom, right, top = box_of(page.trimbox)
    has = box_of(page.obj.get("/BleedBox", page.mediabox))
    inside, outside = bleed.inside.pt, bleed.outside.pt
    return (
        max(min(has[0], left), left - (inside if recto else outside)),
        max(min(has[1], bottom), bottom - bleed.bottom.pt),
        min(max(has[2], right), right + (outside if recto else inside)),
        min(max(has[3], top), top + bleed.top.pt),
    )


def page_as_form(pdf: pikepdf.Pdf, page: pikepdf.Page, box: Box) -> Object:
    """Copy a page of whatever PDF into `pdf` as a form, as far as `box` shows it; its coordinates stay."""
    form = pdf.copy_foreign(page.as_form_xobject(handle_transformations=False))
    form.BBox = array_of(box)
    return form


def box_of(array: Object) -> Box:
    """Return a box in pt, its corners in order."""
    one, two, three, four = (float(value) for value in array)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def array_of(box: Box) -> Array:
    """Return a box as a PDF writes it, to a hundred-thousandth of a point."""
    return Array([round(value, 5) for value in box])


# --- Drawing ---


def _marks(pdf: pikepdf.Pdf, frame: Frame) -> Object:
    drawn = []
    if Mark.CROP in frame.marks:
        drawn.append(_lines([*_crop_marks(frame), *_fold_marks(frame)]))
    if Mark.REGISTRATION in frame.marks:
        drawn += [_target(x, y) for x, y in _target_places(frame)]
    if Mark.SLUG in frame.marks:
        drawn += [_text(text, *span, frame) for text, span in zip(frame.slug, _spans(frame), strict=True)]
    if Mark.COLOUR_BAR in frame.marks:
        drawn += [_patches(inks, *span, frame) for inks, span in zip(PATCHES, _spans(frame), strict=True)]
    return pdf.make_indirect(
        pdf.make_stream(
            "\n".join(drawn).encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=array_of(frame.media),
            Resources=Dictionary(ColorSpace=Dictionary(All=_all_plates(pdf))),
        )
    )


def _all_plates(pdf: pikepdf.Pdf) -> Object:
    """Return the colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


Line = tuple[float, float, float, float]


def _crop_marks(frame: Frame) -> Iterator[Line]:
    left, bottom, right, top = frame.trim
    inner = frame.inner
    for y in (bottom, top):
        yield inner[0] - LENGTH, y, inner[0], y
        yield inner[2], y, inner[2] + LENGTH, y
    for x in (left, right):
        yield x, inner[1] - LENGTH, x, inner[1]
        yield x, inner[3], x, inner[3] + LENGTH


def _fold_marks(frame: Frame) -> Iterator[Line]:
    """Folds are marked by two short strokes where a cut has a long one."""
    for x in frame.folds:
        for start, way in ((frame.inner[1], -1), (frame.inner[3], 1)):
            yield x, start, x, start + way * LENGTH * 0.3
            yield x, start + way * LENGTH * 0.55, x, start + way * LENGTH * 0.85


def _lines(lines: list[Line]) -> str:
    paths = " ".join(f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l" for x, y, to_x, to_y in lines)
    return f"q /All CS 1 SCN {STROKE} w {paths} S Q"


def _target_places(frame: Frame) -> Iterator[tuple[float, float]]:
    left, bottom, right, top = frame.inner
    x, y = _middle(frame), (frame.trim[1] + frame.trim[3]) / 2
    half = LENGTH / 2 + Length(0.5).pt
    yield x, top + half
    yield x, bottom - half
    yield left - half, y
    yield right + half, y


def _target(x: float, y: float) -> str:
    """Draw a circle with a cross, by which plates are brought into register."""
    r, k = RADIUS, RADIUS * 0.5523
    circle = (
        f"{x + r:.3f} {y:.3f} m "
        f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c h"
    )
    cross = _lines([(x - ARM, y, x + ARM, y), (x, y - ARM, x, y + ARM)])
    return f"q /All CS 1 SCN {STROKE} w {circle} S Q {cross}"


def _middle(frame: Frame) -> float:
    """Return where targets stand at head and foot: amid the page, or amid the part before the first fold."""
    return (frame.trim[0] + (frame.folds[0] if frame.folds else frame.trim[2])) / 2


def _spans(frame: Frame) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the two stretches at head and foot, before and after the target, that patches and text may take."""
    end = frame.folds[0] if frame.folds else frame.trim[2]
    middle, beside = _middle(frame), ARM + AWAY / 2
    return (frame.trim[0] + AWAY, middle - beside), (middle + beside, end - AWAY)


def _patches(inks: tuple[tuple[float, ...], ...], start: float, end: float, frame: Frame) -> str:
    side = min(LENGTH, max(0.0, end - start) / len(inks))
    y = frame.inner[3] + Length(1).pt
    drawn = (
        f"{' '.join(f'{ink:g}' for ink in colour)} k {start + index * side:.3f} {y:.3f} {side:.3f} {side:.3f} re f"
        for index, colour in enumerate(inks)
    )
    return f"q {' '.join(drawn)} Q"


# --- Text, as outlines: it needs no font in the file ---


def _text(text: str, start: float, end: float, frame: Frame) -> str:
    """Draw a line of the slug; one that is too long is set smaller, and what is too long even so is cut short."""
    room = max(0.0, end - start)
    whole, size = text, SIZE
    if _width(text) * size > room:
        size = max(SMALLEST, room / max(_width(text), 1e-6))
    while text and _width(text) * size > room + 0.01:
        whole = whole[:-1].rstrip()
        text = f"{whole}…" if whole else ""
    drawn, x, y = [], start, frame.inner[1] - Length(3).pt
    for letter in text:
        outline, advance = _glyph(letter)
        drawn.append(f"q {size:.4f} 0 0 {size:.4f} {x:.3f} {y:.3f} cm {outline} f Q" if outline else "")
        x += advance * size
    return f"q /All cs 1 scn {' '.join(filter(None, drawn))} Q"


def _width(text: str) -> float:
    return sum(_glyph(letter)[1] for letter in text)


@cache
def _typeface() -> TTFont:
    return TTFont(Path(str(files("font_source_sans_pro"))) / "files" / "SourceSansPro-Regular.otf")


@cache
def _glyph(letter: str) -> tuple[str, float]:
    """Return a letter's outline as PDF paths and its advance, both in ems; a box for one the typeface lacks."""
    face = _typeface()
    name = face.getBestCmap().get(ord(letter), ".notdef")
    glyphs, em = face.getGlyphSet(), face["head"].unitsPerEm
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    signs = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h", "endPath": "h"}
    paths = []
    for operation, points in pen.value:
        numbers = " ".join(f"{value / em:.4f}" for point in points for value in point)
        paths.append(f"{numbers} {signs[operation]}".strip())
    return " ".join(paths), glyphs[name].width / em
