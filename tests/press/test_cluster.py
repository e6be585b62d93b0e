"""Issues built by the workers of a Dask cluster: the same bytes, whoever dies, and clear words when it can't be."""

import os
import signal
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from magbuild import cluster
from magbuild.cli import main
from magbuild.cluster import Cluster, joined
from magbuild.reporting import Progress
from magbuild.staff import StaffTrouble
from tests.kit_builds import contents, small_issue
from tests.kit_cluster import processes, scheduler, workers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, and beside it the folders in which workers were started."""
    place = tmp_path_factory.mktemp("place")
    small_issue(place / "project")
    return place


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    """The address of a cluster with two workers."""
    with scheduler(place / "scheduler") as (address, _), workers(address, place / "workers"):
        yield address


@pytest.fixture(autouse=True)
def project(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder, in which the tests work."""
    monkeypatch.chdir(place / "project")
    return place / "project"


@pytest.fixture(scope="module")
def local(place: Path) -> Mapping[str, bytes]:
    """What a build on this machine leaves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place / "project")
        result = run("local", "-j", "2")
    assert result.exit_code == 0, result.output
    return contents(place / "project" / "local")


def run(out: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", "issues/037", "-o", out, "--cache", f"store-{out}", *options])


def assert_refused(result: Result, code: str) -> None:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert f"[{code}]" in result.stderr
    assert "hint: " in result.stderr
    assert "Traceback" not in result.output


# --- Builds ---


def test_a_cluster_leaves_the_same_bytes(local: Mapping[str, bytes], address: str) -> None:
    result = run("clustered", "--cluster", address)
    assert result.exit_code == 0, result.output
    assert contents(Path("clustered")) == local
    assert not list(Path().rglob(f"{cluster.PROBE}*"))


def test_a_worker_who_is_killed_changes_nothing(
    local: Mapping[str, bytes], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    victims = list(processes(address).values())
    tell = Progress.tell

    def kill_and_tell(self: Progress, name: str, stage: str, detail: str) -> None:
        if stage == "pages" and victims:
            os.kill(victims.pop(), signal.SIGKILL)
        tell(self, name, stage, detail)

    monkeypatch.setattr(Progress, "tell", kill_and_tell)
    result = run("killed", "--cluster", address)
    assert result.exit_code == 0, result.output
    assert not victims
    assert contents(Path("killed")) == local


def test_no_scheduler_is_a_problem_and_leaves_the_last_build(
    local: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    for nowhere in ("tcp://127.0.0.1:9", "nowhere"):
        result = run("local", "--fresh", "--cluster", nowhere)
        assert_refused(result, "no-cluster")
        assert nowhere in result.stderr
        assert contents(Path("local")) == local
    assert run("local", "--cluster", "nowhere").exit_code == 0, "what is remembered needs no workers"


def test_no_worker_is_a_problem(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with scheduler(place / "alone") as (address, _):
        assert_refused(run("alone", "--cluster", address), "no-workers")


def test_workers_of_several_threads_are_refused(place: Path) -> None:
    with scheduler(place / "many") as (address, _), workers(address, place / "many", "--nthreads", "2"):
        result = run("many", "--cluster", address)
    assert_refused(result, "unfit-worker")
    assert "has 2 threads" in result.stderr


def test_workers_who_see_other_files_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "listed", lambda paths: (("issues/037/03-new.md", 1, 1),))
    result = run("other", "--cluster", address)
    assert_refused(result, "unfit-worker")
    assert "doesn't see" in result.stderr


def test_workers_of_another_version_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "provenance", lambda: "another")
    assert_refused(run("version", "--cluster", address), "unfit-worker")


# --- Steps ---


@pytest.fixture
def staff(address: str) -> Iterator[Cluster]:
    staff = joined(address)
    yield staff
    staff.shutdown(wait=False)


def test_steps_are_done_in_the_folder_of_the_build(staff: Cluster, project: Path) -> None:
    assert staff.submit(os.getcwd).result() == str(project)
    assert staff.submit(os.getpid).result() != os.getpid()


def test_what_a_step_raises_is_handed_on(staff: Cluster) -> None:
    failing = staff.submit(Path("nothing").read_bytes)
    with pytest.raises(FileNotFoundError):
        failing.result()


def test_workers_who_come_late_are_looked_at_too(staff: Cluster) -> None:
    staff._line._site = replace(staff._line._site, made_by="another")
    with pytest.raises(StaffTrouble) as trouble:
        staff.submit(abs, -1).result()
    assert trouble.value.code == "unfit-worker"


def test_a_step_that_kills_every_worker_is_given_up(staff: Cluster) -> None:
    with pytest.raises(StaffTrouble) as trouble:
        staff.submit(os._exit, 1).result()
    assert trouble.value.code == "worker-died"


def test_when_all_workers_have_gone_nobody_waits_for_ever(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    monkeypatch.setattr(cluster, "LOOK", 0.2)
    with scheduler(place / "left") as (address, _):
        with workers(address, place / "left"):
            staff = joined(address)
        with pytest.raises(StaffTrouble) as trouble:
            staff.submit(abs, -1).result()
        assert trouble.value.code == "no-workers"
        with pytest.raises(StaffTrouble):
            staff.submit(abs, -1).result()
        staff.shutdown(wait=False)


def test_when_the_scheduler_has_gone_nobody_waits_for_ever(place: Path) -> None:
    with scheduler(place / "gone") as (address, process), workers(address, place / "gone"):
        staff = joined(address)
        assert staff.submit(abs, -1).result() == 1
        process.kill()
        asked = staff.submit(abs, -1)
        with pytest.raises(StaffTrouble) as trouble:
            asked.result()
        assert trouble.value.code == "cluster-lost"
        staff.shutdown(wait=False)
