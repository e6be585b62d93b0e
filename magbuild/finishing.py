"""From proofs to finished files: each edition in a worker of its own, the certificate of the print PDF beside it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from magbuild.compose import Galley
from magbuild.ebookrun import cover_picture, gather_epub, look_at_ebook
from magbuild.editions import epub, screen_pdf, story_pdf
from magbuild.editions.epub import Gathered
from magbuild.flatplan import Flatplan
from magbuild.language import Language, slugged
from magbuild.layout import Layout
from magbuild.makeup import Settled, make_up
from magbuild.manuscript import Manuscript
from magbuild.masters import MadePage, copy_of_masters, made_pages, set_source_line
from magbuild.memory import recalled
from magbuild.model import Colour, EditionName, Issue, Printer
from magbuild.offprints import Offprint, offprints
from magbuild.pagelist import printed_pages
from magbuild.paginate import Proof, Sheet, set_sheet
from magbuild.pdf_metadata import time_stamp
from magbuild.pdfa import Standard, may_claim
from magbuild.problem import Place, Report, Severity, Stopped
from magbuild.workshop import Workshop

if TYPE_CHECKING:  # it brings numpy along, which only workers need
    from magbuild.printrun import Printed

STORIES = "stories"  # the folder of those that are files of their own
# How each e-book is made of what was gathered for both, and how its file's name ends.
EBOOKS = {
    EditionName.EPUB: (epub.finish, ".epub"),
    EditionName.EPUB_LIGHT: (epub.finish_light, "-light.epub"),
}


class Turn(IntEnum):
    """In which order workers take what waits while there is something to lay out.

    The print run comes first, since it takes longest, and is one step; the e-book is gathered beside it.
    """

    PRINT = 1
    SCREEN = 2
    EBOOK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is to make of an issue that was read, and the workers that do it."""

    issue: Issue
    manuscripts: Mapping[str, Manuscript]
    layout: Layout
    printer: Printer
    editions: Collection[EditionName]
    workshop: Workshop

    @property
    def palette(self) -> Mapping[str, Colour]:
        """The colours of the magazine, by their names."""
        return self.layout.palette(self.issue.magazine)

    @property
    def ebooks(self) -> tuple[EditionName, ...]:
        """The e-books that are wanted."""
        return tuple(name for name in EBOOKS if name in self.editions)

    @property
    def is_on_screen(self) -> bool:
        """Whether any edition shows pages on screens."""
        return bool({EditionName.SCREEN, EditionName.STORY} & set(self.editions))

    @property
    def stamp(self) -> datetime:
        """The one date in all files."""
        return time_stamp(self.issue)

    def made(self, plan: Flatplan, proofs: Mapping[str, Proof]) -> tuple[MadePage, ...]:
        """Say what each page carries."""
        words = Language(code=self.issue.magazine.language, own_words=self.issue.magazine.words)
        return made_pages(self.issue, plan, proofs, words)

    @property
    def has_pages(self) -> bool:
        """Whether any edition has pages."""
        return self.is_on_screen or EditionName.PRINT in self.editions

    def masters(self, made: tuple[MadePage, ...]) -> Sheet:
        """Set the layer of master pages, once; it is empty when no edition has pages."""
        if not self.has_pages:
            return Sheet(pdf=b"")
        return self._masters(made).result()

    def foresee(self, plan: Flatplan, proofs: Mapping[str, Proof]) -> None:
        """Begin what is likely to be wanted when all pages are settled: the proofs of all stories are there."""
        if self.has_pages:
            self._masters(self.made(plan, proofs))

    def _masters(self, made: tuple[MadePage, ...]) -> "Future[Sheet]":
        return self.workshop.start(set_sheet, *copy_of_masters(self.issue, self.layout, made))

    def prepare(self, galley: Galley, proof: Proof) -> None:
        """Begin to prepare a proof for every edition that has pages."""
        if self.is_on_screen:
            self.for_screen(galley, proof)
        if EditionName.PRINT in self.editions:
            self.for_print(galley, proof)

    def for_screen(self, galley: Galley, proof: Proof) -> "Future[Proof]":
        """Begin to prepare a proof for the screen, once."""
        return self.workshop.start_later(Turn.SCREEN, screen_pdf.prepare, galley, replace(proof, measured=()))

    def for_print(self, galley: Galley, proof: Proof) -> "Future[Proof]":
        """Begin to prepare a proof for print, once."""
        bare = replace(proof, measured=())
        return self.workshop.start_later(Turn.PRINT, separate, galley, bare, self.printer, self.palette)

    def gather(self) -> None:
        """Begin to gather the e-book, if one is wanted: nothing of it waits for pages."""
        if self.ebooks:
            self._gathered()

    def _gathered(self) -> "Future[Gathered]":
        return self.workshop.start_later(Turn.EBOOK, gather_epub, self.issue, self.manuscripts, self.layout, self.stamp)

    def finish(
        self,
        plan: Flatplan,
        proofs: Mapping[str, Proof],
        shelf: Path,
        report: Report,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Iterator[Path]:
        """Write the wanted editions into `shelf`, side by side, and yield their files.

        `meanwhile` is called when the workers are at it. Raises Stopped when an edition can't be good.
        """
        issue, stamp, workshop, stem = self.issue, self.stamp, self.workshop, shelf / file_stem(self.issue)
        on_paper = EditionName.PRINT in self.editions
        galleys = [(galley, proofs[galley.slug]) for galley in plan.galleys]
        for galley, proof in galleys:
            self.prepare(galley, proof)
        self.gather()
        settled = Settled(issue=issue, plan=plan, masters=self.masters(self.made(plan, proofs)).pdf)
        if on_paper:
            ready = _prepared([self.for_print(galley, proof) for galley, proof in galleys], report)
            target = _target(stem, "-print.pdf")
            printing = workshop.begin(
                finish_print, settled, ready, self.printer, self.palette, self.layout, stamp, target
            )
        shown = []
        if self.is_on_screen:
            ready = _prepared([self.for_screen(galley, proof) for galley, proof in galleys], report)
            shown = [
                *_begin_screen(self, settled, ready, stem, report),
                *_begin_stories(self, settled, ready, shelf, report),
            ]
        meanwhile()
        cover = recalled(cover_picture, proofs["cover"].sheaf)
        printed = printed_pages(issue, plan, proofs) if self.ebooks else ()
        for name in self.ebooks:
            write, ending = EBOOKS[name]
            write(self._gathered().result(), cover, printed, _target(stem, ending))
            yield _target(stem, ending)
        looking = [workshop.begin(look_at_ebook, _target(stem, EBOOKS[name][1]), issue.folder) for name in self.ebooks]
        for writing, file in shown:
            writing.result()
            yield file
        if on_paper:
            yield from _pass_for_print(printing.result(), report)
        for look in looking:
            report.extend(look.result())
        _stop_on_errors(report)
        (shelf / "cover.jpg").write_bytes(cover)
        yield shelf / "cover.jpg"


# A file that a worker is writing, and where it is to be.
AtWork = tuple["Future[None]", Path]


def _begin_screen(
    job: Job, settled: Settled, proofs: Mapping[str, Proof], stem: Path, report: Report
) -> Iterator[AtWork]:
    if EditionName.SCREEN in job.editions:
        target, claims = _target(stem, "-screen.pdf"), may_claim({problem.code for problem in report})
        yield job.workshop.begin(finish_screen, settled, proofs, job.stamp, target, claims), target


def _begin_stories(
    job: Job, settled: Settled, proofs: Mapping[str, Proof], shelf: Path, report: Report
) -> Iterator[AtWork]:
    if EditionName.STORY not in job.editions:
        return
    (shelf / STORIES).mkdir()
    for offprint in offprints(job.issue, settled.plan, proofs):
        target = shelf / STORIES / f"{offprint.story.slug}.pdf"
        claims = may_claim({problem.code for problem in report if problem.place.path in offprint.paths})
        proof = proofs[offprint.galley.slug]
        writing = job.workshop.begin(
            finish_story, job.issue, job.layout, settled.masters, offprint, proof, job.stamp, target, claims
        )
        yield writing, target


def _stop_on_errors(report: Report) -> None:
    if report.failed:
        raise Stopped


def _target(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)


def _prepared(at_work: list["Future[Proof]"], report: Report) -> dict[str, Proof]:
    proofs = [future.result() for future in at_work]
    for proof in proofs:
        report.extend(proof.problems)
    return {proof.slug: proof for proof in proofs}


def _pass_for_print(printed: "Printed", report: Report) -> Iterator[Path]:
    """Yield the files for the printer; Stopped when they couldn't be made.

    What a preflight finds is told of the manuscript that stands on the page, as a warning: the file is there for
    all to see, and its certificate says how bad it is.
    """
    report.extend(printed.problems)
    _stop_on_errors(report)
    for found in printed.preflights:
        for finding in found.findings:
            if finding.problem.code == "empty-page" and finding.story is None:
                continue  # it is a planned blank, which the flatplan has told of
            place = replace(finding.story or Place(found.path), page=finding.page)
            report.add(replace(finding.problem, place=place, severity=Severity.WARNING))
    _stop_on_errors(report)  # it may be a strict one
    yield from printed.files


# --- The steps: in workers, and nothing but their arguments comes in ---


def separate(galley: Galley, proof: Proof, printer: Printer, palette: Mapping[str, Colour]) -> Proof:
    """Prepare a proof for print, as `print_pdf.prepare` says."""
    from magbuild.editions.print_pdf import Press, prepare

    return prepare(galley, proof, Press(printer=printer, palette=palette))


def finish_print(
    settled: Settled,
    proofs: Mapping[str, Proof],
    printer: Printer,
    palette: Mapping[str, Colour],
    layout: Layout,
    stamp: datetime,
    target: Path,
) -> "Printed":
    """Write the files for the printer, as `printrun.print_run` says."""
    from magbuild.editions.print_pdf import Press
    from magbuild.printrun import print_run

    return print_run(settled, proofs, Press(printer=printer, palette=palette), layout, stamp, target)


def finish_screen(
    settled: Settled, proofs: Mapping[str, Proof], stamp: datetime, target: Path, claims: tuple[Standard, ...]
) -> None:
    """Make up the proofs that were prepared for the screen, and write the screen PDF."""
    with make_up(settled.issue, settled.plan, proofs, settled.masters) as pdf:
        screen_pdf.make(pdf, settled.issue, stamp, target, claims)


def finish_story(
    issue: Issue,
    layout: Layout,
    masters: bytes,
    offprint: Offprint,
    proof: Proof,
    stamp: datetime,
    target: Path,
    claims: tuple[Standard, ...],
) -> None:
    """Set the line that says where a story stood, and write the story's PDF."""
    line = set_source_line(issue, layout, offprint.source)
    story_pdf.make(issue, offprint, proof, masters, line, stamp, target, claims)


def file_stem(issue: Issue) -> str:
    """Return the start of all file names of an issue, such as "foundations-37"."""
    return f"{slugged(issue.magazine.title) or 'issue'}-{issue.sheet.number}"
