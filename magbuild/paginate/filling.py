"""Columns that go on to the next page, filled so that they end together; and the last ones of a text, balanced.

Where a box that isn't divided doesn't fit any more, the engine leaves the rest of the column empty. A layout says with
`--moves: down` which boxes may stand a paragraph or more further down; then text takes the place of the box, which
comes after it. Where columns still end more than a line apart, mostly since a head went to the next column with its
text, more white is put over the heads of the shorter one, or all columns are made some lines shorter.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import inf
from typing import Any

from weasyprint.layout import block

from magbuild.paginate.blocks import bottom, has_tables, is_plain, leaves
from magbuild.paginate.rhythm import line_of, word

MOST_MOVES = 12  # of boxes on one page
MOST_SHORTER = 3  # lines
HOLE = 1.5  # lines: less isn't filled
TOGETHER = 1.1  # lines that columns may end apart
UNBALANCED = 2.1  # lines that the last columns of a text may end apart
ROUNDING = 0.1  # lines
WHITE = 0.9  # lines: over what has as much above it there may be more


@contextmanager
def filled() -> Iterator[None]:
    """Let the engine fill columns for as long as the block runs."""
    lay_out = block.columns_layout

    def lay_out_filled(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, around: Any, page_is_empty: bool, *rest: Any
    ) -> Any:
        first = next(iter(skip_stack)) if skip_stack else 0

        def lay(space: float, before: Any) -> Any:
            if before is not None and before[0] is not None:
                block.remove_placeholders(context, [before[0]], *rest[:2])
            return _with_rest(lay_out(context, box, space, skip_stack, around, page_is_empty, *rest), box, first)

        return _Filling(context, box, first, line_of(box.style), lay).fill(bottom_space)

    block.columns_layout = lay_out_filled
    try:
        yield
    finally:
        block.columns_layout = lay_out


@dataclass(slots=True)
class _Filling:
    """A box whose columns are being filled on a page, from its child `first` on, and the engine's last result.

    `tried` are results that may be had again, by the room under the columns.
    """

    context: Any
    box: Any
    first: int
    pitch: float
    lay: Callable[[float, Any], Any]
    result: Any = None
    tried: dict[float, Any] = field(default_factory=dict)

    def fill(self, bottom_space: float) -> Any:
        """Lay the columns out and return the engine's result."""
        self._lay(bottom_space)
        if self.pitch and word(self.box.style["__snap"]) == "lines" and self._columns():
            if self._goes_on():
                self._move(bottom_space)
                self._even(bottom_space)
            if self.result[1] is None:  # it may have come to its end by what was moved
                self._balance(bottom_space)
            for columns in self._rows():
                _stretch(columns, self.pitch)
        return self.result

    def _goes_on(self) -> bool:
        """Whether the columns go on on the next page, and not only what stands below them."""
        new_box, goes_on, *_ = self.result
        ends_page = new_box is not None and bool(new_box.children) and new_box.children[-1].is_column
        return ends_page and goes_on is not None and not self._spans(next(iter(goes_on)))

    def _lay(self, bottom_space: float) -> None:
        again = self.tried.get(bottom_space)
        if again is not None and any(result is self.result for result in self.tried.values()):
            self.result = again
            return
        self.result = self.lay(bottom_space, self.result)
        new_box = self.result[0]
        if new_box is not None and is_plain(new_box) and not has_tables(new_box):
            self.tried[bottom_space] = self.result

    def _rows(self) -> list[list[Any]]:
        """Return the columns on the page, those that stand level together."""
        children = self.result[0].children if self.result[0] is not None else ()
        return [list(row) for in_columns, row in groupby(children, lambda child: child.is_column) if in_columns]

    def _columns(self) -> list[Any]:
        """Return the last columns on the page."""
        return [[], *self._rows()][-1]

    def _move(self, bottom_space: float) -> None:
        """Move boxes that leave holes behind the text after them."""
        for _ in range(MOST_MOVES):
            columns = self._columns()
            for empty, at in zip(_empty(columns), self._following(columns), strict=False):
                behind = _behind_text(self.box.children, at) if at is not None and empty > HOLE * self.pitch else 0
                if at is not None and behind:
                    children = list(self.box.children)
                    children.insert(behind, children.pop(at))
                    self.box.children = tuple(children)
                    self.tried.clear()
                    break
            else:
                return
            self._lay(bottom_space)
            if not self._goes_on():
                return

    def _following(self, columns: list[Any]) -> Iterator[int | None]:
        """Yield for each column the number of the box's child that begins behind it; None where one goes on."""
        resume, inside = next(iter(self.result[1].items()))
        spans = (at for at in range(min(resume, len(self.box.children) - 1), self.first - 1, -1) if self._spans(at))
        before = next(spans, self.first - 1) + 1  # the columns begin with this child
        for column, following in pairwise(columns):
            if column.children and following.children:
                index = following.children[0].index
                yield before + index if index != column.children[-1].index else None
        yield resume if inside is None and resume < len(self.box.children) else None

    def _spans(self, at: int) -> bool:
        return at < len(self.box.children) and _spans(self.box.children[at])

    def _even(self, bottom_space: float) -> None:
        """Let columns end together: with more white over heads, or some lines shorter."""
        left: list[float] = []
        for lines in range(MOST_SHORTER + 1) if self._goes_on() else ():
            if lines:
                self._lay(bottom_space + lines * self.pitch)
            left.append(_apart(self._columns(), self.pitch) if self.result[0] is not None else inf)
            if self.result[1] is None or left[-1] <= TOGETHER:
                break
        best = min(range(len(left)), key=lambda lines: (max(left[lines], TOGETHER), lines), default=0)
        if best < len(left) - 1:
            self._lay(bottom_space + best * self.pitch)

    def _balance(self, bottom_space: float) -> None:
        """Make the last columns of a text as short as they can be, if the engine has left them unbalanced."""
        columns = self._columns()
        empty = _empty(columns)
        if max(empty) - min(empty) <= UNBALANCED * self.pitch or self.context.current_page_footnotes:
            return
        ends = self.context.page_bottom - columns[0].position_y - columns[0].height + min(empty)
        least, most, best, last = 1, round((max(empty) - min(empty)) / self.pitch), 0, 0
        while least <= most:
            last = (least + most) // 2
            self._lay(ends + last * self.pitch)
            if self.result[0] is not None and self.result[1] is None:
                best, least = last, last + 1
            else:
                most = last - 1
        if last != best:
            self._lay(ends + best * self.pitch if best else bottom_space)


def _with_rest(result: Any, box: Any, first: int) -> Any:
    """Return the engine's result; where it ends too early, it is said to go on with what the engine has forgotten.

    That is all that follows columns which just fit on the page, but can't be balanced there.
    """
    new_box, goes_on, _, *more = result
    if new_box is None or goes_on is not None:
        return result
    following = enumerate(box.children[first:], first)
    parts = [next(part)[0] for _, part in groupby(following, lambda child: child[0] if _spans(child[1]) else None)]
    laid = [next(part) for _, part in groupby(new_box.children, lambda child: child.is_column or id(child))]
    if len(laid) >= len(parts):
        return result
    return new_box, {parts[len(laid)]: None}, {"break": "any", "page": None}, *more


def _spans(child: Any) -> bool:
    return bool(child.style["column_span"] == "all")


def _empty(columns: list[Any]) -> list[float]:
    """Return how high each column is empty, in px."""
    return [
        column.position_y + column.height - max((bottom(leaf) for leaf in leaves(column)), default=column.position_y)
        for column in columns
    ]


def _missing(columns: list[Any], pitch: float) -> list[int]:
    """Return how many lines of white each column lacks to end with the longest; none when they end together."""
    empty = _empty(columns)
    if max(empty, default=0.0) - min(empty, default=0.0) <= TOGETHER * pitch:
        return [0] * len(columns)
    return [int((high - min(empty)) / pitch + ROUNDING) for high in empty]


def _apart(columns: list[Any], pitch: float) -> float:
    """Return how many lines apart columns end, with as much white over their heads as there may be."""
    missing = _missing(columns, pitch)
    left = [max(lines - len(_heads(column, pitch)), 0) for lines, column in zip(missing, columns, strict=True)]
    return max(left, default=0)


def _heads(column: Any, pitch: float) -> list[int]:
    """Return which blocks of a column have white over them."""
    blocks = list(leaves(column))
    return [
        at
        for at, (before, after) in enumerate(pairwise(blocks), 1)
        if after.border_box_y() - bottom(before) >= WHITE * pitch
    ]


def _stretch(columns: list[Any], pitch: float) -> None:
    """Put a line of white more over heads, the last ones first, where columns then end together."""
    lacking = _missing(columns, pitch)
    if _apart(columns, pitch) > TOGETHER or max(lacking) > MOST_SHORTER:
        return
    for missing, column in zip(lacking, columns, strict=True):
        stretched = _heads(column, pitch)[-missing:] if missing else []
        for at, leaf in enumerate(leaves(column)):
            lines = sum(head <= at for head in stretched)
            if lines:
                leaf.translate(dy=lines * pitch)


def _behind_text(children: Any, at: int) -> int:
    """Return the place behind the next text, for a child that may move there; 0 if there is none.

    A head is kept together with its text.
    """
    value, _ = getattr(children[at].style, "cascaded", {}).get("__moves", ((), None))
    for place in range(at + 1, len(children) if word(value) == "down" else 0):
        child = children[place]
        if _spans(child):
            return 0
        if child.is_in_normal_flow() and not child.style["break_after"].startswith("avoid"):
            return place
    return 0
