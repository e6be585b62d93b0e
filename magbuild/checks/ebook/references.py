"""An e-book comes in; every address in its pages, styles and lists comes out, with the place where it leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from magbuild.checks.ebook.book import Address, Book
from magbuild.checks.ebook.finding import Where
from magbuild.checks.ebook.stylesheet import addresses_in
from magbuild.editions.epub.navigation import NCX
from magbuild.editions.epub.xhtml import SVG, XHTML

XLINK: Final = "{http://www.w3.org/1999/xlink}href"
# Attributes with an address, by element; all but those of a and area are shown or run where they stand.
_XHTML: Final = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
_LINKS: Final = frozenset({"a", "area"})
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,])[^,]*(?:,|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An address: where it stands (`file` and `where`), how it is typed, and where it leads in the book, if it does.

    `embeds` says that what it leads to is shown at its place; `tag` is the element's name, "" in styles.
    """

    file: str
    where: Where
    typed: str
    tag: str
    target: Address | None
    line: int | None = None

    @property
    def embeds(self) -> bool:
        """Whether what it leads to is part of the page, and not just linked."""
        return self.tag not in _LINKS

    @property
    def remote(self) -> bool:
        """Whether it leads to the web, by mail or elsewhere out of the book."""
        try:
            parts = urlsplit(self.typed.strip())
        except ValueError:
            return True
        return bool(parts.scheme or parts.netloc) and parts.scheme != "data"


def references(book: Book) -> tuple[Reference, ...]:
    """Return every address of the book but those of the manifest; found once, remembered with the book."""
    found: tuple[Reference, ...] | None = book.__dict__.get("_references")
    if found is None:
        found = book.__dict__["_references"] = (*_in_pages(book), *_in_styles(book), *_in_lists(book))
    return found


def _in_pages(book: Book) -> Iterator[Reference]:
    for page in book.pages.values():
        for element in page.tree.iter("*"):
            name = etree.QName(element)
            for typed in _typed(element, name):
                target = book.address(page.name, typed)
                yield Reference(file=page.name, where=element, typed=typed, tag=name.localname, target=target)
            css = element.get("style", "") if name.localname != "style" else element.text or ""
            for typed, _ in addresses_in(css):
                yield Reference(
                    file=page.name, where=element, typed=typed, tag="", target=book.address(page.name, typed)
                )


def _typed(element: etree._Element, name: etree.QName) -> Iterator[str]:
    if name.namespace == SVG:
        for attribute in ("href", XLINK):
            if element.get(attribute) is not None:
                yield element.get(attribute, "")
    for attribute in _XHTML.get(name.localname, ()) if name.namespace == XHTML else ():
        value = element.get(attribute)
        if value is not None:
            listed = attribute == "srcset" and "data:" not in value
            yield from _CANDIDATE.findall(value) if listed else (value,)


def _in_styles(book: Book) -> Iterator[Reference]:
    for item in book.items:
        if item.media_type == "text/css" and item.name in book.files:
            for typed, line in addresses_in(book.files[item.name].decode("utf-8", "replace")):
                target = book.address(item.name, typed)
                yield Reference(file=item.name, where=item.name, typed=typed, tag="", target=target, line=line)


def _in_lists(book: Book) -> Iterator[Reference]:
    """Yield the addresses of the NCX; those of the guide no reading system follows any more."""
    root = book.old_contents
    name = str(root.getroottree().docinfo.URL or "")
    for element in root.iter(f"{{{NCX}}}content"):
        typed = element.get("src", "")
        yield Reference(file=name, where=element, typed=typed, tag="a", target=book.address(name, typed))
