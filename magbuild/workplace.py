"""The server that workers are forked from: itself forked from this process, which has imported half of its modules."""

import gc
import os
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any

# Python's own record of its server, which it starts when there is none.
_SERVER: Any = forkserver._forkserver


def may_be_forked() -> bool:
    """Whether this process can be: no other thread is in it that would be missing, and its server is as we know it.

    On other systems than Linux libraries have threads of their own, and Python 3.14 starts its server otherwise.
    """
    return sys.platform == "linux" and sys.version_info < (3, 14) and len(list(Path("/proc/self/task").iterdir())) == 1


def prepare() -> None:
    """Start what is to be there before the server: the process that tidies up behind all others."""
    resource_tracker.ensure_running()


def open_workplace(preloaded: Sequence[str], ready: Callable[[], None]) -> None:
    """Fork the server, if there is none; it imports modules and calls `ready` before any worker is forked.

    Started anew, as Python does it, the server would import a second time what is imported here (0.3 s).
    """
    if _SERVER._forkserver_pid is not None:
        return
    prepare()
    address = str(Path(get_temp_dir(), "workers"))  # in a folder of this process alone
    alive, living = os.pipe()  # the server ends when nobody has its other end any more
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        Path(address).chmod(0o600)
        listener.listen()
        gc.freeze()  # what is there stays, and is shared as long as nobody looks through it
        pid = os.fork()
        if pid == 0:
            os.close(living)
            _serve(listener.detach(), alive, preloaded, ready)
    os.close(alive)
    _SERVER._forkserver_address, _SERVER._forkserver_alive_fd, _SERVER._forkserver_pid = address, living, pid


def _serve(listener: int, alive: int, preloaded: Sequence[str], ready: Callable[[], None]) -> None:
    """Be the server, and end with those that are served, without tidying up what is theirs."""
    try:
        for name in preloaded:
            with suppress(ImportError):  # whoever needs it tells of it
                __import__(name)
        with suppress(Exception):  # whoever reads it again tells of it
            ready()
        forkserver.main(listener, alive, [])
    finally:
        os._exit(0)
