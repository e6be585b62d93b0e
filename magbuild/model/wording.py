"""What an editor typed to be read: an issue comes in, its texts come out, each with its place."""

import html
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from magbuild.model.issue import Issue
from magbuild.model.story import FieldPath
from magbuild.problem import Place

# Fields that hold names for machines, not words for readers.
_NOT_READ = frozenset({"file", "url", "link", "language", "section", "story", "stories", "layout", "colours"})
# Fields whose words may be marked up as in a story: one line of Markdown, or paragraphs of it.
_LINES = frozenset(
    {
        *("title", "short_title", "kicker", "standfirst", "tagline", "season", "bio", "caption", "credit", "text"),
        *("published", "note", "author", "publisher", "price", "time", "place", "address"),
    }
)
_PEOPLE = ("author", "name")
_PARAGRAPHS = frozenset({("imprint", "text"), ("back_cover", "text")})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedUp:
    """A field in Markdown: its text, the language it is read in, its place; and whether it may have paragraphs."""

    text: str
    language: str
    place: Place
    paragraphs: bool


def fields_to_read(issue: Issue, *, aloud: bool = True) -> Iterator[tuple[str, Place]]:
    """Yield the text of every field that is printed and, if wanted, of those that are read aloud, and its place."""
    for record, places, _ in _records(issue):
        for path, text in _texts(record, ()):
            if aloud or "alt" not in path:
                yield text, places(*path)


def fields_in_markdown(issue: Issue) -> Iterator[MarkedUp]:
    """Yield every field whose words may be marked up."""
    for record, places, language in _records(issue):
        for path, text in _texts(record, ()):
            named = tuple(part for part in path if isinstance(part, str))
            if named[-1] in _LINES or named == _PEOPLE:
                paragraphs = named in _PARAGRAPHS
                yield MarkedUp(text=text, language=language, place=places(*path), paragraphs=paragraphs)


def _records(issue: Issue) -> Iterator[tuple[object, Callable[..., Place], str]]:
    """Yield what has fields, what tells their places, and the language of most of them."""
    for story in issue.stories:
        yield story.front, story.place, story.front.language
    yield issue.sheet, issue.place, issue.magazine.language
    yield issue.magazine, issue.magazine_place, issue.magazine.language


def letters_in(issue: Issue) -> frozenset[str]:
    """Return all characters that were typed in an issue, composed, and their capitals and small letters."""
    texts = (*(story.body for story in issue.stories), *(text for text, _ in fields_to_read(issue)))
    typed = set().union(*(unicodedata.normalize("NFC", html.unescape(text)) for text in texts))
    return frozenset(typed.union(*(letter.upper() + letter.lower() for letter in typed)))


def _texts(value: object, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, (*path, name))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NOT_READ:
                yield from _texts(getattr(value, field.name), (*path, field.name))
