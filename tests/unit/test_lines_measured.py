"""How lines, pictures and boxes are measured on the pages that the layout engine has laid out."""

from pathlib import Path

import pytest
from PIL import Image

from magbuild.lines import Kind, Line, Measured
from magbuild.paginate import paginate, set_sheet
from magbuild.paginate.measuring import _pt
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import MM

# Type area: 6 to 54 mm across, 6 to 75 mm down; Source Sans has its baseline 9.2 pt under the head of a line of 12 pt.
STYLES = f"""
{SMALL_PAGE}
:root {{ --line: 12pt; --apart: 0; hyphenate-character: "-" }}
p, h2, figure {{ margin: 0 }}
.body {{ columns: 2; column-gap: 4mm; hyphens: manual }}
"""
EDGE, HEAD, FOOT = 6 * MM, 6 * MM, 75 * MM
WIDTHS = (0.534, 0.504, 0.246, 0.338, 0.2, 0.347, 0.542, 0.504, 0.555)  # of "Salt road", in ems
BASELINE = (12 - 9 * (0.984 + 0.273)) / 2 + 9 * 0.984


def measured(content: str, styles: str = "", **fields: object) -> tuple[Measured, ...]:
    return paginate(small_galley("a", content, STYLES + styles, **fields)).measured


def lines(content: str, styles: str = "") -> tuple[Line, ...]:
    return tuple(line for page in measured(content, styles) for line in page.lines)


def test_a_page_says_where_its_type_area_is() -> None:
    (page,) = measured("<p>Salt</p>")
    assert (page.top, page.bottom) == pytest.approx((HEAD, FOOT), abs=0.01)
    assert not page.forced


def test_a_line_says_where_it_stands() -> None:
    (page,) = measured('<div class="body"><p>Salt road</p></div>')
    (line,) = page.lines
    assert (line.left, line.top, line.bottom) == pytest.approx((EDGE, HEAD, HEAD + 12), abs=0.01)
    assert line.baseline == pytest.approx(HEAD + BASELINE, abs=0.01)
    assert line.right == pytest.approx(line.left + 9 * sum(WIDTHS), abs=0.2)
    assert (line.text, line.kind, line.first, line.last, line.flows) == ("Salt road", Kind.BODY, True, True, True)
    assert line.pitch == 12


def test_columns_are_numbered_and_know_their_neighbours() -> None:
    (page,) = measured(
        '<h1>Salt</h1><div class="body"><p>one</p><p style="break-before: column">two</p></div><p>three</p>'
    )
    found = [(line.text, line.column.row, line.column.index, line.column.count) for line in page.lines]
    assert found == [("Salt", 0, 0, 1), ("one", 1, 0, 2), ("two", 1, 1, 2), ("three", 0, 0, 1)]
    left, right = (line.column for line in page.lines[1:3])
    assert (left.left, left.right) == pytest.approx((EDGE, EDGE + 22 * MM), abs=0.01)
    assert (right.left, right.right) == pytest.approx((EDGE + 26 * MM, EDGE + 48 * MM), abs=0.01)
    assert left.top == right.top


def test_text_that_is_not_in_columns_is_one() -> None:
    (page,) = measured('<p>a</p><div class="body">b</div>', ".body { columns: auto }")
    assert [(line.column.row, line.column.count) for line in page.lines] == [(0, 1), (1, 1)]


def test_columns_in_a_column_are_part_of_it() -> None:
    notes = '<div class="notes-text" style="columns: 1"><div class="note"><p>two</p></div></div>'
    found = lines(f'<div class="body"><p>one</p>{notes}</div>', ".body { height: 40mm; column-fill: auto }")
    assert [(line.text, line.kind, line.column) for line in found] == [
        ("one", Kind.BODY, found[0].column),
        ("two", Kind.NOTE, found[0].column),
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('<div class="body"><p>x</p></div>', Kind.BODY),
        ('<div class="body"><h2>x</h2></div>', Kind.HEADING),
        ('<div class="body"><aside class="sidebar"><p>x</p></aside></div>', Kind.SIDEBAR),
        ('<div class="body"><aside class="pullquote"><p>x</p></aside></div>', Kind.PULL_QUOTE),
        ('<div class="body"><table><tr><td>x</td></tr></table></div>', Kind.TABLE),
        ('<div class="body"><figure><figcaption>x</figcaption></figure></div>', Kind.CAPTION),
        ('<div class="body"><p class="about">x</p></div>', Kind.OTHER),
        ('<article class="newsletter"><div class="piece-text"><p>x</p></div></article>', Kind.SIDEBAR),
        ("<p>x</p>", Kind.OTHER),
    ],
)
def test_what_a_line_is_part_of(content: str, kind: Kind) -> None:
    assert [line.kind for line in lines(content)] == [kind]


TEXT = "Salt was carried over the mountains long before anybody thought of taxing it, on the backs of mules."


def test_justified_lines_fill_their_room_with_wider_spaces() -> None:
    *full, last = lines(f'<div class="body"><p>{TEXT}</p></div>', ".body { columns: auto; text-align: justify }")
    assert len(full) >= 2
    for line in full:
        assert (line.justified, line.last) == (True, False)
        assert (line.right, line.short) == pytest.approx((EDGE + 48 * MM, 0), abs=0.05)
        spaces, natural = line.text.count(" "), 0.2
        assert line.spacing > natural
        ragged = next(other for other in lines(f'<p style="white-space: nowrap">{line.text}</p>'))
        assert line.right - line.left == pytest.approx(
            ragged.right - ragged.left + 9 * spaces * (line.spacing - natural), abs=0.1
        )
    assert (last.justified, last.last) == (False, True)
    assert last.spacing == pytest.approx(0.2, abs=0.001)


def test_ragged_lines_and_typed_ends_are_not_justified() -> None:
    assert not any(line.justified for line in lines(f'<div class="body"><p>{TEXT}</p></div>'))
    broken = lines('<div class="body"><p>Salt<br>road</p></div>', ".body { text-align: justify }")
    assert [(line.text.strip(), line.justified) for line in broken] == [("Salt", False), ("road", False)]


def test_a_line_that_ends_with_a_hyphen() -> None:
    found = lines('<div class="body"><p>Salt&shy;carriers&shy;always well-known</p></div>')
    assert [line.hyphenated for line in found] == [line.text.endswith("-") and not line.last for line in found]
    assert any(line.hyphenated for line in found)


def test_paragraphs_begin_and_end_over_columns_and_pages() -> None:
    found = lines(f'<div class="body"><p>{TEXT * 12}</p><p>{TEXT * 12}</p></div>')
    assert max(line.column.page for line in found) > 0
    assert [line.first for line in found].count(True) == 2
    assert [line.last for line in found].count(True) == 2
    assert (found[0].first, found[-1].last) == (True, True)


def test_wide_spaces_say_where_they_are() -> None:
    wide, last = lines(
        '<div class="body"><p>Salt roads go</p></div>', "p { width: 16mm; text-align: justify } .body { columns: 1 }"
    )
    ((left, right),) = wide.gaps
    assert (right - left) / 9 == pytest.approx(wide.spacing, abs=0.01)
    assert left - wide.left == pytest.approx(9 * sum(WIDTHS[:4]), abs=0.2)
    assert wide.right - wide.left == pytest.approx(16 * MM, abs=0.01)
    assert last.gaps == ()


def test_words_that_styles_add_are_not_the_texts() -> None:
    marked = '<div class="body"><p>Salt<span class="end-mark"></span></p><hr></div>'
    styles = '.end-mark::after { content: "*" } hr::after { content: "* * *" }'
    found = lines(marked, styles)
    assert [(line.text, line.marked) for line in found] == [("Salt", True), ("", False)]


def test_what_stands_at_a_place_of_its_own_does_not_flow() -> None:
    found = lines('<p style="position: relative">in<span style="position: absolute; top: 40mm">out</span></p>')
    assert {line.text: line.flows for line in found} == {"in": True, "out": False}


def test_a_layout_may_take_text_off_the_grid() -> None:
    assert [line.pitch for line in lines('<div class="body"><p>a</p></div>', ".body { --snap: none }")] == [0]
    assert [line.pitch for line in lines('<div class="body"><p>a</p></div>', "p { line-height: 11pt }")] == [0]


def test_pictures_and_boxes(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20)).save(tmp_path / "a.png")
    content = '<p>one</p><img src="picture:a.png" style="display: block; width: 20mm"><p class="box">two</p>'
    (page,) = measured(content, ".box { background: #eee }", pictures=(("a.png", tmp_path / "a.png"),))
    shown, box = page.areas
    assert (shown.picture, box.picture) == (True, False)
    assert (shown.left, shown.top, shown.right, shown.bottom) == pytest.approx(
        (EDGE, HEAD + 12, EDGE + 20 * MM, HEAD + 12 + 10 * MM), abs=0.01
    )
    assert (box.top, box.bottom) == pytest.approx((shown.bottom, shown.bottom + 12), abs=0.01)


def test_a_page_that_was_wanted() -> None:
    text = "<p>three</p>" * 20
    pages = measured(f'<p>one</p><section style="break-before: page"><h2>two</h2>{text}</section>')
    assert [page.forced for page in pages] == [False, True, False]


def test_sheets_are_measured_too() -> None:
    sheet = set_sheet('<body class="masters"><p>12</p>', STYLES, "masters")
    assert [line.text for page in sheet.measured for line in page.lines] == ["12"]


def test_a_length_of_nothing_has_no_sign() -> None:
    assert str(_pt(-1e-9)) == "0.0"
