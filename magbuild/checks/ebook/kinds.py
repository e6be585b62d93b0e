"""The first bytes of a file come in; what kind of file it is comes out, whatever its name says."""

import re
from typing import Final

# (where, what stands there, the media type)
_SIGNS: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (0, b"%PDF", "application/pdf"),
    (0, b"OTTO", "font/otf"),
    (0, b"\0\1\0\0", "font/ttf"),
    (0, b"true", "font/ttf"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"PK\3\4", "application/zip"),
)
# A root element, without its prefix, and the media type.
_ROOTS: Final = {b"svg": "image/svg+xml", b"html": "application/xhtml+xml", b"ncx": "application/x-dtbncx+xml"}
_ROOT = re.compile(rb"<(?:[\w-]+:)?([A-Za-z][\w-]*)[\s/>]")
_PROLOGUE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE(?:[^\[>]|\[.*?\])*>\s*)*", re.DOTALL
)

# Names under which the same kind of file goes, too (EPUB 3.3, 3.2).
_OTHER_NAMES: Final = {
    "font/otf": ("application/vnd.ms-opentype", "application/font-sfnt", "font/sfnt", "application/x-font-otf"),
    "font/ttf": (
        "application/vnd.ms-opentype",
        "application/font-sfnt",
        "font/sfnt",
        "application/x-font-ttf",
        "font/otf",
    ),
    "font/woff": ("application/font-woff", "application/x-font-woff"),
}
PICTURES: Final = ("image/jpeg", "image/png", "image/gif", "image/svg+xml", "image/webp")


def is_known(media_type: str) -> bool:
    """Whether files that are listed so can be told by their content, or are listed as nothing in particular."""
    signs = (known for _, _, known in _SIGNS)
    others = (name for names in _OTHER_NAMES.values() for name in names)
    return media_type in (*signs, *_ROOTS.values(), *others, "text/css", "text/html", "application/octet-stream")


def kind_of(data: bytes) -> str:
    """Return the media type that a file has by its content, "" when that can't be told."""
    for at, sign, media_type in _SIGNS:
        if data[at : at + len(sign)] == sign:
            return media_type
    head = data[:4096]
    prologue = _PROLOGUE.match(head)
    root = _ROOT.match(head, prologue.end() if prologue else 0)
    return _ROOTS.get(root[1], "") if root else ""


def kinds_for(media_type: str) -> tuple[str, ...]:
    """Return the media types under which such a file may be listed."""
    return (media_type, *_OTHER_NAMES.get(media_type, ()))
