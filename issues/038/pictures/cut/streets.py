"""The masons on their march, and a street on a Saturday afternoon."""

from pathlib import Path
from random import Random

from cut.papers import APRICOT, CREAM, DUSK, FOAM, FOREST, MOSS, PLUM, ROSE, RUST, SAGE, SAND, SLATE, WATER, between
from cut.people import Person
from cut.shapes import box, curve, disc, hills, snipped, strip
from cut.table import Point, Table
from cut.towns import chimney, window

WIDTH, HEIGHT = 107.0, 44.5
BEARERS = (5, 7)  # who carry the banner
STONE = between(SAND, SLATE, 0.25)


def masons(folder: Path) -> None:
    """Write masons.jpg."""
    random = Random(1856)
    table = Table(WIDTH, HEIGHT, between(APRICOT, SAND, 0.55), dots=400 / 25.4, seed=2)
    for at, radius in enumerate((27, 22, 17.5)):
        table.lay(between(APRICOT, CREAM, 0.35 + 0.25 * at), snipped(disc(66, 16, radius), random, 0.12), lift=0.6)
    table.lay(between(SAND, ROSE, 0.5), hills(WIDTH, HEIGHT, 33, 1.2, random), lift=0.8)
    _scaffold(table, random)
    table.lay(between(SAND, RUST, 0.22), hills(WIDTH, HEIGHT, 38.5, 0.5, random), lift=0.9)
    coats = (CREAM, PLUM, FOAM, CREAM, FOAM, RUST, CREAM, PLUM)
    trousers = (DUSK, FOREST, DUSK, MOSS, DUSK, FOREST, PLUM, DUSK)
    hats = (DUSK, SAND, DUSK, RUST, SAND, DUSK, FOREST, SAND)
    for at, (coat, legs, hat) in enumerate(zip(coats, trousers, hats, strict=True)):
        x = 38.5 + at * 8.4 + random.uniform(-0.5, 0.5) * (at not in BEARERS)
        arm: tuple[Point, ...] = ((0.1, 0.62), (0.16, 0.56))
        if at == 1:
            arm = ((0.12, 0.84), (0.15, 1.0))
        elif at in BEARERS:
            arm = ((0.1, 0.68), (0.14, 0.8))
        Person(x=x, foot=42.3 + (at % 2) * 0.6, high=17.5, coat=coat, legs=legs, hat=hat, arm=arm, stride=0.15).lay(
            table, random
        )
    _banner(table, random)
    table.save(folder / "masons.jpg")


def _scaffold(table: Table, random: Random) -> None:
    for row in range(9):
        y, end = 39 - row * 3.6, 33 - (row % 3) * 3.2 - max(0, row - 5) * 4.4
        x = -2.0 - (row % 2) * 3
        while x < end:
            wide = random.uniform(5.2, 6.6)
            shade = between(STONE, CREAM, random.uniform(0, 0.35))
            table.lay(shade, snipped(box(x, y - 3.3, min(x + wide - 0.3, end), y), random, 0.06), lift=0.25)
            x += wide
    wood = between(RUST, DUSK, 0.4)
    for x in (5.0, 17.0, 29.0):
        table.lay(wood, strip([(x, 41), (x + 0.4, -2)], 0.9), lift=0.9)
    for y in (27.0, 14.0):
        table.lay(wood, strip([(-2, y), (34, y + 0.4)], 0.8), lift=0.9)
    table.lay(wood, strip([(5, 41), (29, 14)], 0.6), lift=0.7)


def _banner(table: Table, random: Random) -> None:
    pole = between(RUST, DUSK, 0.5)
    for bearer in BEARERS:
        x = 38.5 + bearer * 8.4 + 2.2
        table.lay(pole, strip([(x, 30.4), (x - 0.2, 3.6)], 0.7), lift=0.6)
    sag = [*curve((81.6, 5.2), (91.2, 6.8), (100.6, 5.2), 10), *curve((100.6, 17.0), (91.2, 18.8), (81.6, 17.0), 10)]
    table.lay(PLUM, snipped(sag, random, 0.05), lift=0.9)
    for x in (85.4, 91.1, 96.8):
        for y, radius in ((9.9, 1.7), (13.6, 2.1)):
            table.lay(CREAM, disc(x, y, radius), holes=[disc(x, y, radius * 0.48)], lift=0.2)


def saturday(folder: Path) -> None:
    """Write saturday.jpg."""
    random = Random(1879)
    table = Table(WIDTH, HEIGHT, between(FOAM, CREAM, 0.45), dots=400 / 25.4, seed=3)
    for x, y, wide in ((20, 8, 9), (52, 5, 7), (88, 9, 10)):
        cloud = [
            disc(x + step * wide * 0.45, y + abs(step) * 0.9, wide * (0.42 - 0.09 * abs(step)), 0.6)
            for step in (-1, 0, 1)
        ]
        table.lay(CREAM, *cloud, lift=0.5)
    chimney(table, 70, 30, 3.5, 3.4, between(SLATE, ROSE, 0.4))
    table.lay(between(SAGE, FOAM, 0.3), hills(WIDTH, HEIGHT, 20, 2.5, random), lift=0.6)
    doors = (PLUM, MOSS, APRICOT, WATER, PLUM, MOSS)
    for at, door in enumerate(doors):
        _terrace(table, random, -3 + at * 19, door)
    table.lay(between(SAND, SLATE, 0.3), box(-2, 37.2, 110, 46), lift=0.8)
    table.lay(between(SLATE, SAND, 0.35), box(-2, 39.6, 110, 46), lift=0.4)
    wood = between(SAND, RUST, 0.5)
    for x in (35.4, 39.0):
        table.lay(wood, strip([(x, 38.6), (x + 2.6, 21)], 0.5), lift=0.5)
    for at in range(7):
        x, y = 35.7 + at * 0.34, 36.6 - at * 2.3
        table.lay(wood, strip([(x, y), (x + 3.4, y)], 0.35), lift=0.2)
    Person(
        x=38.2, foot=33, high=12.5, coat=CREAM, legs=DUSK, hat=SAND, arm=((0.12, 0.86), (0.26, 0.9)), stride=0.03
    ).lay(table, random)
    Person(x=61, foot=40.6, high=15.5, coat=RUST, legs=DUSK, hat=CREAM, skirt=True, arm=((0.1, 0.62), (0.2, 0.5))).lay(
        table, random
    )
    Person(
        x=72, foot=40.8, high=16.5, coat=FOREST, legs=PLUM, hat=DUSK, arm=((-0.1, 0.62), (-0.2, 0.5)), stride=0.14
    ).lay(table, random)
    table.lay(wood, snipped(box(63.6, 33.6, 69.4, 37), random, 0.08), lift=0.5)
    table.lay(RUST, strip(curve((64, 33.6), (66.5, 29.8), (69, 33.6)), 0.35), lift=0.3)
    Person(
        x=87,
        foot=42,
        high=11.5,
        coat=PLUM,
        legs=CREAM,
        skin=(0x8A, 0x58, 0x3C),
        arm=((-0.12, 0.66), (-0.2, 0.74)),
        stride=0.22,
    ).lay(table, random)
    table.lay(RUST, disc(93.4, 40.8, 1.5), lift=0.5)
    _bicycle(table, 15, 37.6)
    table.save(folder / "saturday.jpg")


def _terrace(table: Table, random: Random, x: float, door: tuple[int, int, int]) -> None:
    brick = between(RUST, ROSE, random.uniform(0.15, 0.5))
    table.lay(
        between(SLATE, DUSK, 0.35),
        snipped([(x - 0.4, 17), (x + 1.4, 11.6), (x + 18, 11.6), (x + 19.4, 17)], random, 0.1),
        lift=0.8,
    )
    table.lay(brick, box(x + 13.6, 8.6, x + 16.6, 13), lift=0.5)
    table.lay(brick, snipped(box(x, 16.6, x + 19, 38), random, 0.08), lift=0.5)
    for at, y in ((0.27, 21.4), (0.73, 21.4), (0.73, 31)):
        window(table, x + 19 * at, y, 4.6, 5.8, CREAM)
        window(table, x + 19 * at, y, 3.7, 4.9, between(FOAM, SLATE, 0.3))
        table.lay(CREAM, box(x + 19 * at - 2, y - 0.25, x + 19 * at + 2, y + 0.2), lift=0)
    table.lay(door, snipped(box(x + 3, 28.4, x + 7.6, 37.8), random, 0.05), lift=0.4)


def _bicycle(table: Table, x: float, foot: float) -> None:
    for wheel in (x, x + 8.4):
        table.lay(DUSK, disc(wheel, foot - 2.7, 2.9), holes=[disc(wheel, foot - 2.7, 2.5)], lift=0.3)
    frame = [(x, foot - 2.7), (x + 2.3, foot - 6.2), (x + 6.8, foot - 6.6), (x + 4.2, foot - 2.6), (x, foot - 2.7)]
    table.lay(PLUM, strip(frame, 0.5), strip([(x + 4.2, foot - 2.6), (x + 2, foot - 7.2)], 0.5), lift=0.3)
    table.lay(PLUM, strip([(x + 8.4, foot - 2.7), (x + 6.4, foot - 7.8), (x + 7.8, foot - 8.4)], 0.5), lift=0.3)
    table.lay(DUSK, box(x + 0.9, foot - 7.7, x + 3.2, foot - 7), lift=0.3)
