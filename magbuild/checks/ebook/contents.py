"""The contents of a finished e-book: the page with the list, the landmarks, and the list of old readers.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lxml import etree

from magbuild.checks.ebook.book import NCX_TYPE, Address, Book, Page
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.vocabulary import UNLISTED_TYPES
from magbuild.editions.epub.navigation import NCX
from magbuild.editions.epub.xhtml import TYPE, classes, html, words

DEEPEST: Final = 2  # levels that Kindle shows
_HEADS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


def no_contents(book: Book) -> Iterator[Finding]:
    """The e-book has no contents that reading systems find.

    One page of the manifest has the property `nav`, and in it a `nav` of the type `toc` with a list. Without it readers
    can't jump, and Send to Kindle refuses the e-book.
    """
    if not book.items:
        return
    if book.contents is None:
        yield fault(book.package, "no page is named as contents", "give one the property nav")
        return
    toc = book.guide("toc")
    if toc is None:
        yield fault(book.contents.tree, "the page has no contents: no nav of the type toc", "write it")
    elif next(toc.iter(html("a")), None) is None:
        yield fault(toc, "the contents are empty", "list the stories")


def bad_contents(book: Book) -> Iterator[Finding]:
    """The list of contents isn't built as reading systems want it.

    A `nav` holds a heading, if any, and one `ol`; each `li` in it a link or a `span` with words, and after a span
    another `ol` that isn't empty. Nothing else is allowed there, and other lists get lost.
    """
    if book.contents is None:
        return
    for nav in book.contents.all("nav"):
        if not nav.get(TYPE):
            continue
        kinds = [etree.QName(child).localname for child in nav if child.tag not in map(html, ("template", "script"))]
        if kinds.count("ol") != 1 or [kind for kind in kinds if kind not in (*_HEADS, "ol")]:
            held = ", ".join(kinds) or "nothing"
            yield fault(nav, f"a list of the contents holds {held}", "write a heading and one ol")
        for part in nav.iter(html("ol")):
            if not len(part):
                yield fault(part, "a list of the contents is empty", "take it out")
        for line in nav.iter(html("li")):
            yield from _line(line)


def _line(line: etree._Element) -> Iterator[Finding]:
    kinds = [etree.QName(child).localname for child in line]
    if not kinds or kinds[0] not in ("a", "span") or kinds[1:] not in ([], ["ol"]):
        yield fault(
            line, f"a line of the contents holds {', '.join(kinds) or 'nothing'}", "write a link and perhaps an ol"
        )
    elif not (words(line[0]) or any(image.get("alt") for image in line[0].iter(html("img")))):
        yield fault(line[0], "a line of the contents has no words", "write the story's title")
    elif re.match(r"[a-z][\w+.-]*:", line[0].get("href") or "", re.IGNORECASE):
        yield fault(line[0], "a line of the contents leads out of the e-book", "link it to a page")
    elif kinds[0] == "span" and len(kinds) == 1:
        yield fault(line[0], "a line of the contents leads nowhere", "link it, or put a list under it")


def contents_order(book: Book) -> Iterator[Finding]:
    """The contents are in another order than the pages.

    Kindle and readers that show how far one has come go by both. Sort the list, or the spine.
    """
    toc = book.guide("toc")
    if toc is None or book.contents is None:
        return
    spots = [(link, at) for link in toc.iter(html("a")) if (at := spot_of(book, book.contents.name, link.get("href")))]
    for (_, before), (link, at) in pairwise(spots):
        if at < before:
            message = f"'{words(link)}' stands after what comes later in the e-book"
            yield fault(link, message, "sort the contents as the pages are")


def spot_of(book: Book, base: str, href: str | None) -> tuple[int, int] | None:
    """Return where in the order of reading an address leads: the turn, and the element on that page."""
    target = book.address(base, href or "")
    page = book.pages.get(target.name) if target else None
    if target is None or page is None or page.turn is None:
        return None
    if not target.fragment:
        return page.turn, 0
    for at, element in enumerate(page.tree.iter("*")):
        if element.get("id") == target.fragment:
            return page.turn, at
    return None


def story_not_in_contents(book: Book) -> Iterator[Finding]:
    """A page with a title isn't in the contents.

    Readers who go by the contents never come across it. Add a line for it. Covers, imprints and adverts may be missing.
    """
    toc = book.guide("toc")
    if toc is None or book.contents is None:
        return
    targets = (book.address(book.contents.name, link.get("href") or "") for link in toc.iter(html("a")))
    listed = {target.name for target in targets if target}
    for page in book.texts:
        heads = [words(head) for head in page.all("h1", "h2")]
        if page.turn is None or page.name in listed or page is book.contents or not any(heads) or _needs_no_line(page):
            continue
        if book.spine[page.turn].linear:
            yield flaw(page.tree, f"'{next(filter(None, heads))}' isn't in the contents", "add a line for it")


def _needs_no_line(page: Page) -> bool:
    kinds = {kind for element in page.tree.iter("*") for kind in (element.get(TYPE) or "").split()[:1]}
    body = next(page.all("body"), page.tree)
    top = {kind for element in (body, *body) for kind in (element.get(TYPE) or "").split()}
    return bool(UNLISTED_TYPES & top) or "advert" in classes(body) or ("cover" in kinds and len(kinds) == 1)


def deep_contents(book: Book) -> Iterator[Finding]:
    """The contents have more than two levels.

    Kindle shows two, Kobo's e-readers one. Leave the lesser heads out.
    """
    toc = book.guide("toc")
    for part in toc.iter(html("ol")) if toc is not None else ():
        depth = 1 + sum(1 for _ in part.iterancestors(html("ol")))
        if depth > DEEPEST:
            yield flaw(part, f"the contents have {depth} levels, more than {DEEPEST}", "leave the lesser heads out")
            return


def bad_landmarks(book: Book) -> Iterator[Finding]:
    """The e-book doesn't say where its text begins, or not so that readers understand it.

    Apple Books and Kindle open a new book there. A `nav` of the type `landmarks` names the cover, the contents and the
    start of the text (`bodymatter`), with one type each.
    """
    if book.contents is None:
        return
    marks = book.guide("landmarks")
    if marks is None:
        yield flaw(book.contents.tree, "there are no landmarks", "write a nav of the type landmarks")
        return
    seen: set[tuple[str, str]] = set()
    for link in marks.iter(html("a")):
        kinds = (link.get(TYPE) or "").split()
        if len(kinds) != 1:
            found = flaw if kinds else fault
            yield found(link, f"the landmark '{words(link)}' has {len(kinds)} types", "give it one")
        for kind in kinds:
            if (kind, link.get("href", "")) in seen:
                yield fault(link, f"the landmark '{kind}' is there twice", "take one out")
            seen.add((kind, link.get("href", "")))
    if not {"bodymatter", "frontmatter", "chapter"} & {kind for kind, _ in seen}:
        yield flaw(marks, "no landmark says where the text begins", "add one of the type bodymatter")


def bad_old_contents(book: Book) -> Iterator[Finding]:
    """The contents of old readers (toc.ncx) are missing or faulty.

    Kindle, Adobe's readers and many e-readers still go by them. They name the same identifier as the package, and the
    same stories in the same order.
    """
    if not book.items:
        return
    if not any(item.media_type == NCX_TYPE for item in book.items):
        yield flaw(book.package, "there are no contents for old readers", "add an NCX file")
        return
    root = book.old_contents
    uid = book.package.get("unique-identifier")
    own = next((fact for fact in book.facts("dc:identifier") if fact.get("id") == uid), None)
    for meta in root.iter(f"{{{NCX}}}meta"):
        if (
            meta.get("name") == "dtb:uid"
            and own is not None
            and (meta.get("content") or "").strip() != (own.text or "").strip()
        ):
            yield fault(meta, "the contents of old readers name another identifier", "write that of the package")
    yield from _points(book, root)


def _points(book: Book, root: etree._Element) -> Iterator[Finding]:
    ids: set[str] = set()
    name = str(root.getroottree().docinfo.URL or "")
    last = (-1, -1)
    for point in root.iter(f"{{{NCX}}}navPoint"):
        uid = point.get("id") or ""
        if not uid or uid in ids:
            yield fault(point, f"the id '{uid}' of old readers' contents is missing or there twice", "number them anew")
        ids.add(uid)
        label = point.find(f"{{{NCX}}}navLabel")
        if label is None or not words(label):
            yield fault(point, "a line of old readers' contents has no words", "write the story's title")
        content = point.find(f"{{{NCX}}}content")
        spot = spot_of(book, name, content.get("src") if content is not None else None)
        if spot and spot < last:
            yield fault(point, "old readers' contents are in another order than the pages", "sort them")
        last = spot or last


def contents_differ(book: Book) -> Iterator[Finding]:
    """The contents of old readers name other stories than those of new ones.

    Build both from the same list.
    """
    toc, root = book.guide("toc"), book.old_contents
    if toc is None or book.contents is None or root.tag != f"{{{NCX}}}ncx":
        return
    name = str(root.getroottree().docinfo.URL or "")
    new = {book.address(book.contents.name, link.get("href") or "") for link in toc.iter(html("a"))}
    old = {
        book.address(name, content.get("src") or "")
        for point in root.iter(f"{{{NCX}}}navPoint")
        for content in point.iterfind(f"{{{NCX}}}content")
    }
    for missing, where, whose in ((new - old, root, "old"), (old - new, toc, "new")):
        for target in sorted(missing, key=str):
            if isinstance(target, Address) and target.name in book.files:
                message = f"the contents of {whose} readers lack '{target.name}'"
                yield flaw(where, message, "build both lists from the same stories")
