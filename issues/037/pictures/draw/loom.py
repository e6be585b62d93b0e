"""The opening of the essay on machines: the warp of a hand loom that turns into the copper of a circuit."""

import math
from itertools import pairwise
from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED
from draw.knife import gouge, ribbon, straight
from draw.press import Block, Point, Print, Sheet
from draw.timber import EYES, Beam, Bench, cards, seen, shaft

SHEET = Sheet(width=426, height=175, pixels=(5031, 2067))
COUNT = 46
DEPTHS = tuple(5 + 72 * (COUNT - 1 - index) / (COUNT - 1) for index in range(COUNT))
REDS = frozenset({9, 10, 11, 24, 25, 36, 37, 38})
SHAFTS = (54.0, 63.0, 72.0, 81.0)
BREAST = 116.0


def draw(folder: Path) -> None:
    """Write loom-spread.jpg."""
    scene = _Scene(Random(1843))
    scene.room()
    scene.board()
    scene.loom()
    scene.printed().save(folder / "loom-spread.jpg", quality=84)


class _Scene:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.ochre = Block(SHEET, inked=True)
        self.deep = Block(SHEET, shift=(0.1, 0.06))
        self.red = Block(SHEET, shift=(-0.12, 0.1))
        self.key = Block(SHEET)
        self.bench = Bench(flat=self.ochre, key=self.key, covered=(self.deep, self.red), random=random)

    def room(self) -> None:
        """Cut the floor and the meeting of the warm ground with the cold one."""
        self.deep.fill([(196, -2), (430, -2), (430, 178), (196, 178)])
        y = -1.0
        while y < 178:
            broad = self.random.uniform(1.1, 2.6)
            tip = 206 + abs(self.random.gauss(0, 26)) + 10 * math.sin(y / 19)
            path = straight((150, y), (tip, y + self.random.uniform(-0.6, 0.6)), self.random, 0.3, steps=16)
            self.deep.cut(ribbon(path, [broad * 2.2 * min(1.0, 2.2 * (1 - k / 16)) for k in range(17)]))
            y += broad
        for _ in range(820):
            y = 139 + 40 * self.random.random() ** 0.8
            x = -10 + 440 * self.random.random() ** 1.7
            if x > 190 and y < 146 + (x - 190) / 9:
                continue
            path = straight((x, y), (x + self.random.uniform(12, 44), y), self.random, 0.2)
            self.key.fill(gouge(path, self.random.uniform(0.3, 0.35 + (y - 136) / 34)))
        for _ in range(240):
            x, y = self.random.uniform(0, 205), self.random.uniform(2, 128)
            path = straight((x, y), (x + self.random.uniform(4, 11), y), self.random, 0.2)
            self.ochre.cut(gouge(path, 0.42))

    def loom(self) -> None:
        """Build the loom from back to front, the warp passing through it."""
        bench = self.bench
        for low, high in FAR:
            Beam(low=low, high=high).cut(bench)
        self._roller()
        at = -4.0
        for index, along in enumerate(SHAFTS):
            self._warp(at, along)
            shaft(bench, along, 24, 68, [d for i, d in enumerate(DEPTHS) if i % 4 == index][::-1])
            for deep in (14, 62):
                self.key.line([seen(along, 70, deep), seen(66 + (along - 66) * 0.3, 90, deep)], 0.4)
            at = along
        self._warp(at, 97)
        self._reed(97)
        self._warp(97, BREAST)
        Beam(low=(BREAST - 8, EYES - 9, -2), high=(BREAST, EYES - 0.6, 84)).cut(bench)
        self._warp(BREAST - 7, 400)
        for low, high in NEAR:
            Beam(low=low, high=high).cut(bench)
        swing = [(22 + 1.3 * math.sin(step / 2.3), 47.5 + step * 7.6) for step in range(15)]
        cards(bench, swing, 32, 7.6)
        Beam(low=(-44, 118, -9), high=(0, 125, -2)).cut(bench)

    def _roller(self) -> None:
        def ring(deep: float, radius: float) -> list[Point]:
            x, y = seen(-4, 42, deep)
            return [(x + radius * math.cos(k * 0.2), y + radius * math.sin(k * 0.2)) for k in range(32)]

        self.key.fill(ring(82, 12))
        for index in range(75):
            deep = 79 - index
            wound = ring(deep, 8.6 + 0.25 * math.sin(index * 2.2))
            self.bench.clear(wound)
            self.ochre.cut(wound)
            edge = [*wound[20:], *wound[:7]]
            self.key.fill(ribbon(edge, [0.28 + 0.5 * max(0.0, (k - 9) / 9) for k in range(len(edge))]))
            if index % 25 in range(8, 13):
                self.red.fill(wound)
        self.bench.clear(ring(2, 12))
        self.key.fill(ring(2, 12))
        for radius in (10.4, 8.4, 6.2):
            self.key.cut(ribbon(ring(2, radius)[14:30], [0.55 * math.sin(math.pi * k / 15) for k in range(16)]))
        self.key.cut(ring(2, 2.2))

    def _reed(self, along: float) -> None:
        for index in range(120):
            deep = 3 + index * 76 / 119
            self.key.line([seen(along, 33, deep), seen(along, 60, deep)], 0.22)
        for up in (28.0, 60.0):
            Beam(low=(along - 2, up, 0), high=(along + 2, up + 5, 82)).cut(self.bench)

    def _warp(self, start: float, end: float) -> None:
        for index, deep in enumerate(DEPTHS):
            self._thread(index, deep, start, end)

    def _thread(self, index: int, deep: float, start: float, end: float) -> None:
        x0, y = seen(start, EYES, deep)
        x1 = seen(end, EYES, deep)[0]
        last = 228 + 32 * Random(index).random()
        if x1 > last:
            x1 = last
        wool = [(x, _woolly(index, x, y)) for x in _steps(x0, x1, 0.7)]
        if len(wool) < 2:
            return
        fade = [min(1.0, (last - x) / 26 + 0.02) if end > 300 else 1.0 for x, _ in wool]
        thick = [(0.56 + 0.16 * math.sin(x * 1.7 + index * 2)) * f for (x, _), f in zip(wool, fade, strict=True)]
        lower = [(x, y + 0.42) for x, y in wool]
        self.key.fill(ribbon(lower, [t * 0.9 for t in thick]))
        body = ribbon(wool, thick)
        self.key.cut(body)
        self.deep.cut(body)
        if index in REDS:
            self.red.fill(body)
        self.ochre.cut(body)

    def board(self) -> None:
        """Lay the copper of the circuit and its soldered points."""
        for index, deep in enumerate(DEPTHS):
            route = _route(index, seen(0, EYES, deep)[1])
            self._trace(index, route)
        for index, deep in enumerate(DEPTHS):
            route = _route(index, seen(0, EYES, deep)[1])
            self._pad(index, route[-1])

    def _trace(self, index: int, route: list[Point]) -> None:
        for part, (a, b) in enumerate(pairwise(route)):
            broad = 0.56 if part < 4 else 0.8
            line = ribbon([a, b], [broad, broad])
            self.deep.cut(line)
            if index in REDS:
                self.red.fill(line)
        for point in route[1:-1]:
            self.deep.disc(point, 0.3, 0)
            if index in REDS:
                self.red.disc(point, 0.3)

    def _pad(self, index: int, at: Point) -> None:
        self.key.disc((at[0] + 0.5, at[1] + 0.5), 1.9)
        self.key.disc(at, 1.75, 0)
        self.deep.disc(at, 1.75, 0)
        self.ochre.disc(at, 1.0, 0)
        if index in REDS:
            self.red.disc(at, 1.75)
            self.red.disc(at, 0.9, 0)

    def printed(self) -> Print:
        """Pull the four blocks."""
        pull = Print(SHEET, seed=1843)
        pull.pull(self.ochre, OCHRE)
        pull.pull(self.deep, DEEP)
        pull.pull(self.red, RED)
        pull.pull(self.key, INK, strength=0.97)
        return pull


FAR = (
    ((0.0, 0.0, 78.0), (8.0, 95.0, 86.0)),
    ((108.0, 0.0, 78.0), (116.0, 95.0, 86.0)),
    ((8.0, 8.0, 79.0), (108.0, 15.0, 85.0)),
    ((-2.0, 88.0, 78.0), (118.0, 96.0, 86.0)),
    ((1.0, 88.0, 0.0), (7.0, 95.0, 78.0)),
)
NEAR = (
    ((0.0, 0.0, -8.0), (8.0, 128.0, 0.0)),
    ((8.0, 8.0, -7.0), (108.0, 15.0, -1.0)),
    ((108.0, 0.0, -8.0), (116.0, 95.0, 0.0)),
    ((109.0, 88.0, 0.0), (115.0, 95.0, 78.0)),
    ((58.0, 90.0, 0.0), (72.0, 95.0, 78.0)),
    ((8.0, 88.0, -8.0), (118.0, 96.0, 0.0)),
    ((-6.0, 0.0, -8.0), (14.0, 4.0, 0.0)),
    ((102.0, 0.0, -8.0), (122.0, 4.0, 0.0)),
)


def _steps(start: float, end: float, step: float) -> list[float]:
    count = max(1, math.ceil((end - start) / step))
    return [start + (end - start) * index / count for index in range(count + 1)] if end > start else []


def _woolly(index: int, x: float, y: float) -> float:
    slack = 1.5 * math.pow(max(0.0, min(1.0, (175 - x) / 130)), 1.4)
    return y + slack * (0.6 * math.sin(x / 5.1 + index * 1.9) + 0.4 * math.sin(x / 2.7 + index * 4.1))


def _route(index: int, y: float) -> list[Point]:
    lane = 8 + index * 2.3
    group = index // 12
    first = y - 24 + group * 7.5
    x1 = 262 + index * 0.42
    x2 = 300 + index * 0.9
    end = 354 + (index * 3 % 5) * 15.5
    return [(205, y), (x1, y), (x1 + y - first, first), (x2, first), (x2 + first - lane, lane), (end, lane)]
