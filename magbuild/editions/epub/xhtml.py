"""Pages of the e-book as trees: rendered templates come in, annotated XHTML goes out as bytes."""

import re
from typing import Final

from lxml import etree

from magbuild.bodytext import has_capitals
from magbuild.language import Language, direction

XHTML: Final = "http://www.w3.org/1999/xhtml"
SVG: Final = "http://www.w3.org/2000/svg"
MATHML: Final = "http://www.w3.org/1998/Math/MathML"
OPS: Final = "http://www.idpf.org/2007/ops"
TYPE: Final = f"{{{OPS}}}type"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# Name of the meta element that says of which file, named from the folder of the issue, a page was made.
SOURCE: Final = "magbuild:source"

DROP_CAP_LENGTH = 200  # characters; a shorter paragraph has too few lines to stand beside the letter

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"])
_BLOCKS = frozenset({"p", "li", "dd"})
# Reading systems open notes in a pop-up by these; the roles are there for assistive technology.
_TYPE_OF_ROLE = {"doc-noteref": "noteref", "doc-backlink": "backlink", "doc-footnote": "footnote"}


def html(name: str) -> str:
    """Return the tag of an XHTML element."""
    return f"{{{XHTML}}}{name}"


def legal(text: str) -> str:
    """Return text without the control characters that XML has no place for; word processors leave them."""
    return _NOT_XML.sub("", text)


def read(markup: str, template: str) -> etree._Element:
    """Parse what a template rendered; ValueError, naming the template, when it isn't well-formed."""
    try:
        return etree.fromstring(legal(markup), _PARSER)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"template '{template}' doesn't give well-formed XHTML: {error}") from error


def reopen(data: bytes) -> etree._Element:
    """Return the tree of a page that was written."""
    return etree.fromstring(data, _PARSER)


def write(root: etree._Element) -> bytes:
    """Return a page as the bytes of a file; the tree is finished with."""
    for element in root.iter():
        name = etree.QName(element)
        if name.namespace == XHTML and name.localname not in _VOID and len(element) == 0:
            # Readers that take XHTML for HTML would see "<span/>" as a start tag.
            element.text = element.text or ""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["epub"])
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()


def ids(root: etree._Element) -> frozenset[str]:
    """Return the ids that a link can lead to."""
    return frozenset(element.get("id", "") for element in root.iter() if element.get("id"))


def properties(root: etree._Element) -> tuple[str, ...]:
    """Return what the manifest must say about a page: whether it holds SVG or MathML."""
    spaces = {etree.QName(element).namespace for element in root.iter()}
    return tuple(name for name, space in (("mathml", MATHML), ("svg", SVG)) if space in spaces)


def classes(element: etree._Element) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()


def add_class(element: etree._Element, name: str) -> None:
    """Give an element one more class."""
    element.set("class", " ".join([*classes(element), name]))


def words(element: etree._Element) -> str:
    """Return the plain text of an element, its white space made one space each."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def annotate(root: etree._Element, language: Language) -> None:
    """Give a page what an e-book asks for and a manuscript doesn't say: types, roles, labels, languages."""
    for element in root.iter():
        kind = _TYPE_OF_ROLE.get(element.get("role", ""))
        if kind:
            element.set(TYPE, kind)
        if "pullquote" in classes(element):
            element.set(TYPE, "pullquote")
            element.set("role", "doc-pullquote")
    _level_headings(root)
    _tie_notes(root, language)
    for verse in root.iter(html("div")):
        if "verse" in classes(verse):
            _set_lines(verse)
    _say_languages(root)


def name_source(root: etree._Element, source: str) -> None:
    """Say in a page's head of which file it was made, so that what is wrong with it can be told to an editor."""
    head = root.find(html("head"))
    if head is not None:
        etree.SubElement(head, html("meta"), {"name": SOURCE, "content": source}).tail = "\n"


def tell_apart(root: etree._Element) -> None:
    """Number the boxes of a page that have the same name: those who go from one to the other hear nothing else."""
    named: dict[str, list[etree._Element]] = {}
    ids = {element.get("id"): element for element in root.iter("*") if element.get("id")}
    for box in root.iter("*"):
        if (box.tag == html("aside") and box.get("aria-hidden") != "true") or box.get("role") == "region":
            title = ids.get(box.get("aria-labelledby"))
            named.setdefault(box.get("aria-label") or (words(title) if title is not None else ""), []).append(box)
    for name, boxes in named.items():
        for number, box in enumerate(boxes if name and len(boxes) > 1 else (), start=1):
            box.attrib.pop("aria-labelledby", "")
            box.set("aria-label", f"{name} {number}")


def _say_languages(root: etree._Element) -> None:
    """Give every language twice, for XML tools read xml:lang and browsers lang, and say where the text turns."""
    for element in root.iter():
        code = element.get("lang")
        if code is None:
            continue
        around = next((one.get("lang", "") for one in element.iterancestors() if one.get("lang")), "")
        if "dir" not in element.attrib and direction(code) != direction(around):
            element.set("dir", direction(code))
        element.set(XML_LANG, code)
        if etree.QName(element).namespace != XHTML:
            del element.attrib["lang"]


def _level_headings(root: etree._Element) -> None:
    """Lift headings that skip a level, such as a sidebar's before the first crosshead."""
    last = 0
    for element in root.iter(*(html(f"h{level}") for level in range(1, 7))):
        level = min(int(etree.QName(element).localname[1:]), last + 1)
        element.tag = html(f"h{level}")
        last = level


def _set_lines(verse: etree._Element) -> None:
    """Make each line of verse a paragraph: some readers show every line break, others none."""
    for stanza in verse.findall(html("p")):
        lines = stanza.findall(html("span"))
        if "stanza" in classes(stanza) and all("line" in classes(line) for line in lines):
            stanza.tag = html("div")
            for end in stanza.findall(html("br")):
                stanza.remove(end)
            for line in lines:
                line.tag, line.tail = html("p"), "\n"


def _tie_notes(root: etree._Element, language: Language) -> None:
    """Give every note one way back to each of its calls."""
    calls: dict[str, list[str]] = {}
    for link in root.iter(html("a")):
        if link.get("role") == "doc-noteref":
            calls.setdefault(link.get("href", "")[1:], []).append(link.get("id", ""))
    for note in root.iter(html("div")):
        back = [link for link in note.iter(html("a")) if link.get("role") == "doc-backlink"]
        if note.get("role") != "doc-footnote" or not back:
            continue
        number = words(back[0]).strip(". ")
        known = {link.get("href", "")[1:] for link in back}
        for call in calls.get(note.get("id", ""), []):
            if call not in known:
                back.append(_another_way_back(note, back[0], call))
        for index, link in enumerate(back):
            letter = _letter(index) if len(back) > 1 else ""
            if index:
                link.text = letter
            link.set("aria-label", language.say("back_to_reference", number=f"{number}{letter}"))


def _another_way_back(note: etree._Element, first: etree._Element, call: str) -> etree._Element:
    paragraphs = list(note.iter(html("p")))
    last = paragraphs[-1]
    space = last[-1] if len(last) else None
    if space is None:
        last.text = f"{last.text or ''} "
    else:
        space.tail = f"{space.tail or ''} "
    link = etree.SubElement(last, html("a"), {"href": f"#{call}"})
    for name in ("class", "role", TYPE):
        link.set(name, first.get(name, ""))
    return link


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else f"-{index + 1}"


# --- The first and the last paragraph ---


def mark_opening(body: etree._Element, drop_cap: bool) -> None:
    """Mark the first paragraph, and for a drop cap when it is long and begins with a letter that has a capital."""
    first = body[0] if len(body) else None
    if first is None or first.tag != html("p"):
        return
    add_class(first, "first")
    letter = re.match(r"\W*(.)", first.text or "")
    if drop_cap and len(words(first)) >= DROP_CAP_LENGTH and letter and letter[1].isalpha() and has_capitals(letter[1]):
        add_class(first, "opening")


def _has_a_page(element: etree._Element) -> bool:
    """Whether it is a box that stands behind its story on pages."""
    return {"sidebar", "page"} <= set(classes(element))


def mark_closing(body: etree._Element) -> None:
    """Mark the last paragraph for the end mark; a story that ends in a picture or a table has none."""
    last = body[-1] if len(body) else None
    while last is not None and ({*classes(last)} & {"filler", "pullquote", "signature"} or _has_a_page(last)):
        last = last.getprevious()
    while last is not None and len(last) and etree.QName(last[-1]).localname in _BLOCKS:
        last = last[-1]
    if last is not None and etree.QName(last).localname in _BLOCKS:
        add_class(last, "closing")
