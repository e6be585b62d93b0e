"""The PDFs for readers before veraPDF and our own checks: kept for long (PDF/A-2a) and heard well (PDF/UA-1)."""

from pathlib import Path

import pikepdf
import pytest

from magbuild.build import build
from magbuild.model import EditionName
from magbuild.problem import Report
from tests.kit_pages import check_structure
from tests.kit_reading import faults_of
from tests.press.verapdf import conforming, verapdf

ELEMENTS = Path(__file__).parent.parent / "issues" / "elements" / "issues" / "005"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]


@pytest.fixture(scope="module")
def files(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The PDFs for readers of the sample issue, and those of an issue that has every element."""
    built = build(ELEMENTS, tmp_path_factory.mktemp("elements"), Report(), editions=[EditionName.SCREEN])
    return [*sample.glob("*-screen.pdf"), *(file for file in built.files if file.suffix == ".pdf")]


def test_verapdf_finds_nothing(files: list[Path]) -> None:
    assert verapdf(files) == conforming(*files)


def test_our_own_checks_find_nothing(files: list[Path]) -> None:
    for file in files:
        with pikepdf.open(file) as pdf:
            check_structure(pdf)
            assert faults_of(pdf) == [], file.name
