"""How long commands take, and how large the largest of their processes grows."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers.contenders import Contender

PROC = Path("/proc")
EVERY = 0.1  # s; the system itself remembers a process's largest size, so that none is missed that lives as long


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run took: seconds, and the megabytes of its largest process; 0 where the system doesn't tell."""

    seconds: float
    megabytes: float


def rerun(contender: Contender, saves: Sequence[Callable[[], None]]) -> Run:
    """Start a contender that watches its files, save them once after another, and return what the last one took.

    It is ready, and done, when it says that it is watching. Raises CalledProcessError when it ends instead.
    """
    [command] = contender.commands
    with subprocess.Popen(
        command,
        cwd=contender.folder,
        env={**os.environ, **contender.environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        _until_it_watches(process)
        for save in saves:
            began = time.perf_counter()
            save()
            _until_it_watches(process)
            seconds = time.perf_counter() - began
        most = max(_sizes(process.pid), default=0.0)
        process.terminate()
    return Run(seconds=seconds, megabytes=most)


def _until_it_watches(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "watching" in line:
            return
    raise subprocess.CalledProcessError(process.wait(), process.args, "".join(said).encode())


def run(contender: Contender) -> Run:
    """Run a contender's commands; raises CalledProcessError, with what was said, when one of them fails."""
    most = 0.0
    began = time.perf_counter()
    for command in contender.commands:
        with subprocess.Popen(
            command,
            cwd=contender.folder,
            env={**os.environ, **contender.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            scales = _Scales(process.pid)
            scales.start()
            said, _ = process.communicate()
            scales.stop.set()
            scales.join()
            most = max(most, scales.most)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, said)
    return Run(seconds=time.perf_counter() - began, megabytes=most)


class _Scales(threading.Thread):
    """Weighs all processes of a session until it is stopped."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self.most = 0.0
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.wait(EVERY):
            self.most = max(self.most, *_sizes(self._session), 0.0)


def _sizes(session: int) -> Iterator[float]:
    """Yield the largest size so far of each process of a session, in megabytes."""
    for folder in PROC.glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) != session:
                continue
            status = (folder / "status").read_text("utf-8")
        except OSError:  # it has ended meanwhile
            continue
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                yield int(line.split()[1]) / 1024
