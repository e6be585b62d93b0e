"""The opening picture of the essay on the pamphlet: thin newspapers under a lamp, and a line of type."""

import math
from collections.abc import Callable
from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED, tint
from draw.knife import Path as Outline
from draw.knife import curve, gouge, hatched, moved, ribbon, straight
from draw.press import Block, Point, Print, Sheet

SHEET = Sheet(width=176, height=72, pixels=(2079, 850))
FLAME = (134.0, 24.0)
EDGE = 38.0  # the far edge of the table

FOOT = "-13,63* -12.4,61 -8,59.2 -4,57 -2.2,53.5 2.2,53.5 4,57 8,59.2 12.4,61 13,63* 8,64.4 0,64.9 -8,64.4"
STEM = "-2.2,54* -1.7,51 -3,49.6 -2,48* 2,48* 3,49.6 1.7,51 2.2,54*"
COLLAR = "-4.4,38.4* -3.4,36.4 -5.6,35* -5.6,32.6* 5.6,32.6* 5.6,35* 3.4,36.4 4.4,38.4*"
BOWL = "-2.4,49.2* -7.6,47.4 -10.6,43.6 -9,40 -4.2,38.2* 4.2,38.2* 9,40 10.6,43.6 7.6,47.4 2.4,49.2*"
GLASS = (
    "-4.4,32.6* -5.4,30 -6.6,26.6 -5.8,23 -3.9,19.6 -3.2,14 -3.3,3* 3.3,3* 3.2,14 3.9,19.6 5.8,23 6.6,26.6 "
    "5.4,30 4.4,32.6*"
)
FLAMES = "-1.5,31* -3.0,28 -2.6,24.4 -0.8,20.4 0.2,16.6* 1.2,20.6 2.8,24.6 2.9,28 1.5,31*"
HIGHLIGHTS = (
    ("-8.6,43.8 -7.4,41.2 -4.6,39.8", 1.1, "light"),
    ("-7,46 -3,47.6 1,48", 0.6, "light"),
    ("8.8,42 9,44.4 7,46.4", 1.0, "dark"),
    ("6.6,41.2 7,44.2 5.2,46.6", 0.8, "dark"),
    ("4.4,40.6 4.8,44.4 3.4,47.2", 0.6, "dark"),
    ("-4.6,33.6 -1,34.2 1,34.2", 0.8, "light"),
    ("-1.2,50.6 -0.6,52 -1.0,54", 0.7, "light"),
    ("-3,57.4 -6,60 -10.6,61.6", 1.0, "light"),
    ("-1.2,56 -2,59.4 -5,62.4", 0.9, "light"),
    ("2.4,57.4 4.6,60 9,61.8", 0.6, "light"),
    ("-5.2,27.6 -5.0,25 -4,22.4", 0.5, "dark"),
    ("-2.4,18 -2.2,12 -2.2,6", 0.45, "dark"),
    ("5.2,28.4 5.2,25.6 4.2,22.6", 0.6, "dark"),
    ("2.4,17 2.2,11 2.2,5", 0.5, "dark"),
)

Plane = Callable[[float, float], Point]


def draw(folder: Path) -> None:
    """Write newsprint.jpg."""
    scene = _Scene(Random(1900))
    scene.night()
    scene.papers()
    scene.stick()
    scene.lamp()
    scene.printed().save(folder / "newsprint.jpg")


class _Scene:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.ochre = Block(SHEET, inked=True)
        self.deep = Block(SHEET, shift=(0.12, -0.06))
        self.red = Block(SHEET, shift=(-0.12, 0.1))
        self.key = Block(SHEET, inked=True)

    def night(self) -> None:
        """Cut the light out of the dark: rays on the wall, long cuts on the table."""
        self.deep.fill([(-5, -5), (181, -5), (181, EDGE), (-5, EDGE)])
        for reach in range(46):
            radius = 7.5 + reach * 1.95
            degree = self.random.uniform(0, 6)
            while degree < 360:
                run = self.random.uniform(90, 420) / radius
                path = [_round(degree + run * k / 7, radius) for k in range(8)]
                width = 1.75 * max(0.0, 1 - radius / 92) ** 1.15 * self.random.uniform(0.8, 1.1)
                if path[4][1] < EDGE and width > 0.14:
                    stroke = gouge(path, width)
                    self.key.cut(stroke)
                    if radius < 30:
                        self.deep.cut(stroke)
                degree += run + self.random.uniform(60, 160) / radius
        glow = [_round(k * 4, 20) for k in range(91)]
        self.deep.cut(glow)
        table = Block(SHEET)
        hatched(table, (-10, 20, 186, 90), 1.5, spacing=1.5, random=self.random, length=24, tone=_table)
        top = [(-5, EDGE), (181, EDGE), (181, 77), (-5, 77)]
        self.key.fill(top)
        self.key.inside(top, table, cut=True)
        self.key.line([(-5, EDGE), (181, EDGE)], 0.7)

    def papers(self) -> None:
        """Lay the sheets: two flat ones, one half folded over them, one folded small."""
        self._sheet(_plane((67, 55), -15, 1.0), 21, 17, show=0.62)
        self._sheet(_plane((90, 48.5), -4, 0.92), 22, 17, show=0.8)
        centre = _plane((93, 59.5), 8, 1.06)
        self._half(centre)
        self._flap(centre)
        self._packet(_plane((158, 62.5), -12, 1.0))

    def _sheet(self, plane: Plane, wide: float, tall: float, *, show: float) -> None:
        corners = [(-wide, -tall), (0, -tall * 1.02), (wide, -tall), (wide * 1.01, 0), (wide, tall), (0, tall * 0.985)]
        self._paper([plane(u, v) for u, v in [*corners, (-wide, tall), (-wide * 0.985, 0)]])
        for left in (-wide * 0.9, wide * 0.05):
            self._type(plane, (left, -tall * 0.56, left + wide * 0.84, tall * 0.92), show)
        bar = [(-0.62, -0.88), (0.62, -0.88), (0.62, -0.7), (-0.62, -0.7)]
        self.key.fill([plane(u * wide, v * tall) for u, v in bar])

    def _half(self, plane: Plane) -> None:
        self.key.fill([plane(0, -17), plane(13, -13), plane(20, 17.6), plane(0, 18)])
        self._paper([plane(u, v) for u, v in ((-23, -18), (0, -18.2), (0, 18.2), (-23, 18))])
        self._type(plane, (-20.6, -10, -1.4, 16.6), 1.0)
        self.key.fill([plane(u, v) for u, v in ((-14, -16), (0, -16), (0, -12.6), (-14, -12.6))])

    def _flap(self, plane: Plane) -> None:
        """Lift the right half of a sheet: so thin that the lamp shines through its type."""

        def lifted(u: float, v: float) -> Point:
            x, y = plane(u * 0.86 + 0.004 * u * v * 0.4, v)
            return x, y - 0.026 * u * u - 0.08 * u

        edge = [lifted(23, -18 + k * 4.5) for k in range(9)]
        upper = [lifted(k * 23 / 8, -18) for k in range(9)]
        lower = [lifted(k * 23 / 8, 18) for k in range(9)]
        outline = [*upper, *edge, *lower[::-1]]
        for block in (self.key, self.deep, self.red):
            block.cut(outline)
        self.ochre.fill(outline)
        self._type(lifted, (1.4, -10.5, 20.5, 16.6), 0.85)
        self.key.line([*outline, outline[0]], 0.35)
        self.ochre.cut(ribbon(edge, [0.9] * 9))
        for k in range(7):
            stroke = [lifted(2.5 + k * 1.1, v) for v in (-17 + k, -6, 6, 17 - k)]
            self.ochre.cut(gouge(stroke, 0.5 - k * 0.05))

    def _packet(self, plane: Plane) -> None:
        for layer in (2.6, 1.3, 0.0):
            shape = [(-11, -7), (10, -7.4), (11, 6.6), (-10.4, 7)]
            outline = [(x, y + layer) for x, y in (plane(u, v) for u, v in shape)]
            for block in (self.key, self.ochre):
                block.cut(outline)
            self.key.line([*outline, outline[0]], 0.35)
        self._type(plane, (-9.4, -5.4, 9, 5.8), 1.0)

    def _paper(self, outline: Outline) -> None:
        self.key.fill([(x - 1.3, y + 1.1) for x, y in outline])
        for block in (self.key, self.ochre, self.deep, self.red):
            block.cut(outline)
        self.key.line([*outline, outline[0]], 0.3)

    def _type(self, plane: Plane, box: tuple[float, float, float, float], show: float) -> None:
        left, top, right, foot = box
        v = top
        while v < foot:
            u = left + (2.0 if self.random.random() < 0.18 else 0.0)
            end = right if self.random.random() > 0.16 else left + (right - left) * self.random.uniform(0.3, 0.9)
            while u < end:
                word = min(end - u, self.random.uniform(0.8, 3.4))
                quad = [plane(u, v), plane(u + word, v), plane(u + word, v + 0.85), plane(u, v + 0.85)]
                self.key.fill(quad, show)
                u += word + 0.55
            v += 1.75

    def stick(self) -> None:
        """Lay the composing stick with its line of type at the left."""
        plane = _plane((8, 61.5), 7, 1.0)

        def up(u: float, v: float, high: float) -> Point:
            x, y = plane(u, v)
            return x, y - high

        self.key.fill([up(-2, 10, -1.2), up(50, 10, -1.2), up(53, -7, 0), up(-2, -7, 0)])
        self._metal([up(-2, -6, 0), up(50, -6, 0), up(50, -6, 9), up(-2, -6, 9)])
        u = 0.4
        while u < 36:
            body = self.random.choice((1.1, 1.5, 1.5, 1.9, 2.4))
            self._sort(up, u, body)
            u += body
        self._metal([up(-2, 9.4, -1), up(50, 9.4, -1), up(50, 9.4, 1.6), up(-2, 9.4, 1.6)], bright=True)
        self._metal([up(-4, 9.4, -1), up(-0.4, 9.4, -1), up(-0.4, -6, 9), up(-4, -6, 9)], bright=True)
        self._metal([up(36.4, -6, 0), up(39.5, -6, 0), up(39.5, -6, 9.5), up(36.4, -6, 9.5)])
        self._metal([up(36.4, 9, 0), up(39.5, 9, 0), up(39.5, 9, 6.4), up(36.4, 9, 6.4)])
        self._metal([up(36.4, -6, 9.5), up(39.5, -6, 9.5), up(39.5, 9, 6.4), up(36.4, 9, 6.4)], bright=True)

    def _metal(self, shape: Outline, *, bright: bool = False) -> None:
        self.key.fill(shape)
        self.ochre.fill(shape)
        a, b, c, d = shape
        if bright:
            self.key.cut(shape)
            self.key.line([*shape, a], 0.4)
            return
        self.key.cut(ribbon([d, c], [0.75, 0.75]))
        for part in (0.25, 0.5, 0.72):
            start = (a[0] + (d[0] - a[0]) * part, a[1] + (d[1] - a[1]) * part)
            end = (b[0] + (c[0] - b[0]) * part, b[1] + (c[1] - b[1]) * part)
            low = self.random.uniform(0.3, 0.7)
            middle = (start[0] + (end[0] - start[0]) * low, start[1] + (end[1] - start[1]) * low)
            self.key.cut(gouge(straight(middle, end, self.random, 0.2), 0.4))

    def _sort(self, up: Callable[[float, float, float], Point], u: float, body: float) -> None:
        side = [up(u, 8, 0), up(u + body, 8, 0), up(u + body, 8, 7.6), up(u, 8, 7.6)]
        face = [up(u, 8, 7.6), up(u + body, 8, 7.6), up(u + body, 2.5, 7.6), up(u, 2.5, 7.6)]
        for shape in (side, face):
            self.ochre.fill(shape)
            self.key.fill(shape)
        self.key.cut(ribbon([up(u + body - 0.3, 8, 0.6), up(u + body - 0.3, 8, 7.0)], [0.32, 0.32]))
        self.key.cut(ribbon([up(u + 0.2, 8, 2.2), up(u + body - 0.3, 8, 2.2)], [0.5, 0.5]))
        near, far = u + 0.16, u + body - 0.16
        top = [up(near, 7.6, 7.6), up(far, 7.6, 7.6), up(far, 2.9, 7.6), up(near, 2.9, 7.6)]
        self.key.cut(top)
        self.ochre.cut(top)
        v = 7.0
        while v > 3.6 and body > 1.2:
            tall = self.random.uniform(0.8, 1.6)
            left, right = u + 0.5, u + body - self.random.uniform(0.4, 0.7)
            self.key.fill([up(left, v, 7.6), up(right, v, 7.6), up(right, v - tall, 7.6), up(left, v - tall, 7.6)])
            v -= tall + 0.7

    def lamp(self) -> None:
        """Stand the lamp at the right: foot, bowl, burner, chimney and flame."""
        for part in (FOOT, STEM, COLLAR):
            self.key.fill(moved(curve(part), (FLAME[0], 0)))
        bowl, glass = (moved(curve(part), (FLAME[0], 0)) for part in (BOWL, GLASS))
        for shape in (bowl, glass):
            self.key.cut(shape)
            self.deep.cut(shape)
        self.red.fill(bowl)
        self.ochre.cut(bowl)
        self.ochre.fill(glass)
        self.ochre.cut(moved(curve(FLAMES), (FLAME[0], 0)))
        self.red.fill(moved(curve("-1.3,30* -0.9,27.8 0,26.6 0.9,27.8 1.3,30*"), (FLAME[0], 0)))
        self.key.line([*bowl, bowl[0]], 0.6)
        self.key.line([*glass, glass[0]], 0.5)
        for stroke, width, shade in HIGHLIGHTS:
            path = gouge(moved(curve(stroke, closed=False), (FLAME[0], 0)), width)
            if shade == "dark":
                self.key.fill(path)
            else:
                self.key.cut(path)
                self.red.cut(path)

    def printed(self) -> Print:
        """Pull the four blocks."""
        pull = Print(SHEET, seed=1900)
        pull.pull(self.ochre, tint(OCHRE, 0.85))
        pull.pull(self.deep, DEEP)
        pull.pull(self.red, RED)
        pull.pull(self.key, INK)
        return pull


def _round(degree: float, radius: float) -> Point:
    angle = math.radians(degree)
    return FLAME[0] + radius * math.cos(angle), FLAME[1] + radius * 0.94 * math.sin(angle)


def _table(x: float, y: float) -> float:
    away = math.hypot((x - 118) / 1.55, (y - 56) * 1.5)
    return max(0.0, 0.8 - away / 46)


def _plane(at: Point, turn: float, size: float) -> Plane:
    cos, sin = math.cos(math.radians(turn)) * size, math.sin(math.radians(turn)) * size

    def plane(u: float, v: float) -> Point:
        x, y = u * cos - v * sin, u * sin + v * cos
        deep = 1 + y * 0.006
        return at[0] + (x - y * 0.25) * deep, at[1] + y * 0.5 * deep

    return plane
