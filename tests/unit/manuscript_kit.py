"""Manuscripts of a few lines, read as stories, and what became of them."""

from pathlib import Path
from textwrap import dedent

from magbuild.manuscript import Manuscript, read_manuscript
from magbuild.model import FrontMatter, Story
from magbuild.problem import Report

FILE = Path("issues/037/01-salt.md")
BODY_LINE = 5  # the front matter of these stories has four lines
SLUGS = {"01-salt.md": "salt", "05-before-the-state.md": "before-the-state", "08-1917.md": "1917"}


def read(body: str, language: str = "en", slug: str = "salt") -> tuple[Manuscript, Report]:
    """Read a body, which may be indented, as that of a story."""
    report = Report()
    front = FrontMatter(title="Salt", language=language)
    story = Story(slug=slug, path=FILE, front=front, body=dedent(body), body_line=BODY_LINE)
    return read_manuscript(story, SLUGS, report), report


def clean(body: str, language: str = "en") -> Manuscript:
    """Read a body in which nothing is wrong."""
    manuscript, report = read(body, language)
    assert_said(report)
    return manuscript


def body_of(body: str, language: str = "en") -> str:
    """Return what became of a body in which nothing is wrong."""
    return clean(body, language).body


def assert_said(report: Report, *expected: str) -> None:
    """Compare all problems with lines such as "7:3 undefined-note"; every one must say what to do."""
    found = [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in report]
    assert found == list(expected), "\n".join(f"{problem.place}: {problem.message}" for problem in report)
    for problem in report:
        assert problem.place.path == FILE
        assert problem.hint, problem.code
        assert problem.message[0] == problem.message[0].lower()
        assert not problem.message.endswith(".")


def said(body: str, *expected: str) -> Manuscript:
    """Read a body, compare its problems, and return what became of it."""
    manuscript, report = read(body)
    assert_said(report, *expected)
    return manuscript


def hints(body: str) -> list[str]:
    """Return the hints of all problems of a body."""
    return [problem.hint for problem in read(body)[1]]
