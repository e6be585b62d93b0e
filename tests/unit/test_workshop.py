"""Steps run in this process or in workers, once for each input, with results in the order of the items."""

import json
import math
import operator
import os
import sys
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from pathlib import Path

import pytest

from magbuild.fingerprint import Files
from magbuild.sheaf import Sheaf
from magbuild.store import Store
from magbuild.workshop import Workshop


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items_whatever_their_weight(jobs: int) -> None:
    with Workshop(jobs) as workshop:
        assert workshop.map(math.sqrt, [1, 16, 4, 9, 4], weight=lambda item: item) == (1, 4, 2, 3, 2)


def test_heavy_items_are_begun_first() -> None:
    begun: list[int] = []
    with Workshop(1) as workshop:
        workshop.map(begun.append, [1, 16, 4], weight=lambda item: item)
    assert begun == [16, 4, 1]


def test_work_goes_to_other_processes() -> None:
    with Workshop(2) as workshop:
        assert workshop.start(os.getpid).result() != os.getpid()


def _hoard(megabytes: int) -> int:
    """Hold on to memory for as long as this process lives."""
    json.magbuild_hoard = bytearray(b"*" * megabytes * 1_000_000)  # type: ignore[attr-defined]
    return os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody can tell what a process holds")
@pytest.mark.parametrize(("megabytes", "goes"), [(1, False), (200, True)])
def test_a_worker_who_holds_too_much_is_renewed(tmp_path: Path, megabytes: int, goes: bool) -> None:
    store = Store(tmp_path)
    with store.running() as running, Workshop(2, running) as workshop:
        heavy = workshop.begin(_hoard, megabytes).result()
        workers = {workshop.begin(_hoard, 1).result() for _ in range(4)}
    assert (heavy not in workers) == goes


def test_one_job_works_in_this_process() -> None:
    with Workshop(1) as workshop:
        assert workshop.start(os.getpid).result() == os.getpid()


def test_a_step_is_done_once_for_the_same_input() -> None:
    begun: list[str] = []
    with Workshop(1) as workshop:
        workshop.map(begun.append, ["salt", "tea", "salt"])
        workshop.start(begun.append, "tea")
    assert begun == ["salt", "tea"]


def test_a_step_is_done_as_often_as_it_is_begun() -> None:
    begun: list[str] = []
    with Workshop(1) as workshop:
        workshop.begin(begun.append, "salt")
        workshop.begin(begun.append, "salt")
    assert begun == ["salt", "salt"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_equal_input_is_the_same_input_and_other_input_is_not(jobs: int) -> None:
    with Workshop(jobs) as workshop:
        first = workshop.start(operator.add, (1, "a"), (2,))
        assert workshop.start(operator.add, (1, "A".lower()), (2,)) is first
        others = [
            workshop.start(operator.add, (1, "a"), (3,)),
            workshop.start(operator.concat, (1, "a"), (2,)),
            workshop.start(json.dumps, [1], indent=1),
            workshop.start(json.dumps, [1], indent=2),
        ]
        assert len({id(future) for future in [first, *others]}) == 5
        assert [future.result() for future in others[:2]] == [(1, "a", 3), (1, "a", 2)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_is_handed_on_where_the_result_is_asked_for(jobs: int) -> None:
    with Workshop(jobs) as workshop:
        failing = workshop.start(math.sqrt, -1)
        assert workshop.start(math.sqrt, 4).result() == 2
        with pytest.raises(ValueError, match="math domain error"):
            failing.result()


def start_and_stop(workshop: Workshop, begun: list[Future[None]], folder: Path) -> None:
    with workshop:
        begun += (workshop.start(Path.touch, folder / str(number)) for number in range(500))
        raise RuntimeError("stop")


def test_leaving_with_an_error_gives_up_what_was_not_begun(tmp_path: Path) -> None:
    workshop = Workshop(2)
    begun: list[Future[None]] = []
    with pytest.raises(RuntimeError, match="stop"):
        start_and_stop(workshop, begun, tmp_path)
    done = 0
    for future in begun:
        with suppress(CancelledError):
            future.result()
            done += 1
    assert done < len(begun)
    assert len(list(tmp_path.iterdir())) == done


def test_leaving_without_an_error_waits_for_what_was_begun(tmp_path: Path) -> None:
    marks = [tmp_path / f"{number:03}" for number in range(50)]
    with Workshop(2) as workshop:
        for mark in marks:
            workshop.start(Path.touch, mark)
    assert all(mark.exists() for mark in marks)


# --- With a store ---


def counted(path: Path, text: str) -> str:
    with path.open("a") as file:
        file.write("x")
    return text.upper()


def pages_of(text: str) -> Sheaf:
    return Sheaf.of(text.encode() * 1000)


def length_of(sheaf: Sheaf) -> tuple[int, bool]:
    return len(sheaf.read()), sheaf.path is not None


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_remembered_from_run_to_run(jobs: int, tmp_path: Path) -> None:
    log = tmp_path / "log"
    for fresh, text in ((False, "salt"), (False, "salt"), (False, "tea"), (True, "salt"), (False, "salt")):
        with Store(tmp_path / "store", fresh=fresh).running() as store, Workshop(jobs, store) as workshop:
            assert workshop.start(with_log, str(log), text).result() == text.upper()
    assert log.read_text() == "xxx"


def with_log(log: str, text: str) -> str:
    return counted(Path(log), text)


@pytest.mark.parametrize("jobs", [1, 2])
def test_sheaves_are_handed_on_as_files(jobs: int, tmp_path: Path) -> None:
    for _ in range(2):
        with Store(tmp_path).running() as store, Workshop(jobs, store) as workshop:
            sheaf = workshop.start(pages_of, "salt").result()
            assert sheaf.path is not None
            assert sheaf.read() == b"salt" * 1000
            assert workshop.start(length_of, sheaf).result() == (4000, True)
            assert workshop.begin(length_of, sheaf).result() == (4000, True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_store_that_takes_nothing_stops_nothing(jobs: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Store(tmp_path / "file").running() as store, Workshop(jobs, store) as workshop:
        sheaf = workshop.start(pages_of, "salt").result()
        assert workshop.start(length_of, sheaf).result() == (4000, False)
        with pytest.raises(ValueError, match="math domain error"):
            workshop.start(math.sqrt, -1).result()
    assert store.trouble is not None


def test_a_file_that_changes_while_a_step_is_at_work_spoils_nothing(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(b"before")
    files = Files()
    files.of(path)
    path.write_bytes(b"after")
    with Store(tmp_path / "store").running() as store, Workshop(1, store, files) as workshop:
        assert workshop.start(Path.read_bytes, path).result() == b"after"
    path.write_bytes(b"before")
    with Store(tmp_path / "store").running() as store, Workshop(1, store) as workshop:
        assert workshop.start(Path.read_bytes, path).result() == b"before"
