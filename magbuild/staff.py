"""Worker processes: steps come in, from one run or several side by side; their results come out as they are done."""

import ctypes
import gc
import multiprocessing
import os
import sys
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from functools import partial
from multiprocessing import connection, forkserver
from multiprocessing.context import BaseContext
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from magbuild import workplace
from magbuild.sweeping import sweep_seldom

P = ParamSpec("P")
R = TypeVar("R")

# Imported once, in the server that workers are forked from, so that no worker pays for them.
PRELOADED = [f"magbuild.{name}" for name in ("unswept", "build", "finishing", "printrun", "paginate.opened")]

# What a worker who has nothing to do should hold at most, in bytes. It is 100 to 140 MB as a rule; more has one who has
# laid out a department of dozens of pages, and whose memory is in pieces that nobody else can have.
HEAVY = 165_000_000
_C = ctypes.CDLL(None) if os.name == "posix" else None


def warm_up(ready: Callable[[], None] | None = None) -> None:
    """Start the server that workers are forked from, so that it imports while this process does other things.

    Where this process may be forked, the server waits for that: it is called again, with what makes the server `ready`
    before there are workers, when what both need is imported.
    """
    _context()
    if not workplace.may_be_forked():
        forkserver.ensure_running()
    elif ready is not None:
        workplace.open_workplace(PRELOADED, ready)
    else:
        workplace.prepare()


def hired(jobs: int) -> "Staff":
    """Return so many workers."""
    context = _context()
    forkserver.ensure_running()
    pool = partial(ProcessPoolExecutor, jobs, mp_context=context, initializer=begin_work)
    return Staff(pool(), jobs + 1, pool)


def _context() -> BaseContext:
    """Return where workers come from: a server that imports what they have in common, if it isn't there yet."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


class StaffTrouble(Exception):
    """Why steps can't be done, for no reason that lies in the issue: the code of a problem, a message, a hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(code, message, hint)
        self.code, self.message, self.hint = code, message, hint

    def __str__(self) -> str:
        return self.message


class Handed(Future[R]):
    """What is to become of a step, and the pool that was asked to do it."""

    pool: Executor | None = None


# A step that nobody is at yet: what is to become of it, and what begins it in a pool.
Waiting = tuple[Handed[Any], Callable[[Executor], "Future[Any]"]]


class Staff(Executor):
    """Workers who are handed a step when one of them is free, and not before: until then it can be given up.

    The pool itself is never asked to give up a step: when a worker of it dies meanwhile, it forgets all others.
    """

    def __init__(self, pool: Executor, at_once: int, another: Callable[[], Executor] | None = None) -> None:
        """Have a pool work at so many steps `at_once`, one more than it has workers, so that none waits for us.

        `another` makes one like it.
        """
        self._pool = pool
        self._another = another
        self._former: list[Executor] = []
        self._free = at_once
        self._waiting: defaultdict[int, deque[Waiting]] = defaultdict(deque)
        self._lock = threading.RLock()
        self._closed = False

    def submit(self, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Have a step done when those before it are begun; raises RuntimeError behind `shutdown`."""
        return self.submit_later(0, step, *args, **kwargs)

    def submit_later(self, turn: int, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Have a step done when none waits whose turn is before it: `submit` is turn 0."""
        future = Handed[R]()
        with self._lock:
            if self._closed:
                raise RuntimeError("the workers were sent home")
            self._waiting[turn].append((future, lambda pool: pool.submit(step, *args, **kwargs)))
        self._hand_out()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Send the workers home when they have done what is begun and, if that is waited for, all they were given."""
        given_up = cancel_futures or not wait
        with self._lock:
            self._closed = True
            left = [future for waiting in self._waiting.values() for future, _ in waiting]
            if given_up:
                self._waiting.clear()
        for future in left if given_up else ():
            future.cancel()
            future.set_running_or_notify_cancel()
        wait_for([] if given_up else left)  # the pool doesn't know of them yet
        for pool in (*self._former, self._pool):
            pool.shutdown(wait=wait)

    def renew(self, behind: "Future[Any]") -> None:
        """Have what isn't begun done by new workers, who take up less memory; the others go when theirs is done.

        `behind` is the step that showed how much they hold: where one of the others did it, they go already.
        """
        with self._lock:
            if self._another is None or self._closed or not isinstance(behind, Handed) or behind.pool is not self._pool:
                return
            self._former.append(self._pool)
            self._pool = self._another()
        self._former[-1].shutdown(wait=False)

    def resize(self, more: int) -> None:
        """Have so many more steps worked at at once, or fewer."""
        with self._lock:
            self._free += more
        self._hand_out()

    def _hand_out(self) -> None:
        """Hand steps out as long as there are both steps and workers."""
        while True:
            with self._lock:
                turns = [turn for turn, waiting in self._waiting.items() if waiting]
                if self._free <= 0 or not turns:
                    return
                future, begin = self._waiting[min(turns)].popleft()
                if not future.set_running_or_notify_cancel():
                    continue
                self._free -= 1
            try:
                working = self._begun(future, begin)
            except Exception as error:  # a worker has died, and the others with him
                with self._lock:
                    self._free += 1
                future.set_exception(error)
            else:
                working.add_done_callback(partial(self._take_in, future))

    def _begun(self, future: Handed[Any], begin: Callable[[Executor], "Future[Any]"]) -> "Future[Any]":
        """Begin a step with the workers that are there: with the new ones where they are renewed meanwhile."""
        while True:
            pool = future.pool = self._pool
            try:
                return begin(pool)
            except RuntimeError:
                if pool is self._pool:
                    raise

    def _take_in(self, future: "Future[Any]", worked: "Future[Any]") -> None:
        """Hand on what a worker has done, and give him more before anybody looks at it."""
        with self._lock:
            self._free += 1
        self._hand_out()
        error = worked.exception()
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(worked.result())


# --- In workers ---


def begin_work() -> None:
    """Ready a worker: it clears up when it ends, and ends when the run that it works for is killed."""
    gc.enable()  # which `unswept` has turned off
    gc.freeze()
    sweep_seldom()
    # Workers leave without the interpreter's own tidying: fonts of the engine would stay in the temporary folder.
    Finalize(None, gc.collect, exitpriority=0)
    Finalize(None, _forget_fonts, exitpriority=10)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def clear_up() -> int:
    """Give back the memory of a step that is done, and return how much is held still, in bytes; 0 if it can't be told.

    Boxes and PDFs point at each other in circles, which hold pictures, and are seldom looked for (`begin_work`); and
    the C library keeps what is freed amid its heap (a third of the largest process, in a long issue).
    """
    gc.collect()
    gc.freeze()  # styles, fonts and the like: they stay, and needn't be looked through behind each step
    trim = getattr(_C, "malloc_trim", None)  # GNU's
    if trim is not None:
        trim(0)
    return _held()


def _held() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])  # Linux
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _forget_fonts() -> None:
    styling = sys.modules.get("magbuild.paginate.styling")
    if styling is not None:
        styling.forget_fonts()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
