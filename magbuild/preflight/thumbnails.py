"""Pages of a PDF come in; small pictures of them come out, as addresses that hold their data."""

import base64
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

from magbuild.preflight.findings import PageFacts
from magbuild.preflight.plane import MM, Box, grown, in_mm, shared, together
from magbuild.preflight.reading import TROUBLE

AROUND = 4 * MM  # how much is shown beyond bleed and trim
QUALITY = 70


def shown(page: PageFacts) -> Box:
    """Return the part of a page that its picture shows: trim and bleed, with a margin; in pt."""
    area = grown(together(page.trim, page.bleed), (AROUND,) * 4)
    return shared(area, page.media) or page.trim


def shown_in_mm(page: PageFacts) -> Box:
    """Return the same as left, top, right and bottom in mm from the trim's top left."""
    return in_mm(shown(page), page.trim)


def thumbnails(path: Path, pages: Sequence[PageFacts], width: int) -> Iterator[str]:
    """Yield a picture of each page, `width` px wide; an empty text for a page that can't be drawn."""
    try:
        document = pypdfium2.PdfDocument(path)
    except (*TROUBLE, pypdfium2.PdfiumError):
        yield from ("" for _ in pages)
        return
    try:
        for page in pages:
            yield _thumbnail(document, page, width)
    finally:
        document.close()


def _thumbnail(document: pypdfium2.PdfDocument, facts: PageFacts, width: int) -> str:
    area = shown(facts)
    try:
        page = document[facts.number - 1]
        page.set_rotation(0)
        page.set_mediabox(*area)
        page.set_cropbox(*area)
        scale = min(width / (area[2] - area[0]), 4 * width / (area[3] - area[1]))
        drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except (*TROUBLE, pypdfium2.PdfiumError, ZeroDivisionError):
        return ""
    packed = io.BytesIO()
    drawn.save(packed, "JPEG", quality=QUALITY, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(packed.getvalue()).decode()}"
