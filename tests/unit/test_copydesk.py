"""Reading an issue: what is checked before anything is set, and what while it is."""

from pathlib import Path

import pytest

from magbuild.build import build
from magbuild.copydesk import read, read_for_setting, read_wording
from magbuild.model import EditionName
from magbuild.problem import Report, Stopped
from tests.kit import issue_of

STORY = "---\ntitle: Salt\nauthor: Ada\n---\n\nSalt is carried by the the mules.\n"


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report]


def test_facts_come_first_and_the_wording_behind(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, {"037/01-salt.md": STORY, "magazine.yaml": "title: Foundations\nissn: 1234-5678\n"})
    first = Report()
    issue, manuscripts = read_for_setting(folder, first)
    assert codes(first) == ["bad-issn"]
    assert manuscripts.keys() == {"salt"}
    rest = Report()
    read_wording(issue, manuscripts, rest)
    assert codes(rest) == ["doubled-word"]
    whole = Report()
    assert read(folder, whole) == (issue, manuscripts)
    assert sorted(codes(whole)) == sorted(codes(first) + codes(rest))


def test_wording_that_stops_a_strict_run_leaves_nothing(tmp_path: Path) -> None:
    report, out = Report(strict=True), tmp_path / "out"
    with pytest.raises(Stopped):
        build(issue_of(tmp_path, {"037/01-salt.md": STORY}), out, report, editions=[EditionName.EPUB], jobs=1)
    assert codes(report) == ["doubled-word"]
    assert not out.exists()


FIELDS = {
    "037/01-salt.md": """\
        ---
        title: The [Salt](02-nobody.md) Tax
        standfirst: >-
          Who paid ![it](pictures/scales.png), and who[^1] counted <script>it()</script> it
        author: {name: Ada <iframe src="https://x.example"></iframe>, bio: "Ada [lives](https://x.example by the sea"}
        ---

        Salt is carried by mules.
        """,
    "magazine.yaml": """\
        title: Foundations
        imprint:
          - title: Editors
            text: |
              /// colophon
              Ada and Ben, after <object data="x">Carl</object>
        """,
    "037/issue.yaml": """\
        number: 37
        published: 2026-03-01
        cover:
          lines: [{text: "Salt ![](a.png)", story: salt}]
        back_cover:
          text: "/// figure\\n    file: pictures/scales.png\\n///"
        """,
}


def test_what_is_wrong_with_the_markdown_of_fields_is_told_at_the_field(tmp_path: Path) -> None:
    report = Report()
    read(issue_of(tmp_path, FIELDS), report)
    found = sorted((str(problem.place).rpartition("/")[2], problem.code) for problem in report)
    assert found == [
        ("01-salt.md:2:19", "unknown-story"),
        ("01-salt.md:4:18", "picture-in-field"),
        ("01-salt.md:4:47", "undefined-note"),
        ("01-salt.md:4:60", "unsafe-html"),
        ("01-salt.md:5:20", "unsafe-html"),
        ("01-salt.md:5:79", "broken-link"),
        ("issue.yaml:4:28", "picture-in-field"),
        ("issue.yaml:6:10", "missing-alt"),
        ("issue.yaml:6:32", "missing-picture"),
        ("magazine.yaml:5:11", "unknown-block"),
        ("magazine.yaml:5:7", "unclosed-block"),
        ("magazine.yaml:6:26", "unsafe-html"),
    ]


def test_names_for_machines_and_signs_in_plain_words_are_not_taken_for_markdown(tmp_path: Path) -> None:
    magazine = """\
        title: Foundations
        words: {page: "<page> {number}"}
        imprint: [{title: "3 < 4 & [sic]", text: "Ada {editor} <ada@x.example>, since 1999 [^ah]"}]
        """
    report = Report()
    read(issue_of(tmp_path, {"magazine.yaml": magazine, "037/01-salt.md": STORY.replace("the the", "the")}), report)
    assert codes(report) == ["undefined-note"]


def test_a_colour_that_the_layouts_palette_lacks_is_told_at_its_section(tmp_path: Path) -> None:
    magazine = "title: Foundations\nsections:\n  - {name: essays, colour: brand}\n  - {name: reviews, colour: brnd}\n"
    report = Report()
    read(issue_of(tmp_path, {"magazine.yaml": magazine}), report)
    [problem] = report
    assert (problem.code, problem.place.line, problem.hint) == ("unknown-colour", 4, "did you mean 'brand'?")


def test_a_layout_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    report = Report()
    with pytest.raises(Stopped):
        read(issue_of(tmp_path, {"magazine.yaml": "title: Foundations\nlayout: huose\n"}), report)
    [problem] = report
    assert (problem.code, problem.place.path.name, problem.place.line) == ("missing-layout", "magazine.yaml", 2)
    assert problem.hint == "did you mean 'house'?"


def test_a_build_tells_of_the_layout_beside_the_mistakes_of_stories(tmp_path: Path) -> None:
    files = {
        "magazine.yaml": "title: Foundations\nlayout: huose\n",
        "037/01-salt.md": STORY.replace("Salt is", "Salt[^1] is"),
    }
    report = Report()
    with pytest.raises(Stopped):
        build(issue_of(tmp_path, files), tmp_path / "out", report, editions=[EditionName.EPUB], jobs=1)
    assert codes(report) == ["undefined-note", "doubled-word", "missing-layout"]


def test_a_folder_that_is_not_there_stops(tmp_path: Path) -> None:
    report = Report()
    with pytest.raises(Stopped):
        read(tmp_path / "issues" / "037", report)
    assert codes(report) == ["missing-folder"]
