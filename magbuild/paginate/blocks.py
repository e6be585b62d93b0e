"""Blocks as they were laid out in a column: where their content ends, and what stands under what."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder


def is_seen(box: Any) -> bool:
    """Whether a box has a ground or a rule of its own."""
    style = box.style
    return bool(
        style["background_color"].alpha > 0
        or any(style[f"border_{side}_width"] for side in ("top", "bottom", "left", "right"))
    )


def is_plain(box: Any) -> bool:
    """Whether a box holds nothing but what flows in it."""
    return not any(
        isinstance(inside, AbsolutePlaceholder) or not inside.is_in_normal_flow() or inside.footnote or inside.note
        for inside in box.descendants(placeholders=True)
    )


def has_tables(box: Any) -> bool:
    """Whether there is a table in a box; setting one leaves traces in it."""
    return any(isinstance(inside, boxes.TableBox) for inside in box.descendants(placeholders=True))


def leaves(box: Any) -> Iterator[Any]:
    """Yield the blocks in a column from top to bottom that hold lines or pictures, or have a ground or a rule."""
    for child in box.children:
        if not isinstance(child, boxes.BlockLevelBox) or not child.is_in_normal_flow():
            continue
        flows = [inner for inner in getattr(child, "children", ()) if isinstance(inner, boxes.BlockLevelBox)]
        if isinstance(child, boxes.BlockBox) and flows and not is_seen(child):
            yield from leaves(child)
        else:
            yield child


def bottom(leaf: Any) -> float:
    """Return where the content of a block ends; that of a divided one is less high than the box is made."""
    lines = [child for child in getattr(leaf, "children", ()) if isinstance(child, boxes.LineBox)]
    if lines and getattr(lines[-1], "resume_at", None) is not None and not is_seen(leaf):
        return float(lines[-1].position_y + lines[-1].height)
    return float(leaf.border_box_y() + leaf.border_height())
