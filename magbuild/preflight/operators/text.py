"""Operators that set text."""

from functools import partial
from typing import Any

from magbuild.preflight.content import Content, Operators
from magbuild.preflight.drawn import STROKED_TEXT, Text
from magbuild.preflight.operators.settings import matrix_of
from magbuild.preflight.plane import Box, Matrix, multiply, together
from magbuild.preflight.textline import read_run

CLIPPING = 4  # text modes from here on clip


def begin(content: Content, _: Any) -> None:
    """Do BT."""
    content.line.begin()
    content.text_clip = None


def end(content: Content, _: Any) -> None:
    """Do ET."""
    if content.text_clip is not None:
        content.state.narrow(content.text_clip, 0)
        content.text_clip = None


def font(content: Content, operands: Any) -> None:
    """Do Tf."""
    found = content.resource("/Font", operands[0], "font")
    content.state.font = None if found is None else content.hand.font(found)
    content.state.size = float(operands[1])


def measure(content: Content, operands: Any, name: str, scale: float = 1.0) -> None:
    """Do Tc, Tw, Tz, TL and Ts: a number of the state."""
    setattr(content.state, name, float(operands[0]) * scale)


def mode(content: Content, operands: Any) -> None:
    """Do Tr."""
    content.state.mode = int(operands[0])


def go(content: Content, operands: Any, lead: bool) -> None:
    """Do Td and TD."""
    x, y = float(operands[0]), float(operands[1])
    if lead:
        content.state.leading = -y
    content.line.next(x, y)


def place(content: Content, operands: Any) -> None:
    """Do Tm."""
    content.line.place(matrix_of(operands))


def next_line(content: Content, _: Any) -> None:
    """Do T*."""
    content.line.next(0.0, -content.state.leading)


def show(content: Content, operands: Any, new_line: bool = False) -> None:
    """Do Tj, TJ and the two quotation marks."""
    state = content.state
    if new_line:
        next_line(content, None)
    if len(operands) == 3:
        state.word_space, state.letter_space = float(operands[0]), float(operands[1])
    run = read_run(operands[-1])
    matrix = multiply(content.line.matrix, state.ctm)
    found = content.line.show(run, state)
    if found is None:
        return
    box, size, letters = found
    if state.mode >= CLIPPING:
        content.text_clip = box if content.text_clip is None else together(content.text_clip, box)
    seen = state.clipped(box)
    if seen is not None:
        _set(content, seen[0], size, letters)
        _draw_letters(content, seen[0], run.string, matrix)


def _set(content: Content, box: Box, size: float, letters: int) -> None:
    state = content.state
    manner = content.manner(stroke=state.mode in STROKED_TEXT)
    content.drawn.append(
        Text(
            box=box,
            manner=manner,
            font=state.font,
            size=size,
            fill=state.fill,
            stroke=state.stroke,
            mode=state.mode,
            letters=letters,
        )
    )
    content.fill_in(state.fill_tile, box, 0, manner)


def _draw_letters(content: Content, box: Box, string: bytes, matrix: Matrix) -> None:
    """Draw the letters of a Type 3 font, which are drawings of their own."""
    drawn_font = content.state.font
    if drawn_font is None or not drawn_font.glyphs:
        return
    for code in sorted(set(string)):
        content.drawn.extend(content.hand.glyph(drawn_font, code, matrix, content.state, box, content.manner()))


def colourless(content: Content, _: Any) -> None:
    """Do d1: a letter's colour comes from outside."""
    content.colourless = True


OPERATORS: Operators = {
    "BT": begin,
    "ET": end,
    "Tf": font,
    "Tc": partial(measure, name="letter_space"),
    "Tw": partial(measure, name="word_space"),
    "Tz": partial(measure, name="stretch", scale=0.01),
    "TL": partial(measure, name="leading"),
    "Ts": partial(measure, name="rise"),
    "Tr": mode,
    "Td": partial(go, lead=False),
    "TD": partial(go, lead=True),
    "Tm": place,
    "T*": next_line,
    "Tj": show,
    "TJ": show,
    "'": partial(show, new_line=True),
    '"': partial(show, new_line=True),
    "d1": colourless,
}
