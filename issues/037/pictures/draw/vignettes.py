"""Small cuts: a card index, a reel of film, an envelope, a hand loom, and roofs without streets."""

import math
from collections.abc import Callable
from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED, Colour, tint
from draw.knife import curve, gouge, ribbon, smooth, straight, wobbled
from draw.press import Block, Point, Print, Sheet

SMALL = Sheet(width=40, height=40, pixels=(945, 945))
UPRIGHT = Sheet(width=40, height=56, pixels=(945, 1323))
WIDE = Sheet(width=176, height=68, pixels=(2079, 803))
Plates = dict[str, Block]


def draw(folder: Path) -> None:
    """Write card-index.jpg, reel.jpg, envelope.jpg, book-loom.jpg, book-house.jpg and roofs.jpg."""
    cuts: tuple[tuple[str, Sheet, Callable[[Plates, Random], None], Colour], ...] = (
        ("card-index", SMALL, _card_index, tint(OCHRE, 0.55)),
        ("reel", SMALL, _reel, tint(DEEP, 0.5)),
        ("envelope", SMALL, _envelope, tint(OCHRE, 0.45)),
        ("book-loom", UPRIGHT, _loom, tint(RED, 0.9)),
        ("book-house", UPRIGHT, _house, tint(OCHRE, 0.8)),
        ("roofs", WIDE, _roofs, tint(OCHRE, 0.6)),
    )
    for seed, (name, sheet, make, ground) in enumerate(cuts):
        random = Random(300 + seed)
        plates = {"ground": Block(sheet, inked=True), "colour": Block(sheet, shift=(-0.1, 0.08)), "key": Block(sheet)}
        make(plates, random)
        pull = Print(sheet, seed=300 + seed)
        pull.pull(plates["ground"], ground)
        pull.pull(plates["colour"], DEEP if name in {"roofs", "book-house"} else RED)
        pull.pull(plates["key"], INK)
        pull.save(folder / f"{name}.jpg")


def _box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _paper(plates: Plates, shape: list[Point], width: float = 0.5) -> None:
    """Lay a white shape with a black edge."""
    for plate in plates.values():
        plate.cut(shape)
    plates["key"].line([*shape, shape[0]], width)


def _shade(plates: Plates, box: tuple[float, float, float, float], random: Random, step: float = 1.1) -> None:
    left, top, right, bottom = box
    y = top
    while y < bottom:
        stroke = straight((left, y), (right, y + random.uniform(-0.3, 0.3)), random, 0.15)
        plates["key"].cut(gouge(stroke, random.uniform(0.25, 0.5)))
        y += step


def _rays(plates: Plates, centre: Point, sheet: Sheet, random: Random, count: int = 70) -> None:
    for _ in range(count):
        x, y = random.uniform(0, sheet.width), random.uniform(0, sheet.height)
        dx, dy = x - centre[0], y - centre[1]
        stroke = [(x, y), (x + dx * 0.06, y + dy * 0.06), (x + dx * 0.13, y + dy * 0.13)]
        plates["ground"].cut(gouge(stroke, random.uniform(0.3, 0.7)))


def _card_index(plates: Plates, random: Random) -> None:
    _rays(plates, (20, 22), SMALL, random)
    for index in range(9):
        left = 8.5 + index * 0.5
        top = 8.0 + index * 1.55
        card = [
            (left, top + 8),
            (left, top),
            (left + 4 + (index % 3) * 5, top),
            (left + 5 + (index % 3) * 5, top - 2),
            (left + 10 + (index % 3) * 3, top - 2),
            (left + 11 + (index % 3) * 3, top),
            (left + 23.5, top),
            (left + 23.5, top + 8),
        ]
        _paper(plates, card, 0.4)
        if index == 5:
            plates["colour"].fill(card)
        for line in range(2):
            plates["key"].line(
                [(left + 2, top + 2.2 + line * 1.2), (left + 16 - line * 4, top + 2.2 + line * 1.2)], 0.25
            )
    front = _box(7, 23, 37, 36)
    for plate in plates.values():
        plate.cut(front)
    plates["key"].fill(front)
    _shade(plates, (8, 24.5, 36, 35), random)
    _paper(plates, _box(15, 26, 29, 31.5), 0.6)
    plates["key"].line([(17, 28), (27, 28)], 0.4)
    plates["key"].line([(17, 29.7), (24, 29.7)], 0.4)
    plates["key"].disc((22, 33.6), 1.3)
    plates["key"].disc((22, 33.6), 0.6, 0.0)


def _reel(plates: Plates, random: Random) -> None:
    _rays(plates, (18, 20), SMALL, random)
    for plate in plates.values():
        plate.disc((18, 20), 13.5, 0.0)
    plates["key"].disc((18, 20), 13.5)
    for radius, tone in ((12.4, 0.0), (11.9, 1.0), (6.0, 0.0), (5.5, 1.0)):
        plates["key"].disc((18, 20), radius, tone)
    for turn in range(3):
        at = curve("0,-9.6 2.6,-8.4 2.2,-6.4 0,-6 -2.2,-6.4 -2.6,-8.4")
        angle = turn * 120
        moved = [_turned(point, angle, (18, 20)) for point in at]
        plates["key"].cut(moved)
    plates["key"].disc((18, 20), 2.2, 0.0)
    tail = curve("29,27 33,31 36,33 41,33 41,38 34,37.6 29,35 25,31", closed=True)
    plates["key"].fill(tail)
    for index in range(5):
        x = 31.5 + index * 2.2
        plates["key"].cut(_box(x, 33.5 + 0.2 * index, x + 1.4, 35.6 + 0.2 * index))
        plates["colour"].fill(_box(x, 33.5 + 0.2 * index, x + 1.4, 35.6 + 0.2 * index))


def _turned(point: Point, degrees: float, at: Point) -> Point:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return at[0] + point[0] * cos - point[1] * sin, at[1] + point[0] * sin + point[1] * cos


def _envelope(plates: Plates, random: Random) -> None:
    _rays(plates, (20, 21), SMALL, random)
    sheet = wobbled(_box(5, 11, 36, 32), random, 0.08)
    _paper(plates, sheet, 0.7)
    plates["key"].line([(5.4, 31.6), (17, 21)], 0.4)
    plates["key"].line([(35.6, 31.6), (24, 21)], 0.4)
    flap = [(5, 11), (20.5, 24), (36, 11)]
    _paper(plates, flap, 0.7)
    for index in range(12):
        x = 9 + index * 2
        plates["key"].fill(gouge([(x, 12.2), (x + 0.4, 13.2), (x + 0.9, 14.4 + 0.3 * min(index, 11 - index))], 0.4))
    plates["key"].disc((20.5, 22.6), 3.4, 0.0)
    plates["colour"].disc((20.5, 22.6), 3.1)
    plates["key"].line([(19.3, 21.8), (20.4, 23.6), (22.2, 21.4)], 0.5)


def _loom(plates: Plates, random: Random) -> None:
    plates["ground"].cut(_box(3, 3, 37, 15))
    for post in (7.0, 30.0):
        plates["key"].fill(wobbled(_box(post, 20, post + 3, 52), random, 0.1))
    for beam in (20.0, 33.0, 45.0):
        plates["key"].fill(wobbled(_box(5, beam, 35, beam + 2.6), random, 0.1))
    for index in range(18):
        x = 11 + index * 1.04
        plates["key"].line([(x, 22), (x, 45)], 0.28)
    cloth = _box(10.4, 36, 29.6, 45)
    for plate in plates.values():
        plate.cut(cloth)
    for row in range(7):
        plates["key"].line([(10.4, 36.6 + row * 1.3), (29.6, 36.6 + row * 1.3)], 0.6)
    shuttle = curve("9,30 14,28.6 22,28.4 27,30 22,31.6 14,31.4")
    _paper(plates, shuttle, 0.5)
    for line in (6.0, 8.6, 11.2):
        plates["key"].fill(_box(6.5, line, 33.5 - (line - 6) * 2, line + 1.1))


def _house(plates: Plates, random: Random) -> None:
    plates["ground"].cut(_box(3, 41, 37, 53))
    sun = (27.0, 13.0)
    plates["ground"].disc(sun, 6.5, 0.0)
    plates["colour"].fill([(0, 34), (8, 30), (16, 33), (26, 28), (40, 33), (40, 40), (0, 40)])
    for left, top, right in ((4, 25, 15), (15, 20, 27), (26, 26, 37)):
        wall = wobbled(_box(left, top, right, 40), random, 0.1)
        plates["key"].fill(wall)
        plates["key"].cut(wobbled(_box(left + 0.7, top + 0.7, right - 0.7, top + 2.6), random, 0.1))
        for row in range(5):
            stroke = straight((left + 1, top + 5 + row * 2), (right - 2, top + 5.2 + row * 2), random, 0.1)
            plates["key"].cut(gouge(stroke, 0.5))
    for rail in (18.4, 21.6):
        plates["key"].line([(rail, 9), (rail + 1.6, 22)], 0.6)
    for step in range(6):
        plates["key"].line([(18.5 + step * 0.25, 10.5 + step * 2), (21.8 + step * 0.25, 10.5 + step * 2)], 0.5)
    for line in (43.6, 46.2, 48.8):
        plates["key"].fill(_box(6.5, line, 33.5 - (line - 43) * 2, line + 1.1))


def _roofs(plates: Plates, random: Random) -> None:
    hills = curve("-4,22* 18,13 34,19 58,9 80,17 112,8 134,16 160,10 182,18* 182,40* -4,40*")
    plates["colour"].fill(hills)
    for _ in range(70):
        x, y = random.uniform(0, 176), random.uniform(12, 30)
        plates["colour"].cut(gouge(straight((x, y), (x + 5, y + 3.5), random, 0.2), random.uniform(0.25, 0.6)))
    for _ in range(46):
        x, y = random.uniform(-8, 176), random.uniform(1, 10)
        plates["ground"].cut(gouge(straight((x, y), (x + random.uniform(6, 22), y + 0.3), random, 0.3), 0.5))
    for row in range(6):
        size = 5.4 * 1.27**row
        top = 23 + row * 4.2 + row * row * 0.75
        x = -random.uniform(0, 2) * size
        while x < 178:
            wide = size * random.uniform(1.5, 2.5)
            _block_of_clay(plates, x, top + random.uniform(-0.25, 0.35) * size, wide, size, random)
            x += wide


def _block_of_clay(plates: Plates, left: float, top: float, wide: float, size: float, random: Random) -> None:
    right, deep = left + wide, size * 0.55
    slant = size * 0.32
    roof = [(left, top), (right, top), (right + slant, top - deep), (left + slant, top - deep)]
    front = [(left, top), (right, top), (right, top + size * 3), (left, top + size * 3)]
    for plate in plates.values():
        plate.cut(roof)
        plate.cut(front)
    plates["ground"].fill(roof, 0.55)
    plates["key"].line([*roof, roof[0]], max(0.3, size * 0.05))
    plates["key"].fill(front)
    y = top + size * 0.2
    while y < top + size * 1.5:
        stroke = straight((left + 0.08 * wide, y), (right - random.uniform(0.05, 0.3) * wide, y), random, 0.12)
        plates["key"].cut(gouge(stroke, size * random.uniform(0.05, 0.1)))
        y += size * 0.24
    if random.random() < 0.5:
        x = left + wide * random.uniform(0.3, 0.7) + slant / 2
        hatch = [
            (x - size * 0.16, top - deep * 0.3),
            (x + size * 0.2, top - deep * 0.3),
            (x + size * 0.3, top - deep * 0.62),
            (x - size * 0.06, top - deep * 0.62),
        ]
        plates["key"].fill(hatch)
        for rail in (-0.08, 0.14):
            ladder = ((x + rail * size, top - deep * 0.4), (x + (rail + 0.16) * size, top - deep - size * 0.65))
            plates["key"].fill(ribbon(ladder, [size * 0.05] * 2))
        for step in range(5):
            y = top - deep * 0.5 - size * 0.18 * step
            shift = size * (0.03 + 0.03 * step)
            plates["key"].line([(x - 0.08 * size + shift, y), (x + 0.14 * size + shift, y)], max(0.2, size * 0.035))
    elif random.random() < 0.35:
        x = left + wide * 0.5 + slant / 2
        up = top - deep
        bends = ((0, up + deep / 2), (1, up - size * 0.4), (-0.4, up - size * 0.9), (1.6, up - size * 1.5))
        smoke = smooth([(x + aside, y) for aside, y in bends], closed=False)
        plates["key"].cut(gouge(smoke, size * 0.22))
        plates["colour"].cut(gouge(smoke, size * 0.22))
