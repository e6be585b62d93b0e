"""Heads and shoulders as a woodcutter sees them: who somebody is comes in, black, red and white shapes come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from draw.knife import Path, curve, gouge, moved, ribbon, smooth
from draw.press import Block, Point

# One unit is half a head. Everybody looks a little to the left, into the light.
FACE = "-0.5,-0.7 -0.63,-0.25 -0.6,0.15 -0.52,0.5 -0.36,0.82 -0.1,1.0 0.18,0.94 0.5,0.55 0.66,0.1 0.68,-0.4 0.45,-0.8"
SHADE = (
    "0.12,-0.75 0.2,-0.4 0.34,-0.12 0.2,0.04 0.34,0.2 0.28,0.46 0.1,0.62 0.14,0.8 0.02,1.0* 0.2,0.94 "
    "0.52,0.55 0.69,0.1 0.7,-0.4 0.5,-0.8"
)
NEAR_EYE = "-0.55,-0.16* -0.38,-0.24 -0.18,-0.16* -0.22,-0.09 -0.34,-0.06 -0.46,-0.09"
FAR_EYE = "0.02,-0.22* 0.16,-0.3 0.4,-0.26* 0.4,-0.02* 0.24,-0.05 0.08,-0.09"
NOSE = "-0.1,-0.22* -0.17,0.1 -0.3,0.3* -0.2,0.36 -0.04,0.35 0.05,0.26* -0.04,0.02"
MOUTH = "-0.36,0.57* -0.18,0.53 0.06,0.57* -0.14,0.63"
LIP = "-0.26,0.73* -0.12,0.71 0.02,0.74* -0.12,0.78"
MOUSTACHE = "-0.44,0.58* -0.34,0.46 -0.15,0.41 0.04,0.46 0.14,0.6* -0.02,0.55 -0.16,0.52 -0.3,0.55"
BEARD = (
    "-0.56,0.34* -0.44,0.5 -0.36,0.44 -0.15,0.4 0.06,0.45 0.16,0.5 0.36,0.3 0.68,0.0* 0.62,0.6 0.4,1.0 0.0,1.22 "
    "-0.3,1.04 -0.5,0.7"
)
BODY = (
    "-0.36,0.6* -0.42,1.08 -0.95,1.28 -1.5,1.55 -1.85,2.3 -2.0,4.2* 2.0,4.2* 1.9,2.3 1.55,1.5 1.0,1.24 "
    "0.52,1.0 0.5,0.5*"
)
CAP = "-0.82,-0.42 -0.3,-0.52 0.3,-0.5 0.74,-0.34* 0.95,-0.62 0.88,-1.0 0.42,-1.3 -0.28,-1.32 -0.8,-1.02 -0.95,-0.66"
PEAK = "-1.06,-0.3* -0.86,-0.52 -0.3,-0.6 0.28,-0.52* 0.1,-0.38 -0.4,-0.34 -0.8,-0.2"
HAIR = (
    "-0.62,-0.28* -0.72,-0.72 -0.42,-1.1 0.2,-1.2 0.7,-0.92 0.86,-0.3 0.72,0.3* 0.58,-0.08 0.46,-0.44 0.0,-0.6 "
    "-0.4,-0.5"
)
BACK_HEAD = (
    "-0.7,-0.4* -0.74,-0.1 -0.84,0.0 -0.8,0.22 -0.66,0.26 -0.5,0.56 -0.42,0.8 -0.46,1.1* 0.46,1.1* 0.42,0.8 "
    "0.5,0.56 0.66,0.26 0.8,0.22 0.84,0.0 0.74,-0.1 0.7,-0.4*"
)
BACK_CAP = "-0.86,-0.3* -0.4,-0.14 0.4,-0.14 0.86,-0.3* 0.98,-0.66 0.7,-1.1 0.0,-1.28 -0.7,-1.1 -0.98,-0.66"
CHEEK = (((0.28, 0.02), (0.42, 0.1), (0.54, 0.06)), ((0.36, 0.3), (0.44, 0.26), (0.5, 0.16)))
BROW = (((-0.58, -0.33), (-0.36, -0.41), (-0.14, -0.31)),)
HOLLOW = (((-0.5, 0.24), (-0.42, 0.4), (-0.4, 0.56)), ((-0.42, 0.18), (-0.36, 0.3)))
LONG = (
    "-0.6,-0.3* -0.74,-0.72 -0.42,-1.14 0.22,-1.22 0.76,-0.92 0.96,-0.2 0.98,0.6 0.8,1.2* 0.5,0.9 0.56,0.3 0.46,-0.4 "
    "0.02,-0.72 -0.36,-0.6"
)
BONNET = (
    "-0.76,0.0* -0.94,-0.6 -0.7,-1.14 -0.1,-1.36 0.5,-1.26 0.95,-0.84 1.06,-0.2 0.9,0.5 0.5,0.98* 0.56,0.3 0.46,-0.36 "
    "0.1,-0.72 -0.34,-0.7 -0.6,-0.4"
)
SCARF = (
    "-0.62,0.0* -0.76,-0.62 -0.42,-1.12 0.26,-1.2 0.82,-0.8 0.94,-0.1 0.84,0.62 0.62,1.16 0.1,1.3 -0.34,1.1 "
    "-0.3,0.9* 0.0,1.04 0.34,0.8 0.56,0.4 0.5,-0.3 0.16,-0.7 -0.3,-0.7 -0.52,-0.4"
)
BRIM = "-1.24,-0.4 -0.6,-0.66 0.5,-0.66 1.2,-0.42 0.9,-0.3 0.2,-0.4 -0.5,-0.36 -0.9,-0.26"
CROWN = "-0.72,-0.54* -0.66,-1.1 -0.34,-1.36 0.06,-1.26 0.42,-1.36 0.7,-1.1 0.76,-0.54*"
MUFFLER = "-0.62,1.04 -0.1,1.3 0.46,1.08 0.72,0.98 0.86,1.3 0.4,1.62 -0.1,1.72 -0.62,1.5 -0.78,1.24"
COLLAR = "-0.46,1.06* -0.06,1.5 0.44,1.0* 0.34,1.5 0.0,2.3* -0.34,1.6"
HEADGEAR = ("cap", "cap", "cap", "bare", "bare", "long", "bonnet", "scarf", "scarf", "hat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The blocks of a crowd: the black key, the red, and the ground that people stand before."""

    key: Block
    red: Block
    ground: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One person in a crowd: where the head is (mm), half its height (mm), what is worn, and which way it looks."""

    at: Point
    size: float
    wears: str
    face: str = "plain"
    red: bool = False
    muffled: bool = False
    flip: bool = False
    tilt: float = 0.0

    def path(self, drawn: str) -> Path:
        """Bring a drawn shape to the place, size and tilt of this person."""
        return moved(curve(drawn, steps=6), self.at, self.size, self.tilt, flip=self.flip)

    def line(self, *points: Point) -> Path:
        """Bring a few points to this person, as one curve."""
        return moved(smooth(points, closed=False, steps=5), self.at, self.size, self.tilt, flip=self.flip)


def cut(who: Somebody, blocks: Blocks, random: Random) -> None:
    """Cut one person: coat, face, then what is on the head."""
    _coat(who, blocks, random)
    if who.muffled:
        _dark(who, blocks, MUFFLER, red=True)
    _face(who, blocks)
    {"cap": _cap, "bare": _hair, "long": _long, "bonnet": _bonnet, "scarf": _scarf, "hat": _hat}[who.wears](
        who, blocks, random
    )


def _halo(who: Somebody, blocks: Blocks, path: Path) -> None:
    blocks.key.line([*path, path[0]], max(0.35, 0.1 * who.size), 0.0)
    blocks.red.line([*path, path[0]], max(0.35, 0.1 * who.size), 0.0)
    blocks.red.cut(path)
    blocks.ground.cut(path)


def _dark(who: Somebody, blocks: Blocks, drawn: str, *, red: bool = False) -> None:
    path = who.path(drawn)
    _halo(who, blocks, path)
    if red:
        blocks.key.cut(path)
        blocks.red.fill(path)
        blocks.key.line([*path, path[0]], max(0.25, 0.05 * who.size))
    else:
        blocks.key.fill(path)


def _strokes(
    who: Somebody, blocks: Blocks, lines: Sequence[Sequence[Point]], width: float, *, ink: bool = False
) -> None:
    thick = max(0.2, width * who.size)
    for points in lines:
        path = gouge(who.line(*points), thick)
        if ink:
            blocks.key.fill(path)
        else:
            blocks.key.cut(path)


def _coat(who: Somebody, blocks: Blocks, random: Random) -> None:
    _dark(who, blocks, BODY)
    folds: list[list[Point]] = []
    for index in range(9):
        x = -1.6 + index * 0.4 + random.uniform(-0.1, 0.1)
        top = 1.3 + 0.28 * abs(x) ** 1.3 + random.uniform(0.05, 0.3)
        drop = random.uniform(0.5, 1.3)
        folds.append([(x, top), (x * 1.06 - 0.05, top + drop / 2), (x * 1.14, top + drop)])
    _strokes(who, blocks, folds, 0.085)
    edge = [[(-0.6, 1.22), (-1.05, 1.4), (-1.45, 1.66), (-1.72, 2.3)]]
    _strokes(who, blocks, edge, 0.15)
    if who.wears in {"cap", "hat", "bare"} and not who.muffled:
        blocks.key.cut(who.path(COLLAR))
        _strokes(who, blocks, [[(-0.02, 1.5), (0.0, 1.8), (0.0, 2.2)]], 0.14, ink=True)


def _face(who: Somebody, blocks: Blocks) -> None:
    face = who.path(FACE)
    _halo(who, blocks, face)
    blocks.key.cut(face)
    blocks.key.line([*face, face[0]], max(0.22, 0.06 * who.size))
    for drawn in (SHADE, NEAR_EYE, FAR_EYE, NOSE):
        blocks.key.fill(who.path(drawn))
    if who.size > 2.4:
        _strokes(who, blocks, CHEEK, 0.07)
        _strokes(who, blocks, BROW, 0.1, ink=True)
        _strokes(who, blocks, HOLLOW, 0.05, ink=True)
    if who.face == "beard":
        blocks.key.fill(who.path(BEARD))
        tufts = (-0.36, -0.2, -0.02, 0.16, 0.34)
        beard: list[list[Point]] = [[(x, 0.62), (x * 0.9, 0.85), (x * 0.7, 1.08)] for x in tufts]
        _strokes(who, blocks, [*beard, [(-0.28, 0.56), (-0.14, 0.54), (0.0, 0.57)]], 0.06)
        return
    blocks.key.fill(who.path(MOUSTACHE if who.face == "moustache" else MOUTH))
    blocks.key.fill(who.path(LIP))


def _cap(who: Somebody, blocks: Blocks, random: Random) -> None:
    _dark(who, blocks, "0.4,-0.5 0.7,-0.4 0.74,0.2* 0.6,0.3 0.5,0.0")
    _dark(who, blocks, CAP, red=who.red)
    lines: list[list[Point]] = [
        [(-0.72, -0.82), (-0.4, -1.1), (0.0, -1.18)],
        [(-0.6, -0.7), (-0.3, -0.92), (0.2, -1.02)],
        [(-0.36, -0.66), (0.0, -0.8), (0.4, -0.84)],
    ]
    _strokes(who, blocks, lines[: random.choice((2, 3, 3))], 0.09, ink=who.red)
    _dark(who, blocks, PEAK)
    _strokes(who, blocks, [[(-0.9, -0.38), (-0.6, -0.5), (-0.2, -0.5)]], 0.07)


def _hair(who: Somebody, blocks: Blocks, random: Random) -> None:
    _dark(who, blocks, HAIR)
    lines: list[list[Point]] = []
    for index in range(6):
        x = -0.5 + index * 0.2 + random.uniform(-0.05, 0.05)
        lines.append([(x, -0.62 - 0.06 * index), (x + 0.12, -0.92), (x + 0.32, -1.06 + 0.08 * index)])
    _strokes(who, blocks, lines, 0.065)


def _long(who: Somebody, blocks: Blocks, random: Random) -> None:
    _dark(who, blocks, LONG)
    lines: list[list[Point]] = []
    for index in range(5):
        x = 0.02 + index * 0.16 + random.uniform(-0.03, 0.03)
        lines.append([(x - 0.3, -0.84 - 0.05 * index), (x + 0.1, -0.76), (x + 0.2, -0.1), (x + 0.18, 0.5)][:4])
    _strokes(who, blocks, [[(-0.5, -0.66), (-0.3, -0.94), (0.1, -1.08)], *lines[2:]], 0.06)


def _bonnet(who: Somebody, blocks: Blocks, random: Random) -> None:
    path = who.path(BONNET)
    _halo(who, blocks, path)
    blocks.key.cut(path)
    if who.red:
        blocks.red.fill(path)
    blocks.key.line([*path, path[0]], max(0.25, 0.08 * who.size))
    ribs: list[list[Point]] = []
    for index in range(7):
        x = -0.56 + index * 0.2
        ribs.append([(x * 0.8, -0.74), (x * 1.05, -1.0), (x * 1.2 + 0.1, -1.22 + abs(x) * 0.3)])
    ribs += [[(0.62, -0.1 + 0.22 * k), (0.8, -0.12 + 0.24 * k), (0.98, -0.2 + 0.26 * k)] for k in range(4)]
    _strokes(who, blocks, ribs, random.uniform(0.06, 0.09), ink=True)
    _strokes(who, blocks, [[(0.5, 0.9), (0.2, 1.16), (0.0, 1.2)], [(0.0, 1.2), (-0.1, 1.5), (-0.3, 1.7)]], 0.14)


def _scarf(who: Somebody, blocks: Blocks, random: Random) -> None:
    _dark(who, blocks, SCARF, red=who.red)
    lines: list[list[Point]] = [
        [(-0.56, -0.6), (-0.28, -0.94), (0.16, -1.02)],
        [(-0.2, -0.78), (0.26, -0.9), (0.62, -0.6)],
        [(0.6, -0.6), (0.78, -0.1), (0.7, 0.5)],
        [(0.62, 0.3), (0.58, 0.8), (0.26, 1.1)],
    ]
    _strokes(who, blocks, lines[: random.choice((3, 4))], 0.085, ink=who.red)


def _hat(who: Somebody, blocks: Blocks, random: Random) -> None:
    _dark(who, blocks, CROWN)
    _strokes(who, blocks, [[(-0.56, -0.8), (-0.5, -1.06), (-0.3, -1.2)], [(-0.38, -0.8), (-0.34, -1.0)]], 0.1)
    band = gouge(who.line((-0.7, -0.66), (0.0, -0.74), (0.72, -0.66)), 0.16 * who.size, start=0.8, end=0.8)
    blocks.key.cut(band)
    if who.red:
        blocks.red.fill(band)
    _dark(who, blocks, BRIM)
    _strokes(who, blocks, [[(-1.1, -0.42), (-0.5, -0.58), (0.3, -0.58)]], 0.07 * random.uniform(0.8, 1.2))


def back_view(who: Somebody, blocks: Blocks, random: Random) -> None:
    """Cut one person seen from behind: cap, neck, coat, with the light along the left edge."""
    _coat_back(who, blocks, random)
    _dark(who, blocks, BACK_HEAD)
    hair: list[list[Point]] = [[(x, -0.05), (x * 0.96, 0.2), (x * 0.84, 0.46)] for x in (-0.54, -0.4, -0.24, -0.04)]
    _strokes(who, blocks, hair, 0.06)
    _strokes(who, blocks, [[(-0.36, 0.6), (-0.33, 0.8), (-0.36, 1.0)], [(-0.22, 0.66), (-0.2, 0.98)]], 0.08)
    _strokes(who, blocks, [[(-0.72, 0.02), (-0.76, 0.1), (-0.7, 0.2)]], 0.09)
    _dark(who, blocks, BACK_CAP)
    lines: list[list[Point]] = [
        [(-0.86, -0.6), (-0.62, -0.96), (-0.2, -1.12)],
        [(-0.7, -0.46), (-0.46, -0.78), (0.0, -0.92)],
        [(-0.4, -0.4), (-0.1, -0.56), (0.36, -0.62)],
    ]
    _strokes(who, blocks, lines[: random.choice((2, 3))], 0.09)


def _coat_back(who: Somebody, blocks: Blocks, random: Random) -> None:
    _dark(who, blocks, "-0.44,0.96* -0.95,1.2 -1.5,1.5 -1.85,2.3 -2.0,5* 2.0,5* 1.85,2.3 1.5,1.5 0.95,1.2 0.44,0.96*")
    lines: list[list[Point]] = [[(0.0, 1.3), (0.02, 2.4), (0.0, 3.6)], [(-0.5, 1.16), (-1.1, 1.4), (-1.56, 1.8)]]
    for index in range(7):
        x = -1.5 + index * 0.46 + random.uniform(-0.1, 0.1)
        top = 1.5 + random.uniform(0.0, 0.7)
        lines.append([(x, top), (x * 1.04, top + 0.6), (x * 1.1, top + random.uniform(0.9, 1.7))])
    _strokes(who, blocks, lines, 0.08)
    blocks.key.cut(ribbon(who.line((-0.5, 1.0), (0.0, 1.14), (0.5, 1.0)), [0.07 * who.size] * 11))
