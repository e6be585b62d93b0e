"""The opening picture of the essay on movements: a crowd from slightly above, under a dozen blank banners."""

from pathlib import Path
from random import Random

from draw.inks import INK, OCHRE, RED, tint
from draw.knife import gouge, ribbon, smooth, straight
from draw.people import HEADGEAR, Blocks, Somebody, cut
from draw.press import Block, Point, Print, Sheet

SHEET = Sheet(width=176, height=92, pixels=(2079, 1087))

# pole foot x, row it stands in, lean, top of the cloth, width, height, colour
BANNERS = (
    (12, 3, -3.0, 19.0, 22.0, 13.0, "red"),
    (27, 0, 2.0, 29.0, 12.0, 9.0, "paper"),
    (42, 2, -2.0, 15.0, 17.0, 15.0, "paper"),
    (58, 1, 3.0, 27.0, 13.0, 10.0, "red"),
    (71, 0, -1.0, 21.0, 10.0, 13.0, "paper"),
    (86, 3, -1.5, 10.0, 25.0, 15.0, "red"),
    (102, 0, 2.0, 28.0, 11.0, 9.0, "black"),
    (113, 1, -2.0, 20.0, 14.0, 11.0, "paper"),
    (129, 2, 2.5, 14.0, 18.0, 14.0, "red"),
    (142, 0, 1.0, 29.0, 11.0, 8.0, "red"),
    (152, 1, -2.5, 22.0, 13.0, 12.0, "paper"),
    (167, 3, 2.0, 17.0, 20.0, 14.0, "red"),
)


def draw(folder: Path) -> None:
    """Write crowd.jpg."""
    random = Random(1839)
    sky = Block(SHEET, inked=True)
    _clouds(sky, random)
    blocks = Blocks(key=Block(SHEET), red=Block(SHEET, shift=(-0.14, 0.1)), ground=sky)
    for row in range(10):
        for banner in BANNERS:
            if banner[1] * 2 + 1 == row:
                _banner(banner, row, blocks, random)
        for who in _row(row, random):
            cut(who, blocks, random)
    pull = Print(SHEET, seed=1839)
    pull.pull(sky, tint(OCHRE, 0.3))
    pull.pull(blocks.red, RED)
    pull.pull(blocks.key, INK)
    pull.save(folder / "crowd.jpg")


def _clouds(sky: Block, random: Random) -> None:
    for _ in range(60):
        x, y = random.uniform(-20, 180), random.uniform(2, 40)
        path = straight((x, y), (x + random.uniform(8, 40), y + random.uniform(-0.4, 0.4)), random, 0.6)
        sky.cut(gouge(path, random.uniform(0.4, 1.5)))


def _size(row: int) -> float:
    return 1.5 * 1.19**row


def _level(row: int) -> float:
    return 34.5 + 2.2 * row + 0.36 * row * row


def _row(row: int, random: Random) -> list[Somebody]:
    size = _size(row)
    people = []
    x = -random.uniform(0, 2) * size
    while x < 178 + size:
        wears = random.choice(HEADGEAR)
        man = wears in {"cap", "bare", "hat"}
        people.append(
            Somebody(
                at=(x, _level(row) + random.uniform(-0.5, 0.5) * size),
                size=size * random.uniform(0.92, 1.06),
                wears=wears,
                face=random.choice(("plain", "plain", "moustache", "beard")) if man else "plain",
                red=random.random() < (0.27 if wears in {"scarf", "bonnet"} else 0.08),
                muffled=random.random() < 0.1,
                flip=random.random() < 0.22,
                tilt=random.uniform(-9, 7),
            )
        )
        x += size * random.uniform(1.9, 2.6)
    random.shuffle(people)
    return people


def _banner(
    banner: tuple[float, int, float, float, float, float, str], row: int, blocks: Blocks, random: Random
) -> None:
    x, _, lean, top, wide, tall, colour = banner
    foot = _level(row) + 2
    cloth = _cloth(x + lean, top, wide, tall, random)
    for side in (-0.47, 0.47) if wide > 12 else (0.0,):
        pole = [(x + side * wide * 0.9, foot), (x + lean + side * wide, top - 1.6)]
        for extra, tone in ((0.9, 0.0), (0.0, 1.0)):
            blocks.key.fill(ribbon(pole, [0.85 + extra] * 2), tone)
    blocks.key.line([*cloth, cloth[0]], 1.3, 0.0)
    for block in (blocks.key, blocks.red, blocks.ground):
        block.cut(cloth)
    if colour == "red":
        blocks.red.fill(cloth)
    if colour == "black":
        blocks.key.fill(cloth)
    else:
        blocks.key.line([*cloth, cloth[0]], 0.5)
    _folds(x + lean, top, wide, tall, colour, blocks, random)


def _cloth(x: float, top: float, wide: float, tall: float, random: Random) -> list[Point]:
    sag, slip = random.uniform(0.6, 1.6), random.uniform(-0.9, 0.9)
    upper = [(x - wide / 2, top - slip), (x, top + sag * 0.7), (x + wide / 2, top + slip)]
    lower = [(x + wide / 2 - 0.4, top + tall + slip), (x + wide / 5, top + tall + sag)]
    lower += [(x - wide / 5, top + tall - sag * 0.3), (x - wide / 2 + 0.3, top + tall - slip)]
    return [*smooth(upper, closed=False), *smooth(lower, closed=False)]


def _folds(x: float, top: float, wide: float, tall: float, colour: str, blocks: Blocks, random: Random) -> None:
    # only near the two sides: strokes across the middle would read as lettering
    for part in (-0.45, -0.4, -0.33, 0.35, 0.41, 0.46):
        part += random.uniform(-0.02, 0.02)
        high = top + tall * random.uniform(0.12, 0.2)
        low = high + tall * (abs(part) * 2.6 - 0.62) * random.uniform(0.8, 1.15)
        path = straight((x + part * wide * 0.97, high), (x + part * wide * 0.86, low), random, 0.5)
        fold = gouge(path, random.uniform(0.45, 0.8))
        if colour == "black":
            blocks.key.cut(fold)
            continue
        blocks.key.fill(fold)
        if colour == "red":
            blocks.red.cut([(fx - 0.75, fy + 0.8) for fx, fy in gouge(path, 0.55)])
