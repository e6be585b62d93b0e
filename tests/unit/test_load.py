"""Issues that load: what the records say, in which order, and that no text on earth makes load raise."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magbuild import checks
from magbuild.load import ISSUE_STAND_INS, MAGAZINE_STAND_INS, load
from magbuild.load.body import figures, printed, prose, without
from magbuild.load.longhand import spell_out
from magbuild.load.order import file_order, slug_of
from magbuild.measure import Length, Size
from magbuild.model import (
    AdvertSize,
    Binding,
    Cover,
    CoverLine,
    FrontMatter,
    Issue,
    IssueSheet,
    Magazine,
    Medium,
    Person,
    Role,
    Run,
    Span,
    Story,
    StoryType,
)
from magbuild.problem import Place, Report
from magbuild.source import sheet_of, validate
from tests.kit import assert_problems, issue_of, picture, shown


def loaded(folder: Path) -> Issue:
    report = Report()
    issue = load(folder, report)
    assert_problems(report)
    assert issue is not None
    return issue


def record(kind: type[Any], text: str) -> Any:
    """Read YAML in its short forms as a record."""
    report = Report()
    sheet = sheet_of(text, Place(Path("sheet.yaml"), 1, 1), report)
    assert sheet is not None
    found = validate(kind, spell_out(kind, sheet, report), report)
    assert_problems(report)
    return found


# --- Whole issues ---


def test_a_whole_issue(tmp_path: Path) -> None:
    folder = issue_of(
        tmp_path,
        {
            "magazine.yaml": """\
                title: Foundations
                language: de
                trim: 210mm x 280 mm
                bleed: 5mm
                sections: [essays, {name: notices, title: Termine}]
                colours: {brand: "#c8102e", ink: {screen: "#000", print: 0 0 0 100}}
                """,
            "037/issue.yaml": """\
                number: 37
                published: 2026-03-20
                price: 7.50
                cover: {picture: {file: pictures/c.png, alt: Birds}, lines: [Salt, {text: Tin, story: 02-tin.md}]}
                running_order:
                  - {section: essays, stories: [02-tin.md, salt]}
                  - contents
                  - {section: notices, stories: fair}
                """,
            "037/01-salt.md": "---\ntitle: 1917\nauthors: [Ana Lima, {name: Bo Lee, role: translator}]\n---\nSalt\n",
            "037/02-tin.md": "---\ntitle: Tin\nauthor: Cy\nsection: notices\nlanguage: en-GB\n---\n\nTin\n",
            "037/fair.md": "---\ntitle: Fair\ntype: notice\nevent: {date: 2026-05-01, time: 19:30}\n---\nCome\n",
            "037/pictures/c.png": picture("PNG"),
        },
    )
    issue = loaded(folder)

    assert issue.order == ("tin", "salt", "contents", "fair", "imprint")
    assert [story.slug for story in issue.stories] == ["tin", "salt", "fair"]
    assert [story.front.section for story in issue.stories] == ["essays", "essays", "notices"]
    assert [story.front.language for story in issue.stories] == ["en-GB", "de", "de"]
    salt = issue.story("salt")
    assert salt.front.title == "1917"
    assert salt.front.author == (Person(name="Ana Lima"), Person(name="Bo Lee", role=Role.TRANSLATOR))
    assert issue.story("fair").front.event is not None
    assert issue.story("tin").body.strip() == "Tin"
    assert issue.story("tin").body_line == 7
    assert issue.sheet.price == "7.50"
    assert issue.sheet.cover.lines == (CoverLine(text="Salt"), CoverLine(text="Tin", story="tin"))
    assert (issue.sheet.cover.picture, issue.sheet.cover.alt) == ("pictures/c.png", "Birds")
    assert issue.magazine.trim.height == Length(280)
    assert issue.magazine.colours["ink"].print == (0, 0, 0, 100)


def test_places_are_kept_under_the_full_names_of_fields(tmp_path: Path) -> None:
    text = "---\ntitle: Salt\nauthors:\n  - Ana Lima\n  - name: Bo\n    bio: Bo writes.\nreview: {title: Tin}\n---\nx\n"
    issue = loaded(issue_of(tmp_path, {"037/01-salt.md": text}))
    story = issue.stories[0]
    assert shown(story.place("author", 1, "bio")) == "037/01-salt.md:6:5"
    assert shown(story.place("author", 0, "name")) == "037/01-salt.md:4:5"
    assert shown(story.place("review", 0, "title")) == "037/01-salt.md:7:10"
    assert shown(story.place("kicker")) == "037/01-salt.md:1:1"
    assert shown(issue.place("published")) == "037/issue.yaml:2:1"
    assert shown(issue.magazine_place("sections", 1, "name")) == "magazine.yaml:3:29"


SPECIAL = """\
number: 37
published: 2026-03-20
layout: digest
trim: A5
bleed: 4mm
binding: perfect
printer: uncoated
colours:
  brand: "#405020"
  sky: "#aabbcc"
imprint:
  - {title: paper, text: Thin}
  - {title: Weather, text: Fine}
"""


def test_what_an_issue_says_for_itself_takes_the_place_of_what_its_magazine_says(tmp_path: Path) -> None:
    magazine = """\
title: Foundations
bleed: 3mm
colours: {ink: "#101010", brand: "#b5121b"}
imprint:
  - {title: Editors, text: Ana}
  - {title: Paper, text: Thick}
"""
    issue = loaded(issue_of(tmp_path, {"magazine.yaml": magazine, "037/issue.yaml": SPECIAL}))
    own = issue.magazine
    assert (own.title, own.layout, own.printer) == ("Foundations", "digest", "uncoated")
    assert (own.trim.width, own.bleed, own.binding) == (Length(148), Length(4), Binding.PERFECT)
    assert {name: colour.screen for name, colour in own.colours.items()} == {
        "ink": "#101010",
        "brand": "#405020",
        "sky": "#aabbcc",
    }
    assert [(entry.title, entry.text) for entry in own.imprint] == [
        ("Editors", "Ana"),
        ("paper", "Thin"),
        ("Weather", "Fine"),
    ]


def test_fields_that_an_issue_says_for_itself_are_placed_in_its_sheet(tmp_path: Path) -> None:
    magazine = "title: F\ntrim: A4\ncolours: {ink: '#101010'}\nimprint: [{title: Editors, text: Ana}]\n"
    issue = loaded(issue_of(tmp_path, {"magazine.yaml": magazine, "037/issue.yaml": SPECIAL}))
    assert shown(issue.magazine_place("trim")) == "037/issue.yaml:4:1"
    assert shown(issue.magazine_place("colours", "ink", "screen")) == "magazine.yaml:3:11"
    assert shown(issue.magazine_place("colours", "sky", "screen")) == "037/issue.yaml:10:3"
    assert shown(issue.magazine_place("imprint", 0, "text")) == "magazine.yaml:4:28"
    assert shown(issue.magazine_place("imprint", 1, "text")) == "037/issue.yaml:12:20"
    assert shown(issue.magazine_place("imprint", 2, "text")) == "037/issue.yaml:13:22"


def test_an_issue_without_anything_of_its_own_leaves_the_magazine_as_it_is(tmp_path: Path) -> None:
    magazine = "title: F\ntrim: A5\nbleed: 5mm\nlayout: ours\n"
    own = loaded(issue_of(tmp_path, {"magazine.yaml": magazine})).magazine
    assert (own.trim, own.bleed, own.layout) == (Size.parse("A5"), Length(5), "ours")


def test_paths_are_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue_of(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert loaded(Path("issues/037")).stories[0].path == Path("issues/037/01-salt.md")


def test_an_issue_is_found_from_inside_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(issue_of(tmp_path))
    assert loaded(Path()).magazine.title == "Foundations"


def test_line_ends_of_windows_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf\r\n---\r\ntitle: Salt\r\nauthor: Ana\r\n---\r\nSalt\r\nwas dear.\r\n"
    story = loaded(issue_of(tmp_path, {"037/01-salt.md": text})).stories[0]
    assert (story.body, story.body_line) == ("Salt\nwas dear.\n", 6)


def test_drafts_a_readme_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    files = {
        "037/01-salt.md": "---\ntitle: Salt\nauthor: Ana\n---\nSalt\n",
        "037/02-tin.md": "---\ntitle: Tin\ndraft: yes\nkikker: not yet\n---\nTK\n",
        "037/README.md": "How we work",
        "037/.03-lead.md": "x",
        "037/notes.txt": "x",
    }
    assert [story.slug for story in loaded(issue_of(tmp_path, files)).stories] == ["salt"]


def test_an_advert_is_full_page_when_it_says_nothing(tmp_path: Path) -> None:
    text = "---\ntitle: Books\ntype: advert\n---\nBuy them.\n"
    front = loaded(issue_of(tmp_path, {"037/09-books.md": text})).stories[0].front
    assert front.advert is not None
    assert front.advert.size is AdvertSize.FULL


def test_an_issue_without_its_must_fields_is_none_but_all_problems_are_reported(tmp_path: Path) -> None:
    report = Report()
    folder = issue_of(tmp_path, {"037/issue.yaml": "number: seven\npublished: 2026-01-01\nrunning_order: [slat]\n"})
    assert load(folder, report) is None
    assert_problems(
        report,
        "037/issue.yaml:1:1 bad-value",
        "037/issue.yaml:3:1 story-not-named",
        "037/issue.yaml:3:17 unknown-story",
    )


def test_a_faulty_field_is_left_at_its_default(tmp_path: Path) -> None:
    report = Report()
    text = "---\ntitle: Salt\nauthor: Ana\nkikker: a\nstart: left\nstandfirst: Dear.\n---\nx\n"
    issue = load(issue_of(tmp_path, {"037/01-salt.md": text}), report)
    assert issue is not None
    assert issue.stories[0].front.standfirst == "Dear."
    assert_problems(report, "037/01-salt.md:4:1 unknown-field", "037/01-salt.md:5:1 bad-value")


@pytest.mark.parametrize(("kind", "stand_ins"), [(Magazine, MAGAZINE_STAND_INS), (IssueSheet, ISSUE_STAND_INS)])
def test_all_fields_that_must_be_there_have_stand_ins(kind: type[Any], stand_ins: Mapping[str, str]) -> None:
    required = {known.name for known in fields(kind) if known.default is MISSING and known.default_factory is MISSING}
    assert set(stand_ins) == required


# --- Order ---


def story_file(kind: str = "essay", extra: str = "") -> str:
    return f"---\ntitle: A title\nauthor: Ana\ntype: {kind}\n{extra}---\nText\n"


def test_without_a_running_order_file_names_rule(tmp_path: Path) -> None:
    files = {
        "037/2-tin.md": story_file(),
        "037/10-salt.md": story_file(),
        "037/01-half.md": story_file("advert", "advert: half\n"),
        "037/editorial.md": story_file("editorial"),
        "037/11-books.md": story_file("advert"),
        "037/12-wine.md": story_file("advert"),
    }
    order = loaded(issue_of(tmp_path, files)).order
    assert order == ("contents", "editorial", "half", "tin", "salt", "imprint", "books", "wine")


def test_a_mapping_of_sections_is_a_running_order(tmp_path: Path) -> None:
    files = {
        "037/issue.yaml": "number: 37\npublished: 2026-03-20\nrunning_order: {essays: [b, a], reviews: c}\n",
        **{f"037/{name}.md": story_file() for name in "abc"},
    }
    issue = loaded(issue_of(tmp_path, files))
    assert issue.order == ("contents", "b", "a", "c", "imprint")
    assert issue.story("c").front.section == "reviews"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("01-salt.md", "salt"),
        ("editorial.md", "editorial"),
        ("12-1917-and-after.md", "1917-and-after"),
        ("1917.md", "1917"),
        ("01-.md", "01-"),
        ("salt", "salt"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_the_name_that_is_proposed_keeps_its_number(tmp_path: Path) -> None:
    report = Report()
    load(issue_of(tmp_path, {"037/07-Salt Roads.md": story_file()}), report)
    assert [problem.hint for problem in report if problem.code == "bad-slug"] == [
        "use small letters a to z, digits and hyphens in the file's name: 07-salt-roads.md"
    ]


def test_file_names_sort_by_number() -> None:
    names = ["editorial.md", "10-b.md", "9-a.md", "09-b.md"]
    assert sorted(names, key=file_order) == ["09-b.md", "9-a.md", "10-b.md", "editorial.md"]


# --- Short forms ---


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("author: Ana", "author: [{name: Ana}]"),
        ("authors: [Ana, Bo]", "author: [{name: Ana}, {name: Bo}]"),
        ("author: {name: Ana, bio: x}", "author: [{name: Ana, bio: x}]"),
        ("picture: a.jpg", "picture: {file: a.jpg}"),
        ("review: {title: Tin}", "review: [{title: Tin}]"),
        ("reviews: [Tin, Salt]", "review: [{title: Tin}, {title: Salt}]"),
        ("edition: print", "editions: [print]"),
        ("reprint: 12", "reprint: {issue: 12}"),
        ("event: 2026-05-01", "event: {date: 2026-05-01}"),
        ("advert: half", "advert: {size: half}"),
        ("advert: {artwork: a.pdf}", "advert: {artwork: {file: a.pdf}}"),
        ("kicker:", ""),
        ("kicker: ''", ""),
        ("kicker: ~", ""),
        ("author: ''", ""),
        ("picture: ' '", ""),
        ("reviews:", ""),
    ],
)
def test_short_forms_of_front_matter(short: str, full: str) -> None:
    assert record(FrontMatter, f"title: x\n{short}\n") == record(FrontMatter, f"title: x\n{full}\n")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("sections: essays", "sections: [{name: essays}]"),
        ("imprint: {Editors: Ana, Print: Bo}", "imprint: [{title: Editors, text: Ana}, {title: Print, text: Bo}]"),
        ("imprint: [{Editors: Ana}]", "imprint: [{title: Editors, text: Ana}]"),
        ("colours: {red: '#f00'}", "colours: {red: {screen: '#f00'}}"),
        (
            "colour: {red: {screen: '#f00', print: '0, 100 100 0'}}",
            "colours: {red: {screen: '#f00', print: [0, 100, 100, 0]}}",
        ),
        ("words: {contents: Inside}", "words: {contents: Inside}"),
    ],
)
def test_short_forms_of_the_magazine(short: str, full: str) -> None:
    assert record(Magazine, f"title: x\n{short}\n") == record(Magazine, f"title: x\n{full}\n")


def test_short_forms_of_the_issue() -> None:
    sheet = record(
        IssueSheet,
        "number: 1\npublished: 2026-01-01\ncover: {picture: {file: a.jpg, credit: Ana}, line: Salt}\n"
        "back_cover: Next time\nrunning_order: [a, {section: s, story: b}, {t: [c, d]}]\n",
    )
    assert sheet.cover == Cover(picture="a.jpg", credit="Ana", lines=(CoverLine(text="Salt"),))
    assert sheet.back_cover.text == "Next time"
    assert sheet.running_order == (
        Run(stories=("a",)),
        Run(section="s", stories=("b",)),
        Run(section="t", stories=("c", "d")),
    )


def test_values_stay_what_was_typed() -> None:
    front = record(
        FrontMatter,
        "title: 1917\nkicker: no\nstandfirst: 1.50\ndraft: true\ntype: report\npicture: {file: a.jpg, place: bleed}\n"
        "reprint: {issue: 007, published: 2019-05-01}\nevent: {date: 2026-05-01, time: 19:30}\neditions: [epub]\n",
    )
    assert (front.title, front.kicker, front.standfirst) == ("1917", "no", "1.50")
    assert (front.reprint.issue, front.reprint.published) == (7, "2019-05-01")
    assert (front.event.time, front.draft, front.type) == ("19:30", True, StoryType.REPORT)
    assert front.picture.place is Span.BLEED
    assert front.editions == (Medium.EPUB,)


# --- The body ---


def of_body(body: str) -> Story:
    return Story(slug="a", path=Path("a.md"), front=FrontMatter(title="A"), body=body, body_line=5)


def test_figures_are_found_wherever_they_are_typed() -> None:
    body = (
        "/// figure\n    file: a.jpg\n    alt: >\n      Two\n      lines\n    credit: Ana\nCaption\n///\n\n"
        "![Tin](b.jpg 'title') and <img alt='c' src=\"c.jpg\">\n\n"
        "```\n![no](d.jpg)\n```\n<!-- ![no](e.jpg)\n-->\n`![no](f.jpg)`\n"
        "//// sidebar | X\n/// figure\n    file: 'g.jpg'\n///\n////\n"
    )
    assert [(figure.file, str(figure.place)) for figure in figures(of_body(body))] == [
        ("a.jpg", "a.md:6:5"),
        ("g.jpg", "a.md:24:5"),
        ("b.jpg", "a.md:14:1"),
        ("c.jpg", "a.md:14:27"),
    ]


@given(st.text(alphabet="`~<!->/ {}[]()|^#*\nabc file: figure pullquote", max_size=200))
def test_looking_at_a_body_keeps_every_line_and_column(body: str) -> None:
    for changed in (printed(body), prose(body), without(body, "figure")):
        assert [len(line) for line in changed.split("\n")] == [len(line) for line in body.split("\n")]


# --- Anything at all ---

PLAIN = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
YAML_LIKE = st.text(alphabet="abt:-[]{}'\"\\|>#&*!%@`?, \n\t0123456789~.=<", max_size=80)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [
        *FrontMatter.__dataclass_fields__,
        *IssueSheet.__dataclass_fields__,
        *Magazine.__dataclass_fields__,
        *Cover.__dataclass_fields__,
        *("file", "name", "authors", "reviews", "date", "screen", "print", "stories"),
    ]
)
NESTED = st.dictionaries(NAMES, VALUES | st.dictionaries(NAMES, VALUES | st.lists(VALUES, max_size=2)), max_size=6)
SHEETS = PLAIN | YAML_LIKE | NESTED.map(lambda data: json.dumps(data, ensure_ascii=False))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(front=SHEETS, body=PLAIN, issue=SHEETS, magazine=SHEETS)
def test_load_never_raises(front: str, body: str, issue: str, magazine: str) -> None:
    with tempfile.TemporaryDirectory() as shelf:
        folder = issue_of(
            Path(shelf),
            {
                "037/01-salt.md": f"---\n{front}\n---\n{body}".encode(),
                "037/02-tin.md": f"---\ntitle: Tin\nauthor: Ana\n---\n{body}".encode(),
                "037/issue.yaml": f"number: 37\npublished: 2026-03-20\n{issue}".encode(),
                "magazine.yaml": magazine.encode(),
            },
        )
        report = Report()
        found = load(folder, report)
        assert found is not None or report.failed
        if found is not None:
            checks.run(found, report)
        for problem in report:
            assert problem.message
            assert problem.hint
            assert problem.place.line is None or problem.place.line >= 1


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_never_make_load_raise(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as shelf:
        report = Report()
        folder = issue_of(Path(shelf), {"037/01-salt.md": data, "037/issue.yaml": data, "magazine.yaml": data})
        load(folder, report)
        assert report.failed
