"""The layout engine's messages come in, problems in an editor's words come out."""

import re
from collections.abc import Iterable
from pathlib import Path

from magbuild.compose import PICTURE_SCHEME
from magbuild.problem import Place, Problem, Severity, warning

MISSING_GLYPH = "missing-glyph"
_NO_GLYPH = re.compile(r"\.notdef glyph .*: \"(.+)\" \((U\+[0-9A-F]+)\)", re.DOTALL)

# Start of the engine's message -> code, severity and what to do; the first that fits is taken.
_TRANSLATIONS: tuple[tuple[str, str, Severity, str], ...] = (
    ("Failed to load image", "picture-not-laid-out", Severity.ERROR, "open the picture in an editor and save it again"),
    ("Ignored", "layout-style", Severity.WARNING, "mend the style file of the layout"),
    ("Invalid or unsupported selector", "layout-style", Severity.WARNING, "mend the style file of the layout"),
    ("No anchor", "dead-link", Severity.ERROR, "give the target an id, or correct the link"),
    ("Font-face", "layout-font", Severity.ERROR, "check the layout's fonts"),
)


def translated(path: Path, messages: Iterable[str]) -> list[Problem]:
    """Return the problems that messages about a file's galley tell of."""
    return [_translated(path, message) for message in messages]


def _translated(path: Path, message: str) -> Problem:
    missing = _NO_GLYPH.search(message)
    if missing is not None:
        hint = "write it another way, or add a font that has it to the layout"
        return warning(Place(path), MISSING_GLYPH, f"no font has the character {missing[1]} ({missing[2]})", hint)
    text = re.sub(r"(data:[^'\s]{40})[^'\s]*", r"\1…", message.replace(PICTURE_SCHEME, "")).rstrip(".")
    text = text[:1].lower() + text[1:]
    for start, code, severity, hint in _TRANSLATIONS:
        if message.startswith(start):
            return Problem(Place(path), code, text, hint, severity)
    return warning(Place(path), "layout-engine", text, "look at the page it is about")
