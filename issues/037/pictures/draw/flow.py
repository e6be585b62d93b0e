"""Streams: a field of directions comes in, evenly spaced lines that follow it come out (all in mm)."""

import math
from collections.abc import Callable, Iterator
from random import Random

from draw.press import Point

Field = Callable[[float, float], float]
Spacing = Callable[[float, float], float]
Box = tuple[float, float, float, float]


class _Crowded:
    """Remembers the points that are taken, in cells, so that near ones are found fast."""

    def __init__(self, cell: float) -> None:
        self.cell = cell
        self.taken: dict[tuple[int, int], list[Point]] = {}

    def add(self, point: Point) -> None:
        self.taken.setdefault(self._key(point), []).append(point)

    def near(self, point: Point, distance: float) -> bool:
        column, row = self._key(point)
        reach = int(distance / self.cell) + 1
        for i in range(column - reach, column + reach + 1):
            for j in range(row - reach, row + reach + 1):
                for x, y in self.taken.get((i, j), ()):
                    if (x - point[0]) ** 2 + (y - point[1]) ** 2 < distance**2:
                        return True
        return False

    def _key(self, point: Point) -> tuple[int, int]:
        return math.floor(point[0] / self.cell), math.floor(point[1] / self.cell)


def streams(
    box: Box, field: Field, spacing: Spacing, random: Random, *, tries: int = 3000, longest: float = 60.0
) -> Iterator[list[Point]]:
    """Yield lines over a box (left, top, right, bottom) that follow `field` (degrees) and keep `spacing` mm apart."""
    left, top, right, bottom = box
    crowded = _Crowded(2.0)
    for _ in range(tries):
        seed = (random.uniform(left, right), random.uniform(top, bottom))
        if crowded.near(seed, spacing(*seed)):
            continue
        reach = longest * random.uniform(0.35, 1.0)
        back = _walk(seed, field, spacing, crowded, box, reach / 2, -1)
        ahead = _walk(seed, field, spacing, crowded, box, reach / 2, 1)
        path = [*back[::-1], seed, *ahead]
        for point in path:
            crowded.add(point)
        if len(path) > 5:
            yield path


def _walk(
    seed: Point, field: Field, spacing: Spacing, crowded: _Crowded, box: Box, reach: float, way: int
) -> list[Point]:
    step = 0.8
    x, y = seed
    path: list[Point] = []
    for _ in range(int(reach / step)):
        angle = math.radians(field(x, y))
        x, y = x + way * step * math.cos(angle), y + way * step * math.sin(angle)
        inside = box[0] <= x <= box[2] and box[1] <= y <= box[3]
        if not inside or crowded.near((x, y), spacing(x, y) * 0.75):
            break
        path.append((x, y))
    return path
