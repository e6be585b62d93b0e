"""The colour spaces of a PDF (ISO 32000-1, 8.6): a colour's values come in, its inks come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pikepdf import Object

from magbuild.inks import Ink, Inks
from magbuild.inks.tones import (
    D50,
    adapted,
    lab_of_xyz,
    luminance_of_rgb,
    rgb_of_lab,
    rgb_of_xyz,
    xyz_of_lab,
)
from magbuild.separation.functions import Function

Floats = NDArray[np.float64]

# How much of each channel of sRGB makes the grey of a soft mask (ISO 32000-1, 11.3.5.3).
GREY_SHARES = np.array([0.3, 0.59, 0.11])


class Space(Protocol):
    """A colour space: how many values a colour has, within which ranges, and which it begins with."""

    @property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """The least and the greatest of each value."""
        ...

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour that is set when the space is chosen."""
        ...

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what is printed for a colour."""
        ...

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone: no palette, no rule for greys."""
        ...

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        ...


def greys(space: Space, rows: Floats) -> Floats:
    """Return how light rows of colours are in a soft mask, 0 to 1."""
    found: Floats = np.clip(space.rgb(rows) @ GREY_SHARES, 0.0, 1.0)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Grey:
    """DeviceGray, which is black ink alone where `as_black`, and CalGray with its `gamma`."""

    inks: Inks
    gamma: float | None = None
    as_black: bool = False
    ranges: tuple[tuple[float, float], ...] = ((0.0, 1.0),)
    initial: tuple[float, ...] = (0.0,)

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what is printed for a colour."""
        if self.as_black:
            return self.inks.of_cmyk(0.0, 0.0, 0.0, round(1 - values[0], 5))
        return self.inks.of_grey(float(self.rgb(np.array([values], float))[0, 0]))

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone."""
        if self.as_black:
            black = np.zeros((len(rows), 4))
            black[:, 3] = 1 - np.clip(rows[:, 0], 0, 1)
            return black
        return self.inks.blacks(luminance_of_rgb(self.rgb(rows)))

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        grey = np.clip(rows[:, :1], 0.0, 1.0)
        return np.repeat(grey, 3, axis=1) if self.gamma is None else rgb_of_xyz(grey**self.gamma * D50)


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """DeviceRGB, taken as sRGB, and CalRGB with its `gamma`, `matrix` and `white`."""

    inks: Inks
    gamma: Floats | None = None
    matrix: Floats | None = None
    white: Floats | None = None
    ranges: tuple[tuple[float, float], ...] = ((0.0, 1.0),) * 3
    initial: tuple[float, ...] = (0.0, 0.0, 0.0)

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what is printed for a colour."""
        if self.gamma is None:
            return self.inks.of_rgb(*(float(value) for value in values))
        return self.inks.of_rgb(*(float(value) for value in self.rgb(np.array([values], float))[0]))

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone."""
        return self.inks.plain(self.rgb(rows))

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        rows = np.clip(rows, 0.0, 1.0)
        if self.gamma is None or self.matrix is None or self.white is None:
            return rows
        return rgb_of_xyz(adapted(rows**self.gamma @ self.matrix, self.white))


@dataclass(frozen=True, slots=True, eq=False)
class Process:
    """DeviceCMYK: the press's own inks."""

    inks: Inks
    ranges: tuple[tuple[float, float], ...] = ((0.0, 1.0),) * 4
    initial: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0)

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what is printed for a colour."""
        return self.inks.of_cmyk(*values)

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone."""
        return np.clip(rows, 0.0, 1.0)

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        return rgb_of_inks(rows)


def rgb_of_inks(rows: Floats) -> Floats:
    """Return inks as ISO 32000-1 (10.3.5) turns them into RGB: good enough for how light a mask is."""
    found: Floats = 1 - np.minimum(1.0, np.clip(rows[:, :3], 0, 1) + np.clip(rows[:, 3:4], 0, 1))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Lab:
    """Lab under its own `white`."""

    inks: Inks
    white: Floats
    ranges: tuple[tuple[float, float], ...]

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour that is set when the space is chosen: black, or what is nearest to it."""
        return tuple(min(max(0.0, low), high) for low, high in self.ranges)

    def d50(self, rows: Floats) -> Floats:
        """Return the colours as Lab under the white of profiles."""
        low, high = np.array(self.ranges).T
        return lab_of_xyz(adapted(xyz_of_lab(np.clip(rows, low, high), self.white), self.white))

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what is printed for a colour."""
        return self.inks.of_lab(*(float(value) for value in self.d50(np.array([values], float))[0]))

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone."""
        return self.inks.plain_lab(self.d50(rows))

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        return rgb_of_lab(self.d50(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Profiled:
    """ICCBased: colours by an embedded profile."""

    inks: Inks
    profile: bytes
    ranges: tuple[tuple[float, float], ...]

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour that is set when the space is chosen."""
        return (0.0, 0.0, 0.0, 1.0) if len(self.ranges) == 4 else (0.0,) * len(self.ranges)

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what is printed for a colour."""
        return self.inks.of_profile(self.profile, tuple(min(max(float(value), 0.0), 1.0) for value in values))

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone."""
        if len(self.ranges) == 1:
            return self.inks.blacks(luminance_of_rgb(self.rgb(rows)))
        return self.inks.plain_profile(self.profile, rows)

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        if len(self.ranges) == 4:
            return rgb_of_inks(rows)
        return self.inks.rgb_of_profile(self.profile, rows)


@dataclass(frozen=True, slots=True, eq=False)
class Indexed:
    """A table of colours of another space; a colour is its number there."""

    base: Space
    table: Floats
    initial: tuple[float, ...] = (0.0,)

    @property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """The least and the greatest number of a colour."""
        return ((0.0, float(len(self.table) - 1)),)

    def looked_up(self, rows: Floats) -> Floats:
        """Return the colours that numbers stand for."""
        found: Floats = self.table[np.clip(np.rint(rows[:, 0]), 0, len(self.table) - 1).astype(int)]
        return found

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what is printed for a colour."""
        return self.base.ink([float(value) for value in self.looked_up(np.array([values], float))[0]])

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone."""
        return self.base.plain(self.looked_up(rows))

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        return self.base.rgb(self.looked_up(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Plates:
    """Separation and DeviceN: plates of their own, which stay; `kept` is the space with an alternate in CMYK."""

    kept: Object
    alternate: Space
    tint: Function
    count: int

    @property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """The least and the greatest of each value."""
        return ((0.0, 1.0),) * self.count

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour that is set when the space is chosen: all plates full."""
        return (1.0,) * self.count

    def ink(self, values: Sequence[float]) -> Ink:
        """Return what stands for a colour where the plates can't be used."""
        return self.alternate.ink([float(value) for value in self.tint(np.array([values], float))[0]])

    def plain(self, rows: Floats) -> Floats:
        """Return rows of inks by the profiles alone."""
        return self.alternate.plain(self.tint(rows))

    def rgb(self, rows: Floats) -> Floats:
        """Return the nearest colours in sRGB."""
        return self.alternate.rgb(self.tint(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Patterned:
    """Pattern: `base` is the space of the colour that uncoloured patterns are painted in."""

    base: Space | None = None
