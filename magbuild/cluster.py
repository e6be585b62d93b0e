"""Workers of a Dask cluster: its address comes in; staff comes out who do the same steps, on whatever machines.

What workers hand each other is the names of files. So they must see the folders of the project, its store and what is
built at the same paths as this machine, and run the very same program: that is looked at before they are given work.
"""

import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final, ParamSpec, TypeVar

from distributed import Client, KilledWorker, Worker, get_worker

from magbuild.provenance import packages, provenance
from magbuild.staff import Staff, StaffTrouble, begin_work

P = ParamSpec("P")
R = TypeVar("R")

# Files by name, each with its bytes and its time in seconds.
Listed = tuple[tuple[str, int, int], ...]

ANSWER: Final = 10.0  # s in which a scheduler answers
PATIENCE: Final = 30.0  # s in which a worker comes, at the beginning or when all have gone
LOOK: Final = 1.0  # s between looks at who is there
PROBE: Final = ".magbuild-probe-"
HOW: Final = "start workers with 'dask worker ADDRESS --nthreads 1 --nworkers N'"
SAME: Final = "install the same versions on all machines, with 'pip install magbuild[cluster]' or from one lock file"
SHARED: Final = (
    "keep the project, the store (--cache) and the build (--out) in folders that all machines share at the same paths"
)
LOST: Final = StaffTrouble("cluster-lost", "the cluster's scheduler has gone", "start it again, and build again")
NONE_LEFT: Final = StaffTrouble("no-workers", "the cluster has no workers", HOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What workers must have in common with this machine."""

    folder: Path  # that relative paths begin in
    made_by: str
    packages: tuple[str, ...]

    @classmethod
    def here(cls) -> "Site":
        """Return what this machine has."""
        return cls(folder=Path.cwd(), made_by=provenance(), packages=tuple(packages()))


class Cluster(Staff):
    """The workers of a cluster, as many as there are, and those who come later."""

    def __init__(self, client: Client) -> None:
        self._site, self._client = Site.here(), client
        self._line = _Line(client, self._site)
        self.workers = len(self._there())
        super().__init__(self._line, self.workers + 1)
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look_after, daemon=True)
        self._watch.start()

    def visit(self, project: Iterable[Path], shared: Sequence[Path]) -> None:
        """Look whether each worker can work here; raises StaffTrouble.

        `project` are files and folders that are read, `shared` are folders that are written into.
        """
        for address, threads in self._there().items():
            if threads != 1:
                raise _several_threads(address, threads)
        seen = tuple(path.absolute() for path in project)
        with _probed([path.absolute() for path in shared]) as probes:
            answers = self._answers(_look, self._site, seen, probes)
        here, there = listed(seen), self._there()
        for address, answer in answers.items():
            if address not in there:  # it died meanwhile
                continue
            if isinstance(answer, StaffTrouble):
                raise answer
            if isinstance(answer, BaseException):
                raise _unfit(address, f"can't run this program ({type(answer).__name__}: {answer})", SAME)
            if answer != here:
                path = min(set(answer) ^ set(here))[0]
                raise _unfit(address, f"doesn't see {path} as it is here", SHARED)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, whose workers stay."""
        self._over.set()
        super().shutdown(wait, cancel_futures=cancel_futures)

    def _there(self) -> dict[str, int]:
        """Return how many threads each worker has, by address."""
        try:
            return dict(self._client.nthreads())
        except Exception:  # of many kinds
            raise LOST from None

    def _answers(self, ask: Callable[..., R], *args: object) -> dict[str, R | BaseException]:
        """Return what comes of a function on each worker, by address."""
        try:
            return dict(self._client.run(ask, *args, on_error="return"))
        except Exception:
            raise LOST from None

    def _look_after(self) -> None:
        """Hand out as many steps as there are workers, and give all up when nobody has been there for too long."""
        missed = 0.0
        while not self._over.wait(LOOK):
            try:
                there = len(self._there())
            except StaffTrouble as trouble:
                self._line.give_up(trouble)
                return
            missed = 0.0 if there else missed + LOOK
            if missed > PATIENCE:
                self._line.give_up(NONE_LEFT)
                return
            if there:
                self.resize(there - self.workers)
                self.workers = there


def joined(address: str) -> Cluster:
    """Return the staff of the cluster whose scheduler is at an address; raises StaffTrouble."""
    _be_quiet()
    try:
        client = Client(address, timeout=ANSWER, set_as_default=False, name="magbuild")
    except Exception as error:  # of many kinds, for addresses of many kinds
        hint = "look whether 'dask scheduler' runs there, and how it says that its address is"
        raise StaffTrouble("no-cluster", f"no scheduler answers at {address} ({error})", hint) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close()
        raise StaffTrouble("no-workers", f"no worker has come to {address} in {PATIENCE:.0f} s", HOW) from None
    return Cluster(client)


def _be_quiet() -> None:
    """Keep Dask from telling what comes out as a problem anyway, or as nothing at all."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", module="distributed")


class _Line(Executor):
    """The line to the cluster, by its interface of futures; all that can go wrong there comes out as StaffTrouble."""

    def __init__(self, client: Client, site: Site) -> None:
        self._client, self._site = client, site
        self._executor = client.get_executor(pure=False)
        self._open: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._trouble: StaffTrouble | None = None

    def submit(self, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Have a step done by any worker, and by another one when he dies: thrice, as schedulers are set."""
        if self._trouble is not None:
            raise self._trouble
        future: Future[R] = Future()
        with self._lock:
            self._open.add(future)
        working = self._executor.submit(_done_on_site, self._site, step, args, kwargs)
        working.add_done_callback(partial(self._take_in, future))
        return future

    def give_up(self, trouble: StaffTrouble) -> None:
        """Wait for nothing any more."""
        self._trouble = trouble
        with self._lock:
            left = list(self._open)
        for future in left:
            self._close(future, trouble)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster."""
        if self._trouble is None:
            self._executor.shutdown(wait=wait)
        self._client.close()

    def _take_in(self, future: "Future[Any]", working: "Future[Any]") -> None:
        if working.cancelled():
            self._close(future, self._trouble or LOST)
            return
        error = working.exception()
        if isinstance(error, KilledWorker):
            hint = "look into the workers' logs; perhaps they need more memory"
            error = StaffTrouble("worker-died", "every worker has died who was given the same step", hint)
        self._close(future, error, working.result() if error is None else None)

    def _close(self, future: "Future[Any]", error: BaseException | None, result: Any = None) -> None:
        with self._lock:
            if future not in self._open:
                return
            self._open.discard(future)
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)


# --- On this machine and on those of workers ---


def listed(paths: Sequence[Path]) -> Listed:
    """Return the files at some paths and in the folders there, each with its bytes and its time in seconds."""
    files = {file for path in paths for file in (path, *path.rglob("*")) if file.is_file()}
    facts = ((str(file), file.stat()) for file in sorted(files))
    return tuple((name, fact.st_size, int(fact.st_mtime)) for name, fact in facts)


@contextmanager
def _probed(folders: Sequence[Path]) -> Iterator[tuple[tuple[Path, bytes], ...]]:
    """Leave a file in each folder for the length of the block, which nobody sees who doesn't share the folder."""
    with ExitStack() as left:
        probes = []
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            file = left.enter_context(NamedTemporaryFile(prefix=PROBE, dir=folder))
            file.write(words := os.urandom(16))
            file.flush()
            probes.append((Path(file.name), words))
        yield tuple(probes)


def _unfit(worker: str, what: str, hint: str) -> StaffTrouble:
    return StaffTrouble("unfit-worker", f"the worker at {worker} {what}", hint)


def _several_threads(worker: str, threads: int) -> StaffTrouble:
    return _unfit(worker, f"has {threads} threads; the layout engine can work in one only", HOW)


# --- On the machines of workers ---


def _look(
    site: Site, seen: Sequence[Path], probes: Sequence[tuple[Path, bytes]], dask_worker: Worker
) -> Listed | StaffTrouble:
    """Return the files that a worker sees, or why it can't work with others; it is told who it is."""
    try:
        _compare(site, dask_worker.address)
        for path, words in probes:
            _compare_files(path, words, dask_worker.address)
    except StaffTrouble as trouble:
        return trouble
    return listed(seen)


def _compare_files(probe: Path, words: bytes, address: str) -> None:
    """Raise StaffTrouble when what has been left in a folder isn't there, or no file can be left there."""
    try:
        shared = probe.read_bytes() == words and os.access(probe.parent, os.W_OK)
    except OSError:
        shared = False
    if not shared:
        raise _unfit(address, f"doesn't share {probe.parent} with this machine", SHARED)


@lru_cache(maxsize=4)
def _compare(site: Site, address: str) -> None:
    """Raise StaffTrouble when a worker runs another program, or in another folder."""
    if not site.folder.is_dir():
        raise _unfit(address, f"doesn't see {site.folder}", SHARED)
    if provenance() != site.made_by:
        differing = sorted(set(site.packages) ^ set(packages()))
        what = f", such as {differing[0].removesuffix('.dist-info')}" if differing else ""
        raise _unfit(address, f"runs another version of magbuild, Python or a library{what}", SAME)


@lru_cache(maxsize=1)
def _begin() -> None:
    begin_work()


def _done_on_site(site: Site, step: Callable[..., R], args: Any, kwargs: Any) -> R:
    """Do a step as it would be done there where it was asked for; workers who came late are looked at here."""
    worker = get_worker()
    _compare(site, worker.address)
    if worker.state.nthreads != 1:
        raise _several_threads(worker.address, worker.state.nthreads)
    _begin()
    before = Path.cwd()
    os.chdir(site.folder)
    try:
        return step(*args, **kwargs)
    finally:
        os.chdir(before)
