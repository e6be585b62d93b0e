"""A made-up issue on its way to a printer: marks, cover, inside and sheets, looked at with printers' tools."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from magbuild.editions import booklet, cover_pdf
from magbuild.masters import set_spine
from magbuild.measure import Length
from magbuild.model import Mark, Standard
from magbuild.pdfx import finish
from magbuild.printmarks import lay_marks
from magbuild.problem import Report
from tests.kit_galleys import article, cover, laid, master_layout, small, small_layout
from tests.kit_pages import MM, box, texts
from tests.kit_print import complaints, printer_with

pytestmark = pytest.mark.slow

STAMP = datetime(2026, 3, 20, tzinfo=UTC)
SPINE = (
    '<!doctype html><body><p class="spine">{{ magazine.title }}</p><style>@page { size: {{ spine.css }} 81mm }</style>'
)


@pytest.mark.parametrize("standard", list(Standard))
def test_a_perfect_bound_issue_becomes_a_cover_and_an_inside(tmp_path: Path, standard: Standard) -> None:
    issue = small("salt", "tea")
    printer = printer_with(standard=standard, marks=tuple(Mark))
    galleys = [cover(), article("salt", pages=4), article("tea", pages=4)]
    made_up, _ = laid(issue, galleys, master_layout(tmp_path / "kit"))
    pages = 80
    width = cover_pdf.spine(printer, pages)
    lettering = set_spine(issue, small_layout(tmp_path / "spine", {"spine": SPINE}, {}), width, lettered=True)
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf, pikepdf.open(io.BytesIO(lettering)) as line:
        for page in pdf.pages:
            left, bottom, right, top = (float(value) for value in page.trimbox)
            more = Length(3).pt
            page.obj.BleedBox = page.obj.MediaBox = pikepdf.Array(
                [left - more, bottom - more, right + more, top + more]
            )
        inside, four = cover_pdf.split_cover(pdf)
        assert cover_pdf.make(issue, printer, four, line, pages, STAMP, tmp_path / "cover.pdf") == ()
        lay_marks(inside, printer, title="Salt 1", date="2026-03-20", first=3)
        assert finish(inside, printer, issue, STAMP, "Inside", tmp_path / "inside.pdf") == ()
    report = Report()
    assert booklet.impose(tmp_path / "inside.pdf", tmp_path / "sheets.pdf", report, marks=True)
    for name in ("cover", "inside", "sheets"):
        assert complaints(tmp_path / f"{name}.pdf") == []
    assert [len(texts((tmp_path / f"{name}.pdf").read_bytes())) for name in ("cover", "inside")] == [2, 5]
    with pikepdf.open(tmp_path / "cover.pdf") as pdf:
        left, _, right, _ = box(pdf.pages[0], "TrimBox")
        assert (right - left) / MM == pytest.approx(120 + width.mm, abs=0.01)
