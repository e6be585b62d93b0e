"""Fillers: which goes where, that none makes a story longer, that they are in no contents, and what is told of them."""

from pathlib import Path

import pytest

from magbuild.build import LaidOut, lay_out
from magbuild.fillers import GAP, Pool, choose
from magbuild.lines import Line
from magbuild.problem import Report
from tests.kit import issue_of

WORDS = "Salt came by the road over the pass, and the toll was paid in salt. "
FILLER = "---\ntitle: {title}\ntype: filler\n---\n\n{text}\n"
FILES = {
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nHello there.\n",
    "037/01-salt.md": f"---\ntitle: Salt\nauthor: Ada\n---\n\n{WORDS * 20}\n",
    "037/02-tea.md": f"---\ntitle: Tea\nauthor: Ada\n---\n\n{WORDS * 30}\n",
    "037/ad-short.md": FILLER.format(title="Short", text="Subscribe."),
    "037/ad-tall.md": FILLER.format(title="Tall", text="One.\n\nTwo.\n\nThree.\n\nFour."),
}


def test_each_story_has_the_highest_that_fits_and_none_has_it_twice() -> None:
    rooms = {"salt": 50 + GAP, "tea": 200 + GAP, "ink": 200 + GAP, "oil": 200 + GAP}
    heights = {"low": 40.0, "high": 120.0, "higher": 160.0, "highest": 220.0}
    assert choose(rooms, heights) == {"salt": "low", "tea": "higher", "ink": "high"}


def test_a_filler_needs_white_above_it() -> None:
    assert choose({"salt": 40 + GAP - 0.1}, {"low": 40.0}) == {}
    assert choose({"salt": 40 + GAP}, {"low": 40.0}) == {"salt": "low"}


def test_of_two_that_are_as_high_the_first_is_taken() -> None:
    assert choose({"salt": 99.0}, {"a": 40.0, "b": 40.0}) == {"salt": "a"}


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    report = Report()
    folder = issue_of(tmp_path_factory.mktemp("project"), FILES)
    found = lay_out(folder, report, jobs=1)
    assert {problem.code for problem in report} <= {"blank-page", "page-count"}
    return found


def lines(laid: LaidOut, galley: str) -> list[Line]:
    return [line for page in laid.filled.proofs[galley].measured for line in page.lines]


def test_fillers_stand_at_the_feet_of_stories(laid: LaidOut) -> None:
    assert laid.filled.fillers == {"salt": "ad-tall", "tea": "ad-short"}
    found = lines(laid, "salt")
    (title,) = [line for line in found if line.text == "Tall"]
    assert title.baseline > max(line.baseline for line in found if "toll" in line.text)
    (page,) = laid.filled.proofs["salt"].measured
    assert max(area.bottom for area in page.areas) == pytest.approx(page.bottom, abs=0.5)
    assert not title.flows
    assert "Short" in [line.text for line in lines(laid, "tea")]


def test_they_are_in_no_running_order_and_no_contents(laid: LaidOut) -> None:
    assert laid.issue.order == ("contents", "editorial", "salt", "tea", "imprint")
    assert not {"Short", "Tall"} & {line.text.strip() for line in lines(laid, "contents")}


def test_it_is_told_where_they_stand(laid: LaidOut) -> None:
    pages = laid.filled.plan.first_pages
    assert laid.filled.told == (f"fillers: 'ad-tall' on page {pages['salt']}, 'ad-short' on page {pages['tea']}",)


def test_what_has_no_room_is_left_out_and_told(tmp_path: Path) -> None:
    high = FILLER.format(title="High", text="\n\n".join(["Word."] * 60))
    files = {name: text for name, text in FILES.items() if "ad-" not in name}
    found = lay_out(issue_of(tmp_path, files | {"037/ad-high.md": high}), Report(), jobs=1).filled
    assert (found.fillers, found.left_out) == ({}, ("ad-high",))
    assert found.told == ("fillers: no room for 'ad-high'",)


def test_an_issue_without_any_tells_nothing(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if "ad-" not in name}
    assert lay_out(issue_of(tmp_path, files), Report(), jobs=1).filled.told == ()


def test_a_filler_that_makes_its_story_worse_is_taken_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laid: LaidOut
) -> None:
    monkeypatch.setattr(Pool, "suits", lambda self, before, after: before.slug != "salt")
    found = lay_out(issue_of(tmp_path, FILES), Report(), jobs=1).filled
    assert (found.fillers, found.left_out) == ({"tea": "ad-short"}, ("ad-tall",))
    assert "Tall" not in [line.text for page in found.proofs["salt"].measured for line in page.lines]
    assert found.plan.first_pages == laid.filled.plan.first_pages


def test_each_story_is_told_of_once_with_its_filler(tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []
    lay_out(issue_of(tmp_path, FILES), Report(), jobs=1, tell=lambda stage, detail: told.append((stage, detail)))
    pages = [detail for stage, detail in told if stage == "pages"]
    assert sorted(pages) == sorted(set(pages))
    assert "salt: 1" in pages
