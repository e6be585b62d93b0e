"""The links of a finished e-book: where they lead, and what is fetched from elsewhere.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from magbuild.checks.ebook.book import NCX_TYPE, PAGE_TYPES, Book
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.kinds import PICTURES
from magbuild.checks.ebook.references import Reference, references
from magbuild.checks.ebook.stylesheet import declared_in, rules_in
from magbuild.editions.epub.xhtml import classes, words

_BAD_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_STREAMED: Final = frozenset({"", "audio", "source", "track", "video"})
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "data", "sms"})
CORE: Final = (
    *PAGE_TYPES,
    NCX_TYPE,
    "application/ecmascript",
    "application/javascript",
    "application/pls+xml",
    "application/smil+xml",
    "text/css",
    "text/javascript",
)
_KNOWN = re.compile(r"^(?:image|font|video)/|^audio/(?:mpeg|mp4|ogg)|font|opentype")
_ELSEWHERE: Final = frozenset({"link", "object", "script", "source", "track"})
_FRAGMENT_KINDS: Final = ("xywh=", "xyn=", "t=", "xpointer(", "epubcfi(", "svgView(")


def link_to_nowhere(book: Book) -> Iterator[Finding]:
    """A link leads to a file that isn't in the e-book, or a picture or style isn't there.

    Send to Kindle refuses such an e-book. Put the file in, or correct the link.
    """
    listed = {item.name for item in book.items}
    for reference in references(book):
        target = reference.target
        if target is None or target.name.startswith("..") or target.name.startswith("/"):
            continue
        if target.name not in book.files:
            yield _at(reference, f"'{reference.typed}' isn't in the e-book", "put it in, or correct the address")
        elif target.name not in listed and reference.embeds:
            yield _at(reference, f"'{reference.typed}' isn't in the manifest", "list it in the manifest")


def link_to_lost_spot(book: Book) -> Iterator[Finding]:
    """A link leads to a spot that isn't on its page.

    Readers land at the top of the page, and a note's pop-up stays empty. Give the spot the id that the link names.
    """
    for reference in references(book):
        target = reference.target
        in_styles = not reference.tag  # a drawing's styles name parts of it that are hard to find
        if target is None or not target.fragment or target.name not in book.pages or in_styles:
            continue
        drawn = reference.embeds and target.fragment.startswith(_FRAGMENT_KINDS)
        if (
            target.fragment not in book.ids(target.name)
            and not target.fragment.startswith(_FRAGMENT_KINDS)
            and not drawn
        ):
            message = f"'{reference.typed}' leads to '{target.fragment}', which isn't on that page"
            yield _at(reference, message, "correct the link, or give the spot that id")


def link_off_the_spine(book: Book) -> Iterator[Finding]:
    """A link leads to a file that isn't read as a page.

    Reading systems can only open what is in the spine. Put the page into it, or show the picture in a page.
    """
    turns = {turn.item.name for turn in book.spine if turn.item}
    for reference in references(book):
        target = reference.target
        listed = target is not None and target.name in book.files and target.name != book.package_name
        if target and listed and not reference.embeds and target.name not in turns:
            yield _at(reference, f"'{reference.typed}' isn't in the order of reading", "put the page into the spine")


def link_outside(book: Book) -> Iterator[Finding]:
    """An address leads out of the e-book into the machine that it was made on.

    It works for nobody else. Write it from the page's own folder.
    """
    for reference in references(book):
        target = reference.target
        local = reference.typed.strip().casefold().startswith("file:")
        if local or (target and (target.name.startswith("..") or target.name.startswith("/"))):
            yield _at(reference, f"'{reference.typed}' leads out of the e-book", "write it from the page's folder")


def link_to_hidden(book: Book) -> Iterator[Finding]:
    """A link leads to something that isn't shown.

    Send to Kindle refuses the e-book for it (E999 is what it says). Show the spot, or take the link out.
    """
    hidden_classes = set(_hidden_classes(book))
    spots = {
        (page.name, element.get("id")): element
        for page in book.texts
        for element in page.all()
        if element.get("id") and _is_hidden(element, hidden_classes)
    }
    for reference in references(book):
        target = reference.target
        if target and target.fragment and (target.name, target.fragment) in spots and reference.tag == "a":
            yield _at(reference, f"'{reference.typed}' leads to what isn't shown", "show it, or take the link out")


def _hidden_classes(book: Book) -> Iterator[str]:
    for item in book.items:
        if item.media_type == "text/css" and item.name in book.files:
            for rule in rules_in(book.files[item.name].decode("utf-8", "replace")):
                if rule.declared.get("display") == "none" and not rule.media:
                    yield from (name[1:] for name in rule.selectors if re.fullmatch(r"\.[\w-]+", name))


def _is_hidden(element: etree._Element, hidden_classes: set[str]) -> bool:
    for one in (element, *element.iterancestors()):
        if one.get("hidden") is not None or hidden_classes.intersection(classes(one)):
            return True
        if "display" in (one.get("style") or "") and declared_in(one.get("style")).get("display") == "none":
            return True
    return False


def remote_resource(book: Book) -> Iterator[Finding]:
    """A picture, font or style is fetched from the web.

    Readers are offline, Kindle refuses it, and it tells the server who reads what. Put the file into the e-book.
    """
    for reference in references(book):
        if reference.remote and reference.embeds:
            found = flaw if reference.tag in _STREAMED else fault  # EPUB 3.3, 3.6: sound, film and fonts may be
            message = f"'{_short(reference.typed)}' is fetched from the web"
            yield found(reference.where, message, "put it into the e-book", reference.line)


def bad_address(book: Book) -> Iterator[Finding]:
    """An address can't be one: it has spaces or other characters in it, or a scheme that readers don't follow.

    Write it as the browser shows it, with %20 for a space.
    """
    for reference in references(book):
        typed = reference.typed.strip()
        scheme = re.match(r"[A-Za-z][\w+.-]*(?=:)", typed)
        if scheme and scheme[0].casefold() not in _SCHEMES and scheme[0].casefold() != "file":
            yield _at(reference, f"'{_short(typed)}' is no address that readers follow", "write an address of the web")
        elif _BAD_ADDRESS.search(typed) and not typed.startswith("data:"):
            yield _at(reference, f"'{_short(typed)}' has characters that no address has", "write %20 for a space")
        elif reference.remote and re.match(r"https?:(?!//[^/\s])", typed):
            yield _at(reference, f"'{_short(typed)}' has no server", "write it as the browser shows it")


def blank_link(book: Book) -> Iterator[Finding]:
    """A link has no words, or leads nowhere at all.

    Those who hear it are told "link" and nothing else. Write where it leads.
    """
    for page in book.texts:
        for link in page.all("a"):
            if link.get("href") is None:
                continue
            pictured = any((image.get("alt") or "").strip() for image in link.iter("{*}img"))
            named = link.get("aria-label") or link.get("title") or any(words(title) for title in link.iter("{*}title"))
            if not words(link) and not pictured and not named:
                yield flaw(link, f"the link to '{_short(link.get('href', ''))}' has no words", "write where it leads")
            elif link.get("href", "").strip() in ("", "#"):
                yield flaw(link, f"the link '{_short(words(link))}' leads nowhere", "give it an address")


def foreign_item(book: Book) -> Iterator[Finding]:
    """The e-book has a file of a kind that reading systems needn't know, without another to stand in for it.

    Text is XHTML, pictures are JPEG, PNG, GIF, SVG or WebP, sound is MP3, AAC or Opus (EPUB 3.3, 3.2).
    """
    kinds = {item.name: item for item in book.items}
    for reference in references(book):
        item = kinds.get(reference.target.name) if reference.target and reference.embeds else None
        if item is None or item.element.get("fallback") or reference.tag in _ELSEWHERE:
            continue
        picture = item.media_type.startswith("image/") and item.media_type not in PICTURES
        if picture or (item.media_type not in CORE and not _KNOWN.search(item.media_type)):
            yield _at(reference, f"'{item.name}' is {item.media_type}, which readers don't show", "save it anew")


def _at(reference: Reference, message: str, hint: str) -> Finding:
    return fault(reference.where, message, hint, reference.line)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
