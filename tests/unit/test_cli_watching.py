"""The command that watches: what it builds again for, and what it leaves alone."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from click.testing import CliRunner

from magbuild.cli import building, main
from magbuild.cli.building import Order
from magbuild.cli.watching import is_material, saves
from magbuild.impression import Wanted
from tests.kit import issue_of

Watch = Callable[..., Iterator[set[tuple[int, str]]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue of which a story is saved, then what a build writes, then a style."""
    folder = issue_of(tmp_path)
    saved = [folder / "01-salt.md", tmp_path / "issues" / "out" / "037" / "a.pdf", folder / "layout" / "type.css"]

    def watch(*places: Path, watch_filter: Callable[[object, str], bool], **options: object) -> Iterator[object]:
        assert tmp_path / "issues" in places
        yield set()
        yield from ({(1, str(path))} for path in saved if watch_filter(None, str(path)))

    module = ModuleType("watchfiles")
    module.watch = watch  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "watchfiles", module)
    return folder


def test_what_builds_write_does_not_count(folder: Path, tmp_path: Path) -> None:
    saved = list(saves(folder, (tmp_path / "issues" / "out", tmp_path / ".magbuild")))
    assert saved == [frozenset(), {folder / "01-salt.md"}, {folder / "layout" / "type.css"}]


@pytest.mark.parametrize(
    ("name", "material"),
    [
        ("issues/037/01-salt.md", True),
        ("issues/037/pictures/salt.jpg", True),
        ("issues/magazine.yaml", True),
        ("issues/037/layout/styles/type.css", False),
        ("issues/layout/styles/type.css", False),
        ("layouts/own/fonts/a.otf", False),
        ("printers/ours.yaml", False),
    ],
)
def test_stories_are_read_anew_and_fonts_and_profiles_are_not(name: str, material: bool, tmp_path: Path) -> None:
    assert is_material(tmp_path / name, tmp_path / "issues" / "037") is material


def test_it_builds_at_once_and_after_every_save_and_begins_again_for_a_layout(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []
    started: list[str] = []

    def build_all(runs: Sequence[Wanted], order: Order) -> None:
        built.extend(wanted.folder for wanted in runs)

    monkeypatch.setattr(building, "build_all", build_all)
    monkeypatch.setattr(os, "execv", lambda program, _: started.append(program))
    done = CliRunner().invoke(main, ["watch", str(folder), "-o", str(tmp_path / "issues" / "out"), "-j", "1"])
    assert done.exit_code == 0, done.output
    assert built == [folder] * 3
    assert started == [sys.executable]
    assert done.output.count("watching") == 3


def test_workers_get_ready_once_while_nobody_waits(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def get_ready(order: Order, wanted: Wanted) -> None:
        told.append("ready")
        monkeypatch.setattr(order.crew, "_staff", SimpleNamespace(shutdown=lambda **_: None))

    monkeypatch.setattr(building, "build_all", lambda runs, order: told.append("built"))
    monkeypatch.setattr(Order, "get_ready", get_ready)
    monkeypatch.setattr(os, "execv", lambda program, _: None)
    CliRunner().invoke(main, ["watch", str(folder), "-o", str(tmp_path / "issues" / "out"), "-j", "2"])
    assert told == ["built", "ready", "built", "built"]


@pytest.mark.slow
def test_a_story_that_is_saved_is_built_again(tmp_path: Path) -> None:
    folder = issue_of(tmp_path)
    command = (sys.executable, "-m", "magbuild", "watch", str(folder), "-e", "epub", "-o", str(tmp_path / "out"))
    with subprocess.Popen([*command, "-j", "1"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = (line for line in process.stdout if "watching" in line)
        assert str(folder) in next(told)
        before = next((tmp_path / "out" / "037").glob("*.epub")).read_bytes()
        story = next(folder.glob("01-*.md"))
        story.write_text(f"{story.read_text('utf-8')}\nOne more line.\n", "utf-8")
        assert str(folder) in next(told)
        process.terminate()
    assert next((tmp_path / "out" / "037").glob("*.epub")).read_bytes() != before
