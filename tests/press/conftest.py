"""The issues that tests look at, each built once."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from magbuild.model import EditionName
from tests.corpus.issue import write_issue
from tests.corpus.stories import Written

ROOT = Path(__file__).parent.parent.parent
ELEMENTS = ROOT / "tests" / "issues" / "elements" / "issues" / "005"


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
    return built(ELEMENTS, tmp_path_factory.mktemp("elements"), *(f"--edition={name}" for name in EditionName))


@dataclass(frozen=True, slots=True, kw_only=True)
class Big:
    """An issue of sixty stories and sixty pictures: what was written, and the folder of its files."""

    stories: tuple[Written, ...]
    files: Path

    def file(self, kind: str) -> Path:
        """Return the file of an edition, such as "screen.pdf"."""
        return self.files / f"the-lower-river-60{kind}"


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Big:
    """Build an issue of sixty stories; if its last page is blank, with one more advert, as an editor would."""
    for adverts in (1, 2):
        project = tmp_path_factory.mktemp("big")
        issue = write_issue(project, seed=3, stories=60, words=150, pictures=60, adverts=adverts)
        files = built(issue.folder, project / "build")
        found = json.loads((files / "problems.json").read_text("utf-8"))
        if "blank-page" not in {problem["code"] for problem in found}:
            break
    return Big(stories=issue.stories, files=files)
