"""The builder's own words in the languages it speaks, and dates as each language writes them."""

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

# One table per language; `{…}` are filled in by `Language.say`. A magazine overrides single words under `words:`.
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "contents": "Contents",
            "in_this_issue": "In this issue",
            "cover": "Cover",
            "imprint": "Imprint",
            "notes": "Notes",
            "by": "By {names}",
            "edited_by": "Edited by {names}",
            "translated_by": "Translated by {names}",
            "illustrated_by": "Illustrations by {names}",
            "photographed_by": "Photographs by {names}",
            "interviewed_by": "Interview by {names}",
            "issue": "Issue {number}",
            "in_issue": "issue {number}",
            "number": "No. {number}",
            "page": "page {number}",
            "pages": "{number} pages",
            "first_published": "First published in {where}",
            "first_published_as": "First published as “{title}” in {where}",
            "advertisement": "Advertisement",
            "back_to_reference": "Back to reference {number}",
            "sidebar": "Sidebar",
            "next_issue": "In the next issue",
            "review": "Under review",
            "when": "When",
            "where": "Where",
            "price": "Price",
            "more": "More",
            "isbn": "ISBN {number}",
            "issn": "ISSN {number}",
            "print_edition": "print edition",
            "cover_credit": "Cover: {credit}",
        },
        "de": {
            "contents": "Inhalt",
            "in_this_issue": "In diesem Heft",
            "cover": "Titelseite",
            "imprint": "Impressum",
            "notes": "Anmerkungen",
            "by": "Von {names}",
            "edited_by": "Herausgegeben von {names}",
            "translated_by": "Übersetzt von {names}",
            "illustrated_by": "Illustrationen: {names}",
            "photographed_by": "Fotos: {names}",
            "interviewed_by": "Interview: {names}",
            "issue": "Heft {number}",
            "in_issue": "Heft {number}",
            "number": "Nr. {number}",
            "page": "Seite {number}",
            "pages": "{number} Seiten",
            "first_published": "Zuerst erschienen in {where}",
            "first_published_as": "Zuerst erschienen als „{title}“ in {where}",
            "advertisement": "Anzeige",
            "back_to_reference": "Zurück zum Verweis {number}",
            "sidebar": "Kasten",
            "next_issue": "Im nächsten Heft",
            "review": "Besprochen",
            "when": "Wann",
            "where": "Wo",
            "price": "Eintritt",
            "more": "Mehr",
            "isbn": "ISBN {number}",
            "issn": "ISSN {number}",
            "print_edition": "Druckausgabe",
            "cover_credit": "Titelbild: {credit}",
        },
        "fr": {
            "contents": "Sommaire",
            "in_this_issue": "Dans ce numéro",
            "cover": "Couverture",
            "imprint": "Mentions légales",
            "notes": "Notes",
            "by": "Par {names}",
            "edited_by": "Sous la direction de {names}",
            "translated_by": "Traduit par {names}",
            "illustrated_by": "Illustrations\u202f: {names}",
            "photographed_by": "Photographies\u202f: {names}",
            "interviewed_by": "Propos recueillis par {names}",
            "issue": "Numéro {number}",
            "in_issue": "numéro {number}",
            "number": "Nº {number}",
            "page": "page {number}",
            "pages": "{number} pages",
            "first_published": "Paru d’abord dans {where}",
            "first_published_as": "Paru d’abord sous le titre «\u202f{title}\u202f» dans {where}",
            "advertisement": "Publicité",
            "back_to_reference": "Retour à l’appel {number}",
            "sidebar": "Encadré",
            "next_issue": "Dans le prochain numéro",
            "review": "À propos de",
            "when": "Quand",
            "where": "Où",
            "price": "Entrée",
            "more": "En savoir plus",
            "isbn": "ISBN {number}",
            "issn": "ISSN {number}",
            "print_edition": "édition imprimée",
            "cover_credit": "Couverture\u202f: {credit}",
        },
    }
)


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

    def say(self, word: str, **parts: object) -> str:
        """Return one of the builder's words, in English where the language has no table; KeyError for a typo."""
        table = WORDS.get(self.locale.language, WORDS["en"])
        text = self.own_words.get(word) or table.get(word) or WORDS["en"][word]
        return text.format(**parts)

    def join(self, names: Sequence[str]) -> str:
        """Return "A, B and C" as the language writes it."""
        return format_list(list(names), locale=self.locale)

    def day(self, when: datetime.date) -> str:
        """Return a full date, such as "16 May 2026"."""
        return format_date(when, format="long", locale=self.locale)

    def weekday(self, when: datetime.date) -> str:
        """Return a date with its weekday, such as "Saturday, 16 May 2026"."""
        return format_date(when, format="full", locale=self.locale)

    def days(self, first: datetime.date, last: datetime.date | None) -> str:
        """Return a date or a span of dates as an event announces it."""
        if last is None or last == first:
            return self.weekday(first)
        if (first.year, first.month) == (last.year, last.month):
            return format_interval(first, last, "yMMMMd", locale=self.locale)
        if first.year == last.year:
            return f"{format_skeleton('MMMMd', first, locale=self.locale)} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"


def slugged(title: str) -> str:
    """Return a title as a slug: ASCII letters and digits with hyphens between words."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
