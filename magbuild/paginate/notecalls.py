"""Notes and their calls: the boxes of a galley come in; its notes come out, and which of them a page calls or will."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from magbuild.paginate.boxtree import feet, text_boxes
from magbuild.paginate.rhythm import word

LEAST = 100.0  # px of columns that tell how many letters go into them


def taken_out(box: Any) -> Iterator[Any]:
    """Take the sets of notes that go to the foot of pages out of a box, and yield them."""
    if not isinstance(box, boxes.BlockContainerBox):
        return
    for child in box.children:
        if _goes_to_foot(child):
            yield child
        else:
            yield from taken_out(child)
    if any(map(_goes_to_foot, box.children)):
        box.children = tuple(child for child in box.children if not _goes_to_foot(child))


def _goes_to_foot(box: Any) -> bool:
    """Whether a style says of its own box, not of one around it, that its notes go to the foot."""
    value, _ = getattr(box.style, "cascaded", {}).get("__notes", ((), None))
    return word(value) == "foot" and bool(notes_in(box))


def notes_in(box: Any) -> dict[str, Any]:
    """Return the notes in a box by their names, in their order."""
    if name := _name(box):
        return {name: box}
    found: dict[str, Any] = {}
    for child in box.children if isinstance(box, boxes.ParentBox) else ():
        found |= notes_in(child)
    return found


def _name(box: Any) -> str:
    """Return the name of the note that a box is; an empty text when it is none."""
    is_note = box.element is not None and box.element.get("role") == "doc-footnote"
    return str(box.element.get("id", "")) if is_note else ""


def only(box: Any, names: frozenset[str]) -> Any:
    """Return a set of notes with nothing in it but some of them: its head belongs to the end of a text."""
    if _name(box):
        return box
    made = [child for child in box.children if "::" in (child.element_tag or "")]  # a rule
    children = [child for child in box.children if names & notes_in(child).keys()]
    return box.copy_with_children([*made, *(only(child, names) for child in children)])


def feet_of_notes(page: Any) -> list[Any]:
    """Return the boxes of notes that were set at the foot of a page."""
    return [box for foot in feet(page) for box in foot.children if hasattr(box, "flows")]


def heads_of_notes(page: Any) -> Iterator[Any]:
    """Yield the elements that stand before notes, and aren't set where these are at the foot of a page."""
    for foot in feet_of_notes(page):
        yield from _outside_notes(foot.element)


def _outside_notes(element: Any) -> Iterator[Any]:
    for child in element:
        if child.get("role") != "doc-footnote":
            yield child
            yield from _outside_notes(child)


def called(box: Any) -> set[str]:
    """Return the names of the notes that are called in a box."""
    return {name for inside in box.descendants(placeholders=True) if (name := _call(inside))}


def _call(box: Any) -> str:
    """Return the name of the note that a box calls; an empty text when it calls none."""
    if box.element_tag != "a" or box.element.get("role") != "doc-noteref":
        return ""
    return str(box.element.get("href", "")).removeprefix("#")


@dataclass(slots=True)
class Guess:
    """Which notes the next page is likely to call, told by how many letters stand before each call.

    `page` is the last one that was made, `read` how many letters have been laid out before each page, and `dense` how
    many go into a px of a page's height.
    """

    calls: dict[str, int]
    page: Any = None
    read: dict[int, int] = field(default_factory=dict)
    dense: float = 0.0

    @staticmethod
    def of(root_box: Any) -> "Guess":
        """Read where calls stand in a galley from which the notes are taken out."""
        calls: dict[str, int] = {}
        seen = 0
        for box in root_box.descendants():
            if name := _call(box):
                calls.setdefault(name, seen)
            elif isinstance(box, boxes.TextBox):
                seen += _letters(box)
        return Guess(calls)

    def made(self, number: int, page: Any, reserved: float) -> None:
        """Learn from a page that was made, with so many px reserved for notes."""
        self.page = page
        self.read[number] = self.read.get(number - 1, 0) + sum(map(_letters, text_boxes(page)))
        columns = [box for box in page.children[0].descendants() if box.is_column]
        beside = sum(box.position_y == columns[0].position_y for box in columns) or 1
        high = sum(box.height for box in columns) / beside if columns else page.height - reserved
        if high > LEAST:
            self.dense = sum(_letters(text) for box in columns or [page] for text in text_boxes(box)) / high

    def names(self, number: int, high: float) -> set[str]:
        """Return the names of the notes that a page is likely to call whose text is so many px high."""
        begin = self.read.get(number - 1, 0)
        return {name for name, before in self.calls.items() if before < begin + self.dense * high}


def _letters(box: Any) -> int:
    return len("".join(box.text.split()).removesuffix("-"))
