"""The files of a finished e-book as its manifest and its spine name them.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from magbuild.checks.ebook.archive import obfuscated
from magbuild.checks.ebook.book import NCX_TYPE, PAGE_TYPES, Book, Item
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.kinds import is_known, kind_of, kinds_for
from magbuild.checks.ebook.package import is_declared
from magbuild.checks.ebook.references import references
from magbuild.checks.ebook.vocabulary import ITEM_PROPERTIES
from magbuild.editions.epub.package import OPF
from magbuild.editions.epub.xhtml import MATHML, SVG


def missing_item(book: Book) -> Iterator[Finding]:
    """The manifest names a file that isn't in the e-book.

    Put the file in, or take its line out of the manifest.
    """
    for item in book.items:
        if item.name and item.name not in book.files and item.name not in book.damaged:
            yield fault(item.element, f"'{item.name}' isn't in the e-book", "put it in, or take the line out")
    for link in book.package.iter(f"{{{OPF}}}link"):
        address = book.address(book.package_name, link.get("href") or "")
        if address and address.name != book.package_name and address.name not in book.files:
            yield fault(link, f"'{link.get('href')}' isn't in the e-book", "put it in, or take the line out")


def bad_manifest(book: Book) -> Iterator[Finding]:
    """A line of the manifest can't be right.

    Each has an id of its own, a file and a media type; no file is there twice; and the package document and
    `mimetype` aren't listed.
    """
    names = Counter(item.name for item in book.items)
    told: set[str] = set()
    for item in book.items:
        lacking = [name for name in ("id", "href", "media-type") if not item.element.get(name)]
        if lacking:
            yield fault(item.element, f"a line of the manifest has no {' and no '.join(lacking)}", "fill it in")
        if names[item.name] > 1 and item.name and item.name in told:
            yield fault(item.element, f"'{item.name}' is listed twice", "take one line out")
        if item.name in (book.package_name, "mimetype") or item.name.startswith("META-INF/"):
            yield fault(item.element, f"'{item.name}' has no place in the manifest", "take the line out")
        told.add(item.name)
    if book.items and sum("nav" in item.properties for item in book.items) > 1:
        yield fault(book.package, "two pages are named as contents", "leave the property nav to one of them")
    if sum("cover-image" in item.properties for item in book.items) > 1:
        yield fault(book.package, "two pictures are named as cover", "leave the property cover-image to one of them")


def wrong_media_type(book: Book) -> Iterator[Finding]:
    """A file is another kind of file than the manifest says.

    Reading systems believe the manifest: they then show nothing. Mostly a picture was saved in another format under
    its old name (a WebP called .jpg). Save it in the format that its name says, or correct name and media type.
    """
    scrambled = set(obfuscated(book))
    for item in book.items:
        data = book.files.get(item.name)
        if data is None or not item.media_type:
            continue
        found = "" if item.name in scrambled else kind_of(data)
        if found and is_known(item.media_type) and item.media_type not in kinds_for(found):
            message = f"'{item.name}' is listed as {item.media_type}, but is {found}"
            yield fault(item.element, message, f"save it anew, or write {found}")
        elif not item.media_type.strip() or "/" not in item.media_type:
            yield fault(item.element, f"'{item.media_type}' is no media type", "write one such as image/jpeg")
        else:
            yield from _wrong_ending(item)


def _wrong_ending(item: Item) -> Iterator[Finding]:
    endings = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
    endings |= {".svg": "image/svg+xml", ".webp": "image/webp", ".css": "text/css", ".xhtml": PAGE_TYPES[0]}
    for ending, media_type in endings.items():
        if item.name.casefold().endswith(ending) and item.media_type != media_type:
            message = f"'{item.name}' is listed as {item.media_type}, which such files aren't"
            yield flaw(item.element, message, f"write {media_type}, or rename the file")


def bad_spine(book: Book) -> Iterator[Finding]:
    """The order of reading names something that can't be read.

    Each line of the spine names a page of the manifest, once; at least one of them is read in order.
    """
    seen: set[str] = set()
    for turn in book.spine:
        uid = turn.element.get("idref", "")
        if turn.item is None:
            yield fault(turn.element, f"the spine names '{uid}', which the manifest doesn't have", "name an item's id")
        elif uid in seen:
            yield fault(turn.element, f"the spine names '{uid}' twice", "take one of the two out")
        elif not turn.item.name:
            yield fault(turn.element, "a page is to be fetched from the web", "put it into the e-book")
        elif turn.item.media_type not in PAGE_TYPES and not turn.item.element.get("fallback"):
            yield fault(turn.element, f"'{turn.item.name}' is no page of text", "name an XHTML file")
        seen.add(uid)
    if book.spine and not any(turn.linear for turn in book.spine):
        yield fault(book.package, "no page is read in order: all are linear='no'", "take linear='no' out")
    spine = book.package.find(f"{{{OPF}}}spine")
    toc = spine.get("toc") if spine is not None else None
    if toc and not any(item.uid == toc and item.media_type == NCX_TYPE for item in book.items):
        message = f"the spine names '{toc}' as contents of old readers, which is no NCX file of the manifest"
        yield fault(book.package, message, "name the id of the NCX file, or take toc out")


def aside_page(book: Book) -> Iterator[Finding]:
    """A page isn't read in order, and no link leads to it.

    Nobody will ever see it. Link to it, or take `linear="no"` out of its line in the spine.
    """
    reached = {reference.target.name for reference in references(book) if reference.target}
    for turn in book.spine:
        if not turn.linear and turn.item and turn.item.name not in reached:
            message = f"'{turn.item.name}' isn't read in order, and nothing leads to it"
            yield fault(turn.element, message, "link to it, or take linear='no' out")


def idle_item(book: Book) -> Iterator[Finding]:
    """The manifest names a file that nothing in the e-book uses.

    It makes the e-book heavier for nothing. Take it out.
    """
    used = {reference.target.name for reference in references(book) if reference.target}
    used |= {turn.item.name for turn in book.spine if turn.item}
    for item in book.items:
        exempt = {"nav", "cover-image"} & {*item.properties} or item.media_type == NCX_TYPE
        if book.whole and item.name in book.files and item.name not in used and not exempt:
            yield flaw(item.element, f"nothing uses '{item.name}'", "take it out of the e-book")


def wrong_properties(book: Book) -> Iterator[Finding]:
    """The manifest says of a page that it has drawings, formulas or scripts, and it hasn't; or the other way round.

    Reading systems switch on what a page needs by these properties. EPUBs that are built by programs have them right.
    """
    for page in book.texts:
        needed = {
            "svg": page.has(space=SVG),
            "mathml": page.has(space=MATHML),
            "scripted": _is_scripted(page.tree),
            "remote-resources": any(one.remote and one.embeds for one in references(book) if one.file == page.name),
        }
        for name, there in needed.items():
            fetched = name == "remote-resources" and needed["scripted"]  # what a script fetches can't be seen
            if there is not (name in page.item.properties) and not fetched:
                what = "should be declared" if there else "is declared, but isn't there"
                yield fault(page.item.element, f"'{page.name}': the property '{name}' {what}", "correct the manifest")
    for item in book.items:
        for name in item.properties:
            if name not in ITEM_PROPERTIES and not is_declared(book, name):
                yield fault(item.element, f"there is no property '{name}'", "take it out")


def runs(script: etree._Element) -> bool:
    """Whether a script is run, and doesn't only hold data."""
    kind = (script.get("type") or "").casefold()
    return not kind or kind == "module" or "javascript" in kind or "ecmascript" in kind


def _is_scripted(tree: etree._Element) -> bool:
    for element in tree.iter("*"):
        name = etree.QName(element).localname
        if name == "form" or (name == "script" and runs(element)):
            return True
        if any(attribute.startswith("on") and attribute.isalpha() for attribute in map(str, element.attrib)):
            return True
    return False
