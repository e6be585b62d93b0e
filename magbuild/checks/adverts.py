"""A read issue comes in; supplied artwork of adverts that won't fit its place comes out as problems.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator

from magbuild.artwork import ArtworkFacts, UnreadableArtwork, examine, is_pdf
from magbuild.model import AdvertSize, Issue, Story
from magbuild.problem import Problem, warning

CLOSE = 0.02  # share by which the proportions of an advert and its page may differ unseen
BLEED_TOLERANCE = 0.5  # pt


def advert_pages(issue: Issue) -> Iterator[Problem]:
    """The PDF of an advert has more than one page.

    Only its first page is placed. Ask the client which page is meant, and hand in that page alone.
    """
    for story, facts in _supplied(issue):
        if facts.pages > 1:
            message = f"the artwork of '{story.slug}' has {facts.pages} pages; only the first is placed"
            hint = "hand in the page that is meant as a PDF of its own"
            yield warning(story.place("advert", "artwork"), "advert-pages", message, hint)


def advert_proportion(issue: Issue) -> Iterator[Problem]:
    """The PDF of a full-page advert has another proportion than the magazine's page.

    It is stretched to fill the page. Ask the client for artwork in the magazine's trim.
    """
    trim = issue.magazine.trim
    for story, facts in _full_pages(issue):
        if abs(facts.width / facts.height / (trim.width.pt / trim.height.pt) - 1) > CLOSE:
            message = f"the artwork of '{story.slug}' is {facts.width:.0f} x {facts.height:.0f} pt, and is stretched"
            hint = f"ask for artwork with a trim of {trim.width.css} x {trim.height.css}"
            yield warning(story.place("advert", "artwork"), "advert-proportion", message, hint)


def advert_without_bleed(issue: Issue) -> Iterator[Problem]:
    """The PDF of a full-page advert has less bleed than the magazine, so that a white edge may show.

    Ask the client for artwork with bleed, and with a TrimBox and a BleedBox that say where it ends.
    """
    for story, facts in _full_pages(issue):
        bleed = min(inner - outer for inner, outer in zip(facts.trim[:2], facts.bleed[:2], strict=True))
        if bleed < issue.magazine.bleed.pt - BLEED_TOLERANCE:
            message = f"the artwork of '{story.slug}' has {max(0.0, bleed) / 72 * 25.4:.1f} mm of bleed"
            hint = f"ask for artwork with {issue.magazine.bleed.css} of bleed on every side"
            yield warning(story.place("advert", "artwork"), "advert-without-bleed", message, hint)


def _full_pages(issue: Issue) -> Iterator[tuple[Story, ArtworkFacts]]:
    for story, facts in _supplied(issue):
        if story.front.advert and story.front.advert.size is AdvertSize.FULL:
            yield story, facts


def _supplied(issue: Issue) -> Iterator[tuple[Story, ArtworkFacts]]:
    """Yield the adverts that came as PDF and can be read, with what their first page is."""
    for story in issue.stories:
        advert = story.front.advert
        if advert is None or advert.artwork is None or not is_pdf(issue.folder / advert.artwork.file):
            continue
        try:
            yield story, examine(issue.folder / advert.artwork.file)
        except UnreadableArtwork:
            continue  # told of when the file was read
