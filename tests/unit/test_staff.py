"""Workers who are handed steps one by one, so that what isn't begun can be given up without harm to the others."""

import os
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from magbuild.staff import Staff, hired


class Pool(Executor):
    """Does nothing by itself: the test says what comes of each step."""

    def __init__(self) -> None:
        self.begun: list[tuple[Any, Future[Any]]] = []
        self.broken = self.closed = False

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.closed = True

    def submit(self, step: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        if self.broken:
            raise BrokenProcessPool
        future: Future[Any] = Future()
        self.begun.append((args[0], future))
        return future

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.begun]


def test_steps_are_handed_out_in_order_as_workers_come_free() -> None:
    pool = Pool()
    staff = Staff(pool, 2)
    futures = [staff.submit(str, name) for name in "abcd"]
    assert pool.names == ["a", "b"]
    pool.begun[1][1].set_result("B")
    assert futures[1].result() == "B"
    assert pool.names == ["a", "b", "c"]
    pool.begun[0][1].set_exception(ValueError("salt"))
    with pytest.raises(ValueError, match="salt"):
        futures[0].result()
    assert pool.names == ["a", "b", "c", "d"]


def test_more_workers_get_more_steps_and_fewer_get_fewer() -> None:
    pool = Pool()
    staff = Staff(pool, 1)
    futures = [staff.submit(str, name) for name in "abcde"]
    staff.resize(2)
    assert pool.names == ["a", "b", "c"]
    staff.resize(-2)
    for _, begun in list(pool.begun):
        begun.set_result("done")
    assert pool.names == ["a", "b", "c", "d"]
    assert [future.done() for future in futures] == [True, True, True, False, False]


def test_what_has_a_later_turn_is_handed_out_when_nothing_else_waits() -> None:
    pool = Pool()
    staff = Staff(pool, 1)
    for name, turn in (("a", 0), ("b", 2), ("c", 1), ("d", 1), ("e", 0)):
        staff.submit_later(turn, str, name)
    for _ in "abcde":
        pool.begun[-1][1].set_result("done")
    assert pool.names == ["a", "e", "c", "d", "b"]


def test_new_workers_do_what_is_not_begun_while_the_others_finish_theirs() -> None:
    pools = [Pool(), Pool()]
    staff = Staff(pools[0], 2, lambda: pools[1])
    futures = [staff.submit(str, name) for name in "abcd"]
    staff.renew(futures[0])
    staff.renew(futures[1])  # of those who go already
    for _, begun in list(pools[0].begun):
        begun.set_result("old")
    assert [pool.names for pool in pools] == [["a", "b"], ["c", "d"]]
    for _, begun in pools[1].begun:
        begun.set_result("new")
    assert [future.result() for future in futures] == ["old", "old", "new", "new"]
    staff.shutdown()
    assert [pool.closed for pool in pools] == [True, True]


def test_a_step_that_is_handed_out_while_workers_are_renewed_goes_to_the_new_ones() -> None:
    class Leaving(Pool):
        def submit(self, step: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            if self.begun:
                staff.renew(first)
                raise RuntimeError("cannot schedule new futures after shutdown")
            return super().submit(step, *args, **kwargs)

    new = Pool()
    staff = Staff(Leaving(), 2, lambda: new)
    first = staff.submit(str, "a")
    second = staff.submit(str, "b")
    new.begun[0][1].set_result("B")
    assert (new.names, second.result()) == (["b"], "B")


def test_renewed_workers_are_other_processes() -> None:
    staff = hired(1)
    first = staff.submit(os.getpid)
    before = first.result()
    staff.renew(first)
    assert staff.submit(os.getpid).result() != before
    staff.shutdown()


def test_what_is_given_up_is_never_begun_and_what_is_begun_is_not_given_up() -> None:
    pool = Pool()
    staff = Staff(pool, 1)
    futures = [staff.submit(str, name) for name in "abc"]
    assert [future.cancel() for future in futures] == [False, True, True]
    others = staff.submit(str, "d")
    pool.begun[0][1].set_result("A")
    pool.begun[1][1].set_result("D")
    assert (pool.names, futures[0].result(), others.result()) == (["a", "d"], "A", "D")


def test_when_workers_die_all_that_waits_fails_at_once_but_for_what_was_given_up() -> None:
    pool = Pool()
    staff = Staff(pool, 1)
    futures = [staff.submit(str, name) for name in "abcd"]
    futures[1].cancel()
    pool.broken = True
    pool.begun[0][1].set_exception(BrokenProcessPool())
    assert not wait(futures, timeout=0).not_done
    assert futures[1].cancelled()
    for future in (futures[0], futures[2], futures[3]):
        assert isinstance(future.exception(), BrokenProcessPool)


def test_workers_who_are_sent_home_at_once_give_up_what_waits() -> None:
    pool = Pool()
    staff = Staff(pool, 1)
    futures = [staff.submit(str, name) for name in "ab"]
    staff.shutdown(wait=False, cancel_futures=True)
    with pytest.raises(CancelledError):
        futures[1].result()
    pool.begun[0][1].set_result("A")
    assert futures[0].result() == "A"
    with pytest.raises(RuntimeError, match="sent home"):
        staff.submit(str, "c")


def test_workers_do_all_they_were_given_before_they_go_home() -> None:
    staff = hired(2)
    futures = [staff.submit(pow, number, 2) for number in range(20)]
    staff.shutdown()
    assert [future.result() for future in futures] == [number**2 for number in range(20)]


def test_when_one_worker_dies_all_are_told() -> None:
    staff = hired(2)
    futures: list[Future[Any]] = [staff.submit(os._exit, 1)]
    futures += [staff.submit(abs, -number) for number in range(50)]
    for future in futures[30:]:
        future.cancel()
    wait(futures[:30])
    assert isinstance(futures[0].exception(), BrokenProcessPool)
    staff.shutdown()
