"""What finished files have and lack."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf

HAS = ("pages", "tags", "bookmarks", "bleed", "CMYK", "PDF/X", "EPUB", "page-list")


def facts_of(files: Sequence[Path]) -> dict[str, str]:
    """Return what the files have together: the number of pages, and yes for all else that is there."""
    found: dict[str, str] = {}
    for file in files:
        for name, value in _epub(file) if file.suffix == ".epub" else _pdf(file):
            found.setdefault(name, value)
    return found


def _pdf(file: Path) -> Iterator[tuple[str, str]]:
    with pikepdf.open(file) as pdf:
        yield "pages", str(len(pdf.pages))
        root, first = pdf.Root, pdf.pages[0]
        if "/StructTreeRoot" in root:
            yield "tags", "yes"
        if "/Outlines" in root and "/First" in root.Outlines:
            yield "bookmarks", "yes"
        bleed, trim = ([float(edge) for edge in box] for box in (first.bleedbox, first.trimbox))
        if bleed[0] < trim[0] - 1 and bleed[3] > trim[3] + 1:
            yield "bleed", "yes"
        if any(intent.get("/S") == "/GTS_PDFX" for intent in root.get("/OutputIntents", [])):
            yield "PDF/X", "yes"
        pictures = [image for page in pdf.pages for image in page.get_images().values()]
        if pictures and all(_inks(image.get("/ColorSpace")) for image in pictures):
            yield "CMYK", "yes"


def _inks(space: Any) -> bool:
    """Whether a picture's colours are inks: black alone or four."""
    if isinstance(space, pikepdf.Array) and space[0] == "/ICCBased":
        return int(space[1].N) == 4
    return space in ("/DeviceGray", "/DeviceCMYK")


def _epub(file: Path) -> Iterator[tuple[str, str]]:
    yield "EPUB", "yes"
    with zipfile.ZipFile(file) as book:
        pages = (book.read(name) for name in book.namelist() if name.endswith((".xhtml", ".html", ".htm")))
        if any(b"page-list" in page for page in pages):
            yield "page-list", "yes"
