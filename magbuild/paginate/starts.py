"""Where each page begins: a galley's source and its pages come in, the first spot of each story on each page comes out.

Pages are cut from running text in its order, so a page begins before the first letter that stands on it. Letters are
counted in the boxes of the very layout that is printed.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes

from magbuild.letters import AT, Part, Spot, letters, stretches
from magbuild.paginate.boxtree import feet, pieces


def starts(document: weasyprint.Document, stories: Collection[str]) -> Iterator[tuple[Spot, ...]]:
    """Yield for each page the spots at which the stories on it begin or go on, in the order of the page.

    `stories` are the slugs of those that stand in the galley. What floats to the foot of a page is no beginning of
    it, unless nothing else is there.
    """
    root, *_ = document.pages[0]._page_box.children
    reader = _Reader(_Source(stories).read(root.element))
    for page in document.pages:
        floating = {id(piece) for foot in feet(page) for piece in pieces(foot)}
        flow: dict[str, Spot] = {}
        floats: dict[str, Spot] = {}
        for piece in pieces(page._page_box):
            spot = reader.spot(piece)
            if spot is not None:
                (floats if id(piece) in floating else flow).setdefault(spot.story, spot)
        yield tuple(reader.begin(spot) for spot in (flow or floats).values())


@dataclass(slots=True)
class _Text:
    """The text that an element itself holds, in runs amid its children: its letters before each, and the spot there."""

    before: list[int] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    length: int = 0
    seen: int = 0

    def add(self, spot: Spot, length: int) -> None:
        self.before.append(self.length)
        self.spots.append(spot)
        self.length += length

    def next(self) -> Spot:
        """Return the spot before the first letter that wasn't seen yet."""
        run = bisect_right(self.before, self.seen) - 1
        return _further(self.spots[run], self.seen - self.before[run])


@dataclass(slots=True)
class _Source:
    """A galley's tree: the texts of manuscripts by element, and the story of each element around them."""

    stories: Collection[str]
    texts: dict[Any, _Text] = field(default_factory=dict)
    frames: dict[Any, str] = field(default_factory=dict)
    before_notes: set[Any] = field(default_factory=set)

    def read(self, root: Any) -> "_Source":
        self._read(root, next(iter(self.stories)) if len(self.stories) == 1 else "")
        return self

    def _read(self, element: Any, story: str) -> set[Part]:
        """Read an element; return the parts of stories that are in it."""
        if not isinstance(element.tag, str):
            return set()
        if AT in element.attrib:
            spot = Spot.read(element.get(AT))
            self._count(element, spot)
            return {spot.part}
        story = self.frames[element] = element.get("id") if element.get("id") in self.stories else story
        parts = set[Part]().union(*(self._read(child, story) for child in element))
        if parts == {Part.NOTES}:
            self.before_notes.update(element.iter())
        return parts

    def _count(self, block: Any, spot: Spot) -> None:
        for stretch in stretches(block, spot.letters):
            text = self.texts.setdefault(stretch.owner, _Text())
            text.add(Spot(spot.story, spot.part, stretch.start), stretch.length)
            if not stretch.text:  # a picture, or a formula with elements of its own
                self.texts |= dict.fromkeys(stretch.owner.iter(), text)


@dataclass(slots=True)
class _Reader:
    """Goes through the boxes of all pages: `reached` is how far each story has come, `begun` where a page began it."""

    source: _Source
    reached: dict[str, Spot] = field(default_factory=dict)
    begun: dict[str, Spot] = field(default_factory=dict)

    def spot(self, piece: boxes.Box) -> Spot | None:
        """Return the spot at which a box begins; None for what says nothing of it, such as the head of a table again.

        What comes first of a story is its head, even where it has none of its own under that of its department.
        """
        length = letters(piece.text) if isinstance(piece, boxes.TextBox) else 1
        text = self.source.texts.get(piece.element)
        if not length or (text is not None and text.seen >= text.length):
            return None
        spot = end = text.next() if text is not None else self._frame(piece.element)
        if spot is None or end is None:
            return None
        if text is not None:
            text.seen += length
            end = _further(spot, length)
        known = self.reached.get(spot.story)
        self.reached[spot.story] = end if known is None else max(known, end)
        return spot if known is not None else Spot(spot.story, Part.HEAD)

    def _frame(self, element: Any) -> Spot | None:
        """Return the spot next to what templates have put around a text: a byline, the head of the notes."""
        story = self.source.frames.get(element)
        if not story:
            return None
        reached = self.reached.get(story, Spot(story, Part.BODY))
        before_notes = element in self.source.before_notes and reached.part is Part.BODY
        return Spot(story, Part.NOTES) if before_notes else reached

    def begin(self, spot: Spot) -> Spot:
        """Begin a page at a spot, or where its story has come to, when the page before it began behind that spot."""
        before = self.begun.get(spot.story, spot)
        self.begun[spot.story] = spot if spot >= before else self.reached[spot.story]
        return self.begun[spot.story]


def _further(spot: Spot, count: int) -> Spot:
    return Spot(spot.story, spot.part, spot.letters + count)
