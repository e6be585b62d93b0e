"""Builds by the command line in processes of their own, and what they leave, byte by byte."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.kit import issue_of, picture

ROOT = Path(__file__).parents[1]
SALT = """\
    ---
    title: Salt
    author: Ana Lima
    ---
    Salt was dear, as [tea](02-tea.md) was.

    ![A heap of salt](pictures/salt.jpg)

    The road to it was long and dry.[^1]

    [^1]: By the sea it is shorter.
"""
TEA = """\
    ---
    title: Tea
    author: Ben Ode
    ---
    Tea was dearer than [salt](01-salt.md).

    ![A chest of tea](pictures/tea.png)
"""
EDITED = SALT.replace("long and dry", "longer than anybody remembered, and dry")


def small_issue(shelf: Path) -> Path:
    """Write an issue of two stories that name each other's pages, with a picture each, and return its folder."""
    return issue_of(
        shelf,
        {
            "037/01-salt.md": SALT,
            "037/02-tea.md": TEA,
            "037/pictures/salt.jpg": picture(size=(900, 600)),
            "037/pictures/tea.png": picture("PNG", (400, 300)),
        },
    )


def edit(shelf: Path) -> None:
    """Change a paragraph of the issue."""
    issue_of(shelf, {"037/01-salt.md": EDITED})


def begin(folder: Path, out: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    """Begin a build in a process group of its own."""
    command = [sys.executable, "-m", "magbuild", "build", str(folder), "-o", str(out), *options]
    return subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def build(folder: Path, out: Path, *options: str, **environment: str) -> str:
    """Build an issue and return all that was told, problems first."""
    process = begin(folder, out, *options, **environment)
    told, problems = process.communicate()
    assert process.returncode == 0, problems
    return problems + told


def kill(process: subprocess.Popen[str], *, workers: bool) -> None:
    """Kill a build as the system does when it lacks memory, alone or with its workers."""
    if workers:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def contents(out: Path) -> Mapping[str, bytes]:
    """Return all files that a build has left."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
