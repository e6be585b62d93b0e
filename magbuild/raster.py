"""Pages and drawings as pixels: a PDF or an SVG comes in, a JPEG or a PNG goes out."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from magbuild.layout import Layout
from magbuild.paginate import set_drawing

DRAWING_WIDTH = 1600  # px: sharp on the largest e-readers


def page_as_jpeg(pdf: bytes, width: int, quality: int) -> bytes:
    """Draw the first page of a PDF within its trim; return a JPEG `width` px wide."""
    return _packed(_first_page(pdf, width), "JPEG", quality=quality, optimize=True)


def drawing_as_png(fonts: str, svg: bytes) -> bytes:
    """Draw an SVG with the layout's fonts (its @font-face rules); return a PNG `DRAWING_WIDTH` px wide."""
    picture = _first_page(set_drawing(svg, fonts), DRAWING_WIDTH)
    return _packed(picture, "PNG")


def font_rules(layout: Layout) -> str:
    """Return the @font-face rules with which a layout's drawings are drawn."""
    return layout.font_faces(lambda font: font.path.resolve().as_uri())


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


def artwork_as_jpeg(path: Path, width: int = 1200) -> bytes:
    """Draw a supplied advert's first page; return a JPEG `width` px wide."""
    return page_as_jpeg(path.read_bytes(), width, 85)
