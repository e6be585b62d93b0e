"""Notes: calls and definitions in Markdown come in; numbered calls and a list of notes come out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from magbuild.language import Language
from magbuild.manuscript import marks
from magbuild.manuscript.reading import Reading, suggestion
from magbuild.manuscript.trees import insert_text, parents, replace_by, text_of

CALL: Final = "x-call"
NOTE: Final = "x-note"
_ESCAPED = re.compile(r"\\(\W)")


# --- In Markdown ---


class NoteCalls(InlineProcessor):
    """Turns `[^name]` into an element that is numbered later, when the order of all calls is known."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: D102
        return Element(CALL, {"name": self.unescape(m[1])}), m.start(), m.end()


class NoteTexts(Treeprocessor):
    """Reads the text of every definition and puts it at the end of the tree."""

    def __init__(self, notes: "Notes") -> None:
        super().__init__(notes.md)
        self.notes = notes

    def run(self, root: Element) -> None:
        """Append one element per definition, in their order."""
        for name, text in self.notes.definitions:
            self.notes.parser.parseChunk(SubElement(root, NOTE, {"name": name}), text)


class Notes(FootnoteExtension):
    """Footnotes that keep where they stand, and every definition of a name that is defined twice."""

    def __init__(self) -> None:
        self.definitions: list[tuple[str, str]] = []
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register with Markdown."""
        self.parser, self.md = md.parser, md
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(NoteCalls(r"\[\^([^\]\n]+)\]", md), "footnote", 175)
        md.treeprocessors.register(NoteTexts(self), "footnote", 50)

    def setFootnote(self, id: str, text: str) -> None:
        """Keep a definition; `id` is its name with a mark."""
        self.definitions.append((id, text))


# --- In the finished tree ---


def number_notes(body: Element, reading: Reading) -> Element:
    """Number the notes of a tree by the order of their calls; return their list, taken out of the tree.

    Calls of notes that aren't defined become text again, and notes that are never called come last.
    """
    definitions: dict[str, Element] = {}
    doubles: list[Element] = []
    for note in [child for child in body if child.tag == NOTE]:
        body.remove(note)
        name, at = _name(note)
        if name in definitions:
            reading.error(at, "double-note", f"note '{name}' is defined twice", "give one of them another name")
            doubles.append(note)
        else:
            definitions[name] = note
            if not text_of(note).strip():
                reading.warn(at, "empty-note", f"note '{name}' has no text", "write it behind the colon")
    numbering = _Numbering(definitions, reading)
    numbering.number(body)
    for name, note in definitions.items():
        if name not in numbering.called:
            message, hint = f"note '{name}' is never called", f"call it with [^{name}]"
            if name in numbering.unheard:
                message, hint = (
                    f"note '{name}' is called in a pull quote alone",
                    "call it in the words that this repeats",
                )
            reading.warn(_name(note)[1], "unused-note", message, hint)
            numbering.number(note)
    for note in doubles:
        numbering.number(note)
    called = [definitions[name] for name in numbering.called]
    spare = [note for name, note in definitions.items() if name not in numbering.called] + doubles
    notes = Element("x-notes")
    notes.extend(_numbered(note, number, reading) for number, note in enumerate(called, 1))
    notes.extend(_frame(note, number, reading) for number, note in enumerate(spare, len(called) + 1))
    return notes


@dataclass(slots=True)
class _Numbering:
    """Numbers calls in the order in which it is shown them; `called` are the names, and how often so far.

    Those in pull quotes are `unheard`, and left out.
    """

    definitions: Mapping[str, Element]
    reading: Reading
    called: dict[str, int] = field(default_factory=dict)
    unheard: set[str] = field(default_factory=set)

    def number(self, tree: Element) -> None:
        """Turn all calls in a tree into links, and those in the notes that it calls."""
        unheard = {call for box in tree.iter("aside") if box.get("aria-hidden") for call in box.iter(CALL)}
        trees = [tree]
        for part in trees:  # grows: notes may call notes
            above = parents(part)
            for call in list(part.iter(CALL)):
                name, at = _name(call)
                if name not in self.definitions:
                    self._complain(name, at)
                    replace_by(above[call], call, f"[^{name}]")
                elif call in unheard:
                    self.unheard.add(name)
                    replace_by(above[call], call, "")
                else:
                    if name not in self.called:
                        trees.append(self.definitions[name])
                    self.called[name] = self.called.get(name, 0) + 1
                    _link(call, list(self.called).index(name) + 1, self.called[name], self.reading)

    def _complain(self, name: str, at: int | None) -> None:
        if not self.reading.slug and not self.definitions:
            hint = "call it in the story's text, or write its words here, in brackets"
            self.reading.error(at, "undefined-note", f"note '{name}' is called in a field, which has no notes", hint)
            return
        meant = suggestion(name, tuple(self.definitions))
        hint = f"did you mean '{meant}'?" if meant else f"write [^{name}]: and its text under the story"
        self.reading.error(at, "undefined-note", f"note '{name}' is called but not defined", hint)


def _name(element: Element) -> tuple[str, int | None]:
    marked = element.get("name", "")
    return _ESCAPED.sub(r"\1", marks.restore(marked)).strip(), marks.first(marked)


def _link(call: Element, number: int, count: int, reading: Reading) -> None:
    call.attrib.clear()
    call.text = str(number)
    if not reading.slug:
        call.tag = "sup"
        return
    call.tag = "a"
    again = f"-{count}" if count > 1 else ""
    call.attrib.update(
        {
            "class": "noteref",
            "role": "doc-noteref",
            "id": reading.anchor(f"ref-{number}{again}"),
            "href": f"#{reading.anchor(f'note-{number}')}",
        }
    )


def _frame(note: Element, number: int, reading: Reading) -> Element:
    note.tag = "div"
    note.attrib.clear()
    note.attrib["class"] = "note"
    if reading.slug:
        note.attrib.update({"role": "doc-footnote", "id": reading.anchor(f"note-{number}")})
    if not len(note):
        SubElement(note, "p")
    return note


def _numbered(note: Element, number: int, reading: Reading) -> Element:
    """Frame a note and begin it with its number, which leads back to its first call."""
    _frame(note, number, reading)
    first = note[0]
    if first.tag != "p":
        first = Element("p")
        note.insert(0, first)
    if not reading.slug:
        insert_text(first, f"{number} ")
        return note
    back = Element(
        "a",
        {
            "class": "backlink",
            "role": "doc-backlink",
            "href": f"#{reading.anchor(f'ref-{number}')}",
            "aria-label": Language(code=reading.language).say("back_to_reference", number=number),
        },
    )
    back.text, back.tail = str(number), f" {first.text or ''}"
    first.text = None
    first.insert(0, back)
    return note
