"""The builder's own words, lists and dates in each language."""

import datetime
import re
import string
import tomllib
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from magbuild.language import LANGUAGES, VARIANTS, Language, direction, tongue, words_of
from magbuild.manuscript.quotes import quotes

TABLES = Path(str(files("magbuild"))) / "words"
MAY_14 = datetime.date(2026, 5, 14)
MAY_16 = datetime.date(2026, 5, 16)
JUNE_2 = datetime.date(2026, 6, 2)


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_word_with_the_same_fields(code: str) -> None:
    table = tomllib.loads((TABLES / f"{code}.toml").read_text("utf-8"))
    assert list(table) == list(words_of("en"))
    assert {word: fields(text) for word, text in table.items()} == {
        word: fields(text) for word, text in words_of("en").items()
    }


@pytest.mark.parametrize("code", VARIANTS)
def test_a_countrys_table_holds_only_what_differs(code: str) -> None:
    table = tomllib.loads((TABLES / f"{code}.toml").read_text("utf-8"))
    base = words_of(code.partition("-")[0])
    assert table
    for word, text in table.items():
        assert fields(text) == fields(base[word])
        assert text != base[word]
    assert words_of(code) == {**base, **table}


def test_no_table_lies_about_unused() -> None:
    assert {path.stem for path in TABLES.glob("*.toml")} == {*LANGUAGES, *VARIANTS}


def test_words_are_set_as_print_sets_them() -> None:
    """No number is parted from its word, no typewriter's sign stands anywhere, and French signs have their space."""
    parted = {"back_to_reference"}  # is read aloud, not set
    for code in (*LANGUAGES, *VARIANTS):
        for word, text in words_of(code).items():
            assert word in parted or not re.search(r"\{number\} | \{number\}", text), text
            assert not re.search(r"[\"']|  |\.\.\.", text), text
            assert text == unicodedata.normalize("NFC", text)
            assert code != "fr" or not re.search(r"[^\u202f][:;!?»]|«[^\u202f]", text), text


@pytest.mark.parametrize("code", LANGUAGES)
def test_marks_around_a_title_are_those_of_the_language(code: str) -> None:
    for name in (code, *(variant for variant in VARIANTS if variant.startswith(code))):
        marks = quotes(name)
        assert marks is not None
        assert f"{marks.outer_open}{{title}}{marks.outer_close}" in words_of(name)["first_published_as"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        *(("en-GB", "page~14"), ("de", "Seite~14"), ("de-AT", "Seite~14"), ("fr-CA", "page~14"), ("cy", "page~14")),
        *(("pt-BR", "página~14"), ("no", "side~14"), ("el-GR", "σελ.~14"), ("ru", "с.~14"), ("", "page~14")),
    ],
)
def test_words_are_said_in_the_language_and_in_english_where_there_is_no_table(code: str, said: str) -> None:
    assert Language(code=code).say("page", number=14) == said.replace("~", "\u00a0")


def test_a_country_says_some_things_its_own_way() -> None:
    assert [Language(code=code).say("imprint") for code in ("pt", "pt-BR", "PT-br")] == [
        *("Ficha técnica", "Expediente", "Expediente"),
    ]
    assert Language(code="de-CH").say("first_published_as", title="Salz", where="Heft 1") == (
        "Zuerst erschienen als «Salz» in Heft 1"
    )


@pytest.mark.parametrize(
    ("code", "way"),
    [
        *(
            ("ar", "rtl"),
            ("he-IL", "rtl"),
            ("fa", "rtl"),
            ("ur", "rtl"),
            ("yi", "rtl"),
            ("dv", "rtl"),
            ("az-Arab", "rtl"),
        ),
        *(("ar-Latn", "ltr"), ("en", "ltr"), ("el", "ltr"), ("ja", "ltr"), ("xx", "ltr"), ("", "ltr")),
    ],
)
def test_which_way_a_language_runs(code: str, way: str) -> None:
    assert direction(code) == way


def test_the_way_is_only_told_where_it_turns() -> None:
    assert tongue("ar", "en") == 'lang="ar" dir="rtl"'
    assert tongue("en", "ar") == 'lang="en" dir="ltr"'
    assert tongue("de", "en") == 'lang="de"'
    assert tongue("he", "ar") == 'lang="he"'


def test_a_magazine_overrides_single_words() -> None:
    language = Language(code="de", own_words={"contents": "Im Heft"})
    assert (language.say("contents"), language.say("imprint")) == ("Im Heft", "Impressum")


def test_a_word_that_nobody_knows_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        Language(code="en").say("contence")


@pytest.mark.parametrize(
    ("code", "names", "joined"),
    [
        ("en-GB", ["Ada"], "Ada"),
        ("en-GB", ["Ada", "Ben", "Cy"], "Ada, Ben and Cy"),
        ("en-US", ["Ada", "Ben", "Cy"], "Ada, Ben, and Cy"),
        ("de", ["Ada", "Ben"], "Ada und Ben"),
        ("fr", ["Ada", "Ben"], "Ada et Ben"),
        ("en-GB", [], ""),
    ],
)
def test_names_are_joined_as_the_language_does(code: str, names: list[str], joined: str) -> None:
    assert Language(code=code).join(names) == joined


@pytest.mark.parametrize(
    ("code", "day", "weekday"),
    [
        ("en-GB", "16 May 2026", "Saturday, 16 May 2026"),
        ("en", "May 16, 2026", "Saturday, May 16, 2026"),
        ("de-DE-1996", "16. Mai 2026", "Samstag, 16. Mai 2026"),
        ("fr", "16 mai 2026", "samedi 16 mai 2026"),
        ("xx", "May 16, 2026", "Saturday, May 16, 2026"),
        ("", "May 16, 2026", "Saturday, May 16, 2026"),
    ],
)
def test_dates_are_written_as_the_language_does(code: str, day: str, weekday: str) -> None:
    language = Language(code=code)
    assert (language.day(MAY_16), language.weekday(MAY_16)) == (day, weekday)


@pytest.mark.parametrize(
    ("code", "last", "written"),
    [
        ("en-GB", None, "Thursday, 14 May 2026"),
        ("en-GB", MAY_14, "Thursday, 14 May 2026"),
        ("en-GB", MAY_16, "14–16 May 2026"),
        ("en-GB", JUNE_2, "14 May – 2 June 2026"),
        ("fr", MAY_16, "14–16 mai 2026"),
        ("fr", JUNE_2, "14 mai – 2 juin 2026"),
        ("de", JUNE_2, "14. Mai – 2. Juni 2026"),
        ("de", MAY_16, "14.–16. Mai 2026"),
        ("en", MAY_16, "May 14 – 16, 2026"),
        ("el", MAY_16, "14–16 Μαΐου 2026"),
        ("cs", MAY_16, "14.–16. května 2026"),
        ("uk", MAY_16, "14–16 травня 2026 р."),
        ("ru", MAY_16, "14–16 мая 2026 г."),
        ("pt", MAY_16, "14–16 de maio de 2026"),
    ],
)
def test_days_of_an_event(code: str, last: datetime.date | None, written: str) -> None:
    spaces = str.maketrans({"\u2009": " ", "\u202f": " ", "\u00a0": " "})
    assert Language(code=code).days(MAY_14, last).translate(spaces) == written


def test_days_over_the_turn_of_the_year_name_both_years() -> None:
    written = Language(code="en-GB").days(datetime.date(2026, 12, 30), datetime.date(2027, 1, 2))
    assert "2026" in written
    assert "2027" in written


def test_a_date_in_figures_is_written_out_and_other_words_stay() -> None:
    german = Language(code="de")
    assert [german.date(typed) for typed in ("1999-05-01", "Mai 1999", "1999", "")] == [
        "1. Mai 1999",
        "Mai 1999",
        "1999",
        "",
    ]
