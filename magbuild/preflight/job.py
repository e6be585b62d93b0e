"""A file and what is wanted of it come in; one value that all checks can ask comes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from magbuild.measure import Size
from magbuild.model import Binding, Printer
from magbuild.preflight.drawn import Drawn, Picture, Text
from magbuild.preflight.look import Look
from magbuild.preflight.pixels import Inks, Pixels
from magbuild.preflight.plane import LEFT, RIGHT, Box
from magbuild.preflight.reading import TROUBLE, content, elements, entry, named, text
from magbuild.preflight.sheets import Sheet, measured, read_sheet
from magbuild.preflight.uses import Uses
from magbuild.preflight.xmp import read_xmp

NOTHING: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to be printed: its pages, the printer it goes to, and as what it is handed in.

    `advert` is the trimmed size of the place that an advert has booked; `cover` says that it is a wrap-around cover.
    A check of pages is asked with a job of one drawn page; one of the whole file when all pages were looked at, with
    what they use.
    """

    path: Path
    pdf: pikepdf.Pdf
    printer: Printer
    binding: Binding | None
    cover: bool
    advert: Size | None
    xmp: Mapping[str, str]
    xmp_stream: Any
    info: Any
    warnings: tuple[str, ...]
    pixels: Pixels
    pages: tuple[Any, ...]
    sheets: tuple[Sheet, ...] = ()
    uses: tuple[Uses, ...] = ()

    @property
    def root(self) -> Any:
        """The catalogue of the file."""
        return self.pdf.Root

    @property
    def intents(self) -> tuple[Any, ...]:
        """The output intents for PDF/X."""
        return tuple(
            intent
            for intent in elements(entry(self.root, "/OutputIntents"))
            if named(entry(intent, "/S")) == "GTS_PDFX"
        )

    @property
    def profile(self) -> bytes:
        """The ICC profile of the first output intent for PDF/X; empty when there is none."""
        return content(entry(self.intents[0], "/DestOutputProfile")) if self.intents else b""

    @property
    def claims(self) -> str:
        """The standard that the file says it keeps, such as "PDF/X-4"; empty when it says nothing."""
        info = text(entry(self.info, "/GTS_PDFXConformance")) or text(entry(self.info, "/GTS_PDFXVersion"))
        return self.xmp.get("pdfxid:GTS_PDFXVersion", "") or info or self.xmp.get("pdfx:GTS_PDFXVersion", "")

    def ink(self, picture: Picture) -> Inks | None:
        """Return the ink of a picture, read once; None when it can't be told."""
        return self.pixels.ink(picture)

    def unreadable(self, picture: Picture) -> str:
        """Return why a picture's pixels can't be read; an empty text when they can."""
        return self.pixels.fault(picture)

    def look(
        self,
        code: str,
        subject: str,
        things: str = "",
        *,
        limit: float | None = None,
        unit: str = "",
        least: bool = True,
    ) -> Look:
        """Open the notebook of a check."""
        return Look(self.path, code, subject, things, limit=limit, unit=unit, least=least)

    def texts(self) -> Iterator[tuple[Sheet, Text]]:
        """Yield all text that is seen within the trim, page by page."""
        for sheet in self.sheets:
            yield from ((sheet, text) for text in sheet.texts)

    def used(self) -> Iterator[tuple[Sheet, Uses]]:
        """Yield what the pages use that were looked at, page by page."""
        yield from zip(self.sheets, self.uses, strict=True)

    def printed(self) -> Iterator[tuple[Sheet, Drawn]]:
        """Yield what is drawn for the eye within trim and needed bleed, page by page."""
        for sheet in self.sheets:
            yield from ((sheet, thing) for thing in sheet.printed)

    def trimmed(self) -> Iterator[tuple[Sheet, Drawn]]:
        """Yield what reaches into the trim, with what patterns and letters consist of, page by page."""
        for sheet in self.sheets:
            yield from ((sheet, thing) for thing in sheet.trimmed)

    def everything(self) -> Iterator[tuple[Sheet, Drawn]]:
        """Yield all that is drawn, wherever and in whatever, page by page."""
        for sheet in self.sheets:
            yield from ((sheet, thing) for thing in sheet.drawing.things)


def read_job(
    path: Path, pdf: pikepdf.Pdf, printer: Printer, binding: Binding | None, cover: bool, advert: Size | None
) -> Job:
    """Read an open file, but for its pages."""
    pages = tuple(page.obj for page in pdf.pages)
    heard = tuple(map(str, pdf.get_warnings()))
    stream = entry(pdf.Root, "/Metadata")
    xmp, info = read_xmp(content(stream)), _info(pdf)
    pdf.get_warnings()  # about metadata: not to be told of the first page
    return Job(
        path=path,
        pdf=pdf,
        printer=printer,
        binding=binding,
        cover=cover,
        advert=advert,
        xmp=xmp,
        xmp_stream=stream,
        info=info,
        warnings=heard,
        pixels=Pixels(),
        pages=pages,
    )


def _info(pdf: pikepdf.Pdf) -> Any:
    try:
        return pdf.trailer.get("/Info")
    except TROUBLE:
        return None


def sheet_of(job: Job, page: Any, number: int) -> Sheet:
    """Return the boxes of a page (from 1), and what each of its edges needs.

    The inside is at the left of right-hand pages, which have odd numbers.
    """
    sheet, printer, binding = read_sheet(page, number), job.printer, job.binding
    single = job.cover or job.advert is not None or len(job.pages) == 1
    if not sheet.tells_trim:
        return measured(sheet, NOTHING, NOTHING)
    bleed = printer.bleed
    outside = bleed.outside.mm
    inside = outside if single else bleed.inside.mm
    safe = printer.safe.mm
    safe_inside = safe if single or binding is None else printer.safe_inside.mm
    recto = sheet.number % 2 == 1
    needed: Box = (
        inside if recto else outside,
        bleed.bottom.mm,
        outside if recto else inside,
        bleed.top.mm,
    )
    kept: Box = (safe_inside if recto else safe, safe, safe if recto else safe_inside, safe)
    return measured(sheet, needed, kept, 0 if single else LEFT if recto else RIGHT)
