"""Parts of steps: done once for the same input, for as long as a store is at hand."""

from pathlib import Path

import pytest

from magbuild.fingerprint import Files
from magbuild.memory import at_hand, recalled
from magbuild.store import Store

DONE: list[object] = []


def worked(path: Path, times: int) -> str:
    DONE.append(path)
    if times < 0:
        raise ValueError("less than nothing")
    return path.read_text() * times


@pytest.fixture(autouse=True)
def path(tmp_path: Path) -> Path:
    DONE.clear()
    (tmp_path / "a").write_text("salt")
    return tmp_path / "a"


def test_without_a_store_everything_is_done(path: Path) -> None:
    assert [recalled(worked, path, 2) for _ in range(2)] == ["saltsalt"] * 2
    assert len(DONE) == 2


def test_with_one_it_is_done_once_for_the_same_input_and_files(path: Path, tmp_path: Path) -> None:
    for content, times in (("salt", 2), ("salt", 2), ("salt", 1), ("tea", 2), ("salt", 1)):
        path.write_text(content)
        with at_hand(Store(tmp_path / "store"), Files()):
            assert recalled(worked, path, times) == content * times
    assert len(DONE) == 3
    recalled(worked, path, 2)
    assert len(DONE) == 4, "no store is at hand behind the block"


def test_a_failure_is_not_remembered(path: Path, tmp_path: Path) -> None:
    with at_hand(Store(tmp_path / "store"), Files()):
        for _ in range(2):
            with pytest.raises(ValueError, match="less than nothing"):
                recalled(worked, path, -1)
    assert len(DONE) == 2


def test_a_fresh_run_does_it_again_and_remembers(path: Path, tmp_path: Path) -> None:
    for fresh in (False, True, False):
        with at_hand(Store(tmp_path / "store", fresh=fresh), Files()):
            recalled(worked, path, 2)
    assert len(DONE) == 2


def test_what_changes_while_it_is_at_work_is_not_remembered(path: Path, tmp_path: Path) -> None:
    files = Files()
    files.of(path)
    path.write_text("other")
    with at_hand(Store(tmp_path / "store"), files):
        assert recalled(worked, path, 1) == "other"
    path.write_text("salt")
    with at_hand(Store(tmp_path / "store"), Files()):
        assert recalled(worked, path, 1) == "salt"
