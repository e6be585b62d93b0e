"""The opening picture of the essay on sudden change: a dam of dressed stone, and the crack that runs down it."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from draw.inks import INK, OCHRE, RED, tint
from draw.knife import curve, gouge, hatched, ribbon, straight, wobbled
from draw.people import HEADGEAR, Blocks, Somebody, cut
from draw.press import Block, Point, Print, Sheet

SHEET = Sheet(width=216, height=303, pixels=(2551, 3579))
SMALLEST = Sheet(width=1, height=1, pixels=(1, 1))
CREST, FOOT = 74.0, 214.0  # mm: the top of the wall, and where it meets the ground
# The crack, from the crest down: each point is a turn.
CRACK: tuple[Point, ...] = (
    (137, 70),
    (133, 84),
    (142, 95),
    (135, 108),
    (147, 121),
    (141, 133),
    (150, 146),
    (143, 160),
    (152, 173),
    (147, 187),
    (154, 218),
)
BRANCHES: tuple[tuple[Point, ...], ...] = (
    ((142, 95), (152, 99), (158, 108)),
    ((147, 121), (161, 126), (166, 138)),
    ((141, 133), (128, 140), (124, 152)),
    ((150, 146), (163, 152), (170, 166)),
    ((143, 160), (131, 168), (126, 180)),
    ((152, 173), (166, 180), (172, 196)),
)


def draw(folder: Path) -> None:
    """Write wall.jpg."""
    random = Random(1917)
    sky = Block(SHEET, inked=True)
    blocks = Blocks(key=Block(SHEET), red=Block(SHEET, shift=(-0.2, 0.14)), ground=sky)
    _sky(sky, random)
    _stones(blocks.key, random)
    _crack(blocks)
    _crowd(blocks, random)
    pull = Print(SHEET, seed=1917)
    pull.pull(sky, tint(OCHRE, 0.62))
    pull.pull(blocks.red, RED)
    pull.pull(blocks.key, INK)
    pull.save(folder / "wall.jpg")


def _sky(sky: Block, random: Random) -> None:
    sun = (62.0, 46.0)
    for index in range(150):
        turn = index * 2.4
        near = random.uniform(24, 30)
        far = near + random.uniform(10, 90)
        ray = [(sun[0] + reach * _cos(turn), sun[1] + reach * _sin(turn)) for reach in (near, (near + far) / 2, far)]
        sky.cut(gouge(ray, random.uniform(0.8, 2.0)))
    sky.disc(sun, 21, 0.0)
    # Behind the wall there is no light.
    sky.fill([(-4, CREST - 4), (220, CREST - 4), (220, 310), (-4, 310)])


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def _sin(degrees: float) -> float:
    return _cos(degrees - 90)


def _courses(random: Random) -> Iterator[tuple[float, float, float, float]]:
    top = CREST
    while top < FOOT + 10:
        high = 9.5 + random.uniform(-0.6, 0.6)
        left = -random.uniform(2, 18)
        while left < 220:
            wide = random.uniform(17, 27)
            yield left, top, left + wide, top + high
            left += wide
        top += high


def _stones(key: Block, random: Random) -> None:
    key.fill([(-4, CREST - 4), (220, CREST - 4), (220, 310), (-4, 310)])
    coping = [(-4.0, CREST - 6.5), (220.0, CREST - 6.5), (220.0, CREST - 2.2), (-4.0, CREST - 2.2)]
    key.fill(coping)
    for x in range(0, 220, 3):
        key.cut(gouge(straight((x, CREST - 5.8), (x + 1.6, CREST - 3), random, 0.1), 0.8))
    for left, top, right, bottom in _courses(random):
        light = random.random()
        face = wobbled(
            [
                (left + 0.5, top + 0.5),
                (right - 0.5, top + 0.5),
                (right - 0.5, bottom - 0.5),
                (left + 0.5, bottom - 0.5),
            ],
            random,
            0.16,
        )
        key.line([*face, face[0]], 0.75, 0.0)
        strength = 0.25 + 0.75 * light * (1 - 0.5 * (top - CREST) / (FOOT - CREST))
        hatched(
            Cutter(key),
            (left + 1.2, top + 1.2, right - 1.2, bottom - 1.2),
            -58 + 8 * light,
            spacing=1.5,
            random=random,
            tone=lambda x, y, s=strength: s,
            length=7,
        )


class Cutter(Block):
    """A block seen the other way round: what is drawn on it is cut away from the one behind."""

    def __init__(self, behind: Block) -> None:
        super().__init__(SMALLEST)
        self.behind = behind

    def fill(self, points: Sequence[Point], tone: float = 1.0) -> None:
        """Cut a shape out of the block behind."""
        self.behind.fill(points, 1 - tone)


def _crack(blocks: Blocks) -> None:
    widths = [2.2, 3.4, 3.0, 4.4, 3.6, 5.2, 4.6, 6.4, 5.6, 7.6, 9.0]
    edge = ribbon(CRACK, [width + 3.0 for width in widths])
    heart = ribbon(CRACK, widths)
    for branch in BRANCHES:
        blocks.key.fill(ribbon(branch, [2.8, 1.9, 0.4]))
        blocks.key.cut(ribbon(branch, [1.5, 1.0, 0.2]))
        blocks.red.fill(ribbon(branch, [1.5, 1.0, 0.2]))
    blocks.key.fill(edge)
    blocks.key.cut(heart)
    blocks.ground.cut(heart)
    blocks.red.fill(heart)


def _crowd(blocks: Blocks, random: Random) -> None:
    ground = curve("-4,222* 60,216 120,220 170,215 220,219* 220,310* -4,310*")
    blocks.key.fill(ground)
    for row in range(7):
        size = 3.6 * 1.16**row
        x = -size
        people = []
        while x < 218 + size:
            wears = random.choice(HEADGEAR)
            people.append(
                Somebody(
                    at=(x, 216 + 7.5 * row + 0.9 * row * row + random.uniform(-0.5, 0.5) * size),
                    size=size * random.uniform(0.92, 1.06),
                    wears=wears,
                    face=random.choice(("plain", "moustache", "beard")) if wears in {"cap", "bare", "hat"} else "plain",
                    red=random.random() < 0.13,
                    flip=x < 140,
                    tilt=random.uniform(-12, -2) if x > 140 else random.uniform(2, 12),
                )
            )
            x += size * random.uniform(2.0, 2.7)
        random.shuffle(people)
        for who in people:
            cut(who, blocks, random)
