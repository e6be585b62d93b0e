"""The builder's own words in the languages it speaks, dates as each language writes them, and which way it runs."""

import datetime
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from anyascii import anyascii
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

# Languages with a complete table of the builder's words in `words/`. Tables of "de-CH" and the like hold what differs.
LANGUAGES: Final = (*("cs", "da", "de", "el", "en", "es", "fi", "fr", "it", "nb", "nl", "pl", "pt", "ru", "sv", "uk"),)
VARIANTS: Final = ("de-CH", "de-LI", "pt-BR")
_SAME: Final = MappingProxyType({"no": "nb"})
# Scripts that are written from right to left, as language codes name them (ISO 15924).
_FROM_THE_RIGHT: Final = frozenset({"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "syrc", "thaa"})
# Letters that a language spells out where it has only ASCII; others are transliterated alike everywhere.
_SPELT_OUT: Final = MappingProxyType(
    {
        "de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"}),
        "da": str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
        "nb": str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
    }
)


# The words that only `magbuild new` says.
SEASONS: Final = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language the builder writes in: a BCP 47 code, and a magazine's own words over the table's."""

    code: str
    own_words: Mapping[str, str] = field(default_factory=dict)

    @property
    def locale(self) -> Locale:
        """The Babel locale of the code, without what Babel doesn't know of it."""
        try:
            return Locale.parse(self.code, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en")

    @property
    def is_spoken(self) -> bool:
        """Whether the builder has words of its own in this language."""
        return _base(self.code) in LANGUAGES

    def told_in(self, code: str) -> "Language":
        """Return the language in which the builder speaks within a text in another one: that one, if it can."""
        base = _base(code)
        if base == _base(self.code) or base not in LANGUAGES:
            return self
        return Language(code=code)

    @property
    def spoken(self) -> str:
        """The code of the language that `say` speaks: English where this one has no table."""
        return self.code if self.is_spoken else "en"

    def say(self, word: str, **parts: object) -> str:
        """Return one of the builder's words, in English where the language has no table; KeyError for a typo."""
        return (self.own_words.get(word) or words_of(self.code)[word]).format(**parts)

    def join(self, names: Sequence[str]) -> str:
        """Return "A, B and C" as the language writes it."""
        return format_list(list(names), locale=self.locale)

    def day(self, when: datetime.date) -> str:
        """Return a full date, such as "16 May 2026"."""
        return format_date(when, format="long", locale=self.locale)

    def date(self, typed: str) -> str:
        """Return a date that was typed in figures, 1999-05-01, as `day` does; any other words as they are."""
        try:
            return self.day(datetime.date.fromisoformat(typed))
        except ValueError:
            return typed

    def weekday(self, when: datetime.date) -> str:
        """Return a date with its weekday, such as "Saturday, 16 May 2026"."""
        return format_date(when, format="full", locale=self.locale)

    def days(self, first: datetime.date, last: datetime.date | None) -> str:
        """Return a date or a span of dates as an event announces it."""
        if last is None or last == first:
            return self.weekday(first)
        if (first.year, first.month) == (last.year, last.month):
            # CLDR's intervals shorten the month in some languages, even if asked for all of it.
            leading = re.match(r"d\.?", self.locale.date_formats["long"].pattern)
            if leading is None:
                return format_interval(first, last, "yMMMMd", locale=self.locale)
            return f"{leading[0].replace('d', str(first.day))}–{self.day(last)}"
        if first.year == last.year:
            return f"{format_skeleton('MMMMd', first, locale=self.locale)} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"


@cache
def words_of(code: str) -> Mapping[str, str]:
    """Return the builder's words in a language, those of its country over it; English ones where there is no table."""
    base = _base(code)
    words = _table(base if base in LANGUAGES else "en")
    variant = next((name for name in VARIANTS if name.casefold() == code.casefold()), "")
    return MappingProxyType({**words, **_table(variant)} if variant else words)


def _base(code: str) -> str:
    language = code.partition("-")[0].casefold()
    return _SAME.get(language, language)


@cache
def _table(name: str) -> Mapping[str, str]:
    return tomllib.loads((files("magbuild") / "words" / f"{name}.toml").read_text("utf-8"))


@cache
def direction(code: str) -> str:
    """Return "rtl" for a language that is written from right to left, "ltr" for all others.

    A script in the code decides: "ar-Latn" runs from the left; CLDR knows the rest.
    """
    script = next((part for part in code.casefold().split("-")[1:] if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _FROM_THE_RIGHT else "ltr"
    try:
        order = Locale.parse(_base(code)).character_order
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if order == "right-to-left" else "ltr"


def tongue(code: str, around: str) -> str:
    """Return the attributes of an element in a language: `lang`, and `dir` when the text around it runs otherwise."""
    turned = f' dir="{direction(code)}"' if direction(code) != direction(around) else ""
    return f'lang="{code}"{turned}'


def slugged(title: str, language: str = "") -> str:
    """Return a title as a slug: ASCII letters and digits with hyphens between words.

    Letters of other scripts are transliterated ("Άνοιξη" gives "anoixi"), those of `language` as it spells them out.
    """
    letters = title.casefold().translate(_SPELT_OUT.get(_base(language), {}))
    return re.sub(r"[^a-z0-9]+", "-", in_ascii(letters).lower().replace("'", "")).strip("-")


def in_ascii(text: str) -> str:
    """Return a text with the letters of all scripts transliterated into ASCII."""
    return anyascii(text)
