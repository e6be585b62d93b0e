"""Places in a story's text, counted in letters: a tree comes in, the same place comes out for pages and e-book.

White space, hyphens and what is invisible don't count, since lines break and words are divided there; nor do words
that differ by edition, and fillers, which stand elsewhere on pages. A picture, a drawing or a formula counts as one
letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

AT: Final = "data-at"  # says at which spot a block of a story's text begins, in galleys and while an e-book is made
_UNCOUNTED: Final = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2010\u2011\u202a-\u202e\u2060-\u2069\ufeff-]+"
)
_PICTURES: Final = frozenset({"img", "svg", "math"})


class Part(IntEnum):
    """A part of a story: its head, the facts of its event, its text, its notes."""

    HEAD = 0
    FACTS = 1
    BODY = 2
    NOTES = 3


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a story: how many letters of which part stand before it. Of two in a story the later is greater."""

    story: str
    part: Part
    letters: int = 0

    def __str__(self) -> str:
        return f"{self.story} {self.part.name.lower()} {self.letters}"

    @staticmethod
    def read(text: str) -> "Spot":
        """Return the spot that was written as text."""
        story, part, letters = text.split()
        return Spot(story, Part[part.upper()], int(letters))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text in a tree: the text of `holder` or, with `behind`, what follows it.

    The text belongs to `owner`. `start` letters stand before it, and it has `length` of them. Without a text, it is
    a picture, or the end of a line.
    """

    owner: Any
    holder: Any
    behind: bool
    text: str
    start: int
    length: int


def letters(text: str) -> int:
    """Return how many letters of a text count. They count as capitals: pages may be set in them, and ß is then SS."""
    return len(_UNCOUNTED.sub("", text.upper()))


def stretches(block: Any, start: int = 0) -> Iterator[Stretch]:
    """Yield the runs of text and the pictures of an element in order; `start` letters stand before it.

    Takes trees of lxml and of the standard library, with and without namespaces.
    """
    if not isinstance(block.tag, str) or _differs(block):
        return
    name = local_name(block)
    if name in _PICTURES or name == "br":
        yield Stretch(block, block, False, "", start, int(name != "br"))
        return
    if block.text:
        length = letters(block.text)
        yield Stretch(block, block, False, block.text, start, length)
        start += length
    for child in block:
        for stretch in stretches(child, start):
            yield stretch
            start += stretch.length
        if child.tail:
            length = letters(child.tail)
            yield Stretch(block, child, True, child.tail, start, length)
            start += length


def stamp(tree: Any, story: str, part: Part) -> None:
    """Write on each block of a part of a story at which spot it begins."""
    start = 0
    for block in tree:
        block.set(AT, str(Spot(story, part, start)))
        start += sum(stretch.length for stretch in stretches(block))


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _differs(element: Any) -> bool:
    """Whether the words in an element depend on the edition: pages named in links, numbers before notes, fillers."""
    classes = (element.get("class") or "").split()
    only_page = "story-link" in classes and "only" in classes
    return only_page or not {"page-reference", "filler"}.isdisjoint(classes) or element.get("role") == "doc-backlink"
