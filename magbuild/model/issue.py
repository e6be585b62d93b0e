"""The magazine and one issue of it: the sheets, and all stories in running order."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from magbuild.measure import Length, Size
from magbuild.model.advert import Booking
from magbuild.model.kinds import BarcodePlace, Binding, CoverStyle
from magbuild.model.printer import DEFAULT_PRINTER
from magbuild.model.story import FieldPath, Story, place_in
from magbuild.problem import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the magazine that comes back in every issue; `colour` names an entry of the palette."""

    name: str
    title: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """An entry of the palette: sRGB for screens ("#c8102e"), and CMYK percentages or a spot ink for print."""

    screen: str
    print: tuple[float, float, float, float] | None = None
    spot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprintEntry:
    """A heading of the imprint and the Markdown under it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """A claim that e-books meet a standard of accessibility, and who has examined them and answers for it.

    `standard` is worded as EPUB Accessibility has it; `report` is an address.
    """

    standard: str
    certified_by: str
    credential: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Magazine:
    """What all issues share."""

    title: str
    tagline: str = ""
    publisher: str = ""
    editors: tuple[str, ...] = ()
    issn: str = ""
    url: str = ""
    email: str = ""
    language: str = "en"
    layout: str = "house"
    trim: Size = Size(Length(210), Length(297))
    bleed: Length = Length(3)
    binding: Binding = Binding.SADDLE
    printer: str = ""
    barcode: BarcodePlace = BarcodePlace.NONE
    sections: tuple[Section, ...] = ()
    imprint: tuple[ImprintEntry, ...] = ()
    colours: Mapping[str, Colour] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    conformance: Conformance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLine:
    """A line on the cover, and the slug of the story whose page it gives."""

    text: str
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The front cover; without a picture, or when that is its style, it is set in type alone."""

    picture: str = ""
    alt: str = ""
    credit: str = ""
    style: CoverStyle | None = None
    lines: tuple[CoverLine, ...] = ()

    @property
    def form(self) -> CoverStyle:
        """The style that is asked for, or else the one that the picture makes."""
        return self.style or (CoverStyle.FULL if self.picture else CoverStyle.TYPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackCover:
    """The back cover; the text is Markdown."""

    title: str = ""
    text: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of the running order: slugs of stories, in a section or in none."""

    section: str = ""
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSheet:
    """The fields of issue.yaml."""

    number: int
    title: str = ""
    season: str = ""
    published: datetime.date
    price: str = ""
    pages: int | None = None
    layout: str = ""
    trim: Size | None = None
    bleed: Length | None = None
    binding: Binding | None = None
    printer: str = ""
    barcode: BarcodePlace | None = None
    colours: Mapping[str, Colour] = field(default_factory=dict)
    imprint: tuple[ImprintEntry, ...] = ()
    cover: Cover = Cover()
    back_cover: BackCover = BackCover()
    running_order: tuple[Run, ...] = ()
    adverts: tuple[Booking, ...] = ()


# Pages that the builder makes itself; they may stand in a running order like stories.
CONTENTS, IMPRINT = "contents", "imprint"
MADE_PAGES = (CONTENTS, IMPRINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One number of the magazine: all that was typed, read, checked and in running order.

    `magazine` is the magazine as this issue has it: what the sheet says for this issue only is in it.
    `order` holds slugs of stories and of the made pages "contents" and "imprint", each once.
    Paths in `folder` are relative to where the program was started, as the editor would type them.
    `absent` are the files of stories that are drafts or can't be read.
    One that isn't `whole` has something else in place of what its sheets must say: it can be read, and no more.
    """

    folder: Path
    magazine: Magazine
    sheet: IssueSheet
    stories: tuple[Story, ...]
    order: tuple[str, ...]
    places: Mapping[FieldPath, Place] = field(default_factory=dict, repr=False, compare=False)
    magazine_places: Mapping[FieldPath, Place] = field(default_factory=dict, repr=False, compare=False)
    absent: tuple[str, ...] = ()
    whole: bool = True

    SHEET: ClassVar[str] = "issue.yaml"
    MAGAZINE: ClassVar[str] = "magazine.yaml"

    def story(self, slug: str) -> Story:
        """Return the story of that slug; KeyError when there is none."""
        for story in self.stories:
            if story.slug == slug:
                return story
        raise KeyError(slug)

    def place(self, *field_path: str | int) -> Place:
        """Return where a field of issue.yaml stands, or else the nearest field around it."""
        return place_in(self.places, field_path, self.folder / self.SHEET)

    def magazine_place(self, *field_path: str | int) -> Place:
        """Return where a field of the magazine stands, or else the nearest field around it."""
        return place_in(self.magazine_places, field_path, self.folder.parent / self.MAGAZINE)

    def section(self, story: Story) -> Section:
        """Return the section a story is in; an unnamed one when it is in none."""
        for section in self.magazine.sections:
            if section.name == story.front.section:
                return section
        return Section(name="")

    @property
    def binding(self) -> Binding:
        """How this issue is bound."""
        return self.sheet.binding or self.magazine.binding

    @property
    def printer(self) -> str:
        """The printer of this issue: the name of a shipped profile, or the path of an own one from the project."""
        return self.sheet.printer or self.magazine.printer or DEFAULT_PRINTER

    @property
    def printer_place(self) -> Place:
        """Where the printer is named, or would be."""
        return self.place("printer") if self.sheet.printer else self.magazine_place("printer")
