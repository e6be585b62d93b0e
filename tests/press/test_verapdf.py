"""The PDFs for readers before veraPDF and our own checks: kept for long (PDF/A-2a) and heard well (PDF/UA-1)."""

from pathlib import Path

import pikepdf
import pytest

from tests.kit_pages import check_structure
from tests.kit_reading import faults_of
from tests.press.verapdf import conforming, verapdf

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]


@pytest.fixture(scope="module")
def files(sample: Path, elements: Path) -> list[Path]:
    """The PDFs for readers of the sample issue, and those of an issue that has every element."""
    return [*sample.glob("*-screen.pdf"), *elements.glob("*-screen.pdf"), *elements.glob("stories/*.pdf")]


def test_verapdf_finds_nothing(files: list[Path]) -> None:
    assert verapdf(files) == conforming(*files)


def test_the_sample_issue_can_be_mailed(sample: Path) -> None:
    (screen,) = sample.glob("*-screen.pdf")
    assert screen.stat().st_size < 6_000_000


def test_our_own_checks_find_nothing(files: list[Path]) -> None:
    for file in files:
        with pikepdf.open(file) as pdf:
            check_structure(pdf)
            assert faults_of(pdf) == [], file.name
