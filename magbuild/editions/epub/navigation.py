"""Ways through the e-book: entries come in, contents by section and the NCX for old readers go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lxml import etree

from magbuild.editions.epub.xhtml import TYPE, XML_LANG, html, legal

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The place where a page of print begins: its folio, and the page of the e-book and the mark in it."""

    folio: str
    name: str
    id: str

    @property
    def address(self) -> str:
        """The address of the mark."""
        return f"{self.name}#{self.id}"


def parts(entries: Sequence[Entry]) -> tuple[Part, ...]:
    """Group the entries by section, in the order of reading."""
    return tuple(
        Part(title=section, entries=tuple(group))
        for section, group in groupby(entries, key=lambda entry: entry.section)
    )


def add_page_list(contents: etree._Element, breaks: Sequence[PageBreak]) -> None:
    """Add the list of printed pages to the page of the contents, for reading systems; readers don't see it there."""
    body = contents.find(html("body"))
    assert body is not None
    marks = {TYPE: "page-list", "role": "doc-pagelist", "class": "hidden", "hidden": "hidden"}
    rows = etree.SubElement(etree.SubElement(body, html("nav"), marks), html("ol"))
    for one in breaks:
        link = etree.SubElement(etree.SubElement(rows, html("li")), html("a"), {"href": one.address})
        link.text = one.folio


def ncx(
    title: str,
    uid: str,
    language: str,
    contents: Sequence[Part],
    names: Sequence[str] = (),
    breaks: Sequence[PageBreak] = (),
) -> bytes:
    """Return the contents and the printed pages as EPUB 2 readers want them; a section leads to its first story.

    `names` are the pages of the e-book in the order of reading; without them the contents are in that order.
    """
    root = etree.fromstring(f'<ncx xmlns="{NCX}" version="2005-1"/>')
    root.set(XML_LANG, language)
    head = _add(root, "head")
    depth = "2" if any(part.title for part in contents) else "1"
    folios = [int(one.folio) for one in breaks]
    told = {
        "dtb:uid": uid,
        "dtb:depth": depth,
        "dtb:totalPageCount": str(len(breaks)),
        "dtb:maxPageNumber": str(max(folios, default=0)),
    }
    for name, content in told.items():
        _add(head, "meta", name=name, content=content)
    _add(_add(root, "docTitle"), "text").text = legal(title)
    orders = _orders(contents, names, breaks)
    top = _add(root, "navMap")
    for part in contents:
        first = part.entries[0]
        where = _point(top, orders, first, part.title, language) if part.title else top
        for entry in part.entries:
            _point(where, orders, entry, entry.label, entry.language)
    for number, point in enumerate(root.iter(f"{{{NCX}}}navPoint"), start=1):
        point.set("id", f"point-{number}")
    if breaks:
        _list_pages(_add(root, "pageList"), orders, breaks)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _orders(contents: Sequence[Part], names: Sequence[str], breaks: Sequence[PageBreak]) -> dict[str, str]:
    """Return the number of each address in the order of reading; a page that is named more often has one number."""
    entered = [entry.name for part in contents for entry in part.entries]
    addresses = [
        address
        for name in (*names, *entered)
        for address in (*([name] if name in entered else ()), *(one.address for one in breaks if one.name == name))
    ]
    return {address: str(number) for number, address in enumerate(dict.fromkeys(addresses), start=1)}


def _point(parent: etree._Element, orders: Mapping[str, str], entry: Entry, text: str, language: str) -> etree._Element:
    point = _add(parent, "navPoint", playOrder=orders[entry.name])
    _add(_add(point, "navLabel", **{XML_LANG: language}), "text").text = legal(text)
    _add(point, "content", src=entry.name)
    return point


def _list_pages(pages: etree._Element, orders: Mapping[str, str], breaks: Sequence[PageBreak]) -> None:
    for one in breaks:
        order = orders[one.address]
        target = _add(pages, "pageTarget", id=f"target-{one.folio}", type="normal", value=one.folio, playOrder=order)
        _add(_add(target, "navLabel"), "text").text = one.folio
        _add(target, "content", src=one.address)


def _add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NCX}}}{name}", attributes)
