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
from magbuild.paginate.boxtree import pieces
from magbuild.paginate.notecalls import feet_of_notes


def starts(document: weasyprint.Document, stories: Collection[str]) -> Iterator[tuple[Spot, ...]]:
    """Yield for each page the spots at which the stories on it begin or go on, in the order of the page.

    `stories` are the slugs of those that stand in the galley. What floats to the foot of a page is its beginning only
    when nothing else is there.
    """
    root, *_ = document.pages[0]._page_box.children
    reader = _Reader(_Source(stories).read(root.element))
    for page in document.pages:
        found: dict[str, Spot] = {}
        notes = {id(piece) for foot in feet_of_notes(page) for piece in pieces(foot)}
        for piece in pieces(page._page_box):  # the text first, then what floats to the foot
            spot = reader.spot(piece, ahead=id(piece) in notes)
            if spot is not None:
                found.setdefault(spot.story, spot)
        yield tuple(found.values())


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

    def take(self, length: int) -> Spot | None:
        """Return the spot before the next letters, which are seen with that; None when all were seen before."""
        if self.seen >= self.length:
            return None
        run = bisect_right(self.before, self.seen) - 1
        spot = _further(self.spots[run], self.seen - self.before[run])
        self.seen += length
        return spot


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
    """Goes through the boxes of all pages; `reached` is how far each story has come."""

    source: _Source
    reached: dict[str, Spot] = field(default_factory=dict)

    def spot(self, piece: boxes.Box, ahead: bool) -> Spot | None:
        """Return the spot at which a box begins; None for what says nothing of it, such as the head of a table again.

        What stands `ahead` of its place in the story, as notes at the foot of pages do, isn't reached with it.

        What comes first of a story is its head, even where it has none of its own under that of its department.
        """
        text = self.source.texts.get(piece.element)
        length = letters(piece.text) if isinstance(piece, boxes.TextBox) else 1
        if not length:
            return None
        spot = text.take(length) if text is not None else self._frame(piece.element)
        if spot is None:
            return None
        end = _further(spot, length) if text is not None else spot
        known = self.reached.get(spot.story)
        if not ahead:
            self.reached[spot.story] = end if known is None else max(known, end)
        return spot if known is not None else Spot(spot.story, Part.HEAD)

    def _frame(self, element: Any) -> Spot | None:
        """Return the spot next to what templates have put around a text: a byline, the head of the notes."""
        story = self.source.frames.get(element)
        if not story:
            return None
        reached = self.reached.get(story, Spot(story, Part.BODY))
        before_notes = element in self.source.before_notes and reached.part is not Part.NOTES
        return Spot(story, Part.NOTES) if before_notes else reached


def _further(spot: Spot, count: int) -> Spot:
    return Spot(spot.story, spot.part, spot.letters + count)
