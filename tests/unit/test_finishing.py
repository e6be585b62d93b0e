"""What a run leaves: names, dates, and editions that are passed or stopped."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from magbuild.build import build
from magbuild.copydesk import read
from magbuild.model import EditionName
from magbuild.pdf_metadata import file_stem, time_stamp
from magbuild.problem import Report, Severity, Stopped
from tests.kit import issue_of

TEXT = "Salt is carried by mules over the pass. " * 40
FILES = {
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nSalt and tea.\n",
    "037/01-salt.md": f"---\ntitle: Salt\nauthor: Ada\n---\n\n{TEXT}\n",
    "037/02-tea.md": f"---\ntitle: Tea\nauthor: Ada\n---\n\n{TEXT}\n",
    "037/03-ink.md": f"---\ntitle: Ink\nauthor: Ada\n---\n\n{TEXT}\n",
}


def test_dates_are_the_issues_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    issue, _ = read(issue_of(tmp_path, FILES), Report())
    assert time_stamp(issue) == datetime.combine(issue.sheet.published, datetime.min.time(), UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert time_stamp(issue) == datetime(1970, 1, 2, tzinfo=UTC)
    built = build(issue.folder, tmp_path / "out", Report(), editions=[EditionName.PRINT], jobs=1)
    with pikepdf.open(built.files[0]) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:19700102000000+00'00'"


def test_file_names_are_plain(tmp_path: Path) -> None:
    sheet = "title: “L’Été” & Salt!\nlanguage: fr\n"
    issue, _ = read(issue_of(tmp_path, FILES | {"magazine.yaml": sheet}), Report())
    assert file_stem(issue) == "lete-salt-37"


def test_a_small_issue_is_printed_without_a_complaint(tmp_path: Path) -> None:
    report = Report(strict=True)
    built = build(issue_of(tmp_path, FILES), tmp_path / "out", report, editions=[EditionName.PRINT], jobs=1)
    assert [problem.message for problem in report] == []
    assert built.pages == 8
    assert [path.name.removeprefix("foundations-37") for path in built.files] == [
        "-print.pdf",
        "-print-certificate.pdf",
        "-print-certificate.json",
        "cover.jpg",
        "typography.json",
        "problems.json",
    ]


def test_another_printer_may_be_named_for_a_build(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, FILES)
    (tmp_path / "printers").mkdir()
    sheet = "extends: newspaper\ntitle: Old\nstandard: PDF/X-1a\n"
    (tmp_path / "printers" / "old.yaml").write_text(sheet, "utf-8")
    only = [EditionName.PRINT]
    built = build(folder, tmp_path / "out", Report(), editions=only, printer="printers/old.yaml", jobs=1)
    with pikepdf.open(built.files[0]) as pdf:
        assert str(pdf.docinfo.GTS_PDFXVersion) == "PDF/X-1a:2003"
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "CGATS TR 002"


def test_what_keeps_a_page_from_an_older_standard_is_told_and_stops_the_run(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, FILES)
    clear = Image.new("RGBA", (900, 900), (200, 0, 0, 128))
    (folder / "pictures").mkdir(exist_ok=True)
    clear.save(folder / "pictures" / "clear.png")
    (folder / "01-salt.md").write_text(f"{FILES['037/01-salt.md']}\n![A patch](pictures/clear.png)\n", "utf-8")
    (tmp_path / "printers").mkdir()
    sheet = "extends: sheetfed-coated\ntitle: Old\nstandard: PDF/X-1a\n"
    (tmp_path / "printers" / "old.yaml").write_text(sheet, "utf-8")
    report = Report()
    with pytest.raises(Stopped):
        build(folder, tmp_path / "out", report, printer="printers/old.yaml", jobs=1)
    (problem,) = [problem for problem in report if problem.code == "transparent-object"]
    assert problem.place.page == 4
    assert "has a soft mask, which PDF/X-1a can't have" in problem.message


def test_what_prints_badly_is_told_of_the_manuscript_and_certified(tmp_path: Path) -> None:
    """A picture of forty pixels across a column has far too few."""
    folder = issue_of(tmp_path, FILES)
    coarse = Image.linear_gradient("L").resize((40, 40)).convert("RGB")
    (folder / "pictures").mkdir(exist_ok=True)
    coarse.save(folder / "pictures" / "coarse.png")
    (folder / "01-salt.md").write_text(f"{FILES['037/01-salt.md']}\n![A patch](pictures/coarse.png)\n", "utf-8")
    report = Report()
    built = build(folder, tmp_path / "out", report, editions=[EditionName.PRINT], jobs=1)
    (problem,) = [problem for problem in report if problem.code == "low-resolution"]
    assert (problem.place.path, problem.place.line, problem.place.page) == (folder / "01-salt.md", 8, 4)
    assert problem.severity is Severity.WARNING
    certificate = json.loads(next(path for path in built.files if path.suffix == ".json").read_text("utf-8"))
    assert (certificate["good"], certificate["errors"]) == (False, 1)
    with pytest.raises(Stopped):
        build(folder, tmp_path / "strict", Report(strict=True), editions=[EditionName.PRINT], jobs=1)
    assert list((tmp_path / "strict").iterdir()) == []


def test_files_are_told_of_as_they_come_and_named_in_a_fixed_order(tmp_path: Path) -> None:
    told: list[str] = []
    every = [EditionName.PRINT, EditionName.SCREEN, EditionName.EPUB]
    folder = issue_of(tmp_path, FILES)
    built = build(
        folder, tmp_path / "out", Report(), editions=every, jobs=2, tell=lambda stage, name: told.append(name)
    )
    assert [path.name.removeprefix("foundations-37") for path in built.files] == [
        *(".epub", "-screen.pdf", "-print.pdf", "-print-certificate.pdf", "-print-certificate.json"),
        *("cover.jpg", "typography.json", "problems.json"),
    ]
    assert {path.name for path in built.files[:5]} <= set(told)


@pytest.mark.slow
def test_the_main_process_loads_nothing_that_only_workers_need(tmp_path: Path) -> None:
    folder, loaded = issue_of(tmp_path, FILES), ("magbuild.preflight", "magbuild.separation", "numpy", "weasyprint")
    arguments = ["build", str(folder), "-j", "2", "-o", str(tmp_path / "out")]
    run = (
        "import atexit, sys; from magbuild.cli import main;"
        f"atexit.register(lambda: print([name for name in {loaded!r} if name in sys.modules]));"
        f"main({arguments!r})"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert list((tmp_path / "out" / "037").glob("*-print.pdf"))
