"""Text that is held back by what floats to the foot of a page is seen, so that it is set without floats."""

import pytest

from magbuild.lines import Measured
from magbuild.paginate.opened import engine
from tests.kit_lines import column, lines, page, picture

LEFT, RIGHT = column(0), column(1)
FULL, SHORT = page(lines(55, LEFT), lines(55, RIGHT)), page(lines(20, LEFT), lines(20, RIGHT))
AT_FOOT = page(lines(40, LEFT), lines(40, RIGHT), picture(column(0, 1, row=0), 42, 55))


@pytest.mark.parametrize(
    ("pages", "held_back"),  # pages, from 0
    [
        ((SHORT, FULL), [0]),
        ((FULL, SHORT), []),  # the text ends there
        ((AT_FOOT, FULL), []),
        ((FULL, SHORT, AT_FOOT), [1]),
        ((SHORT, page(lines(9, LEFT), forced=True)), []),  # the next page was wanted
        ((page(), FULL), []),  # a picture alone
        ((SHORT, page(), FULL), [0]),
        ((SHORT, page()), []),  # a filler that has no room
    ],
)
def test_text_is_held_back(pages: tuple[Measured, ...], held_back: list[int]) -> None:
    assert list(engine._held_back(pages)) == held_back
