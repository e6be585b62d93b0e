"""Attribute lists such as `{.page}` or `{lang=fr}`: Markdown's tree comes in, its elements get their attributes.

Python-Markdown's own extension mixes up text when a line holds two lists, and takes any words in braces for a list.
This one knows only lists that were marked as such.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor

from magbuild.manuscript.marks import ATTRIBUTES_START

_LIST: Final = rf"\{{:?[ ]*{ATTRIBUTES_START}(?P<list>[^}}\n]*)\}}"
_AT_START = re.compile(_LIST)
_AT_END = re.compile(rf"[ ]+{_LIST}[ ]*$")
_LAST_LINE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s=]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+))|(?P<word>\S+)"""
)
# Elements that have their list at the end of their text; other blocks have it on a line of its own.
_ONE_LINE: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th")
_LISTS: Final = ("ul", "ol", "dl")

# The attribute of an element that keeps the mark of where it was typed, until the tree is finished.
AT: Final = "x-at"


def assign(element: Element, found: re.Match[str]) -> None:
    """Give an element the attributes of a list that was found."""
    for part in _ATTRIBUTE.finditer(found["list"]):
        name, word = part["name"], part["word"]
        if word and word[0] == ".":
            element.set("class", " ".join(filter(None, (element.get("class"), word[1:]))))
        elif word and word[0] == "#":
            element.set("id", word[1:])
        elif name:
            element.set(name, part["double"] or part["single"] or part["bare"] or "")
    element.set(AT, _mark_of(found))


def _mark_of(found: re.Match[str]) -> str:
    """Return the mark of a list, to be kept on the element that has it."""
    return found[0].partition("x=")[2].partition(" ")[0]


def take_last_line(text: str) -> tuple[str, re.Match[str] | None]:
    """Return a text without the attribute list on its last line, and the list."""
    found = _LAST_LINE.search(text)
    return (text[: found.start()], found) if found else (text, None)


def place_of(element: Element) -> int | None:
    """Return the offset of what was typed for an element, once its marks are gone."""
    at = element.get(AT)
    return int(at) if at else None


class Phrases(LinkInlineProcessor):
    """Phrases that get attributes without being emphasised: `[Zeitgeist]{lang=de}`."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return a phrase when a list stands directly behind its brackets."""
        text, end, closed = self.getText(data, m.end())
        found = _AT_START.match(data, end) if closed else None
        if found is None:
            return None, None, None
        phrase = Element("span")
        phrase.text = text
        assign(phrase, found)
        return phrase, m.start(), found.end()


class AttributeLists(Treeprocessor):
    """Gives elements the attributes that are written behind or under them."""

    def run(self, root: Element) -> None:
        """Go through the tree once; text that was a list is removed."""
        for element in root.iter():
            if self.md.is_block_level(element.tag):
                self._block(element)
            else:
                self._inline(element)

    def _inline(self, element: Element) -> None:
        while found := _AT_START.match(element.tail or ""):
            assign(element, found)
            element.tail = (element.tail or "")[found.end() :]

    def _block(self, element: Element) -> None:
        pattern = _AT_END if element.tag in _ONE_LINE else _LAST_LINE
        # An item's own text ends where the list inside it begins.
        own = next((index for index, child in enumerate(element) if child.tag in _LISTS), len(element))
        before = element[own - 1] if own else None
        text = (element.text if before is None else before.tail) or ""
        found = pattern.search(text)
        if found is None:
            return
        assign(element, found)
        text = text[: found.start()]
        if before is None:
            element.text = text
        else:
            before.tail = text
