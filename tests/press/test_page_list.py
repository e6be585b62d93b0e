"""The e-book's list of printed pages against the printed pages, as poppler reads them."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.kit import issue_of, picture
from tests.kit_manuscripts import KINDS, SYLLABLES, Writer
from tests.kit_pagelist import MADE, Mark, disagreement, disagreements, laid_out, marks
from tests.press.epubcheck import epubcheck

pytestmark = pytest.mark.slow

TRIMS = ("120mm x 160mm", "148mm x 210mm", "170mm x 240mm", "210mm x 297mm")  # one column and two
TYPES = ("essay", "report", "interview", "statement", "faq", "letters", "notice")  # the last three in three columns


@pytest.mark.xdist_group("sample issue")
def test_every_page_of_the_sample_issue_is_marked_where_it_begins(sample: Path) -> None:
    (book,), (printed,) = sample.glob("*.epub"), sample.glob("*-print.pdf")
    assert disagreements(printed, book) == []
    found = {mark.folio: mark.name for mark in marks(book)}
    # All but the back cover, whose words are not in the e-book, and the second page of the contents, one list there.
    assert sorted(found, key=int) == [str(number) for number in range(1, 48) if number != 4]
    assert {folio: name for folio, name in found.items() if name in MADE or name.startswith("advert")} == {
        "1": "cover.xhtml",
        "2": "advert-books.xhtml",
        "3": "contents.xhtml",
        "11": "advert-volumes.xhtml",
        "46": "imprint.xhtml",
        "47": "advert-archive.xhtml",
    }


# --- Issues made for it ---


@dataclass(frozen=True, slots=True)
class Tried:
    """An issue that was laid out: its e-book with its marks, and what disagrees with the printed pages.

    `unmarked` are pages with text but without a mark, `places` what pages begin in and before.
    """

    book: Path
    marks: list[Mark]
    disagreements: list[str]
    unmarked: list[str]
    places: set[str]


def tried(shelf: Path, stories: dict[str, str], trim: str, language: str = "en-GB", sheet: str = "") -> Tried:
    """Lay an issue of these stories out and compare its printed pages with its e-book."""
    magazine = f"title: Salt\nlanguage: {language}\ntrim: {trim}\nbinding: perfect\nsections: [{{name: essays}}]\n"
    numbered = {f"037/{number:02}-{slug}.md": text for number, (slug, text) in enumerate(stories.items(), 1)}
    files: dict[str, str | bytes | None] = {
        "magazine.yaml": magazine,
        "037/issue.yaml": f"number: 37\npublished: 2026-03-20\n{sheet}",
        "037/lamp.png": picture("PNG", (60, 40)),
        "037/00-tea.md": story("Tea", "Tea is dear."),
    }
    folder = issue_of(shelf, {**files, **numbered})
    book = shelf / "issue.epub"
    printed = laid_out(folder, book)
    found = marks(book)
    compared = [mark for mark in found if mark.name not in MADE]
    folios = {mark.folio for mark in found} | {max(printed, key=int)}  # the last page is the back cover
    return Tried(
        book=book,
        marks=found,
        disagreements=[said for mark in compared if (said := disagreement(printed[mark.folio], mark))],
        unmarked=[folio for folio, page in printed.items() if folio not in folios and page.top],
        places={place for mark in compared for place in mark.around},
    )


def story(title: str, text: str, kind: str = "essay", more: str = "") -> str:
    front = f"title: {title}\nauthor: {{name: Ada, bio: Ada wrote this for a while.}}\ntype: {kind}\n{more}"
    return f"---\n{front}---\n\n{text}\n"


def of_one_kind(kind: str, count: int, language: str = "en-GB") -> str:
    """Return a text in which blocks of a kind follow each other for pages."""
    return Writer(random.Random(f"{kind} {language}"), language).story(["short", *[kind] * count])


def with_notes(count: int) -> str:
    """Return a text with so many notes in a sentence that no page has room for them at its foot."""
    calls = "".join(f"[^{number}]" for number in range(count))
    return "\n\n".join(
        [f"Tea is dear.{calls}", *(f"[^{number}]: {'Tea was dear then. ' * 8}" for number in range(count))]
    )


def test_pages_begin_in_anything_that_a_story_may_hold(tmp_path: Path) -> None:
    counts = {
        **{"paragraph": 18, "bullets": 9, "numbers": 5, "nested": 4, "quotation": 9, "verse": 9, "interview": 13},
        **{"long_table": 2, "sidebar": 8, "terms": 12, "head": 40, "page": 2, "column": 6, "code": 16},
    }
    stories = {
        f"about-{kind.replace('_', '-')}": story(f"About {kind}", of_one_kind(kind, count))
        for kind, count in counts.items()
    }
    stories["about-notes"] = story("About notes", with_notes(60))
    found = tried(tmp_path, stories, "170mm x 240mm")
    assert found.disagreements == []
    assert found.places >= {
        *("p", "li", "blockquote", "stanza", "question", "answer", "td", "dt", "pre", "note"),
        *("before h2", "before figure", "before aside", "before a"),
    }
    assert not found.places & {"a", "h1", "h2", "h3", "figure", "aside"}
    assert said_of(found.book) == []


@pytest.mark.parametrize(
    ("language", "trim", "kind"), [("de", "148mm x 210mm", "essay"), ("hu", "170mm x 240mm", "report")]
)
def test_words_are_divided_between_pages(tmp_path: Path, language: str, trim: str, kind: str) -> None:
    text = of_one_kind("long", 14, language)
    found = tried(tmp_path, {"salt": story("Salt", text, kind, f"language: {language}\n")}, trim, language)
    assert found.disagreements == []
    assert len(found.marks) > 12
    assert any(re.search(r"\w\W*$", mark.before) and not mark.behind[:1].strip() for mark in found.marks)


def test_an_advert_amid_a_story_has_its_own_page(tmp_path: Path) -> None:
    advert = "adverts:\n  - {client: Lamps, size: full, position: page 7, link: https://lamps.example}\n"
    stories = {
        "salt": story("Salt", of_one_kind("long", 14), more="picture: {file: lamp.png, alt: A lamp., place: spread}\n"),
        "ink": story("Ink", of_one_kind("paragraph", 9), "letters"),
        "pen": story("Pen", of_one_kind("paragraph", 7), "letters", "editions: [print, screen]\n"),
        "nib": story("Nib", of_one_kind("paragraph", 12), "letters"),
    }
    found = tried(tmp_path, stories, "210mm x 297mm", sheet=advert)
    assert found.disagreements == []
    names = {mark.folio: mark.name.removesuffix(".xhtml") for mark in found.marks}
    assert [names[str(number)] for number in range(1, 10)] == [
        *("cover", "contents", "tea", "salt", "salt", "salt", "lamps", "salt", "salt"),
    ]
    assert "pen.xhtml" not in {mark.name for mark in found.marks}
    assert said_of(found.book) == []


# More of them have been looked at than are here: each is an issue to be laid out, and none is laid out to shrink it.
@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(
    seed=st.integers(0, 10**6),
    kinds=st.lists(st.sampled_from(KINDS), min_size=12, max_size=40),
    language=st.sampled_from(tuple(SYLLABLES)),
    trim=st.sampled_from(TRIMS),
    kind=st.sampled_from(TYPES),
)
def test_any_issue_is_marked_where_its_pages_begin(
    tmp_path_factory: pytest.TempPathFactory, seed: int, kinds: Sequence[str], language: str, trim: str, kind: str
) -> None:
    writer = Writer(random.Random(seed), language)
    texts = [writer.story(kinds), Writer(random.Random(seed + 1), language).story(kinds[::-2])]
    stories = {f"story-{n}": story(f"Story {n}", text, kind, f"language: {language}\n") for n, text in enumerate(texts)}
    found = tried(tmp_path_factory.mktemp("any"), stories, trim, language)
    assert found.disagreements == []
    assert found.unmarked == []


def said_of(book: Path) -> list[str]:
    """Return what EPUBCheck says of an e-book."""
    return [str(message) for message in epubcheck(book, usage=True) if message.code != "CSS-028"]
