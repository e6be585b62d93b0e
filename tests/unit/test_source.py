"""Files, YAML and records: what is read, where it stands, and how mistakes are told."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild.measure import Length, Size
from magbuild.problem import Place, Report
from magbuild.source import (
    Sheet,
    inside,
    nearest,
    place_in_text,
    plain,
    read_manuscript_file,
    read_sheet,
    read_text,
    sheet_of,
    spot,
    validate,
)
from tests.kit import assert_problems


class Metal(StrEnum):
    TIN = "tin"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    name: str
    depth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    name: str
    founded: datetime.date | None = None
    metal: Metal = Metal.TIN
    mines: tuple[Mine, ...] = ()
    pit: Mine | None = None
    seam: Length = Length(1)
    plot: Size | None = None
    place: tuple[float, float] | None = None
    shafts: Mapping[str, Mine] | None = None
    open: bool = True


def sheet(text: str) -> Sheet:
    report = Report()
    found = sheet_of(text, Place(Path("a.yaml"), 1, 1), report)
    assert_problems(report)
    assert found is not None
    return found


def company(text: str, *problems: str) -> Company | None:
    report = Report()
    found = validate(Company, sheet(text), report)
    assert_problems(report, *problems)
    return found


def messages(text: str) -> list[tuple[str, str]]:
    report = Report()
    validate(Company, sheet(text), report)
    return [(problem.message, problem.hint) for problem in report]


# --- Text ---


def test_text_loses_its_mark_and_foreign_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    report = Report()
    assert read_text(path, report) == "one\ntwo\nthree\n"
    assert_problems(report)


def test_what_cannot_be_printed_is_replaced_so_that_columns_stay_right(tmp_path: Path) -> None:
    path = tmp_path / "issues" / "a.md"
    path.parent.mkdir()
    path.write_text("Sa\x0blt\nti\u2028n\x07", "utf-8")
    report = Report()
    assert read_text(path, report) == "Sa\ufffdlt\nti\ufffdn\ufffd"
    assert_problems(report, "a.md:1:3 control-character", "a.md:2:3 control-character", "a.md:2:5 control-character")


def test_a_file_full_of_them_is_told_only_so_often(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\x01" * 500)
    report = Report()
    read_text(path, report)
    assert len(report) == 20


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "issues" / "a.md"
    path.parent.mkdir()
    path.write_text("x")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    report = Report()
    assert read_text(path, report) is None
    assert_problems(report, "a.md unreadable-file")


@given(st.text(alphabet="a\né", max_size=30), st.data())
def test_spots(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = spot(text, offset)
    lines = text.split("\n")
    assert "\n".join([*lines[: line - 1], lines[line - 1][: column - 1]]) == text[:offset]


# --- Sheets ---


def test_all_single_values_are_text() -> None:
    data = sheet("a: 1917\nb: no\nc: 19:30\nd: 2026-03-20\ne: 1.50\nf:\ng: ~\nh: ''\ni: [1, {j: ya}]\n").data
    assert data == {
        "a": "1917",
        "b": "no",
        "c": "19:30",
        "d": "2026-03-20",
        "e": "1.50",
        "f": None,
        "g": None,
        "h": "",
        "i": ["1", {"j": "ya"}],
    }


def test_a_field_stands_at_its_key_and_an_item_at_itself() -> None:
    places = sheet("a:\n  - x\n  - {b: y}\nc: >-\n  long\n  text\nd: 1\n").places
    assert {path: (place.line, place.column) for path, place in places.items()} == {
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 1): (3, 5),
        ("a", 1, "b"): (3, 6),
        ("c",): (4, 1),
        ("d",): (7, 1),
    }


def test_the_nearest_place_is_taken_for_what_has_none() -> None:
    found = sheet("a: {b: x}\n")
    assert str(found.place("a", "c", 3)) == "a.yaml:1:1"
    assert str(found.place("a", "b")) == "a.yaml:1:5"
    assert str(found.place("z")) == "a.yaml:1:1"


def test_yaml_may_begin_anywhere_in_a_file() -> None:
    report = Report()
    found = sheet_of("a: 1\nb: 2\n", Place(Path("issues/a.md"), 10, 5), report)
    assert found is not None
    assert str(found.places["b",]) == "issues/a.md:11:5"
    assert sheet_of("a: 1\nb: [", Place(Path("issues/a.md"), 10, 5), report) is None
    assert_problems(report, "a.md:11:9 bad-yaml")


@pytest.mark.parametrize(
    ("text", "spot", "message"),
    [
        ("a:\n\tb: y", (2, 1), "there is a tab"),
        ("a: b: c", (1, 5), "a colon stands where none is expected"),
        ("a: - b", (1, 4), "a list begins on its field's line"),
        ("a: %b", (1, 4), "the value begins with a sign that YAML keeps for itself"),
        ("a: & b", (1, 5), "the value begins with a sign that YAML keeps for itself"),
        ("a: &b c", (1, 4), "the value begins with &, which YAML keeps for itself"),
        ("a: *b", (1, 4), "the value begins with *, which YAML keeps for itself"),
        ("a: !b c", (1, 4), "the value begins with !, which YAML keeps for itself"),
        ("a: !b!c d", (1, 4), "the value begins with !, which YAML keeps for itself"),
        ("a: 'b", (1, 4), "the quotation mark is never closed"),
        ("a: [b, c", (1, 4), "the list is never closed"),
        ("a: {b: c", (1, 4), "the mapping is never closed"),
        ("a: [b,", (1, 7), "the value is never finished"),
        ("a: 'it's'", (1, 8), "text stands after a value that was over"),
        ("a: b]\nc: d\n]", (3, 1), "a bracket is closed that was never opened"),
        ("a: b\nc\nd: e", (2, 1), "the colon is missing"),
        ("a:\n  b: c\n d: e", (3, 2), "the line is indented unlike those above it"),
        ("a: > b", (1, 6), "text stands beside > or |"),
        (r'a: "\q"', (1, 6), "the backslash says nothing here"),
        (r"a: b" "\n" r'c: "d \UFFFFFFFF"', (2, 7), "a backslash is followed by a number that is no character"),
        (r'a: "\ud800"', (1, 4), "the value holds a backslash number for a character that can't be printed"),
        (r'"a\0": b', (1, 1), "the name can't be printed"),
        ("a: " + "[" * 30, (1, 24), "values are nested more than 20 deep"),
        ("{a: b}: c", (1, 1), "there should be a field's name here"),
        (": c", (1, 1), "there should be a field's name here"),
        ("- a", (1, 1), "there should be fields here, not a list"),
        ("a", (1, 1), "there should be fields here, not text"),
        ("", (1, 1), "there are no fields"),
        ("a: b\n---\nc: d", (2, 1), "a second sheet begins here"),
        ("a: b\na: c", (2, 1), "field 'a' is given twice"),
        ("%YAML 3.0\n---\na: b", (1, 1), "this can't be read as YAML"),
    ],
)
def test_bad_yaml_is_told_in_our_words(text: str, spot: tuple[int, int], message: str) -> None:
    report = Report()
    sheet_of(text, Place(Path("a.yaml"), 1, 1), report)
    (problem,) = report
    assert (problem.place.line, problem.place.column) == spot
    assert (problem.code, problem.message) == ("bad-yaml", message)
    assert problem.hint


def test_the_first_of_two_equal_keys_stands() -> None:
    report = Report()
    found = sheet_of("a: {b: 1}\na: {b: 2, c: 3}\n", Place(Path("a.yaml"), 1, 1), report)
    assert found is not None
    assert found.data == {"a": {"b": "1"}}
    assert ("a", "c") not in found.places
    assert next(iter(report)).hint == "keep one of the two; the other stands in line 1"


@given(st.text(alphabet="ab:-[]{}'\"\\|>#&*!%@`?, \n\t0Uxud~.=<", max_size=60))
def test_no_yaml_raises(text: str) -> None:
    report = Report()
    found = sheet_of(text, Place(Path("a.yaml"), 1, 1), report)
    assert found is not None or report.failed
    lines = text.split("\n")
    for problem in report:
        line, column = problem.place.line or 0, problem.place.column or 0
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


# --- Manuscripts ---


def manuscript(tmp_path: Path, text: str, *problems: str) -> tuple[Sheet, str, int] | None:
    path = tmp_path / "issues" / "a.md"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    report = Report()
    found = read_manuscript_file(path, report)
    assert_problems(report, *problems)
    return found


def test_front_matter_and_body_are_parted(tmp_path: Path) -> None:
    found = manuscript(tmp_path, "\n--- \ntitle: Salt\n---\n\nSalt\n---\nTin\n")
    assert found is not None
    front, body, line = found
    assert front.data == {"title": "Salt"}
    assert front.places["title",].line == 3
    assert (body, line) == ("\nSalt\n---\nTin\n", 5)


def test_front_matter_may_end_with_dots_and_without_a_body(tmp_path: Path) -> None:
    found = manuscript(tmp_path, "---\ntitle: Salt\n...")
    assert found is not None
    assert found[1:] == ("", 4)


def test_bad_front_matter_leaves_nothing(tmp_path: Path) -> None:
    assert manuscript(tmp_path, "---\ntitle: [\n---\nSalt\n", "a.md:2:9 bad-yaml") is None


def test_a_sheet_is_a_whole_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b\n")
    found = read_sheet(tmp_path / "a.yaml", Report())
    assert found is not None
    assert found.data == {"a": "b"}


# --- Records ---


def test_a_record_takes_what_its_types_say() -> None:
    found = company(
        "name: 1917\nfounded: 1889-08-14\nmetal: lead\nmines: [{name: A, depth: 012}]\npit: {name: B}\nseam: 2cm\n"
        "plot: A4\nplace: [53.8, -1.5]\nshafts: {one: {name: C}}\nopen: no\n"
    )
    assert found == Company(
        name="1917",
        founded=datetime.date(1889, 8, 14),
        metal=Metal.LEAD,
        mines=(Mine(name="A", depth=12),),
        pit=Mine(name="B"),
        seam=Length(20),
        plot=Size(Length(210), Length(297)),
        place=(53.8, -1.5),
        shafts={"one": Mine(name="C")},
        open=False,
    )


def test_what_is_left_empty_is_not_there() -> None:
    assert company("name: A\nfounded:\nmetal: ''\nmines:\npit: ~\n") == Company(name="A")


def test_a_part_of_a_sheet_can_be_a_record() -> None:
    report = Report()
    whole = sheet("press:\n  - name: A\n  - nam: B\n")
    assert validate(Company, whole, report, ("press", 0)) == Company(name="A")
    assert validate(Company, whole, report, ("press", 1)) is None
    assert validate(Company, whole, report, ("paper",)) is None
    assert_problems(report, "a.yaml:1:1 bad-value", "a.yaml:3:5 unknown-field")


def test_faulty_fields_are_reported_together_and_left_at_their_defaults() -> None:
    found = company(
        "name: A\nmetal: gold\nmines: [{name: B}, {depth: 3}]\npit: {name: C, depth: deep}\n"
        "shafts: {a: {name: D}, b: x}\n",
        "a.yaml:2:1 bad-value",
        "a.yaml:3:20 missing-field",
        "a.yaml:4:16 bad-value",
        "a.yaml:5:24 bad-value",
    )
    assert found == Company(name="A", pit=Mine(name="C"), shafts={"a": Mine(name="D")})


def test_without_what_must_be_there_nothing_is_made() -> None:
    assert company("metal: tin\n", "a.yaml:1:1 missing-field") is None
    assert company("metal: tin\nname: ' '\n", "a.yaml:2:1 missing-field") is None
    assert company("metal: tin\nname: [A]\n", "a.yaml:2:1 bad-value") is None


def test_a_misspelt_field_is_not_missing_as_well() -> None:
    assert company("nmae: A\n", "a.yaml:1:1 unknown-field") is None


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("pit: {name: A, depth: seven}", "depth must be a whole number, not 'seven'", "write digits only"),
        ("pit: {name: A, depth: 4.5}", "depth must be a whole number, not '4.5'", "write digits only"),
        ("pit: deep", "pit must have fields of its own, not be 'deep'", "write them below it, indented: name, depth"),
        ("mines: [A]", "mines 1 must have fields of its own, not be 'A'", "write them below it, indented: name, depth"),
        (
            "mines: {name: A}",
            "mines must be a list, not fields",
            "write each item on its own line after a hyphen, or [one, two]",
        ),
        ("metal: leed", "metal must be one of tin, lead, not 'leed'", "did you mean 'lead'?"),
        ("metal: gold", "metal must be one of tin, lead, not 'gold'", "write one of them, letter for letter"),
        ("metal: [tin]", "metal must be one of tin, lead, not a list", "write one of them, letter for letter"),
        ("open: perhaps", "open must be true or false, not 'perhaps'", "write true, or leave the field out"),
        ("founded: 1889", "founded: '1889' is not a date such as '2026-03-31'", "write it like that"),
        ("founded: 0", "founded: '0' is not a date such as '2026-03-31'", "write it like that"),
        ("founded: [a]", "founded: must be text, not a list", "write it like that"),
        ("seam: 3", "seam: '3' is not a length such as '3mm'", "write it like that"),
        ("seam: {mm: 3}", "seam: must be text, not fields", "write it like that"),
        ("plot: A9", "plot: 'A9' is not a page size such as 'A4' or '210mm x 280mm'", "write it like that"),
        ("place: [1]", "place must have 2 values", "write all of them, as in [0, 0]"),
        ("place: [1, 2, 3]", "place must have 2 values", "write all of them, as in [0, 0]"),
        ("place: [1, x]", "place 2 must be a number, not 'x'", "write digits, with a point for the decimals"),
        (
            "shafts: x",
            "shafts must be names, each with its value, not 'x'",
            "write name: value on lines of their own, indented",
        ),
        ("depht: 3", "unknown field 'depht'", "take it out; there are name, founded, metal, mines"),
        ("pit: {nam: A}", "unknown field 'nam'", "did you mean 'name'?"),
        ("pit: {depth: 3}", "'name' is missing in pit", "write it: name: …"),
        (
            f"metal: {'x' * 99}",
            f"metal must be one of tin, lead, not '{'x' * 59}…'",
            "write one of them, letter for letter",
        ),
    ],
)
def test_mistakes_are_told_in_an_editors_words(text: str, message: str, hint: str) -> None:
    ((said, advised),) = messages(f"name: A\n{text}\n")
    assert said == message
    assert advised.startswith(hint)


def test_types_inside_types() -> None:
    assert plain(Length | None) is Length
    assert inside(Company, "pit") == Mine | None
    assert inside(Mine | None, "name") is str
    assert inside(tuple[Mine, ...], 3) is Mine
    assert inside(Mapping[str, Mine], "x") is Mine


@pytest.mark.parametrize(
    ("word", "meant"), [("kikker", "kicker"), ("Title", "title"), ("staple", ""), ("", ""), ("titel", "title")]
)
def test_what_was_meant(word: str, meant: str) -> None:
    assert nearest(word, ["kicker", "title", "saddle"]) == meant


def in_yaml(words: list[str], style: str, per_line: int) -> tuple[str, str]:
    """Return a file in which a field has some words, so many on a line, and the text that the field has."""
    lines = [" ".join(words[at : at + per_line]) for at in range(0, len(words), per_line)]
    opening, end = {"|": ("|\n      ", ""), ">": (">-\n      ", ""), '"': ('"', '"'), "": ("", "")}[style]
    written = opening + "\n      ".join(lines) + end
    return f"note: salt\nimprint:\n  - salt: {written}\n", ("\n" if style == "|" else " ").join(lines)


@given(
    words=st.lists(st.sampled_from(["salt", "<b>", "[x](y", "tax", "a", "///"]), min_size=1, max_size=12),
    style=st.sampled_from(["|", ">", '"', ""]),
    per_line=st.integers(1, 4),
    data=st.data(),
)
def test_a_spot_of_a_fields_text_is_found_however_yaml_folds_it(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], style: str, per_line: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(words) - 1))
    marked = [*words[:number], "@" * len(words[number]), *words[number + 1 :]]
    path = tmp_path_factory.mktemp("fields") / "magazine.yaml"
    typed, text = in_yaml(words, style, per_line)
    path.write_text(typed)
    marked_file, marked_text = in_yaml(marked, style, per_line)
    found = place_in_text(text, marked_text.index("@"), Place(path, 3, 5))
    assert (found.line, found.column) == spot(marked_file, marked_file.index("@"))


def test_a_spot_that_yaml_writes_otherwise_is_told_by_its_field(tmp_path: Path) -> None:
    path = tmp_path / "magazine.yaml"
    path.write_text('note: "a\\x3Cb>"\nlist: [salt, <b>]\n')
    field = Place(path, 1, 1)
    assert place_in_text("a<b>", 1, field) == field
    assert place_in_text("salt ", 4, field) == field
    assert place_in_text("<b>", 0, Place(path, 2, 14)) == Place(path, 2, 14), "an item stands at itself"
    assert place_in_text("<b>", 0, Place(tmp_path / "gone", 2, 14)) == Place(tmp_path / "gone", 2, 14)
