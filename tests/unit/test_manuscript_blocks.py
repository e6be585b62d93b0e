"""Blocks between lines of slashes: what becomes of each kind, and how mistakes in them are told."""

import re

import pytest

from magbuild.manuscript import Manuscript
from magbuild.model import Picture, Span
from tests.unit.manuscript_kit import body_of, clean, hints, said


def test_a_pull_quote_is_hidden_from_those_who_hear_the_story() -> None:
    assert body_of('/// pullquote\nSalt was "dear", [so](https://x.example).\n\n-- Lima\n///') == (
        '<aside class="pullquote" aria-hidden="true"><p>Salt was “dear”, <span>so</span>.</p>'
        '<p class="attribution">– Lima</p></aside>'
    )


def test_a_sidebar_is_named_by_its_title() -> None:
    assert body_of("## Head\n\n/// sidebar | Who *was* who?\nPlekhanov\n:   Founder.\n///") == (
        '<h2 id="salt--head">Head</h2>\n'
        '<aside class="sidebar" aria-labelledby="salt--box-1"><h3 class="sidebar-title" id="salt--box-1">'
        "Who <em>was</em> who?</h3><dl><dt>Plekhanov</dt><dd>Founder.</dd></dl></aside>"
    )


def test_a_sidebar_without_a_title_has_a_label() -> None:
    assert body_of("/// sidebar\na\n///") == '<aside class="sidebar" aria-label="Sidebar"><p>a</p></aside>'
    assert 'aria-label="Kasten"' in body_of("/// sidebar\na\n///", "de")


@pytest.mark.parametrize(
    ("form", "name"), [("tinted", "sidebar"), ("ruled", "sidebar ruled"), ("page", "sidebar page")]
)
def test_a_sidebar_says_its_form(form: str, name: str) -> None:
    assert f'<aside class="{name}"' in body_of(f"/// sidebar\n    form: {form}\na\n///")


def test_a_pull_quote_may_be_as_wide_as_the_page() -> None:
    assert '<aside class="pullquote page"' in body_of("/// pullquote\n    width: page\na\n///")
    assert '<aside class="pullquote"' in body_of("/// pullquote\n    width: column\na\n///")


def test_forms_and_widths_that_do_not_exist_are_told() -> None:
    manuscript = said("/// sidebar\n    form: tintd\na\n///", "6:11 bad-form")
    assert 'class="sidebar"' in manuscript.body
    said("/// pullquote\n    width: bleed\na\n///", "6:12 bad-width")


def test_figures_are_numbered_each_series_by_itself() -> None:
    figure = "/// figure\n    file: a.jpg\n    alt: b\n    series: {}\n{}\n///\n\n"
    body = body_of(figure.format("Chart", "One.") + figure.format("Map", "Two.") + figure.format("Chart", "Three."))
    assert re.findall(r"<figcaption>(.*?)</figcaption>", body) == [
        f'<span class="label">{label}</span> <span class="caption">{caption}</span>'
        for label, caption in (("Chart\u00a01", "One."), ("Map\u00a01", "Two."), ("Chart\u00a02", "Three."))
    ]


def test_headings_in_and_over_a_sidebar_skip_no_level() -> None:
    body = body_of("/// sidebar | One\n## Two\na\n///\n\n## Three\n\n/// sidebar | Four\n### Five\n///")
    assert [part[:2] for part in body.split("<h")[1:]] == ["2 ", "3 ", "2 ", "3 ", "4 "]


def test_a_filler() -> None:
    assert body_of("/// filler\na\n///") == '<aside class="filler" aria-label="Sidebar"><p>a</p></aside>'


def test_blocks_may_stand_in_a_sidebar_with_the_same_slashes() -> None:
    body = body_of("/// sidebar\na\n\n/// pullquote\nb\n///\n\nc\n///\n\nd")
    assert body == (
        '<aside class="sidebar" aria-label="Sidebar"><p>a</p>'
        '<aside class="pullquote" aria-hidden="true"><p>b</p></aside><p>c</p></aside>\n<p>d</p>'
    )


# --- Figures ---

FIGURE = """\
/// figure
    file: pictures/strikes.svg
    alt: "Chart: 1912, \\"40.9\\""
    width: page
    credit: Drawn by *Lima*: 19:30
The caption, in *Markdown*.
///
"""


def test_a_figure() -> None:
    manuscript = clean(FIGURE)
    assert manuscript.body == (
        '<figure class="figure page"><img src="pictures/strikes.svg" alt="Chart: 1912, “40.9”"/>'
        '<figcaption><span class="caption">The caption, in <em>Markdown</em>.</span> '
        '<span class="credit">Drawn by <em>Lima</em>: 19:30</span></figcaption></figure>'
    )
    assert manuscript.pictures == (
        Picture(
            file="pictures/strikes.svg",
            alt="Chart: 1912, “40.9”",
            caption="The caption, in Markdown.",
            credit="Drawn by Lima: 19:30",
            place=Span.PAGE,
        ),
    )
    assert (manuscript.places[0].line, manuscript.places[0].column) == (6, 11)


def test_the_values_of_options_may_be_folded() -> None:
    body = body_of(
        "/// figure\n    file: a.jpg\n    alt: >-\n        One\n        two.\n    credit: By\n        Lima\n///"
    )
    assert 'alt="One two."' in body
    assert '<span class="credit">By Lima</span>' in body


def test_a_caption_may_be_an_option_and_have_several_paragraphs() -> None:
    head = "/// figure\n    file: a.jpg\n    alt: b\n"
    assert '<span class="caption">c <em>d</em></span>' in body_of(f"{head}    caption: c *d*\n///")
    assert '<span class="caption">c<br/>d</span>' in body_of(f"{head}c\n\nd\n///")
    assert '<div class="caption"><p>c</p><ul><li>d</li></ul></div>' in body_of(f"{head}c\n\n- d\n///")


def test_a_figure_may_hold_its_image() -> None:
    assert body_of("/// figure\n![b](a.jpg)\n\nc\n///") == (
        '<figure class="figure column"><img src="a.jpg" alt="b"/>'
        '<figcaption><span class="caption">c</span></figcaption></figure>'
    )


def test_mistakes_in_figures() -> None:
    body = """\
        /// figure
            fiel: a.jpg
            alt: b
            width: collum
            place: 3
        c
        ///

        /// figure
        d
        ///

        /// figure
            file: https://x.example/a.jpg
            width: spread
        ///

        /// figure | Title
            file: a.jpg
        ///
        """
    manuscript = said(
        body,
        "6:5 unknown-option",
        "8:12 bad-width",
        "9:5 unknown-option",
        "13:1 missing-option",
        "18:11 remote-picture",
        "19:12 bad-width",
        "22:1 missing-alt",
        "22:14 unknown-option",
    )
    assert hints(body)[:2] == ["did you mean 'file'?", "did you mean 'column'?"]
    assert "place: 3" in manuscript.body
    assert "Title" in manuscript.body


# --- Verse and interviews ---


def test_verse_keeps_lines_and_indents() -> None:
    assert body_of("/// verse | Harbour *song*\nTrim the wick,\n    turn it,\n\n- let > be\n///") == (
        '<div class="verse"><p class="stanza"><span class="line">Trim the wick,</span><br/>'
        '<span class="line">\u2003\u2003turn it,</span></p>'
        '<p class="stanza"><span class="line">- let &gt; be</span></p>'
        '<p class="attribution">Harbour <em>song</em></p></div>'
    )


def test_an_indented_first_line_of_verse_is_no_option() -> None:
    assert '<span class="line">\u2003\u2003hark: the herald</span>' in body_of("/// verse\n    hark: the herald\n///")


def test_markup_in_verse_may_run_over_lines() -> None:
    assert body_of('/// verse\n"a *b\nc* d"\n///') == (
        '<div class="verse"><p class="stanza"><span class="line">“a <em>b</em></span><br/>'
        '<span class="line"><em>c</em> d”</span></p></div>'
    )


def interview(text: str) -> str:
    body = body_of(f"/// interview\n{text}\n///")
    return body.removeprefix('<div class="interview">').removesuffix("</div>")


def test_the_first_speaker_asks() -> None:
    assert interview("**Q** Who?\n\n**A** I. \n\nAnd she.\n\n**Q** Why?") == (
        '<p class="question"><span class="speaker">Q</span> Who?</p>'
        '<p class="answer"><span class="speaker">A</span> I. </p><p class="answer">And she.</p>'
        '<p class="question"><span class="speaker">Q</span> Why?</p>'
    )


def test_speakers_by_name_and_by_letter() -> None:
    assert (
        interview("An introduction.\n\n**Foundations:** Who?\n\n**Ana Lima:** I.\n\n**Bo:** We.").count("answer") == 2
    )
    assert interview("Q. Who?\n\nA. I.") == (
        '<p class="question"><span class="speaker">Q.</span> Who?</p>'
        '<p class="answer"><span class="speaker">A.</span> I.</p>'
    )


def test_where_nobody_is_named_bold_paragraphs_ask() -> None:
    assert interview("Before.\n\n**Who?**\n\nI.") == (
        '<p>Before.</p><p class="question"><strong>Who?</strong></p><p class="answer">I.</p>'
    )


# --- Mistakes in the lines of slashes ---


def test_an_unknown_block() -> None:
    body = "/// pulquote\nSalt.\n///\n\n/// nonsense | T\nText.\n///"
    manuscript = said(body, "5:5 unknown-block", "9:5 unknown-block")
    assert manuscript.body == (
        '<aside class="pullquote" aria-hidden="true"><p>Salt.</p></aside>\n<p>T</p>\n<p>Text.</p>'
    )
    assert hints(body)[0] == "did you mean 'pullquote'?"


def test_an_unclosed_block() -> None:
    said("a\n\n/// sidebar\nb", "7:1 unclosed-block")


def test_a_forgotten_end_is_found_where_the_next_block_begins() -> None:
    manuscript = said("/// pullquote\na\n\n/// verse\nb\n///\n\nc", "5:1 unclosed-block")
    assert manuscript.body.endswith("</div>\n<p>c</p>")


def test_an_end_that_ends_nothing() -> None:
    assert said("a\n\n///\n\nb", "7:1 stray-block-end").body == "<p>a</p>\n<p>b</p>"


def test_longer_slashes_close_what_they_opened() -> None:
    said("//// sidebar\n/// filler\na\n////", "6:1 unclosed-block")


def test_a_block_in_a_list_or_quotation_is_told() -> None:
    said("- a\n\n    /// pullquote\n    b\n    ///", "7:5 stray-block", "9:5 stray-block")
    said("> /// pullquote\n> b\n> ///", "5:3 stray-block", "7:3 stray-block")


def test_an_unknown_option_of_a_sidebar() -> None:
    body = "/// sidebar\n    title: Who\na\n///"
    assert "title: Who" in said(body, "6:5 unknown-option").body
    assert hints(body) == ["write a title behind a bar: /// sidebar | Title"]


def test_blocks_in_comments_and_code_are_left_alone() -> None:
    assert body_of("<!--\n/// nonsense\n-->\n\na\n\n~~~\n/// nonsense\n~~~").startswith("<p>a</p>")


def empty(manuscript: Manuscript) -> bool:
    return not manuscript.body


def test_empty_blocks_do_no_harm() -> None:
    for kind in ("pullquote", "verse", "interview", "filler", "sidebar"):
        assert not empty(clean(f"/// {kind}\n///"))
