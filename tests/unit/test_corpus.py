"""The made-up issues that tests and timings use: the same for the same numbers, and without a problem."""

from pathlib import Path

import pytest

from tests.corpus.issue import write_issue
from tests.kit import assert_problems, read_issue

ASKED = {"seed": 1, "stories": 24, "words": 150, "pictures": 12, "ppi": 20}


def files(project: Path) -> dict[str, bytes]:
    return {str(path.relative_to(project)): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_same_numbers_give_the_same_issue(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_issue(tmp_path / name, **{**ASKED, "seed": seed})
    assert files(tmp_path / "one") == files(tmp_path / "again")
    assert files(tmp_path / "one").keys() != files(tmp_path / "other").keys()


@pytest.mark.parametrize("stories", [3, 24])
def test_issue_has_what_was_asked_for_and_reads_without_a_problem(tmp_path: Path, stories: int) -> None:
    issue = write_issue(tmp_path, **{**ASKED, "stories": stories})
    assert len(issue.stories) == stories + 1  # and an advert
    assert len(list(issue.folder.glob("pictures/*"))) == 12
    assert_problems(read_issue(issue.folder))


def test_features_have_about_as_many_words_as_were_asked_for(tmp_path: Path) -> None:
    issue = write_issue(tmp_path, seed=1, stories=4, words=2600, pictures=0)
    for story in issue.stories[:-1]:
        assert story.draft.words == pytest.approx(2600, rel=0.1)
