"""Marks: offsets of the manuscript go in, characters that ride through Markdown and are found in its tree come out.

Markdown forgets where things stood. So what can go wrong gets a mark before it is read: noncharacters of Unicode,
which no manuscript may hold, spelling the offset of the thing. `strip` takes all of them away again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Every character used here is a noncharacter of this range; they are dropped from what an editor typed.
RESERVED: Final = "\ufdd0-\ufdef"
_CLOSE: Final = "\ufdd1"
_DIGITS: Final = "".join(chr(0xFDE0 + digit) for digit in range(16))


class Kind(StrEnum):
    """What a mark stands at; its first character."""

    ADDRESS = "\ufdd0"  # before the address of a link or picture, or a note's name
    TAG = "\ufdd2"  # behind the name of a raw tag, after a space
    ATTRIBUTES = "\ufdd3"  # first in an attribute list, as the value of "x"
    HEADING = "\ufdd4"  # behind the words of a heading, after a space
    SLASHES = "\ufdd5"  # behind "///" where no block can begin or end
    UNKNOWN = "\ufddc"  # behind the "<" of a tag that isn't HTML
    BLOCK = "\ufddd"  # not an offset: the number of a block


# Characters that mean themselves, whatever stands around them.
LITERALS: Final = {"<": "\ufdd6", "{": "\ufdd7", '"': "\ufdd8", "'": "\ufdd9", "-": "\ufdda", ".": "\ufddb"}
_RESTORED: Final = str.maketrans({stand_in: character for character, stand_in in LITERALS.items()})

_NUMBER: Final = f"([{_DIGITS}]+){_CLOSE}"
ATTRIBUTES_START: Final = f"x={Kind.ATTRIBUTES}{_NUMBER} "
_MARK: Final = re.compile(
    f"{ATTRIBUTES_START}|[ ]?[{Kind.TAG}{Kind.HEADING}]{_NUMBER}"
    f"|[{Kind.ADDRESS}{Kind.SLASHES}{Kind.UNKNOWN}{Kind.BLOCK}]{_NUMBER}"
)
_ANY: Final = re.compile(f"([{''.join(Kind)}]){_NUMBER}")
_LEFT: Final = re.compile(f"[{RESERVED}]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that was found, and the offset or number it spells."""

    kind: Kind
    number: int


def spell(kind: Kind, number: int) -> str:
    """Return a mark as it stands in text, with what must stand around it."""
    code = kind + "".join(_DIGITS[int(digit, 16)] for digit in f"{number:x}") + _CLOSE
    if kind is Kind.ATTRIBUTES:
        return f"x={code} "
    return f" {code}" if kind in (Kind.TAG, Kind.HEADING) else code


def find(text: str) -> Iterator[Mark]:
    """Yield the marks of a text in their order."""
    for found in _ANY.finditer(text):
        digits = "".join(f"{_DIGITS.index(digit):x}" for digit in found[2])
        yield Mark(Kind(found[1]), int(digits, 16))


def first(text: str, *kinds: Kind) -> int | None:
    """Return the number of the first mark of these kinds (none named: of any), if there is one."""
    return next((mark.number for mark in find(text) if not kinds or mark.kind in kinds), None)


def strip(text: str) -> str:
    """Return a text without its marks; literal characters stay stand-ins until `restore`."""
    return _MARK.sub("", text) if _LEFT.search(text) else text


def restore(text: str) -> str:
    """Return a text as it will be printed: no marks, and literal characters as themselves."""
    if not _LEFT.search(text):
        return text
    return _LEFT.sub("", _MARK.sub("", text).translate(_RESTORED))
