"""Proofs as screen readers take them: what the engine draws, in the order of the galley, told from decoration."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from magbuild.paginate import hyphens_as_drawn, paginate
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import annotations, check_structure, elements, kids, marked, texts
from tests.kit_reading import outline_of, text_of, texts_of_marks

WIDE = SMALL_PAGE + "@page { size: 60mm 200mm }"
LONG = "Salt was carried over the mountains long before anybody thought of taxing it, and everybody knew who did it."


@contextmanager
def tagged(content: str, styles: str = WIDE, **galley: object) -> Iterator[pikepdf.Pdf]:
    """Lay content out, and open the proof when it was found to be sound."""
    proof = paginate(small_galley("salt", content, styles, **galley))
    assert {problem.code for problem in proof.problems} <= {"missing-glyph"}  # the tests' font knows few scripts
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        check_structure(pdf)
        yield pdf


def outline(content: str, styles: str = WIDE) -> str:
    with tagged(content, styles) as pdf:
        return outline_of(pdf)


def paragraphs(content: str, styles: str = WIDE) -> list[str]:
    """Return the text of all paragraphs, in the order of reading."""
    with tagged(content, styles) as pdf:
        marks = texts_of_marks(pdf)
        found = [text_of(element, marks) for element in elements(pdf.Root.StructTreeRoot) if element.S == Name.P]
    return [" ".join(text.split()) for text in found]


def passed_over(content: str, styles: str = WIDE) -> int:
    """Return how many pieces of a page are decoration."""
    with tagged(content, styles) as pdf:
        return sum(
            instruction.operands[0] == Name.Artifact
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page, "BMC BDC")
        )


def test_a_page_is_read_as_it_is_written() -> None:
    html = (
        "<article lang=fr><h1>Sel</h1><p>Le sel <em>est</em> cher.</p>"
        "<ul><li>un</li></ul><table><tr><th scope=row>a</th><td>1</td></tr></table></article>"
    )
    assert outline(html) == (
        "Art [Lang=fr]\n"
        '  H1\n    "Sel"\n'
        '  P\n    "Le sel est cher."\n'
        '  L\n    LI\n      Lbl\n        "•"\n      LBody\n        "un"\n'
        '  Table\n    TBody\n      TR\n        TH\n          "a"\n        TD\n          "1"'
    )


# --- In order, however it lies ---


def test_a_paragraph_over_columns_and_pages_is_one() -> None:
    styles = SMALL_PAGE + "article { columns: 2; column-gap: 3mm; column-fill: auto }"
    found = paragraphs(f"<article><p>{' '.join([LONG] * 8)}</p><p>{LONG}</p></article>", styles)
    assert found == [" ".join([LONG] * 8), LONG]


def test_what_floats_to_the_foot_is_read_where_it_is_written(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    styles = WIDE + "figure { float: footnote } figure::footnote-call, figure::footnote-marker { content: none }"
    content = '<p>one</p><figure><img src="picture:a.png" alt="Salt"></figure><p>two</p>'
    with tagged(content, styles, pictures=(("a.png", tmp_path / "a.png"),)) as pdf:
        assert outline_of(pdf) == 'P\n  "one"\nFigure [Alt=Salt]\n  "<picture>"\nP\n  "two"'


def test_a_note_at_the_foot_has_its_number_as_its_label() -> None:
    content = "<p>one<span role=doc-footnote class=note>A note.</span> two</p>"
    found = outline(content, WIDE + ".note { float: footnote }")
    assert found == 'P\n  "one1 two"\n  Note\n    Lbl\n      "1."\n    "A note."'


def test_the_head_of_a_table_that_goes_on_is_read_once() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(40))
    found = outline(f"<table><thead><tr><th>Year</th></tr></thead><tbody>{rows}</tbody></table>", SMALL_PAGE)
    assert found.count('"Year') == 1
    assert found.count("TD") == 40


def test_what_is_half_transparent_is_read_in_its_place() -> None:
    content = '<p>one</p><p style="opacity: .5">two <u>three</u></p><p>four</p>'
    assert paragraphs(content) == ["one", "two three", "four"]


def test_running_heads_of_a_proof_are_passed_over() -> None:
    styles = WIDE + "@page { @bottom-center { content: counter(page) } }"
    assert outline("<p>one</p>", styles) == 'P\n  "one"'


def test_text_that_does_not_show_is_not_read() -> None:
    assert outline('<p>one</p><p style="visibility: hidden">two</p>') == 'P\n  "one"'


# --- Told from decoration ---


@pytest.mark.parametrize(
    ("content", "styles", "pieces"),
    [
        ("<p>one</p>", "", 0),
        ("<p>one</p><aside aria-hidden=true><p>two</p></aside>", "", 1),
        ("<p>one</p>", "p { background: #eee; border-bottom: 1pt solid }", 2),
        ("<p>one</p>", "p::after { content: ' \\25A0' }", 1),
        ("<p>one</p><hr>", "hr { border: 0 } hr::after { content: '* * *' }", 1),
        ("<p>one <u>two</u></p>", "", 0),
    ],
)
def test_decoration_is_an_artifact(content: str, styles: str, pieces: int) -> None:
    assert passed_over(content, WIDE + styles) == pieces
    assert outline(content, WIDE + styles).startswith('P\n  "one')
    assert "\n" not in outline(content, WIDE + styles).partition("\n")[2]


def test_words_that_styles_put_in_are_read() -> None:
    found = outline("<p>one</p>", WIDE + "p::before { content: 'Q ' } p::after { content: ' 2' }")
    assert found == 'P\n  "Q one 2"'


def test_pictures_stand_where_the_page_shows_them(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    styles = WIDE + "img { position: absolute; left: -16mm; top: 4mm; width: 30mm; height: 20mm }"
    content = '<p><img src="picture:a.png" alt="Salt"><img src="picture:a.png" alt=""></p>'
    with tagged(content, styles, pictures=(("a.png", tmp_path / "a.png"),)) as pdf:
        (figure,) = (element for element in elements(pdf.Root.StructTreeRoot) if Name.Figure == element.S)
        assert str(figure.Alt) == "Salt"
        mm = 72 / 25.4
        box = [float(edge) for edge in figure.A[0].BBox]
        assert box == pytest.approx([0, 170 * mm, 20 * mm, 190 * mm], abs=0.01)
        assert len(marked(pdf.pages[0])) == 1


def test_halves_of_a_picture_over_a_spread_are_one(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    halves = (
        '<p><img src="picture:a.png" id="left" aria-owns="right" alt="{alt}"></p>'
        '<p style="break-before: page"><img src="picture:a.png" id="right" alt=""></p>'
    )
    pictures = (("a.png", tmp_path / "a.png"),)
    with tagged(halves.format(alt="Ships"), pictures=pictures) as pdf:
        assert outline_of(pdf) == 'P\n  Figure [Alt=Ships]\n    "<picture><picture>"'
    with tagged("<p>one</p>" + halves.format(alt=""), pictures=pictures) as pdf:
        assert outline_of(pdf) == 'P\n  "one"'


# --- Words ---


def test_a_hyphen_that_divides_a_word_is_soft_and_a_typed_one_is_not() -> None:
    content = "<p>Extraordinary circumstances notwithstanding well-known</p>"
    styles = SMALL_PAGE + "@page { size: 30mm 81mm } body { hyphens: auto; hyphenate-character: '-' }"
    (found,) = paragraphs(content, styles)
    assert found.replace("\u00ad", "") == "Extraordinary circumstances notwithstanding well-known"
    assert found.count("\u00ad") >= 2
    (justified,) = paragraphs(content, styles + "p { text-align: justify }")  # other words are divided then
    assert justified.replace("\u00ad", "") == found.replace("\u00ad", "")
    assert justified.count("\u00ad") >= 2


def test_hyphens_can_be_had_as_they_are_drawn() -> None:
    styles = SMALL_PAGE + "@page { size: 30mm 81mm } body { hyphens: auto; hyphenate-character: '-' }"
    with tagged("<p>Extraordinary circumstances notwithstanding</p>", styles) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        plain = hyphens_as_drawn(content)
        assert b"ActualText" in content
        assert b"ActualText" not in plain
        assert plain.count(b" TJ") == content.count(b" TJ")
        pdf.pages[0].Contents.write(plain)
        assert marked(pdf.pages[0])
        packed = io.BytesIO()
        pdf.save(packed)
    assert "circum" in texts(packed.getvalue())[0]


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (LONG, LONG),
        ("one two<br>three", "one two three"),
        ("a long-distance long-distance walk", "a long-distance long-distance walk"),
        ("<i>one two three four five</i> six seven eight nine", "one two three four five six seven eight nine"),
        ('<i style="overflow-wrap: anywhere">salt.example/an/address/end</i>', "salt.example/an/address/end"),
    ],
)
def test_words_of_two_lines_are_kept_apart(content: str, read: str) -> None:
    (found,) = paragraphs(f"<p>{content}</p>", SMALL_PAGE + "@page { size: 40mm 200mm }")
    assert found == read


def test_words_of_elements_in_one_line_are_kept_apart() -> None:
    content = "<p><i>one</i> <b>two</b> <i>three –</i> <b>four</b></p><p>a<i>b</i>c</p>"
    assert paragraphs(content) == ["one two three – four", "abc"]


def test_scripts_from_the_right_are_read_in_their_own_order() -> None:
    hebrew = "שלום עולם"
    assert paragraphs(f'<p>a <span lang="he">{hebrew}</span> b</p>') == [f"a {hebrew} b"]


def test_a_drop_cap_says_its_whole_word_and_the_rest_of_it_nothing() -> None:
    content = f'<p><span class=cap data-say="Salt">S</span><span data-say="">alt</span> was {LONG}</p>'
    styles = WIDE + ".cap { float: left; font-size: 24pt; line-height: 24pt }"
    assert paragraphs(content, styles) == [f"Salt was {LONG}"]
    assert "Salt" in texts(paginate(small_galley("salt", content, styles)).pdf)[0]


# --- Links ---


def test_a_link_over_two_lines_is_one_and_says_its_words() -> None:
    content = f'<p>{LONG}<a href="https://salt.example/">a link that goes over the end of a line</a></p>'
    with tagged(content) as pdf:
        links = [element for element in elements(pdf.Root.StructTreeRoot) if Name.Link == element.S]
        assert len(links) == 1
        areas = annotations(pdf.pages[0])
        assert len(areas) == 2
        assert {str(area.Contents) for area in areas} == {"a link that goes over the end of a line"}
        held = [kid.Obj.objgen for kid in kids(links[0]) if isinstance(kid, Dictionary)]
        assert held == [area.objgen for area in areas]


def test_an_element_that_is_nowhere_on_the_pages_is_not_in_the_tree() -> None:
    assert outline("<p>one</p><ul></ul><section></section>") == 'P\n  "one"'


def test_identifiers_can_be_looked_up() -> None:
    content = "<div role=doc-footnote id=salt--note-2><p>b</div><div role=doc-footnote id=salt--note-1><p>a</div>"
    with tagged(content) as pdf:
        names = pdf.Root.StructTreeRoot.IDTree.Names
        assert isinstance(names, Array)
        assert [str(name) for name in list(names)[::2]] == ["salt--note-1", "salt--note-2"]
        assert [str(element.ID) for element in list(names)[1::2]] == ["salt--note-1", "salt--note-2"]
