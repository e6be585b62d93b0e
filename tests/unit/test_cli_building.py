"""Several issues built by one command: side by side, told of in their order, and each by itself when it is broken."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from magbuild.cli import building, main
from magbuild.cli.building import IN_HAND, Order, Outcome, build_all
from magbuild.cli.crew import Crew
from magbuild.impression import Built, Wanted
from magbuild.problem import Place, Problem, Report
from magbuild.reporting import Progress
from magbuild.turns import waiting
from tests.kit_builds import TEA, contents, small_issue

NUMBERS = ("036", "037", "038", "039")


def wanted(*folders: str) -> list[Wanted]:
    return [Wanted(folder=Path(folder), editions=()) for folder in folders]


def told(report: Report) -> list[str]:
    return [problem.code for problem in report]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretended(Order):
    """Builds nothing, but notes what is asked for and which issues are in hand."""

    behave: Callable[[str], str | None] = lambda folder: None
    log: list[str] = field(default_factory=list)

    def build(self, wanted: Wanted) -> Outcome:
        name = wanted.folder.as_posix()
        self.log.append(f"begin {name}")
        code = self.behave(name)
        self.log.append(f"end {name}")
        report = Report()
        if code:
            report.add(Problem(Place(wanted.folder), code, "bad"))
            return report, None
        return report, Built(files=(), pages=4, seconds=0)


def pretended(behave: Callable[[str], str | None] = lambda folder: None) -> Pretended:
    return Pretended(out=Path("build"), crew=Crew(2), progress=Progress(quiet=True), style="json", behave=behave)


def test_two_issues_are_in_hand_at_once_and_no_more() -> None:
    both = threading.Barrier(IN_HAND, timeout=60)

    def behave(folder: str) -> None:
        with waiting():
            both.wait()  # never passed by one alone

    order = pretended(behave)
    assert [len(report) for report in build_all(wanted(*NUMBERS), order)] == [0, 0, 0, 0]
    in_hand = most = 0
    for line in order.log:
        in_hand += 1 if line.startswith("begin") else -1
        most = max(most, in_hand)
    assert most == IN_HAND == 2


def test_issues_are_told_of_in_their_order_though_a_later_one_is_done_first(capsys: pytest.CaptureFixture[str]) -> None:
    later_is_done = threading.Event()

    def behave(folder: str) -> str:
        if folder == "036":
            with waiting():
                later_is_done.wait(60)
        else:
            later_is_done.set()
        return f"code-{folder}"

    order = Pretended(out=Path("out"), crew=Crew(2), progress=Progress(quiet=True), behave=behave)
    reports = build_all(wanted("036", "037"), order)
    assert order.log == ["begin 036", "begin 037", "end 037", "end 036"]
    assert [told(report) for report in reports] == [["code-036"], ["code-037"]]
    lines = [line for line in capsys.readouterr().err.splitlines() if "not built" in line]
    assert [line[:3] for line in lines] == ["036", "037"]


def test_issues_that_are_delivered_into_the_same_folder_are_built_one_after_the_other() -> None:
    order = pretended(lambda folder: _give_turn_away())
    build_all(wanted("a/037", "b/037", "a/038"), order)
    assert order.log.index("end a/037") < order.log.index("begin b/037")


def _give_turn_away() -> None:
    with waiting():
        pass


def test_only_the_issue_that_kills_workers_stays_unbuilt() -> None:
    both = threading.Barrier(2, timeout=60)
    tries: list[str] = []

    def behave(folder: str) -> str | None:
        tries.append(folder)
        if len(tries) <= 2:  # the first two share the workers, and one of them kills these
            with waiting():
                both.wait()
            return "worker-died"
        return "worker-died" if folder == "037" else None

    order = pretended(behave)
    reports = build_all(wanted("036", "037", "038"), order)
    assert [told(report) for report in reports] == [[], ["worker-died"], []]
    assert sorted(tries) == ["036", "036", "037", "037", "038"]
    assert order.log[-4:] == ["begin 036", "end 036", "begin 037", "end 037"], "by themselves, after the others"


def test_an_end_by_the_user_gives_up_what_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(report: Report, style: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "write_report", stop)
    order = Pretended(out=Path("out"), crew=Crew(2), progress=Progress(quiet=True), behave=lambda folder: None)
    with pytest.raises(KeyboardInterrupt):
        build_all(wanted(*(str(number) for number in range(1000))), order)
    assert len(order.log) < 2000


# --- The crew ---


def test_one_job_needs_no_workers() -> None:
    with Crew(1) as crew:
        assert crew.staff((), ()) is None


def test_workers_stay_until_one_is_lost() -> None:
    with Crew(2) as crew:
        staff = crew.staff((), ())
        assert staff is not None
        dying: Future[None] = staff.submit(os._exit, 1)
        with pytest.raises(BrokenProcessPool):
            dying.result()
        assert crew.staff((), ()) is staff
        crew.lost(staff)
        others = crew.staff((), ())
        assert others is not None
        assert others is not staff
        assert others.submit(abs, -1).result() == 1
        crew.lost(staff)  # as another issue finds that was at it, too
        assert crew.staff((), ()) is others


# --- Whole builds ---


@pytest.fixture
def issues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three issues, of which the second is broken."""
    folder = small_issue(tmp_path)
    monkeypatch.chdir(tmp_path)
    for number in ("038", "039"):
        other = folder.rename(folder.with_name(number))
        small_issue(tmp_path)
        sheet = other / "issue.yaml"
        sheet.write_text(sheet.read_text("utf-8").replace("37", number.lstrip("0")), "utf-8")
    (folder.with_name("038") / "02-tea.md").write_text(TEA.replace("title: Tea", "titel: Tea"), "utf-8")
    return ["issues/037", "issues/038", "issues/039"]


def built(out: str, *issues: str) -> tuple[int, str, Mapping[str, bytes]]:
    done = CliRunner().invoke(main, ["build", *issues, "-o", out, "--cache", f"{out}-store", "-j", "2"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.stdout, contents(Path(out))


@pytest.mark.slow
def test_side_by_side_they_come_out_as_one_by_one(issues: list[str]) -> None:
    alone = {issue: built("alone", issue) for issue in issues}
    assert [code for code, _, _ in alone.values()] == [0, 1, 0]
    code, summary, files = built("together", *issues)
    assert code == 1
    assert files == alone[issues[-1]][2]
    assert {Path(name).parts[0] for name in files} == {"037", "039"}
    places = [line.split()[0] for line in summary.splitlines() if line.startswith("together/")]
    assert places == sorted(places, key=lambda place: place.split("/")[1])
    assert len(places) == len(files)


@pytest.mark.slow
def test_a_worker_who_is_killed_costs_no_issue(issues: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []
    tell = Progress.tell

    def telling(self: Progress, name: str, stage: str, detail: str) -> None:
        workers = multiprocessing.active_children()
        if stage == "pages" and not killed:
            killed.extend(worker.pid for worker in workers if worker.pid)
            os.kill(killed[0], signal.SIGKILL)
        tell(self, name, stage, detail)

    good = [issues[0], issues[2]]
    expected = built("quiet", *good)
    monkeypatch.setattr(Progress, "tell", telling)
    code, _, files = built("killed", *good)
    assert killed
    assert (code, files) == (0, expected[2])
