"""The words an editor chooses from: types of story, sides, bindings, sizes, roles."""

from enum import StrEnum


class StoryType(StrEnum):
    """What a story is; each type has its own template."""

    EDITORIAL = "editorial"
    ESSAY = "essay"
    REPORT = "report"
    INTERVIEW = "interview"
    REPRINT = "reprint"
    REVIEW = "review"
    NOTICE = "notice"
    LETTERS = "letters"
    FAQ = "faq"
    STATEMENT = "statement"
    SUBSCRIBE = "subscribe"
    NEWSLETTER = "newsletter"
    ADVERT = "advert"
    FILLER = "filler"


class Start(StrEnum):
    """The side a story must begin on."""

    ANY = "any"
    RECTO = "recto"
    VERSO = "verso"


class Binding(StrEnum):
    """How the issue is bound, which rules the number of its pages."""

    SADDLE = "saddle"
    PERFECT = "perfect"


class Span(StrEnum):
    """How much room a picture takes."""

    COLUMN = "column"
    PAGE = "page"
    MARGIN = "margin"
    BLEED = "bleed"
    FULL = "full"
    SPREAD = "spread"


class Opener(StrEnum):
    """How a story begins: its head over the text, on a picture, under one that lies over two pages, beside a book."""

    ESSAY = "essay"
    PICTURE = "picture"
    SPREAD = "spread"
    REVIEW = "review"


class CoverStyle(StrEnum):
    """How the front cover is made: the picture over all of it, in a frame, or type alone."""

    FULL = "full"
    FRAMED = "framed"
    TYPE = "type"


class BarcodePlace(StrEnum):
    """Where the barcode stands."""

    NONE = "none"
    FRONT = "front"
    BACK = "back"


class AdvertSize(StrEnum):
    """How much room an advert takes; a half is one across the page unless it is said to be upright."""

    FULL = "full"
    HALF = "half-horizontal"
    HALF_VERTICAL = "half-vertical"
    THIRD = "third"
    QUARTER = "quarter"
    SPREAD = "spread"

    @property
    def partial(self) -> bool:
        """Whether it shares a page with others."""
        return self not in (AdvertSize.FULL, AdvertSize.SPREAD)


class Standing(StrEnum):
    """How the position of an advert is booked; an advert in order stands where the running order names it."""

    IN_ORDER = "in-order"
    INSIDE_FRONT = "inside-front"
    INSIDE_BACK = "inside-back"
    BACK_COVER = "back-cover"
    PAGE = "page"
    BEFORE = "before"
    AFTER = "after"
    RECTO = "recto"
    VERSO = "verso"
    ANY = "any"


class Medium(StrEnum):
    """Where a story may appear."""

    PRINT = "print"
    SCREEN = "screen"
    EPUB = "epub"


class EditionName(StrEnum):
    """The editions that can be asked for; a light one is made of what the full one has, a story is a file for each."""

    PRINT = "print"
    SCREEN = "screen"
    EPUB = "epub"
    EPUB_LIGHT = "epub-light"
    STORY = "story"


# What is built when nobody asks for less or more.
USUAL_EDITIONS = (EditionName.PRINT, EditionName.SCREEN, EditionName.EPUB)


class Role(StrEnum):
    """What a person did for a story."""

    AUTHOR = "author"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    ILLUSTRATOR = "illustrator"
    PHOTOGRAPHER = "photographer"
    INTERVIEWER = "interviewer"
