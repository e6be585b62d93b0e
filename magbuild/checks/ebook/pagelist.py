"""The pages of the printed edition in a finished e-book: marks in the text, and the list of them.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from magbuild.checks.ebook.book import Address, Book
from magbuild.checks.ebook.contents import spot_of
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.editions.epub.xhtml import TYPE, html, words


def page_mark_unlabelled(book: Book) -> Iterator[Finding]:
    """The mark of a printed page doesn't say its number.

    Screen readers and page lists have nothing to name. Write the number into its `aria-label`.
    """
    for element, _ in page_marks(book):
        if not (element.get("aria-label") or element.get("title") or words(element)):
            yield flaw(element, "the mark of a printed page has no number", "write it into aria-label")


def page_not_listed(book: Book) -> Iterator[Finding]:
    """A printed page is marked in the text, but isn't in the list of pages.

    Readers who are told "page 12" can't go there. List every mark.
    """
    marks = list(page_marks(book))
    if not marks or book.contents is None:
        return
    pages = book.guide("page-list")
    if pages is None:
        yield fault(book.contents.tree, "printed pages are marked, but there is no list of them", "write a page-list")
        return
    listed = {book.address(book.contents.name, link.get("href") or "") for link in pages.iter(html("a"))}
    for element, address in marks:
        if address not in listed:
            label = element.get("aria-label") or words(element) or element.get("id")
            yield fault(element, f"printed page {label} isn't in the list of pages", "list it")


def page_marks(book: Book) -> Iterator[tuple[etree._Element, Address]]:
    """Yield the marks of printed pages, and where they are."""
    for page in book.texts:
        for element in page.tree.iter("*"):
            kinds = f"{element.get(TYPE) or ''} {element.get('role') or ''}".split()
            if "pagebreak" in kinds or "doc-pagebreak" in kinds:
                yield element, Address(page.name, element.get("id", ""))


def page_order(book: Book) -> Iterator[Finding]:
    """The list of printed pages isn't in the order of the text, or names a page twice, or by another number.

    Each page begins after the one before it. An advert that was printed amid a story may come after it, with its page.
    """
    pages = book.guide("page-list")
    if pages is None or book.contents is None:
        return
    links = list(pages.iter(html("a")))
    for before, link in pairwise(links):
        label, last = words(link), words(before)
        if label == last:
            yield fault(link, f"page {label} is in the list twice", "take one out")
        spots = [spot_of(book, book.contents.name, one.get("href")) for one in (before, link)]
        if spots[0] and spots[1] and spots[1] < spots[0]:
            yield fault(link, f"page {label} begins before page {last}", "sort the list as the text is")
    yield from _other_numbers(book, links)


def _other_numbers(book: Book, links: list[etree._Element]) -> Iterator[Finding]:
    """Yield lines of the list that say another number than the mark they lead to."""
    assert book.contents is not None
    said = {
        address: element.get("aria-label") or element.get("title") or words(element)
        for element, address in page_marks(book)
    }
    for link in links:
        target = book.address(book.contents.name, link.get("href") or "")
        own = said.get(target) if target else None
        if own and own.strip(" .") != words(link).strip(" ."):
            yield fault(link, f"the list says page {words(link)} where the text says {own}", "make them agree")


def page_source(book: Book) -> Iterator[Finding]:
    """The e-book has the pages of a printed edition, but doesn't say of which one.

    Write its ISBN, ISSN or title into `pageBreakSource`, without a prefix.
    """
    told = [*book.values("pageBreakSource"), *book.values("source-of")]
    has_pages = any(True for _ in page_marks(book)) or book.guide("page-list") is not None
    if has_pages and not any(told):
        yield flaw(book.package, "it isn't said whose pages are marked", "write pageBreakSource into the metadata")
    elif not has_pages and any(told):
        yield flaw(book.package, "pages of a printed edition are promised, but none is marked", "take it out")


def pages_differ(book: Book) -> Iterator[Finding]:
    """The pages of the e-book aren't those of the PDF that lies beside it.

    Both were built at different times, or the page labels of the PDF are wrong. Build both together.
    """
    pages = book.guide("page-list")
    if pages is None or not book.printed:
        return
    for link in pages.iter(html("a")):
        if words(link) not in book.printed:
            yield fault(link, f"page {words(link)} isn't in the PDF", "build the e-book and the PDF together")
