"""The whole run, from an issue's folder to its finished editions."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock
from functools import partial
from pathlib import Path

from magbuild import checks, flatplan
from magbuild.advertisers import Entry, index, sizes_as_text
from magbuild.adverts import supplied_artwork
from magbuild.artwork import UnreadableArtwork
from magbuild.compose import lay_out_desk
from magbuild.editions import epub, print_pdf, screen_pdf
from magbuild.editions.epub.package import Package
from magbuild.flatplan import Flatplan
from magbuild.language import Language, slugged
from magbuild.layout import Layout, LayoutMistake, find_layout, project_of
from magbuild.load import load
from magbuild.makeup import MadeUp, made_pages, make_up, set_masters
from magbuild.manuscript import Manuscript, read_manuscript
from magbuild.model import EditionName, Issue
from magbuild.paginate import Proof
from magbuild.pictures import UnreadablePicture
from magbuild.problem import Place, Problem, Report, Stopped, as_json
from magbuild.raster import drawing_as_png, font_rules, page_as_jpeg, trimmed_as_jpeg
from magbuild.settle import MOST_ROUNDS, settle
from magbuild.workshop import Workshop

PROBLEMS = "problems.json"
COVER_WIDTH = 1600  # px, as large as e-book shops and readers take it
ARTWORK_WIDTH = 1200  # px: a full page on the largest e-readers

# What a run tells while it goes on: a stage, and what it is at.
Listener = Callable[[str, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished run: the files it left, and how many pages the issue has."""

    files: tuple[Path, ...]
    pages: int
    seconds: float


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
        layout = find_layout(issue.sheet.layout or issue.magazine.layout, project_of(folder), folder, report)
        stamp = time_stamp(issue)
        if EditionName.EPUB in editions:  # begun first: it waits for nothing but the cover
            workshop.start(gather_epub, issue, manuscripts, layout, stamp)
        plan, proofs = _lay_out(issue, manuscripts, layout, workshop, report, tell)
        _stop_on_errors(report)
        _clear_up(_made(out))
        with tempfile.TemporaryDirectory(prefix=f".magbuild-{os.getpid()}-", dir=out) as beside:
            files = _finish(issue, manuscripts, layout, plan, proofs, workshop, Path(beside), editions, tell)
            listed = Path(beside) / PROBLEMS
            listed.write_text(as_json(report) + "\n", "utf-8")
            shelf = _made(out / folder.resolve().name)
            _need_room_for(shelf, [file.name for file in (*files, listed)])
            placed = tuple(file.replace(shelf / file.name) for file in (*files, listed))
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


def _clear_up(out: Path) -> None:
    """Remove what runs that were killed have left; those that go on are known by their process."""
    for left in out.glob(".magbuild-*-*"):
        number = left.name.split("-")[1]
        if number.isdigit() and not _is_alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _need_room_for(shelf: Path, names: Iterable[str]) -> None:
    """Raise OSError when a file can't take its place, before the first one does."""
    for name in names:
        if (shelf / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder stands where this file is to go", str(shelf / name))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# --- Advertisers ---


def find_advertisers(
    folder: Path, report: Report, *, jobs: int = 0, tell: Listener = lambda stage, detail: None
) -> tuple[Entry, ...]:
    """Lay an issue out and return its index of advertisers; without pages when it has errors.

    Raises Stopped when it can't be read.
    """
    with _told(folder, folder, report), Workshop(jobs or os.cpu_count() or 1) as workshop:
        issue, manuscripts = read(folder, report)
        layout = find_layout(issue.sheet.layout or issue.magazine.layout, project_of(folder), folder, report)
        if report.failed:
            return index(issue, layout)
        plan, proofs = _lay_out(issue, manuscripts, layout, workshop, report, tell)
        return index(issue, layout, plan, proofs)


def list_sizes(folder: Path, report: Report) -> str:
    """Return the sizes of adverts in an issue's magazine as text; Stopped when it can't be read."""
    with _told(folder, folder, report):
        issue = load(folder, report)
        if issue is None:
            raise Stopped
        layout = find_layout(issue.sheet.layout or issue.magazine.layout, project_of(folder), folder, report)
        return sizes_as_text(issue, layout)


# --- Pages ---


def _lay_out(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    layout: Layout,
    workshop: Workshop,
    report: Report,
    tell: Listener,
) -> tuple[Flatplan, dict[str, Proof]]:
    """Set and paginate everything until the page numbers in the text are those of the flatplan."""

    def done(proof: Proof) -> None:
        tell("pages", f"{proof.slug}: {len(proof.pages)}")

    plan, proofs, settled = settle(lay_out_desk(issue, manuscripts, layout), workshop, done)
    if not settled:
        report.add(
            Problem(
                Place(issue.folder / Issue.SHEET, 1, 1),
                "pages-unsettled",
                f"page numbers in the text still moved pages after {MOST_ROUNDS} rounds",
                "take the page reference out of a story whose last line is the first of a page",
            )
        )
    for proof in proofs.values():
        report.extend(proof.problems)
    flatplan.check(issue, plan, report)
    return plan, proofs


# --- Editions ---


def _finish(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    layout: Layout,
    plan: Flatplan,
    proofs: Mapping[str, Proof],
    workshop: Workshop,
    shelf: Path,
    editions: Collection[EditionName],
    tell: Listener,
) -> tuple[Path, ...]:
    """Write the wanted editions into `shelf`, side by side, and return their files."""
    stem, stamp = file_stem(issue), time_stamp(issue)
    at_work: dict[Path, Future[None]] = {}
    if {EditionName.PRINT, EditionName.SCREEN} & set(editions):
        galleys = [galley for galley, _ in plan.runs if galley]
        for name, edition in ((EditionName.SCREEN, screen_pdf), (EditionName.PRINT, print_pdf)):
            if name in editions:
                target = shelf / f"{stem}-{name}.pdf"
                preparing = [workshop.start(edition.prepare, galley, proofs[galley.slug]) for galley in galleys]
                prepared = {future.result().slug: future.result() for future in preparing}
                made_up = _make_up(issue, layout, plan, prepared, workshop)
                at_work[target] = workshop.start(edition.make, issue, made_up, stamp, target)
    cover = cover_picture(proofs["cover"].pdf)  # while the workers finish the PDFs
    if EditionName.EPUB in editions:
        target = shelf / f"{stem}.epub"
        epub.finish(workshop.start(gather_epub, issue, manuscripts, layout, stamp).result(), cover, target)
        tell("edition", target.name)
    for target, future in at_work.items():
        future.result()
        tell("edition", target.name)
    jpeg = shelf / "cover.jpg"
    jpeg.write_bytes(cover)
    ebook = [shelf / f"{stem}.epub"] if EditionName.EPUB in editions else []
    return (*at_work, *ebook, jpeg)


def gather_epub(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout, stamp: datetime) -> Package:
    """Gather all of the EPUB that can be had before the pages are there."""
    drawings = partial(drawing_as_png, font_rules(layout))
    return epub.gather(issue, manuscripts, layout, artwork_pictures(issue), stamp, drawings)


def _make_up(issue: Issue, layout: Layout, plan: Flatplan, proofs: Mapping[str, Proof], workshop: Workshop) -> MadeUp:
    language = Language(code=issue.magazine.language, own_words=issue.magazine.words)
    pages = made_pages(issue, plan, proofs, language)
    masters = workshop.start(set_masters, issue, layout, pages).result()
    return make_up(issue, plan, proofs, masters, pages)


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
