"""Adverts on pages: an advert's story comes in, where its supplied artwork is placed comes out."""

from magbuild.artwork import PlacedArtwork, is_pdf
from magbuild.model import AdvertSize, Issue, Story

ARTWORK_SCHEME = "artwork:"


def supplied_artwork(issue: Issue, story: Story) -> PlacedArtwork | None:
    """Return the PDF that came for an advert, and how far it bleeds; None when a picture or nothing came."""
    advert = story.front.advert
    if advert is None or advert.artwork is None or not is_pdf(path := issue.folder / advert.artwork.file):
        return None
    bleed = issue.magazine.bleed.pt if advert.size is AdvertSize.FULL else 0.0
    return PlacedArtwork(
        file=advert.artwork.file,
        path=path,
        address=f"{ARTWORK_SCHEME}{story.slug}",
        bleed=(bleed, bleed, bleed, bleed),
    )
