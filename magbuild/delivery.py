"""A run's files, made beside the last good ones and put in their place together when all is well."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A run's folder carries the number of its process, so that one that was killed can be told from one that goes on.
BESIDE = ".magbuild-"


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give an empty folder within `out` for the length of the block; what killed runs have left there is removed."""
    _made(out)
    _clear_up(out)
    with tempfile.TemporaryDirectory(prefix=f"{BESIDE}{os.getpid()}-", dir=out) as folder:
        yield Path(folder)


def deliver(files: tuple[Path, ...], made: Path, shelf: Path) -> tuple[Path, ...]:
    """Move finished files from where they were made onto a shelf in place of those of the same names.

    Files in folders come to stand in folders of the same names. Returns where all are now.

    Raises OSError when one can't take its place, before the first one does.
    """
    _made(shelf)
    places = [shelf / file.relative_to(made) for file in files]
    for place in places:
        _made(place.parent)
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder stands where this file is to go", str(place))
    return tuple(file.replace(place) for file, place in zip(files, places, strict=True))


def _made(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _clear_up(out: Path) -> None:
    for left in out.glob(f"{BESIDE}*-*"):
        number = left.name.removeprefix(BESIDE).split("-")[0]
        if number.isdigit() and not _is_alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
