"""Operators that build paths, and fill, stroke and clip with them."""

from functools import partial
from typing import Any

from magbuild.preflight.content import Content, Operators
from magbuild.preflight.drawn import Area, Line
from magbuild.preflight.path import Path, Shape
from magbuild.preflight.plane import enlargement, grown, moved


def move(content: Content, operands: Any) -> None:
    """Do m."""
    content.path.move(moved(content.state.ctm, float(operands[0]), float(operands[1])))


def line(content: Content, operands: Any) -> None:
    """Do l."""
    content.path.line(moved(content.state.ctm, float(operands[0]), float(operands[1])))


def curve(content: Content, operands: Any) -> None:
    """Do c, v and y."""
    given = tuple(map(float, operands))
    content.path.curve([moved(content.state.ctm, x, y) for x, y in zip(given[::2], given[1::2], strict=True)])


def rectangle(content: Content, operands: Any) -> None:
    """Do re."""
    x, y, width, height = map(float, operands)
    content.path.rectangle(content.state.ctm, x, y, width, height)


def close(content: Content, _: Any) -> None:
    """Do h."""
    content.path.close()


def clip(content: Content, _: Any) -> None:
    """Do W and W*, which take hold when the path ends."""
    content.clips = True


def end(content: Content, _: Any, fill: bool = False, stroke: bool = False, closed: bool = False) -> None:
    """Do n, f, S, B and their kin: paint the path, and forget it."""
    path, clips = content.path, content.clips
    content.path, content.clips = Path(), False
    if not path:
        return
    if closed:
        path.close()
    if fill:
        for shape in path.shapes():
            _fill(content, shape)
    if stroke or clips:
        whole = path.shape()
        if stroke:
            _stroke(content, whole)
        if clips:
            content.state.narrow(whole.box, whole.sides)


def _fill(content: Content, shape: Shape) -> None:
    state = content.state
    seen = state.clipped(shape.box, shape.sides)
    if seen is None:
        return
    box, sides = seen
    manner = content.manner()
    content.drawn.append(
        Area(
            box=box,
            manner=manner,
            paint=state.fill,
            sides=sides,
            rectangle=shape.rectangle and box == shape.box,
            outline=shape.outline,
        )
    )
    content.fill_in(state.fill_tile, box, sides, manner)


def _stroke(content: Content, shape: Shape) -> None:
    state = content.state
    width = state.line * enlargement(state.ctm)
    half = width / 2
    seen = state.clipped(grown(shape.box, (half, half, half, half)))
    if seen is None:
        return
    manner = content.manner(stroke=True)
    content.drawn.append(Line(box=seen[0], manner=manner, paint=state.stroke, width=width))
    content.fill_in(state.stroke_tile, seen[0], 0, manner)


OPERATORS: Operators = {
    "m": move,
    "l": line,
    "c": curve,
    "v": curve,
    "y": curve,
    "re": rectangle,
    "h": close,
    "W": clip,
    "W*": clip,
    "n": end,
    "f": partial(end, fill=True),
    "F": partial(end, fill=True),
    "f*": partial(end, fill=True),
    "S": partial(end, stroke=True),
    "s": partial(end, stroke=True, closed=True),
    "B": partial(end, fill=True, stroke=True),
    "B*": partial(end, fill=True, stroke=True),
    "b": partial(end, fill=True, stroke=True, closed=True),
    "b*": partial(end, fill=True, stroke=True, closed=True),
}
