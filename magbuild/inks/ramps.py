"""The inks along a gradient: its ends exactly as their colours are printed, and what lies between them."""

from dataclasses import dataclass

import numpy as np

from magbuild.inks.conversion import NEUTRAL, Inks
from magbuild.inks.ink import Ink
from magbuild.inks.tones import Floats, luminance_of_rgb

# How far the colours between two ends may lie from the straight line between them to count as their mixtures.
_STRAIGHT = 8 / 255


@dataclass(frozen=True, slots=True, eq=False)
class Ramp:
    """Rows of inks along a gradient: cyan, magenta, yellow, black, then one for each of `spots`; 0 to 1."""

    inks: Floats
    spots: tuple[str, ...] = ()

    def with_spots(self, spots: tuple[str, ...]) -> Floats:
        """Return the rows with columns for these spots, which include its own."""
        columns = [self.inks[:, 4 + self.spots.index(spot)] if spot in self.spots else None for spot in spots]
        none = np.zeros(len(self.inks))
        return np.column_stack([self.inks[:, :4], *(none if column is None else column for column in columns)])


def ramp(inks: Inks, rgb: Floats, plain: Floats, ends: tuple[Ink, Ink], share: Floats) -> Ramp:
    """Return the inks along a gradient.

    `rgb` has the colours along it (sRGB rows), `plain` their inks by the profile alone, `ends` what is printed
    for the first and the last, `share` how much of the last is in each (0 at the first, 1 at the last).

    Gradients between greys are black alone. Between a spot ink and another colour both inks fade, so that paper,
    too, is reached on the spot's own plate. A palette colour at an end is met exactly, and what the profile
    would have printed for it takes over within the gradient, without a step.
    """
    first, last = ends
    if np.ptp(rgb, axis=0).max() < 1e-6:
        return _mixed((first, first), share)
    straight = _is_straight(rgb, share)
    if first.spot or last.spot:
        if straight:
            return _mixed(ends, share)
        ends = Ink(cmyk=first.process), Ink(cmyk=last.process)
    if _is_grey(rgb, ends):
        plain = inks.blacks(luminance_of_rgb(rgb))
    return Ramp(_met(inks, rgb, plain, ends, share))


def _mixed(ends: tuple[Ink, Ink], share: Floats) -> Ramp:
    spots = tuple(dict.fromkeys(ink.spot for ink in ends if ink.spot))
    first, last = (_row(ink, spots) for ink in ends)
    return Ramp((1 - share)[:, None] * first + share[:, None] * last, spots)


def _row(ink: Ink, spots: tuple[str, ...]) -> Floats:
    process = (0.0, 0.0, 0.0, 0.0) if ink.spot else ink.cmyk
    return np.array([*process, *(ink.tint if ink.spot == spot else 0.0 for spot in spots)])


def _is_straight(rgb: Floats, share: Floats) -> bool:
    line = (1 - share)[:, None] * rgb[0] + share[:, None] * rgb[-1]
    return bool(np.abs(rgb - line).max() <= _STRAIGHT)


def _is_grey(rgb: Floats, ends: tuple[Ink, Ink]) -> bool:
    """Whether a gradient is of greys: by its colours, or because both ends are black alone and it has no more hue."""
    hue = np.ptp(rgb, axis=1)
    if hue.max() <= NEUTRAL:
        return True
    return all(ink.black_alone for ink in ends) and bool(hue.max() <= max(hue[0], hue[-1]) + 1e-6)


def _met(inks: Inks, rgb: Floats, plain: Floats, ends: tuple[Ink, Ink], share: Floats) -> Floats:
    """Bend the inks so that they meet what is printed for the ends, if that isn't what the profile says anyway.

    Towards a black that is no palette colour they aren't bent: black alone is much lighter than the dark colours
    before it, so that the gradient would turn back.
    """
    for ink, near, at in ((ends[0], 1 - share, 0), (ends[1], share, -1)):
        if not ink.full_black or inks.has(rgb[at]):
            plain = plain + near[:, None] ** 3 * (np.array(ink.process) - plain[at])
    return np.clip(plain, 0.0, 1.0)
