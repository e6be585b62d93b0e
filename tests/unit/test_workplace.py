"""Workers forked from a server that was itself forked: what they share, whether they may be, and when it ends."""

import os
import select
import subprocess
import sys
from contextlib import suppress

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info >= (3, 14), reason="servers are started as Python does it"
)

# What is imported here, or done to be ready, workers have; what is done to be ready, this process hasn't.
PROGRAM = """
import os, sys
from magbuild import workplace
from magbuild.staff import hired, warm_up
from tests.unit.test_workplace import {ready}, seen
import colorsys
sys.modules["colorsys"].mixed = "here"
warm_up()
warm_up({ready})
with hired(1) as staff:
    print(staff.submit(seen).result(timeout=60), "told" in vars(sys.modules["colorsys"]), flush=True)
    print(workplace._SERVER._forkserver_pid, flush=True)
    {end}
"""


def get_ready() -> None:
    sys.modules["colorsys"].told = "before"  # type: ignore[attr-defined]


def stumble() -> None:
    get_ready()
    raise ValueError("salt")


def seen() -> tuple[str, str, bool]:
    colours = sys.modules["colorsys"]
    return colours.mixed, colours.told, "magbuild.finishing" in sys.modules


@pytest.mark.parametrize("ready", ["get_ready", "stumble"])
def test_workers_have_what_was_there_and_what_was_made_ready(ready: str) -> None:
    program = PROGRAM.format(ready=ready, end="")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[0] == "('here', 'before', True) False"
    assert done.stderr == ""


def test_the_server_ends_with_a_process_that_is_killed() -> None:
    program = PROGRAM.format(ready="get_ready", end="os.kill(os.getpid(), 9)")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    server = int(done.stdout.splitlines()[1])
    with suppress(ProcessLookupError):  # when it has ended
        watched = select.poll()
        watched.register(os.pidfd_open(server), select.POLLIN)
        assert watched.poll(60_000)


def test_a_process_is_forked_as_long_as_it_has_one_thread() -> None:
    program = """
import threading
from magbuild.workplace import may_be_forked
over = threading.Event()
other = threading.Thread(target=over.wait)
alone = may_be_forked()
other.start()
print(alone, may_be_forked())
over.set()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "True False\n"
