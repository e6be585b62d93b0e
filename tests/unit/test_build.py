"""The whole run on small issues: page numbers settle, errors leave things as they were, some editions only."""

import io
import json
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from magbuild.build import build, get_ready
from magbuild.impression import Impression, Wanted
from magbuild.model import USUAL_EDITIONS, EditionName
from magbuild.problem import Report, Severity, Stopped
from magbuild.store import Store
from tests.kit import issue_of

LONG = "Salt is carried by mules over the pass, and the toll is paid in salt. " * 220
FILES = {
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nSee [tea](02-tea.md){.page}.\n",
    "037/01-salt.md": f"---\ntitle: Salt\nauthor: Ada\n---\n\n{LONG}\n",
    "037/02-tea.md": "---\ntitle: Tea\nauthor: Ada\n---\n\nTea is [not salt](01-salt.md){.page}.\n",
}


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_page_numbers_in_the_text_are_those_of_the_pages(tmp_path: Path) -> None:
    built = build(issue_of(tmp_path, FILES), tmp_path / "out", Report(), jobs=1)
    (screen,) = [path for path in built.files if path.name.endswith("screen.pdf")]
    pages = texts(screen)
    assert len(pages) == built.pages
    number = next(index for index, text in enumerate(pages, 1) if "Tea is" in text)
    assert number > 6
    assert f"See tea (page {number})" in pages[2]
    assert "not salt (page 4)" in pages[number - 1]
    assert pages[1].endswith(f"Tea Ada {number}")
    assert "Salt is carried" in pages[3]


def test_errors_leave_the_last_good_build_as_it_was(tmp_path: Path) -> None:
    folder, out = issue_of(tmp_path, FILES), tmp_path / "out"
    build(folder, out, Report(), editions=[EditionName.SCREEN], jobs=1)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert before
    (folder / "02-tea.md").write_text("---\ntitle: Tea\nkikker: x\n---\n\nTea.\n", "utf-8")
    report = Report()
    with pytest.raises(Stopped):
        build(folder, out, report, jobs=1)
    assert report.failed
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in out.iterdir()) == ["037"]


def test_a_strict_build_stops_at_warnings(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, FILES)
    report = Report(strict=True)  # the pages don't come to a multiple of four
    with pytest.raises(Stopped):
        build(folder, tmp_path / "out", report, editions=[EditionName.SCREEN], jobs=1)
    assert {problem.code for problem in report} == {"blank-page"}
    assert list((tmp_path / "out").glob("*")) == []


def test_only_the_editions_that_are_wanted(tmp_path: Path) -> None:
    report = Report()
    built = build(issue_of(tmp_path, FILES), tmp_path / "out", report, editions=[EditionName.EPUB], jobs=1)
    assert sorted(path.suffix for path in built.files) == [".epub", ".jpg", ".json"]
    listed = json.loads(next(path for path in built.files if path.suffix == ".json").read_text("utf-8"))
    assert [problem["code"] for problem in listed] == [problem.code for problem in report]


def test_the_cover_picture_has_the_size_that_shops_want(tmp_path: Path) -> None:
    built = build(issue_of(tmp_path, FILES), tmp_path / "out", Report(), editions=[EditionName.SCREEN], jobs=1)
    cover = Image.open(io.BytesIO(next(path for path in built.files if path.suffix == ".jpg").read_bytes()))
    assert (cover.format, cover.size) == ("JPEG", (1600, 2400))


def test_a_light_e_book_is_made_only_when_asked_for(tmp_path: Path) -> None:
    folder, both = issue_of(tmp_path, FILES), (EditionName.EPUB, EditionName.EPUB_LIGHT)
    built = build(folder, tmp_path / "out", Report(), editions=both, jobs=1)
    assert [path.name for path in built.files if path.suffix == ".epub"] == [
        "foundations-37.epub",
        "foundations-37-light.epub",
    ]
    assert EditionName.EPUB_LIGHT not in USUAL_EDITIONS


@pytest.mark.slow
def test_processes_make_no_difference(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, FILES)
    alone = build(folder, tmp_path / "one", Report(), jobs=1)
    together = build(folder, tmp_path / "two", Report(), jobs=2)
    for first, second in zip(alone.files, together.files, strict=True):
        assert first.name == second.name
        assert first.read_bytes() == second.read_bytes(), first.name


def test_what_is_set_badly_is_told_at_its_line(tmp_path: Path) -> None:
    files = FILES | {
        "037/01-salt.md": f"---\ntitle: Salt\nauthor: Ada\n---\n\n{LONG}\n\nTea is carried, too.\n",
        "037/layout/styles/type.css": ".body p + p { position: relative; top: 3pt }",
    }
    report = Report()
    folder = issue_of(tmp_path, files)
    built = build(folder, tmp_path / "out", report, editions=[EditionName.SCREEN], jobs=1)
    (found,) = [problem for problem in report if problem.code == "off-grid"]
    assert (found.place.path, found.place.line, found.severity) == (folder / "01-salt.md", 8, Severity.WARNING)
    assert "'Tea is carried, too" in found.message
    (figures,) = [path for path in built.files if path.name == "typography.json"]
    tallies = {tally["code"]: tally for tally in json.loads(figures.read_text("utf-8"))}
    assert (tallies["off-grid"]["wrong"], tallies["off-grid"]["worst"]) == (1, pytest.approx(3.0, abs=0.02))
    with pytest.raises(Stopped):
        build(folder, tmp_path / "out", Report(strict=True), editions=[EditionName.SCREEN], jobs=1)


@pytest.mark.parametrize("layout", ["house", "nowhere"])
def test_getting_ready_leaves_nothing_and_tells_nothing(layout: str, tmp_path: Path) -> None:
    folder = issue_of(tmp_path, FILES | {"magazine.yaml": f"title: Foundations\nlayout: {layout}\n"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    impression = Impression(Wanted(folder=folder, editions=()), Store(tmp_path / ".magbuild"))
    get_ready(folder, impression, 1, None)
    after = {path for path in tmp_path.rglob("*") if path.is_file() and ".magbuild" not in path.parts}
    assert after == before.keys()
    assert impression.again(tmp_path / "out", Report()) is None
