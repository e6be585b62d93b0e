"""Where a paragraph may be broken comes in, where it is broken best comes out.

After Donald Knuth and Michael Plass, "Breaking Paragraphs into Lines" (1981): lines are chosen for the whole
paragraph, not one after another, so that a good line is not paid for by a bad one after it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LINE = 10.0  # what a line costs that has nothing against it: fewer are better
DIVIDED = 2.5e3
DIVIDED_AGAIN = 1e4  # a second hyphen in a row
DIVIDED_TOO_OFTEN = 1e7
DIVIDED_AT_THE_END = 5e3  # a hyphen before the last line
RUNT = 5e3  # a last line that is shorter than an indent
CONTRAST = 3e3  # a tight line beside a loose one
TOO_LOOSE = 1e6  # spaces wider than is allowed
LOOSEST = 100.0  # in times what is allowed: more is as bad
LEAST_FILLED = 0.75  # of a line, unless no other can be had


class Spot(NamedTuple):  # made for each letter at which a line may end, and quicker so
    """Where a line may end, in a paragraph laid out on one endless line.

    `end` is where it then ends, with its hyphen, and `next` where the next one begins. `before` and `after` are how
    wide all spaces together are that stand before these two.
    """

    end: float
    next: float
    before: float
    after: float
    hyphen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How long lines are, the last length for all that follow, and how far spaces may be narrowed and widened.

    No more than `hyphens` lines in a row end with one, and the last line is longer than `indent`.
    """

    lengths: tuple[float, ...]
    narrowest: float = 0.85
    widest: float = 1.5
    hyphens: int = 2
    indent: float = 0.0


@dataclass(slots=True)
class _Way:
    """The best way that was found to a spot, over so many lines, of which the last `run` end with a hyphen."""

    spot: int
    lines: int
    run: int
    looseness: float
    cost: float
    before: "_Way | None"


def best_breaks(begin: Spot, spots: Sequence[Spot], room: Room) -> tuple[int, ...]:
    """Return the spots at which to break a paragraph; the last one is its end, and among them.

    Spots are in order. A line that is too long for its room, since nothing in it may be broken, is taken as it is.
    """
    ends = [spot.end for spot in spots]
    # By spot: the best way for each number of hyphens that lead to it and, as long as lengths differ, of lines.
    ways: list[dict[tuple[int, int], _Way]] = [{} for _ in spots]
    first = _Way(-1, 0, 0, 0.0, 0.0, None)
    for at in range(-1, len(spots) - 1):
        spot = spots[at] if at >= 0 else begin
        for way in tuple(ways[at].values()) if at >= 0 else (first,):
            length, whole = room.lengths[min(way.lines, len(room.lengths) - 1)], way.run >= room.hyphens
            for index, looseness in _lines(at, spot, spots, ends, length, whole, room):
                run = way.run + 1 if spots[index].hyphen else 0
                cost = way.cost + _cost(way, spot, spots[index], looseness, run, room, index == len(spots) - 1)
                key = min(run, room.hyphens), min(way.lines + 1, len(room.lengths) - 1)
                known = ways[index].get(key)
                if known is None or cost < known.cost:
                    ways[index][key] = _Way(index, way.lines + 1, key[0], looseness, cost, way)
    return _back(min(ways[-1].values(), key=lambda way: way.cost))


def _lines(
    at: int, spot: Spot, spots: Sequence[Spot], ends: Sequence[float], length: float, whole: bool, room: Room
) -> Iterator[tuple[int, float]]:
    """Yield where a line may end that begins at a spot, and how far its spaces are widened then.

    That is 1 for as far as is allowed, and -1 for as far as they may be narrowed. Where the line should end with a
    `whole` word, it may be filled less.
    """
    start, spaces = spot.next, spot.after
    narrowing, widening = 1 - room.narrowest, room.widest - 1
    last = len(spots) - 1
    first = max(bisect_left(ends, start + LEAST_FILLED * length, at + 1), at + 1)
    while whole and first > at + 1 and spots[first - 1].hyphen:
        first -= 1
    first = max(first - whole, at + 1)
    fits = False
    for index in range(min(first, last), last + 1):
        extra = length - (ends[index] - start)
        wide = spots[index].before - spaces
        if extra < 0:
            if -extra > narrowing * wide:
                break
            looseness = extra / (narrowing * wide)
        elif index == last:
            looseness = 0.0
        else:
            looseness = min(extra / (widening * wide), LOOSEST) if wide > 0 else LOOSEST
        fits = True
        yield index, looseness
    if not fits:
        yield max(first - 1, at + 1), LOOSEST


def _cost(way: _Way, start: Spot, end: Spot, looseness: float, run: int, room: Room, is_last: bool) -> float:
    """Return what a line costs, added to a way."""
    cost = (LINE + 100 * abs(looseness) ** 3) ** 2
    if looseness > 1:
        cost += TOO_LOOSE
    if run:
        cost += DIVIDED if run == 1 else DIVIDED_AGAIN if run <= room.hyphens else DIVIDED_TOO_OFTEN
    if looseness - way.looseness > 1 or way.looseness - looseness > 1:
        cost += CONTRAST
    if is_last:
        cost += DIVIDED_AT_THE_END if way.run else 0
        cost += RUNT if way.lines and end.end - start.next < room.indent else 0
    return cost


def _back(way: _Way | None) -> tuple[int, ...]:
    spots: list[int] = []
    while way is not None and way.spot >= 0:
        spots.append(way.spot)
        way = way.before
    return tuple(reversed(spots))
