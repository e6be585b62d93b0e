"""From proofs to finished files: each edition in a worker of its own, the certificate of the print PDF beside it."""

import os
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from datetime import time as clock
from functools import partial
from pathlib import Path

from magbuild.adverts import supplied_artwork
from magbuild.compose import Galley
from magbuild.editions import epub, print_pdf, screen_pdf
from magbuild.editions.epub import Gathered
from magbuild.editions.print_pdf import Press
from magbuild.flatplan import Flatplan
from magbuild.language import Language, slugged
from magbuild.layout import Layout
from magbuild.makeup import make_up
from magbuild.manuscript import Manuscript
from magbuild.masters import made_pages, set_masters
from magbuild.model import EditionName, Issue
from magbuild.pagelist import printed_pages
from magbuild.paginate import Proof
from magbuild.printrun import Printed, Settled, print_run
from magbuild.problem import Place, Report, Severity, Stopped
from magbuild.raster import drawing_as_png, font_rules, page_as_jpeg, trimmed_as_jpeg
from magbuild.workshop import Workshop

COVER_WIDTH = 1600  # px, as large as e-book shops and readers take it
ARTWORK_WIDTH = 1200  # px: a full page on the largest e-readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is to make of an issue that was read, and the workers that do it."""

    issue: Issue
    manuscripts: Mapping[str, Manuscript]
    layout: Layout
    press: Press
    editions: Collection[EditionName]
    workshop: Workshop

    @property
    def stamp(self) -> datetime:
        """The one date in all files."""
        return time_stamp(self.issue)

    def prepare(self, galley: Galley, proof: Proof) -> None:
        """Begin to prepare a proof for every edition that has pages."""
        if EditionName.SCREEN in self.editions:
            self.for_screen(galley, proof)
        if EditionName.PRINT in self.editions:
            self.for_print(galley, proof)

    def for_screen(self, galley: Galley, proof: Proof) -> "Future[Proof]":
        """Begin to prepare a proof for the screen, once."""
        return self.workshop.start(screen_pdf.prepare, galley, proof)

    def for_print(self, galley: Galley, proof: Proof) -> "Future[Proof]":
        """Begin to prepare a proof for print, once."""
        return self.workshop.start(print_pdf.prepare, galley, proof, self.press)

    def gather(self) -> "Future[Gathered]":
        """Begin to gather the EPUB, once."""
        return self.workshop.start(gather_epub, self.issue, self.manuscripts, self.layout, self.stamp)


def finish(job: Job, plan: Flatplan, proofs: Mapping[str, Proof], shelf: Path, report: Report) -> Iterator[Path]:
    """Write the wanted editions into `shelf`, side by side, and yield their files; Stopped when one can't be good."""
    stem = shelf / file_stem(job.issue)
    issue, stamp, workshop = job.issue, job.stamp, job.workshop
    on_paper, on_screen = EditionName.PRINT in job.editions, EditionName.SCREEN in job.editions
    if EditionName.EPUB in job.editions:  # beside the print run, which takes as long
        job.gather()
    made = made_pages(issue, plan, proofs, Language(code=issue.magazine.language, own_words=issue.magazine.words))
    masters = workshop.start(set_masters, issue, job.layout, made).result() if on_paper or on_screen else b""
    settled = Settled(issue=issue, plan=plan, pages=made, masters=masters)
    galleys = [galley for galley, _ in plan.runs if galley is not None]
    screen, printed = _target(stem, "-screen.pdf"), _target(stem, "-print.pdf")
    if on_paper:
        ready = _prepared([job.for_print(galley, proofs[galley.slug]) for galley in galleys], report)
        printing = workshop.begin(print_run, settled, ready, job.press, job.layout, stamp, printed)
    if on_screen:
        ready = _prepared([job.for_screen(galley, proofs[galley.slug]) for galley in galleys], report)
        screening = workshop.begin(finish_screen, settled, ready, stamp, screen)
    cover = cover_picture(proofs["cover"].pdf)  # while the workers finish the PDFs
    if EditionName.EPUB in job.editions:
        epub.finish(job.gather().result(), cover, printed_pages(issue, plan, proofs), _target(stem, ".epub"))
        yield _target(stem, ".epub")
    if on_screen:
        screening.result()
        yield screen
    if on_paper:
        yield from _pass_for_print(printing.result(), report)
    jpeg = shelf / "cover.jpg"
    jpeg.write_bytes(cover)
    yield jpeg


def _target(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)


def _prepared(at_work: list["Future[Proof]"], report: Report) -> dict[str, Proof]:
    proofs = [future.result() for future in at_work]
    for proof in proofs:
        report.extend(proof.problems)
    return {proof.slug: proof for proof in proofs}


def _pass_for_print(printed: Printed, report: Report) -> Iterator[Path]:
    """Yield the files for the printer; Stopped when they couldn't be made.

    What a preflight finds is told of the manuscript that stands on the page, as a warning: the file is there for
    all to see, and its certificate says how bad it is.
    """
    report.extend(printed.problems)
    if report.failed:
        raise Stopped
    for found in printed.preflights:
        for finding in found.findings:
            if finding.problem.code == "empty-page" and finding.story is None:
                continue  # it is a planned blank, which the flatplan has told of
            place = replace(finding.story or Place(found.path), page=finding.page)
            report.add(replace(finding.problem, place=place, severity=Severity.WARNING))
    if report.failed:  # it may be a strict one
        raise Stopped
    yield from printed.files


# --- The steps: in workers, and nothing but their arguments comes in ---


def finish_screen(settled: Settled, proofs: Mapping[str, Proof], stamp: datetime, target: Path) -> None:
    """Make up the proofs that were prepared for the screen, and write the screen PDF."""
    made_up = make_up(settled.issue, settled.plan, proofs, settled.masters, settled.pages)
    screen_pdf.make(settled.issue, made_up, stamp, target)


def gather_epub(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout, stamp: datetime) -> Gathered:
    """Gather all of the EPUB that can be had before the pages are there."""
    drawings = partial(drawing_as_png, font_rules(layout))
    return epub.gather(issue, manuscripts, layout, artwork_pictures(issue), stamp, drawings)


def file_stem(issue: Issue) -> str:
    """Return the start of all file names of an issue, such as "foundations-37"."""
    return f"{slugged(issue.magazine.title) or 'issue'}-{issue.sheet.number}"


def time_stamp(issue: Issue) -> datetime:
    """Return the one date that files of this issue carry: SOURCE_DATE_EPOCH, or the day it is published."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.combine(issue.sheet.published, clock(), UTC)


def cover_picture(proof: bytes) -> bytes:
    """Return the cover page, trimmed, as a JPEG of `COVER_WIDTH` pixels."""
    return page_as_jpeg(proof, COVER_WIDTH, 90)


def artwork_pictures(issue: Issue) -> dict[str, bytes]:
    """Return a JPEG of each supplied PDF advert, trimmed, by the slug of its story."""
    placed = {story.slug: supplied_artwork(issue, story) for story in issue.stories}
    return {slug: trimmed_as_jpeg(artworks, ARTWORK_WIDTH, 85) for slug, artworks in placed.items() if artworks}
