"""Lengths and page sizes: what editors type, and what PDF and CSS are told."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild.measure import TRIMS, Length, Size


@pytest.mark.parametrize(
    ("text", "mm"),
    [
        ("3mm", 3),
        ("  2.5 cm ", 25),
        ("0.125in", 3.175),
        ("9pt", 3.175),
        ("72 pt", 25.4),
        ("0mm", 0),
        ("210.0mm", 210),
    ],
)
def test_a_length_is_read_in_its_unit(text: str, mm: float) -> None:
    assert Length.parse(text).mm == pytest.approx(mm, abs=1e-12)


@pytest.mark.parametrize("text", ["", "3", "mm", "-3mm", "3 px", "3mm 4mm", "1e3mm", ".5mm", "3.mm", "3,5mm", "nan mm"])
def test_what_is_no_length_is_refused_in_an_editors_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"^'.*' is not a length such as '3mm'$") as refused:
        Length.parse(text)
    assert f"'{text}'" in str(refused.value)


def test_points_are_seventy_two_to_the_inch() -> None:
    assert Length(25.4).pt == 72
    assert Length(210).pt == pytest.approx(595.2756, abs=1e-4)


@pytest.mark.parametrize(("mm", "css"), [(3, "3mm"), (212.725, "212.725mm"), (0, "0mm"), (3.175, "3.175mm")])
def test_css_gets_the_length_in_millimetres(mm: float, css: str) -> None:
    assert Length(mm).css == css


def test_lengths_have_an_order() -> None:
    assert Length.parse("9pt") < Length.parse("3.2mm") < Length.parse("1cm")


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        ("A4", 210, 297),
        (" a5 ", 148, 210),
        ("US Letter", 215.9, 279.4),
        ("210mm x 280mm", 210, 280),
        ("210mmx280mm", 210, 280),
        ("21cm × 28cm", 210, 280),
        ("8.5in x 279.4mm", 215.9, 279.4),
    ],
)
def test_a_size_is_a_name_or_two_lengths(text: str, width: float, height: float) -> None:
    size = Size.parse(text)
    assert [size.width.mm, size.height.mm] == pytest.approx([width, height])


@pytest.mark.parametrize("text", ["", "A9", "210mm", "210mm x", "x 280mm", "210 x 280", "1mm x 2mm x 3mm"])
def test_what_is_no_size_is_refused_in_an_editors_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (page size|length) such as"):
        Size.parse(text)


def test_css_gets_width_and_height() -> None:
    assert Size.parse("US Magazine").css == "212.725mm 276.225mm"


@pytest.mark.parametrize("name", TRIMS)
def test_every_named_trim_is_found_in_capitals_too(name: str) -> None:
    assert Size.parse(name.upper()) is TRIMS[name]


numbers = st.decimals(min_value=0, max_value=2000, places=3, allow_nan=False)
units = st.sampled_from(["mm", "cm", "in", "pt"])


@given(number=numbers, unit=units, gap=st.sampled_from(["", " ", "  ", "\t"]))
def test_every_number_with_a_unit_is_read_exactly(number: float, unit: str, gap: str) -> None:
    length = Length.parse(f"{number}{gap}{unit}")
    in_points = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72, "pt": 1}[unit] * float(number)
    assert math.isclose(length.pt, in_points, rel_tol=1e-12, abs_tol=1e-12)


@given(number=numbers, unit=units)
def test_css_says_the_length_to_a_hundredth_of_a_millimetre(number: float, unit: str) -> None:
    length = Length.parse(f"{number}{unit}")
    assert float(length.css.removesuffix("mm")) == pytest.approx(length.mm, rel=1e-5, abs=0.01)


def refusal(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except ValueError as refused:
        return str(refused)
    return ""


@given(text=st.text())
def test_free_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    for read in (Length.parse, Size.parse):
        words = refusal(read, text)
        assert words == "" or "such as" in words


@given(width=numbers, height=numbers, times=st.sampled_from(["x", " x ", "×", " × "]))
def test_a_size_is_read_side_by_side(width: float, height: float, times: str) -> None:
    assert Size.parse(f"{width}mm{times}{height}mm") == Size(Length(float(width)), Length(float(height)))
