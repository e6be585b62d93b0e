"""What the e-book offers to people who can't see, hear or hold everything: finished pages come in, facts go out.

Nothing is claimed that wasn't found, since readers choose by it (EPUB Accessibility 1.1, section 2).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from magbuild.addresses import typed_address
from magbuild.editions.epub import xhtml
from magbuild.editions.epub.facts import Fact, meta
from magbuild.language import Language
from magbuild.model import Conformance

# What moves, sounds or runs by itself; whether it flashes, nobody has seen.
_MOVING: Final = frozenset(
    {"animate", "animateMotion", "animateTransform", "audio", "iframe", "script", "set", "video"}
)
_PICTURES: Final = frozenset({xhtml.html("img"), f"{{{xhtml.SVG}}}svg"})
_HEADS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What was found in the pages: whether there are pictures and all have words, formulas, notes, headings, roles."""

    pictures: bool
    described: bool
    formulas: bool
    notes: bool
    headings: bool
    roles: bool
    moving: bool


def look(trees: Iterable[etree._Element]) -> Offer:
    """Return what finished pages offer."""
    elements = [element for tree in trees for element in tree.iter()]
    names = {etree.QName(element).localname for element in elements}
    roles = {role for element in elements for role in (element.get("role") or "").split()}
    pictures = [element for element in elements if element.tag in _PICTURES and element.get("aria-hidden") != "true"]
    return Offer(
        pictures=bool(pictures),
        described=all(_is_described(picture) for picture in pictures),
        formulas="math" in names,
        notes="doc-noteref" in roles,
        headings=not names.isdisjoint(_HEADS),
        roles=bool(roles),
        moving=not names.isdisjoint(_MOVING),
    )


def _is_described(picture: etree._Element) -> bool:
    if picture.tag == xhtml.html("img"):
        return bool(picture.get("alt", "").strip())
    title = picture.find(f"{{{xhtml.SVG}}}title")
    return bool(picture.get("aria-label") or (title is not None and xhtml.words(title)))


def access_facts(offer: Offer, language: Language) -> Iterator[Fact]:
    """Yield by which senses the e-book can be read, what helps with it, what may harm, and a summary in words."""
    seen = ["visual"] * offer.pictures
    for mode in ("textual", *seen):
        yield meta("schema:accessMode", mode)
    if offer.described or not seen:
        yield meta("schema:accessModeSufficient", "textual")
    if seen:
        yield meta("schema:accessModeSufficient", "textual,visual")
    for feature in _features(offer):
        yield meta("schema:accessibilityFeature", feature)
    yield meta("schema:accessibilityHazard", "unknown" if offer.moving else "none")
    summary = " ".join(language.say(word) for word in _sentences(offer))
    yield meta("schema:accessibilitySummary", summary, **{xhtml.XML_LANG: language.spoken})


def _features(offer: Offer) -> Iterator[str]:
    """Yield terms of the vocabulary of accessibilityFeature (W3C, schema.org accessibility properties)."""
    yield from ("tableOfContents", "readingOrder")
    if offer.headings:
        yield "structuralNavigation"
    yield from ("displayTransformability", "unlocked")
    if offer.roles:
        yield "ARIA"
    if offer.pictures and offer.described:
        yield "alternativeText"
    if offer.formulas:
        yield "MathML"


def _sentences(offer: Offer) -> Iterator[str]:
    """Yield the builder's words for what the vocabulary can't say."""
    yield "access_text"
    if offer.notes:
        yield "access_notes"
    if offer.pictures:
        yield "access_described" if offer.described else "access_undescribed"


def conformance_facts(claim: Conformance | None) -> Iterator[Fact]:
    """Yield what somebody has examined and answers for (EPUB Accessibility 1.1, section 4); nobody: nothing."""
    if claim is None:
        return
    yield meta("dcterms:conformsTo", claim.standard)
    yield meta("a11y:certifiedBy", claim.certified_by)
    if claim.credential:
        yield meta("a11y:certifierCredential", claim.credential)
    report = typed_address(claim.report)
    if report:
        yield Fact(name="link", attributes={"rel": "a11y:certifierReport", "href": report})
