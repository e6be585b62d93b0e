"""Run pure steps over many items in parallel processes, and remember their results, in a store beyond the run."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Executor, Future, as_completed, wait
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from magbuild.fingerprint import Files, Traces, traced, unchanged
from magbuild.memory import at_hand, named
from magbuild.staff import HEAVY, Staff, clear_up, hired
from magbuild.store import Store
from magbuild.turns import Awaited, waiting

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(slots=True)
class Workshop:
    """Worker processes and what they have already done; use it in a `with` block.

    With one job all work is done in this process. Steps must be module-level functions that depend on nothing but
    their arguments and the files that these name: then how many workers there are can't be seen in the result.
    With a store results are remembered from run to run, and large ones handed on as files of it.
    """

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    store: Store | None = None
    files: Files = field(default_factory=Files)
    staff: Executor | None = None  # workers who stay when this run is over; none of its own then
    recalled: int = 0  # steps that needn't be done, since the store had their results
    _pool: Executor | None = None
    _at_work: list[Future[Any]] = field(default_factory=list)
    _done: dict[str, Future[Any]] = field(default_factory=dict)

    def __enter__(self) -> "Workshop":
        self._pool = self.staff if self.staff is not None or self.jobs < 2 else hired(self.jobs)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for future in self._done.values():
                future.cancel()
        if self.staff is not None:
            begun = [future for future in self._at_work if not future.cancel()]
            with waiting():
                wait(begun)  # what they are at lies in folders that go with this run
        elif self._pool is not None:
            self._pool.shutdown(wait=error is None or self.store is not None, cancel_futures=error is not None)

    def start(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a step and return its future; the same step on the same input is begun only once."""
        return self.start_later(0, step, *args, **kwargs)

    def start_later(self, turn: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a step like `start`, but when none waits for a worker whose turn is before it: `start` is turn 0."""
        key, traces = traced(named(step, args, kwargs), self.files)
        future = self._done.get(key)
        if future is None:
            known = self.store.recall(key) if self.store is not None else None
            if known is not None:
                self.recalled += 1
                future = _done_already(known[0])
            else:
                future = self._begin(key, traces, turn, step, *args, **kwargs)
            self._done[key] = future
        return future

    def begin(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a step that nobody asks for twice, and return its future: a large input isn't looked at for a key."""
        return self._begin("", (), 0, step, *args, **kwargs)

    def map(
        self,
        step: Callable[[T], R],
        items: Sequence[T],
        *,
        weight: Callable[[T], int] = lambda item: 0,
        done: Callable[[R], None] = lambda result: None,
    ) -> tuple[R, ...]:
        """Run a step on every item and return the results in order.

        Heavy items are begun first; `done` is called with each new result as it comes in.
        """
        known = set(self._done.values())
        started = {id(item): self.start(step, item) for item in sorted(items, key=weight, reverse=True)}
        for future in as_completed(set(started.values()) - known):
            done(future.result())
        return tuple(started[id(item)].result() for item in items)

    def _begin(
        self, key: str, traces: Traces, turn: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[R]":
        if self._pool is None:
            return self._done_here(key, traces, step, *args, **kwargs)
        if self.store is None:
            return _submit(self._pool, turn, step, *args, **kwargs)
        store = self.store
        work = Work(folder=store.folder, run=store.run, fresh=store.fresh, key=key, traces=traces)
        future: Future[R] = Awaited()
        future.set_running_or_notify_cancel()
        working = _submit(self._pool, turn, _done_in_worker, work, self.store.pack((step, args, kwargs)))
        self._at_work.append(working)
        working.add_done_callback(lambda worked: self._take_in(worked, key, future))
        return future

    def _done_here(
        self, key: str, traces: Traces, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[R]":
        future: Future[R] = Future()
        try:
            with at_hand(self.store, self.files):
                result = step(*args, **kwargs)
            if self.store is not None:
                result = self.store.unpack(_remembered(self.store, key, traces, result))
            future.set_result(result)
        except Exception as error:  # handed on by result(), as a pool would
            future.set_exception(error)
        return future

    def _take_in(self, worked: "Future[Worked]", key: str, future: "Future[Any]") -> None:
        """Hand on what a worker has done; this runs where the pool hears of it, not in the main thread."""
        store = self.store
        assert store is not None
        if worked.cancelled():
            future.set_exception(CancelledError())
            return
        error = worked.exception()
        if error is not None:
            future.set_exception(error)
            return
        packed, trouble, heavy = worked.result()
        if heavy and isinstance(self._pool, Staff):
            self._pool.renew(worked)
        store.trouble = store.trouble or trouble
        if key:
            store.note(key)
        try:
            future.set_result(store.unpack(packed))
        except Exception as lost:
            future.set_exception(lost)


def _submit(pool: Executor, turn: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
    return (
        pool.submit_later(turn, step, *args, **kwargs)
        if isinstance(pool, Staff)
        else pool.submit(step, *args, **kwargs)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Where a worker finds and leaves things: the store's folder and that of the run, and the key of the result."""

    folder: Path
    run: Path | None
    fresh: bool
    key: str
    traces: Traces


# A result, packed; what kept the store from remembering it; and whether the worker is heavy now.
Worked = tuple[bytes, OSError | None, bool]


def _done_in_worker(work: Work, packed: bytes) -> Worked:
    """Do a step and return its result, which is remembered."""
    store = Store(work.folder, run=work.run, fresh=work.fresh)
    step, args, kwargs = store.unpack(packed)
    with at_hand(store, Files()):
        made = step(*args, **kwargs)
    result = _remembered(store, work.key, work.traces, made)
    del step, args, kwargs, made
    return result, store.trouble, clear_up() > HEAVY


def _remembered(store: Store, key: str, traces: Traces, result: object) -> bytes:
    """Remember a result, unless a file that it was made of has changed meanwhile, and return it packed."""
    packed = store.pack(result)
    if key and unchanged(traces):
        store.put(key, packed)
    return packed


def _done_already(result: R) -> "Future[R]":
    future: Future[R] = Future()
    future.set_result(result)
    return future
