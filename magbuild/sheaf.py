"""Finished pages, wherever they lie: the bytes of a PDF come in, the same bytes come out, read when they are needed.

Steps hand each other proofs of many megabytes. A sheaf that lies in a file is passed on by the name of that file, so
that a process holds the pages it works on and no others.
"""

import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

CHUNK: Final = 1 << 20  # bytes


class Unnamed:
    """An open file without a name; it goes with the last sheaf that lies in it."""

    __slots__ = ("number",)

    def __init__(self, file: BinaryIO) -> None:
        self.number = os.dup(file.fileno())

    def __del__(self) -> None:
        os.close(self.number)

    def opened(self) -> BinaryIO:
        """Return a file to read it from its beginning."""
        again = os.fdopen(os.dup(self.number), "rb")
        again.seek(0)
        return again


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """The bytes of a PDF: in memory, in an open file without a name, or in a file of a store.

    Sheaves are equal when their bytes are. `digest` is the SHA-256 of these, in hexadecimal digits.
    """

    digest: str
    data: bytes | None = field(default=None, repr=False, compare=False)
    file: Unnamed | None = field(default=None, repr=False, compare=False)
    path: Path | None = field(default=None, compare=False)

    @classmethod
    def of(cls, data: bytes) -> "Sheaf":
        """Return bytes as a sheaf."""
        return cls(digest=hashlib.sha256(data).hexdigest(), data=data)

    @classmethod
    def written(cls, file: BinaryIO) -> "Sheaf":
        """Return what was written into a file without a name, which may be closed then."""
        file.seek(0)
        return cls(digest=digest_of(file), file=Unnamed(file))

    def opened(self) -> BinaryIO:
        """Return a file to read it from; close it."""
        if self.path is not None:
            return self.path.open("rb")
        if self.file is not None:
            return self.file.opened()
        return io.BytesIO(self.data or b"")

    def source(self) -> Path | BinaryIO:
        """Return what it can be read from for as long as somebody needs it: its path, or its bytes as a file."""
        return self.path or io.BytesIO(self.read())

    def read(self) -> bytes:
        """Return all bytes."""
        if self.data is not None:
            return self.data
        with self.opened() as file:
            return file.read()

    def __reduce__(self) -> tuple[Callable[[bytes], "Sheaf"], tuple[Any, ...]]:
        return Sheaf.of, (self.read(),)  # where no store takes it in


def digest_of(file: BinaryIO) -> str:
    """Return the SHA-256 of the rest of a file, of which it holds a megabyte at a time."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
