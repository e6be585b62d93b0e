"""Fonts that the layout engine may set with, those of the layout and none of the machine, and what they lack."""

import os
import re
import unicodedata
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from magbuild.glyphs import letters_in, letters_of

_FACE = re.compile(r'@font-face\s*{\s*font-family:\s*"?([^";]+)"?;.*?src:\s*url\("([^"]+)"\)', re.DOTALL)
# What any text font has, so that plain text needs no look at the fonts.
_PLAIN = re.compile("[^\x00-\x7f\u00a0-\u00ff\u2009\u200b\u2013\u2014\u2018-\u201e\u2026\u202f\u2060]")
NAMED_BY = "FONTCONFIG_FILE"  # the variable by which fontconfig is told its rules


@contextmanager
def without_the_machines_fonts() -> Iterator[None]:
    """Let fontconfig find no fonts of its own and no rules for as long as the block runs.

    It would take any font of the machine for a letter that the layout's fonts lack: another one on each machine,
    under whatever licence, that the e-book can't have. Whoever begins to use fonts in the block keeps to this.
    """
    before = os.environ.get(NAMED_BY)
    os.environ[NAMED_BY] = str(Path(__file__).with_name("fonts.conf"))
    try:
        yield
    finally:
        if before is None:
            del os.environ[NAMED_BY]
        else:
            os.environ[NAMED_BY] = before


def borrowed(styles: str, families: Sequence[str], text: str) -> Iterator[str]:
    """Yield the letters of a text in some families that these lack, so that another font of the layout has to do."""
    letters = set(_PLAIN.findall(text))
    if letters:
        there = _letters_of_families(styles)
        known = frozenset().union(*(there.get(family, frozenset()) for family in families))
        others = frozenset().union(*there.values())
        for letter in sorted((letters & others) - known):
            if unicodedata.category(letter)[0] != "Z":  # spaces are made by any font
                yield letter


@lru_cache(maxsize=2)
def _letters_of_families(styles: str) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for family, address in _FACE.findall(styles):
        scheme, _, data = address.partition(",")
        if scheme.startswith("data:"):
            found[family] |= letters_in(b64decode(data))
        else:
            found[family] |= letters_of(Path(unquote(urlsplit(address).path)))
    return {family: frozenset(letters) for family, letters in found.items()}
