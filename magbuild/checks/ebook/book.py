"""A finished EPUB comes in, ours or a stranger's; what is in it comes out, as far as it can be read.

Nothing here judges: what is missing is empty, and what can't be parsed is kept with the reason why.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from magbuild.editions.epub.navigation import NCX
from magbuild.editions.epub.package import DC, OPF
from magbuild.editions.epub.xhtml import TYPE, XHTML

CONTAINER: Final = "META-INF/container.xml"
OCF: Final = "urn:oasis:names:tc:opendocument:xmlns:container"
PAGE_TYPES: Final = ("application/xhtml+xml", "image/svg+xml")
NCX_TYPE: Final = "application/x-dtbncx+xml"
HIGHEST_SIZE: Final = 400_000_000  # bytes that are read of one file; no reader opens such a book

# What reading a file of an archive may raise: it is locked, packed in an unknown way, cut off or changed.
_UNREADABLE: Final = (RuntimeError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
_NOTHING: Final = etree.fromstring("<nothing/>")
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the manifest; `name` is where its file lies in the archive, "" for one on the web."""

    uid: str
    name: str
    media_type: str
    properties: tuple[str, ...]
    element: etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A line of the spine, and the item that it names, if there is one."""

    item: Item | None
    linear: bool
    element: etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file of text or drawing that could be parsed; `turn` is its place in the spine, from 0."""

    name: str
    data: bytes
    tree: etree._Element
    item: Item
    turn: int | None

    def all(self, *names: str, space: str = XHTML) -> Iterator[etree._Element]:
        """Yield the elements of these names, or all elements, in their order."""
        return self.tree.iter(*(f"{{{space}}}{name}" for name in names or ("*",)))

    def has(self, *names: str, space: str = XHTML) -> bool:
        """Whether there is such an element."""
        return next(self.all(*names, space=space), None) is not None


@dataclass(frozen=True, kw_only=True)
class Book:
    """A finished EPUB. `files` are its files by name; `damaged` are those that can't be read, with the reason.

    `entries` are those of the archive in their order, none for a folder; `broken` says why there is nothing at all;
    `printed` are the page labels of the PDF of the same issue, if it is at hand.
    """

    path: Path
    files: Mapping[str, bytes]
    entries: tuple[zipfile.ZipInfo, ...] = ()
    damaged: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""
    printed: tuple[str, ...] = ()

    @cached_property
    def parsed(self) -> Mapping[str, "etree._Element | etree.XMLSyntaxError"]:
        """The XML files that matter, or why one can't be parsed."""
        wanted = [CONTAINER, self.package_name, *(item.name for item in self.items if _is_xml(item.media_type))]
        return {name: self.parse(name) for name in dict.fromkeys(wanted) if name in self.files}

    def parse(self, name: str) -> "etree._Element | etree.XMLSyntaxError":
        """Parse a file; elements know their file by its name."""
        try:
            return etree.fromstring(self.files[name], _PARSER, base_url=name)
        except etree.XMLSyntaxError as error:
            return error

    def tree(self, name: str) -> etree._Element:
        """Return a file's root, or an element that holds nothing."""
        found = self.parse(name) if name in self.files else _NOTHING
        return found if isinstance(found, etree._Element) else _NOTHING

    @cached_property
    def package_name(self) -> str:
        """Where the package document lies; "" when the container doesn't say."""
        for root in self.tree(CONTAINER).iter(f"{{{OCF}}}rootfile"):
            return root.get("full-path", "")
        return ""

    @cached_property
    def package(self) -> etree._Element:
        """The package document."""
        return self.tree(self.package_name)

    def facts(self, name: str) -> list[etree._Element]:
        """Return the elements of the metadata: "dc:title", or a property such as "schema:accessMode"."""
        found = self.package.find(f"{{{OPF}}}metadata")
        if found is None:
            return []
        if name.startswith("dc:"):
            return list(found.iter(f"{{{DC}}}{name[3:]}"))
        return [fact for fact in found.iter(f"{{{OPF}}}meta") if fact.get("property") == name]

    def values(self, name: str) -> list[str]:
        """Return the texts of these facts."""
        return [(fact.text or "").strip() for fact in self.facts(name)]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The manifest."""
        return tuple(
            Item(
                uid=element.get("id", "").strip(),
                name=address.name if (address := self.address(self.package_name, element.get("href", ""))) else "",
                media_type=element.get("media-type", ""),
                properties=tuple((element.get("properties") or "").split()),
                element=element,
            )
            for element in self.package.iterfind(f"{{{OPF}}}manifest/{{{OPF}}}item")
        )

    @cached_property
    def spine(self) -> tuple[Turn, ...]:
        """The order of reading."""
        by_id = {item.uid: item for item in reversed(self.items)}
        return tuple(
            Turn(
                item=by_id.get(element.get("idref", "").strip()), linear=element.get("linear") != "no", element=element
            )
            for element in self.package.iterfind(f"{{{OPF}}}spine/{{{OPF}}}itemref")
        )

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The text and the drawings that could be parsed, by name: first the spine, then the rest."""
        turns = {turn.item.name: at for at, turn in reversed(list(enumerate(self.spine))) if turn.item}
        found = {}
        for item in self.items:
            tree = self.parsed.get(item.name)
            if item.media_type in PAGE_TYPES and isinstance(tree, etree._Element):
                page = Page(name=item.name, data=self.files[item.name], tree=tree, item=item, turn=turns.get(item.name))
                found[item.name] = page
        last = len(self.spine)
        return dict(sorted(found.items(), key=lambda pair: last if pair[1].turn is None else pair[1].turn))

    @cached_property
    def texts(self) -> tuple[Page, ...]:
        """The pages in XHTML."""
        return tuple(page for page in self.pages.values() if page.item.media_type == PAGE_TYPES[0])

    @cached_property
    def whole(self) -> bool:
        """Whether all pages could be read, so that what isn't found isn't there."""
        return all(isinstance(parsed, etree._Element) for parsed in self.parsed.values())

    @cached_property
    def contents(self) -> Page | None:
        """The page that reading systems take the contents from."""
        return next((page for page in self.texts if "nav" in page.item.properties), None)

    def guide(self, kind: str) -> etree._Element | None:
        """Return a list of that page: "toc", "page-list" or "landmarks"."""
        if self.contents is None:
            return None
        lists = (nav for nav in self.contents.all("nav") if kind in (nav.get(TYPE) or "").split())
        return next(lists, None)

    @cached_property
    def old_contents(self) -> etree._Element:
        """The NCX, or an element that holds nothing."""
        for item in self.items:
            found = self.parsed.get(item.name)
            if item.media_type == NCX_TYPE and isinstance(found, etree._Element) and found.tag == f"{{{NCX}}}ncx":
                return found
        return _NOTHING

    @cached_property
    def cover(self) -> Item | None:
        """The picture that shelves show."""
        return next((item for item in self.items if "cover-image" in item.properties), None)

    def address(self, base: str, href: str) -> "Address | None":
        """Return where an address in the file `base` leads within the book; None when it leads out of it."""
        try:
            parts = urlsplit(href.strip())
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        name = normpath(join(dirname(base), path)) if path else base
        return Address(name=name, fragment=unquote(parts.fragment))

    def ids(self, name: str) -> frozenset[str]:
        """Return the ids of a page; empty for what is no page."""
        page = self.pages.get(name)
        return self._ids[name] if page is not None else frozenset()

    @cached_property
    def _ids(self) -> Mapping[str, frozenset[str]]:
        return {
            name: frozenset(element.get("id", "") for element in page.tree.iter("*")) - {""}
            for name, page in self.pages.items()
        }


@dataclass(frozen=True, slots=True)
class Address:
    """A file of the book, and a spot in it."""

    name: str
    fragment: str = ""


def read_book(path: Path, printed: tuple[str, ...] = ()) -> Book:
    """Read an EPUB file, or a folder with the files of one; raise OSError when there is none."""
    if path.is_dir():
        paths = sorted(file for file in path.rglob("*") if file.is_file())
        files = {file.relative_to(path).as_posix(): file.read_bytes() for file in paths}
        return Book(path=path, files=files, printed=printed)
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(path, archive, printed)
    except zipfile.BadZipFile:
        return Book(path=path, files={}, broken="no zip archive, or only a part of one")


def _unpacked(path: Path, archive: zipfile.ZipFile, printed: tuple[str, ...]) -> Book:
    files: dict[str, bytes] = {}
    damaged: dict[str, str] = {}
    entries = tuple(entry for entry in archive.infolist() if not entry.is_dir())
    for entry in entries:
        if entry.file_size > HIGHEST_SIZE:
            damaged[entry.filename] = f"{entry.file_size / 1e6:.0f} MB are too many to look at"
            continue
        try:
            files[entry.filename] = archive.read(entry)
        except _UNREADABLE as error:
            damaged[entry.filename] = "it is locked" if entry.flag_bits & 1 else str(error).lower().rstrip(".")
    return Book(path=path, files=files, entries=entries, damaged=damaged, printed=printed)


def _is_xml(media_type: str) -> bool:
    return media_type.endswith("+xml") or media_type in ("text/xml", "application/xml")
