"""What was made once and is remembered by the content it was made of: keys and values come in, values come out.

A folder of files, safe to share: an entry is written beside and then renamed, carries a digest of itself, and is never
changed. So builds may be killed at any moment and may use the folder side by side; a damaged entry is as good as none.
"""

import hashlib
import io
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final

from magbuild.sheaf import CHUNK, Sheaf, digest_of

SIGN: Final = b"magbuild store 1\n"  # another number for another form of entries
DIGEST: Final = hashlib.sha256().digest_size
ENTRIES, SHEAVES, BESIDE, RUNS = "entries", "sheaves", "beside", "runs"
LEFT_BEHIND: Final = 24 * 3600  # s: what a killed build was writing is surely not written any more
ROOM: Final = 2_000_000_000  # bytes that a store takes at most, but for what a single run needs
# What an entry may be made of beside magbuild's own values and what every pickle knows.
PLAIN: Final = frozenset({"pathlib.Path", "pathlib.PosixPath", "datetime.datetime", "datetime.timezone"})
PLAIN_TOO: Final = frozenset({"datetime.timedelta", "builtins.frozenset", "builtins.set", "pathlib._local.PosixPath"})


@dataclass(slots=True)
class Store:
    """A folder that remembers values by keys (hexadecimal digests).

    Reading and writing never raise: what can't be read isn't there, and what can't be written (a full disk, a folder
    without rights) is left out; `trouble` then says why. In a `running` block the sheaves that are in use can't be
    taken away by others who trim or clean: `run` is a folder with names of their own for them.
    """

    folder: Path
    fresh: bool = False  # look nothing up, but remember what is made
    run: Path | None = None
    trouble: OSError | None = None
    used: set[Path] = field(default_factory=set)

    # --- Bytes ---

    def get(self, key: str) -> bytes | None:
        """Return the value of a key; None when there is none, or what is there is damaged."""
        path = self._at(ENTRIES, key)
        if self.fresh and path not in self.used and (self.run is None or not (self.run / path.name).exists()):
            return None
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, value = entry[len(SIGN) : len(SIGN) + DIGEST], entry[len(SIGN) + DIGEST :]
        if not entry.startswith(SIGN) or hashlib.sha256(value).digest() != digest:
            with suppress(OSError):
                path.unlink()
            return None
        self._touch(path)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Remember a value; one that is there already is replaced by the same."""
        path = self._at(ENTRIES, key)
        try:
            with self._written(path) as file:
                file.write(SIGN + hashlib.sha256(value).digest())
                file.write(value)
            if self.fresh:
                self._own_name(path)  # by which other processes of this run see that it isn't from before
            self._touch(path)
        except OSError as error:
            self.trouble = self.trouble or error

    def note(self, key: str) -> None:
        """Note that this run has remembered a value, though in another process."""
        self.used.add(self._at(ENTRIES, key))

    # --- Sheaves: files as they are, called by their own digests ---

    def keep(self, sheaf: Sheaf) -> Sheaf:
        """Take a sheaf in and return it as a file of the store; as it came, when it can't be written."""
        if sheaf.path is not None and self.folder in sheaf.path.parents:
            return sheaf
        path = self._at(SHEAVES, sheaf.digest)
        try:
            with sheaf.opened() as source, self._written(path) as file:
                shutil.copyfileobj(source, file, CHUNK)
            kept = Sheaf(digest=sheaf.digest, path=self._own_name(path))
        except OSError as error:
            self.trouble = self.trouble or error
            return sheaf
        self._touch(path)
        return kept

    def find(self, digest: str) -> Sheaf | None:
        """Return a sheaf by its digest; None when it isn't there or is damaged."""
        path = self._at(SHEAVES, digest)
        try:
            own = self._own_name(path)
            with own.open("rb") as file:
                whole = digest_of(file) == digest
            if not whole:
                for name in {own, path}:
                    name.unlink()
                return None
        except OSError:
            return None
        self._touch(path)
        return Sheaf(digest=digest, path=own)

    def _own_name(self, path: Path) -> Path:
        """Give a file a name in the folder of this run, under which nobody else takes it away."""
        if self.run is None:
            return path
        own = self.run / path.name
        self.run.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            try:
                own.hardlink_to(path)
            except (FileExistsError, FileNotFoundError):
                raise
            except OSError:  # a file system without hard links
                half = own.with_suffix(f".{os.getpid()}")
                shutil.copyfile(path, half)
                half.replace(own)
        return own

    @contextmanager
    def running(self) -> Iterator["Store"]:
        """Hold what is used for the length of the block."""
        try:
            (self.folder / RUNS).mkdir(parents=True, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n")
            self.run = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=self.folder / RUNS))
        except OSError as error:
            self.trouble = self.trouble or error
        try:
            yield self
        finally:
            if self.run is not None:
                shutil.rmtree(self.run, ignore_errors=True)
            self.run = None

    # --- Values ---

    def pack(self, value: object) -> bytes:
        """Return a value as bytes; its sheaves become files of the store, if they can."""
        packed = io.BytesIO()
        _Packer(packed, self).dump(value)
        return packed.getvalue()

    def unpack(self, packed: bytes, *, ours: bool = True) -> Any:
        """Return the value of some bytes; raise LookupError when a sheaf of it is lost.

        Bytes that aren't `ours`, from this very run, make nothing but plain values and magbuild's own.
        """
        return _Unpacker(io.BytesIO(packed), self, ours).load()

    def recall(self, key: str) -> tuple[Any] | None:
        """Return the value that is remembered by a key, in a tuple; None when there is none or a part of it is lost."""
        packed = self.get(key)
        if packed is None:
            return None
        try:
            return (self.unpack(packed, ours=False),)
        except (LookupError, AttributeError, ImportError, EOFError, TypeError, ValueError, pickle.UnpicklingError):
            return None

    # --- Files ---

    def _at(self, part: str, key: str) -> Path:
        return self.folder / part / key[:2] / key[2:]

    @contextmanager
    def _written(self, path: Path) -> Iterator[BinaryIO]:
        """Write a file beside, which takes its place when the block is through, or leaves nothing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.folder / BESIDE
        beside.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=beside)
        half = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            half.replace(path)
        except BaseException:
            with suppress(OSError):
                half.unlink()
            raise

    def _touch(self, path: Path) -> None:
        self.used.add(path)
        with suppress(OSError):
            os.utime(path)  # for `trim`, which drops first what was used longest ago

    def trim(self, most: int = ROOM) -> int:
        """Drop what was used longest ago until all takes `most` bytes; return how many bytes were dropped.

        What this run has used stays, however much it is.
        """
        found = []
        for path in (*self._files(ENTRIES), *self._files(SHEAVES)):
            with suppress(OSError):
                facts = path.stat()
                found.append((facts.st_mtime_ns, path, facts.st_size))
        size, dropped = sum(size for _, _, size in found), 0
        for _, path, bytes_of_it in sorted(found):
            if size - dropped <= most:
                break
            if path not in self.used:
                with suppress(OSError):
                    path.unlink()
                    dropped += bytes_of_it
        self._sweep()
        return dropped

    def _sweep(self) -> None:
        """Remove what killed builds have left half written, or held."""
        left = [path for part in (BESIDE, RUNS) for path in self._children(part)]
        times = {}
        for path in (self.folder / BESIDE, self.folder / RUNS, *left):
            with suppress(OSError):
                times[path] = path.stat().st_mtime
        now = max(times.values(), default=0)
        for path in left:
            if times.get(path, now) < now - LEFT_BEHIND:
                with suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _children(self, part: str) -> list[Path]:
        try:
            return list((self.folder / part).iterdir())
        except OSError:
            return []

    def _files(self, part: str) -> list[Path]:
        return [path for path in (self.folder / part).rglob("*") if path.is_file()]


class _Packer(pickle.Pickler):
    """Leaves sheaves to the store."""

    def __init__(self, file: BinaryIO, store: Store) -> None:
        super().__init__(file, protocol=5)
        self._store = store

    def persistent_id(self, value: object) -> str | None:
        """Return the digest of a sheaf that lies in the store; None has it packed with the rest."""
        if not isinstance(value, Sheaf):
            return None
        kept = self._store.keep(value)
        return kept.digest if kept.path is not None else None


class _Unpacker(pickle.Unpickler):
    """Gets sheaves from the store, and of values that others have packed makes only harmless ones."""

    def __init__(self, file: BinaryIO, store: Store, ours: bool) -> None:
        super().__init__(file)
        self._store = store
        self._ours = ours

    def persistent_load(self, digest: str) -> Sheaf:
        """Return a sheaf; raise LookupError when it is lost."""
        store = self._store
        if self._ours and store.run is not None and (store.run / digest[2:]).exists():
            return Sheaf(digest=digest, path=store.run / digest[2:])  # seen to be whole in this run
        found = store.find(digest)
        if found is None:
            raise LookupError(digest)
        return found

    def find_class(self, module: str, name: str) -> Any:
        """Return a class by name; raise UnpicklingError for one that might do more than hold values."""
        if self._ours:
            return super().find_class(module, name)
        if module.partition(".")[0] == "magbuild":
            found: Any = import_module(module)
            for part in name.split("."):
                found = getattr(found, part)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | tuple)):
                return found
        elif f"{module}.{name}" in PLAIN | PLAIN_TOO:
            return super().find_class(module, name)
        elif (module, name) == ("builtins", "getattr"):
            return _member
        raise pickle.UnpicklingError(f"{module}.{name} isn't a plain value")


def _member(kind: object, name: str) -> Enum:
    """Return a member of an enumeration, which Python before 3.11.4, as in Debian 12, packs like an attribute."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise pickle.UnpicklingError(f"{name} of {kind!r} isn't a plain value")
