"""The print PDF: inks, boxes, fonts and pictures a printer can take, and nothing that belongs to screens."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from magbuild.artwork import PlacedArtwork
from magbuild.compose import picture_address
from magbuild.editions import print_pdf
from magbuild.editions.print_pdf import Press
from magbuild.measure import Length
from magbuild.model import Colour, Edges, Printer, Standard
from magbuild.paginate import paginate
from magbuild.problem import Severity
from tests.kit_galleys import SMALL_PAGE, MadeUp, cover, laid, master_layout, picture_issue, small, small_galley
from tests.kit_pages import MM, approx_box, box, fonts, letters, small_pdf
from tests.kit_print import printer_with

STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)
COATED = printer_with("sheetfed-coated")
PRESS = Press(printer=COATED, palette={"red": Colour(screen="#ff0000", print=(0, 90, 80, 5))})


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    return picture_issue(tmp_path_factory.mktemp("made-up"), partial(print_pdf.prepare, press=PRESS))


def printed(made_up: MadeUp, target: Path, printer: Printer = COATED, first: int = 1) -> pikepdf.Pdf:
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        assert print_pdf.make(pdf, small("salt", "tea"), printer, STAMP, target, first=first) == ()
    return pikepdf.open(target)


def all_content(pdf: pikepdf.Pdf) -> bytes:
    return b"".join(
        thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Subtype" not in thing
    )


def test_every_page_has_its_trim_and_a_bleed_that_is_the_edge_of_the_sheet(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert len(pdf.pages) == 4
        for page in pdf.pages:
            assert approx_box(box(page, "TrimBox"), 0, 0, 60 * MM, 81 * MM)
            assert approx_box(box(page, "BleedBox"), -3 * MM, -3 * MM, 63 * MM, 84 * MM)
            assert box(page, "MediaBox") == box(page, "BleedBox")
            assert "/CropBox" not in page.obj
            assert "/Rotate" not in page.obj


@pytest.mark.parametrize(("first", "left", "right"), [(1, 0, 3), (2, 3, 0)])
def test_a_printer_may_want_no_bleed_at_the_spine(
    made_up: MadeUp, tmp_path: Path, first: int, left: float, right: float
) -> None:
    edges = Edges(top=Length(3), bottom=Length(3), outside=Length(3), inside=Length(0))
    with printed(made_up, tmp_path / "p.pdf", replace(COATED, bleed=edges), first) as pdf:
        assert approx_box(box(pdf.pages[0], "BleedBox"), -left * MM, -3 * MM, (60 + right) * MM, 84 * MM)


def test_nothing_is_left_that_only_screens_need(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert set(pdf.Root.keys()) <= {
            *("/Type", "/Pages", "/Metadata", "/Lang", "/ViewerPreferences", "/PageLabels", "/OutputIntents")
        }
        for page in pdf.pages:
            assert {"/Annots", "/StructParents", "/Tabs", "/AA"} & set(page.obj.keys()) == set()
        kinds = {
            str(thing.get("/Type"))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Type" in thing
        }
        assert not kinds & {"/Annot", "/StructElem", "/StructTreeRoot", "/Outlines", "/Action"}
        assert b"salt.example" not in all_content(pdf)


def test_all_fonts_are_embedded(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        found = fonts(pdf)
    assert found
    assert all(found.values())


def test_pictures_have_350_pixels_to_the_inch_and_keep_their_masks(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        images = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image
        ]
        found = sorted((int(image.Width), int(image.Height), "/SMask" in image) for image in images)
        # 25.4 by 12.7 mm, 12.7 by 12.7 mm, and the mask of the latter.
        assert found == [(175, 175, False), (175, 175, True), (350, 175, False)]


def test_colours_run_to_the_edge_of_the_bleed_and_not_beyond(tmp_path: Path) -> None:
    styles = SMALL_PAGE + "@page { margin: 0 }"
    red = '<div style="position: absolute; left: -3mm; top: -3mm; width: 36mm; height: 87mm; background: #f00"></div>'
    layout = master_layout(tmp_path / "kit")
    galley = small_galley("salt", f'<p id="salt">{red}</p>', styles)
    made_up, _ = laid(small("salt"), [cover(), galley], layout, partial(print_pdf.prepare, press=PRESS))
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert b"0 0.9 0.8 0.05 k" in all_content(pdf)
    drawn = letters((tmp_path / "p.pdf").read_bytes(), 11, page=1)
    assert [re.sub("[^_]", "x", row) for row in drawn.splitlines()] == ["xxxxxx_____"] * 14


def test_dates_are_the_stamp_and_the_file_says_what_it_is(made_up: MadeUp, tmp_path: Path) -> None:
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260320060708+00'00'"
        assert str(pdf.docinfo["/Subject"]) == "Print edition, FOGRA39"
        with pdf.open_metadata() as xmp:
            assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"


def test_what_a_page_cannot_have_in_an_older_standard_is_told_and_nothing_written(
    made_up: MadeUp, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        old = replace(COATED, standard=Standard.X1A)
        told = print_pdf.make(pdf, small("salt", "tea"), old, STAMP, tmp_path / "p.pdf")
    assert {(problem.code, problem.place.page) for problem in told} == {("transparent-object", 3)}
    assert not (tmp_path / "p.pdf").exists()


@pytest.mark.parametrize(("colour", "kept"), [("0 .2 .9 0 k", True), ("1 .5 0 rg", False)])
def test_artwork_in_inks_stays_as_it_came_and_any_other_is_separated(tmp_path: Path, colour: str, kept: bool) -> None:
    drawn = f"{colour}\n0 0 60 60 re\nf"
    trim = {"TrimBox": (0, 0, 60, 60)}
    (tmp_path / "advert.pdf").write_bytes(small_pdf(drawn, media=(0, 0, 60, 60), boxes=trim))
    artwork = PlacedArtwork(file="advert.pdf", path=tmp_path / "advert.pdf", address="artwork:salt")
    galley = small_galley("salt", '<img src="artwork:salt" alt="a" style="width: 20mm">', artworks=(artwork,))
    proof = print_pdf.prepare(galley, paginate(galley), PRESS)
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        (form,) = (thing for thing in pdf.pages[0].Resources.XObject.values() if thing.Subtype == Name.Form)
        assert (form.read_bytes().decode().split() == drawn.split()) is kept
        assert b"rg" not in form.read_bytes()


def test_what_the_client_has_to_mend_is_told_of_the_artwork(tmp_path: Path) -> None:
    """A line of a twentieth of a point, which no press can print; that the file is no PDF/X doesn't matter."""
    drawn = "0 0 0 1 K 0.05 w 10 10 m 50 10 l S"
    trim = {"TrimBox": (0, 0, 60, 60)}
    (tmp_path / "advert.pdf").write_bytes(small_pdf(drawn, media=(0, 0, 60, 60), boxes=trim))
    artwork = PlacedArtwork(file="advert.pdf", path=tmp_path / "advert.pdf", address="artwork:salt")
    galley = small_galley("salt", '<img src="artwork:salt" alt="a" style="width: 20mm">', artworks=(artwork,))
    (problem,) = print_pdf.prepare(galley, paginate(galley), PRESS).problems
    assert (problem.code, problem.place.path, problem.severity) == ("hairline", galley.path, Severity.WARNING)
    assert problem.message.startswith("artwork 'advert.pdf': a line is 0.05 pt thin")


def test_two_runs_give_the_same_bytes(made_up: MadeUp, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        printed(made_up, tmp_path / name).close()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_old_presses_can_read_it(made_up: MadeUp, tmp_path: Path) -> None:
    """No object streams: some printers' workflows stumble over them."""
    with printed(made_up, tmp_path / "p.pdf") as pdf:
        assert pdf.pdf_version == "1.6"
    assert b"/ObjStm" not in (tmp_path / "p.pdf").read_bytes()


def test_pictures_are_made_from_their_own_files(tmp_path: Path) -> None:
    """A pure cyan in CMYK stays one; by way of the screen's colours, which the proof has, it would get others."""
    cyan = Image.new("CMYK", (400, 400), (255, 0, 0, 0))
    cyan.save(tmp_path / "cyan.tif", icc_profile=COATED.profile.read_bytes())
    image = f'<img src="{picture_address("cyan.tif")}" alt="Cyan">'
    galley = small_galley("salt", image, pictures=(("cyan.tif", tmp_path / "cyan.tif"),))
    proof = print_pdf.prepare(galley, paginate(galley), PRESS)
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        (made,) = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing)
        assert made.ColorSpace == Name.DeviceCMYK
        assert set(pikepdf.PdfImage(made).as_pil_image().get_flattened_data()) == {(255, 0, 0, 0)}
