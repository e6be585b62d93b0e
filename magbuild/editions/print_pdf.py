"""The print PDF: single pages with trim and bleed, pictures at up to 300 ppi, no links, no tags."""

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array

from magbuild.artwork import as_form
from magbuild.compose import Galley
from magbuild.makeup import MadeUp
from magbuild.model import Issue
from magbuild.paginate import Proof
from magbuild.pdf_metadata import describe
from magbuild.placed import packed, place_artwork, reduce_pictures

PPI = 300
QUALITY = 92

# What a printer's workflow must not meet: links, actions, tags, forms, names.
SCREEN_ONLY = (
    "/StructTreeRoot",
    "/MarkInfo",
    "/Outlines",
    "/Names",
    "/Dests",
    "/AcroForm",
    "/OpenAction",
    "/AA",
)


def prepare(galley: Galley, proof: Proof) -> Proof:
    """Bring a proof's pictures down to `PPI` and place its supplied artwork, which is left as it came.

    Pure, like paginate. Raises UnreadableArtwork.
    """
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        reduce_pictures(pdf, PPI, QUALITY)
        place_artwork(pdf, galley.artworks, as_form)
        return replace(proof, pdf=packed(pdf))


def make(issue: Issue, made_up: MadeUp, stamp: datetime, target: Path) -> None:
    """Write the print PDF to `target`, made up of prepared proofs; `stamp` (UTC) is the only date in it.

    Colours are still sRGB: the file says so and claims no PDF/X.
    """
    bleed = issue.magazine.bleed.pt
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        for key in SCREEN_ONLY:
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            for key in ("/Annots", "/StructParents", "/Tabs", "/CropBox", "/AA"):
                if key in page.obj:
                    del page.obj[key]
            left, bottom, right, top = (float(value) for value in page.trimbox)
            bled = Array([left - bleed, bottom - bleed, right + bleed, top + bleed])
            page.obj.MediaBox = page.obj.BleedBox = bled
        describe(pdf, issue, stamp, "Print edition: colours in sRGB, not separated; no PDF/X")
        pdf.remove_unreferenced_resources()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
            min_version="1.6",
        )
