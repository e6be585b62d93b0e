"""Fingerprints: the same for the same content, and another for any other."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from magbuild.fingerprint import Files, NoFingerprint, fingerprint, traced, unchanged
from magbuild.model import Start
from magbuild.problem import Place
from magbuild.sheaf import Sheaf


@dataclass(frozen=True)
class Other:
    path: Path
    line: int | None = None
    column: int | None = None
    page: int | None = None


VALUES = [
    *(None, True, False, 0, 1, 1.0, 10, "", "1", "a", b"a", b"", (), (1,), ((1,),), (1, 0), ("ab", "c"), ("a", "bc")),
    *({}, {"a": 1}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, frozenset(), frozenset({1}), frozenset({"a", "b"})),
    *(Path("a"), Start.ANY, Start.RECTO, Place(Path("a")), Place(Path("a"), 1), Other(Path("a"))),
    *(Sheaf.of(b"a"), Sheaf.of(b"b"), date(2026, 3, 20), datetime(2026, 3, 20, tzinfo=UTC)),
]


def test_values_that_differ_have_fingerprints_that_differ() -> None:
    found = [fingerprint(value, Files()) for value in VALUES]
    assert len(set(found)) == len(VALUES)


def test_equal_values_have_the_same_fingerprint() -> None:
    assert fingerprint((1, "A".lower(), [2]), Files()) == fingerprint((1, "a", (2,)), Files())
    assert fingerprint(MappingProxyType({"a": 1}), Files()) == fingerprint({"a": 1}, Files())
    assert fingerprint(replace(Place(Path("a"), 2), line=1), Files()) == fingerprint(Place(Path("a"), 1), Files())


def test_it_does_not_depend_on_the_seed_of_hashes() -> None:
    code = "from magbuild.fingerprint import *; print(fingerprint(frozenset(map(str, range(99))), Files()))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {f"{fingerprint(frozenset(map(str, range(99))), Files())}\n".encode()}


@pytest.mark.parametrize(
    "naming",
    [
        lambda path: path,
        lambda path: path.parent,
        lambda path: path.parent.parent,
        lambda path: ("styles", f'@font-face{{src:url("{path.as_uri()}")}}'),
        lambda path: {"fonts": (path,)},
    ],
)
def test_the_bytes_of_files_that_are_named_belong_to_it(naming: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "fonts" / "a font.otf"
    path.parent.mkdir()
    found = []
    for content in (b"one", b"two", b"one"):
        path.write_bytes(content)
        os.utime(path, (1, 1))
        found.append(fingerprint(naming(path), Files()))
    assert found[0] == found[2] != found[1]
    path.unlink()
    assert fingerprint(naming(path), Files()) not in found


def test_a_file_more_in_a_folder_is_another_folder(tmp_path: Path) -> None:
    before = fingerprint(tmp_path, Files())
    (tmp_path / ".magbuild").mkdir()
    assert fingerprint(tmp_path, Files()) == before, "what is remembered isn't part of what is made"
    (tmp_path / "empty").mkdir()
    assert fingerprint(tmp_path, Files()) != before


def test_a_link_that_goes_round_in_a_circle_ends(tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path)
    assert fingerprint(tmp_path, Files()) == fingerprint(tmp_path, Files())


def test_the_time_of_a_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")
    found = set()
    for time in (1, 2):
        os.utime(path, (time, time))
        found.add(fingerprint(path, Files()))
    assert len(found) == 1


def test_a_file_that_changes_at_work_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "pictures" / "a"
    path.parent.mkdir()
    path.write_bytes(b"a")
    _, traces = traced((tmp_path, "text"), Files())
    assert unchanged(traces)
    path.write_bytes(b"other")
    assert not unchanged(traces)


def test_what_has_no_content_to_tell_has_none() -> None:
    with pytest.raises(NoFingerprint, match="object"):
        fingerprint(object(), Files())
