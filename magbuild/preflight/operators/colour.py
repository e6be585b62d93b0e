"""Operators that choose colours."""

from functools import partial
from typing import Any

from pikepdf import Name

from magbuild.preflight.content import Content, Operators
from magbuild.preflight.inks import PATTERN, UNKNOWN, Family, Space
from magbuild.preflight.reading import entry, named

SPOTS = (Family.SEPARATION, Family.DEVICE_N)
VALUES = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}


def device_colour(content: Content, operands: Any, device: str, stroke: bool) -> None:
    """Do g, rg, k and their capitals."""
    values = tuple(map(float, operands))
    if len(values) != VALUES[device]:
        raise ValueError("a colour has as many values as its space")
    _choose(content, content.hand.device(device, content.resources), values, stroke)


def space(content: Content, operands: Any, stroke: bool) -> None:
    """Do cs and CS: a colour space, which begins with its black or its full ink."""
    found = content.hand.spaces.read(operands[0], content.resources)
    if found is UNKNOWN:
        content.fault(f"the colour space '{named(operands[0])}' is missing or broken")
    values = (1.0 if found.family in SPOTS else 0.0,) * found.components
    _choose(content, found, (0.0, 0.0, 0.0, 1.0) if found.family is Family.CMYK else values, stroke)


def values(content: Content, operands: Any, stroke: bool) -> None:
    """Do sc, scn and their capitals: values in the space, or a pattern."""
    current = (content.state.stroke if stroke else content.state.fill).space
    if operands and isinstance(operands[-1], Name):
        _choose_pattern(content, operands, current, stroke)
        return
    given = tuple(map(float, operands))
    if len(given) != current.components and current.family is not Family.UNKNOWN:
        raise ValueError("a colour has as many values as its space")
    _choose(content, current, given, stroke)


def _choose_pattern(content: Content, operands: Any, current: Space, stroke: bool) -> None:
    found = content.resource("/Pattern", operands[-1], "pattern")
    if found is None:
        return
    if entry(found, "/PaintType") == 2 and current.base is not None:  # the tile takes this colour from outside
        _choose(content, current.base, tuple(map(float, list(operands)[:-1])), stroke)
        return
    kind = "a shading" if entry(found, "/PatternType") == 2 else "a pattern"
    _choose(content, current if current.family is Family.PATTERN else PATTERN, (), stroke, kind)
    if stroke:
        content.state.stroke_tile = found
    else:
        content.state.fill_tile = found


def _choose(content: Content, chosen: Space, given: tuple[float, ...], stroke: bool, pattern: str = "") -> None:
    if content.colourless:
        return
    paint = content.hand.paint(chosen, given, pattern)
    if stroke:
        content.state.stroke, content.state.stroke_tile = paint, None
    else:
        content.state.fill, content.state.fill_tile = paint, None


OPERATORS: Operators = {
    "g": partial(device_colour, device="DeviceGray", stroke=False),
    "G": partial(device_colour, device="DeviceGray", stroke=True),
    "rg": partial(device_colour, device="DeviceRGB", stroke=False),
    "RG": partial(device_colour, device="DeviceRGB", stroke=True),
    "k": partial(device_colour, device="DeviceCMYK", stroke=False),
    "K": partial(device_colour, device="DeviceCMYK", stroke=True),
    "cs": partial(space, stroke=False),
    "CS": partial(space, stroke=True),
    "sc": partial(values, stroke=False),
    "scn": partial(values, stroke=False),
    "SC": partial(values, stroke=True),
    "SCN": partial(values, stroke=True),
}
