"""What the preflight remembers of pages: with it and without it, reports are the same, byte for byte."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from magbuild.fingerprint import Files
from magbuild.load.printers import find_printer
from magbuild.memory import at_hand
from magbuild.model import Binding, Printer
from magbuild.preflight import preflight
from magbuild.preflight.reports import as_json
from magbuild.problem import Report
from magbuild.store import Store
from tests.kit_press import Press, sheetfed
from tests.press.test_preflight_faults import FAULTS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]


def told(path: Path, printer: Printer, store: Store | None = None, **asked: Any) -> str:
    with at_hand(store, Files()):
        return as_json(preflight(path, printer, **asked))


def test_planted_faults_are_told_alike(tmp_path: Path) -> None:
    """One store for all files: most of their pages are the same, and the faulty ones must not be taken for others."""
    store = Store(tmp_path / "store")
    files = []
    for at, fault in enumerate(FAULTS):
        press = Press()
        fault.plant(press)
        path = press.save(tmp_path / f"{at}.pdf", **fault.save)
        if fault.patch[0]:
            path.write_bytes(path.read_bytes().replace(*fault.patch))
        files.append((path, replace(sheetfed(), **fault.printer), fault.asked))
    afresh = [told(path, printer, **asked) for path, printer, asked in files]
    assert [told(path, printer, store, **asked) for path, printer, asked in files] == afresh
    assert [told(path, printer, store, **asked) for path, printer, asked in files] == afresh


def test_the_sample_issue_and_an_edited_one_are_told_alike(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (printed,) = sample.glob("*-print.pdf")
    printer = find_printer("sheetfed-coated", None, Report())
    assert printer is not None
    strict = replace(printer, colour=replace(printer.colour, warning=600.0, error=290.0), total_ink=200.0)
    store = Store(tmp_path / "store")
    for demands, least in ((printer, 0), (strict, 20)):
        wanted = told(printed, demands, binding=Binding.SADDLE)
        assert wanted.count('"severity"') >= least
        assert told(printed, demands, store, binding=Binding.SADDLE) == wanted
    edited = _edited(printed, tmp_path / "edited.pdf")
    wanted = told(edited, strict, binding=Binding.SADDLE)
    drawn: list[int] = []
    monkeypatch.setattr("magbuild.preflight.pages.drawn", _counting(drawn))
    assert told(edited, strict, store, binding=Binding.SADDLE) == wanted
    assert drawn == [9]


def _counting(numbers: list[int]) -> Any:
    from magbuild.preflight.sheets import drawn

    def counting(sheet: Any, hand: Any) -> Any:
        numbers.append(sheet.number)
        return drawn(sheet, hand)

    return counting


def _edited(source: Path, target: Path) -> Path:
    """Write a file of the same pages without the second and third, in which the ninth draws something more."""
    with pikepdf.open(source) as pdf:
        del pdf.pages[1:3]
        page = pdf.pages[8]
        page.contents_add(pdf.make_stream(b"q 0 0 0 1 k 200 200 30 30 re f Q"))
        pdf.save(target, deterministic_id=True)
    return target
