"""What scissors cut: measures in mm come in, outlines come out, nowhere quite straight."""

import math
from collections.abc import Sequence
from random import Random

from cut.table import Point, Shape


def snipped(shape: Shape, random: Random, wobble: float = 0.14, step: float = 3.0) -> list[Point]:
    """Return an outline as a hand would cut it."""
    outline: list[Point] = []
    for (x, y), (to_x, to_y) in zip(shape, [*shape[1:], shape[0]], strict=True):
        pieces = max(1, round(math.hypot(to_x - x, to_y - y) / step))
        for at in range(pieces):
            share = at / pieces
            outline.append(
                (
                    x + (to_x - x) * share + random.uniform(-wobble, wobble),
                    y + (to_y - y) * share + random.uniform(-wobble, wobble),
                )
            )
    return outline


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """Return a rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def disc(x: float, y: float, radius: float, flat: float = 1.0, steps: int = 72) -> list[Point]:
    """Return a circle, or an ellipse `flat` times as high as it is wide."""
    turns = [2 * math.pi * at / steps for at in range(steps)]
    return [(x + radius * math.cos(turn), y + radius * flat * math.sin(turn)) for turn in turns]


def ray(x: float, y: float, degrees: float, near: float, far: float, wide: float, tip: float = 0.4) -> list[Point]:
    """Return a strip that points away from a centre; 0 degrees is upwards, clockwise."""
    turn = math.radians(degrees - 90)
    along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    ends = ((near, wide), (far, wide * tip), (far, -wide * tip), (near, -wide))
    return [
        (x + along[0] * out + across[0] * side / 2, y + along[1] * out + across[1] * side / 2) for out, side in ends
    ]


def strip(points: Sequence[Point], wide: float, end: float | None = None) -> list[Point]:
    """Return a ribbon along a line of points, `wide` at its start and `end` at its end."""
    last = wide if end is None else end
    left, right = [], []
    for at, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(0, at - 1)], points[min(len(points) - 1, at + 1)]
        length = math.hypot(bx - ax, by - ay) or 1
        half = (wide + (last - wide) * at / max(1, len(points) - 1)) / 2
        dx, dy = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return [*left, *right[::-1]]


def hills(width: float, height: float, at: float, rise: float, random: Random, waves: int = 3) -> list[Point]:
    """Return land from edge to edge whose top rolls about the height `at`."""
    swings = [(random.uniform(0.4, 1) * rise / (k + 1), random.uniform(0, 6.3), (k + 0.6)) for k in range(waves)]
    top = []
    for step in range(61):
        share = step / 60
        y = at + sum(swing * math.sin(phase + 6.283 * turns * share) for swing, phase, turns in swings)
        top.append((share * (width + 8) - 4, y))
    return [*top, (width + 4, height + 4), (-4, height + 4)]


def curve(start: Point, bend: Point, end: Point, steps: int = 16) -> list[Point]:
    """Return points along a curve that a third one bends."""
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * bend[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * bend[1] + t * t * end[1],
        )
        for t in (at / steps for at in range(steps + 1))
    ]


def tree(x: float, foot: float, high: float, random: Random) -> tuple[list[Point], list[Point]]:
    """Return the crown and the trunk of a tree."""
    crown = snipped(disc(x, foot - high * 0.62, high * 0.34, 1.15, 18), random, high * 0.02, 2.0)
    return crown, box(x - high * 0.03, foot - high * 0.4, x + high * 0.03, foot)
