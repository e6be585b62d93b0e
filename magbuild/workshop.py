"""Run pure steps over many items in parallel processes, and remember their results while a run lasts."""

import gc
import hashlib
import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver
from multiprocessing.util import Finalize
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

# Imported once, in the server that workers are forked from, so that no worker pays for them.
PRELOADED = ["magbuild.build", "magbuild.finishing", "magbuild.paginate.opened"]


def warm_up() -> None:
    """Start the server that workers are forked from, so that it imports while this process does."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()


def _begin_work() -> None:
    """Ready a worker: it clears up when it ends, and ends when the run that it works for is killed."""
    # What was imported stays, and steps make values by the hundred thousand that die with them: the collector of
    # cycles would look through all of it again and again.
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    # Workers leave without the interpreter's own tidying: fonts of the engine would stay in the temporary folder.
    Finalize(None, gc.collect, exitpriority=0)
    Finalize(None, _forget_fonts, exitpriority=10)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _forget_fonts() -> None:
    engine = sys.modules.get("magbuild.paginate.engine")
    if engine is not None:
        engine.forget_fonts()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@dataclass(slots=True)
class Workshop:
    """Worker processes and what they have already done; use it in a `with` block.

    With one job all work is done in this process. Steps must be module-level functions that depend on
    nothing but their arguments: then how many workers there are can't be seen in the result.
    """

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    _pool: ProcessPoolExecutor | None = None
    _done: dict[str, Future[Any]] = field(default_factory=dict)

    def __enter__(self) -> "Workshop":
        if self.jobs > 1:
            warm_up()
            context = multiprocessing.get_context("forkserver")
            self._pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_begin_work)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for future in self._done.values():
                future.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=error is not None)

    def start(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a step and return its future; the same step on the same input is begun only once."""
        key = _key(step, args, kwargs)
        future = self._done.get(key)
        if future is None:
            future = self._done[key] = self._begin(step, *args, **kwargs)
        return future

    def begin(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a step that nobody asks for twice, and return its future: a large input isn't looked at for a key."""
        return self._begin(step, *args, **kwargs)

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

    def _begin(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        if self._pool is not None:
            return self._pool.submit(step, *args, **kwargs)
        future: Future[R] = Future()
        try:
            future.set_result(step(*args, **kwargs))
        except Exception as error:  # handed on by result(), as a pool would
            future.set_exception(error)
        return future


def _key(step: Callable[..., object], args: Iterable[object], kwargs: dict[str, object]) -> str:
    content = pickle.dumps((step.__module__, step.__qualname__, args, kwargs))
    return hashlib.sha256(content).hexdigest()
