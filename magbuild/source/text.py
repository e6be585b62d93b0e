"""A file comes in; its text comes out, with lines ended by \\n and nothing in it that can't be printed."""

import codecs
import re
from itertools import islice
from pathlib import Path

from magbuild.problem import Place, Problem, Report

# Control characters, the line separators that only some programs know, and what no XML may hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# What files in other encodings begin with; the longer marks first, since they begin with the shorter ones.
_OTHERS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
STAND_IN = "\N{REPLACEMENT CHARACTER}"
# More than this of one kind says nothing new.
ENOUGH = 20


def read_text(path: Path, report: Report) -> str | None:
    """Return a UTF-8 file's text without byte order mark; None, with a problem, when it can't be read.

    Characters that can't be printed are problems, too; U+FFFD takes their place, so columns stay right.
    """
    data = _read_bytes(path, report)
    if data is None:
        return None
    other = next((name for mark, name in _OTHERS if data.startswith(mark)), "")
    if other:
        hint = "save it as UTF-8 in the program that wrote it"
        report.add(Problem(Place(path, 1, 1), "bad-encoding", f"{path.name} is in {other}, not UTF-8", hint))
        return None
    if b"\0" in data:
        line, column = _spot_of_byte(data, data.index(b"\0"))
        message = "there is a null byte, so this isn't a text file in UTF-8"
        report.add(Problem(Place(path, line, column), "not-text", message, "save it as plain text in UTF-8"))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _spot_of_byte(data, error.start)
        message = f"byte 0x{data[error.start]:02X} isn't UTF-8"
        hint = "open the file with the encoding it has, and save it as UTF-8"
        report.add(Problem(Place(path, line, column), "bad-encoding", message, hint))
        return None
    return _printable(text.replace("\r\n", "\n").replace("\r", "\n"), path, report)


def spot(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _read_bytes(path: Path, report: Report) -> bytes | None:
    try:
        if path.is_file():
            return path.read_bytes().removeprefix(codecs.BOM_UTF8)
        there = path.exists()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        hint = "see who may read the file"
        report.add(Problem(Place(path), "unreadable-file", f"{path.name} can't be read: {reason}", hint))
        return None
    if there:
        hint = f"put a text file called {path.name} in its place"
        report.add(Problem(Place(path), "unreadable-file", f"{path.name} isn't a file", hint))
    else:
        hint = f"make it, or see whether this is the folder you mean: {path.parent.as_posix()}"
        report.add(Problem(Place(path), "missing-file", f"{path.name} isn't there", hint))
    return None


def _spot_of_byte(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset].decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return spot(before, len(before))


def _printable(text: str, path: Path, report: Report) -> str:
    for found in islice(UNPRINTABLE.finditer(text), ENOUGH):
        line, column = spot(text, found.start())
        message = f"character U+{ord(found[0]):04X} can't be printed"
        hint = "take it out; it came with copied text and can't be seen in most editors"
        report.add(Problem(Place(path, line, column), "control-character", message, hint))
    return UNPRINTABLE.sub(STAND_IN, text)
