"""How lines, pictures and boxes stand on the pages of a proof, and what a layout allows of them: values.

Lengths are in pt, places are counted from the left and top trim edges.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a line of text is part of."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    NOTE = "note"
    TABLE = "table"
    PULL_QUOTE = "pull quote"
    SIDEBAR = "sidebar"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column on a page of a proof: columns that begin level are a row, and numbered from 0, as are rows and pages.

    What stands across the page, outside of columns, is the only column of row 0.
    """

    page: int
    row: int = 0
    index: int = 0
    count: int = 1
    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text.

    `top` and `bottom` are those of the line with its leading, `left` and `right` those of its words. `pitch` is the
    distance of lines on its grid, 0 if it has none. `spacing` is how wide its spaces are, in ems; where they are wide,
    `gaps` says where each begins and ends. A line that is `justified` is to fill its room, of which it leaves it
    `short` at its end. `first` and `last` tell whether it begins or ends a paragraph. `text` is the source's own;
    `marked` says that styles have added an end mark. Text makes way for what `flows`, not for what stands at a place
    of its own.
    """

    column: Column
    kind: Kind = Kind.BODY
    text: str
    baseline: float
    top: float
    bottom: float
    left: float
    right: float
    pitch: float = 0.0
    spacing: float = 0.0
    gaps: tuple[tuple[float, float], ...] = ()
    justified: bool = False
    short: float = 0.0
    hyphenated: bool = False
    first: bool = False
    last: bool = False
    marked: bool = False
    flows: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A picture, or a box with a ground or a rule."""

    column: Column
    picture: bool = True
    left: float
    top: float
    right: float
    bottom: float
    flows: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What stands on a page of a proof, whose type area reaches from `top` to `bottom`.

    `forced` says that the page begins where a new one was wanted, however much room there was.
    """

    top: float
    bottom: float
    forced: bool = False
    lines: tuple[Line, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a layout allows of lines and columns, as `typography` in layout.yaml says it.

    `off_grid` is in pt. `narrowest` and `widest` are for spaces, in ems, which `within` percent of the justified lines
    have to keep; in a line whose spaces would be wider, letters may be set `apart` by so many ems. `hyphens` is how
    many lines in a row may end with one, `rivers` through how many wide spaces may run down. `uneven`, `hole` and
    `under_heading` are lines: by how many columns may end apart, how high an empty place may be, and how many have to
    follow a heading.
    """

    off_grid: float = 0.25
    narrowest: float = 0.18
    widest: float = 0.5
    within: float = 98.0
    apart: float = 0.01
    hyphens: int = 2
    rivers: int = 3
    uneven: int = 1
    hole: int = 4
    under_heading: int = 2
