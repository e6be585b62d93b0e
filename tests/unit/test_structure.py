"""From HTML and its content to structure elements; what the engine marks on real pages is in test_paginate_tags."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from magbuild.structure import Content, Node, Part, Piece, is_unread, structure, words_of


def page(html: str) -> Any:
    return tinyhtml5.parse(f"<html lang=en><body>{html}", namespace_html_elements=False)


def contents(element: Any) -> Iterator[Content]:
    """Yield an element's content as if it all lay on one page, each piece marked with its text."""
    if is_unread(element) or element.tag == "head":
        return
    if element.tag == "a" and element.get("href"):
        yield Content(element=element, part=Part.LINK, page=0, mark="->")
    if element.tag == "img":
        yield Content(element=element, part=Part.PICTURE, page=0, mark="[picture]", box=(0.0, 1.0, 2.0, 3.0))
    if element.tag == "li" and "plain" not in element.get("class", ""):
        yield Content(element=element, part=Part.LABEL, page=0, mark="-")
    texts = [element.text, *(child.tail for child in element)]
    for text, child in zip(texts, [*element, None], strict=True):
        if (text or "").strip():
            yield Content(element=element, part=Part.TEXT, page=0, mark=str(text).strip())
        if child is not None:
            yield from contents(child)


def tree(html: str) -> tuple[Node, ...]:
    root = page(html)
    return structure(root, contents(root), "s")


def shown(html: str) -> str:
    """Return the structure of some HTML as types with what they hold in brackets."""
    return " ".join(map(_shown, tree(html)))


def _shown(piece: Piece) -> str:
    if isinstance(piece, Content):
        return str(piece.mark)
    facts = "".join(f" {name}={value!r}" for name, value in piece.facts.items() if name not in ("Alt", "ID"))
    return f"{piece.kind}{facts}({' '.join(map(_shown, piece.kids))})"


def find(nodes: tuple[Piece, ...], kind: str) -> list[Node]:
    found = [node for node in nodes if isinstance(node, Node)]
    below = [one for node in found for one in find(node.kids, kind)]
    return [node for node in found if node.kind == kind] + below


# --- Text ---


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<article><p>a<em>b</em>c</article>", "Art(P(a b c))"),
        ("<section><div><header><p>a</p></header></div></section>", "Sect(P(a))"),
        ("<aside><h3>a</h3><p>b</aside>", "Sect(H1(a) P(b))"),
        ("<blockquote>a<p>b</blockquote>", "BlockQuote(P(a) P(b))"),
        ("<section>a <b>b</b><p>c</p>d</section>", "Sect(P(a b) P(c) P(d))"),
        ("<div>a</div><div>b</div>", "P(a) P(b)"),
        ("<p><q>a</q> <code>b</code></p>", "P(Quote(a) Code(b))"),
        ("<p>a<br>b</p><hr><p></p><section></section>", "P(a b)"),
        ("<p><abbr title='Her Ship'>HS</abbr></p>", "P(Span E='Her Ship'(HS))"),
        ("<p><abbr>HS</abbr></p>", "P(HS)"),
    ],
)
def test_text_stands_in_paragraphs_and_what_only_groups_leaves_no_trace(html: str, expected: str) -> None:
    assert shown(html) == expected


def test_a_paragraph_that_goes_on_elsewhere_is_one() -> None:
    root = page("<section><p>a</p><figure><img alt=x></figure><p>b</section>")
    first, _, last = root.find("body/section")
    parts = [("a1", first, 0), ("b1", last, 0), ("a2", first, 1), ("b2", last, 2)]
    found = structure(root, [Content(element=e, part=Part.TEXT, page=at, mark=mark) for mark, e, at in parts], "s")
    assert " ".join(map(_shown, found)) == "Sect(P(a1 a2) P(b1 b2))"


def test_what_lies_elsewhere_on_the_page_is_read_where_it_is_written() -> None:
    root = page("<section><p>a</p><figure><img alt=x></figure><p>b</section>")
    first, figure, last = root.find("body/section")
    found = structure(
        root,
        [
            Content(element=first, part=Part.TEXT, page=0, mark="a"),
            Content(element=last, part=Part.TEXT, page=0, mark="b"),
            Content(element=figure[0], part=Part.PICTURE, page=0, mark="[picture]"),
        ],
        "s",
    )
    assert " ".join(map(_shown, found)) == "Sect(P(a) Figure([picture]) P(b))"


# --- Languages ---


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p lang=fr>a", "P Lang='fr'(a)"),
        ("<p lang=en>a", "P(a)"),
        ("<p>a <i lang=la>b</i> <i>c</i></p>", "P(a Span Lang='la'(b) c)"),
        ("<article lang=fr><p>a</p><p lang=fr>b</p><p lang=en>c", "Art Lang='fr'(P(a) P(b) P Lang='en'(c))"),
        ("<div lang=de><p>a</p></div>", "Div Lang='de'(P(a))"),
    ],
)
def test_a_change_of_language_is_told_where_it_happens(html: str, expected: str) -> None:
    assert shown(html) == expected


# --- Headings ---


@pytest.mark.parametrize(
    ("ranks", "levels"),
    [
        ("12233", "12233"),
        ("1331", "1221"),
        ("23", "12"),
        ("242", "121"),
        ("1254", "1233"),
        ("6", "1"),
        ("123456", "123456"),
    ],
)
def test_headings_begin_at_the_first_level_and_leave_none_out(ranks: str, levels: str) -> None:
    found = shown("".join(f"<h{rank}>a</h{rank}>" for rank in ranks))
    assert found == " ".join(f"H{level}(a)" for level in levels)


def test_each_article_begins_its_headings_anew() -> None:
    html = "<article><h1>a</h1><h2>b</h2></article><section role=article><h2>c</h2><h3>d</h3></section><h2>e</h2>"
    assert shown(html) == "Art(H1(a) H2(b)) Art(H1(c) H2(d)) H1(e)"


def test_a_heading_outside_of_its_article_is_read_with_it() -> None:
    html = (
        "<div><p role=heading aria-level=1 id=h>a</p><article aria-labelledby=h><h2>b</h2><p>c</article>"
        "<article><h1>d</h1></article></div>"
    )
    assert shown(html) == "Art(H1(a) H2(b) P(c)) Art(H1(d))"
    assert shown("<aside aria-labelledby=h><h3 id=h>a</h3></aside>") == "Sect(H1(a))"


def test_a_role_makes_a_heading() -> None:
    assert shown("<p role=heading aria-level=1>a<p role=heading>b<p role=heading aria-level=x>c") == "H1(a) H2(b) H2(c)"


@given(st.lists(st.integers(1, 6), min_size=1, max_size=30))
def test_no_level_is_ever_left_out(ranks: list[int]) -> None:
    found = shown("".join(f"<h{rank}>a</h{rank}>" for rank in ranks))
    levels = [0, *(int(one[1]) for one in found.split())]
    assert len(levels) == len(ranks) + 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


# --- Links and notes ---


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a <a href=x>b <b>c</b></a></p>", "P(a Link(b c ->))"),
        ("<p>a <a>b</a></p>", "P(a b)"),
        ("<section><a href=x><img alt=y></a></section>", "Sect(P(Link(Figure([picture]) ->)))"),
        ("<p>a<a href=x role=doc-noteref>1</a></p>", "P(a Reference(Link(1 ->)))"),
        ("<h2><a href=x>a</a></h2>", "H1(Link(a ->))"),
    ],
)
def test_links_hold_their_words_and_their_areas(html: str, expected: str) -> None:
    assert shown(html) == expected


def test_notes_have_identifiers_of_their_own() -> None:
    html = "<div role=doc-footnote id=s--note-1><p><a href=x>1</a> a</p></div><div role=doc-footnote><p>b</p></div>"
    assert shown(html) == "Note(P(Link(1 ->) a)) Note(P(b))"
    assert [note.facts["ID"] for note in find(tree(html), "Note")] == ["s--note-1", "s--note--2"]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<a href=x>a <b>b</b>\n c</a>", "a b c"),
        ("<a href=x aria-label='back'>1</a>", "back"),
        ("<a href=x><img alt='a ship'> sails <i aria-hidden=true>!</i></a>", "a ship sails"),
    ],
)
def test_what_is_said_of_a_link(html: str, words: str) -> None:
    assert words_of(page(html).find("body/a")) == words


# --- Lists and contents ---


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>a<li>b</ul>", "L(LI(Lbl(-) LBody(a)) LI(Lbl(-) LBody(b)))"),
        ("<ul><li class=plain>a</ul>", "L(LI(LBody(a)))"),
        ("<ul><li>a<ul><li>b</ul></ul>", "L(LI(Lbl(-) LBody(a L(LI(Lbl(-) LBody(b))))))"),
        ("<ol><li><p>a<p>b</ol>", "L(LI(Lbl(-) LBody(P(a) P(b))))"),
        ("<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl>", "L(LI(Lbl(a) Lbl(b) LBody(c) LBody(d)) LI(Lbl(e) LBody(f)))"),
        ("<dl><div><dt>a<dd>b</div><dd>c</dl>", "L(LI(Lbl(a) LBody(b) LBody(c)))"),
        ("<ul>a<p>b</p></ul>", "L(LI(LBody(a)) LI(LBody(P(b))))"),
        ("<nav><ol><li class=plain><a href=x>a</a></ol></nav>", "TOC(TOCI(P(Reference(Link(a ->)))))"),
        (
            "<div role=doc-toc><section><h2>a</h2><div role=listitem><p><a href=x>5</a><p>b</div>"
            "<div role=listitem><p>c</div></section></div>",
            "Sect(H1(a) TOC(TOCI(P(Reference(Link(5 ->))) P(b)) TOCI(P(c))))",
        ),
    ],
)
def test_lists_have_items_and_contents_have_entries(html: str, expected: str) -> None:
    assert shown(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>a</ul>", "/Disc"),
        ("<ul><li class=plain>a</ul>", "/None"),
        ("<ol><li>a</ol>", "/Decimal"),
        ("<ol type=a><li>a</ol>", "/LowerAlpha"),
        ("<ol type=?><li>a</ol>", "/Decimal"),
        ("<dl><dt>a<dd>b</dl>", "/None"),
    ],
)
def test_lists_say_how_they_are_numbered(html: str, expected: str) -> None:
    (found,) = find(tree(html), "L")
    assert found.attributes == {"List": {"ListNumbering": expected}}


# --- Tables ---

PRICES = (
    "<table><caption>c</caption><thead><tr><td></td><th scope=col>a</th><th scope=col>b</th></tr></thead>"
    "<tbody><tr><th scope=row>d</th><td>1</td><td>2</td></tr></tbody></table>"
)


def test_tables_have_a_caption_heads_and_cells_even_empty_ones() -> None:
    expected = "Table(Caption(c) THead(TR(TD() TH(a) TH(b))) TBody(TR(TH(d) TD(1) TD(2))))"
    assert shown(PRICES) == expected


def test_cells_name_the_heads_above_and_beside_them() -> None:
    heads = {node.facts["ID"]: node.attributes["Table"]["Scope"] for node in find(tree(PRICES), "TH")}
    assert heads == {"s--table--1-0-1": "/Column", "s--table--1-0-2": "/Column", "s--table--1-1-0": "/Row"}
    headed = [node.attributes.get("Table", {}).get("Headers") for node in find(tree(PRICES), "TD")]
    assert headed == [None, ("s--table--1-0-1", "s--table--1-1-0"), ("s--table--1-0-2", "s--table--1-1-0")]


def test_cells_that_span_others_are_headed_by_all_of_theirs() -> None:
    html = (
        "<table><tr><th scope=col rowspan=2>a</th><th scope=col colspan=2>b</th></tr><tr><th scope=col>c<th scope=col>d"
        "</tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    spans = [
        {name: value for name, value in node.attributes["Table"].items() if name != "Scope"}
        for node in find(tree(html), "TH")
    ]
    assert spans == [{"RowSpan": 2}, {"ColSpan": 2}, {}, {}]
    headed = [node.attributes["Table"]["Headers"] for node in find(tree(html), "TD")]
    expected = [["0-0"], ["0-1", "1-1"], ["0-1", "1-2"]]
    assert headed == [tuple(f"s--table--1-{place}" for place in places) for places in expected]


def test_rows_that_are_too_short_are_filled() -> None:
    html = "<table><tr><td>a<td>b<td>c</tr><tr><td colspan=2>d</tr></table>"
    assert shown(html) == "Table(TBody(TR(TD(a) TD(b) TD(c)) TR(TD(d) TD())))"


@pytest.mark.parametrize(("row", "expected"), [("<thead><tr><th>a", "/Column"), ("<tr><th>a", "/Row")])
def test_a_head_without_a_scope_heads_what_its_place_says(row: str, expected: str) -> None:
    (head,) = find(tree(f"<table>{row}</table>"), "TH")
    assert head.attributes["Table"]["Scope"] == expected


# --- Pictures ---


def test_a_picture_says_what_it_shows_and_stands_beside_its_caption() -> None:
    html = "<figure><img alt='  A\n ship '><figcaption><span>b</span></figcaption></figure>"
    assert shown(html) == "Div(Figure([picture]) Caption(b))"
    (figure,) = find(tree(html), "Figure")
    assert figure.facts["Alt"] == "A ship"
    assert figure.attributes == {"Layout": {"Placement": "/Block", "BBox": (0.0, 1.0, 2.0, 3.0)}}


@pytest.mark.parametrize(
    "decoration",
    [
        "<img alt=''>",
        "<img>",
        "<img alt=a role=presentation>",
        "<img alt=a role=none>",
        "<aside aria-hidden=true><p>b</p></aside>",
        "<svg></svg>",
        "<svg aria-hidden=true><title>a</title></svg>",
    ],
)
def test_decoration_is_passed_over(decoration: str) -> None:
    assert is_unread(page(decoration).find("body")[0])
    assert shown(f"<p>a</p>{decoration}") == "P(a)"


def test_a_table_that_only_lays_out_is_read_as_text() -> None:
    assert "Table" not in shown("<table role=presentation><tr><td>a</table>")


def test_a_drawing_says_its_title_or_its_words() -> None:
    root = page("<svg><title>A ship</title><text>x</text></svg><svg><text>b <tspan>c</tspan></text></svg>")
    drawn = [Content(element=svg, part=Part.PICTURE, page=0, mark="") for svg in root.find("body")]
    found = structure(root, drawn, "s")
    assert [node.facts["Alt"] for node in found] == ["A ship", "b c"]


def test_both_halves_of_a_picture_are_one() -> None:
    root = page("<div><img id=a alt=Ships aria-owns=b></div><p>c</p><div><img id=b alt=''></div>")
    left, right = root.iter("img")
    text = root.find("body/p")
    found = structure(
        root,
        [
            Content(element=left, part=Part.PICTURE, page=0, mark="left", box=(0.0, 0.0, 1.0, 1.0)),
            Content(element=text, part=Part.TEXT, page=0, mark="c"),
            Content(element=right, part=Part.PICTURE, page=1, mark="right", box=(0.0, 0.0, 1.0, 1.0)),
        ],
        "s",
    )
    assert " ".join(map(_shown, found)) == "Figure(left right) P(c)"
    assert "BBox" not in find(found, "Figure")[0].attributes["Layout"]


def test_a_drop_cap_and_the_rest_of_its_word_are_one() -> None:
    html = "<p><span class=drop-cap data-say=The>T</span><span data-say=''>he</span> end</p>"
    assert shown(html) == "P(Span ActualText='The'(T he) end)"


# --- Whatever is written ---

names = st.sampled_from(
    ["p", "div", "section", "ul", "li", "a href=x", "h2", "h5", "table", "td", "dl", "dt", "img alt=b"]
)
markup = st.recursive(
    st.text("ab ", max_size=3),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name.split()[0]}>", names, st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


@given(markup)
def test_no_content_is_lost_or_doubled_and_nothing_is_empty(html: str) -> None:
    root = page(html)
    given_contents = list(contents(root))
    found = structure(root, given_contents, "s")
    held = [content for node in found for content in node.contents()]
    assert sorted(map(id, held)) == sorted(map(id, given_contents))
    assert all(node.kids or node.kind in ("TD", "TH") for node in _all(found))


def _all(nodes: tuple[Piece, ...]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from _all(node.kids)
