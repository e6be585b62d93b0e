"""Small issues, each with what is expected of it: problems, galleys and the pages as text.

`make golden` rewrites the expectations; read the difference before you commit it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from magbuild.build import build
from magbuild.compose import compose, lay_out_desk
from magbuild.copydesk import read
from magbuild.grouping import groups
from magbuild.layout import find_layout
from magbuild.model import EditionName
from magbuild.problem import Report, Stopped

CASES = sorted(path for path in (Path(__file__).parent / "issues").iterdir() if path.is_dir())


def folder_of(case: Path) -> Path:
    """Return the one issue of a case."""
    (sheet,) = case.glob("issues/*/issue.yaml")
    return sheet.parent


def problems_of(case: Path) -> str:
    report = Report()
    try:
        read(folder_of(case), report)
    except Stopped:
        report_end = "stopped\n"
    else:
        report_end = ""
    lines = (
        f"{problem.place.path.relative_to(case / 'issues')}:{problem.place.line}:{problem.place.column}: "
        f"{problem.severity}: {problem.message} [{problem.code}]\n    hint: {problem.hint}\n"
        for problem in report
    )
    return "".join(lines) + report_end


def galleys_of(case: Path) -> Iterator[tuple[str, str]]:
    report = Report()
    folder = folder_of(case)
    issue, manuscripts = read(folder, report)
    layout = find_layout(issue.magazine.layout, case, folder, report)
    for galley in compose(lay_out_desk(issue, manuscripts, layout), groups(issue), {}):
        yield f"{galley.slug}.html", re.sub(r"\n\s*\n+", "\n", galley.html)


def pages_of(case: Path, out: Path) -> str:
    """Return the layout as text: for each page its number, its size and its first and last words."""
    built = build(folder_of(case), out, Report(), editions=[EditionName.SCREEN], jobs=1)
    (screen,) = (path for path in built.files if path.suffix == ".pdf")
    document = pypdfium2.PdfDocument(screen)
    with pikepdf.open(screen) as pdf:
        sizes = [[round(float(side)) for side in page.trimbox] for page in pdf.pages]
    lines = []
    for number, (page, (_, _, width, height)) in enumerate(zip(document, sizes, strict=True), 1):
        words = page.get_textpage().get_text_range().split()
        ends = f"{' '.join(words[:6])} … {' '.join(words[-4:])}" if words else "(blank)"
        lines.append(f"{number:3} {width} x {height} pt  {len(words)} words  {ends}\n")
    document.close()
    return "".join(lines)


def expect(path: Path, text: str, rewrite: bool) -> None:
    if rewrite:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.is_file(), f"{path} is missing: run 'make golden'"
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    rewrite = bool(request.config.getoption("--golden"))
    expected = case / "expected"
    problems = problems_of(case)
    expect(expected / "problems.txt", problems, rewrite)
    wanted = {expected / "problems.txt"}
    if "error:" not in problems:
        for name, html in galleys_of(case):
            expect(expected / "galleys" / name, html, rewrite)
            wanted.add(expected / "galleys" / name)
        expect(expected / "pages.txt", pages_of(case, tmp_path), rewrite)
        wanted.add(expected / "pages.txt")
    leftover = {path for path in expected.rglob("*") if path.is_file()} - wanted
    assert not leftover, "expected files that nothing makes any more"
