"""Seven ways to catch an hour, a plate for each."""

import math
from pathlib import Path
from random import Random

from cut.papers import (
    APRICOT,
    CREAM,
    DUSK,
    FOAM,
    FOREST,
    MOSS,
    NIGHT,
    PLUM,
    ROSE,
    RUST,
    SAGE,
    SAND,
    SLATE,
    WATER,
    between,
)
from cut.people import Person
from cut.shapes import box, curve, disc, ray, snipped, strip
from cut.table import Point, Table

WIDTH, HEIGHT = 107.0, 94.0


def _table(ground: tuple[int, int, int], seed: int) -> Table:
    return Table(WIDTH, HEIGHT, ground, dots=340 / 25.4, seed=seed)


def shadow(folder: Path) -> None:
    """Write shadow.jpg."""
    random, table = Random(1450), _table(between(SAND, CREAM, 0.4), 11)
    table.lay(between(APRICOT, SAND, 0.35), snipped(disc(15, 15, 24), random, 0.2), lift=0.6)
    table.lay(APRICOT, snipped(disc(15, 15, 15), random, 0.15), lift=0.9)
    for turn in range(84, 190, 9):
        table.lay(APRICOT, ray(15, 15, turn, 27, 36, 1.4, 0.2), lift=0.3)
    table.lay(between(SAND, ROSE, 0.4), snipped([(48, 60), (67, 29), (88, 60)], random), lift=0.8)
    table.lay(between(ROSE, RUST, 0.4), [(67, 29), (88, 60), (72, 60)], lift=0)
    table.lay(between(SAND, ROSE, 0.25), snipped([(78, 60), (93, 38), (111, 60)], random), lift=0.8)
    table.lay(between(ROSE, RUST, 0.3), [(93, 38), (111, 60), (98, 60)], lift=0)
    table.lay(SAND, [(-2, 57), *curve((-2, 57), (50, 61), (110, 56)), (110, 96), (-2, 96)], lift=1)
    stone = between(SLATE, CREAM, 0.35)
    side = between(stone, DUSK, 0.35)
    table.lay(side, [(18, 76), (98, 76), (98, 84), (18, 84)], lift=1.6)
    table.lay(stone, [(18, 76), (26, 69), (104, 69), (98, 76)], lift=0)
    table.lay(side, [(98, 84), (98, 76), (104, 69), (104, 77)], lift=0)
    dark = between(stone, NIGHT, 0.62)
    table.lay(dark, [(26, 76), (33, 69.1), (82, 69.1), (76, 76)], lift=0)
    for x in (41.0, 50.0, 61.0, 75.0, 92.0):
        table.lay(CREAM if x < 78 else DUSK, strip([(x, 76), (x + 6.4, 69.2)], 0.9), lift=0.1)
    table.lay(side, box(18, 56, 26, 84), lift=1)
    table.lay(stone, [(18, 56), (25, 49.6), (33, 49.6), (26, 56)], lift=0)
    table.lay(between(stone, DUSK, 0.18), [(26, 56), (33, 49.6), (33, 70), (26, 76)], lift=0)
    Person(
        x=92,
        foot=68,
        high=21,
        coat=CREAM,
        legs=(0x8A, 0x58, 0x3C),
        skin=(0x8A, 0x58, 0x3C),
        skirt=True,
        stride=0.04,
        arm=((-0.12, 0.62), (-0.2, 0.5)),
    ).lay(table, random)
    table.lay(DUSK, disc(92.4, 48.9, 1.9, 0.8), lift=0.2)
    table.lay(PLUM, strip(curve((87.6, 57.4), (84, 66), (77, 69.6)), 0.45), lift=0.3)
    table.save(folder / "shadow.jpg")


def water(folder: Path) -> None:
    """Write water.jpg."""
    random, table = Random(1400), _table(between(WATER, NIGHT, 0.42), 12)
    for at, radius in enumerate((62, 50, 38)):
        table.lay(between(WATER, NIGHT, 0.34 - 0.11 * at), snipped(disc(50, 40, radius), random, 0.3), lift=0.6)
    table.lay(
        between(WATER, FOAM, 0.25), [(-2, 80), *curve((-2, 80), (54, 77), (110, 80)), (110, 96), (-2, 96)], lift=1
    )
    clay = between(SAND, RUST, 0.28)
    wall = [(14, 13), (86, 13), (70, 70), (30, 70)]
    table.lay(clay, snipped(wall, random, 0.1), lift=1.6)
    table.lay(between(clay, DUSK, 0.5), disc(50, 13.5, 36, 0.2), lift=0.3)
    table.lay(FOAM, disc(50, 15.6, 32, 0.17), lift=0)
    table.lay(WATER, disc(50, 16.6, 28.5, 0.15), lift=0)
    for at in range(4):
        table.lay(
            between(WATER, FOAM, 0.5),
            disc(50, 16.8, 24 - at * 6, 0.13),
            holes=[disc(50, 16.8, 23.2 - at * 6, 0.125)],
            lift=0,
        )
    for top, tint in ((25.0, PLUM), (38.0, RUST), (51.0, MOSS)):
        inset = (top - 13) / 57 * 16
        low = inset + 10.5 / 57 * 16
        table.lay(
            tint, [(14 + inset, top), (86 - inset, top), (86 - low, top + 10.5), (14 + low, top + 10.5)], lift=0.3
        )
        count = 12
        for at in range(count):
            x = 14 + low + 2.4 + (72 - 2 * low - 4.8) * (at + 0.5) / count
            shape = disc(x, top + 5.2, 1.9) if (at + round(top)) % 2 else ray(x, top + 5.2, 0, -2.8, 2.8, 2.2, 0.5)
            table.lay(CREAM, shape, lift=0.2)
    table.lay(clay, snipped(box(27, 69, 73, 74), random, 0.08), lift=0.8)
    table.lay(DUSK, disc(66.6, 66.4, 1.3), lift=0)
    drops = between(FOAM, WATER, 0.2)
    table.lay(drops, strip(curve((67, 66.4), (73, 67), (74.6, 73)), 1.0, 0.5), lift=0.3)
    for y, size in ((76.4, 0.9), (80.6, 1.2)):
        table.lay(
            drops,
            [
                *curve((74.8, y - size * 2.2), (76.6, y + size), (74.8, y + size), 6),
                *curve((74.8, y + size), (73, y + size), (74.8, y - size * 2.2), 6),
            ],
            lift=0.3,
        )
    for wide in (7.5, 12.5, 18.0):
        table.lay(drops, disc(75, 86.4, wide, 0.2), holes=[disc(75, 86.4, wide - 0.7, 0.18)], lift=0.15)
    table.save(folder / "water.jpg")


def flame(folder: Path) -> None:
    """Write flame.jpg."""
    random, table = Random(888), _table(DUSK, 13)
    for at in range(4):
        table.lay(between(DUSK, RUST, 0.1 + 0.09 * at), snipped(disc(86, 44, 60 - at * 11), random, 0.3), lift=0.5)
    wood = between(RUST, DUSK, 0.45)
    table.lay(wood, snipped(box(-3, 79, 110, 97), random, 0.1), lift=1.2)
    table.lay(between(wood, NIGHT, 0.4), box(-3, 87, 110, 87.7), lift=0.1)
    for at in range(6):
        high = 50 - at * 8.4
        x = 11 + at * 14.6
        inside = at == 5
        if inside:
            x = 90.0
            table.lay(wood, snipped(box(80, 33, 100, 37), random, 0.08), lift=0.8)
            table.lay(wood, [(84, 33), (90, 24), (96, 33)], lift=0.8)
            table.lay(wood, disc(90, 22.4, 3), holes=[disc(90, 22.4, 1.9)], lift=0.4)
            table.lay(between(APRICOT, CREAM, 0.5), box(81.6, 37, 98.4, 76), lift=0.3)
        _candle(table, x, 79 if not inside else 76, high if not inside else 12, at > 0)
        if inside:
            for bar in (81.0, 89.4, 98.0):
                table.lay(wood, box(bar, 36, bar + 1.3, 77), lift=0.5)
            table.lay(wood, snipped(box(79, 75.6, 101.4, 80), random, 0.08), lift=0.6)
    table.save(folder / "flame.jpg")


def _candle(table: Table, x: float, foot: float, high: float, dripped: bool) -> None:
    wax = CREAM
    table.lay(wax, box(x - 3.4, foot - high, x + 3.4, foot), lift=0.7)
    if dripped:
        for side, long in ((-2.7, 7.0), (1.8, 4.6)):
            table.lay(
                between(wax, SAND, 0.3),
                strip([(x + side, foot - high), (x + side, foot - high + min(long, high - 1))], 1.6, 1.1),
                lift=0.25,
            )
    for mark in range(1, 6):
        y = foot - mark * 8.4
        if y > foot - high + 1:
            table.lay(RUST, box(x - 3.4, y - 0.3, x + 3.4, y + 0.3), lift=0)
    table.lay(DUSK, strip([(x, foot - high), (x + 0.3, foot - high - 2.4)], 0.5), lift=0)
    tip = foot - high - 11
    body = [
        *curve((x, tip), (x + 4.4, tip + 7.4), (x, tip + 9.6), 8),
        *curve((x, tip + 9.6), (x - 4.4, tip + 7.4), (x, tip), 8),
    ]
    core = [(x + (px - x) * 0.5, tip + 9 + (py - tip - 9) * 0.6) for px, py in body]
    table.lay(APRICOT, body, lift=0.5)
    table.lay(CREAM, core, lift=0.1)


def smoke(folder: Path) -> None:
    """Write smoke.jpg."""
    random, table = Random(1750), _table(between(PLUM, NIGHT, 0.35), 14)
    table.lay(between(PLUM, NIGHT, 0.05), snipped(disc(70, 20, 44), random, 0.3), lift=0.5)
    table.lay(between(PLUM, ROSE, 0.14), snipped(disc(74, 14, 28), random, 0.3), lift=0.5)
    tray = between(RUST, DUSK, 0.3)
    table.lay(between(tray, NIGHT, 0.4), [(4, 84), (103, 84), (98, 92), (9, 92)], lift=1)
    table.lay(tray, snipped([(16, 46), (91, 46), (103, 85), (4, 85)], random, 0.1), lift=1.6)
    table.lay(between(SLATE, CREAM, 0.55), [(19.6, 49), (87.4, 49), (97, 81.6), (10, 81.6)], lift=0.3)
    rows = 6
    trail: list[Point] = []
    for row in range(rows):
        y = 53.2 + row * 5.0
        inset = 4.6 + (81.6 - y) / 32.6 * 9.6
        ends = [(10 + inset, y), (97 - inset, y)]
        trail += ends if row % 2 == 0 else ends[::-1]
    burnt, rest = trail[:3], trail[2:]
    table.lay(between(SLATE, NIGHT, 0.1), strip(burnt, 1.3), lift=0)
    ember = (trail[2][0] - 26, trail[2][1])
    table.lay(between(SLATE, NIGHT, 0.1), strip([trail[2], ember], 1.3), lift=0)
    table.lay(RUST, strip([ember, *rest[1:]], 1.7), lift=0.2)
    for x, y in rest[1:-1]:
        table.lay(RUST, box(x - 1.1, y - 0.9, x + 1.1, y + 0.9), lift=0)
    for at in range(5):
        x, y = trail[3 + at]
        table.lay(
            APRICOT,
            strip([(x + 6 * (1 if at % 2 else -1) * -1, y), (x + 6 * (1 if at % 2 else -1) * -1, y - 4.4)], 0.8),
            lift=0.4,
        )
    table.lay(APRICOT, disc(*ember, 1.7), lift=0.3)
    x, y = ember
    wisp = [
        *curve((x, y), (x + 14, y - 16), (x - 2, y - 24)),
        *curve((x - 2, y - 24), (x - 18, y - 32), (x + 4, y - 40))[1:],
        *curve((x + 4, y - 40), (x + 20, y - 47), (x + 6, y - 60))[1:],
    ]
    table.lay(between(CREAM, SLATE, 0.12), strip(wisp, 0.8, 8.5), lift=0.9)
    wisp = [(px + 5 + (y - py) * 0.16, py + 4) for px, py in wisp[6:]]
    table.lay(between(CREAM, SLATE, 0.35), strip(wisp, 0.6, 5), lift=0.7)
    table.save(folder / "smoke.jpg")


def sand(folder: Path) -> None:
    """Write sand.jpg."""
    random, table = Random(1338), _table(between(FOAM, CREAM, 0.3), 15)
    table.lay(
        between(FOAM, WATER, 0.25), [(-2, 40), *curve((-2, 40), (60, 36), (110, 41)), (110, 96), (-2, 96)], lift=0.5
    )
    for row, y in enumerate((44.0, 53.0, 62.0)):
        swell = [(-4 + k * 4, y + (2.2 if (k + row) % 3 == 0 else -0.6)) for k in range(30)]
        table.lay(between(WATER, FOREST, 0.12 * row), [*swell, (112, 96), (-4, 96)], lift=0.9)
    wood, dark = between(RUST, SAND, 0.3), between(RUST, DUSK, 0.4)
    table.lay(dark, snipped(box(-3, 79, 110, 97), random, 0.1), lift=1.3)
    table.lay(wood, snipped(box(-3, 76, 110, 81), random, 0.1), lift=0.5)
    for x in (33.0, 74.0):
        for y in range(15, 72, 7):
            table.lay(dark, disc(x, y + 3.4, 2.4, 1.5), lift=0.5)
        table.lay(dark, box(x - 1.1, 12, x + 1.1, 74), lift=0.3)
    table.lay(wood, snipped(box(26, 7, 81, 13), random, 0.08), lift=1.2)
    table.lay(wood, snipped(box(26, 70.6, 81, 76.6), random, 0.08), lift=1.2)
    glass = between(FOAM, CREAM, 0.6)
    upper = [*curve((40, 13), (36, 38), (52.3, 42), 12), *curve((54.7, 42), (71, 38), (67, 13), 12)]
    lower = [(x, 84 - y) for x, y in upper]
    table.lay(glass, upper, lower, lift=0.9)
    fill = [
        *curve((39.9, 27), (41, 38.6), (52.5, 41.6), 10),
        *curve((54.5, 41.6), (66, 38.6), (67.1, 27), 10),
        (53.5, 30.5),
    ]
    table.lay(APRICOT, fill, lift=0.2)
    heap = [
        (42.4, 70.6),
        (42.0, 66),
        *curve((42, 66), (49, 64), (53.5, 55), 8),
        *curve((53.5, 55), (58, 64), (65, 66), 8),
        (64.6, 70.6),
    ]
    table.lay(APRICOT, heap, lift=0.2)
    table.lay(APRICOT, strip([(53.5, 41), (53.5, 58)], 0.7), lift=0)
    table.lay(dark, snipped(box(51, 40.7, 56, 43.3), random, 0.05), lift=0.4)
    table.lay(CREAM, strip(curve((43.5, 18), (41.5, 28), (45, 34)), 1.1, 0.4), lift=0)
    rope = between(SAND, CREAM, 0.3)
    table.lay(rope, strip(curve((26, 78.6), (4, 74), (-3, 62)), 1.6), lift=0.6)
    table.save(folder / "sand.jpg")


def weight(folder: Path) -> None:
    """Write weight.jpg."""
    random, table = Random(1386), _table(between(SAGE, CREAM, 0.25), 16)
    for row in range(7):
        for at in range(-1, 5):
            x, y = at * 27 + (row % 2) * 13 + random.uniform(-0.6, 0.6), row * 14.2 - 2
            table.lay(
                between(SAGE, SLATE, random.uniform(0.1, 0.3)),
                snipped(box(x, y, x + 25.6, y + 13), random, 0.2),
                lift=0.3,
            )
    iron, pale = between(NIGHT, SLATE, 0.25), between(NIGHT, SLATE, 0.55)
    for x in (22.0, 81.0):
        table.lay(iron, snipped(box(x, 20, x + 4, 80), random, 0.06), lift=1.3)
        table.lay(iron, [(x - 3, 80), (x + 7, 80), (x + 5, 74), (x - 1, 74)], lift=0.6)
    for y in (24.0, 74.0):
        table.lay(iron, snipped(box(18, y, 89, y + 3.4), random, 0.06), lift=0.9)
    _wheel(table, 66, 50, 19, 30, between(APRICOT, RUST, 0.35), 0.0)
    _wheel(table, 40, 43, 11.5, 18, APRICOT, 0.1)
    table.lay(pale, disc(66, 50, 6.4), lift=0.8)
    table.lay(iron, disc(66, 50, 1.8), disc(40, 43, 1.6), lift=0.4)
    rope = between(SAND, CREAM, 0.2)
    table.lay(rope, strip([(72, 50), (72, 84)], 1.1), lift=0.7)
    for y in (46.0, 48.6, 51.2, 53.8):
        table.lay(rope, strip([(60.4, y), (71.6, y + 1)], 1.2), lift=0.3)
    table.lay(between(SLATE, SAND, 0.3), snipped([(66, 84), (78, 84), (80.6, 97), (63.4, 97)], random, 0.3), lift=1.1)
    table.lay(iron, strip([(40, 8), (40, 56)], 1.5), lift=0.9)
    for y in (36.0, 50.0):
        table.lay(pale, box(40, y, 45, y + 2.6) if y < 40 else box(35, y, 40, y + 2.6), lift=0.4)
    table.lay(iron, strip([(9, 12.4), (40, 9.6), (71, 6.8)], 2.0), lift=1.1)
    for x, y in ((14.0, 12.0), (66.0, 7.2)):
        table.lay(iron, strip([(x, y), (x, y + 4)], 0.6), lift=0.4)
        table.lay(
            PLUM,
            snipped([(x - 2.2, y + 4), (x + 2.2, y + 4), (x + 3, y + 10), (x - 3, y + 10)], random, 0.08),
            lift=0.8,
        )
    for at in range(7):
        for x, y in ((9 + at * 4.3, 12.4 - at * 0.39), (45.4 + at * 4.2, 9.1 - at * 0.38)):
            table.lay(pale, box(x - 0.3, y - 1.9, x + 0.3, y - 0.4), lift=0.1)
    table.save(folder / "weight.jpg")


def _wheel(
    table: Table, x: float, y: float, radius: float, teeth: int, colour: tuple[int, int, int], turned: float
) -> None:
    rim = []
    for at in range(teeth):
        for share, out in ((0.0, 0.0), (0.18, 2.0), (0.5, 2.0), (0.68, 0.0)):
            turn = 2 * math.pi * (at + share + turned) / teeth
            rim.append((x + (radius + out) * math.cos(turn), y + (radius + out) * math.sin(turn)))
    table.lay(colour, rim, holes=[disc(x, y, radius * 0.8)], lift=1.1)
    table.lay(
        colour,
        *(ray(x, y, turn, 0, radius * 0.84, radius * 0.17, 0.8) for turn in (20, 110, 200, 290)),
        disc(x, y, radius * 0.2),
        lift=0.6,
    )


def card(folder: Path) -> None:
    """Write card.jpg."""
    random, table = Random(1890), _table(between(APRICOT, SAND, 0.45), 17)
    table.lay(between(SAGE, MOSS, 0.5), box(-2, 66, 110, 96), lift=0.5)
    table.lay(between(MOSS, DUSK, 0.4), box(-2, 65, 110, 67.4), lift=0.5)
    wood, dark = between(RUST, DUSK, 0.5), between(RUST, DUSK, 0.72)
    table.lay(wood, snipped(box(9, 6, 47, 92), random, 0.1), lift=1.6)
    table.lay(dark, [(6, 9), (10, 2), (46, 2), (50, 9)], lift=0.8)
    table.lay(CREAM, disc(28, 27, 15), lift=0.9)
    table.lay(dark, disc(28, 27, 15.8), holes=[disc(28, 27, 14.2)], lift=0.5)
    for hour in range(12):
        table.lay(DUSK, ray(28, 27, hour * 30, 11, 13.2, 1.2 if hour % 3 == 0 else 0.6, 1), lift=0)
    table.lay(DUSK, ray(28, 27, -6, -2, 11, 1.2, 0.5), ray(28, 27, 209, -2, 7.6, 1.5, 0.5), lift=0.4)
    table.lay(RUST, disc(28, 27, 1.2), lift=0.3)
    table.lay(between(APRICOT, SAND, 0.2), snipped(box(15, 48, 41, 62), random, 0.06), lift=0.5)
    table.lay(NIGHT, box(19, 54, 37, 55.6), lift=0)
    table.lay(between(SLATE, CREAM, 0.4), strip([(41, 58), (50, 66), (52, 72)], 1.6), lift=0.6)
    table.lay(PLUM, disc(52.2, 73.6, 2.4), lift=0.6)
    for x in (15.0, 29.5):
        table.lay(dark, snipped(box(x, 67, x + 11.5, 87), random, 0.06), lift=0.2)
    table.lay(dark, snipped(box(58, 6, 104, 62), random, 0.1), lift=1.2)
    for row in range(4):
        for column in range(4):
            x, y = 60.6 + column * 10.6, 9 + row * 13
            table.lay(between(dark, NIGHT, 0.4), box(x, y, x + 9, y + 11), lift=0)
            if (row, column) in ((1, 2), (3, 1)):
                continue
            shade = between(CREAM, SAND, random.uniform(0, 0.5))
            table.lay(shade, snipped(box(x + 1, y - 1.4, x + 8, y + 8), random, 0.05), lift=0.4)
            for line in range(3):
                table.lay(
                    RUST if line == 0 else SLATE,
                    box(x + 2, y + 0.4 + line * 2, x + (7 if line else 5.6), y + 0.8 + line * 2),
                    lift=0,
                )
            table.lay(wood, box(x - 0.4, y + 7, x + 9.4, y + 11.4), lift=0.3)
    table.lay(CREAM, [(24, 44), (35, 46), (34, 55.4), (22.6, 55.4)], lift=0.6)
    for line in range(3):
        table.lay(
            RUST if line == 0 else SLATE, strip([(25.6, 46.6 + line * 2.3), (32.6, 47.8 + line * 2.3)], 0.45), lift=0
        )
    skin = (0xB9, 0x7E, 0x56)
    table.lay(WATER, strip([(112, 92), (62, 62)], 21, 13), lift=1.2)
    table.lay(CREAM, strip([(63.4, 63), (58.6, 60)], 14, 13.4), lift=0.5)
    table.lay(skin, strip([(59.6, 60.6), (50, 54)], 10, 12), lift=0.5)
    table.lay(skin, snipped(disc(50, 53.6, 8.4, 0.8, 22), random, 0.15), lift=0.8)
    for y, reach in ((47.8, 33.6), (51.2, 31.8), (54.6, 32.6), (57.6, 34.6)):
        table.lay(
            skin, strip(curve((50, y + 2), (42, y), (reach, y - 0.4)), 4.0, 2.9), disc(reach, y - 0.4, 1.45), lift=0.35
        )
    table.lay(skin, strip(curve((52, 48), (44, 43.4), (35.4, 45.2)), 4.2, 3.2), disc(35.4, 45.2, 1.6), lift=0.5)
    table.save(folder / "card.jpg")
