"""What was read comes in; problems that no field shows alone come out: the missing, unknown, out of range."""

import re
from collections.abc import Iterable, Iterator, Mapping

from babel import Locale, UnknownLocaleError

from magbuild.addresses import typed_address
from magbuild.language import slugged
from magbuild.load.openers import opener_rules
from magbuild.measure import Length, Size
from magbuild.model import (
    MADE_PAGES,
    BackCover,
    Colour,
    CoverStyle,
    Issue,
    IssueSheet,
    Magazine,
    Standing,
    Story,
    StoryType,
)
from magbuild.problem import Place, Problem, warning
from magbuild.source import Sheet, nearest

SIGNED = (StoryType.ESSAY, StoryType.REPORT, StoryType.INTERVIEW, StoryType.REVIEW, StoryType.REPRINT)
# What presses and binders take at all; a layout wants less.
SHORTEST_SIDE, LONGEST_SIDE, WIDEST_BLEED = Length(50), Length(1200), Length(20)

# The first newspapers; and the last year that the dates in an e-book's archive know.
FIRST_YEAR, LAST_YEAR = 1600, 2107
# Letters: names of files are made of the title of an issue, which must fit on a cover.
LONGEST_TITLE, LONGEST_TITLE_OF_A_STORY = 200, 400

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


def magazine_rules(magazine: Magazine, sheet: Sheet) -> Iterator[Problem]:
    """Yield what is wrong with a magazine's sheet though each field has its form."""
    if not knows_language(magazine.language):
        yield unknown_language(magazine.language, sheet.place("language"))
    yield from _title_rules(magazine.title, sheet)
    yield from _page_rules(magazine.trim, magazine.bleed, sheet)
    yield from _conformance_rules(magazine, sheet)
    yield from _colour_rules(magazine.colours, sheet)
    yield from _section_rules(magazine, sheet)


def _title_rules(title: str, sheet: Sheet, most: int = LONGEST_TITLE) -> Iterator[Problem]:
    if len(title) > most:
        message = f"this title has {len(title):,} letters, and no more than {most} can be set"
        yield Problem(sheet.place("title"), "bad-value", message, "shorten it")


def is_page(trim: Size) -> bool:
    """Whether a trim is one that a page can have."""
    return all(SHORTEST_SIDE <= side <= LONGEST_SIDE for side in (trim.width, trim.height))


def _page_rules(trim: Size | None, bleed: Length | None, sheet: Sheet) -> Iterator[Problem]:
    if trim is not None and not is_page(trim):
        message = f"trim {trim.css} is no page: sides are {SHORTEST_SIDE.css} to {LONGEST_SIDE.css}"
        yield Problem(sheet.place("trim"), "bad-value", message, "write the finished page, such as 210mm x 280mm")
    if bleed is not None and not bleed <= WIDEST_BLEED:
        message = f"bleed {bleed.css} is more than {WIDEST_BLEED.css}"
        yield Problem(sheet.place("bleed"), "bad-value", message, "write what the printer asks for, mostly 3mm")


# As EPUB Accessibility 1.1, section 4.3, wants a claim worded; and what an editor may have written instead.
_STANDARD = re.compile(r"EPUB Accessibility 1\.\d - WCAG 2\.[0-2] Level A{1,3}")
_WCAG = re.compile(r"\b(2\.[0-2])\b.*\b(A{1,3})\b")


def _conformance_rules(magazine: Magazine, sheet: Sheet) -> Iterator[Problem]:
    """Yield a claim that shops and libraries wouldn't know again."""
    claim = magazine.conformance
    if claim is None:
        return
    if not _STANDARD.fullmatch(claim.standard):
        version, level = found.groups() if (found := _WCAG.search(claim.standard)) else ("2.2", "AA")
        message = f"'{claim.standard}' is not how a standard of accessibility is named"
        hint = f"write 'EPUB Accessibility 1.1 - WCAG {version} Level {level}', if that was examined"
        yield Problem(sheet.place("conformance", "standard"), "bad-value", message, hint)
    if claim.report and typed_address(claim.report) is None:
        message = f"'{claim.report}' is no address"
        yield Problem(sheet.place("conformance", "report"), "bad-value", message, "write https:// and where it is")


def _colour_rules(colours: Mapping[str, Colour], sheet: Sheet) -> Iterator[Problem]:
    for name, colour in colours.items():
        if not _COLOUR.fullmatch(colour.screen):
            message = f"'{colour.screen}' is not a colour such as '#c8102e'"
            place = sheet.place("colours", name, "screen")
            yield Problem(place, "bad-value", message, "write # and six digits, in quotes: '#c8102e'")
        for index, ink in enumerate(colour.print or ()):
            if not 0 <= ink <= 100:
                place = sheet.place("colours", name, "print", index)
                message = f"{ink:g} is no ink percentage of colour '{name}'"
                yield Problem(place, "bad-value", message, "write cyan, magenta, yellow, black, each from 0 to 100")
    yield from _ink_rules(colours, sheet)


# Names that PDF keeps for the press's own plates (ISO 32000-1, 8.6.6.4), and for all or none of them.
_PLATES = ("all", "none", "cyan", "magenta", "yellow", "black")


def _ink_rules(colours: Mapping[str, Colour], sheet: Sheet) -> Iterator[Problem]:
    """Yield spot inks with a name that isn't one, and screen colours that are printed in two ways."""
    printed: dict[str, tuple[str, Colour]] = {}
    for name, colour in colours.items():
        if colour.spot.strip().casefold() in _PLATES:
            message = f"'{colour.spot}' is no spot ink of colour '{name}': every press has a plate of that name"
            hint = "write print: with cyan, magenta, yellow, black; or the ink's own name"
            yield Problem(sheet.place("colours", name, "spot"), "bad-value", message, hint)
        if not (colour.print or colour.spot) or not _COLOUR.fullmatch(colour.screen):
            continue
        digits = colour.screen.removeprefix("#").casefold()
        screen = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        other, first = printed.setdefault(screen, (name, colour))
        if (first.print, first.spot) != (colour.print, colour.spot):
            message = f"'{other}' and '{name}' look the same on screens, {colour.screen}, but have other inks"
            hint = "pages know a colour by how it looks: change the last digit of one, or give both the same inks"
            yield Problem(sheet.place("colours", name, "screen"), "colour-printed-twice", message, hint)


def _section_rules(magazine: Magazine, sheet: Sheet) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, section in enumerate(magazine.sections):
        place = sheet.place("sections", index)
        if section.name in seen:
            message = f"section '{section.name}' is there twice"
            yield Problem(place, "bad-value", message, "give one of them another name")
        seen.add(section.name)
        if section.colour and magazine.colours and section.colour not in magazine.colours:
            meant = nearest(section.colour, magazine.colours)
            hint = f"did you mean '{meant}'?" if meant else f"add it to colours, or use {', '.join(magazine.colours)}"
            place = sheet.place("sections", index, "colour")
            yield Problem(place, "unknown-colour", f"there is no colour '{section.colour}'", hint)


def issue_rules(issue: IssueSheet, sheet: Sheet) -> Iterator[Problem]:
    """Yield what is wrong with an issue's sheet though each field has its form."""
    if issue.number < 0:
        message = f"number {issue.number} is below 0"
        yield Problem(sheet.place("number"), "bad-value", message, "write the number of this issue")
    yield from _title_rules(issue.title, sheet)
    if not FIRST_YEAR <= issue.published.year <= LAST_YEAR:
        when = f"after {LAST_YEAR}" if issue.published.year > LAST_YEAR else f"before {FIRST_YEAR}"
        message = f"{issue.published} is no day on which an issue is published: it is {when}"
        yield Problem(sheet.place("published"), "bad-value", message, "correct the year")
    yield from _page_rules(issue.trim, issue.bleed, sheet)
    yield from _colour_rules(issue.colours, sheet)
    if issue.pages is not None and issue.pages < 1:
        message = f"an issue can't have {issue.pages} pages"
        yield Problem(sheet.place("pages"), "bad-value", message, "write the pages you have paper for, or none")
    if issue.cover.style in (CoverStyle.FULL, CoverStyle.FRAMED) and not issue.cover.picture:
        message = f"a cover in style '{issue.cover.style}' has no picture"
        place = sheet.place("cover", "style")
        yield Problem(place, "cover-without-picture", message, "name one under cover: picture:, or write style: type")
    if issue.back_cover != BackCover():
        for index, booking in enumerate(issue.adverts):
            if booking.position.standing is Standing.BACK_COVER:
                message = "the back cover is booked for an advert, and back_cover has something for it too"
                place = sheet.place("adverts", index, "position")
                yield Problem(
                    place, "advert-place-taken", message, "take back_cover out, or give the advert another page"
                )


def story_rules(story: Story, sheet: Sheet, *, sound: bool) -> Iterator[Problem]:
    """Yield what is unknown in a story and, if all its fields have their form, what is missing."""
    front = story.front
    if front.language and not knows_language(front.language):
        yield unknown_language(front.language, sheet.place("language"))
    yield from _title_rules(front.title, sheet, LONGEST_TITLE_OF_A_STORY)
    if sound:
        yield from _missing(story, sheet)
        yield from opener_rules(front, sheet)
    if not story.body.strip() and front.type is not StoryType.ADVERT:
        yield warning(sheet.place(), "empty-story", "the story has no text", "write it below the second line ---")


def _missing(story: Story, sheet: Sheet) -> Iterator[Problem]:
    front = story.front
    if front.type in SIGNED and not front.author:
        message = f"the {front.type} has no author"
        yield Problem(sheet.place(), "missing-author", message, "write author: and a name into its front matter")
    if front.type is StoryType.REVIEW and not front.review:
        message = "the review names no book"
        hint = "write review: and below it title, author, publisher, year, pages, price, isbn"
        yield Problem(sheet.place(), "missing-book", message, hint)
    if not front.editions:
        message = "the story is in no edition"
        place = sheet.place("editions")
        yield Problem(place, "bad-value", message, "leave editions out, or write draft: true")
    artwork = front.advert.artwork if front.advert else None
    if front.type is StoryType.ADVERT and artwork is None and not story.body.strip():
        message = "the advert has neither artwork nor text"
        hint = "name its file under advert: artwork:, or write its text below the second line ---"
        yield Problem(sheet.place("advert"), "empty-advert", message, hint)


def section_rules(magazine: Magazine, named: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    """Yield the sections that are named somewhere and that the magazine doesn't have."""
    known = [section.name for section in magazine.sections]
    for name, place in named:
        if name and name not in known:
            meant = nearest(name, known)
            hint = f"did you mean '{meant}'?" if meant else f"add it to sections in {Issue.MAGAZINE}"
            yield Problem(place, "unknown-section", f"there is no section '{name}'", hint)


def slug_rules(slug: str, place: Place) -> Iterator[Problem]:
    """Yield the problem that a slug can't be one: it becomes part of addresses and of file names."""
    if slug in MADE_PAGES:
        message = f"'{slug}' is a page that the builder makes itself"
        yield Problem(place, "bad-slug", message, "give the file another name")
    elif not _SLUG.fullmatch(slug):
        good = slugged(slug) or "salt-roads"
        message = f"'{slug}' can't be a story's short name"
        hint = f"use small letters a to z, digits and hyphens: {good}"
        if place.path.name.endswith(f"{slug}.md"):
            numbered = place.path.name.removesuffix(f"{slug}.md")  # "02-", which puts it in order
            hint = f"use small letters a to z, digits and hyphens in the file's name: {numbered}{good}.md"
        yield Problem(place, "bad-slug", message, hint)


def knows_language(code: str) -> bool:
    """Whether a language code such as "en" or "pt-BR" is one that Babel has words and dates for."""
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def unknown_language(code: str, place: Place) -> Problem:
    """Return the problem that a language code is unknown."""
    return Problem(
        place,
        "unknown-language",
        f"language '{code}' is unknown",
        "write its code, such as en, en-GB, de or pt-BR",
    )
