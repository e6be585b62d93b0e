"""A file and what is wanted of it come in; one value that all checks can ask comes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from magbuild.measure import Size
from magbuild.model import Binding, Printer
from magbuild.preflight.drawing import Draughtsman
from magbuild.preflight.drawn import Drawn, Picture, Text
from magbuild.preflight.look import Look
from magbuild.preflight.pixels import Inks, Pixels
from magbuild.preflight.plane import LEFT, RIGHT, Box
from magbuild.preflight.reading import TROUBLE, content, elements, entry, named, text
from magbuild.preflight.sheets import Sheet, measured, read_sheet, with_fault
from magbuild.preflight.xmp import read_xmp

MOST_TOLD = 3  # complaints of the library about one page: the rest has the same cause
NOTHING: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to be printed: its pages, the printer it goes to, and as what it is handed in.

    `advert` is the trimmed size of the place that an advert has booked; `cover` says that it is a wrap-around cover.
    """

    path: Path
    pdf: pikepdf.Pdf
    printer: Printer
    binding: Binding | None
    cover: bool
    advert: Size | None
    sheets: tuple[Sheet, ...]
    xmp: Mapping[str, str]
    xmp_stream: Any
    info: Any
    warnings: tuple[str, ...]
    pixels: Pixels

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
            for thing in sheet.trimmed:
                if isinstance(thing, Text) and thing.visible:
                    yield sheet, thing

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
    """Read all pages of an open file."""
    hand = Draughtsman()
    pages = tuple(pdf.pages)
    single = cover or advert is not None or len(pages) == 1
    heard = tuple(map(str, pdf.get_warnings()))
    sheets = []
    for number, page in enumerate(pages, start=1):
        sheet = _with_edges(read_sheet(page.obj, number, hand), printer, binding, single)
        # What the library complains of now is about what this page draws.
        for warning in map(str, pdf.get_warnings()[:MOST_TOLD]):
            sheet = with_fault(sheet, f"what the page draws is broken: {warning.rpartition(': ')[2].lower()}")
        sheets.append(sheet)
    stream = entry(pdf.Root, "/Metadata")
    return Job(
        path=path,
        pdf=pdf,
        printer=printer,
        binding=binding,
        cover=cover,
        advert=advert,
        sheets=tuple(sheets),
        xmp=read_xmp(content(stream)),
        xmp_stream=stream,
        info=_info(pdf),
        warnings=heard,
        pixels=Pixels(),
    )


def _info(pdf: pikepdf.Pdf) -> Any:
    try:
        return pdf.trailer.get("/Info")
    except TROUBLE:
        return None


def _with_edges(sheet: Sheet, printer: Printer, binding: Binding | None, single: bool) -> Sheet:
    """Say what each edge of a page needs: the inside is at the left of right-hand pages, which have odd numbers."""
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
