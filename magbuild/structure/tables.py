"""Tables: a table's cells come in; which head which, and how many are missing, come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from magbuild.structure.content import Attributes

_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its place (row and column of its first corner, from 0), its size, and its scope when it heads others."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int
    scope: str

    @property
    def rows_it_spans(self) -> set[int]:
        """The rows it stands in."""
        return set(range(self.row, self.row + self.rows))

    @property
    def columns_it_spans(self) -> set[int]:
        """The columns it stands in."""
        return set(range(self.column, self.column + self.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: its cells, and how many cells each row lacks at its end."""

    cells: tuple[Cell, ...]
    missing: dict[Element, int]


def grid_of(table: Element) -> Grid:
    """Return the cells of a table on their places, as HTML deals them out."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = list(_rows(table))
    for number, (row, in_head) in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            high = min(_span(element, "rowspan"), len(rows) - number)
            wide = _span(element, "colspan")
            taken |= {(number + down, column + across) for down in range(high) for across in range(wide)}
            scope = _scope(element, in_head)
            cells.append(Cell(element=element, row=number, column=column, rows=high, columns=wide, scope=scope))
            column += wide
    width = 1 + max((column for _, column in taken), default=-1)
    missing = {row: sum((number, at) not in taken for at in range(width)) for number, (row, _) in enumerate(rows)}
    return Grid(cells=tuple(cells), missing={row: count for row, count in missing.items() if count})


def attributes_of(cell: Cell, grid: Grid, names: dict[Element, str]) -> Attributes:
    """Return the attributes of a cell (ISO 32000-1, 14.8.5.7); `names` are the identifiers of heads."""
    found: dict[str, str | int | tuple[str, ...]] = {}
    if cell.columns > 1:
        found["ColSpan"] = cell.columns
    if cell.rows > 1:
        found["RowSpan"] = cell.rows
    if cell.scope:
        found["Scope"] = cell.scope
    else:
        heads = tuple(names[head.element] for head in grid.cells if _heads(head, cell))
        if heads:
            found["Headers"] = heads
    return {"Table": found} if found else {}


def _heads(head: Cell, cell: Cell) -> bool:
    if head.scope == "/Row":
        return bool(head.rows_it_spans & cell.rows_it_spans) and head.column <= cell.column
    return head.scope == "/Column" and bool(head.columns_it_spans & cell.columns_it_spans) and head.row <= cell.row


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """Yield a table's rows, and whether each is in its head; a head comes first wherever it was written."""
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            for row in child:
                if row.tag == "tr":
                    yield row, child.tag == "thead"


def _scope(element: Element, in_head: bool) -> str:
    if element.tag != "th":
        return ""
    return _SCOPES.get(element.get("scope", ""), "/Column" if in_head else "/Row")


def _span(element: Element, name: str) -> int:
    typed = element.get(name, "1")
    return max(1, int(typed)) if typed.isdigit() else 1
