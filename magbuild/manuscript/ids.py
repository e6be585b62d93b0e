"""Ids: names as typed come in, ids that are unique in the issue come out, and links to them are tied."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from magbuild.manuscript.attributes import place_of
from magbuild.manuscript.links import id_name
from magbuild.manuscript.reading import Reading, suggestion
from magbuild.manuscript.trees import parents, replace_by, text_of, unwrap

_HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")


def give_ids(body: Element, reading: Reading) -> None:
    """Make every id unique in the issue, name the headings, and tie links inside the story.

    In a text without a slug nothing has an id.
    """
    _settle_empty(body)
    known = _typed_ids(body, reading)
    if reading.slug:
        for heading in (element for element in body.iter() if element.tag in _HEADINGS and "id" not in element.attrib):
            name = base = id_name(re.sub(r"\W+", "-", text_of(heading).casefold()).strip("-_") or "section")
            count = 2
            while name in known:
                name, count = f"{base}-{count}", count + 1
            known[name] = reading.anchor(name)
            heading.set("id", known[name])
    _tie(body, known, reading)


def _typed_ids(body: Element, reading: Reading) -> dict[str, str]:
    known: dict[str, str] = {}
    for element in body.iter():
        if "id" not in element.attrib or element.get("id", "").startswith(f"{reading.anchor('box-')}"):
            continue
        typed = element.attrib.pop("id")
        name = id_name(typed)
        if name in known:
            at = place_of(element)
            reading.warn(at, "double-id", f"two things in this story have the id '{typed}'", "give one another id")
        elif reading.slug:
            known[name] = reading.anchor(name)
            element.set("id", known[name])
    return known


def _settle_empty(body: Element) -> None:
    """Give the ids of empty elements to what they stand in: an empty one would break the lines of a page."""
    above = parents(body)
    for spot in [element for element in body.iter("span") if element.get("id")]:
        holder = above[spot]
        if not len(spot) and not spot.text and holder is not body and "id" not in holder.attrib:
            holder.set("id", spot.attrib.pop("id"))
            replace_by(holder, spot, "")


def _tie(body: Element, known: dict[str, str], reading: Reading) -> None:
    above = parents(body)
    for element in list(body.iter()):
        href = element.get("href", "")
        if href.startswith("#"):
            name = id_name(href[1:])
            if name in known:
                element.set("href", f"#{known[name]}")
            elif element.tag != "a":
                del element.attrib["href"]
            else:
                _untie(element, above, href, known, reading)
        for key, value in element.attrib.items():
            if "url(" in value:
                element.set(key, _REFERENCE.sub(lambda found: f"url(#{known.get(id_name(found[1]), '')})", value))


def _untie(link: Element, above: dict[Element, Element], href: str, known: dict[str, str], reading: Reading) -> None:
    meant = suggestion(href[1:], tuple(known))
    hint = f"did you mean '#{meant}'?" if meant else "give the target an id: {#name}"
    message = f"nothing in this story has the id '{href[1:]}'"
    reading.error(place_of(link), "unknown-anchor", message, hint)
    if link.get("id"):
        link.tag = "span"
        del link.attrib["href"]
        return
    for child in link:
        above[child] = above[link]
    unwrap(above[link], link)
