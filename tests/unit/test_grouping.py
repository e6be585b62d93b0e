"""What is set together: adverts with pages of their own, and those that share them with a department."""

import pytest

from magbuild.grouping import groups
from magbuild.model import Advert, AdvertSize, Issue, Position, Story, StoryType
from tests.kit_galleys import small_issue, small_story

LETTERS = small_story("letters", type=StoryType.LETTERS)
NOTICES = small_story("notices", type=StoryType.NOTICE)
ESSAY = small_story("essay")


def advert(slug: str, size: str = "quarter", position: str = "") -> Story:
    booked = Advert(size=AdvertSize(size), position=Position.parse(position) if position else Position())
    return small_story(slug, type=StoryType.ADVERT, advert=booked)


def grouped(issue: Issue) -> str:
    return " ".join("+".join(group) for group in groups(issue))


@pytest.mark.parametrize(
    ("stories", "expected"),
    [
        ((LETTERS, advert("a", "half-horizontal"), NOTICES), "letters+a+notices"),
        ((LETTERS, advert("a"), advert("b"), NOTICES), "letters+a+b+notices"),
        # What fills a page has it to itself.
        ((LETTERS, advert("a", "half-horizontal"), advert("b", "half-horizontal"), NOTICES), "letters a+b notices"),
        ((LETTERS, *(advert(letter) for letter in "abcd")), "letters a+b+c+d"),
        # What is as high as a page can't stand amid text.
        ((LETTERS, advert("a", "half-vertical"), NOTICES), "letters a notices"),
        # No department, no text to share with.
        ((ESSAY, advert("a"), advert("b")), "essay a+b"),
        ((LETTERS, advert("a", "full"), NOTICES), "letters a notices"),
        ((LETTERS, advert("a", "spread"), NOTICES), "letters a notices"),
        # Booked beside a story, which is already in order here.
        ((advert("a", "third", "before letters"), LETTERS), "a+letters"),
    ],
)
def test_in_order(stories: tuple[Story, ...], expected: str) -> None:
    assert grouped(small_issue(*stories)) == f"cover {expected} back-cover"


def test_what_is_booked_for_pages_stands_apart_and_small_adverts_for_one_page_together() -> None:
    stories = (
        advert("d", "quarter", "page 7"),
        advert("b", "half-horizontal", "inside-front"),
        advert("e", "quarter", "page 7"),
        advert("c", "full", "page 5"),
        advert("f", "full", "any"),
        ESSAY,
        advert("g", "full", "inside-back"),
        advert("h", "full", "back-cover"),
    )
    assert grouped(small_issue(*stories)) == "cover b c d+e f essay g h"


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        (("quarter",), "essay letters+a"),
        (("quarter", "third"), "essay letters+a+b"),
        (("half-horizontal", "half-horizontal"), "a+b essay letters"),
        (("half-vertical",), "a essay letters"),
        (("full", "quarter"), "a essay letters+b"),
    ],
)
def test_small_adverts_that_may_stand_anywhere_join_the_last_department(sizes: tuple[str, ...], expected: str) -> None:
    adverts = (advert(slug, size, "any") for slug, size in zip("abc", sizes, strict=False))
    assert grouped(small_issue(ESSAY, LETTERS, *adverts)) == f"cover {expected} back-cover"


def test_without_a_department_they_have_pages_of_their_own() -> None:
    assert grouped(small_issue(ESSAY, advert("a", "quarter", "any"))) == "cover a essay back-cover"
