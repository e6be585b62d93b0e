"""Each check on pages: what it finds on a page that is wrong, and that it finds nothing on one that is right."""

from dataclasses import replace
from pathlib import Path

import pytest

from magbuild import checks
from magbuild.checks import columns, room, setting
from magbuild.letters import Part, Spot
from magbuild.lines import Kind, Line
from magbuild.load import load
from magbuild.problem import Place, Report, Severity
from magbuild.proofreading import Tally, in_a_line
from tests.kit import STORY, issue_of
from tests.kit_lines import FOOT, PITCH, column, line, lines, page, picture, read, told

LEFT, RIGHT = column(0), column(1)
FULL = 55  # lines of a column
GOOD = page(lines(FULL, LEFT), lines(FULL, RIGHT))


def test_good_pages_have_nothing_against_them() -> None:
    report = Report()
    tallies = checks.proofread(read(GOOD, GOOD, page(lines(9, LEFT), lines(8, RIGHT))), report)
    assert list(report) == []
    assert [tally.wrong for tally in tallies] == [0] * len(checks.PROOFS)
    assert {tally.code for tally in tallies} == {check.__name__.replace("_", "-") for check in checks.PROOFS}


def test_what_is_found_is_a_warning() -> None:
    report = Report()
    checks.proofread(read(page(lines(3, LEFT), lines(9, RIGHT)), GOOD), report)
    assert {(problem.code, problem.severity) for problem in report} == {
        ("uneven-columns", Severity.WARNING),
        ("hole", Severity.WARNING),
    }


def test_what_is_wrong_in_a_filler_is_told_where_it_was_written(tmp_path: Path) -> None:
    lamps = "---\ntitle: Lamps\ntype: filler\n---\n\nLamps are cheap today.\n"
    folder = issue_of(tmp_path, {"037/01-salt.md": STORY, "037/02-lamps.md": lamps})
    found = read(GOOD, issue=load(folder, Report()))
    one = replace(found.pages[0], guests=("lamps",))
    assert found.place(one, "Lamps are cheap") == Place(folder / "02-lamps.md", 6, 1, page=1)
    assert found.place(one, "Salt was dear") == Place(folder / "01-salt.md", 5, 1, page=1)


# --- Room ---


def test_text_near_an_edge() -> None:
    near = replace(LEFT, left=5.0)
    found = room.text_near_edge(read(page(lines(3, LEFT), line(3, near, left=5.0, text="Salt"))))
    assert told(found) == [("text-near-edge", 1, "'Salt' stands 3.5 pt too near to the left edge")]
    assert (found.examined, found.wrong) == (4, 1)


def test_text_on_a_picture() -> None:
    found = room.picture_overlap(read(page(lines(4, LEFT), picture(LEFT, 3, 9), lines(2, RIGHT))))
    assert told(found) == [("picture-overlap", 1, "'line 3 of column 0' lies on a picture")]
    assert (found.examined, found.wrong) == (6, 1)
    assert room.picture_overlap(read(page(lines(3, LEFT), picture(LEFT, 3, 9)))).wrong == 0


def test_text_that_a_layout_puts_on_a_picture_is_no_mistake() -> None:
    assert room.picture_overlap(read(page(picture(LEFT, 0, 9), lines(2, LEFT, flows=False)))).examined == 0


@pytest.mark.parametrize(("at", "wrong"), [(54, 1), (57, 0)])
def test_a_folio_on_text(at: int, wrong: int) -> None:
    folio = page(line(at, LEFT, text="Salt 1", kind=Kind.OTHER))
    found = room.folio_overlap(read(page(lines(FULL, LEFT)), masters=[folio]))
    assert (found.examined, found.wrong) == (1, wrong)
    assert [code for code, _, _ in told(found)] == ["folio-overlap"] * wrong


# --- Columns ---


def test_a_line_off_the_grid() -> None:
    shifted = line(7, RIGHT, baseline=RIGHT.top + 7 * PITCH + 10.4, text="Salt")
    found = columns.off_grid(read(page(lines(9, LEFT), lines(7, RIGHT), shifted)))
    assert told(found) == [("off-grid", 1, "'Salt' in column 2 of 2 stands +0.40 pt off the grid")]
    assert (found.examined, found.wrong) == (17, 1)
    assert found.worst == pytest.approx(0.4)


def test_a_hair_off_the_grid_is_not_seen() -> None:
    nearly = line(7, RIGHT, baseline=RIGHT.top + 7 * PITCH + 10.2)
    assert columns.off_grid(read(page(lines(9, LEFT), nearly))).wrong == 0
    assert columns.off_grid(read(page(lines(9, LEFT), nearly), off_grid=0.1)).wrong == 1


def test_the_grid_reaches_over_facing_pages() -> None:
    lower = page(tuple(replace(one, baseline=one.baseline + 4) for one in lines(5, LEFT)))
    found = columns.off_grid(read(GOOD, lower))
    assert [(code, number) for code, number, _ in told(found)] == [("off-grid", 2)]
    assert found.wrong == 5


def test_only_running_text_is_on_the_grid() -> None:
    others = [line(9, LEFT, baseline=3.0, kind=Kind.CAPTION), line(9, LEFT, baseline=3.0, pitch=0.0)]
    assert columns.off_grid(read(page(lines(9, LEFT), *others))).examined == 9


def test_columns_that_end_apart() -> None:
    found = columns.uneven_columns(read(page(lines(FULL, LEFT), lines(FULL - 3, RIGHT)), GOOD))
    message = "column 2 of 2 ends 3.0 lines above column 1 of 2"
    assert told(found) == [("uneven-columns", 1, message)]
    assert found.worst == pytest.approx(3)
    one_apart = page(lines(FULL, LEFT), lines(FULL - 1, RIGHT))
    assert columns.uneven_columns(read(one_apart, GOOD)).wrong == 0


def test_the_last_page_of_a_story_may_end_as_it_does() -> None:
    short = page(lines(20, LEFT), lines(9, RIGHT))
    assert columns.uneven_columns(read(short)).examined == 0
    assert columns.uneven_columns(read(short, replace(GOOD, forced=True))).examined == 0


def test_a_page_is_the_last_where_the_next_one_begins_a_story() -> None:
    short = page(lines(20, LEFT), lines(9, RIGHT))
    assert columns.uneven_columns(read(short, GOOD, starts=[(), (Spot("pass", Part.HEAD),)])).wrong == 0
    assert columns.uneven_columns(read(short, GOOD, starts=[(), (Spot("pass", Part.BODY),)])).wrong == 1
    assert columns.uneven_columns(read(short, GOOD, starts=[(), (Spot("salt", Part.HEAD, 7),)])).wrong == 1


def test_a_picture_fills_its_column() -> None:
    shown = page(lines(FULL, LEFT), lines(40, RIGHT), picture(RIGHT, 41, FULL))
    assert columns.uneven_columns(read(shown, GOOD)).wrong == 0


def test_a_hole_amid_a_column() -> None:
    below = tuple(line(at, LEFT) for at in range(20, FULL))
    found = columns.hole(read(page(lines(10, LEFT), below, lines(FULL, RIGHT)), GOOD))
    assert told(found) == [("hole", 1, "10 lines are empty, from 190 pt below the head of the page")]
    assert columns.hole(read(page(lines(16, LEFT), below, lines(FULL, RIGHT)), GOOD)).wrong == 0


def test_a_hole_at_the_foot_of_a_page() -> None:
    short = page(lines(45, LEFT), lines(45, RIGHT))
    assert [number for _, number, _ in told(columns.hole(read(short, GOOD)))] == [1]
    assert columns.hole(read(short)).wrong == 0  # the story ends there
    at_foot = picture(column(0, 1, row=0), 46, FULL)
    assert columns.hole(read(page(short.lines, at_foot), GOOD)).wrong == 0


def test_a_column_of_one_line() -> None:
    found = columns.one_line_column(read(page(lines(9, LEFT), lines(1, RIGHT, text="Salt"))))
    assert told(found) == [("one-line-column", 1, "'Salt' stands alone in column 2 of 2")]
    assert columns.one_line_column(read(page(lines(2, LEFT), lines(1, RIGHT)))).wrong == 0


@pytest.mark.parametrize(("longest", "wrong"), [(4, 0), (5, 1)])
def test_the_columns_of_a_very_short_story_can_be_no_better(longest: int, wrong: int) -> None:
    assert columns.one_line_column(read(page(lines(longest, LEFT), lines(1, RIGHT)))).wrong == wrong


def test_a_page_of_one_line() -> None:
    full, alone = page(lines(9, column(0, 1))), page(lines(1, column(0, 1)))
    assert [message for _, _, message in told(columns.one_line_column(read(full, alone)))] == [
        "'line 0 of column 0' stands alone in the page"
    ]
    assert columns.one_line_column(read(alone)).wrong == 0, "a story may be a line long"


def test_a_widow() -> None:
    found = columns.widow(read(page(lines(9, LEFT), line(0, RIGHT, last=True, text="thing."), line(1, RIGHT))))
    assert told(found) == [("widow", 1, "'thing.' stands alone at the head of column 2 of 2")]
    whole = line(0, RIGHT, first=True, last=True)
    assert columns.widow(read(page(lines(9, LEFT), whole, line(1, RIGHT)))).wrong == 0


def test_an_orphan() -> None:
    found = columns.orphan(read(page(lines(8, LEFT), line(8, LEFT, first=True, text="Then"), lines(9, RIGHT))))
    assert told(found) == [("orphan", 1, "'Then' stands alone at the foot of column 1 of 2")]
    whole = line(8, LEFT, first=True, last=True)
    assert columns.orphan(read(page(lines(8, LEFT), whole, lines(9, RIGHT)))).wrong == 0


@pytest.mark.parametrize(("under", "wrong"), [(0, 1), (1, 1), (2, 0)])
def test_a_heading_at_the_foot_of_a_column(under: int, wrong: int) -> None:
    at = FULL - under - 1
    heading = line(at, LEFT, kind=Kind.HEADING, text="Salt")
    foot = tuple(line(each, LEFT) for each in range(at + 1, FULL))
    found = columns.stranded_heading(read(page(lines(at, LEFT), heading, foot, lines(FULL, RIGHT))))
    assert (found.examined, found.wrong) == (1, wrong)
    assert told(found) == [("stranded-heading", 1, "the heading 'Salt' stands at the foot of column 1 of 2")] * wrong


def test_a_heading_over_the_last_line_of_a_story_stands_well() -> None:
    note = page(lines(8, LEFT), lines(7, RIGHT), line(7, RIGHT, kind=Kind.HEADING), line(8, RIGHT, kind=Kind.NOTE))
    assert columns.stranded_heading(read(note)).wrong == 0


def test_a_heading_over_the_one_line_that_ends_a_story_is_not_stranded() -> None:
    heading, only = line(0, LEFT, kind=Kind.HEADING, text="Salt"), line(1, LEFT, last=True)
    about = line(0, RIGHT, kind=Kind.OTHER)
    assert columns.stranded_heading(read(page(heading, only, about))).wrong == 0
    assert columns.stranded_heading(read(page(heading, only, line(0, RIGHT)))).wrong == 1


def test_a_heading_over_one_line_with_another_behind_it_is_not_stranded() -> None:
    heading, other = (line(0, side, kind=Kind.HEADING, text="Salt") for side in (LEFT, RIGHT))
    behind = (other, line(1, RIGHT, last=True))
    assert columns.stranded_heading(read(page(heading, line(1, LEFT, last=True), *behind))).wrong == 0
    assert columns.stranded_heading(read(page(heading, line(1, LEFT), *behind))).wrong == 1
    assert columns.stranded_heading(read(page(heading, *behind))).wrong == 1


# --- Lines ---


def test_loose_lines_are_told_when_there_are_too_many() -> None:
    loose = line(9, LEFT, spacing=0.7, text="a very loose line")
    few = read(page(lines(99, LEFT), loose))
    assert (setting.loose_line(few).wrong, told(setting.loose_line(few))) == (1, [])
    many = setting.loose_line(read(page(lines(9, LEFT), loose, line(10, LEFT, spacing=0.1, text="tight"))))
    assert (many.examined, many.wrong, many.worst) == (11, 2, 0.7)
    assert told(many) == [
        ("loose-line", 1, "the spaces in 'a very loose line' are 0.70 em wide"),
        ("loose-line", 1, "the spaces in 'tight' are 0.10 em wide"),
    ]


def test_a_justified_line_that_is_too_short() -> None:
    found = setting.loose_line(read(page(lines(9, LEFT), line(9, LEFT, spacing=0.0, short=90.0, text="ism."))))
    assert told(found) == [("loose-line", 1, "'ism.' is 90 pt too short for its column")]


def test_limits_are_those_of_the_layout() -> None:
    wide = page(lines(9, LEFT, spacing=0.6))
    assert setting.loose_line(read(wide)).wrong == 9
    assert setting.loose_line(read(wide, widest=0.7)).wrong == 0


def hyphens(*ends: bool) -> tuple[object, ...]:
    return tuple(line(at, LEFT, hyphenated=end, text=f"line {at}-" if end else "line") for at, end in enumerate(ends))


def test_three_hyphens_in_a_row() -> None:
    found = setting.hyphen_ladder(read(page(hyphens(False, True, True, True, False, True))))  # type: ignore[arg-type]
    assert told(found) == [("hyphen-ladder", 1, "3 lines in a row end with a hyphen, the last of them 'line 3-'")]
    assert (found.examined, found.worst) == (2, 3)


def test_hyphens_of_two_paragraphs_are_no_row() -> None:
    rows = (*lines(2, LEFT, hyphenated=True), line(2, LEFT, first=True, hyphenated=True))
    assert setting.hyphen_ladder(read(page(rows))).wrong == 0


def test_hyphens_go_on_in_the_next_column_and_on_the_next_page() -> None:
    first = page(lines(1, LEFT, hyphenated=True), lines(1, RIGHT, hyphenated=True))
    found = setting.hyphen_ladder(read(first, page(lines(1, LEFT, hyphenated=True))))
    assert [(code, number) for code, number, _ in told(found)] == [("hyphen-ladder", 2)]


def gapped(*places: float, first: int = 0, wide: float = 6.0) -> list[Line]:
    """Lines with one wide space each, so far from the left."""
    return [line(first + at, LEFT, gaps=((90.0, 91.0), (x, x + wide))) for at, x in enumerate(places)]


def test_wide_spaces_under_each_other_are_a_river() -> None:
    found = setting.river(read(page(line(0, LEFT), gapped(120, 122, 119, 118.5, first=1), lines(3, RIGHT))))
    message = "wide spaces stand under each other in 4 lines, from 'line 1 of column 0' on"
    assert told(found) == [("river", 1, message)]
    assert (found.examined, found.wrong, found.worst) == (1, 1, 4)
    assert setting.river(read(page(gapped(120, 122, 119, 118.5)), rivers=4)).wrong == 0


@pytest.mark.parametrize("places", [(120, 122, 119), (120, 124, 128, 132), (120, 122, 180, 119, 118)])
def test_a_river_dries_up(places: tuple[float, ...]) -> None:
    rows = [replace(each, gaps=each.gaps[1:]) for each in gapped(*places)]
    assert setting.river(read(page(rows))).wrong == 0


def test_a_river_ends_where_lines_are_no_neighbours() -> None:
    upper, lower = gapped(120, 120), gapped(120, 120, first=3)
    assert setting.river(read(page(upper, line(2, LEFT), lower))).wrong == 0
    assert setting.river(read(page(upper, lower))).wrong == 0


def test_an_end_mark_on_a_line_of_its_own() -> None:
    found = setting.lone_end_mark(read(page(lines(3, LEFT), line(3, LEFT, text="", marked=True))))
    assert told(found) == [("lone-end-mark", 1, "the end mark stands on a line of its own")]
    assert setting.lone_end_mark(read(page(line(3, LEFT, marked=True)))).wrong == 0


def test_the_type_area_is_where_the_kit_says() -> None:
    assert lines(FULL, LEFT)[-1].bottom == FOOT


# --- Told in a line ---


def test_a_line_names_the_measure_that_is_kept_least() -> None:
    tallies = (
        Tally(code="widow", about="columns that begin well", examined=40, wrong=0),
        Tally(code="loose-line", about="even lines", examined=1000, wrong=13),
    )
    assert in_a_line(tallies) == "typography: 2 of 2 measures kept; 98.7 % of 1,000 even lines"
    assert in_a_line(()) == ""


def test_a_line_names_the_measures_that_are_not_kept() -> None:
    widow = columns.widow(read(page(lines(9, LEFT), line(0, RIGHT, last=True, text="thing."), line(1, RIGHT))))
    orphan = Tally(code="orphan", about="columns that end well", examined=40, wrong=0)
    assert in_a_line((widow, orphan)) == "typography: 1 of 2 measures kept, not widow"
