"""A manuscript's text, made ready for pages."""

import re

import pytest
from lxml import etree

from magbuild.bodytext import SHORTEST_WITH_CAP, set_body
from magbuild.letters import AT
from magbuild.manuscript import Manuscript
from magbuild.model import StoryType

LONG = "word " * (SHORTEST_WITH_CAP // 5 + 1)


def body_of(text: str, kind: StoryType = StoryType.ESSAY) -> str:
    """Set a text and return it without the spots at which its blocks begin."""
    return re.sub(f' {AT}="[^"]*"', "", set_story(text, "", kind)[0])


def set_story(body: str, notes: str, kind: StoryType = StoryType.ESSAY) -> tuple[str, str]:
    manuscript = Manuscript(slug="salt", body=body, notes=notes, pictures=(), links=(), words=1)
    page, picture, note = "page of {}".format, "picture:{}".format, "note {}".format
    text, ends, _ = set_body(manuscript, kind, page, picture, note)
    return str(text), str(ends)


def test_each_block_says_at_which_letter_of_the_manuscript_it_begins() -> None:
    link = '<a class="story-link page" href="story:tea">tea</a>'
    body, notes = set_story(
        f"<p>Salt and {link}: {LONG}</p><p>two</p><p>three</p>", '<div class="note"><p>One</p></div><div>Two</div>'
    )
    at = [found.split(" ") for found in re.findall(f'{AT}="([^"]*)"', body + notes)]
    first = len("Saltandtea:" + LONG.replace(" ", ""))
    assert at == [
        ["salt", "body", "0"],
        ["salt", "body", str(first)],
        ["salt", "body", str(first + 3)],
        ["salt", "notes", "0"],
        ["salt", "notes", "3"],
    ]
    assert "page-reference" in body
    assert "drop-cap" in body


def test_the_first_letter_becomes_a_cap_that_says_its_word() -> None:
    assert body_of(f"<p>Salt {LONG}</p>").startswith(
        '<p class="opening"><span class="drop-cap" data-say="Salt">S</span>'
        '<span class="drop-rest" data-say="">alt</span><span class="lead-in"> word'
    )


@pytest.mark.parametrize(
    ("start", "led"),
    [
        ("Salt was dear in the towns of the coast", " was dear in the"),
        ("Salt was dear, and the road", " was dear"),
        ("Salt, they said, was dear", None),
        ("Salt was <em>dear</em> in the towns", None),
        ("Salt came by well-worn roads to the coast", " came by well-worn roads"),
        ("L’été fut long et sec dans le nord", " fut long et sec"),
    ],
)
def test_the_words_behind_the_cap_lead_into_the_text_up_to_the_first_pause(start: str, led: str | None) -> None:
    body = etree.fromstring(f"<div>{body_of(f'<p>{start} {LONG}</p>')}</div>")
    found = body.find(".//span[@class='lead-in']")
    assert (None if found is None else found.text) == led
    assert "".join(map(str, body.itertext())).startswith(re.sub("<[^>]*>", "", start))


@pytest.mark.parametrize(
    ("start", "cap", "rest"),
    [
        *(("“Salt", "“S", "alt"), ("‘’Tis", "‘’T", "is"), ("A", "A", ""), ("Ärger", "Ä", "rger"), ("1917", "1", "917")),
        *(("«\u202fSel", "«\u202fS", "el"), ("»›Salz", "»›S", "alz"), ("„Щи", "„Щ", "и"), ("Άλας", "Ά", "λας")),
        *(("IJs", "IJ", "s"), ("IJ", "I", "J"), ("X\u0301al", "X\u0301", "al"), ("Ёлка", "Ё", "лка")),
    ],
)
def test_opening_quotes_stand_in_the_cap(start: str, cap: str, rest: str) -> None:
    body = body_of(f"<p>{start} {LONG}</p>")
    assert f'data-say="{start}">{cap}</span>' in body
    assert f'data-say="">{rest}</span>' in body


@pytest.mark.parametrize(
    "text",
    [
        "<p>Short.</p>",
        f"<p><em>Salt</em> {LONG}</p>",
        f"<h2>Head</h2><p>{LONG}</p>",
        f"<p>— {LONG}</p>",
        "",
        f"<p>ملح {LONG}</p>",
        f"<p>מלח {LONG}</p>",
        f"<p>塩は {LONG}</p>",
    ],
)
def test_no_cap_where_none_fits(text: str) -> None:
    assert "drop-cap" not in body_of(text)


def test_no_cap_in_types_without() -> None:
    assert "drop-cap" not in body_of(f"<p>Salt {LONG}</p>", StoryType.STATEMENT)


def test_the_end_mark_stands_in_the_last_paragraph() -> None:
    assert body_of("<p>one</p><p>two</p>").endswith('two<span class="end-mark"></span></p>')


@pytest.mark.parametrize("text", ["<p>one</p><ul><li>two</li></ul>", '<p>one</p><p class="signature">two</p>'])
def test_no_end_mark_where_the_text_ends_otherwise(text: str) -> None:
    assert "end-mark" not in body_of(text)


def test_links_get_pages_where_they_ask_for_them() -> None:
    link = '<p><a class="story-link{}" href="story:tea#tea--end">{}</a></p>'
    kind = StoryType.SUBSCRIBE
    assert body_of(link.format("", "go"), kind) == link.format("", "go")
    assert body_of(link.format(" page only", ""), kind) == link.format(" page only", "page of tea")
    assert body_of(link.format(" page", "go"), kind) == link.format(
        " page", 'go<span class="page-reference"> (page of tea)</span>'
    )


def test_pictures_are_asked_for_by_their_address() -> None:
    assert 'src="picture:pictures/a.jpg"' in body_of('<figure><img src="pictures/a.jpg" alt=""/></figure>')


def test_calls_of_notes_say_what_they_are() -> None:
    body = body_of('<p>Salt<a role="doc-noteref" href="#n">1</a> <a href="#x">2</a></p>')
    assert '<a role="doc-noteref" href="#n" aria-label="note 1">1</a> <a href="#x">2</a>' in body


@pytest.mark.parametrize(
    ("story", "quote", "heard"),
    [
        ("<p>Salt was <em>dear</em> – then.</p>", "<p>salt was dear, then</p>", False),
        ("<p>Salt was dear.</p>", "<p>Salt was dear.</p><p>Ana Lima</p>", False),
        ("<p>Salt was dear.</p>", "<p>Salt was cheap.</p>", True),
    ],
)
def test_a_pull_quote_is_heard_only_when_the_story_does_not_say_it(story: str, quote: str, heard: bool) -> None:
    body = body_of(f'{story}<aside class="pullquote" aria-hidden="true">{quote}</aside>')
    assert ("aria-hidden" not in body) == heard


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("<blockquote><p>“Salt is dear.”</p></blockquote>", '<p><span class="hung">“</span>Salt is dear.”</p>'),
        ("<blockquote><p>‘Salt.’</p></blockquote>", '<p><span class="hung single">‘</span>Salt.’</p>'),
        ("<blockquote><p>«\u202fSel\u202f»</p></blockquote>", '<p><span class="hung">«</span>\u202fSel\u202f»</p>'),
        ('<aside class="pullquote"><p>“Tea.”</p></aside>', '<p><span class="hung">“</span>Tea.”</p>'),
        ('<aside class="sidebar"><p>“Tea.”</p></aside>', "<p>“Tea.”</p>"),
        ("<blockquote><p>Salt.</p><p>“Tea.”</p></blockquote>", "<p>Salt.</p><p>“Tea.”</p>"),
        ("<blockquote><p><em>“Tea.”</em></p></blockquote>", "<p><em>“Tea.”</em></p>"),
    ],
)
def test_the_mark_that_begins_a_quotation_set_apart_can_hang(text: str, there: str) -> None:
    assert there in re.sub(rf' {AT}="[^"]*"', "", body_of(f"<p>Salt.</p>{text}", StoryType.ADVERT))
