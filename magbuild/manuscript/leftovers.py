"""Markup that Markdown didn't understand: a tree with marks comes in, problems come out, and the marks are gone."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from magbuild.manuscript import marks
from magbuild.manuscript.attributes import AT
from magbuild.manuscript.engine import Parsed
from magbuild.manuscript.marks import Kind, Mark
from magbuild.manuscript.reading import Reading, suggestion

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_AS_TYPED: Final = ("code", "pre", "svg", "math")
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*[^<>]*>")
_LINK_BEFORE = re.compile(r"\]\(\s*<?$")
_BY_NAME = re.compile(r"\[(?P<text>[^\[\]\n]+)\]\[(?P<name>[^\[\]\n]*)\]")
_LIST = re.compile(r"\{[^}\n]*\}")


def note_unused(parsed: Parsed, reading: Reading) -> None:
    """Note addresses and abbreviations that are defined in a text and stand nowhere in it."""
    titles = {element.get("title") for element in parsed.root.iter("abbr")}
    for name, meaning in parsed.abbreviations.items():
        if meaning not in titles:
            found = re.search(rf"^[ >]*\*\[{re.escape(name)}\]", reading.body, re.MULTILINE)
            message = f"abbreviation '{name}' ({marks.restore(meaning)}) stands nowhere in the text"
            hint = "take it out, or write it as it is defined"
            reading.warn(found.start() if found else None, "unused-abbreviation", message, hint)
    used = {marks.first(element.get(name, "")) for element in parsed.root.iter() for name in ("href", "src")}
    for name, (address, title) in parsed.references.items():
        at = marks.first(address)
        if at not in used:
            message = f"address '{marks.restore(address)}'{f' ({title})' if title else ''} of [{name}] is never used"
            reading.warn(at, "unused-link", message, f"write [text][{name}] where it belongs")


def note_unknown(body: Element, parsed: Parsed, reading: Reading) -> None:
    """Note links by a name, `[text][name]`, whose name is defined nowhere; they are still text."""
    known = tuple(parsed.references)
    for element in body.iter():
        texts = [child.tail for child in element]
        for text in [element.text, *texts] if element.tag not in _AS_TYPED else []:
            for found in _BY_NAME.finditer(text or ""):
                at = reading.body.find(marks.restore(found[0]))
                meant = suggestion(found["name"] or found["text"], known)
                hint = (
                    f"did you mean '{meant}'?" if meant else f"write [{found['name']}]: and its address under the story"
                )
                reading.warn(max(at, 0), "unknown-link", f"the link {marks.restore(found[0])} has no address", hint)


def settle_text(body: Element, reading: Reading) -> None:
    """Take the marks out of all text; note the ones that stand where something was to be read and wasn't.

    A heading keeps the place that its mark gives. Literal characters stay stand-ins.
    """
    todo: list[tuple[Element, bool, Element | None]] = [(body, False, None)]
    while todo:
        element, typed, heading = todo.pop()
        inside = typed or element.tag in _AS_TYPED
        head = element if element.tag in HEADINGS else heading
        element.text = _settled(element.text, inside, head, reading)
        for child in element:
            child.tail = _settled(child.tail, inside, head, reading)
            todo.append((child, inside, head))


def _settled(text: str | None, typed: bool, heading: Element | None, reading: Reading) -> str | None:
    if not text:
        return text
    if not typed:
        for mark in marks.find(text):
            if mark.kind is not Kind.HEADING:
                _judge(mark, reading)
            elif heading is not None:
                heading.set(AT, str(mark.number))
    return marks.strip(text)


def _judge(mark: Mark, reading: Reading) -> None:
    """Note a mark that was left in text that is read."""
    at, typed = mark.number, reading.body[mark.number : mark.number + 200]
    if mark.kind is Kind.UNKNOWN and (found := _TAG.match(typed)):
        message = f"{found[0]} is no tag of HTML and is printed as text"
        reading.warn(at, "unknown-tag", message, f"write \\{found[0]} if it is meant so")
    elif mark.kind is Kind.ATTRIBUTES and (found := _LIST.match(typed)):
        message = f"'{found[0]}' belongs to nothing here and is printed as text"
        hint = "put it directly behind a phrase, or on the last line of a paragraph"
        reading.warn(at, "stray-attributes", message, hint)
    elif mark.kind is Kind.SLASHES:
        message = "a block can't begin or end inside a list or a quotation"
        reading.error(at, "stray-block", message, "put '///' at the beginning of its line")
    elif mark.kind is Kind.ADDRESS and (found := _LINK_BEFORE.search(reading.body, max(at - 20, 0), at)):
        hint = "write [text](address), or \\[ for a bracket that is text"
        reading.warn(found.start(), "broken-link", "this link isn't complete and is printed as text", hint)
