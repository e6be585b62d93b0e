"""The structure of pages for those who hear them: headings, boxes, roles, tables, notes.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from magbuild.checks.ebook.book import Book, Page
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.references import references
from magbuild.checks.ebook.vocabulary import (
    DEPRECATED_ROLES,
    NAMELESS,
    PAGE_PREFIXES,
    ROLE_OF_TYPE,
    ROLES,
    ROLES_OF_ELEMENT,
    TYPES,
)
from magbuild.editions.epub.xhtml import TYPE, html, words

LONGEST_NOTE: Final = 5000  # characters that Kobo shows in a pop-up
_HEADS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_IDREFS: Final = ("aria-labelledby", "aria-describedby", "aria-details", "aria-flowto", "aria-owns", "headers", "for")
_PREFIX: Final = "{http://www.idpf.org/2007/ops}prefix"


def skipped_heading(book: Book) -> Iterator[Finding]:
    """A heading is two levels or more below the one before it.

    Those who hear the text step through it by headings and take a gap for something missing. Use the next level.
    """
    for page in book.texts:
        last = 0
        for head in page.all(*_HEADS):
            level = int(etree.QName(head).localname[1:])
            if last and level > last + 1:
                message = f"'{_short(words(head))}' is a heading of level {level} after one of level {last}"
                yield flaw(head, message, f"make it a heading of level {last + 1}")
            last = level


def several_titles(book: Book) -> Iterator[Finding]:
    """A page has several headings of the first level.

    Its title is the only one; crossheads are of the second level. Write `##` for them.
    """
    for page in book.texts:
        for head in list(page.all("h1"))[1:]:
            message = f"'{_short(words(head))}' is a second heading of the first level"
            yield flaw(head, message, "make it a heading of the second level")


def empty_heading(book: Book) -> Iterator[Finding]:
    """A heading has no text.

    Screen readers announce it and then say nothing. Take it out.
    """
    for page in book.texts:
        for head in page.all(*_HEADS):
            if not words(head) and not any(image.get("alt") for image in head.iter(html("img"))):
                yield flaw(head, "a heading is empty", "write it, or take it out")


def unnamed_box(book: Book) -> Iterator[Finding]:
    """A box beside the text has no name.

    Screen readers announce boxes by name, so that one can pass over them. Give it a title, or an `aria-label`.
    """
    for page in book.texts:
        names = {element.get("id"): element for element in page.all() if element.get("id")}
        for box in page.all("aside"):
            quoted = box.get("aria-hidden") == "true" or box.get("role") in ("doc-footnote", "doc-pullquote")
            named = (box.get("aria-labelledby") or "").split()
            heard = any(words(names[uid]) for uid in named if uid in names)
            if not (quoted or heard or (box.get("aria-label") or "").strip()):
                yield flaw(box, "a box beside the text has no name", "give it a title")


def boxes_alike(book: Book) -> Iterator[Finding]:
    """Two boxes of a page have the same name.

    Those who go from one to the other hear the same twice. Give each a title of its own.
    """
    for page in book.texts:
        titles = {element.get("id"): words(element) for element in page.all() if element.get("id")}
        seen: set[str] = set()
        for box in page.all("aside", "div", "section"):
            landmark = etree.QName(box).localname == "aside" or box.get("role") in ("region", "complementary")
            if not landmark or box.get("aria-hidden") == "true" or box.get("role") == "doc-footnote":
                continue
            name = box.get("aria-label") or titles.get((box.get("aria-labelledby") or "").strip(), "")
            if name and name in seen:
                yield flaw(box, f"two boxes are called '{_short(name)}'", "give each a title of its own")
            seen.add(name)


def loose_reference(book: Book) -> Iterator[Finding]:
    """An element says that another one names or describes it, and that one isn't there.

    Give it the id of an element of the same page.
    """
    for page in book.texts:
        ids = book.ids(page.name)
        for element in page.all():
            for attribute in _IDREFS:
                for uid in (element.get(attribute) or "").split():
                    if uid not in ids:
                        message = f"{attribute} names '{uid}', which isn't on the page"
                        yield fault(element, message, "write the id of the element that is meant")


def wrong_role(book: Book) -> Iterator[Finding]:
    """An element's role is unknown, outdated, not allowed for it, or not the one that goes with its epub:type.

    Reading systems go by epub:type, screen readers by role: both must say the same, and an element can have some
    roles only (ARIA in HTML). `doc-chapter` belongs on a section, not on an article.
    """
    for page in book.texts:
        for element in page.all():
            role = (element.get("role") or "").strip()
            if role:
                yield from _role(element, role)
            if not _in_landmarks(element):
                yield from _matching(element, role)


def _role(element: etree._Element, role: str) -> Iterator[Finding]:
    name = etree.QName(element).localname
    if role not in ROLES:
        yield fault(element, f"there is no role '{role}'", "take it out, or look it up")
    elif role in DEPRECATED_ROLES:
        yield flaw(element, f"the role '{role}' is outdated", "take it out")
    elif role.startswith("doc-") and name in ROLES_OF_ELEMENT and role not in ROLES_OF_ELEMENT[name]:
        yield fault(element, f"'{name}' can't have the role '{role}'", "put the role on a section or div")


def unheard_name(book: Book) -> Iterator[Finding]:
    """An element has a name for those who hear the page, but is of a kind whose name isn't said.

    Paragraphs, spans and the like have no names. Give it a role, or write the words into the text.
    """
    for page in book.texts:
        for element in page.all(*NAMELESS):
            if not element.get("role") and (element.get("aria-label") or element.get("aria-labelledby")):
                name = etree.QName(element).localname
                yield flaw(element, f"nobody hears the name of a '{name}' without a role", "give it a role")


def _matching(element: etree._Element, role: str) -> Iterator[Finding]:
    for kind in (element.get(TYPE) or "").split():
        wanted = ROLE_OF_TYPE.get(kind)
        implied = (kind, etree.QName(element).localname) in (("figure", "figure"), ("glossterm", "dfn"))
        if wanted and role != wanted and not implied:
            yield flaw(element, f"it has the type '{kind}' without the role '{wanted}'", f'write role="{wanted}"')
            return


def _in_landmarks(element: etree._Element) -> bool:
    return any("landmarks" in (nav.get(TYPE) or "").split() for nav in element.iterancestors(html("nav")))


def unknown_type(book: Book) -> Iterator[Finding]:
    """An epub:type is none that EPUB knows.

    Reading systems pass over it. Take it out, or use a class for looks.
    """
    for page in book.texts:
        declared = {word[:-1] for word in (page.tree.get(_PREFIX) or "").split() if word.endswith(":")}
        for element in page.tree.iter("*"):
            for kind in (element.get(TYPE) or "").split():
                prefix, colon, _ = kind.partition(":")
                if colon and prefix not in declared | PAGE_PREFIXES:
                    message = f"the prefix of the type '{kind}' isn't declared"
                    yield fault(element, message, "declare it in epub:prefix, or take the type out")
                elif not colon and kind not in TYPES:
                    yield flaw(element, f"there is no type '{kind}'", "take it out, or use a class")


def table_heads(book: Book) -> Iterator[Finding]:
    """A table has no heads, or an empty one.

    Screen readers say with each cell the head of its column. Write heads over all columns; an empty corner is an
    ordinary cell.
    """
    for page in book.texts:
        for table in page.all("table"):
            heads = list(table.iter(html("th")))
            if table.get("role") in ("presentation", "none"):
                continue
            if not heads and len(list(table.iter(html("tr")))) > 1:
                yield flaw(table, "a table has no heads", "give each column a head")
            for head in heads:
                if not words(head) and not any(image.get("alt") for image in head.iter(html("img"))):
                    yield flaw(head, "a head of a table is empty", "write it, or make it an ordinary cell")


def lost_note(book: Book) -> Iterator[Finding]:
    """The call of a note leads to no note, or a note can't be left again.

    Pop-ups show what stands in the element to which the call leads: it must have the type `footnote`, and a link back
    to the call for readers without pop-ups.
    """
    types = {page.name: {e.get("id"): e for e in page.all() if e.get("id")} for page in book.texts}
    for reference in references(book):
        element = reference.where
        if isinstance(element, str) or "noteref" not in (element.get(TYPE) or element.get("role") or ""):
            continue
        there = types.get(reference.target.name, {}) if reference.target else {}
        note = there.get(reference.target.fragment) if reference.target else None
        if note is None:
            continue  # a link to a lost spot, which is told of
        kinds = f"{note.get(TYPE) or ''} {note.get('role') or ''}"
        if "footnote" not in kinds and "endnote" not in kinds:
            message = f"the call of note '{words(element)}' doesn't lead to a note"
            yield flaw(element, message, "give the note the type footnote, and link the call to it")
        elif not any(link.get("href") for link in note.iter(html("a"))):
            yield flaw(note, f"nothing leads back from note '{words(element)}'", "link it to its call")


def long_note(book: Book) -> Iterator[Finding]:
    """A note has more than 5,000 characters.

    Kobo shows no pop-up for it. Shorten it, or take a part of it into the text.
    """
    for page in book.texts:
        for note in _notes(page):
            length = len(words(note))
            if length > LONGEST_NOTE:
                yield flaw(note, f"a note has {length} characters, more than {LONGEST_NOTE}", "shorten it")


def _notes(page: Page) -> Iterator[etree._Element]:
    return (e for e in page.all() if {"footnote", "endnote"} & {*(e.get(TYPE) or "").split()})


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
