"""Adverts on pages: how much room each size has, and where the PDFs that came for them are placed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import floor
from typing import Any

from magbuild.artwork import Bleeds, Part, PlacedArtwork, is_pdf
from magbuild.layout import Layout, LayoutMistake
from magbuild.measure import Length, Size
from magbuild.model import AdvertSize, Issue, Story, StoryType
from magbuild.packing import COLUMNS, ROWS, SPANS, Cell, pack
from magbuild.pictures import UnreadablePicture, examine
from magbuild.problem import Place, Problem

Piece = dict[str, Any]  # a story as templates see it
ARTWORK_SCHEME = "artwork:"
TOKENS = "tokens"


CLOSE = 0.02  # share by which the proportions of a picture and its page may differ: its bleed takes it up
EXACT = 0.001  # mm: a sum that is a whole number but for the arithmetic counts as one


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where one of several adverts lies, from the left and the top of the type area or of a row.

    `index` says which of them; `beside` and `below`, that there is another to its left, or above it.
    """

    index: int
    left: Length
    top: Length
    size: Size
    beside: bool = False
    below: bool = False

    @property
    def css(self) -> str:
        """The spot as styles say it."""
        size = self.size
        return f"left:{self.left.css};top:{self.top.css};width:{size.width.css};height:{size.height.css}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The room that a magazine's pages have for adverts: the trim, the type area, and the gap between two."""

    trim: Size
    area: Size
    gap: Length

    def size(self, size: AdvertSize) -> Size:
        """Return the trimmed size of an advert; those that share a page are in whole millimetres."""
        if size is AdvertSize.FULL:
            return self.trim
        if size is AdvertSize.SPREAD:
            return Size(Length(2 * self.trim.width.mm), self.trim.height)
        columns, rows = SPANS[size]
        return Size(
            Length(float(max(1, floor(self._across(columns).mm - self.gap.mm + EXACT)))),
            Length(float(max(1, floor(self._down(rows).mm - self.gap.mm + EXACT)))),
        )

    def pages(self, sizes: Sequence[AdvertSize]) -> tuple[tuple[Spot, ...], ...]:
        """Lay adverts out on pages of their own."""
        return tuple(tuple(self._spot(cell, sizes, cell.row) for cell in cells) for cells in pack(sizes))

    def rows(self, sizes: Sequence[AdvertSize]) -> tuple[tuple[Spot, ...], ...]:
        """Lay adverts out in rows that stand between pieces of text; one that has none beside it in the middle."""
        found = []
        for cells in pack(sizes):
            for _, row in groupby(sorted(cells, key=lambda cell: (cell.row, cell.column)), lambda cell: cell.row):
                spots = tuple(self._spot(cell, sizes, 0) for cell in row)
                if len(spots) == 1:
                    left = Length((self.area.width.mm - spots[0].size.width.mm) / 2)
                    spots = (replace(spots[0], left=left, beside=False),)
                found.append(spots)
        return tuple(found)

    def _spot(self, cell: Cell, sizes: Sequence[AdvertSize], row: int) -> Spot:
        return Spot(
            index=cell.index,
            left=self._across(cell.column),
            top=self._down(row),
            size=self.size(sizes[cell.index]),
            beside=cell.column > 0,
            below=row > 0,
        )

    def _across(self, columns: int) -> Length:
        return Length(columns * (self.area.width.mm + self.gap.mm) / COLUMNS)

    def _down(self, rows: int) -> Length:
        return Length(rows * (self.area.height.mm + self.gap.mm) / ROWS)


def rooms_of(issue: Issue, layout: Layout) -> Rooms:
    """Return the rooms of an issue in a layout.

    Raises LayoutMistake when the layout's margins aren't plain lengths, or leave no room.
    """
    trim = issue.magazine.trim
    side, top, foot, gap = (_token(layout, name) for name in ("side", "top", "foot", "gap"))
    area = Size(Length(trim.width.mm - 2 * side.mm), Length(trim.height.mm - top.mm - foot.mm))
    return Rooms(trim=trim, area=area, gap=gap)


def _token(layout: Layout, name: str) -> Length:
    """Return a length that the layout's tokens set; the last one counts, as in the cascade."""
    text = re.sub(r"/\*.*?\*/", "", layout.stylesheet(TOKENS), flags=re.DOTALL)
    values = re.findall(rf"(?<![\w-])--{name}\s*:\s*([^;}}]+)", text)
    try:
        return Length.parse(values[-1]) if values else Length(0)
    except ValueError:
        message = f"--{name} is '{values[-1].strip()}', from which no size of an advert can be told"
        place = Place(layout.chain[0] / "styles" / f"{TOKENS}.css")
        raise LayoutMistake(Problem(place, "layout-style", message, "write a plain length, such as 17mm")) from None


# --- Adverts among the pieces that templates set ---


def is_partial(story: Story) -> bool:
    """Whether a story is an advert that shares its page with others."""
    advert = story.front.advert
    return story.front.type is StoryType.ADVERT and advert is not None and advert.size.partial


def sheets_of(rooms: Rooms | None, stories: Sequence[Story], pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the adverts on each page of a galley of adverts, those that share pages each with its `room`."""
    advert = stories[0].front.advert
    if rooms is None or not is_partial(stories[0]):
        return [list(pieces)] * (2 if advert is not None and advert.size is AdvertSize.SPREAD else 1)
    return [_in_rooms(pieces, spots) for spots in rooms.pages(_sizes(stories))]


def in_rows(rooms: Rooms | None, stories: Sequence[Story], pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a department; for adverts that follow each other, one piece with their `row`.

    An advert opens no section: it counts to that of what it follows.
    """
    section = next((piece["section"] for piece in pieces if piece["type"] != StoryType.ADVERT), None)
    together = zip(stories, pieces, strict=True)
    for partial, run in groupby(together, lambda pair: rooms is not None and is_partial(pair[0])):
        pairs = list(run)
        if partial and rooms is not None:
            for spots in rooms.rows(_sizes([story for story, _ in pairs])):
                row = _in_rooms([piece for _, piece in pairs], spots)
                yield {**row[0], "section": section, "row": row}
        else:
            yield from (piece for _, piece in pairs)
            section = pairs[-1][1]["section"]


def _sizes(stories: Sequence[Story]) -> list[AdvertSize]:
    return [story.front.advert.size for story in stories if story.front.advert]


def _in_rooms(pieces: Sequence[Piece], spots: Sequence[Spot]) -> list[Piece]:
    return [{**pieces[spot.index], "room": spot} for spot in spots]


# --- Supplied artwork ---


def fit_of(issue: Issue, story: Story) -> str:
    """Return how supplied artwork takes its place: "whole" for PDFs, which editions place, and for pictures that
    have the proportions of the page, "close"; others stand "loose" in the middle.
    """
    advert = story.front.advert
    if advert is None or advert.artwork is None or is_pdf(path := issue.folder / advert.artwork.file):
        return "whole"
    if advert.size.partial:
        return "loose"
    try:
        facts = examine(path)
    except UnreadablePicture:  # told of when the issue was read
        return "close"
    pages = 2 if advert.size is AdvertSize.SPREAD else 1
    trim = issue.magazine.trim
    proportion = facts.width / facts.height / (pages * trim.width.mm / trim.height.mm)
    return "close" if abs(proportion - 1) <= CLOSE else "loose"


def supplied_artwork(issue: Issue, story: Story) -> tuple[PlacedArtwork, ...]:
    """Return the PDF that came for an advert, for each page it is placed on; nothing when none came."""
    advert = story.front.advert
    if advert is None or advert.artwork is None or not is_pdf(path := issue.folder / advert.artwork.file):
        return ()
    parts = (Part.VERSO, Part.RECTO) if advert.size is AdvertSize.SPREAD else (Part.WHOLE,)
    return tuple(
        PlacedArtwork(
            advert=story.slug,
            file=advert.artwork.file,
            path=path,
            address=f"{ARTWORK_SCHEME}{story.slug}" + (f".{part}" if part is not Part.WHOLE else ""),
            bleed=_bleed(issue.magazine.bleed.pt, advert.size, part),
            part=part,
        )
        for part in parts
    )


def _bleed(bleed: float, size: AdvertSize, part: Part) -> Bleeds:
    """Return how far an advert's place reaches over the trim: nowhere inside the page, not at the gutter."""
    if size.partial:
        return (0.0, 0.0, 0.0, 0.0)
    return (0.0 if part is Part.RECTO else bleed, bleed, 0.0 if part is Part.VERSO else bleed, bleed)
