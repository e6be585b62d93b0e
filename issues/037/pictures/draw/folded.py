"""Birds folded from paper: a small model in space comes in, its facets as the eye sees them come out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from draw.press import Point

Space = tuple[float, float, float]
LIGHT: Space = (-0.52, 0.68, 0.52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bird:
    """One bird: where it is (mm), how large (mm to a unit; it spans about three), and how it flies (degrees).

    `yaw` 0 flies to the right, 90 towards us, 180 to the left; `flap` raises the inner and the outer wing.
    """

    at: Point
    size: float
    yaw: float = 0
    climb: float = 0
    roll: float = 0
    flap: tuple[float, float] = (35, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One flat piece of paper as seen: its outline in mm, how much light it takes, and its own two directions."""

    outline: tuple[Point, ...]
    light: float
    depth: float
    flat: tuple[Point, ...]
    along: Point
    across: Point


def facets(bird: Bird) -> list[Facet]:
    """Return the facets of a bird, farthest first."""
    seen = [_seen(bird, triangle) for triangle in _model(bird.flap)]
    return sorted(seen, key=lambda facet: facet.depth)


def _model(flap: tuple[float, float]) -> Iterator[tuple[Space, Space, Space]]:
    crown, nape, rump = (1.22, 0.42, 0.0), (0.46, 0.14, 0.0), (-0.72, 0.08, 0.0)
    for side in (-1, 1):
        beak, throat = (1.72, 0.16, 0.0), (1.0, 0.16, 0.04 * side)
        chest, belly = (0.52, -0.24, 0.06 * side), (-0.2, -0.42, 0.1 * side)
        yield crown, beak, throat
        yield nape, crown, throat
        yield nape, throat, chest
        yield nape, chest, belly
        yield nape, rump, belly
        yield rump, (-1.66, 0.2, 0.42 * side), belly
        yield from _wing(side, *flap)


def _wing(side: int, inner: float, outer: float) -> Iterator[tuple[Space, Space, Space]]:
    def out(start: Space, length: float, raised: float, back: float) -> Space:
        angle = math.radians(raised)
        return (
            start[0] + back,
            start[1] + length * math.sin(angle),
            start[2] + side * length * math.cos(angle),
        )

    front, rear = (0.56, 0.12, 0.05 * side), (-0.72, 0.06, 0.05 * side)
    elbow = out(front, 1.05, inner, 0.2)
    notch = out(rear, 0.8, inner * 0.9, 0.3)
    tip = out(elbow, 1.5, outer, -1.15)
    yield front, rear, notch
    yield front, elbow, notch
    yield elbow, tip, notch


def _turned(bird: Bird, point: Space) -> Space:
    x, y, z = point
    x, y = _rotate(x, y, bird.climb)
    y, z = _rotate(y, z, bird.roll)
    z, x = _rotate(z, x, -bird.yaw)
    # we look up at the flock a little
    y, z = _rotate(y, z, -12)
    return x, y, z


def _rotate(a: float, b: float, degrees: float) -> Point:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return a * cos - b * sin, a * sin + b * cos


def _seen(bird: Bird, triangle: tuple[Space, Space, Space]) -> Facet:
    a, b, c = (_turned(bird, point) for point in triangle)
    normal = _cross(_minus(b, a), _minus(c, a))
    length = math.sqrt(_dot(normal, normal)) or 1.0
    shine = _dot(normal, LIGHT) / length
    if normal[2] < 0:
        shine = -shine
    along = _unit(_minus(b, a))
    across = _unit(_cross(normal, along))
    return Facet(
        outline=tuple((bird.at[0] + p[0] * bird.size, bird.at[1] - p[1] * bird.size) for p in (a, b, c)),
        light=shine,
        depth=(a[2] + b[2] + c[2]) / 3,
        flat=tuple((_dot(_minus(p, a), along), _dot(_minus(p, a), across)) for p in (a, b, c)),
        along=(along[0] * bird.size, -along[1] * bird.size),
        across=(across[0] * bird.size, -across[1] * bird.size),
    )


def newsprint(facet: Facet, pitch: float, random: Random) -> Iterator[list[Point]]:
    """Yield words as small dark shapes in rows `pitch` units apart, kept inside the facet."""
    rows = [v for _, v in facet.flat]
    (ax, ay), (bx, by) = facet.along, facet.across
    size = max(math.hypot(ax, ay), math.hypot(bx, by))
    (_, _), (u1, _), (_, v2) = facet.flat
    if abs(ax * by - ay * bx) < 0.2 * size * size or abs(u1 * v2) < 0.2:
        return  # seen from its edge, or too small a piece to hold type
    seen = math.hypot(bx, by) / size
    pitch = min(pitch * 4, pitch / max(seen, 0.2))
    columns = random.uniform(9, 13) * pitch
    shift = random.uniform(0, columns)
    v = min(rows) + pitch * random.uniform(0.5, 1.2)
    headline = random.random() < 0.45
    while v < max(rows) - pitch * 0.4:
        bold = headline and random.random() < 0.16
        height = pitch * (1.25 if bold else 0.46)
        yield from _row(facet, v, height, columns, shift, random)
        v += pitch * (2.3 if bold else 1.0)


def _row(facet: Facet, v: float, height: float, column: float, shift: float, random: Random) -> Iterator[list[Point]]:
    span = [_crossing(facet, v + part * height) for part in (0.0, 1.0)]
    if any(ends is None for ends in span):
        return
    low = max(ends[0] for ends in span if ends) + height * 0.35
    high = min(ends[1] for ends in span if ends) - height * 0.35
    u = low
    while u < high:
        word = random.choice((1.0, 1.5, 2.2, 3.0, 4.2)) * height * random.uniform(0.8, 1.1)
        edge = (math.floor((u + shift) / column) + 1) * column - shift - height
        end = min(u + word, high, edge)
        if end - u > height * 0.5:
            yield [_on(facet, u, v), _on(facet, end, v), _on(facet, end, v + height), _on(facet, u, v + height)]
        u = end + height * (0.55 if end < edge else 2.0)


def _crossing(facet: Facet, v: float) -> tuple[float, float] | None:
    hits = []
    for (u0, v0), (u1, v1) in zip(facet.flat, [*facet.flat[1:], facet.flat[0]], strict=True):
        if (v0 - v) * (v1 - v) < 0:
            hits.append(u0 + (u1 - u0) * (v - v0) / (v1 - v0))
    return (min(hits), max(hits)) if len(hits) == 2 else None


def _on(facet: Facet, u: float, v: float) -> Point:
    x, y = facet.outline[0]
    return x + facet.along[0] * u + facet.across[0] * v, y + facet.along[1] * u + facet.across[1] * v


def _minus(a: Space, b: Space) -> Space:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _dot(a: Space, b: Space) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Space, b: Space) -> Space:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _unit(a: Space) -> Space:
    length = math.sqrt(_dot(a, a)) or 1.0
    return a[0] / length, a[1] / length, a[2] / length
