"""What this machine has of all that magbuild needs, and what to do where something is missing."""

import ctypes
import ctypes.util
import importlib.metadata
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked for: whether it is there, its version or what to do, and whether nothing goes without it."""

    what: str
    good: bool
    detail: str
    needed: bool = True


LIBRARIES = (
    ("pango", ("pango-1.0", "pango-1.0-0"), "libpango-1.0-0", "pango"),
    ("pangoft2", ("pangoft2-1.0", "pangoft2-1.0-0"), "libpangoft2-1.0-0", "pango"),
    ("harfbuzz-subset", ("harfbuzz-subset", "harfbuzz-subset-0"), "libharfbuzz-subset0", "harfbuzz"),
)
# Without it fonts are subset more slowly, and that is all.
OPTIONAL_LIBRARIES = frozenset({"harfbuzz-subset"})
PACKAGES = (
    *("weasyprint", "ebooklib", "markdown", "pikepdf", "pillow", "font-source-serif-pro", "font-source-sans-pro"),
    *("fontpkg-source-serif-4", "fontpkg-source-sans-3", "fontpkg-source-code-pro"),
)
TOOLS = (
    ("java", "checks EPUBs in 'make test': install a Java runtime, such as default-jre-headless"),
    ("pdftotext", "compares texts in 'make test': install poppler-utils"),
    ("mutool", "draws e-books in 'make test': install mupdf-tools"),
)


def examine(quick: bool = False) -> tuple[Finding, ...]:
    """Look for everything; `quick` leaves out what only the tests need."""
    return tuple(_findings(quick))


def _library(name: str) -> str | None:
    """Return the name of a library's file; on Linux without asking compilers and linkers, which takes a while."""
    file = f"lib{name}.so.0"
    try:
        if sys.platform == "linux":
            ctypes.CDLL(file)
            return file
    except OSError:
        pass
    return ctypes.util.find_library(name)


def _findings(quick: bool) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding(what="Python", good=sys.version_info >= (3, 11), detail=version)
    for name, files, debian, brew in LIBRARIES:
        found = next(filter(None, map(_library, files)), None)
        install = f"'apt-get install {debian}' or 'brew install {brew}'"
        yield Finding(what=name, good=found is not None, detail=found or install, needed=name not in OPTIONAL_LIBRARIES)
    for package in PACKAGES:
        try:
            yield Finding(what=package, good=True, detail=importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(what=package, good=False, detail=f"'pip install {package}'")
    if quick:
        return
    for tool, purpose in TOOLS:
        found = shutil.which(tool)
        yield Finding(what=tool, good=found is not None, detail=found or purpose, needed=False)
