"""Links of the e-book: addresses as editors typed them come in, ones that lead somewhere go out."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from lxml import etree

from magbuild.editions.epub import xhtml

_NOT_ADDRESS = re.compile(r'[\s"#<>\[\\\]^`{|}]|%(?![0-9A-Fa-f]{2})')
_LABEL = r'[^\s"%./:<>@\[\\\]^`{|}]{1,63}'
_SERVER = re.compile(rf"([^\s@\[\]]+@)?(\[[0-9A-Fa-f:.]+\]|{_LABEL}(\.{_LABEL})*\.?)(:\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A page of the e-book that a story link can lead to."""

    name: str
    title: str
    language: str
    ids: frozenset[str]


def resolve_links(root: etree._Element, targets: Mapping[str, Target], names: Collection[str]) -> None:
    """Lead story links to pages of the e-book; a link that leads nowhere is left as plain words.

    `targets` are the stories by slug, `names` all pages.
    """
    here = xhtml.ids(root)
    for link in list(root.iter(xhtml.html("a"))):
        href = link.get("href")
        if href is None:
            continue
        slug, _, fragment = href.removeprefix("story:").partition("#")
        if href.startswith("story:"):
            address = _story_address(link, targets.get(slug), fragment)
        elif href.startswith("#"):
            address = href if href[1:] in here else None
        else:
            address = href if href.partition("#")[0] in names else web_address(href)
        if address is None:
            _unwrap(link)
        else:
            link.set("href", address)


def _story_address(link: etree._Element, target: Target | None, fragment: str) -> str | None:
    if target is None:
        return None
    if not xhtml.words(link):
        link.text = target.title
        link.set("lang", target.language)
        link.set(xhtml.XML_LANG, target.language)
    return f"{target.name}#{fragment}" if fragment in target.ids else target.name


def _unwrap(element: etree._Element) -> None:
    """Put what stands in an element into its place."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{element.tail or ''}"
        lead = element.text or ""
    else:
        lead = f"{element.text or ''}{element.tail or ''}"
    if before is None:
        parent.text = f"{parent.text or ''}{lead}"
    else:
        before.tail = f"{before.tail or ''}{lead}"
    element.tail = None
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def typed_address(text: str) -> str | None:
    """Return the address that an editor typed into a field, with the scheme that is often left out."""
    text = text.strip()
    if re.fullmatch(r"[^\s/#?@:]+@[^\s/#?@:]+\.[^\s/#?@:]+", text):
        text = f"mailto:{text}"
    elif re.match(r"[\w-]+(\.[\w-]+)+([/?#:]|$)", text):
        text = f"https://{text}"
    return web_address(text)


def web_address(text: str) -> str | None:
    """Return an address out of the e-book, written as checkers want it; None when it isn't one."""
    try:
        parts = urlsplit(text)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        known = known and _SERVER.fullmatch(parts.netloc) is not None
    else:
        known = parts.scheme in ("mailto", "tel") and bool(parts.path)
    path, query, fragment = (_escaped(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, parts.netloc, path, query, fragment)) if known else None


def _escaped(text: str) -> str:
    return _NOT_ADDRESS.sub(lambda found: quote(found[0]), text)
