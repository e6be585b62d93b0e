"""The screen PDF: the made-up issue cropped to its trim, with tags, links and outline, pictures at 150 ppi."""

import io
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, Name

from magbuild.makeup import MadeUp
from magbuild.model import Issue
from magbuild.pdf_metadata import describe
from magbuild.placed import reduce_pictures

PPI = 150
QUALITY = 80


def make(issue: Issue, made_up: MadeUp, stamp: datetime, target: Path) -> None:
    """Write the screen PDF of an issue to `target`; `stamp` (UTC) is the only date in it."""
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        for page in pdf.pages:
            trim = Array([float(value) for value in page.trimbox])
            for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
                page.obj[box] = trim
        reduce_pictures(pdf, PPI, QUALITY)
        pdf.Root.PageLayout = Name.SinglePage
        pdf.Root.PageMode = Name.UseOutlines
        describe(pdf, issue, stamp, "Screen edition: colours in sRGB")
        pdf.remove_unreferenced_resources()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            min_version="1.7",
        )
