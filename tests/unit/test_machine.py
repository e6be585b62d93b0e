"""What the machine has: found, missing, needed or not."""

from pathlib import Path

import pytest

from magbuild import machine


def test_everything_the_program_needs_is_found_where_the_tests_run() -> None:
    findings = machine.examine(quick=True)
    assert [finding.what for finding in findings if finding.needed and not finding.good] == []
    assert findings[0].what == "Python"


def test_a_quick_look_leaves_out_the_tools_of_the_tests() -> None:
    quick = {finding.what for finding in machine.examine(quick=True)}
    tools = {name for name, _ in machine.TOOLS}
    assert quick & tools == set()
    assert {finding.what for finding in machine.examine()} == quick | tools


def test_every_package_is_found_with_its_version() -> None:
    versions = {finding.what: finding.detail for finding in machine.examine(quick=True)}
    assert versions["weasyprint"].startswith("70.")


def test_what_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PACKAGES", ("no-such-package",))
    monkeypatch.setattr(machine, "LIBRARIES", (("pango", ("no-such-library",), "libpango-1.0-0", "pango"),))
    missing = {finding.what: finding for finding in machine.examine(quick=True) if not finding.good}
    assert missing["no-such-package"].detail == "'pip install no-such-package'"
    assert missing["pango"].detail == "'apt-get install libpango-1.0-0' or 'brew install pango'"
    assert all(finding.needed for finding in missing.values())


def test_a_library_that_only_saves_time_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", (("harfbuzz-subset", ("no-such-library",), "a", "b"),))
    (finding,) = [finding for finding in machine.examine(quick=True) if finding.what == "harfbuzz-subset"]
    assert (finding.good, finding.needed) == (False, False)


def test_tools_are_looked_for_in_the_path_and_never_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = tmp_path / "java"
    tool.write_text("#!/bin/sh\n", "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {finding.what: finding for finding in machine.examine()}
    assert (found["java"].good, found["java"].detail, found["java"].needed) == (True, str(tool), False)
    assert (found["mutool"].good, found["mutool"].needed) == (False, False)
    assert "install mupdf-tools" in found["mutool"].detail
