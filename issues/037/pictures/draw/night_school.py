"""The half-page advert of an evening school: a lit window in a brick wall at night, with words beside it."""

import math
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from draw.inks import DEEP, INK, OCHRE, PAPER, Colour, tint
from draw.knife import Path as Outline
from draw.knife import curve, gouge, moved, straight, wobbled
from draw.press import Block, Sheet, worn

SHEET = Sheet(width=176, height=123, pixels=(2079, 1453))
LEFT, TOP, RIGHT, FOOT = 14.0, 19.0, 64.0, 92.0
PROFILE = (
    "-5.4,-8.4 -1,-11 4,-9.8 6,-6.4* 5.7,-4.8 7.8,-2.0* 6.4,-1.3 6.9,0.1* 6.1,1.2 5.5,3.2 2.6,3.6 2.4,6* "
    "8,8.4 10.6,13 11.5,30* -12.5,30* -11.4,13 -8.4,8.4 -3.8,5.6 -4.6,2.2 -7,-1.6 -7.2,-5.6"
)
ACROSS = (
    "-5.6,-4 -5,-9 0,-11.2 5,-9 5.6,-4 5,1 2.6,4.2 2.8,6.4* 8,8.4 10.6,12 11.6,26* -11.6,26* -10.6,12 -8,8.4 "
    "-2.8,6.4* -2.6,4.2 -5,1"
)
LINES: tuple[tuple[float, float, tuple[tuple[str, Colour, str], ...]], ...] = (
    # base line in mm, size in pt, runs of (face, colour, words)
    (28.5, 46, (("serif-Black", PAPER, "The Night"),)),
    (45.5, 46, (("serif-Black", PAPER, "School"),)),
    (56.0, 15, (("sans-Regular", PAPER, "Classes for people who work by day"),)),
    (63.2, 15, (("sans-Bold", OCHRE, "Summer term from 20 April 2026"),)),
    (74.0, 13, (("sans-Bold", OCHRE, "Mondays: "), ("sans-Regular", PAPER, "Reading "), ("sans-It", PAPER, "Capital"))),
    (80.2, 13, (("sans-Bold", OCHRE, "Tuesdays: "), ("sans-Regular", PAPER, "The Russian Revolutions"))),
    (86.4, 13, (("sans-Bold", OCHRE, "Wednesdays: "), ("sans-Regular", PAPER, "Economics without tears"))),
    (92.6, 13, (("sans-Bold", OCHRE, "Thursdays: "), ("sans-Regular", PAPER, "Writing for the branch newsletter"))),
    (100.4, 11.5, (("sans-Regular", PAPER, "Seven to nine, in the room or online"),)),
    (105.6, 11.5, (("sans-Regular", PAPER, "Ten weeks for £60, or £20 if that is what you have"),)),
    (113.0, 16, (("sans-Bold", OCHRE, "nightschool.example"),)),
)


def draw(folder: Path) -> None:
    """Write night-school.png."""
    random = Random(2026)
    glow, wall, key = Block(SHEET), Block(SHEET, inked=True), Block(SHEET, inked=True)
    _bricks(glow, wall, key, random)
    _window((glow, wall, key), random)
    room = Block(SHEET)
    _class(room)
    key.inside(_arch(0.0), room)
    _sashes(glow, key, random)
    picture = _pulled(((glow, OCHRE), (wall, tint(DEEP, 0.82, INK)), (key, INK)))
    _set(picture)
    few = picture.quantize(40, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(folder / "night-school.png", optimize=True, dpi=(300, 300))


def _bricks(glow: Block, wall: Block, key: Block, random: Random) -> None:
    for course in range(26):
        y = course * 4.8 - 1.0
        x = -10.0 + (course % 2) * 5.6
        while x < 180:
            brick = wobbled([(x, y), (x + 10.6, y), (x + 10.6, y + 4.2), (x, y + 4.2)], random, 0.14, 4)
            away = math.hypot(max(LEFT - x - 5, 0, x + 5 - RIGHT), max(TOP - y - 2, 0, y + 2 - FOOT))
            near = max(0.0, 1 - away / 17) * random.uniform(0.6, 1.0) if x < 64 else 0.0
            quiet = x > 68 and 14 < y < 119
            edges = [(brick[-1], brick[0])] if quiet else [(brick[0], brick[3]), (brick[3], brick[4])]
            if near > 0.1:
                shape = [(x - 0.6, y - 0.6), (x + 10.9, y - 0.6), (x + 10.9, y + 4.6), (x - 0.6, y + 4.6)]
                glow.fill(shape)
                wall.cut(shape)
            for start, end in edges:
                if not quiet or random.random() < 0.3:
                    width = 0.34 if near < 0.1 else 0.14 + 0.7 * near
                    key.cut(gouge(straight(start, end, random, 0.1), width, start=0.5, end=0.5))
            if near > 0.45:
                for k in range(int(near * 5)):
                    at = y + 0.9 + k * 0.8
                    side = 1 if x + 5 < LEFT else -1
                    from_x = x + (10.2 if side > 0 else 0.5)
                    key.cut(gouge(straight((from_x, at), (from_x - side * 5 * near, at), random, 0.1), 0.42, start=0.9))
            x += 11.2


def _window(blocks: tuple[Block, Block, Block], random: Random) -> None:
    glow, wall, key = blocks
    stones = 11
    for k in range(stones):
        a0, a1 = (k - stones / 2) * 0.106, (k + 1 - stones / 2) * 0.106
        middle, reach = ((LEFT + RIGHT) / 2, FOOT - 42.0), 44.0
        ring = [(a0 + 0.008, reach), (a1 - 0.008, reach), (a1 - 0.008, reach - 11), (a0 + 0.008, reach - 11)]
        stone = [(middle[0] + r * math.sin(a) * 1.06, middle[1] - r * math.cos(a)) for a, r in ring]
        _stone(blocks, wobbled(stone, random, 0.12, 4))
    opening = _arch(0.0)
    glow.fill(opening)
    wall.cut(opening)
    key.cut(opening)
    glow.cut(moved(curve("-3.4,0* -9,7.4* 9,7.4* 3.4,0*"), (39, 34.5), 0.9))
    rays = Block(SHEET)
    for k in range(38):
        angle = math.radians(k * 360 / 38 + random.uniform(-2, 2))
        low, high = random.uniform(11, 16), random.uniform(20, 40)
        path = [(39 + r * math.cos(angle), 42 + r * math.sin(angle)) for r in (low, (low + high) / 2, high)]
        rays.fill(gouge(path, random.uniform(0.4, 0.9)))
    glow.inside(opening, rays, cut=True)
    sill = [(LEFT - 5, FOOT), (RIGHT + 5, FOOT), (RIGHT + 5, FOOT + 4.6), (LEFT - 5, FOOT + 4.6)]
    _stone(blocks, wobbled(sill, random, 0.12, 5))


def _stone(blocks: tuple[Block, Block, Block], shape: Outline) -> None:
    glow, wall, key = blocks
    for block in (glow, wall, key):
        block.cut(shape)
    glow.fill(shape, 1.0)
    key.line([*shape, shape[0]], 0.6)


def _arch(grow: float) -> Outline:
    middle, half = (LEFT + RIGHT) / 2, (RIGHT - LEFT) / 2 + grow
    top = [(middle + half * k / 10, TOP - grow + 0.052 * k * k) for k in range(10, -11, -1)]
    return [(LEFT - grow, FOOT + grow), (RIGHT + grow, FOOT + grow), *top]


def _class(room: Block) -> None:
    """Four heads round a table, under a hanging lamp, as shadows."""
    room.line([(39, TOP), (39, 34)], 0.5)
    room.line([(36, 34.3), (30.6, 41.4), (47.4, 41.4), (42, 34.3), (36, 34.3)], 0.5)
    scarf = "-6.2,4 -7,-6 -4,-11 0,-12.2 4,-11 7,-6 6.2,4* 4.6,2 4.4,-4 0,-6 -4.4,-4 -4.6,2*"
    peaked = "-7,-6* -5,-10.6 0,-12.4 5,-10.4 6.6,-6.4* 9.6,-5.2* 5,-5"
    for at, drawn, size, flip, worn_on in (
        ((33.6, 67.0), ACROSS, 0.56, False, scarf),
        ((45.0, 67.6), ACROSS, 0.56, True, ""),
        ((21.6, 69.6), PROFILE, 0.72, False, "-7,-6 -8.6,-8.6 -6.6,-10.6 -4,-9"),
        ((57.0, 69.6), PROFILE, 0.72, True, peaked),
    ):
        for part in filter(None, (drawn, worn_on)):
            shape = moved(curve(part), at, size, flip=flip)
            room.line([*shape, shape[0]], 0.7, 0.0 if part == drawn else 1.0)
            room.fill(shape)
    room.cut([(LEFT, 83.0), (RIGHT, 83.0), (RIGHT, FOOT), (LEFT, FOOT)])
    room.fill([(LEFT + 3, 83.6), (RIGHT - 3, 83.6), (RIGHT - 3, 86.0), (LEFT + 3, 86.0)])
    for x in (LEFT + 9, RIGHT - 11):
        room.fill([(x, 86), (x + 2, 86), (x + 2, FOOT), (x, FOOT)])
    for x, wide in ((27.5, 8.0), (41, 9.0)):
        book = curve(f"{x},83.2* {x + wide * 0.25},81.6 {x + wide / 2},82.6* {x + wide * 0.75},81.6 {x + wide},83.2*")
        room.line([*book, book[0]], 0.8, 0.0)
        room.fill(book)


def _sashes(glow: Block, key: Block, random: Random) -> None:
    """Cut the frame and its bars; they are dark against the room."""
    outer, inner = _arch(0.3), _arch(-1.8)
    frame = Block(SHEET)
    frame.fill(outer)
    frame.cut(inner)
    key.inside(outer, frame)
    for x in (LEFT + 50 / 3, LEFT + 100 / 3):
        key.fill(wobbled([(x - 0.6, TOP), (x + 0.6, TOP), (x + 0.6, FOOT), (x - 0.6, FOOT)], random, 0.06, 6))
    for y, half in ((48.0, 0.9), (31.0, 0.5), (70.0, 0.5)):
        key.fill(wobbled([(LEFT, y - half), (RIGHT, y - half), (RIGHT, y + half), (LEFT, y + half)], random, 0.06, 6))
    line = gouge(straight((LEFT + 1, 47.6), (RIGHT - 1, 47.6), random, 0.1), 0.45, start=1, end=1)
    key.cut(line)
    glow.fill(line)


def _pulled(plates: tuple[tuple[Block, Colour], ...]) -> Image.Image:
    """Print with flat inks and few steps at the edges, so that the PNG stays small."""
    width, height = SHEET.pixels
    colour = np.empty((height, width, 3), dtype=np.float32)
    colour[:] = PAPER
    for seed, (block, ink) in enumerate(plates):
        cover = np.round(np.clip(worn(block, 2026 + seed) * 1.15, 0, 1) * 3)[:, :, None] / 3
        colour += (np.asarray(ink, dtype=np.float32) - colour) * cover.astype(np.float32)
    return Image.fromarray(colour.round().astype(np.uint8), "RGB")


@cache
def _font(face: str, size: float) -> ImageFont.FreeTypeFont:
    family, style = face.split("-")
    package, stem = (f"font_source_{family}_pro", f"Source{family.capitalize()}Pro-{style}.ttf")
    return ImageFont.truetype(str(files(package) / "files" / stem), size * 300 / 72)


def _set(picture: Image.Image) -> None:
    """Set the words over the dark part of the wall."""
    pen = ImageDraw.Draw(picture)
    for base, size, runs in LINES:
        x = 80.0 * SHEET.scale
        for face, colour, words in runs:
            font = _font(face, size)
            pen.text((x, base * SHEET.scale), words, font=font, fill=colour, anchor="ls")
            x += font.getlength(words)
        if x > 171 * SHEET.scale:
            raise ValueError(f"'{runs[-1][2]}' runs off the wall")
