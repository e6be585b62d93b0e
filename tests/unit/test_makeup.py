"""Proofs and master pages laid together: order, links, outline, tags, artifacts."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from magbuild.compose import Galley
from magbuild.flatplan import Flatplan, Foot, plan
from magbuild.language import Language
from magbuild.layout import Layout
from magbuild.makeup import _labels
from magbuild.masters import copy_of_masters, made_pages
from magbuild.model import Issue, Position, Section, Start, StoryType
from magbuild.paginate import paginate, set_sheet
from tests.kit_galleys import (
    MASTER_STYLES,
    MASTERS,
    SMALL,
    article,
    cover,
    laid,
    made_up_pdf,
    master_layout,
    small,
    small_galley,
    small_issue,
    small_layout,
    small_story,
)
from tests.kit_pages import (
    MM,
    approx_box,
    box,
    check_structure,
    elements,
    letters,
    marked,
    outline,
    texts,
)
from tests.kit_reading import outline_of


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return master_layout(tmp_path / "kit")


@contextmanager
def made(issue: Issue, galleys: Sequence[Galley], layout: Layout) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(laid(issue, galleys, layout)[0].pdf)) as pdf:
        yield pdf


# --- Pages in their order ---


def test_pages_lie_in_the_order_of_the_flatplan_with_blanks_of_the_same_size(layout: Layout) -> None:
    issue = small("salt", "tea")
    galleys = [cover(), article("salt", pages=2), article("tea", start=Start.VERSO), cover("back-cover")]
    made_up, _ = laid(issue, galleys, layout)
    assert [text.split()[:1] for text in texts(made_up.pdf)] == [
        ["cover"],
        ["salt"],
        ["more"],
        ["tea"],
        [],
        ["back-cover"],
    ]
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        for page in pdf.pages:
            assert approx_box(box(page, "TrimBox"), 0, 0, 60 * MM, 81 * MM)
            assert approx_box(box(page, "BleedBox"), -3 * MM, -3 * MM, 63 * MM, 84 * MM)
            assert approx_box(box(page, "MediaBox"), -3 * MM, -3 * MM, 63 * MM, 84 * MM)
        assert {page.objgen for page in pdf.pages} == {
            thing.objgen
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == Name.Page
        }, "pages that are in no page tree"
        drawn = [thing for page in pdf.pages for thing in page.obj.Contents]
        assert all(stream.read_raw_bytes() for stream in drawn), "readers complain of content without a byte"


def test_the_issue_says_its_language_its_page_numbers_and_that_it_is_tagged(layout: Layout) -> None:
    issue = small("salt", magazine={"language": "fr-CA"})
    with made(issue, [cover(), article("salt")], layout) as pdf:
        assert str(pdf.Root.Lang) == "fr-CA"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        assert [str(page.label) for page in pdf.pages] == ["1", "2"]


def test_the_same_proofs_give_the_same_bytes(layout: Layout) -> None:
    issue = small("salt")
    galleys = [cover(), article("salt", pages=3)]
    assert laid(issue, galleys, layout) == laid(issue, galleys, layout)


def test_a_picture_of_two_stories_is_in_the_issue_once(layout: Layout, tmp_path: Path) -> None:
    red = tmp_path / "red.png"
    Image.new("RGB", (30, 20), "red").save(red)
    shown = '<img src="picture:red.png" alt="Red" style="width: 9mm">'
    galleys = [article(slug, shown, pictures=(("red.png", red),)) for slug in ("salt", "tea")]
    with made(small("salt", "tea"), galleys, layout) as pdf:
        pictures = [image for page in pdf.pages for image in page.get_images().values()]
        assert len(pictures) == 2
        assert pictures[0].objgen == pictures[1].objgen


# --- Outline ---


def test_the_outline_nests_stories_in_their_sections(layout: Layout) -> None:
    sections = (Section(name="essays", title="*Long* reads"), Section(name="reviews"))
    stories = [
        small_story("editorial"),
        small_story("salt", section="essays"),
        small_story("tea", section="essays"),
        small_story("ink", section="reviews"),
        small_story("buy", type=StoryType.ADVERT),
    ]
    magazine = {**SMALL, "sections": sections, "language": "de"}
    order = ("contents", "editorial", "salt", "tea", "buy", "ink")
    issue = small_issue(*stories, magazine=magazine, order=order)
    galleys = [cover(), *(cover(slug) if slug == "contents" else article(slug, pages=2) for slug in order)]
    with made(issue, galleys, layout) as pdf:
        assert outline(pdf) == [
            ("Titelseite", 1, []),
            ("Inhalt", 2, []),
            ("Editorial", 3, []),
            ("Long reads", 5, [("Salt", 5), ("Tea", 7)]),
            ("reviews", 11, [("Ink", 11)]),
        ]


def test_titles_stand_in_the_outline_without_marks(layout: Layout) -> None:
    issue = small_issue(small_story("salt", title="On *Capital*"), magazine=SMALL)
    with made(issue, [cover(), article("salt")], layout) as pdf:
        assert outline(pdf)[1][0] == "On Capital"


# --- Tags ---


def test_tags_of_all_proofs_grow_into_one_tree(layout: Layout) -> None:
    table = "<table><thead><tr><th>h</th></tr></thead><tr><td>d</td></tr></table>"
    links = '<ul><li><a href="story:tea">one</a></li><li><a href="https://salt.example">two</a></li></ul>'
    tea = article("tea", '<p><a href="story:salt">back</a></p>' + links, pages=2, start=Start.VERSO)
    galleys = [cover(), article("salt", table + links, pages=2), tea, cover("back-cover")]
    with made(small("salt", "tea"), galleys, layout) as pdf:
        check_structure(pdf)
        (document,) = pdf.Root.StructTreeRoot.K
        assert Name.Document == document.S
        counted = Counter(str(element.S) for element in elements(pdf.Root.StructTreeRoot))
        assert counted["/Link"] == 5
        assert counted["/Table"] == 1
        assert sum(len(marked(page)) for page in pdf.pages) > 15


def test_tags_follow_the_order_of_the_pages(layout: Layout) -> None:
    galleys = [cover(), article("salt", pages=2), article("tea"), cover("back-cover")]
    with made(small("salt", "tea"), galleys, layout) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        order = [numbers[element.Pg.objgen] for element in elements(pdf.Root.StructTreeRoot) if "/Pg" in element]
        assert order == sorted(order)
        assert set(order) == {0, 1, 2, 3, 5}  # page 5 is blank


def test_what_is_half_transparent_is_found_from_its_page_in_every_proof(layout: Layout) -> None:
    faint = '<p style="opacity: .5">faint</p>'
    with made(small("salt", "tea"), [cover(), article("salt", faint), article("tea", faint)], layout) as pdf:
        check_structure(pdf)
        assert outline_of(pdf).count('"faint"') == 2


def test_a_story_with_an_advert_amid_it_is_read_through_and_its_pages_keep_their_numbers(layout: Layout) -> None:
    second = '<p style="break-before: page">goes on</p>'
    advert = article("buy", position=Position.parse("page 3"), length=1)
    with made(small("salt", "buy"), [cover(), article("salt", second), advert], layout) as pdf:
        check_structure(pdf)
        assert [str(page.label) for page in pdf.pages] == ["1", "2", "3", "4"]
        articles = outline_of(pdf).partition("Art")[2]
        assert articles == '\n  P\n    "salt"\n  P\n    "goes on"\nArt\n  P\n    "buy"'


def test_pages_that_do_not_follow_each_other_keep_their_numbers() -> None:
    assert [
        (label if isinstance(label, int) else (str(label.S), int(label.St))) for label in _labels([4, 5, 7, 8])
    ] == [0, ("/D", 4), 2, ("/D", 7)]


def test_heads_of_tables_have_identifiers_of_their_own(layout: Layout) -> None:
    table = "<table><thead><tr><th>h</th></tr></thead><tr><td>d</td></tr></table>"
    galleys = [cover(), article("one", table), article("two", table)]
    with made(small("one", "two"), galleys, layout) as pdf:
        identifiers = [str(element.ID) for element in elements(pdf.Root.StructTreeRoot) if element.S == Name.TH]
    assert len(identifiers) == 2
    assert len(set(identifiers)) == 2


# --- Master pages ---


def test_masters_are_drawn_on_text_pages_and_on_no_others_and_are_mirrored(layout: Layout) -> None:
    issue = small("salt")
    made_up, _ = laid(issue, [cover(), article("salt", pages=3), cover("back-cover")], layout)
    assert [page.kind for page in made_up.pages] == ["bare", "bare", "text", "text", "blank", "bare"]
    with_folio = [number for number, text in enumerate(texts(made_up.pdf), 1) if "folio" in text]
    assert with_folio == [3, 4]
    assert "folio 3 Salt" in texts(made_up.pdf)[2]
    bars = [
        [row.count("B") for row in zip(*letters(made_up.pdf, 22, page).splitlines(), strict=True)] for page in range(6)
    ]
    recto, verso = bars[2], bars[3]
    assert [bool(count) for count in recto] == [False] * 18 + [True] * 3 + [False]
    assert verso == recto[::-1]
    assert all(sum(bar) == 0 for bar in (bars[0], bars[1], bars[4], bars[5]))


def test_masters_are_artifacts_and_lie_over_the_proof(layout: Layout) -> None:
    over = '<div style="position: absolute; left: -3mm; top: -3mm; width: 66mm; height: 87mm; background: #f00"></div>'
    salt = article("salt", pages=1)
    second = f'<div style="break-before: page; position: relative; margin: -6mm">{over}y</div>'
    red = small_galley("tea", f'<article id="tea"><p>x</p>{second}</article>')
    with made(small("salt", "tea"), [cover(), salt, red], layout) as pdf:
        page = pdf.pages[3]
        forms = list(dict(page.obj.Resources.XObject))
        stack: list[str] = []
        drawn = []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                stack.append(str(instruction.operands[0]))
            elif operator == "EMC":
                stack.pop()
            elif operator == "Do":
                drawn.append((str(instruction.operands[0]), list(stack)))
        assert stack == []
        assert drawn == [(forms[0], ["/Artifact"])]
        assert b"MCID" not in page.obj.Resources.XObject[forms[0]].read_bytes()
        packed = io.BytesIO()
        pdf.save(packed)
    row = letters(packed.getvalue(), 22, 3).splitlines()[14]
    assert row == "RBBBRRRRRRRRRRRRRRRRRR"


def test_a_proof_cannot_disturb_the_masters_or_the_masters_the_proof(layout: Layout) -> None:
    """The engine's pages leave the coordinate system changed; what is laid over must not follow it."""
    made_up, proofs = laid(small("salt"), [cover(), article("salt", pages=2), cover("back-cover")], layout)
    with pikepdf.open(io.BytesIO(made_up.pdf)) as pdf:
        for page in pdf.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(page, "q Q"):
                depth += 1 if str(instruction.operator) == "q" else -1
                assert depth >= 0
            assert depth == 0
    alone = letters(proofs["salt"].pdf, 66, 0)
    assert letters(made_up.pdf, 66, 1) == alone


def test_masters_reach_into_the_bleed(tmp_path: Path) -> None:
    styles = MASTER_STYLES + ".recto .bar { right: -3mm } .verso .bar { left: -3mm }"
    layout = small_layout(tmp_path / "tabs", {"masters": MASTERS}, {"pages": styles})
    made_up, _ = laid(small("salt"), [cover(), article("salt", pages=2), cover("back-cover")], layout)
    row = letters(made_up.pdf, 22, 2).splitlines()[14]
    assert row[-1] == "B"


def test_masters_without_text_are_drawn_too(tmp_path: Path) -> None:
    bars = MASTERS.replace("<p>folio {{ page.number }} {{ page.title }}</p>", "")
    layout = small_layout(tmp_path / "bars", {"masters": bars}, {"pages": MASTER_STYLES})
    made_up, _ = laid(small("salt"), [cover(), article("salt", pages=2), cover("back-cover")], layout)
    assert "B" in letters(made_up.pdf, 22, 2)


# --- Fillers ---


def test_a_filler_is_laid_over_the_foot_of_a_page_with_its_tags_and_links(layout: Layout) -> None:
    issue, galley = small("salt"), article("salt")
    filler = small_galley(
        "mill",
        '<aside aria-label="To let"><p>mill <a href="https://far.example/">far</a> <b id="rent">rent</b></p></aside>',
    )
    proofs = {one.slug: paginate(one) for one in (galley, filler)}
    (measured,) = proofs["mill"].measured
    lowest = max(line.bottom for line in measured.lines)
    foot = Foot(galley=filler, guest="salt", top=measured.top, bottom=lowest, down=70.5)
    bare = plan(issue, [galley], {"salt": 1})
    flatplan = Flatplan(slots=tuple(replace(slot, foot=foot if slot.galley else None) for slot in bare.slots))
    pages = made_pages(issue, flatplan, proofs, Language(code="en"))
    masters = set_sheet(*copy_of_masters(issue, layout, pages)).pdf
    made_up = made_up_pdf(issue, flatplan, proofs, masters)
    with pikepdf.open(io.BytesIO(made_up)) as pdf, pikepdf.open(io.BytesIO(proofs["mill"].pdf)) as alone:
        assert len(pdf.pages) == len(flatplan.slots)
        check_structure(pdf)
        tags = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
        assert tags.count("/Link") == 1
        (link,) = pdf.pages[0].obj.Annots
        (before,) = alone.pages[0].obj.Annots
        moved = [float(was) - float(now) for was, now in zip(before.Rect, link.Rect, strict=True)]
        assert moved == pytest.approx([0, 70.5, 0, 70.5], abs=0.001)
