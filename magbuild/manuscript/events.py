"""The tree that Markdown made, with its stash of raw HTML: it comes in as a tree, it goes out as a row of events."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER

from magbuild.manuscript.engine import Parsed
from magbuild.manuscript.rawhtml import Lasting, Token, Whole, decode, tokens

_PLACEHOLDER: Final = re.compile(HTML_PLACEHOLDER % r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Start:
    """An element of Markdown's begins."""

    element: Element


@dataclass(frozen=True, slots=True)
class End:
    """An element of Markdown's ends."""

    element: Element


@dataclass(frozen=True, slots=True)
class Text:
    """Text, with entities as characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A raw tag of the manuscript, as typed; a lasting one stays open when the paragraph that it is in ends."""

    token: Token
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A whole piece of raw HTML begins, or ends, where all its tags are closed."""

    begins: bool


Event = Start | End | Text | Tag | Piece


def events(parsed: Parsed) -> Iterator[Event]:
    """Yield everything in a tree, in reading order, without its root."""
    todo: list[Event | Element] = []
    _schedule(parsed.root, todo, parsed.stash)
    while todo:
        item = todo.pop()
        if isinstance(item, Element):
            yield Start(item)
            todo.append(End(item))
            _schedule(item, todo, parsed.stash)
        else:
            yield item


def _schedule(element: Element, todo: list[Event | Element], stash: Sequence[str]) -> None:
    """Put an element's content on the list of what is to be done, last things first."""
    content: list[Event | Element] = list(_text(element.text, stash))
    for child in element:
        content.append(child)
        content.extend(_text(child.tail, stash))
    todo.extend(reversed(content))


def _text(text: str | None, stash: Sequence[str]) -> Iterator[Event]:
    """Yield a text and the raw HTML in it."""
    if not text:
        return
    done = 0
    for found in _PLACEHOLDER.finditer(text):
        if found.start() > done:
            yield Text(decode(text[done : found.start()]))
        done = found.end()
        if int(found[1]) < len(stash):
            yield from _raw(stash[int(found[1])], stash)
    if done < len(text):
        yield Text(decode(text[done:]))


def _raw(piece: str, stash: Sequence[str]) -> Iterator[Event]:
    whole = isinstance(piece, Whole)
    if whole:
        yield Piece(True)
    for token in tokens(piece):
        if token.name:
            yield Tag(token, isinstance(piece, Lasting))
        else:
            yield from _text(token.text, stash)
    if whole:
        yield Piece(False)
