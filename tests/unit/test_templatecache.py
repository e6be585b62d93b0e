"""Templates lie compiled for the next run, and nothing depends on it."""

import os
import tempfile
from pathlib import Path

import jinja2
import pytest

from magbuild.templatecache import Templates, compiled_templates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which templates are to lie compiled."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"_jinja2-cache-{os.getuid()}"


def salted(shelf: Path) -> str:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(shelf), autoescape=True, bytecode_cache=compiled_templates()
    )
    return templates.get_template("salt.html").render(price=3)


def test_a_template_is_compiled_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "salt.html").write_text("salt: {{ price }}", "utf-8")
    assert salted(tmp_path) == "salt: 3"
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert salted(tmp_path) == "salt: 3"


def test_a_changed_template_is_compiled_again(folder: Path, tmp_path: Path) -> None:
    for price in ("salt: {{ price }}", "salt: {{ price + 1 }}"):
        (tmp_path / "salt.html").write_text(price, "utf-8")
        told = salted(tmp_path)
    assert told == "salt: 4"
    assert folder.is_dir()


def test_a_damaged_entry_is_made_anew(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "salt.html").write_text("salt: {{ price }}", "utf-8")
    salted(tmp_path)
    [entry] = folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-9])
    assert salted(tmp_path) == "salt: 3"
    entry.unlink()
    entry.mkdir()  # nothing can be read from there, nor written
    assert salted(tmp_path) == "salt: 3"


def test_a_folder_that_others_may_write_to_is_not_trusted(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    assert compiled_templates() is None


def test_a_template_that_is_not_utf_8_has_a_mistake_in_its_line(tmp_path: Path) -> None:
    (tmp_path / "note.html").write_bytes(b"one\ntwo\xff")
    environment = jinja2.Environment(loader=jinja2.ChoiceLoader([Templates(["nowhere", str(tmp_path)])]))
    with pytest.raises(jinja2.TemplateSyntaxError) as error:
        environment.get_template("note.html")
    found = error.value
    assert (found.message, found.lineno, found.filename) == ("byte 0xFF isn't UTF-8", 2, str(tmp_path / "note.html"))
