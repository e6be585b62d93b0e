"""Which structure element an element of HTML becomes, by its role or else its name; and what nobody reads aloud."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}svg"
MATH = "{http://www.w3.org/1998/Math/MathML}math"

# Elements that only group others, and leave no trace, are in neither table.
_BY_NAME: Mapping[str, str] = MappingProxyType(
    {
        **{"article": "Art", "section": "Sect", "aside": "Sect", "blockquote": "BlockQuote"},
        **{"p": "P", "pre": "P", "address": "P", "figcaption": "Caption"},
        **{"ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody"},
        **{"table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot"},
        **{"tr": "TR", "th": "TH", "td": "TD"},
        **{"a": "Link", "q": "Quote", "code": "Code", "img": "Figure", SVG: "Figure", MATH: "Formula"},
    }
)
_BY_ROLE: Mapping[str, str] = MappingProxyType(
    {
        **{"article": "Art", "region": "Sect", "note": "Note", "doc-footnote": "Note", "doc-endnote": "Note"},
        **{"list": "L", "listitem": "LI", "img": "Figure"},
    }
)
# Elements of phrases: they stand in a paragraph, and their own text makes none.
_PHRASING = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark"),
        *("q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
        *(SVG, MATH),
    ]
)
_NO_ROLE = ("presentation", "none")
CONTENTS_ROLES = frozenset(["doc-toc", "doc-index", "navigation"])


def is_comment(element: Element) -> bool:
    """Whether it is a comment, which has no name."""
    return not isinstance(element.tag, str)


def kind_of(element: Element) -> str:
    """Return the type of structure element, "" for one that only groups."""
    role = element.get("role", "")
    if role in _NO_ROLE:
        return ""
    return _BY_ROLE.get(role) or _BY_NAME.get(str(element.tag), "")


def is_phrasing(element: Element) -> bool:
    """Whether an element is part of a phrase."""
    return element.tag in _PHRASING


def rank_of(element: Element) -> int:
    """Return the rank of a heading, from 1; 0 for what is none."""
    name = str(element.tag)
    if element.get("role") == "heading":
        level = element.get("aria-level", "")
        return int(level) if level.isdigit() and int(level) else 2
    return int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0


def is_contents(element: Element) -> bool:
    """Whether lists in an element are tables of contents."""
    return element.tag == "nav" or element.get("role") in CONTENTS_ROLES


def alternative_of(element: Element) -> str:
    """Return what a picture or formula shows, in words."""
    label = element.get("aria-label") or element.get("alt") or element.get("alttext") or ""
    if not label and element.tag == SVG:
        title = element.find(f"{SVG[:-3]}title")
        label = "" if title is None else "".join(title.itertext())
    if not label and element.tag in (SVG, MATH):
        label = "".join(element.itertext())
    return " ".join(label.split())


def words_of(element: Element) -> str:
    """Return what is said of a link: its label, or what stands in it."""
    said = element.get("aria-label") or "".join(_said(element))
    return " ".join(said.split())


def _said(element: Element) -> Iterator[str]:
    if is_unread(element):
        return
    if kind_of(element) in ("Figure", "Formula"):
        yield alternative_of(element)
        return
    yield element.text or ""
    for child in element:
        yield from _said(child)
        yield child.tail or ""


def is_unread(element: Element) -> bool:
    """Whether an element is decoration: screen readers pass over it and all that is in it."""
    if element.get("aria-hidden") == "true":
        return True
    is_picture = element.tag in ("img", SVG) or kind_of(element) == "Figure"
    return is_picture and (element.get("role") in _NO_ROLE or not alternative_of(element))
