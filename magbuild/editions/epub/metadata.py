"""What the package says about the issue: an issue comes in, the facts of its OPF file go out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from magbuild.editions.epub.xhtml import XML_LANG, legal
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
_PAGES_MARKED: Final = "The pages of the print edition are marked and listed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One element of the metadata: "dc:title" or "meta", its text and its attributes."""

    name: str
    value: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found in texts and finished pages: in plain words, and for people who can't see all.

    `described` says that every picture has words of its own, `formulas` that there is MathML.
    """

    rights: str
    description: str
    described: bool
    formulas: bool


def identifier(issue: Issue) -> str:
    """Return the name of the e-book, always the same for the same issue of the same magazine."""
    magazine = issue.magazine
    home = f"urn:issn:{magazine.issn}" if magazine.issn else magazine.url or magazine.title
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{home}#{issue.sheet.number}')}"


def book_title(issue: Issue, language: Language) -> str:
    """Return the title as shelves show it, such as "Foundations, No. 37 (Spring 2026)"."""
    sheet = issue.sheet
    season = f" ({sheet.season})" if sheet.season else ""
    return f"{issue.magazine.title}, {language.say('number', number=sheet.number)}{season}"


def facts(issue: Issue, stories: Iterable[Story], language: Language, found: Findings) -> tuple[Fact, ...]:
    """Return all facts but the identifier, the language of the package and the time of its making."""
    stories = tuple(stories)
    return (
        *_titles(issue, language),
        *_languages(stories, language),
        *_people(issue, stories),
        *_publication(issue, found),
        *_series(issue),
        *_access(found),
    )


def print_source(issue: Issue, language: Language) -> str:
    """Return what the printed pages are pages of, such as "Foundations, No. 37, print edition, ISSN 2049-3630"."""
    issn = [language.say("issn", number=issue.magazine.issn)] if issue.magazine.issn else []
    return ", ".join([book_title(issue, language), language.say("print_edition"), *issn])


def paged(known: Iterable[Fact], source: str) -> Iterable[Fact]:
    """Yield the facts of an e-book in which the pages of its print edition, `source`, are marked and listed."""
    for fact in known:
        prop = fact.attributes.get("property")
        if prop == _HAZARD:
            for feature in ("pageNavigation", "pageBreakMarkers"):
                yield _meta(_FEATURE, feature)
        yield replace(fact, value=f"{fact.value} {_PAGES_MARKED}") if prop == _SUMMARY else fact
    yield _meta("pageBreakSource", source)


def _meta(prop: str, value: str, **attributes: str) -> Fact:
    return Fact(name="meta", value=value, attributes={"property": prop, **attributes})


def _named(name: str, content: str) -> Fact:
    return Fact(name="meta", attributes={"name": name, "content": legal(content)})


def _titles(issue: Issue, language: Language) -> Iterable[Fact]:
    sorted_as = f"{issue.magazine.title}, {language.say('number', number=f'{issue.sheet.number:03d}')}"
    yield Fact(name="dc:title", value=book_title(issue, language), attributes={"id": TITLE_ID})
    yield _meta("title-type", "main", refines=f"#{TITLE_ID}")
    yield _meta("file-as", sorted_as, refines=f"#{TITLE_ID}")


def _languages(stories: Iterable[Story], language: Language) -> Iterable[Fact]:
    for code in dict.fromkeys((language.code, *(story.front.language for story in stories))):
        if code:
            yield Fact(name="dc:language", value=code)


def _people(issue: Issue, stories: Iterable[Story]) -> Iterable[Fact]:
    roles: dict[str, dict[str, None]] = {}
    for person in _persons(stories):
        roles.setdefault(person.name, {})[RELATORS[person.role]] = None
    # Shelves show the creator; for a whole issue that is who brings it out.
    publisher = issue.magazine.publisher or issue.magazine.title
    yield Fact(name="dc:creator", value=publisher, attributes={"id": "creator"})
    yield _meta("role", _ISSUING_BODY, refines="#creator", scheme="marc:relators")
    for number, (name, relators) in enumerate(roles.items(), start=1):
        yield Fact(name="dc:contributor", value=name, attributes={"id": f"person-{number}"})
        for relator in relators:
            yield _meta("role", relator, refines=f"#person-{number}", scheme="marc:relators")


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
    yield _meta("belongs-to-collection", magazine.title, id=SERIES_ID)
    yield _meta("collection-type", "series", refines=f"#{SERIES_ID}")
    yield _meta("group-position", number, refines=f"#{SERIES_ID}")
    if magazine.issn:
        yield _meta("dcterms:identifier", f"urn:issn:{magazine.issn}", refines=f"#{SERIES_ID}")
    # What readers understood before EPUB 3, and some still do.
    yield _named("cover", COVER_ID)
    yield _named("calibre:series", magazine.title)
    yield _named("calibre:series_index", number)


def _access(found: Findings) -> Iterable[Fact]:
    """Tell what the e-book offers; only what was found in it, since readers choose by it."""
    for mode in ("textual", "visual"):  # the cover is a picture
        yield _meta("schema:accessMode", mode)
    if found.described:
        yield _meta("schema:accessModeSufficient", "textual")
    yield _meta("schema:accessModeSufficient", "textual,visual")
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    features += ["alternativeText"] * found.described + ["MathML"] * found.formulas
    for feature in features:
        yield _meta(_FEATURE, feature)
    yield _meta(_HAZARD, "none")
    pictures = (
        "All pictures have a description in words."
        if found.described
        else "Some pictures have no description in words."
    )
    summary = f"Reflowable text with headings, a linked table of contents and linked notes. {pictures}"
    yield _meta(_SUMMARY, summary, **{XML_LANG: "en"})
