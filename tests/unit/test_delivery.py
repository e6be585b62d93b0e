"""A run's files take their place together, or not at all; what killed runs left behind is removed."""

import os
from pathlib import Path

import pytest

from magbuild.delivery import beside, deliver


def made(folder: Path, **texts: str) -> tuple[Path, ...]:
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return tuple(folder / name for name in texts)


def test_files_are_delivered_and_nothing_stays_beside_them(tmp_path: Path) -> None:
    with beside(tmp_path / "build") as folder:
        assert deliver(made(folder, a="new", b="new"), folder, tmp_path / "build/037") == (
            tmp_path / "build/037/a",
            tmp_path / "build/037/b",
        )
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a", "b"]
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["037"]


def test_folders_of_files_are_kept(tmp_path: Path) -> None:
    with beside(tmp_path) as folder:
        (folder / "stories").mkdir()
        files = made(folder / "stories", a="new")
        assert deliver(files, folder, tmp_path / "037") == (tmp_path / "037/stories/a",)
    assert (tmp_path / "037/stories/a").read_text("utf-8") == "new"


def test_when_one_has_no_place_none_is_changed(tmp_path: Path) -> None:
    shelf = tmp_path / "037"
    shelf.mkdir()
    made(shelf, a="good")
    (shelf / "b").mkdir()
    with beside(tmp_path) as folder, pytest.raises(IsADirectoryError):
        deliver(made(folder, a="new", b="new"), folder, shelf)
    assert (shelf / "a").read_text("utf-8") == "good"


def test_folders_of_killed_runs_go_and_those_of_others_stay(tmp_path: Path) -> None:
    killed = tmp_path / ".magbuild-999999999-x"  # larger than any process number
    at_work, strange = tmp_path / f".magbuild-{os.getpid()}-y", tmp_path / ".magbuild-old-z"
    for folder in (killed, at_work, strange):
        folder.mkdir()
    with beside(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((at_work.name, strange.name))
