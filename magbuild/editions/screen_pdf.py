"""The screen PDF: the made-up issue cropped to its trim, with tags, links and outline, pictures at 150 ppi."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Name, Object

from magbuild.artwork import PlacedArtwork
from magbuild.compose import Galley
from magbuild.measure import POINTS_PER_INCH
from magbuild.model import Issue
from magbuild.paginate import Proof
from magbuild.pdf_metadata import describe
from magbuild.pdfa import Standard, finish, make_keepable, save, show_inks
from magbuild.placed import place_artwork, reduce_pictures, rewritten, shrink_stand_ins
from magbuild.raster import artwork_as_jpeg

PPI = 150
QUALITY = 80


def prepare(galley: Galley, proof: Proof) -> Proof:
    """Bring a proof's pictures down to `PPI` and place its supplied artwork, as a picture of that density.

    Pure, like paginate. Raises UnreadableArtwork.
    """

    def change(pdf: pikepdf.Pdf) -> None:
        shrink_stand_ins(pdf, galley.artworks)
        reduce_pictures(pdf, PPI, QUALITY)
        place_artwork(pdf, galley.artworks, _as_picture)
        show_inks(pdf)
        make_keepable(pdf)

    return replace(proof, sheaf=rewritten(proof.sheaf, change))


def _as_picture(pdf: pikepdf.Pdf, artwork: PlacedArtwork, width: float, height: float) -> Object:
    """Draw artwork as it shows on its place, `width` by `height` pt large."""
    jpeg, size = artwork_as_jpeg(artwork, width, height, PPI / POINTS_PER_INCH, QUALITY)
    return pdf.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def make(
    pdf: pikepdf.Pdf, issue: Issue, stamp: datetime, target: Path, claims: Collection[Standard] = tuple(Standard)
) -> None:
    """Finish an issue made up of prepared proofs, and write it to `target`; `stamp` (UTC) is the only date in it.

    `claims` are the standards that it may name, as far as its material goes.
    """
    describe(pdf, issue, stamp, "Screen edition: colours in sRGB")
    finish(pdf, claims)
    save(pdf, target)
