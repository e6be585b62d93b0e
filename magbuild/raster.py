"""Pages and drawings as pixels: a PDF or an SVG comes in, a JPEG or a PNG goes out."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pypdfium2
from pikepdf import Dictionary
from PIL import Image, ImageFilter, ImageOps
from PIL.Image import Transpose as Turn

from magbuild.artwork import PlacedArtwork, as_form, examine
from magbuild.paginate import set_drawing

HIGHEST = 3  # times its width is as high as artwork is drawn
DRAWING_WIDTH = 1600  # px: sharp on the largest e-readers
COVER_QUALITIES = (90, 84, 78, 70, 60)  # of a JPEG, until one is small enough
EDGE_BLUR, FADING = 150, 40  # px


def cover_as_jpeg(pdf: bytes, width: int, height: int, most: int) -> bytes:
    """Draw the first page of a PDF, whole and undistorted, on a picture of `width` by `height` px.

    Where the page has another proportion, its bleed shows above and below or at the sides, and then the colours of
    its edges go on. Return a JPEG of at most `most` bytes.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = _on_ground(_in_frame(document[0], width, height), width, height)
    finally:
        document.close()
    for quality in COVER_QUALITIES:
        packed = _packed(picture, "JPEG", quality=quality, optimize=True)
        if len(packed) <= most:
            break
    return packed


def _in_frame(page: pypdfium2.PdfPage, width: int, height: int) -> Image.Image:
    """Draw a page as large as its trim goes into the frame, with as much of its bleed as there is room for."""
    trim, bleed = page.get_trimbox(), page.get_bleedbox()
    scale = min(width / (trim[2] - trim[0]), height / (trim[3] - trim[1]))
    rooms = [(size / scale - (trim[at + 2] - trim[at])) / 2 for at, size in enumerate((width, height))] * 2
    box = [
        edge + min(abs(out - edge), room) * (-1, -1, 1, 1)[at]
        for at, (edge, out, room) in enumerate(zip(trim, bleed, rooms, strict=True))
    ]
    page.set_mediabox(*box)
    page.set_cropbox(*box)
    size = [min(round((box[at + 2] - box[at]) * scale), most) for at, most in enumerate((width, height))]
    drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return drawn if drawn.size == tuple(size) else drawn.resize((size[0], size[1]))


def _on_ground(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Put a picture into the middle of a larger one, whose ground goes on from its edges."""
    ground = Image.new("RGB", (width, height))
    left, top = (width - picture.width) // 2, (height - picture.height) // 2
    right, below = width - left - picture.width, height - top - picture.height
    ground.paste(picture, (left, top))
    # Each side is turned up, gone on from, and turned back.
    for turn, back, depth, place in (
        (None, None, top, (left, 0)),
        (Turn.ROTATE_180, Turn.ROTATE_180, below, (left, top + picture.height)),
        (Turn.ROTATE_270, Turn.ROTATE_90, left, (0, top)),
        (Turn.ROTATE_90, Turn.ROTATE_270, right, (left + picture.width, top)),
    ):
        if depth > 0:
            strip = _above(picture.transpose(turn) if turn is not None else picture, depth)
            ground.paste(strip.transpose(back) if back is not None else strip, place)
    return ground


def _above(picture: Image.Image, depth: int) -> Image.Image:
    """Return what goes on above a picture: its mirror image, which fades into the blurred colours of its edge."""
    width, fading = picture.width, min(depth, FADING, picture.height)
    strip = picture.crop((0, 0, width, 1)).filter(ImageFilter.GaussianBlur(EDGE_BLUR)).resize((width, depth))
    mirrored = ImageOps.flip(picture.crop((0, 0, width, fading)))
    strip.paste(mirrored, (0, depth - fading), Image.linear_gradient("L").resize((width, fading)))
    return strip


def drawing_as_png(fonts: str, svg: bytes) -> bytes:
    """Draw an SVG with the layout's fonts (its @font-face rules); return a PNG `DRAWING_WIDTH` px wide."""
    picture = _first_page(set_drawing(svg, fonts), DRAWING_WIDTH)
    return _packed(picture, "PNG")


def _first_page(pdf: bytes, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return _trimmed(document[0], width)
    finally:
        document.close()


def _trimmed(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    """Draw a page within its trim, so many pixels wide."""
    box = page.get_trimbox()
    page.set_mediabox(*box)
    page.set_cropbox(*box)
    picture: Image.Image = page.render(scale=width / (box[2] - box[0])).to_pil().convert("RGB")
    # The scale may miss the width by a pixel, which readers of covers would see as a line.
    return picture if picture.width == width else picture.resize((width, round(picture.height * width / picture.width)))


def pages_as_jpeg(pdf: bytes, width: int, quality: int) -> list[bytes]:
    """Draw the pages of a PDF within their trim; return a JPEG `width` px wide of each."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_packed(_trimmed(page, width), "JPEG", quality=quality) for page in document]
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
    return _packed(picture, "JPEG", quality=quality), picture.size


def trimmed_as_jpeg(artworks: Sequence[PlacedArtwork], width: int, quality: int) -> bytes:
    """Draw an advert's artwork within its trim, both pages of a spread side by side; return a JPEG `width` px wide.

    One that is much higher than it is wide has fewer. Raises UnreadableArtwork.
    """
    facts = examine(artworks[0].path, artworks[0].part)
    trimmed = [replace(artwork, bleed=(0.0, 0.0, 0.0, 0.0)) for artwork in artworks]
    highest = HIGHEST * width * facts.width * len(artworks) / facts.height
    picture = _drawn(trimmed, facts.width, facts.height, max(1, round(min(width, highest))))
    return _packed(picture, "JPEG", quality=quality)


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
