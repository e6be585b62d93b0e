"""The builder's own words, lists and dates in each language."""

import datetime
import string

import pytest

from magbuild.language import WORDS, Language

MAY_14 = datetime.date(2026, 5, 14)
MAY_16 = datetime.date(2026, 5, 16)
JUNE_2 = datetime.date(2026, 6, 2)


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", WORDS)
def test_every_language_has_every_word_with_the_same_fields(code: str) -> None:
    assert WORDS[code].keys() == WORDS["en"].keys()
    assert {word: fields(text) for word, text in WORDS[code].items()} == {
        word: fields(text) for word, text in WORDS["en"].items()
    }


@pytest.mark.parametrize(
    ("code", "said"),
    [("en-GB", "page 14"), ("de", "Seite 14"), ("de-AT", "Seite 14"), ("fr-CA", "page 14"), ("cy", "page 14")],
)
def test_words_are_said_in_the_language_and_in_english_where_there_is_no_table(code: str, said: str) -> None:
    assert Language(code=code).say("page", number=14) == said


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
    ],
)
def test_days_of_an_event(code: str, last: datetime.date | None, written: str) -> None:
    spaces = str.maketrans({"\u2009": " ", "\u202f": " ", "\u00a0": " "})
    assert Language(code=code).days(MAY_14, last).translate(spaces) == written


def test_days_over_the_turn_of_the_year_name_both_years() -> None:
    written = Language(code="en-GB").days(datetime.date(2026, 12, 30), datetime.date(2027, 1, 2))
    assert "2026" in written
    assert "2027" in written
