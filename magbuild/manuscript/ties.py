"""Spaces at which no line may end, by language: a text comes in, the offsets of such spaces come out."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

# Words of one letter that may not be the last of a line: prepositions and conjunctions that lean on the next word.
_LEANING: Final[Mapping[str, str]] = {
    "cs": "aikosuvz",
    "pl": "aiouwz",
    "ru": "авикосуя",
    "sk": "aikosuvz",
    "uk": "авзйіоуя",
}
# Languages in which a line may not begin with a dash.
_DASHED: Final = frozenset({"ru", "uk"})
_LETTERS: Final = "".join(sorted(set("".join(_LEANING.values()))))
_TIED = re.compile(
    rf"(?<![\w’'.])(?P<word>[{_LETTERS}])(?P<behind>[ \n])(?=[\w«„“\"'(])"
    r"|(?<=[^\s\d])(?P<before>[ \n])(?=(?:-{2,3}|[–—])[ \n])"
    # A second dash of two, as in "he said -- and meant it --, that": no line begins with it in any language.
    r"|(?<=\S)(?P<closing>[ \n])(?=(?:-{2,3}|[–—])[,;:.!?)])",
    re.IGNORECASE,
)


def ties(text: str, language: Callable[[int], str]) -> Iterator[int]:
    """Yield the offsets of spaces that keep two words on one line; `language` is the one in force at an offset."""
    for found in _TIED.finditer(text):
        code = language(found.start()).casefold().partition("-")[0]
        if found["closing"]:
            yield found.start("closing")
        elif found["word"]:
            if found["word"].casefold() in _LEANING.get(code, ""):
                yield found.start("behind")
        elif code in _DASHED:
            yield found.start("before")


def needs_ties(text: str, language: str) -> bool:
    """Whether some spaces of a text may keep words together."""
    return any(language.casefold().partition("-")[0] in _LEANING or found["closing"] for found in _TIED.finditer(text))
