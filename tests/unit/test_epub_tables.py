"""Tables, verse and formulas of the e-book, which phones and old readers must be able to show."""

from pathlib import Path

import pytest
from lxml import etree

from magbuild.editions.epub.formulas import spoken
from tests.unit.epub_issue import found, make, piece, words


def table(heads: str, *rows: str, caption: str = "", foot: str = "") -> str:
    head = "".join(f'<th scope="col">{text}</th>' if text else "<td></td>" for text in heads.split("|"))
    lines = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row.split('|'))}</tr>" for row in rows)
    return (
        f'<div class="table"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{lines}</tbody>{foot}</table></div>'
    )


def page_of(folder: Path, body: str) -> etree._Element:
    return make(folder, piece("one", body=body)).page("one")


def boxes(page: etree._Element) -> list[str | None]:
    return [box.get("class") for box in found(page, "//h:div[h:table]")]


def test_rows_of_wide_tables_are_stacked_under_the_heads_of_their_columns(tmp_path: Path) -> None:
    page = page_of(tmp_path, table("A|B|C|D|E", "1|2|3|4|5", "6|7|8|9|0") + table("A|B|C|D", "1|2|3|4"))
    assert boxes(page) == ["table wide", "table"]
    assert [cell.get("data-label") for cell in found(page, "//h:td")] == [*"ABCDE" * 2, *[None] * 4]
    assert not found(page, "//h:th[@data-label]")


def test_a_stacked_table_is_still_one_for_those_who_hear_it(tmp_path: Path) -> None:
    page = page_of(tmp_path, table("|B|C|D|E", "1|2|3|4|5").replace("<td>1</td>", '<th scope="row">1</th>'))
    roles = [(etree.QName(part).localname, part.get("role")) for part in found(page, "//h:table/descendant-or-self::*")]
    assert roles == [
        ("table", "table"),
        ("thead", "rowgroup"),
        ("tr", "row"),
        ("td", "cell"),
        *[("th", "columnheader")] * 4,
        ("tbody", "rowgroup"),
        ("tr", "row"),
        ("th", "rowheader"),
        *[("td", "cell")] * 4,
    ]


def test_an_empty_corner_does_not_shift_the_heads(tmp_path: Path) -> None:
    page = page_of(tmp_path, table("|2019|2020|2021|2022", "North|1|2|3|4"))
    assert [(words(cell), cell.get("data-label")) for cell in found(page, "//h:tbody//h:td")] == [
        ("North", None),
        ("1", "2019"),
        ("2", "2020"),
        ("3", "2021"),
        ("4", "2022"),
    ]


@pytest.mark.parametrize(
    "wide",
    [
        table("A|B|C|D|E", "1|2|3|4|5").replace("<td>1", '<td rowspan="2">1'),
        table("A|B|C|D|E", "1|2|3|4|5").replace('<th scope="col">A', '<th colspan="3">A'),
        table("A|B||D|E", "1|2|3|4|5"),
        table("A|B|C|D|E", "1|2|3|4|5").replace("thead", "tbody"),
    ],
)
def test_a_table_that_cannot_be_stacked_can_be_scrolled(tmp_path: Path, wide: str) -> None:
    page = page_of(tmp_path, wide)
    (box,) = found(page, "//h:div[h:table]")
    assert (box.get("class"), box.get("role"), box.get("tabindex")) == ("table scroll", "region", "0")
    assert box.get("aria-label") == "Table"
    assert not found(page, "//*[@data-label]")


def test_a_table_that_is_scrolled_is_named_by_its_caption(tmp_path: Path) -> None:
    spans = table("A|B|C|D|E", "1|2|3|4|5", caption="<caption>Ships</caption>").replace("<td>1", '<td rowspan="2">1')
    page = page_of(tmp_path, spans)
    (box,), (caption,) = found(page, "//h:div[h:table]"), found(page, "//h:caption")
    assert box.get("aria-labelledby") == caption.get("id")
    assert box.get("aria-label") is None


def test_every_line_of_verse_is_a_paragraph(tmp_path: Path) -> None:
    body = (
        '<div class="verse"><p class="stanza"><span class="line">One <em>a</em></span><br/>'
        '<span class="line">\u2003Two</span></p><p class="attribution">Ada</p></div><p>End.</p>'
    )
    page = page_of(tmp_path, body)
    (verse,) = found(page, "//h:div[@class='verse']")
    assert [(etree.QName(part).localname, part.get("class")) for part in verse] == [
        ("div", "stanza"),
        ("p", "attribution"),
    ]
    assert [(etree.QName(line).localname, "".join(map(str, line.itertext()))) for line in verse[0]] == [
        ("p", "One a"),
        ("p", "\u2003Two"),
    ]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<mi>a</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "a=1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>12</mn></mfrac>", "(a+1)/12"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>y</mi><mi>i</mi></msub>", "x^2+y_i"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "3√x"),
        ("<munderover><mo>∑</mo><mn>0</mn><mi>n</mi></munderover>", "∑ 0 n"),
        ("<mfrac><mn>1</mn></mfrac>", "1"),
        ("<semantics><mi>a</mi><annotation>b</annotation></semantics>", "a"),
        ("", ""),
    ],
)
def test_formulas_are_said_as_one_would_type_them(markup: str, said: str) -> None:
    assert spoken(etree.fromstring(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{markup}</math>')) == said
