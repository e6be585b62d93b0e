"""A heron on a bookcase: two blocks of lino come in, the drawing of the bookseller's advert stands on them."""

import math
from collections.abc import Callable
from random import Random

from draw.flow import Box
from draw.knife import Path as Outline
from draw.knife import curve, gouge, moved, ribbon, straight, wobbled
from draw.press import Block, Point

Put = Callable[..., Outline]
BIRD = (
    "-37,-90.5* -19,-96.6 -13,-99.8 -6,-98.6 -1.6,-95 -1.4,-89 -4,-82 -4.6,-75.5 -1,-69.5 6,-65 15,-60 24,-50 "
    "32,-38 38,-27* 29,-28.5 21,-32 13,-34.5 5,-34.5 -4,-39 -9.5,-47 -11.4,-55 -10,-62 -11.4,-69 -13.6,-77 -13.4,-84 "
    "-14.6,-89.4 -18,-92.4*"
)
WING = "-4,-60 4,-64 14,-58 24,-48 33,-36 38,-27* 28,-29 18,-32.5 8,-37 0,-44 -4.4,-52"
PRIMARIES = "10,-38* 20,-36 29,-33 39,-26* 40,-20* 30,-25 19,-31 12,-34"
CREST = "-19,-97.4* -12.5,-99.9 -5.6,-98.4 1.6,-93.4 13,-85* 3,-89.6 -3.6,-92.6 -9,-95.4 -14.4,-95.6"
PLUME = "-2,-93.4* 4,-89 10.4,-81.4* 4.4,-86 -1.8,-90.2"
BEAK = "-37.2,-90.5* -19.4,-96.4 -15.4,-95.2 -15.8,-92.2 -18.4,-92.2*"
SHOULDER = "-10.6,-62.6 -6.4,-63.4 -2.6,-58 -3,-51 -6.4,-46.4* -9.6,-52 -11,-57.6"
LEGS = (
    ("5,-36 4.2,-28 2.8,-19.5 4.4,-10 5,0", 1.7),
    ("10,-36 10.8,-27 12.4,-18.6 11.2,-9 10.6,0", 1.7),
)


def heron(colour: Block, key: Block, at: Point, size: float, random: Random) -> None:
    """Stand the bird at `at` (between its feet); it is about 100 units tall, `size` mm to the unit."""

    def put(drawn: str, closed: bool = True) -> Outline:
        return moved(curve(drawn, closed=closed), at, size)

    for leg, width in LEGS:
        key.fill(ribbon(put(leg, False), [width * size] * 33))
        colour.cut(gouge(moved(put(leg, False), (-0.35, 0)), 0.7))
    for x in (4.6, 10.6):
        for toe in ("0,-0.6 -5,-1.0 -8.4,0.2", "0,-0.6 3,-0.9 5.4,0.2", "0,-0.5 -2,0.4 -4.4,1.6"):
            key.fill(gouge(moved(curve(toe, closed=False), (at[0] + x * size, at[1]), size), 1.5 * size, start=0.9))
    body = put(BIRD)
    for block in (colour, key):
        block.line([*body, body[0]], 2.2, 1.0 if block is colour else 0.0)
        block.cut(body)
    colour.fill(put(WING))
    for drawn in (PRIMARIES, CREST, PLUME, SHOULDER):
        key.fill(put(drawn))
        colour.fill(put(drawn))
    _feathers(colour, key, put, size, random)
    _head(colour, key, put, size)


def _feathers(colour: Block, key: Block, put: Put, size: float, random: Random) -> None:
    _wing(colour, key, put, size)
    for k in range(15):
        x, y = -12.2 + 0.25 * math.sin(k) + (k > 8) * (k - 8) * 0.25, -86 + k * 1.75
        key.fill(gouge(put(f"{x},{y} {x + 0.5},{y + 1.2} {x + 1.0},{y + 2.3}", False), 0.95 * size))
    for k in range(8):
        x, y = -10 + k * 0.9, -52 + k * 1.7
        drop = random.uniform(6, 10)
        path = put(f"{x},{y} {x - 0.6},{y + drop / 2} {x - 1.6 + random.uniform(-0.6, 0.8)},{y + drop}", False)
        colour.cut(gouge(path, 1.5 * size))
        key.fill(gouge(moved(path, (0.5, 0.2)), 0.4 * size))
    for k in range(5):
        x = -3.6 + k * 0.5
        stroke = f"{x},{-86 + k * 4} {x - 0.8},{-82 + k * 4} {x - 0.6},{-79 + k * 4}"
        key.fill(gouge(put(stroke, False), 0.4 * size))


def _wing(colour: Block, key: Block, put: Put, size: float) -> None:
    for row, (x0, y0, x1, y1) in enumerate(((-1, -59, 26, -42), (1, -53, 30, -36), (5, -46, 31, -33))):
        for k in range(9):
            t = k / 8
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            long = 5.2 + row * 1.2
            stroke = f"{x},{y} {x + long * 0.5},{y + long * 0.36} {x + long},{y + long * 0.95}"
            colour.cut(gouge(put(stroke, False), 0.95 * size))
            x += 1.2
            shade = f"{x},{y - 0.2} {x + long * 0.5},{y + long * 0.3} {x - 0.2 + long},{y + long * 0.9}"
            key.fill(gouge(put(shade, False), 0.5 * size))
    for k in range(6):
        x, y = 14 + k * 4.2, -35.4 + k * 2.0
        colour.cut(gouge(put(f"{x},{y} {x + 3},{y + 1.8} {x + 6},{y + 5}", False), 0.5 * size))
        key.cut(gouge(put(f"{x},{y} {x + 3},{y + 1.8} {x + 6},{y + 5}", False), 0.5 * size))


def _head(colour: Block, key: Block, put: Put, size: float) -> None:
    beak = put(BEAK)
    colour.fill(beak)
    key.line([*beak, beak[0]], 0.55 * size)
    key.fill(gouge(put("-37,-90.5 -27,-92.9 -16.6,-93.7", False), 0.7 * size, end=1))
    colour.cut(gouge(put("-33,-91.9 -26,-94 -19.6,-95.4", False), 0.8 * size))
    x, y = put("-14,-94.2 0,0 1,1", False)[0]
    colour.disc((x, y), 1.6 * size, 0)
    key.disc((x, y), 1.6 * size, 0)
    key.disc((x, y), 1.2 * size)
    key.disc((x - 0.4 * size, y - 0.4 * size), 0.36 * size, 0)


def bookcase(colour: Block, key: Block, box: Box, random: Random) -> None:
    """Build a case of shelves over a box (left, top, right, bottom) and fill it with old volumes."""
    left, top, right, foot = box
    key.fill([(left, top), (right, top), (right, foot), (left, foot)])
    colour.fill([(left - 5, top - 6), (right + 5, top - 6), (right + 5, foot), (left - 5, foot)])
    for low, out in ((top - 6.2, 4.6), (top - 2.6, 2.6)):
        board = [(left - out, low), (right + out, low), (right + out, low + 2.8), (left - out, low + 2.8)]
        key.fill(wobbled(board, random, 0.12, 5))
        for block in (colour, key):
            light = straight((left - out + 1, low + 0.7), (right + out - 1, low + 0.7), random, 0.1)
            block.cut(gouge(light, 0.7, start=1, end=1))
    for x in (left + 1.6, right - 1.6):
        for offset in (-0.7, 0.5):
            line = gouge(straight((x + offset, top + 3), (x + offset, foot - 1), random, 0.2), 0.5, start=1, end=1)
            colour.cut(line)
            key.cut(line)
    shelf, high = top + 2.0, (34.0, 36.0, 33.0, 38.0, 40.0)
    for room in high:
        if shelf > foot:
            break
        _shelf(colour, key, (left + 3.4, shelf, right - 3.4, shelf + room), random)
        shelf += room + 3.0


def _shelf(colour: Block, key: Block, box: Box, random: Random) -> None:
    left, top, right, foot = box
    for block in (colour, key):
        block.cut(gouge(straight((left, foot + 0.8), (right, foot + 0.8), random, 0.1), 0.9, start=1, end=1))
    x = left + 0.4
    while x < right - 2.4:
        wide = min(random.choice((2.6, 3.4, 4.2, 5.2, 6.4)), right - x)
        tall = (foot - top) * random.uniform(0.66, 0.93)
        lean = 0.0
        if random.random() < 0.09 and right - x > 16:
            lean = random.uniform(5, 9)
        _volume(colour, key, (x + lean * 0.55, foot, wide, tall), lean, random)
        x += wide + (lean * 0.75 + 1.4 if lean else 0.45)
        if random.random() < 0.05 and right - x > 22:
            x = _pile(colour, key, (x, foot), random)


def _pile(colour: Block, key: Block, at: Point, random: Random) -> float:
    x, y = at
    for _ in range(4):
        thick, long = random.uniform(3, 5), random.uniform(14, 18)
        _volume(colour, key, (x + 0.6, y, long, thick), 0.0, random, lying=True)
        y -= thick + 0.4
    return x + 19.5


def _volume(
    colour: Block,
    key: Block,
    place: tuple[float, float, float, float],
    lean: float,
    random: Random,
    *,
    lying: bool = False,
) -> None:
    x, foot, wide, tall = place

    def on(u: float, v: float) -> Point:
        turn = math.radians(lean)
        return x + u * wide * math.cos(turn) - v * tall * math.sin(turn), foot - v * tall * math.cos(turn)

    def area(low: float, high: float, inset: float = 0.0) -> Outline:
        return [on(inset, low), on(1 - inset, low), on(1 - inset, high), on(inset, high)]

    cloth = random.choice(("white", "white", "green", "green", "black"))
    spine = area(0, 1)
    if cloth != "black":
        key.cut(spine)
    (colour.fill if cloth == "green" else colour.cut)(spine)
    if cloth == "black":
        key.fill(spine)
    if lying:
        for u in (0.12, 0.84):
            _band(colour, key, [on(u, 0.1), on(u + 0.05, 0.1), on(u + 0.05, 0.9), on(u, 0.9)], cloth)
        return
    marks = random.choice(((0.12, 0.84), (0.1, 0.16, 0.8, 0.86), (0.2, 0.4, 0.6, 0.8), (0.14, 0.72, 0.9)))
    for mark in marks:
        _band(colour, key, area(mark, mark + 0.022), cloth)
    if wide > 3 and random.random() < 0.6:
        _label(colour, key, area(0.56, 0.7, 0.12), cloth)
        for v in (0.6, 0.64):
            _band(colour, key, area(v, v + 0.013, 0.24), "white" if cloth != "white" else "black")
    edge = gouge([on(0.8, 0.05 + 0.09 * k) for k in range(10)], wide * 0.13)
    (key.cut if cloth == "black" else key.fill)(edge)
    if cloth == "black":
        colour.cut(edge)


def _label(colour: Block, key: Block, shape: Outline, cloth: str) -> None:
    colour.cut(shape)
    if cloth == "white":
        key.fill(shape)
    else:
        key.cut(shape)


def _band(colour: Block, key: Block, shape: Outline, cloth: str) -> None:
    if cloth == "white":
        key.fill(shape)
        return
    key.cut(shape)
    colour.cut(shape)
