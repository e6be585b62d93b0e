"""Capitals and small capitals as each language sets them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild.layout import Layout, find_layout
from magbuild.paginate import paginate
from magbuild.paginate.capitals import unaccented
from magbuild.problem import Report
from tests.kit_galleys import small_galley
from tests.kit_pages import texts

STYLES = "@page { size: 120mm; margin: 9mm } p { margin: 0; font: 9pt 'Source Serif Pro'; %s }"
GREEK = "Μαΐου, γάιδαρος, Άννα, πρόλογος, έυ"


@pytest.fixture(scope="module")
def house() -> Layout:
    return find_layout("house", Path("no project"), Path("no issue"), Report())


def lines(house: Layout, content: str, style: str) -> list[str]:
    proof = paginate(small_galley("a", content, house.font_faces(frozenset(content)) + STYLES % style))
    assert proof.problems == ()
    return [line.strip() for line in texts(proof.pdf)[0].splitlines()]


def test_greek_capitals_have_no_accents_and_eszett_becomes_two_letters(house: Layout) -> None:
    content = f"<p lang='el'>{GREEK}</p><p lang='de'>Straße</p><p lang='tr'>ilk</p>"
    assert lines(house, content, "text-transform: uppercase") == [
        "ΜΑΪΟΥ, ΓΑΪΔΑΡΟΣ, ΑΝΝΑ, ΠΡΟΛΟΓΟΣ, ΕΫ",
        "STRASSE",
        "İLK",
    ]


@pytest.mark.parametrize("style", ["small-caps", "all-small-caps"])
def test_greek_small_capitals_have_none_either(house: Layout, style: str) -> None:
    content = f"<p lang='el'>{GREEK}</p><p lang='fr'>Élan né</p>"
    greek, french = lines(house, content, f"font-variant-caps: {style}")
    assert greek.casefold() == "μαϊου, γαϊδαρος, αννα, προλογος, εϋ".casefold()
    assert french.casefold() == "élan né"
    assert lines(house, f"<p lang='el'>{GREEK}</p>", "") == [GREEK]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("ΐ ΰ μή Ήρα ά Ά ώ ᾳ", "ϊ ϋ μη Ηρα α Α ω α"),
        ("άι έυ άυλος", "αϊ εϋ αϋλος"),
        ("é ς Έξω ή", "é ς Εξω ή"),
        ("", ""),
    ],
)
def test_accents_are_dropped_and_vowels_stay_apart(text: str, made: str) -> None:
    assert unaccented(text) == made


@given(st.text())
def test_no_letter_is_lost(text: str) -> None:
    assert len(unaccented(text)) == len(text)
