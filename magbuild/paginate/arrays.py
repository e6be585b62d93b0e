"""The types of what the layout engine hands to its libraries; an array's is made of the type of what it holds."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from weasyprint.text.ffi import ffi

# What it, and we, ask for in any layout.
ASKED_FOR = (
    *("char *", "char[]", "FcChar8 **", "gint", "unsigned int *"),
    *("hb_codepoint_t *", "hb_tag_t *"),
    *("PangoFcFontMap *", "PangoGlyphInfo", "PangoLogAttr[]", "PangoRectangle *"),
)
_ARRAY = re.compile(r"(\w+)\[(\d+)\]")


class Types(dict[str, Any]):
    """Types of C by their declarations; that of an array with a length is made without reading its declaration."""

    def __missing__(self, declaration: str) -> tuple[Any, bool]:
        found = _ARRAY.fullmatch(declaration)
        if found is None:
            raise KeyError(declaration)
        array = ffi._backend.new_array_type(ffi.typeof(f"{found[1]} *"), int(found[2]))
        made = self[declaration] = array, False
        return made


def read_ahead() -> None:
    """Read the declarations of types before they are asked for, so that no worker has to (0.02 s in each)."""
    for declaration in ASKED_FOR:
        ffi.typeof(declaration)


@cache
def _types() -> Types:
    """Return all types of this process."""
    return Types(ffi._parsed_types)


@contextmanager
def made() -> Iterator[None]:
    """Let the engine have the types of its arrays made for as long as the block runs.

    It declares one for each number of letters that it takes from a font, and each declaration would be read as C
    (0.3 s in each process).
    """
    known = ffi._parsed_types
    ffi._parsed_types = _types()
    try:
        yield
    finally:
        ffi._parsed_types = known
