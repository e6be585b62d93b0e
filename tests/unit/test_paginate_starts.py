"""Where pages begin: galleys are laid out, and each page says before which letter of which story it does."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from magbuild.bodytext import set_body
from magbuild.letters import Part, Spot
from magbuild.manuscript import Manuscript
from magbuild.model import StoryType
from magbuild.paginate import Proof, paginate
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import texts

NUMBERS = [f"word{number}" for number in range(100, 200)]


def told(slug: str, body: str, notes: str = "", kind: StoryType = StoryType.STATEMENT) -> tuple[str, str]:
    """Return a story's body and notes as templates are given them."""
    manuscript = Manuscript(slug=slug, body=body, notes=notes, pictures=(), links=(), words=0)
    text, ends, _ = set_body(manuscript, kind, lambda slug: "page 88", lambda file: f"picture:{file}", str)
    return str(text), str(ends)


def article(slug: str, body: str, notes: str = "", head: str = "Title") -> str:
    text, ends = told(slug, body, notes)
    notes_section = f"<section><h2>Notes</h2><div>{ends}</div></section>" if ends else ""
    return f'<article id="{slug}"><h1>{head}</h1><div class="body">{text}</div>{notes_section}</article>'


def starts(proof: Proof) -> list[list[tuple[str, str, int]]]:
    return [[(spot.story, spot.part.name.lower(), spot.letters) for spot in page.starts] for page in proof.pages]


def laid(content: str, styles: str = "", **fields: Any) -> Proof:
    proof = paginate(small_galley("salt", content, SMALL_PAGE + styles, **fields))
    assert {problem.code for problem in proof.problems} <= {"text-collides", "missing-glyph"}  # it has no hyphen
    return proof


def assert_starts_at_first_words(proof: Proof, before: int = 0, each: int = 7) -> None:
    """Compare pages that begin with one of NUMBERS, which take `each` letters behind the first `before` of the body."""
    compared = 0
    for page, text in list(zip(proof.pages, texts(proof.pdf), strict=True))[1:]:
        (spot,) = page.starts
        if text.startswith("word"):
            assert divmod(spot.letters - before, each) == (NUMBERS.index(text.split()[0]), 0)
            compared += 1
    assert compared


def test_every_page_begins_at_its_first_word() -> None:
    proof = laid(article("salt", f"<p>{' '.join(NUMBERS)}</p>"))
    assert proof.pages[0].starts == (Spot("salt", Part.HEAD),)
    assert len(proof.pages) > 2
    assert_starts_at_first_words(proof)


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_another(columns: int) -> None:
    body = "".join(f"<p>{word}</p>" for word in NUMBERS)
    proof = laid(article("salt", body), f".body {{ columns: {columns}; column-gap: 2mm }} p {{ margin: 0 !important }}")
    assert len(proof.pages) > 1
    assert_starts_at_first_words(proof)


def test_a_page_that_begins_amid_a_word_begins_before_its_letter() -> None:
    word = "incomprehensibilities"
    proof = laid(article("salt", f"<p>{f'{word} ' * 90}</p>"), "body { hyphens: auto } p { width: 41mm }")
    spots = [spot.letters % len(word) for page in proof.pages[1:] for spot in page.starts]
    firsts = [text.split()[0].rstrip("-\u2010") for text in texts(proof.pdf)[1:]]
    assert [word[at : at + len(first)] for at, first in zip(spots, firsts, strict=True)] == firsts
    assert any(spots)


def test_capitals_do_not_shift_what_comes_after() -> None:
    capitals = f'<span style="text-transform: uppercase">{"große Straße " * 9}</span>'
    proof = laid(article("salt", f"<p>{capitals}{' '.join(NUMBERS)}</p>"))
    assert "GROSSE STRASSE" in " ".join(texts(proof.pdf)[0].split())
    assert_starts_at_first_words(proof, before=9 * len("GROSSESTRASSE"))


def test_words_that_differ_by_edition_do_not_shift_what_comes_after() -> None:
    link = '<a class="story-link page" href="story:tea">tea</a> <a class="story-link page only" href="story:tea"></a>'
    proof = laid(article("salt", f"<p>{f'see {link} ' * 5} {' '.join(NUMBERS)}</p>"))
    assert "see tea (page 88) page 88" in " ".join(texts(proof.pdf)[0].split())
    assert_starts_at_first_words(proof, before=5 * len("seetea"))


def test_a_drop_cap_is_part_of_its_word() -> None:
    body = f"<p>Salted {' '.join(NUMBERS)}</p>"
    text, _ = told("salt", body, kind=StoryType.ESSAY)
    assert "drop-cap" in text
    head = '<h1 style="break-after: page">Title</h1>'
    styles = ".drop-cap { float: left; font-size: 24pt; line-height: 24pt }"
    proof = laid(f'<article id="salt">{head}<div class="body">{text}</div></article>', styles)
    assert starts(proof)[:2] == [[("salt", "head", 0)], [("salt", "body", 0)]]
    assert_starts_at_first_words(proof, before=len("Salted"))


def test_the_head_of_a_table_that_is_said_again_is_no_beginning() -> None:
    rows = "".join(f"<tr><td>{word}</td><td>x</td></tr>" for word in NUMBERS[:30])
    body = f"<table><thead><tr><th>First</th><th>Second</th></tr></thead><tbody>{rows}</tbody></table>"
    proof = laid(article("salt", body), "td, th { padding: 0; line-height: 12pt }")
    assert len(proof.pages) > 2
    for page, text in list(zip(proof.pages, texts(proof.pdf), strict=True))[1:]:
        (spot,) = page.starts
        assert text.split()[:2] == ["First", "Second"]
        assert divmod(spot.letters - len("FirstSecond"), len("word100x")) == (NUMBERS.index(text.split()[2]), 0)


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.png"
    Image.new("RGB", (30, 20), (255, 0, 0)).save(path)
    return path


def test_a_page_begins_with_the_picture_over_its_text(lamp: Path) -> None:
    figure = '<figure style="break-before: page"><img src="lamp.png" alt="A lamp."/></figure>'
    body = f"<p>one</p>{figure}<p>two</p>"
    proof = laid(article("salt", body), pictures=(("lamp.png", lamp),))
    assert starts(proof) == [[("salt", "head", 0)], [("salt", "body", 3)]]


def test_what_floats_to_the_foot_is_no_beginning(lamp: Path) -> None:
    figure = '<figure class="foot"><img src="lamp.png" alt="A lamp."/><figcaption>Lamp</figcaption></figure>'
    body = f"<p>{' '.join(NUMBERS[:20])}</p>{figure}<p>{' '.join(NUMBERS[20:90])}</p>"
    styles = """
        .foot { float: footnote; margin: 0 } .foot img { height: 40mm }
        .foot::footnote-call, .foot::footnote-marker { content: none }
    """
    proof = laid(article("salt", body), styles, pictures=(("lamp.png", lamp),))
    assert [text.split()[-1] for text in texts(proof.pdf)][1] == "Lamp"
    assert [len(page.starts) for page in proof.pages] == [1] * len(proof.pages)
    assert_starts_at_first_words(proof, before=len("?Lamp"))


def test_a_page_with_nothing_but_what_floats_begins_with_it(lamp: Path) -> None:
    figure = '<figure class="foot"><img src="lamp.png" alt="A lamp."/><figcaption>Lamp</figcaption></figure>'
    styles = """
        .foot { float: footnote; margin: 0 } .foot img { height: 50mm }
        .foot::footnote-call, .foot::footnote-marker { content: none }
    """
    proof = laid(article("salt", f"<p>{' '.join(NUMBERS[:18])}</p>{figure}"), styles, pictures=(("lamp.png", lamp),))
    assert starts(proof) == [[("salt", "head", 0)], [("salt", "body", 126)]]


def test_pages_that_stories_share_begin_in_each() -> None:
    short = "".join(f"<p>{word}</p>" for word in NUMBERS[:7])
    without_head = f'<article id="ink"><div>{told("ink", "<p>ink</p>")[0]}</div></article>'
    content = "<h2>Letters</h2>" + article("salt", short) + article("tea", "<p>tea</p>") + without_head
    assert starts(laid(content, stories=("salt", "tea", "ink"))) == [
        [("salt", "head", 0)],
        [("salt", "body", 42), ("tea", "head", 0), ("ink", "head", 0)],
    ]


def test_what_templates_put_behind_a_text_begins_where_it_ends() -> None:
    text, notes = told("salt", f"<p>{' '.join(NUMBERS[:3])}</p>", '<div class="note"><p>The note.</p></div>')
    about = '<p class="about" style="break-before: page">Ada wrote it.</p>'
    more = '<p style="break-before: page">And that too.</p>'
    section = f'<section style="break-before: page"><h2>Notes</h2><div>{notes}</div></section>'
    content = f'<article id="salt"><h1>Salt</h1><div>{text}{about}</div>{more}{section}</article>'
    assert starts(laid(content)) == [
        [("salt", "head", 0)],
        [("salt", "body", 21)],
        [("salt", "body", 21)],
        [("salt", "notes", 0)],
    ]


def test_a_head_over_several_pages_is_followed_by_the_text() -> None:
    head = 'Salt<span style="break-before: page; display: block">and tea</span>'
    assert starts(laid(article("salt", "<p>one</p>", head=head))) == [[("salt", "head", 0)], [("salt", "body", 0)]]


def test_an_advert_of_artwork_begins_with_it(lamp: Path) -> None:
    sheet = '<section id="ad"><img src="picture:lamp.png" alt="Buy."></section>'
    proof = laid(sheet, stories=("ad",), pictures=(("lamp.png", lamp),))
    assert starts(proof) == [[("ad", "head", 0)]]


def test_a_made_page_begins_in_no_story() -> None:
    assert starts(laid('<section id="contents"><p>Contents</p></section>', stories=())) == [[]]


def test_a_stamp_is_enough_where_a_template_has_no_frame() -> None:
    text, _ = told("salt", "<p>one</p>")
    more, _ = told("tea", "<p>two</p>")
    proof = laid(f'{text}<div style="break-before: page">{more}</div>', stories=("salt", "tea"))
    assert starts(proof) == [[("salt", "head", 0)], [("tea", "head", 0)]]


def test_a_page_that_begins_amid_the_facts_of_an_event_begins_at_their_row() -> None:
    rows = "".join(f"<tr><th>row {number}</th><td>Hall {number}</td></tr>" for number in range(100, 160))
    facts = f'<table data-at="salt facts 0"><tbody>{rows}</tbody></table>'
    proof = laid(article("salt", "<p>The doors open at six.</p>").replace("</h1>", f"</h1>{facts}"))
    spots = [page.starts[0] for page in proof.pages]
    assert len(spots) > 2
    assert spots[0] == Spot("salt", Part.HEAD)
    row = len("row100Hall100")
    for spot, text in zip(spots[1:], texts(proof.pdf)[1:], strict=True):
        number = int(text.split()[1])  # the page's first row: "row 123"
        assert spot == Spot("salt", Part.FACTS, row * (number - 100))
