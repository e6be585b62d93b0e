"""The cover: a flock of birds folded from newspaper, and one of red paper that has turned round."""

import math
from pathlib import Path
from random import Random

import numpy as np

from draw.flow import streams
from draw.folded import Bird, facets, newsprint
from draw.inks import DEEP, INK, RED, tint
from draw.knife import gouge
from draw.press import Block, Print, Sheet

SHEET = Sheet(width=216, height=303, pixels=(2551, 3579))
HEART = (134.0, 143.0)
WING_TIP = (168.0, 92.0)

RED_BIRD = Bird(at=HEART, size=24, yaw=156, climb=16, roll=30, flap=(40, 6))

TURNING = (
    # in the order in which they noticed
    Bird(at=(180, 122), size=11.5, yaw=134, climb=8, roll=34, flap=(44, 14)),
    Bird(at=(160, 188), size=12.5, yaw=112, climb=6, roll=52, flap=(30, 2)),
    Bird(at=(92, 176), size=10.5, yaw=70, climb=10, roll=-30, flap=(46, 16)),
    Bird(at=(122, 96), size=8, yaw=82, climb=8, roll=24, flap=(30, 0)),
)
FLYING = (
    Bird(at=(22, 172), size=19, yaw=-18, climb=17, roll=46, flap=(50, 20)),
    Bird(at=(174, 250), size=22, yaw=-14, climb=20, roll=52, flap=(46, 12)),
    Bird(at=(40, 112), size=12.5, yaw=-20, climb=15, roll=30, flap=(52, 24)),
    Bird(at=(77, 131), size=9, yaw=8, climb=13, roll=58, flap=(30, -8)),
    Bird(at=(200, 86), size=12, yaw=-12, climb=18, roll=-36, flap=(48, 18)),
    Bird(at=(203, 196), size=9.5, yaw=4, climb=16, roll=60, flap=(34, 4)),
    Bird(at=(132, 222), size=9, yaw=-16, climb=18, roll=34, flap=(54, 28)),
    Bird(at=(8, 128), size=9, yaw=0, climb=14, roll=54, flap=(26, -6)),
    Bird(at=(140, 284), size=12, yaw=2, climb=18, roll=62, flap=(36, 2)),
    Bird(at=(85, 84), size=8, yaw=-18, climb=14, roll=36, flap=(54, 30)),
    Bird(at=(211, 143), size=8.5, yaw=14, climb=18, roll=42, flap=(16, -24)),
    Bird(at=(206, 292), size=9, yaw=-16, climb=18, roll=30, flap=(52, 24)),
)
NEAR = TURNING + FLYING


def draw(folder: Path) -> None:
    """Write cover.jpg."""
    random = Random(37)
    blocks = _Blocks()
    _wind(blocks.key, random)
    for bird in sorted([*_far(random), *NEAR, RED_BIRD], key=lambda bird: bird.size):
        blocks.paint(bird, random)
    blocks.printed().save(folder / "cover.jpg")


def _heading(x: float, y: float) -> float:
    """The wind: up to the right, but thrown round about the red bird."""
    away = math.hypot(x - HEART[0], (y - HEART[1]) * 1.05)
    return -17 + 10 * math.sin(x / 46 + y / 90) - 190 * math.exp(-away * away / 1600)


def _wind(key: Block, random: Random) -> None:
    def spacing(x: float, y: float) -> float:
        away = math.hypot(x - HEART[0], y - HEART[1])
        return 2.0 + 3.6 * math.pow(min(1.0, away / 150), 1.3)

    for path in streams((-4, -4, 220, 307), _heading, spacing, random, tries=9000, longest=56):
        x, y = path[len(path) // 2]
        away = math.hypot(x - HEART[0], y - HEART[1])
        width = 0.42 + 0.75 * math.exp(-((away / 75) ** 2)) * random.uniform(0.7, 1.2)
        key.cut(gouge(path, width))


def _far(random: Random) -> list[Bird]:
    birds: list[Bird] = []
    for _ in range(4000):
        x, y = random.uniform(2, 214), random.uniform(70, 301)
        size = random.uniform(2.4, 6.4)
        if math.hypot(x - HEART[0], y - HEART[1]) < 57 or (x < 132 and y > 186):
            continue
        if math.hypot(x - WING_TIP[0], y - WING_TIP[1]) < 16:
            continue
        if any(math.hypot(x - o.at[0], y - o.at[1]) < 1.7 * (size + o.size) for o in (*birds, *NEAR)):
            continue
        flap = random.choice(((50, 20), (54, 28), (30, -8), (14, -26), (40, 6)))
        roll = random.choice((-38, 28, 36, 48, 58, 64))
        climb = random.uniform(10, 22)
        birds.append(Bird(at=(x, y), size=size, yaw=random.uniform(-22, 12), climb=climb, roll=roll, flap=flap))
        if len(birds) == 60:
            break
    return birds


class _Blocks:
    def __init__(self) -> None:
        self.ground = Block(SHEET, inked=True)
        self.pale = Block(SHEET, shift=(0.12, -0.08))
        self.half = Block(SHEET, shift=(0.12, -0.08))
        self.red = Block(SHEET, shift=(-0.16, 0.12))
        self.dusk = Block(SHEET, shift=(0.1, 0.05))
        self.key = Block(SHEET, inked=True)

    def paint(self, bird: Bird, random: Random) -> None:
        for facet in facets(bird):
            outline = facet.outline
            for block in (self.ground, self.pale, self.half, self.red, self.dusk, self.key):
                block.cut(outline)
            self.key.line([*outline, outline[0]], 0.3 if bird.size > 9 else 0.2)
            if bird == RED_BIRD:
                self.red.fill(outline)
                if facet.light < 0.62:
                    self.dusk.fill(outline, 1.0 if facet.light < 0.3 else 0.3)
                continue
            if bird.size < 6.5:
                (self.half if facet.light < 0.35 or bird.size < 4 else self.pale).fill(outline)
                continue
            if facet.light < 0.62:
                (self.pale if facet.light > 0.3 else self.half).fill(outline)
            pitch = max(0.052, 1.0 / bird.size)
            for word in newsprint(facet, pitch, random):
                self.key.fill(word)

    def printed(self) -> Print:
        pull = Print(SHEET, seed=37)
        pull.pull(self.ground, DEEP)
        pull.pull(self.pale, tint(DEEP, 0.24))
        pull.pull(self.red, RED)
        pull.pull(self.half, tint(DEEP, 0.52))
        pull.lay(self.dusk.tone() * np.float32(0.4), INK)
        pull.pull(self.key, INK, strength=0.97)
        return pull
