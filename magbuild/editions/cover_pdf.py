"""The cover of a perfect-bound issue: back, spine and front on one sheet, the inside covers on its other side."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from magbuild.measure import Length
from magbuild.model import Issue, Printer
from magbuild.pdfx import finish
from magbuild.printmarks import Box, Frame, array_of, bled, box_of, lay_frame, page_as_form
from magbuild.problem import Problem, warning

COVER_PAGES = 4


def spine(printer: Printer, pages: int) -> Length:
    """Return the width of the spine: the leaves of `pages` inside pages and the two of the cover.

    The thickness of a leaf is its weight (g/m²) times its volume (cm³/g) in thousandths of a millimetre.
    """
    return Length(pages / 2 * printer.paper.thickness.mm + 2 * printer.cover_paper.thickness.mm)


def is_lettered(printer: Printer, pages: int) -> bool:
    """Whether the spine of so many inside pages is wide enough to carry type."""
    return spine(printer, pages) >= printer.least_spine_for_text


def spine_rules(issue: Issue, printer: Printer, pages: int) -> Iterator[Problem]:
    """Yield the warning that so many inside pages make no spine that can be glued."""
    width = spine(printer, pages)
    if width < printer.least_spine:
        message = (
            f"{pages} inside pages on {printer.paper.grammage:g} g paper make a spine of {width.mm:.1f} mm, "
            f"and printer '{printer.name}' binds from {printer.least_spine.mm:g} mm"
        )
        hint = "stitch it (binding: saddle), add pages, or take thicker paper"
        yield warning(issue.printer_place, "thin-spine", message, hint)


def split_cover(pdf: pikepdf.Pdf) -> tuple[pikepdf.Pdf, pikepdf.Pdf]:
    """Part the pages of a whole issue into the inside and the cover: front, inside front, inside back, back.

    `pdf` stays as it is. The inside begins with page 3. Raises ValueError when there are no pages inside.
    """
    number = len(pdf.pages)
    if number <= COVER_PAGES:
        raise ValueError(f"an issue of {number} pages has nothing inside its cover")
    inside, cover = pikepdf.new(), pikepdf.new()
    for index in range(number):
        target = cover if index in (0, 1, number - 2, number - 1) else inside
        target.pages.append(pdf.pages[index])
    cover.remove_unreferenced_resources()
    return inside, cover


def make(
    issue: Issue,
    printer: Printer,
    cover: pikepdf.Pdf,
    lettering: pikepdf.Pdf | None,
    pages: int,
    stamp: datetime,
    target: Path,
) -> tuple[Problem, ...]:
    """Write the cover PDF; nothing is written, and the reasons are returned, when it can't have the printer's standard.

    `cover` holds the four pages that `split_cover` has taken out, `lettering` the spine that `set_spine` has set,
    both separated; `pages` is the number of inside pages. Page 1 of the file is the outside as it lies before
    one: back, spine, front. Page 2 is what one sees after turning it over round its short edge: inside front on the
    left, inside back on the right, and between them the bare spine for the glue.
    """
    front, inside_front, inside_back, back = cover.pages
    width = spine(printer, pages)
    title = f"{issue.magazine.title} {issue.sheet.number}"
    line = f"spine {width.mm:.2f} mm · {stamp:%Y-%m-%d}"
    with pikepdf.new() as sheets:
        _lay_sheet(sheets, printer, back, front, width, lettering, (f"{title}, cover", line))
        _lay_sheet(sheets, printer, inside_front, inside_back, width, None, (f"{title}, inside of the cover", line))
        subject = f"Cover: back, spine of {width.mm:.2f} mm, front; on page 2 the inside"
        return finish(sheets, printer, issue, stamp, subject, target)


def _lay_sheet(
    sheets: pikepdf.Pdf,
    printer: Printer,
    left: pikepdf.Page,
    right: pikepdf.Page,
    spine: Length,
    lettering: pikepdf.Pdf | None,
    slug: tuple[str, str],
) -> None:
    """Lay two pages and what is between them on a new sheet. The left one's outer edge is that of a verso."""
    trims = box_of(left.trimbox), box_of(right.trimbox)
    bleeds = bled(left, printer.bleed, recto=False), bled(right, printer.bleed, recto=True)
    frame = _frame(printer, trims, bleeds, spine.pt, slug)
    first, second = frame.folds
    bottom, top = frame.bleed[1], frame.bleed[3]
    parts = [
        ("/Left", left, trims[0], (frame.bleed[0], bottom, first, top)),
        ("/Right", right, trims[1], (second, bottom, frame.bleed[2], top)),
    ]
    if lettering is not None:
        page = lettering.pages[0]
        parts.append(("/Spine", page, box_of(page.trimbox), (first, bottom, second, top)))
    origins = {"/Left": frame.trim[0], "/Right": second, "/Spine": first}
    forms, drawn = Dictionary(), []
    for name, page, trim, window in parts:
        x, y = origins[name] - trim[0], frame.trim[1] - trim[1]
        seen = (window[0] - x, window[1] - y, window[2] - x, window[3] - y)
        forms[name] = page_as_form(sheets, page, seen)  # which also cuts it at the spine
        if "/Group" in forms[name]:
            forms[name].Group.CS = Name.DeviceCMYK
        drawn.append(f"q 1 0 0 1 {x:.5f} {y:.5f} cm {name} Do Q")
    sheet = Dictionary(
        Type=Name.Page,
        MediaBox=array_of(frame.media),
        Resources=Dictionary(XObject=forms),
        Contents=sheets.make_stream("\n".join(drawn).encode()),
    )
    sheets.pages.append(pikepdf.Page(sheets.make_indirect(sheet)))
    lay_frame(sheets, sheets.pages[-1], len(sheets.pages), frame)


def _frame(
    printer: Printer, trims: tuple[Box, Box], bleeds: tuple[Box, Box], spine: float, slug: tuple[str, str]
) -> Frame:
    """Return the frame of a cover's sheet: two trims and the spine wide, bleeding on the outer edges alone."""
    left, right = trims
    width = left[2] - left[0]
    total, height = width + spine + right[2] - right[0], left[3] - left[1]
    below = min(trim[1] - bleed[1] for trim, bleed in zip(trims, bleeds, strict=True))
    above = min(bleed[3] - trim[3] for trim, bleed in zip(trims, bleeds, strict=True))
    frame = Frame(
        trim=(0.0, 0.0, total, height),
        bleed=(bleeds[0][0] - left[0], -below, total + bleeds[1][2] - right[2], height + above),
        marks=printer.marks,
        offset=printer.mark_offset,
        slug=slug,
        folds=(width, width + spine),
    )
    return frame.moved(-frame.media[0], -frame.media[1])
