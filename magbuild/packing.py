"""Sizes of adverts that share pages come in; which of them stand on which page, and where on it, come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from magbuild.model import AdvertSize

# A page of adverts is two columns wide and six rows high.
COLUMNS, ROWS = 2, 6
SPANS: Mapping[AdvertSize, tuple[int, int]] = MappingProxyType(
    {
        AdvertSize.HALF_VERTICAL: (1, 6),
        AdvertSize.HALF: (2, 3),
        AdvertSize.THIRD: (2, 2),
        AdvertSize.QUARTER: (1, 3),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An advert's room on a page: which one of those given it is, its first column and row, how many it takes."""

    index: int
    column: int
    row: int
    columns: int
    rows: int


@dataclass(slots=True)
class _Page:
    filled: list[int] = field(default_factory=lambda: [0] * COLUMNS)
    cells: list[Cell] = field(default_factory=list)

    def take(self, index: int, columns: int, rows: int) -> bool:
        """Put an advert as high up as it goes, to the left before the right; False when there is no room."""
        starts = range(COLUMNS - columns + 1)
        row, column = min((max(self.filled[start : start + columns]), start) for start in starts)
        if row + rows > ROWS:
            return False
        self.filled[column : column + columns] = [row + rows] * columns
        self.cells.append(Cell(index=index, column=column, row=row, columns=columns, rows=rows))
        return True


def pack(sizes: Sequence[AdvertSize]) -> tuple[tuple[Cell, ...], ...]:
    """Lay adverts that share pages out on as few pages as this takes: the largest first, then in their order."""
    pages: list[_Page] = []
    # Upright halves first: they need a page with nothing in a whole column.
    order = sorted(range(len(sizes)), key=lambda index: (list(SPANS).index(sizes[index]), index))
    for index in order:
        columns, rows = SPANS[sizes[index]]
        if not any(page.take(index, columns, rows) for page in pages):
            pages.append(_Page())
            pages[-1].take(index, columns, rows)
    pages.sort(key=lambda page: min(cell.index for cell in page.cells))
    return tuple(tuple(page.cells) for page in pages)


def fills_pages(sizes: Sequence[AdvertSize]) -> bool:
    """Whether adverts leave nothing of their pages empty."""
    taken = sum(columns * rows for columns, rows in (SPANS[size] for size in sizes))
    return taken == len(pack(sizes)) * COLUMNS * ROWS
