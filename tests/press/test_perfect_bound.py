"""The sample issue perfect-bound for another printer: the files that go to the press."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from magbuild.editions import cover_pdf
from tests.kit_pages import MM, box, texts
from tests.kit_print import complaints, printer_with
from tests.kit_separation import assert_separated

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("perfect-bound")]

ISSUES = Path(__file__).parent.parent.parent / "issues"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ISSUES / "037", project / "issues" / "037", ignore=shutil.ignore_patterns("draw"))
    shutil.copy(ISSUES / "magazine.yaml", project / "issues")
    sheet = project / "issues" / "037" / "issue.yaml"
    sheet.write_text(f"binding: perfect\nprinter: uncoated\n{sheet.read_text('utf-8')}", "utf-8")
    words = [sys.executable, "-m", "magbuild", "build", "issues/037", "-e", "print"]
    done = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return project / "build" / "037"


def test_the_covers_width_is_two_trims_and_the_spine(shelf: Path) -> None:
    with pikepdf.open(shelf / "foundations-37-print.pdf") as pdf:
        pages = len(pdf.pages)
    spine = cover_pdf.spine(printer_with("uncoated"), pages).mm
    with pikepdf.open(shelf / "foundations-37-cover.pdf") as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            left, bottom, right, top = box(page, "TrimBox")
            assert (right - left) / MM == pytest.approx(2 * 210 + spine, abs=0.05)
            assert (top - bottom) / MM == pytest.approx(297, abs=0.05)


def test_inside_and_cover_hold_every_page_once(shelf: Path) -> None:
    inside = texts((shelf / "foundations-37-print.pdf").read_bytes())
    outer, inner = texts((shelf / "foundations-37-cover.pdf").read_bytes())
    assert len(inside) == 44
    assert "Contents" in inside[0]
    assert "Whose Time" in outer
    assert "Heronsgate" in inner


@pytest.mark.parametrize("name", ["print", "cover"])
def test_both_files_are_ready_for_the_press(shelf: Path, name: str) -> None:
    path = shelf / f"foundations-37-{name}.pdf"
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA29"
        del pdf.Root.OutputIntents
        assert_separated(pdf)
    assert complaints(path) == []
    certificate = json.loads((shelf / f"foundations-37-{name}-certificate.json").read_text("utf-8"))
    assert (certificate["good"], certificate["findings"]) == (True, [])
