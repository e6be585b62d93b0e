"""Operators that keep, bring back and change the state."""

from typing import Any

from pikepdf import Name

from magbuild.preflight.content import Content, Operators
from magbuild.preflight.plane import Matrix, multiply
from magbuild.preflight.reading import elements, entry, identity, label, named, number
from magbuild.preflight.state import setting


def matrix_of(operands: Any) -> Matrix:
    """Return six operands as a matrix."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def keep(content: Content, _: Any) -> None:
    """Do q."""
    content.keep()


def bring_back(content: Content, _: Any) -> None:
    """Do Q."""
    content.bring_back()


def transform(content: Content, operands: Any) -> None:
    """Do cm."""
    content.state.ctm = multiply(matrix_of(operands), content.state.ctm)


def line_width(content: Content, operands: Any) -> None:
    """Do w."""
    content.state.line = abs(float(operands[0]))


def take_settings(content: Content, operands: Any) -> None:
    """Do gs: a dictionary of settings, perhaps with a soft mask, whose colours count as well."""
    found = content.resource("/ExtGState", operands[0], "set of settings")
    if found is None:
        return
    state, hand = content.state, content.hand
    state.apply(found)
    font = tuple(elements(entry(found, "/Font")))
    if len(font) == 2:
        state.font, state.size = hand.font(font[0]), number(font[1])
    where = ", ".join(filter(None, (f"settings {named(operands[0])}", label(found))))
    if hand.first(("setting", identity(found) or (where, content.outer))):
        told = setting(found, content.outer, where)
        if told is not None:
            content.drawn.append(told)
    mask = entry(found, "/SMask")
    if mask is not None and not isinstance(mask, Name):
        content.drawn.extend(hand.mask(mask, content.resources, state, content.outer))


OPERATORS: Operators = {
    "q": keep,
    "Q": bring_back,
    "cm": transform,
    "w": line_width,
    "gs": take_settings,
}
