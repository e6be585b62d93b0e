"""The cover: the sun comes up as a clock, and four people leave the mill behind."""

from pathlib import Path
from random import Random

from cut.papers import APRICOT, CREAM, DUSK, FOREST, MOSS, PLUM, ROSE, RUST, SAGE, SAND, SLATE, between
from cut.people import Person
from cut.shapes import curve, disc, hills, ray, snipped, strip, tree
from cut.table import Table
from cut.towns import chimney, mill, smoke

WIDTH, HEIGHT = 107.0, 92.0


def draw(folder: Path) -> None:
    """Write cover.jpg."""
    random = Random(8)
    table = Table(WIDTH, HEIGHT, between(SAND, CREAM, 0.35), dots=540 / 25.4)
    x, y = 60.0, 47.0
    for at in range(48):
        far = 74 if at % 2 else 88
        table.lay(between(SAND, APRICOT, 0.28), ray(x, y, at * 7.5, 30, far, 1.4, 2.6), lift=0.3)
    table.lay(APRICOT, snipped(disc(x, y, 33), random, 0.1), lift=1.2)
    table.lay(CREAM, disc(x, y, 29.6), holes=[disc(x, y, 24.4)], lift=0.6)
    for hour in range(24):
        main = hour % 6 == 0
        table.lay(PLUM, ray(x, y, hour * 15, 25.2, 28.9, 1.9 if main else 0.8, 1), lift=0.15)
    table.lay(RUST, disc(x, y, 22.6), holes=[disc(x, y, 21.8)], lift=0.3)
    table.lay(PLUM, ray(x, y, -34, -4, 20.5, 2.2, 0.25), lift=0.9)
    table.lay(PLUM, ray(x, y, 38, -3, 14, 2.8, 0.3), lift=0.9)
    table.lay(CREAM, disc(x, y, 1.8), lift=0.6)
    table.lay(between(PLUM, ROSE, 0.45), hills(WIDTH, HEIGHT, 56, 5, random), lift=1.2)
    table.lay(PLUM, hills(WIDTH, HEIGHT, 63, 4, random), lift=1.3)
    mill(table, 4, 25, 74, 55, RUST, SAND, random)
    chimney(table, 29, 75, 36, 3.4, RUST)
    smoke(table, 29, 34, -26, 22, between(SLATE, CREAM, 0.45), random)
    table.lay(SAGE, hills(WIDTH, HEIGHT, 71, 3, random), lift=1.3)
    for at, high in ((72, 12), (79, 9), (97, 14), (104, 11)):
        crown, trunk = tree(at, 73, high, random)
        table.lay(DUSK, trunk, lift=0.5)
        table.lay(FOREST, crown, lift=0.8)
    table.lay(MOSS, hills(WIDTH, HEIGHT, 77, 2.4, random), lift=1.3)
    path = [*curve((24, 75), (52, 77), (58, 83)), *curve((58, 83), (66, 90), (118, 112))[1:]]
    table.lay(SAND, strip(path, 2.2, 22), lift=0.4)
    walkers = (
        Person(x=43, foot=79.5, high=10.5, coat=DUSK, legs=FOREST, hat=DUSK),
        Person(x=53, foot=82, high=12, coat=RUST, legs=DUSK, skirt=True, arm=((0.1, 0.66), (0.17, 0.6))),
        Person(
            x=66,
            foot=87,
            high=15.5,
            coat=CREAM,
            legs=PLUM,
            hat=APRICOT,
            skin=(0x8A, 0x58, 0x3C),
            arm=((0.1, 0.66), (0.17, 0.6)),
        ),
        Person(x=80, foot=90.5, high=18.5, coat=PLUM, legs=DUSK, hat=CREAM, arm=((0.12, 0.86), (0.17, 1.02))),
    )
    for walker in walkers:
        walker.lay(table, random)
    table.save(folder / "cover.jpg")
