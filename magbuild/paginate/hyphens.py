"""The patterns by which the layout engine divides words, read when a word asks for them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyphen


class Patterns(dict[str, Any]):
    """Patterns by their letters: each is taken apart when it is first asked for."""

    def get(self, letters: str, default: Any = None) -> Any:
        """Return where in its letters a pattern's values begin, and the values."""
        found = super().get(letters, default)
        if isinstance(found, str):
            values = [int(digit or "0") for digit, _ in pyphen.parse(found)]
            start = next(at for at, value in enumerate(values) if value)
            end = next(at for at in range(len(values), 0, -1) if values[at - 1])
            found = self[letters] = start, tuple(values[start:end])
        return found


def read(languages: Collection[str]) -> None:
    """Read the patterns of languages, as far as there are any."""
    for language in sorted(languages):
        if pyphen.language_fallback(language):
            pyphen.Pyphen(lang=language)


@contextmanager
def read_when_asked() -> Iterator[None]:
    """Let the engine read a language's patterns without taking each apart for as long as the block runs.

    German has 66,000 of them, of which a page of text asks for some hundreds (0.4 s saved).
    """
    read = pyphen.HyphDict.__init__

    def read_quickly(self: Any, path: Path) -> None:
        patterns = _patterns(path)
        if patterns is None:
            read(self, path)
            return
        self.patterns, self.cache, self.maxlen = patterns, {}, max(map(len, patterns))

    pyphen.HyphDict.__init__ = read_quickly
    try:
        yield
    finally:
        pyphen.HyphDict.__init__ = read


def _patterns(path: Path) -> Patterns | None:
    """Return the patterns of a file; None if some are of the kind that changes letters or names them by number."""
    encoding, _, content = path.read_bytes().replace(b"\r\n", b"\n").partition(b"\n")
    encodings = {"microsoft-cp1251": "cp1251"}
    name = encoding.decode().strip().lower()
    letters, unvalued, written = (
        content.translate(None, digits).decode(encodings.get(name, name)).split("\n")
        for digits in (b"0123456789", b"123456789", b"")
    )
    patterns = Patterns(
        (key.strip(), line.strip())
        for key, same, line in zip(letters, unvalued, written, strict=True)
        if len(same) < len(line) and not line.lstrip().startswith(pyphen.ignored)
    )
    odd = any("^^" in line or ("/" in line and "=" in line) for line in patterns.values())
    return None if odd or not patterns else patterns
