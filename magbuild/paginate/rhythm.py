"""The grid of lines: text stands on it, whatever stands above the text or in its lines.

A layout says with the custom property `--line` how far the lines of its grid stand apart, from the head of the type
area down. Where it says `--snap: lines`, lines of text that are as high as that are moved down onto the grid, as with
the property `line-snap` of the CSS Line Grid Module, and are never higher, whichever fonts stand in them. A block for
which it says `--block-step: center` is made as high as a whole number of lines, half of what is missing over its
content and half under it, as with `block-step` of the CSS Rhythmic Sizing Module. The engine has neither. Amid text
on the grid it also keeps margins at the head of a column or page, where all would hang too low: they are dropped.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from weasyprint.css.units import LENGTHS_TO_PIXELS
from weasyprint.layout import block, inline
from weasyprint.text.line_break import strut

NOT_SEEN = 0.25  # of a line: so far fonts in a line may stand higher or lower than its own
ROUNDING = 0.01  # px


def line_of(style: Any) -> float:
    """Return how far lines stand apart in a style, in px; 0 when it doesn't say."""
    for token in style["__line"] or ():
        unit = getattr(token, "lower_unit", None)
        if unit in LENGTHS_TO_PIXELS:
            return float(token.value * LENGTHS_TO_PIXELS[unit])
    return 0.0


@contextmanager
def kept() -> Iterator[None]:
    """Let the engine keep to the grid for as long as the block runs."""
    lay_out, set_line, measure = block.block_level_layout_switch, inline.get_next_linebox, inline.line_box_verticality
    grid = _Grid(lay_out, set_line, measure)
    block.block_level_layout_switch = grid.lay_out
    inline.get_next_linebox, inline.line_box_verticality = grid.set_line, grid.measure
    try:
        yield
    finally:
        block.block_level_layout_switch = lay_out
        inline.get_next_linebox, inline.line_box_verticality = set_line, measure


@dataclass(slots=True)
class _Grid:
    """Goes between the engine and its own ways; `head` is that of the type area it is at, in px from the page's."""

    engine_lays_out: Callable[..., Any]
    engine_sets_line: Callable[..., Any]
    engine_measures: Callable[[Any], tuple[float, float]]
    head: float = 0.0
    column_head: float = 0.0
    # The styles are kept beside what was found, so that no other style can come to have their identity.
    pitches: dict[int, tuple[float, Any]] = field(default_factory=dict)

    def lay_out(
        self, context: Any, box: Any, bottom_space: Any, skip_stack: Any, around: Any, *rest: Any, **more: Any
    ) -> Any:
        """Lay out a block in the one around it."""
        if box.is_for_root_element:
            self.head = box.position_y
        elif word(around.style["__snap"]) == "lines":
            if around.is_column:
                self.column_head = around.content_box_y()
            if box.position_y in (self.head, self.column_head) and box.margin_top != "auto":
                box.margin_top = min(box.margin_top, 0)
        result = self.engine_lays_out(context, box, bottom_space, skip_stack, around, *rest, **more)
        new_box, goes_on, *_ = result
        if new_box is not None and goes_on is None and _steps(box.style):
            _step(new_box)
        return result

    def set_line(self, context: Any, line: Any, y: float, *rest: Any) -> Any:
        """Set the next line of a text, which would stand at `y`."""
        pitch = self.pitch(line.style)
        if pitch and word(line.style["__snap"]) == "lines":
            y = self.head + ceil((y - self.head - ROUNDING) / pitch) * pitch
        return self.engine_sets_line(context, line, y, *rest)

    def pitch(self, style: Any) -> float:
        """Return the distance of lines in a style, as `grid_of` does, which is asked once for each."""
        found = self.pitches.get(id(style))
        if found is None:
            found = self.pitches[id(style)] = grid_of(style), style
        return found[0]

    def measure(self, line: Any) -> tuple[float, float]:
        """Return how far a line reaches down and up from its baseline."""
        bottom, top = self.engine_measures(line)
        pitch = self.pitch(line.style)
        if not pitch:
            return bottom, top
        high, baseline = strut(line.style)
        above = max(ceil((-top - baseline) / pitch - NOT_SEEN), 0)
        below = max(ceil((bottom - high + baseline) / pitch - NOT_SEEN), 0)
        return high - baseline + below * pitch, -baseline - above * pitch


def grid_of(style: Any) -> float:
    """Return the distance of lines, in px, in a style whose lines are as high as that; else 0."""
    pitch = line_of(style)
    return pitch if pitch and abs(strut(style)[0] - pitch) < ROUNDING else 0.0


def _steps(style: Any) -> bool:
    """Whether a style says of its own block, not of one around it, that it steps."""
    value, _ = getattr(style, "cascaded", {}).get("__block_step", ((), None))
    return word(value) == "center"


def word(tokens: Any) -> str:
    """Return the word that a custom property is given, or an empty text."""
    return next((str(token.value) for token in tokens or () if getattr(token, "type", "") == "ident"), "")


def _step(box: Any) -> None:
    """Make a block as high as a whole number of lines, margins included."""
    pitch = line_of(box.style)
    missing = -box.margin_height() % pitch if pitch else 0.0
    if ROUNDING < missing < pitch - ROUNDING:
        box.height += missing
        for child in box.children:
            child.translate(dy=missing / 2)
