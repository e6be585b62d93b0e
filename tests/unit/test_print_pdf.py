"""The print PDF: boxes, fonts and pictures a printer can take, and nothing that belongs to screens."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from magbuild.editions import print_pdf
from magbuild.makeup import MadeUp
from magbuild.measure import Length
from tests.kit_galleys import SMALL_PAGE, cover, laid, master_layout, picture_issue, small, small_galley, small_issue
from tests.kit_pages import MM, approx_box, assert_pixels, box, fonts, small_pdf

STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    return picture_issue(tmp_path_factory.mktemp("made-up"), print_pdf.prepare)


def printed(made_up: MadeUp, target: Path) -> pikepdf.Pdf:
    print_pdf.make(small("salt", "tea"), made_up, STAMP, target)
    return pikepdf.open(target)


def test_every_page_has_its_trim_and_a_bleed_that_is_the_edge_of_the_sheet(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert len(pdf.pages) == 4
        for page in pdf.pages:
            assert approx_box(box(page, "TrimBox"), 0, 0, 60 * MM, 81 * MM)
            assert approx_box(box(page, "BleedBox"), -3 * MM, -3 * MM, 63 * MM, 84 * MM)
            assert box(page, "MediaBox") == box(page, "BleedBox")
            assert "/CropBox" not in page.obj
            assert "/Rotate" not in page.obj


@pytest.mark.parametrize("bleed", [0.0, 3.0, 5.0])
def test_the_bleed_is_added_to_whatever_trim_a_page_has(tmp_path: Path, bleed: float) -> None:
    trim = (30.0, 40.0, 30 + 50 * MM, 40 + 20 * MM)
    pdf = small_pdf("", media=(0, 0, 400, 400), boxes={"TrimBox": trim, "CropBox": (50, 50, 60, 60)})
    issue = small_issue(magazine={"bleed": Length(bleed)})
    print_pdf.make(issue, MadeUp(pdf=pdf, pages=()), STAMP, tmp_path / "p.pdf")
    more = bleed * MM
    with pikepdf.open(tmp_path / "p.pdf") as written:
        (page,) = written.pages
        assert approx_box(box(page, "TrimBox"), *trim)
        expected = (trim[0] - more, trim[1] - more, trim[2] + more, trim[3] + more)
        assert approx_box(box(page, "BleedBox"), *expected)
        assert approx_box(box(page, "MediaBox"), *expected)


def test_nothing_is_left_that_only_screens_need(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/Metadata", "/Lang", "/ViewerPreferences", "/PageLabels"}
        for page in pdf.pages:
            assert {"/Annots", "/StructParents", "/Tabs", "/AA"} & set(page.obj.keys()) == set()
        kinds = {
            str(thing.get("/Type"))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Type" in thing
        }
        assert not kinds & {"/Annot", "/StructElem", "/StructTreeRoot", "/Outlines", "/Action"}
        content = b"".join(
            thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Subtype" not in thing
        )
        assert b"salt.example" not in content


@pytest.mark.parametrize("key", ["/AcroForm", "/OpenAction", "/AA", "/Names", "/Outlines"])
def test_actions_and_forms_of_whatever_origin_are_taken_out(tmp_path: Path, key: str) -> None:
    with pikepdf.open(io.BytesIO(small_pdf("", boxes={"TrimBox": (10, 10, 90, 90)}))) as pdf:
        pdf.Root[key] = Dictionary(Test=True)
        pdf.pages[0].obj.AA = Dictionary()
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text))])
        packed = io.BytesIO()
        pdf.save(packed)
    print_pdf.make(small_issue(), MadeUp(pdf=packed.getvalue(), pages=()), STAMP, tmp_path / "p.pdf")
    with pikepdf.open(tmp_path / "p.pdf") as written:
        assert key not in written.Root
        assert {"/Annots", "/AA"} & set(written.pages[0].obj.keys()) == set()


def test_all_fonts_are_embedded(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        found = fonts(pdf)
    assert found
    assert all(found.values())


def test_pictures_have_300_pixels_to_the_inch_and_keep_their_masks(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        images = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image
        ]
        found = sorted((int(image.Width), int(image.Height), "/SMask" in image) for image in images)
        # 25.4 by 12.7 mm, 12.7 by 12.7 mm, and the mask of the latter.
        assert found == [(150, 150, False), (150, 150, True), (300, 150, False)]


def test_the_pages_look_the_same_as_made_up(tmp_path: Path) -> None:
    """Colours run to the edge of the bleed and not beyond: the sheet ends there."""
    styles = SMALL_PAGE + "@page { margin: 0 }"
    red = '<div style="position: absolute; left: -3mm; top: -3mm; width: 36mm; height: 87mm; background: #f00"></div>'
    layout = master_layout(tmp_path / "kit")
    galley = small_galley("salt", f'<p id="salt">{red}</p>', styles)
    print_pdf.make(small("salt"), laid(small("salt"), [cover(), galley], layout)[0], STAMP, tmp_path / "p.pdf")
    assert_pixels((tmp_path / "p.pdf").read_bytes(), "RRRRRR_____\n" * 14, page=1)


def test_dates_are_the_stamp_and_the_file_says_what_it_is(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260320060708+00'00'"
        assert "no PDF/X" in str(pdf.docinfo["/Subject"])
        assert "/GTS_PDFXVersion" not in pdf.docinfo
        assert "/OutputIntents" not in pdf.Root


def test_two_runs_give_the_same_bytes(made_up: MadeUp, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        printed(made_up, tmp_path / name).close()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_old_presses_can_read_it(made_up: MadeUp, tmp_path: Path) -> None:
    """No object streams: some printers' workflows stumble over them."""
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert pdf.pdf_version >= "1.6"
    assert b"/ObjStm" not in (tmp_path / "p.pdf").read_bytes()
