"""Capitals and small capitals as Greek sets them."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes

SMALL = frozenset({"small-caps", "all-small-caps"})
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
# Two vowels of which the first has the accent are two syllables: without it the second needs a diaeresis.
_PARTED = ((re.compile("(?<=[άέόύΆΈΌΎ])ι"), "ϊ"), (re.compile("(?<=[άέήόΆΈΉΌ])υ"), "ϋ"))
_DIAERESIS = "\u0308"
# The word for "or" keeps its accent, which tells it from the article.
_OR = re.compile(r"(?<!\w)[ήΉ](?!\w)")


@contextmanager
def without_accents_in_greek() -> Iterator[None]:
    """Let the engine set Greek capitals and small capitals without accents for as long as the block runs.

    Small capitals are letters of the font, which mostly have theirs; of capitals the engine gets one pair wrong.
    """
    process = boxes.TextBox.process_text_transform

    def process_capitals(self: Any) -> None:
        style = self.style
        if (style["lang"] or "").partition("-")[0].lower() == "el" and (
            style["text_transform"] == "uppercase" or style["font_variant_caps"] in SMALL
        ):
            self.text = unaccented(self.text)
        process(self)

    boxes.TextBox.process_text_transform = process_capitals
    try:
        yield
    finally:
        boxes.TextBox.process_text_transform = process


def unaccented(text: str) -> str:
    """Return a text without the accents that Greek capitals don't have, letter for letter."""
    kept = {found.start() for found in _OR.finditer(text)}
    for vowel, parted in _PARTED:
        text = vowel.sub(parted, text)
    return "".join(
        _bare(letter) if _GREEK.match(letter) and at not in kept else letter for at, letter in enumerate(text)
    )


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    kept = (part for part in parts if part == _DIAERESIS or not unicodedata.combining(part))
    return unicodedata.normalize("NFC", "".join(kept))
