"""Supplied PDF artwork: its boxes, its stand-in, and its placing to a tenth of a millimetre."""

import io
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from magbuild import artwork
from tests.kit_pages import MM, Box, assert_pixels, small_pdf

# Red to the edge of the bleed, a green frame outside of it, blue up to the trim.
BLEED, TRIM = (10.0, 10.0, 90.0, 90.0), (20.0, 20.0, 80.0, 80.0)
NO_BLEED = (0.0, 0.0, 0.0, 0.0)
TARGET = "0 1 0 rg 0 0 100 100 re f 1 0 0 rg 10 10 80 80 re f 0 0 1 rg 20 20 60 60 re f"


@pytest.fixture
def supplied(tmp_path: Path) -> Path:
    path = tmp_path / "advert.pdf"
    path.write_bytes(small_pdf(TARGET, "", boxes={"TrimBox": TRIM, "BleedBox": BLEED}))
    return path


def placed(path: Path, bleed: artwork.Bleeds, place: Box) -> bytes:
    """Draw artwork as a form into a place (left, bottom, width, height in pt) of an empty page of 100 by 100 pt."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        left, bottom, width, height = place
        supplied = artwork.PlacedArtwork(file=path.name, path=path, address="", bleed=bleed)
        form = artwork.as_form(pdf, supplied, width, height)
        page.obj.Resources = Dictionary(XObject=Dictionary(Im=form))
        page.obj.Contents = pdf.make_stream(f"q {width} 0 0 {height} {left} {bottom} cm /Im Do Q".encode())
        packed = io.BytesIO()
        pdf.save(packed)
    return packed.getvalue()


def test_the_boxes_of_the_first_page_are_read(supplied: Path) -> None:
    facts = artwork.examine(supplied)
    assert facts == artwork.ArtworkFacts(trim=TRIM, bleed=BLEED, pages=2)
    assert (facts.width, facts.height) == (60, 60)


@pytest.mark.parametrize(
    ("boxes", "trim", "bleed"),
    [
        ({}, (0, 0, 100, 100), (0, 0, 100, 100)),
        ({"CropBox": TRIM}, TRIM, (0, 0, 100, 100)),
        ({"TrimBox": TRIM}, TRIM, TRIM),
        ({"BleedBox": BLEED}, (0, 0, 100, 100), BLEED),
        ({"TrimBox": (80, 80, 20, 20)}, TRIM, TRIM),  # corners the other way round are allowed
    ],
)
def test_boxes_that_are_missing_follow_from_the_others(
    tmp_path: Path, boxes: dict[str, Box], trim: Box, bleed: Box
) -> None:
    path = tmp_path / "advert.pdf"
    path.write_bytes(small_pdf(TARGET, boxes=boxes))
    facts = artwork.examine(path)
    assert (facts.trim, facts.bleed) == (trim, bleed)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "can't be read as a PDF"),
        (b"%PDF-1.7\nnothing more", "can't be read as a PDF"),
        (b"\xff\xd8\xff\xe0 a JPEG", "can't be read as a PDF"),
        (small_pdf(), "has no pages"),
        (small_pdf("", boxes={"TrimBox": (5, 5, 5, 90)}), "has a page without a size"),
        (small_pdf("", boxes={"TrimBox": (5, 5, 6, 90)}), "has a page of a size that no press prints"),
        (small_pdf("", boxes={"TrimBox": (0, 0, 1e6, 90)}), "has a page of a size that no press prints"),
    ],
)
def test_artwork_that_cannot_be_used_is_refused_in_an_editors_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "advert.pdf"
    path.write_bytes(content)
    with pytest.raises(artwork.UnreadableArtwork, match=rf"^'advert\.pdf' {words}$"):
        artwork.examine(path)


def test_a_missing_file_is_refused_in_an_editors_words(tmp_path: Path) -> None:
    with pytest.raises(artwork.UnreadableArtwork, match=r"^'none\.pdf' can't be read as a PDF$"):
        artwork.examine(tmp_path / "none.pdf")


def test_locked_artwork_is_refused(tmp_path: Path, supplied: Path) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(supplied) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(artwork.UnreadableArtwork, match=r"'locked\.pdf' is locked with a password"):
        artwork.examine(locked)


@pytest.mark.parametrize("edges", [Array([0, 0, 100]), Array([Name.A, 0, 1, 1]), Name.None_, 7])
def test_a_box_that_is_none_is_refused(tmp_path: Path, supplied: Path, edges: object) -> None:
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(supplied) as pdf:
        pdf.pages[0].obj.TrimBox = edges
        pdf.save(broken)
    with pytest.raises(artwork.UnreadableArtwork, match="can't be read as a PDF"):
        artwork.examine(broken)


@pytest.mark.parametrize(("name", "is_pdf"), [("a.pdf", True), ("a.PDF", True), ("a.pdf.png", False), ("pdf", False)])
def test_artwork_is_told_by_its_name(name: str, is_pdf: bool) -> None:
    assert artwork.is_pdf(Path(name)) is is_pdf


@pytest.mark.parametrize(("width", "height"), [(210, 297), (174, 118), (186, 124), (88, 55), (61.3, 41.7), (20, 60)])
def test_the_stand_in_has_the_proportions_of_the_trim(tmp_path: Path, width: float, height: float) -> None:
    """So exactly that artwork which is made 200 mm wide is not stretched by a tenth of a millimetre."""
    path = tmp_path / "advert.pdf"
    trim = (10, 10, 10 + width * MM, 10 + height * MM)
    path.write_bytes(small_pdf("", media=(0, 0, 900, 900), boxes={"TrimBox": trim}))
    with Image.open(io.BytesIO(artwork.stand_in(path))) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "L")
        assert 200 * (picture.width / picture.height) / (width / height) == pytest.approx(200, abs=0.1)


def test_artwork_inside_the_page_shows_its_trim_in_its_proportions_amid_its_place(supplied: Path) -> None:
    assert_pixels(
        placed(supplied, NO_BLEED, (20, 10, 40, 60)),
        """
        __________
        __________
        __________
        __________
        __BBBB____
        __BBBB____
        __BBBB____
        __BBBB____
        __________
        __________
        """,
    )


def test_artwork_with_bleed_fills_its_place_up_to_the_edge_of_the_bleed(supplied: Path) -> None:
    # The place is the page with a bleed of 10 on each side; the artwork's green lies outside and must not show.
    assert_pixels(
        placed(supplied, (10, 10, 10, 10), (10, 10, 80, 80)),
        """
        __________
        _RRRRRRRR_
        _RBBBBBBR_
        _RBBBBBBR_
        _RBBBBBBR_
        _RBBBBBBR_
        _RBBBBBBR_
        _RBBBBBBR_
        _RRRRRRRR_
        __________
        """,
    )


def test_artwork_without_bleed_of_its_own_leaves_the_bleed_empty(tmp_path: Path) -> None:
    path = tmp_path / "advert.pdf"
    path.write_bytes(small_pdf(TARGET, boxes={"TrimBox": TRIM}))
    assert_pixels(
        placed(path, (10, 10, 10, 10), (10, 10, 80, 80)),
        """
        __________
        __________
        __BBBBBB__
        __BBBBBB__
        __BBBBBB__
        __BBBBBB__
        __BBBBBB__
        __BBBBBB__
        __________
        __________
        """,
    )


@pytest.mark.parametrize("origin", [(0.0, 0.0), (-50.0, 30.0)])
def test_the_trim_of_artwork_lands_on_the_trim_of_the_page_exactly(tmp_path: Path, origin: tuple[float, float]) -> None:
    x, y = origin
    trim = (x, y, x + 210 * MM, y + 297 * MM)
    path = tmp_path / "advert.pdf"
    media = (x - 20, y - 20, x + 700, y + 900)
    path.write_bytes(small_pdf("", media=media, boxes={"TrimBox": trim, "BleedBox": media}))
    bleed = 3 * MM
    with pikepdf.new() as pdf:
        artwork_here = artwork.PlacedArtwork(file=path.name, path=path, address="", bleed=(bleed,) * 4)
        form = artwork.as_form(pdf, artwork_here, (210 + 6) * MM, (297 + 6) * MM)
        # What layout does: an image's unit square is laid over the trimmed page and its bleed.
        laid = pikepdf.Matrix((210 + 6) * MM, 0, 0, (297 + 6) * MM, -bleed, -bleed)
        onto_page = pikepdf.Matrix(form.Matrix) @ laid
        left, bottom = onto_page.transform((trim[0], trim[1]))
        right, top = onto_page.transform((trim[2], trim[3]))
    assert (left, bottom, right, top) == pytest.approx((0, 0, 210 * MM, 297 * MM), abs=1e-3)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (90, "_B\n_B"),
        (180, "__\nBB"),
        (270, "B_\nB_"),
    ],
)
def test_artwork_that_was_turned_is_placed_as_it_is_seen(tmp_path: Path, turn: int, expected: str) -> None:
    path = tmp_path / "advert.pdf"
    with pikepdf.open(io.BytesIO(small_pdf("0 0 1 rg 0 50 100 50 re f"))) as pdf:
        pdf.pages[0].rotate(turn, relative=False)
        pdf.save(path)
    assert_pixels(placed(path, NO_BLEED, (0, 0, 100, 100)), expected)


def test_artwork_that_was_turned_is_as_wide_as_it_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "advert.pdf"
    with pikepdf.open(io.BytesIO(small_pdf("", media=(0, 0, 200, 100)))) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        pdf.save(path)
    facts = artwork.examine(path)
    assert (facts.width, facts.height) == (100, 200)


def test_a_page_in_other_units_is_placed_by_its_true_size(tmp_path: Path) -> None:
    path = tmp_path / "advert.pdf"
    with pikepdf.open(io.BytesIO(small_pdf("0 0 1 rg 0 0 50 100 re f"))) as pdf:
        pdf.pages[0].obj.UserUnit = 2
        pdf.save(path)
    assert_pixels(placed(path, NO_BLEED, (0, 0, 100, 100)), "B_\nB_")


# --- Spreads ---

HALVES = "1 0 0 rg 0 0 50 100 re f 0 0 1 rg 50 0 50 100 re f"


def spread(path: Path, part: artwork.Part, place: Box) -> bytes:
    """Draw a part of artwork into a place of an empty page of 100 by 100 pt, all edges bleeding but the gutter's."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        left, bottom, width, height = place
        bleed = (0.0 if part is artwork.Part.RECTO else 10.0, 10.0, 10.0 if part is artwork.Part.RECTO else 0.0, 10.0)
        supplied = artwork.PlacedArtwork(file=path.name, path=path, address="", bleed=bleed, part=part)
        page.obj.Resources = Dictionary(XObject=Dictionary(Im=artwork.as_form(pdf, supplied, width, height)))
        page.obj.Contents = pdf.make_stream(f"q {width} 0 0 {height} {left} {bottom} cm /Im Do Q".encode())
        packed = io.BytesIO()
        pdf.save(packed)
    return packed.getvalue()


def test_the_halves_of_one_page_meet_at_the_gutter_and_bleed_outwards(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(small_pdf(HALVES, boxes={"TrimBox": (10, 10, 90, 90), "BleedBox": (0, 0, 100, 100)}))
    assert artwork.examine(path, artwork.Part.VERSO).trim == (10, 10, 50, 90)
    assert artwork.examine(path, artwork.Part.RECTO).bleed == (50, 0, 100, 100)
    assert_pixels(spread(path, artwork.Part.VERSO, (0, 0, 50, 100)), "RRRRR_____\n" * 10)
    assert_pixels(spread(path, artwork.Part.RECTO, (50, 0, 50, 100)), "_____BBBBB\n" * 10)


def test_two_pages_are_one_half_each(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    contents = ("1 0 0 rg 0 0 99 199 re f", "0 0 1 rg 0 0 99 199 re f")
    path.write_bytes(small_pdf(*contents, media=(0, 0, 50, 100)))
    assert_pixels(spread(path, artwork.Part.VERSO, (0, 0, 50, 100)), "__________\n" + "_RRRR_____\n" * 8 + "__________")
    assert_pixels(
        spread(path, artwork.Part.RECTO, (50, 0, 50, 100)), "__________\n" + "_____BBBB_\n" * 8 + "__________"
    )


def test_a_spread_of_another_size_leaves_no_white_at_the_gutter(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(small_pdf(HALVES, media=(0, 0, 100, 100)))
    verso = spread(path, artwork.Part.VERSO, (0, 0, 90, 80))
    assert_pixels(verso, "__________\n" * 3 + "______RRR_\n" * 6 + "__________")


@pytest.mark.parametrize(
    "key", ["MediaBox", "CropBox", "TrimBox", "BleedBox", "Rotate", "UserUnit", "Contents", "Resources"]
)
def test_pages_with_nonsense_in_them_are_placed_or_refused(tmp_path: Path, supplied: Path, key: str) -> None:
    odd = [0, -1, 45, 1e9, "x", Name.A, True, Array(), Array([0] * 4), Array([0, 0, 1e9, 1e-9]), Dictionary()]
    for value in odd:
        with pikepdf.open(supplied) as pdf:
            pdf.pages[0].obj[f"/{key}"] = value
            pdf.save(tmp_path / "odd.pdf")
        for part in artwork.Part:
            with suppress(artwork.UnreadableArtwork):
                spread(tmp_path / "odd.pdf", part, (0, 0, 100, 100))
