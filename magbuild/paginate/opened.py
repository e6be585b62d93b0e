"""The layout engine, opened without asking compilers where its libraries are."""

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager

LAST_LIBRARY = "libpangoft2-1.0.so.0"  # it loads all others that the engine can't do without


@contextmanager
def _found_by_file_name() -> Iterator[None]:
    """Let the engine load its libraries by the names of their files for as long as the block runs.

    It tries other names first, for which Python asks the system's compiler and linker, 15 times in vain
    (0.2 s, and more where there is a compiler).
    """
    find = ctypes.util.find_library
    if _loads(LAST_LIBRARY):
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _loads(library: str) -> bool:
    try:
        return sys.platform == "linux" and bool(ctypes.CDLL(library))
    except OSError:
        return False


with _found_by_file_name():
    from magbuild.paginate import engine

__all__ = ["engine"]
