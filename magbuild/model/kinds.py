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
    BLEED = "bleed"
    SPREAD = "spread"


class AdvertSize(StrEnum):
    """How much of a page an advert takes."""

    FULL = "full"
    HALF = "half"


class EditionName(StrEnum):
    """The editions a story may be in."""

    PRINT = "print"
    SCREEN = "screen"
    EPUB = "epub"


class Role(StrEnum):
    """What a person did for a story."""

    AUTHOR = "author"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    ILLUSTRATOR = "illustrator"
    PHOTOGRAPHER = "photographer"
    INTERVIEWER = "interviewer"
