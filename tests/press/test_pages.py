"""The sample issue through the command line: what a printer and a reader get on its pages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pikepdf
import pypdfium2
import pytest

from magbuild.artwork import examine
from magbuild.copydesk import read
from magbuild.manuscript import Manuscript
from magbuild.model import Issue, StoryType
from magbuild.placed import placings
from magbuild.problem import Report
from tests.kit_pages import (
    MM,
    annotations,
    approx_box,
    box,
    check_structure,
    destinations,
    fonts,
    outline,
    placed_forms,
    texts,
)

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path("issues") / "037"
A4 = (0, 0, 210 * MM, 297 * MM)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]


@pytest.fixture(scope="module")
def shelf(sample: Path) -> Path:
    return sample


@pytest.fixture(scope="module")
def source() -> Iterator[tuple[Issue, dict[str, Manuscript]]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield read(FOLDER, Report())


@pytest.fixture
def screen(shelf: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(next(shelf.glob("*-screen.pdf"))) as pdf:
        yield pdf


@pytest.fixture
def printed(shelf: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(next(shelf.glob("*-print.pdf"))) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def page_texts(shelf: Path) -> list[str]:
    return texts(next(shelf.glob("*-screen.pdf")).read_bytes())


def test_the_sample_issue_has_no_problems(shelf: Path) -> None:
    assert json.loads((shelf / "problems.json").read_text("utf-8")) == []


# --- What a printer gets ---


def test_pages_can_be_bound(printed: pikepdf.Pdf) -> None:
    assert len(printed.pages) % 4 == 0


def test_every_printed_page_has_its_boxes(printed: pikepdf.Pdf) -> None:
    for page in printed.pages:
        assert approx_box(box(page, "TrimBox"), *A4)
        assert approx_box(box(page, "BleedBox"), -3 * MM, -3 * MM, 213 * MM, 300 * MM)
        assert box(page, "MediaBox") == box(page, "BleedBox")
        assert {"/Annots", "/CropBox", "/StructParents"} & set(page.obj.keys()) == set()


def test_the_files_are_sound_and_all_fonts_embedded(printed: pikepdf.Pdf, screen: pikepdf.Pdf) -> None:
    for pdf in (printed, screen):
        assert pdf.check_pdf_syntax() == []
        found = fonts(pdf)
        assert {name.partition("-")[0] for name in found} >= {"Source"}
        assert [name for name, embedded in found.items() if not embedded] == []


def test_nothing_but_the_layouts_own_fonts_is_used_outside_adverts(screen: pikepdf.Pdf) -> None:
    foreign = {name for name in fonts(screen) if "Source" not in name}
    with pikepdf.open(ROOT / FOLDER / "adverts" / "heronsgate-books.pdf") as advert:
        assert foreign <= set(fonts(advert))


@pytest.mark.parametrize(("edition", "ppi"), [("print", 350), ("screen", 150)])
def test_no_picture_is_denser_than_it_needs_to_be(shelf: Path, edition: str, ppi: int) -> None:
    with pikepdf.open(next(shelf.glob(f"*-{edition}.pdf"))) as pdf:
        # Those of black and white came with supplied artwork, or may be finer.
        dense = [placing.ppi for placing in placings(pdf) if "/ImageMask" not in placing.image]
    assert len(dense) > 5
    assert max(dense) <= ppi * 1.2 + 1


def test_every_page_but_blank_ones_shows_something(shelf: Path) -> None:
    document = pypdfium2.PdfDocument(next(shelf.glob("*-print.pdf")))
    try:
        empty = [number for number, page in enumerate(document, 1) if page.render(scale=0.1).to_numpy().min() > 240]
    finally:
        document.close()
    assert empty == []


def test_supplied_adverts_lie_on_their_places_to_a_tenth_of_a_millimetre(
    printed: pikepdf.Pdf, source: tuple[Issue, dict[str, Manuscript]]
) -> None:
    foot = 297 - 22 - (252.25 + 6) / 2 - 123  # mm: the type area is 252.25 high, with a gap of 6 in its middle
    expected = {
        "advert-books": (1, (0.0, 0.0, 210.0, 297.0)),
        "ribbon-key": (46, (17.0, foot, 102.0, foot + 123)),
        "long-memory-walks": (46, (108.0, foot, 193.0, foot + 123)),
    }
    found = [
        (index, pikepdf.Matrix(form.Matrix) @ matrix)
        for index, page in enumerate(printed.pages)
        for form, matrix in placed_forms(page)
        if "/Matrix" in form
    ]
    for (index, onto), (slug, (page_index, place)) in zip(found, expected.items(), strict=True):
        advert = source[0].story(slug).front.advert
        assert advert is not None
        assert advert.artwork is not None
        trim = examine(ROOT / FOLDER / advert.artwork.file).trim
        corners = (*onto.transform(trim[:2]), *onto.transform(trim[2:]))
        assert index == page_index
        assert corners == pytest.approx(tuple(edge * MM for edge in place), abs=0.1 * MM)


# --- What a reader gets ---


def test_the_screen_edition_is_tagged_throughout(screen: pikepdf.Pdf) -> None:
    check_structure(screen)


def test_every_link_inside_the_issue_leads_somewhere(screen: pikepdf.Pdf) -> None:
    named = destinations(screen)
    links = [link for page in screen.pages for link in annotations(page)]
    assert len(links) > 50
    for link in links:
        if "/Dest" in link:
            assert str(link.Dest) in named
        else:
            assert re.match(r"https?://|mailto:", str(link.A.URI)), link.A.URI


def test_page_numbers_in_contents_and_on_the_cover_are_those_of_the_pages(screen: pikepdf.Pdf, shelf: Path) -> None:
    named = destinations(screen)
    document = pypdfium2.PdfDocument(next(shelf.glob("*-screen.pdf")))
    checked = 0
    try:
        for number, (page, drawn) in enumerate(zip(screen.pages, document, strict=True), 1):
            text_page = drawn.get_textpage()
            for link in annotations(page):
                if "/Dest" not in link:
                    continue
                left, top, right, bottom = (float(value) for value in link.Rect)
                shown = text_page.get_text_bounded(left - 1, min(top, bottom) - 1, right + 1, max(top, bottom) + 1)
                if shown.strip().isdigit() and number < 5:
                    checked += 1
                    assert int(shown) == named[str(link.Dest)][0]
    finally:
        document.close()
    assert checked >= 15


def test_the_outline_has_every_story_once_in_the_order_of_the_pages(
    screen: pikepdf.Pdf, source: tuple[Issue, dict[str, Manuscript]]
) -> None:
    stories = [story for story in source[0].stories if story.front.type not in (StoryType.ADVERT, StoryType.FILLER)]
    entries = outline(screen)
    listed = [(title, page) for title, page, below in entries if not below]
    listed += [entry for _, _, below in entries for entry in below]
    assert len(listed) == len(stories) + 3  # cover, contents and imprint
    for _, page, below in entries:
        assert [number for _, number in below] == sorted(number for _, number in below)
        assert all(number >= page for _, number in below)


def test_folios_are_the_numbers_of_their_pages_and_stand_outside(shelf: Path, page_texts: list[str]) -> None:
    document = pypdfium2.PdfDocument(next(shelf.glob("*-screen.pdf")))
    with_folio = 0
    try:
        for number, page in enumerate(document, 1):
            text_page = page.get_textpage()
            foot = text_page.get_text_bounded(0, 0, A4[2], 15 * MM)
            found = re.search(r"\b(\d+) Foundations 37|Foundations 37[^\n]* (\d+)\b", foot)
            if not found:
                continue
            with_folio += 1
            assert int(found[1] or found[2]) == number
            outer = (0.0, A4[2] / 2) if number % 2 == 0 else (A4[2] / 2, A4[2])
            assert str(number) in text_page.get_text_bounded(outer[0], 0, outer[1], 15 * MM)
    finally:
        document.close()
    assert with_folio > len(page_texts) / 3


def letters_of(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.replace("\ufffe", "")).casefold()


def pieces_of(paragraph: str, everything: str) -> int:
    """Count the pieces in which a paragraph stands on the pages: columns and pages break it, nothing else should."""
    pieces, rest = 0, paragraph
    while rest:
        low, high = 0, len(rest)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if rest[:middle] in everything else (low, middle - 1)
        if not low:
            return len(paragraph)
        pieces, rest = pieces + 1, rest[low:]
    return pieces


def test_every_paragraph_of_every_story_is_on_the_pages(
    page_texts: list[str], source: tuple[Issue, dict[str, Manuscript]]
) -> None:
    everything = letters_of("".join(page_texts))
    scattered = []
    for slug, manuscript in source[1].items():
        for part in (manuscript.body, manuscript.notes):
            for block in lxml.html.fragment_fromstring(part, create_parent="div").xpath(
                "//*[self::p or self::li or self::h2 or self::td or self::figcaption][not(.//p)]"
            ):
                for reference in block.xpath(".//a[contains(@class, 'story-link')]"):
                    reference.tail = "\n" + (reference.tail or "")
                for line in block.text_content().split("\n"):
                    if pieces_of(letters_of(line), everything) > 5:
                        scattered.append(f"{slug}: {line[:60]}")
    assert scattered == []


def test_the_program_names_no_files_of_this_machine(printed: pikepdf.Pdf, screen: pikepdf.Pdf) -> None:
    for pdf in (printed, screen):
        for thing in pdf.objects:
            content = thing.read_bytes() if isinstance(thing, pikepdf.Stream) and "/Subtype" not in thing else b""
            assert str(ROOT).encode() not in content + thing.unparse()
