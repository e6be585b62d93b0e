"""Stories set into galleys: what is set together, its anchors, links, pictures, drop caps and end marks."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lxml.html
import pypdfium2
import pytest
from lxml import etree

from magbuild.bodytext import byline
from magbuild.compose import (
    FACES,
    UNKNOWN_FOLIO,
    Galley,
    compose,
    lay_out_desk,
    page_styles,
    picture_address,
    plain,
)
from magbuild.grouping import groups
from magbuild.language import Language
from magbuild.layout import Layout, find_layout
from magbuild.manuscript import Manuscript
from magbuild.measure import Length, Size
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
    Issue,
    Person,
    Picture,
    Reprint,
    Role,
    Section,
    Span,
    Start,
    Story,
    StoryType,
)
from magbuild.paginate import paginate
from magbuild.problem import Report
from tests.kit_galleys import FOLDER, small_issue, small_story

LONG = "Salt was dear, and the road on which it came was long. " * 5


@pytest.fixture(scope="module")
def house() -> Layout:
    return find_layout("house", Path("no-project"), Path("no-issue"), Report())


def manuscript(story: Story, body: str = "", notes: str = "") -> Manuscript:
    return Manuscript(slug=story.slug, body=body or "<p>Text.</p>", notes=notes, pictures=(), links=(), words=1)


def composed(
    issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout, folios: Mapping[str, int]
) -> tuple[Galley, ...]:
    return tuple(compose(lay_out_desk(issue, manuscripts, layout), groups(issue), folios))


def galleys(
    issue: Issue,
    layout: Layout,
    bodies: Mapping[str, str] | None = None,
    folios: Mapping[str, int] | None = None,
    notes: Mapping[str, str] | None = None,
) -> dict[str, Galley]:
    manuscripts = {
        story.slug: manuscript(story, (bodies or {}).get(story.slug, ""), (notes or {}).get(story.slug, ""))
        for story in issue.stories
    }
    return {galley.slug: galley for galley in composed(issue, manuscripts, layout, folios or {})}


def parsed(galley: Galley) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(galley.html)


def found(galley: Galley, path: str) -> list[Any]:
    result = parsed(galley).xpath(path)
    assert isinstance(result, list)
    return result


def texts_of(galley: Galley, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in found(galley, path)]


def set_body(layout: Layout, body: str, kind: StoryType = StoryType.ESSAY) -> lxml.html.HtmlElement:
    """Set one story and return its body."""
    issue = small_issue(small_story("salt", type=kind))
    galley = galleys(issue, layout, {"salt": body})["salt"]
    (element,) = found(galley, "//*[contains(concat(' ', @class, ' '), ' body ') or @class='piece-text']")
    assert isinstance(element, lxml.html.HtmlElement)
    return element


# --- What is set together ---


def test_galleys_follow_the_order_between_the_covers(house: Layout) -> None:
    issue = small_issue(small_story("salt"), small_story("tea"), order=("contents", "tea", "imprint", "salt"))
    assert [(galley.slug, galley.stories) for galley in galleys(issue, house).values()] == [
        ("cover", ()),
        ("contents", ()),
        ("tea", ("tea",)),
        ("imprint", ()),
        ("salt", ("salt",)),
        ("back-cover", ()),
    ]


def half() -> Advert:
    return Advert(size=AdvertSize.HALF)


def test_short_pieces_in_a_row_share_a_galley(house: Layout) -> None:
    stories = (
        small_story("letter-1", type=StoryType.LETTERS),
        small_story("letter-2", type=StoryType.LETTERS),
        small_story("essay"),
        small_story("review", type=StoryType.REVIEW),
        small_story("half", type=StoryType.ADVERT, advert=half()),
        small_story("notice", type=StoryType.NOTICE),
        small_story("box", type=StoryType.NEWSLETTER, start=Start.RECTO),
        small_story("full", type=StoryType.ADVERT),
        small_story("half-2", type=StoryType.ADVERT, advert=half()),
        small_story("half-3", type=StoryType.ADVERT, advert=half()),
    )
    order = [story.slug for story in stories]
    order.insert(1, "contents")
    composed = galleys(small_issue(*stories, order=order), house)
    assert [galley.stories or galley.slug for galley in composed.values()] == [
        "cover",
        ("letter-1",),
        "contents",
        ("letter-2",),
        ("essay",),
        ("review", "half", "notice"),
        ("box",),  # it must start on a page of its own
        ("full",),
        ("half-2", "half-3"),
        "back-cover",
    ]


def test_a_galley_says_where_it_comes_from_how_it_starts_and_what_stays_bare(house: Layout) -> None:
    spread = Picture(file="pictures/a.jpg", place=Span.SPREAD)
    stories = (
        small_story("salt", start=Start.RECTO),
        small_story("wide", picture=spread),
        small_story("buy", type=StoryType.ADVERT),
    )
    composed = galleys(small_issue(*stories, order=("contents", "salt", "wide", "buy")), house)
    facts = {slug: (galley.path.name, galley.start, galley.bare) for slug, galley in composed.items()}
    assert facts == {
        "cover": ("issue.yaml", Start.ANY, 99),
        "contents": ("issue.yaml", Start.ANY, 1),
        "salt": ("salt.md", Start.RECTO, 1),
        "wide": ("wide.md", Start.VERSO, 2),
        "buy": ("buy.md", Start.ANY, 99),
        "back-cover": ("issue.yaml", Start.ANY, 99),
    }


# A filler is no story: it has neither a place of its own, to which anything could point, nor notes.
STORIES = tuple(kind for kind in StoryType if kind is not StoryType.FILLER)


@pytest.mark.parametrize("kind", STORIES)
def test_every_type_of_story_has_a_template(house: Layout, kind: StoryType) -> None:
    galley = galleys(small_issue(small_story("salt", type=kind)), house)["salt"]
    (body,) = found(galley, "//body")
    assert body.get("class").split()[0] == "galley"
    assert texts_of(galley, "//*[@id='salt']")


def test_every_story_and_made_page_has_its_anchor(house: Layout) -> None:
    stories = [small_story(str(kind), type=kind) for kind in STORIES]
    order = ["contents", *(story.slug for story in stories), "imprint"]
    anchors = [
        anchor
        for galley in galleys(small_issue(*stories, order=order), house).values()
        for anchor in found(galley, "//@id")
    ]
    assert sorted(set(anchors)) == sorted(anchors)
    assert {*order, "cover", "back-cover"} <= set(anchors)


@pytest.mark.slow
@pytest.mark.parametrize("kind", StoryType)
def test_every_template_of_the_house_is_laid_out_without_a_word(house: Layout, kind: StoryType) -> None:
    body = f"<p>{LONG}</p>" * (2 if kind is StoryType.ADVERT else 30)
    galley = galleys(small_issue(small_story("salt", type=kind)), house, {"salt": body})["salt"]
    assert paginate(galley).problems == ()


# --- Text is text ---


def test_what_editors_type_is_never_taken_for_markup(house: Layout) -> None:
    nasty = 'A & B <script>alert("x")</script>'
    picture = Picture(file="pictures/a.jpg", alt=f'"{nasty}', caption=nasty, credit=nasty)
    people = (Person(name=nasty, bio=nasty), Person(name=nasty, role=Role.TRANSLATOR))
    sections = (Section(name=nasty),)
    story = small_story(
        "salt",
        title=nasty,
        kicker=nasty,
        standfirst=nasty,
        short_title=nasty,
        author=people,
        section=nasty,
        picture=picture,
        reprint=Reprint(issue=1, published=nasty, title=nasty, note=nasty),
        type=StoryType.REPRINT,
    )
    notice = small_story(
        "notice",
        title=nasty,
        type=StoryType.NOTICE,
        event=Event(date=datetime.date(2026, 5, 1), time=nasty, place=nasty, address=nasty, price=nasty),
        review=(Book(title=nasty, author=nasty, publisher=nasty, price=nasty, isbn=nasty),),
    )
    issue = small_issue(
        story,
        notice,
        order=("contents", "salt", "notice", "imprint"),
        title=nasty,
        season=nasty,
        price=nasty,
        cover=Cover(alt=nasty, credit=nasty, lines=(CoverLine(text=nasty), CoverLine(text=nasty, story="salt"))),
        back_cover=BackCover(title=nasty, text=nasty),
        magazine={
            "title": nasty,
            "tagline": nasty,
            "issn": nasty,
            "sections": sections,
            "imprint": (ImprintEntry(title=nasty, text=nasty),),
        },
    )
    for galley in galleys(issue, house).values():
        assert "<script" not in galley.html, galley.slug
        assert "alert" in parsed(galley).text_content()


def test_galleys_name_their_languages(house: Layout) -> None:
    issue = small_issue(small_story("salt", language="fr"), magazine={"language": "de"})
    galley = galleys(issue, house)["salt"]
    assert found(galley, "/html/@lang") == ["de"]
    assert found(galley, "//*[@id='salt']/@lang") == ["fr"]


@pytest.mark.parametrize("sentences", [4, 12, 30])
def test_head_of_a_department_is_never_alone_at_the_foot_of_a_page(house: Layout, sentences: int) -> None:
    sections = (Section(name="reviews", title="Reviews"), Section(name="notices", title="Notices"))
    issue = small_issue(
        small_story("salt", type=StoryType.REVIEW, section="reviews"),
        small_story("tea", type=StoryType.NOTICE, section="notices"),
        magazine={"sections": sections, "trim": Size(Length(148), Length(210))},
    )
    body = f"<p>{LONG}</p>" * 6 + f"<p>{'Salt was dear and white. ' * sentences}</p>"
    proof = paginate(galleys(issue, house, {"salt": body})["salt"])
    document = pypdfium2.PdfDocument(proof.pdf)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    assert [page for page in pages if "Notices Tea Text." in page] == pages[-1:]


@pytest.mark.parametrize("kind", STORIES)
def test_notes_are_set_in_stories_of_every_type(house: Layout, kind: StoryType) -> None:
    issue = small_issue(small_story("salt", type=kind))
    composed = galleys(issue, house, notes={"salt": '<div class="note"><p>By the sack.</p></div>'})
    (galley,) = (galley for galley in composed.values() if "salt" in galley.stories)
    assert texts_of(galley, "//*[@class='note']") == ["By the sack."]


# --- Pictures ---


def test_a_galley_lists_its_pictures_with_their_files(house: Layout) -> None:
    opening = Picture(file="pictures/Öre & salt.jpg", alt="Öre", place=Span.BLEED)
    issue = small_issue(small_story("salt", picture=opening), small_story("tea"))
    body = '<figure><img src="pictures/b.svg" alt="b"/></figure>'
    notes = '<div class="note"><p><img src="pictures/a.png" alt="a"/></p></div>'
    composed = galleys(issue, house, {"salt": body}, notes={"salt": notes})
    assert composed["salt"].pictures == tuple(
        (name, FOLDER / name) for name in ("pictures/a.png", "pictures/b.svg", "pictures/Öre & salt.jpg")
    )
    assert found(composed["salt"], "//img/@src") == [
        picture_address(name) for name in ("pictures/Öre & salt.jpg", "pictures/b.svg", "pictures/a.png")
    ]
    assert composed["tea"].pictures == ()


def test_addresses_of_pictures_are_plain_letters() -> None:
    assert picture_address("pictures/a-1.jpg") == "picture:pictures/a-1.jpg"
    assert picture_address("Öre 100%?.jpg") == "picture:%C3%96re%20100%25%3F.jpg"


def test_the_cover_and_the_advert_show_their_pictures(house: Layout) -> None:
    advert = Advert(artwork=Artwork(file="adverts/a.pdf", alt="Buy salt"), link="https://salt.example")
    issue = small_issue(
        small_story("buy", type=StoryType.ADVERT, advert=advert),
        cover=Cover(picture="pictures/cover.jpg", alt="A crow"),
        back_cover=BackCover(picture="pictures/back.jpg", alt="A sparrow"),
    )
    composed = galleys(issue, house)
    shown = {
        slug: [(image.get("src"), image.get("alt")) for image in found(galley, "//img")]
        for slug, galley in composed.items()
    }
    assert shown == {
        "cover": [("picture:pictures/cover.jpg", "A crow")],
        "buy": [("artwork:buy", "Buy salt")],
        "back-cover": [("picture:pictures/back.jpg", "A sparrow")],
    }
    assert found(composed["buy"], "//a/@href") == ["https://salt.example"]
    (artwork,) = composed["buy"].artworks
    assert (artwork.file, artwork.path, artwork.address) == ("adverts/a.pdf", FOLDER / "adverts/a.pdf", "artwork:buy")
    assert artwork.bleed == pytest.approx((3 * 72 / 25.4,) * 4)
    assert composed["buy"].pictures == ()


# --- Links and page numbers ---

LINKS = (
    '<p><a class="story-link" href="story:tea">the essay</a>, <a class="story-link page" href="story:tea#tea--2">'
    'the essay</a>, see <a class="story-link page only" href="story:tea"></a>, <a href="https://tea.example">out</a></p>'
)


def test_page_numbers_are_printed_where_they_are_asked_for(house: Layout) -> None:
    issue = small_issue(small_story("salt"), small_story("tea"))
    galley = galleys(issue, house, {"salt": LINKS}, {"salt": 3, "tea": 14})["salt"]
    (text,) = texts_of(galley, "//*[@class='body']/p")
    assert text == "the essay, the essay (page 14), see page 14, out"
    assert found(galley, "//*[@class='body']//a/@href") == [
        "story:tea",
        "story:tea#tea--2",
        "story:tea",
        "https://tea.example",
    ]
    assert galley.asks == ("tea",)


def test_pages_that_are_not_known_yet_are_as_wide_as_those_that_are(house: Layout) -> None:
    issue = small_issue(small_story("salt"), small_story("tea"))
    galley = galleys(issue, house, {"salt": LINKS}, {"salt": 3})["salt"]
    assert f"(page {UNKNOWN_FOLIO})" in "".join(texts_of(galley, "//*[@class='body']"))
    assert galley.asks == ("tea",)


def test_galleys_say_whose_pages_they_ask_for(house: Layout) -> None:
    issue = small_issue(
        small_story("salt"),
        small_story("tea"),
        order=("contents", "salt", "tea"),
        cover=Cover(lines=(CoverLine(text="Salt", story="salt"),)),
    )
    for folios in ({}, {"salt": 3, "tea": 4}):
        asked = {slug: galley.asks for slug, galley in galleys(issue, house, {"tea": LINKS}, folios).items()}
        assert asked == {"cover": ("salt",), "contents": ("salt", "tea"), "salt": (), "tea": ("tea",), "back-cover": ()}


def test_a_new_page_number_changes_only_the_galleys_in_which_it_stands(house: Layout) -> None:
    issue = small_issue(small_story("salt"), small_story("tea"), order=("contents", "salt", "tea"))
    before = galleys(issue, house, {"salt": LINKS}, {"salt": 3, "tea": 14})
    after = galleys(issue, house, {"salt": LINKS}, {"salt": 3, "tea": 15})
    assert {slug for slug in before if before[slug] != after[slug]} == {"contents", "salt"}


@pytest.mark.parametrize(
    ("magazine", "story", "said"),
    [
        ("de", "de", "Im Heft S. 14"),
        ("de", "de-AT", "Im Heft S. 14"),
        ("de", "fr", "page 14"),
        ("de", "ar", "Im Heft S. 14"),
        ("el", "el", "Im Heft S. 14"),
    ],
)
def test_page_numbers_are_said_in_the_storys_language(house: Layout, magazine: str, story: str, said: str) -> None:
    own = {"page": "Im Heft S. {number}"}
    issue = small_issue(
        small_story("salt", language=story), small_story("tea"), magazine={"language": magazine, "words": own}
    )
    galley = galleys(issue, house, {"salt": LINKS}, {"tea": 14})["salt"]
    assert f"({said})" in "".join(texts_of(galley, "//*[@class='body']"))


# --- Languages ---


def tongues_of(galley: Galley) -> dict[str, tuple[str, str]]:
    """Return `lang` and `dir` of everything in a galley that has them, by its first class or its tag."""
    return {
        (element.get("class") or element.tag).split()[0]: (element.get("lang"), element.get("dir", ""))
        for element in found(galley, "//*[@lang]")
    }


def test_what_the_magazine_says_in_a_story_of_another_language_is_marked(house: Layout) -> None:
    people = (Person(name="Ana O'Lima", bio="Ana salts."),)
    sections = (Section(name="essays", title="Aufsätze"),)
    reprint = Reprint(issue=2, published="1998", title="'Salt'")
    stories = (
        small_story("salt", section="essays", author=people, type=StoryType.REPRINT, reprint=reprint),
        small_story("tee", language="de", section="essays", author=people),
        small_story("milh", language="ar", section="essays", author=people),
    )
    issue = small_issue(*stories, magazine={"language": "de", "sections": sections})
    composed = galleys(issue, house, notes={"salt": "<p>Note.</p>"})
    german = ("de", "")
    assert tongues_of(composed["salt"]) == {
        "html": german,
        "story": ("en-GB", ""),
        **dict.fromkeys(("kicker", "byline", "reprint-line", "notes-head"), german),
    }
    assert tongues_of(composed["tee"]) == {"html": german, "story": german}
    assert tongues_of(composed["milh"]) == {
        "html": german,
        "story": ("ar", "rtl"),
        **dict.fromkeys(("kicker", "byline"), ("de", "ltr")),
    }
    assert texts_of(composed["salt"], "//*[@class='byline']") == ["Von Ana O’Lima"]
    assert texts_of(composed["salt"], "//*[@class='reprint-line']") == [
        "Zuerst erschienen als „‘Salt’“ in Heft 2, 1998"
    ]


def test_titles_in_the_contents_keep_their_language_and_their_quotes(house: Layout) -> None:
    stories = (small_story("salt", title='"Salt"'), small_story("tee", title='"Tee"', language="de"))
    issue = small_issue(*stories, order=("contents", "salt", "tee"), magazine={"language": "de"})
    contents = galleys(issue, house)["contents"]
    assert texts_of(contents, "//*[contains(@class, 'entry-title')]") == ["“Salt”", "„Tee“"]
    assert [title.get("lang") for title in found(contents, "//*[contains(@class, 'entry-title')]")] == ["en-GB", None]


# --- Contents and cover ---


def test_the_contents_list_every_story_with_its_page_under_its_section(house: Layout) -> None:
    sections = (Section(name="essays", title="Long reads"), Section(name="reviews"))
    stories = (
        small_story("editorial", type=StoryType.EDITORIAL),
        small_story("salt", section="essays", title="*Salt*", author=(Person(name="Ana Lima"), Person(name="Ben"))),
        small_story("tea", section="essays", standfirst="On tea."),
        small_story("buy", type=StoryType.ADVERT, section="essays"),
        small_story("ink", section="reviews"),
    )
    order = ("contents", *(story.slug for story in stories))
    issue = small_issue(*stories, order=order, magazine={"sections": sections})
    folios = {"editorial": 3, "salt": 4, "tea": 9, "buy": 11, "ink": 12}
    contents = galleys(issue, house, folios=folios)["contents"]
    assert texts_of(contents, "//h2") == ["Long reads", "reviews"]
    assert texts_of(contents, "//*[@class='entry-folio']") == ["3", "4", "9", "12"]
    assert texts_of(contents, "//*[@class='entry-title']") == ["Editorial", "Salt", "Tea", "Ink"]
    assert texts_of(contents, "//*[@class='entry-author']") == ["Ana Lima and Ben"]
    assert texts_of(contents, "//*[@class='entry-standfirst']") == ["On tea."]
    assert found(contents, "//*[@class='entry-title']/a/@href") == [
        "story:editorial",
        "story:salt",
        "story:tea",
        "story:ink",
    ]


def test_cover_lines_give_their_storys_page(house: Layout) -> None:
    lines = (CoverLine(text="The *salt* roads", story="salt"), CoverLine(text="And more"))
    issue = small_issue(small_story("salt"), cover=Cover(lines=lines))
    cover = galleys(issue, house, folios={"salt": 14})["cover"]
    assert texts_of(cover, "//li") == ["The salt roads 14", "And more"]
    assert found(cover, "//li//a/@href") == ["story:salt"]


# --- Drop caps and end marks ---


@pytest.mark.parametrize(
    ("opening", "cap", "rest"),
    [
        ("Salt was", "S", "alt"),
        ("A salt", "A", ""),
        ("“Salt,” she said", "“S", "alt"),
        ("‘’Tis salt", "‘’T", "is"),
        ("(Salt) was", "(S", "alt"),
        ("Öl was", "Ö", "l"),
        ("1889 was", "1", "889"),
        ("L’été was", "L", "’été"),
        ("¿Sal?", "¿S", "al"),
    ],
)
def test_a_long_first_paragraph_opens_with_a_drop_cap(house: Layout, opening: str, cap: str, rest: str) -> None:
    body = set_body(house, f"<p>{opening} <em>dear</em> {LONG}</p><p>{LONG}</p>")
    first, second = body.xpath("p")
    assert [(span.get("class"), span.text or "", span.get("data-say")) for span in first.xpath("span")][:2] == [
        ("drop-cap", cap, cap + rest),
        ("drop-rest", rest, ""),
    ]
    assert first.text_content() == f"{opening} dear {LONG}"
    assert "opening" in first.get("class").split()
    assert not second.xpath("span[@class='drop-cap']")


@pytest.mark.parametrize(
    "body",
    [
        "<p>Short.</p>",
        f"<h2>Head</h2><p>{LONG}</p>",
        f"<p><em>Salt</em> {LONG}</p>",
        f"<p>— {LONG}</p>",
        f"<blockquote><p>{LONG}</p></blockquote>",
        "",
    ],
)
def test_other_openings_have_none(house: Layout, body: str) -> None:
    issue = small_issue(small_story("salt"))
    made = composed(
        issue, {"salt": Manuscript(slug="salt", body=body, notes="", pictures=(), links=(), words=1)}, house, {}
    )
    assert "drop-cap" not in made[1].html


@pytest.mark.parametrize(
    ("kind", "has_one"),
    [
        (StoryType.ESSAY, True),
        (StoryType.REPORT, True),
        (StoryType.REPRINT, True),
        (StoryType.EDITORIAL, True),
        (StoryType.INTERVIEW, False),
        (StoryType.LETTERS, False),
        (StoryType.FAQ, False),
        (StoryType.REVIEW, False),
    ],
)
def test_only_some_types_have_drop_caps(house: Layout, kind: StoryType, has_one: bool) -> None:
    assert bool(set_body(house, f"<p>{LONG}</p>", kind).xpath(".//*[@class='drop-cap']")) is has_one


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("<p>One.</p><p>Two.</p>", "Two."),
        ("<p>One.</p><ul><li>Two.</li></ul>", None),
        ('<p>One.</p><p class="signature">Ana</p>', None),
        ("<p>One.</p><aside><p>Two.</p></aside>", None),
        ('<p class="note">One.</p>', "One."),
    ],
)
def test_the_end_mark_stands_behind_the_last_paragraph(house: Layout, body: str, marked: str | None) -> None:
    marks = set_body(house, body).xpath(".//*[@class='end-mark']")
    assert [mark.getparent().text_content() for mark in marks] == ([marked] if marked else [])


@pytest.mark.parametrize("kind", [StoryType.ADVERT, StoryType.SUBSCRIBE, StoryType.NEWSLETTER, StoryType.NOTICE])
def test_what_is_no_article_has_no_end_mark(house: Layout, kind: StoryType) -> None:
    assert "end-mark" not in galleys(small_issue(small_story("salt", type=kind)), house)["salt"].html


def test_markup_of_manuscripts_survives(house: Layout) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    body = set_body(
        house, f'<p lang="fr">One<br/>two &amp; &lt;three&gt; four</p><hr class="break"/>{drawing}<p>End</p>'
    )
    first = body.xpath("p")[0]
    assert (first.get("lang"), first.text_content()) == ("fr", "Onetwo & <three> four")
    assert len(body.xpath("p/br")) == len(body.xpath("hr[@class='break']")) == 1
    assert etree.tostring(body.xpath("*[local-name()='svg']")[0], encoding="unicode").count("path") == 1


# --- People ---


@pytest.mark.parametrize(
    ("people", "line"),
    [
        ((), ""),
        ((Person(name="Ana"),), "By Ana"),
        ((Person(name="Ana"), Person(name="Ben"), Person(name="Cy")), "By Ana, Ben and Cy"),
        (
            (Person(name="Tia", role=Role.TRANSLATOR), Person(name="Ana"), Person(name="Pia", role=Role.PHOTOGRAPHER)),
            "By Ana · Translated by Tia · Photographs by Pia",
        ),
        ((Person(name="Ida", role=Role.INTERVIEWER),), "Interview by Ida"),
        (
            (Person(name="Eva", role=Role.EDITOR), Person(name="Ian", role=Role.ILLUSTRATOR)),
            "Edited by Eva · Illustrations by Ian",
        ),
    ],
)
def test_bylines(people: tuple[Person, ...], line: str) -> None:
    assert byline(people, Language(code="en-GB")) == line


def test_every_role_has_a_word() -> None:
    for role in Role:
        assert "Ana" in byline((Person(name="Ana", role=role),), Language(code="en"))


def test_plain_lines_have_no_markup() -> None:
    assert plain("On <em>Capital</em>  &amp; <b>labour</b>\n") == "On Capital & labour"


# --- Styles ---


def test_styles_give_the_page_its_size_and_bleed_and_the_magazines_colours_the_last_word(house: Layout) -> None:
    magazine = {
        "trim": Size(Length(170), Length(240)),
        "bleed": Length(5),
        "colours": {"brand": Colour(screen="#123456")},
    }
    styles = page_styles(small_issue(magazine=magazine), house)
    assert "@page{size:170mm 240mm;bleed:5mm}" in styles
    assert "--trim-width:170mm;--trim-height:240mm;--bleed:5mm;" in styles
    assert f":root{{--brand:#123456;}}{FACES}@font-face" in styles
    assert styles.count(FACES) == 1
    files = [(house.chain[-1] / "styles" / f"{name}.css").read_text("utf-8") for name in ("tokens", "type", "pages")]
    assert [styles.index(text) for text in files] == sorted(styles.index(text) for text in files)


def test_all_galleys_share_their_styles(house: Layout) -> None:
    issue = small_issue(small_story("salt"), order=("contents", "salt"))
    assert len({galley.styles for galley in galleys(issue, house).values()}) == 1
