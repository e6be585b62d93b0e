"""Path operators come in; the shape that they outline on the page comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from magbuild.preflight.plane import ALL_SIDES, BOTTOM, LEFT, RIGHT, TOP, Box, Matrix, Point, hull, moved, overlap

NEAR = 0.02  # pt: points that are nearer to an edge lie on it
LONG_ENOUGH = 0.3  # share of a side along which an edge must run straight to count
MOST_POINTS = 600  # of a shape whose edges are looked at
MOST_RECTANGLES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a path outlines: the box around it, its straight sides, whether it is the whole box, and its corners."""

    box: Box
    sides: int
    rectangle: bool
    outline: tuple[tuple[Point, ...], ...]


class Path:
    """A path in the making, in page space. Curves are kept by their control points, which lie around them."""

    def __init__(self) -> None:
        self._parts: list[list[Point]] = []
        self._bent: set[tuple[int, int]] = set()  # (part, point) to which a curve leads

    def __bool__(self) -> bool:
        return any(self._parts)

    def move(self, point: Point) -> None:
        """Begin a new part."""
        self._parts.append([point])

    def line(self, point: Point) -> None:
        """Go straight to a point."""
        if self._parts:
            self._parts[-1].append(point)
        else:
            self.move(point)

    def curve(self, points: list[Point]) -> None:
        """Go to the last of the points in a curve."""
        for point in points:
            self.line(point)
            self._bent.add((len(self._parts) - 1, len(self._parts[-1]) - 1))

    def rectangle(self, ctm: Matrix, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle as a part of its own."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self._parts.append([moved(ctm, *corner) for corner in corners])

    def close(self) -> None:
        """Go straight back to where the part began."""
        if self._parts and self._parts[-1]:
            self._parts[-1].append(self._parts[-1][0])

    def shape(self) -> Shape:
        """Return all of it as one shape; there must be a point."""
        parts = [part for part in self._parts if len(part) > 1] or self._parts
        box = hull(point for part in parts for point in part)
        whole = len(parts) == 1 and not self._bent and _is_rectangle(parts[0], box)
        sides = ALL_SIDES if whole else self._straight(box)
        return Shape(box=box, sides=sides, rectangle=whole, outline=tuple(map(tuple, parts)))

    def shapes(self) -> tuple[Shape, ...]:
        """Return rectangles that lie apart one by one, anything else as one shape."""
        parts = [part for part in self._parts if len(part) > 1]
        if not self._bent and 1 < len(parts) <= MOST_RECTANGLES:
            boxes = [hull(part) for part in parts]
            rectangles = all(_is_rectangle(part, box) for part, box in zip(parts, boxes, strict=True))
            if rectangles and not any(overlap(one, other) for one, other in combinations(boxes, 2)):
                solid = [at for at, box in enumerate(boxes) if _has_area(box)]  # borders come with an empty inside
                return tuple(
                    Shape(box=boxes[at], sides=ALL_SIDES, rectangle=True, outline=(tuple(parts[at]),))
                    for at in solid or range(len(boxes))
                )
        return (self.shape(),)

    def _straight(self, box: Box) -> int:
        """Return the sides of the box along which an edge runs straight for a good part."""
        if sum(map(len, self._parts)) > MOST_POINTS:
            return 0
        wide, high = (box[2] - box[0]) * LONG_ENOUGH, (box[3] - box[1]) * LONG_ENOUGH
        found = 0
        for (x, y), (to_x, to_y) in self._edges():
            if abs(x - to_x) < NEAR and abs(y - to_y) >= high:
                found |= (abs(x - box[0]) < NEAR) * LEFT | (abs(x - box[2]) < NEAR) * RIGHT
            if abs(y - to_y) < NEAR and abs(x - to_x) >= wide:
                found |= (abs(y - box[1]) < NEAR) * BOTTOM | (abs(y - box[3]) < NEAR) * TOP
        return found

    def _edges(self) -> Iterator[tuple[Point, Point]]:
        for at, part in enumerate(self._parts):
            bent = {point for path, point in self._bent if path == at}
            for end, (one, other) in enumerate(pairwise((*part, part[0])), start=1):
                if end not in bent:
                    yield one, other


def _is_rectangle(part: list[Point], box: Box) -> bool:
    """Whether a part goes around its box from corner to corner."""
    corners = part[:-1] if len(part) == 5 and _near(part[0], part[4]) else part
    if len(corners) != 4:
        return False
    if not all(abs(one[0] - other[0]) < NEAR or abs(one[1] - other[1]) < NEAR for one, other in pairwise(part)):
        return False
    wanted = {(box[x], box[y]) for x in (0, 2) for y in (1, 3)}
    return all(any(_near(corner, point) for point in corners) for corner in wanted)


def _has_area(box: Box) -> bool:
    return box[2] - box[0] > 0 and box[3] - box[1] > 0


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < NEAR and abs(one[1] - other[1]) < NEAR
