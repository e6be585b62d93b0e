"""Clusters on this machine, of the same processes that make one of many: a scheduler, and workers elsewhere."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parents[1]


@contextmanager
def _running(folder: Path, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    """Run one of Dask's programs in a folder, for the length of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if arguments[0] == "scheduler" else subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # with workers who would wait for their scheduler


@contextmanager
def scheduler(folder: Path) -> "Iterator[tuple[str, subprocess.Popen[str]]]":
    """Run a scheduler; its address and its process."""
    with _running(folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard") as process:
        assert process.stderr is not None
        yield next(line.split()[-1] for line in process.stderr if "Scheduler at:" in line), process


@contextmanager
def workers(address: str, folder: Path, *options: str) -> Iterator[None]:
    """Run two workers of one thread, who work in a folder of their own, and come again when they die."""
    usual = ("--nthreads", "1", "--nworkers", "2", "--no-dashboard", "--host", "127.0.0.1")
    with _running(folder, "worker", address, *usual, *options), Client(address, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
        yield


def processes(address: str) -> dict[str, int]:
    """Return the number of each worker's process, by address."""
    with Client(address, set_as_default=False) as client:
        return dict(client.run(os.getpid))
