"""PNG pictures come in; their packed pixels come out as they are: a PDF takes them in the same form."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image
from weasyprint.images import RasterImage

CHUNKS: Final = 8  # the byte at which they begin (PNG, 5.2)
GREY, COLOURS = 0, 2


@contextmanager
def handed_on() -> Iterator[None]:
    """Let the engine hand on the pixels of PNG pictures as they are packed for as long as the block runs.

    It would unpack them and pack them anew (0.05 s for a picture of two megapixels).
    """
    pack = RasterImage._get_png_data

    def packed(picture: Image.Image) -> bytes:
        return _as_they_are(picture) or pack(picture)

    RasterImage._get_png_data = staticmethod(packed)
    try:
        yield
    finally:
        RasterImage._get_png_data = staticmethod(pack)


def _as_they_are(picture: Image.Image) -> bytes:
    """Return the packed pixels of a picture that was opened from a PNG; nothing where a PDF wants them otherwise.

    So it is where something is missing: the engine makes of it what can be made.
    """
    file = getattr(picture, "fp", None)
    if picture.format != "PNG" or not isinstance(file, io.BytesIO):
        return b""
    data = file.getvalue()
    depth, kind, _, _, interlaced = data[24:29]
    if depth != 8 or kind not in (GREY, COLOURS) or interlaced:
        return b""
    parts, at, name = [], CHUNKS, b""
    while at < len(data) and name != b"IEND":
        end = at + 8 + int.from_bytes(data[at : at + 4])
        name = data[at + 4 : at + 8]
        if name == b"IDAT":
            if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4]):
                return b""
            parts.append(data[at + 8 : end])
        at = end + 4
    return b"".join(parts) if name == b"IEND" else b""
