"""Words of the magazine's own that the builder is to say."""

from pathlib import Path

import pytest

from tests.kit import assert_problems, issue_of, read_issue

SHEET = "title: Foundations\nlanguage: en-GB\nwords:\n  {word}\n"


@pytest.mark.parametrize("word", ["contents: In this number", 'page: "p. {number}"', "by: no gap at all"])
def test_words_that_can_be_said(tmp_path: Path, word: str) -> None:
    assert_problems(read_issue(issue_of(tmp_path, {"magazine.yaml": SHEET.replace("{word}", word)})))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("kontents: In this number", "unknown-word"),
        ('by: "By {name}"', "bad-word"),
        ('by: "By {"', "bad-word"),
        ('by: "By {0}"', "bad-word"),
        ('by: "By {}"', "bad-word"),
        ('contents: "{number}"', "bad-word"),
    ],
)
def test_words_that_cannot(tmp_path: Path, word: str, code: str) -> None:
    folder = issue_of(tmp_path, {"magazine.yaml": SHEET.replace("{word}", word)})
    assert_problems(read_issue(folder), f"magazine.yaml:4:3 {code}")
