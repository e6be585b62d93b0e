"""Text on a grid of lines, whatever stands above it and in it; and boxes as high as lines."""

from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from magbuild.lines import Area, Line
from magbuild.paginate import paginate, rhythm
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import MM

# Twenty lines of 9 pt on 12 pt fit on the type area, which begins 6 mm under the edge.
STYLES = f"""
{SMALL_PAGE}
@page {{ size: 90mm calc(240pt + 12mm + 0.1pt) }}
:root {{ --line: 12pt }}
.body {{ columns: 2; column-gap: 4mm; --snap: lines }}
p, h2, figure {{ margin: 0 }}
"""
HEAD = 6 * MM
BASELINE = (12 - 9 * (0.984 + 0.273)) / 2 + 9 * 0.984
TEXT = "Salt0<br>Salt1<br>Salt2 "


def pages(content: str, styles: str = "", **fields: object) -> tuple[tuple[tuple[Line, ...], tuple[Area, ...]], ...]:
    proof = paginate(small_galley("a", content, STYLES + styles, **fields))
    return tuple((page.lines, page.areas) for page in proof.measured)


def off(line: Line, pitch: float = 12) -> float:
    """Return how far a line stands from the grid."""
    return abs((line.baseline - HEAD - BASELINE + pitch / 2) % pitch - pitch / 2)


def body(content: str, styles: str = "", **fields: object) -> list[Line]:
    """Return the lines of the paragraphs in a text."""
    shown = pages(f'<div class="body">{content}</div>', styles, **fields)
    return [line for page, _ in shown for line in page if line.text.strip().startswith("Salt")]


@pytest.mark.parametrize(
    "above",
    [
        '<div style="height: 7pt"></div>',
        '<p style="font-size: 20pt; line-height: 1.1">Head</p>',
        '<h2 style="font-size: 11pt; margin: 3pt 0 5pt">Head</h2>',
        '<p style="margin-bottom: 4.5pt">before</p>',
        '<table><tr><td style="padding: 2pt">cell</td></tr></table>',
        '<ul style="margin: 5pt 0"><li>one</li></ul>',
    ],
)
def test_text_stands_on_the_grid_whatever_is_above_it(above: str) -> None:
    found = body(f"<p>{TEXT}</p>{above}<p>{TEXT}</p>")
    assert len(found) >= 4
    assert max(map(off, found)) < 0.01


def test_text_stands_on_the_grid_under_a_head_that_is_no_line_high() -> None:
    shown = pages(f'<h1 style="font: 23pt/25.3pt Kit; margin: 0 0 7pt">Head</h1><div class="body"><p>{TEXT}</p></div>')
    assert [round(off(line), 2) for line in shown[0][0][1:]] == [0] * (len(shown[0][0]) - 1)


def test_text_stands_on_the_grid_under_a_picture(tmp_path: Path) -> None:
    Image.new("RGB", (40, 17)).save(tmp_path / "a.png")
    shown = '<figure><img src="picture:a.png" style="width: 100%"><figcaption>c</figcaption></figure>'
    found = body(f"<p>{TEXT}</p>{shown}<p>{TEXT}</p>", pictures=(("a.png", tmp_path / "a.png"),))
    assert max(map(off, found)) < 0.01


@pytest.mark.parametrize(
    "inside",
    [
        '<span style="font-size: 11pt">larger</span>',
        '<span style="font-family: monospace">another font</span>',
        "x<sup>2</sup> and y<sub>1</sub>",
        '<span style="line-height: 14pt">higher</span>',
        "Ωμέγα 漢字",
    ],
)
def test_what_stands_in_a_line_does_not_push_lines_apart(inside: str) -> None:
    found = body(f"<p>{TEXT} {inside} {TEXT}</p><p>{TEXT}</p>")
    assert max(map(off, found)) < 0.01
    assert all(line.bottom - line.top == pytest.approx(12) for line in found)


def test_what_is_much_higher_than_a_line_takes_whole_lines() -> None:
    high = '<span style="display: inline-block; width: 9mm; height: 20pt">x</span>'
    found = body(f"<p>{TEXT} {high} {TEXT}</p><p>{TEXT}</p>")
    assert max(map(off, found)) < 0.01


def test_without_a_word_of_the_layout_text_stands_where_it_falls() -> None:
    content = f'<p>{TEXT}</p><div style="height: 7pt"></div><p>{TEXT}</p><p>{TEXT}</p>'
    found = body(content, ".body { --snap: none; column-fill: auto }")
    assert {round(off(line), 1) for line in found} == {0, 5}
    found = body(content, ".body { column-fill: auto } .body p { line-height: 13pt }")
    assert {round(after.top - before.top, 1) for before, after in pairwise(found)} == {13, 20}


def test_margins_at_the_head_of_a_column_and_of_a_page_are_dropped() -> None:
    fill, rest = (f'<p style="height: {high}pt">x</p>' for high in (240, 210))
    head = '<h2 style="margin-top: 24pt; line-height: 12pt; font-size: 9pt">Head</h2><p>y</p>'
    shown = pages(f'<div class="body">{fill}{head}{rest}{head}</div>')
    heads = [line for page, _ in shown for line in page if line.text == "Head"]
    assert [(line.column.page, line.column.index) for line in heads] == [(0, 1), (1, 0)]
    assert [line.top for line in heads] == pytest.approx([HEAD, HEAD], abs=0.01)


def test_margins_that_reach_into_the_margin_of_the_page_stay() -> None:
    shown = pages(f'<div class="body" style="columns: auto"><p style="margin-top: -12pt">{TEXT}</p></div>')
    assert shown[0][0][0].top == pytest.approx(HEAD - 12, abs=0.01)


def test_a_box_that_steps_is_as_high_as_lines_with_its_content_amid_it() -> None:
    box = '<div class="box"><p>in it</p></div>'
    styles = ".box { --snap: none; --block-step: center; background: #eee; padding: 4pt; margin: 12pt 0 }"
    ((lines, areas),) = pages(f'<div class="body"><p>{TEXT}</p>{box}<p>{TEXT}</p></div>', styles)
    (area,) = areas
    inside = next(line for line in lines if line.text == "in it")
    assert area.bottom - area.top == pytest.approx(24, abs=0.01)
    assert inside.top - area.top == pytest.approx(area.bottom - inside.bottom, abs=0.01)


def test_only_the_box_that_says_so_steps() -> None:
    box = '<div class="box"><div style="background: #ddd; height: 5pt"></div></div>'
    ((_, areas),) = pages(f'<div class="body">{box}</div>', ".box { --block-step: center; background: #eee }")
    assert [area.bottom - area.top for area in areas] == pytest.approx([12, 5], abs=0.01)


def test_a_line_may_be_said_by_another_variable() -> None:
    found = body(f'<div style="height: 7pt"></div><p>{TEXT}</p>', ":root { --other: 12pt; --line: var(--other) }")
    assert max(map(off, found)) < 0.01


def test_the_engine_is_left_as_it_was() -> None:
    from weasyprint.layout import block, inline

    def ways() -> list[object]:
        return [block.block_level_layout_switch, inline.get_next_linebox, inline.line_box_verticality]

    before = ways()
    with rhythm.kept():
        assert all(new != old for new, old in zip(ways(), before, strict=True))
    assert ways() == before
