"""A PDF of single pages comes in; one of sheets to print, fold and bind goes out: a proof, or a short run."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

from magbuild.imposition import Side, most_creep, padded, saddle, signatures
from magbuild.measure import Length
from magbuild.model import Mark
from magbuild.printmarks import Box, Frame, array_of, box_of, lay_frame, page_as_form
from magbuild.problem import Place, Problem, Report, warning

MARKS = (Mark.CROP, Mark.REGISTRATION, Mark.SLUG)
LARGEST = 14400  # pt, what PDF allows
SAME = 0.5  # pt: what differs less is one size
# What files that aren't as PDF wants them make the library raise.
_BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, ArithmeticError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imposed:
    """What was imposed: pages of the file, blanks that were added, signatures, sheets."""

    pages: int
    blanks: int
    signatures: int
    sheets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A file's pages and how they come on sheets; lengths are in pt, sizes those of a single page."""

    source: Path
    sides: tuple[Side, ...]
    trims: tuple[Box, ...]
    bleeds: tuple[Box, ...]
    units: tuple[float, ...]
    thickness: Length
    marks: bool

    @property
    def width(self) -> float:
        return self.trims[0][2] - self.trims[0][0]

    @property
    def height(self) -> float:
        return self.trims[0][3] - self.trims[0][1]

    @property
    def sizes(self) -> tuple[tuple[float, float, float], ...]:
        """Trimmed width, height and unit of each page."""
        return tuple(
            (trim[2] - trim[0], trim[3] - trim[1], unit) for trim, unit in zip(self.trims, self.units, strict=True)
        )

    def frame(self, side: Side) -> Frame:
        """Return the frame of a sheet's side, which begins at 0, 0."""
        pairs = tuple(zip(self.trims, self.bleeds, strict=True))
        across = max(max(trim[0] - bleed[0], bleed[2] - trim[2]) for trim, bleed in pairs)
        below = max(trim[1] - bleed[1] for trim, bleed in pairs)
        above = max(bleed[3] - trim[3] for trim, bleed in pairs)
        width, height = 2 * self.width, self.height
        across, below, above = max(across, 0.0), max(below, 0.0), max(above, 0.0)
        face = "front" if side.front else "back"
        pages = " + ".join("blank" if page is None else str(page) for page in (side.left, side.right))
        frame = Frame(
            trim=(0.0, 0.0, width, height),
            bleed=(-across, -below, width + across, height + above),
            marks=MARKS if self.marks else (),
            slug=(self.source.name, f"signature {side.signature}, sheet {side.sheet} {face}: {pages}"),
            folds=(self.width,),
        )
        return frame.moved(-frame.media[0], -frame.media[1])


def impose(
    source: Path,
    target: Path,
    report: Report,
    *,
    signature: int | None = None,
    thickness: Length = Length(0.1),
    marks: bool = False,
) -> Imposed | None:
    """Impose a PDF as a saddle-stitched booklet, or in signatures of so many pages, and write it to `target`.

    `thickness` is that of one leaf. Colours, output intent and what a PDF/X says of itself stay. None is returned,
    with problems, when the file can't be imposed; OSError is raised when the target can't be written.
    """
    try:
        with source.open("rb"):
            pass
    except OSError as error:
        message = f"'{source.name}' can't be read: {(error.strerror or 'unknown reason').lower()}"
        report.add(Problem(Place(source), "unreadable-pdf", message, "name a PDF, such as one of build/037"))
        return None
    try:
        with pikepdf.open(source) as pdf, pikepdf.new() as sheets:
            plan = _plan(pdf, source, signature, thickness, marks)
            for problem in _rules(plan):
                report.add(problem)
                return None
            _lay_pages(pdf, sheets, plan)
            _carry_over(pdf, sheets)
            _write(sheets, target, pdf.pdf_version)
    except pikepdf.PasswordError:
        message, hint = f"'{source.name}' is locked with a password", "save it without one"
        report.add(Problem(Place(source), "locked-pdf", message, hint))
        return None
    except _BROKEN:
        message, hint = (
            f"'{source.name}' can't be read as a PDF",
            "make it anew, or open it in a viewer and save it again",
        )
        report.add(Problem(Place(source), "unreadable-pdf", message, hint))
        return None
    pages = len(plan.trims)
    blanks = padded(pages) - pages
    if blanks:
        added = "1 blank page is" if blanks == 1 else f"{blanks} blank pages are"
        message = f"{pages} pages don't fill the last sheet: {added} added at the end"
        hint = f"nothing, if it is a proof; {pages + blanks} pages fill {(pages + blanks) // 4} sheets"
        report.add(warning(Place(source), "blanks-added", message, hint))
    return Imposed(pages=pages, blanks=blanks, signatures=plan.sides[-1].signature, sheets=len(plan.sides) // 2)


def _plan(pdf: pikepdf.Pdf, source: Path, signature: int | None, thickness: Length, marks: bool) -> _Plan:
    with suppress(*_BROKEN):
        pdf.flatten_annotations("print")  # what was filled into forms is on paper, too
    pages = list(pdf.pages)
    for page in pages:
        page.flatten_rotation()  # a turned page is used as it is seen
    trims = tuple(_trim(page) for page in pages)
    return _Plan(
        source=source,
        sides=saddle(len(pages)) if signature is None else signatures(len(pages), signature),
        trims=trims,
        bleeds=tuple(_bleed(page, trim) for page, trim in zip(pages, trims, strict=True)),
        units=tuple(float(page.obj.get("/UserUnit", 1)) for page in pages),
        thickness=thickness,
        marks=marks,
    )


def _trim(page: pikepdf.Page) -> Box:
    """Return a page's trim, which never reaches beyond the page."""
    return _within(box_of(page.trimbox), box_of(page.mediabox))


def _bleed(page: pikepdf.Page, trim: Box) -> Box:
    """Return a page's bleed: its trim where it declares none, since beyond it there may be marks."""
    if "/BleedBox" not in page.obj:
        return trim
    left, bottom, right, top = _within(box_of(page.bleedbox), box_of(page.mediabox))
    return min(left, trim[0]), min(bottom, trim[1]), max(right, trim[2]), max(top, trim[3])


def _within(box: Box, outer: Box) -> Box:
    return max(box[0], outer[0]), max(box[1], outer[1]), min(box[2], outer[2]), min(box[3], outer[3])


def _mm(points: float) -> str:
    return f"{Length.of_points(points).mm:.1f} mm"


def _rules(plan: _Plan) -> Iterator[Problem]:
    """Yield what keeps the pages from being imposed."""
    if not plan.trims:
        message = f"'{plan.source.name}' has no pages"
        yield Problem(Place(plan.source), "unreadable-pdf", message, "see whether this is the file you mean")
        return
    for number, size in enumerate(plan.sizes, 1):
        place = Place(plan.source, page=number)
        if not all(0 < side < LARGEST for side in size[:2]):
            yield Problem(place, "unreadable-pdf", "the page has no size", "make the file anew")
        elif any(abs(one - other) > SAME for one, other in zip(size, plan.sizes[0], strict=True)):
            shown = [f"{_mm(width)} by {_mm(height)}" for width, height, _ in (size, plan.sizes[0])]
            message = f"the page is {shown[0]}, but the first page is {shown[1]}"
            yield Problem(place, "page-sizes-differ", message, "make all pages of one trimmed size")
    creep = most_creep(plan.sides, plan.thickness)
    if creep.pt > plan.width / 10:
        message = f"the innermost pages would move by {creep.mm:.1f} mm, a tenth of their width or more"
        hint = "impose signatures, with fewer sheets within each other, or name the thickness of one leaf"
        yield Problem(Place(plan.source), "too-much-creep", message, hint)


# --- On sheets ---


def _lay_pages(pdf: pikepdf.Pdf, sheets: pikepdf.Pdf, plan: _Plan) -> None:
    group = next((page.obj.Group for page in pdf.pages if "/Group" in page.obj), None)
    blending = None if group is None else sheets.copy_foreign(pdf.make_indirect(group))
    for number, side in enumerate(plan.sides, 1):
        frame = plan.frame(side)
        forms, drawn = Dictionary(), []
        for name, page in (("/Left", side.left), ("/Right", side.right)):
            if page is not None:
                forms[name] = page_as_form(sheets, pdf.pages[page - 1], plan.bleeds[page - 1])
                drawn.append(
                    _placed(name, plan, frame, plan.trims[page - 1], side.creep(plan.thickness).pt / plan.units[0])
                )
        sheet = Dictionary(
            Type=Name.Page,
            MediaBox=array_of(frame.media),
            Resources=Dictionary(XObject=forms),
            Contents=sheets.make_stream("\n".join(drawn).encode()),
        )
        if blending is not None:
            sheet.Group = blending
        if plan.units[0] != 1:
            sheet.UserUnit = plan.units[0]
        sheets.pages.append(pikepdf.Page(sheets.make_indirect(sheet)))
        lay_frame(sheets, sheets.pages[-1], number, frame)


def _placed(name: str, plan: _Plan, frame: Frame, trim: Box, creep: float) -> str:
    """Draw a page so that its inner edge lies at the fold, moved by the creep towards it and cut there."""
    fold, bleed = frame.folds[0], frame.bleed
    on_left = name == "/Left"
    start, end = (bleed[0], fold) if on_left else (fold, bleed[2])
    x = (fold - plan.width + creep if on_left else fold - creep) - trim[0]
    y = frame.trim[1] - trim[1]
    clip = f"{start:.4f} {bleed[1]:.4f} {end - start:.4f} {bleed[3] - bleed[1]:.4f} re W n"
    return f"q {clip} 1 0 0 1 {x:.5f} {y:.5f} cm {name} Do Q"


def _carry_over(pdf: pikepdf.Pdf, sheets: pikepdf.Pdf) -> None:
    """Keep the printing condition, which layers show, and what a file says of itself as far as it is still true."""
    for key in ("/OutputIntents", "/OCProperties"):
        if key in pdf.Root:
            sheets.Root[key] = sheets.copy_foreign(pdf.make_indirect(pdf.Root[key]))
    for key, value in pdf.docinfo.items():
        if isinstance(value, String | Name):
            sheets.docinfo[key] = value
    xmp = pdf.Root.get("/Metadata")
    # Other claims, such as to be tagged, end with the pages.
    if isinstance(xmp, Stream) and b"GTS_PDFXVersion" in xmp.read_bytes():
        sheets.Root.Metadata = sheets.copy_foreign(xmp)


def _write(sheets: pikepdf.Pdf, target: Path, version: str) -> None:
    beside = target.with_name(f".{target.name}.part")
    try:
        sheets.save(
            beside,
            force_version=version,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
