"""By what results are made: nothing comes in; a digest of this program, Python and all libraries comes out."""

import ctypes
import ctypes.util
import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from magbuild.fingerprint import Files, fingerprint

# What the layout engine draws with: libraries, each with its file on Linux and a function that tells its version.
_DRAWING: Final = (
    ("pangoft2-1.0", "libpangoft2-1.0.so.0", "pango_version_string"),
    ("harfbuzz", "libharfbuzz.so.0", "hb_version_string"),
)
_MAPS: Final = Path("/proc/self/maps")
_DRAWS: Final = re.compile(r"/lib(pango(?:ft2)?|harfbuzz|fontconfig|freetype|fribidi|glib|gobject)[-.0-9]*\.so[.0-9]*$")


@cache
def provenance() -> str:
    """Return a digest of all that a result depends on beside its input: the code that makes it.

    The program and its layouts are taken byte by byte; Python and the packages by their versions; the libraries of
    the system byte by byte where it tells which they are, else by their versions.
    """
    own = Path(__file__).parent
    layouts = own.parent / "layouts"
    parts = (sys.version, sys.platform, tuple(packages()), tuple(_drawing()))
    return fingerprint((own, layouts if not (own / "layouts").is_dir() else own, parts), Files())


def packages() -> Iterator[str]:
    """Yield the packages that this Python may import, with their versions."""
    for shelf in dict.fromkeys(sys.path):
        folder = Path(shelf)
        if folder.name in ("site-packages", "dist-packages"):
            try:
                yield from sorted(path.name for path in folder.iterdir() if path.name.endswith(".dist-info"))
            except OSError:
                continue


def _drawing() -> Iterator[str]:
    for name, file, teller in _DRAWING:
        try:
            library = ctypes.CDLL(file if sys.platform == "linux" else ctypes.util.find_library(name) or file)
            tell = getattr(library, teller)
        except (OSError, AttributeError):
            yield f"{name} isn't known"
            continue
        tell.restype = ctypes.c_char_p
        yield f"{name} {tell()!r}"
    yield from _loaded()


def _loaded() -> Iterator[str]:
    """Yield digests of the libraries that draw, where the system tells which files they are (Linux)."""
    try:
        lines = _MAPS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for path in sorted({line.split(maxsplit=5)[5] for line in lines if _DRAWS.search(line)}):
        try:
            yield hashlib.sha256(Path(path).read_bytes()).hexdigest()
        except OSError:
            yield path
