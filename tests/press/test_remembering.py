"""What is remembered is what a clean build makes, to the last byte: whoever builds, and whatever befell the store."""

import errno
import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner

from magbuild.cli import main
from magbuild.store import BESIDE, ENTRIES, RUNS, SHEAVES, Store
from tests.kit_builds import begin, build, contents, edit, kill, small_issue

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("remembering")]
AGAIN = "nothing has changed since they were made"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("project")


@pytest.fixture(scope="module")
def folder(project: Path) -> Path:
    return small_issue(project)


@pytest.fixture(scope="module")
def clean(project: Path, folder: Path) -> Mapping[str, bytes]:
    """What a build without any memory leaves of the issue as it is first."""
    build(folder, project / "clean", "--cache", str(project / "first"))
    return contents(project / "clean")


@pytest.fixture(scope="module")
def clean_edited(project: Path, folder: Path, clean: Mapping[str, bytes]) -> Iterator[Mapping[str, bytes]]:
    """What one leaves of the issue with another paragraph."""
    assert clean
    edit(project)
    build(folder, project / "edited", "--cache", str(project / "second"), "-j", "1")
    yield contents(project / "edited")
    small_issue(project)


@pytest.fixture
def store(project: Path, clean: Mapping[str, bytes], tmp_path: Path) -> Path:
    """The store of a build of the issue as it was first."""
    assert clean
    return Path(shutil.copytree(project / "first", tmp_path / "store"))


def differing(found: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def damage(folder: Path, dice: random.Random) -> int:
    """Change a byte of every file."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in paths:
        whole = bytearray(path.read_bytes())
        whole[dice.randrange(len(whole))] ^= 1
        path.write_bytes(whole)
    return len(paths)


def test_an_unchanged_issue_comes_back(folder: Path, store: Path, clean: Mapping[str, bytes], tmp_path: Path) -> None:
    told = build(folder, tmp_path / "out", "--cache", str(store), TZ="Pacific/Chatham")
    assert AGAIN in told
    assert differing(contents(tmp_path / "out"), clean) == []


def test_a_fresh_build_is_the_same(folder: Path, store: Path, clean: Mapping[str, bytes], tmp_path: Path) -> None:
    told = build(folder, tmp_path / "out", "--cache", str(store), "--fresh", "-j", "3", TZ="America/St_Johns")
    assert AGAIN not in told
    assert differing(contents(tmp_path / "out"), clean) == []


def test_problems_are_told_again_as_they_were(folder: Path, project: Path, tmp_path: Path) -> None:
    (folder / "03-ink.md").write_text("---\ntitle: Ink\nauthor: Cy Poe\n---\nBlack is the the ink.\n")
    try:
        first, again = (build(folder, tmp_path / "out", "--cache", str(tmp_path / "store")) for _ in range(2))
    finally:
        (folder / "03-ink.md").unlink()
    problems = [line for line in first.splitlines() if "warning" in line or "hint" in line]
    assert any("doubled-word" in line for line in problems)
    assert [line for line in again.splitlines() if "warning" in line or "hint" in line] == problems
    assert AGAIN in again


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_edited_story_is_as_a_clean_build_makes_it(
    folder: Path, store: Path, clean_edited: Mapping[str, bytes], tmp_path: Path, jobs: str
) -> None:
    build(folder, tmp_path / "out", "--cache", str(store), "-j", jobs, TZ="Asia/Kathmandu", PYTHONHASHSEED="7")
    assert differing(contents(tmp_path / "out"), clean_edited) == []


def test_a_damaged_store_is_as_good_as_none(
    folder: Path, store: Path, clean_edited: Mapping[str, bytes], tmp_path: Path
) -> None:
    assert damage(store / ENTRIES, random.Random(1)) > 10
    assert damage(store / SHEAVES, random.Random(2)) > 10
    build(folder, tmp_path / "out", "--cache", str(store))
    assert differing(contents(tmp_path / "out"), clean_edited) == []


def test_sheaves_that_are_damaged_are_made_again(
    folder: Path, store: Path, clean_edited: Mapping[str, bytes], tmp_path: Path
) -> None:
    damage(store / SHEAVES, random.Random(3))
    build(folder, tmp_path / "out", "--cache", str(store), "-j", "1")
    assert differing(contents(tmp_path / "out"), clean_edited) == []


@pytest.mark.parametrize("lines", [1, 4, 7])
def test_whoever_is_killed_leaves_nothing_wrong(
    folder: Path, clean_edited: Mapping[str, bytes], tmp_path: Path, lines: int
) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    for workers in (True, False):
        process = begin(folder, out, "--cache", str(store), "--fresh")
        assert process.stderr is not None
        for _ in range(lines):
            assert process.stderr.readline()
        kill(process, workers=workers)
    build(folder, out, "--cache", str(store))
    assert differing(contents(out), clean_edited) == []


def test_two_builds_share_a_store(folder: Path, clean_edited: Mapping[str, bytes], tmp_path: Path) -> None:
    store = tmp_path / "store"
    builds = [begin(folder, tmp_path / name, "--cache", str(store)) for name in ("one", "two")]
    for process in builds:
        process.communicate()
        assert process.returncode == 0
    for name in ("one", "two"):
        assert differing(contents(tmp_path / name), clean_edited) == []
    assert list((store / BESIDE).iterdir()) == []
    assert list((store / RUNS).iterdir()) == []


def test_a_full_disk_costs_nothing_but_time(
    folder: Path, clean_edited: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Store._written
    room = 200_000

    @contextmanager
    def until_full(self: Store, path: Path) -> Iterator[BinaryIO]:
        nonlocal room
        with written(self, path) as file:
            yield file
            room -= file.tell()
            if room < 0:
                raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Store, "_written", until_full)
    store = tmp_path / "store"
    done = CliRunner().invoke(
        main, ["build", str(folder), "-o", str(tmp_path / "out"), "-j", "1", "--cache", str(store)]
    )
    assert done.exit_code == 0, done.output
    assert "no space left on device [store-trouble]" in done.output
    assert differing(contents(tmp_path / "out"), clean_edited) == []
    assert list((store / BESIDE).iterdir()) == []
