"""Justified paragraphs, which the layout engine breaks line by line, broken where it is best for the whole of them."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import strut

from magbuild.lines import Limits
from magbuild.paginate.breaking import Room, best_breaks
from magbuild.paginate.endless import Endless, OnlyEngine, Piece, unrolled
from magbuild.paginate.spacing import narrow, set_apart

SLACK = 2.0  # px that the engine may find a line longer than it was worked out to be
SAME = 0.01  # px
WIDEST = 1.1  # spaces can be widened by so much at least
RUNT = 1.5  # ems that a last line is longer than


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as planned: its length, the room the engine is given for it, and the text that ends it.

    Its letters are set `apart` by so much. All in px.
    """

    length: float
    room: float
    piece: Piece | None = None
    apart: float = 0.0


@dataclass(slots=True)
class _Plans:
    """The paragraphs of a document, and what is planned of their lines, by the letter that a line begins with."""

    paragraphs: dict[int, tuple[Any, Endless | None]] = field(default_factory=dict)  # the box is kept for its identity
    lines: dict[tuple[int, int], _Line] = field(default_factory=dict)
    piece: Piece | None = None  # of the line that the engine is at

    def line(self, context: Any, box: Any, skip_stack: Any, length: float, block: Any) -> _Line | None:
        """Return how a line ends that begins at a place in a paragraph; None leaves it to the engine."""
        endless = self._endless(context, box)
        start = endless.letter(skip_stack) if endless is not None else 0
        if endless is None or start < endless.begin:
            return None
        line = self.lines.get((id(box), start))
        if line is None or abs(line.length - length) > SAME:
            self._plan(context, box, endless, start, _lengths(context, box, length, block))
        return self.lines.get((id(box), start))

    def _endless(self, context: Any, box: Any) -> Endless | None:
        if id(box) not in self.paragraphs:
            try:
                self.paragraphs[id(box)] = box, unrolled(context, box)
            except OnlyEngine:
                self.paragraphs[id(box)] = box, None
        return self.paragraphs[id(box)][1]

    def _plan(self, context: Any, box: Any, endless: Endless, start: int, lengths: tuple[float, ...]) -> None:
        """Plan all lines of a paragraph from a letter on, but for such as are too long however they are broken."""
        first = bisect_right(endless.stops, start, key=lambda stop: stop.end)
        spots = endless.spots[first:]
        room = _room(box.style, lengths, endless.space)
        for number, index in enumerate(best_breaks(endless.spot(start), spots, room) if spots else ()):
            length = lengths[min(number, len(lengths) - 1)]
            begin, end, stop = endless.spot(start), spots[index], endless.stops[first + index]
            width, spaces = end.end - begin.next, end.before - begin.after
            if index == len(spots) - 1:
                self.lines[id(box), start] = _Line(length, max(length, width + SLACK if width > length else 0))
            elif width <= length + spaces * (1 - room.narrowest):
                piece = endless.piece(context, start, stop)
                # Where a text ends, the engine wants room for its last space.
                behind = 0.0 if piece else endless.xs[endless.end_of_text(stop)] - endless.xs[stop.end]
                slack = SLACK if piece else min(SLACK, (spots[index + 1].end - end.end - behind) / 2)
                missing = length - width - spaces * (room.widest - 1)
                letters = stop.end - start - 1 - spaces / endless.space
                apart = min(max(missing, 0.0) / max(letters, 1.0), _most_apart(box.style))
                self.lines[id(box), start] = _Line(length, width + behind + slack, piece, apart)
            start = stop.next


def _room(style: Any, lengths: tuple[float, ...], space: float) -> Room:
    """Return the room of a paragraph's lines, as its style has it; `space` is how wide its spaces are by themselves."""
    limits, spaces = Limits(), space / style["font_size"]
    return Room(
        lengths=lengths,
        narrowest=min(_number(style, "narrowest", limits.narrowest) / spaces, 1.0),
        widest=max(_number(style, "widest", limits.widest) / spaces, WIDEST),
        hyphens=int(_number(style, "hyphens", limits.hyphens)),
        indent=RUNT * style["font_size"],
    )


def _most_apart(style: Any) -> float:
    """Return how far letters may be set apart where spaces would be too wide, in px."""
    return _number(style, "apart", Limits().apart) * float(style["font_size"])


def _number(style: Any, name: str, otherwise: float) -> float:
    """Return a number that is a custom property of a style."""
    values = (getattr(token, "value", None) for token in style[f"__{name}"] or ())
    return next((float(value) for value in values if isinstance(value, int | float)), otherwise)


def _lengths(context: Any, box: Any, length: float, block: Any) -> tuple[float, ...]:
    """Return how long the lines of a paragraph are from one on: the first ones may stand beside something."""
    beside = max((shape.position_y + shape.margin_height() for shape in context.excluded_shapes), default=0)
    high = strut(box.style)[0]
    lines = ceil((beside - box.position_y) / high) if beside > box.position_y and high else 1
    return (*[length] * lines, block.width)


@contextmanager
def planned() -> Iterator[None]:
    """Let the engine break justified paragraphs as they are broken best for as long as the block runs.

    It is given as much room for each line as the line is planned to need, and when it asks how much of a text goes
    into it, the answer. Lines that were planned longer than they may be have their spaces narrowed.
    """
    split, find = inline.split_inline_box, inline.split_first_line
    plans = _Plans()

    def split_as_planned(
        context: Any, box: Any, x: float, max_x: float, bottom_space: Any, skip_stack: Any, block: Any, *rest: Any
    ) -> Any:
        if not isinstance(box, boxes.LineBox):
            return split(context, box, x, max_x, bottom_space, skip_stack, block, *rest)
        justified = box.style["text_align_all"] == "justify"
        line = plans.line(context, box, skip_stack, max_x - x, block) if justified else None
        outer, plans.piece = plans.piece, line.piece if line else None
        try:
            room = max_x if line is None else x + line.room
            result = split(context, box, x, room, bottom_space, skip_stack, block, *rest)
        finally:
            plans.piece = outer
        if line is not None and line.room > line.length:
            narrow(context, result[0], max_x - box.position_x)
        elif line is not None and line.apart:
            set_apart(context, result[0], line.apart)
        return result

    def find_as_planned(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any) -> Any:
        piece = plans.piece
        if piece is not None and max_width is not None and style is piece.style and text == piece.text:
            return piece.found
        return find(text, style, context, max_width, *rest, **more)

    inline.split_inline_box, inline.split_first_line = split_as_planned, find_as_planned
    try:
        yield
    finally:
        inline.split_inline_box, inline.split_first_line = split, find
