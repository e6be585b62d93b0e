"""Printers with fields of the test's own, and PDFs looked at by the tools that printers use."""

import dataclasses
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from magbuild.load.printers import find_printer
from magbuild.model import DEFAULT_PRINTER, Printer
from magbuild.problem import Report

# What Debian's MuPDF says of itself, not of the file.
NO_ICC = "warning: ICC support is not available"


@cache
def _shipped(name: str) -> Printer:
    printer = find_printer(name, None, Report())
    assert printer is not None
    return printer


def printer_with(name: str = DEFAULT_PRINTER, **fields: Any) -> Printer:
    """Return a shipped printer with some of its fields changed."""
    return dataclasses.replace(_shipped(name), **fields)


def complaints(path: Path) -> list[str]:
    """Return what qpdf, MuPDF and poppler say against a PDF; nothing when all is well."""
    with pikepdf.open(path) as pdf:
        found = [str(problem) for problem in pdf.check_pdf_syntax()]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page"
        commands = [
            ["mutool", "draw", "-q", "-r", "36", "-F", "png", "-o", f"{target}%d.png", str(path)],
            ["pdftoppm", "-q", "-r", "36", str(path), str(target)],
            ["pdftoppm", "-r", "36", str(path), str(target)],
            ["pdfinfo", "-box", str(path)],
            ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-r36", "-sDEVICE=nullpage", str(path)],
        ]
        for command in commands:
            if shutil.which(command[0]):
                done = subprocess.run(command, capture_output=True, check=False, text=True, errors="replace")
                said = (done.stderr + (done.stdout if command[0] == "gs" else "")).replace(NO_ICC, "").strip()
                if said or done.returncode:
                    found.append(f"{command[0]}: {said}")
    return found
