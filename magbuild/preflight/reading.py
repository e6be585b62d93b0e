"""Objects of a stranger's PDF come in, whatever they are; numbers, names and dictionaries come out, or nothing."""

import math
import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

# What pikepdf and Pillow raise on a file that lies about itself.
TROUBLE = (
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
HUGE = 1e9  # no measure on a page is longer
MARK = "\x1a"  # before the number of an object in the making of a text; nothing that a file says has it (`_clean`)
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")  # what pages may have from above in the page tree
MARKED = re.compile(rf"{MARK}(\d+)")


def entry(thing: Any, key: str | Name) -> Any:
    """Return what a dictionary or stream has under `key` ("/Width"); None when it isn't one or has nothing.

    A name out of the file is given as it is, since old ones aren't in Unicode.
    """
    if not isinstance(thing, (Dictionary, Stream)):
        return None
    try:
        return thing.get(key)
    except TROUBLE:
        return None


def entries(thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys (with their slash) and values of a dictionary or stream."""
    if isinstance(thing, (Dictionary, Stream)):
        try:
            keys = sorted(thing.keys())
        except TROUBLE:
            return
        for key in keys:
            yield str(key), entry(thing, str(key))


def elements(thing: Any) -> Iterator[Any]:
    """Yield what stands in an array; of anything else nothing."""
    if isinstance(thing, Array):
        try:
            yield from thing
        except TROUBLE:
            return


def number(value: Any, default: float = 0.0) -> float:
    """Return a finite number of a sensible size, or the default."""
    if isinstance(value, bool):
        return default
    try:
        found = float(value)
    except (*TROUBLE, RecursionError):
        return default
    return found if math.isfinite(found) and abs(found) < HUGE else default


def numbers(value: Any, count: int | None = None) -> tuple[float, ...]:
    """Return an array of numbers; empty unless all of them are numbers (and there are `count`, when given)."""
    found = tuple(number(item, math.nan) for item in elements(value))
    if any(math.isnan(item) for item in found) or (count is not None and len(found) != count):
        return ()
    return found


def named(value: Any) -> str:
    """Return a name without its slash; an empty text when it isn't one."""
    if not isinstance(value, Name):
        return ""
    try:
        return _clean(str(value).removeprefix("/"))
    except UnicodeDecodeError:
        return _clean(bytes(value).decode("latin-1").removeprefix("/"))


def text(value: Any) -> str:
    """Return a string as text, a name as its letters; an empty text otherwise."""
    if isinstance(value, pikepdf.String):
        try:
            return _clean(str(value))
        except TROUBLE:
            return _clean(bytes(value).decode("latin-1"))
    return named(value)


def _clean(letters: str) -> str:
    """Return text without what a terminal would obey and no file can hold."""
    return letters if letters.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in letters)


def label(thing: Any) -> str:
    """Return how a person finds an object in a PDF ("object 12"); empty when it has no number of its own.

    The number is marked, so that it can be told from numbers in names: `numbered` takes the mark away.
    """
    if isinstance(thing, pikepdf.Object) and thing.objgen[0]:
        return f"object {MARK}{thing.objgen[0]}"
    return ""


def numbered(told: str, numbers: Mapping[int, int] | None = None, mark: str = "") -> str:
    """Return a text with other numbers for the objects that it names, marked anew or not at all."""

    def other(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"{mark}{number if numbers is None else numbers[number]}"

    return MARKED.sub(other, told) if MARK in told else told


def identity(thing: Any) -> tuple[int, int] | None:
    """Return the number of an object, by which it is known again; None when it has none."""
    if isinstance(thing, pikepdf.Object) and thing.objgen[0]:
        return thing.objgen
    return None


def content(stream: Any) -> bytes:
    """Return a stream's data, unpacked; empty when it can't be."""
    if not isinstance(stream, Stream):
        return b""
    try:
        return stream.read_bytes()
    except TROUBLE:
        return b""


def inherited(page: Any, key: str) -> Any:
    """Return what a page or one of its parents in the page tree says under `key`."""
    for _ in range(50):  # a tree that is deeper runs in a circle
        found = entry(page, key)
        if found is not None:
            return found
        page = entry(page, "/Parent")
        if page is None:
            return None
    return None


def filters(stream: Any) -> tuple[str, ...]:
    """Return the names of a stream's filters, first applied last."""
    given = entry(stream, "/Filter")
    return tuple(filter(None, map(named, elements(given)))) if isinstance(given, Array) else _one(named(given))


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
