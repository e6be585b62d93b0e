"""The files for the printer: the run, the cover of a perfect-bound issue, and their certificates."""

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from magbuild.build import build
from magbuild.model import EditionName
from magbuild.problem import Report
from tests.kit import issue_of
from tests.kit_pages import MM, box

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("printrun")]

TEXT = "Salt is carried by mules over the pass, and the toll is paid in salt. " * 220
SHEETS = {
    "magazine.yaml": "title: Foundations\nbinding: perfect\nprinter: printers/thick.yaml\nlanguage: en-GB\n",
    "../printers/thick.yaml": (
        "extends: sheetfed-coated\ntitle: Thick\nmarks: [crop, slug]\n"
        "paper: {grammage: 300, volume: 2}\ncover_paper: {grammage: 400, volume: 1.5}\n"
        "perfect: {multiple: 2, least: 4}\n"
    ),
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nSalt and tea.\n",
    "037/01-salt.md": f"---\ntitle: Salt\nauthor: Ada\n---\n\n{TEXT}\n",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = issue_of(tmp_path_factory.mktemp("project"), SHEETS)
    build(folder, folder.parent.parent / "out", Report(), editions=[EditionName.PRINT], jobs=1)
    return folder.parent.parent / "out" / "037"


def words(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


def test_a_perfect_bound_issue_has_its_cover_in_a_file_of_its_own(shelf: Path) -> None:
    names = {path.name.removeprefix("foundations-37-") for path in shelf.iterdir()}
    assert {"print.pdf", "cover.pdf", "print-certificate.pdf", "cover-certificate.json"} <= names
    inside, (outer, inner) = words(shelf / "foundations-37-print.pdf"), words(shelf / "foundations-37-cover.pdf")
    assert "To begin" in inside[0]
    assert not any("Contents" in text for text in inside)
    assert "Foundations" in outer
    assert "Contents" in inner


def test_the_cover_is_two_trims_and_the_spine_wide(shelf: Path) -> None:
    with pikepdf.open(shelf / "foundations-37-print.pdf") as pdf:
        leaves = len(pdf.pages)
    with pikepdf.open(shelf / "foundations-37-cover.pdf") as pdf:
        left, _, right, _ = box(pdf.pages[0], "TrimBox")
    assert (right - left) / MM == pytest.approx(2 * 210 + leaves / 2 * 0.6 + 2 * 0.6, abs=0.05)


def test_every_file_has_its_certificate(shelf: Path) -> None:
    for name in ("print", "cover"):
        found = json.loads((shelf / f"foundations-37-{name}-certificate.json").read_text("utf-8"))
        assert found["file"]["name"] == f"foundations-37-{name}.pdf"
        with pikepdf.open(shelf / f"foundations-37-{name}-certificate.pdf") as pdf:
            assert len(pdf.pages) == 1


def test_the_slug_line_counts_the_pages_of_the_issue(shelf: Path) -> None:
    """The first page inside the cover is page 3, a recto: its outer edge, which bleeds, is the right one."""
    with pikepdf.open(shelf / "foundations-37-print.pdf") as pdf:
        trim, bleed = box(pdf.pages[0], "TrimBox"), box(pdf.pages[0], "BleedBox")
    assert (bleed[2] - trim[2]) / MM == pytest.approx(3, abs=0.01)
