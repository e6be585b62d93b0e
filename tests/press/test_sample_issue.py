"""The sample issue, built through the command line: the files that printers and readers get."""

import os
import posixpath
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pikepdf import Name

from magbuild.build import lay_out
from magbuild.copydesk import read
from magbuild.fillers import rooms
from magbuild.manuscript import set_line
from magbuild.measure import Length
from magbuild.model import Issue, StoryType
from magbuild.problem import Report
from tests.kit_words import missing, text_of_pdf, typed_words, words, words_of_epub, words_of_pdf
from tests.press.ace import ace
from tests.press.epubcheck import epubcheck

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path("issues/037")
XHTML = "{http://www.w3.org/1999/xhtml}"


def built(out: Path, **environment: str) -> Path:
    """Build the sample issue as an editor would and return the folder of its files."""
    command = [sys.executable, "-m", "magbuild", "build", str(FOLDER), "-o", str(out)]
    done = subprocess.run(
        [*command, *environment.pop("ARGS", "").split()],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out / FOLDER.name


@pytest.fixture(scope="module")
def shelf(sample: Path) -> Path:
    return sample


@pytest.fixture(scope="module")
def issue() -> Issue:
    report = Report()
    found, _ = read(ROOT / FOLDER, report)
    return found


@pytest.fixture(scope="module", params=["screen", "print"])
def pdf(request: pytest.FixtureRequest, shelf: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(shelf / f"foundations-37-{request.param}.pdf") as opened:
        yield opened


def screen(shelf: Path) -> Path:
    return shelf / "foundations-37-screen.pdf"


# --- The report, and the files ---


def test_three_editions_and_an_empty_report(shelf: Path) -> None:
    assert sorted(path.name for path in shelf.iterdir()) == [
        "adverts.json",
        "cover.jpg",
        "foundations-37-print-certificate.json",
        "foundations-37-print-certificate.pdf",
        "foundations-37-print.pdf",
        "foundations-37-screen.pdf",
        "foundations-37.epub",
        "problems.json",
        "typography.json",
    ]
    assert (shelf / "problems.json").read_text() == "[]\n"


def test_two_builds_give_identical_bytes(shelf: Path, tmp_path: Path) -> None:
    again = built(tmp_path, PYTHONHASHSEED="7", TZ="Asia/Tokyo", ARGS="-j 1")
    for path in shelf.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_epub_passes_epubcheck(shelf: Path) -> None:
    messages = epubcheck(shelf / "foundations-37.epub")
    assert [message for message in messages if message.severity in ("FATAL", "ERROR", "WARNING")] == []


def test_the_epub_is_accessible(shelf: Path) -> None:
    assert list(map(str, ace(shelf / "foundations-37.epub"))) == []


# --- Every word ---


# What the contents needn't name.
UNNAMED = (StoryType.ADVERT, StoryType.FILLER)


def typed(issue: Issue, *, fillers: bool = True) -> Counter[str]:
    """Count the words that the editors typed and that are to be seen, by reading the files themselves.

    Fillers are on pages only, where there is room for them.
    """
    counted: Counter[str] = Counter()
    for path in sorted((ROOT / FOLDER).glob("*.md")):
        if fillers or not path.name.startswith("filler-"):
            counted += typed_words(path)
    for story in issue.stories:
        if story.front.type not in UNNAMED and story.slug != "letters":
            lines = (story.front.title, story.front.standfirst, *(person.name for person in story.front.author))
            counted += words(" ".join(re.sub(r"<[^>]*>", "", set_line(line, "en-GB")) for line in lines))
    return counted


@pytest.mark.parametrize("edition", ["screen", "print"])
def test_every_word_of_every_manuscript_is_in_the_pdf(shelf: Path, issue: Issue, edition: str) -> None:
    found = words_of_pdf(shelf / f"foundations-37-{edition}.pdf")
    assert missing(typed(issue), found) == []
    assert sum(found.values()) > 12_000


def test_every_word_of_every_manuscript_is_in_the_epub(shelf: Path, issue: Issue) -> None:
    assert missing(typed(issue, fillers=False), words_of_epub(shelf / "foundations-37.epub")) == []


# --- The pages ---


def test_fillers_leave_no_hole_under_the_end_of_a_story(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    laid = lay_out(FOLDER, Report())
    filled = laid.filled
    assert (len(filled.fillers), filled.left_out) == (7, ())
    under = rooms(laid.issue, filled.plan, filled.proofs)
    assert {slug: round(room) for slug, room in under.items() if room > 6 * 13} == {}


def test_both_pdfs_have_the_same_pages_in_the_same_order(shelf: Path) -> None:
    texts = []
    for edition in ("screen", "print"):
        path = shelf / f"foundations-37-{edition}.pdf"
        texts.append([page.split() for page in text_of_pdf("-raw", str(path), "-").split("\f")])
    # On screens supplied PDFs are pictures: their words are alternative text.
    supplied = (2, 47)
    for number, (screen, printed) in enumerate(zip(*texts, strict=True), 1):
        assert set(screen) <= set(printed) if number in supplied else screen == printed
    assert len(texts[0]) - 1 == 48
    assert all(texts[1][:-1]), "a page without text"


def test_boxes(pdf: pikepdf.Pdf, issue: Issue) -> None:
    width, height = issue.magazine.trim.width.pt, issue.magazine.trim.height.pt
    bleed = 0.0 if "/StructTreeRoot" in pdf.Root else Length(3).pt
    for page in pdf.pages:
        assert [float(side) for side in page.trimbox] == pytest.approx([0, 0, width, height], abs=0.01)
        outside = pytest.approx([-bleed, -bleed, width + bleed, height + bleed], abs=0.01)
        assert [float(side) for side in page.obj.BleedBox] == outside
        assert [float(side) for side in page.mediabox] == outside


def test_all_fonts_are_embedded(pdf: pikepdf.Pdf) -> None:
    records = [record for record in pdf.objects if isinstance(record, pikepdf.Dictionary)]
    descriptors = [record for record in records if record.get("/Type") == Name.FontDescriptor]
    assert len(descriptors) > 5
    for descriptor in descriptors:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()), str(descriptor.FontName)
    for font in (record for record in records if record.get("/Type") == Name.Font):
        assert "/FontDescriptor" in font or "/DescendantFonts" in font, str(font.get("/BaseFont"))


def test_the_print_pdf_links_nowhere(shelf: Path) -> None:
    with pikepdf.open(shelf / "foundations-37-print.pdf") as opened:
        assert not [page for page in opened.pages if "/Annots" in page.obj]


# --- Links and page numbers ---


def page_texts(shelf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-raw", str(screen(shelf)), "-"], capture_output=True, text=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def flat(title: str) -> str:
    return re.sub(r"[^\w]+", "", re.sub(r"<[^>]*>", "", set_line(title, "en-GB"))).casefold()


def test_numbers_of_the_contents_and_of_the_cover_are_right(shelf: Path, issue: Issue) -> None:
    texts = page_texts(shelf)
    command = ["pdftotext", "-layout", "-f", "3", "-l", "4", str(screen(shelf)), "-"]
    contents = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Contents" in contents
    for story in issue.stories:
        if story.front.type in (*UNNAMED, StoryType.LETTERS):
            continue
        # A long title is turned over, beside what stands in the other column.
        shown = re.sub(r"<[^>]*>", "", set_line(story.front.title, "en-GB"))
        title = r"\s+".join(re.escape(word) for word in shown.split()[:3])
        found = re.search(rf"(\d+)\s+{title}", contents)
        assert found, story.front.title
        number = int(found[1])
        assert flat(story.front.title) in flat(texts[number - 1]), f"{story.front.title} isn't on page {number}"


def test_every_internal_link_lands_on_its_story(shelf: Path, issue: Issue) -> None:
    texts = page_texts(shelf)
    titles = {story.slug: flat(story.front.title) for story in issue.stories if story.front.type not in UNNAMED}
    with pikepdf.open(screen(shelf)) as opened:
        numbers = {page.obj.objgen: index for index, page in enumerate(opened.pages)}
        pairs = list(opened.Root.Names.Dests.Names)
        spots = {str(name): numbers[spot[0].objgen] for name, spot in zip(pairs[::2], pairs[1::2], strict=True)}
        links = [a for page in opened.pages for a in page.obj.get("/Annots", []) if "/Dest" in a]
        addresses = [str(a.A.URI) for page in opened.pages for a in page.obj.get("/Annots", []) if "/A" in a]
    assert len(links) > 60
    assert not [address for address in addresses if not re.match(r"https?://|mailto:", address)]
    reached = {str(link.Dest) for link in links}
    assert titles.keys() <= reached
    for name in reached:
        slug = name.partition("--")[0]
        if name in titles:
            assert titles[slug] in flat(texts[spots[name]]), name
        elif "--note-" in name or "--ref-" in name:
            assert slug in titles


def test_the_outline_has_every_story(shelf: Path, issue: Issue) -> None:
    with pikepdf.open(screen(shelf)) as opened, opened.open_outline() as outline:
        listed = [item.title for top in outline.root for item in (top, *top.children)]
    for story in issue.stories:
        if story.front.type not in UNNAMED:
            assert re.sub(r"<[^>]*>", "", set_line(story.front.title, "en-GB")) in listed


def test_links_of_the_epub_resolve(shelf: Path) -> None:
    with zipfile.ZipFile(shelf / "foundations-37.epub") as archive:
        pages = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml")}
    ids = {name: {element.get("id") for element in tree.iter()} for name, tree in pages.items()}
    checked = 0
    for name, tree in pages.items():
        for link in tree.iter(f"{XHTML}a"):
            href = link.get("href") or ""
            if re.match(r"https?:|mailto:", href):
                continue
            file, _, anchor = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
            assert target in pages, href
            assert not anchor or anchor in ids[target], href
            checked += 1
    assert checked > 100
