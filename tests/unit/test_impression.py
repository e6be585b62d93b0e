"""Another impression: the files and problems of the last run, when nothing has changed, and only then."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from magbuild.impression import Built, Impression, Wanted
from magbuild.problem import Place, Problem, Report, Severity
from magbuild.store import ENTRIES, SHEAVES, Store
from tests.kit import issue_of

PROBLEMS = (
    Problem(Place(Path("issues/037/a.md"), 3, 4), "doubled-word", "'the' twice", "take one out", Severity.WARNING),
    Problem(Place(Path("issue.yaml"), page=7), "blank-page", "“page 7” is blank", severity=Severity.WARNING),
)


class Press:
    """An issue that is built by writing two files."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.folder = issue_of(project)
        self.out = project / "build"
        self.own = project / "printers" / "ours.yaml"
        self.own.parent.mkdir()
        self.own.write_text("extends: digital")
        self.wanted = Wanted(folder=self.folder, editions=("epub",))

    def impression(self) -> Impression:
        return Impression(self.wanted, Store(self.project / ".magbuild"))

    def build(self, change: Callable[[], object] = lambda: None) -> Built:
        impression, report = self.impression(), Report()
        report.add(*PROBLEMS)
        with impression.store.running():
            impression.look((self.own,))
            change()
            files = (self.out / "037" / "a.epub", self.out / "037" / "stories" / "b.pdf")
            files[1].parent.mkdir(parents=True, exist_ok=True)
            for file in files:
                file.write_bytes(file.name.encode() * 1000)
            impression.remember(files, self.out / "037", 12, ("well",), (self.own,), report)
        return Built(files=files, pages=12, seconds=3.0, told=("well",))

    def again(self, out: Path | None = None) -> tuple[Built | None, Report]:
        report = Report()
        return self.impression().again(out or self.out, report), report


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path)


def test_nothing_was_made_before(press: Press) -> None:
    assert press.again()[0] is None
    assert not press.out.exists()


def test_files_pages_and_problems_come_back(press: Press) -> None:
    first = press.build()
    contents = {file: file.read_bytes() for file in first.files}
    first.files[0].unlink()
    first.files[1].write_bytes(b"spoilt")
    found, report = press.again()
    assert found is not None
    assert (found.files, found.pages, found.told, found.again) == (first.files, 12, ("well",), True)
    assert {file: file.read_bytes() for file in found.files} == contents
    assert set(report) == set(PROBLEMS)
    assert sorted(path.name for path in press.out.iterdir()) == ["037"]


def test_they_come_back_elsewhere(press: Press, tmp_path: Path) -> None:
    press.build()
    found, _ = press.again(tmp_path / "elsewhere")
    assert found is not None
    assert [file.relative_to(tmp_path / "elsewhere" / "037").as_posix() for file in found.files] == [
        "a.epub",
        "stories/b.pdf",
    ]


CHANGES: dict[str, Callable[[Press], object]] = {
    "a story": lambda press: next(press.folder.glob("*.md")).write_text("other"),
    "a story more": lambda press: (press.folder / "02-tea.md").write_text("tea"),
    "the magazine": lambda press: (press.folder.parent / "magazine.yaml").write_text("title: Other"),
    "a layout": lambda press: issue_of(press.project, {"../layouts/own/layout.yaml": "name: own"}),
    "styles of the magazine's own": lambda press: issue_of(press.project, {"layout/styles/type.css": "p {}"}),
    "the printer": lambda press: press.own.write_text("extends: sheetfed-coated"),
    "editions": lambda press: setattr(press, "wanted", replace(press.wanted, editions=("print",))),
    "strictness": lambda press: setattr(press, "wanted", replace(press.wanted, strict=True)),
    "another printer": lambda press: setattr(press, "wanted", replace(press.wanted, printer="digital")),
    "the date": lambda press: os.environ.__setitem__("SOURCE_DATE_EPOCH", "1"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_changed_is_made_again(press: Press, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    press.build()
    CHANGES[what](press)
    assert press.again()[0] is None, what


def test_what_changed_while_it_was_at_work_is_not_remembered(press: Press) -> None:
    story = next(press.folder.glob("*.md"))
    before = story.read_bytes()
    press.build(lambda: story.write_bytes(before + b"more"))
    assert press.again()[0] is None
    story.write_bytes(before)
    assert press.again()[0] is None


@pytest.mark.parametrize("part", [ENTRIES, SHEAVES])
@pytest.mark.parametrize("damage", [b"", b"other", None])
def test_what_is_damaged_is_made_again(press: Press, part: str, damage: bytes | None) -> None:
    press.build()
    for path in [path for path in (press.project / ".magbuild" / part).rglob("*") if path.is_file()]:
        path.unlink()
        if damage is not None:
            path.write_bytes(damage)
    assert press.again()[0] is None
    press.build()
    assert press.again()[0] is not None


def test_pages_are_expected_where_they_were(press: Press) -> None:
    assert press.impression().expected == {}
    press.impression().expect({"salt": 3, "tea": 9})
    next(press.folder.glob("*.md")).write_text("other")
    assert press.impression().expected == {"salt": 3, "tea": 9}


def test_looking_imports_nothing_heavy() -> None:
    code = "import magbuild.cli, magbuild.impression, magbuild.reporting, sys; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    heavy = {"weasyprint", "pikepdf", "PIL", "jinja2", "pydantic", "numpy", "lxml", "rich", "ebooklib", "markdown"}
    assert heavy & {name.partition(".")[0] for name in told.stdout.split()} == set()
