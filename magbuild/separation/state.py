"""The graphics state while a content stream is read: as much of it as colours, overprint and sizes need."""

import math
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Protocol

from magbuild.inks import Ink
from magbuild.separation.spaces import Patterned, Space

# The first four numbers of a matrix: how lengths and directions change, but not where things are.
Linear = tuple[float, float, float, float]
UPRIGHT: Linear = (1.0, 0.0, 0.0, 1.0)


def times(first: Linear, then: Linear) -> Linear:
    """Return both changes one after the other."""
    a, b, c, d = first
    e, f, g, h = then
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h


def across(matrix: Linear) -> float:
    """Return how long a unit to the right becomes."""
    return math.hypot(matrix[0], matrix[1])


def upward(matrix: Linear) -> float:
    """Return how long a unit upward becomes."""
    return math.hypot(matrix[2], matrix[3])


def scale(matrix: Linear) -> float:
    """Return how long a unit becomes on the average of all directions."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


@dataclass(frozen=True, slots=True, eq=False)
class Colour:
    """A current colour.

    `ink` is what is printed for it, None where it is a pattern or stays on plates of its own. `native` says that
    the file itself gave it in inks; `inherited`, that it comes from where the stream is drawn.
    """

    space: Space | Patterned
    values: tuple[float, ...]
    ink: Ink | None
    native: bool = False
    inherited: bool = False

    @property
    def full_black(self) -> bool:
        """Whether it is black at 100 % and nothing else."""
        return self.ink is not None and self.ink.full_black

    @property
    def bare(self) -> bool:
        """Whether nothing is printed: the paper shows."""
        return self.ink is not None and not self.ink.total

    @property
    def key(self) -> tuple[object, ...]:
        """What tells two colours apart."""
        return (id(self.space), self.values, self.ink)


@dataclass(slots=True)
class State:
    """The graphics state: lengths in pt; alphas from 0 to 1.

    `overprint` is what is in force for fills and for lines in the stream that is being written; `asked` and
    `asked_mode`, what the file itself has asked for.
    """

    matrix: Linear
    fill: Colour
    stroke: Colour
    width: float = 1.0
    size: float = 0.0
    font: str = ""
    mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "/Normal"
    masked: bool = False
    asked: tuple[bool, bool] = (False, False)
    asked_mode: int = 0
    overprint: tuple[bool, bool] = (False, False)

    def saved(self) -> "State":
        """Return a copy."""
        return copy(self)

    def inside(self, matrix: Linear) -> "State":
        """Return the state that a stream begins with which is drawn now, in its own coordinate system."""
        begun = copy(self)
        begun.matrix = matrix
        begun.fill = replace(self.fill, inherited=True)
        begun.stroke = replace(self.stroke, inherited=True)
        begun.overprint = (False, False)
        return begun

    def opaque(self, *, stroke: bool) -> bool:
        """Whether what is painted covers what is below it."""
        alpha = self.stroke_alpha if stroke else self.fill_alpha
        return alpha >= 1 and not self.masked and self.blend in ("/Normal", "/Compatible")


class Placed(Protocol):
    """A picture, or what holds pictures: it is told of every place it is drawn at."""

    def placed(self, matrix: Linear) -> None:
        """Note that it is drawn with a coordinate system, that of a page in the end."""
        ...


@dataclass(slots=True)
class Seen:
    """What a stream's result hangs on in the place where it is drawn, and what it draws there."""

    fill: bool = False
    stroke: bool = False
    sizes: bool = False
    transparent: bool = False
    drawn: dict[tuple[int, Linear], tuple[Placed, Linear]] = field(default_factory=dict)

    def draws(self, thing: Placed, matrix: Linear) -> None:
        """Note a picture and tell it of its place."""
        key = (id(thing), matrix)
        if key not in self.drawn:
            self.drawn[key] = (thing, matrix)
            thing.placed(matrix)

    def key(self, state: State) -> tuple[object, ...]:
        """Return what must be the same in two places for the result to be the same."""
        sizes: tuple[object, ...] = ()
        if self.sizes:
            sizes = (
                *(round(value, 4) for value in (*state.matrix, state.width, state.size)),
                *(state.mode, state.asked, state.asked_mode),
                *(state.opaque(stroke=False), state.opaque(stroke=True)),
                *(state.fill.full_black, state.stroke.full_black),
            )
        return self.fill and state.fill.key, self.stroke and state.stroke.key, sizes
