"""Columns filled on pages: boxes that make way for text, heads with more white over them, ends that are balanced."""

import re
from collections import Counter, defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magbuild.lines import Line
from magbuild.paginate import Proof, filling, paginate
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import MM

# Two columns of twenty lines of 12 pt on each page.
STYLES = f"""
{SMALL_PAGE}
@page {{ size: 90mm calc(240pt + 12mm + 0.1pt) }}
:root {{ --line: 12pt }}
.body {{ columns: 2; column-gap: 4mm; --snap: lines; orphans: 2; widows: 2 }}
p, h2, aside {{ margin: 0; font-size: 9pt; line-height: 12pt }}
h2 {{ margin-top: 12pt; break-after: avoid }}
aside {{ break-inside: avoid; background: #eee; margin: 12pt 0; --moves: down }}
.over {{ column-span: all }}
"""
HEAD = 6 * MM


def text(name: str, lines: int) -> str:
    """Return a paragraph of so many lines, each of which says its name and number."""
    return "<p>" + "<br>".join(f"{name}{at}" for at in range(lines)) + "</p>"


def proof(content: str, styles: str = "") -> Proof:
    return paginate(small_galley("a", f'<div class="body">{content}</div>', STYLES + styles))


def columns(proof: Proof) -> dict[tuple[int, int, int], list[Line]]:
    """Return the lines of each column by page, row and number."""
    found: defaultdict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for page in proof.measured:
        for line in page.lines:
            found[line.column.page, line.column.row, line.column.index].append(line)
    return dict(found)


def ends(proof: Proof) -> dict[tuple[int, int, int], int]:
    """Return with which line from the head of the page each column ends."""
    return {where: round((lines[-1].bottom - HEAD) / 12) for where, lines in columns(proof).items()}


def order(proof: Proof) -> str:
    """Return the names of what stands on the pages, in order, each once."""
    names = [line.text.strip()[0] for lines in columns(proof).values() for line in lines]
    return "".join(name for at, name in enumerate(names) if name != names[at - 1] or not at)


def boxed(name: str, lines: int) -> str:
    return f"<aside>{text(name, min(lines, 12))}</aside>"


def head(name: str, lines: int) -> str:
    return f"<h2>{name}{lines}</h2>"


def head_over(name: str, lines: int) -> str:
    return f"<h2 class='over'>{name}{lines}</h2>"


BOX = f"<aside>{text('x', 10)}</aside>"


def test_text_takes_the_place_of_a_box_that_does_not_fit() -> None:
    filled = proof(f"{text('a', 14)}{BOX}{text('b', 12)}{text('c', 40)}")
    assert order(filled) == "abxc"
    assert ends(filled)[0, 1, 0] == 20
    assert filled.problems == ()


def test_a_box_that_fits_stays_where_it_is() -> None:
    assert order(proof(f"{text('a', 5)}{BOX}{text('b', 12)}{text('c', 40)}")) == "axbc"


def test_a_box_that_may_not_move_leaves_a_hole() -> None:
    still = proof(f"{text('a', 14)}{BOX}{text('b', 12)}{text('c', 40)}", "aside { --moves: none }")
    assert order(still) == "axbc"
    assert ends(still)[0, 1, 0] == 14


def test_a_box_makes_way_more_than_once() -> None:
    short = "".join(text(name, 3) for name in "bcdefgh")
    filled = proof(f"{text('a', 14)}{BOX}{short}{text('i', 30)}")
    assert order(filled) == "abcxdefghi"
    assert ends(filled)[0, 1, 0] == 20


def test_a_text_comes_to_its_end_on_the_page_when_a_box_makes_way() -> None:
    filled = proof(f"{text('a', 14)}{BOX}{text('b', 11)}")
    assert filled.problems == ()
    assert len(filled.pages) == 1
    assert order(filled) == "abx"


def test_columns_over_a_head_at_the_foot_of_a_page_stay_as_they_are() -> None:
    above = f"{text('a', 1)}{text('b', 1)}{text('c', 1)}{head_over('d', 1)}{text('e', 1)}{boxed('f', 12)}{text('g', 1)}"
    filled = proof(f"{above}{head_over('h', 1)}{text('i', 1)}")
    assert filled.problems == ()
    assert sorted(order(filled)) == list("abcdefghi")


def test_what_follows_columns_that_just_fit_the_page_is_not_lost() -> None:
    texts = f"{text('a', 1)}{text('b', 1)}{text('c', 18)}{text('d', 1)}{boxed('e', 1)}{text('f', 1)}{boxed('g', 1)}"
    filled = proof(f"{texts}{text('h', 10)}{head_over('i', 1)}{text('j', 3)}")
    assert filled.problems == ()
    assert order(filled) == "abcdefghij"
    assert [line.text.strip() for line in filled.measured[1].lines][:2] == ["i1", "j0"]


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from("pppxho"), st.integers(1, 24)), min_size=1, max_size=12))
def test_nothing_is_lost_however_texts_heads_and_boxes_follow_each_other(things: list[tuple[str, int]]) -> None:
    content = "".join(
        {"p": text, "x": boxed, "h": head, "o": head_over}[kind](chr(ord("a") + at), lines)
        for at, (kind, lines) in enumerate(things)
    )
    laid = proof(content)
    assert not {problem.code for problem in laid.problems} & {"not-laid-out", "text-lost"}
    shown = Counter(line.text.strip() for page in laid.measured for line in page.lines)
    assert shown == Counter(re.findall(r">([a-l]\d+)<", content))


def test_a_head_stays_with_its_text_when_a_box_makes_way() -> None:
    filled = proof(f"{text('a', 13)}{BOX}<h2>h</h2>{text('b', 12)}{text('c', 40)}")
    assert order(filled) == "ahbxc"


def test_a_box_at_the_foot_of_a_page_makes_way() -> None:
    filled = proof(f"{text('a', 34)}{BOX}{text('b', 12)}{text('c', 60)}")
    assert order(filled) == "abxc"
    assert ends(filled)[0, 1, 1] == 20


def test_nothing_is_lost_or_doubled_when_boxes_make_way() -> None:
    content = "".join(f"{text(name, 7)}<aside>{text(name.upper(), 6)}</aside>" for name in "abcdefghijkl")
    filled = proof(content)
    shown = sorted(line.text.strip() for lines in columns(filled).values() for line in lines)
    typed = [f"{name}{at}" for name in "abcdefghijkl" for at in range(7)]
    assert shown == sorted([*typed, *(f"{name}{at}" for name in "ABCDEFGHIJKL" for at in range(6))])
    assert filled.problems == ()


# --- Ends ---


def test_more_white_over_heads_where_a_column_ends_early() -> None:
    # The last head of the first column goes to the next with its text, and leaves three lines.
    first = f"{text('a', 5)}<h2>h</h2>{text('b', 4)}<h2>i</h2>{text('c', 5)}"
    filled = proof(f"{first}<h2>k</h2>{text('d', 9)}{text('e', 60)}")
    assert (ends(filled)[0, 1, 0], ends(filled)[0, 1, 1]) == (20, 20)
    tops = {line.text.strip(): line.top for line in columns(filled)[0, 1, 0]}
    assert tops["h"] - tops["a4"] in (pytest.approx(24), pytest.approx(36))
    assert all(
        (line.top - HEAD) / 12 == pytest.approx(round((line.top - HEAD) / 12), abs=0.01)
        for line in columns(filled)[0, 1, 0]
    )


def test_columns_are_made_shorter_where_there_are_no_heads() -> None:
    filled = proof(f"{text('a', 18)}<h2>k</h2>{text('d', 9)}{text('e', 60)}")
    assert abs(ends(filled)[0, 1, 0] - ends(filled)[0, 1, 1]) <= 1
    assert ends(filled)[0, 1, 0] == 18


def test_columns_that_end_together_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    content = f"{text('a', 30)}<h2>h</h2>{text('b', 40)}"
    filled = proof(content)
    monkeypatch.setattr(filling._Filling, "_even", lambda *_: None)
    assert proof(content) == filled


def test_the_last_columns_are_balanced_where_the_engine_gives_up() -> None:
    # It makes columns higher by whatever comes next, here by all twelve lines of a paragraph.
    filled = proof(f"{text('a', 3)}{text('b', 12)}{text('c', 3)}")
    found = ends(filled)
    assert abs(found[0, 1, 0] - found[0, 1, 1]) <= 2


def test_columns_over_something_across_the_page_end_together(monkeypatch: pytest.MonkeyPatch) -> None:
    heads = f"{text('a', 4)}<h2>h</h2>{text('b', 3)}<h2>i</h2>{text('c', 4)}<h2>k</h2>{text('e', 4)}"
    content = f"{heads}<h2 class='over'>over</h2>{text('d', 60)}"
    found = ends(proof(content))
    assert (found[0, 1, 0], found[0, 1, 1]) == (10, 11)
    monkeypatch.setattr(filling, "_stretch", lambda *_: None)
    found = ends(proof(content))
    assert (found[0, 1, 0], found[0, 1, 1]) == (9, 11)


def test_columns_without_a_grid_are_the_engines() -> None:
    content = f"{text('a', 14)}{BOX}{text('b', 12)}{text('c', 40)}"
    ours = proof(content, ":root { --line: none }")
    assert order(ours) == "axbc"


def test_what_floats_to_the_foot_stays_on_its_page() -> None:
    foot = '<aside style="float: footnote; --moves: none">foot</aside>'
    styles = "aside::footnote-call, aside::footnote-marker { content: none }"
    filled = proof(f"{text('a', 8)}{foot}{text('b', 12)}<h2>h</h2>{text('c', 80)}", styles)
    assert filled.problems == ()
    shown = [(at, line.text.strip()) for at, page in enumerate(filled.measured) for line in page.lines]
    assert (0, "foot") in shown
    assert len(shown) == 8 + 1 + 12 + 1 + 80


def test_the_engine_is_left_as_it_was() -> None:
    from weasyprint.layout import block

    before = block.columns_layout
    with filling.filled():
        assert block.columns_layout != before
    assert block.columns_layout == before
