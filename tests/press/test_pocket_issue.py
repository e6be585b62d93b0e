"""The second sample issue: another layout, page and binding than its magazine's, through the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from magbuild.editions import cover_pdf
from magbuild.measure import Length
from tests.kit_pagelist import disagreements
from tests.kit_pages import MM, box, fonts, texts
from tests.kit_print import complaints, printer_with
from tests.press.epubcheck import epubcheck

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pocket issue")]

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path("issues/038")
PAGES = 52


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that `magbuild build issues/038 --strict` leaves."""
    out = tmp_path_factory.mktemp("pocket")
    words = [sys.executable, "-m", "magbuild", "build", str(FOLDER), "-o", str(out), "--strict"]
    quiet = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(words, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / FOLDER.name


@pytest.fixture
def screen(shelf: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(shelf / "foundations-38-screen.pdf") as pdf:
        yield pdf


@pytest.fixture(scope="module")
def page_texts(shelf: Path) -> list[str]:
    return [" ".join(page.split()) for page in texts((shelf / "foundations-38-screen.pdf").read_bytes())]


def test_the_report_is_empty(shelf: Path) -> None:
    assert json.loads((shelf / "problems.json").read_text("utf-8")) == []


def test_its_pages_are_those_of_the_issue_and_not_of_the_magazine(screen: pikepdf.Pdf) -> None:
    assert len(screen.pages) == PAGES
    for page in screen.pages:
        assert [side / MM for side in box(page, "TrimBox")[2:]] == pytest.approx([148, 210], abs=0.05)


def test_it_is_set_in_the_type_of_its_own_layout(screen: pikepdf.Pdf) -> None:
    # The figures under the barcode are in the plain face that scanners' operators expect.
    families = {name.partition("-")[0] for name in fonts(screen)} - {"Source"}
    assert families == {"EB", "Cormorant"} or families == {"EBGaramond", "Cormorant"}, families
    assert all(fonts(screen).values())


def test_the_cover_has_a_spine_for_its_paper(shelf: Path) -> None:
    spine = cover_pdf.spine(printer_with("uncoated"), PAGES - 4)
    with pikepdf.open(shelf / "foundations-38-cover.pdf") as pdf:
        left, bottom, right, top = box(pdf.pages[0], "TrimBox")
        assert (right - left) / MM == pytest.approx(2 * 148 + spine.mm, abs=0.05)
        assert (top - bottom) / MM == pytest.approx(210, abs=0.05)
    with pikepdf.open(shelf / "foundations-38-print.pdf") as pdf:
        assert len(pdf.pages) == PAGES - 4
        bleed = Length(3).pt
        assert box(pdf.pages[0], "BleedBox")[0] == pytest.approx(-bleed, abs=0.01)


@pytest.mark.parametrize("name", ["print", "cover"])
def test_what_goes_to_the_press_is_ready_for_it(shelf: Path, name: str) -> None:
    path = shelf / f"foundations-38-{name}.pdf"
    assert complaints(path) == []
    certificate = json.loads((shelf / f"foundations-38-{name}-certificate.json").read_text("utf-8"))
    assert (certificate["good"], certificate["findings"]) == (True, [])


def test_the_epub_passes_epubcheck(shelf: Path) -> None:
    messages = epubcheck(shelf / "foundations-38.epub")
    assert [message for message in messages if message.severity in ("FATAL", "ERROR", "WARNING")] == []


def test_each_plate_of_the_picture_story_has_a_page_to_itself(page_texts: list[str]) -> None:
    heads = ("SHADOW", "WATER", "FLAME", "SMOKE", "SAND", "WEIGHT", "CARD")
    firsts = ("One of the oldest", "For the night", "Alfred of Wessex", "In China and Japan", "The sand-glass")
    lasts = ("suffi", "law was read", "of conscience", "the custom lasted", "sailors put it")
    opening = next(number for number, text in enumerate(page_texts) if "seen, weighed or kept" in text)
    assert opening % 2 == 0, "the right half of a spread"
    for at, (first, last) in enumerate(zip(firsts, lasts, strict=True), 1):
        text = page_texts[opening + at]
        assert first in text, heads[at - 1]
        assert last in text, heads[at - 1]


def test_everything_is_set_in_one_column(shelf: Path) -> None:
    command = ["pdftotext", "-raw", str(shelf / "foundations-38-screen.pdf"), "-"]
    raw = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")
    for words in ("Not many works", "It is three books", "May I add a word", "Because sixty", "Readers are invited"):
        lines = [line for page in raw if words in page for line in page.splitlines() if line.startswith(words)]
        assert [len(line) > 55 for line in lines] == [True], words


def test_no_page_but_the_covers_and_adverts_is_nearly_empty(page_texts: list[str]) -> None:
    short = [number for number, text in enumerate(page_texts, 1) if len(text.split()) < 35]
    # The cover, the client's advert, the opening of the spread, the adverts of the house and the next issue.
    assert set(short) <= {1, 2, 18, 51, 52}, short


def test_every_page_is_marked_in_the_e_book_where_it_begins(shelf: Path) -> None:
    assert disagreements(shelf / "foundations-38-print.pdf", shelf / "foundations-38.epub") == []
