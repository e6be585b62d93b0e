"""Set the stories into galleys: an issue, its manuscripts and a layout come in, complete HTML comes out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from magbuild.addresses import typed_address
from magbuild.adverts import Piece, Rooms, fit_of, in_rows, is_partial, rooms_of, sheets_of, supplied_artwork
from magbuild.artwork import PlacedArtwork
from magbuild.barcode import barcode
from magbuild.bodytext import byline, named, set_body, set_paragraphs
from magbuild.grouping import BACK_COVER, COVER, DEPARTMENT_TYPES, on_pages
from magbuild.language import Language, tongue
from magbuild.layout import PAGE_STYLES, Layout, render
from magbuild.manuscript import Manuscript, set_line, set_text
from magbuild.model import AdvertSize, Issue, Magazine, Position, Span, Standing, Start, Story, StoryType, letters_in
from magbuild.shorts import as_on_pages

PICTURE_SCHEME = "picture:"
FACES = "\n/*@ fonts */\n"  # in styles: what follows are fonts, and nothing else
UNKNOWN_FOLIO = 88  # as wide as a folio gets; stands in until the flatplan knows better


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """One story, department or made page, set but not yet broken into pages.

    `pictures` pairs a picture's name in the HTML with its file; `artworks` are supplied PDFs, of which layout
    sees a stand-in; `bare` says how many of its first pages carry no running head or folio; `path` is the
    file an editor would open to change it; `asks` are the stories whose page numbers stand in it. Adverts may
    have a `position`, and their number of pages, `length`, is known beforehand (0: it isn't).
    """

    slug: str
    stories: tuple[str, ...]
    path: Path
    html: str
    styles: str
    pictures: tuple[tuple[str, Path], ...] = ()
    artworks: tuple[PlacedArtwork, ...] = ()
    start: Start = Start.ANY
    bare: int = 1
    asks: tuple[str, ...] = ()
    position: Position = Position()
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lies on the compositor's desk while an issue is set."""

    issue: Issue
    manuscripts: Mapping[str, Manuscript]
    layout: Layout
    language: Language
    styles: str
    environment: jinja2.Environment
    rooms: Rooms | None  # none when no adverts share pages
    # The page each story begins on, as far as known, and the stories whose page was asked for.
    folios: dict[str, int] = field(default_factory=dict)
    asked: dict[str, None] = field(default_factory=dict)

    def folio(self, slug: str) -> int:
        """The page a story begins on, or a number as wide while that isn't known."""
        self.asked[slug] = None
        return self.folios.get(slug, UNKNOWN_FOLIO)


def lay_out_desk(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout) -> Desk:
    """Lay out all that is needed to set the pages of an issue."""
    issue, manuscripts = as_on_pages(issue, manuscripts, on_pages(issue))
    language = Language(code=issue.magazine.language, own_words=issue.magazine.words)
    styles = page_styles(issue, layout)
    desk = Desk(
        issue=issue,
        manuscripts=manuscripts,
        layout=layout,
        language=language,
        styles=styles,
        environment=layout.environment({}),
        rooms=rooms_of(issue, layout) if any(is_partial(story) for story in issue.stories) else None,
    )
    desk.environment.globals.update(_template_words(desk))
    return desk


def compose(desk: Desk, groups: Sequence[tuple[str, ...]], folios: Mapping[str, int]) -> Iterator[Galley]:
    """Set groups of slugs into a galley each, with the page numbers known so far, and yield them in order.

    Raises LayoutMistake when a template has a mistake.
    """
    desk.folios.clear()
    desk.folios.update(folios)
    for group in groups:
        yield _galley(desk, group)


def picture_address(file: str) -> str:
    """Return what stands in a galley for a picture of the issue's folder."""
    return PICTURE_SCHEME + quote(file)


def plain(markup: str) -> str:
    """Return the words of a line that was set, without its markup; spaces at which no line ends stay."""
    return re.sub(r"[ \t\n]+", " ", unescape(re.sub(r"<[^>]*>", "", markup))).strip(" ")


def page_styles(issue: Issue, layout: Layout) -> str:
    """Return all styles of printed pages: their rules, and behind `FACES` the fonts for the letters of the issue."""
    return f"{page_rules(issue.magazine, layout)}{FACES}{layout.font_faces(letters_in(issue))}"


def page_rules(magazine: Magazine, layout: Layout) -> str:
    """Return the rules of printed pages, without fonts: page size, palette, then the layout's own files."""
    size, limits = magazine.trim, layout.limits
    palette, own = (
        "".join(f"--{name}:{colour.screen};" for name, colour in colours.items())
        for colours in (layout.palette(magazine), magazine.colours)
    )
    page = (
        f"@page{{size:{size.css};bleed:{magazine.bleed.css}}}"
        f":root{{--trim-width:{size.width.css};--trim-height:{size.height.css};"
        f"--bleed:{magazine.bleed.css};{palette}"
        # Paragraphs are broken by what their lines are measured by.
        f"--narrowest:{limits.narrowest};--widest:{limits.widest};--apart:{limits.apart};--hyphens:{limits.hyphens}}}"
    )
    # The magazine's own palette comes last, too: it wins over what the layout's styles say.
    return "\n".join((page, layout.stylesheet(*PAGE_STYLES, traced=True), f":root{{{own}}}"))


# --- One galley ---


@dataclass(frozen=True, slots=True)
class _Pictures:
    """Gives out the addresses of pictures and artwork, and notes which pictures were asked for."""

    folder: Path
    artworks: tuple[PlacedArtwork, ...]
    used: dict[str, Path] = field(default_factory=dict)

    def picture(self, file: str) -> str:
        self.used[file] = self.folder / file
        return picture_address(file)

    def artwork_address(self, advert: str, file: str, part: str = "whole") -> str:
        wanted = (artwork for artwork in self.artworks if (artwork.advert, artwork.part) == (advert, part))
        return next((artwork.address for artwork in wanted), "") or self.picture(file)


def _galley(desk: Desk, slugs: tuple[str, ...]) -> Galley:
    issue = desk.issue
    stories = tuple(issue.story(slug) for slug in slugs if slug in desk.manuscripts)
    kind = _kind(slugs, stories)
    pictures = _Pictures(issue.folder, tuple(art for story in stories for art in supplied_artwork(issue, story)))
    desk.asked.clear()
    lead = stories[0] if stories else None
    pieces = [_set_story(desk, story, pictures.picture) for story in stories]
    sheets = sheets_of(desk.rooms, stories, pieces) if kind == "advert" else []
    html = render(
        desk.environment,
        f"{kind}.html",
        kind=kind,
        picture=pictures.picture,
        text=lambda text: set_paragraphs(set_text(text, desk.language.code), pictures.picture),
        artwork_address=pictures.artwork_address,
        stories=pieces,
        sheets=sheets,
        runs=[list(run) for _, run in groupby(in_rows(desk.rooms, stories, pieces), lambda piece: piece["section"])],
        story=pieces[0] if pieces else None,
        section=issue.section(lead) if lead else None,
    )
    return Galley(
        slug=slugs[0],
        stories=tuple(story.slug for story in stories),
        path=lead.path if lead else issue.folder / Issue.SHEET,
        html=html,
        styles=desk.styles,
        pictures=tuple(sorted(pictures.used.items())),
        artworks=pictures.artworks,
        start=_start(lead),
        bare=_bare_pages(kind, _opens_on_a_spread(lead)),
        asks=tuple(desk.asked),
        position=lead.front.advert.position if lead and kind == "advert" and lead.front.advert else Position(),
        length=len(sheets),
    )


def _start(lead: Story | None) -> Start:
    if lead is None or _opens_on_a_spread(lead):
        return Start.VERSO if lead else Start.ANY
    booked = lead.front.advert.position.standing if lead.front.advert else Standing.IN_ORDER
    return {Standing.RECTO: Start.RECTO, Standing.VERSO: Start.VERSO}.get(booked, lead.front.start)


def _opens_on_a_spread(lead: Story | None) -> bool:
    if lead is None:
        return False
    if lead.front.type is StoryType.ADVERT:
        return lead.front.advert is not None and lead.front.advert.size is AdvertSize.SPREAD
    return lead.front.picture is not None and lead.front.picture.place is Span.SPREAD


def _kind(slugs: Sequence[str], stories: Sequence[Story]) -> str:
    """Return the name of the template that sets these slugs."""
    if not stories:
        return slugs[0]
    front = stories[0].front
    if front.type is StoryType.ADVERT and all(story.front.type is StoryType.ADVERT for story in stories):
        return "advert"
    if (front.type in DEPARTMENT_TYPES and not front.alone) or len(stories) > 1:
        return "department"
    return "lone-filler" if front.type is StoryType.FILLER else str(front.type)


def _bare_pages(kind: str, spread: bool) -> int:
    if kind in ("advert", COVER, BACK_COVER):
        return 99
    return 2 if spread else 1


def _template_words(desk: Desk) -> dict[str, Any]:
    """Return the names that every template may use."""
    issue = desk.issue
    code = desk.language.code
    where = {story.slug: story for story in issue.stories}
    return {
        "magazine": issue.magazine,
        "issue": issue.sheet,
        "barcode": Markup(barcode(issue.magazine.issn, issue.sheet.number)),
        "colours": desk.layout.palette(issue.magazine),
        "say": desk.language.say,
        "language": desk.language,
        "tongue": lambda spoken, around="": Markup(tongue(spoken, around or code)),
        "folio": desk.folio,
        "line": lambda text, language="": Markup(set_line(text, language or code)),
        "contents_sections": _contents(desk),
        "title_of": lambda slug: Markup(set_line(where[slug].front.title, where[slug].front.language)),
        "address": lambda text: typed_address(text) or "",
        "byline": lambda people: byline(people, desk.language),
        "named": lambda people: named(people, desk.language),
        "has_page": lambda slug: slug in on_pages(issue),
    }


def _contents(desk: Desk) -> list[dict[str, Any]]:
    """Return the sections of the contents page, each with its stories in running order."""
    issue = desk.issue
    paged = set(on_pages(issue))
    listed = [s for s in issue.stories if s.front.type is not StoryType.ADVERT and s.slug in paged]
    sections = []
    for _, group in groupby(listed, lambda story: story.front.section):
        stories = list(group)
        sections.append({"section": issue.section(stories[0]), "stories": stories})
    return sections


def _set_story(desk: Desk, story: Story, picture: Callable[[str], str]) -> Piece:
    """Return what a template needs of a story; all text is set and ready for pages."""
    manuscript = desk.manuscripts[story.slug]
    paged = set(on_pages(desk.issue))
    told = desk.language.told_in(story.front.language)

    def page_of(slug: str) -> str:
        return told.say("page", number=desk.folio(slug)) if slug in paged else ""

    body, notes, boxes = set_body(
        manuscript, story.front.type, page_of, picture, lambda number: told.say("note", number=number)
    )
    return {
        "slug": story.slug,
        "type": str(story.front.type),
        "front": story.front,
        "section": desk.issue.section(story),
        "body": body,
        "notes": notes,
        "boxes": boxes,
        "language": story.front.language,
        "words": manuscript.words,
        "fit": fit_of(desk.issue, story),
        "room": None,
        "row": (),
    }
