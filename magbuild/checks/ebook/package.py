"""The package document of a finished e-book: what it says of itself and of its files.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Iterator

from lxml import etree

from magbuild.checks.ebook.book import Book
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.vocabulary import ACCESS_PROPERTIES, PREFIXES, PROPERTIES
from magbuild.editions.epub.package import DC, OPF
from magbuild.editions.epub.xhtml import XML_LANG

# W3C, Date and Time Formats: the only dates that shops sort by.
_DATE = re.compile(r"\d{4}(-(0\d|1[0-2])(-([0-2]\d|3[01])(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}|x)(?:-[A-Za-z0-9]{1,8})*")
_NAME = re.compile(r"[^\W\d][\w.-]*")


def bad_package(book: Book) -> Iterator[Finding]:
    """The package document isn't one of EPUB 3, or lacks one of its three parts.

    Metadata, manifest and spine say what the e-book is, which files it has, and in which order they are read. Old
    e-books (EPUB 2) are still read everywhere, but shops want EPUB 3.
    """
    if book.package_name not in book.files or book.package.tag == "nothing":
        return  # other checks tell of it
    if book.package.tag != f"{{{OPF}}}package":
        yield fault(book.package, "it is no package document", "build the e-book again")
        return
    version = book.package.get("version", "")
    if not version.startswith("3."):
        yield fault(book.package, f"it is of version '{version}', not 3.0", "export it as EPUB 3")
    for part in ("metadata", "manifest", "spine"):
        found = book.package.find(f"{{{OPF}}}{part}")
        if found is None or len(found) == 0:
            yield fault(book.package, f"it has no {part}", "build the e-book again")
    yield from _repeated_ids(book)


def _repeated_ids(book: Book) -> Iterator[Finding]:
    seen: set[str] = set()
    for element in book.package.iter("*"):
        uid = (element.get("id") or "").strip() if "id" in element.attrib else None
        if uid is not None and (uid in seen or not _NAME.fullmatch(uid)):
            yield fault(element, f"the id '{uid}' is there twice, or is no XML name", "give it an id of its own")
        seen.add(uid or "")


def missing_facts(book: Book) -> Iterator[Finding]:
    """The e-book doesn't say what every e-book must: its title, its language, its identifier, when it was made.

    Shelves show the title, voices choose the language, and reading systems know the book by its identifier; two
    versions of it are told apart by `dcterms:modified`.
    """
    if not book.items:
        return
    for name, what in (("dc:title", "title"), ("dc:language", "language"), ("dc:identifier", "identifier")):
        if not any(book.values(name)):
            yield fault(book.package, f"the e-book has no {what}", f"write it into {name}")
    for element in book.package.iter(f"{{{DC}}}*"):
        if not (element.text or "").strip():
            yield fault(element, f"dc:{etree.QName(element).localname} is empty", "fill it in, or take it out")
    known = {fact.get("id") for fact in book.facts("dc:identifier")}
    if book.package.get("unique-identifier") not in known:
        yield fault(book.package, "unique-identifier names none of the identifiers", "name the id of one")
    stamps = [fact for fact in book.facts("dcterms:modified") if not fact.get("refines")]
    if len(stamps) != 1 or not _MODIFIED.fullmatch((stamps[0].text or "").strip()):
        message = "dcterms:modified is there, once, as in 2026-03-20T12:00:00Z: here it isn't"
        yield fault(stamps[0] if stamps else book.package, message, "write when the e-book was made")


def unsortable_date(book: Book) -> Iterator[Finding]:
    """The date of publication isn't written as programs read it.

    Write 2026, 2026-03 or 2026-03-20; "Spring 2026" belongs into the title.
    """
    dates = book.facts("dc:date")
    for date in dates:
        text = (date.text or "").strip()
        if not _DATE.fullmatch(text):
            yield flaw(date, f"'{text}' is no date that shops can sort by", "write it as 2026-03-20")
    if len(dates) > 1:
        yield fault(dates[1], "there are two dates of publication", "keep the one of this e-book")


def language_code(book: Book) -> Iterator[Finding]:
    """A language is named by what is no language code.

    Voices and hyphenation are chosen by it. Write `en-GB`, `de` or `grc`, not the language's name.
    """
    for fact in book.facts("dc:language"):
        if not _LANGUAGE.fullmatch((fact.text or "").strip()):
            yield fault(fact, f"'{fact.text}' is no language code", "write a code such as en-GB")
    for root in (book.package, *(page.tree for page in book.pages.values())):
        for element in root.iter("*"):
            for name in ("lang", XML_LANG):
                code = element.get(name)
                if code and not _LANGUAGE.fullmatch(code):
                    yield fault(element, f"'{code}' is no language code", "write a code such as en-GB")


def language_unsaid(book: Book) -> Iterator[Finding]:
    """The package, a page or a list doesn't say which language it is in.

    A screen reader then reads it with the voice of its own language. Write `lang` and `xml:lang` on the page's first
    element, and `xml:lang` on the package, for its title and summary.
    """
    if book.items and not book.package.get(XML_LANG):
        yield flaw(book.package, "the package doesn't say the language of its title", "write xml:lang on it")
    for page in book.texts:
        told, spoken = page.tree.get("lang"), page.tree.get(XML_LANG)
        if not told and not spoken:
            yield flaw(page.tree, "the page doesn't say its language", "write lang and xml:lang on its html element")


def languages_differ(book: Book) -> Iterator[Finding]:
    """An element says two languages: one in `lang`, another in `xml:lang`.

    Some reading systems read the one, some the other. Write the same code into both.
    """
    for page in book.texts:
        for element in page.all():
            told, spoken = element.get("lang"), element.get(XML_LANG)
            if told is not None and spoken is not None and told.casefold() != spoken.casefold():
                message = f"lang is '{told}', but xml:lang is '{spoken}'"
                yield fault(element, message, "write the same code into both")


def unknown_property(book: Book) -> Iterator[Finding]:
    """A fact of the metadata has a name that means nothing, or refines what isn't there.

    Mostly a prefix is wrong: `pageBreakSource` has none, `certifiedBy` has `a11y:`, `accessMode` has `schema:`.
    """
    ids = {element.get("id") for element in book.package.iter("*")}
    for fact in book.package.iter(f"{{{OPF}}}meta", f"{{{OPF}}}link"):
        refined = fact.get("refines")
        if refined is not None and refined.startswith("#") and refined[1:] not in ids:
            yield fault(fact, f"it refines '{refined}', which isn't there", "name the id of another fact")
        name = fact.get("property")
        if name is None:
            continue
        prefix, colon, rest = name.partition(":")
        known = (
            rest in ACCESS_PROPERTIES if prefix == "a11y" and colon else name in PROPERTIES or is_declared(book, name)
        )
        if not known:
            yield fault(fact, f"there is no property '{name}'", "look its name up, and its prefix")
        elif not (fact.text or "").strip():
            yield fault(fact, f"'{name}' has no value", "fill it in, or take it out")


def is_declared(book: Book, name: str) -> bool:
    """Whether a name has a prefix that is reserved or declared."""
    prefix, colon, _ = name.partition(":")
    return bool(colon) and (prefix in PREFIXES or f"{prefix}:" in (book.package.get("prefix") or "").split())


def no_cover(book: Book) -> Iterator[Finding]:
    """The e-book has no cover picture.

    Shelves and shops then show a grey tile. Name a JPEG of 1600 by 2400 pixels as `cover-image` in the manifest.
    """
    if book.items and book.cover is None:
        yield flaw(book.package, "no picture is named as cover", "give one the property cover-image")
