"""Raw HTML: what stays, what is made safe, and how tags that don't match still give a tree."""

import pytest

from tests.unit.manuscript_kit import body_of, read, said


def test_harmless_tags_stay() -> None:
    assert body_of('H<sub>2</sub>O<br>and <span class="x" lang="fr">"oui"</span> <kbd>a--b</kbd>') == (
        '<p>H<sub>2</sub>O<br/>and <span class="x" lang="fr">«\u202foui\u202f»</span> <kbd>a--b</kbd></p>'
    )


def test_a_block_of_html_is_left_as_typed() -> None:
    assert body_of("<div>\n*not emphasis*\n\n- no list\n</div>\nAfter.") == (
        "<div>\n*not emphasis*\n\n- no list\n</div>\n<p>After.</p>"
    )


@pytest.mark.parametrize("start", ['<div markdown="1">', "<div markdown>", "<div>\n"])
def test_markdown_in_a_block_of_html(start: str) -> None:
    assert body_of(f"{start}\n*a*\n\n- b\n\n</div>\n\nc") == "<div><p><em>a</em></p><ul><li>b</li></ul></div>\n<p>c</p>"


def test_markdown_in_html_of_one_line() -> None:
    assert body_of('<h2 markdown="1">a *b*</h2>\n\n<p markdown="span">c *d*</p>') == (
        '<h2 id="salt--a-b">a <em>b</em></h2>\n<p>c <em>d</em></p>'
    )
    assert body_of('<table markdown="1">\n<tr><td>*x*</td></tr>\n</table>') == (
        '<div class="table"><table><tr><td><em>x</em></td></tr></table></div>'
    )


def test_tags_without_a_meaning_in_print_become_plain_ones() -> None:
    assert body_of("<center><font color=red>a</font></center>\n\n<section>b</section>".replace(" color=red", "")) == (
        "<div><span>a</span></div>\n<div>b</div>"
    )


def test_comments_are_left_out() -> None:
    assert body_of("a <!-- b --> c\n\n<!--\n\n# d\n\n-->\n\ne") == "<p>a  c</p>\n<p>e</p>"
    assert body_of("a\n<!-- b -->\nc") == "<p>a\nc</p>"


# --- What is taken away ---


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("a <script>alert(1)</script> b", "<p>a  b</p>"),
        ("a <style>p{}</style> b", "<p>a  b</p>"),
        ('a <iframe src="https://x.example">c</iframe> b', "<p>a c b</p>"),
        ("a <object data=x>c</object> b", "<p>a c b</p>"),
        ("a <embed src=x> b", "<p>a  b</p>"),
        ("a <input value=x> b", "<p>a  b</p>"),
        ("a <button>c</button> b", "<p>a c b</p>"),
        ("a <video src=x>c</video> b", "<p>a c b</p>"),
        ('a <b onclick="x()">c</b> b', "<p>a <b>c</b> b</p>"),
        ("a <b ONMOUSEOVER=x>c</b> b", "<p>a <b>c</b> b</p>"),
        ('a <img src="https://x.example/a.jpg" alt="c"> b', "<p>a c b</p>"),
        (
            'a <b style="color: red; background: url(https://x.example)">c</b> b',
            '<p>a <b style="color: red">c</b> b</p>',
        ),
        ("a <link rel=stylesheet href=x> b", "<p>a  b</p>"),
    ],
)
def test_what_runs_or_loads_is_left_out(typed: str, left: str) -> None:
    assert said(typed, "5:3 unsafe-html").body == left


def test_a_script_of_several_lines() -> None:
    assert said("a\n\n<script>\nif (a < b)\n\n  c()\n</script>\n\nd", "7:1 unsafe-html").body == "<p>a</p>\n<p>d</p>"


def test_a_script_that_is_never_closed_hides_no_text() -> None:
    assert said("a <script>b\n\nc", "5:3 unsafe-html").body == "<p>a b</p>\n<p>c</p>"


def test_pictures_of_several_sources_load_nothing() -> None:
    manuscript = said('<img src="a.jpg" alt="b" srcset="https://x.example/a.jpg 2x">', "5:1 unsafe-html")
    assert manuscript.body == '<figure class="figure column"><img src="a.jpg" alt="b"/></figure>'


def test_attributes_that_mean_nothing() -> None:
    said('<p colour="red">a</p>', "5:1 unknown-attribute")
    assert body_of('<td align="left" data-x="y" aria-label="z">a</td>') == '<div aria-label="z">a</div>'


# --- SVG and MathML ---

SVG = """\
<svg viewBox="0 0 9 9" aria-hidden="true" onload="x()">
<style>circle{}</style>
<script>x()</script>
<linearGradient id="g"><stop offset="0"/></linearGradient>

<circle r="4" fill="url(#g)"/><rect fill="url(https://x.example)"/>
<use href="#g"/><use xlink:href="https://x.example#g"/><image href="a.jpg"/>
</svg>
"""


def test_drawings_are_made_safe_and_their_ids_unique() -> None:
    manuscript = said(SVG, *(f"{place} unsafe-html" for place in ("5:1", "6:1", "7:1", "10:31", "11:17", "11:56")))
    assert manuscript.body == (
        '<p><svg viewBox="0 0 9 9" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">\n\n\n'
        '<linearGradient id="salt--g"><stop offset="0"></stop></linearGradient>\n\n'
        '<circle r="4" fill="url(#salt--g)"></circle><rect></rect>\n'
        '<use href="#salt--g"></use><use></use>\n</svg></p>'
    )


def test_formulas() -> None:
    assert body_of("So <math><mi>x</mi><mo>=</mo>2</math>.") == (
        '<p>So <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mtext>2</mtext></math>.</p>'
    )


# --- Tags that don't match ---


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<table><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a</li>", "<div>a</div>"),
        ("<ol><p>a</p></ol>", "<ol><li><p>a</p></li></ol>"),
        ("a <p>b</p> c", "<p>a </p>\n<p>b</p>\n<p> c</p>"),
        ("> <div>a</div>", "<blockquote><div>a</div></blockquote>"),
    ],
)
def test_what_html_allows_is_no_mistake(typed: str, made: str) -> None:
    assert body_of(typed).replace('<div class="table">', "").replace("</table></div>", "</table>") == made


@pytest.mark.parametrize(
    ("typed", "place", "made"),
    [
        ("a <b>b *c* d\n\ne", "5:3", "<p>a <b>b <em>c</em> d</b></p>\n<p>e</p>"),
        ("<div>\na\n\nb", "5:1", "<div>\na</div>\n<p>b</p>"),
        ("*a <b>c* d", "5:4", "<p><em>a <b>c</b></em> d</p>"),
        ("a <span>b\n\n## c", "5:3", '<p>a <span>b</span></p>\n<h2 id="salt--c">c</h2>'),
        ("- <i>a\n- b", "5:3", "<ul><li><i>a</i></li><li>b</li></ul>"),
        ('<div markdown="1">\n\na', "5:1", "<div><p>a</p></div>"),
    ],
)
def test_a_tag_that_is_never_closed(typed: str, place: str, made: str) -> None:
    assert said(typed, f"{place} unclosed-tag").body == made


def test_an_end_tag_that_closes_nothing() -> None:
    assert said("a </b> *b </i>*\n\n</div>", "5:3 stray-tag", "5:11 stray-tag", "7:1 stray-tag").body == (
        "<p>a  <em>b </em></p>"
    )


def test_tags_that_are_not_html_are_text() -> None:
    manuscript = said(
        "Write to <name> or <o:p>x</o:p>, a<b and c>d.",
        "5:10 unknown-tag",
        "5:20 unknown-tag",
        "5:26 unknown-tag",
        "5:35 unclosed-tag",
        "5:35 unknown-attribute",
        "5:35 unknown-attribute",
    )
    assert "&lt;name&gt; or &lt;o:p&gt;x&lt;/o:p&gt;" in manuscript.body
    assert (
        body_of(r"\<b> and `<name>` and 1 < 2 <3")
        == "<p>&lt;b&gt; and <code>&lt;name&gt;</code> and 1 &lt; 2 &lt;3</p>"
    )


def test_entities() -> None:
    assert body_of("AT&amp;T &copy; &#8364; &foo; R&D &lt;b&gt; &quot;x&quot; `&amp;`") == (
        '<p>AT&amp;T © € &amp;foo; R&amp;D &lt;b&gt; "x" <code>&amp;amp;</code></p>'
    )


def test_odd_markup_is_text() -> None:
    assert body_of("<?php x ?> <!DOCTYPE html> <![CDATA[y]]> <!-- z") == (
        "<p>&lt;?php x ?&gt; &lt;!DOCTYPE html&gt; &lt;![CDATA[y]]&gt; &lt;!– z</p>"
    )


def test_blocks_inside_phrases_leave_their_content() -> None:
    assert body_of("*a <div>b</div> c*") == "<p><em>a b c</em></p>"


def test_places_in_a_later_line() -> None:
    report = read("a\n\nb\nc <b onclick=x>d</b>")[1]
    assert [(problem.place.line, problem.place.column) for problem in report] == [(8, 3)]


def test_emphasis_that_does_not_pair_loses_nothing() -> None:
    # Python-Markdown 3.11.3 takes the letter behind the last sign for a sign.
    assert body_of("*a, **b*. C") == "<p>*a, **b*. C</p>"


@pytest.mark.parametrize(
    ("drawing", "problems"),
    [
        ('<svg viewBox="0 0 9 9"><path d="M0 0h9"></path></svg>', ["5:1 missing-alt"]),
        ('<svg viewBox="0 0 9 9"><title>A line</title><path d="M0 0h9"></path></svg>', []),
        ('<svg viewBox="0 0 9 9" aria-label="A line"><path d="M0 0h9"></path></svg>', []),
        ('<svg viewBox="0 0 9 9" aria-hidden="true"><path d="M0 0h9"></path></svg>', []),
        ('<svg viewBox="0 0 9 9"><text>Salt</text></svg>', []),
    ],
)
def test_a_drawing_says_what_it_shows(drawing: str, problems: list[str]) -> None:
    said(drawing, *problems)
    said(f"Text.\n\nMore {drawing}", *(problem.replace("5:1", "7:6") for problem in problems))
