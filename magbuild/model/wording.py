"""What an editor typed to be read: an issue comes in, its texts come out, each with its place."""

import html
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from magbuild.model.issue import Issue
from magbuild.model.story import FieldPath
from magbuild.problem import Place

# Fields that hold names for machines, not words for readers.
_NOT_READ = frozenset({"file", "url", "link", "language", "section", "story", "stories", "layout", "colours"})


def fields_to_read(issue: Issue, *, aloud: bool = True) -> Iterator[tuple[str, Place]]:
    """Yield the text of every field that is printed and, if wanted, of those that are read aloud, and its place."""
    for story in issue.stories:
        for path, text in _texts(story.front, ()):
            if aloud or "alt" not in path:
                yield text, story.place(*path)
    for places, record in ((issue.place, issue.sheet), (issue.magazine_place, issue.magazine)):
        for path, text in _texts(record, ()):
            if aloud or "alt" not in path:
                yield text, places(*path)


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
