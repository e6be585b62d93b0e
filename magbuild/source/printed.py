"""Printed words come in; the place in a manuscript where they were typed comes out."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from magbuild.problem import Place, Report
from magbuild.source.text import read_text, spot

FEWEST = 4  # letters: fewer may stand anywhere
# How many letters are looked for: the more, the surer, but they may reach over an address or a note.
LENGTHS = (40, 20, 10)


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
