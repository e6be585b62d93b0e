"""Small issues written a few lines at a time, and problems compared as text."""

import io
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

from PIL import Image

from magbuild import checks
from magbuild.copydesk import read_for_setting
from magbuild.problem import Place, Report, Stopped

NUMBER = "037"
MAGAZINE = """\
    title: Foundations
    language: en-GB
    sections: [{name: essays}, {name: reviews}]
"""
ISSUE = """\
    number: 37
    published: 2026-03-20
"""
STORY = """\
    ---
    title: Salt
    author: Ana Lima
    ---
    Salt was dear.
"""


def issue_of(shelf: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write an issue's folder under `shelf`/issues and return it.

    Names are relative to `issues`: "037/01-salt.md". Texts may be indented. What isn't given is there anyway:
    magazine.yaml, issue.yaml and, when no story is given, one; what is given as None is left out.
    """
    given = dict(files or {})
    folder = shelf / "issues" / NUMBER
    folder.mkdir(parents=True, exist_ok=True)
    defaults: dict[str, str | bytes | None] = {"magazine.yaml": MAGAZINE, f"{NUMBER}/issue.yaml": ISSUE}
    if not any(name.endswith(".md") for name in given):
        defaults[f"{NUMBER}/01-salt.md"] = STORY
    for name, content in {**defaults, **given}.items():
        path = shelf / "issues" / name
        if content is None:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
    return folder


def picture(kind: str = "JPEG", size: tuple[int, int] = (6, 4), mode: str = "RGB") -> bytes:
    """Return a small plain picture."""
    packed = io.BytesIO()
    Image.new(mode, size).save(packed, kind)
    return packed.getvalue()


def read_issue(folder: Path) -> Report:
    """Read an issue with its manuscripts and check it, as a build begins."""
    report = Report()
    with suppress(Stopped):
        issue, _ = read_for_setting(folder, report)
        checks.run(issue, report, checks.WORDING)
    return report


def assert_problems(report: Report, *expected: str) -> None:
    """Compare all problems, in order, with lines such as "037/01-salt.md:4:1 unknown-field"; none may be extra.

    Every one of them must say what is wrong and what to do.
    """
    found = [f"{shown(problem.place)} {problem.code}" for problem in report]
    said = "\n".join(f"{line}: {problem.message}" for line, problem in zip(found, report, strict=True))
    assert found == list(expected), f"reported:\n{said}\nexpected:\n" + "\n".join(expected)
    for problem in report:
        assert problem.message
        assert problem.hint, f"{problem.code} has no hint"


def shown(place: Place) -> str:
    """Return a place as it is printed, with its path from the folder `issues` on."""
    parts = place.path.parts
    start = parts.index("issues") + 1 if "issues" in parts else 0
    return str(Place(Path(*parts[start:]), place.line, place.column, place.page))
