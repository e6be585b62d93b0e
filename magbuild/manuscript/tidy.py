"""A well-formed tree from anything: events of Markdown and of raw HTML come in, a safe tree comes out, no word lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from magbuild.manuscript import marks
from magbuild.manuscript.attributes import AT
from magbuild.manuscript.builder import BODY, Builder, Open
from magbuild.manuscript.engine import Parsed
from magbuild.manuscript.events import End, Event, Piece, Start, Tag, Text, events
from magbuild.manuscript.rawhtml import Token, decode
from magbuild.manuscript.reading import Reading
from magbuild.manuscript.safety import FOREIGN, NAMESPACES, Verdict, Vetted, is_html, is_void, vet, vet_foreign
from magbuild.manuscript.tables import TOO_LONG

_CELLS, _TERMS, _GROUPS = ("td", "th"), ("dt", "dd"), ("thead", "tbody", "tfoot")
# Raw start tags that end what was left open: the names of that, and what keeps it open all the same.
_ENDS: Final = {
    "li": (("li",), ("ul", "ol")),
    **dict.fromkeys(_TERMS, (_TERMS, ("dl",))),
    **dict.fromkeys(_CELLS, (_CELLS, ("tr", "table"))),
    "tr": (("tr",), ("table",)),
    **dict.fromkeys(_GROUPS, ((*_GROUPS, "caption", "colgroup"), ("table",))),
}


def tidy(parsed: Parsed, reading: Reading, kind: str = BODY) -> Element:
    """Return a tree in which every tag is safe, closed and at a place where it may stand.

    A tree of the kind LINE holds no blocks, only what is in them.
    """
    root = Element(kind)
    work = _Work(reading, Builder(reading, [Open(typed="", name=kind, element=root)]), tuple(events(parsed)))
    index = 0
    while index < len(work.row):
        index = work.take(index)
    work.builder.end()
    return root


@dataclass(slots=True)
class _Work:
    """A row of events on its way into the builder; `pieces` are the depths at which whole pieces of HTML began."""

    reading: Reading
    builder: Builder
    row: Sequence[Event]
    pieces: list[int] = field(default_factory=list)

    def take(self, index: int) -> int:
        """Put one event into the tree; return the number of the next one."""
        match self.row[index]:
            case Text(text):
                self.builder.text(text)
            case Start(element):
                self._start(element)
            case End(element):
                self.builder.finish(element)
            case Tag(token) if not is_html(token.name):
                self.builder.text(token.text)
            case Tag(token, lasting):
                return self._end_raw(token, index) if token.end else self._start_raw(token, lasting, index)
            case Piece(True):
                self.pieces.append(len(self.builder.stack))
            case Piece():
                self.builder.close_to(min(self.pieces.pop(), len(self.builder.stack)))
        return index + 1

    # --- Markdown's own elements ---

    def _start(self, element: Element) -> None:
        entry = Open(typed=element.tag, name=element.tag, source=element, attributes=dict(element.attrib))
        if not element.tag.startswith("x-"):
            too_long = entry.attributes.pop(TOO_LONG, None)
            typed = {name: decode(value or "", literal=False) for name, value in entry.attributes.items()}
            vetted = vet(element.tag, typed, self.reading)
            entry.name = vetted.name if vetted.verdict is Verdict.KEEP else ""
            entry.attributes = vetted.attributes
            if too_long is not None:
                entry.attributes[TOO_LONG] = too_long
        self.builder.begin(entry)

    # --- Raw tags ---

    def _start_raw(self, token: Token, lasting: bool, index: int) -> int:
        typed, attributes = token.name.lower(), token.attributes or {}
        inside = next((entry.name for entry in self.builder.stack if entry.name in FOREIGN), None)
        foreign = inside or (typed if typed in FOREIGN else None)
        if foreign:
            vetted = vet_foreign(foreign, token.name, attributes, self.reading)
        else:
            vetted = vet(typed, attributes, self.reading)
        void = token.closed or (foreign is None and is_void(typed))
        if inside and typed in FOREIGN:
            vetted = Vetted(Verdict.UNWRAP, typed, {})
        if vetted.verdict is Verdict.DROP:
            return index + 1 if void else self._behind(index, typed)
        kept = vetted.name if vetted.verdict is Verdict.KEEP else ""
        at = marks.first("".join(attributes))
        entry = Open(typed=typed, name=kept, attributes=vetted.attributes, at=at, lasting=lasting)
        if foreign and not inside:
            entry.attributes |= {"xmlns": NAMESPACES[foreign]} | ({} if at is None else {AT: str(at)})
        if inside:
            self.builder.open_foreign(entry)
        else:
            self._end_implied(vetted.name)
            self.builder.open(entry)
        if void:
            self.builder.close_to(len(self.builder.stack) - 1, ended=True)
        return index + 1

    def _end_raw(self, token: Token, index: int) -> int:
        """Close the nearest raw element of a name; an end tag that closes nothing is left out."""
        typed, stack = token.name.lower(), self.builder.stack
        for level in range(len(stack) - 1, 0, -1):
            entry = stack[level]
            if entry.source is None and entry.typed == typed:
                self.builder.close_to(level, ended=True)
                return index + 1
            if entry.source is not None and entry.name not in ("p", ""):
                break
        if typed not in ("p", "br") and not is_void(typed):
            at = marks.first("".join(token.attributes or ()))
            self.reading.warn(at, "stray-tag", f"</{typed}> closes nothing", "take it out of the manuscript")
        return index + 1

    def _end_implied(self, name: str) -> None:
        """Close what a raw start tag ends without saying so."""
        ends, keepers = _ENDS.get(name, ((), ()))
        for level in range(len(self.builder.stack) - 1, 0, -1):
            entry = self.builder.stack[level]
            if entry.name in keepers or (entry.source is not None and entry.name != "p"):
                return
            if entry.name in ends:
                self.builder.close_to(level, ended=True)
                return

    def _behind(self, index: int, name: str) -> int:
        """Return the number of the event behind the end tag that ends here what is left out with its content.

        Without an end tag only the start tag is left out.
        """
        depth = 0
        for later in range(index + 1, len(self.row)):
            match self.row[later]:
                case Start():
                    depth += 1
                case End():
                    depth -= 1
                case Piece(False) if depth == 0:
                    break
                case Tag(token) if token.end and token.name.lower() == name and depth == 0:
                    return later + 1
            if depth < 0:
                break
        return index + 1
