"""Quotation marks and clipped words by language: a language code comes in, the marks it uses come out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

NARROW_SPACE: Final = "\u202f"


@dataclass(frozen=True, slots=True)
class Quotes:
    """The marks for `"` and, inside or instead of them, for `'`."""

    outer_open: str
    outer_close: str
    inner_open: str
    inner_close: str

    def marks(self, typed: str) -> tuple[str, str]:
        """Return the opening and the closing mark for a typed one."""
        return (self.outer_open, self.outer_close) if typed == '"' else (self.inner_open, self.inner_close)


_ENGLISH: Final = Quotes("“", "”", "‘", "’")
_GERMAN: Final = Quotes("„", "“", "‚", "‘")
_SWEDISH: Final = Quotes("”", "”", "’", "’")
_SPANISH: Final = Quotes("«", "»", "“", "”")
_POINTED: Final = Quotes("«", "»", "‹", "›")
_NORWEGIAN: Final = Quotes("«", "»", "‘", "’")
_RUSSIAN: Final = Quotes("«", "»", "„", "“")
_FRENCH: Final = Quotes(f"«{NARROW_SPACE}", f"{NARROW_SPACE}»", "“", "”")

_QUOTES: Final[Mapping[str, Quotes]] = {
    "en": _ENGLISH,
    "bg": _GERMAN,
    "ca": _SPANISH,
    "cs": _GERMAN,
    "da": Quotes("»", "«", "›", "‹"),
    "de": _GERMAN,
    "de-ch": _POINTED,
    "de-li": _POINTED,
    "el": _SPANISH,
    "es": _SPANISH,
    "es-419": _ENGLISH,
    "es-mx": _ENGLISH,
    "es-us": _ENGLISH,
    "et": Quotes("„", "“", "«", "»"),
    "eu": _SPANISH,
    "fi": _SWEDISH,
    "fr": _FRENCH,
    "fr-ch": Quotes(f"«{NARROW_SPACE}", f"{NARROW_SPACE}»", f"‹{NARROW_SPACE}", f"{NARROW_SPACE}›"),
    "gl": _SPANISH,
    "hr": Quotes("„", "”", "‘", "’"),
    "hu": Quotes("„", "”", "»", "«"),
    "is": _GERMAN,
    "it": _SPANISH,
    "it-ch": _POINTED,
    "lt": _GERMAN,
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": Quotes("„", "”", "«", "»"),
    "pt": _SPANISH,
    "pt-br": _ENGLISH,
    "ro": Quotes("„", "”", "«", "»"),
    "ru": _RUSSIAN,
    "sk": _GERMAN,
    "sl": _GERMAN,
    "sr": Quotes("„", "”", "’", "’"),
    "sv": _SWEDISH,
    "uk": _RUSSIAN,
}
# Languages written in another script: set in Latin letters they take the marks of the text around them.
_OTHER_SCRIPT: Final = frozenset(
    {"ar", "be", "bg", "el", "fa", "he", "hi", "ja", "ka", "ko", "ru", "sr", "uk", "yi", "zh"}
)

# Words that begin with an apostrophe even where a quotation could begin, in small letters and without it.
_CLIPPED: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(
        {
            *("tis", "tisn", "twas", "twasn", "twere", "twill", "twould", "til", "em", "n", "neath", "tween"),
            *("twixt", "nuff", "struth"),
        }
    ),
    "de": frozenset({"s", "n", "ne", "nen", "nem", "ner"}),
    "nl": frozenset({"s", "t", "n", "k", "m"}),
    "it": frozenset({"ndrangheta", "ndranghete", "sto", "sta"}),
}
_NONE: Final[frozenset[str]] = frozenset()


@cache
def quotes(language: str) -> Quotes | None:
    """Return the marks of a language, English ones for a language not known; None for those of the text around it."""
    parts = language.casefold().split("-")
    if parts[0] in _OTHER_SCRIPT and "latn" in parts[1:]:
        return None
    for length in range(len(parts), 0, -1):
        if found := _QUOTES.get("-".join(parts[:length])):
            return found
    return _QUOTES.get("-".join((parts[0], parts[-1])), _ENGLISH)


@cache
def clipped(language: str) -> frozenset[str]:
    """Return the words of a language that begin with an apostrophe."""
    return _CLIPPED.get(language.casefold().partition("-")[0], _NONE)


@cache
def spaces_signs(language: str) -> bool:
    """Whether a language sets a narrow space before ; : ! and ?, as French does outside Canada."""
    parts = language.casefold().split("-")
    return parts[0] == "fr" and "ca" not in parts[1:]
