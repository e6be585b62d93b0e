"""Notes at the foot of pages: a galley's notes come in where they are written, at its end; each goes to its page.

A layout says with `--notes: foot` which notes go there. They stay where they are in the source, and so they are read
there; only their boxes are taken out of the flow before it is laid out. A page is then made with a foot that is deeper
by as many whole lines as its notes need: columns know of nothing but a shorter page, and the grid holds. Which notes
those are is known when the page has been made, so it is made again until it has room for just those that it calls.

Where a text ends its notes follow it, and the room under them is left to what may stand there.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from math import ceil, inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as engine_page
from weasyprint.layout.absolute import absolute_layout
from weasyprint.layout.block import block_level_layout

from magbuild.paginate.blocks import is_seen
from magbuild.paginate.boxtree import pieces
from magbuild.paginate.notecalls import Guess, called, notes_in, only, taken_out
from magbuild.paginate.rhythm import ROUNDING, line_of

MOST = 1 / 3  # of the height of the type area
MOST_TRIES = 12  # to make one page


class NoRoomForNotes(Exception):
    """The notes of a page would take more of it than they may."""


@contextmanager
def kept() -> Iterator[None]:
    """Let the engine set notes at the foot of pages for as long as the block runs."""
    make_page, page_height = engine_page.make_page, engine_page.page_height
    making: dict[int, tuple[Any, _Making | None]] = {}  # by the engine's context, which is kept for its identity

    def make(context: Any, root_box: Any, *rest: Any) -> Any:
        if id(context) not in making:
            sets = list(taken_out(root_box))
            making[id(context)] = context, _Making.of(context, make_page, sets, root_box) if sets else None
        _, at_work = making[id(context)]
        return at_work.make(root_box, *rest) if at_work else make_page(context, root_box, *rest)

    def set_height(box: Any, context: Any, *rest: Any) -> None:
        page_height(box, context, *rest)
        _, at_work = making.get(id(context), (None, None))
        if at_work is not None:
            at_work.shorten(box)

    engine_page.make_page, engine_page.page_height = make, set_height
    try:
        yield
    finally:
        engine_page.make_page, engine_page.page_height = make_page, page_height


def _in_columns(box: Any) -> Iterator[Any]:
    """Yield the boxes whose children may change places as columns are filled."""
    if isinstance(box, boxes.BlockContainerBox):
        if box.style["column_count"] != "auto" or box.style["column_width"] != "auto":
            yield box
        for child in box.children:
            yield from _in_columns(child)


@dataclass(slots=True)
class _Making:
    """Pages that are being made: `sets` of notes, on which page each is `placed`, how many px are `reserved` for them.

    `in_columns` are boxes whose children change places, `feet` the notes of the page at work, laid out.
    """

    context: Any
    engine_makes: Callable[..., Any]
    sets: list[Any]
    in_columns: list[Any]
    guess: Guess
    placed: dict[str, int] = field(default_factory=dict)
    reserved: float = 0.0
    feet: dict[tuple[object, ...], list[Any]] = field(default_factory=dict)

    @staticmethod
    def of(context: Any, engine_makes: Callable[..., Any], sets: list[Any], root_box: Any) -> "_Making":
        """Begin with the first page; the sets of notes are taken out of the root's box."""
        return _Making(context, engine_makes, sets, list(_in_columns(root_box)), Guess.of(root_box))

    def make(self, root_box: Any, page_type: Any, resume_at: Any, number: int, state: Any) -> Any:
        """Make a page with its notes."""
        self.placed = {name: page for name, page in self.placed.items() if page < number}
        before = _State(self.context, number, state, self.in_columns)
        after, best, least = before, None, 0
        lines = self._guessed(number)
        for tries in range(MOST_TRIES):
            if tries:
                before.restore()
            attempt = self._attempt(lines, root_box, page_type, resume_at, number, state)
            if attempt.needed > lines:
                least = lines + 1
            else:
                best, after = attempt, _State(self.context, number, state, self.in_columns)
            if best is not None and best.lines in (best.needed, least):
                break
            lines = self._next(attempt, best, least)
        if best is None or best.needed > best.most:
            raise NoRoomForNotes
        if best is not attempt:
            after.restore()
        self.placed |= dict.fromkeys(best.names, number)
        self.guess.made(number, best.result[0], best.lines * self.pitch)
        best.finish()
        self.feet.clear()
        return best.result

    @property
    def pitch(self) -> float:
        """How far the lines of the grid stand apart, in px; 1 when there is no grid."""
        return line_of(self.sets[0].style) or 1.0

    def _guessed(self, number: int) -> int:
        """Return for how many lines of notes the next page is likely to have calls."""
        page, lines = self.guess.page, 0
        for _ in range(2) if page is not None else ():
            names = self._waiting(self.guess.names(number, page.height - lines * self.pitch))
            lines = min(self._needed(self._set(page, names)), int(page.height * MOST / self.pitch))
        return lines

    def _waiting(self, names: set[str]) -> list[str]:
        """Return those notes of some, and of those that they call, that stand on no page yet, in their order."""
        notes = {name: note for box in self.sets for name, note in notes_in(box).items()}
        known = list(names & notes.keys())
        for name in known:  # grows
            known += called(notes[name]) & notes.keys() - set(known)
        return [name for name in notes if name in known and name not in self.placed]

    def _next(self, attempt: "_Attempt", best: "_Attempt | None", least: int) -> int:
        """Return how many lines to try next: no fewer than `least`, and fewer than have been found to do."""
        if best is None:
            if least > attempt.most:
                raise NoRoomForNotes
            return min(attempt.needed, attempt.most)
        return attempt.needed if least <= attempt.needed < best.lines else (least + best.lines) // 2

    def _attempt(self, lines: int, *page_as_told: Any) -> "_Attempt":
        self.reserved = lines * self.pitch
        result = self.engine_makes(self.context, *page_as_told)
        page = result[0]
        self.shorten(page, back=True)
        self.reserved = 0.0
        names = self._waiting(set().union(*map(called, page.children)))
        feet = self._set(page, names)
        needed = self._needed(feet)
        return _Attempt(result, names, feet, lines, needed, int(page.height * MOST / self.pitch), self.pitch)

    def _needed(self, feet: Sequence[Any]) -> int:
        return ceil((sum(float(foot.margin_height()) for foot in feet) - ROUNDING) / self.pitch)

    def shorten(self, page: Any, back: bool = False) -> None:
        """Make the foot of a page deeper by what is reserved for notes, or as it was."""
        reserved = -self.reserved if back else self.reserved
        page.margin_bottom += reserved
        page.height -= reserved

    def _set(self, page: Any, names: Sequence[str]) -> list[Any]:
        """Lay out notes at the head of a page's type area, once for all attempts at a page."""
        known = (tuple(names), page.content_box_x(), page.width)
        if known not in self.feet:
            self.feet[known] = list(self._set_anew(page, names))
        return self.feet[known]

    def _set_anew(self, page: Any, names: Sequence[str]) -> Iterator[Any]:
        context = self.context
        for notes in self.sets:
            if not notes_in(notes).keys() & names:
                continue
            box = only(notes, frozenset(names))
            box.position_x, box.position_y = page.content_box_x(), page.content_box_y()
            bottom, context.page_bottom = context.page_bottom, page.content_box_y() + page.height
            context.create_block_formatting_context()
            beside: list[Any] = []  # the marks of lists
            foot = block_level_layout(context, box, -inf, None, page, True, beside, beside)[0]
            for placeholder in beside:
                absolute_layout(context, placeholder, page, beside, 0, None)
            context.finish_block_formatting_context()
            context.page_bottom = bottom
            yield foot


@dataclass(slots=True)
class _Attempt:
    """A page that was made with room for so many `lines` of notes, and its notes, which need so many.

    `names` are theirs and `feet` their boxes; they may have `most` lines. A line is `pitch` px high.
    """

    result: Any
    names: list[str]
    feet: list[Any]
    lines: int
    needed: int
    most: int
    pitch: float

    def finish(self) -> None:
        """Put the notes on the page."""
        if not self.feet:
            return
        page, goes_on, following = self.result
        root, area, *_ = page.children
        bottom = page.content_box_y() + page.height
        ends = (goes_on is None or following["break"] != "any") and not area.children
        more_white = 0.5 * self.pitch
        under_text = max(_ends(root), default=0.0) + self.lines * self.pitch + more_white
        top = min(under_text, bottom) if ends else bottom
        for box in reversed(self.feet):
            top -= box.margin_height()
            box.translate(dy=top - box.position_y)
            box.flows = ends
        area.children = [*area.children, *self.feet]
        area.position_y = min(box.position_y for box in area.children)
        area.height = bottom - area.position_y


def _ends(box: Any) -> Iterator[float]:
    """Yield where the things in a box end that can be seen, in px."""
    if is_seen(box) or (isinstance(box, (boxes.LineBox, boxes.ReplacedBox)) and any(pieces(box))):
        yield float(box.border_box_y() + box.border_height())
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _ends(child)


class _State:
    """What the making of a page changes of the engine's state, as it is now."""

    def __init__(self, context: Any, number: int, state: Any, in_columns: Sequence[Any]) -> None:
        self.context = context
        self.state = state
        self.remake = context.page_maker[number - 1][-1]
        self.kept = deepcopy(list(state)), deepcopy(self.remake)
        self.floats = list(context.footnotes), list(context.reported_footnotes)
        self.broken = dict(context.broken_out_of_flow)
        self.forced = context.forced_break
        self.children = [(box, box.children) for box in in_columns]

    def restore(self) -> None:
        """Set all back."""
        state, remake = deepcopy(self.kept)
        for mine, before in zip(self.state, state, strict=True):
            if isinstance(mine, list):
                mine[:] = before
            elif isinstance(mine, dict):
                mine.clear()
                mine.update(before)
        self.remake.update(remake)
        self.context.footnotes, self.context.reported_footnotes = map(list, self.floats)
        self.context.broken_out_of_flow = dict(self.broken)
        self.context.forced_break = self.forced
        for box, children in self.children:
            box.children = children
