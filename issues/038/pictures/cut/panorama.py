"""The opening of the picture story: from night to day over the gutter of two pages."""

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
from cut.shapes import box, curve, disc, hills, ray, snipped, strip, tree
from cut.table import Table
from cut.towns import bell, chimney, mill, smoke

WIDTH, HEIGHT = 302.0, 88.0
SKY = (NIGHT, DUSK, PLUM, ROSE, SAND, between(SAND, FOAM, 0.5), FOAM, FOAM)


def draw(folder: Path) -> None:
    """Write panorama.jpg."""
    random = Random(24)
    table = Table(WIDTH, HEIGHT, FOAM, dots=320 / 25.4, seed=4)
    for at in range(24, -1, -1):  # the right edge of each is seen: an hour to a sheet, the latest below
        share = at / 24 * (len(SKY) - 1)
        first = min(int(share), len(SKY) - 2)
        colour = between(SKY[first], SKY[first + 1], share - first)
        edge = (at + 1) * WIDTH / 24
        side = [(edge + random.uniform(-1.2, 1.2) - 7 + y / 6, y - 2.0) for y in range(0, 96, 8)]
        table.lay(colour, [(-4, -4), *side, (-4, 92)], lift=0.5)
    for _ in range(34):
        x, y = random.uniform(4, 92), random.uniform(3, 46)
        size = random.uniform(0.5, 1.2)
        table.lay(CREAM, *(ray(x, y, turn, 0, size, size * 0.7, 0.05) for turn in (0, 90, 180, 270)), lift=0.2)
    table.lay(CREAM, disc(30, 19, 8.5), holes=[], lift=0.8)
    table.lay(between(SKY[0], SKY[1], 0.5), disc(33.6, 17.4, 7.8), lift=0)
    x, y = 250.0, 24.0
    for turn in range(24):
        table.lay(between(SAND, APRICOT, 0.6), ray(x, y, turn * 15, 14.5, 20 + 3.5 * (turn % 2), 1.4, 0.3), lift=0.4)
    table.lay(APRICOT, snipped(disc(x, y, 13), random, 0.1), lift=1)
    table.lay(between(APRICOT, CREAM, 0.4), disc(x, y, 9.6), lift=0.4)
    table.lay(between(DUSK, SLATE, 0.2), snipped(_ridge(0, 150, 58, 8, random), random, 0.1), lift=1)
    table.lay(between(SAGE, WATER, 0.4), snipped(_ridge(140, 306, 60, 6, random), random, 0.1), lift=1)
    _obelisk(table, random)
    _tower(table, random)
    _windmill(table, random)
    _ship(table, random)
    mill(table, 262, 292, 79, 58, RUST, SAND, random)
    chimney(table, 256, 80, 36, 3.2, RUST)
    smoke(table, 256, 34, 40, 22, between(SLATE, CREAM, 0.55), random)
    table.lay(between(FOREST, DUSK, 0.4), hills(WIDTH, HEIGHT, 80, 1.6, random), lift=1.1)
    for at in (8, 14, 66, 132, 138, 243, 248, 297):
        crown, trunk = tree(at, 82, random.uniform(9, 14), random)
        table.lay(DUSK, trunk, lift=0.4)
        table.lay(FOREST if at > 100 else between(FOREST, NIGHT, 0.45), crown, lift=0.8)
    table.save(folder / "panorama.jpg")


def _ridge(left: float, right: float, at: float, rise: float, random: Random) -> list[tuple[float, float]]:
    top = [(left + (right - left) * k / 9, at - random.uniform(0, rise) * (1 if 0 < k < 9 else -1)) for k in range(10)]
    return [*top, (right, 92), (left, 92)]


def _obelisk(table: Table, random: Random) -> None:
    stone = between(SAND, SLATE, 0.45)
    table.lay(between(NIGHT, DUSK, 0.5), [(40, 80), (46, 80), (92, 84.4), (88, 85)], lift=0)
    table.lay(stone, [(39, 80), (40.6, 34), (43, 29.5), (45.4, 34), (47, 80)], lift=1)
    table.lay(between(stone, DUSK, 0.4), [(43, 29.5), (45.4, 34), (47, 80), (43.6, 80)], lift=0)


def _tower(table: Table, random: Random) -> None:
    wall, dark = between(ROSE, SLATE, 0.5), between(PLUM, SLATE, 0.3)
    table.lay(wall, snipped(box(104, 44, 122, 82), random), lift=1)
    table.lay(DUSK, box(108, 31, 118, 45), lift=0.2)
    for x in (105.6, 120.4):
        table.lay(wall, box(x - 1.6, 30, x + 1.6, 45), lift=0.7)
    outline, clapper = bell(113, 32, 10, 0.3)
    table.lay(APRICOT, clapper, lift=0.4)
    table.lay(APRICOT, outline, lift=0.7)
    table.lay(dark, snipped([(102, 31), (113, 15), (124, 31)], random), lift=0.9)
    table.lay(CREAM, disc(113, 54, 5), lift=0.5)
    table.lay(PLUM, ray(113, 54, 150, -0.6, 4, 0.7, 0.4), ray(113, 54, 20, -0.6, 2.8, 0.8, 0.4), lift=0.3)


def _windmill(table: Table, random: Random) -> None:
    table.lay(between(ROSE, CREAM, 0.35), [(168, 82), (171, 50), (181, 50), (184, 82)], lift=1)
    table.lay(PLUM, [(169.6, 50.6), (176, 43), (182.4, 50.6)], lift=0.7)
    for turn in (28, 118, 208, 298):
        table.lay(CREAM, ray(176, 48, turn, 2.5, 24, 3.6, 1.25), lift=0.9)
        table.lay(RUST, ray(176, 48, turn, 0, 25, 0.7, 0.7), lift=0.3)
    table.lay(PLUM, disc(176, 48, 1.7), lift=0.5)
    table.lay(PLUM, box(174, 74, 178, 82), lift=0.3)


def _ship(table: Table, random: Random) -> None:
    table.lay(WATER, box(194, 72, 242, 90), lift=0.6)
    hull = [(203, 69), (232, 69), (228.6, 76.4), (207, 76.4)]
    for x, top in ((211, 44), (222, 40)):
        table.lay(DUSK, box(x - 0.4, top, x + 0.4, 70), lift=0.4)
        for low, wide in ((67, 9.6), (57, 7.6)):
            sail = [
                *curve((x - wide * 0.42, low - 8.4), (x + 1.6, low - 8.9), (x + wide * 0.42, low - 8.4), 6),
                *curve((x + wide * 0.5, low), (x + 3.4, low - 3), (x - wide * 0.5, low), 6),
            ]
            table.lay(CREAM, sail, lift=0.6)
    table.lay(PLUM, hull, lift=0.8)
    table.lay(RUST, strip([(204, 71), (231, 71)], 0.9), lift=0.2)
    for y in (76.5, 80.0):
        waves = [(194 + k * 2, y + (0.7 if k % 2 else -0.7)) for k in range(25)]
        table.lay(between(WATER, FOAM, 0.35), strip(waves, 0.8), lift=0.3)
    table.lay(MOSS, hills(WIDTH, HEIGHT, 83, 0.8, random), lift=0.6)
