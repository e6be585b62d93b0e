"""What the source has put on a page: a box of the layout engine comes in, its texts and pictures come out in order."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder


def pieces(box: Any) -> Iterator[boxes.TextBox | boxes.ReplacedBox]:
    """Yield the boxes that hold the source's own text and pictures, none that styles have generated."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
        pseudo = (box.element_tag or "").partition("::")[2]
        if box.element is not None and pseudo in ("", "first-letter", "first-line"):
            yield box
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from pieces(child)


def text_boxes(box: Any) -> Iterator[boxes.TextBox]:
    """Yield the boxes that hold the source's own text."""
    return (piece for piece in pieces(box) if isinstance(piece, boxes.TextBox))


def feet(page: Any) -> list[boxes.FootnoteAreaBox]:
    """Return what floats to the foot of a page."""
    return [child for child in page._page_box.children if isinstance(child, boxes.FootnoteAreaBox)]
