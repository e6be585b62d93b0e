"""The fonts of a layout as rules for its pages: which of them set a text, and which fill in for others."""

import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from magbuild.fonts import ALWAYS, Font, faces
from magbuild.glyphs import letters_of
from magbuild.layout import find_layout
from magbuild.problem import Report

SHELF = Path(str(files("fontpkg_source_serif_4")))
WIDE = Font(
    family="Wide",
    weight=900,
    style="normal",
    path=SHELF / "files" / "SourceSerif4[opsz,wght].ttf",
    licence=SHELF / "LICENSE",
    axes={"opsz": 60},
)


def told(fonts: Sequence[Font], letters: str) -> list[tuple[str, str, frozenset[str] | None]]:
    """Return family, weight and style of each face, and the letters of those that were cut."""
    found = []
    for rule in faces(fonts, frozenset(letters)).splitlines():
        parts = re.fullmatch(
            r'@font-face{font-family:"(.+?)";font-weight:(\d+);font-style:(\w+)(;font-stretch:[\w-]+)?;src:url\("(.+?)"\)}',
            rule,
        )
        assert parts
        data = parts[5].removeprefix("data:font/sfnt;base64,")
        cut = None if data == parts[5] else frozenset(map(chr, TTFont(BytesIO(b64decode(data))).getBestCmap()))
        found.append((parts[1], f"{parts[2]} {parts[3]}{parts[4] or ''}", cut))
    return found


def house() -> tuple[Font, ...]:
    return find_layout("house", Path("no project"), Path("no issue"), Report()).fonts


def test_plain_text_is_set_in_the_files_of_the_layout_and_nothing_fills_in() -> None:
    plain = told(house(), "Salt")
    assert {family for family, _, _ in plain} == {"Source Serif Pro", "Source Sans Pro", "Source Code Pro"}
    assert [face for face in plain if face[2] is not None and face[0] != "Source Code Pro"] == []


def test_fonts_fill_in_what_those_before_them_lack_when_a_text_asks_for_it() -> None:
    greek = [face for face in told(house(), "Salt και щи") if face[2] and face[0] != "Source Code Pro"]
    assert greek == [
        ("Source Serif Pro", "300 italic;font-stretch:semi-expanded", frozenset("καιщи ")),
        ("Source Serif Pro", "400 italic;font-stretch:semi-expanded", frozenset("καιщи ")),
        ("Source Serif Pro", "600 italic;font-stretch:semi-expanded", frozenset("καιщи ")),
        ("Source Sans Pro", "400 italic;font-stretch:semi-expanded", frozenset("καιщи ")),
    ]


def test_each_font_has_what_none_before_it_has_and_is_told_from_them() -> None:
    serif = next(font for font in house() if font.weight == 400 and font.style == "normal")
    sans = next(font for font in house() if font.family == "Source Sans Pro" and font.weight == 400)
    second, third = (replace(font, family=serif.family, style=serif.style, weight=400) for font in (WIDE, sans))
    found = told([serif, second, third], "aщἀ")
    assert [(style, letters) for _, style, letters in found] == [
        ("400 normal", None),
        ("400 normal;font-stretch:expanded", frozenset("ἀ ")),
    ]


def test_a_variable_font_is_cut_at_its_weight() -> None:
    assert told([WIDE], "ж") == [("Wide", "900 normal", frozenset(ALWAYS & letters_of(WIDE.path) | {"ж"}))]
    heavy, light = (TTFont(BytesIO(replace(WIDE, weight=weight).cut("HI"))) for weight in (900, 200))
    assert "fvar" not in heavy
    assert heavy["hmtx"]["I"][0] > light["hmtx"]["I"][0]


def test_no_fonts_give_no_rules() -> None:
    assert faces((), frozenset("a")) == ""
