"""Portraits of the people who write: who somebody is comes in, a head and shoulders before a hatched wall comes out."""

from pathlib import Path
from random import Random

from draw.inks import DEEP, INK, OCHRE, RED, Colour, tint
from draw.knife import gouge, straight
from draw.people import Blocks, Somebody, cut
from draw.press import Block, Print, Sheet

SHEET = Sheet(width=34, height=42, pixels=(803, 992))

# name: what is worn, the face, muffled, which way it looks, the tilt, the ground and the second colour
SITTERS: dict[str, tuple[str, str, bool, bool, float, Colour, Colour]] = {
    "stannery": ("long", "plain", False, False, -3, OCHRE, RED),
    "lindqvale": ("scarf", "plain", False, True, 2, DEEP, RED),
    "adeyinka-thorne": ("bare", "beard", False, False, -2, DEEP, OCHRE),
    "maelgwyn": ("bare", "plain", False, True, 3, RED, DEEP),
    "thackwell": ("long", "plain", True, False, -4, OCHRE, DEEP),
    "castellane": ("hat", "plain", False, True, 2, OCHRE, RED),
    "askerdale": ("bare", "plain", True, False, -3, DEEP, OCHRE),
}


def draw(folder: Path) -> None:
    """Write portrait-NAME.jpg for each sitter."""
    for seed, (name, sitter) in enumerate(SITTERS.items()):
        wears, face, muffled, flip, tilt, ground, second = sitter
        random = Random(1900 + seed)
        wall = Block(SHEET, inked=True)
        for _ in range(170):
            x, y = random.uniform(-4, 36), random.uniform(0, 42)
            lean = 1 if flip else -1
            stroke = straight((x, y), (x + lean * random.uniform(1.5, 4), y + random.uniform(4, 7)), random, 0.2)
            wall.cut(gouge(stroke, random.uniform(0.2, 0.45)))
        blocks = Blocks(key=Block(SHEET), red=Block(SHEET, shift=(-0.08, 0.06)), ground=wall)
        who = Somebody(
            at=(17, 17.5), size=8.6, wears=wears, face=face, red=wears != "bare", muffled=muffled, flip=flip, tilt=tilt
        )
        cut(who, blocks, random)
        pull = Print(SHEET, seed=1900 + seed)
        pull.pull(wall, tint(ground, 0.55))
        pull.pull(blocks.red, second)
        pull.pull(blocks.key, INK)
        pull.save(folder / f"portrait-{name}.jpg")
