"""An issue's folder comes in; it is laid out, its pages are drawn, and its dummy is written."""

from pathlib import Path
from typing import Final

from magbuild.build import LaidOut, Listener, lay_out
from magbuild.delivery import beside, deliver
from magbuild.dummy import Dummy, dummy_of
from magbuild.dummy.webpage import as_html
from magbuild.editions import screen_pdf
from magbuild.problem import Report
from magbuild.raster import pages_as_jpeg

FILE: Final = "flatplan.html"
WIDTH, QUALITY = 300, 72  # px: twice as wide as it is shown, for sharp screens


def make_dummy(
    folder: Path, out: Path, report: Report, *, jobs: int = 0, tell: Listener = lambda stage, detail: None
) -> tuple[Dummy, Path]:
    """Lay out an issue and write its dummy into `out/<folder name>`; return it and the file's path.

    Raises Stopped, with problems in the report, when the issue can't be laid out.
    """
    laid = lay_out(folder, report, jobs=jobs, tell=tell)
    dummy = dummy_of(laid.issue, laid.manuscripts, laid.layout, laid.filled)
    tell("flatplan", FILE)
    trim = laid.issue.magazine.trim
    with beside(out) as bench:
        written = bench / FILE
        written.write_text(as_html(dummy, _pictures(laid), trim.height.mm / trim.width.mm), "utf-8")
        (file,) = deliver((written,), bench, out / folder.resolve().name)
    return dummy, file


def _pictures(laid: LaidOut) -> dict[int, bytes]:
    """Draw every page that isn't blank, with the artwork of its adverts, but without running head and folio."""
    pictures: dict[int, bytes] = {}
    for galley, slots in laid.filled.plan.runs:
        if galley is None:
            continue
        proof = laid.filled.proofs[galley.slug]
        shown = screen_pdf.prepare(galley, proof) if galley.artworks else proof
        drawn = pages_as_jpeg(shown.pdf, WIDTH, QUALITY)
        pictures |= {slot.number: drawn[slot.page] for slot in slots}
    return pictures
