"""Pages and drawings as pixels: a PDF or an SVG comes in, a JPEG or a PNG goes out."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pypdfium2
from pikepdf import Dictionary
from PIL import Image

from magbuild.artwork import PlacedArtwork, as_form, examine
from magbuild.paginate import set_drawing

HIGHEST = 3  # times its width is as high as artwork is drawn
DRAWING_WIDTH = 1600  # px: sharp on the largest e-readers


def page_as_jpeg(pdf: bytes, width: int, quality: int) -> bytes:
    """Draw the first page of a PDF within its trim; return a JPEG `width` px wide."""
    return _packed(_first_page(pdf, width), "JPEG", quality=quality, optimize=True)


def drawing_as_png(fonts: str, svg: bytes) -> bytes:
    """Draw an SVG with the layout's fonts (its @font-face rules); return a PNG `DRAWING_WIDTH` px wide."""
    picture = _first_page(set_drawing(svg, fonts), DRAWING_WIDTH)
    return _packed(picture, "PNG")


def _first_page(pdf: bytes, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        box = page.get_trimbox()
        page.set_mediabox(*box)
        page.set_cropbox(*box)
        picture: Image.Image = page.render(scale=width / (box[2] - box[0])).to_pil().convert("RGB")
        # The scale may miss the width by a pixel, which readers of covers would see as a line.
        return (
            picture
            if picture.width == width
            else picture.resize((width, round(picture.height * width / picture.width)))
        )
    finally:
        document.close()


def _packed(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, kind, **options)
    return packed.getvalue()


def artwork_as_jpeg(
    artwork: PlacedArtwork, width: float, height: float, scale: float, quality: int
) -> tuple[bytes, tuple[int, int]]:
    """Draw supplied artwork as it shows on a place of `width` by `height` pt, bleed included.

    Return a JPEG with `scale` pixels to the point, and its size in pixels. Raises UnreadableArtwork.
    """
    picture = _drawn((artwork,), width, height, max(1, round(width * scale)))
    return _packed(picture, "JPEG", quality=quality, optimize=True), picture.size


def trimmed_as_jpeg(artworks: Sequence[PlacedArtwork], width: int, quality: int) -> bytes:
    """Draw an advert's artwork within its trim, both pages of a spread side by side; return a JPEG `width` px wide.

    One that is much higher than it is wide has fewer. Raises UnreadableArtwork.
    """
    facts = examine(artworks[0].path, artworks[0].part)
    trimmed = [replace(artwork, bleed=(0.0, 0.0, 0.0, 0.0)) for artwork in artworks]
    highest = HIGHEST * width * facts.width * len(artworks) / facts.height
    picture = _drawn(trimmed, facts.width, facts.height, max(1, round(min(width, highest))))
    return _packed(picture, "JPEG", quality=quality, optimize=True)


def _drawn(artworks: Sequence[PlacedArtwork], width: float, height: float, pixels: int) -> Image.Image:
    """Draw artworks side by side, each `width` by `height` pt, on a picture so many pixels wide."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(width * len(artworks), height))
        page.obj.Resources = Dictionary(XObject=Dictionary())
        content = []
        for at, artwork in enumerate(artworks):
            page.obj.Resources.XObject[f"/Artwork{at}"] = as_form(pdf, artwork, width, height)
            content.append(f"q {width:.6f} 0 0 {height:.6f} {at * width:.6f} 0 cm /Artwork{at} Do Q")
        page.obj.Contents = pdf.make_stream("\n".join(content).encode())
        packed = io.BytesIO()
        pdf.save(packed)
    return _first_page(packed.getvalue(), pixels)
