"""An EPUB file comes in, what EPUBCheck says about it goes out."""

import json
import subprocess
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.press.java import FAST_START, java


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of EPUBCheck about one place; line and column are 0 when it names none."""

    code: str
    severity: str
    text: str
    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity.lower()}: {self.text} [{self.code}]"


class EpubcheckFailed(Exception):
    """EPUBCheck did not judge the file: Java is missing, or it broke down."""


def epubcheck(path: Path, *, usage: bool = False) -> list[Message]:
    """Return every message that EPUBCheck has about an EPUB file, an empty list for a faultless one.

    Severities are FATAL, ERROR, WARNING and INFO, and with `usage` also USAGE (good manners).
    Raises EpubcheckFailed when it gave no judgement, so that a missing Java can't pass for a good file.
    """
    with TemporaryDirectory() as folder:
        judgement = Path(folder) / "judgement.json"
        program = java()
        if program is None:
            raise EpubcheckFailed("EPUBCheck needs Java and there is none: `make setup-test` installs it")
        command = [program, *FAST_START, "-jar", str(_jar()), str(path), "--json", str(judgement)]
        command += ["--locale", "en", *["--usage"] * usage]
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        said = json.loads(judgement.read_text("utf-8")) if judgement.is_file() else {}
    # For a file that isn't there or is no EPUB at all it can print "0 errors".
    messages = [message for raw in said.get("messages", ()) for message in _messages(raw)]
    if not messages and not said.get("publication", {}).get("nSpines"):
        raise EpubcheckFailed(f"EPUBCheck gave no judgement on {path}: {(run.stderr or run.stdout).strip()}")
    return messages


def _jar() -> Path:
    return Path(str(distribution("epubcheck").locate_file("epubcheck/epubcheck.jar")))


def _messages(raw: dict[str, Any]) -> list[Message]:
    """Return one message per place: EPUBCheck groups equal ones and counts kinds, not places."""
    places = raw["locations"] or [{"path": "", "line": -1, "column": -1}]
    return [
        Message(
            code=raw["ID"],
            severity=raw["severity"],
            text=raw["message"],
            path=place["path"],
            line=max(place["line"], 0),
            column=max(place["column"], 0),
        )
        for place in places
    ]
