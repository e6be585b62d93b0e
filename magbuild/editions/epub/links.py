"""Links of the e-book: addresses as editors typed them come in, ones that lead somewhere go out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from magbuild.addresses import web_address
from magbuild.editions.epub import xhtml


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
