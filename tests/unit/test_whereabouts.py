"""An issue's folder, and those around it."""

from pathlib import Path

import pytest

from magbuild.whereabouts import project_of, shelf_of, store_of


def test_what_is_typed_whole_stays_as_typed() -> None:
    assert project_of(Path("issues/037")) == Path()
    assert shelf_of(Path("issues/037")) == Path("issues")
    assert store_of(Path("/magazines/river/issues/037")) == Path("/magazines/river/.magbuild")


@pytest.mark.parametrize("typed", ["037", ".", "../issues/037"])
def test_what_is_typed_from_within_is_found(typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "issues" / "037"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder if typed == "." else folder.parent)
    assert project_of(Path(typed)) == tmp_path
    assert shelf_of(Path(typed)).resolve() == folder.parent
