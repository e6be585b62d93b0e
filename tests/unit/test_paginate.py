"""Galleys laid out into proofs: pages and anchors, no word lost unnoticed, the same bytes again, nothing loaded."""

import io
import logging
import os
import pickle
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html import escape
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from magbuild.compose import Galley, picture_address
from magbuild.paginate import Proof, count_pages, image_name, paginate, set_drawing
from magbuild.problem import Place, Problem, Severity
from tests.kit_galleys import FOLDER, FONT, SMALL_PAGE, refuse_network, small_galley
from tests.kit_pages import MM, assert_pixels, box, check_structure, fonts, texts

ROOT = Path(__file__).parent.parent.parent
A = FOLDER / "a.md"


def codes(proof: Proof) -> list[tuple[str, str]]:
    return [(str(problem.severity), problem.code) for problem in proof.problems]


@pytest.fixture
def red(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    Image.new("RGB", (30, 20), (255, 0, 0)).save(path)
    return path


# --- Pages ---


def test_a_proof_has_the_trim_and_the_bleed_of_the_page() -> None:
    proof = paginate(small_galley("a", "<p>Salt</p>"))
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        (page,) = pdf.pages
        assert box(page, "TrimBox") == pytest.approx((0, 0, 60 * MM, 81 * MM), abs=1e-3)
        bled = (-3 * MM, -3 * MM, 63 * MM, 84 * MM)
        assert box(page, "MediaBox") == pytest.approx(bled, abs=1e-3)
        assert box(page, "BleedBox") == pytest.approx(bled, abs=1e-3)
    assert (proof.slug, proof.problems) == ("a", ())


def test_pictures_and_colours_reach_into_the_bleed() -> None:
    styles = "@page { size: 60mm 80mm; margin: 0; bleed: 10mm } body { margin: 0 }"
    left = '<div style="position:absolute;left:-10mm;top:-10mm;width:20mm;height:100mm;background:#f00"></div>'
    inside = '<div style="position:absolute;left:40mm;top:40mm;width:20mm;height:40mm;background:#00f"></div>'
    assert_pixels(
        paginate(small_galley("a", left + inside, styles)).pdf,
        """
        RR______
        RR______
        RR______
        RR______
        RR______
        RR___BB_
        RR___BB_
        RR___BB_
        RR___BB_
        RR______
        """,
    )


def test_pages_are_counted_and_hold_their_text_in_order() -> None:
    galley = small_galley("a", "".join(f"<p>word{number}</p>" for number in range(40)))
    proof = paginate(galley)
    assert count_pages(galley) == len(proof.pages)
    assert len(proof.pages) == 5
    found = [re.findall(r"\d+", page) for page in texts(proof.pdf)]
    assert [int(number) for page in found for number in page] == list(range(40))
    assert [len(page) for page in found] == [8, 8, 8, 8, 8]


def test_anchors_are_measured_from_the_trim_and_stand_on_every_page_of_their_element() -> None:
    lines = "".join(f"<p>{number}</p>" for number in range(12))
    styles = SMALL_PAGE + "@page { margin: 10mm 20mm 30mm 15mm }"
    proof = paginate(
        small_galley("a", f'<article id="a"><div id="a--top">{lines}</div><p id="a--end">x</p></article>', styles)
    )
    anchors = [{name: (x, y) for name, x, y in page.anchors} for page in proof.pages]
    assert [set(names) for names in anchors] == [
        {"a", "a--top"},
        {"a", "a--top"},
        {"a", "a--top", "a--end"},
    ]
    assert anchors[0]["a"] == pytest.approx((15 * MM, 10 * MM), abs=0.01)
    assert anchors[2]["a--end"] == pytest.approx((15 * MM, 10 * MM + 2 * 24), abs=0.01)


def test_a_proof_is_tagged_and_its_tags_and_pages_know_each_other() -> None:
    content = (
        "<h1>Salt</h1><p>One <em>two</em> <a href='https://salt.example'>three</a></p><ul><li>four</li></ul>"
        "<table><thead><tr><th>five</th></tr></thead><tr><td>six</td></tr></table>" + "<p>on and on</p>" * 12
    )
    with pikepdf.open(io.BytesIO(paginate(small_galley("a", content)).pdf)) as pdf:
        assert len(pdf.pages) > 1
        check_structure(pdf)


def test_fonts_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(paginate(small_galley("a", "<p>Salt</p>")).pdf)) as pdf:
        found = fonts(pdf)
    assert [name for name in found if "Source" in name or "Kit" in name]
    assert all(found.values())


def test_a_pictures_name_on_the_page_begins_as_announced(red: Path) -> None:
    content = '<p><img src="picture:pictures/red.png" alt="red"></p>'
    proof = paginate(small_galley("a", content, pictures=(("pictures/red.png", red),)))
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        (name,) = pdf.pages[0].obj.Resources.XObject.keys()
    assert name.removeprefix("/").removesuffix("1") == image_name("picture:pictures/red.png")
    assert image_name("picture:a.png") != image_name("picture:b.png")


@pytest.mark.parametrize(
    "name",
    [
        "pictures/red.png",
        "a&b.png",
        "a#b?c.png",
        "100%.png",
        "my red.png",
        "rööt.png",
        "a%20b (1).png",
    ],
)
def test_pictures_may_have_any_file_name(red: Path, name: str) -> None:
    content = f'<p><img src="{escape(picture_address(name))}" alt="red"></p>'
    proof = paginate(small_galley("a", content, pictures=((name, red),)))
    assert proof.problems == ()
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        (found,) = pdf.pages[0].obj.Resources.XObject.keys()
    assert found.removeprefix("/").startswith(image_name(picture_address(name)))


# --- The same galley, the same bytes ---

BOLD, SLANT = (FONT.with_name(f"SourceSansPro-{name}.otf").as_uri() for name in ("Bold", "It"))
TWO_FONTS = f"""
{SMALL_PAGE}
@font-face {{ font-family: Bold; font-weight: 700; src: url("{BOLD}") }}
@font-face {{ font-family: Slant; font-style: italic; src: url("{SLANT}") }}
strong {{ font-family: Bold; font-weight: 700 }}
em {{ font-family: Slant; font-style: italic }}
"""
SETS = """
import pickle, sys
from magbuild.paginate import paginate
galleys = pickle.load(sys.stdin.buffer)
pickle.dump([paginate(galley) for galley in galleys], sys.stdout.buffer)
"""


def set_in_a_fresh_process(galleys: list[Galley], seed: str) -> list[Proof]:
    done = subprocess.run(
        [sys.executable, "-c", SETS],
        input=pickle.dumps(galleys),
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    proofs: list[Proof] = pickle.loads(done.stdout)
    return proofs


@pytest.fixture
def two_galleys(red: Path) -> list[Galley]:
    other = "<p>Αβγ <strong>other</strong> <em>letters</em> ½ ﬁ</p>" + "<p>More</p>" * 9
    content = (
        '<h1 id="a">Salt</h1><p>One <strong>two</strong> <em>three</em> <a href="#a">four</a></p>'
        '<p><img src="picture:red.png" alt="red"></p><ul><li>five</li></ul>'
    )
    first = small_galley("b", other, TWO_FONTS)
    return [first, small_galley("a", content, TWO_FONTS, pictures=(("red.png", red),))]


def test_a_proof_is_the_same_alone_and_after_others_and_in_whichever_process(two_galleys: list[Galley]) -> None:
    other, galley = two_galleys
    here = paginate(galley)
    assert here.problems == ()
    alone = set_in_a_fresh_process([galley], "1")[0]
    after = set_in_a_fresh_process([other, galley, other, galley], "2")
    assert alone == here
    assert after[1] == after[3] == here
    assert after[0] == after[2] == paginate(other)


def test_another_style_in_between_changes_nothing(two_galleys: list[Galley]) -> None:
    other, galley = two_galleys
    before = paginate(galley)
    for number in range(3):  # more styles than are remembered
        paginate(small_galley("c", "<p>x</p>", TWO_FONTS + f"p {{ margin: {number}pt }}"))
    assert paginate(galley) == before
    assert paginate(other) != before


def test_proofs_carry_no_date_and_no_place_of_this_machine(two_galleys: list[Galley]) -> None:
    with pikepdf.open(io.BytesIO(paginate(two_galleys[1]).pdf)) as pdf:
        packed = io.BytesIO()
        pdf.save(packed, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys()) == set()
    assert str(FONT.parent).encode() not in packed.getvalue()
    assert str(two_galleys[1].pictures[0][1]).encode() not in packed.getvalue()


# --- What the engine says becomes a problem ---


@pytest.mark.parametrize(
    ("content", "styles", "problem"),
    [
        (
            '<p style="colr: red">x</p>',
            "",
            Problem(
                Place(A),
                "layout-style",
                "ignored `colr: red` at 1:1, unknown property",
                "mend the style file of the layout",
                Severity.WARNING,
            ),
        ),
        (
            "<p>x</p>",
            "p:wrong(1){ color: red }",
            Problem(
                Place(A),
                "layout-style",
                "invalid or unsupported selector, 'p:wrong(1)'",
                "mend the style file of the layout",
                Severity.WARNING,
            ),
        ),
        (
            '<p><a href="#a--nowhere">x</a></p>',
            "",
            Problem(
                Place(A),
                "dead-link",
                "no anchor #a--nowhere for internal URI reference",
                "give the target an id, or correct the link",
                Severity.ERROR,
            ),
        ),
        (
            '<p><img src="picture:pictures/none.png" alt="none"></p>',
            "",
            Problem(
                Place(A),
                "picture-not-laid-out",
                "failed to load image at 'pictures/none.png': ValueError: only the issue's own pictures are loaded",
                "open the picture in an editor and save it again",
                Severity.ERROR,
            ),
        ),
    ],
)
def test_the_engines_log_is_translated(content: str, styles: str, problem: Problem) -> None:
    assert paginate(small_galley("a", content, SMALL_PAGE + styles)).problems == (problem,)


def test_styles_are_parsed_once_but_their_problems_are_told_of_every_galley() -> None:
    """All galleys share one parsed style: what is wrong with it must not depend on which galley came first."""
    styles = SMALL_PAGE + "p { nonsense: 1 }"
    first, second = (paginate(small_galley(slug, "<p>x</p>", styles)) for slug in ("a", "b"))
    assert codes(first) == [("warning", "layout-style")]
    assert codes(second) == codes(first)


def test_a_font_that_cannot_be_loaded_is_an_error(tmp_path: Path) -> None:
    styles = SMALL_PAGE + f'@font-face {{ font-family: Gone; src: url("{(tmp_path / "gone.otf").as_uri()}") }}'
    (problem,) = paginate(small_galley("a", "<p>x</p>", styles)).problems
    assert (problem.severity, problem.code) == (Severity.ERROR, "layout-font")
    assert problem.message == "font-face 'Gone' cannot be loaded"


def test_a_letter_that_no_font_has_is_told() -> None:
    (problem,) = paginate(small_galley("a", "<p>\ue123</p>")).problems
    assert (problem.severity, problem.code) == (Severity.WARNING, "missing-glyph")
    assert "U+E123" in problem.message


def test_a_picture_meant_to_have_no_words_is_no_problem(red: Path) -> None:
    for alt in ('alt=""', ""):
        content = f'<p><img src="picture:red.png" {alt}></p>'
        assert paginate(small_galley("a", content, pictures=(("red.png", red),))).problems == ()


def test_the_same_message_is_told_once() -> None:
    assert len(paginate(small_galley("a", '<p><a href="#x">x</a></p>' * 3)).problems) == 1


def test_the_log_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("weasyprint")
    monkeypatch.setattr(logger, "propagate", True)
    before = (list(logger.handlers), True, logger.level)
    paginate(small_galley("a", '<p style="nonsense: 1">x</p>'))
    broken = paginate(replace(small_galley("a"), styles=None))  # type: ignore[arg-type]
    assert [problem.code for problem in broken.problems] == ["not-laid-out"]
    assert (list(logger.handlers), logger.propagate, logger.level) == before


# --- Nothing is loaded but the galley's own pictures ---

FAR = "http://far.example/x"


@pytest.mark.parametrize(
    ("content", "styles"),
    [
        (f'<p><img src="{FAR}.png" alt="x">x</p>', ""),
        (f'<p><img srcset="{FAR}.png 2x" src="{FAR}.png" alt="x">x</p>', ""),
        ('<p><img src="//far.example/x.png" alt="x">x</p>', ""),
        (f'<p><img src="{Path(__file__).as_uri()}" alt="x">x</p>', ""),
        ('<p><img src="red.png" alt="x">x</p>', ""),
        ('<p><img src="data:image/png;base64,iVBORw0KGgo=" alt="x">x</p>', ""),
        (f"<p style=\"background: url('{FAR}.png')\">x</p>", ""),
        (f"<p style=\"list-style: url('{FAR}.png'); display: list-item\">x</p>", ""),
        (f'<p class="b">x</p><style>.b::before {{ content: url("{FAR}.png") }}</style>', ""),
        (f'<link rel="stylesheet" href="{FAR}.css"><p>x</p>', ""),
        (f'<style>@import "{FAR}.css";</style><p>x</p>', ""),
        (f'<style>@font-face {{ font-family: F; src: url("{FAR}.otf") }}</style><p>x</p>', ""),
        (f'<link rel="attachment" href="{FAR}.txt"><p>x</p>', ""),
        (f'<p><object data="{FAR}.png"></object><embed src="{FAR}.png">x</p>', ""),
        (f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{FAR}.png" width="9" height="9"/></svg><p>x</p>', ""),
        ("<p>x</p>", f'p {{ background: url("{FAR}.png") }}'),
        ("<p>x</p>", f'@font-face {{ font-family: F; src: url("{FAR}.otf") }}'),
        ("<p>x</p>", f'@page {{ background: url("{FAR}.png") }}'),
    ],
)
def test_nothing_is_loaded_from_elsewhere_and_what_was_asked_for_is_told(
    monkeypatch: pytest.MonkeyPatch, content: str, styles: str
) -> None:
    asked = refuse_network(monkeypatch)
    proof = paginate(small_galley("a", content, SMALL_PAGE + styles))
    assert asked == []
    assert proof.problems
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        assert "x" in texts(proof.pdf)[0]
        assert dict(pdf.pages[0].obj.Resources.get("/XObject", {})) == {}
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", pikepdf.Dictionary())


@pytest.mark.parametrize("address", [f'"{FAR}.css"', f'url("{FAR}.css")'])
def test_styles_import_nothing_from_elsewhere(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    asked = refuse_network(monkeypatch)
    proof = paginate(small_galley("a", "<p>x</p>", f"@import {address};" + SMALL_PAGE))
    assert asked == []
    assert codes(proof) == [("warning", "layout-engine")]


def test_drawings_load_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = refuse_network(monkeypatch)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">'
        f'<image href="{FAR}.png" width="9" height="9"/><rect x="20" width="20" height="20" fill="#00f"/></svg>'
    )
    drawn = set_drawing(svg.encode(), "")
    assert asked == []
    assert_pixels(drawn, "__BB\n__BB")
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert box(pdf.pages[0], "MediaBox") == (0, 0, 600, 300)


# --- No word is lost unnoticed ---

FLOATS = """
.columns { columns: 2; column-gap: 4mm }
.side { float: left; width: 10mm; break-inside: avoid; margin: 0 }
.note { float: footnote }
"""
# A float that doesn't fit into the last column of balanced columns is dropped by the engine, with its caption.
LOST = (
    '<div class="columns"><p>w1 w2 w3 w4 w5</p><figure class="side"><div style="height: 20mm"></div>'
    "<figcaption>the caption of a float</figcaption></figure><p>w6 w7 w8 w9 w10</p></div>"
)


def test_text_that_the_engine_loses_is_an_error_that_quotes_it() -> None:
    proof = paginate(small_galley("a", LOST, SMALL_PAGE + FLOATS))
    assert "caption" not in "".join(texts(proof.pdf))
    assert proof.problems == (
        Problem(
            Place(A),
            "text-lost",
            "'the caption of a float' in a did not come out on any page",
            "move the figure, note or sidebar that stands there to another paragraph",
        ),
    )


def test_a_long_text_that_is_lost_is_quoted_by_its_beginning() -> None:
    words = " ".join(f"word{number}" for number in range(30))
    proof = paginate(small_galley("a", LOST.replace("the caption of a float", words), SMALL_PAGE + FLOATS))
    assert [problem.message for problem in proof.problems] == [f"'{words[:60]}' in a did not come out on any page"]


def test_floats_are_put_back_into_the_flow_where_that_saves_them() -> None:
    styles = SMALL_PAGE + FLOATS + ".no-floats .side { float: none }"
    proof = paginate(small_galley("a", LOST, styles))
    assert proof.problems == ()
    assert "the caption" in " ".join("".join(texts(proof.pdf)).split())


def test_floats_stay_where_nothing_is_lost() -> None:
    styles = SMALL_PAGE + FLOATS + ".no-floats p { background: #f00 }"
    kept = LOST.replace('class="columns"', "")
    proof = paginate(small_galley("a", kept, styles))
    assert proof.problems == ()
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        assert b"1 0 0 rg" not in pdf.pages[0].Contents.read_bytes()


def test_a_floating_picture_without_words_is_drawn(red: Path) -> None:
    shown = '<img src="picture:red.png" alt="red" style="width: 10mm; height: 20mm">'
    content = LOST.replace('<div style="height: 20mm"></div>', shown).replace("the caption of a float", "")
    proof = paginate(small_galley("a", content, SMALL_PAGE + FLOATS, pictures=(("red.png", red),)))
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        drawn = [str(instruction.operator) for instruction in pikepdf.parse_content_stream(pdf.pages[0], "Do")]
    assert (drawn, proof.problems) == (["Do"], ())


def test_where_the_engine_breaks_down_floats_are_put_back_into_the_flow() -> None:
    words = "<p>" + " ".join(f"w{number}" for number in range(20)) + "</p>"
    span = '<div style="column-span: all; height: 30mm">span</div>'
    foot = '<div class="note" style="height: 10mm">foot</div>'
    galley = small_galley(
        "a",
        f'<div class="columns">{words}{span}{foot}{words}</div>',
        SMALL_PAGE + FLOATS + ".no-floats .note { float: none }",
    )
    proof = paginate(galley)
    assert proof.problems == ()
    assert Counter("".join(texts(proof.pdf)).split())["foot"] == 1


@pytest.mark.parametrize(
    "content",
    [
        '<p lang="en" style="hyphens: auto; width: 12mm">incomprehensibilities of self-made internationalisation</p>',
        '<p style="text-transform: uppercase">Straße ﬁ ŉ</p>',
        '<p style="white-space: pre">a\n\n   b\tc</p>',
        "<p>soft\u00adhyphen zero\u200bwidth no\u00a0break word\u2060joiner\u200d\ufeff</p>",
        "<p>a<br>b<wbr>c <!-- nothing --> d</p>",
        "<ul><li>one<ol><li>two</li></ol></li></ul><dl><dt>t</dt><dd>d</dd></dl>",
        '<p>word<span style="float: footnote">a note</span> rest</p>',
        "<table><caption>c</caption><thead><tr><th>h</th></tr></thead>" + "<tr><td>d</td></tr>" * 40 + "</table>",
        '<p>A <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">in it</text></svg> b</p>',
        '<div style="position: absolute; bottom: 0">out of the flow</div><p style="position: relative">in it</p>',
        "<p class='q'>quoted</p><style>.q::before { content: '“' } .q::after { content: open-quote }</style>",
        "<p>one two three four five six seven eight nine ten</p><style>p::first-line { color: red }</style>",
        "<p>Salt and tea</p><style>p::first-letter { font-size: 20pt }</style>",
        "<h1>Head</h1><p>x</p><style>h1{position:running(h)} @page{@top-left{content:element(h)}}</style>",
    ],
)
def test_text_that_comes_out_is_never_called_lost(content: str) -> None:
    codes = {problem.code for problem in paginate(small_galley("a", content)).problems}
    assert not codes & {"text-lost", "text-covered", "text-cut"}


class Article:
    """A random article in columns, with floats, notes, tables, lists; every word in it is its own.

    `elements` holds the own words of every element, without those of the elements inside it.
    """

    STYLES = (
        SMALL_PAGE
        + """
        @page { size: 100mm 130mm; margin: 8mm }
        body { font-size: 7pt; line-height: 9pt }
        figure, blockquote { margin: 6pt 0; break-inside: avoid }
        h2 { break-after: avoid; font-size: 9pt }
        .span { column-span: all }
        .foot { float: footnote }
        .foot::footnote-call, .foot::footnote-marker { content: none }
        .note { float: footnote }
        .left { float: left; width: 45%; margin-right: 2mm }
        """
    )

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.elements: list[list[str]] = []
        self.number = 0
        self.columns = self.chance.choice((2, 3))
        self.html = "".join(self.piece() for _ in range(self.chance.randint(4, 14)))

    def words(self, count: int) -> list[str]:
        first = self.number + 1
        self.number += count
        return [f"w{number}x" + "ab" * self.chance.randint(0, 2) for number in range(first, self.number + 1)]

    def element(self, tag: str, count: int, attributes: str = "", inside: str = "") -> str:
        own = self.words(count)
        self.elements.append(own)
        return f"<{tag} {attributes}>{' '.join(own)} {inside}</{tag}>"

    def piece(self) -> str:
        chance = self.chance
        kind = chance.random()
        if kind < 0.08:
            return self.element("h2", 4, f'class="{chance.choice(("span", ""))}"')
        if kind < 0.26:
            height = f'<div style="height: {chance.randint(8, 50)}mm"></div>'
            place = chance.choice(("span", "left", "left", "foot", ""))
            return f'<figure class="{place}">{height}{self.element("figcaption", 5)}</figure>'
        if kind < 0.32:
            return "<ul>" + "".join(self.element("li", 3) for _ in range(chance.randint(2, 9))) + "</ul>"
        if kind < 0.37:
            rows = (f"<tr>{self.element('td', 2)}</tr>" for _ in range(chance.randint(2, 12)))
            return f"<table>{''.join(rows)}</table>"
        if kind < 0.42:
            return self.element("blockquote", 14)
        note = self.element("span", chance.randint(4, 30), 'class="note"') if chance.random() < 0.4 else ""
        return self.element("p", chance.randint(5, 110), "", note)

    def galley(self, more_styles: str = "") -> Galley:
        columns = f"article {{ columns: {self.columns}; column-gap: 4mm }}"
        return small_galley("a", f"<h1>Title</h1><article>{self.html}</article>", self.STYLES + columns + more_styles)


def words_on_pages(proof: Proof) -> Counter[str]:
    return Counter(re.findall(r"\bw\d+x[ab]*", " ".join(texts(proof.pdf))))


def unreported(article: Article, proof: Proof) -> list[str]:
    """Return the words that are on no page and of which no problem says so."""
    there = words_on_pages(proof)
    reported = [problem.message for problem in proof.problems if problem.code == "text-lost"]
    missing = []
    for own in article.elements:
        lost = [word for word in own if not there[word]]
        quoted = " ".join(own)[:60]
        if lost and not any(message.startswith(f"'{quoted}'") for message in reported):
            missing += lost
        if not lost:
            assert not any(message.startswith(f"'{quoted}'") for message in reported), "called lost, but is there"
    return missing


@pytest.mark.parametrize("seed", range(40))
def test_every_word_of_a_random_article_is_on_a_page_or_reported_lost(seed: int) -> None:
    article = Article(seed)
    proof = paginate(article.galley())
    assert unreported(article, proof) == []
    assert [word for word, times in words_on_pages(proof).items() if times > 1] == []


def test_words_that_are_missing_are_noticed_by_the_test_above() -> None:
    article = Article(0)
    empty = replace(paginate(article.galley()), sheaf=paginate(small_galley("a", "<p>nothing</p>")).sheaf)
    assert unreported(article, empty) == [word for own in article.elements for word in own]


def test_pictures_keep_their_kind(red: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (30, 20), (0, 0, 255)).save(photo, quality=80)
    content = '<p><img src="picture:photo.jpg" alt="b"><img src="picture:red.png" alt="r"></p>'
    proof = paginate(small_galley("a", content, pictures=(("photo.jpg", photo), ("red.png", red))))
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        images = pdf.pages[0].obj.Resources.XObject
        kinds = {name[1:33]: images[name].Filter for name in dict(images)}
    assert kinds == {
        image_name("picture:photo.jpg")[:32]: Name.DCTDecode,
        image_name("picture:red.png")[:32]: Name.FlateDecode,
    }


def test_text_that_fits_but_for_the_space_at_its_end_is_not_divided() -> None:
    text = "<p><b>1</b> The figure is disputed; see Nerys Thorne, <em>Letters</em></p>"
    for tenths in range(600, 630, 2):  # mm; the space is half a millimetre wide
        styles = f"{SMALL_PAGE} @page {{ size: {tenths / 10}mm 81mm }} p {{ hyphens: auto; font-size: 8pt }}"
        (page,) = texts(paginate(small_galley("a", text, styles)).pdf)
        assert "The figure is" in " ".join(page.split()), tenths
