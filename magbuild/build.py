"""The whole run, from an issue's folder to its finished editions."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from magbuild import advertisers, checks, flatplan, proofreading
from magbuild.advertisers import index
from magbuild.compose import Desk, Galley, compose, lay_out_desk
from magbuild.copydesk import layout_of, read, read_for_setting, read_wording
from magbuild.delivery import beside, deliver
from magbuild.fillers import Filled, settle_and_fill
from magbuild.grouping import groups
from magbuild.impression import Built, Impression
from magbuild.layout import Layout, open_layout
from magbuild.load.printers import find_printer, sources_of
from magbuild.manuscript import Manuscript
from magbuild.memory import at_hand
from magbuild.model import USUAL_EDITIONS, EditionName, Issue, Printer
from magbuild.paginate import Proof, paginate
from magbuild.problem import Place, Problem, Report, Stopped, as_json
from magbuild.proofreading import Proofread, Tally, in_a_line, read_pages
from magbuild.settle import MOST_ROUNDS, Onlooker, folios_of
from magbuild.stoppage import telling
from magbuild.whereabouts import project_of
from magbuild.workshop import Workshop

if TYPE_CHECKING:
    from magbuild.finishing import Job

PROBLEMS, TYPOGRAPHY = "problems.json", "typography.json"

# What a run tells while it goes on: a stage, and what it is at.
Listener = Callable[[str, str], None]
Told = tuple[str, ...]  # what there is to say of a finished issue, in lines


def check(folder: Path, report: Report) -> None:
    """Read and check an issue and its layout, without laying it out; Stopped when either can't be read at all."""
    with telling(folder, folder, report):
        read(folder, report)


def build(
    folder: Path,
    out: Path,
    report: Report,
    *,
    editions: Collection[EditionName] = USUAL_EDITIONS,
    printer: str = "",
    dress: Path | None = None,
    jobs: int = 0,
    impression: Impression | None = None,
    staff: Executor | None = None,
    tell: Listener = lambda stage, detail: None,
) -> Built:
    """Build an issue's editions into `out/<folder name>`.

    `printer` takes the place of the one that the issue names, and `dress`, the folder of a layout, that of its layout
    and of its page. With an `impression` what was made before is taken from its store, and the run remembered there;
    its `staff` may be workers of the caller's, `hired` for many runs, even for some that go on side by side.
    Raises Stopped when the report has errors; then nothing in `out` has changed.
    """
    began = time.perf_counter()
    with telling(folder, out, report), _workshop(jobs, impression, staff) as workshop:
        tell("read", str(folder))
        issue, manuscripts = read_for_setting(folder, report)
        if report.failed:  # what else is wrong is told in the same run
            with suppress(Stopped):
                read_wording(issue, manuscripts, report)
        _stop_on_errors(report)
        profile = find_printer(printer or issue.printer, project_of(folder), report, issue.printer_place)
        _stop_on_errors(report)
        assert profile is not None  # or there was an error
        as_typed, (issue, layout) = issue, _dressed(issue, dress, report)
        sources = (*layout.sources, *sources_of(profile, printer or issue.printer, project_of(folder)))
        if impression is not None:
            impression.look(sources)

        job = cache(partial(_job, issue, manuscripts, layout, profile, editions, workshop))

        def begun() -> None:
            read_wording(as_typed, manuscripts, report)
            _stop_on_errors(report)

        onlooker = _onlooker(job, begun, tell)
        filled = _lay_out(lay_out_desk(issue, manuscripts, layout), workshop, report, onlooker, impression)
        _stop_on_errors(report)
        with beside(out) as shelf:
            finished = partial(_take_in, impression, tell)
            files, told = _finish(job(), filled, shelf, report, finished)
            if impression is not None:  # what lies there is nobody else's yet
                impression.remember(files, shelf, len(filled.plan.slots), told, sources, report)
            placed = deliver(files, shelf, out / folder.resolve().name)
        report.extend(impression.trouble() if impression is not None else ())
    return Built(files=placed, pages=len(filled.plan.slots), seconds=time.perf_counter() - began, told=told)


def _onlooker(job: Callable[[], "Job"], begun: Callable[[], None], tell: Listener) -> Onlooker:
    """Return what is done in the gaps between the stories still to be laid out, once `begun` is done with."""

    def gather() -> None:
        begun()
        job().gather()

    def prepare(galley: Galley, proof: Proof) -> None:
        tell("pages", f"{proof.slug}: {len(proof.pages)}")
        if proof.pages:
            job().prepare(galley, proof)

    return Onlooker(begun=gather, done=prepare, counted=lambda plan, proofs: job().foresee(plan, proofs))


def get_ready(folder: Path, impression: Impression, jobs: int, staff: Executor | None) -> None:
    """Have workers set the shortest page of an issue and throw it away; what is wrong with the issue isn't told here.

    Whoever is built for next finds them with styles, fonts and programs at hand.
    """
    report = Report()
    with suppress(Stopped), telling(folder, folder, report), _workshop(jobs, impression, staff) as workshop:
        issue, manuscripts = read(folder, report)
        desk = lay_out_desk(issue, manuscripts, layout_of(issue, report))
        galley = min(compose(desk, groups(issue), {}), key=lambda galley: len(galley.html), default=None)
        at_work = [workshop.begin(paginate, galley) for _ in range(jobs) if galley is not None]
        for future in at_work:
            future.result()


@contextmanager
def _workshop(jobs: int, impression: Impression | None, staff: Executor | None = None) -> Iterator[Workshop]:
    """Open a workshop, with the store of a run that is to be remembered."""
    number = jobs or os.cpu_count() or 1
    if impression is None:
        with Workshop(number) as workshop:
            yield workshop
        return
    with impression.store.running() as store, Workshop(number, store, impression.files, staff) as workshop:
        impression.look()
        with at_hand(store, impression.files):
            yield workshop
        store.trim()


def _job(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    layout: Layout,
    printer: Printer,
    editions: Collection[EditionName],
    workshop: Workshop,
) -> "Job":
    """Return what is to be made; asked for when the first stories are at work, since it takes half a second."""
    from magbuild.finishing import Job  # brings all editions along

    return Job(
        issue=issue,
        manuscripts=manuscripts,
        layout=layout,
        printer=printer,
        editions=editions,
        workshop=workshop,
    )


def _dressed(issue: Issue, dress: Path | None, report: Report) -> tuple[Issue, Layout]:
    """Return the issue with its layout, or with another and on the page that this one is drawn for."""
    if dress is None:
        return issue, layout_of(issue, report)
    layout = open_layout(dress, report)
    return replace(issue, magazine=replace(issue.magazine, trim=layout.trim)), layout


def _take_in(impression: Impression | None, tell: Listener, file: Path) -> None:
    """Tell of a finished file, and take it into the store, while others are at work."""
    tell("edition", file.name)
    if impression is not None:
        impression.keep(file)


def _finish(
    job: "Job", filled: Filled, shelf: Path, report: Report, finished: Callable[[Path], None]
) -> tuple[tuple[Path, ...], Told]:
    """Write the editions and lists of a laid out issue onto a shelf; return the files, and what to say of it."""
    look = partial(_look, job, filled, report)
    files, tallies = job.finish(filled.plan, filled.proofs, shelf, report, finished, look)
    lists, told = _lists(job, filled, tallies, report)
    return (*files, *_written(shelf, lists)), told


def _look(job: "Job", filled: Filled, report: Report) -> tuple[Tally, ...]:
    """Look at how lines and columns stand on the pages, if there are any; Stopped when that is an error."""
    if not job.has_pages:
        return ()
    masters = job.masters(job.made(filled.plan, filled.proofs))
    pages = read_pages(filled.plan, filled.proofs, masters.measured)
    read = Proofread(issue=job.issue, pages=pages, limits=job.layout.limits, printer=job.printer)
    tallies = checks.proofread(read, report)
    _stop_on_errors(report)
    return tallies


def _lists(job: "Job", filled: Filled, tallies: Sequence[Tally], report: Report) -> tuple[dict[str, str], Told]:
    """Return the lists that a run leaves, and what to say of it."""
    entries = index(job.issue, job.layout, filled.plan, filled.proofs)
    lists = {
        advertisers.FILE: advertisers.as_json(entries) if entries else "",
        TYPOGRAPHY: proofreading.as_json(tallies) if tallies else "",
        PROBLEMS: as_json(report),
    }
    return lists, (*((in_a_line(tallies),) if tallies else ()), *filled.told)


def _written(shelf: Path, lists: Mapping[str, str]) -> list[Path]:
    """Write lists onto a shelf, by the names of their files, but for empty ones."""
    written = {shelf / name: text for name, text in lists.items() if text}
    for path, text in written.items():
        path.write_text(text + "\n", "utf-8")
    return list(written)


def _stop_on_errors(report: Report) -> None:
    if report.failed:
        raise Stopped


# --- Pages ---


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """An issue with all its pages, of which no edition is made."""

    issue: Issue
    manuscripts: Mapping[str, Manuscript]
    layout: Layout
    filled: Filled


def lay_out(
    folder: Path,
    report: Report,
    *,
    jobs: int = 0,
    impression: Impression | None = None,
    tell: Listener = lambda stage, detail: None,
) -> LaidOut:
    """Read an issue and lay it out; Stopped when what was read has errors."""
    with telling(folder, folder, report), _workshop(jobs, impression) as workshop:
        issue, manuscripts = read(folder, report)
        layout = layout_of(issue, report)
        _stop_on_errors(report)

        def done(galley: Galley, proof: Proof) -> None:
            tell("pages", f"{proof.slug}: {len(proof.pages)}")

        filled = _lay_out(lay_out_desk(issue, manuscripts, layout), workshop, report, Onlooker(done=done))
    return LaidOut(issue=issue, manuscripts=manuscripts, layout=layout, filled=filled)


def _lay_out(
    desk: Desk,
    workshop: Workshop,
    report: Report,
    onlooker: Onlooker,
    impression: Impression | None = None,
) -> Filled:
    """Set and paginate everything until the page numbers in the text are those of the flatplan."""
    filled = settle_and_fill(desk, workshop, onlooker, impression.expected if impression is not None else {})
    plan, proofs = filled.plan, filled.proofs
    if impression is not None:
        impression.expect(folios_of(plan, proofs))
    if not filled.settled:
        report.add(
            Problem(
                Place(desk.issue.folder / Issue.SHEET, 1, 1),
                "pages-unsettled",
                f"page numbers in the text still moved pages after {MOST_ROUNDS} rounds",
                "take the page reference out of a story whose last line is the first of a page",
            )
        )
    found = chain(filled.problems, *(proof.problems for proof in proofs.values()))
    report.extend(checks.without_echoes(found, desk.issue, desk.manuscripts, desk.layout))
    galleys = {slot.galley.slug: slot.galley for slot in plan.slots if slot.galley}
    borrowed = {slug: proofs[galley.slug].borrowed for galley in galleys.values() for slug in galley.stories}
    borrowed |= {filler: proofs[filler].borrowed for filler in filled.fillers.values()}
    report.extend(checks.borrowed_glyphs(desk.issue, borrowed))
    flatplan.check(desk.issue, plan, report)
    return filled
