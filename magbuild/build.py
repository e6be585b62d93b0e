"""The whole run, from an issue's folder to its finished editions."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from datetime import time as clock
from functools import partial
from pathlib import Path

from magbuild import checks, flatplan
from magbuild.adverts import supplied_artwork
from magbuild.artwork import UnreadableArtwork, examine
from magbuild.compose import Galley, lay_out_desk
from magbuild.delivery import beside, deliver
from magbuild.editions import epub, print_pdf, screen_pdf
from magbuild.editions.epub.package import Package
from magbuild.flatplan import Flatplan
from magbuild.language import Language, slugged
from magbuild.layout import Layout, LayoutMistake, find_layout
from magbuild.load import load
from magbuild.load.files import project_of
from magbuild.makeup import MadePage, made_pages, make_up, set_masters
from magbuild.manuscript import Manuscript, read_manuscript
from magbuild.model import EditionName, Issue
from magbuild.paginate import Proof
from magbuild.pictures import UnreadablePicture
from magbuild.problem import Place, Problem, Report, Stopped, as_json
from magbuild.raster import artwork_as_jpeg, drawing_as_png, font_rules, page_as_jpeg
from magbuild.settle import MOST_ROUNDS, settle
from magbuild.workshop import Workshop

PROBLEMS = "problems.json"
COVER_WIDTH = 1600  # px, as large as e-book shops and readers take it
ARTWORK_WIDTH = 1200  # px: a full page on the largest e-readers

# What a run tells while it goes on: a stage, and what it is at.
Listener = Callable[[str, str], None]

# The editions with pages, those first that take longest to finish. Their proofs are prepared one by one.
PAGED = {EditionName.SCREEN: screen_pdf, EditionName.PRINT: print_pdf}


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished run: the files it left, and how many pages the issue has."""

    files: tuple[Path, ...]
    pages: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is to make of an issue that was read, and the workers that do it."""

    issue: Issue
    manuscripts: Mapping[str, Manuscript]
    layout: Layout
    editions: Collection[EditionName]
    workshop: Workshop
    tell: Listener

    @property
    def stamp(self) -> datetime:
        """The one date in all files."""
        return time_stamp(self.issue)

    @property
    def paged(self) -> tuple[EditionName, ...]:
        """The wanted editions that have pages."""
        return tuple(name for name in PAGED if name in self.editions)

    def prepare(self, edition: EditionName, galley: Galley, proof: Proof) -> "Future[Proof]":
        """Begin to prepare a proof for an edition, once."""
        return self.workshop.start(PAGED[edition].prepare, galley, proof)

    def gather(self) -> "Future[Package]":
        """Begin to gather the EPUB, once."""
        return self.workshop.start(gather_epub, self.issue, self.manuscripts, self.layout, self.stamp)


def read(folder: Path, report: Report) -> tuple[Issue, dict[str, Manuscript]]:
    """Read and check an issue with all its manuscripts; Stopped when it can't be read at all."""
    issue = load(folder, report)
    if issue is None:
        raise Stopped
    slugs = {story.path.name: story.slug for story in issue.stories}
    manuscripts = {story.slug: read_manuscript(story, slugs, report) for story in issue.stories}
    checks.run(issue, report)
    return issue, manuscripts


def build(
    folder: Path,
    out: Path,
    report: Report,
    *,
    editions: Collection[EditionName] = tuple(EditionName),
    jobs: int = 0,
    tell: Listener = lambda stage, detail: None,
) -> Built:
    """Build an issue's editions into `out/<folder name>`.

    Raises Stopped when the report has errors; then nothing in `out` has changed.
    """
    began = time.perf_counter()
    with _told(folder, out, report), Workshop(jobs or os.cpu_count() or 1) as workshop:
        tell("read", str(folder))
        issue, manuscripts = read(folder, report)
        _stop_on_errors(report)
        job = Job(
            issue=issue,
            manuscripts=manuscripts,
            layout=find_layout(issue.sheet.layout or issue.magazine.layout, project_of(folder), folder, report),
            editions=editions,
            workshop=workshop,
            tell=tell,
        )
        if EditionName.EPUB in editions:  # begun first: it waits for nothing but the cover
            job.gather()
        plan, proofs = _lay_out(job, report)
        _stop_on_errors(report)
        with beside(out) as shelf:
            files = _finish(job, plan, proofs, shelf)
            listed = shelf / PROBLEMS
            listed.write_text(as_json(report) + "\n", "utf-8")
            placed = deliver((*files, listed), out / folder.resolve().name)
    return Built(files=placed, pages=len(plan.slots), seconds=time.perf_counter() - began)


@contextmanager
def _told(folder: Path, out: Path, report: Report) -> Iterator[None]:
    """Turn what stops a run outside the manuscripts into problems."""
    try:
        yield
    except LayoutMistake as mistake:
        report.add(mistake.problem)
    except (UnreadablePicture, UnreadableArtwork) as error:
        report.add(
            Problem(Place(folder), "unreadable-picture", str(error), "save it again from the program it is from")
        )
    except BrokenProcessPool:
        hint = "close other programs, or run with '-j 1'"
        report.add(Problem(Place(folder), "worker-died", "a worker process was ended from outside", hint))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        place = Place(Path(error.filename) if isinstance(error.filename, str) else out)
        report.add(Problem(place, "file-trouble", reason, "make room, or give yourself the right to write there"))
    else:
        return
    raise Stopped


def _stop_on_errors(report: Report) -> None:
    if report.failed:
        raise Stopped


# --- Pages ---


def _lay_out(job: Job, report: Report) -> tuple[Flatplan, dict[str, Proof]]:
    """Set and paginate everything until the page numbers in the text are those of the flatplan."""

    def done(galley: Galley, proof: Proof) -> None:
        job.tell("pages", f"{proof.slug}: {len(proof.pages)}")
        if proof.pages:
            for edition in job.paged:  # in the gaps between the stories still to be laid out
                job.prepare(edition, galley, proof)

    desk = lay_out_desk(job.issue, job.manuscripts, job.layout)
    plan, proofs, settled = settle(desk, job.workshop, done)
    if not settled:
        report.add(
            Problem(
                Place(job.issue.folder / Issue.SHEET, 1, 1),
                "pages-unsettled",
                f"page numbers in the text still moved pages after {MOST_ROUNDS} rounds",
                "take the page reference out of a story whose last line is the first of a page",
            )
        )
    for proof in proofs.values():
        report.extend(proof.problems)
    flatplan.check(job.issue, plan, report)
    return plan, proofs


# --- Editions ---


def _finish(job: Job, plan: Flatplan, proofs: Mapping[str, Proof], shelf: Path) -> tuple[Path, ...]:
    """Write the wanted editions into `shelf`, side by side, and return their files."""
    stem = file_stem(job.issue)
    at_work: dict[Path, Future[None]] = {}
    if job.paged:
        pages = made_pages(job.issue, plan, proofs, _language(job.issue))
        masters = job.workshop.start(set_masters, job.issue, job.layout, pages)
        for name in job.paged:
            ready = [job.prepare(name, galley, proofs[galley.slug]) for galley, _ in plan.runs if galley]
            prepared = {proof.slug: proof for future in ready for proof in (future.result(),)}
            target = shelf / f"{stem}-{name}.pdf"
            at_work[target] = job.workshop.start(
                finish_pages, name, job.issue, plan, prepared, masters.result(), pages, job.stamp, target
            )
    cover = cover_picture(proofs["cover"].pdf)  # while the workers finish the PDFs
    ebook = [shelf / f"{stem}.epub"] if EditionName.EPUB in job.editions else []
    for target in ebook:
        epub.finish(job.gather().result(), cover, target)
        job.tell("edition", target.name)
    for target, future in at_work.items():
        future.result()
        job.tell("edition", target.name)
    jpeg = shelf / "cover.jpg"
    jpeg.write_bytes(cover)
    return (*at_work, *ebook, jpeg)


def finish_pages(
    name: EditionName,
    issue: Issue,
    plan: Flatplan,
    prepared: Mapping[str, Proof],
    masters: bytes,
    pages: tuple[MadePage, ...],
    stamp: datetime,
    target: Path,
) -> None:
    """Make up the proofs that were prepared for an edition, and finish it."""
    PAGED[name].make(issue, make_up(issue, plan, prepared, masters, pages), stamp, target)


def gather_epub(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout, stamp: datetime) -> Package:
    """Gather all of the EPUB that can be had before the pages are there."""
    drawings = partial(drawing_as_png, font_rules(layout))
    return epub.gather(issue, manuscripts, layout, artwork_pictures(issue), stamp, drawings)


def _language(issue: Issue) -> Language:
    return Language(code=issue.magazine.language, own_words=issue.magazine.words)


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
    drawn = {}
    for story in issue.stories:
        artwork = supplied_artwork(issue, story)
        if artwork is not None:
            facts = examine(artwork.path)
            trimmed = replace(artwork, bleed=(0.0, 0.0, 0.0, 0.0))
            scale = ARTWORK_WIDTH / facts.width
            drawn[story.slug], _ = artwork_as_jpeg(trimmed, facts.width, facts.height, scale, 85)
    return drawn
