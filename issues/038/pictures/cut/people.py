"""People of paper: where they stand and how high they are comes in, pieces with their papers come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from cut.papers import Colour
from cut.shapes import box, disc, snipped, strip
from cut.table import Point, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who walks (`stride` of their height) to the right, or to the left when it is below 0."""

    x: float
    foot: float
    high: float
    coat: Colour
    legs: Colour
    skin: Colour = (0xC8, 0x8F, 0x66)
    hat: Colour | None = None
    skirt: bool = False
    stride: float = 0.16
    arm: Sequence[Point] = ()  # from the shoulder, in heights
    brim: float = 0.085

    def at(self, across: float, up: float) -> Point:
        """Return a point of the body, in heights from the feet."""
        return self.x + across * self.high, self.foot - up * self.high

    def lay(self, table: Table, random: Random, lift: float = 0.5) -> None:
        """Glue the person down."""
        wide = 0.055 * self.high
        hip = self.at(0, 0.48)
        for step in (-1, 1):
            leg = [hip, self.at(step * self.stride * 0.45, 0.25), self.at(step * self.stride, 0.0)]
            if not self.skirt or step:
                table.lay(self.legs, strip(leg, wide * 1.5, wide * 0.9), lift=lift)
        if self.skirt:
            table.lay(
                self.coat,
                [self.at(-0.07, 0.55), self.at(0.07, 0.55), self.at(0.15, 0.1), self.at(-0.15, 0.1)],
                lift=lift,
            )
        lean = 0.02 if self.stride > 0 else -0.02
        torso = [self.at(-0.1, 0.44), self.at(0.1, 0.44), self.at(0.09 + lean, 0.8), self.at(-0.08 + lean, 0.8)]
        table.lay(self.skin, disc(*self.at(lean * 1.6, 0.885), 0.068 * self.high), lift=lift)
        table.lay(self.coat, snipped(torso, random, 0.006 * self.high), lift=lift)
        if self.arm:
            points = [self.at(lean, 0.76), *(self.at(x, y) for x, y in self.arm)]
            table.lay(self.coat, strip(points, wide, wide * 0.8), lift=lift)
            table.lay(self.skin, disc(*points[-1], wide * 0.55), lift=lift)
        if self.hat is not None:
            x, y = self.at(lean * 1.6, 0.925)
            crown, brim = 0.055 * self.high, self.brim * self.high
            table.lay(
                self.hat,
                box(x - crown, y - crown * 1.1, x + crown, y),
                box(x - brim, y - 0.012 * self.high, x + brim, y + 0.012 * self.high),
                lift=lift,
            )
