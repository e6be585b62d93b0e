"""What falls on which page: order, sides, signatures, and what is said about blanks and the budget."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild.compose import Galley
from magbuild.flatplan import SIGNATURE, Flatplan, check, plan
from magbuild.grouping import BACK_COVER, COVER
from magbuild.model import Binding, Start
from magbuild.problem import Place, Problem, Report, Severity
from tests.kit_galleys import FOLDER, small_galley, small_issue

SHEET = FOLDER / "issue.yaml"


def galley(slug: str, start: Start = Start.ANY) -> Galley:
    made = slug in (COVER, BACK_COVER)
    return small_galley(
        slug, start=start, stories=() if made else (slug,), path=SHEET if made else FOLDER / f"{slug}.md"
    )


def laid(
    lengths: Mapping[str, int], binding: Binding = Binding.SADDLE, starts: Mapping[str, Start] | None = None
) -> Flatplan:
    """Lay galleys of these lengths, between the covers."""
    starts = starts or {}
    lengths = {COVER: 1, **lengths, BACK_COVER: 1}
    galleys = [galley(slug, starts.get(slug, Start.ANY)) for slug in lengths]
    return plan(small_issue(binding=binding), galleys, lengths)


def drawn(flatplan: Flatplan) -> str:
    """Return the flatplan as a line: each page's galley by its first letter, blanks as dots."""
    return "".join(slot.galley.slug[0] if slot.galley else "." for slot in flatplan.slots)


def problems(flatplan: Flatplan, binding: Binding = Binding.SADDLE, pages: int | None = None) -> list[Problem]:
    report = Report()
    check(small_issue(binding=binding, pages=pages), flatplan, report)
    return list(report)


# --- Laying ---


def test_pages_follow_one_another_and_blanks_stand_before_the_back_cover() -> None:
    flatplan = laid({"salt": 3, "tea": 1})
    assert drawn(flatplan) == "cssst..b"
    assert flatplan.first_pages == {"cover": 1, "salt": 2, "tea": 5, "back-cover": 8}
    assert flatplan.blanks == (6, 7)
    assert [slot.page for slot in flatplan.slots if slot.galley and slot.galley.slug == "salt"] == [0, 1, 2]


def test_an_issue_that_fills_its_signatures_has_no_blanks() -> None:
    assert drawn(laid({"salt": 5, "tea": 1})) == "cssssstb"


def test_a_perfectly_bound_issue_needs_an_even_number_of_pages_only() -> None:
    assert drawn(laid({"salt": 4}, Binding.PERFECT)) == "cssssb"
    assert drawn(laid({"salt": 3}, Binding.PERFECT)) == "csss.b"


@pytest.mark.parametrize(
    ("start", "first", "line"),
    [
        (Start.ANY, 1, "cstb"),
        (Start.RECTO, 1, "cstb"),
        (Start.VERSO, 1, "cs.t...b"),
        (Start.RECTO, 2, "css.t..b"),
        (Start.VERSO, 2, "csst...b"),
    ],
)
def test_a_story_starts_on_its_side(start: Start, first: int, line: str) -> None:
    assert drawn(laid({"salt": first, "tea": 1}, starts={"tea": start})) == line


def test_odd_pages_are_recto_and_even_ones_verso() -> None:
    assert [slot.side for slot in laid({"salt": 2}).slots] == [
        Start.RECTO,
        Start.VERSO,
        Start.RECTO,
        Start.VERSO,
    ]


lengths = st.lists(st.tuples(st.integers(min_value=1, max_value=9), st.sampled_from(Start)), min_size=0, max_size=12)


@given(stories=lengths, binding=st.sampled_from(Binding), back=st.integers(min_value=1, max_value=3))
def test_what_holds_of_every_flatplan(stories: Sequence[tuple[int, Start]], binding: Binding, back: int) -> None:
    sizes = {COVER: 1, **{f"story-{number}": length for number, (length, _) in enumerate(stories)}, BACK_COVER: back}
    starts = {f"story-{number}": start for number, (_, start) in enumerate(stories)}
    galleys = [galley(slug, starts.get(slug, Start.ANY)) for slug in sizes]
    flatplan = plan(small_issue(binding=binding), galleys, sizes)
    # Numbered from 1 without a gap.
    assert [slot.number for slot in flatplan.slots] == list(range(1, len(flatplan.slots) + 1))
    # Every page of every galley exactly once, in order.
    assert [(slot.galley.slug, slot.page) for slot in flatplan.slots if slot.galley] == [
        (slug, page) for slug, length in sizes.items() for page in range(length)
    ]
    # Every story on its side.
    for slug, start in starts.items():
        assert start in (Start.ANY, flatplan.slots[flatplan.first_pages[slug] - 1].side)
    # Whole signatures, without more blanks than that takes.
    assert len(flatplan.slots) % SIGNATURE[binding] == 0
    last = flatplan.first_pages[BACK_COVER]
    before_back = [
        number
        for number in flatplan.blanks
        if number > max([0, *(slot.number for slot in flatplan.slots if slot.galley and slot.number < last)])
    ]
    assert len(before_back) < SIGNATURE[binding]
    # Elsewhere at most one blank in a row, before a story that asks for it.
    for number in set(flatplan.blanks) - set(before_back):
        after = flatplan.slots[number].galley
        assert after is not None
        assert after.start is not Start.ANY


# --- What is said about it ---


def test_an_issue_without_blanks_or_budget_has_no_problems() -> None:
    assert problems(laid({"salt": 2})) == []


def test_a_budget_that_fits_is_not_mentioned() -> None:
    assert problems(laid({"salt": 2}), pages=4) == []


def test_more_pages_than_the_budget_are_an_error_with_a_way_out() -> None:
    (problem,) = problems(laid({"salt": 5, "tea": 1}), pages=4)
    assert problem == Problem(
        Place(SHEET, 1, 1),
        "page-budget",
        "the issue has 8 pages, 4 more than its budget of 4",
        "cut 4 pages or set pages to a larger number; the longest are 'salt' (5 pages), 'tea' (1 page)",
    )


def test_fewer_pages_than_the_budget_are_a_warning() -> None:
    (problem,) = problems(laid({"salt": 2}), pages=8)
    assert (problem.severity, problem.code) == (Severity.WARNING, "page-budget")
    assert problem.message == "the issue has 4 pages, 4 fewer than its budget of 8"
    assert problem.hint == "add 4 pages of stories or adverts, or set pages to 4"


@pytest.mark.parametrize(
    ("binding", "pages", "rule", "hint"),
    [
        (Binding.SADDLE, 46, "saddle stitching takes a multiple of 4", "set pages to 44 or 48"),
        (Binding.PERFECT, 47, "perfect binding takes an even number", "set pages to 46 or 48"),
    ],
)
def test_a_budget_that_cannot_be_bound_is_an_error(binding: Binding, pages: int, rule: str, hint: str) -> None:
    (problem,) = problems(laid({"salt": 2}, binding), binding, pages)
    assert problem.severity is Severity.ERROR
    assert problem.message == f"a budget of {pages} pages can't be bound: {rule}"
    assert problem.hint == hint


def test_the_budget_is_pointed_at_where_it_stands() -> None:
    issue = small_issue(pages=4)
    place = Place(SHEET, 7, 1)
    placed = type(issue)(
        folder=issue.folder,
        magazine=issue.magazine,
        sheet=issue.sheet,
        stories=(),
        order=(),
        places={("pages",): place},
    )
    report = Report()
    check(placed, laid({"salt": 5, "tea": 1}), report)
    assert [problem.place for problem in report] == [place]


def test_a_blank_before_a_story_is_a_warning_on_its_page() -> None:
    flatplan = laid({"salt": 2, "tea": 3}, starts={"tea": Start.RECTO})
    assert drawn(flatplan) == "css.tttb"
    (problem,) = problems(flatplan)
    assert problem == Problem(
        Place(FOLDER / "tea.md", 1, 1, 4),
        "blank-page",
        "page 4 is blank, since 'tea' must start on a recto page",
        "move a full-page advert or a short story there, or set 'start: any'",
        Severity.WARNING,
    )


def test_blanks_before_the_back_cover_are_one_warning_with_the_rule_and_a_way_out() -> None:
    assert problems(laid({"salt": 3, "tea": 1})) == [
        Problem(
            Place(SHEET, 1, 1, 6),
            "blank-page",
            "pages 6 to 7 are blank: 6 pages can't be bound, saddle stitching takes a multiple of 4",
            "add 2 pages (an advert, a notice, another story) or come down by 2 pages: "
            "the longest are 'salt' (3 pages), 'tea' (1 page)",
            Severity.WARNING,
        )
    ]


def test_one_blank_is_spoken_of_in_the_singular() -> None:
    (problem,) = problems(laid({"salt": 3}, Binding.PERFECT), Binding.PERFECT)
    assert problem.message == "page 5 is blank: 5 pages can't be bound, perfect binding takes an even number"
    assert problem.hint.startswith("add 1 page (an advert, a notice, another story) or come down by 1 page:")


def test_ways_out_name_the_three_longest_stories_and_no_made_pages() -> None:
    problem = problems(laid({"a": 1, "b": 4, "c": 2, "d": 3, "e": 5}), pages=16)[0]
    assert problem.hint.endswith("the longest are 'e' (5 pages), 'b' (4 pages), 'd' (3 pages)")


def test_the_count_that_cannot_be_bound_is_no_multiple() -> None:
    flatplan = laid({"salt": 2, "tea": 4}, starts={"tea": Start.RECTO})
    assert drawn(flatplan) == "css.tttt...b"
    last = problems(flatplan)[0]
    assert last.message.startswith("pages 9 to 11 are blank: 9 pages can't be bound")
    assert last.hint.startswith("add 3 pages")


def test_an_issue_of_covers_only_is_checked_too() -> None:
    flatplan = laid({})
    assert drawn(flatplan) == "c..b"
    assert [problem.code for problem in problems(flatplan)] == ["blank-page"]


def test_places_are_files_an_editor_can_open() -> None:
    flatplan = laid({"salt": 2, "tea": 1}, starts={"tea": Start.RECTO})
    assert {problem.place.path for problem in problems(flatplan)} == {Path(SHEET), FOLDER / "tea.md"}
