"""By what results are made: another program gives other results."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from magbuild import provenance

ROOT = Path(provenance.__file__).parents[1]


def told(root: Path) -> str:
    code = "from magbuild.provenance import provenance; print(provenance())"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    ).stdout


def test_a_changed_program_or_layout_is_told(tmp_path: Path) -> None:
    for name in ("magbuild", "layouts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    first = told(tmp_path)
    assert told(tmp_path) == first
    for changed in ("magbuild/words/de.toml", "magbuild/tags.py", "layouts/house/styles/type.css"):
        path = tmp_path / changed
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert told(tmp_path) != first, changed
        path.write_bytes(before)
    assert told(tmp_path) == first


def test_packages_and_libraries_are_told_by_their_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    packages = list(provenance.packages())
    assert any(name.startswith("weasyprint-70") for name in packages)
    drawing = list(provenance._drawing())
    assert any(name.startswith("pangoft2-1.0 b'1.") for name in drawing)
    before = provenance.provenance.__wrapped__()
    monkeypatch.setattr(provenance, "packages", lambda: iter(["weasyprint-71.0.dist-info"]))
    assert provenance.provenance.__wrapped__() != before
