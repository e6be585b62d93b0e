"""Boxes as they were laid out in a column."""

from typing import Any

from weasyprint.layout.absolute import AbsolutePlaceholder


def is_plain(box: Any) -> bool:
    """Whether a box holds nothing but what flows in it."""
    return not any(
        isinstance(inside, AbsolutePlaceholder) or not inside.is_in_normal_flow() or inside.footnote or inside.note
        for inside in box.descendants(placeholders=True)
    )
