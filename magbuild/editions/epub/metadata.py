"""What the package says about the issue: an issue comes in, the facts of its OPF file go out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from magbuild.editions.epub.access import Offer, access_facts, conformance_facts
from magbuild.editions.epub.facts import Fact, meta, named
from magbuild.language import Language
from magbuild.model import Issue, Person, Role, Story

TITLE_ID: Final = "title"
SERIES_ID: Final = "series"
COVER_ID: Final = "cover-image"
# The MARC relators of what people do for a story.
RELATORS: Final[Mapping[Role, str]] = {
    Role.AUTHOR: "aut",
    Role.EDITOR: "edt",
    Role.TRANSLATOR: "trl",
    Role.ILLUSTRATOR: "ill",
    Role.PHOTOGRAPHER: "pht",
    Role.INTERVIEWER: "ivr",
}
_ISSUING_BODY = "isb"
_FEATURE: Final = "schema:accessibilityFeature"
_HAZARD: Final = "schema:accessibilityHazard"
_SUMMARY: Final = "schema:accessibilitySummary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found in texts and finished pages: rights and a description in plain words, and what pages offer."""

    rights: str
    description: str
    offer: Offer


def identifier(issue: Issue) -> str:
    """Return the name of the e-book, always the same for the same issue of the same magazine."""
    magazine = issue.magazine
    home = f"urn:issn:{magazine.issn}" if magazine.issn else magazine.url or magazine.title
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{home}#{issue.sheet.number}')}"


def book_title(issue: Issue, language: Language) -> str:
    """Return the title as shelves show and search it, such as "Foundations, No. 37 (Spring 2026)"."""
    sheet = issue.sheet
    season = f" ({sheet.season})" if sheet.season else ""
    return _plain(f"{issue.magazine.title}, {language.say('number', number=sheet.number)}{season}")


def _plain(words: str) -> str:
    return re.sub(r"\s", " ", words)  # nobody searches for a space that doesn't break


def facts(issue: Issue, stories: Iterable[Story], language: Language, found: Findings) -> tuple[Fact, ...]:
    """Return all facts but the identifier, the language of the package and the time of its making."""
    stories = tuple(stories)
    return (
        *_titles(issue, language),
        *_languages(stories, language),
        *_people(issue, stories),
        *_publication(issue, found),
        *_series(issue),
        *access_facts(found.offer, language),
        *conformance_facts(issue.magazine.conformance),
    )


def print_source(issue: Issue, language: Language) -> str:
    """Return what the printed pages are pages of, such as "Foundations, No. 37, print edition, ISSN 2049-3630"."""
    issn = [language.say("issn", number=issue.magazine.issn)] if issue.magazine.issn else []
    return _plain(", ".join([book_title(issue, language), language.say("print_edition"), *issn]))


def paged(known: Iterable[Fact], source: str, told: str) -> Iterable[Fact]:
    """Yield the facts of an e-book in which the pages of its print edition, `source`, are marked and listed.

    `told` says so in the summary.
    """
    for fact in known:
        prop = fact.attributes.get("property")
        if prop == _HAZARD:
            for feature in ("pageNavigation", "pageBreakMarkers"):
                yield meta(_FEATURE, feature)
        yield replace(fact, value=f"{fact.value} {told}") if prop == _SUMMARY else fact
    yield meta("pageBreakSource", source)


def _titles(issue: Issue, language: Language) -> Iterable[Fact]:
    sorted_as = f"{issue.magazine.title}, {issue.sheet.number:03d}"
    yield Fact(name="dc:title", value=book_title(issue, language), attributes={"id": TITLE_ID})
    yield meta("title-type", "main", refines=f"#{TITLE_ID}")
    yield meta("file-as", sorted_as, refines=f"#{TITLE_ID}")


def _languages(stories: Iterable[Story], language: Language) -> Iterable[Fact]:
    for code in dict.fromkeys((language.code, *(story.front.language for story in stories))):
        if code:
            yield Fact(name="dc:language", value=code)


def _people(issue: Issue, stories: Iterable[Story]) -> Iterable[Fact]:
    roles: dict[str, dict[str, None]] = {}
    for name in issue.magazine.editors:
        roles.setdefault(name, {})[RELATORS[Role.EDITOR]] = None
    for person in _persons(stories):
        roles.setdefault(person.name, {})[RELATORS[person.role]] = None
    # Shelves show the creator; for a whole issue that is who brings it out.
    publisher = issue.magazine.publisher or issue.magazine.title
    yield Fact(name="dc:creator", value=publisher, attributes={"id": "creator"})
    yield meta("role", _ISSUING_BODY, refines="#creator", scheme="marc:relators")
    for number, (name, relators) in enumerate(roles.items(), start=1):
        yield Fact(name="dc:contributor", value=name, attributes={"id": f"person-{number}"})
        for relator in relators:
            yield meta("role", relator, refines=f"#person-{number}", scheme="marc:relators")


def _persons(stories: Iterable[Story]) -> Iterable[Person]:
    for story in stories:
        yield from story.front.author


def _publication(issue: Issue, found: Findings) -> Iterable[Fact]:
    magazine, sheet = issue.magazine, issue.sheet
    if magazine.issn:
        yield Fact(name="dc:identifier", value=f"urn:issn:{magazine.issn}", attributes={"id": "issn"})
    if magazine.publisher:
        yield Fact(name="dc:publisher", value=magazine.publisher)
    yield Fact(name="dc:date", value=sheet.published.isoformat())
    if found.rights:
        yield Fact(name="dc:rights", value=found.rights)
    if found.description:
        yield Fact(name="dc:description", value=found.description)


def _series(issue: Issue) -> Iterable[Fact]:
    magazine, number = issue.magazine, str(issue.sheet.number)
    yield meta("belongs-to-collection", magazine.title, id=SERIES_ID)
    yield meta("collection-type", "series", refines=f"#{SERIES_ID}")
    yield meta("group-position", number, refines=f"#{SERIES_ID}")
    if magazine.issn:
        yield meta("dcterms:identifier", f"urn:issn:{magazine.issn}", refines=f"#{SERIES_ID}")
    # What readers understood before EPUB 3, and some still do.
    yield named("cover", COVER_ID)
    yield named("calibre:series", magazine.title)
    yield named("calibre:series_index", number)
