"""The picture across the reprint: dockers on the march through the City, with bands, banners and loaves on poles."""

from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED, tint
from draw.knife import gouge, ribbon, smooth, straight, wobbled
from draw.people import Blocks, Somebody, cut
from draw.press import Block, Point, Print, Sheet

SHEET = Sheet(width=216, height=80, pixels=(2551, 945))
# x of the middle, top, width, height of each banner, and whether it is red
BANNERS = ((30, 14, 34, 19, True), (88, 9, 26, 22, False), (146, 13, 38, 18, True), (196, 10, 24, 20, False))


def draw(folder: Path) -> None:
    """Write march.jpg."""
    random = Random(1889)
    sky, houses = Block(SHEET, inked=True), Block(SHEET)
    blocks = Blocks(key=Block(SHEET), red=Block(SHEET, shift=(-0.16, 0.12)), ground=sky)
    _city(houses, random)
    for row in range(4):
        size = 4.6 * 1.3**row
        level = 45 + row * 8.5 + row * row * 1.1
        if row == 1:
            for banner in BANNERS:
                _banner(banner, blocks, houses, random)
        if row == 2:
            _poles(blocks, houses, random)
        people = []
        x = -size
        while x < 218 + size:
            wears = random.choice(("cap", "cap", "cap", "hat", "bare", "scarf"))
            face = random.choice(("plain", "moustache", "moustache", "beard")) if wears != "scarf" else "plain"
            at = (x, level + random.uniform(-0.4, 0.4) * size)
            muffled = random.random() < 0.25
            red = random.random() < 0.14
            people.append(
                Somebody(
                    at=at, size=size * random.uniform(0.94, 1.05), wears=wears, face=face, red=red, muffled=muffled
                )
            )
            x += size * random.uniform(2.0, 2.5)
        random.shuffle(people)
        for who in people:
            cut(who, blocks, random)
    pull = Print(SHEET, seed=1889)
    pull.pull(sky, tint(OCHRE, 0.42))
    pull.pull(houses, tint(DEEP, 0.62))
    pull.pull(blocks.red, RED)
    pull.pull(blocks.key, INK)
    pull.save(folder / "march.jpg")


def _city(houses: Block, random: Random) -> None:
    x = -6.0
    while x < 222:
        wide, top = random.uniform(9, 17), random.uniform(14, 30)
        houses.fill(wobbled([(x, top), (x + wide, top), (x + wide, 46), (x, 46)], random, 0.12))
        for column in range(int(wide // 4)):
            for row in range(4):
                left, high = x + 1.4 + column * 4, top + 2.5 + row * 6
                houses.cut([(left, high), (left + 1.6, high), (left + 1.6, high + 3), (left, high + 3)])
        x += wide + random.uniform(0, 0.8)
    # A dome and two towers stand over the roofs.
    dome = smooth([(104, 24), (106, 10), (114, 4), (122, 10), (124, 24)], closed=False)
    houses.fill([*dome, (124, 40), (104, 40)])
    houses.fill([(113.2, -1), (114.8, -1), (115.4, 5), (112.6, 5)])
    for x in (62.0, 170.0):
        houses.fill([(x, 30), (x, 9), (x + 2.5, 1), (x + 5, 9), (x + 5, 30)])


def _banner(banner: tuple[float, float, float, float, bool], blocks: Blocks, houses: Block, random: Random) -> None:
    x, top, wide, tall, red = banner
    for side in (-0.5, 0.5):
        pole: list[Point] = [(x + side * wide, top - 3), (x + side * wide * 0.94, 60)]
        blocks.key.fill(ribbon(pole, [1.0, 1.0]))
    upper = smooth([(x - wide / 2, top), (x, top + 1.8), (x + wide / 2, top)], closed=False)
    lower = smooth(
        [(x + wide / 2 - 0.6, top + tall), (x, top + tall + 2.2), (x - wide / 2 + 0.6, top + tall)], closed=False
    )
    cloth = [*upper, *lower]
    for block in (blocks.key, blocks.red, blocks.ground, houses):
        block.cut(cloth)
    if red:
        blocks.red.fill(cloth)
    blocks.key.line([*cloth, cloth[0]], 0.7)
    for part in (-0.46, -0.42, -0.36, 0.37, 0.43, 0.47):
        start = (x + part * wide, top + tall * random.uniform(0.1, 0.2))
        fold = straight(start, (start[0] - part * 3, start[1] + tall * random.uniform(0.3, 0.6)), random, 0.4)
        blocks.key.fill(gouge(fold, random.uniform(0.5, 0.9)))


def _poles(blocks: Blocks, houses: Block, random: Random) -> None:
    for x in (58.0, 66.0, 120.0, 172.0):
        top = random.uniform(22, 28)
        blocks.key.line([(x, top), (x + random.uniform(-1, 1), 62)], 1.6, 0.0)
        blocks.key.line([(x, top), (x + random.uniform(-1, 1), 62)], 0.8)
        loaf = smooth(
            [
                (x - 3.4, top),
                (x - 2.4, top - 2.6),
                (x + 2.4, top - 2.6),
                (x + 3.4, top),
                (x + 2, top + 1.4),
                (x - 2, top + 1.4),
            ]
        )
        blocks.key.line([*loaf, loaf[0]], 1.4, 0.0)
        for block in (blocks.key, blocks.ground, houses):
            block.cut(loaf)
        blocks.key.line([*loaf, loaf[0]], 0.6)
        for cut_at in (-1.2, 0.2, 1.6):
            blocks.key.line([(x + cut_at, top - 1.8), (x + cut_at - 0.6, top - 0.4)], 0.4)
