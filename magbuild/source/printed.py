"""Printed words, or a spot in a field's text, come in; the place in a file where they were typed comes out."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from magbuild.problem import Place, Report
from magbuild.source.text import read_text, spot

FEWEST = 4  # letters: fewer may stand anywhere
# How many letters are looked for: the more, the surer, but they may reach over an address or a note.
LENGTHS = (40, 20, 10)
_KEY = re.compile(r"[\w-]+\s*:")


def place_of_words(printed: str, path: Path) -> Place | None:
    """Return where in a file words were typed that stand on a page; None when they weren't, or can't be told apart.

    Only letters and figures count, so it doesn't matter how the words were marked up, broken or hyphenated.
    """
    text = read_text(path, Report()) or ""
    typed, offsets = _letters_of(text)
    for words in _openings(printed):
        at = typed.find(words)
        if at >= 0:
            return Place(path, *spot(text, offsets[at]))
    return None


def place_of_name(name: str, path: Path) -> Place | None:
    """Return where in a file a name, such as that of a picture, is written; None where it isn't."""
    text = read_text(path, Report()) or ""
    at = text.find(name)
    return Place(path, *spot(text, at)) if name and at >= 0 else None


def place_in_text(text: str, at: int, field: Place) -> Place:
    """Return where in its file an offset of a field's text was typed; the field's place when YAML writes it otherwise.

    What stands there is found again by counting how often it stands before, whichever way the lines are folded.
    """
    [sign] = text[at:].split(maxsplit=1)[:1] or [""]
    line, column = field.line or 1, field.column or 1
    lines = (read_text(field.path, Report()) or "").split("\n")[line - 1 :]
    own = [*lines[:1], *takewhile(lambda more: not more[:column].strip(), lines[1:])]  # no further key beside its own
    typed = "\n".join(own)
    key = _KEY.match(typed, column - 1)
    found = (key.end() if key else column - 1) - 1
    for _ in range(text.count(sign, 0, at) + 1):
        found = typed.find(sign, found + 1)
        if not sign or found < 0:
            return field
    down, across = spot(typed, found)
    return Place(field.path, line + down - 1, across)


@lru_cache(maxsize=16)  # several things are looked for in the same story
def _letters_of(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the letters of a text, and where each of them stands."""
    pairs = [(letter, offset) for offset, sign in enumerate(text) for letter in _letters(sign)]
    return "".join(letter for letter, _ in pairs), tuple(offset for _, offset in pairs)


@lru_cache(maxsize=4096)
def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words).casefold()))


def _openings(printed: str) -> Iterator[str]:
    """Yield what to look for: the letters from each word on, ever fewer of them."""
    words = printed.replace("\N{SOFT HYPHEN}", "").split()
    for first in range(len(words)):
        letters = _letters("".join(words[first:]))
        if len(letters) >= FEWEST:
            yield from dict.fromkeys(letters[:length] for length in LENGTHS)
