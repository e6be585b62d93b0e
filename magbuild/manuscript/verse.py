"""Verse: lines as typed come in, stanzas of lines with their indents come out."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from magbuild.manuscript.notes import CALL
from magbuild.manuscript.trees import append_text, text_of

EM_SPACE: Final = "\u2003"
_SPACES_PER_EM: Final = 2


def make_verse(block: Element) -> None:
    """Set the text of a block as stanzas; markup that runs over several lines is opened again on each."""
    lines = list(_lines(block))
    block.tag, block.text = "div", None
    block.set("class", "verse")
    for child in list(block):
        block.remove(child)
    stanza: Element | None = None
    for line in lines:
        if not _filled(line):
            stanza = None
            continue
        if stanza is None:
            stanza = SubElement(block, "p", {"class": "stanza"})
        else:
            SubElement(stanza, "br")
        _indent(line)
        stanza.append(line)


def _lines(block: Element) -> Iterator[Element]:
    """Yield the lines of a block, empty ones too, each with a copy of the elements it runs through."""
    line = Element("span", {"class": "line"})
    path: list[tuple[Element, Element]] = []  # an element of the block and its copy on this line

    def fresh() -> Element:
        top = Element("span", {"class": "line"})
        inner = top
        for depth, (source, _) in enumerate(path):
            attributes = {key: value for key, value in source.attrib.items() if key != "id"}
            inner = SubElement(inner, source.tag, attributes)
            path[depth] = (source, inner)
        return top

    todo: list[Element | str | None] = [block]
    first = True
    while todo:
        item = todo.pop()
        if item is None:
            path.pop()
        elif isinstance(item, str):
            for number, part in enumerate(item.split("\n")):
                if number:
                    yield line
                    line = fresh()
                append_text(path[-1][1] if path else line, part)
        elif item.tag == "br":
            yield line
            line = fresh()
        else:
            if not first:
                path.append((item, SubElement(path[-1][1] if path else line, item.tag, item.attrib)))
                todo.append(None)
            first = False
            for child in reversed(item):
                # A hard line break has its own line break behind it.
                tail = child.tail or ""
                todo += [tail.removeprefix("\n") if child.tag == "br" else tail, child]
            todo.append(item.text or "")
    yield line


def _filled(line: Element) -> bool:
    return bool(text_of(line).strip()) or any(element.tag in ("img", CALL) for element in line.iter())


def _indent(line: Element) -> None:
    """Keep the spaces that a line begins with as em spaces."""
    inner = line
    while not inner.text and len(inner):
        inner = inner[0]
    text = inner.text or ""
    bare = text.lstrip(" \t")
    spaces = len(text.expandtabs(4)) - len(bare)
    inner.text = EM_SPACE * ((spaces + _SPACES_PER_EM - 1) // _SPACES_PER_EM) + bare
