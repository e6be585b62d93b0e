"""Ways through the e-book: entries come in, contents by section and the NCX for old readers go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lxml import etree

from magbuild.editions.epub.xhtml import XML_LANG, legal

NCX: Final = "http://www.daisy.org/z3986/2005/ncx/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents: plain title and authors, the title's language, the page it leads to."""

    title: str
    name: str
    language: str
    authors: str = ""
    section: str = ""

    @property
    def label(self) -> str:
        """Title and authors in one line."""
        return f"{self.title} — {self.authors}" if self.authors else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Neighbouring entries of one section; without a title they stand at the top level."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A place that every e-book has, under its EPUB 3 type and the one that EPUB 2 knew."""

    type: str
    guide_type: str
    title: str
    name: str


def parts(entries: Sequence[Entry]) -> tuple[Part, ...]:
    """Group the entries by section, in the order of reading."""
    return tuple(
        Part(title=section, entries=tuple(group))
        for section, group in groupby(entries, key=lambda entry: entry.section)
    )


def ncx(title: str, uid: str, language: str, contents: Sequence[Part]) -> bytes:
    """Return the contents as EPUB 2 readers want them; a section leads to its first story."""
    root = etree.fromstring(f'<ncx xmlns="{NCX}" version="2005-1"/>')
    root.set(XML_LANG, language)
    head = _add(root, "head")
    depth = "2" if any(part.title for part in contents) else "1"
    told = {"dtb:uid": uid, "dtb:depth": depth, "dtb:totalPageCount": "0", "dtb:maxPageNumber": "0"}
    for name, content in told.items():
        _add(head, "meta", name=name, content=content)
    _add(_add(root, "docTitle"), "text").text = legal(title)
    top = _add(root, "navMap")
    # The same page has the same order, however often it is named.
    orders: dict[str, int] = {}
    for part in contents:
        first = part.entries[0]
        where = _point(top, orders, first, part.title, language) if part.title else top
        for entry in part.entries:
            _point(where, orders, entry, entry.label, entry.language)
    for number, point in enumerate(root.iter(f"{{{NCX}}}navPoint"), start=1):
        point.set("id", f"point-{number}")
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _point(parent: etree._Element, orders: dict[str, int], entry: Entry, text: str, language: str) -> etree._Element:
    order = orders.setdefault(entry.name, len(orders) + 1)
    point = _add(parent, "navPoint", playOrder=str(order))
    _add(_add(point, "navLabel", **{XML_LANG: language}), "text").text = legal(text)
    _add(point, "content", src=entry.name)
    return point


def _add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NCX}}}{name}", attributes)
