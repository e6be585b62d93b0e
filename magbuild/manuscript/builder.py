"""A stack that builds a well-formed tree: what opens and closes comes in, in any order; elements come out."""

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from magbuild.manuscript.blocks import BLOCK
from magbuild.manuscript.notes import CALL, NOTE
from magbuild.manuscript.reading import Reading
from magbuild.manuscript.safety import FOREIGN, PHRASING
from magbuild.manuscript.trees import append_text, parents, replace_by

# What must stand inside what; in another place it becomes a plain box.
_PARENTS: Final = {
    "li": ("ul", "ol"),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
    **dict.fromkeys(("thead", "tbody", "tfoot", "caption", "colgroup"), ("table",)),
    "col": ("colgroup",),
    "tr": ("table", "thead", "tbody", "tfoot"),
    **dict.fromkeys(("td", "th"), ("tr",)),
    "figcaption": ("figure",),
    **dict.fromkeys(("rt", "rp"), ("ruby",)),
}
# What alone may stand in it; the first one is made for anything else.
_CHILDREN: Final = {
    **dict.fromkeys(("ul", "ol"), ("li",)),
    "dl": ("dd", "dt"),
    "table": ("tr", "thead", "tbody", "tfoot", "caption", "colgroup"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("tr",)),
    "tr": ("td", "th"),
}
# What holds paragraphs and never bare text.
_FRAMES: Final = (BLOCK, NOTE)
_VERSE: Final = "verse"
# The elements of MathML that hold text.
_MATH_TEXT: Final = frozenset({"mi", "mn", "mo", "ms", "mtext"})
BODY, LINE = "x-body", "x-line"
_TEXT_ONLY: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "pre", "caption", LINE})
_END_OPTIONAL: Final = frozenset({"p", *_PARENTS})


@dataclass(slots=True, kw_only=True)
class Open:
    """An element that is open while the tree is built.

    `typed` is the name of its end tag, `name` what it became, empty when only its content stays.
    `source` is the element of Markdown's that it was, None for a raw tag. A paragraph has no element
    until something is put into it. A lasting tag stays open over the paragraphs behind it.
    """

    typed: str
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    source: Element | None = None
    element: Element | None = None
    at: int | None = None
    lasting: bool = False


@dataclass(slots=True)
class Builder:
    """Builds one tree; `stack` holds what is open, the root first.

    `floors` says for every element of Markdown's that has begun how little of the stack was left since then;
    `implied` are the elements that nobody typed.
    """

    reading: Reading
    stack: list[Open]
    floors: list[int] = field(default_factory=list)
    implied: list[Open] = field(default_factory=list)

    def text(self, text: str) -> None:
        """Put text where it belongs."""
        blank = not text.strip()
        inside = self._inside()
        if inside.name not in _MATH_TEXT and any(other.name == "math" for other in self.stack):
            if not blank:
                SubElement(self._made(inside), "mtext").text = text
            return
        if blank and (inside.name in _CHILDREN or inside.element is None or inside.name == BODY):
            return
        append_text(self._made(self._for_phrasing()), text)

    def open(self, entry: Open) -> None:
        """Open an element; one that may not stand here leaves its content only."""
        if any(other.name in FOREIGN for other in self.stack):
            if entry.name == CALL:
                self.text(f"[^{entry.attributes['name']}]")
            entry.name = ""
        elif entry.name in PHRASING:
            self._open_phrasing(entry)
        elif entry.name:
            self._open_block(entry)
        self.stack.append(entry)
        if entry.name and entry.name != "p":
            self._make(entry, len(self.stack) - 1)

    def open_foreign(self, entry: Open) -> None:
        """Open an element of SVG or MathML inside another one."""
        self.stack.append(entry)
        if entry.name:
            self._make(entry, len(self.stack) - 1)

    def begin(self, entry: Open) -> None:
        """Open an element of Markdown's; the notes come behind everything, whatever is open."""
        if entry.name == NOTE:
            self.close_to(1)
        self.floors.append(len(self.stack))
        self.open(entry)

    def finish(self, source: Element) -> None:
        """Close an element of Markdown's, and what was opened in it."""
        floor = self.floors.pop()
        level = next((level for level, entry in enumerate(self.stack) if entry.source is source), None)
        if level is None:
            # Something in it closed it before its time.
            lasting = [level for level, entry in enumerate(self.stack) if entry.lasting and level >= floor]
            level = max([floor, *(level + 1 for level in lasting)])
        self.close_to(level)

    def end(self) -> None:
        """Close everything, and take out the cells and items that were made for text and stayed empty."""
        self.close_to(1)
        above = parents(self._made(self.stack[0]))
        for entry in reversed(self.implied):
            if entry.element is not None and len(entry.element) == 0 and not entry.element.text:
                replace_by(above[entry.element], entry.element, "")
        for terms in [element for element in self._made(self.stack[0]).iter("dl") if not _is_paired(element)]:
            terms.tag = "ul"
            for item in terms:
                item.tag = "li"

    def close_to(self, level: int, ended: bool = False) -> None:
        """Close what is open above a level of the stack; `ended`: the lowest of it has its end tag."""
        self.floors = [min(floor, level) for floor in self.floors]
        while len(self.stack) > level:
            entry = self.stack.pop()
            has_end = ended and len(self.stack) == level
            if entry.at is not None and entry.source is None and entry.name and not has_end:
                self._complain(entry)

    def _complain(self, entry: Open) -> None:
        if entry.typed not in _END_OPTIONAL:
            hint = f"write </{entry.typed}> where it ends"
            self.reading.warn(entry.at, "unclosed-tag", f"<{entry.typed}> is not closed", hint)

    # --- Where things go ---

    def _inside(self) -> Open:
        """Return what text would be put into."""
        return next(entry for entry in reversed(self.stack) if entry.name)

    def _for_phrasing(self) -> Open:
        """Return what text may be put into, opening a paragraph, an item or a cell where it needs one."""
        inside = self._inside()
        while inside.name in _CHILDREN:
            self._imply(_CHILDREN[inside.name][0])
            inside = self._inside()
        if inside.name == BODY or (inside.name in _FRAMES and inside.attributes.get("kind") != _VERSE):
            self._imply("p")
        return self._inside()

    def _imply(self, name: str) -> None:
        entry = Open(typed=name, name=name)
        self.stack.append(entry)
        self.implied.append(entry)
        if name != "p":
            self._make(entry, len(self.stack) - 1)

    def _open_phrasing(self, entry: Open) -> None:
        self._for_phrasing()
        if entry.name == "a" and any(other.name == "a" for other in self.stack):
            entry.name = ""

    def _open_block(self, entry: Open) -> None:
        """Make room for a block: paragraphs end before it, and it gets the parent it must have."""
        self._leave_phrasing(entry)
        if not entry.name:
            return
        if self._inside().name == "p":
            self.close_to(self._level(self._inside()))
        inside = self._inside()
        if inside.name in _TEXT_ONLY or inside.attributes.get("kind") == _VERSE:
            entry.name = ""
            return
        while inside.name in _CHILDREN and entry.name not in _CHILDREN[inside.name]:
            self._imply(_CHILDREN[inside.name][0])
            inside = self._inside()
        if inside.name not in _PARENTS.get(entry.name, (inside.name,)):
            entry.name = "div"

    def _leave_phrasing(self, entry: Open) -> None:
        """Close what a block can't stand in; a raw block gives way to what Markdown opened, or another raw tag."""
        lowest = len(self.stack)
        while lowest > 1 and (not self.stack[lowest - 1].name or self.stack[lowest - 1].name in PHRASING):
            lowest -= 1
        phrases = [other for other in self.stack[lowest:] if other.name]
        if not phrases:
            return
        if entry.source is None or any(other.source is not None for other in phrases):
            entry.name = ""
        else:
            self.close_to(self._level(phrases[0]))

    def _level(self, entry: Open) -> int:
        return next(level for level, other in enumerate(self.stack) if other is entry)

    # --- Elements ---

    def _made(self, entry: Open) -> Element:
        if entry.element is None:
            self._make(entry, self._level(entry))
        assert entry.element is not None
        return entry.element

    def _make(self, entry: Open, level: int) -> None:
        above = next(other for other in reversed(self.stack[:level]) if other.name)
        entry.element = SubElement(self._made(above), entry.name, entry.attributes)


def _is_paired(terms: Element) -> bool:
    """Whether a definition list begins with a term and ends with a definition."""
    return len(terms) > 1 and terms[0].tag == "dt" and terms[-1].tag == "dd"
