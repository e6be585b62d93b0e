"""Folded and gathered, the sheets read in order, every page once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild.imposition import Side, most_creep, padded, saddle, signatures
from magbuild.measure import Length


def sheets_of(sides: tuple[Side, ...]) -> list[tuple[Side, Side]]:
    """Pair fronts with backs, as a duplex printer does."""
    fronts, backs = sides[::2], sides[1::2]
    for front, back in zip(fronts, backs, strict=True):
        assert front.front
        assert not back.front
        assert (front.signature, front.sheet) == (back.signature, back.sheet)
    return list(zip(fronts, backs, strict=True))


def read(sheets: list[tuple[Side, Side]]) -> list[int | None]:
    """Fold sheets that lie within each other, the first outermost, and leaf through them.

    Turned over round its short edge, what is behind a front's right half is its back's left half.
    """
    first_half: list[int | None] = []
    second_half: list[int | None] = []
    for front, back in sheets:
        first_half += [front.right, back.left]
        second_half = [back.right, front.left, *second_half]
    return first_half + second_half


def gathered(sides: tuple[Side, ...]) -> list[int | None]:
    pages: list[int | None] = []
    sheets = sheets_of(sides)
    for number in sorted({side.signature for side in sides}):
        pages += read([pair for pair in sheets if pair[0].signature == number])
    return pages


def numbered(pages: int) -> list[int | None]:
    return [*range(1, pages + 1), *[None] * (padded(pages) - pages)]


@given(st.integers(0, 300))
def test_a_booklet_reads_in_order(pages: int) -> None:
    sides = saddle(pages)
    assert gathered(sides) == numbered(pages)
    assert len(sides) * 2 == padded(pages)
    assert {side.signature for side in sides} <= {1}


@given(st.integers(0, 300), st.integers(1, 16))
def test_gathered_signatures_read_in_order(pages: int, quarter: int) -> None:
    sides = signatures(pages, 4 * quarter)
    assert gathered(sides) == numbered(pages)
    for side in sides:
        assert 1 <= side.sheet <= quarter


def test_sixteen_pages() -> None:
    assert [(side.left, side.right) for side in saddle(16)] == [
        (16, 1),
        (2, 15),
        (14, 3),
        (4, 13),
        (12, 5),
        (6, 11),
        (10, 7),
        (8, 9),
    ]


def test_the_last_signature_is_as_small_as_can_be() -> None:
    sides = signatures(21, 16)
    assert [(side.signature, side.sheet, side.left, side.right) for side in sides[8:]] == [
        (2, 1, None, 17),
        (2, 1, 18, None),
        (2, 2, None, 19),
        (2, 2, 20, 21),
    ]


@pytest.mark.parametrize(("pages", "full"), [(0, 0), (1, 4), (4, 4), (5, 8), (46, 48)])
def test_blanks_fill_the_last_sheet(pages: int, full: int) -> None:
    assert padded(pages) == full


@pytest.mark.parametrize("of", [-4, 1, 6, 15])
def test_signatures_are_whole_sheets(of: int) -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        signatures(8, of)


def test_creep_grows_by_a_leaf_with_every_sheet_and_begins_anew_with_every_signature() -> None:
    leaf = Length(0.1)
    assert [round(side.creep(leaf).mm, 3) for side in saddle(16)] == [0, 0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3]
    assert [round(side.creep(leaf).mm, 3) for side in signatures(16, 8)] == [0, 0, 0.1, 0.1] * 2
    # 64 pages of 0.09 mm: 16 sheets.
    assert most_creep(saddle(64), Length(0.09)).mm == pytest.approx(1.35)
    assert most_creep((), leaf) == Length(0)
