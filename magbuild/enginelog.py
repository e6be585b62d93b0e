"""The layout engine's messages come in, problems in an editor's words come out."""

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from magbuild.compose import PICTURE_SCHEME
from magbuild.layout import source_of
from magbuild.problem import Place, Problem, Severity, warning

LOGGER = logging.getLogger("weasyprint")
MOST_LETTERS = 8  # told of in one message

# Start of the engine's message -> code, severity and what to do; the first that fits is taken.
_TRANSLATIONS: tuple[tuple[str, str, Severity, str], ...] = (
    ("Failed to load image", "picture-not-laid-out", Severity.ERROR, "open the picture in an editor and save it again"),
    ("Ignored", "layout-style", Severity.WARNING, "mend the style file of the layout"),
    ("Invalid", "layout-style", Severity.WARNING, "mend the style file of the layout"),
    ("Parse error", "layout-style", Severity.WARNING, "mend the style file of the layout"),
    ("Unsupported", "layout-style", Severity.WARNING, "mend the style file of the layout"),
    ("Unknown", "layout-style", Severity.WARNING, "mend the style file of the layout"),
    ("No anchor", "dead-link", Severity.ERROR, "give the target an id, or correct the link"),
    ("Font-face", "layout-font", Severity.ERROR, "check the layout's fonts"),
)


_SPOT = re.compile(r" at (\d+):(\d+)")
_SELECTOR = re.compile(r"Invalid or unsupported selector '([^']+)'")


@contextmanager
def hearing() -> Iterator[list[str]]:
    """Collect the layout engine's messages, instead of letting them out, for as long as the block runs."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(logging.WARNING)
    before, LOGGER.propagate = LOGGER.propagate, False
    handlers, LOGGER.handlers = LOGGER.handlers, [listener]
    try:
        yield heard
    finally:
        LOGGER.handlers = handlers
        LOGGER.propagate = before


def translated(path: Path, messages: Iterable[str], styles: str = "") -> list[Problem]:
    """Return the problems that messages about a file's galley and its styles tell of."""
    return [_translated(path, message, styles) for message in messages]


_LETTER = re.compile(r"no font of the layout has (?:'(?P<letter>.)'|U\+(?P<number>[0-9A-F]+)) ")


def missing_glyph(place: Place, letters: Sequence[str]) -> Problem:
    """Return the problem of letters that no font has, those of one script or one sign."""
    first = letters[0]
    more = f", nor {quoted(letters[1:])}" if letters[1:] else ""
    message = f"no font of the layout has {quoted([first])} ({name_of(first)}){more}"
    hint = (
        "name a font that has it in layout.yaml: layouts/README.md, 'Other scripts'"
        if first.isalpha()
        else "say it in words or draw it as a picture, or name a font that has it in layout.yaml"
    )
    return warning(place, "missing-glyph", message, hint)


def letter_of(problem: Problem) -> str:
    """Return the letter that the engine had no font for, if the problem is that; it knows no line."""
    found = _LETTER.match(problem.message) if problem.code == "missing-glyph" and problem.place.line is None else None
    return (found["letter"] or chr(int(found["number"], 16))) if found else ""


def quoted(letters: Sequence[str]) -> str:
    """Return letters for a message, the first of many."""
    told = [f"'{letter}'" if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters[:MOST_LETTERS]]
    more = [f"{len(letters) - MOST_LETTERS} more"] if letters[MOST_LETTERS:] else []
    return ", ".join((*told, *more))


def name_of(letter: str) -> str:
    """Return what Unicode calls a character."""
    return unicodedata.name(letter, f"U+{ord(letter):04X}")


def _translated(path: Path, message: str, styles: str) -> Problem:
    if unset := re.search(r"^\.notdef glyph .*\(U\+([0-9A-F]+)\)$", message):
        return missing_glyph(Place(path), [chr(int(unset[1], 16))])
    text = re.sub(r"(data:[^'\s]{40})[^'\s]*", r"\1…", message.replace(PICTURE_SCHEME, "")).rstrip(".")
    text = text[:1].lower() + text[1:]
    for start, code, severity, hint in _TRANSLATIONS:
        if message.startswith(start):
            spot = _spot(message, styles) if code == "layout-style" else None
            return Problem(spot or Place(path), code, _SPOT.sub("", text) if spot else text, hint, severity)
    return warning(Place(path), "layout-engine", text, "look at the page it is about")


def _spot(message: str, styles: str) -> Place | None:
    """Return the place in a style file that a message about traced styles speaks of, if it does."""
    line = column = 0
    if spot := _SPOT.search(message):
        line, column = int(spot[1]), int(spot[2])
    elif (selector := _SELECTOR.search(message)) and (at := styles.find(selector[1])) >= 0:
        line, column = styles.count("\n", 0, at) + 1, at - styles.rfind("\n", 0, at)
    source = source_of(styles, line) if line else None
    return Place(source[0], source[1], column) if source else None
