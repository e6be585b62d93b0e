"""Houses, towers and mills of paper."""

import math
from collections.abc import Sequence
from random import Random

from cut.papers import Colour
from cut.shapes import box, curve, disc, snipped, strip
from cut.table import Point, Table


def house(
    table: Table,
    left: float,
    right: float,
    foot: float,
    eaves: float,
    ridge: float,
    wall: Colour,
    roof: Colour,
    random: Random,
) -> None:
    """A gable house with a roof that overhangs."""
    middle = (left + right) / 2
    table.lay(
        wall,
        snipped([(left, foot), (left, eaves), (middle, ridge + 1), (right, eaves), (right, foot)], random),
        lift=0.7,
    )
    over = (right - left) * 0.09
    down = over * (eaves - ridge) / (right - left) * 2
    for x in (left - over, right + over):
        table.lay(roof, strip([(middle, ridge), (x, eaves + down)], (right - left) * 0.09), lift=0.5)


def window(table: Table, x: float, y: float, wide: float, high: float, pane: Colour, arched: bool = False) -> None:
    """A window about its middle."""
    shape: list[Point] = box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    if arched:
        top = disc(x, y - high / 2, wide / 2)
        table.lay(pane, shape, top, lift=0)
    else:
        table.lay(pane, shape, lift=0)


def smoke(table: Table, x: float, y: float, drift: float, high: float, colour: Colour, random: Random) -> None:
    """Smoke that leaves a chimney and drifts."""
    at, size = 0.0, 1.4
    while at < 1:
        px, py = x + drift * at**1.4, y - high * at
        table.lay(colour, snipped(disc(px, py, size * (1 + 2.2 * at), 0.8, 16), random, 0.2, 2), lift=0.4)
        at += 0.14


def mill(
    table: Table,
    left: float,
    right: float,
    foot: float,
    top: float,
    wall: Colour,
    pane: Colour,
    random: Random,
    floors: int = 4,
) -> None:
    """A mill with rows of windows."""
    table.lay(wall, snipped(box(left, top, right, foot), random), lift=0.9)
    columns = max(3, round((right - left) / 4.6))
    step, storey = (right - left) / columns, (foot - top) / (floors + 0.3)
    for floor in range(floors):
        for column in range(columns):
            window(table, left + step * (column + 0.5), top + storey * (floor + 0.7), step * 0.46, storey * 0.5, pane)


def chimney(table: Table, x: float, foot: float, top: float, wide: float, wall: Colour) -> None:
    """A tall chimney with a collar."""
    table.lay(
        wall, [(x - wide * 0.7, foot), (x - wide * 0.42, top), (x + wide * 0.42, top), (x + wide * 0.7, foot)], lift=0.9
    )
    table.lay(wall, box(x - wide * 0.58, top - 0.4, x + wide * 0.58, top + 2), lift=0.4)


def bell(x: float, y: float, high: float, swing: float) -> tuple[list[Point], list[Point]]:
    """Return the outline of a bell that hangs from a point and swings (radians), and its clapper."""
    half = [(0.0, 0.0), (0.16, 0.03), *curve((0.24, 0.14), (0.27, 0.5), (0.36, 0.78), 8)]
    half += [*curve((0.36, 0.78), (0.42, 0.9), (0.5, 0.92), 8), (0.5, 1.0)]
    outline = [*half, *((-across, down) for across, down in reversed(half))]
    hung = disc(math.sin(swing) * -0.2, 1.06, 0.09)
    return _turned(outline, x, y, high, swing), _turned(hung, x, y, high, swing)


def _turned(shape: Sequence[Point], x: float, y: float, scale: float, by: float) -> list[Point]:
    along, across = scale * math.cos(by), scale * math.sin(by)
    return [(x + a * along - b * across, y + a * across + b * along) for a, b in shape]
