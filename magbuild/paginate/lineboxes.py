"""Lines of text that the layout engine has set before, set once more by copying them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from magbuild.paginate.flow import is_in_flow

Known = tuple[Any, Any, float]  # the line, where the text goes on, and where the room for it began


@contextmanager
def kept() -> Iterator[None]:
    """Let the engine keep the lines it has set for as long as the block runs.

    It sets each line about three times: to try columns, to balance them, and for good. A line that has nothing beside
    it, and nothing in it but words, depends on its text, on the place it begins at there, and on the room. It is
    copied and moved to its new place instead, so that the layout is the same to the byte.
    """
    set_line = inline.get_next_linebox
    known: dict[tuple[object, ...], Known] = {}
    texts: dict[int, Any] = {}  # kept for their identity
    restless: set[int] = set()  # their first letter or line becomes a box of its own, each time they are set

    def set_once(
        context: Any, text: Any, y: float, bottom_space: Any, skip_stack: Any, around: Any, *rest: Any
    ) -> tuple[Any, Any]:
        *_, first_letter, first_line = rest
        has_own_box = first_letter is not None or first_line is not None
        if has_own_box or (id(text) not in texts and not _is_plain(text)):
            restless.add(id(text))
        texts[id(text)] = text
        shapes = context.excluded_shapes
        if id(text) in restless or any(map(partial(_is_beside, y), shapes)):
            return set_line(context, text, y, bottom_space, skip_stack, around, *rest)  # type: ignore[no-any-return]
        key = (id(text), repr(skip_stack), around.width, text.text_indent)
        x = around.content_box_x()
        found = known.get(key)
        if found is not None:
            line, goes_on, known_x = found
            again = _copy(line, x - known_x, y - line.position_y)
            again.position_y = y
            text.position_y, text.width, text.height = y, again.width, again.height
            return again, goes_on
        context.excluded_shapes = []  # for any at all it would work out the least room that the line takes
        line, goes_on = set_line(context, text, y, bottom_space, skip_stack, around, *rest)
        context.excluded_shapes = shapes
        if line is not None and _is_plain(line):
            known[key] = _copy(line), goes_on, x
        return line, goes_on

    inline.get_next_linebox = set_once
    try:
        yield
    finally:
        inline.get_next_linebox = set_line


def _is_beside(y: float, shape: Any) -> bool:
    """Whether what floats reaches down to a line at `y`, or may."""
    return bool(shape.position_y >= y or shape.position_y + shape.margin_height() > y)


def _copy(box: Any, dx: float = 0.0, dy: float = 0.0) -> Any:
    """Return a copy of a box and of all in it, so many px further right and down."""
    copy = box.copy()
    if dx or dy:
        copy.position_x += dx
        copy.position_y += dy
    if isinstance(box, boxes.ParentBox):
        copy.children = tuple([_copy(child, dx, dy) for child in box.children])
    return copy


def _is_plain(line: Any) -> bool:
    """Whether there is nothing in a line but words, which may stand in boxes within the line."""
    return all(
        isinstance(box, (boxes.LineBox, boxes.InlineBox, boxes.TextBox))
        and not box.footnote
        and not box.note
        and is_in_flow(box)
        for box in (line, *line.descendants(placeholders=True))
    )
