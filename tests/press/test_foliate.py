"""The sample issue on a phone and on a tablet, in a reader that subscribers use."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from playwright.sync_api import Browser

from magbuild.copydesk import read
from magbuild.manuscript import Manuscript
from magbuild.model import Issue, Medium, Role, Story, StoryType
from magbuild.problem import Report
from tests.press.ebook import letters, texts
from tests.press.foliate import SCHEMES, TABLET, Book, Entry, Look, Seen, browsing, reading

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]

FOLDER = Path(__file__).parent.parent.parent / "issues" / "037"
READABLE = 4.5  # the contrast that WCAG 2 asks of small text, level AA
DIMMED = 24  # how much darker, of 255, a picture may be made at night


@pytest.fixture(scope="module")
def material() -> tuple[Issue, Mapping[str, Manuscript]]:
    return read(FOLDER, Report())


@pytest.fixture(scope="module")
def epub(sample: Path) -> Path:
    return sample / "foundations-37.epub"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def book(browser: Browser, epub: Path) -> Iterator[Book]:
    """Yield the issue on a tablet."""
    with reading(browser, epub, size=TABLET) as opened:
        yield opened


@pytest.fixture(scope="module", params=SCHEMES)
def phone(request: pytest.FixtureRequest, browser: Browser, epub: Path) -> dict[str, Seen]:
    """Return what is seen of each document on a phone: by day to scroll, in the dark page by page."""
    look: Look = request.param
    with reading(browser, epub, look=look, scrolled=look == "day") as opened:
        return {document: opened.show(document) for document in opened.documents}


# --- The book ---


def told(issue: Issue) -> dict[str, Story]:
    """Return the stories that the contents have to name."""
    return {
        story.slug: story
        for story in issue.stories
        if Medium.EPUB in story.front.editions and story.front.type not in (StoryType.ADVERT, StoryType.FILLER)
    }


def lines(contents: tuple[Entry, ...]) -> Iterator[tuple[str, Entry]]:
    """Yield each line of the contents with the section it stands in, "" for none."""
    for entry in contents:
        yield from ((entry.label, each) for each in entry.items) if entry.items else (("", entry),)


def test_contents_name_every_story_with_its_authors_in_its_section(
    book: Book, material: tuple[Issue, Mapping[str, Manuscript]]
) -> None:
    issue, _ = material
    titles = {section.name: section.title for section in issue.magazine.sections}
    wanted = [
        (titles.get(story.front.section, ""), slug, story.front.title, {person.name for person in story.front.author})
        for slug, story in told(issue).items()
    ]
    found = []
    for section, entry in lines(book.contents):
        title, _, authors = entry.label.partition(" — ")
        found.append((section, Path(entry.href).stem, title, set(authors.split(", ")) if authors else set()))
    assert found == [*wanted, ("", "imprint", "Imprint", set())]


def test_each_line_of_the_contents_leads_to_its_story(book: Book) -> None:
    for _, entry in lines(book.contents):
        title = entry.label.partition(" — ")[0]
        assert title in book.show(entry.href).text


def test_list_of_pages_leads_through_the_whole_issue(book: Book) -> None:
    numbers = {int(page.label) for page in book.pages}
    assert len(numbers) == len(book.pages) > 35
    assert numbers <= set(range(1, 49))
    reached = [page.href.partition("#")[0] for page in book.pages]
    assert [document for document in book.documents if document in reached] == list(dict.fromkeys(reached))
    for page in book.pages:
        book.show(page.href)
        assert 0 <= int(book.page) - int(page.label) <= 2  # of the pages that begin on the screen, the last is named


def test_issue_is_told_from_others_of_its_series(book: Book, material: tuple[Issue, Mapping[str, Manuscript]]) -> None:
    issue, _ = material
    assert book.metadata["title"] == "Foundations, No. 37 (Spring 2026)"
    assert book.metadata["language"] == "en-GB"
    assert book.metadata["published"] == "2026-03-20"
    assert book.metadata["belongsTo"]["series"] == {"name": "Foundations", "position": 37}
    writers = {writer["name"] for writer in book.metadata["author"] if "aut" in writer["role"]}
    assert writers == {
        person.name for story in issue.stories for person in story.front.author if person.role is Role.AUTHOR
    }
    assert "Owen Carradale" in {editor["name"] for editor in book.metadata["editor"]}


# --- The text ---


def test_every_word_of_every_document_is_seen(book: Book, epub: Path) -> None:
    written = texts(epub)
    assert book.documents == tuple(written)
    for document, text in written.items():
        assert letters(book.show(document).text) == letters(text), document


def test_click_on_a_reference_opens_its_note(book: Book, material: tuple[Issue, Mapping[str, Manuscript]]) -> None:
    _, manuscripts = material
    noted = {slug: manuscript.notes for slug, manuscript in manuscripts.items() if manuscript.notes}
    assert len(noted) > 5
    for slug, notes in noted.items():
        book.show(f"EPUB/{slug}.xhtml")
        for number, note in enumerate(etree.fromstring(f"<div>{notes}</div>")):
            assert letters(book.note(number)) == letters("".join(map(str, note.itertext())))


# --- What it looks like ---


def test_nothing_is_wider_than_a_phone(phone: dict[str, Seen]) -> None:
    assert {document: seen.wide for document, seen in phone.items() if seen.wide} == {}


def test_text_stands_out_by_day_and_in_the_dark(phone: dict[str, Seen]) -> None:
    pale = [(name, text) for name, seen in phone.items() for text, contrast in seen.contrasts if contrast < READABLE]
    assert pale == []


def test_pictures_keep_their_shape_and_their_colours(phone: dict[str, Seen]) -> None:
    pictures = [picture for seen in phone.values() for picture in seen.pictures]
    assert len(pictures) > 10
    for picture in pictures:
        width, height = picture.shown
        assert width / height == pytest.approx(picture.own[0] / picture.own[1], rel=0.01), picture.alt
        least = 80 if "drawn in black" in picture.alt else 299  # portraits are small, all others as wide as the text
        assert least < width <= min(390, picture.own[0]), picture.alt  # sharp on a good screen
        assert height <= 844, picture.alt
        assert picture.filters == (), picture.alt


def test_pictures_are_no_negatives_in_the_dark(browser: Browser, epub: Path) -> None:
    drawn = []
    for look in SCHEMES:
        with reading(browser, epub, look=look) as opened:
            opened.show("EPUB/what-is-to-be-done.xhtml")
            # The outer pixels of a picture are mixed with the page.
            drawn.append([np.asarray(opened.draw(picture=number))[2:-2, 2:-2].astype(int) for number in (0, 1)])
    for day, *others in zip(*drawn, strict=True):
        for other in others:
            assert np.abs(day - other).max() <= DIMMED
