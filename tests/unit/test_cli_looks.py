"""The commands that show how things look: what they print, and how they end."""

import os
from pathlib import Path

from click.testing import CliRunner

from magbuild.cli import main
from magbuild.contactsheet import FILE, _sources
from tests.kit import issue_of
from tests.kit_pages import small_pdf


def test_a_contact_sheet_is_drawn_and_named(tmp_path: Path) -> None:
    folder, out = issue_of(tmp_path), tmp_path / "build"
    screen = out / folder.name / "foundations-37-screen.pdf"
    screen.parent.mkdir(parents=True)
    screen.write_bytes(small_pdf("1 0 0 rg 0 0 100 100 re f"))
    later = max(path.stat().st_mtime for path in _sources(folder)) + 10
    os.utime(screen, (later, later))
    done = CliRunner().invoke(main, ["sheet", str(folder), "-o", str(out), "--width", "300"])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{out / folder.name / FILE}  ")


def test_an_issue_that_is_not_there_has_no_sheet(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["sheet", str(tmp_path / "issues" / "999"), "-o", str(tmp_path / "build")])
    assert done.exit_code == 1
    assert "[missing-folder]" in done.stderr
    assert not done.stdout


def test_a_layout_that_is_not_there_has_no_specimen(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["specimen", str(tmp_path / "layouts" / "none"), "-o", str(tmp_path / "build")])
    assert done.exit_code == 1
    assert "there is no layout 'none'" in done.stderr
    assert not list((tmp_path / "build").glob("*.pdf"))


def test_an_issues_check_looks_through_the_styles_of_its_layout(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, {"layout/styles/type.css": "p::first-letter { float: left }"})
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert done.exit_code == 1
    assert "type.css:1:19: error: a ::first-letter that floats" in done.stderr
    assert "[unsafe-style]" in done.stderr
