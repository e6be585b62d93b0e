"""What a structure is made of: pieces of content that lie on pages, and elements that hold them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import Element

Facts = Mapping[str, str]
Attributes = Mapping[str, Mapping[str, str | int | Sequence[str] | Sequence[float]]]


class Part(StrEnum):
    """What of its element a piece of content is."""

    TEXT = "text"
    PICTURE = "picture"
    LINK = "link"  # the area of a page that leads somewhere
    LABEL = "label"  # the sign or number before an item of a list or a note


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Content:
    """A piece of an element's content on a page (from 0); `mark` is by what it is known there.

    The element of a link is the one that names where it leads. `box` is where a picture lies: left, bottom, right
    and top, in pt. `said` is what text says where it is drawn in another order, from left to right.
    """

    element: Element
    part: Part
    page: int
    mark: Any
    box: tuple[float, float, float, float] | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A structure element: its type, what it holds, its facts (Alt, Lang …) and its attributes by their owner."""

    kind: str
    kids: tuple["Piece", ...]
    facts: Facts = field(default_factory=dict)
    attributes: Attributes = field(default_factory=dict)

    def contents(self) -> Iterator[Content]:
        """Yield all content that lies in it, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            else:
                yield kid


Piece = Node | Content
