"""Points, boxes and matrices of a page: lengths are PDF points, y grows upwards."""

import math
from collections.abc import Iterable

from magbuild.measure import MM_PER_INCH, POINTS_PER_INCH

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MM = POINTS_PER_INCH / MM_PER_INCH  # one millimetre in pt
LEFT, BOTTOM, RIGHT, TOP = 1, 2, 4, 8
ALL_SIDES = LEFT | BOTTOM | RIGHT | TOP
SIDES = ((LEFT, "left"), (BOTTOM, "bottom"), (RIGHT, "right"), (TOP, "top"))
ROUNDING = 0.01  # pt: what is nearer is the same
SKEW = 1e-4  # how far a matrix may be from upright and still turn edges into edges


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does what `first` does and then what `then` does."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a matrix puts a point."""
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def around(matrix: Matrix, box: Box) -> Box:
    """Return the upright box around a box that a matrix has moved."""
    left, bottom, right, top = box
    return hull((moved(matrix, x, y) for x, y in ((left, bottom), (right, bottom), (left, top), (right, top))))


def hull(points: Iterable[Point]) -> Box:
    """Return the upright box around points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def together(one: Box, other: Box) -> Box:
    """Return the box around two boxes."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def shared(one: Box, other: Box) -> Box | None:
    """Return what two boxes share; None when they lie apart."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > ROUNDING
        and min(one[3], other[3]) - max(one[1], other[1]) > ROUNDING
    )


def touches(thing: Box, area: Box) -> bool:
    """Whether a box reaches into an area; one without width or height can, too."""
    return (
        thing[2] > area[0] + ROUNDING
        and thing[0] < area[2] - ROUNDING
        and (thing[3] > area[1] + ROUNDING and thing[1] < area[3] - ROUNDING)
    )


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another, give or take a hundredth of a point."""
    return (
        inner[0] >= outer[0] - ROUNDING
        and inner[1] >= outer[1] - ROUNDING
        and inner[2] <= outer[2] + ROUNDING
        and inner[3] <= outer[3] + ROUNDING
    )


def grown(box: Box, by: tuple[float, ...]) -> Box:
    """Return a box whose left, bottom, right and top edges lie so many pt further out."""
    return box[0] - by[0], box[1] - by[1], box[2] + by[2], box[3] + by[3]


def enlargement(matrix: Matrix) -> float:
    """Return by how much a matrix makes lines longer, in the mean of both directions."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def upright(matrix: Matrix) -> bool:
    """Whether a matrix keeps upright edges upright, or turns them by a right angle."""
    a, b, c, d = matrix[:4]
    size = max(abs(a), abs(b), abs(c), abs(d)) * SKEW
    return (abs(b) <= size and abs(c) <= size) or (abs(a) <= size and abs(d) <= size)


def ordered(edges: tuple[float, ...]) -> Box | None:
    """Return four numbers of a PDF's box as left, bottom, right, top; None when there aren't four."""
    if len(edges) != 4:
        return None
    return min(edges[0], edges[2]), min(edges[1], edges[3]), max(edges[0], edges[2]), max(edges[1], edges[3])


def in_mm(box: Box, trim: Box) -> Box:
    """Return a box in mm from the trim's top left: left, top, right, bottom."""
    left, bottom, right, top = box
    return (
        round((left - trim[0]) / MM, 2),
        round((trim[3] - top) / MM, 2),
        round((right - trim[0]) / MM, 2),
        round((trim[3] - bottom) / MM, 2),
    )
