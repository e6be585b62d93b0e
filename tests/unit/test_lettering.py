"""Letters that no font of the layout has, told with their place in the manuscript."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from magbuild import enginelog
from magbuild.checks.lettering import _can_be_set, borrowed_glyphs, missing_glyph, without_echoes
from magbuild.copydesk import layout_of, read
from magbuild.problem import Place, Problem, Report, Severity
from tests.kit import assert_problems, issue_of

STORY = "---\ntitle: Salt\nauthor: Ana Lima\n---\n"


def told(tmp_path: Path, files: dict[str, str | bytes | None]) -> list[Problem]:
    report = Report()
    read(issue_of(tmp_path, files), report)
    assert {problem.code for problem in report} <= {"missing-glyph"}
    return list(report)


@pytest.mark.parametrize(
    "text",
    [
        "Čeština, łódź, ţară, ħobż, Ærø, Ĳssel, ﬁne, ½ № € † ‰.",
        "Η πόλη, ΐ ΰ, «ψωμί»· щи, ёлка, їжак, ґанок.",
        "Nbsp\u00a0thin\u2009narrow\u202fzero\u200bjoin\u200dsoft\u00adhyphen\u2011 end.",
        "De\u0301compose\u0301 x\u0301 и\u0306.",
        "→ ← − × ÷ ≠ ≤ ∞ ■ • ′ ″ …",
        "*Italics*: щи да каша, ψωμί.",
        "`code ψ щ`",
        "<!-- 語 --> A comment isn't printed, nor is [a link](https://example.org/語).",
        "ʃəʊ",
        "→\ufe0f",
    ],
)
def test_what_the_house_layout_can_set(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {"037/01-salt.md": f"{STORY}{text}\n"}) == []


def test_letters_of_a_script_are_told_once_where_the_first_stands(tmp_path: Path) -> None:
    text = "Salt.\n\nThe word *שלום* and *סלט*{lang=he}, then سلام, and שלום again.\n"
    hebrew, arabic = told(tmp_path, {"037/01-salt.md": STORY + text})
    assert (hebrew.place.line, hebrew.place.column, hebrew.code) == (7, 11, "missing-glyph")
    assert hebrew.message == ("no font of the layout has 'ש' (HEBREW LETTER SHIN), nor 'ו', 'ט', 'ל', 'ם', 'ס'")
    assert "layouts/README.md" in hebrew.hint
    assert (arabic.place.line, arabic.place.column) == (7, 42)
    assert "'س' (ARABIC LETTER SEEN)" in arabic.message
    assert hebrew.severity is Severity.WARNING


def test_signs_are_told_one_by_one(tmp_path: Path) -> None:
    smile, loop = told(tmp_path, {"037/01-salt.md": f"{STORY}Salt 😀 ∰.\n"})
    assert (smile.place.column, loop.place.column) == (6, 8)
    assert "'😀' (GRINNING FACE)" in smile.message
    assert "'∰' (VOLUME INTEGRAL)" in loop.message
    assert "as a picture" in smile.hint


def test_what_the_engine_lacks_a_font_for_is_told_only_where_nobody_typed_it(tmp_path: Path) -> None:
    report = Report()
    issue, manuscripts = read(issue_of(tmp_path, {"037/01-salt.md": f"{STORY}Salt 😀.\n"}), report)
    story = Place(issue.stories[0].path)
    found = [enginelog.missing_glyph(story, [letter]) for letter in ("😀", "▪", "\ue000")]
    other = Problem(story, "text-lost", "'Salt' is lost")
    kept = without_echoes([*found, other], issue, manuscripts, layout_of(issue, report))
    assert list(kept) == [*found[1:], other]


def test_many_letters_are_counted(tmp_path: Path) -> None:
    (many,) = told(tmp_path, {"037/01-salt.md": f"{STORY}{''.join(map(chr, range(0x4E00, 0x4E20)))}\n"})
    assert many.message.startswith("no font of the layout has '一' (CJK UNIFIED IDEOGRAPH-4E00), nor '丁', ")
    assert many.message.endswith(", 23 more")


def test_letters_typed_as_entities_are_told_at_the_texts_beginning(tmp_path: Path) -> None:
    (one,) = told(tmp_path, {"037/01-salt.md": f"{STORY}Salt &#x5E9;.\n"})
    assert (one.place.line, one.place.column) == (5, 1)


def test_fields_are_looked_at_too_but_not_what_is_read_aloud(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "magazine.yaml": "title: Foundations\nlanguage: en\ntagline: 語\nwords: {contents: 目}\n",
        "037/issue.yaml": "number: 37\npublished: 2026-03-20\ncover: {alt: 語, lines: [{text: 語}]}\n",
        "037/01-salt.md": "---\ntitle: 語\nauthor: Ana Lima\n---\nSalt.\n",
    }
    report = Report()
    read(issue_of(tmp_path, files), report)
    assert_problems(
        report,
        "037/01-salt.md:2:1 missing-glyph",
        "037/issue.yaml:3:26 missing-glyph",
        "magazine.yaml:3:1 missing-glyph",
    )


def test_any_font_of_the_layout_is_enough(tmp_path: Path) -> None:
    report = Report()
    issue, manuscripts = read(issue_of(tmp_path, {"037/01-salt.md": f"{STORY}Ἀρχὴ ἥμισυ παντός.\n"}), report)
    assert list(report) == []
    layout = layout_of(issue, report)
    serif = replace(layout, fonts=tuple(font for font in layout.fonts if font.family == "Source Serif Pro"))
    (polytonic,) = missing_glyph(issue, manuscripts, serif)
    assert "'Ἀ' (GREEK CAPITAL LETTER ALPHA WITH PSILI), nor 'ἥ'" in polytonic.message


def test_letters_that_another_font_lends_are_told_where_they_stand(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, {"037/01-salt.md": f"{STORY}Salt.\n\nThe ἀρχὴ is not ᾳ.\n", "037/02-tea.md": STORY})
    issue, _ = read(folder, Report())
    serif = [("ᾳ", "Source Serif Pro"), ("ἀ", "Source Serif Pro")]
    report = Report()
    report.extend(borrowed_glyphs(issue, {"salt": [*serif, ("→", "Source Sans Pro")], "tea": serif}))
    assert_problems(report, "037/01-salt.md:7:5 borrowed-glyph")
    (problem,) = report
    assert problem.severity is Severity.WARNING
    assert problem.message == (
        "'Source Serif Pro' has no 'ᾳ', 'ἀ' (GREEK SMALL LETTER ALPHA WITH YPOGEGRAMMENI): another font lends it"
    )


@example(letter="\u2011", known="\u2010")
@given(letter=st.characters(exclude_categories=["Cs"]), known=st.text())
def test_a_letter_that_is_there_can_be_set(letter: str, known: str) -> None:
    assert _can_be_set(letter, frozenset(known) | {letter})


def test_accents_may_come_from_letters_and_accents() -> None:
    assert _can_be_set("ḗ", frozenset("e\u0304\u0301"))
    assert not _can_be_set("ḗ", frozenset("e\u0304"))
    assert not _can_be_set("語", frozenset("abc"))
