"""Runs of text that are cut off or lie on each other."""

from pathlib import Path

import pytest

from magbuild.integrity import Run, colliding, outside, text_collides, text_covered, text_cut, text_lost
from magbuild.problem import Place, Severity


def run(left: float, top: float, right: float, bottom: float, text: str = "x", page: int = 0) -> Run:
    return Run(page, left, top, right, bottom, text)


@pytest.mark.parametrize(
    ("edges", "cut"),
    [
        ((0, 0, 100, 50), False),
        ((-1, 0, 101, 51), False),
        ((-2, 0, 50, 10), True),
        ((50, 0, 102, 10), True),
        ((0, 45, 10, 52), True),
        ((0, -2, 10, 5), True),
    ],
)
def test_what_reaches_beyond_the_trim(edges: tuple[float, float, float, float], cut: bool) -> None:
    assert list(outside([run(*edges)], 100, 50)) == (["x"] if cut else [])


def test_runs_on_each_other() -> None:
    one, beside, on_it = run(0, 0, 40, 10, "one"), run(40, 0, 80, 10, "beside"), run(30, 5, 60, 15, "on")
    assert list(colliding([one, beside])) == []
    assert list(colliding([one, beside, on_it])) == ["on"]
    assert list(colliding([one, run(0, 0, 40, 10, "other page", page=1)])) == []
    assert list(colliding([one, run(0, 8, 40, 18, "next line")])) == []


def test_a_tall_cap_beside_its_lines_collides_with_none() -> None:
    cap = run(0, 0, 30, 39, "T")
    lines = [run(33, top, 100, top + 5, str(top)) for top in (0, 13, 26)]
    assert list(colliding([cap, *lines, run(0, 40, 100, 45, "below")])) == []


def test_problems_say_what_and_where() -> None:
    path = Path("a.md")
    for kind in (text_lost, text_covered, text_cut, text_collides):
        problem = kind(path, "salt", "the words")
        assert problem.place.path == path
        assert "'the words' in salt" in problem.message
        assert problem.hint
    assert text_collides(path, "a", "b").severity is Severity.WARNING


def test_they_are_told_where_the_text_was_typed(tmp_path: Path) -> None:
    story = tmp_path / "01-salt.md"
    story.write_text("---\ntitle: Salt\n---\n\nSalt was *dear* then.\n")
    places = [kind(story, "salt", "was dear then").place for kind in (text_lost, text_covered, text_cut, text_collides)]
    assert places == [Place(story, 5, 6)] * 4
    assert text_lost(story, "salt", "Notes").place == Place(story)
