"""Files of own layouts: unsafe styles, and names that nothing asks for, by way of finding the layout."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from magbuild.layout import find_layout, open_layout, shipped_layouts
from magbuild.problem import Problem, Report


def problems(project: Path, files: Mapping[str, str]) -> list[Problem]:
    """Return what is said of a layout `ours` with these files, or of files over it."""
    for name, text in {"layouts/ours/layout.yaml": "name: ours\n", **files}.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, "utf-8")
    report = Report()
    find_layout("ours", project, project / "issues" / "037", report)
    return list(report)


@pytest.mark.parametrize("folder", ["layouts/ours", "issues/layout", "issues/037/layout"])
def test_styles_are_looked_through_wherever_an_editor_may_put_them(tmp_path: Path, folder: str) -> None:
    path = f"{folder}/styles/type.css"
    (problem,) = problems(tmp_path, {path: "\n.x { opacity: 0.5 }\n"})
    assert (problem.code, problem.place.line, problem.place.column) == ("unsafe-style", 2, 6)
    assert problem.place.path == tmp_path / path


def test_a_layout_that_is_opened_by_its_folder_is_looked_through_too(tmp_path: Path) -> None:
    problems(tmp_path, {"layouts/ours/styles/type.css": ".x { opacity: 0.5 }"})
    report = Report()
    open_layout(tmp_path / "layouts" / "ours", report)
    assert [problem.code for problem in report] == ["unsafe-style"]


def test_a_float_is_judged_by_the_columns_of_all_that_lies_below(tmp_path: Path) -> None:
    one_column = {
        "layouts/ours/styles/stories.css": ".body, .faq .body, .subscribe .body, .story.review .body { columns: auto }"
    }
    floats = {"issues/037/layout/styles/type.css": ".pullquote { float: left }"}
    assert [problem.code for problem in problems(tmp_path, floats)] == ["unsafe-style"]
    assert problems(tmp_path, {**one_column, **floats}) == []


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("styles/typ.css", "unused-style", "did you mean 'type.css'?"),
        ("styles/fireworks.css", "unused-style", "call it one of tokens, type, pages, stories, covers, epub"),
        ("templates/covr.html", "unused-template", "did you mean 'cover.html'?"),
        ("templates/epub/chaptr.html", "unused-template", "did you mean 'epub/chapter.html'?"),
    ],
)
def test_files_that_nothing_uses_are_told_of(tmp_path: Path, name: str, code: str, hint: str) -> None:
    (problem,) = problems(tmp_path, {f"layouts/ours/{name}": ""})
    assert (problem.code, problem.hint) == (code, hint)
    assert problem.place.path.name == Path(name).name


def test_templates_of_new_names_are_used_when_others_name_them(tmp_path: Path) -> None:
    files = {
        "layouts/ours/templates/cover.html": "{% include 'badge.html' %}",
        "layouts/ours/templates/badge.html": "",
        "layouts/ours/templates/epub/chapter.html": "",
    }
    assert problems(tmp_path, files) == []


def test_layouts_that_come_with_the_program_are_known_by_whatever_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shipped_layouts().parent)
    report = Report()
    layout = find_layout("digest", Path(), Path("issues") / "000", report)
    assert layout.chain[-1] == Path("layouts") / "house"
    assert list(report) == []
    (tmp_path / "layouts").symlink_to(shipped_layouts())
    find_layout("digest", tmp_path, tmp_path / "issues" / "000", report)
    assert list(report) == []
