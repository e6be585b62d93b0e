"""The pages of a finished e-book as XHTML: titles, ids, elements at the wrong place, scripts, length.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from magbuild.checks.ebook.book import Book, Page
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.manifest import runs
from magbuild.checks.ebook.vocabulary import (
    ARIA,
    ATTRIBUTES,
    ATTRIBUTES_OF_ELEMENT,
    BLOCKS,
    CHILDREN,
    HOLD_PHRASES,
    OUTDATED_ATTRIBUTES,
    PARENTS,
    PHRASES,
    SIZED,
)
from magbuild.editions.epub.xhtml import XHTML, classes, html, words

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*\b(?:PUBLIC|SYSTEM)\b[^>\[]*")
LONG_PAGE: Final = 300_000  # bytes; what small readers open in one go
LONGEST_PAGE: Final = 10_000_000  # bytes; what Kobo takes


def no_charset(book: Book) -> Iterator[Finding]:
    """A page doesn't say that it is in UTF-8.

    Send to Kindle then guesses, and dashes and accents become other characters. Write `<meta charset="utf-8"/>` into
    its head.
    """
    for page in book.texts:
        if not any((meta.get("charset") or "").casefold() == "utf-8" for meta in page.all("meta")):
            http = [meta for meta in page.all("meta") if "charset=utf-8" in (meta.get("content") or "").casefold()]
            if not http:
                hint = 'write <meta charset="utf-8"/> into its head'
                yield flaw(page.tree, "the page doesn't say that it is in UTF-8", hint)


def old_doctype(book: Book) -> Iterator[Finding]:
    """A page names a document type of the web of long ago.

    Reading systems can't fetch it, and EPUB 3 wants `<!DOCTYPE html>` or none.
    """
    for page in book.texts:
        found = _DOCTYPE.search(page.data[:2000])
        if found and b"about:legacy-compat" not in found[0]:
            yield fault(page.tree, "the page names an old document type", "write <!DOCTYPE html>")


def untitled_page(book: Book) -> Iterator[Finding]:
    """A page has no title in its head.

    Screen readers say it when the page opens, and some reading systems show it. Write the story's title.
    """
    for page in book.texts:
        titles = list(page.all("title"))
        if not titles or not words(titles[0]):
            where = titles[0] if titles else page.tree
            yield fault(where, "the page has no title", "write the story's title into its head")


def repeated_id(book: Book) -> Iterator[Finding]:
    """Two elements of a page have the same id.

    Links and notes lead to the first of them, wherever they should. Give the second one an id of its own.
    """
    for page in book.pages.values():
        seen: set[str] = set()
        for element in page.tree.iter("*"):
            uid = element.get("id")
            if uid is not None and uid in seen:
                yield fault(element, f"the id '{uid}' is there twice", "give the second element another id")
            elif uid is not None and (not uid or len(uid.split()) != 1):
                yield fault(element, f"'{uid}' is no id", "write one without spaces")
            seen.add(uid or "")


def misplaced_element(book: Book) -> Iterator[Finding]:
    """An element stands where XHTML doesn't allow it, or isn't one of XHTML.

    Reading systems guess what was meant, each in its way: list items get lost, links end early. A paragraph can't
    hold another one, lists hold items alone, tables rows, and a link can't hold a link. Outdated elements and
    attributes such as `font`, `center` or `align` belong into styles; of others the name is mostly misspelt.
    """
    for page in book.texts:
        for element in page.all():
            yield from _misplaced(element)
        for name in ("head", "body"):
            number = sum(1 for _ in page.all(name))
            if number != 1:
                yield fault(page.tree, f"the page has {number} elements '{name}'", "leave one")


def _misplaced(element: etree._Element) -> Iterator[Finding]:
    name = etree.QName(element).localname
    above = _holder(element)
    if name not in PHRASES and name not in BLOCKS:
        yield fault(element, f"XHTML has no element '{name}'", "use one that it has, and styles for its looks")
    elif name in BLOCKS and above in HOLD_PHRASES:
        yield fault(element, f"'{name}' can't stand in '{above}'", f"end '{above}' before it")
    elif name in PARENTS and above and above not in PARENTS[name]:
        yield fault(element, f"'{name}' can't stand in '{above}'", f"it belongs into {' or '.join(PARENTS[name])}")
    elif above in CHILDREN and name not in CHILDREN[above]:
        yield fault(element, f"'{above}' can't hold '{name}'", f"it holds {' and '.join(sorted(CHILDREN[above])[:3])}")
    if name == "a" and any(True for _ in element.iterancestors(html("a"))):
        yield fault(element, "a link stands within a link", "end the first one before it")
    if name in CHILDREN and _has_text(element):
        yield fault(element, f"text stands in '{name}' outside of its parts", "put it into one of them")
    yield from _outdated(element, name)


def _holder(element: etree._Element) -> str:
    """Return the name of the XHTML element that holds another one, links left aside; "" when there is none."""
    parent = element.getparent()
    while parent is not None and parent.tag in (html("a"), html("ins"), html("del")):
        parent = parent.getparent()
    if parent is None or etree.QName(parent).namespace != XHTML:
        return ""
    return etree.QName(parent).localname


def _has_text(element: etree._Element) -> bool:
    pieces = [element.text, *(child.tail for child in element)]
    return any(piece and piece.strip() for piece in pieces)


def _outdated(element: etree._Element, name: str) -> Iterator[Finding]:
    for plain in map(str, element.attrib):
        if plain == "border" and name == "table" and element.get(plain) in ("", "1"):
            continue
        if not _is_attribute(plain, name):
            yield fault(element, f"'{name}' has no attribute '{plain}'", "take it out, or correct its name")
        elif plain in OUTDATED_ATTRIBUTES or (plain in ("width", "height") and name not in SIZED):
            yield fault(element, f"the attribute '{plain}' of '{name}' is outdated", "say it in the styles")


def _is_attribute(attribute: str, name: str) -> bool:
    """Whether there is such an attribute; those of a namespace, of data and of events may have any name."""
    first, _, rest = attribute.partition("-")
    if first == "aria":
        return rest in ARIA
    free = attribute.startswith("{") or first == "data" or (attribute.startswith("on") and attribute.isalpha())
    known = ATTRIBUTES | ATTRIBUTES_OF_ELEMENT.get(name, frozenset()) | OUTDATED_ATTRIBUTES
    return free or attribute in known


def script_in_page(book: Book) -> Iterator[Finding]:
    """A page has a script or a form.

    Kindle, Send to Kindle and most e-readers run none, and some refuse the e-book. Take it out.
    """
    for page in book.texts:
        for element in page.all("script", "form", "iframe", "object", "embed"):
            name = etree.QName(element).localname
            if name != "script" or runs(element):
                yield flaw(element, f"the page has a {name}, which most readers don't run", "take it out")
        for element in page.all():
            for attribute in map(str, element.attrib):
                if attribute.startswith("on") and attribute.isalpha():
                    yield flaw(element, f"'{attribute}' runs a script, which most readers don't", "take it out")


def fixed_viewport(book: Book) -> Iterator[Finding]:
    """A page that flows says how wide the screen is.

    The e-reader knows better. Take the `viewport` out.
    """
    if "pre-paginated" in book.values("rendition:layout"):
        return
    for page in book.texts:
        for element in page.all("meta"):
            if (element.get("name") or "").casefold() == "viewport":
                yield flaw(element, "the page says how wide the screen is", "take the viewport out")


def long_page(book: Book) -> Iterator[Finding]:
    """A page is so long that small readers open it slowly or not at all.

    They turn pages slowly from 300 kB of XHTML on; Kobo takes 10 MB at most. Divide the story.
    """
    for page in book.texts:
        size = len(page.data)
        if size > LONGEST_PAGE:
            yield fault(page.tree, f"the page has {size / 1e6:.0f} MB, more than 10", "divide it")
        elif size > LONG_PAGE:
            yield flaw(page.tree, f"the page has {size / 1e3:.0f} kB, more than 300", "divide it")


def repeated_title(book: Book) -> Iterator[Finding]:
    """Several pages have the same title in their heads.

    Those who hear them can't tell one from the other. Give each the title of its story. Adverts of one client may
    share a title.
    """
    pages = [page for page in book.texts if not any("advert" in classes(body) for body in page.all("body"))]
    titles = [(words(title), page) for page in pages for title in list(page.all("title"))[:1]]
    counts = Counter(title for title, _ in titles)
    for title, page in titles:
        if title and counts[title] > 1 and _is_first(title, page, titles):
            yield flaw(page.tree, f"{counts[title]} pages have the title '{title}'", "give each its own")


def _is_first(title: str, page: Page, titles: list[tuple[str, Page]]) -> bool:
    return next(one for name, one in titles if name == title) is page
