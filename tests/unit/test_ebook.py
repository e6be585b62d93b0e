"""The checks of finished e-books: what is said, where it is said to be, and that nothing upsets them."""

import zipfile
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magbuild.build import build
from magbuild.checks.ebook import RULES, code_of, inspect, looks_like_ebook
from magbuild.cli import main
from magbuild.model import EditionName
from magbuild.problem import Report, Severity, Stopped
from tests.kit import issue_of, picture
from tests.unit.epub_issue import jpeg, make, paragraphs, piece

SAMPLES = Path(str(distribution("epubcheck").locate_file("epubcheck/samples")))
TEXT = "Salt is carried by mules over the pass. " * 20
SALT = f"""---
title: Salt
author: Ada
---

{TEXT}

## On mules

Mules eat *very* little[^1] hay.

/// figure
    file: mule.jpg
    alt: A mule before a wall
///

[^1]: Less than horses.
"""
FILES: Mapping[str, str | bytes | None] = {
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nSalt and tea.\n",
    "037/01-salt.md": SALT,
    "037/mule.jpg": picture(size=(600, 400)),
}


def good(folder: Path) -> dict[str, bytes]:
    return dict(make(folder, piece("one", "One", paragraphs("Salt.")), cover=jpeg(1600, 2400)).members)


def packed(files: Mapping[str, bytes], path: Path, **kinds: int) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data, kinds.get(name, zipfile.ZIP_STORED))
    return path


def codes(path: Path) -> list[str]:
    return [problem.code for problem in inspect(path)]


# --- The archive ---


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    whole = packed(good(tmp_path), tmp_path / "whole.epub").read_bytes()
    for name, data in (("cut.epub", whole[: len(whole) // 2]), ("text.epub", b"Dear editors,"), ("empty.epub", b"")):
        (tmp_path / name).write_bytes(data)
        assert codes(tmp_path / name) == ["not-an-epub"]


def test_mimetype_comes_first_and_plain(tmp_path: Path) -> None:
    files = good(tmp_path)
    assert codes(packed(files, tmp_path / "good.epub")) == []
    assert codes(packed(files, tmp_path / "deflated.epub", mimetype=zipfile.ZIP_DEFLATED)) == ["bad-mimetype"]
    last = {name: files[name] for name in reversed(files)}
    assert codes(packed(last, tmp_path / "last.epub")) == ["bad-mimetype"]


def test_a_folder_with_the_files_of_an_e_book_is_looked_at_too(tmp_path: Path) -> None:
    for name, data in good(tmp_path).items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.replace(b"</dc:title>", b"</dc:titel>"))
    assert looks_like_ebook(tmp_path / "folder")
    assert codes(tmp_path / "folder") == ["broken-xml"]


def test_names_that_meet_on_other_machines(tmp_path: Path) -> None:
    files = good(tmp_path)
    twice = packed(files, tmp_path / "a.epub")
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("EPUB/one.xhtml", files["EPUB/one.xhtml"])
    assert codes(twice) == ["awkward-name"]
    assert codes(packed({**files, "META-INF/NOTE": b"", "META-INF/note": b""}, tmp_path / "b.epub")) == [
        "awkward-name",
        "awkward-name",
    ]
    assert codes(packed({**files, "META-INF/a?b": b"", "META-INF/" + "c" * 300: b""}, tmp_path / "c.epub")) == [
        "awkward-name",
        "awkward-name",
    ]


def test_files_that_were_changed_on_the_way_or_locked(tmp_path: Path) -> None:
    path = packed(good(tmp_path), tmp_path / "a.epub")
    data = path.read_bytes()
    at = data.index(b"Salt.")
    path.write_bytes(data[:at] + b"Silt!" + data[at + 5 :])
    found = list(inspect(path))
    assert [problem.code for problem in found][:1] == ["damaged-member"]
    assert found[0].place.path == path / "EPUB/one.xhtml"
    locked = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    path.write_bytes(locked)
    assert "locked-book" in codes(path)


def test_an_e_book_that_is_to_be_mailed_is_small(tmp_path: Path) -> None:
    files = good(tmp_path)
    heavy = {**files, "META-INF/a.bin": bytes(15_100_000)}
    assert codes(packed(heavy, tmp_path / "a.epub")) == []
    (found,) = inspect(packed(heavy, tmp_path / "a-light.epub"))
    assert (found.code, found.severity) == ("heavy-book", Severity.WARNING)
    assert "15 MB" in found.message
    assert "META-INF/a.bin" in found.hint
    (found,) = inspect(packed({**files, "META-INF/a.bin": bytes(46_000_000)}, tmp_path / "b-light.epub"))
    assert (found.code, found.severity) == ("heavy-book", Severity.ERROR)


# --- Where an editor finds it ---


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with a small issue and its e-book in build/037."""
    project = tmp_path_factory.mktemp("project")
    folder = issue_of(project, FILES)
    build(folder, project / "build", Report(strict=False), editions=[EditionName.EPUB], jobs=1)
    return project


def spoilt(project: Path, *swaps: tuple[str, str], page: str = "EPUB/salt.xhtml") -> Path:
    with zipfile.ZipFile(project / "build" / "037" / "foundations-37.epub") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    text = files[page].decode()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return packed({**files, page: text.encode()}, project / "build" / "037" / "spoilt.epub")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (' alt="A mule before a wall"', "", "picture-without-alt", 13),
        ('alt="A mule before a wall"', 'alt="mule.jpg"', "alt-says-nothing", 13),
        ("<h2", "<h5", "skipped-heading", 8),
        ('role="doc-noteref"', 'role="doc-notref"', "wrong-role", 10),
        ("<p>Mules", "<p>Mules<p>eat</p>", "misplaced-element", 10),
    ],
)
def test_what_is_wrong_is_told_at_the_line_of_the_manuscript(
    built: Path, old: str, new: str, code: str, line: int
) -> None:
    path = spoilt(built, (old, new), *((("</h2>", "</h5>"),) if new == "<h5" else ()))
    found = [problem for problem in inspect(path) if problem.code == code]
    assert found
    place = found[0].place
    assert (place.path, place.line) == (built / "issues" / "037" / "01-salt.md", line)
    assert "(EPUB/salt.xhtml:" in found[0].message


def test_without_the_manuscripts_it_is_told_at_the_line_of_the_page(built: Path, tmp_path: Path) -> None:
    path = spoilt(built, ('alt="A mule before a wall"', 'alt="mule.jpg"')).rename(tmp_path / "away.epub")
    (found,) = inspect(path)
    assert found.place.path == path / "EPUB" / "salt.xhtml"
    assert found.place.line
    assert "EPUB/" not in found.message


def test_check_takes_an_issue_or_an_e_book(built: Path) -> None:
    run = CliRunner().invoke
    path = built / "build" / "037" / "foundations-37.epub"
    good = run(main, ["check", str(path), "--strict"])
    assert (good.exit_code, good.output) == (0, "")
    bad = run(main, ["check", str(spoilt(built, (' alt="A mule before a wall"', "")))])
    assert bad.exit_code == 1
    assert "01-salt.md:13: error: 'images/mule.jpg' has no alternative text" in bad.output
    assert "hint: write what it shows" in bad.output
    assert run(main, ["check", str(built / "issues" / "037")]).exit_code == 0
    absent = run(main, ["check", str(built / "nowhere.epub")])
    assert absent.exit_code == 1
    assert "no such file" in absent.output


def test_strangers_e_books_are_checked(tmp_path: Path) -> None:
    assert {problem.severity for problem in inspect(SAMPLES / "childrens-literature.epub")} == {Severity.WARNING}
    faulty = {problem.code for problem in inspect(SAMPLES / "invalid.epub") if problem.severity is Severity.ERROR}
    assert faulty == {"bad-spine"}


@pytest.mark.parametrize(("pages", "differs"), [(40, False), (1, True)])
def test_pages_are_compared_with_the_pdf_beside_it(built: Path, pages: int, differs: bool) -> None:
    path = spoilt(built, ("Mules", "Mules"))
    beside = path.with_name("spoilt-screen.pdf")
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D)]))
        pdf.save(beside)
    found = codes(path)
    beside.unlink()
    assert ("pages-differ" in found) is differs


# --- In a build ---


def test_an_e_book_with_errors_is_not_delivered(tmp_path: Path) -> None:
    own = '{% extends "house/epub/chapter.html" %}{% block after %}<p>One<ul><li>Two</li></ul></p>{% endblock %}'
    folder = issue_of(tmp_path, {**FILES, "037/layout/templates/epub/chapter.html": own})
    report = Report()
    with pytest.raises(Stopped):
        build(folder, tmp_path / "out", report, editions=[EditionName.EPUB], jobs=1)
    assert {(problem.code, problem.severity) for problem in report} >= {("misplaced-element", Severity.ERROR)}
    told = next(problem for problem in report if problem.code == "misplaced-element")
    assert told.place.path.parent == folder
    assert not list((tmp_path / "out").rglob("*.epub"))


def test_a_picture_without_words_is_told_of_once(tmp_path: Path) -> None:
    salt = SALT.replace("    alt: A mule before a wall\n", "")
    folder, report = issue_of(tmp_path, {**FILES, "037/01-salt.md": salt}), Report()
    build(folder, tmp_path / "out", report, editions=[EditionName.EPUB], jobs=1)
    assert [problem.code for problem in report if problem.place.path.name == "01-salt.md"] == ["missing-alt"]


# --- Whatever comes ---


def test_every_check_says_in_the_manual_what_it_means() -> None:
    assert len({code_of(rule) for rule in RULES}) == len(RULES) > 80
    for rule in RULES:
        first, *more = (rule.__doc__ or "").strip().splitlines()
        assert first.endswith("."), code_of(rule)
        assert more, code_of(rule)


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return good(tmp_path_factory.mktemp("members"))


OURS = ("content.opf", "one.xhtml", "contents.xhtml", "toc.ncx", "style.css")
NOISE = (b'"', b"<", b"&", b"http://[", b"#", b"//", b"\xff", b"{", b"url(", b"epub:type", b"../../..")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["META-INF/container.xml", *(f"EPUB/{name}" for name in OURS)]),
    at=st.floats(0, 1),
    length=st.integers(0, 30),
    instead=st.one_of(st.binary(max_size=8), st.sampled_from(NOISE)),
)
def test_no_damage_upsets_the_checks(
    tmp_path: Path, members: dict[str, bytes], name: str, at: float, length: int, instead: bytes
) -> None:
    data = members[name]
    spot = int(at * len(data))
    path = packed({**members, name: data[:spot] + instead + data[spot + length :]}, tmp_path / "damaged.epub")
    for problem in inspect(path):
        assert problem.message
        assert problem.hint
