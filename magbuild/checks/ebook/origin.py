"""Where what stands in an e-book was written: a page names its manuscript, and the words lead to the line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree

from magbuild.checks.ebook.book import Book
from magbuild.editions.epub.xhtml import SOURCE, html, words
from magbuild.language import slugged
from magbuild.model import Issue
from magbuild.problem import Place

LEAST: Final = 12  # letters; fewer stand in many lines
MOST: Final = 40
TRIES: Final = 20  # words of a paragraph from which on its text is looked for
_BLOCKS: Final = frozenset(html(name) for name in ("p", "li", "dd", "h1", "h2", "h3", "td", "th", "figcaption", "div"))
_PICTURE = re.compile(r"[^\s/\\'\"(]+(?=\.(?:jpe?g|png|svg|gif|webp|tiff?|avif|pdf)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The manuscripts of an e-book's pages, by the page's name."""

    files: Mapping[str, Path]
    _read: dict[Path, list[str]] = field(default_factory=dict)

    def place(self, page: str, element: etree._Element) -> Place | None:
        """Return where an editor wrote what stands in an element; None when the page's manuscript isn't known."""
        path = self.files.get(page)
        if path is None:
            return None
        lines = self._read.setdefault(path, _lines(path))
        return Place(path, _line_of(element, lines) or 1)


def origins_of(book: Book, folder: Path | None) -> Origins:
    """Find the manuscripts that pages name, in the issue's folder or where it mostly is."""
    sources = {
        page.name: meta.get("content", "")
        for page in book.texts
        for meta in page.all("meta")
        if meta.get("name") == SOURCE
    }
    folders = [folder] if folder is not None else list(_folders(book)) if sources else []
    files: dict[str, Path] = {}
    for name, source in sources.items():
        found = next((path for one in folders if (path := _named(source, one)) is not None), None)
        if found is not None:
            files[name] = found
    return Origins(files=files)


def _named(source: str, folder: Path) -> Path | None:
    """Return the file that a page names, of the folder or the magazine's sheet beside it; None for any other."""
    plain = bool(source) and PurePosixPath(source).name == source
    path = folder / source if plain else folder.parent / Issue.MAGAZINE
    return path if (plain or source == f"../{Issue.MAGAZINE}") and path.is_file() else None


def _folders(book: Book) -> Iterator[Path]:
    """Yield what may be the issue's folder: of its number, in the working folder or in a project around the e-book."""
    numbers = {number for number in book.values("group-position") if number.isdigit()}
    for shelf in (Path("issues"), *(parent / "issues" for parent in list(book.path.resolve().parents)[:4])):
        for folder in sorted(shelf.iterdir()) if shelf.is_dir() else ():
            if folder.name == book.path.resolve().parent.name or folder.name.lstrip("0") in numbers:
                yield folder


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _line_of(element: etree._Element, lines: list[str]) -> int | None:
    """Return the line, from 1, in which an element's picture is named or its words stand."""
    picture = PurePosixPath(element.get("src") or "").stem
    for at, line in enumerate(lines, start=1):
        if picture and picture in map(slugged, _PICTURE.findall(line)):
            return at
    spelt = [_letters(line) for line in lines]
    for phrase in _phrases(element):
        whole = _letters(phrase)
        if len(whole) > 2 and whole in spelt:
            return spelt.index(whole) + 1
        for piece in _pieces(phrase):
            found = next((at for at, line in enumerate(spelt, start=1) if piece in line), None)
            if found:
                return found
    return None


def _phrases(element: etree._Element) -> Iterator[str]:
    """Yield words by which an element can be found in the manuscript, the surest first."""
    for name in ("alt", "aria-label", "href", "alttext"):
        yield element.get(name) or ""
    yield words(element)
    for block in element.iterancestors():
        if block.tag in _BLOCKS:
            yield words(block)
            break
    for before in element.itersiblings(preceding=True):
        if words(before):
            yield words(before)
            break


def _pieces(phrase: str) -> Iterator[str]:
    """Yield the letters of a phrase from its first word on, from its second, and so on; marks may stand between."""
    spoken = phrase.split()
    for at in range(min(len(spoken), TRIES)):
        piece = _letters("".join(spoken[at : at + MOST]))[:MOST]
        if len(piece) < LEAST:
            return
        yield piece
        yield piece[:LEAST]


def _letters(text: str) -> str:
    """Return only what doesn't change between a manuscript and a page: letters and digits."""
    return re.sub(r"[\W_]+", "", text.casefold())
