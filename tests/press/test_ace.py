"""The gate itself: what is accessible passes, what isn't is named, and no judgement is never a good one."""

import zipfile
from pathlib import Path

import pytest

from tests.press.ace import AceFailed, ace
from tests.press.test_epub_edition import one_of_everything

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("ace")]


def test_issue_with_one_of_everything_is_accessible(tmp_path: Path) -> None:
    assert list(map(str, ace(one_of_everything(tmp_path, "de").path))) == []


def test_each_violation_is_named_with_its_place(tmp_path: Path) -> None:
    good = one_of_everything(tmp_path, "en-GB").path
    missing = {"EPUB/content.opf": b' xml:lang="en-GB"', "EPUB/one.xhtml": b' alt="A map."'}
    with zipfile.ZipFile(good) as archive, zipfile.ZipFile(tmp_path / "bad.epub", "w") as bad:
        for member in archive.infolist():
            data, lost = archive.read(member), missing.get(member.filename, b"")
            assert lost in data
            bad.writestr(member, data.replace(lost, b"", 1))
    assert sorted((found.path, found.code, found.impact) for found in ace(tmp_path / "bad.epub")) == [
        ("EPUB/content.opf", "epub-lang", "serious"),
        ("one.xhtml", "image-alt", "critical"),
    ]


def test_missing_file_gets_no_judgement(tmp_path: Path) -> None:
    with pytest.raises(AceFailed, match="nowhere"):
        ace(tmp_path / "nowhere.epub")


def test_broken_browser_gets_no_judgement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.press.ace.find_browser", lambda: str(tmp_path / "chromium"))
    with pytest.raises(AceFailed, match="no executable"):
        ace(one_of_everything(tmp_path, "en-GB").path)
