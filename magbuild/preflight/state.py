"""The graphics state of a content stream: what its operators set, until Q brings the last one back."""

import math
from typing import Any

from pikepdf import Array

from magbuild.preflight.drawn import Setting
from magbuild.preflight.fonts import Font
from magbuild.preflight.inks import GRAY, Paint
from magbuild.preflight.plane import ALL_SIDES, ROUNDING, UNMOVED, Box, Matrix, shared
from magbuild.preflight.reading import elements, entry, named, number

BLACK = Paint(GRAY, (0.0,))
NORMAL = ("Normal", "Compatible")


class State:
    """All that q keeps and Q brings back. `clip` is None where nothing is clipped; lengths are the stream's own."""

    def __init__(self, ctm: Matrix = UNMOVED, clip: Box | None = None) -> None:
        self.ctm = ctm
        self.clip = clip
        self.clip_sides = ALL_SIDES
        self.fill, self.stroke = BLACK, BLACK
        self.fill_tile: Any = None
        self.stroke_tile: Any = None
        self.line = 1.0
        self.font: Font | None = None
        self.size = 0.0
        self.mode = 0
        self.letter_space = self.word_space = self.leading = self.rise = 0.0
        self.stretch = 1.0
        self.group_alpha = self.fill_alpha = self.stroke_alpha = 1.0
        self.blend = "Normal"
        self.fill_over = self.stroke_over = False
        self.over_mode = 0
        self.masked = False

    def copy(self) -> "State":
        """Return the same state, to be changed by itself."""
        other = State.__new__(State)
        other.__dict__.update(self.__dict__)
        return other

    @property
    def key(self) -> tuple[object, ...]:
        """What decides how a form comes out that is drawn now."""
        clip = self.clip and tuple(round(edge, 2) for edge in self.clip)
        settings = (self.blend, self.fill_over, self.stroke_over, self.over_mode, self.masked, self.line, self.mode)
        alphas = (self.group_alpha, self.fill_alpha, self.stroke_alpha)
        matrix = tuple(round(value, 4) for value in self.ctm)
        text = (id(self.font), self.size, self.letter_space, self.word_space, self.stretch, self.rise)
        return matrix, clip, self.clip_sides, self.fill, self.stroke, settings, alphas, text

    def narrow(self, box: Box, sides: int) -> None:
        """Clip to a box as well; `sides` are those along which it has a straight edge."""
        if self.clip is None:
            self.clip, self.clip_sides = box, sides
            return
        old, before = self.clip, self.clip_sides
        meet = shared(old, box)
        if meet is None:
            self.clip = (box[0], box[1], box[0], box[1])  # nothing is left to draw on
            return
        self.clip, self.clip_sides = meet, _sides(meet, ((box, sides), (old, before)))

    def clipped(self, box: Box, sides: int = 0) -> tuple[Box, int] | None:
        """Return what is seen of a box and its straight sides; None when all of it is clipped away."""
        if self.clip is None:
            return box, sides
        seen = shared(box, self.clip)
        if seen is None or any(
            (box[at + 2] - box[at] > ROUNDING and seen[at + 2] - seen[at] < ROUNDING)
            or self.clip[at + 2] - self.clip[at] < ROUNDING
            for at in (0, 1)
        ):
            return None
        return seen, _sides(seen, ((box, sides), (self.clip, self.clip_sides)))

    def enter_group(self) -> None:
        """Begin a transparency group: opacity is that of the group as a whole, and starts anew within."""
        self.group_alpha *= self.fill_alpha
        self.fill_alpha = self.stroke_alpha = 1.0

    def apply(self, settings: Any) -> None:
        """Take over an ExtGState dictionary."""
        for key, name in (("/ca", "fill_alpha"), ("/CA", "stroke_alpha")):
            if (value := entry(settings, key)) is not None:
                setattr(self, name, min(1.0, max(0.0, number(value, 1.0))))
        if (width := entry(settings, "/LW")) is not None:
            self.line = abs(number(width, self.line))
        if (blend := entry(settings, "/BM")) is not None:
            self.blend = blend_mode(blend)
        stroke_over, fill_over = entry(settings, "/OP"), entry(settings, "/op")
        if stroke_over is not None:
            self.stroke_over = stroke_over is True
        if fill_over is not None or stroke_over is not None:
            self.fill_over = (stroke_over if fill_over is None else fill_over) is True
        if (mode := entry(settings, "/OPM")) is not None:
            self.over_mode = int(number(mode))
        if (mask := entry(settings, "/SMask")) is not None:
            self.masked = named(mask) != "None"


def blend_mode(value: Any) -> str:
    """Return the name of a blend mode; of a list the first, which all programs know."""
    first = next(iter(elements(value)), None) if isinstance(value, Array) else value
    return named(first) or "Normal"


def setting(settings: Any, manner: Any, where: str) -> Setting | None:
    """Return what a printer minds in an ExtGState dictionary; None when there is nothing of the kind."""
    transfer = entry(settings, "/TR") is not None or named(entry(settings, "/TR2")) not in ("", "Default")
    transfer = transfer or (entry(settings, "/TR2") is not None and not named(entry(settings, "/TR2")))
    screen = entry(settings, "/HT")
    halftone = (screen is not None and named(screen) != "Default") or entry(settings, "/HTP") is not None
    alphas = [number(entry(settings, key), 1.0) for key in ("/ca", "/CA")]
    blend, mask = entry(settings, "/BM"), entry(settings, "/SMask")
    transparent = ""
    if min(alphas) < 1:
        transparent = f"an opacity of {100 * min(alphas):.0f}%"
    elif blend is not None and blend_mode(blend) not in NORMAL:
        transparent = f"the blend mode {blend_mode(blend)}"
    elif mask is not None and named(mask) != "None":
        transparent = "a soft mask"
    if not (transfer or halftone or transparent):
        return None
    return Setting(
        box=(0, 0, 0, 0), manner=manner, object=where, transfer=transfer, halftone=halftone, transparent=transparent
    )


def _sides(seen: Box, boxes: tuple[tuple[Box, int], ...]) -> int:
    """Return the straight sides of what boxes share: those of the first box that an edge comes from."""
    found = 0
    for at in range(4):
        for box, sides in boxes:
            if math.isclose(seen[at], box[at], abs_tol=ROUNDING):
                found |= sides & (1 << at)
                break
    return found
