"""What letters a font has, and small fonts cut of it."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from magbuild.glyphs import axes_of, cut, letters_of

STATIC = Path(str(files("font_source_serif_pro"))) / "files" / "SourceSerifPro-Regular.otf"
VARIABLE = Path(str(files("fontpkg_source_serif_4"))) / "files" / "SourceSerif4-Italic[opsz,wght].ttf"


def test_letters_are_those_with_a_glyph() -> None:
    letters = letters_of(STATIC)
    assert {*"Aaßéήω", "щ", "ё"} <= letters
    assert not {*"ἀש語😀"} & letters
    assert letters == frozenset(map(chr, TTFont(STATIC).getBestCmap()))


def test_a_file_that_is_no_font_has_no_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.otf"
    path.write_bytes(b"no font")
    assert (letters_of(path), axes_of(path)) == (frozenset(), {})


def test_axes_are_a_variable_fonts() -> None:
    assert axes_of(STATIC) == {}
    assert axes_of(VARIABLE) == {"wght": 400, "opsz": 20}


def test_a_cut_has_its_letters_and_all_their_features() -> None:
    font = TTFont(BytesIO(cut(STATIC.read_bytes(), "fi12", {})))
    assert {chr(code) for code in font.getBestCmap()} == set("fi12")
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"liga", "onum", "smcp"} <= features


def test_a_cut_of_a_variable_font_stands_at_one_place_and_is_the_same_each_time() -> None:
    data = VARIABLE.read_bytes()
    bold, large = (cut(data, "αж", axes) for axes in ({"wght": 700.0}, {"wght": 700.0, "opsz": 60.0}))
    assert bold == cut(data, "αж", {"wght": 700.0})
    assert bold != large
    font = TTFont(BytesIO(bold))
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == 700


@pytest.mark.parametrize("axes", [{"wght": 5000.0}, {"slnt": 3.0}])
def test_places_that_no_axis_has_do_no_harm(axes: dict[str, float]) -> None:
    assert "fvar" not in TTFont(BytesIO(cut(VARIABLE.read_bytes(), "α", axes)))
