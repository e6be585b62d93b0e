"""Pages of a PDF come in; a digest of all that each is made of, and the numbers of its objects, come out."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Stream

from magbuild.preflight.reading import INHERITED, inherited

# In what the library writes of an object: strings, what leads back to other pages, and objects that are referred to.
REFERENCES = re.compile(rb"\((?:[^()\\]|\\.)*\)|/Parent \d+ \d+ R|(?<!\S)(\d+) (\d+) R(?!\S)", re.DOTALL)
Number = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a page is made of: a digest without the numbers of objects, and those numbers in the order of the walk."""

    digest: str
    numbers: tuple[int, ...]


class Digests:
    """Tells what pages are made of; each object of the file is read once.

    Two pages have one digest when all that can be reached from them is the same, byte for byte, but for the numbers
    of objects and for the way back to other pages (/Parent). What pages inherit counts as theirs.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._known: dict[Number, tuple[bytes, tuple[Number, ...]]] = {}

    def of(self, page: Any) -> Made:
        """Return what a page is made of. Raises one of TROUBLE where a part of it can't be read."""
        passed_on = [b"%s %s" % (key.encode(), _written(inherited(page, key))) for key in INHERITED]
        found, references = _taken_apart(b" ".join((page.unparse(resolved=True), *passed_on)))
        digest = hashlib.sha256(b"%d:%s" % (len(found), found))
        ranks: dict[Number, int] = {page.objgen: 0}
        waiting = list(references)
        for number in waiting:  # which grows
            if number in ranks:
                digest.update(b"%d " % ranks[number])
                continue
            ranks[number] = len(ranks)
            found, more = self._object(number)
            digest.update(b"%d:%d:" % (ranks[number], len(found)))
            digest.update(found)
            waiting += more
        return Made(digest=digest.hexdigest(), numbers=tuple(number for number, _ in ranks))

    def _object(self, number: Number) -> tuple[bytes, tuple[Number, ...]]:
        """Return what an object is without its references, and those."""
        if number not in self._known:
            thing = self._pdf.get_object(number)
            data = b""
            if isinstance(thing, Stream):
                data = hashlib.sha256(thing.read_raw_bytes()).digest()
                thing = thing.stream_dict
            written, references = _taken_apart(_written(thing, resolved=True))
            self._known[number] = hashlib.sha256(written).digest() + data, references
        return self._known[number]


def _written(thing: Any, resolved: bool = False) -> bytes:
    return thing.unparse(resolved=resolved) if isinstance(thing, pikepdf.Object) else repr(thing).encode()


def _taken_apart(written: bytes) -> tuple[bytes, tuple[Number, ...]]:
    references: list[Number] = []

    def without(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return b"" if found[0].startswith(b"/") else found[0]
        references.append((int(found[1]), int(found[2])))
        return b"R"

    return REFERENCES.sub(without, written), tuple(references)
