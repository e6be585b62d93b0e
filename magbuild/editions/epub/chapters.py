"""The pages of the e-book: stories and manuscripts come in, trees made by the templates go out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import jinja2
from lxml import etree
from markupsafe import Markup, escape

from magbuild.addresses import typed_address
from magbuild.bodytext import DROP_CAP_TYPES, NO_END_MARK_TYPES, byline, named
from magbuild.compose import plain
from magbuild.editions.epub import links, xhtml
from magbuild.editions.epub.album import COVER, Album, plain_name
from magbuild.editions.epub.formulas import spoken
from magbuild.editions.epub.metadata import book_title
from magbuild.editions.epub.navigation import Entry, Landmark, parts
from magbuild.editions.epub.tables import fit_tables
from magbuild.language import Language
from magbuild.layout import Layout, render
from magbuild.letters import Part, stamp
from magbuild.manuscript import Manuscript, set_line, set_text
from magbuild.model import IMPRINT, MADE_PAGES, Issue, Medium, Person, Role, Story, StoryType

STYLES: Final = "style.css"
COVER_PAGE, CONTENTS_PAGE, IMPRINT_PAGE = "cover.xhtml", "contents.xhtml", "imprint.xhtml"
# What many people wrote, or nobody in particular; the contents name nobody for it.
UNSIGNED_TYPES = frozenset({StoryType.LETTERS, StoryType.NOTICE})
_MADE = (COVER_PAGE, CONTENTS_PAGE, IMPRINT_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the e-book's text; `story` is empty for the pages that the builder makes."""

    name: str
    title: str
    tree: etree._Element
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindery:
    """What is at hand while the pages of one e-book are made."""

    issue: Issue
    manuscripts: Mapping[str, Manuscript]
    environment: jinja2.Environment
    album: Album
    language: Language
    names: Mapping[str, str]  # of the page that holds a story, by its slug

    def stories(self) -> Iterator[Story]:
        """Yield the stories of this edition in running order."""
        return (self.issue.story(slug) for slug in self.issue.order if slug in self.names)

    def section(self, story: Story) -> str:
        """Return the heading of a story's section in plain text."""
        section = self.issue.section(story)
        return plain(set_line(section.title or section.name or story.front.section, self.language.code))

    def title(self, story: Story) -> str:
        """Return a story's title in plain text, with the quotes and dashes of its language."""
        return plain(set_line(story.front.title, story.front.language))


def bindery(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout, album: Album) -> Bindery:
    """Lay everything ready for an issue's pages."""
    language = Language(code=issue.magazine.language, own_words=issue.magazine.words)
    names: dict[str, str] = {}
    for slug in issue.order:
        if slug not in MADE_PAGES and Medium.EPUB in issue.story(slug).front.editions:
            names[slug] = plain_name(slug, ".xhtml", {*names.values(), *_MADE})
    return Bindery(
        issue=issue,
        manuscripts=manuscripts,
        environment=layout.environment(_template_words(issue, language, album)),
        album=album,
        language=language,
        names=names,
    )


def pages(desk: Bindery) -> tuple[Page, ...]:
    """Return the cover, the contents, and every story and the imprint at their places, all finished."""
    inside = [
        _imprint(desk) if slug == IMPRINT else _chapter(desk, desk.issue.story(slug))
        for slug in (*desk.issue.order, *((IMPRINT,) if IMPRINT not in desk.issue.order else ()))
        if slug == IMPRINT or slug in desk.names
    ]
    made = (_cover(desk), _contents(desk, inside), *inside)
    targets = {
        page.story: links.Target(
            name=page.name,
            title=page.title,
            language=desk.issue.story(page.story).front.language,
            ids=xhtml.ids(page.tree),
        )
        for page in made
        if page.story
    }
    names = {page.name for page in made}
    for page in made:
        xhtml.annotate(page.tree, desk.language)
        fit_tables(page.tree, desk.language)
        xhtml.tell_apart(page.tree)
        for formula in page.tree.iter(f"{{{xhtml.MATHML}}}math"):
            formula.set("alttext", formula.get("alttext") or spoken(formula))
        xhtml.name_source(page.tree, _source(desk.issue, page))
        links.resolve_links(page.tree, targets, names)
    return made


def _source(issue: Issue, page: Page) -> str:
    """Return the file, named from the issue's folder, in which an editor wrote what stands on a page."""
    if page.name == IMPRINT_PAGE:
        return f"../{issue.MAGAZINE}"
    return issue.story(page.story).path.name if page.story else issue.SHEET


def entries(desk: Bindery, inside: Iterable[Page]) -> Iterator[Entry]:
    """Yield the lines of the contents: every story but the adverts, and the imprint."""
    for page in inside:
        story = desk.issue.story(page.story) if page.story else None
        if story is None:
            if page.name == IMPRINT_PAGE:
                yield Entry(title=page.title, name=page.name, language=desk.language.code)
        elif story.front.type is not StoryType.ADVERT:
            yield Entry(
                title=page.title,
                name=page.name,
                language=story.front.language,
                authors=plain(named(_authors(story), desk.language)),
                section=desk.section(story),
            )


def _authors(story: Story) -> list[Person]:
    """Return whose story it is: its authors, or who else is named, such as an interviewer."""
    if story.front.type in UNSIGNED_TYPES:
        return []
    people = story.front.author
    return [person for person in people if person.role is Role.AUTHOR] or list(people)


def landmarks(desk: Bindery, listed: Sequence[Entry]) -> tuple[Landmark, ...]:
    """Return the cover, the contents and the page on which reading begins."""
    cover, contents = desk.language.say("cover"), desk.language.say("contents")
    found = [
        Landmark(type="cover", guide_type="cover", title=cover, name=COVER_PAGE),
        Landmark(type="toc", guide_type="toc", title=contents, name=CONTENTS_PAGE),
    ]
    for start in listed[:1]:
        found.append(Landmark(type="bodymatter", guide_type="text", title=start.title, name=start.name))
    return tuple(found)


def summary(issue: Issue, language: Language) -> str:
    """Return what the cover says of the issue: its title and the cover lines, in plain sentences."""
    said = (issue.sheet.title, *(line.text for line in issue.sheet.cover.lines))
    return " ".join(_sentence(plain(set_line(words, language.code))) for words in said if words)


def accent(colour: str) -> str:
    """Return the class of pages in a colour of the palette, "" for no colour."""
    return f"accent-{plain_name(colour, '', ())}" if colour else ""


def _template_words(issue: Issue, language: Language, album: Album) -> dict[str, Any]:
    """Return the names that every template of the e-book may use."""
    return {
        "magazine": issue.magazine,
        "issue": issue.sheet,
        "book_title": book_title(issue, language),
        "say": language.say,
        "language": language,
        "styles": STYLES,
        "address": typed_address,
        "line": lambda text, code="": Markup(set_line(text, code or language.code)),
        "text": lambda text: Markup(set_text(text, language.code)),
        "byline": lambda people: byline(people, language),
    }


def _render(desk: Bindery, kind: str, **words: Any) -> etree._Element:
    template = f"epub/{kind}.html"
    return xhtml.read(render(desk.environment, template, kind=kind, **words), template)


def _cover(desk: Bindery) -> Page:
    cover, title = desk.issue.sheet.cover, desk.language.say("cover")
    told = [_sentence(words) for words in (title, book_title(desk.issue, desk.language), cover.alt) if words]
    alt = " ".join([*told, summary(desk.issue, desk.language)]).strip()
    tree = _render(desk, "cover", title=title, lang=desk.language.code, file=COVER, alt=alt)
    return Page(name=COVER_PAGE, title=title, tree=tree)


def _sentence(words: str) -> str:
    return words if re.search(r"[.!?…]\W*$", words) else f"{words}."


def _contents(desk: Bindery, inside: Sequence[Page]) -> Page:
    title = desk.language.say("contents")
    listed = tuple(entries(desk, inside))
    tree = _render(
        desk,
        "contents",
        title=title,
        lang=desk.language.code,
        parts=parts(listed),
        landmarks=landmarks(desk, listed),
    )
    return Page(name=CONTENTS_PAGE, title=title, tree=tree)


def _imprint(desk: Bindery) -> Page:
    title = desk.language.say("imprint")
    tree = _render(desk, "imprint", title=title, lang=desk.language.code)
    _place_pictures(desk, tree)
    return Page(name=IMPRINT_PAGE, title=title, tree=tree)


def _chapter(desk: Bindery, story: Story) -> Page:
    manuscript, kind = desk.manuscripts[story.slug], story.front.type
    title = desk.title(story)
    tree = _render(
        desk,
        "advert" if kind is StoryType.ADVERT else "chapter",
        title=title,
        lang=story.front.language,
        story=story,
        front=story.front,
        section=desk.section(story),
        accent=accent(desk.issue.section(story).colour),
        body=_stamped(manuscript.body, story.slug, Part.BODY),
        notes=_stamped(manuscript.notes, story.slug, Part.NOTES),
    )
    _place_pictures(desk, tree)
    for body in tree.iter(xhtml.html("div")):
        if "body" in xhtml.classes(body):
            xhtml.mark_opening(body, drop_cap=kind in DROP_CAP_TYPES)
            if kind not in NO_END_MARK_TYPES:
                xhtml.mark_closing(body)
    return Page(name=desk.names[story.slug], title=title, tree=tree, story=story.slug)


def _stamped(fragment: str, story: str, part: Part) -> Markup:
    """Return a part of a story whose blocks say where in it they begin, until printed pages are marked by that."""
    tree = etree.fromstring(f"<div>{fragment}</div>")
    stamp(tree, story, part)
    inner = "".join(etree.tostring(block, encoding="unicode") for block in tree)
    return Markup(f"{escape(tree.text or '')}{inner}")


def _place_pictures(desk: Bindery, tree: etree._Element) -> None:
    """Put the pictures of a page, which still have their names in the issue's folder, into the album."""
    for image in tree.iter(xhtml.html("img")):
        image.set("src", desk.album.picture(image.get("src", "")))
