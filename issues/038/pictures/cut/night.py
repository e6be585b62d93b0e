"""The belfry: a town at night, and its bell swung over to the moon."""

from pathlib import Path
from random import Random

from cut.papers import APRICOT, CREAM, DUSK, NIGHT, PLUM, RUST, SAND, SLATE, between
from cut.shapes import box, disc, hills, ray, snipped, strip
from cut.table import Table
from cut.towns import bell, house, window

WIDTH, HEIGHT = 154.0, 126.0


def draw(folder: Path) -> None:
    """Write belfry.jpg."""
    random = Random(1355)
    table = Table(WIDTH, HEIGHT, NIGHT, seed=1)
    for at, radius in enumerate((70, 56, 43, 31)):
        table.lay(between(NIGHT, PLUM, 0.25 + 0.2 * at), snipped(disc(104, 38, radius), random, 0.3), lift=0.8)
    table.lay(CREAM, snipped(disc(104, 38, 20), random, 0.15), lift=1.2)
    for _ in range(46):
        x, y = random.uniform(3, 151), random.uniform(3, 66)
        if (x - 104) ** 2 + (y - 38) ** 2 > 72**2:
            size = random.uniform(0.5, 1.1)
            points = [ray(x, y, turn, 0, size, size * 0.7, 0.05) for turn in (0, 90, 180, 270)]
            table.lay(SAND, *points, lift=0.2)
    table.lay(between(NIGHT, PLUM, 0.5), hills(WIDTH, HEIGHT, 88, 5, random), lift=1)
    _roofs(table, random, 95, 104, (DUSK, between(DUSK, SLATE, 0.25)), 0.35)
    _belfry(table, random)
    _roofs(table, random, 104, 130, (PLUM, between(PLUM, RUST, 0.45), DUSK), 0.55)
    table.save(folder / "belfry.jpg")


def _belfry(table: Table, random: Random) -> None:
    wall, dark = between(SLATE, SAND, 0.35), between(SLATE, DUSK, 0.55)
    table.lay(wall, snipped(box(46, 44, 74, 130), random), lift=1.4)
    table.lay(dark, snipped(box(43.5, 42, 76.5, 45.5), random, 0.08), lift=0.7)
    table.lay(dark, snipped(box(44, 84, 76, 86.4), random, 0.08), lift=0.5)
    for x in (48.0, 72.0):
        table.lay(wall, box(x - 2.2, 18, x + 2.2, 43), lift=1)
    beam = between(DUSK, RUST, 0.35)
    table.lay(beam, box(44, 21, 76, 24), lift=0.8)
    table.lay(dark, snipped([(42, 19), (60, -4), (78, 19)], random), lift=1.1)
    outline, clapper = bell(60, 23, 23, -0.62)
    table.lay(APRICOT, clapper, lift=0.6)
    table.lay(APRICOT, outline, lift=1.4)
    table.lay(RUST, strip(_across(outline, 0.8), 0.9), lift=0.15)
    table.lay(beam, disc(60, 22.6, 2.6), lift=0.6)
    for y in (56.0, 70.0, 98.0):
        window(table, 60, y + 4, 3.2, 7, NIGHT, arched=True)


def _across(outline: list[tuple[float, float]], share: float) -> list[tuple[float, float]]:
    """Return a line across a bell, near its rim."""
    half = len(outline) // 2
    at = round(half * share)
    return [outline[at], outline[-1 - at]]


def _roofs(table: Table, random: Random, top: float, foot: float, walls: tuple, lit: float) -> None:
    x = -6.0
    while x < WIDTH + 4:
        wide = random.uniform(13, 22)
        eaves = top + random.uniform(-3, 6)
        wall = random.choice(walls)
        house(table, x, x + wide, foot + 20, eaves + 8, eaves - wide * 0.42, wall, between(wall, NIGHT, 0.55), random)
        for row in (0, 1):
            for side in (0.3, 0.68):
                pane = APRICOT if random.random() < lit * 0.55 else between(wall, NIGHT, 0.7)
                window(table, x + wide * side, eaves + 9 + row * 8.5, 2.3, 3.4, pane)
        x += wide * random.uniform(0.86, 1.02)
