"""Which pages lie side by side on which sheet, so that folded sheets read in order; and how far creep moves them."""

from collections.abc import Iterator
from dataclasses import dataclass

from magbuild.measure import Length

PAGES_PER_SHEET = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a sheet that is folded once: two pages, by number from 1; None is a blank.

    `signature` counts from 1 in the order of gathering; `sheet` from 1, the outermost of its signature. Front and
    back are printed so that the sheet is turned over round its short edge.
    """

    signature: int
    sheet: int
    front: bool
    left: int | None
    right: int | None

    def creep(self, thickness: Length) -> Length:
        """How far its pages move towards the spine: by a leaf for each sheet it lies within, since it sticks out."""
        return Length((self.sheet - 1) * thickness.mm)


def padded(pages: int) -> int:
    """Return how many pages there are with the blanks that fill the last sheet."""
    return -(-pages // PAGES_PER_SHEET) * PAGES_PER_SHEET


def saddle(pages: int) -> tuple[Side, ...]:
    """Impose a booklet: all sheets within each other, stitched through the fold."""
    return signatures(pages, padded(pages))


def signatures(pages: int, of: int) -> tuple[Side, ...]:
    """Impose signatures of `of` pages, a multiple of 4, to be gathered one upon the other and bound at the spine.

    The last one is smaller when that many pages aren't left.
    """
    if of % PAGES_PER_SHEET or of < 0:
        raise ValueError(f"a signature has a multiple of {PAGES_PER_SHEET} pages, not {of}")
    total = padded(pages)
    sides: list[Side] = []
    for number, first in enumerate(range(1, total + 1, of or 1), 1):
        sides += _signature(number, first, min(of, total - first + 1), pages)
    return tuple(sides)


def _signature(number: int, first: int, size: int, pages: int) -> Iterator[Side]:
    def page(place: int) -> int | None:
        """Return the page at a place of the signature, from 0."""
        found = first + place
        return found if found <= pages else None

    for sheet in range(1, size // PAGES_PER_SHEET + 1):
        outer = 2 * (sheet - 1)
        left, right = page(size - 1 - outer), page(outer)
        yield Side(signature=number, sheet=sheet, front=True, left=left, right=right)
        left, right = page(outer + 1), page(size - 2 - outer)
        yield Side(signature=number, sheet=sheet, front=False, left=left, right=right)


def most_creep(sides: tuple[Side, ...], thickness: Length) -> Length:
    """Return how far the innermost pages move."""
    return max((side.creep(thickness) for side in sides), default=Length(0))
