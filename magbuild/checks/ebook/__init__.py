"""A finished EPUB comes in, ours or a stranger's; what is wrong comes out, at the manuscript's line where known.

These checks see what EPUBCheck and Ace don't, and without Java or a browser the most important of what they see.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from magbuild.checks.ebook.book import read_book
from magbuild.checks.ebook.finding import Finding
from magbuild.checks.ebook.origin import Origins, origins_of
from magbuild.checks.ebook.printed import labels_of, pdf_beside
from magbuild.checks.ebook.rules import RULES, code_of
from magbuild.problem import Place, Problem

__all__ = ["RULES", "code_of", "inspect", "looks_like_ebook"]


def inspect(path: Path, folder: Path | None = None) -> Iterator[Problem]:
    """Look at a finished EPUB, or at a folder with its files, and yield every problem.

    `folder` is that of the issue, where the manuscripts of an e-book of ours are looked up; without it they are looked
    for where they mostly are. The pages are compared with those of the PDF that lies beside the file. Raises OSError
    when the file can't be read.
    """
    pdf = pdf_beside(path)
    book = read_book(path, labels_of(pdf) if pdf else ())
    origins = origins_of(book, folder)
    for rule in RULES:
        for found in rule(book):
            yield _problem(path, code_of(rule), found, origins)


def looks_like_ebook(path: Path) -> bool:
    """Whether a path is an EPUB file by its name, or a folder with the files of one."""
    return path.suffix.casefold() == ".epub" or (path / "META-INF" / "container.xml").is_file()


def _problem(path: Path, code: str, found: Finding, origins: Origins) -> Problem:
    file = found.file
    line = found.line if isinstance(found.where, str) else _line(found.where)
    place, message = Place(path / file if file else path, line), found.message
    source = None if isinstance(found.where, str) else origins.place(file, found.where)
    if source is not None:
        place, message = source, f"{message} ({file}{f':{line}' if line else ''})"
    return Problem(place, code, message, found.hint, found.severity)


def _line(element: etree._Element) -> int | None:
    line: Any = element.sourceline
    return int(line) if line else None
