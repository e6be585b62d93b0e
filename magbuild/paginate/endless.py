"""A paragraph on one endless line: its boxes come in; how wide its letters are and where it may be broken come out."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import pyphen
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout, get_log_attrs, line_size

from magbuild.paginate.breaking import Spot

SOFT_HYPHEN = "\u00ad"
SPACES = " \u00a0"  # the ones that are widened
WORD = re.compile(r"[^\W\d_]+")
LEAST_PART = 8  # letters of a part of a compound that may be divided though it has a hyphen already
# Ends of lines that were typed, tabs, and what sets the direction of letters.
UNPLANNED = re.compile("[\n\t\f\r\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class OnlyEngine(Exception):
    """There is something in a paragraph that only the engine can set."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text of a paragraph, the way to it through the boxes, and the letter that it begins with."""

    box: Any
    path: tuple[int, ...]
    start: int


class Stop(NamedTuple):
    """A letter before which a line may end, and the one that the next line begins with."""

    end: int
    next: int
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What the engine is to find when it asks how much of a text goes into a line, in its own order."""

    text: str
    style: Any
    found: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endless:
    """A paragraph on one endless line.

    `xs` tells where each letter begins, in px, and `spaces` how wide all spaces before it are together; a single one is
    as wide as `space`. `stops` and
    `spots` are where it may be broken, in letters and in px. Lines that begin before the letter `begin` can't be
    planned, since the room of what floats beside them isn't known before they are set.
    """

    leaves: tuple[Leaf, ...]
    xs: tuple[float, ...]
    spaces: tuple[float, ...]
    stops: tuple[Stop, ...]
    spots: tuple[Spot, ...]
    space: float
    begin: int

    def letter(self, skip_stack: Any) -> int:
        """Return the letter that stands behind a place in the paragraph, as the engine says it."""
        path: list[int] = []
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            path.append(index)
        for leaf in self.leaves:
            if (*leaf.path,) == tuple(path[:-1]):
                return leaf.start + len(leaf.box.text.encode()[: path[-1]].decode())
            if leaf.path[: len(path)] >= tuple(path):
                return leaf.start
        return len(self.xs) - 1

    def spot(self, letter: int) -> Spot:
        """Return a letter as the beginning of a line."""
        x, spaces = self.xs[letter], self.spaces[letter]
        return Spot(x, x, spaces, spaces)

    def end_of_text(self, stop: Stop) -> int:
        """Return the letter behind the text, with its last space, in which a line ends."""
        leaf = _leaf(self.leaves, stop.end - 1)
        return min(leaf.start + len(leaf.box.text), stop.next)

    def piece(self, context: Any, start: int, stop: Stop) -> Piece | None:
        """Return the text with which a line from a letter on ends; None when it ends where one of the texts does."""
        leaf = _leaf(self.leaves, stop.end - 1)
        text, style = leaf.box.text, leaf.box.style
        begin, end, behind = (max(letter - leaf.start, 0) for letter in (start, stop.end, stop.next))
        if behind >= len(text):
            return None
        layout = create_layout(text[begin:end] + style["hyphenate_character"] * stop.hyphen, style, context, None, 0)
        line, _ = layout.get_first_line()
        width, height = line_size(line, style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        layout.deactivate()
        length, resume = len(text[begin:end].encode()), len(text[begin:behind].encode())
        return Piece(text[begin:], style, (layout, length, resume, width, height, baseline))


def unrolled(context: Any, paragraph: Any) -> Endless:
    """Lay a paragraph on one endless line; raise OnlyEngine when that can't be done."""
    if paragraph.style["direction"] != "ltr":
        raise OnlyEngine
    unrolling = _Unrolling(context)
    unrolling.add(paragraph, ())
    leaves = tuple(unrolling.leaves)
    text = "".join(leaf.box.text for leaf in leaves)
    if not text.strip():
        raise OnlyEngine
    wide = [width if letter in SPACES else 0.0 for letter, width in zip(text, unrolling.widths, strict=True)]
    xs, spaces = (tuple(accumulate(widths, initial=0.0)) for widths in (unrolling.widths, wide))
    stops = (*sorted(_stops(context, text, leaves), key=lambda stop: stop.end), Stop(len(text.rstrip(" ")), len(text)))
    styles = {id(leaf.box.style): leaf.box.style for leaf in leaves}
    hyphens = {name: _hyphen(context, style) for name, style in styles.items()}
    spots = tuple(_spot(stop, leaves, xs, spaces, hyphens) for stop in stops)
    return Endless(
        leaves=leaves,
        xs=xs,
        spaces=spaces,
        stops=stops,
        spots=spots,
        space=next((width for width in wide if width), xs[-1]),
        begin=unrolling.begin,
    )


def _spot(
    stop: Stop, leaves: tuple[Leaf, ...], xs: Sequence[float], spaces: Sequence[float], hyphens: Mapping[int, float]
) -> Spot:
    end = xs[stop.end] + (hyphens[id(_leaf(leaves, stop.end - 1).box.style)] if stop.hyphen else 0.0)
    return Spot(end, xs[stop.next], spaces[stop.end], spaces[stop.next], stop.hyphen)


def _leaf(leaves: tuple[Leaf, ...], letter: int) -> Leaf:
    """Return the text that a letter stands in."""
    return leaves[bisect_right(leaves, letter, key=lambda leaf: leaf.start) - 1]


# --- Letters ---


@dataclass(slots=True)
class _Unrolling:
    """Collects the texts of a paragraph and how wide each of their letters is."""

    context: Any
    leaves: list[Leaf] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    begin: int = 0

    def add(self, box: Any, path: tuple[int, ...]) -> None:
        """Add what stands in a box."""
        for index, child in enumerate(box.children):
            before = len(self.widths)
            if not child.is_in_normal_flow():
                self.begin = before + 1
            elif isinstance(child, boxes.TextBox):
                self.leaves.append(Leaf(child, (*path, index), before))
                self.widths += _widths(self.context, child)
            elif isinstance(child, boxes.InlineBox):
                self.add(child, (*path, index))
                left, right = _aside(child.style, "left"), _aside(child.style, "right")
                if len(self.widths) > before:
                    self.widths[before] += left
                    self.widths[-1] += right
                elif left or right:
                    raise OnlyEngine
            else:
                raise OnlyEngine


def _aside(style: Any, side: str) -> float:
    """Return the room that a box takes beside its text, in px."""
    lengths = [style[f"margin_{side}"], style[f"padding_{side}"]]
    if any(getattr(length, "unit", "px") != "px" for length in lengths):
        raise OnlyEngine
    return float(sum(getattr(length, "value", 0) for length in lengths) + style[f"border_{side}_width"])


def _widths(context: Any, box: Any) -> list[float]:
    """Return how wide each letter of a text is, in px."""
    if box.style["white_space"] != "normal" or not box.style["font_size"] or UNPLANNED.search(box.text):
        raise OnlyEngine
    return letter_widths(context, box.text, box.style)


def letter_widths(context: Any, text: str, style: Any) -> list[float]:
    """Return how wide each letter of a text is in a style, in px."""
    encoded = text.encode()
    units = [0] * (len(encoded) + len(SPACES.encode()))
    layout = create_layout(text, style, context, None, 0)
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        offset = run.data.item.offset
        for letter, width in _glyphs(run.data.glyphs):
            units[offset + letter] += width
        run = run.next
    layout.deactivate()
    ends = tuple(accumulate(len(letter.encode()) for letter in text)) if len(encoded) > len(text) else ()
    sums = [sum(units[begin:end]) for begin, end in zip((0, *ends), ends, strict=False)] or units[: len(text)]
    _share(text, sums)
    return [units * FROM_UNITS for units in sums]


def _glyphs(glyphs: Any) -> Iterator[tuple[int, int]]:
    """Yield the byte that each glyph begins with and how wide it is, read as rows of numbers (1 % faster)."""
    count, number = glyphs.num_glyphs, ffi.sizeof("gint")
    size, width = ffi.sizeof("PangoGlyphInfo") // number, ffi.offsetof("PangoGlyphInfo", "geometry", "width") // number
    infos = memoryview(ffi.buffer(glyphs.glyphs, count * size * number)).cast("i")
    letters = memoryview(ffi.buffer(glyphs.log_clusters, count * number)).cast("i")
    return zip(letters, infos[width::size], strict=True)


def _share(text: str, widths: list[int]) -> None:
    """Share the width of a ligature, which is its first letter's, among its letters."""
    for letter in range(len(text) - 1, 0, -1):
        if not widths[letter] and text[letter].isalpha():
            begin = letter
            while begin and not widths[begin]:
                begin -= 1
            widths[begin : letter + 1] = [widths[begin] // (letter + 1 - begin)] * (letter + 1 - begin)


def _hyphen(context: Any, style: Any) -> float:
    """Return how wide a hyphen is, in px."""
    layout = create_layout(style["hyphenate_character"], style, context, None, 0)
    width = line_size(layout.get_first_line()[0], style)[0]
    layout.deactivate()
    return float(width)


# --- Stops ---


def _stops(context: Any, text: str, leaves: tuple[Leaf, ...]) -> Iterator[Stop]:
    """Yield where a paragraph may be broken, but for its end."""
    for letter in _line_breaks(text, leaves[0].box.style["lang"]):
        before = text[letter - 1]
        if before == " ":
            yield Stop(len(text[:letter].rstrip(" ")), letter)
        else:
            yield Stop(letter, letter, before == SOFT_HYPHEN)
    for word in WORD.finditer(text):
        yield from (Stop(letter, letter, True) for letter in _divisions(context, text, word, leaves))


def _line_breaks(text: str, language: str | None) -> list[int]:
    """Return the letters before which Pango breaks lines, but for the first: its marks are read as a row of numbers."""
    marks = memoryview(ffi.buffer(get_log_attrs(text, language))).cast("I")
    sign = _sign_of_a_line_break()
    return [letter for letter in range(1, len(text)) if marks[letter] & sign]


@cache
def _sign_of_a_line_break() -> int:
    return int(memoryview(ffi.buffer(ffi.new("PangoLogAttr[]", [{"is_line_break": 1}]))).cast("I")[0])


def _divisions(context: Any, text: str, word: re.Match[str], leaves: tuple[Leaf, ...]) -> Iterator[int]:
    """Yield where a word may be divided."""
    leaf = _leaf(leaves, word.start())
    style = leaf.box.style
    total, left, right = style["hyphenate_limit_chars"]
    language = style["lang"] and pyphen.language_fallback(style["lang"])
    beside = text[max(word.start() - 1, 0) : word.start()] + text[word.end() : word.end() + 1]
    if style["hyphens"] != "auto" or not language or len(word[0]) < total or SOFT_HYPHEN in beside:
        return
    if any(hyphen in beside for hyphen in "-\u2010") and len(word[0]) < LEAST_PART:
        return
    key = language, left, right, total  # as the engine has it
    dictionary = context.dictionaries.get(key)
    if dictionary is None:
        dictionary = context.dictionaries[key] = pyphen.Pyphen(lang=language, left=left, right=right)
    for position in dictionary.positions(word[0]):
        letter = word.start() + position
        if getattr(position, "data", None) is None and leaf.start < letter < leaf.start + len(leaf.box.text):
            yield letter
