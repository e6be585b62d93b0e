"""Threads that take turns: one works at a time, and others only while it waits."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from magbuild.turns import Awaited, ended, in_turn, waiting


def one_after_the_other(first: Callable[[threading.Event], None], second: Callable[[], None]) -> None:
    """Run two functions in threads, the second as soon as the first says that it has begun."""
    with ThreadPoolExecutor(2) as threads:
        begun = threading.Event()
        at_work = [threads.submit(first, begun)]
        begun.wait()
        at_work.append(threads.submit(second))
        for future in at_work:
            future.result()


def test_others_work_while_a_result_is_waited_for() -> None:
    turn, told = threading.Lock(), []
    step: Awaited[str] = Awaited()

    def first(begun: threading.Event) -> None:
        with in_turn(turn):
            told.append("first begins")
            begun.set()
            told.append(step.result())

    def second() -> None:
        with in_turn(turn):
            told.append("second works")
            step.set_result("first ends")
            told.append("second ends")

    one_after_the_other(first, second)
    assert told == ["first begins", "second works", "second ends", "first ends"]


def test_a_turn_is_given_away_by_waiting_alone() -> None:
    turn = threading.Lock()
    done: Awaited[int] = Awaited()
    done.set_result(1)
    with in_turn(turn):
        assert done.result() == 1
        assert turn.locked()
        with waiting():
            assert not turn.locked()
        assert turn.locked()
    assert not turn.locked()


def test_what_a_step_has_raised_comes_in_turn() -> None:
    turn = threading.Lock()
    step: Awaited[int] = Awaited()

    def fail() -> None:
        with in_turn(turn):
            step.set_exception(ValueError("salt"))

    threading.Thread(target=fail).start()
    with in_turn(turn):
        with pytest.raises(ValueError, match="salt"):
            step.result()
        assert turn.locked()


def test_without_a_turn_nothing_is_given_away() -> None:
    with waiting():
        pass
    step: Awaited[int] = Awaited()
    threading.Thread(target=step.set_result, args=(2,)).start()
    assert step.result() == 2


def test_others_work_while_one_of_many_is_waited_for() -> None:
    turn, told = threading.Lock(), list[str]()
    early, late = Awaited[str](), Awaited[str]()

    def first(begun: threading.Event) -> None:
        with in_turn(turn):
            begun.set()
            told.extend(future.result() for future in ended([early, late]))

    def second() -> None:
        with in_turn(turn):
            told.append("second works")
            early.set_result("early")

    one_after_the_other(first, second)
    assert told == ["second works", "early"]
