"""The archive of a finished e-book: its form, the names of its files, its weight.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from magbuild.checks.ebook.book import CONTAINER, Book
from magbuild.checks.ebook.finding import Finding, fault, flaw

MIMETYPE: Final = "mimetype"
EPUB: Final = b"application/epub+zip"
LIGHT: Final = "-light"  # ends the name of an e-book that is made for mailing
LIGHT_WEIGHT: Final = 15_000_000  # bytes; mail adds 37 %, and most providers take 20 to 25 MB
MAIL_WEIGHT: Final = 50_000_000  # bytes; what Send to Kindle takes by mail
LONGEST_NAME: Final = 255  # bytes (OCF 4.2.3)

_FORBIDDEN = re.compile(r'["*:<>?\\|\x00-\x1f\x7f]|\.$')
_AWKWARD = re.compile(r"[^A-Za-z0-9._/~-]")
_OBFUSCATIONS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_AGAIN: Final = "export or build it again"


def not_an_epub(book: Book) -> Iterator[Finding]:
    """The file isn't an EPUB at all, or only a part of one.

    An EPUB is a zip archive. Perhaps the download was cut off, or another kind of file was called `.epub`.
    """
    if book.broken:
        yield fault("", f"the file is {book.broken}", "get or build it again")


def damaged_member(book: Book) -> Iterator[Finding]:
    """A file within the e-book can't be read.

    Copying or mailing has changed it, or it is locked or packed in a way that reading systems don't know.
    """
    for name, reason in book.damaged.items():
        yield fault(name, f"the file can't be read: {reason}", _AGAIN)
    for entry in book.entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and entry.filename in book.files:
            yield fault(entry.filename, "the file is packed in a way that reading systems don't know", _AGAIN)


def bad_mimetype(book: Book) -> Iterator[Finding]:
    """The archive doesn't begin with the line by which reading systems know an EPUB.

    Its first file is `mimetype`, not packed, and holds `application/epub+zip` and nothing else. An archive that was
    packed by hand mostly lacks it; pack it with a program that makes EPUBs.
    """
    if book.broken:
        return
    content = book.files.get(MIMETYPE)
    if content is None:
        yield fault("", "the file 'mimetype' is missing", _AGAIN)
    elif content != EPUB:
        yield fault(MIMETYPE, f"it holds {content[:40]!r}, not application/epub+zip", _AGAIN)
    elif book.entries:
        first = book.entries[0]
        if first.filename != MIMETYPE:
            yield fault(MIMETYPE, f"it isn't the first file of the archive: '{first.filename}' is", _AGAIN)
        elif first.compress_type != zipfile.ZIP_STORED or first.extra:
            yield fault(MIMETYPE, "it is packed, or has extra fields", _AGAIN)


def bad_container(book: Book) -> Iterator[Finding]:
    """The e-book doesn't say where its package document is.

    `META-INF/container.xml` names it. Build the e-book again; an archive can't be mended by adding files to it.
    """
    if book.broken:
        return
    if CONTAINER not in book.files:
        yield fault("", f"the file '{CONTAINER}' is missing", _AGAIN)
    elif not book.package_name:
        yield fault(CONTAINER, "it names no package document", _AGAIN)
    elif book.package_name not in book.files:
        yield fault(CONTAINER, f"it names '{book.package_name}', which isn't there", _AGAIN)


def locked_book(book: Book) -> Iterator[Finding]:
    """The e-book, or a part of it, is locked against copying.

    Send to Kindle and most libraries refuse it, and screen readers can't get at the text. Export it without a
    password or DRM.
    """
    locked = [entry.filename for entry in book.entries if entry.flag_bits & 1]
    if locked:
        yield fault(locked[0], f"{len(locked)} files are locked with a password", "export it without a password")
    if "META-INF/rights.xml" in book.files:
        yield fault("META-INF/rights.xml", "the e-book has rules for copying (DRM)", "export it without DRM")
    for element in book.tree("META-INF/encryption.xml").iter("{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"):
        if element.get("Algorithm") not in _OBFUSCATIONS:
            yield fault(element, "a file is encrypted", "export it without DRM")


def obfuscated(book: Book) -> Iterator[str]:
    """Yield the files, fonts mostly, that are scrambled so that nobody takes them out."""
    root = book.tree("META-INF/encryption.xml")
    yield from (one.get("URI", "") for one in root.iter("{http://www.w3.org/2001/04/xmlenc#}CipherReference"))


def awkward_name(book: Book) -> Iterator[Finding]:
    """A file within the e-book has a name that some reading systems can't open.

    Names have the letters a to z, digits, hyphens and points. Spaces and other letters get lost on the way through
    mail and shops, and Kindle loses pictures that have them; two names must not differ in capitals alone.
    """
    seen = Counter(entry.filename for entry in book.entries)
    folded = Counter(name.casefold() for name in seen or book.files)
    for name in dict.fromkeys([*seen, *book.files]):
        if seen[name] > 1:
            yield fault(name, "two files of the archive have this name", _AGAIN)
        elif folded[name.casefold()] > 1:
            yield fault(name, "two names differ in capitals alone", "rename one of them")
        if _FORBIDDEN.search(name) or name.startswith("/") or ".." in name.split("/"):
            yield fault(name, "the name has characters that no file may have", "use letters, digits and hyphens")
        elif _AWKWARD.search(name):
            yield flaw(name, "the name has spaces or unusual letters", "use the letters a to z, digits and hyphens")
        if len(name.rsplit("/", 1)[-1].encode()) > LONGEST_NAME:
            yield fault(name, f"the name is longer than {LONGEST_NAME} bytes", "shorten it")


def stray_file(book: Book) -> Iterator[Finding]:
    """A file lies in the archive that the manifest doesn't name.

    No reading system shows it, and shops ask what it is. Take it out, or name it in the manifest.
    """
    listed = {item.name for item in book.items} | {MIMETYPE, book.package_name}
    for name in book.files:
        if book.items and name not in listed and not name.startswith("META-INF/"):
            yield flaw(name, "the manifest doesn't name this file", "take it out, or list it")


def heavy_book(book: Book) -> Iterator[Finding]:
    """The e-book is too large to be mailed.

    Send to Kindle takes 50 MB by mail and 200 MB by its app. Mail adds a third to every attachment, so that a light
    e-book (`-e epub-light`) should have no more than 15 MB. Leave pictures out, or reduce those that are largest.
    """
    weight = sum(entry.compress_size for entry in book.entries)
    light = book.path.stem.endswith(LIGHT)
    most = LIGHT_WEIGHT if light else MAIL_WEIGHT
    if weight > most:
        largest = max(book.entries, key=lambda entry: entry.compress_size)
        found = fault if light and weight > 3 * LIGHT_WEIGHT else flaw
        message = f"the e-book has {weight / 1e6:.0f} MB, more than the {most / 1e6:.0f} MB that can be mailed"
        hint = f"reduce the largest files, first '{largest.filename}' ({largest.compress_size / 1e6:.1f} MB)"
        yield found("", message, hint)


def broken_xml(book: Book) -> Iterator[Finding]:
    """A file of the e-book isn't well-formed, so that reading systems show an error in its place.

    A tag isn't closed, an `&` stands for itself, or a name such as `&nbsp;` is used that XML doesn't know. The
    place is where the parser gave up; look also at the lines above it.
    """
    for name, parsed in book.parsed.items():
        if isinstance(parsed, etree.XMLSyntaxError):
            line, _ = parsed.position
            reason = str(parsed.msg).split(", line ")[0]
            yield fault(name, f"the file isn't well-formed: {reason}", "close every tag, and write &amp; for &", line)
        else:
            encoding = (parsed.getroottree().docinfo.encoding or "utf-8").casefold()
            if encoding not in ("utf-8", "utf-16", "ascii", "us-ascii"):
                yield fault(name, f"the file is in {encoding}", "save it as UTF-8")
