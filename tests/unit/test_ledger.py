"""The index of an issue's advertisers and the sizes they can book, from its folder."""

from pathlib import Path

import pytest

from magbuild.ledger import find_advertisers, list_sizes
from magbuild.problem import Report, Stopped
from tests.kit import issue_of, picture
from tests.kit_pages import small_pdf

SHEET = """
    number: 37
    published: 2026-03-20
    adverts:
      - {client: Tea & Co, position: page 2, artwork: tea.pdf}
      - {client: Ash, size: quarter, position: after letters, artwork: ash.png}
"""
FILES: dict[str, str | bytes] = {
    "magazine.yaml": "title: Salt\nlanguage: en\n",
    "037/issue.yaml": SHEET,
    "037/01-letters.md": "---\ntitle: Letters\ntype: letters\n---\nDear.\n",
    "037/tea.pdf": small_pdf(""),
    "037/ash.png": picture("PNG"),
}


def test_an_issue_is_laid_out_to_tell_the_pages(tmp_path: Path) -> None:
    found = find_advertisers(issue_of(tmp_path, FILES), Report(), jobs=1)
    assert [(entry.client, entry.pages, str(entry.state)) for entry in found] == [
        ("Tea & Co", (2,), "placed"),
        ("Ash", (4,), "placed"),
    ]


def test_an_issue_with_errors_has_an_index_without_pages(tmp_path: Path) -> None:
    report = Report()
    found = find_advertisers(issue_of(tmp_path, {**FILES, "037/tea.pdf": b"no PDF"}), report)
    assert [(entry.client, entry.pages, str(entry.state)) for entry in found] == [
        ("Ash", (), "placed"),
        ("Tea & Co", (), "problem"),
    ]
    assert "unreadable-artwork" in {problem.code for problem in report}


def test_sizes_are_listed_without_laying_out(tmp_path: Path) -> None:
    assert "quarter          85 x 123" in list_sizes(issue_of(tmp_path, FILES), Report())


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    report = Report()
    with pytest.raises(Stopped):
        find_advertisers(tmp_path / "none", report)
    assert [problem.code for problem in report] == ["missing-folder"]
