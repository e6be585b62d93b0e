"""The opening of the essay on the first towns: T-shaped pillars in a sunken ring on a ridge, at dusk."""

import math
from collections.abc import Callable
from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED, tint
from draw.knife import Path as Outline
from draw.knife import curve, gouge, hatched, moved, straight, wobbled
from draw.press import Block, Point, Print, Sheet

SHEET = Sheet(width=216, height=141, pixels=(2551, 1665))
SUN = (133.0, 79.0)
CENTRE = (128.0, 106.0)
WIDE, FLAT = 80.0, 22.0
SUNK = 9.0
FOX = (
    "-5.2,1.6 -3.6,0.4* -3.2,-1.2* -2.4,-0.2* -0.6,-0.7 1.8,-0.8 3.6,-0.4 5.4,-1.6 8.2,-3.4 8.8,-2.9* 6.6,-0.4 "
    "4.6,1.0 4.4,2.2 5.2,4.0* 4.2,4.2* 3.0,1.8 0.6,1.3 -1.0,1.8 -2.0,4.3* -2.9,4.2* -2.4,1.9 -3.6,2.0*"
)


def draw(folder: Path) -> None:
    """Write pillars.jpg."""
    scene = _Scene(Random(9500))
    scene.sky()
    scene.ridge()
    scene.ring()
    for angle in (212, 237, 309, 333):
        scene.pillar(_floor(angle), 7.2 * _near(angle), 34 * _near(angle))
    scene.pillar((111, 112), 13.6, 70)
    scene.fox((109.8, 79))
    scene.pillar((156, 112), 13.6, 67)
    for angle in (163, 19):
        scene.pillar(_wall(angle, 2), 9.6, 47)
    scene.rim(2, 178)
    scene.printed().save(folder / "pillars.jpg")


def _floor(angle: float, part: float = 0.93) -> Point:
    """A place on the sunken floor near the wall; angle 0 is right, 90 nearest to us."""
    phi = math.radians(angle)
    return CENTRE[0] + WIDE * part * math.cos(phi), CENTRE[1] + SUNK + FLAT * part * math.sin(phi)


def _near(angle: float) -> float:
    return 1 + 0.22 * math.sin(math.radians(angle))


def _ellipse(grow: float, sunk: float = 0.0, start: int = 0, end: int = 360) -> Outline:
    a, b = WIDE + grow, FLAT + grow * 0.42
    turns = (math.radians(degree) for degree in range(start, end + 1, 2))
    return [(CENTRE[0] + a * math.cos(t), CENTRE[1] + sunk + b * math.sin(t)) for t in turns]


class _Scene:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.ochre = Block(SHEET, inked=True)
        self.rose = Block(SHEET, shift=(-0.12, 0.08))
        self.violet = Block(SHEET, shift=(0.12, -0.06))
        self.key = Block(SHEET)

    def sky(self) -> None:
        """Cut the dusk: ochre at the horizon, rose over it, violet above, in level cuts."""
        box = (-30.0, -4.0, 250.0, 88.0)
        hatched(self.rose, box, 0, spacing=1.6, random=self.random, length=40, tone=_rising(77, 38))
        hatched(self.violet, box, 0, spacing=1.7, random=self.random, length=46, tone=_rising(52, 12))
        for block, reach in ((self.rose, 21.0), (self.ochre, 12.0)):
            block.cut([(SUN[0] + reach * math.cos(k / 8), SUN[1] + reach * math.sin(k / 8)) for k in range(51)])
        for y, half, width in ((73.5, 17, 0.8), (76.4, 24, 1.2), (79.2, 20, 1.5)):
            self.ochre.fill(gouge(straight((SUN[0] - half, y), (SUN[0] + half, y), self.random, 0.2), width))

    def ridge(self) -> None:
        """Cut the bare ridge and the ground before it."""
        ground = curve("-6,77* 20,74 48,76 78,79.5 104,82 132,83 160,82 186,78 204,79 222,76* 222,145* -6,145*")
        for block in (self.rose, self.ochre, self.key):
            block.fill(ground)
        self.violet.cut(ground)
        grow = 9.0
        while grow < 150:
            degree = self.random.uniform(0, 9)
            while degree < 360:
                run = self.random.uniform(2.5, 9)
                path = [_top(degree + run * k / 8, grow + self.random.uniform(-0.2, 0.2)) for k in range(9)]
                width = 1.15 * _glow(*path[4]) * self.random.uniform(0.6, 1.2)
                if width > 0.16 and path[4][1] > 84:
                    self.key.cut(gouge(path, width))
                degree += run + self.random.uniform(0.5, 5)
            grow += self.random.uniform(2.2, 3.4) * (1 + grow / 90)

    def ring(self) -> None:
        """Sink the round room: the far wall in its own shadow, the floor in the last light."""
        hole, floor = _ellipse(0), _ellipse(-1, SUNK)
        self.key.fill(hole)
        foot = 0.6
        while foot < SUNK - 0.4:
            thick = self.random.uniform(1.3, 2.4)
            self._course(foot, min(SUNK, foot + thick), 183 + foot, 357 - foot)
            foot += thick
        ground = Block(SHEET)
        ground.fill(floor)
        self.key.inside(hole, ground, cut=True)
        shade = Block(SHEET)
        hatched(shade, (40, 95, 216, 140), 0, spacing=1.15, random=self.random, length=12, tone=_shade)
        self.key.inside(hole, shade)
        for _ in range(70):
            angle = self.random.uniform(30, 150)
            low, high = sorted((self.random.uniform(14, 60), self.random.uniform(20, 66)))
            ray = [_ray(angle, low + (high - low) * k / 6) for k in range(7)]
            self.rose.cut(gouge(ray, self.random.uniform(0.4, 1.3)))
        self.rim(180, 360)

    def _course(self, top: float, foot: float, start: float, end: float) -> None:
        angle = start
        while angle < end:
            step = self.random.uniform(2.6, 5.6) / (0.45 + 0.55 * abs(math.sin(math.radians(angle))))
            corners = [(angle, top), (angle + step, top), (angle + step, foot), (angle, foot)]
            stone = wobbled([_wall(a, s) for a, s in corners], self.random, 0.14, 2)
            for edge in (stone[: len(stone) // 2], stone[len(stone) // 4 : len(stone) * 3 // 4]):
                if self.random.random() < 0.8:
                    self.key.cut(gouge(edge, self.random.uniform(0.3, 0.55), start=0.4, end=0.4))
            angle += step

    def rim(self, start: float, end: float) -> None:
        """Lay the top of the wall: flat stones in the light, side by side round the ring."""
        angle = start
        while angle < end:
            step = min(self.random.uniform(3.0, 6.5), end - angle + 0.5)
            wide = self.random.uniform(6.2, 8.0)
            stone = [_top(angle, 0), _top(angle + step, 0), _top(angle + step, wide), _top(angle, wide)]
            self.key.fill([(x, y + 1.6) for x, y in stone])
            middle = (sum(x for x, _ in stone) / 4, sum(y for _, y in stone) / 4)
            face = [(middle[0] + (x - middle[0]) * 0.84, middle[1] + (y - middle[1]) * 0.8) for x, y in stone]
            self.key.fill(wobbled(stone, self.random, 0.1))
            face = wobbled(face, self.random, 0.18, 2)
            self.key.cut(face)
            self.ochre.fill(stone)
            if math.dist(middle, SUN) < 58:
                self.rose.cut(face)
            angle += step

    def pillar(self, base: Point, wide: float, tall: float) -> None:
        """Stand one pillar on the floor, its shadow towards us and its edge to the sun in the light."""
        x, y = base
        side = 1 if x < SUN[0] else -1
        shaft, head, lit = _tee(base, wide, tall, side)
        away = (x - SUN[0]) / max(9.0, y - SUN[1] + 8)
        long = tall * 0.62
        shadow = [(x - wide / 2, y), (x + wide / 2, y)]
        shadow += [(x + wide * 0.8 + away * long, y + long), (x - wide * 0.8 + away * long, y + long)]
        cast = Block(SHEET)
        cast.fill(shadow)
        within = Block(SHEET)
        within.fill(_ellipse(-1, SUNK))
        shape = Block(SHEET)
        shape.inside(shadow, within)
        self.key.inside(_ellipse(0), shape)
        for part in (shaft, head):
            rough = wobbled(part, self.random, 0.14, 3)
            for block in (self.ochre, self.rose, self.key):
                block.fill(rough)
            self.violet.cut(rough)
        for part in lit:
            self._lit(part)
        self._pecked(x, y, wide, tall)

    def _lit(self, part: Outline) -> None:
        rough = wobbled(part, self.random, 0.12, 3)
        self.ochre.fill(rough)
        for block in (self.key, self.rose, self.violet):
            block.cut(rough)
        self.key.line([*rough, rough[0]], 0.4)

    def _pecked(self, x: float, y: float, wide: float, tall: float) -> None:
        for _ in range(round(wide * tall / 11)):
            px = x + self.random.uniform(-0.36, 0.36) * wide
            py = y - self.random.uniform(0.06, 0.68) * tall
            end = (px + self.random.uniform(-0.2, 0.2), py + self.random.uniform(1.5, 5))
            path = straight((px, py), end, self.random)
            self.key.cut(gouge(path, self.random.uniform(0.22, 0.42)))

    def fox(self, at: Point) -> None:
        """Carve the fox on the flank of the left middle pillar."""
        x, y = at
        self.key.fill([(x - 5.8, y - 5), (x + 5.8, y - 5), (x + 5.8, y + 5), (x - 5.8, y + 5)])
        for block in (self.key, self.rose):
            block.cut(moved(curve(FOX), (at[0] - 1.2, at[1]), 0.74))

    def printed(self) -> Print:
        """Pull the blocks from light to dark."""
        pull = Print(SHEET, seed=9500)
        pull.pull(self.ochre, OCHRE)
        pull.pull(self.rose, RED, strength=0.74)
        pull.pull(self.violet, tint(DEEP, 0.72, RED), strength=0.92)
        pull.pull(self.key, INK)
        return pull


def _tee(base: Point, wide: float, tall: float, side: int) -> tuple[Outline, Outline, list[Outline]]:
    x, y = base
    neck = y - tall * 0.785
    half, arm = wide / 2, wide * 0.98
    deep = wide * 0.3 * side
    shaft = [(x - half, y), (x + half, y), (x + half * 0.94, neck - 1), (x - half * 0.94, neck - 1)]
    top = y - tall
    head = [(x - arm * 0.92, neck), (x + arm * 0.92, neck), (x + arm, top + 1.4), (x + arm * 0.93, top)]
    head += [(x - arm * 0.93, top), (x - arm, top + 1.4)]
    edge, brow = x + half * side, x + arm * 0.96 * side
    lit = [
        [(edge, y), (edge + deep * 0.7, y - 1.2), (edge + deep * 0.6, neck), (edge * 1.0, neck)],
        [(brow, neck), (brow + deep, neck - 1.2), (brow + deep, top + 0.4), (brow, top)],
    ]
    return shaft, head, lit


def _wall(angle: float, sunk: float) -> Point:
    phi = math.radians(angle)
    return CENTRE[0] + WIDE * math.cos(phi), CENTRE[1] + sunk + FLAT * math.sin(phi)


def _top(angle: float, out: float) -> Point:
    phi = math.radians(angle)
    return CENTRE[0] + (WIDE + out) * math.cos(phi), CENTRE[1] + (FLAT + out * 0.42) * math.sin(phi)


def _rising(low: float, high: float) -> Callable[[float, float], float]:
    def tone(x: float, y: float) -> float:
        part = (low - y) / (low - high)
        return 1.1 * part if part < 1 else 1.1 + 0.9 * min(1.0, (part - 1) * 2)

    return tone


def _glow(x: float, y: float) -> float:
    """How much of the last light the ground takes: most near the ring, least in the far left corner."""
    return max(0.12, 0.95 - math.hypot((x - 128) / 1.5, (y - 104) * 1.2) / 95)


def _ray(angle: float, far: float) -> Point:
    phi = math.radians(angle)
    return SUN[0] + far * 1.7 * math.cos(phi), SUN[1] + 8 + far * 0.62 * math.sin(phi)


def _shade(x: float, y: float) -> float:
    return min(0.9, max(0.0, (math.hypot((x - SUN[0]) / 1.7, y - 92) - 12) / 40))
