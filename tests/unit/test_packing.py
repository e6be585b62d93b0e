"""Adverts of several sizes on as few pages as hold them."""

from itertools import product

import pytest

from magbuild.model import AdvertSize
from magbuild.packing import COLUMNS, ROWS, fills_pages, pack

SIZES = {"h": AdvertSize.HALF, "v": AdvertSize.HALF_VERTICAL, "t": AdvertSize.THIRD, "q": AdvertSize.QUARTER}


def drawn(letters: str) -> list[str]:
    """Draw packed pages: a line for each row, in which every advert has the letter of its place among them."""
    pages = []
    for cells in pack([SIZES[letter] for letter in letters]):
        grid = [["_"] * COLUMNS for _ in range(ROWS)]
        for cell in cells:
            for row, column in product(range(cell.rows), range(cell.columns)):
                assert grid[cell.row + row][cell.column + column] == "_", "two adverts lie on each other"
                grid[cell.row + row][cell.column + column] = "abcdefgh"[cell.index]
        pages.append("\n".join("".join(line) for line in grid))
    return pages


@pytest.mark.parametrize(
    ("letters", "pages"),
    [
        ("hh", ["aa aa aa bb bb bb"]),
        ("ttt", ["aa aa bb bb cc cc"]),
        ("vv", ["ab ab ab ab ab ab"]),
        ("qqqq", ["ab ab ab cd cd cd"]),
        ("qqh", ["cc cc cc ab ab ab"]),
        ("hqq", ["aa aa aa bc bc bc"]),
        ("qvq", ["ba ba ba bc bc bc"]),
        ("th", ["bb bb bb aa aa __"]),
        ("q", ["a_ a_ a_ __ __ __"]),
        ("vhv", ["ac ac ac ac ac ac", "bb bb bb __ __ __"]),
        ("hvv", ["aa aa aa __ __ __", "bc bc bc bc bc bc"]),  # pages come in the order of their first advert
        ("hhh", ["aa aa aa bb bb bb", "cc cc cc __ __ __"]),
        ("", []),
    ],
)
def test_pages(letters: str, pages: list[str]) -> None:
    assert drawn(letters) == [page.replace(" ", "\n") for page in pages]


@pytest.mark.parametrize(
    ("letters", "full"),
    [("hh", True), ("ttt", True), ("vqq", True), ("hhvv", True), ("hhvq", False), ("hq", False), ("th", False)],
)
def test_whether_pages_are_filled(letters: str, full: bool) -> None:
    assert fills_pages([SIZES[letter] for letter in letters]) is full


def test_every_advert_is_on_one_page_and_none_lies_on_another() -> None:
    for letters in ("".join(some) for length in range(1, 6) for some in product("hvtq", repeat=length)):
        found = "".join(drawn(letters))
        for index, letter in enumerate(letters):
            assert found.count("abcdefgh"[index]) == {"h": 6, "v": 6, "t": 4, "q": 3}[letter], letters
