"""The layout engine, opened without asking compilers where its libraries are."""

import ctypes
import ctypes.util
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from magbuild.paginate.typecase import without_the_machines_fonts

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


@contextmanager
def _unmoved_by_missing_fonts() -> Iterator[None]:
    """Let the engine find no fonts as it opens, which it would warn of, for as long as the block runs."""
    with without_the_machines_fonts(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="(?i).*fontconfig")
        yield


with _found_by_file_name(), _unmoved_by_missing_fonts():
    from magbuild.paginate import arrays, engine, layouts

    arrays.read_ahead()
    layouts.copying()

__all__ = ["engine"]
