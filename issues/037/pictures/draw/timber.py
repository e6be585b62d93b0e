"""A hand loom of squared timber: beams and cards in loom space come in, cut faces on the blocks come out.

Loom space is in mm on the page: `along` to the right, `up` from the floor, `deep` away from us.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from draw.knife import gouge, straight
from draw.press import Block, Point

ORIGIN = (46.0, 163.0)
EYES = 46.0
DEEP_X, DEEP_Y = 0.50, -0.60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The blocks that the loom is cut on: the flat ground, the dark key, and the colours that it may cover."""

    flat: Block
    key: Block
    covered: tuple[Block, ...]
    random: Random

    def clear(self, shape: Sequence[Point]) -> None:
        """Cut a shape out of every block but the flat one, to make room for something nearer."""
        for block in (self.key, *self.covered):
            block.cut(shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beam:
    """A squared timber between two corners: (along, up, deep)."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]

    def cut(self, bench: Bench) -> None:
        """Cut its three visible faces: the top in the light, the front dark with grain, the right side black."""
        (a0, u0, d0), (a1, u1, d1) = self.low, self.high
        top = [seen(a0, u1, d0), seen(a1, u1, d0), seen(a1, u1, d1), seen(a0, u1, d1)]
        side = [seen(a1, u0, d0), seen(a1, u1, d0), seen(a1, u1, d1), seen(a1, u0, d1)]
        front = [seen(a0, u0, d0), seen(a1, u0, d0), seen(a1, u1, d0), seen(a0, u1, d0)]
        for face in (top, side, front):
            bench.flat.fill(face)
            bench.clear(face)
        bench.flat.cut(top)
        bench.key.fill(side)
        bench.key.fill(front)
        lit(bench, top, along_first=(a1 - a0) > (d1 - d0))
        grain(bench, front, along_first=(a1 - a0) > (u1 - u0))
        if d1 - d0 > 20:
            grain(bench, side, along_first=False, density=0.35, swap=True)
        for face in (top, side, front):
            bench.key.line([*face, face[0]], 0.45)


def seen(along: float, up: float, deep: float) -> Point:
    """Where a point of loom space stands on the sheet, in mm."""
    return ORIGIN[0] + along + DEEP_X * deep, ORIGIN[1] - up + DEEP_Y * deep


def _corner(face: Sequence[Point], s: float, t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = face
    x = (ax * (1 - s) + bx * s) * (1 - t) + (dx * (1 - s) + cx * s) * t
    y = (ay * (1 - s) + by * s) * (1 - t) + (dy * (1 - s) + cy * s) * t
    return x, y


def grain(bench: Bench, face: Sequence[Point], *, along_first: bool, density: float = 1.0, swap: bool = False) -> None:
    """Gouge light grain out of a dark face, along its longer side."""
    sides = (math.dist(face[0], face[1]), math.dist(face[0], face[3]))
    length, breadth = sides if along_first else (sides[1], sides[0])
    lines = max(2, round(breadth / 1.25 * density))
    for index in range(lines):
        across = (index + 0.5) / lines
        at = bench.random.uniform(-0.1, 0.3)
        while at < 1:
            run = min(1.0, bench.random.uniform(9, 30) / length)
            low, high = max(0.015, at), min(0.985, at + run)
            if high - low > 0.02:
                ends = [(low, across), (high, across)] if along_first else [(across, low), (across, high)]
                path = straight(_corner(face, *ends[0]), _corner(face, *ends[1]), bench.random, 0.25)
                bench.key.cut(gouge(path, bench.random.uniform(0.25, 0.62)))
            at += run + bench.random.uniform(0.02, 0.3)


def lit(bench: Bench, face: Sequence[Point], *, along_first: bool) -> None:
    """Leave a few dark lines of grain on a face in the light."""
    sides = (math.dist(face[0], face[1]), math.dist(face[0], face[3]))
    lines = max(1, round((sides[1] if along_first else sides[0]) / 2.6))
    for index in range(lines):
        across = (index + bench.random.uniform(0.3, 0.7)) / lines
        for _ in range(2):
            low = bench.random.uniform(0.02, 0.6)
            high = low + bench.random.uniform(0.15, 0.38)
            ends = [(low, across), (high, across)] if along_first else [(across, low), (across, high)]
            path = straight(_corner(face, *ends[0]), _corner(face, *ends[1]), bench.random, 0.2)
            bench.key.fill(gouge(path, 0.4))


def shaft(bench: Bench, along: float, low: float, high: float, threads: Sequence[float]) -> None:
    """Hang one heddle shaft: two slats across the loom and a string with an eye for every second thread."""
    slat = 2.4
    for deep in threads:
        top, foot = seen(along, high, deep), seen(along, low, deep)
        bench.key.line([top, foot], 0.32)
        x, y = seen(along, EYES, deep)
        bench.key.disc((x, y), 0.75)
    first, last = threads[0] - 3, threads[-1] + 3
    for up in (low - slat, high):
        Beam(low=(along - 1, up, first), high=(along + 1, up + slat, last)).cut(bench)


def cards(bench: Bench, path: Sequence[Point], width: float, height: float) -> None:
    """Hang a chain of punched cards, laced edge to edge, down a path of their middles."""
    for index, (x, y) in enumerate(path):
        ax, ay = path[max(0, index - 1)]
        bx, by = path[min(len(path) - 1, index + 1)]
        turn = math.atan2(by - ay, bx - ax) - math.pi / 2
        _card(bench, (x, y), width, height, turn)


def _card(bench: Bench, at: Point, width: float, height: float, turn: float) -> None:
    def on(u: float, v: float) -> Point:
        cos, sin = math.cos(turn), math.sin(turn)
        return at[0] + u * cos - v * sin, at[1] + u * sin + v * cos

    w, h = width / 2, height / 2 - 0.45
    body = [on(-w, -h), on(w, -h), on(w, h), on(-w, h)]
    bench.key.fill([(x + 1.0, y + 0.8) for x, y in body])
    bench.clear(body)
    bench.flat.cut(body)
    for u in (-w * 0.82, w * 0.82):
        for side in (-1, 1):
            bench.key.line([on(u + 0.5, side * height / 2), on(u, side * (h - 1.0))], 0.4)
    for row in range(4):
        for column in range(17):
            if bench.random.random() < 0.52:
                bench.key.disc(on((column / 16 - 0.5) * width * 0.7, (row / 3 - 0.5) * h * 1.25), 0.43)
    for u in (-w * 0.91, w * 0.91):
        bench.key.disc(on(u, 0), 0.85)
