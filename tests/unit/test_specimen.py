"""The specimen of layouts: that its material has every element, and that every layout sets it without a problem."""

import re
from pathlib import Path

import pikepdf
import pytest

from magbuild.copydesk import read
from magbuild.layout import open_layout, shipped_layouts
from magbuild.model import AdvertSize, Issue, Span, StoryType
from magbuild.problem import Report, Stopped
from magbuild.specimen import MATERIAL, specimen
from tests.kit_pages import texts

BLOCKS = ("pullquote", "sidebar", "figure", "verse", "interview", "filler")


@pytest.fixture(scope="module")
def issue() -> Issue:
    report = Report()
    found, _ = read(MATERIAL, report)
    assert [problem for problem in report if problem.code not in ("advert-leaves-white",)] == []
    return found


def test_the_material_has_every_type_of_story_place_of_a_picture_and_size_of_advert(issue: Issue) -> None:
    fronts = [story.front for story in issue.stories]
    assert {front.type for front in fronts} == set(StoryType)
    assert {front.picture.place for front in fronts if front.picture} == set(Span) - {Span.MARGIN}
    assert {front.advert.size for front in fronts if front.advert} == set(AdvertSize)
    assert any(front.advert and front.advert.artwork for front in fronts)


def test_the_material_has_every_block_and_every_width_of_a_figure() -> None:
    text = "\n".join(path.read_text("utf-8") for path in MATERIAL.glob("*.md"))
    for block in BLOCKS:
        assert f"/// {block}" in text
    assert set(re.findall(r"^    width: (\w+)", text, re.MULTILINE)) == {"column", "page", "margin", "bleed"}
    assert set(re.findall(r"^    form: (\w+)", text, re.MULTILINE)) == {"ruled", "page"}
    for mark in (
        "    series: Plate",
        "## ",
        "### ",
        "> ",
        "- ",
        "1. ",
        ":   ",
        "|:--",
        "[^",
        "***",
        "{: .signature }",
        "    A long line",
        "`code`",
    ):
        assert mark in text, mark


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in shipped_layouts().iterdir() if path.is_dir()))
def test_every_layout_sets_the_material_without_a_problem_on_its_own_page(tmp_path: Path, name: str) -> None:
    report = Report()
    file = specimen(shipped_layouts() / name, tmp_path, report)
    assert file == tmp_path / f"{name}-specimen.pdf"
    assert list(report) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name]
    trim = open_layout(shipped_layouts() / name, Report()).trim
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) > 20
        assert [float(side) for side in pdf.pages[0].trimbox[2:]] == pytest.approx(
            [trim.width.pt, trim.height.pt], abs=0.01
        )
    words = " ".join(texts(file.read_bytes()))
    for head in ("A Short Title", "Interview", "A Back Cover", "Half a page", "A filler is a short piece"):
        assert head in " ".join(words.split()), head


def test_a_layout_with_a_mistake_says_where(tmp_path: Path) -> None:
    styles = tmp_path / "mine" / "styles"
    styles.mkdir(parents=True)
    (styles.parent / "layout.yaml").write_text("name: mine\nextends: hose\n", "utf-8")
    report = Report()
    with pytest.raises(Stopped):
        specimen(styles.parent, tmp_path / "out", report)
    assert [problem.code for problem in report] == ["missing-layout"]
    assert not list((tmp_path / "out").glob("*.pdf"))
