"""The sample issue, and one that has every element, built once for all the tests that look at them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from magbuild.build import build
from magbuild.model import EditionName
from magbuild.problem import Report

ROOT = Path(__file__).parent.parent.parent
ELEMENTS = ROOT / "tests" / "issues" / "elements" / "issues" / "005"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that `magbuild build issues/037 --strict` leaves."""
    out = tmp_path_factory.mktemp("sample")
    words = [sys.executable, "-m", "magbuild", "build", "issues/037", "-o", str(out), "--strict"]
    quiet = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(words, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / "037"


@pytest.fixture(scope="session")
def elements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the PDFs for readers of an issue that has every element."""
    out = tmp_path_factory.mktemp("elements")
    build(ELEMENTS, out, Report(), editions=[EditionName.SCREEN, EditionName.STORY])
    return out / ELEMENTS.name
