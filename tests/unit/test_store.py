"""The store: what is remembered comes back whole or not at all."""

import hashlib
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magbuild.problem import Place, Problem, Severity
from magbuild.sheaf import Sheaf, Unnamed
from magbuild.store import BESIDE, ENTRIES, LEFT_BEHIND, RUNS, SHEAVES, Store


def key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def entries(folder: Path, part: str = ENTRIES) -> list[Path]:
    return [path for path in (folder / part).rglob("*") if path.is_file()]


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    Store(tmp_path).put(key("a"), b"galley")
    assert Store(tmp_path).get(key("a")) == b"galley"
    assert Store(tmp_path).get(key("b")) is None


def test_a_store_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert Store(tmp_path / "none").get(key("a")) is None
    assert not (tmp_path / "none").exists()


@settings(max_examples=200)
@given(st.binary(max_size=200), st.data())
def test_a_damaged_entry_is_seen_and_made_again(
    tmp_path_factory: pytest.TempPathFactory, value: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("store")
    Store(folder).put(key("a"), value)
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole + b"x", b""])
    )
    entry.write_bytes(damaged)
    store = Store(folder)
    assert store.get(key("a")) is None
    store.put(key("a"), value)
    assert store.get(key("a")) == value


def test_a_fresh_run_looks_nothing_up_but_what_it_made_itself(tmp_path: Path) -> None:
    Store(tmp_path).put(key("a"), b"old")
    store = Store(tmp_path, fresh=True)
    assert store.get(key("a")) is None
    store.put(key("a"), b"new")
    assert store.get(key("a")) == Store(tmp_path).get(key("a")) == b"new"


def test_a_fresh_run_looks_up_what_another_process_of_it_made(tmp_path: Path) -> None:
    with Store(tmp_path).running() as before:
        before.put(key("old"), b"old")
    with Store(tmp_path, fresh=True).running() as run:
        others = [Store(tmp_path, fresh=True, run=run.run) for _ in range(2)]
        others[0].put(key("a"), b"new")
        assert others[1].get(key("a")) == run.get(key("a")) == b"new"
        assert others[1].get(key("old")) is None
    with Store(tmp_path, fresh=True).running() as later:
        assert later.get(key("a")) is None


def test_the_oldest_go_first_and_what_is_in_use_stays(tmp_path: Path) -> None:
    for number in range(4):
        Store(tmp_path).put(key(str(number)), bytes(1000))
    for number in range(4):
        (path,) = (entry for entry in entries(tmp_path) if entry.name == key(str(number))[2:])
        os.utime(path, (number, number))
    store = Store(tmp_path)
    assert store.get(key("0")) is not None
    assert store.trim(2200) > 0
    assert [store.get(key(str(number))) is not None for number in range(4)] == [True, False, False, True]
    assert store.trim(0) == 0, "this run has used both"


def test_what_a_killed_build_left_is_swept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(key("a"), b"a")
    old, new = tmp_path / BESIDE / "old", tmp_path / BESIDE / "new"
    for path in (old, new):
        path.write_bytes(b"half")
    now = new.stat().st_mtime
    os.utime(old, (now - LEFT_BEHIND - 1, now - LEFT_BEHIND - 1))
    store.trim(10**9)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_room)
    store = Store(tmp_path)
    store.put(key("a"), b"a")
    assert store.trouble is not None
    assert store.trouble.errno == 28
    assert store.get(key("a")) is None
    assert list((tmp_path / BESIDE).iterdir()) == []


def test_a_store_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file")
    store.put(key("a"), b"a")
    assert store.trouble is not None
    assert store.get(key("a")) is None


def _put_and_get(folder: Path) -> bool:
    store = Store(folder)
    for number in range(50):
        store.put(key(str(number)), str(number).encode() * 5000)
    return all(store.get(key(str(number))) == str(number).encode() * 5000 for number in range(50))


def test_several_builds_may_share_it(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert all(pool.map(_put_and_get, [tmp_path] * 4))
    assert len(entries(tmp_path)) == 50


# --- Values, and sheaves as files ---


def test_a_value_comes_back_and_its_sheaf_lies_in_a_file(tmp_path: Path) -> None:
    pages = bytes(range(256)) * 1000
    value = (Problem(Place(Path("a.md"), 3), "missing-alt", "no words"), Sheaf.of(pages), {"a": (1, 2.5, None)})
    with Store(tmp_path).running() as store:
        packed = store.pack(value)
        assert len(packed) < 1000
        store.put(key("a"), packed)
    with Store(tmp_path).running() as store:
        found = store.recall(key("a"))
        assert found is not None
        (again,) = found
        assert again == value
        assert again[1].path is not None
        assert again[1].read() == pages


@pytest.mark.parametrize("damage", [b"", b"%PDF other", None])
def test_a_value_whose_sheaf_is_damaged_or_gone_is_not_there(tmp_path: Path, damage: bytes | None) -> None:
    with Store(tmp_path).running() as store:
        store.put(key("a"), store.pack(Sheaf.of(b"%PDF pages")))
    (lying,) = entries(tmp_path, SHEAVES)
    lying.unlink()
    if damage is not None:
        lying.write_bytes(damage)
    with Store(tmp_path).running() as store:
        assert store.recall(key("a")) is None
        store.put(key("a"), store.pack(Sheaf.of(b"%PDF pages")))
    with Store(tmp_path).running() as store:
        assert store.recall(key("a")) == (Sheaf.of(b"%PDF pages"),)


def test_a_sheaf_in_use_outlives_a_clean(tmp_path: Path) -> None:
    with Store(tmp_path).running() as store:
        sheaf = store.keep(Sheaf.of(b"%PDF pages"))
        assert Store(tmp_path).trim(0) > 0
        assert entries(tmp_path, SHEAVES) == []
        assert sheaf.read() == b"%PDF pages"
    assert list((tmp_path / RUNS).iterdir()) == []


def test_without_room_a_sheaf_is_handed_on_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file")
    assert store.unpack(store.pack(Sheaf.of(b"%PDF pages"))) == Sheaf.of(b"%PDF pages")
    assert store.trouble is not None


class Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("false",)


@dataclass(frozen=True)
class Attribute:
    """Is packed as `getattr` of something, which is how Debian's Python 3.11.2 packs members of enumerations."""

    owner: object
    name: str

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return getattr, (self.owner, self.name)


def test_members_of_enumerations_come_back_as_any_python_packs_them(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number, packed in enumerate((Severity.ERROR, Attribute(Severity, "ERROR"))):
        store.put(key(str(number)), pickle.dumps(packed))
        assert store.recall(key(str(number))) == (Severity.ERROR,)


def test_an_entry_from_a_stranger_starts_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number, evil in enumerate(
        (Trap(), os.system, Store.get, Unnamed, Attribute(Problem, "__init__"), Attribute("", "join"))
    ):
        store.put(key(str(number)), pickle.dumps(evil))
        assert store.recall(key(str(number))) is None


def test_an_entry_of_another_version_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(key("a"), pickle.dumps(Place(Path("a"))).replace(b"Place", b"Plaza"))
    assert store.recall(key("a")) is None


def test_a_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(own: Path, path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    with Store(tmp_path).running() as store:
        sheaf = store.keep(Sheaf.of(b"%PDF pages"))
        assert store.trouble is None
        assert store.run is not None
        assert [path.name for path in store.run.iterdir()] == [sheaf.digest[2:]]
        Store(tmp_path).trim(0)
        assert sheaf.read() == b"%PDF pages"
