"""The text of the e-book: notes, links and languages."""

from pathlib import Path

import pytest
from lxml import etree

from magbuild.layout import Layout
from magbuild.model import (
    Medium,
    Person,
)
from tests.unit.epub_issue import (
    ADA,
    EPUB,
    HOUSE,
    XML,
    call,
    found,
    magazine,
    make,
    note,
    paragraphs,
    piece,
    words,
)

# --- Notes ---


def test_notes_open_as_pop_ups_and_lead_back_to_every_call(tmp_path: Path) -> None:
    body = paragraphs(f"A{call('one', 1)} b{call('one', 2)} c{call('one', 1, '-2')}.")
    notes = note("one", 1, "First.", "More <em>of it</em>.") + note("one", 2, "Second.")
    page = make(tmp_path, piece("one", body=body, notes=notes)).page("one")
    assert {(link.get("role"), link.get(f"{EPUB}type")) for link in found(page, "//h:a")} == {
        ("doc-noteref", "noteref"),
        ("doc-backlink", "backlink"),
    }
    section = found(page, "//h:section[@class='notes']")[0]
    assert (section.get("role"), section.get(f"{EPUB}type")) == ("doc-endnotes", "footnotes")
    assert {(one.get("role"), one.get(f"{EPUB}type")) for one in found(section, "h:div")} == {
        ("doc-footnote", "footnote")
    }
    assert [(link.get("href"), link.text, link.get("aria-label")) for link in found(section, ".//h:a")] == [
        ("#one--ref-1", "1", "Back to reference 1a"),
        ("#one--ref-1-2", "b", "Back to reference 1b"),
        ("#one--ref-2", "2", "Back to reference 2"),
    ]
    assert words(section) == "Notes 1 First. More of it. b 2 Second."


def test_story_without_notes_has_no_heading_for_them(tmp_path: Path) -> None:
    assert "Notes" not in words(make(tmp_path, piece("one")).page("one"))


# --- Links ---


def links_of(page: etree._Element) -> list[tuple[str | None, str]]:
    return [(link.get("href"), words(link)) for link in found(page, "//h:div[@class='body']//h:a")]


def test_links_between_stories_lead_to_their_pages(tmp_path: Path) -> None:
    body = paragraphs(
        'See <a class="story-link page only" href="story:two"></a>, '
        '<a class="story-link page" href="story:two#two--end">the end</a> and '
        '<a class="story-link" href="story:two#two--gone">what is gone</a>.'
    )
    two = piece("two", "'Zwei'", body='<h2 id="two--end">End</h2>', language="de")
    book = make(tmp_path, piece("one", body=body), two)
    assert links_of(book.page("one")) == [
        ("two.xhtml", "‚Zwei‘"),
        ("two.xhtml#two--end", "the end"),
        ("two.xhtml", "what is gone"),
    ]
    assert found(book.page("one"), "//h:a[@lang='de']")[0].get(f"{XML}lang") == "de"
    assert "page" not in words(book.page("one"))


def test_link_that_leads_nowhere_is_left_as_plain_words(tmp_path: Path) -> None:
    body = paragraphs(
        'A <a class="story-link" href="story:print-only">calendar <em>and</em> more</a>, '
        '<a href="story:nobody">nobody</a>, <a href="other.html">a file</a>, <a href="#gone">a spot</a>, '
        '<a href="javascript:alert(1)">a script</a>, <a href="file:///etc/passwd">a disk</a>.'
    )
    book = make(tmp_path, piece("one", body=body), piece("print-only", editions=(Medium.PRINT,)))
    assert links_of(book.page("one")) == []
    assert words(found(book.page("one"), "//h:div[@class='body']")[0]) == (
        "A calendar and more, nobody, a file, a spot, a script, a disk."
    )
    assert found(book.page("one"), "//h:em")


# --- Languages ---


def test_every_language_is_said_twice(tmp_path: Path) -> None:
    body = paragraphs('An <em lang="ru-Latn">Iskra</em>.') + '<blockquote lang="fr"><p>Oui.</p></blockquote>'
    book = make(
        tmp_path,
        piece("one", body=body),
        piece("zwei", "Zwei", language="de", author=(ADA,), section="History"),
    )
    for slug in book.spine:
        for element in book.page(slug).iter():
            assert element.get("lang") == element.get(f"{XML}lang")
    assert [page.get("lang") for page in (book.page("one"), book.page("zwei"))] == ["en-GB", "de"]
    # The builder speaks the magazine's language, in a story of another one, too.
    own = found(book.page("zwei"), "//h:body//*[@lang='en-GB']")
    assert [words(one) for one in own] == ["History", "By Ada Wick"]
    assert book.dc("language") == ["en-GB", "de"]
    assert book.package.get(f"{XML}lang") == "en-GB"


def test_drawings_and_formulas_say_their_language_the_xml_way(tmp_path: Path) -> None:
    body = (
        '<p><svg xmlns="http://www.w3.org/2000/svg" lang="fr" viewBox="0 0 1 1"><title>Oui</title></svg></p>'
        '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi><mo>=</mo><mn>2</mn></math></p>'
    )
    book = make(tmp_path, piece("one", body=body), piece("two"))
    drawing = next(book.page("one").iter("{http://www.w3.org/2000/svg}svg"))
    assert (drawing.get("lang"), drawing.get(f"{XML}lang"), drawing.get("viewBox")) == (None, "fr", "0 0 1 1")
    assert found(book.page("one"), "//m:math")[0].get("alttext") == "a=2"
    properties = {item.get("href"): item.get("properties") for item in found(book.package, "//o:item")}
    assert (properties["one.xhtml"], properties["two.xhtml"]) == ("mathml svg", None)
    assert "MathML" in book.facts("schema:accessibilityFeature")


# --- Layouts ---


def test_stronger_layout_overrides_templates_and_adds_styles(tmp_path: Path) -> None:
    (tmp_path / "own" / "templates" / "epub").mkdir(parents=True)
    (tmp_path / "own" / "styles").mkdir()
    template = '{% extends "house/epub/imprint.html" %}{% block attributes %} id="mine"{% endblock %}'
    (tmp_path / "own" / "templates" / "epub" / "imprint.html").write_text(template)
    (tmp_path / "own" / "styles" / "epub.css").write_text(".title { font-size: 3em; }")
    book = make(tmp_path, layout=Layout(name="own", chain=(tmp_path / "own", HOUSE), fonts=()))
    assert found(book.page("imprint"), "//h:body[@id='mine']")
    styles = book.members["EPUB/style.css"].decode()
    assert styles.index(".title { font-size: 2em") < styles.index(".title { font-size: 3em")


def test_template_that_is_not_well_formed_is_named(tmp_path: Path) -> None:
    (tmp_path / "own" / "templates" / "epub").mkdir(parents=True)
    (tmp_path / "own" / "templates" / "epub" / "imprint.html").write_text("<html><br></html>")
    layout = Layout(name="own", chain=(tmp_path / "own", HOUSE), fonts=())
    with pytest.raises(ValueError, match=r"template 'epub/imprint\.html' doesn't give well-formed XHTML"):
        make(tmp_path, layout=layout)


def test_characters_that_xml_does_not_know_are_dropped(tmp_path: Path) -> None:
    odd = piece("one", "Ti\x01tle", kicker="<&\x02>", author=(Person(name="A\x03da"),))
    book = make(tmp_path, odd, magazine=magazine(title="Foun\x01dations"))
    assert found(book.page("one"), "//h:title")[0].text == "Title"
    assert book.dc("contributor") == ["Ada"]
