"""Which fonts set a page: the layout's, each letter from the first that has it, and none of the machine."""

import io
import os
from pathlib import Path

import pikepdf
import pytest

from magbuild.layout import Layout, find_layout
from magbuild.paginate import paginate
from magbuild.paginate.typecase import NAMED_BY, without_the_machines_fonts
from magbuild.problem import Report
from tests.kit_galleys import small_galley
from tests.kit_pages import fonts, texts

PAGE = "@page { size: 90mm 60mm } body { font: 9pt 'Source Serif Pro' } b { font-weight: 600 } i, code { %s }"


@pytest.fixture(scope="module")
def house() -> Layout:
    return find_layout("house", Path("no project"), Path("no issue"), Report())


def families(house: Layout, content: str, styles: str = "") -> set[str]:
    """Return the names of the fonts in the proof of a galley."""
    rules = house.font_faces(frozenset(content))
    proof = paginate(small_galley("a", content, rules + PAGE % styles))
    assert [text.split() for text in texts(proof.pdf)] == [content.replace("<i>", "").replace("</i>", "").split()]
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        return set(fonts(pdf))


def test_letters_that_no_font_of_the_layout_has_are_not_taken_from_the_machine(house: Layout) -> None:
    assert families(house, "Salt שלום 語 😀") == {"Source-Serif-Pro"}


def test_a_family_that_the_layout_lacks_is_not_taken_from_the_machine(house: Layout) -> None:
    for family in ("monospace", "DejaVu Sans Mono", "Helvetica, Arial, sans-serif"):
        (set_in,) = families(house, "<i>Salt</i>", f"font-family: {family}")
        assert set_in.startswith("Source-")


def test_italics_of_greek_and_cyrillic_are_italics(house: Layout) -> None:
    assert families(house, "<i>Salt</i>", "font-style: italic") == {"Source-Serif-Pro-Italic"}
    assert families(house, "<i>щи да ψωμί</i>", "font-style: italic") == {
        *("Source-Serif-Pro-Italic", "Source-Serif-Pro-Italic-Semi-Expanded"),
    } - {"Source-Serif-Pro-Italic"}
    assert families(house, "<i>Salt щи</i>", "font-style: italic; font-weight: 600") == {
        *("Source-Serif-Pro-Semi-Bold-Italic", "Source-Serif-Pro-Semi-Bold-Italic-Semi-Expanded"),
    }


def test_upright_letters_of_all_three_scripts_are_of_one_font(house: Layout) -> None:
    assert families(house, "Salt щи ψωμί ß ő ł") == {"Source-Serif-Pro"}


def test_capitals_are_made_as_the_language_makes_them(house: Layout) -> None:
    """The engine's own doing, on which styles may rely: Greek capitals have no accents, and ß becomes two letters."""
    content = "<p lang='el'>Μαΐου, γάιδαρος, πρόλογος</p><p lang='de'>Straße</p><p lang='tr'>ilk</p>"
    styles = house.font_faces(frozenset(content)) + "p { text-transform: uppercase }"
    proof = paginate(small_galley("a", content, styles + PAGE % ""))
    assert " ".join(texts(proof.pdf)).split() == ["ΜΑΪΟΥ,", "ΓΑΪΔΑΡΟΣ,", "ΠΡΟΛΟΓΟΣ", "STRASSE", "İLK"]


def lent(house: Layout, content: str) -> tuple[tuple[str, str], ...]:
    styles = house.font_faces(frozenset(content)) + PAGE % "font-family: 'Source Sans Pro'"
    return paginate(small_galley("a", content, styles)).borrowed


def test_letters_of_another_family_are_told_with_the_one_that_lacks_them(house: Layout) -> None:
    serif = tuple((letter, "Source Serif Pro") for letter in "ἀὴᾳῦ")
    assert lent(house, "ἀρχὴ τοῦ λόγου, ᾳ") == serif
    assert lent(house, "<i>ἀρχὴ τοῦ λόγου</i>") == ()
    assert lent(house, "щи, ψωμί: ½ × “x” …\u202f; ọ́") == ()


def test_letters_that_no_font_has_are_not_lent(house: Layout) -> None:
    assert lent(house, "שלום 😀") == ()


@pytest.mark.parametrize("before", [None, "somebody's own"])
def test_the_machine_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    monkeypatch.delenv(NAMED_BY, raising=False)
    if before:
        monkeypatch.setenv(NAMED_BY, before)
    with without_the_machines_fonts():
        assert Path(os.environ[NAMED_BY]).is_file()
    assert os.environ.get(NAMED_BY) == before
