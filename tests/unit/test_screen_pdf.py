"""The screen PDF: cropped to the trim, tagged, linked, with an outline and lighter pictures."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from magbuild.editions import screen_pdf
from tests.kit_galleys import SMALL_PAGE, MadeUp, cover, laid, master_layout, picture_issue, small, small_galley
from tests.kit_pages import (
    MM,
    annotations,
    approx_box,
    assert_pixels,
    box,
    check_structure,
    destinations,
    fonts,
    outline,
    texts,
)

STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    return picture_issue(tmp_path_factory.mktemp("made-up"), screen_pdf.prepare)


def write(made_up: MadeUp, target: Path) -> None:
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        screen_pdf.make(pdf, small("salt", "tea"), STAMP, target)


@pytest.fixture
def screen(made_up: MadeUp, tmp_path: Path) -> Path:
    write(made_up, tmp_path / "s.pdf")
    return tmp_path / "s.pdf"


def test_every_page_is_cropped_to_its_trim(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        for page in pdf.pages:
            for name in ("MediaBox", "CropBox", "TrimBox", "BleedBox"):
                assert approx_box(box(page, name), 0, 0, 60 * MM, 81 * MM)


def test_tags_links_outline_and_labels_are_kept(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        check_structure(pdf)
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "en-GB"
        assert [str(page.label) for page in pdf.pages] == ["1", "2", "3", "4"]
        to_tea, out = annotations(pdf.pages[2])
        assert destinations(pdf)[str(to_tea.Dest)][0] == 4
        assert str(out.A.URI) == "https://salt.example"
        assert [(title, page) for title, page, _ in outline(pdf)] == [("Cover", 1), ("Salt", 2), ("Tea", 4)]


def test_it_opens_with_its_outline_one_page_at_a_time(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        assert (pdf.Root.PageLayout, pdf.Root.PageMode) == (Name.SinglePage, Name.UseOutlines)


def test_pictures_have_150_pixels_to_the_inch_and_keep_their_masks(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        images = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image
        ]
        found = sorted((int(image.Width), int(image.Height), "/SMask" in image) for image in images)
    assert found == [(75, 75, False), (75, 75, True), (150, 75, False)]


def test_the_text_is_that_of_the_pages(screen: Path, made_up: MadeUp) -> None:
    assert texts(screen.read_bytes()) == texts(made_up.pdf)


def test_all_fonts_are_embedded(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        assert fonts(pdf)
        assert all(fonts(pdf).values())


def test_no_bleed_shows(tmp_path: Path) -> None:
    green = "position: absolute; left: -3mm; top: -3mm; width: 66mm; height: 87mm; background: #0f0"
    blue = "position: absolute; left: 0; top: 0; width: 60mm; height: 81mm; background: #00f"
    content = f'<p id="salt"><span style="{green}"></span><span style="{blue}"></span></p>'
    layout = master_layout(tmp_path / "kit")
    galley = small_galley("salt", content, SMALL_PAGE + "@page { margin: 0 }")
    write(laid(small("salt"), [cover(), galley], layout)[0], tmp_path / "s.pdf")
    assert_pixels((tmp_path / "s.pdf").read_bytes(), "BBBBBBBBBBBBBBBBBBBB\n" * 27, page=1)


def test_dates_are_the_stamp_and_two_runs_give_the_same_bytes(
    screen: Path,
    made_up: MadeUp,
    tmp_path: Path,
) -> None:
    write(made_up, tmp_path / "again.pdf")
    assert screen.read_bytes() == (tmp_path / "again.pdf").read_bytes()
    with pikepdf.open(screen) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260320060708+00'00'"
        assert str(pdf.docinfo["/Subject"]).startswith("Screen edition")
