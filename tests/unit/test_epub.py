"""The EPUB edition: small issues are made into files, and the files asked what stands where."""

import datetime
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from magbuild.model import (
    Advert,
    AdvertSize,
    Artwork,
    BackCover,
    Book,
    Colour,
    Cover,
    CoverLine,
    Event,
    ImprintEntry,
    Medium,
    Person,
    Reprint,
    Role,
    Section,
    StoryType,
)
from tests.unit.epub_issue import (
    ADA,
    BO,
    EPUB,
    SENTENCE,
    call,
    found,
    jpeg,
    magazine,
    make,
    note,
    paragraphs,
    piece,
    sheet,
    words,
)

# --- What is read, and in which order ---


def test_cover_and_contents_come_first_and_all_else_in_running_order(tmp_path: Path) -> None:
    book = make(
        tmp_path,
        piece("one"),
        piece("two"),
        piece("ad", type=StoryType.ADVERT, advert=Advert()),
        piece("three"),
        order=("one", "contents", "imprint", "two", "ad", "three"),
    )
    assert book.spine == ["cover", "contents", "one", "imprint", "two", "ad", "three"]
    assert not found(book.package, "//o:itemref[@linear='no']")


def test_story_that_is_not_in_this_edition_is_left_out(tmp_path: Path) -> None:
    book = make(tmp_path, piece("one"), piece("calendar", editions=(Medium.PRINT, Medium.SCREEN)))
    assert book.spine == ["cover", "contents", "one", "imprint"]
    assert "EPUB/calendar.xhtml" not in book.members
    assert "calendar" not in words(book.page("contents"))


def test_issue_without_stories_is_still_an_e_book(tmp_path: Path) -> None:
    assert make(tmp_path).spine == ["cover", "contents", "imprint"]


def test_contents_have_sections_titles_and_authors(tmp_path: Path) -> None:
    book = make(
        tmp_path,
        piece("editorial", "What we *build*"),
        piece("one", "'One' -- and more", section="History", author=(ADA, BO)),
        piece("ad", type=StoryType.ADVERT, advert=Advert(), section="Adverts"),
        piece("two", section="History", author=(Person(name="Cy Ray", role=Role.INTERVIEWER),)),
        piece("letters", "Letters", section="Post", type=StoryType.LETTERS, author=(Person(name="Di Orr"),)),
        magazine=magazine(sections=(Section(name="History", title="History & theory"),)),
    )
    lists = found(book.page("contents"), "//h:nav[@id='toc']/h:ol")
    assert [outline(item) for item in lists[0]] == [
        ("What we build", "editorial.xhtml"),
        (
            "History & theory",
            [("‘One’ – and more — Ada Wick and Bo Lee", "one.xhtml"), ("A title — Cy Ray", "two.xhtml")],
        ),
        ("Post", [("Letters", "letters.xhtml")]),
        ("Imprint", "imprint.xhtml"),
    ]


def outline(item: etree._Element) -> tuple[str, Any]:
    links = found(item, "h:a")
    if links:
        return words(links[0]), links[0].get("href")
    return words(item[0]), [outline(entry) for entry in found(item, "h:ol/h:li")]


def test_old_readers_get_the_same_contents(tmp_path: Path) -> None:
    book = make(
        tmp_path,
        piece("one", "One", section="History", author=(ADA,)),
        piece("two", "Two", section="History"),
        piece("three", "Three"),
    )
    points = found(book.tree("toc.ncx"), "//n:navPoint")
    assert [(words(point[0]), found(point, "n:content")[0].get("src"), point.get("playOrder")) for point in points] == [
        ("History", "one.xhtml", "1"),
        ("One — Ada Wick", "one.xhtml", "1"),
        ("Two", "two.xhtml", "2"),
        ("Three", "three.xhtml", "3"),
        ("Imprint", "imprint.xhtml", "4"),
    ]
    assert len({point.get("id") for point in points}) == len(points)
    uid = found(book.tree("toc.ncx"), "//n:meta[@name='dtb:uid']")[0].get("content")
    assert uid == book.dc("identifier")[0]


def test_contents_are_what_reading_systems_look_for(tmp_path: Path) -> None:
    book = make(tmp_path, piece("one"))
    items = found(book.package, "//o:item[@properties='nav']")
    assert [item.get("href") for item in items] == ["contents.xhtml"]
    assert found(book.package, "//o:spine")[0].get("toc") == "ncx"
    assert book.media_types["toc.ncx"] == "application/x-dtbncx+xml"


def test_landmarks_and_guide_lead_to_cover_contents_and_first_story(tmp_path: Path) -> None:
    book = make(tmp_path, piece("ad", type=StoryType.ADVERT, advert=Advert()), piece("one", "One"))
    places = found(book.page("contents"), "//h:nav[@hidden]//h:a")
    assert [(place.get(f"{EPUB}type"), place.get("href")) for place in places] == [
        ("cover", "cover.xhtml"),
        ("toc", "contents.xhtml#toc"),
        ("bodymatter", "one.xhtml"),
    ]
    assert [(place.get("type"), place.get("href")) for place in found(book.package, "//o:guide/*")] == [
        ("cover", "cover.xhtml"),
        ("toc", "contents.xhtml"),
        ("text", "one.xhtml"),
    ]


def test_cover_is_told_in_words(tmp_path: Path) -> None:
    cover = Cover(alt="A tower in red", lines=(CoverLine(text="Who *rules*?"), CoverLine(text="Salt")))
    book = make(tmp_path, sheet=sheet(season="Spring 2026", title="Beginnings", cover=cover))
    picture = found(book.page("cover"), "//h:img")[0]
    assert picture.get("alt") == (
        "Cover. Foundations, No. 37 (Spring 2026). A tower in red. Beginnings. Who rules? Salt."
    )
    assert picture.get("role") == "doc-cover"
    item = found(book.package, "//o:item[@properties='cover-image']")[0]
    assert (item.get("href"), picture.get("src")) == ("images/cover.jpg", "images/cover.jpg")
    assert found(book.package, f"//o:meta[@name='cover'][@content='{item.get('id')}']")
    assert book.members["EPUB/images/cover.jpg"] == jpeg()


# --- Stories ---


def test_head_of_a_story(tmp_path: Path) -> None:
    people = (
        Person(name="Ada Wick", bio="Ada Wick *digs*."),
        Person(name="Bo Lee"),
        Person(name="Cy Ray", role=Role.TRANSLATOR),
    )
    book = make(
        tmp_path,
        piece(
            "one",
            "Before the *State*",
            kicker="Archaeology",
            standfirst="Were they 'ruled'?",
            author=people,
            section="History",
            body=paragraphs("Text."),
        ),
    )
    page = book.page("one")
    assert [(child.get("class"), words(child)) for child in found(page, "//h:header/*")] == [
        ("kicker", "Archaeology"),
        ("title", "Before the State"),
        ("standfirst", "Were they ‘ruled’?"),
        ("byline", "By Ada Wick and Bo Lee · Translated by Cy Ray"),
    ]
    assert found(page, "//h:h1/h:em")
    assert found(page, "//h:title")[0].text == "Before the State"
    assert [words(about) for about in found(page, "//h:p[@class='about']")] == ["Ada Wick digs."]


def test_section_stands_in_for_a_kicker(tmp_path: Path) -> None:
    titled = magazine(sections=(Section(name="History", title="History & theory"),))
    book = make(tmp_path, piece("one", section="History"), piece("two"), magazine=titled)
    kickers = {slug: found(book.page(slug), "//h:p[@class='kicker']") for slug in ("one", "two")}
    assert [words(kicker) for kicker in kickers["one"]] == ["History & theory"]
    assert kickers["two"] == []


def test_section_gives_its_colour_to_a_line_and_to_no_text(tmp_path: Path) -> None:
    palette = {
        name: Colour(screen=code) for name, code in (("deep red", "#c8102e"), ("ink", "#111"), ("paper", "#fed"))
    }
    coloured = magazine(sections=(Section(name="History", colour="deep red"),), colours=palette)
    book = make(tmp_path, piece("one", section="History"), magazine=coloured)
    assert found(book.page("one"), "//h:article[contains(@class, 'accent-deep-red')]")
    styles = book.members["EPUB/style.css"].decode()
    assert ".accent-deep-red header { border-color: #c8102e; }" in styles
    assert ".accent-ink" not in styles  # it couldn't be seen by night
    assert ".accent-paper" not in styles  # nor this by day
    colours = re.findall(r"[\s;{](?:color|background(?:-color)?):\s*([^;}]+)", styles)
    assert set(colours) <= {"inherit", "currentColor", "#fff"}


def test_reprint_says_where_it_first_stood(tmp_path: Path) -> None:
    reprint = Reprint(issue=12, published="Winter 2019", title="Old", note="Shortened.")
    book = make(
        tmp_path,
        piece("one", type=StoryType.REPRINT, reprint=reprint),
        piece("two", type=StoryType.REPRINT, reprint=Reprint(published="1994")),
        piece("three", type=StoryType.REPRINT, reprint=Reprint(note="From a leaflet.")),
    )
    pages = [book.page(slug) for slug in ("one", "two", "three")]
    assert [words(found(page, "//h:p[@class='reprint-line']")[0]).casefold() for page in pages] == [
        "first published as “old” in issue 12, winter 2019. shortened.",
        "first published in 1994",
        "from a leaflet.",
    ]


def test_review_names_its_books(tmp_path: Path) -> None:
    dawn = Book(title="The Dawn", author="D. G. & D. W.", publisher="Lane", year=2021, pages=704)
    dawn = replace(dawn, price="£30", isbn="978")
    book = make(tmp_path, piece("one", type=StoryType.REVIEW, review=(dawn, Book(title="Another"))))
    lines = found(book.page("one"), "//h:p[@class='book-line']")
    assert [" / ".join(words(part) for part in found(line, "*[text()]")) for line in lines] == [
        "The Dawn / D. G. & D. W. / Lane, 2021, 704 pages, £30, ISBN 978",
        "Another",
    ]


def test_event_says_when_where_and_how_much(tmp_path: Path) -> None:
    event = Event(
        date=datetime.date(2026, 7, 4),
        time="10 am",
        place="Hall",
        address="1 High St",
        price="free",
        url="www.example.org/school",
    )
    book = make(tmp_path, piece("one", type=StoryType.NOTICE, event=event))
    facts = found(book.page("one"), "//h:dl[@class='event-facts']/*")
    assert [words(fact) for fact in facts] == [
        "When",
        "Saturday, 4 July 2026, 10 am",
        "Where",
        "Hall, 1 High St",
        "Price",
        "free",
        "More",
        "www.example.org/school",
    ]
    assert found(facts[-1], "h:a")[0].get("href") == "https://www.example.org/school"


def test_subscribers_find_the_magazine(tmp_path: Path) -> None:
    home = magazine(url="https://foundations.example")
    pieces = (piece("one"), piece("two", type=StoryType.SUBSCRIBE))
    book = make(tmp_path, *pieces, magazine=home)
    assert [link.get("href") for link in found(book.page("two"), "//h:a")] == ["https://foundations.example"]
    assert not found(book.page("one"), "//h:a")
    assert not found(make(tmp_path, *pieces).page("two"), "//h:a")


def test_adverts_are_pictures_or_texts_with_their_links(tmp_path: Path) -> None:
    (tmp_path / "adverts").mkdir()
    (tmp_path / "adverts" / "half.jpg").write_bytes(jpeg(200, 100))
    books = Artwork(file="adverts/full.pdf", alt="Books that argue.")
    pdf = Advert(artwork=books, client="Wedge", link="wedge.example")
    half = Advert(size=AdvertSize.HALF, artwork=Artwork(file="adverts/half.jpg", alt="Tea."))
    book = make(
        tmp_path,
        piece("full", type=StoryType.ADVERT, advert=pdf),
        piece("half", type=StoryType.ADVERT, advert=half),
        piece(
            "set",
            "Buy *tea*",
            paragraphs("Now."),
            type=StoryType.ADVERT,
            advert=Advert(link="post@tea.example"),
        ),
        artwork={"full": jpeg(300, 400)},
    )
    full = book.page("full")
    picture = found(full, "//h:figure/h:a[@href='https://wedge.example']/h:img")[0]
    assert (picture.get("alt"), picture.get("src")) == ("Books that argue.", "images/full.jpg")
    assert words(found(full, "//h:p[@class='advert-link']")[0]) == "Wedge wedge.example"
    assert [image.get("alt") for image in found(book.page("half"), "//h:figure/h:img")] == ["Tea."]
    assert words(found(book.page("set"), "//h:section")[0]) == "Advertisement Buy tea Now. post@tea.example"
    assert found(book.page("set"), "//h:a")[0].get("href") == "mailto:post@tea.example"


def test_imprint_has_its_entries(tmp_path: Path) -> None:
    entries = (
        ImprintEntry(title="Editors", text="Ada Wick"),
        ImprintEntry(title="Copyright", text="© *the authors*"),
    )
    told = sheet(cover=Cover(credit="A. Painter"), back_cover=BackCover(title="Salt", text="Roads."))
    book = make(tmp_path, magazine=magazine(imprint=entries), sheet=told)
    assert words(found(book.page("imprint"), "//h:section")[0]) == (
        "Foundations, No. 37 Imprint Editors Ada Wick Copyright © the authors "
        "ISSN 2049-3630 Cover: A. Painter In the next issue Salt Roads."
    )
    assert book.dc("rights") == ["© the authors"]


def test_no_word_of_a_manuscript_is_lost(tmp_path: Path) -> None:
    body = (
        paragraphs(f"Alpha {call('one', 1)} beta <em>gamma</em>.")
        + '<aside class="pullquote" aria-hidden="true"><p>Delta.</p></aside>'
        + "<blockquote><p>Epsilon</p></blockquote>"
        + '<div class="table"><table><caption>Zeta</caption><tr><td>Eta</td></tr></table></div>'
        + '<p>See <a href="gone.html">theta</a> <a href="#gone"><b>iota</b> kappa</a> lambda.</p>'
        + '<div class="verse"><p><span class="line">My</span><br/><span class="line">nu</span></p></div>'
    )
    book = make(tmp_path, piece("one", body=body, notes=note("one", 1, "Xi.", "Omikron.")))
    body_text = found(book.page("one"), "//h:div[@class='body']")[0].itertext()
    assert " ".join(" ".join(map(str, body_text)).split()) == (
        "Alpha 1 beta gamma . Delta. Epsilon Zeta Eta See theta iota kappa lambda. My nu"
    )
    assert words(found(book.page("one"), "//h:section[@class='notes']")[0]) == "Notes 1 Xi. Omikron."


def test_first_paragraph_is_marked_for_a_drop_cap(tmp_path: Path) -> None:
    long, quoted = SENTENCE * 3, f"“{SENTENCE * 3}”"
    book = make(
        tmp_path,
        piece("long", body=paragraphs(long, long)),
        piece("quoted", body=paragraphs(quoted)),
        piece("short", body=paragraphs(SENTENCE)),
        piece("numbered", body=paragraphs(f"1 {long}")),
        piece("headed", body=f"<h2>Head</h2>{paragraphs(long)}"),
        piece("notice", type=StoryType.NOTICE, body=paragraphs(long)),
    )
    marked = {slug: len(found(book.page(slug), "//h:p[contains(@class, 'opening')]")) for slug in book.spine}
    assert {slug for slug, count in marked.items() if count == 1} == {"long", "quoted"}
    assert found(book.page("quoted"), "//h:p[@class='first opening closing']")
    assert len(found(book.page("notice"), "//h:p[@class='first']")) == 1


@pytest.mark.parametrize(
    ("body", "closing"),
    [
        (paragraphs("One.", "Two."), "Two."),
        (paragraphs("One.") + '<p class="signature">Ada</p>', "One."),
        (paragraphs("One.") + "<ul><li>Two</li><li>Three</li></ul>", "Three"),
        (paragraphs("One.") + "<blockquote><p>Two.</p></blockquote>", "Two."),
        ('<div class="interview"><p class="question">Q</p><p class="answer">A</p></div>', "A"),
        (paragraphs("One.") + '<aside class="filler"><p>Filler.</p></aside>', "One."),
        (paragraphs("One.") + '<figure class="figure"><figcaption>F.</figcaption></figure>', None),
        ("", None),
    ],
)
def test_end_mark_stands_behind_the_last_words(tmp_path: Path, body: str, closing: str | None) -> None:
    page = make(tmp_path, piece("one", body=body)).page("one")
    marked = [words(end) for end in found(page, "//*[contains(@class, 'closing')]")]
    assert marked == ([closing] if closing else [])


def test_short_pieces_have_no_end_mark(tmp_path: Path) -> None:
    page = make(tmp_path, piece("one", body=paragraphs("Come."), type=StoryType.NOTICE)).page("one")
    assert not found(page, "//*[contains(@class, 'closing')]")


def test_empty_elements_are_closed_as_html_wants_it(tmp_path: Path) -> None:
    book = make(tmp_path, piece("one", body='<p><span class="a"></span>One<br/>two</p>'))
    assert b'<span class="a"></span>One<br/>two' in book.members["EPUB/one.xhtml"]


def test_pull_quotes_are_not_read_twice(tmp_path: Path) -> None:
    body = '<aside class="pullquote" aria-hidden="true"><p>Quote.</p></aside>'
    quote = found(make(tmp_path, piece("one", body=body)).page("one"), "//h:aside")[0]
    assert dict(quote.items()) == {
        "class": "pullquote",
        "aria-hidden": "true",
        "role": "doc-pullquote",
        f"{EPUB}type": "pullquote",
    }


def test_boxes_of_one_name_are_numbered(tmp_path: Path) -> None:
    titled = '<aside class="sidebar" aria-labelledby="{0}"><h3 id="{0}">Box</h3></aside>'
    plain = '<aside class="filler" aria-label="{0}"><p>Filler.</p></aside>'
    quote = '<aside class="pullquote" aria-hidden="true"><p>Quote.</p></aside>'
    body = titled.format("a") + plain.format("Sidebar") + titled.format("b") + quote + plain.format("Filler") + quote
    boxes = found(make(tmp_path, piece("one", body=body)).page("one"), "//h:aside")
    assert [(box.get("aria-label"), box.get("aria-labelledby")) for box in boxes] == [
        ("Box 1", None),
        ("Sidebar", None),
        ("Box 2", None),
        (None, None),
        ("Filler", None),
        (None, None),
    ]


def test_headings_skip_no_level(tmp_path: Path) -> None:
    body = (
        '<aside class="sidebar"><h3 class="sidebar-title">Box</h3></aside>'
        "<h2>One</h2><h3>One a</h3><h2>Two</h2>"
        '<aside class="sidebar"><h3 class="sidebar-title">Second box</h3></aside>'
    )
    page = make(tmp_path, piece("one", "T", body=body)).page("one")
    heads = found(page, "//h:h1 | //h:h2 | //h:h3")
    assert [(etree.QName(head).localname, words(head)) for head in heads] == [
        ("h1", "T"),
        ("h2", "Box"),
        ("h2", "One"),
        ("h3", "One a"),
        ("h2", "Two"),
        ("h3", "Second box"),
    ]
