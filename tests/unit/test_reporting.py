"""Problems, progress and summaries as people and programs read them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild.impression import Built
from magbuild.problem import Place, Problem, Report, Severity, as_json, warning
from magbuild.reporting import Progress, size, write_report, write_summary

SALT = Path("issues/037/04-salt.md")
ERROR = Problem(Place(SALT, 5, 3), "unknown-field", "unknown field 'kikker'", "did you mean 'kicker'?")
WARNING = warning(Place(SALT, 9, 1, 12), "blank-page", "page 12 is blank")


def reported(*problems: Problem, strict: bool = False) -> Report:
    report = Report(strict=strict)
    report.extend(problems)
    return report


# --- Text ---


def test_text_goes_to_stderr_in_order_with_hints_and_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(reported(WARNING, ERROR), "text")
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err == (
        "issues/037/04-salt.md:5:3: error: unknown field 'kikker' [unknown-field]\n"
        "    hint: did you mean 'kicker'?\n"
        "issues/037/04-salt.md:9:1 (page 12): warning: page 12 is blank [blank-page]\n"
        "1 error, 1 warning\n"
    )


def test_nothing_is_said_about_an_empty_report(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(Report(), "text")
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", "")


def test_counts_are_in_the_plural_where_they_should_be(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(reported(ERROR, Problem(Place(SALT), "a", "b")), "text")
    assert capsys.readouterr().err.endswith("2 errors, 0 warnings\n")


def test_in_a_strict_run_warnings_are_written_as_errors(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(reported(WARNING, strict=True), "text")
    written = capsys.readouterr().err
    assert written.endswith("1 error, 0 warnings\n")
    assert ": error: page 12 is blank" in written


WRITES = """
import sys
from pathlib import Path
from magbuild.problem import Place, Problem, Report
from magbuild.reporting import write_report
report = Report()
report.add(Problem(Place(Path("a.md")), "a", "b"))
write_report(report, "text")
"""


def on_a_terminal(environment: dict[str, str], script: str = WRITES) -> str:
    """Write a report, or run another script, with stderr on a terminal, and return what the terminal got."""
    main, side = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-c", script], stderr=side, check=True, env={**os.environ, "TERM": "xterm", **environment}
        )
        return os.read(main, 10000).decode()
    finally:
        os.close(main)
        os.close(side)


def test_terminals_get_colours_and_no_color_takes_them_away() -> None:
    assert "\x1b[31merror\x1b[0m" in on_a_terminal({"NO_COLOR": ""})
    assert on_a_terminal({"NO_COLOR": "1"}) == "a.md: error: b [a]\r\n1 error, 0 warnings\r\n"


# --- For programs ---


def test_json_goes_to_stdout_alone(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(reported(ERROR, WARNING), "json")
    written = capsys.readouterr()
    assert written.err == ""
    assert json.loads(written.out) == [
        {
            "path": "issues/037/04-salt.md",
            "line": 5,
            "column": 3,
            "page": None,
            "severity": "error",
            "code": "unknown-field",
            "message": "unknown field 'kikker'",
            "hint": "did you mean 'kicker'?",
        },
        {
            "path": "issues/037/04-salt.md",
            "line": 9,
            "column": 1,
            "page": 12,
            "severity": "warning",
            "code": "blank-page",
            "message": "page 12 is blank",
            "hint": "",
        },
    ]


def test_json_of_nothing_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(Report(), "json")
    assert json.loads(capsys.readouterr().out) == []


@given(message=st.text(), hint=st.text())
def test_json_keeps_any_text(message: str, hint: str) -> None:
    (row,) = json.loads(as_json([Problem(Place(SALT), "a", message, hint)]))
    assert (row["message"], row["hint"]) == (message, hint)


def test_github_gets_one_command_for_each_problem(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(reported(ERROR, WARNING, Problem(Place(Path("a.md")), "a", "b")), "github")
    assert capsys.readouterr().out.splitlines() == [
        "::error file=a.md,title=a::b",
        "::error file=issues/037/04-salt.md,line=5,col=3,title=unknown-field"
        "::unknown field 'kikker' (hint: did you mean 'kicker'?)",
        "::warning file=issues/037/04-salt.md,line=9,col=1,title=blank-page::page 12 is blank",
    ]


def test_github_gets_messages_of_several_lines_on_one(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(reported(Problem(Place(SALT), "a", "100%\r\n::error::b", "c\nd")), "github")
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith("::100%25%0D%0A::error::b (hint: c%0Ad)")


def test_github_gets_file_names_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(reported(Problem(Place(Path("issues/037/salt, 100%: tea.md")), "a", "b")), "github")
    assert capsys.readouterr().out == "::error file=issues/037/salt%2C 100%25%3A tea.md,title=a::b\n"


# --- Progress and summary ---


def test_progress_is_told_in_plain_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        progress.tell("037", "pages", "salt: 4")
        progress.close("037", 4)
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", "037: pages salt: 4\n")


def test_a_quiet_run_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(quiet=True) as progress:
        progress.tell("037", "pages", "salt: 4")
        progress.close("037", 4)
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", "")


TELLS = """
import sys
from magbuild.reporting import Progress
with Progress(issues=3) as progress:
    progress.tell("036", "pages", "salt: 4")
    progress.tell("037", "pages", "tea: 2")
    progress.close("036", 12)
    with progress.paused():
        print("summary of 036", file=sys.stderr)
    progress.close("037", 0)
    progress.reopen()
    progress.tell("038", "read", "issues/038")
"""


def test_a_terminal_shows_one_line_for_all_issues() -> None:
    shown = on_a_terminal({"COLUMNS": "150"}, TELLS)
    assert "1 of 3 issues, 12 pages · 037: pages tea: 2\r\n" in shown, "as it stood before the summary"
    assert "1 of 3 issues, 12 pages · 038: read issues/038" in shown
    assert "\nsummary of 036" in shown.replace("\x1b[2K", "\n"), "at the beginning of a line that was cleared"


def test_a_summary_names_files_sizes_pages_and_seconds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small, large = tmp_path / "a.epub", tmp_path / "b.pdf"
    small.write_bytes(bytes(1234))
    large.write_bytes(bytes(2_340_000))
    write_summary(Built(files=(small, large), pages=48, seconds=3.14, told=("typography: well",)))
    assert capsys.readouterr().out == (f"{small}  1 kB\n{large}  2.3 MB\ntypography: well\n48 pages in 3.1 s\n")


def test_a_summary_of_an_e_book_says_nothing_of_pages_typography(capsys: pytest.CaptureFixture[str]) -> None:
    write_summary(Built(files=(), pages=48, seconds=3.14))
    assert capsys.readouterr().out == "48 pages in 3.1 s\n"


@pytest.mark.parametrize(
    ("length", "text"),
    [(0, "0 kB"), (499, "0 kB"), (999_499, "999 kB"), (1_000_000, "1.0 MB"), (12_345_678, "12.3 MB")],
)
def test_sizes_are_rounded_for_people(tmp_path: Path, length: int, text: str) -> None:
    (tmp_path / "a").write_bytes(bytes(length))
    assert size(tmp_path / "a") == text


def test_severities_are_the_words_that_are_written() -> None:
    assert [str(severity) for severity in Severity] == ["error", "warning"]
