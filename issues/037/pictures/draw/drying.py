"""For a house advert: six small prints of the issue's own pictures, pegged on a line to dry."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED, tint
from draw.knife import Path as Outline
from draw.knife import curve, gouge, moved, ribbon, straight, wobbled
from draw.press import Block, Point, Print, Sheet

SHEET = Sheet(width=176, height=68.8, pixels=(2079, 812))
SIZE = 1.08  # of the prints
HALF, TALL = 11.4, 33.4  # of a print on the line, before that
LEFT, TOP, RIGHT, FOOT = -9.4, 3.6, 9.4, 28.0  # of the picture on it
BIRD = "-6.4,1.6* -0.6,-1.2 4.4,-5.6* 2.2,-0.4 6.6,0.6* 2.4,1.8 -0.4,5.2* -1.4,1.8"
SHUTTLE = "-6,0 -2.5,-0.8 2.5,-0.8 6,0 2.5,0.8 -2.5,0.8"
HULL = "-6.5,-1* -4,0.6 4.6,0.6 7,-1.4* 5.6,2.4* -5,2.4*"


def draw(folder: Path) -> None:
    """Write drying-line.jpg."""
    room = _Room(Random(1963))
    room.wall()
    room.bench()
    for number, picture in enumerate((_bird, _loom, _crack, _march, _dock, _roofs)):
        x = 15.6 + 28.9 * number
        room.hang((x, room.line(x)), (-2.2, 1.4, -0.6, 2.0, -1.6, 1.0)[number], picture)
    room.pegs()
    room.printed().save(folder / "drying-line.jpg")


@dataclass(slots=True)
class _Hung:
    """A print on the line: where its upper edge is pegged, and how far it has turned; shapes on it count from there."""

    blocks: dict[str, Block]
    random: Random
    at: Point
    turn: float

    def put(self, path: Sequence[Point], where: Point = (0.0, 0.0), scale: float = 1.0, turn: float = 0.0) -> Outline:
        return moved(moved(path, where, scale, turn), self.at, SIZE, self.turn)

    def fill(self, block: str, path: Sequence[Point], where: Point = (0.0, 0.0), scale: float = 1.0) -> None:
        self.blocks[block].fill(self.put(path, where, scale))

    def cut(self, block: str, path: Sequence[Point], where: Point = (0.0, 0.0), scale: float = 1.0) -> None:
        self.blocks[block].cut(self.put(path, where, scale))

    def strokes(self, block: str, ends: Sequence[tuple[Point, Point]], width: float, *, cut: bool = True) -> None:
        """Cut tapering strokes, or leave them standing."""
        for start, end in ends:
            stroke = self.put(gouge(straight(start, end, self.random, 0.15), width, start=0.2, end=0.2))
            (self.blocks[block].cut if cut else self.blocks[block].fill)(stroke)


Picture = Callable[[_Hung], None]


class _Room:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.blocks = {
            "wall": Block(SHEET, inked=True),
            "ochre": Block(SHEET, shift=(0.1, -0.06)),
            "red": Block(SHEET, shift=(-0.1, 0.08)),
            "key": Block(SHEET),
        }

    def line(self, x: float) -> float:
        """Return the height of the line, which hangs through."""
        return 9.5 + 3.2 * math.sin(math.pi * x / 176)

    def wall(self) -> None:
        """Cut the light on the wall, which falls from the upper left."""
        for _ in range(230):
            x, y = self.random.uniform(-4, 178), self.random.uniform(-3, 55)
            width = 0.62 * max(0.15, 1 - x / 190) * self.random.uniform(0.5, 1.1)
            self.blocks["wall"].cut(gouge(straight((x, y), (x + 6.5, y + 3.2), self.random, 0.3), width))

    def bench(self) -> None:
        """Cut the bench along the foot, with a slab of ink and the roller on it."""
        top = wobbled([(-4, 57), (180, 55.6), (180, 73), (-4, 73)], self.random, 0.12, 9)
        self.blocks["wall"].cut(top)
        self.blocks["ochre"].fill(top)
        for _ in range(70):
            x, y = self.random.uniform(-6, 172), self.random.uniform(57.4, 68.5)
            grain = straight((x, y), (x + self.random.uniform(8, 26), y - 0.2), self.random, 0.3)
            self.blocks["key"].fill(gouge(grain, self.random.uniform(0.15, 0.5)))
        self.blocks["key"].fill(ribbon(straight((-4, 57), (180, 55.6), self.random, 0.1), [0.8] * 8))
        slab = [(26, 60.4), (62, 59.8), (66, 66.4), (24, 67)]
        self.blocks["ochre"].cut(slab)
        self.blocks["key"].line([*slab, slab[0]], 0.5)
        self.blocks["red"].fill(curve("31,61.6 46,61 58,62 60,64.4 48,65.6 33,65.2 29,63.6"))
        roller = [(66, 57.6), (83, 55.6), (84, 61.2), (67, 63.2)]
        self.blocks["ochre"].cut(roller)
        self.blocks["red"].fill(roller)
        self.blocks["key"].line([*roller, roller[0]], 0.5)
        self.blocks["key"].line([(83.4, 58.4), (87, 58), (88, 61), (93, 61.6)], 0.9)
        handle = curve("92.6,60.4 98,60.2 107,61.4 108.4,62.6 107,63.8 98,63.4 92.6,62.8")
        self.blocks["ochre"].cut(handle)
        self.blocks["key"].fill(handle)
        for x in (128.0, 133.4, 140.2, 147.6, 155.0):  # gouges, side by side
            tool = moved(curve("0,0* 1.1,0 1.4,3 0.9,5.4 0.7,9.4* 0,10.4* -0.1,5.4 -0.5,3"), (x, 57.6), 1.0, 12)
            self.blocks["ochre"].cut(tool)
            self.blocks["key"].fill(tool)

    def hang(self, at: Point, turn: float, picture: Picture) -> None:
        """Hang a sheet of paper on the line, with a picture on it."""
        hung = _Hung(self.blocks, self.random, at, turn)
        edge = wobbled([(-HALF, -1.2), (HALF, -1.2), (HALF, TALL), (-HALF, TALL)], self.random, 0.06)
        shadow = hung.put(edge, (1.3, 1.5))
        self.blocks["wall"].fill(shadow)
        for block in self.blocks.values():
            block.cut(hung.put(edge))
        outline = hung.put(edge)
        self.blocks["key"].line([*outline, outline[0]], 0.28)
        picture(hung)
        hung.strokes("key", [((-9, 30.4), (-5.4, 30.2)), ((4.6, 30.5), (9, 30.1))], 0.35, cut=False)  # numbered, signed

    def pegs(self) -> None:
        """Draw the line, and two pegs on each print."""
        string = [(float(x), self.line(x) - 0.9) for x in range(-2, 180, 2)]
        self.blocks["wall"].cut(ribbon(string, [0.9] * len(string)))
        self.blocks["key"].line(string, 0.42)
        for number in range(6):
            for aside in (-7.6, 7.6):
                x = 15.6 + 28.9 * number + aside
                peg = moved([(-0.9, -3.2), (0.9, -3.2), (0.75, 2.8), (-0.75, 2.8)], (x, self.line(x)), 1.0, aside / 3)
                for block in self.blocks.values():
                    block.cut(peg)
                self.blocks["ochre"].fill(peg)
                self.blocks["key"].line([*peg, peg[0]], 0.3)

    def printed(self) -> Print:
        pull = Print(SHEET, seed=1963)
        pull.pull(self.blocks["wall"], tint(DEEP, 0.86))
        pull.pull(self.blocks["ochre"], OCHRE)
        pull.pull(self.blocks["red"], RED)
        pull.pull(self.blocks["key"], INK)
        return pull


def _box(left: float, top: float, right: float, foot: float) -> Outline:
    return [(left, top), (right, top), (right, foot), (left, foot)]


GROUND = _box(LEFT, TOP, RIGHT, FOOT)


# --- The pictures ---


def _bird(hung: _Hung) -> None:
    hung.fill("key", GROUND)
    bird = curve(BIRD)
    for x, y, size in (
        (-5, 7, 0.44),
        (1.6, 6.4, 0.36),
        (6.2, 10, 0.42),
        (-5.6, 14, 0.38),
        (5.6, 22.6, 0.48),
        (-3, 24.6, 0.4),
    ):
        hung.cut("key", [(-px, py) for px, py in bird], (x, y), size)
    hung.cut("key", bird, (0.4, 16.4), 1.12)
    hung.fill("red", bird, (0.4, 16.4), 1.12)
    hung.strokes("red", [((-3.6, 17.6), (2.2, 15.4)), ((-1.4, 18.8), (2.6, 17.2))], 0.45)


def _loom(hung: _Hung) -> None:
    hung.fill("ochre", GROUND)
    for x in (-7.4, 5.2):
        hung.fill("key", _box(x, 6.4, x + 2.2, 26.6))
    for y in (6.4, 13.4, 22.6):
        hung.fill("key", _box(-8.6, y, 8.6, y + 1.7))
    hung.strokes("key", [((-4.6 + 0.92 * n, 8), (-4.6 + 0.92 * n, 22.6)) for n in range(11)], 0.3, cut=False)
    for block in ("ochre", "key"):
        hung.cut(block, _box(-4.9, 15.6, 4.9, 22.2))
    hung.strokes("red", [((-4.8, 16.4 + 1.2 * n), (4.8, 16.3 + 1.2 * n)) for n in range(5)], 0.8, cut=False)
    for block in ("ochre", "key"):
        hung.cut(block, curve(SHUTTLE), (0, 11.6))
    hung.fill("key", curve(SHUTTLE), (0, 11.6), 0.55)


def _crack(hung: _Hung) -> None:
    hung.fill("ochre", GROUND)
    hung.fill("key", _box(LEFT, 9.0, RIGHT, FOOT))
    rows = [((LEFT, 9 + 2.7 * n), (RIGHT, 9 + 2.7 * n)) for n in range(1, 7)]
    joints = [
        ((x, 9.2 + 2.7 * n), (x, 11.5 + 2.7 * n))
        for n in range(7)
        for x in (-6.6 + 2.2 * (n % 2) + 4.4 * k for k in range(4))
    ]
    hung.strokes("key", rows, 0.42)
    hung.strokes("key", joints, 0.42)
    crack = [(1.2, 9.0), (-0.6, 12.2), (1.9, 14.6), (0.2, 18.2), (2.6, 21.0), (1.0, 24.2), (2.4, 28.0)]
    wide = hung.put(ribbon(crack, [2.0, 1.7, 1.6, 1.4, 1.2, 1.0, 0.8]))
    hung.blocks["key"].cut(wide)
    hung.blocks["red"].fill(wide)


def _march(hung: _Hung) -> None:
    hung.strokes("key", [((LEFT + 0.2, 5 + 1.5 * n), (RIGHT - 0.2, 4.8 + 1.5 * n)) for n in range(6)], 0.3, cut=False)
    for x, y in ((-6.8, 6.2), (-0.8, 4.8), (4.6, 7.0)):
        hung.fill("key", _box(x - 0.25, y, x + 0.25, 22))
        hung.fill("red", [(x, y), (x + 4.6, y + 0.7), (x + 3.8, y + 3.1), (x + 4.6, y + 5.6), (x, y + 4.9)])
    for row, y in enumerate((18.2, 22.8)):
        for n in range(7 - row):
            x = -8.0 + 2.7 * n + 1.3 * row
            head = [(x + 1.15 * math.cos(k / 2), y + 1.4 * math.sin(k / 2)) for k in range(13)]
            body = [(x - 1.5, FOOT), (x - 1.3, y + 1.9), (x + 1.3, y + 1.9), (x + 1.5, FOOT)]
            for block in ("red", "key"):
                hung.cut(block, head)
                hung.cut(block, body)
            hung.fill("key", body)
            hung.fill("ochre", head)
            hung.fill("key", [(px, py) for px, py in head if py <= y - 0.2])


def _dock(hung: _Hung) -> None:
    hung.fill("ochre", _box(LEFT, TOP, RIGHT, 18))
    sun = [(2.4 + 3.1 * math.cos(k / 4), 13 + 3.1 * math.sin(k / 4)) for k in range(26)]
    hung.cut("ochre", sun)
    hung.fill("red", sun)
    hung.fill("key", _box(LEFT, 18, RIGHT, FOOT))
    starts = [(-9 + 3.1 * (n % 4), 19.4 + 1.1 * (n // 3)) for n in range(21)]
    waves = [((x, y), (x + 4.4, y - 0.1)) for x, y in starts]
    hung.strokes("key", waves, 0.45)
    hung.fill("key", curve(HULL), (-1.6, 17.6))
    for x, top in ((-5.2, 7.4), (-2.0, 5.2), (1.4, 7.0)):
        hung.fill("key", _box(x - 0.2, top, x + 0.2, 18))
        for yard, half in ((2.2, 1.6), (5.0, 2.0)):
            hung.fill("key", _box(x - half, top + yard, x + half, top + yard + 0.35))


def _roofs(hung: _Hung) -> None:
    hung.fill("ochre", GROUND)
    hung.cut("ochre", [(4.6 + 2.5 * math.cos(k / 4), 8 + 2.5 * math.sin(k / 4)) for k in range(26)])
    hung.fill("red", curve("-9.4,12.4* -5,9.6 -1,11.6 4,9.8 9.4,11.8* 9.4,16* -9.4,16*"))
    for row, y in enumerate((14.6, 18.4, 23.0)):
        size = 3.0 + 0.9 * row
        x = LEFT
        while x < RIGHT - 0.4:
            right = min(RIGHT, x + size * (1.35 + 0.3 * math.sin(7 * x + row)))
            front, roof = _box(x, y, right, FOOT), _box(x, y - size * 0.4, right, y)
            for block in ("ochre", "red", "key"):
                hung.cut(block, front)
                hung.cut(block, roof)
            hung.fill("key", front)
            hung.blocks["key"].line(hung.put([*roof, roof[0]]), 0.3)
            marks = [((x + 0.5, y + 0.8 * (k + 1)), (right - 0.6, y + 0.8 * (k + 1))) for k in range(4 + row)]
            hung.strokes("key", [mark for mark in marks if mark[0][1] < FOOT - 0.3], 0.3)
            x = right
    hung.fill("key", ribbon([(-2.6, 14.4), (-1.2, 6.6)], [0.4, 0.4]))
    hung.fill("key", ribbon([(-0.8, 14.4), (0.6, 6.6)], [0.4, 0.4]))
    hung.strokes("key", [((-2.4 + 0.2 * n, 13.4 - n), (-0.7 + 0.2 * n, 13.4 - n)) for n in range(7)], 0.35, cut=False)
