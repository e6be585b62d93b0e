"""The sample issue, built once for all the tests that look at it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that `magbuild build issues/037 --strict` leaves."""
    out = tmp_path_factory.mktemp("sample")
    words = [sys.executable, "-m", "magbuild", "build", "issues/037", "-o", str(out), "--strict"]
    quiet = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(words, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / "037"
