"""An issue of sixty stories and sixty pictures in three languages: nothing is lost, and every judge is content."""

import json
from collections import Counter
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from magbuild.checks import PROOFS
from magbuild.model import StoryType
from tests.kit_pagelist import disagreements
from tests.kit_reading import faults_of
from tests.press.ace import ace
from tests.press.conftest import Big
from tests.press.ebook import letters, texts
from tests.press.epubcheck import epubcheck
from tests.press.foliate import browsing, reading
from tests.press.mupdf import draw
from tests.press.verapdf import conforming, verapdf

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("big issue")]

# pt: the type area of A4, without running heads and folios.
AREA = {"left": 0, "bottom": 46, "right": 596, "top": 842 - 48}
READABLE = 4.5  # the contrast that WCAG 2 asks of small text, level AA


def test_nothing_is_reported_but_how_made_up_words_fall(big: Big) -> None:
    """No editor has gone through these stories for holes, loose lines and the like, which are warned of."""
    found = json.loads((big.files / "problems.json").read_text("utf-8"))
    assert {problem["code"] for problem in found} <= {check.__name__.replace("_", "-") for check in PROOFS}
    assert {problem["severity"] for problem in found} <= {"warning"}
    stories = Counter(story.order.type for story in big.stories)
    assert set(stories) == set(StoryType) - {StoryType.FILLER}
    assert sum(stories.values()) - stories[StoryType.ADVERT] == 60
    assert {story.order.tongue.code for story in big.stories} == {"en-GB", "de", "fr"}


# --- Every word ---


def seen(big: Big) -> Counter[str]:
    """Count the lines that were written: sentences, heads, captions, notes."""
    return Counter(letters(line) for story in big.stories for line in story.draft.seen)


@pytest.mark.parametrize("edition", ["-screen.pdf", "-print.pdf"])
def test_every_line_is_in_the_pdf(big: Big, edition: str) -> None:
    document = pypdfium2.PdfDocument(big.file(edition))
    pages = [letters(page.get_textpage().get_text_bounded(**AREA)) for page in document]
    document.close()
    text = "".join(pages)

    def count(line: str) -> int:
        whole = max(text.count(line), text.count(line[1:]))  # a drop cap is drawn before the text around its word
        return whole or sum(_goes_on(line, *both) for both in pairwise(pages))

    assert [line for line, times in seen(big).items() if count(line) < times] == []


def _goes_on(line: str, page: str, following: str) -> bool:
    """Whether a line goes on at the head of the page that follows, behind the notes at the foot of its own."""
    return any(following.startswith(line[at:]) and line[:at] in page for at in range(1, len(line)))


def test_every_line_is_in_its_document_of_the_e_book(big: Big) -> None:
    documents = texts(big.file(".epub"))
    for story in big.stories:
        text = letters(documents[f"EPUB/{story.slug}.xhtml"])
        assert [line for line in story.draft.seen if letters(line) not in text] == [], story.slug


def test_every_page_is_marked_in_the_e_book_where_it_begins(big: Big) -> None:
    assert disagreements(big.file("-print.pdf"), big.file(".epub")) == []


# --- The judges, and readers ---


def test_screen_pdf_passes_verapdf_and_our_own_checks(big: Big) -> None:
    screen = big.file("-screen.pdf")
    assert verapdf([screen]) == conforming(screen)
    with pikepdf.open(screen) as pdf:
        assert faults_of(pdf) == []


def test_e_book_passes_epubcheck(big: Big) -> None:
    # Every @font-face rule is noted, so that people think twice about embedding fonts.
    messages = epubcheck(big.file(".epub"), usage=True)
    assert [str(message) for message in messages if message.code != "CSS-028"] == []


def test_e_book_passes_ace(big: Big) -> None:
    assert list(map(str, ace(big.file(".epub")))) == []


def test_e_book_is_readable_on_a_phone_at_night(big: Big) -> None:
    with browsing() as browser, reading(browser, big.file(".epub"), look="night", scrolled=False) as book:
        assert len([entry for part in book.contents for entry in part.items or (part,)]) == 61  # and the imprint
        shown = {document: book.show(document) for document in book.documents}
    assert {document: seen.wide for document, seen in shown.items() if seen.wide} == {}
    assert [each for seen in shown.values() for each in seen.contrasts if each[1] < READABLE] == []
    assert sum(len(seen.pictures) for seen in shown.values()) >= 61  # and the cover


def test_e_book_is_all_there_in_a_simple_reader(big: Big) -> None:
    drawn = draw(big.file(".epub"))
    text = letters("".join(drawn.pages))
    assert drawn.complaints == ()
    assert [line for line, times in seen(big).items() if text.count(line) < times] == []
