"""A story as its manuscript has it: front matter, body, and where each of them stands."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from magbuild.model.advert import Advert
from magbuild.model.kinds import Medium, Opener, Role, Span, Start, StoryType
from magbuild.problem import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: its file in the issue's folder, and what goes with it."""

    file: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    place: Span = Span.COLUMN


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in a byline; the bio is one or two sentences of Markdown, the portrait is upright."""

    name: str
    bio: str = ""
    role: Role = Role.AUTHOR
    portrait: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """Where a story first stood."""

    issue: int | None = None
    published: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A book under review; the line over the review is made of these."""

    title: str
    author: str = ""
    publisher: str = ""
    year: int | None = None
    pages: int | None = None
    price: str = ""
    isbn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a notice announces; times are as printed ("2 pm", "19:30")."""

    date: datetime.date
    until: datetime.date | None = None
    time: str = ""
    place: str = ""
    address: str = ""
    url: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields over a manuscript."""

    title: str
    short_title: str = ""
    kicker: str = ""
    standfirst: str = ""
    author: tuple[Person, ...] = ()
    section: str = ""
    type: StoryType = StoryType.ESSAY
    picture: Picture | None = None
    language: str = ""
    reprint: Reprint | None = None
    review: tuple[Book, ...] = ()
    event: Event | None = None
    advert: Advert | None = None
    editions: tuple[Medium, ...] = tuple(Medium)
    draft: bool = False
    start: Start = Start.ANY
    opener: Opener | None = None

    @property
    def alone(self) -> bool:
        """Whether a piece that would share pages with others has pages of its own."""
        return self.type is StoryType.REVIEW and self.opener is not None


# The way to a field or list item in a YAML file: ("author", 0, "name").
FieldPath = tuple[str | int, ...]


def place_in(places: Mapping[FieldPath, Place], field_path: FieldPath, path: Path) -> Place:
    """Return where a field stands, or the nearest field around it, or the top of the file `path`."""
    while field_path:
        if field_path in places:
            return places[field_path]
        field_path = field_path[:-1]
    return Place(path, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One piece of the issue: its front matter, its body in Markdown, and where each of them stands.

    `body_line` is the line of the file on which the body begins, from 1.
    `language` of the front matter is always filled in, and `section` is the name of the section in force.
    """

    slug: str
    path: Path
    front: FrontMatter
    body: str
    body_line: int
    places: Mapping[FieldPath, Place] = field(default_factory=dict, repr=False, compare=False)

    def place(self, *field_path: str | int) -> Place:
        """Return where a field stands, or the nearest field around it, or the top of the file."""
        return place_in(self.places, field_path, self.path)
