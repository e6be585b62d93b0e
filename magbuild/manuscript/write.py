"""Finished trees as text: elements come in, well-formed XML comes out."""

import re
import unicodedata
from typing import Final
from xml.etree.ElementTree import Element

from magbuild.manuscript import marks
from magbuild.manuscript.safety import PHRASING, VOID

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": " "})
_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\r": " ", "\t": " "}
)
# Characters for two or three letters that come with copied text; fonts join letters where it becomes them.
_JOINED: Final = str.maketrans(
    {
        **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
        **{"Ĳ": "IJ", "ĳ": "ij", "Ǆ": "DŽ", "ǅ": "Dž", "ǆ": "dž", "Ǉ": "LJ", "ǈ": "Lj", "ǉ": "lj"},
        **{"Ǌ": "NJ", "ǋ": "Nj", "ǌ": "nj"},
    }
)
_WORD = re.compile(r"\w+(?:['’.,\u2010\u2011-]\w+)*")


def write(tree: Element) -> str:
    """Return what is inside an element, without the element; blocks at its top stand on lines of their own."""
    parts: list[str] = [_text(tree.text)]
    for child in tree:
        _element(child, parts)
        parts.append(_text(child.tail))
        if child.tag not in PHRASING:
            parts.append("\n")
    return "".join(parts).strip("\n ")


def count_words(*trees: Element) -> int:
    """Return the number of words in the text of trees, as they are printed; numbers of notes aren't words."""
    return sum(len(_WORD.findall(" ".join(_words(tree)))) for tree in trees)


def _words(element: Element) -> list[str]:
    texts: list[str] = []
    todo: list[Element | str] = [element]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            texts.append(marks.restore(item))
            continue
        numbered = item.get("role") in ("doc-noteref", "doc-backlink")
        if not numbered and item.text:
            texts.append(item.text)
        for child in reversed(item) if not numbered else ():
            todo += [child.tail or "", child]
    return texts


def _element(root: Element, parts: list[str]) -> None:
    todo: list[Element | str] = [root]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        attributes = "".join(
            f' {name}="{_attribute(value)}"'
            for name, value in item.attrib.items()
            if not name.startswith("x-") and (value or name != "class")
        )
        if item.tag in VOID:
            parts.append(f"<{item.tag}{attributes}/>")
            continue
        parts.append(f"<{item.tag}{attributes}>{_text(item.text)}")
        todo.append(f"</{item.tag}>")
        for child in reversed(item):
            todo += [_text(child.tail), child]


def _text(text: str | None) -> str:
    """Return text as it is written: composed, as fonts have letters with their accents and searches look for them."""
    if not text:
        return ""
    return unicodedata.normalize("NFC", _NOT_XML.sub("", marks.restore(text)).translate(_JOINED)).translate(_TEXT)


def _attribute(text: str) -> str:
    return _NOT_XML.sub("", marks.restore(text)).translate(_ATTRIBUTE)
