"""What a finished e-book claims for people who can't see, hear or hold everything, and whether it is so.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from magbuild.checks.ebook import documents, pagelist, pictures, structure, styles
from magbuild.checks.ebook.book import Book
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.pagelist import page_marks
from magbuild.checks.ebook.vocabulary import ACCESS_FEATURES, ACCESS_MODES, HAZARDS, OUTDATED
from magbuild.editions.epub.package import OPF
from magbuild.editions.epub.xhtml import MATHML, SVG, html, words

_STANDARD = re.compile(r"EPUB Accessibility 1\.\d - WCAG 2\.[0-2] Level A{1,3}")
_OLD_STANDARD: Final = "http://www.idpf.org/epub/a11y/accessibility-"
_MEDIA: Final = ("audio", "video")


def access_unsaid(book: Book) -> Iterator[Finding]:
    """The e-book doesn't say what it offers to people who can't see, hear or hold everything.

    Shops and libraries show it, and in Europe they must. There have to be access modes, the modes that suffice,
    features, hazards and a summary (EPUB Accessibility 1.1, section 2).
    """
    if not book.items:
        return
    for name in ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessModeSufficient"):
        if not any(book.values(f"schema:{name}")):
            yield flaw(book.package, f"the e-book has no {name}", f"write schema:{name} into the metadata")
    if not any(book.values("schema:accessibilitySummary")):
        yield flaw(book.package, "the e-book has no accessibilitySummary", "sum up what it offers, in words")


def unknown_access_term(book: Book) -> Iterator[Finding]:
    """A term about accessibility is none of the vocabulary, or an outdated one.

    Catalogues drop it. `printPageNumbers` is called `pageBreakMarkers` now, and values are not joined by commas but in
    `accessModeSufficient`.
    """
    known = {
        "schema:accessMode": ACCESS_MODES,
        "schema:accessibilityFeature": ACCESS_FEATURES,
        "schema:accessibilityHazard": HAZARDS,
    }
    for name, terms in known.items():
        for fact in book.facts(name):
            term = (fact.text or "").strip()
            if term in OUTDATED:
                yield flaw(fact, f"the term '{term}' is outdated", f"write {OUTDATED[term]} instead")
            elif term.split("/")[0] not in terms:
                yield flaw(fact, f"'{term}' is no term of {name}", "write one of the vocabulary")
    for fact in book.facts("schema:accessModeSufficient"):
        for term in re.split(r"\s*,\s*", (fact.text or "").strip()):
            if term not in ("auditory", "tactile", "textual", "visual"):
                yield flaw(fact, f"'{term}' is no term of schema:accessModeSufficient", "write textual or visual")


def false_access_claim(book: Book) -> Iterator[Finding]:
    """The e-book claims something for people who can't see or hear that it hasn't, or leaves out what it has.

    Readers choose by it. Correct the metadata, or the e-book.
    """
    if not book.whole:
        return
    features, modes = set(book.values("schema:accessibilityFeature")), set(book.values("schema:accessMode"))
    for feature, holds in _CLAIMS.items():
        if feature in features and not holds(book):
            yield fault(book.package, f"'{feature}' is claimed, but isn't so", f"take {feature} out, or make it true")
    if "none" in features and len(features) > 1:
        yield fault(book.package, "'none' is claimed beside other features", "take it out")
    if modes and _has_pictures(book) and "visual" not in modes:
        yield flaw(book.package, "there are pictures, but accessMode isn't visual", "add visual")
    if "visual" in modes and not _has_pictures(book):
        yield flaw(book.package, "accessMode is visual, but there are no pictures", "take visual out")
    if "auditory" in modes and not _has(book, *_MEDIA):
        yield flaw(book.package, "accessMode is auditory, but there is no sound", "take auditory out")
    if "textual" in book.values("schema:accessModeSufficient") and not _is_described(book):
        message = "text alone is said to suffice, but a picture has no words"
        yield fault(book.package, message, "describe the picture, or take the claim out")
    yield from _hazards(book)


def _hazards(book: Book) -> Iterator[Finding]:
    hazards = set(book.values("schema:accessibilityHazard"))
    for sort, no in (
        ("flashing", "noFlashingHazard"),
        ("motionSimulation", "noMotionSimulationHazard"),
        ("sound", "noSoundHazard"),
    ):
        if sort in hazards and ({no, "none"} & hazards):
            yield fault(book.package, f"the hazard '{sort}' is claimed and denied", "take one of the two out")
    if "none" in hazards and len(hazards) > 1 and not {"flashing", "motionSimulation", "sound"} & hazards:
        yield flaw(book.package, "the hazard 'none' stands beside others", "leave none alone")
    if "none" in hazards and _has(book, *_MEDIA, "iframe"):
        yield flaw(book.package, "no hazard is claimed, but there is film or sound", "look, and name what may harm")


def _has(book: Book, *names: str) -> bool:
    return any(page.has(*names) for page in book.texts)


def _has_pictures(book: Book) -> bool:
    return _has(book, "img", "video") or any(page.has("svg", space=SVG) for page in book.pages.values())


def _has_formulas(book: Book) -> bool:
    return any(page.has("math", space=MATHML) for page in book.texts)


def _is_described(book: Book) -> bool:
    """Whether no picture lacks words: those of figures and covers, and any without even an empty text."""
    for page in book.texts:
        for image in page.all("img"):
            in_figure = next(image.iterancestors(html("figure")), None) is not None
            ornament = image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true"
            alt = image.get("alt")
            if alt is None or (in_figure and not alt.strip() and not ornament):
                return False
    return True


def _has_alternatives(book: Book) -> bool:
    images = [image for page in book.texts for image in page.all("img")]
    titled = any(True for page in book.texts for d in page.all("svg", space=SVG) for _ in d.iter(f"{{{SVG}}}title"))
    return _is_described(book) and (titled or any((image.get("alt") or "").strip() for image in images))


def _has_headings(book: Book) -> bool:
    return any(words(head) for page in book.texts for head in page.all("h1", "h2", "h3"))


def _has_roles(book: Book) -> bool:
    return any(e.get("role") or e.get("aria-label") for page in book.texts for e in page.all())


def _has_guide(kind: str) -> Callable[[Book], bool]:
    return lambda book: book.guide(kind) is not None


_CLAIMS: Final[dict[str, Callable[[Book], bool]]] = {
    "alternativeText": _has_alternatives,
    "MathML": _has_formulas,
    "describedMath": _has_formulas,
    "tableOfContents": _has_guide("toc"),
    "pageNavigation": _has_guide("page-list"),
    "pageBreakMarkers": lambda book: any(True for _ in page_marks(book)),
    "printPageNumbers": lambda book: any(True for _ in page_marks(book)),
    "structuralNavigation": _has_headings,
    "displayTransformability": lambda book: "pre-paginated" not in book.values("rendition:layout"),
    "synchronizedAudioText": lambda book: any(item.media_type == "application/smil+xml" for item in book.items),
    "closedCaptions": lambda book: _has(book, "track"),
    "captions": lambda book: _has(book, "track", "video"),
    "audioDescription": lambda book: _has(book, "video"),
    "longDescription": lambda book: (
        any(e.get("aria-details") or e.get("aria-describedby") for page in book.texts for e in page.all())
        or _has(book, "details")
    ),
    "rubyAnnotations": lambda book: _has(book, "ruby"),
    "fullRubyAnnotations": lambda book: _has(book, "ruby"),
    "ARIA": _has_roles,
    "unlocked": lambda book: not any(entry.flag_bits & 1 for entry in book.entries),
}


def unbacked_conformance(book: Book) -> Iterator[Finding]:
    """The e-book claims to conform to a standard of accessibility, and nobody answers for it, or the claim is no claim.

    No program can tell that an e-book conforms: a person examines it and is named in `a11y:certifiedBy`. The standard
    is worded "EPUB Accessibility 1.1 - WCAG 2.2 Level AA". Leave the claim out until somebody has looked.
    """
    claims = [fact for fact in book.facts("dcterms:conformsTo") if _is_claim(fact.text or "")]
    claims += [
        link
        for link in book.package.iter(f"{{{OPF}}}link")
        if link.get("rel") == "dcterms:conformsTo" and _is_claim(link.get("href") or "")
    ]
    if not claims:
        if book.values("a11y:certifiedBy"):
            yield flaw(book.package, "somebody certifies, but no standard is named", "name it in dcterms:conformsTo")
        return
    if not any(book.values("a11y:certifiedBy")):
        yield fault(
            claims[0], "conformance is claimed, and nobody answers for it", "name who examined it, or take it out"
        )
    for claim in claims:
        said = (claim.text or claim.get("href") or "").strip()
        if not _STANDARD.fullmatch(said) and not said.startswith(_OLD_STANDARD):
            hint = "write EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
            yield flaw(claim, f"'{said}' is not how a standard of accessibility is named", hint)


def _is_claim(text: str) -> bool:
    return bool(re.search(r"accessib|wcag|a11y", text, re.IGNORECASE))


def claims_conformance(book: Book) -> bool:
    """Whether the e-book claims to conform to a standard of accessibility."""
    return any(_is_claim(text) for text in book.values("dcterms:conformsTo"))


def contradicted_conformance(book: Book) -> Iterator[Finding]:
    """The e-book claims to conform to a standard of accessibility, and these checks find what the standard forbids.

    Mend what is found first: pictures without words, missing heads and titles, faint text. Or take the claim out.
    """
    if not claims_conformance(book):
        return
    broken = [rule.__name__.replace("_", "-") for rule in _REQUIRED if any(True for _ in rule(book))]
    if broken:
        where = next(iter(book.facts("dcterms:conformsTo")), book.package)
        yield fault(
            where, f"conformance is claimed in spite of {', '.join(broken)}", "mend them, or take the claim out"
        )


# What WCAG and EPUB Accessibility forbid, as far as a program can see it.
_REQUIRED: Final = (
    pictures.picture_without_alt,
    pictures.undescribed_picture,
    pictures.mute_drawing,
    documents.untitled_page,
    structure.wrong_role,
    structure.table_heads,
    pagelist.page_not_listed,
    styles.faint_text,
    access_unsaid,
)
