"""Columns that the layout engine has tried and then sets for good, laid out once instead of twice."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, block

from magbuild.paginate.blocks import is_plain

Conditions = tuple[object, ...]
ROUNDING = 0.01  # px


@contextmanager
def kept() -> Iterator[None]:
    """Let the engine keep the columns it has tried for as long as the block runs.

    It first tries how much goes into columns as high as the page, and when that is not everything, sets
    the same columns again on the same conditions, but for their place from left to right. A column that was
    tried is moved there instead (5 % faster), unless something in it is known outside of it, as is what floats,
    what has a place of its own, and a note, or trying leaves traces, as it does in tables with collapsed borders.
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
            same = known == _conditions(context, box, bottom_space, containing, page_is_empty) or (
                # Where it balances columns, it takes the page for one that isn't empty.
                page_is_empty
                and known == _conditions(context, box, bottom_space, containing, False)
                and _begins_alike(result, skip_stack)
            )
            (begin,) = skip_stack or (0,)
            if same and _leaves_no_traces(filter(_was_tried, box.children[begin:])):
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


@contextmanager
def made_higher_at_once() -> Iterator[None]:
    """Let the engine lay a column that it makes higher out anew only when more goes in, for as long as the block runs.

    To balance columns it makes them higher by as little as a px at a time. By how much the nearest thing that didn't go
    in was too long is known from its own questions; until there is so much room, a column stays as it is (5 % faster).
    """
    lay_out, overflows = block.block_box_layout, LayoutContext.overflows_page
    # For each column that is being laid out: by how much the nearest thing is too long, in px.
    at_work: list[float] = []
    # The room below, what is lacking, the result, and the box, which is kept for the identity of its children.
    known: dict[Conditions, tuple[float, float, Any, Any]] = {}

    def ask(context: Any, bottom_space: float, y: float) -> bool:
        found: bool = overflows(context, bottom_space, y)
        if found and at_work:
            at_work[-1] = min(at_work[-1], y - (context.page_bottom - bottom_space))
        return found

    def lay_out_when_higher(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **more: Any
    ) -> tuple[Any, ...]:
        containing, page_is_empty, _, _, margins, *styles = rest
        # When it balances columns, and only then, the engine says that the page isn't empty, and asks for margins.
        balances = box.is_column and margins is not None and not page_is_empty
        if not balances or any(style is not None for style in styles) or not _alone(context):
            return lay_out(context, box, bottom_space, skip_stack, *rest, **more)  # type: ignore[no-any-return]
        key = repr(skip_stack), *_conditions(context, box, 0.0, containing, page_is_empty)
        before, lacking, result, _ = known.get(key, (0.0, 0.0, None, None))
        if 0 <= before - bottom_space < lacking - ROUNDING:
            return result  # type: ignore[no-any-return]
        at_work.append(inf)
        result = lay_out(context, box, bottom_space, skip_stack, *rest, **more)
        lacking = at_work.pop()
        new_box, goes_on, *_ = result
        # What is divided is made as high as there is room for.
        if new_box is not None and not any((goes_on or {}).values()) and _is_simple(box):
            known[key] = bottom_space, lacking, result, box
        return result  # type: ignore[no-any-return]

    block.block_box_layout, LayoutContext.overflows_page = lay_out_when_higher, ask
    try:
        yield
    finally:
        block.block_box_layout, LayoutContext.overflows_page = lay_out, overflows


def _is_simple(column: Any) -> bool:
    """Whether the layout of a column depends on its height by nothing but how much goes in."""
    sized = ("height", "column_count", "column_width")
    return _leaves_no_traces(column.children) and not any(
        box.style["float"] != "none"
        or box.style["position"] not in ("static", "relative", "absolute")
        or box.footnote
        or box.note
        or (isinstance(box, boxes.ParentBox) and any(box.style[name] != "auto" for name in sized))
        for child in column.children
        for box in child.descendants(placeholders=True)
    )


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


def _was_tried(child: Any) -> bool:
    """Whether a child of a column was laid out: these are copies, which have no place before."""
    return hasattr(child, "position_y")


def _begins_alike(result: Any, skip_stack: Any) -> bool:
    """Whether a column that was laid out on a page that isn't empty would have been the same on an empty one.

    There what comes first stays even when there is no room for it, and has no margins at its head.
    """
    column, goes_on, *_ = result
    (begin,) = skip_stack or (0,)
    if not column.children or (goes_on is not None and begin in goes_on):
        return False
    inside = column.children[0].children
    while inside and isinstance(inside[0], boxes.BlockLevelBox):
        if inside[0].margin_top:
            return False
        inside = inside[0].children
    return True


def _leaves_no_traces(children: Iterable[Any]) -> bool:
    """Whether all that stands in boxes is set the same way however often it is tried."""
    return not any(
        isinstance(box, (boxes.FlexBox, boxes.GridBox))
        or (isinstance(box, boxes.TableBox) and (box.column_groups or box.style["border_collapse"] == "collapse"))
        or box.first_letter_style
        or box.first_line_style
        for child in children
        for box in child.descendants(placeholders=True)
    )
