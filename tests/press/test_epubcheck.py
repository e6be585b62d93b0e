"""The gate itself: a good file passes, a bad one is named, and no judgement is never a good one."""

import os
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.press.epubcheck import EpubcheckFailed, epubcheck
from tests.press.java import JAVA_HOMES

pytestmark = pytest.mark.slow

SAMPLES = Path(str(distribution("epubcheck").locate_file("epubcheck/samples")))


def test_good_file_has_no_messages() -> None:
    assert epubcheck(SAMPLES / "childrens-literature.epub") == []


def test_each_problem_is_named_with_its_place() -> None:
    messages = epubcheck(SAMPLES / "invalid.epub")
    assert sorted((m.severity, m.code, m.path, m.line) for m in messages) == [
        ("ERROR", "OPF-049", "EPUB/package.opf", 40),
        ("ERROR", "RSC-005", "EPUB/package.opf", 40),
        ("WARNING", "OPF-004", "EPUB/package.opf", 1),
    ]


def test_file_that_is_no_epub_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "letter.epub").write_text("Dear editors,")
    assert [message.code for message in epubcheck(tmp_path / "letter.epub")] == ["PKG-003", "PKG-008"]


def test_missing_file_gets_no_judgement(tmp_path: Path) -> None:
    with pytest.raises(EpubcheckFailed, match="gave no judgement"):
        epubcheck(tmp_path / "nowhere.epub")


@pytest.mark.skipif(any(Path(home).is_dir() for home in JAVA_HOMES), reason="Homebrew's Java is always found")
def test_missing_java_fails_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "environ", {"PATH": str(tmp_path)})
    with pytest.raises(EpubcheckFailed, match="make setup-test"):
        epubcheck(SAMPLES / "childrens-literature.epub")
