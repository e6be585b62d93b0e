"""What a step is given comes in; a digest of it comes out, which also tells of the files that it names."""

import hashlib
import os
import re
import stat
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from magbuild.sheaf import Sheaf, digest_of

_ADDRESS: Final = re.compile(r"file:[^\s\"')]+")
PASSED_OVER: Final = (".magbuild", "__pycache__")  # what programs leave in folders begins so

# What tells that a file has changed while it was at work, though not what it holds: never a part of a digest.
Trace = tuple[str, int, int, int]
Traces = tuple[Trace, ...]


class NoFingerprint(TypeError):
    """A value's content can't be told."""


@dataclass(slots=True)
class Files:
    """Digests of files and folders, each read once while a run lasts."""

    _known: dict[str, tuple[str, Traces]] = field(default_factory=dict)

    def of(self, path: Path) -> tuple[str, Traces]:
        """Return the digest of a file, of a folder with all that is in it, or of nothing; and traces of them."""
        return self._of(str(path), frozenset())

    def _of(self, name: str, above: frozenset[str]) -> tuple[str, Traces]:
        if name not in self._known:
            self._known[name] = self._read(name, above)
        return self._known[name]

    def _read(self, name: str, above: frozenset[str]) -> tuple[str, Traces]:
        trace = _trace(name)
        try:
            mode = Path(name).stat().st_mode
            if stat.S_ISREG(mode):
                with Path(name).open("rb") as file:
                    return digest_of(file), (trace,)
            if stat.S_ISDIR(mode):
                real = os.path.realpath(name)
                if real in above:  # a link that goes round in a circle
                    return "circle", (trace,)
                return self._read_folder(name, above | {real}, trace)
        except (OSError, ValueError):
            return "unreadable", (trace,)
        return f"special {mode}", (trace,)

    def _read_folder(self, name: str, above: frozenset[str], trace: Trace) -> tuple[str, Traces]:
        digest, traces = hashlib.sha256(b"folder"), [trace]
        for child in sorted(path.name for path in Path(name).iterdir() if not path.name.startswith(PASSED_OVER)):
            found, more = self._of(f"{name}/{child}", above)
            for part in (child.encode("utf-8", "surrogateescape"), found.encode()):
                digest.update(b"%d:" % len(part))
                digest.update(part)
            traces += more
        return digest.hexdigest(), tuple(traces)


def fingerprint(value: object, files: Files) -> str:
    """Return a digest (SHA-256, hexadecimal) of a value and of the bytes of every file that it names."""
    return traced(value, files)[0]


def traced(value: object, files: Files) -> tuple[str, Traces]:
    """Return a fingerprint, and traces of the files that belong to it.

    Paths name files, or folders with all that is in them; so do addresses in texts that begin with "file:". What the
    digest is made of depends on content alone: not on hash seeds, identities or times. Raises NoFingerprint.
    """
    reading = _Reading(files)
    reading.take(value)
    return reading.digest.hexdigest(), tuple(dict.fromkeys(chain.from_iterable(reading.traces.values())))


def unchanged(traces: Traces) -> bool:
    """Whether the files of a fingerprint are those that they were when it was taken."""
    return all(_trace(name) == (name, *rest) for name, *rest in traces)


class _Reading:
    """A digest while values are read into it, and traces of the files that they name."""

    def __init__(self, files: Files) -> None:
        self.digest = hashlib.sha256()
        self.traces: dict[str, Traces] = {}
        self._files = files

    def take(self, value: Any) -> None:
        kind: type = type(value)
        if kind is str:
            self._put(b"s", value.encode("utf-8", "surrogatepass"))
            for address in _addresses(value):
                self._take_path(address)
        elif value is None or kind in (bool, int, float):
            self._put(kind.__name__.encode(), repr(value).encode())
        elif kind is bytes:
            self._put(b"b", value)
        elif isinstance(value, Sheaf):
            self._put(b"sheaf", value.digest.encode())
        elif isinstance(value, Path):
            self._take_path(value)
        elif isinstance(value, Enum):
            self._put(b"enum", _name_of(kind), value.name.encode())
        else:
            self._take_parts(kind, value)

    def _take_parts(self, kind: type, value: Any) -> None:
        names = _names_of_fields(kind)
        if names is not None:
            self._put(_name_of(kind))
            for name in names:
                self.take(getattr(value, name))
        elif isinstance(value, tuple | list):
            self._put(b"%d items" % len(value))
            for item in value:
                self.take(item)
        elif isinstance(value, Mapping):  # in its order, which may show in what is made
            self._put(b"%d pairs" % len(value))
            for key, item in value.items():
                self.take(key)
                self.take(item)
        elif isinstance(value, Set):
            self._put(b"%d members" % len(value), *sorted(self._apart(item) for item in value))
        elif isinstance(value, datetime) or hasattr(value, "isoformat"):
            self._put(kind.__name__.encode(), value.isoformat().encode())
        else:
            raise NoFingerprint(f"{kind.__module__}.{kind.__qualname__}")

    def _take_path(self, path: Path) -> None:
        digest, self.traces[str(path)] = self._files.of(path)
        self._put(b"path", str(path).encode("utf-8", "surrogateescape"), digest.encode())

    def _apart(self, value: Any) -> bytes:
        alone = _Reading(self._files)
        alone.take(value)
        self.traces |= alone.traces
        return alone.digest.digest()

    def _put(self, *parts: bytes) -> None:
        for part in parts:
            self.digest.update(b"%d:" % len(part))
            self.digest.update(part)


@cache
def _names_of_fields(kind: type) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields; None for any other kind."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


@cache
def _name_of(kind: type) -> bytes:
    return f"{kind.__module__}.{kind.__qualname__}".encode()


@lru_cache(maxsize=256)
def _addresses(text: str) -> tuple[Path, ...]:
    """Return the files that a text names by their addresses, such as styles do with fonts."""
    if "file:" not in text:
        return ()
    return tuple(Path(unquote(urlsplit(address).path)) for address in dict.fromkeys(_ADDRESS.findall(text)))


def _trace(name: str) -> Trace:
    try:
        facts = Path(name).stat()
    except (OSError, ValueError):
        return (name, -1, -1, -1)
    return (name, facts.st_size, facts.st_mtime_ns, facts.st_ino)
