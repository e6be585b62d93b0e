"""Words of the magazine's own that the builder is to say."""

from pathlib import Path

import pytest

from magbuild.language import LANGUAGES, SEASONS, words_of
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


# --- Languages that the builder has no words in ---


@pytest.mark.parametrize("code", ["en-GB", "de-AT", "no", "pt-BR", "el"])
def test_languages_with_words(tmp_path: Path, code: str) -> None:
    assert_problems(read_issue(issue_of(tmp_path, {"magazine.yaml": f"title: M\nlanguage: {code}\n"})))


def test_a_language_without_words_is_told_until_the_magazine_has_them_all(tmp_path: Path) -> None:
    sheet = "title: Cylchgrawn\nlanguage: cy\n"
    report = read_issue(issue_of(tmp_path, {"magazine.yaml": sheet}))
    assert_problems(report, "magazine.yaml:2:1 foreign-words")
    (problem,) = report
    assert "no words in 'cy'" in problem.message
    assert "such as 'contents'" in problem.message
    own = "".join(f"  {word}: 'Gair {text}'\n" for word, text in words_of("en").items() if word not in SEASONS)
    assert_problems(read_issue(issue_of(tmp_path, {"magazine.yaml": f"{sheet}words:\n{own}"})))


def test_a_magazine_that_is_bound_on_the_right_is_refused_and_its_stories_are_not(tmp_path: Path) -> None:
    sheet = "title: M\nlanguage: {code}\n"
    story = "---\ntitle: Salt\nauthor: Ana Lima\nlanguage: he\n---\nSalt.\n"
    folder = issue_of(tmp_path, {"magazine.yaml": sheet.format(code="en"), "037/01-salt.md": story})
    assert_problems(read_issue(folder))
    folder = issue_of(tmp_path, {"magazine.yaml": sheet.format(code="ar"), "037/01-salt.md": story})
    assert_problems(read_issue(folder), "magazine.yaml:2:1 foreign-words", "magazine.yaml:2:1 right-to-left-magazine")


def test_every_word_stands_in_what_editors_read() -> None:
    text = (Path(__file__).parents[2] / "issues" / "README.md").read_text("utf-8")
    assert [word for word in words_of("en") if word not in SEASONS and f"`{word}`" not in text] == []
    assert [code for code in LANGUAGES if f"`{code}`" not in text] == []
