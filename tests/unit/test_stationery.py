"""New issues and stories: what is written where, slugs, and what is refused."""

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from magbuild.copydesk import read
from magbuild.language import slugged
from magbuild.model import StoryType
from magbuild.problem import Report
from magbuild.stationery import (
    AlreadyThere,
    newest_issue,
    season,
    write_issue,
    write_story,
)


def front_matter(path: Path) -> dict[str, object]:
    text = path.read_text("utf-8")
    assert text.startswith("---\n")
    loaded = YAML(typ="safe", pure=True).load(text.split("---\n")[1])
    assert isinstance(loaded, dict)
    return loaded


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_an_issue_is_made_with_all_its_folders_and_the_magazine_beside_it(tmp_path: Path) -> None:
    issues = tmp_path / "deep" / "issues"
    folder = write_issue(7, issues)
    assert folder == issues / "007"
    assert set(tree(issues)) == {
        "magazine.yaml",
        "007/issue.yaml",
        "007/editorial.md",
        "007/01-first-story.md",
    }
    assert (folder / "pictures").is_dir()
    assert (folder / "adverts").is_dir()
    sheet = YAML(typ="safe", pure=True).load((folder / "issue.yaml").read_text("utf-8"))
    assert sheet["number"] == 7
    assert sheet["season"] == season(sheet["published"])


def test_a_magazine_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "magazine.yaml").write_text("title: Ours\n", "utf-8")
    write_issue(1, tmp_path)
    assert (tmp_path / "magazine.yaml").read_text("utf-8") == "title: Ours\n"


def test_an_issue_is_never_written_over(tmp_path: Path) -> None:
    folder = write_issue(1, tmp_path)
    (folder / "editorial.md").write_text("my own", "utf-8")
    before = tree(tmp_path)
    with pytest.raises(AlreadyThere, match="001 is already there"):
        write_issue(1, tmp_path)
    assert tree(tmp_path) == before


def test_a_story_is_numbered_after_the_last_one(tmp_path: Path) -> None:
    folder = write_issue(1, tmp_path)
    (folder / "12-far.md").write_text("", "utf-8")
    path = write_story("Salt roads", folder, "report")
    assert path == folder / "13-salt-roads.md"
    front = front_matter(path)
    assert (front["title"], front["type"]) == ("Salt roads", "report")


def test_the_first_story_is_number_one(tmp_path: Path) -> None:
    (tmp_path / "issue.yaml").write_text("number: 1", "utf-8")
    assert write_story("Salt", tmp_path, "essay").name == "01-salt.md"


@pytest.mark.parametrize("kind", StoryType)
def test_every_type_may_be_asked_for(tmp_path: Path, kind: str) -> None:
    folder = write_issue(1, tmp_path / "issues")
    assert front_matter(write_story("Salt", folder, kind))["type"] == kind
    sheet = folder / "issue.yaml"
    if kind is not StoryType.FILLER:  # which is in no running order
        sheet.write_text(sheet.read_text("utf-8").replace("  - imprint", "  - salt\n  - imprint"), "utf-8")
    report = Report()
    read(folder, report)
    assert not list(report)


@pytest.mark.parametrize(
    ("title", "kind", "refused"),
    [
        ("First story!", "essay", "01-first-story.md is already there"),
        ("Editorial", "essay", "editorial.md is already there"),
        ("Salt", "poem", "no story type 'poem'; known are editorial, essay, report"),
        ("…", "essay", "'…' has no letters to make a file name of"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    tmp_path: Path, title: str, kind: str, refused: str
) -> None:
    folder = write_issue(1, tmp_path)
    before = tree(tmp_path)
    with pytest.raises(AlreadyThere, match=re.escape(refused)):
        write_story(title, folder, kind)
    assert tree(tmp_path) == before


def test_a_story_needs_an_issues_folder(tmp_path: Path) -> None:
    with pytest.raises(AlreadyThere, match=r"has no issue\.yaml"):
        write_story("Salt", tmp_path / "nowhere", "essay")


def test_the_newest_issue_is_the_last_by_name(tmp_path: Path) -> None:
    for number in (9, 37, 10):
        write_issue(number, tmp_path)
    (tmp_path / "099").mkdir()  # no issue.yaml: no issue
    assert newest_issue(tmp_path) == tmp_path / "037"


def test_without_an_issue_there_is_no_newest(tmp_path: Path) -> None:
    with pytest.raises(AlreadyThere, match="run 'magbuild new issue 1' first"):
        newest_issue(tmp_path)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Salt roads", "salt-roads"),
        ("  What is to be done?  ", "what-is-to-be-done"),
        ("Ärger in Straßburg", "arger-in-strassburg"),
        ("Don't panic", "dont-panic"),
        ("Don’t panic", "dont-panic"),
        ("1889: a strike", "1889-a-strike"),
        ("A — B", "a-b"),
        ("", ""),
        ("Привет", "privet"),
        ("Η πόλη χωρίς ρολόγια;", "i-poli-choris-rologia"),
        ("盐路", "yanlu"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slugged(title) == slug


@given(title=st.text())
def test_every_slug_is_a_file_name_that_stays_itself(title: str) -> None:
    slug = slugged(title)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert slugged(slug) == slug


@example(title='a \\ "b" \\')
@given(title=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=["Cc"])))
def test_any_title_can_be_read_back(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    folder = tmp_path_factory.mktemp("issue")
    (folder / "issue.yaml").write_text("number: 1", "utf-8")
    if slugged(title):
        assert front_matter(write_story(title, folder, "essay"))["title"] == title


@pytest.mark.parametrize(
    ("language", "name"),
    [("de", "Frühjahr 2026"), ("el", "Άνοιξη 2026"), ("pt-BR", "Primavera de 2026"), ("cy", "Spring 2026")],
)
def test_seasons_are_called_as_the_magazine_speaks(tmp_path: Path, language: str, name: str) -> None:
    assert season(datetime.date(2026, 3, 1), language) == name
    (tmp_path / "magazine.yaml").write_text(f"title: M\nlanguage: {language}\n", "utf-8")
    folder = write_issue(1, tmp_path)
    season_of = re.search(r"^season: (.*) \d{4}$", (folder / "issue.yaml").read_text("utf-8"), re.MULTILINE)
    today = re.search(r"^published: (.*)$", (folder / "issue.yaml").read_text("utf-8"), re.MULTILINE)
    assert season_of
    assert today
    assert season(datetime.date.fromisoformat(today[1]), language).startswith(season_of[1])


def test_file_names_spell_letters_out_as_the_magazine_does(tmp_path: Path) -> None:
    (tmp_path / "magazine.yaml").write_text("title: M\nlanguage: de-AT\n", "utf-8")
    folder = write_issue(1, tmp_path)
    assert write_story("Größe und Maß", folder, "essay").name == "02-groesse-und-mass.md"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "Winter 2026"),
        ("2026-02-28", "Winter 2026"),
        ("2026-03-01", "Spring 2026"),
        ("2026-05-31", "Spring 2026"),
        ("2026-06-01", "Summer 2026"),
        ("2026-09-01", "Autumn 2026"),
        ("2026-11-30", "Autumn 2026"),
        ("2026-12-01", "Winter 2027"),
    ],
)
def test_seasons_turn_with_the_quarters_and_december_belongs_to_the_next_winter(day: str, name: str) -> None:
    assert season(datetime.date.fromisoformat(day)) == name
