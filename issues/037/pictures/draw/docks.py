"""The opening picture of the dock strike: daybreak over a basin, and men behind a chain at a closed gate."""

import math
from itertools import pairwise
from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED, tint
from draw.knife import Path as Outline
from draw.knife import curve, gouge, hatched, moved, ribbon, straight, wobbled
from draw.people import Blocks, Somebody, back_view
from draw.press import Block, Point, Print, Sheet

SHEET = Sheet(width=176, height=72, pixels=(2079, 850))
WATER = 33.0
SUN = (60.0, 30.5)
QUAY = 43.5
GATE = (137.0, 168.0, 14.0, 47.5)  # left, right, spring of the arch, foot
BOLLARDS = ((15.0, 55.5), (129.0, 56.0))
SHORE = (
    "-5,34* -5,30.6* 6,30.6* 6,29.4* 13,29.4* 13,31* 22,31* 22,28.8* 25,27.6* 28,28.8* 28,31* 46,31.2* 46,32* 72,32* "
    "72,30.4* 84,30.4* 84,29* 91,29* 91,30.8* 104,30.8* 104,28.6* 107,27.4* 110,28.6* 110,30* 132,30* 132,34*"
)
BARQUE = "3,35.4* 7,37 40,37 47,34.6* 45,38.6 43.4,42.6* 8,42.6* 5,39.6"
STEAMER = "76,36.2* 80,37.4 122,37.4 126,36.0* 124.6,42.8* 79.4,42.8*"
SMOKE = (
    "97.4,13.6* 98.4,10 101,8.4 103,6 107,6.2 109,3.6 114,4.4 117,1.4 123,2.4 128,-3* 136,-3* 131,3 125,5.6 120,6 "
    "117,8.8 112,8.6 109.6,11 105.6,10.4 103,12.4 101,13.6*"
)
SMOKE_LIGHT = (
    "101,11.6 105,9 110,7.6",
    "106,8.6 112,6.4 118,4.4",
    "113,7.4 119,4.6 126,2.4",
    "100,12.4 102,9.6 105,7.6",
)
BOLLARD = "-2.6,1* -2.2,-4 -3.4,-6.6 -2.6,-9 2.6,-9 3.4,-6.6 2.2,-4 2.6,1*"
BOLLARD_LIGHT = "-1.4,-8 -1.9,-6.4 -1.2,-4 -1.4,0"


def draw(folder: Path) -> None:
    """Write docks.jpg."""
    scene = _Scene(Random(1889))
    scene.daybreak()
    scene.barque()
    scene.steamer()
    scene.quay()
    scene.warehouse()
    scene.chain()
    scene.men()
    scene.printed().save(folder / "docks.jpg")


class _Scene:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.ochre = Block(SHEET, shift=(0.1, -0.06))
        self.cold = Block(SHEET)
        self.red = Block(SHEET, shift=(-0.1, 0.08))
        self.key = Block(SHEET)

    def daybreak(self) -> None:
        """Cut the sky, the far shore and the water, with the sun's track on it."""
        hatched(self.cold, (-20, -6, 200, WATER), 0, spacing=1.6, random=self.random, length=34, tone=_night)
        hatched(self.ochre, (-20, 8, 200, WATER), 0, spacing=1.5, random=self.random, length=26, tone=_dawn)
        for reach in (11.5, 6.8):
            ring = [(SUN[0] + reach * math.cos(k / 8), SUN[1] + reach * math.sin(k / 8)) for k in range(51)]
            (self.ochre.fill if reach > 10 else self.ochre.cut)(ring)
            self.cold.cut(ring)
        self.ochre.fill([(-5, WATER), (181, WATER), (181, QUAY), (-5, QUAY)])
        hatched(self.cold, (-20, WATER, 200, QUAY), 0, spacing=1.1, random=self.random, length=9, tone=_water)
        for _ in range(46):
            y = WATER + 11 * self.random.random()
            x = SUN[0] + self.random.gauss(0, 2.5 + (y - WATER) * 0.45)
            path = straight((x - 3, y), (x + 3, y), self.random, 0.1)
            for block in (self.ochre, self.cold):
                block.cut(gouge(path, 0.75))
        self._solid(curve(SHORE))
        for _ in range(26):
            x = self.random.uniform(0, 128)
            self.key.cut(gouge(straight((x, 32.2), (x + 2, 32.2), self.random), 0.3))

    def _solid(self, shape: Outline) -> None:
        self.key.fill(shape)
        for block in (self.ochre, self.cold, self.red):
            block.cut(shape)

    def _mast(self, x: float, deck: float, top: float, yards: tuple[tuple[float, float], ...]) -> None:
        self.key.fill(ribbon([(x, deck), (x + 0.1, (deck + top) / 2), (x + 0.2, top)], [0.95, 0.7, 0.35]))
        for y, half in yards:
            dip = self.random.uniform(-0.25, 0.25)
            path = straight((x - half, y + dip), (x + half, y - dip), self.random, 0.1)
            self.key.fill(gouge(path, 0.5, start=0.5, end=0.5))
            furled = straight((x - half * 0.86, y - 0.45), (x + half * 0.86, y - 0.45), self.random, 0.2, steps=9)
            self.key.fill(gouge(furled, 1.15))
            self.key.cut(gouge(straight((x - half * 0.6, y - 0.6), (x - 0.8, y - 0.65), self.random, 0.1), 0.32))
            self.key.line([(x - half, y), (x + 0.1, y - 5)], 0.15)
            self.key.line([(x + half, y), (x + 0.1, y - 5)], 0.15)
        for side in (-1, 1):
            for spread in (2.6, 3.6):
                self.key.line([(x + side * spread, deck), (x, deck - (deck - top) * 0.5)], 0.2)

    def _stays(self, *drawn: str) -> None:
        for stay in drawn:
            self.key.line(curve(stay, closed=False, steps=1), 0.16)

    def barque(self) -> None:
        """Moor the sailing ship."""
        self._solid(curve(BARQUE))
        self._mast(14, 36.5, 3.5, ((10, 5.2), (17, 6.6), (24.5, 7.6)))
        self._mast(25, 36.5, 1.0, ((8, 5.6), (15.6, 7.2), (24, 8.2)))
        self._mast(36, 36.5, 5.0, ((22, 5.4),))
        self.key.fill(gouge(straight((44, 35.6), (57, 30.2), self.random), 0.8, start=1.0))
        self._stays("36,6 25,20", "25,3 14,16", "36,8 56,30.6", "36,16 50,33", "14,5 3,35")
        for y, width in ((38.6, 0.4), (40.2, 0.3)):
            self.key.cut(gouge(straight((9, y), (42, y - 0.2), self.random, 0.2), width))

    def steamer(self) -> None:
        """Moor the steamer, with her funnel and its smoke."""
        smoke = curve(SMOKE)
        for block in (self.cold, self.ochre):
            block.cut(smoke)
        self.key.fill(smoke)
        for stroke in SMOKE_LIGHT:
            self.key.cut(gouge(curve(stroke, closed=False), 0.6))
        self._solid(curve(STEAMER))
        self._solid([(90, 37.5), (90, 33.4), (110, 33.4), (110, 37.5)])
        self._solid([(94, 33.6), (94, 31.2), (104, 31.2), (104, 33.6)])
        funnel = [(96.2, 31.4), (97.2, 13.4), (102.2, 13.4), (102.0, 31.4)]
        self._solid(funnel)
        band = [(96.8, 20.4), (97.0, 16.4), (102.2, 16.4), (102.1, 20.4)]
        self.key.cut(band)
        self.red.fill(band)
        self.key.cut(gouge(straight((97.7, 30), (98.0, 21.4), self.random), 0.6))
        self._mast(84.5, 37, 9, ())
        self._mast(117, 37, 10, ())
        self._stays("84.6,10 77,36", "84.6,12 97,15", "117.2,11 125,36", "117.2,12 102,15", "117,22 108,33")
        for k in range(6):
            self.key.cut([(91.4 + k * 3, 35), (93 + k * 3, 35), (93 + k * 3, 36.2), (91.4 + k * 3, 36.2)])
        self.key.cut(gouge(straight((81, 39.4), (122, 39.2), self.random, 0.2), 0.4))

    def quay(self) -> None:
        """Lay the stones of the quay."""
        top = [(-5, QUAY), (181, QUAY), (181, 77), (-5, 77)]
        for block in (self.ochre, self.cold, self.key):
            block.cut(top)
        self.key.fill([(-5, QUAY), (181, QUAY), (181, QUAY + 1.5), (-5, QUAY + 1.5)])
        for x in range(-5, 130, 9):
            self.key.cut([(x, QUAY), (x - 0.4, QUAY + 1.5), (x, QUAY + 1.5), (x + 0.4, QUAY)])
        hatched(self.key, (-20, QUAY + 2, 200, 77), 0, spacing=1.7, random=self.random, length=10, tone=_stones)

    def warehouse(self) -> None:
        """Build the warehouse at the right with its closed gate."""
        self._solid([(126, -5), (181, -5), (181, 48.5), (126, 48.5)])
        for course in range(27):
            y = 47.6 - course * 1.9
            x = 126.8 - (course % 2) * 1.7
            while x < 178:
                long = self.random.uniform(3.0, 3.8)
                if self.random.random() < 0.5 + 0.4 * max(0.0, (150 - x) / 40):
                    self.key.cut(gouge(straight((x, y), (x + long - 0.6, y), self.random), 0.4, start=0.5, end=0.5))
                x += long
        self.key.cut([(126, -5), (127, -5), (127, 48), (126, 48)])
        left, right, spring, foot = GATE
        middle, half = (left + right) / 2, (right - left) / 2
        for grow, inked in ((4.2, True), (3.6, False), (1.0, True), (0.0, False)):
            arch = [(middle + (half + grow) * math.cos(a), spring - (7.5 + grow) * math.sin(a)) for a in _half_turn()]
            shape = [(left - grow, foot), *arch[::-1], (right + grow, foot)]
            (self.key.fill if inked else self.key.cut)(shape)
        self._voussoirs(middle, half, spring)
        self._leaves()
        self._solid([(126, 47.5), (181, 47.5), (181, 49.4), (126, 49.4)])

    def _voussoirs(self, middle: float, half: float, spring: float) -> None:
        for k in range(15):
            a = math.pi * k / 14
            inner = (middle + (half + 0.8) * math.cos(a), spring - 8.3 * math.sin(a))
            outer = (middle + (half + 3.8) * math.cos(a), spring - 11.3 * math.sin(a))
            self.key.line([inner, outer], 0.4)
        for k in range(9):
            for x in (GATE[0] - 3.8, GATE[1] + 0.8):
                self.key.line([(x, spring + k * 3.8), (x + 3, spring + k * 3.8)], 0.4)

    def _leaves(self) -> None:
        left, right, spring, foot = GATE
        middle, half = (left + right) / 2, (right - left) / 2
        planks = 14
        for k in range(planks):
            broad = (right - left - 1.2) / planks
            x0, x1 = left + 0.6 + k * broad, left + 0.6 + (k + 1) * broad
            centre = (x0 + x1) / 2
            top = spring - 7.2 * math.sqrt(max(0.0, 1 - ((centre - middle) / half) ** 2))
            gap = 0.55 if k == planks // 2 else 0.28
            plank = wobbled([(x0 + gap, foot), (x0 + gap, top), (x1 - 0.2, top), (x1 - 0.2, foot)], self.random, 0.06)
            self.key.fill(plank)
            for _ in range(3):
                y = self.random.uniform(top + 2, foot - 8)
                x = self.random.uniform(x0 + 0.6, x1 - 0.5)
                self.key.cut(gouge(straight((x, y), (x, y + self.random.uniform(3, 8)), self.random, 0.1), 0.28))
        for y in (spring + 4, foot - 7):
            for ends in ((left + 0.4, middle - 3), (right - 0.4, middle + 3)):
                self.key.cut(gouge([(ends[0] + (ends[1] - ends[0]) * k / 8, y) for k in range(9)], 1.9, start=0.9))
                self.key.fill(gouge([(ends[0] + (ends[1] - ends[0]) * k / 8, y) for k in range(9)], 1.1, start=0.9))
        self.key.cut([(middle - 1.6, 31), (middle + 1.6, 31), (middle + 1.6, 34.6), (middle - 1.6, 34.6)])
        self.key.fill([(middle - 1.0, 31.6), (middle + 1.0, 31.6), (middle + 1.0, 34), (middle - 1.0, 34)])

    def chain(self) -> None:
        """Stretch the chain between its two bollards."""
        (x0, y0), (x1, y1) = BOLLARDS
        count = 41
        spots = []
        for k in range(count + 1):
            t = k / count
            spots.append((x0 + (x1 - x0) * t, y0 - 6 + (y1 - y0) * t + 4.4 * 4 * t * (1 - t) * 0.55))
        links = list(pairwise(spots))
        for a, b in links[::2]:
            self._link(a, b, flat=True)
        for a, b in links[1::2]:
            self._link(a, b, flat=False)
        for at in BOLLARDS:
            shape = moved(curve(BOLLARD), at)
            self.key.line([*shape, shape[0]], 1.1, 0.0)
            self._solid(shape)
            self.key.cut(gouge(moved(curve(BOLLARD_LIGHT, closed=False), at), 0.6))

    def _link(self, a: Point, b: Point, *, flat: bool) -> None:
        cx, cy = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
        turn = math.atan2(b[1] - a[1], b[0] - a[0])
        long, broad = math.dist(a, b) * 0.78, 1.05 if flat else 0.32

        def oval(grow: float) -> Outline:
            out = []
            for k in range(20):
                u, v = (long + grow) * math.cos(k * math.pi / 10), (broad + grow) * math.sin(k * math.pi / 10)
                out.append((cx + u * math.cos(turn) - v * math.sin(turn), cy + u * math.sin(turn) + v * math.cos(turn)))
            return out

        self.key.cut(oval(0.45))
        self.key.fill(oval(0.15))
        if flat:
            self.key.cut(oval(-0.5))

    def men(self) -> None:
        """Stand some forty men in three rows, seen from behind."""
        blocks = Blocks(key=self.key, red=self.red, ground=self.cold)
        for level, size, count, left, right in (
            (59.5, 2.7, 15, 24, 124),
            (63.8, 3.5, 15, 8, 150),
            (69.6, 4.6, 15, -2, 178),
        ):
            for k in range(count):
                x = left + (right - left) * (k + self.random.uniform(0.2, 0.8)) / count
                y = level + self.random.uniform(-1.0, 1.0)
                tall, tilt = size * self.random.uniform(0.93, 1.07), self.random.uniform(-5, 9)
                back_view(Somebody(at=(x, y), size=tall, wears="cap", tilt=tilt), blocks, self.random)

    def printed(self) -> Print:
        """Pull the four blocks."""
        pull = Print(SHEET, seed=1889)
        pull.pull(self.ochre, tint(OCHRE, 0.6))
        pull.pull(self.cold, tint(DEEP, 0.5))
        pull.pull(self.red, RED)
        pull.pull(self.key, INK)
        return pull


def _half_turn() -> list[float]:
    return [math.pi * k / 20 for k in range(21)]


def _dawn(x: float, y: float) -> float:
    return max(0.0, 1.15 - (WATER - y) / 15 - abs(x - SUN[0]) / 110)


def _night(x: float, y: float) -> float:
    return max(0.0, 1.3 - (y + 6) / 19 + abs(x - SUN[0]) / 190)


def _water(x: float, y: float) -> float:
    return min(1.0, 0.3 + abs(x - SUN[0]) / 90)


def _stones(x: float, y: float) -> float:
    return 0.1 + 0.1 * math.sin(x / 9 + y) + max(0.0, (y - 52) / 60)
