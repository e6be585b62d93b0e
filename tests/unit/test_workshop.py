"""Steps run in this process or in workers, once for each input, with results in the order of the items."""

import json
import math
import operator
import os
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from pathlib import Path

import pytest

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
