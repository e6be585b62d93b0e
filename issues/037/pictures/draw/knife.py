"""Knife and gouge: hand-set points come in, curves, tapering cuts and hatching come out (all in mm)."""

import math
from collections.abc import Callable, Iterator, Sequence
from random import Random

from draw.press import Block, Point

Path = list[Point]


def curve(drawn: str, *, closed: bool = True, steps: int = 8) -> Path:
    """Read "x,y x,y* ..." as a smooth curve through its points; a star makes a point a corner."""
    marks = drawn.split()
    points = [_point(mark) for mark in marks]
    corners = [mark.endswith("*") for mark in marks]
    return smooth(points, corners, closed=closed, steps=steps)


def _point(mark: str) -> Point:
    x, y = mark.rstrip("*").split(",")
    return float(x), float(y)


def smooth(points: Sequence[Point], corners: Sequence[bool] = (), *, closed: bool = True, steps: int = 8) -> Path:
    """Draw a Catmull-Rom curve through points; it breaks at corners."""
    count = len(points)
    sharp = list(corners) or [False] * count
    path: Path = []
    for index in range(count if closed else count - 1):
        after = (index + 1) % count
        p1, p2 = points[index], points[after]
        first = sharp[index] or (not closed and index == 0)
        last = sharp[after] or (not closed and after == count - 1)
        p0 = p1 if first else points[index - 1]
        p3 = p2 if last else points[(index + 2) % count]
        path += [_between(p0, p1, p2, p3, step / steps) for step in range(steps)]
    return path if closed else [*path, points[-1]]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)

    return axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1])


def moved(path: Sequence[Point], at: Point, scale: float = 1.0, turn: float = 0.0, *, flip: bool = False) -> Path:
    """Scale a path, turn it by `turn` degrees, flip it left to right if asked, and move its origin to `at`."""
    cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    side = -1 if flip else 1
    return [(at[0] + x * side * cos - y * sin, at[1] + x * side * sin + y * cos) for x, y in path]


def wobbled(path: Sequence[Point], random: Random, amount: float, step: float = 4.0) -> Path:
    """Redraw a straight-edged closed shape as a hand with a knife would: points every `step` mm, a little off."""
    out: Path = []
    for (x0, y0), (x1, y1) in zip(path, [*path[1:], path[0]], strict=True):
        parts = max(1, round(math.hypot(x1 - x0, y1 - y0) / step))
        for part in range(parts):
            t = part / parts
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            out.append((x + random.gauss(0, amount), y + random.gauss(0, amount)))
    return out


def gouge(path: Sequence[Point], width: float, *, start: float = 0.0, end: float = 0.0) -> Path:
    """Return the outline of one cut along a path, `width` mm at its fullest, `start` and `end` of that at its ends."""
    widths = []
    for index in range(len(path)):
        t = index / (len(path) - 1)
        swell = math.sin(math.pi * t) ** 0.6 if 0 < t < 1 else 0.0
        ends = start * (1 - t) + end * t
        widths.append(width * max(swell, ends))
    return ribbon(path, widths)


def ribbon(path: Sequence[Point], widths: Sequence[float]) -> Path:
    """Return the outline of a line that has its own width at every point."""
    left: Path = []
    right: Path = []
    for index, (x, y) in enumerate(path):
        x0, y0 = path[max(0, index - 1)]
        x1, y1 = path[min(len(path) - 1, index + 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        nx, ny = -(y1 - y0) / length, (x1 - x0) / length
        half = widths[index] / 2
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return left + right[::-1]


def straight(start: Point, end: Point, random: Random, bow: float = 0.0, steps: int = 7) -> Path:
    """Return a nearly straight stroke that bows a little, by at most `bow` mm."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    nx, ny = -(y1 - y0) / length, (x1 - x0) / length
    off = random.uniform(-bow, bow)
    return [
        (x0 + (x1 - x0) * t + nx * off * 4 * t * (1 - t), y0 + (y1 - y0) * t + ny * off * 4 * t * (1 - t))
        for t in (step / steps for step in range(steps + 1))
    ]


def rows(
    box: tuple[float, float, float, float], angle: float, spacing: float, random: Random
) -> Iterator[tuple[Point, Point]]:
    """Yield the ends of parallel lines over a box (left, top, right, bottom) at `angle` degrees, a little uneven."""
    left, top, right, bottom = box
    cx, cy = (left + right) / 2, (top + bottom) / 2
    reach = math.hypot(right - left, bottom - top) / 2
    ux, uy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    count = int(reach / spacing) + 1
    for index in range(-count, count + 1):
        off = (index + random.uniform(-0.18, 0.18)) * spacing
        x, y = cx - uy * off, cy + ux * off
        tilt = random.uniform(-0.012, 0.012) * reach
        yield (x - ux * reach + uy * tilt, y - uy * reach - ux * tilt), (x + ux * reach, y + uy * reach)


def hatched(
    block: Block,
    box: tuple[float, float, float, float],
    angle: float,
    *,
    spacing: float,
    random: Random,
    tone: Callable[[float, float], float],
    length: float = 14.0,
) -> None:
    """Draw parallel cuts over a box that swell with `tone(x, y)`: 0 leaves none, at 1 they touch, at 2 all is cut."""
    left, top, right, bottom = box

    def within(x: float, y: float) -> float:
        return tone(x, y) if left <= x <= right and top <= y <= bottom else 0.0

    for start, end in rows(box, angle, spacing, random):
        for path, widths in _runs(straight(start, end, random, 0.4, steps=2), spacing, random, within, length):
            block.fill(ribbon(path, widths))


def _runs(
    line: Path,
    spacing: float,
    random: Random,
    tone: Callable[[float, float], float],
    length: float,
) -> Iterator[tuple[Path, list[float]]]:
    (x0, y0), (x1, y1) = line[0], line[-1]
    total = math.hypot(x1 - x0, y1 - y0)
    step = min(0.9, length / 8)
    at = random.uniform(0, length)
    while at < total:
        run = random.uniform(0.6, 1.4) * length
        count = max(4, int(run / step))
        path = []
        widths = []
        for index in range(count + 1):
            t = min(1.0, (at + index * step) / total)
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            swell = min(1.0, 4.5 * min(index, count - index) / count)
            strength = tone(x, y)
            path.append((x, y))
            widths.append(0.0 if strength <= 0.04 else spacing * min(2.0, strength) * swell)
        if max(widths) > 0.12:
            yield path, widths
        at += run * random.uniform(0.9, 1.06)
