"""What all workers would read of an issue, read before they are forked."""

from pathlib import Path

import pyphen
import pytest

from magbuild import groundwork
from magbuild.compose import FACES, page_styles
from magbuild.copydesk import layout_of
from magbuild.load import load, load_magazine
from magbuild.paginate.styling import read_rules
from magbuild.problem import Report
from tests.kit import MAGAZINE, STORY, issue_of

COLOURS = f"{MAGAZINE}    colours: {{accent: '#123456'}}\n"
OTHERS = """\
    ---
    title: Sel
    author: Ana Lima
    language: fr
    ---
    Le sel: the language is French; das [Salz]{lang=hr} und [mehr]{lang="xx"}.
"""


@pytest.fixture(autouse=True)
def _nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyphen, "hdcache", {})
    read_rules.cache_clear()


def test_rules_are_read_as_galleys_have_them(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, {"magazine.yaml": COLOURS})
    groundwork.lay(folder)
    issue = load(folder, Report())
    assert issue is not None
    rules, _, faces = page_styles(issue, layout_of(issue, Report())).partition(FACES)
    assert "#123456" in rules
    assert faces.count("@font-face") > 1
    read_rules(rules)
    assert (read_rules.cache_info().misses, read_rules.cache_info().hits) == (1, 1)


def test_patterns_are_read_of_each_language_that_is_named(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, {"037/01-salt.md": STORY, "037/02-sel.md": OTHERS})
    (folder / "00-folder.md").mkdir()
    groundwork.lay(folder)
    assert {path.stem for path in pyphen.hdcache} == {"hyph_en_GB", "hyph_fr", "hyph_hr_HR"}


def test_what_cannot_be_read_is_left_to_who_needs_it(tmp_path: Path) -> None:
    groundwork.lay(issue_of(tmp_path, {"magazine.yaml": "title: [\n"}))
    assert read_rules.cache_info().misses == 0
    assert not pyphen.hdcache


def test_the_magazine_is_that_of_the_whole_issue(tmp_path: Path) -> None:
    sheet = "    number: 37\n    published: 2026-03-20\n    colours: {accent: '#654321', new: '#111111'}\n"
    folder = issue_of(tmp_path, {"magazine.yaml": COLOURS, "037/issue.yaml": sheet})
    issue = load(folder, Report())
    assert issue is not None
    assert load_magazine(folder, Report()) == issue.magazine
    assert {str(colour.screen) for colour in issue.magazine.colours.values()} == {"#654321", "#111111"}
