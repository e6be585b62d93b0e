"""What workers of a cluster must have in common with the machine that they work for."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from magbuild import cluster
from magbuild.cluster import Listed, Site, listed
from magbuild.staff import StaffTrouble

WORKER = cast(Any, SimpleNamespace(address="tcp://10.0.0.7:4000"))


@pytest.fixture
def site() -> Site:
    return Site.here()


def looked(site: Site, seen: tuple[Path, ...] = (), probes: tuple[tuple[Path, bytes], ...] = ()) -> Listed:
    answer = cluster._look(site, seen, probes, WORKER)
    if isinstance(answer, StaffTrouble):
        raise answer
    return answer


def test_who_has_all_tells_which_files_he_sees(site: Site, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "salt.jpg").write_bytes(b"salt")
    (tmp_path / "magazine.yaml").write_text("title: Salt")
    with cluster._probed([tmp_path / "store" / "new"]) as probes:
        found = looked(site, (tmp_path / "pictures", tmp_path / "magazine.yaml", tmp_path / "nothing"), probes)
    assert [(Path(name).name, size) for name, size, _ in found] == [("magazine.yaml", 11), ("salt.jpg", 4)]
    assert not list((tmp_path / "store" / "new").iterdir())


def test_a_file_that_has_changed_is_seen(tmp_path: Path) -> None:
    before = listed([tmp_path])
    (tmp_path / "a").write_text("a")
    assert listed([tmp_path]) != before


@pytest.mark.parametrize("left", [None, b"other"])
def test_a_folder_must_be_the_very_same(site: Site, tmp_path: Path, left: bytes | None) -> None:
    probe = tmp_path / "probe"
    if left is not None:
        probe.write_bytes(left)
    with pytest.raises(StaffTrouble, match=r"10\.0\.0\.7:4000 doesn't share") as trouble:
        looked(site, probes=((probe, b"words"),))
    assert (trouble.value.code, trouble.value.hint) == ("unfit-worker", cluster.SHARED)


def test_the_folder_of_the_build_must_be_there(site: Site, tmp_path: Path) -> None:
    with pytest.raises(StaffTrouble, match=r"doesn't see .*nowhere"):
        looked(replace(site, folder=tmp_path / "nowhere"))


def test_the_program_must_be_the_same_and_a_library_that_differs_is_named(site: Site) -> None:
    other = replace(site, made_by="other", packages=(*site.packages, "aaa-1.0.dist-info"))
    with pytest.raises(StaffTrouble, match=r"runs another version of magbuild, Python or a library, such as aaa-1\.0$"):
        looked(other)
    with pytest.raises(StaffTrouble, match=r"or a library$"):
        looked(replace(site, made_by="other"))
