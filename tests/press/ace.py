"""An EPUB file comes in, what Ace by DAISY says about its accessibility goes out."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.press.browser import find_browser

ROOT = Path(__file__).parent.parent.parent
ACE = ROOT / ".venv" / "node_modules" / ".bin" / "ace-cli"
# Its exit codes when it is asked to tell by them (-E) what it found.
PASSED, FAILED = 0, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One thing that Ace finds wrong in one place; `html` is the element, empty when it is about the whole file."""

    code: str
    impact: str
    text: str
    path: str
    html: str

    def __str__(self) -> str:
        return f"{self.path}: {self.impact}: {self.text} [{self.code}] {self.html}"


class AceFailed(Exception):
    """Ace did not judge the file: it isn't installed, there is no browser, or it broke down."""


def ace(path: Path) -> list[Violation]:
    """Return every violation that Ace finds in an EPUB file, an empty list for an accessible one.

    Raises AceFailed when it gave no judgement, so that a missing browser can't pass for a good file.
    """
    if not ACE.exists():
        raise AceFailed("Ace isn't installed: `make setup-test` installs it")
    with TemporaryDirectory() as folder:
        # Ace keeps what it unpacks beside its own settings; both go with the folder.
        own = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": find_browser(), "TMPDIR": folder, "XDG_CONFIG_HOME": folder}
        command = [str(ACE), "-E", "-o", f"{folder}/out", str(path)]
        run = subprocess.run(command, env=own, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        report = Path(folder) / "out" / "report.json"
        said = json.loads(report.read_text("utf-8")) if report.is_file() else None
    violations = list(_violations(said)) if said else []
    if said is None or run.returncode != (FAILED if violations else PASSED):
        raise AceFailed(f"Ace gave no judgement on {path}: {(run.stderr or run.stdout).strip()}")
    return violations


def _violations(report: dict[str, Any]) -> Iterator[Violation]:
    for document in report["assertions"]:
        for found in document["assertions"]:
            yield Violation(
                code=found["earl:test"]["dct:title"],
                impact=found["earl:test"]["earl:impact"],
                text=found["earl:result"]["dct:description"],
                path=document["earl:testSubject"]["url"],
                html=found["earl:result"].get("html", ""),
            )
