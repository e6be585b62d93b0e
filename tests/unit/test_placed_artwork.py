"""Supplied artwork on proofs of either edition: where it lies, what of it shows, what is kept of its place."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from magbuild.artwork import Bleeds, PlacedArtwork
from magbuild.compose import Galley
from magbuild.editions import print_pdf, screen_pdf
from magbuild.editions.print_pdf import Press
from magbuild.paginate import Proof, paginate
from magbuild.placed import placings, shrink_stand_ins
from tests.kit_galleys import SMALL_PAGE, cover, laid, master_layout, small, small_galley
from tests.kit_pages import (
    MM,
    Box,
    annotations,
    assert_pixels,
    check_structure,
    elements,
    extent,
    letters,
    raw_image,
    small_pdf,
)
from tests.kit_print import printer_with

EDITIONS = pytest.mark.parametrize("edition", [print_pdf, screen_pdf], ids=["print", "screen"])
PRESS = Press(printer=printer_with("sheetfed-coated"), palette={})
BLEED: Bleeds = (3 * MM, 3 * MM, 3 * MM, 3 * MM)
FULL = "img { position: absolute; left: -3mm; top: -3mm; width: 66mm; height: 87mm }"


def supplied(path: Path, width: float, height: float, *more: str) -> None:
    """Write artwork of that size in mm: light grey outside the bleed of 3 mm, dark in it, black within the trim."""
    trim = (10.0, 20.0, 10 + width * MM, 20 + height * MM)
    bleed = (trim[0] - 3 * MM, trim[1] - 3 * MM, trim[2] + 3 * MM, trim[3] + 3 * MM)
    media = (bleed[0] - 30, bleed[1] - 30, bleed[2] + 30, bleed[3] + 30)

    def filled(colour: str, edges: Box) -> str:
        left, bottom, right, top = edges
        return f"{colour} g {left:.6f} {bottom:.6f} {right - left:.6f} {top - bottom:.6f} re f "

    content = filled("0.667", media) + filled("0.333", bleed) + filled("0", trim) + " ".join(more)
    path.write_bytes(small_pdf(content, media=media, boxes={"TrimBox": trim, "BleedBox": bleed}))


def advert(folder: Path, styles: str, bleed: Bleeds = BLEED) -> Galley:
    """Set an advert as templates do: a picture stands where its artwork will."""
    placed = PlacedArtwork(file="salt.pdf", path=folder / "salt.pdf", address="artwork:buy", bleed=bleed)
    picture = '<img src="artwork:buy" alt="Buy salt">'
    content = f'<section id="buy"><a href="https://salt.example">{picture}</a></section>'
    return small_galley("buy", content, SMALL_PAGE + "@page { margin: 0 } " + styles, artworks=(placed,), bare=99)


def prepared(edition: object, galley: Galley) -> Proof:
    return preparing(edition)(galley, paginate(galley))


def preparing(edition: object) -> Callable[[Galley, Proof], Proof]:
    return partial(print_pdf.prepare, press=PRESS) if edition is print_pdf else screen_pdf.prepare


def near(edition: object) -> float:
    """Return the mm that edges may be off: on screens two pixels, since a JPEG blurs them."""
    return 0.1001 if edition is print_pdf else 0.4


def test_of_what_is_replaced_a_single_pixel_is_left_in_its_place(tmp_path: Path) -> None:
    supplied(tmp_path / "salt.pdf", 60, 81)
    galley = advert(tmp_path, FULL)
    with pikepdf.open(io.BytesIO(paginate(galley).pdf)) as pdf:
        (before,) = placings(pdf)
        large = int(before.image.Width)
        shrink_stand_ins(pdf, ())
        assert int(before.image.Width) == large > 1000
        shrink_stand_ins(pdf, galley.artworks)
        (after,) = placings(pdf)
        assert pikepdf.PdfImage(after.image).as_pil_image().size == (1, 1)
        assert (after.width, after.height) == (before.width, before.height)


@EDITIONS
def test_a_full_page_lies_with_its_trim_on_the_trim_and_fills_the_bleed(tmp_path: Path, edition: object) -> None:
    supplied(tmp_path / "salt.pdf", 60, 81)
    proof = prepared(edition, advert(tmp_path, FULL))
    drawn = "DDDDDDDDDDDDDDDDDDDDDD\n" + "DKKKKKKKKKKKKKKKKKKKKD\n" * 27 + "DDDDDDDDDDDDDDDDDDDDDD"
    assert_pixels(proof.pdf, drawn)
    assert extent(proof.pdf, 0, "K") == pytest.approx((0, 0, 60, 81), abs=near(edition))


@EDITIONS
def test_another_size_is_scaled_in_its_proportions_and_centred(tmp_path: Path, edition: object) -> None:
    """30 by 30 mm on a page of 60 by 81: brought to 60 by 60, with its bleed at the sides."""
    supplied(tmp_path / "salt.pdf", 30, 30)
    proof = prepared(edition, advert(tmp_path, FULL))
    assert extent(proof.pdf, 0, "K") == pytest.approx((0, 10.5, 60, 70.5), abs=near(edition))
    assert extent(proof.pdf, 0, "D") == pytest.approx((-3, 4.5, 63, 76.5), abs=near(edition))


@EDITIONS
def test_inside_the_page_only_the_trim_shows_in_its_own_proportions(tmp_path: Path, edition: object) -> None:
    """40 by 20 mm are placed into a room of 40 by 30 mm: nothing is stretched, no bleed shows."""
    supplied(tmp_path / "salt.pdf", 40, 20)
    styles = "img { position: absolute; left: 10mm; top: 20mm; width: 40mm; height: 30mm; object-fit: contain }"
    proof = prepared(edition, advert(tmp_path, styles, bleed=(0, 0, 0, 0)))
    drawn = letters(proof.pdf, 66)
    assert "D" not in drawn
    assert "L" not in drawn
    assert extent(proof.pdf, 0, "K") == pytest.approx((10, 25, 50, 45), abs=near(edition))


@EDITIONS
def test_only_the_edges_bleed_that_should(tmp_path: Path, edition: object) -> None:
    supplied(tmp_path / "salt.pdf", 60, 81)
    styles = "img { position: absolute; left: 0; top: -3mm; width: 63mm; height: 84mm }"
    proof = prepared(edition, advert(tmp_path, styles, bleed=(0, 0, 3 * MM, 3 * MM)))
    assert extent(proof.pdf, 0, "K") == pytest.approx((0, 0, 60, 81), abs=near(edition))
    assert letters(proof.pdf, 22).splitlines()[:2] == ["_DDDDDDDDDDDDDDDDDDDDD", "_KKKKKKKKKKKKKKKKKKKKD"]
    assert letters(proof.pdf, 22).splitlines()[-2:] == ["_KKKKKKKKKKKKKKKKKKKKD", "______________________"]


def test_on_screens_the_place_keeps_its_link_and_its_words(tmp_path: Path) -> None:
    supplied(tmp_path / "salt.pdf", 60, 81)
    galley = advert(tmp_path, FULL)
    made_up, _ = laid(small("buy"), [cover(), galley], master_layout(tmp_path / "kit"), screen_pdf.prepare)
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        check_structure(pdf)
        assert {str(link.A.URI) for link in annotations(pdf.pages[1])} == {"https://salt.example"}
        figures = [element for element in elements(pdf.Root.StructTreeRoot) if Name.Figure == element.S]
        assert [str(figure.Alt) for figure in figures] == ["Buy salt"]


def test_in_print_artwork_stays_as_it_came(tmp_path: Path) -> None:
    """Its colours, and its pictures however dense they are."""
    supplied(tmp_path / "salt.pdf", 60, 81, "0.1 0.2 0.3 0.4 k 0 0 200 300 re f q 10 0 0 10 20 20 cm /Im Do Q")
    with pikepdf.open(tmp_path / "salt.pdf", allow_overwriting_input=True) as pdf:
        image = raw_image(pdf, "CMYK", (300, 300), bytes(360_000))
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im=image)
        pdf.save()
    with pikepdf.open(io.BytesIO(prepared(print_pdf, advert(tmp_path, FULL)).pdf)) as pdf:
        (form,) = pdf.pages[0].obj.Resources.XObject.values()
        assert b"0.1 0.2 0.3 0.4 k" in form.read_bytes()
        assert int(form.Resources.XObject.Im.Width) == 300


def test_on_screens_artwork_is_one_picture_of_150_pixels_to_the_inch(tmp_path: Path) -> None:
    supplied(tmp_path / "salt.pdf", 60, 81)
    with pikepdf.open(io.BytesIO(prepared(screen_pdf, advert(tmp_path, FULL)).pdf)) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        assert (Name.Image, Name.DCTDecode) == (image.Subtype, image.Filter)
        assert (int(image.Width), int(image.Height)) == (390, 515)


@EDITIONS
def test_the_same_proof_is_prepared_to_the_same_bytes(tmp_path: Path, edition: object) -> None:
    supplied(tmp_path / "salt.pdf", 60, 81)
    galley = advert(tmp_path, FULL)
    assert prepared(edition, galley) == prepared(edition, galley)


def test_one_file_may_be_placed_twice(tmp_path: Path) -> None:
    supplied(tmp_path / "salt.pdf", 20, 20)
    files = {"file": "salt.pdf", "path": tmp_path / "salt.pdf"}
    artworks = tuple(PlacedArtwork(address=f"artwork:{name}", **files) for name in ("a", "b"))  # type: ignore[arg-type]
    content = '<p id="a"><img src="artwork:a" style="width: 20mm"> <img src="artwork:b" style="width: 10mm"></p>'
    galley = small_galley("a", content, artworks=artworks)
    with pikepdf.open(io.BytesIO(prepared(print_pdf, galley).pdf)) as pdf:
        kinds = [form.Subtype for form in pdf.pages[0].obj.Resources.XObject.values()]
    assert kinds == [Name.Form, Name.Form]
