"""A read issue and its layout come in; letters that can't be set come out as problems.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from magbuild import enginelog
from magbuild.glyphs import letters_of
from magbuild.layout import Layout
from magbuild.load.body import place_at
from magbuild.manuscript import Manuscript
from magbuild.model import Issue, Story, fields_to_read
from magbuild.problem import Place, Problem, warning

# Shown by no glyph of their own: controls, spaces, which any font makes, and what only joins or turns letters.
_NO_GLYPH = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_SELECTORS = re.compile("[\\ufe00-\\ufe0f\\u034f\\u180b-\\u180d\\U000e0100-\\U000e01ef]")
# What is set for a hyphen at which no line ends.
_HYPHENS = "\u2010\u2011"
_MARKUP = re.compile(r"<(?:\"[^\"]*\"|[^>\"])*>")


def missing_glyph(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout) -> Iterator[Problem]:
    """A character can't be set, since no font of the layout has it.

    Fonts of the machine never step in: each machine would take another one, under whatever licence, and the
    e-book couldn't have it. For a phrase in another script, name a font that has it in the layout
    (layouts/README.md says how); say emoji and rare signs in words, or draw them as a picture.
    """
    known = _known(layout)
    found: dict[tuple[Place, str], dict[str, Place]] = {}
    for letter, place in _letters(issue, manuscripts):
        if not _can_be_set(letter, known):
            told = found.setdefault((Place(place.path), _kind(letter)), {})
            told.setdefault(letter, place)
    for letters in found.values():
        first = min(letters.values(), key=lambda place: (place.line, place.column))
        yield enginelog.missing_glyph(first, sorted(letters, key=lambda letter: (letters[letter] != first, letter)))


def without_echoes(
    problems: Iterable[Problem], issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout
) -> Iterator[Problem]:
    """Yield what the layout engine found, but for letters that were typed: `missing_glyph` tells where."""
    told: frozenset[str] | None = None
    for problem in problems:
        letter = enginelog.letter_of(problem)
        if letter and told is None:
            known = _known(layout)
            told = frozenset(typed for typed, _ in _letters(issue, manuscripts) if not _can_be_set(typed, known))
        if not letter or letter not in (told or ()):
            yield problem


def _known(layout: Layout) -> frozenset[str]:
    return frozenset[str]().union(*(letters_of(font.path) for font in layout.fonts))


def borrowed_glyphs(issue: Issue, borrowed: Mapping[str, Iterable[tuple[str, str]]]) -> Iterator[Problem]:
    """Yield what letters were set in another font than their words, `borrowed` by the slugs of the stories."""
    for slug, letters in borrowed.items():
        story = issue.story(slug)
        for family in dict.fromkeys(family for _, family in letters):
            mine = [letter for letter, lacking in letters if lacking == family and _is_in(story, letter)]
            if mine:
                message = f"'{family}' has no {enginelog.quoted(mine)} ({enginelog.name_of(mine[0])})"
                hint = f"let a font fill in for '{family}' in layout.yaml, or give the phrase's language one of its own"
                place = min((_place_in(story, letter) for letter in mine), key=lambda place: (place.line, place.column))
                yield warning(place, "borrowed-glyph", f"{message}: another font lends it", hint)


def _is_in(story: Story, letter: str) -> bool:
    return letter in _composed(html.unescape(story.body))


def _letters(issue: Issue, manuscripts: Mapping[str, Manuscript]) -> Iterator[tuple[str, Place]]:
    """Yield each character that is printed and the first place of each in its file."""
    for story in issue.stories:
        manuscript = manuscripts.get(story.slug)
        if manuscript is not None:
            printed = html.unescape(_MARKUP.sub("", manuscript.body + manuscript.notes))
            for letter in set(_composed(printed)):
                yield letter, _place_in(story, letter)
    for text, place in fields_to_read(issue, aloud=False):
        for letter in set(_composed(text)):
            yield letter, place


def _place_in(story: Story, letter: str) -> Place:
    """Return where a character stands first in a body; that of the body when it was typed in another way."""
    spots = (story.body.find(form) for form in (letter, unicodedata.normalize("NFD", letter)))
    at = next((spot for spot in spots if spot >= 0), 0)
    return place_at(story, at)


def _composed(text: str) -> str:
    return _SELECTORS.sub("", unicodedata.normalize("NFC", text))


def _can_be_set(letter: str, known: frozenset[str]) -> bool:
    if letter in known or unicodedata.category(letter) in _NO_GLYPH:
        return True
    if letter in _HYPHENS:
        return bool(known.intersection(_HYPHENS))
    parts = unicodedata.normalize("NFD", letter)
    return parts != letter and known.issuperset(parts)


def _kind(letter: str) -> str:
    """Return the script of a letter, as Unicode's name for it begins; a sign is a kind of its own."""
    return enginelog.name_of(letter).partition(" ")[0] if unicodedata.category(letter)[0] in "LMN" else letter
