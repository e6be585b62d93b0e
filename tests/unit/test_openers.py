"""How stories begin: the forms of the opener, what each does with the picture, and where head and text stand."""

from pathlib import Path

import pytest

from magbuild.load.openers import with_opener
from magbuild.model import FrontMatter, Opener, Picture, Span
from tests.kit import assert_problems, issue_of, read_issue
from tests.kit_house import RED, galleys_of, proof_of, story
from tests.kit_pages import extent, texts

pytestmark = pytest.mark.slow

PICTURE = f"picture: {{file: {RED}, alt: Red, caption: The caption, credit: The credit, place: bleed}}"
BOOK = 'review: {title: "Red: A Life", author: B. Author, publisher: Press, year: 2020, pages: 200, price: £20}'
WIDE, HIGH, BLEED, SIDE = 210, 297, 3, 17


@pytest.mark.parametrize(
    ("opener", "typed", "place"),
    [
        (None, Span.BLEED, Span.BLEED),
        (Opener.ESSAY, Span.COLUMN, Span.COLUMN),
        (Opener.ESSAY, Span.BLEED, Span.BLEED),
        (Opener.ESSAY, Span.SPREAD, Span.PAGE),
        (Opener.PICTURE, Span.COLUMN, Span.FULL),
        (Opener.SPREAD, Span.COLUMN, Span.SPREAD),
        (Opener.REVIEW, Span.BLEED, Span.COLUMN),
    ],
)
def test_an_opener_has_a_place_for_its_picture(opener: Opener | None, typed: Span, place: Span) -> None:
    front = FrontMatter(title="Salt", opener=opener, picture=Picture(file="a.jpg", place=typed))
    opened = with_opener(front)
    assert opened.picture is not None
    assert (opened.picture.file, opened.picture.place) == ("a.jpg", place)


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("opener: picture", "037/01-salt.md:4:1 bad-opener"),
        ("opener: spread", "037/01-salt.md:4:1 bad-opener"),
        ("opener: review", "037/01-salt.md:4:1 bad-opener"),
        ("opener: pictures", "037/01-salt.md:4:1 bad-value"),
        ("opener: essay", ""),
    ],
)
def test_an_opener_that_lacks_what_it_is_made_of_is_told(tmp_path: Path, front: str, problem: str) -> None:
    folder = issue_of(tmp_path, {"037/01-salt.md": story(front)})
    assert_problems(read_issue(folder), *([problem] if problem else []))


def test_the_picture_of_an_opener_fills_the_first_page_to_the_bleed_and_the_text_begins_on_the_next(
    tmp_path: Path,
) -> None:
    proof = proof_of(tmp_path, "salt", {"037/01-salt.md": story(f"opener: picture\n{PICTURE}")})
    assert extent(proof.pdf, 0, "R") == pytest.approx((-BLEED, -BLEED, WIDE + BLEED, HIGH + BLEED), abs=0.06)
    first, second = (" ".join(text.split()) for text in texts(proof.pdf)[:2])
    for words in ("Salt", "By Ana Lima", "The caption", "The credit"):
        assert words in first
    assert "the road" not in first
    assert "alt was dear, and the road" in second


def test_the_picture_of_a_spread_runs_over_two_pages_and_the_text_begins_on_the_right_one(tmp_path: Path) -> None:
    files = {"037/01-salt.md": story(f"opener: spread\n{PICTURE}")}
    assert str(galleys_of(tmp_path, files)["salt"].start) == "verso"
    proof = proof_of(tmp_path, "salt", files)
    left, right = extent(proof.pdf, 0, "R"), extent(proof.pdf, 1, "R")
    assert (left[0], left[1]) == pytest.approx((-BLEED, -BLEED), abs=0.06)
    assert (right[1], right[2]) == pytest.approx((-BLEED, WIDE + BLEED), abs=0.06)
    assert left[3] == pytest.approx(right[3], abs=0.06)
    assert "the road" not in texts(proof.pdf)[0]
    assert "the road" in texts(proof.pdf)[1]


def test_the_head_of_an_essay_stands_over_its_text_and_its_picture_in_the_type_area(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, "salt", {"037/01-salt.md": story(f"opener: essay\n{PICTURE.replace('bleed', 'page')}")})
    left, top, right, bottom = extent(proof.pdf, 0, "R")
    assert (left, right) == pytest.approx((SIDE, WIDE - SIDE), abs=0.06)
    assert 40 < top < bottom < HIGH / 2 + 30
    assert "the road" in texts(proof.pdf)[0]


def test_a_review_with_an_opener_has_pages_of_its_own_with_the_book_over_the_first_of_three_columns(
    tmp_path: Path,
) -> None:
    files = {
        "037/01-salt.md": story(f"type: review\nopener: review\n{BOOK}\n{PICTURE}"),
        "037/02-tea.md": story(f"type: review\n{BOOK}"),
    }
    galleys = galleys_of(tmp_path, files)
    assert (galleys["salt"].stories, galleys["tea"].stories) == (("salt",), ("tea",))
    proof = proof_of(tmp_path, "salt", files)
    left, top, right, _ = extent(proof.pdf, 0, "R")
    column = (WIDE - 2 * SIDE - 2 * 6) / 3
    assert left == pytest.approx(SIDE, abs=0.06)
    assert right < SIDE + column
    assert top < 30
    (text,) = texts(proof.pdf)
    for words in ("Red: A Life", "B. Author", "Press, 2020, 200 pages, £20", "By Ana Lima"):
        assert words in text.replace("\xa0", " ")
