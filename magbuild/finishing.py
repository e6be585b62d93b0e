"""From proofs to finished files: each edition in a worker of its own, the certificate of the print PDF beside it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from magbuild.compose import Galley
from magbuild.ebookrun import EBOOKS, cover_picture, gather_epub, look_at_ebook, write_ebooks
from magbuild.editions import screen_pdf
from magbuild.editions.epub import Gathered
from magbuild.flatplan import Flatplan
from magbuild.language import Language
from magbuild.layout import Layout
from magbuild.makeup import Settled
from magbuild.manuscript import Manuscript
from magbuild.masters import MadePage, copy_of_masters, made_pages
from magbuild.memory import recalled
from magbuild.model import Colour, EditionName, Issue, Printer
from magbuild.offprints import offprints
from magbuild.pagelist import printed_pages
from magbuild.paginate import Proof, Sheet, set_sheet
from magbuild.pdf_metadata import file_stem, time_stamp
from magbuild.pdfa import may_claim
from magbuild.problem import Report, Stopped
from magbuild.screenrun import finish_screen, finish_story
from magbuild.turns import ended
from magbuild.workshop import Workshop

if TYPE_CHECKING:  # it brings numpy along, which only workers need
    from magbuild.printrun import Printed

P = ParamSpec("P")
T = TypeVar("T")
STORIES = "stories"  # the folder of those that are files of their own


class Turn(IntEnum):
    """In which order workers take what waits while there is something to lay out.

    The print run comes first, since it takes longest, and is one step. The e-book is gathered beside it, before pages
    are prepared for the screen, since it is to be looked at, too.
    """

    PRINT = 1
    EBOOK = 2
    SCREEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is to make of an issue that was read, and the workers that do it."""

    issue: Issue
    manuscripts: Mapping[str, Manuscript]
    layout: Layout
    printer: Printer
    editions: Collection[EditionName]
    workshop: Workshop
    # What is begun of what, by turn and slug.
    _begun: dict[tuple[Turn, str], tuple[object, "Future[Any]"]] = field(default_factory=dict)

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
        return self._once(Turn.SCREEN, proof.slug, proof, screen_pdf.prepare, galley, _bare(proof))

    def for_print(self, galley: Galley, proof: Proof) -> "Future[Proof]":
        """Begin to prepare a proof for print, once."""
        return self._once(Turn.PRINT, proof.slug, proof, separate, galley, _bare(proof), self.printer, self.palette)

    def _once(
        self, turn: Turn, slug: str, made_of: object, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[T]":
        """Begin a step, or return what is begun of the same: to know a step by all that goes into it takes a while."""
        known, begun = self._begun.get((turn, slug), (None, None))
        if begun is None or known is not made_of:
            begun = self.workshop.start_later(turn, step, *args, **kwargs)
            self._begun[turn, slug] = made_of, begun
        return begun

    def gather(self) -> None:
        """Begin to gather the e-book, if one is wanted: nothing of it waits for pages."""
        if self.ebooks:
            self._gathered()

    def _gathered(self) -> "Future[Gathered]":
        issue = self.issue
        return self._once(Turn.EBOOK, "", issue, gather_epub, issue, self.manuscripts, self.layout, self.stamp)

    def finish(
        self,
        plan: Flatplan,
        proofs: Mapping[str, Proof],
        shelf: Path,
        report: Report,
        finished: Callable[[Path], None],
        meanwhile: Callable[[], T],
    ) -> tuple[tuple[Path, ...], T]:
        """Write the wanted editions into `shelf`, side by side, and return their files.

        `finished` is called with each file as it comes; `meanwhile` once, when the workers are at it: what it finds is
        returned, too. Raises Stopped when an edition can't be good.
        """
        stem = shelf / file_stem(self.issue)
        galleys = [(galley, proofs[galley.slug]) for galley in plan.galleys]
        for galley, proof in galleys:
            self.prepare(galley, proof)
        self.gather()
        settled = Settled(issue=self.issue, plan=plan, masters=self.masters(self.made(plan, proofs)).pdf)
        printing = _begin_print(self, settled, galleys, stem, report) if EditionName.PRINT in self.editions else {}
        for_screen = [self.for_screen(galley, proof) for galley, proof in galleys] if self.is_on_screen else []
        if at_once := not self.ebooks or all(future.done() for future in for_screen):
            showing = _begin_screen(self, settled, for_screen, stem, report)
        found = meanwhile()
        cover = recalled(cover_picture, proofs["cover"].sheaf)
        (shelf / "cover.jpg").write_bytes(cover)
        ebooks, looking = [], []
        for file in self._bound(cover, plan, proofs, stem):
            looking.append(self.workshop.begin(look_at_ebook, file, self.issue.folder))
            ebooks.append(file)
            finished(file)
        if not at_once:  # the workers gathered the e-book before
            showing = _begin_screen(self, settled, for_screen, stem, report)
        files = (*ebooks, *_taken_in(showing | printing, finished), shelf / "cover.jpg")
        for look in looking:
            report.extend(look.result())
        _stop_on_errors(report)
        return files, found

    def _bound(self, cover: bytes, plan: Flatplan, proofs: Mapping[str, Proof], stem: Path) -> Iterator[Path]:
        """Write the e-books and yield each."""
        if self.ebooks:
            printed = printed_pages(self.issue, plan, proofs)
            yield from write_ebooks(self.ebooks, self._gathered().result(), cover, printed, stem)


# What workers are at, and what then yields its files.
AtWork = dict["Future[Any]", Callable[[], Iterable[Path]]]


def _begin_print(
    job: Job, settled: Settled, galleys: Sequence[tuple[Galley, Proof]], stem: Path, report: Report
) -> AtWork:
    ready = _prepared([job.for_print(galley, proof) for galley, proof in galleys], report)
    target = stem.with_name(f"{stem.name}-print.pdf")
    printing = job.workshop.begin(finish_print, settled, ready, job.printer, job.palette, job.layout, job.stamp, target)
    return {printing: lambda: _pass_for_print(printing.result(), report)}


def _begin_screen(job: Job, settled: Settled, for_screen: list["Future[Proof]"], stem: Path, report: Report) -> AtWork:
    ready = _prepared(for_screen, report)
    begun = dict[Future[None], Path]()
    if EditionName.SCREEN in job.editions:
        target, claims = stem.with_name(f"{stem.name}-screen.pdf"), may_claim({problem.code for problem in report})
        begun[job.workshop.begin(finish_screen, settled, ready, job.stamp, target, claims)] = target
    if EditionName.STORY in job.editions:
        begun |= _begin_stories(job, settled, ready, stem.parent / STORIES, report)
    return {writing: partial(_passed, writing, file) for writing, file in begun.items()}


def _begin_stories(
    job: Job, settled: Settled, proofs: Mapping[str, Proof], folder: Path, report: Report
) -> dict["Future[None]", Path]:
    folder.mkdir()
    begun = {}
    for offprint in offprints(job.issue, settled.plan, proofs):
        target = folder / f"{offprint.story.slug}.pdf"
        claims = may_claim({problem.code for problem in report if problem.place.path in offprint.paths})
        proof = proofs[offprint.galley.slug]
        writing = job.workshop.begin(
            finish_story, job.issue, job.layout, settled.masters, offprint, proof, job.stamp, target, claims
        )
        begun[writing] = target
    return begun


def _passed(writing: "Future[None]", file: Path) -> tuple[Path, ...]:
    writing.result()
    return (file,)


def _taken_in(at_work: AtWork, finished: Callable[[Path], None]) -> list[Path]:
    """Take files in as they come, and return them in the order in which they were begun."""
    came = dict[Future[Any], tuple[Path, ...]]()
    while len(came) < len(at_work):
        for future in ended(at_work.keys() - came.keys()):
            came[future] = tuple(at_work[future]())
            for file in came[future]:
                finished(file)
    return [file for future in at_work for file in came[future]]


def _stop_on_errors(report: Report) -> None:
    if report.failed:
        raise Stopped


def _bare(proof: Proof) -> Proof:
    """Return a proof without what was looked at already: how its lines stand, and what is wrong with it."""
    return replace(proof, measured=(), problems=())


def _prepared(at_work: list["Future[Proof]"], report: Report) -> dict[str, Proof]:
    proofs = [future.result() for future in at_work]
    for proof in proofs:
        report.extend(proof.problems)
    return {proof.slug: proof for proof in proofs}


def _pass_for_print(printed: "Printed", report: Report) -> Iterator[Path]:
    """Yield the files for the printer; Stopped when they couldn't be made, or a strict run has found something."""
    problems, files = printed
    report.extend(problems)
    _stop_on_errors(report)
    yield from files


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
