"""PDF and SVG in, pixels out."""

import io
from pathlib import Path

import weasyprint
from PIL import Image

from magbuild.artwork import Part, PlacedArtwork
from magbuild.raster import artwork_as_jpeg, drawing_as_png, page_as_jpeg, trimmed_as_jpeg

TWO_HALVES = """<style>@page { size: 60pt 40pt; bleed: 10pt; margin: 0; background: #00f }
div { position: absolute; top: 0; width: 30pt; height: 40pt }</style>
<div style="left: 0; background: #f00"></div><div style="left: 30pt; background: #0f0"></div>"""


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_a_page_is_drawn_within_its_trim() -> None:
    pdf = weasyprint.HTML(string=TWO_HALVES).write_pdf()
    image = opened(page_as_jpeg(pdf, 120, 95))
    assert image.size == (120, 80)
    for x, colour in ((4, (254, 0, 0)), (115, (0, 255, 1))):
        assert all(abs(a - b) < 6 for a, b in zip(image.getpixel((x, 40)), colour, strict=True))  # type: ignore[arg-type]


def test_an_odd_size_gives_the_width_that_was_asked_for() -> None:
    pdf = weasyprint.HTML(string=TWO_HALVES.replace("60pt 40pt", "61.37pt 40.11pt")).write_pdf()
    assert opened(page_as_jpeg(pdf, 777, 80)).width == 777


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
    assert drawing_as_png("", svg) == drawing_as_png("", svg)
