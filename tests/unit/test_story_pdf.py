"""A story by itself: its pages with their numbers, the line that says where it stood, and nothing of others to hear."""

from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from magbuild.compose import Galley
from magbuild.editions import screen_pdf, story_pdf
from magbuild.flatplan import plan
from magbuild.language import Language
from magbuild.layout import Layout
from magbuild.masters import copy_of_masters, made_pages, set_source_line
from magbuild.model import Issue, Person, StoryType
from magbuild.offprints import offprints
from magbuild.paginate import paginate, set_sheet
from magbuild.pdfa import Standard
from tests.kit_galleys import MASTER_STYLES, MASTERS, SMALL, article, cover, small_galley, small_issue, small_layout
from tests.kit_galleys import small_story as story_of
from tests.kit_pages import annotations, check_structure, outline, texts
from tests.kit_reading import faults_of, outline_of

ALL = tuple(Standard)
STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)
SOURCE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>s</title></head><body><section class="recto">'
    "<p>{{ source.people }}: {{ source.title }}, {{ source.where }}</p></section></body></html>"
)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return small_layout(tmp_path / "kit", {"masters": MASTERS, "source": SOURCE}, {"pages": MASTER_STYLES})


def made(
    issue: Issue, galleys: list[Galley], slug: str, layout: Layout, target: Path, claims: tuple[Standard, ...] = ALL
) -> Path:
    proofs = {galley.slug: screen_pdf.prepare(galley, paginate(galley)) for galley in galleys}
    flatplan = plan(issue, galleys, {name: len(proof.pages) for name, proof in proofs.items()})
    masters = set_sheet(*copy_of_masters(issue, layout, made_pages(issue, flatplan, proofs, Language(code="en")))).pdf
    one = next(one for one in offprints(issue, flatplan, proofs) if one.story.slug == slug)
    line = set_source_line(issue, layout, one.source)
    story_pdf.make(issue, one, proofs[one.galley.slug], masters, line, STAMP, target, claims)
    return target


@pytest.fixture
def issue() -> Issue:
    pieces = [story_of(slug, type=StoryType.NOTICE) for slug in ("ash", "ink")]
    author = (Person(name="Ana Lima"),)
    return small_issue(story_of("salt", author=author), *pieces, story_of("tea"), magazine=SMALL)


@pytest.fixture
def galleys() -> list[Galley]:
    links = '<p><a href="story:tea">to tea</a> <a href="#salt--end">down</a></p><p id="salt--end">e</p>'
    salt = article("salt", links, pages=2)
    pieces = (
        '<article id="ash"><h1>Ash</h1><h2>burns</h2><p><a href="https://ash.example">see</a></p></article>'
        '<article id="ink"><h1>Ink</h1><p style="opacity: .5">black</p><p>well</p>'
        '<p style="break-before: page">more ink</p></article>'
    )
    return [cover(), salt, small_galley("ash", pieces, stories=("ash", "ink")), article("tea")]


def test_it_has_the_pages_of_the_story_with_their_numbers(
    issue: Issue, galleys: list[Galley], layout: Layout, tmp_path: Path
) -> None:
    file = made(issue, galleys, "salt", layout, tmp_path / "s.pdf")
    with pikepdf.open(file) as pdf:
        check_structure(pdf)
        assert faults_of(pdf) == []
        assert [str(page.label) for page in pdf.pages] == ["2", "3"]
        assert [(title, page) for title, page, _ in outline(pdf)] == [("Salt", 1)]
        assert str(pdf.docinfo.Title) == "Salt"
        assert str(pdf.docinfo.Author) == "Ana Lima"
        assert str(pdf.docinfo.Subject) == "Ana Lima. Salt. Salt 1, pages\u00a02–3"
        # The link to another story is text here.
        assert [str(link.Contents) for link in annotations(pdf.pages[0])] == ["down"]
    assert "folio 3 Salt" in texts(file.read_bytes())[1]


def test_where_it_stood_is_printed_on_the_first_page_and_read_last(
    issue: Issue, galleys: list[Galley], layout: Layout, tmp_path: Path
) -> None:
    file = made(issue, galleys, "salt", layout, tmp_path / "s.pdf")
    line = "Ana Lima: Salt, Salt 1, pages\u00a02–3"
    shown = [line in " ".join(text.split(" ")) for text in texts(file.read_bytes())]
    assert shown == [True, False]
    with pikepdf.open(file) as pdf:
        assert outline_of(pdf).endswith('"more"\nP\n  "Ana Lima: Salt, Salt 1, pages 2–3"')


def test_of_shared_pages_only_the_story_is_read(
    issue: Issue, galleys: list[Galley], layout: Layout, tmp_path: Path
) -> None:
    file = made(issue, galleys, "ink", layout, tmp_path / "s.pdf")
    with pikepdf.open(file) as pdf:
        check_structure(pdf)
        assert faults_of(pdf) == []
        assert [str(page.label) for page in pdf.pages] == ["4", "5"]
        assert annotations(pdf.pages[0]) == []
        assert outline_of(pdf) == (
            'Art\n  H1\n    "Ink"\n  P\n    "black"\n  P\n    "well"\n  P\n    "more ink"\n'
            'P\n  ": Ink, Salt 1, pages 4–5"'
        )
    assert "burns" in texts(file.read_bytes())[0]  # it shows as it is in the issue

    with pikepdf.open(made(issue, galleys, "ash", layout, tmp_path / "t.pdf")) as pdf:
        check_structure(pdf)
        assert faults_of(pdf) == []
        assert [str(page.label) for page in pdf.pages] == ["4"]
        assert len(annotations(pdf.pages[0])) == 1
        assert "black" not in outline_of(pdf)


def test_the_same_story_gives_the_same_bytes_and_claims_what_it_may(
    issue: Issue, galleys: list[Galley], layout: Layout, tmp_path: Path
) -> None:
    one = made(issue, galleys, "salt", layout, tmp_path / "s.pdf").read_bytes()
    assert one == made(issue, galleys, "salt", layout, tmp_path / "t.pdf").read_bytes()
    file = made(issue, galleys, "salt", layout, tmp_path / "u.pdf", claims=(Standard.ARCHIVAL,))
    with pikepdf.open(file) as pdf:
        assert faults_of(pdf) == ["XMP has no <pdfuaid:part>1<", "XMP has no pdfaExtension:schemas"]
