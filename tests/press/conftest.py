"""The issues that tests look at, each built once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def built(folder: Path, out: Path, *options: str) -> Path:
    """Build an issue as an editor would and return the folder of its files."""
    words = [sys.executable, "-m", "magbuild", "build", str(folder), "-o", str(out), *options]
    quiet = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(words, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / folder.name


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that `magbuild build issues/037 --strict` leaves."""
    return built(Path("issues/037"), tmp_path_factory.mktemp("sample"), "--strict")


@pytest.fixture(scope="session")
def elements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an issue with one of each element that a story can have."""
    return built(Path("tests/issues/elements/issues/005"), tmp_path_factory.mktemp("elements"))
