"""The layout engine's messages come in, problems in an editor's words come out."""

import re
from collections.abc import Iterable
from pathlib import Path

from magbuild.compose import PICTURE_SCHEME
from magbuild.layout import source_of
from magbuild.problem import Place, Problem, Severity, warning

# Pictures without alternative text are found at the manuscript; an empty one is meant so.
ALT_MISSING = "has no required alt description"

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


def translated(path: Path, messages: Iterable[str], styles: str = "") -> list[Problem]:
    """Return the problems that messages about a file's galley and its styles tell of."""
    return [_translated(path, message, styles) for message in messages if ALT_MISSING not in message]


def _translated(path: Path, message: str, styles: str) -> Problem:
    text = re.sub(r"(data:[^'\s]{40})[^'\s]*", r"\1…", message.replace(PICTURE_SCHEME, "")).rstrip(".")
    text = text[:1].lower() + text[1:]
    for start, code, severity, hint in _TRANSLATIONS:
        if message.startswith(start):
            spot = _SPOT.search(text)
            source = source_of(styles, int(spot[1])) if spot and code == "layout-style" else None
            if spot and source:
                return Problem(Place(source[0], source[1], int(spot[2])), code, _SPOT.sub("", text), hint, severity)
            return Problem(Place(path), code, text, hint, severity)
    return warning(Place(path), "layout-engine", text, "look at the page it is about")
