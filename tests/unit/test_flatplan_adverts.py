"""Adverts on the pages they are booked for, amid stories if need be, and those that may stand anywhere."""

import dataclasses
from typing import Any

import pytest

from magbuild.compose import Galley
from magbuild.flatplan import Flatplan, check, plan
from magbuild.grouping import BACK_COVER, COVER
from magbuild.model import Advert, AdvertSize, Issue, Position, Start, StoryType
from magbuild.problem import Report
from tests.kit_galleys import small_galley, small_issue, small_story


def advert(slug: str, position: str, length: int = 1) -> Galley:
    sides = {"recto": Start.RECTO, "verso": Start.VERSO}
    start = Start.VERSO if length == 2 else sides.get(position, Start.ANY)
    return small_galley(slug, bare=99, position=Position.parse(position), length=length, start=start)


def story(slug: str, **fields: Any) -> Galley:
    return small_galley(slug, **fields)


def issue_of(galleys: list[Galley]) -> Issue:
    stories = (
        small_story(galley.slug, type=StoryType.ADVERT, advert=Advert(size=AdvertSize.FULL, position=galley.position))
        for galley in galleys
    )
    return small_issue(*stories)


def laid(*between: tuple[Galley, int]) -> Flatplan:
    """Plan an issue of these galleys, each with its number of pages, between the covers."""
    last = [galley for galley, _ in between if galley.position.at_the_end]
    covers = [small_galley(COVER, stories=(), bare=99), small_galley(BACK_COVER, stories=(), bare=99)]
    rest = [galley for galley, _ in between if galley not in last]
    back = [] if any(str(galley.position) == "back-cover" for galley in last) else covers[1:]
    lengths = {COVER: 1, BACK_COVER: 1, **{galley.slug: pages for galley, pages in between}}
    galleys = [covers[0], *rest, *last, *back]
    return plan(issue_of([galley for galley, _ in between]), galleys, lengths)


def drawn(flatplan: Flatplan) -> str:
    """Draw a flatplan: the first letter of each page's galley, and an underscore for a blank."""
    return "".join(slot.galley.slug[0] if slot.galley else "_" for slot in flatplan.slots)


@pytest.mark.parametrize(
    ("between", "pages"),
    [
        ([(advert("A", "page 2"), 1), (story("s"), 5)], "cAsssssb"),
        ([(advert("A", "inside-front"), 1), (story("s"), 5)], "cAsssssb"),
        ([(advert("A", "inside-front", 2), 2), (story("s"), 4)], "cAAssssb"),
        ([(advert("A", "page 4"), 1), (story("s"), 5)], "cssAsssb"),
        ([(advert("A", "page 4", 2), 2), (story("s"), 4)], "cssAAssb"),
        ([(advert("B", "page 5"), 1), (advert("A", "page 3"), 1), (story("s"), 4)], "csAsBssb"),
        ([(advert("A", "page 4"), 1), (story("s"), 2), (story("t"), 3)], "cssAtttb"),
        ([(advert("A", "inside-back"), 1), (story("s"), 5)], "csssssAb"),
        ([(advert("A", "inside-back"), 1), (story("s"), 3)], "csss__Ab"),  # blanks go before the last pages
        ([(advert("A", "inside-back", 2), 2), (story("s"), 4)], "cssssAAb"),
        ([(advert("A", "back-cover"), 1), (story("s"), 6)], "cssssssA"),
        ([(advert("A", "inside-back"), 1), (advert("Z", "back-cover"), 1), (story("s"), 5)], "csssssAZ"),
        ([(advert("A", "page 6"), 1), (story("s"), 3)], "csss_A_b"),
        # An advert takes the place of a blank before a story that must start on the other side.
        ([(advert("A", "page 3"), 1), (story("s"), 1), (story("v", start=Start.VERSO), 4)], "csAvvvvb"),
    ],
)
def test_booked_pages(between: list[tuple[Galley, int]], pages: str) -> None:
    assert drawn(laid(*between)) == pages


def test_the_pages_of_a_story_go_on_after_an_advert() -> None:
    flatplan = laid((advert("A", "page 4"), 1), (story("s"), 5))
    assert [slot.page for slot in flatplan.slots if slot.galley and slot.galley.slug == "s"] == [0, 1, 2, 3, 4]
    assert flatplan.first_pages == {"cover": 1, "s": 2, "A": 4, "back-cover": 8}


@pytest.mark.parametrize(
    ("between", "pages"),
    [
        ([(advert("A", "any"), 1), (story("s"), 2), (story("t"), 3)], "cAsstttb"),
        ([(advert("A", "recto"), 1), (story("s"), 2), (story("t"), 3)], "csstttAb"),
        ([(advert("A", "verso"), 1), (story("s"), 2), (story("t"), 3)], "cAsstttb"),
        # Where it keeps a story from leaving a blank page before it.
        ([(advert("A", "any"), 1), (story("s"), 3), (story("v", start=Start.VERSO), 2)], "cAsssvvb"),
        # Not beside each other, if it can be helped.
        ([(advert("A", "any"), 1), (advert("B", "any"), 1), (story("s"), 2), (story("t"), 2)], "cAssBttb"),
        ([(advert("A", "any", 2), 2), (story("s"), 1), (story("t"), 3)], "cAAstttb"),
        ([(advert("A", "any", 2), 2), (story("contents"), 2), (story("t"), 2)], "cccAAttb"),
    ],
)
def test_adverts_that_may_stand_anywhere(between: list[tuple[Galley, int]], pages: str) -> None:
    assert drawn(laid(*between)) == pages


@pytest.mark.parametrize(
    ("between", "message", "hint"),
    [
        (
            [(advert("A", "page 60"), 1), (story("s"), 5)],
            "'A' is booked for page 60, and the issue has 8 pages",
            "book a page up to 7, or inside-back",
        ),
        (
            [(advert("A", "page 8"), 1), (story("s"), 5)],
            "'A' is booked for page 8, which is one of the last 1 page",
            "book a page up to 7, or inside-back",
        ),
        (
            [(advert("A", "page 3"), 1), (story("w", start=Start.VERSO, bare=2), 5)],
            "page 3 is the right half of a spread: 'A' stands on page 4",
            "book page 2 or page 4",
        ),
    ],
)
def test_what_cannot_be_had_is_said(between: list[tuple[Galley, int]], message: str, hint: str) -> None:
    flatplan = laid(*between)
    report = Report()
    issue = issue_of([galley for galley, _ in between])
    check(issue, flatplan, report)
    (problem,) = report
    assert (problem.code, problem.message, problem.hint) == ("advert-position", message, hint)
    assert problem.place == issue.story("A").place("advert", "position")


def test_a_blank_before_a_booked_page_says_why() -> None:
    galleys = [(advert("A", "page 6"), 1), (story("s"), 3)]
    report = Report()
    check(issue_of([galley for galley, _ in galleys]), laid(*galleys), report)
    first, second = report
    assert first.message == "page 5 is blank, since 'A' is booked for page 6"
    assert second.message.startswith("page 7 is blank: 7 pages can't be bound")


@pytest.mark.parametrize("position", ["any", "page 4"])
def test_a_plan_of_what_is_there_so_far_has_no_last_pages(position: str) -> None:
    galleys = [small_galley(COVER, stories=()), advert("A", position), story("s")]
    found = plan(small_issue(), galleys, {COVER: 1, "A": 1, "s": 4})
    assert sorted(drawn(found)) == sorted("cAssss")
    assert [slot.number for slot in found.slots] == list(range(1, len(found.slots) + 1))


def test_the_same_galley_is_told_from_one_that_is_equal() -> None:
    galley = advert("A", "any")
    twin = dataclasses.replace(galley, slug="B")
    assert drawn(laid((galley, 1), (twin, 1), (story("s"), 2), (story("t"), 2))).count("A") == 1
