"""Reading an issue: what is checked before anything is set, and what while it is."""

from pathlib import Path

import pytest

from magbuild.build import build
from magbuild.copydesk import read, read_for_setting, read_wording
from magbuild.model import EditionName
from magbuild.problem import Report, Stopped
from tests.kit import issue_of

STORY = "---\ntitle: Salt\nauthor: Ada\n---\n\nSalt is carried by the the mules.\n"


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report]


def test_facts_come_first_and_the_wording_behind(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, {"037/01-salt.md": STORY, "magazine.yaml": "title: Foundations\nissn: 1234-5678\n"})
    first = Report()
    issue, manuscripts = read_for_setting(folder, first)
    assert codes(first) == ["bad-issn"]
    assert manuscripts.keys() == {"salt"}
    rest = Report()
    read_wording(issue, manuscripts, rest)
    assert codes(rest) == ["doubled-word"]
    whole = Report()
    assert read(folder, whole) == (issue, manuscripts)
    assert sorted(codes(whole)) == sorted(codes(first) + codes(rest))


def test_wording_that_stops_a_strict_run_leaves_nothing(tmp_path: Path) -> None:
    report, out = Report(strict=True), tmp_path / "out"
    with pytest.raises(Stopped):
        build(issue_of(tmp_path, {"037/01-salt.md": STORY}), out, report, editions=[EditionName.EPUB], jobs=1)
    assert codes(report) == ["doubled-word"]
    assert not out.exists()


def test_a_folder_that_is_not_there_stops(tmp_path: Path) -> None:
    report = Report()
    with pytest.raises(Stopped):
        read(tmp_path / "issues" / "037", report)
    assert codes(report) == ["missing-folder"]
