"""What a step is given comes in; a digest of it comes out, which also tells of the files that it names."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
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
    digest = hashlib.sha256()
    traces: dict[str, Traces] = {}
    for part in _parts(value, files, traces):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest(), tuple(dict.fromkeys(trace for found in traces.values() for trace in found))


def unchanged(traces: Traces) -> bool:
    """Whether the files of a fingerprint are those that they were when it was taken."""
    return all(_trace(name) == (name, *rest) for name, *rest in traces)


def _parts(value: Any, files: Files, traces: dict[str, Traces]) -> Iterator[bytes]:
    kind = type(value)
    if kind is str:
        yield b"s"
        yield value.encode("utf-8", "surrogatepass")
        for address in _addresses(value):
            yield from _path(address, files, traces)
    elif value is None or kind in (bool, int, float):
        yield kind.__name__.encode()
        yield repr(value).encode()
    elif kind is bytes:
        yield b"b"
        yield value
    elif isinstance(value, Sheaf):
        yield b"sheaf"
        yield value.digest.encode()
    elif isinstance(value, Path):
        yield from _path(value, files, traces)
    elif isinstance(value, Enum):
        yield b"enum"
        yield f"{kind.__module__}.{kind.__qualname__}.{value.name}".encode()
    else:
        yield from _made_of(value, files, traces)


def _made_of(value: Any, files: Files, traces: dict[str, Traces]) -> Iterator[bytes]:
    kind = type(value)
    if is_dataclass(value):
        yield f"{kind.__module__}.{kind.__qualname__}".encode()
        for one in fields(value):
            yield from _parts(getattr(value, one.name), files, traces)
    elif isinstance(value, tuple | list):
        yield b"%d items" % len(value)
        for item in value:
            yield from _parts(item, files, traces)
    elif isinstance(value, Mapping):  # in its order, which may show in what is made
        yield b"%d pairs" % len(value)
        for key, item in value.items():
            yield from _parts(key, files, traces)
            yield from _parts(item, files, traces)
    elif isinstance(value, Set):
        yield b"%d members" % len(value)
        yield from sorted(b"".join(_parts(item, files, traces)) for item in value)
    elif isinstance(value, datetime) or hasattr(value, "isoformat"):
        yield kind.__name__.encode()
        yield value.isoformat().encode()
    else:
        raise NoFingerprint(f"{kind.__module__}.{kind.__qualname__}")


def _path(path: Path, files: Files, traces: dict[str, Traces]) -> Iterator[bytes]:
    digest, found = files.of(path)
    traces[str(path)] = found
    yield b"path"
    yield str(path).encode("utf-8", "surrogateescape")
    yield digest.encode()


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
