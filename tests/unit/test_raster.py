"""PDF and SVG in, pixels out."""

import io
from pathlib import Path

import weasyprint
from PIL import Image

from magbuild.artwork import Part, PlacedArtwork
from magbuild.raster import artwork_as_jpeg, cover_as_jpeg, drawing_as_png, trimmed_as_jpeg
from tests.unit.epub_issue import house_font, with_fonts

TWO_HALVES = """<style>@page { size: 60pt 40pt; bleed: 10pt; margin: 0; background: #00f }
div { position: absolute; top: 0; width: 30pt; height: 40pt }</style>
<div style="left: 0; background: #f00"></div><div style="left: 30pt; background: #0f0"></div>"""


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


RED, GREEN, BLUE = (254, 0, 0), (0, 255, 1), (0, 0, 254)


def assert_colours(image: Image.Image, expected: dict[tuple[int, int], tuple[int, int, int]]) -> None:
    for spot, colour in expected.items():
        there = image.getpixel(spot)
        assert isinstance(there, tuple)
        assert all(abs(a - b) < 6 for a, b in zip(there, colour, strict=True)), (spot, there)


def test_a_cover_lies_whole_on_its_frame_and_its_edges_go_on() -> None:
    pdf = weasyprint.HTML(string=TWO_HALVES).write_pdf()
    high = opened(cover_as_jpeg(pdf, 120, 200, 90_000))  # two pixels to the point: 80 of 200 are the page's
    assert high.size == (120, 200)
    assert_colours(high, {(4, 64): RED, (4, 136): RED, (115, 64): GREEN, (115, 136): GREEN})
    assert_colours(high, {(60, 56): BLUE, (60, 144): BLUE, (60, 25): BLUE, (60, 175): BLUE})  # bleed, and on from it
    wide = opened(cover_as_jpeg(pdf, 200, 80, 90_000))
    assert_colours(wide, {(44, 40): RED, (155, 40): GREEN, (36, 40): BLUE, (164, 40): BLUE})


def test_the_edges_of_a_cover_without_bleed_go_on() -> None:
    pdf = weasyprint.HTML(string=TWO_HALVES.replace("10pt", "0pt")).write_pdf()
    image = opened(cover_as_jpeg(pdf, 400, 400, 90_000))
    assert_colours(image, {(10, 65): RED, (10, 334): RED, (390, 65): GREEN, (390, 334): GREEN})  # as in a mirror
    for height in (2, 397):
        left, right = image.getpixel((10, height)), image.getpixel((390, height))
        assert isinstance(left, tuple)
        assert isinstance(right, tuple)
        assert left[0] > left[1] > left[2]  # blurred, but still more red here, and more green there
        assert right[1] > right[0] > right[2]


def test_a_cover_of_an_odd_size_fills_its_frame() -> None:
    pdf = weasyprint.HTML(string=TWO_HALVES.replace("60pt 40pt", "61.37pt 40.11pt")).write_pdf()
    image = opened(cover_as_jpeg(pdf, 777, 508, 90_000))
    assert image.size == (777, 508)
    assert_colours(image, {(1, 254): RED, (750, 254): GREEN, (776, 0): BLUE})


def test_a_cover_weighs_no_more_than_it_may() -> None:
    lines = "".join(f"<p>{'abcdefghijklm'[at % 13] * 40}</p>" for at in range(40))
    pdf = weasyprint.HTML(string=f"<style>@page {{ margin: 0 }}</style>{lines}").write_pdf()
    heavy, light = (len(cover_as_jpeg(pdf, 800, 1200, most)) for most in (1_000_000, 100_000))
    assert light < 100_000 < heavy


def test_artwork_is_drawn_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(weasyprint.HTML(string=TWO_HALVES).write_pdf())
    placed = PlacedArtwork(file="a.pdf", path=path, address="", bleed=(10, 10, 0, 0))
    jpeg, size = artwork_as_jpeg(placed, 70, 50, 4, 90)
    image = opened(jpeg)
    assert image.size == size == (280, 200)
    for x, y, colour in ((4, 100, (0, 0, 254)), (60, 100, (254, 0, 0)), (275, 4, (0, 255, 1)), (275, 196, (0, 0, 254))):
        assert all(abs(a - b) < 6 for a, b in zip(image.getpixel((x, y)), colour, strict=True))  # type: ignore[arg-type]


def test_an_advert_is_drawn_within_its_trim_and_a_spread_as_one_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(weasyprint.HTML(string=TWO_HALVES).write_pdf())
    whole = PlacedArtwork(file="a.pdf", path=path, address="", bleed=(10, 10, 10, 10))
    halves = [PlacedArtwork(file="a.pdf", path=path, address="", part=part) for part in (Part.VERSO, Part.RECTO)]
    for artworks in ([whole], halves):
        image = opened(trimmed_as_jpeg(artworks, 300, 95))
        assert image.size == (300, 200)
        for x, colour in ((4, (254, 0, 0)), (295, (0, 255, 1))):
            assert all(abs(a - b) < 6 for a, b in zip(image.getpixel((x, 100)), colour, strict=True))  # type: ignore[arg-type]


def test_a_very_high_advert_is_not_drawn_in_millions_of_pixels(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(weasyprint.HTML(string="<style>@page { size: 4pt 4000pt; margin: 0 }</style>").write_pdf())
    image = opened(trimmed_as_jpeg([PlacedArtwork(file="a.pdf", path=path, address="")], 300, 80))
    assert image.height <= 3 * 300 + 1000 / 3


def test_a_drawing_keeps_its_proportion_and_loads_nothing() -> None:
    svg = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="20" height="10" fill="#f00"/>
    <image href="http://far.example/x.png" width="9" height="9"/></svg>"""
    image = opened(drawing_as_png("", svg))
    assert image.size == (1600, 400)
    assert image.getpixel((400, 200)) == (255, 0, 0)
    assert image.getpixel((1200, 200)) == (255, 255, 255)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><text y="8">a</text></svg>'
    fonts = with_fonts(house_font("SourceSerifPro-Regular.otf")).font_faces()  # without any the engine breaks down
    assert drawing_as_png(fonts, svg) == drawing_as_png(fonts, svg)
