"""Issues, built for the command line: what is asked for comes in; their problems are told, and their files."""

import threading
from collections.abc import Generator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from magbuild.cli.crew import Crew
from magbuild.cli.options import need_machine
from magbuild.fingerprint import Files
from magbuild.impression import Impression, Wanted
from magbuild.problem import Report, Stopped
from magbuild.reporting import Progress, write_report, write_summary
from magbuild.store import Store
from magbuild.turns import in_turn
from magbuild.whereabouts import store_of

if TYPE_CHECKING:  # what isn't needed isn't imported
    from magbuild.impression import Built

# Issues that are built side by side: while one waits for page numbers or for its print run, workers do stories of the
# other. A third would find few gaps to fill, and take as much memory as each of these.
IN_HAND = 2
DIED = "worker-died"

# What became of an issue: its problems, and its files if it could be built.
Outcome = tuple[Report, "Built | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How issues are built: where to, by whom, with what is remembered where, and how it is told."""

    out: Path
    crew: Crew
    progress: Progress
    cache: Path | None = None
    fresh: bool = False
    style: str = "text"
    files: Files = field(default_factory=Files)

    def build(self, wanted: Wanted) -> Outcome:
        """Build an issue, or take it from the store when nothing has changed."""
        report, impression = Report(strict=wanted.strict), self._impression(wanted)
        built = impression.again(self.out, report) or self._made(impression, report)
        self.progress.close(wanted.folder.name, built.pages if built is not None else 0)
        return report, built

    def get_ready(self, wanted: Wanted) -> None:
        """Hire workers, and have everybody ready to build an issue again: for when nobody waits."""
        self.crew.warm_up()
        from magbuild.build import get_ready

        impression = self._impression(wanted)
        with suppress(Stopped):
            get_ready(wanted.folder, impression, self.crew.jobs, self._hired(impression, Report()))

    def _impression(self, wanted: Wanted) -> Impression:
        return Impression(wanted, Store(self.cache or store_of(wanted.folder), fresh=self.fresh), self.files)

    def _made(self, impression: Impression, report: Report) -> "Built | None":
        """Make an issue of which something has changed; None, with problems, when it can't be."""
        need_machine()
        self.crew.warm_up()
        from magbuild import build as run  # takes a third of a second
        from magbuild import groundwork
        from magbuild.model import USUAL_EDITIONS, EditionName

        wanted, staff = impression.wanted, None
        self.crew.warm_up(partial(groundwork.lay, wanted.folder))
        editions = tuple(EditionName(name) for name in wanted.editions) or USUAL_EDITIONS
        with suppress(Stopped):
            staff = self._hired(impression, report)
            return run.build(
                wanted.folder,
                self.out,
                report,
                editions=editions,
                printer=wanted.printer,
                jobs=self.crew.jobs,
                impression=impression,
                staff=staff,
                tell=partial(self.progress.tell, wanted.folder.name),
            )
        if any(problem.code == DIED for problem in report):
            self.crew.lost(staff)
        return None

    def _hired(self, impression: Impression, report: Report) -> Executor | None:
        """Return the crew's workers; Stopped, with a problem, when there can't be any."""
        from magbuild.stoppage import telling

        with telling(impression.wanted.folder, self.out, report):
            return self.crew.staff(impression.roots, (impression.store.folder, self.out))

    def tell(self, wanted: Wanted, outcome: Outcome) -> None:
        """Tell what became of an issue."""
        report, built = outcome
        if self.style != "json":  # one list for all issues, at the end
            write_report(report, self.style)
        if built is not None and self.style == "text":
            write_summary(built)
        elif built is None and self.style == "text":
            click.echo(f"{wanted.folder}: not built; what was in {self.out} before is still there", err=True)


def build_all(runs: Sequence[Wanted], order: Order) -> list[Report]:
    """Build issues, telling of each in the order in which they are given, and return their problems."""
    several = len(runs) > 1 and order.crew.has_workers
    outcomes = _side_by_side(runs, order) if several else (order.build(wanted) for wanted in runs)
    reports = []
    with order.progress as progress, closing(outcomes):
        for wanted, outcome in zip(runs, outcomes, strict=True):
            with progress.paused():
                order.tell(wanted, outcome)
            reports.append(outcome[0])
    return reports


def _side_by_side(runs: Sequence[Wanted], order: Order) -> Generator[Outcome, None, None]:
    """Build issues two at a time with the same workers, and yield what became of them in their order.

    A worker who is killed takes all with him that the others are at. Issues that this befell are built once more by
    themselves, when the others are done: then only that one stays unbuilt which the worker was killed by.
    """
    turn = threading.Lock()

    def build(wanted: Wanted, before: "Future[Outcome] | None" = None) -> Outcome:
        if before is not None:
            wait([before])
        with in_turn(turn):
            return order.build(wanted)

    at_work: list[Future[Outcome]] = []
    last: dict[str, Future[Outcome]] = {}  # by the folders that they are delivered into
    with ThreadPoolExecutor(IN_HAND) as hands:
        try:
            for wanted in runs:
                name = wanted.folder.resolve().name
                last[name] = hands.submit(build, wanted, last.get(name))
                at_work.append(last[name])
            for wanted, future in zip(runs, at_work, strict=True):
                outcome = future.result()
                if any(problem.code == DIED for problem in outcome[0]):
                    wait(at_work)
                    order.progress.reopen()
                    outcome = build(wanted)
                yield outcome
        except BaseException:
            hands.shutdown(wait=False, cancel_futures=True)
            order.crew.dismiss(at_once=True)
            raise
