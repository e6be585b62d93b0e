"""The boxes of a page come in; its lines of text, pictures and grounds come out, measured."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import create_layout, line_size

from magbuild.lines import Area, Column, Kind, Line, Measured
from magbuild.paginate.blocks import is_seen
from magbuild.paginate.endless import SPACES, letter_widths
from magbuild.paginate.rhythm import grid_of, word

PX_TO_PT = 0.75
FORCING = ("page", "left", "right", "recto", "verso")
HYPHENS = ("-", "\u2010")
WIDE = 0.33  # ems: wider spaces make rivers
# The innermost of these that a line stands in says what it is part of.
BY_TAG = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    "figcaption": Kind.CAPTION,
    "table": Kind.TABLE,
}
BY_CLASS = {
    "body": Kind.BODY,
    "piece-text": Kind.BODY,
    "note": Kind.NOTE,
    "pullquote": Kind.PULL_QUOTE,
    "sidebar": Kind.SIDEBAR,
    "newsletter": Kind.SIDEBAR,
    "filler": Kind.SIDEBAR,
    "picture-line": Kind.CAPTION,
    "about": Kind.OTHER,
    "byline": Kind.OTHER,
    "signature": Kind.OTHER,
    "attribution": Kind.OTHER,
    "drop-cap": Kind.OTHER,
}

FILLER = "room-filler"  # the text above doesn't make way for it: it is there because of the room


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the walk is: the column, what lines there are part of, and whether text makes way for what stands there."""

    column: Column
    kind: Kind = Kind.OTHER
    flows: bool = True


def _pt(length: float) -> float:
    """Return a length in pt, rounded to what the engine's own rounding can't touch."""
    return round(length * PX_TO_PT, 3) + 0.0  # nothing is nothing, from whichever side


def measured(document: Document) -> tuple[Measured, ...]:
    """Measure all pages of a document."""
    measuring = _Measuring()
    return tuple(measuring.measure(page) for page in document.pages)


@dataclass(slots=True)
class _Measuring:
    """Measures pages one after another, since paragraphs may go on from one to the next."""

    number: int = -1
    lines: list[Line] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    rows: int = 0
    begun: set[int] = field(default_factory=set)  # elements with a paragraph that goes on
    forcing: set[int] = field(default_factory=set)  # elements that have begun a page
    spaces: dict[tuple[object, ...], float] = field(default_factory=dict)  # widths in px, by font
    pitches: dict[int, float] = field(default_factory=dict)  # in pt, by style, which the document keeps

    def measure(self, page: Any) -> Measured:
        """Measure the next page."""
        self.number, self.rows, self.lines, self.areas = self.number + 1, 0, [], []
        box = page._page_box
        room = self._column(box, box.content_box_x(), box.content_box_y())
        for child in box.children:
            if not isinstance(child, boxes.MarginBox):
                self._walk(child, _Spot(room))
        bottom = _pt(box.content_box_y() + box.height)
        return Measured(
            top=room.top, bottom=bottom, forced=self._is_forced(box), lines=tuple(self.lines), areas=tuple(self.areas)
        )

    def _is_forced(self, box: Any) -> bool:
        """Whether the first thing in a box begins there, and wants to be the first on its page."""
        first = next((child for child in getattr(box, "children", ()) if isinstance(child, boxes.BlockLevelBox)), None)
        if first is None:
            return False
        begins = first.style["break_before"] in FORCING and id(first.element) not in self.forcing
        if begins:
            self.forcing.add(id(first.element))
        return begins or self._is_forced(first)

    def _column(self, box: Any, left: float, top: float, index: int = 0, count: int = 1) -> Column:
        right = _pt(left + box.width)
        return Column(
            page=self.number,
            row=self.rows,
            index=index,
            count=count,
            left=_pt(left),
            right=right,
            top=_pt(top),
        )

    def _walk(self, box: Any, spot: _Spot) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box, spot = box._box, _Spot(spot.column, spot.kind, False)
        elif box.is_floated():
            spot = _Spot(spot.column, Kind.OTHER, False)
        if isinstance(box, boxes.ReplacedBox):
            self.areas.append(self._area(box, spot, picture=True))
        elif isinstance(box, boxes.ParentBox):
            spot = self._inside(box, spot)
            if is_seen(box):
                self.areas.append(self._area(box, spot, picture=False))
            for in_columns, children in groupby(box.children, lambda child: getattr(child, "is_column", False)):
                if in_columns:
                    self._columns(list(children), spot)
                else:
                    for child in children:
                        if isinstance(child, boxes.LineBox):
                            self._line(child, box, spot)
                        else:
                            self._walk(child, spot)

    def _inside(self, box: Any, spot: _Spot) -> _Spot:
        """Return the spot for what stands in a box; text that isn't in columns is a column of its own."""
        element = box.element
        classes = (element.get("class") or "").split() if element is not None else ()
        if FILLER in classes:
            return _Spot(spot.column, Kind.SIDEBAR, False)
        if not getattr(box, "flows", True):
            spot = _Spot(spot.column, spot.kind, False)
        kinds = [BY_CLASS[name] for name in classes if name in BY_CLASS]
        kind = kinds[0] if kinds else BY_TAG.get(str(element.tag)) if element is not None else None
        if kind is None or (kind is Kind.BODY and spot.kind is not Kind.OTHER):
            return spot
        column = spot.column
        if (
            kind is Kind.BODY
            and not column.row
            and not any(getattr(child, "is_column", False) for child in box.children)
        ):
            self.rows += 1
            column = self._column(box, box.content_box_x(), box.content_box_y())
        return _Spot(column, kind, spot.flows)

    def _columns(self, columns: list[Any], spot: _Spot) -> None:
        nested = spot.column.row > 0 and len(columns) == 1  # notes in one column, amid a column of text
        self.rows += not nested
        for index, box in enumerate(columns):
            left, top = box.content_box_x(), box.content_box_y()
            room = spot.column if nested else self._column(box, left, top, index, len(columns))
            for child in box.children:
                self._walk(child, _Spot(room, spot.kind, spot.flows))

    def _area(self, box: Any, spot: _Spot, picture: bool) -> Area:
        left, top = box.border_box_x(), box.border_box_y()
        return Area(
            column=spot.column,
            picture=picture,
            left=_pt(left),
            top=_pt(top),
            right=_pt(left + box.border_width()),
            bottom=_pt(top + box.border_height()),
            flows=spot.flows,
        )

    def _line(self, box: Any, block: Any, spot: _Spot) -> None:
        texts = tuple(self._texts(box, spot))
        own = [text for text in texts if _is_own(text)]
        added = [text for text in texts if not _is_own(text)]
        if not own and not added:
            return
        paragraph = id(box.element)
        first = paragraph not in self.begun
        last = getattr(box, "resume_at", None) is None
        (self.begun.discard if last else self.begun.add)(paragraph)
        spread = own or added
        left = min(text.position_x for text in spread)
        right = max(text.position_x + text.width for text in spread)
        stretch = next((text.justification_spacing for text in own if text.justification_spacing), 0.0)
        spacing = self._spacing(own, stretch)
        self.lines.append(
            Line(
                column=spot.column,
                kind=spot.kind,
                text="".join(text.text for text in own),
                baseline=_pt(box.position_y + box.baseline),
                top=_pt(box.position_y),
                bottom=_pt(box.position_y + box.height),
                left=_pt(left),
                right=_pt(right),
                pitch=self._pitch(box.style),
                spacing=spacing,
                gaps=tuple(_gaps(own, stretch)) if spacing > WIDE else (),
                justified=not last and _is_justified(box),
                short=_pt(block.content_box_x() + block.width - right),
                hyphenated=not last and bool(own) and own[-1].text.endswith(HYPHENS),
                first=first,
                last=last,
                marked=any("end-mark" in (text.element.get("class") or "") for text in added),
                flows=spot.flows,
            )
        )

    def _pitch(self, style: Any) -> float:
        """Return how far lines stand apart on the grid that a style keeps to, in pt; 0 when it keeps to none."""
        pitch = self.pitches.get(id(style))
        if pitch is None:
            pitch = 0.0 if word(style["__snap"]) == "none" else _pt(grid_of(style))
            self.pitches[id(style)] = pitch
        return pitch

    def _texts(self, box: Any, spot: _Spot) -> Iterator[Any]:
        """Yield the text of a line, and measure what else stands in it."""
        for child in box.children:
            if isinstance(child, boxes.TextBox):
                if child.element is not None and child.text.strip():
                    yield child
            elif isinstance(child, boxes.InlineBox):
                yield from self._texts(child, spot)
            else:
                self._walk(child, spot)

    def _spacing(self, texts: list[Any], stretch: float) -> float:
        """Return how wide the spaces of a line are, in ems; 0 when there are none."""
        style = next((text.style for text in texts if " " in text.text), None)
        return round((self._space(style) + stretch) / style["font_size"], 3) if style is not None else 0.0

    def _space(self, style: Any) -> float:
        """Return how wide spaces are in a style by themselves, in px."""
        names = ("font_family", "font_size", "font_weight", "font_style", "word_spacing", "letter_spacing")
        font = tuple(style[name] for name in names)
        width = self.spaces.get(font)
        if width is None:
            width = self.spaces[font] = _width("n n", style) - _width("nn", style)
        return width


def _gaps(texts: list[Any], stretch: float) -> Iterator[tuple[float, float]]:
    """Yield where the spaces of a line begin and end, each of which is widened by `stretch` px."""
    for text in texts:
        x = text.position_x
        for letter, width in zip(text.text, letter_widths(None, text.text, text.style), strict=True):
            before = x
            x += width + (stretch if letter in SPACES else 0.0)
            if letter == " ":
                yield _pt(before), _pt(x)


def _width(text: str, style: Any) -> float:
    layout = create_layout(text, style, None, None, 0)
    return float(line_size(layout.get_first_line()[0], style)[0])


def _is_justified(line: Any) -> bool:
    """Whether a line is to fill its room, unless it is the last one of a paragraph; not where its end was typed."""
    ends = (getattr(box, "element_tag", "") == "br" for box in line.descendants())
    return line.style["text_align_all"] == "justify" and line.style["direction"] == "ltr" and not any(ends)


def _is_own(text: Any) -> bool:
    """Whether a text is the source's, not one that styles have added."""
    return (text.element_tag or "").partition("::")[2] in ("", "first-letter", "first-line")
