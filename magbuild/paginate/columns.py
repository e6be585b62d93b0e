"""Columns that the layout engine has tried and then sets for good, laid out once instead of twice."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from magbuild.paginate.blocks import is_plain

Conditions = tuple[object, ...]


@contextmanager
def kept() -> Iterator[None]:
    """Let the engine keep the columns it has tried for as long as the block runs.

    It first tries how much goes into columns as high as the page, and when that is not everything, sets
    the same columns again on the same conditions, but for their place from left to right. A column that was
    tried is moved there instead (5 % faster), unless something in it is known outside of it, as is what floats,
    what has a place of its own, and a note, or trying leaves traces, as it does in tables.
    """
    lay_out = block.block_box_layout
    tried: dict[str, tuple[Conditions, Any, float, Any]] = {}  # by where in the text they begin

    def lay_out_once(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **more: Any
    ) -> tuple[Any, ...]:
        if not box.is_column or bottom_space == inf or not _alone(context):
            return lay_out(context, box, bottom_space, skip_stack, *rest, **more)  # type: ignore[no-any-return]
        containing, page_is_empty, _, _, margins, first_letter, first_line = rest
        start = repr(skip_stack)
        # For good, the engine asks for no margins; it has no better sign.
        if margins is None and first_letter is None and first_line is None and start in tried:
            known, _, x, result = tried.pop(start)  # the box was kept for the identity of its children
            same = known == _conditions(context, box, bottom_space, containing, page_is_empty)
            (begin,) = skip_stack or (0,)
            if same and _leaves_no_traces(box.children[begin:]):
                result[0].translate(box.position_x - x)
                return result  # type: ignore[no-any-return]
        conditions = _conditions(context, box, bottom_space, containing, page_is_empty)
        x = box.position_x
        result = lay_out(context, box, bottom_space, skip_stack, *rest, **more)
        tried.pop(start, None)
        if margins is not None and result[0] is not None and _alone(context) and is_plain(result[0]):
            tried[start] = conditions, box, x, result
        return result  # type: ignore[no-any-return]

    block.block_box_layout = lay_out_once
    try:
        yield
    finally:
        block.block_box_layout = lay_out


@contextmanager
def looked_behind_once() -> Iterator[None]:
    """Let the engine look only once at the box behind each column for as long as the block runs.

    To balance columns it wants to know how high that box is at least, again at each height that it tries (1 % faster).
    """
    lay_out = block.block_box_layout
    known: dict[Conditions, tuple[Any, Any]] = {}  # the box is kept for the identity of its children

    def look_once(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **more: Any) -> Any:
        if not box.is_column or bottom_space != inf or not _alone(context):
            return lay_out(context, box, bottom_space, skip_stack, *rest, **more)
        containing, page_is_empty, *_, first_letter, first_line = rest
        seen = repr(skip_stack), *_conditions(context, box, bottom_space, containing, page_is_empty)
        if seen in known:
            return known[seen][1]
        result = lay_out(context, box, bottom_space, skip_stack, *rest, **more)
        new_box, *_ = result
        is_same_again = first_letter is None and first_line is None and new_box is not None and is_plain(new_box)
        if is_same_again and _alone(context) and _leaves_no_traces([new_box]):
            known[seen] = box, result
        return result

    block.block_box_layout = look_once
    try:
        yield
    finally:
        block.block_box_layout = lay_out


def _conditions(context: Any, box: Any, bottom_space: float, containing: Any, page_is_empty: bool) -> Conditions:
    """Return all that the layout of a column depends on, but for its place from left to right."""
    return (
        id(context),
        context.current_page,
        context.page_bottom,
        context.forced_break,
        bottom_space,
        bool(page_is_empty),
        id(containing),
        box.position_y,
        box.width,
        tuple(map(id, box.children)),
    )


def _alone(context: Any) -> bool:
    """Whether the page knows of nothing that could stand beside the columns, or come into them."""
    return not (
        context.footnotes
        or context.current_page_footnotes
        or context.reported_footnotes
        or context.broken_out_of_flow
        or any(elements for pages in context.running_elements.values() for elements in pages.values())
    )


def _leaves_no_traces(children: Sequence[Any]) -> bool:
    """Whether all that stands in boxes is set the same way however often it is tried."""
    return not any(
        isinstance(box, (boxes.TableBox, boxes.FlexBox, boxes.GridBox))
        or box.first_letter_style
        or box.first_line_style
        for child in children
        for box in child.descendants(placeholders=True)
    )
