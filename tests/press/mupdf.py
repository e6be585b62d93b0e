"""An EPUB file is read by MuPDF, which knows little CSS; SumatraPDF and Librera read with it."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

# What it says of its own build, and of every EPUB 3.
USUAL = ("warning: ICC support is not available", "warning: unknown epub version: 3.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What MuPDF makes of an e-book: the text of its pages in order, and whatever it finds wrong."""

    pages: tuple[str, ...]
    complaints: tuple[str, ...]


def draw(epub: Path) -> Drawn:
    """Return the pages that MuPDF draws of an EPUB file."""
    command = ["mutool", "draw", "-F", "text", "-o", "-", str(epub)]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    said = [line for line in run.stderr.splitlines() if not re.match(r"page .+ \d+$", line) and line not in USUAL]
    return Drawn(pages=tuple(run.stdout.split("\f")), complaints=tuple(said))
