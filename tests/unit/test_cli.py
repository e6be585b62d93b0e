"""The command line: exit codes, what goes where, and what is left behind when a build fails."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from magbuild import __version__, machine
from magbuild.cli import main, options
from magbuild.model import StoryType
from magbuild.store import ENTRIES, Store
from tests.kit import issue_of, picture
from tests.kit_galleys import refuse_network
from tests.kit_pages import annotations, check_structure, destinations, texts

# Two stories that point at each other, with a picture, a note and a table, in as few pages as an issue may have.
SMALL_ISSUE: Mapping[str, str | bytes | None] = {
    "magazine.yaml": """\
        title: Foundations
        language: en-GB
        trim: A5
        binding: perfect
        sections: [{name: essays, title: Essays}]
        """,
    "037/issue.yaml": """\
        number: 37
        season: Spring 2026
        published: 2026-03-20
        cover: {lines: [{text: Salt, story: salt}]}
        running_order: [contents, {section: essays, stories: [salt, tea]}, imprint]
        """,
    "037/01-salt.md": """\
        ---
        title: The road of *salt*
        author: Ana Lima
        ---
        Salt was dear. See [](02-tea.md) and [the end of it](02-tea.md#the-end).[^1]

        | h | i |
        |---|---|
        | 1 | 2 |

        [^1]: A note on salt.
        """,
    "037/02-tea.md": """\
        ---
        title: Tea
        author: Ben Okri
        picture: {file: pictures/leaf.jpg, alt: A leaf}
        ---
        Tea was dear, as [salt](01-salt.md) was.

        ## The end

        Of tea.
        """,
    "037/pictures/leaf.jpg": picture(size=(300, 200)),
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def assert_exit(result: Result, code: int) -> None:
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue's folder, as seen from the project's folder, in which the test works."""
    issue_of(tmp_path, SMALL_ISSUE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return Path("issues/037")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


# --- Help and wrong usage ---


def test_version_and_help() -> None:
    assert run("--version").output == f"magbuild, version {__version__}\n"
    for words in ([], ["build"], ["check"], ["explain"], ["new"], ["new", "issue"], ["new", "story"], ["doctor"]):
        result = run(*words, "-h")
        assert_exit(result, 0)
        assert result.output.startswith("Usage: ")


@pytest.mark.parametrize(
    "words",
    [
        ["biuld"],
        ["build"],
        ["build", "-e", "papyrus", "issues/037"],
        ["build", "-j", "0", "issues/037"],
        ["build", "-j", "2", "--cluster", "tcp://127.0.0.1:8786", "issues/037"],
        ["build", "--format", "xml", "issues/037"],
        ["check"],
        ["check", "a", "b"],
        ["explain", "no-such-problem"],
        ["new", "issue", "0"],
        ["new", "issue", "seven"],
        ["new", "story"],
    ],
)
def test_wrong_usage_is_two(words: Sequence[str]) -> None:
    assert_exit(run(*words), 2)


def test_the_module_runs_like_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "magbuild", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"magbuild, version {__version__}\n"


def test_help_comes_quickly() -> None:
    """The layout engine takes half a second to import, and only building needs it."""
    program = "import sys; from magbuild.cli import main; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# --- check ---


def test_a_good_issue_is_zero_and_says_nothing(issue: Path) -> None:
    result = run("check", issue)
    assert_exit(result, 0)
    assert result.output == ""


def test_an_issue_with_an_error_is_one_and_says_where(issue: Path) -> None:
    change(issue / "02-tea.md", "title: Tea", "title: Tea\nkikker: x")
    result = run("check", issue)
    assert_exit(result, 1)
    assert result.stdout == ""
    assert result.stderr == (
        "issues/037/02-tea.md:3:1: error: unknown field 'kikker' [unknown-field]\n"
        "    hint: did you mean 'kicker'?\n"
        "1 error, 0 warnings\n"
    )


def test_warnings_are_zero_unless_the_run_is_strict(issue: Path) -> None:
    change(issue / "02-tea.md", ", alt: A leaf", "")
    assert_exit(run("check", issue), 0)
    assert "[missing-alt]" in run("check", issue).stderr
    assert_exit(run("check", "--strict", issue), 1)


@pytest.mark.parametrize("folder", [".", "../037", "../../issues/037"])
def test_an_issue_is_found_from_inside_too(issue: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.chdir(issue)
    assert_exit(run("check", folder), 0)


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_that_is_not_there_is_one_problem(issue: Path, command: str) -> None:
    result = run(command, "--format", "json", issue.parent / "038")
    assert_exit(result, 1)
    assert [(row["path"], row["code"]) for row in json.loads(result.stdout)] == [("issues/038", "missing-folder")]
    assert not Path("build").exists()


def test_github_is_told_on_stdout(issue: Path) -> None:
    change(issue / "02-tea.md", "title: Tea", "title: Tea\nkikker: x")
    result = run("check", "--format", "github", issue)
    assert_exit(result, 1)
    assert result.stdout.startswith("::error file=issues/037/02-tea.md,line=3,col=1,title=unknown-field::unknown")
    assert result.stderr == ""


# --- explain, doctor, new ---


def test_a_code_is_explained(issue: Path) -> None:
    result = run("explain", "text-lost")
    assert_exit(result, 0)
    assert result.output.startswith("text-lost\n\n")
    assert len(result.output.split()) > 20


def test_a_code_that_nobody_knows_is_met_with_the_nearest() -> None:
    assert "did you mean 'text-lost'?" in run("explain", "text-losst").output


def test_doctor_names_everything_and_is_zero_where_the_tests_run() -> None:
    result = run("doctor")
    assert_exit(result, 0)
    assert re.search(r"^ok +weasyprint: 70", result.output, re.MULTILINE)
    assert len(result.output.splitlines()) == len(machine.examine())


def test_a_machine_that_lacks_something_is_three(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PACKAGES", ("no-such-package",))
    doctor = run("doctor")
    assert_exit(doctor, 3)
    assert "missing  no-such-package: 'pip install no-such-package'" in doctor.output
    build = run("build", issue)
    assert_exit(build, 3)
    assert build.stderr == (
        "missing: no-such-package: 'pip install no-such-package'\nrun 'magbuild doctor' for the whole list\n"
    )
    assert not Path("build").exists()


def test_a_new_issue_is_good_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("new", "issue", "38")
    assert_exit(made, 0)
    assert made.output.startswith("made issues/038: ")
    checked = run("check", "issues/038")
    assert_exit(checked, 0)
    assert "error" not in checked.output


@pytest.mark.parametrize("kind", [kind for kind in StoryType if kind not in (StoryType.REVIEW, StoryType.FILLER)])
def test_a_new_story_waits_for_its_place_in_the_running_order_and_for_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "issue", "38")
    made = run("new", "story", "Salt: a “road”", "--type", kind)
    assert_exit(made, 0)
    assert made.output.startswith("made issues/038/02-salt-a-road.md")
    rows = json.loads(run("check", "--format", "json", "issues/038").stdout)
    assert [row["code"] for row in rows if row["severity"] == "error"] == ["story-not-named"]


def test_a_new_issue_of_a_magazine_that_is_there_is_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("issues").mkdir()
    Path("issues/magazine.yaml").write_text("title: Ours\nsections: [{name: features}]\n", "utf-8")
    run("new", "issue", "38")
    checked = run("check", "issues/038")
    assert_exit(checked, 0)


def test_what_is_there_is_not_written_over(issue: Path) -> None:
    for words in (["new", "issue", "37"], ["new", "story", "Tea"], ["new", "story", "Tea", "--in", "nowhere"]):
        before = fingerprints(Path())
        assert_exit(run(*words), 2)
        assert fingerprints(Path()) == before


# --- build ---

FILES = {
    *("foundations-37.epub", "foundations-37-screen.pdf", "foundations-37-print.pdf", "foundations-37-cover.pdf"),
    *(f"foundations-37-{file}-certificate.{kind}" for file in ("print", "cover") for kind in ("pdf", "json")),
    *("cover.jpg", "typography.json", "problems.json"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Result]]:
    """The small issue, built once for all the tests that look at it, in the project's folder."""
    project = tmp_path_factory.mktemp("project")
    issue_of(project, SMALL_ISSUE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        yield project, run("build", "issues/037", "-j", "1")


def test_a_build_is_zero_and_names_its_files(built: tuple[Path, Result]) -> None:
    project, result = built
    assert_exit(result, 0)
    assert {path.name for path in (project / "build" / "037").iterdir()} == FILES
    for name in FILES:
        assert f"build/037/{name}" in result.stdout
    assert re.search(r"^6 pages in \d+\.\d s$", result.stdout, re.MULTILINE)
    assert "037: pages salt: 1" in result.stderr
    told = json.loads((project / "build" / "037" / "problems.json").read_text("utf-8"))
    # So small an issue can't be bound, and its picture is one for screens.
    assert sorted(problem["code"] for problem in told) == ["low-resolution", "page-count", "thin-spine"]


def test_nothing_is_left_lying_about(built: tuple[Path, Result]) -> None:
    project, _ = built
    assert sorted(path.name for path in project.iterdir()) == [".magbuild", "build", "issues"]
    assert [path.name for path in (project / "build").iterdir()] == ["037"]


def test_the_screen_edition_is_whole(built: tuple[Path, Result]) -> None:
    screen = built[0] / "build" / "037" / "foundations-37-screen.pdf"
    pages = [" ".join(text.split()) for text in texts(screen.read_bytes())]
    assert len(pages) == 6
    assert "Salt was dear. See page 4" in pages[2]
    assert re.search(r"The road of salt.*\b3\b.*Tea.*\b4\b", pages[1])
    with pikepdf.open(screen) as pdf:
        check_structure(pdf)
        named = destinations(pdf)
        gone_to = [named[str(link.Dest)][0] for link in annotations(pdf.pages[2]) if "/Dest" in link]
        assert set(gone_to) == {3, 4}  # the note and back, the essay on tea and its end
        assert named["tea--the-end"][1][2] < named["tea"][1][2]  # type: ignore[operator]
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Cover", "Contents", "Essays", "Imprint"]
            assert [item.title for item in outline.root[2].children] == ["The road of salt", "Tea"]


def test_the_editions_agree_on_the_cover_and_the_pages(built: tuple[Path, Result]) -> None:
    folder = built[0] / "build" / "037"
    outside, inside_cover = texts((folder / "foundations-37-cover.pdf").read_bytes())
    inside = texts((folder / "foundations-37-print.pdf").read_bytes())
    screen = texts((folder / "foundations-37-screen.pdf").read_bytes())
    assert inside == screen[2:-2]
    assert sorted(" ".join((outside, inside_cover)).split()) == sorted(" ".join(screen[:2] + screen[-2:]).split())
    with zipfile.ZipFile(folder / "foundations-37.epub") as epub:
        assert epub.testzip() is None
        assert epub.namelist()[0] == "mimetype"


def test_dates_are_the_day_of_publication(built: tuple[Path, Result]) -> None:
    with pikepdf.open(built[0] / "build" / "037" / "foundations-37-print.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260320000000+00'00'"


@pytest.mark.slow
def test_another_run_with_other_workers_gives_the_same_bytes(
    built: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = refuse_network(monkeypatch)
    issue_of(tmp_path, SMALL_ISSUE)
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run(
        [sys.executable, "-m", "magbuild", "build", "issues/037", "-j", "2", "-o", "elsewhere"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
    )
    assert asked == []
    assert fingerprints(tmp_path / "elsewhere" / "037") == fingerprints(built[0] / "build" / "037")


def test_source_date_epoch_is_the_only_date(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert_exit(run("build", issue, "-j", "1", "-e", "screen"), 0)
    assert {path.name for path in Path("build/037").iterdir()} == {
        "foundations-37-screen.pdf",
        "cover.jpg",
        "problems.json",
        "typography.json",
    }
    with pikepdf.open("build/037/foundations-37-screen.pdf") as pdf:
        packed = io.BytesIO()
        pdf.save(packed, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert str(pdf.docinfo["/CreationDate"]) == "D:20010909014640+00'00'"
    assert set(re.findall(rb"D:\d{8,}|\d{4}-\d\d-\d\dT", packed.getvalue())) == {b"D:20010909014640", b"2001-09-09T"}


def test_a_build_that_fails_leaves_the_last_good_one(issue: Path) -> None:
    Path("build/037").mkdir(parents=True)
    Path("build/037/foundations-37-screen.pdf").write_text("the last good one", "utf-8")
    before = fingerprints(Path("build"))
    change(issue / "02-tea.md", "alt: A leaf", "atl: A leaf")
    result = run("build", issue)
    assert_exit(result, 1)
    assert result.stderr.endswith("issues/037: not built; what was in build before is still there\n")
    assert result.stdout == ""
    assert fingerprints(Path("build")) == before


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        # Found while pages are laid out, after everything was read without a mistake.
        ("magazine.yaml", "trim: A5", "trim: A5\n        layout: ours", "missing-layout"),
        ("037/issue.yaml", "published:", "pages: 2\n        published:", "page-budget"),
    ],
)
def test_a_build_that_fails_later_leaves_it_too(issue: Path, name: str, old: str, new: str, code: str) -> None:
    Path("build/037").mkdir(parents=True)
    Path("build/037/cover.jpg").write_text("the last good one", "utf-8")
    before = fingerprints(Path("build"))
    old, new = (text.replace("        ", "") for text in (old, new))
    change(issue.parent / name, old, new)
    result = run("build", issue, "-j", "1", "--format", "json")
    assert_exit(result, 1)
    assert code in {row["code"] for row in json.loads(result.stdout)}
    assert result.stderr == ""
    assert fingerprints(Path("build")) == before


def test_warnings_stop_a_strict_build_only(issue: Path) -> None:
    change(issue / "02-tea.md", ", alt: A leaf", "")
    assert_exit(run("build", "--strict", issue, "-j", "1", "-e", "screen"), 1)
    assert not Path("build/037").exists()
    assert_exit(run("build", issue, "-j", "1", "-e", "screen"), 0)
    rows = json.loads(Path("build/037/problems.json").read_text("utf-8"))
    assert [row["code"] for row in rows] == ["missing-alt"]


def test_json_of_several_issues_is_one_list(issue: Path) -> None:
    result = run("build", "--format", "json", "issues/038", "issues/039")
    assert_exit(result, 1)
    assert [row["path"] for row in json.loads(result.stdout)] == ["issues/038", "issues/039"]


def test_of_several_issues_the_good_ones_are_built(issue: Path) -> None:
    result = run("build", "issues/038", issue, "-j", "1", "-e", "screen")
    assert_exit(result, 1)
    assert Path("build/037/foundations-37-screen.pdf").is_file()


def test_a_cluster_needs_dask(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "find_spec", lambda name: None)
    result = run("build", issue, "--cluster", "tcp://127.0.0.1:8786")
    assert_exit(result, 3)
    assert result.stderr == "missing: Dask, which speaks to clusters: pip install 'magbuild[cluster]'\n"


# --- Layouts of the project ---


def own_layout(files: Mapping[str, str]) -> None:
    change(Path("issues/magazine.yaml"), "trim: A5", "trim: A5\nlayout: ours")
    for name, text in {"layout.yaml": "name: ours\n", **files}.items():
        path = Path("layouts/ours") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("start", "typed"),
    [
        (".", "issues/037"),
        ("issues", "037"),
        ("issues/037", "."),
    ],
)
def test_the_projects_layout_is_found_from_anywhere(
    issue: Path, monkeypatch: pytest.MonkeyPatch, start: str, typed: str
) -> None:
    own_layout({"styles/pages.css": ".salt { nonsense: 1 }"})
    monkeypatch.chdir(start)
    result = run("build", typed, "-j", "1", "-e", "screen", "-o", "out", "--format", "json")
    assert {row["code"] for row in json.loads(result.stdout)} == {"layout-style"}


@pytest.mark.parametrize(
    "template",
    [
        "{% if %}",
        "{{ nobody }}",
        "{{ story.front.nothing }}",
        "{% extends 'gone.html' %}",
        "{{ 1 / 0 }}",
        "{{ folio() }}",
    ],
)
def test_a_mistake_in_a_template_is_a_problem(issue: Path, template: str) -> None:
    own_layout({"templates/essay.html": template})
    result = run("build", issue, "-j", "1", "-e", "screen", "--format", "json")
    assert_exit(result, 1)
    (row,) = json.loads(result.stdout)
    assert row["path"] == "layouts/ours/templates/essay.html"


def test_a_style_that_is_not_utf8_is_a_problem(issue: Path) -> None:
    own_layout({})
    path = Path("layouts/ours/styles/pages.css")
    path.parent.mkdir()
    path.write_bytes("p { content: 'é' }".encode("latin-1"))
    result = run("build", issue, "-j", "1", "-e", "screen", "--format", "json")
    assert_exit(result, 1)


@pytest.mark.parametrize("word", ["By {name}", "By {", "By {0}"])
def test_a_word_with_a_wrong_field_is_a_problem(issue: Path, word: str) -> None:
    change(Path("issues/magazine.yaml"), "trim: A5", f'trim: A5\nwords: {{by: "{word}"}}')
    result = run("build", issue, "-j", "1", "-e", "screen", "--format", "json")
    assert_exit(result, 1)


# --- Editions of single stories ---


def test_a_story_stands_only_in_its_editions(issue: Path) -> None:
    change(issue / "02-tea.md", "title: Tea", "title: Tea\neditions: [epub]")
    assert_exit(run("build", issue, "-j", "1"), 0)
    assert "Of tea" not in "".join(texts(Path("build/037/foundations-37-screen.pdf").read_bytes()))


def test_a_draft_stands_nowhere_though_others_point_at_it(issue: Path) -> None:
    change(issue / "01-salt.md", "author: Ana Lima", "author: Ana Lima\ndraft: true")
    result = run("build", issue, "-j", "1", "-e", "screen", "--format", "json")
    rows = json.loads(result.stdout)
    assert rows
    if result.exit_code == 0:
        assert "Salt was dear" not in "".join(texts(Path("build/037/foundations-37-screen.pdf").read_bytes()))
    else:
        assert_exit(result, 1)


def test_clean_forgets_all_but_what_was_used_last(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for number in range(3):
        store.put(f"{number:064}", bytes(600_000))
        os.utime(store._at(ENTRIES, f"{number:064}"), (number, number))
    for keep, left in (("1", 1), ("0", 0)):
        done = CliRunner().invoke(main, ["clean", "--cache", str(tmp_path / "store"), "--keep", keep])
        assert done.exit_code == 0, done.output
        assert [Store(tmp_path / "store").get(f"{n:064}") is not None for n in range(3)].count(True) == left
        assert "MB forgotten" in done.output
    assert CliRunner().invoke(main, ["clean", str(tmp_path / "issues" / "037")]).exit_code == 0
