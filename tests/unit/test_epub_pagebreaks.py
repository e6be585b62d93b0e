"""Marks of printed pages in the e-book's text: where exactly they are put, and the lists that lead to them.

In the texts a stroke, |, says where a page of print begins, and [5] where its mark is to stand.
"""

import re
from pathlib import Path

import pytest
from lxml import etree

from magbuild.editions.epub import xhtml
from magbuild.editions.epub.pagebreaks import mark_page, unstamp
from magbuild.letters import Part, Spot, letters, stamp, stretches
from magbuild.model import Advert, Medium, StoryType
from magbuild.pagelist import PrintedPage
from tests.kit_pagelist import marks
from tests.unit.epub_issue import Ebook, call, found, make, note, paragraphs, piece

OPS = "http://www.idpf.org/2007/ops"
OPEN = f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="{OPS}"><head><title>x</title></head><body>'


def page_of(body: str, notes: str = "") -> etree._Element:
    """Return a page of the e-book as templates make it, each block with its spot."""
    parts = []
    for text, part in ((body, Part.BODY), (notes, Part.NOTES)):
        tree = etree.fromstring(f"<div>{text}</div>")
        stamp(tree, "salt", part)
        parts.append("".join(etree.tostring(block, encoding="unicode") for block in tree))
    section = f"<section><h2>Notes</h2>{parts[1]}</section>" if notes else ""
    return xhtml.read(
        f"{OPEN}<article><header><h1>Salt</h1></header><div>{parts[0]}</div>{section}</article></body></html>", "t"
    )


def shown(page: etree._Element) -> str:
    """Return what is in a page's article, with its marks as [5]."""
    unstamp(page)
    text = xhtml.write(page).decode()
    text = re.sub(r'<span id="page-(\d+)" [^>]*role="doc-pagebreak"[^>]*></span>', r"[\1]", text)
    text = re.sub(
        r"</?(?:html|body|article|div)(?: xmlns[^>]*)?>|<(head|header)>.*?</\1>|<[!?].*?>", "", text, flags=re.DOTALL
    )
    return text.strip()


def marked(body: str) -> str:
    """Mark where strokes stand in a body, and return it with the marks; pages are numbered from 5."""
    page = page_of(body.replace("|", ""))
    parts = body.split("|")
    for number in range(1, len(parts)):
        mark_page(page, Spot("salt", Part.BODY, count("".join(parts[:number]))), str(number + 4))
    return shown(page)


def count(markup: str) -> int:
    """Return the letters in a piece of markup; a picture is one."""
    return letters(re.sub(r"<[^>]*>", "", re.sub(r"<img[^>]*>", "x", markup)))


# --- In what stands over the text ---


def test_a_page_that_begins_amid_the_facts_of_an_event_is_marked_there() -> None:
    facts = '<dl data-at="salt facts 0"><dt>When</dt><dd>21 May</dd><dt>Where</dt><dd>Hall</dd></dl>'
    page = xhtml.read(f"{OPEN}<article>{facts}<p data-at='salt body 0'>Doors.</p></article></body></html>", "t")
    mark_page(page, Spot("salt", Part.FACTS, len("When21May")), "5")
    mark_page(page, Spot("salt", Part.FACTS, len("When21MayWhere")), "6")
    mark_page(page, Spot("salt", Part.FACTS, len("When21MayWhereHall")), "7")
    told = "<dt>When</dt><dd>21 May</dd><dt>[5]Where</dt><dd>[6]Hall</dd>"
    assert shown(page) == f"<dl>{told}</dl>[7]<p>Doors.</p>"


# --- Amid text ---


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("<p>Salt is |dear.</p>", "<p>Salt is [5]dear.</p>"),
        ("<p>Salt is dear| now.</p>", "<p>Salt is dear [5]now.</p>"),
        ("<p>“Salt,” he said. |“Tea.”</p>", "<p>“Salt,” he said. [5]“Tea.”</p>"),
        ("<p>Salt—|dear salt.</p>", "<p>Salt—[5]dear salt.</p>"),
        ("<p>a well-|known man</p>", "<p>a well-[5]known man</p>"),
        ("<p>salt <em>is dear |now</em> too</p>", "<p>salt <em>is dear [5]now</em> too</p>"),
        ("<p>salt <em>|is dear</em> now</p>", "<p>salt [5]<em>is dear</em> now</p>"),
        ("<p>salt <em>is <b>|dear</b></em> now</p>", "<p>salt <em>is [5]<b>dear</b></em> now</p>"),
        ("<p>one |two |three</p>", "<p>one [5]two [6]three</p>"),
        ("<p>one |two <i>x</i> three |four</p>", "<p>one [5]two <i>x</i> three [6]four</p>"),
    ],
)
def test_a_mark_stands_before_the_word_that_begins_the_page(text: str, there: str) -> None:
    assert marked(text) == there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("<p>a har|bour town</p>", "<p>a harbour[5] town</p>"),
        ("<p>a har\xad|bour.</p>", "<p>a har\xadbour.[5]</p>"),
        ("<p>the har|bour’s ‘end’ is</p>", "<p>the harbour’s[5] ‘end’ is</p>"),
        ("<p>“a har|bour,” he said</p>", "<p>“a harbour,”[5] he said</p>"),
        ("<p>a har|bour—and sea</p>", "<p>a harbour—[5]and sea</p>"),
        ("<p>semi-harb|our-like sea</p>", "<p>semi-harbour-like[5] sea</p>"),
        ("<p>a h<em>ar|bo</em>ur town</p>", "<p>a h<em>arbo</em>ur[5] town</p>"),
        ("<p>a <em>har|bour</em> town</p>", "<p>a <em>harbour</em>[5] town</p>"),
        ("<p>the 19|17 war</p>", "<p>the 1917[5] war</p>"),
        ("<p>Straße der Fluß|schiffe hier</p>", "<p>Straße der Flußschiffe[5] hier</p>"),
        ("<p>ein Gruß|wort hier</p>", "<p>ein Grußwort[5] hier</p>"),
        ("<p>мо|рская карта</p>", "<p>морская[5] карта</p>"),
        ("<p>har|bour</p><p>sea</p>", "<p>harbour[5]</p><p>sea</p>"),
    ],
)
def test_a_mark_stands_behind_a_word_that_is_divided(text: str, there: str) -> None:
    assert marked(text) == there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("<p>one</p><p>|two</p>", "<p>one</p><p>[5]two</p>"),
        ("<p><span>one</span><br/><span>|two</span></p>", "<p><span>one</span><br/>[5]<span>two</span></p>"),
        ("<p>one<br/>|two</p>", "<p>one<br/>[5]two</p>"),
        ("<ul><li>one<ul><li>|two</li></ul></li></ul>", "<ul><li>one<ul><li>[5]two</li></ul></li></ul>"),
        ("<table><tr><td>one</td><td>|two</td></tr></table>", "<table><tr><td>one</td><td>[5]two</td></tr></table>"),
        ("<p>日本|語の本</p>", "<p>日本[5]語の本</p>"),
        ("<p>日本|ABC語</p>", "<p>日本[5]ABC語</p>"),
        ("<p>本AB|C語の本</p>", "<p>本ABC[5]語の本</p>"),
        ("<p>one<img src='a.jpg' alt=''/>|two</p>", '<p>one<img src="a.jpg" alt=""/>[5]two</p>'),
    ],
)
def test_no_word_goes_on_over_the_end_of_a_line_or_block(text: str, there: str) -> None:
    assert marked(text) == there


# --- At the start of blocks ---

FIGURE = '<figure><img src="a.jpg" alt=""/><figcaption>Lamp</figcaption></figure>'


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("<p>one</p><h2>|Two</h2><p>x</p>", "<p>one</p>[5]<h2>Two</h2><p>x</p>"),
        ("<p>one</p>|<figure>", None),
        ("<p>one</p><ol><li>|two</li><li>x</li></ol>", "<p>one</p><ol><li>[5]two</li><li>x</li></ol>"),
        ("<ol><li>one</li><li><p>|two</p></li></ol>", "<ol><li>one</li><li><p>[5]two</p></li></ol>"),
        ("<blockquote><p>|two</p></blockquote>", "<blockquote><p>[5]two</p></blockquote>"),
        ("<dl><dt>|two</dt><dd>x</dd></dl>", "<dl><dt>[5]two</dt><dd>x</dd></dl>"),
        ("<dl><dt>one</dt><dd>|x</dd></dl>", "<dl><dt>one</dt><dd>[5]x</dd></dl>"),
        ("<aside><h3>|Two</h3><p>x</p></aside>", "[5]<aside><h3>Two</h3><p>x</p></aside>"),
        ("<aside><h3>Two</h3><p>|x</p></aside>", "<aside><h3>Two</h3><p>[5]x</p></aside>"),
        ("<pre><code>|x = 1</code></pre>", "<pre>[5]<code>x = 1</code></pre>"),
        ("<hr/><p>|two</p>", "<hr/><p>[5]two</p>"),
        ("<p>one</p><hr/>|<p>two</p>", "<p>one</p><hr/><p>[5]two</p>"),
    ],
)
def test_marks_at_the_start_of_blocks(text: str, there: str | None) -> None:
    if there is None:
        text, there = f"<p>one</p>|{FIGURE}<p>x</p>", f"<p>one</p>[5]{FIGURE}<p>x</p>"
    assert marked(text) == there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        (
            "<table><thead><tr><th>|A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
            "[5]<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        ),
        (
            "<table><caption>|A</caption><tbody><tr><td>b</td></tr></tbody></table>",
            "[5]<table><caption>A</caption><tbody><tr><td>b</td></tr></tbody></table>",
        ),
        (
            "<table><caption>A</caption><tbody><tr><td>|b</td><td>c</td></tr></tbody></table>",
            "<table><caption>A</caption><tbody><tr><td>[5]b</td><td>c</td></tr></tbody></table>",
        ),
        (
            "<table><tbody><tr><td>a</td></tr><tr><td>|b</td><td>c</td></tr></tbody></table>",
            "<table><tbody><tr><td>a</td></tr><tr><td>[5]b</td><td>c</td></tr></tbody></table>",
        ),
    ],
)
def test_marks_stand_before_tables_and_in_their_cells(text: str, there: str) -> None:
    assert marked(text) == there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("<p>see <a>|the tide</a> now</p>", "<p>see [5]<a>the tide</a> now</p>"),
        ("<p>see <a>the |tide</a> now</p>", "<p>see <a>the tide</a>[5] now</p>"),
        ("<p>see <a>the ti|de</a>, now</p>", "<p>see <a>the tide</a>,[5] now</p>"),
        ("<p>see <a>har|bour walls</a> now</p>", "<p>see <a>harbour walls</a>[5] now</p>"),
        ("<p>see <a>the <em>|tide</em></a> now</p>", "<p>see <a>the <em>tide</em></a>[5] now</p>"),
        ("<p>a <ruby>b<rt>|c</rt></ruby> d</p>", "<p>a <ruby>b<rt>c</rt></ruby>[5] d</p>"),
        ("<p>see <a><em>the |tide</em></a></p>", "<p>see <a><em>the tide</em></a>[5]</p>"),
        ("<h2>A long |head</h2><p>x</p>", "<h2>A long head</h2>[5]<p>x</p>"),
    ],
)
def test_no_mark_stands_in_a_link_or_amid_a_head(text: str, there: str) -> None:
    assert marked(text) == there


def test_a_mark_behind_a_divided_word_stands_behind_its_notes_call() -> None:
    one, two = call("salt", 1), call("salt", 2)
    assert marked(f"<p>a har|bour.{one}{two} Next</p>") == f"<p>a harbour.{one}{two}[5] Next</p>"
    assert marked(f"<p>a harbour.{one} |Next</p>") == f"<p>a harbour.{one} [5]Next</p>"
    assert marked(f"<p>a harbour.|{one} Next</p>") == f"<p>a harbour.[5]{one} Next</p>"


# --- Around the text ---


def at(spot: Spot, *more: Spot, body: str = "<p>one</p><p>two</p>", notes: str = "") -> str:
    page = page_of(body, notes)
    for number, one in enumerate((spot, *more), 5):
        assert mark_page(page, one, str(number)) == f"page-{number}"
    return shown(page)


def test_the_head_of_a_story_has_its_mark_before_all() -> None:
    page = page_of("<p>one</p>")
    mark_page(page, Spot("salt", Part.HEAD), "5")
    body = page.find(xhtml.html("body"))
    assert body is not None
    assert [child.tag for child in body] == [xhtml.html("span"), xhtml.html("article")]


def test_a_page_that_begins_behind_a_text_has_its_mark_there() -> None:
    end = Spot("salt", Part.BODY, 6)
    assert at(end) == "<p>one</p><p>two</p>[5]"
    assert at(end, end) == "<p>one</p><p>two</p>[5][6]"


def test_several_pages_at_one_place_come_in_their_order() -> None:
    start, amid = Spot("salt", Part.BODY, 3), Spot("salt", Part.BODY, 5)
    assert at(start, start, amid) == "<p>one</p><p>[5][6]two[7]</p>"
    head = Spot("salt", Part.HEAD)
    assert at(head, head, body="<p>one</p>") == "[5][6]<p>one</p>"
    assert at(Spot("salt", Part.BODY, 1), Spot("salt", Part.BODY, 1), body="<p>a b</p>") == "<p>a [5][6]b</p>"


def test_notes_begin_with_their_head() -> None:
    note = '<p><a role="doc-backlink" href="#x">1</a> The note.</p>'
    again = note.replace("The", "Another")
    before = "<p>one</p><p>two</p><section>"
    assert at(Spot("salt", Part.NOTES), notes=note) == f"{before}[5]<h2>Notes</h2>{note}</section>"
    second = again.replace("<p>", "<p>[5]")
    behind_first = Spot("salt", Part.NOTES, len("Thenote."))
    assert at(behind_first, notes=note + again) == f"{before}<h2>Notes</h2>{note}{second}</section>"


def test_a_part_that_the_e_book_lacks_begins_behind_what_it_has() -> None:
    assert at(Spot("salt", Part.NOTES)) == "<p>one</p><p>two</p>[5]"
    assert at(Spot("salt", Part.BODY, 9), body="") == "[5]"


def test_marks_change_nothing_else() -> None:
    body = "<p>Salt <em>is</em> dear.</p><ul><li>tea</li></ul><p>a<br/>b</p>"
    page, plain = page_of(body), page_of(body)
    for at_letter in range(1, 14):
        mark_page(page, Spot("salt", Part.BODY, at_letter), str(at_letter))
    for tree in (page, plain):
        unstamp(tree)
    counted = [sum(run.length for run in stretches(tree)) for tree in (page, plain)]
    assert counted[0] == counted[1]
    assert "".join(map(str, page.itertext())) == "".join(map(str, plain.itertext()))


# --- The lists ---


def printed(*pages: tuple[str, tuple[Spot, ...]]) -> tuple[PrintedPage, ...]:
    return tuple(PrintedPage(folio=folio, starts=starts) for folio, starts in pages)


def head(story: str) -> Spot:
    return Spot(story, Part.HEAD)


def body(story: str, count: int) -> Spot:
    return Spot(story, Part.BODY, count)


def listed(folder: Path) -> Ebook:
    """Make an issue whose advert stands amid its first story in print, and behind it in the e-book."""
    return make(
        folder,
        piece("one", body=paragraphs("Salt is dear.", "Tea is too."), notes=note("one", 1, "A note.")),
        piece("calendar", editions=(Medium.PRINT, Medium.SCREEN), body=paragraphs("May")),
        piece("two", body=paragraphs("Ink")),
        piece("ad", type=StoryType.ADVERT, advert=Advert(), body=paragraphs("Buy.")),
        order=("contents", "one", "calendar", "two", "ad", "imprint"),
        printed=printed(
            ("1", (head("cover"),)),
            ("2", (head("contents"),)),
            ("3", (head("one"),)),
            ("4", (head("ad"),)),
            ("5", (body("one", 11),)),
            ("6", (head("calendar"), Spot("one", Part.NOTES), head("two"))),
            ("7", (body("calendar", 2),)),
            ("9", (head("imprint"),)),
            ("12", (head("back-cover"),)),
        ),
    )


def test_printed_pages_are_listed_once_each_in_the_order_of_reading(tmp_path: Path) -> None:
    assert [(mark.folio, mark.name, " ".join(mark.behind.split()[:3])) for mark in marks(listed(tmp_path).path)] == [
        ("1", "cover.xhtml", "\ufffc"),
        ("2", "contents.xhtml", "Foundations, No. 37"),
        ("3", "one.xhtml", "A title Salt"),
        ("5", "one.xhtml", "Tea is too."),
        ("6", "one.xhtml", "Notes 1 A"),
        ("4", "ad.xhtml", "Advertisement A title"),
        ("9", "imprint.xhtml", "Foundations, No. 37"),
    ]


def test_a_page_with_what_floats_alone_is_listed_where_that_is_read(tmp_path: Path) -> None:
    ebook = make(
        tmp_path,
        piece("one", body=paragraphs("Salt is dear.", "Tea is too.", "Ink is not.")),
        order=("contents", "one"),
        printed=printed(("3", (head("one"),)), ("4", (body("one", 20),)), ("5", (body("one", 11),))),
    )
    assert [(mark.folio, mark.behind.split()[0]) for mark in marks(ebook.path)] == [
        ("3", "A"),
        ("5", "Tea"),
        ("4", "Ink"),
    ]
    [pages] = found(ebook.tree("contents.xhtml"), "//h:nav[@role='doc-pagelist']")
    assert [link.text for link in found(pages, ".//h:a")] == ["3", "5", "4"]


def test_old_readers_count_contents_and_pages_together_in_the_order_of_reading(tmp_path: Path) -> None:
    contents = listed(tmp_path).tree("toc.ncx")
    targets = found(contents, "//n:navPoint | //n:pageTarget")
    numbered = {target.find("{*}content").get("src"): int(target.get("playOrder", 0)) for target in targets}  # type: ignore[union-attr]
    assert sorted(numbered, key=lambda address: numbered[address]) == [
        "cover.xhtml#page-1",
        "contents.xhtml#page-2",
        "one.xhtml",
        "one.xhtml#page-3",
        "one.xhtml#page-5",
        "one.xhtml#page-6",
        "two.xhtml",
        "ad.xhtml#page-4",
        "imprint.xhtml",
        "imprint.xhtml#page-9",
    ]
    told = {meta.get("name"): meta.get("content") for meta in found(contents, "//n:meta")}
    assert (told["dtb:totalPageCount"], told["dtb:maxPageNumber"]) == ("7", "9")


def test_the_package_says_whose_pages_they_are(tmp_path: Path) -> None:
    book = listed(tmp_path)
    assert book.facts("pageBreakSource") == ["Foundations, No. 37, print edition, ISSN 2049-3630"]
    assert {"pageNavigation", "pageBreakMarkers"} <= set(book.facts("schema:accessibilityFeature"))
    assert "print edition" in str(book.facts("schema:accessibilitySummary"))
    assert not re.search(rb'prefix="|a11y:', book.members["EPUB/content.opf"])


def test_an_e_book_without_pages_claims_none(tmp_path: Path) -> None:
    book = make(tmp_path, piece("one", body=paragraphs("Salt.")))
    assert marks(book.path) == []
    assert book.facts("pageBreakSource") == []
    assert not {"pageNavigation", "pageBreakMarkers"} & set(book.facts("schema:accessibilityFeature"))
    assert "print" not in str(book.facts("schema:accessibilitySummary"))
    assert not found(book.page("contents"), "//h:nav[@role='doc-pagelist']")
    assert not found(book.tree("toc.ncx"), "//n:pageList")


def test_spots_leave_no_trace_in_the_file(tmp_path: Path) -> None:
    assert not [name for name, data in listed(tmp_path).members.items() if b"data-at" in data]
