"""Places, problems and the report: what they say, their order, and when a run has failed."""

from itertools import permutations
from pathlib import Path

import pytest

from magbuild.problem import Place, Problem, Report, Severity, warning

SALT = Path("issues/037/04-salt-roads.md")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(SALT), "issues/037/04-salt-roads.md"),
        (Place(SALT, 5), "issues/037/04-salt-roads.md:5"),
        (Place(SALT, 5, 1), "issues/037/04-salt-roads.md:5:1"),
        (Place(SALT, None, 3), "issues/037/04-salt-roads.md"),
        (Place(SALT, 5, 1, 12), "issues/037/04-salt-roads.md:5:1 (page 12)"),
        (Place(SALT, page=12), "issues/037/04-salt-roads.md (page 12)"),
    ],
)
def test_a_place_is_written_as_editors_open_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_problems_come_out_by_file_line_column_page_and_code() -> None:
    ordered = [
        Problem(Place(Path("a.md")), "z", "of the whole file"),
        Problem(Place(Path("a.md"), 2, 9), "b", "later column of an early line"),
        Problem(Place(Path("a.md"), 10, 1), "a", "line ten comes after line two"),
        Problem(Place(Path("a.md"), 10, 1), "b", "two codes in one spot"),
        Problem(Place(Path("a.md"), 10, 1), "b", "two messages of one code"),
        Problem(Place(Path("a.md"), 10, 1, 3), "a", "on a page"),
        Problem(Place(Path("b.md"), 1, 1), "a", "next file"),
    ]
    report = Report()
    report.extend(reversed(ordered))
    assert list(report) == ordered


def test_the_order_of_the_report_is_never_left_to_chance() -> None:
    place = Place(SALT, 1, 1)
    alike = [
        Problem(place, "dead-link", "nothing there", "first hint"),
        Problem(place, "dead-link", "nothing there", "second hint"),
        warning(place, "dead-link", "nothing there", "second hint"),
    ]
    assert len({tuple(sorted(some, key=lambda one: one.sort_key)) for some in permutations(alike)}) == 1


def test_the_same_problem_is_kept_once() -> None:
    report = Report()
    report.add(Problem(Place(SALT, 1), "a", "b"), Problem(Place(SALT, 1), "a", "b"))
    report.extend([Problem(Place(SALT, 1), "a", "b"), Problem(Place(SALT, 2), "a", "b")])
    assert len(report) == 2


@pytest.mark.parametrize(
    ("strict", "problems", "errors"),
    [
        (False, [], 0),
        (True, [], 0),
        (False, [warning(Place(SALT), "w", "m")], 0),
        (True, [warning(Place(SALT), "w", "m")], 1),
        (False, [warning(Place(SALT), "w", "m"), Problem(Place(SALT), "e", "m")], 1),
        (True, [warning(Place(SALT), "w", "m"), Problem(Place(SALT), "e", "m")], 2),
    ],
)
def test_errors_spoil_the_edition_and_warnings_only_a_strict_one(
    strict: bool, problems: list[Problem], errors: int
) -> None:
    report = Report(strict=strict)
    report.extend(problems)
    assert (report.errors, report.failed) == (errors, errors > 0)


def test_a_problem_is_an_error_unless_it_is_called_a_warning() -> None:
    assert Problem(Place(SALT), "a", "b").severity is Severity.ERROR
    assert warning(Place(SALT), "a", "b", "c") == Problem(Place(SALT), "a", "b", "c", Severity.WARNING)
