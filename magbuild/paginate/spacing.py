"""Lines of text come in that are a little too long, or whose spaces would be too wide; they are set to their length."""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout, line_size


def narrow(context: Any, line: Any, length: float) -> None:
    """Bring a line down to a length in px by narrowing its spaces."""
    inline.remove_last_whitespace(context, line)
    if line.width > length:
        inline.justify_line(context, line, length - line.width)


def set_apart(context: Any, box: Any, spacing: float, x: float = 0.0) -> float:
    """Set the letters in a line apart by so many px; return how much wider it is, if it begins `x` px further right."""
    box.position_x += x
    wider = 0.0
    if isinstance(box, boxes.TextBox):
        before, style = box.width, box.style.copy()
        style["letter_spacing"] = spacing + (0 if style["letter_spacing"] == "normal" else style["letter_spacing"])
        layout = create_layout(box.text, style, context, None, 0)
        box.width, _ = line_size(layout.get_first_line()[0], style)
        layout.deactivate()
        box.style, box.pango_layout, wider = style, layout, box.width - before
    else:
        for child in box.children:
            if isinstance(child, (boxes.TextBox, boxes.InlineBox)):
                wider += set_apart(context, child, spacing, x + wider)
        box.width += wider
    return wider
