"""Colours, and how much they differ."""

import pytest

from magbuild.contrast import NIGHT, RGB, WHITE, contrast, luminance, rgb


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#c8102e", (200, 16, 46)),
        ("#FFF", (255, 255, 255)),
        ("rebeccapurple", (102, 51, 153)),
        ("rgb(1, 2, 3)", (1, 2, 3)),
        ("#00000080", None),
        ("currentcolor", None),
        ("", None),
    ],
)
def test_colours_are_read_as_css_names_them(text: str, colour: RGB | None) -> None:
    assert rgb(text) == colour


def test_contrast_is_that_of_the_standard() -> None:
    assert luminance(WHITE) == pytest.approx(1)
    assert luminance((0, 0, 0)) == 0
    assert contrast(WHITE, (0, 0, 0)) == contrast((0, 0, 0), WHITE) == pytest.approx(21)
    assert contrast(WHITE, (119, 119, 119)) == pytest.approx(4.48, abs=0.01)  # #777, which just fails
    assert contrast(WHITE, (118, 118, 118)) == pytest.approx(4.54, abs=0.01)  # #767676, which just passes
    assert contrast(NIGHT, (29, 74, 87)) == pytest.approx(1.97, abs=0.02)
