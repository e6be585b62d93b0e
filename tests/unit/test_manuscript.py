"""Stories as Markdown: what becomes of headings, lists, tables, pictures and single lines."""

import pickle

import pytest

from magbuild.manuscript import set_line, set_text
from magbuild.model import Picture, Span
from magbuild.problem import Severity
from tests.unit.manuscript_kit import FILE, body_of, clean, hints, read, said


def test_paragraphs_and_emphasis() -> None:
    assert body_of("One *two* **three**.\n\nFour.") == ("<p>One <em>two</em> <strong>three</strong>.</p>\n<p>Four.</p>")


def test_a_manuscript_is_a_plain_value() -> None:
    manuscript = clean("Salt.")
    assert manuscript == clean("Salt.")
    assert pickle.loads(pickle.dumps(manuscript)) == manuscript


def test_a_story_without_text_is_empty() -> None:
    manuscript = clean("\n\n")
    assert (manuscript.body, manuscript.notes, manuscript.words) == ("", "", 0)


def test_words_are_counted_as_they_are_printed() -> None:
    manuscript = clean(
        """\
        The workers' *own* affair, 16,298 of them.[^1]

        /// figure
            file: pictures/a.jpg
            alt: Not printed here
            credit: By Lima
        Two words
        ///

        [^1]: See there.
        """
    )
    assert manuscript.words == 7 + 2 + 2 + 2


# --- Headings ---


def test_headings_begin_at_two() -> None:
    assert body_of("## One\n\n### Two\n\n## Three") == (
        '<h2 id="salt--one">One</h2>\n<h3 id="salt--two">Two</h3>\n<h2 id="salt--three">Three</h2>'
    )


def test_a_title_in_the_body_shifts_all_headings() -> None:
    manuscript = said("# One\n\n## Two\n\n# Three", "5:1 body-title", "9:1 body-title")
    assert manuscript.body == (
        '<h2 id="salt--one">One</h2>\n<h3 id="salt--two">Two</h3>\n<h2 id="salt--three">Three</h2>'
    )


def test_an_underlined_title_is_found_as_well() -> None:
    assert said("Text.\n\nOne\n===\n\nTwo\n---\n", "7:1 body-title").body == (
        '<p>Text.</p>\n<h2 id="salt--one">One</h2>\n<h3 id="salt--two">Two</h3>'
    )


def test_a_skipped_level_is_told_and_closed() -> None:
    body = "### One\n\n## Two\n\n#### Three\n\n#### Four"
    manuscript = said(body, "5:1 heading-skip", "9:1 heading-skip")
    assert [part[:3] for part in manuscript.body.split("\n")] == ["<h2", "<h2", "<h3", "<h3"]
    assert hints(body) == ["write '##'", "write '###'"]


def test_a_paragraph_made_a_heading_by_a_break_is_told() -> None:
    said(f"{'Salt was dear. ' * 12}\n---\n\nOn.", "5:1 long-heading")


def test_headings_keep_their_markup_and_attributes() -> None:
    assert body_of('## A *b* "c" {#here .wide}\n\n## D ##') == (
        '<h2 class="wide" id="salt--here">A <em>b</em> “c”</h2>\n<h2 id="salt--d">D</h2>'
    )


def test_a_hashtag_is_no_heading() -> None:
    assert body_of("#MeToo began") == "<p>#MeToo began</p>"


def test_equal_headings_get_different_ids() -> None:
    assert 'id="salt--who-2"' in body_of("## Who?\n\n## Who?")
    assert body_of("## Note 1") == '<h2 id="salt--note-1-text">Note 1</h2>'


def test_a_slug_that_begins_with_a_digit_still_gives_ids() -> None:
    assert read("## One", slug="1917")[0].body == '<h2 id="_1917--one">One</h2>'


# --- Lists, tables and small things ---


def test_lists() -> None:
    assert body_of("- a\n- b\n\n3. c\n4. d") == '<ul><li>a</li><li>b</li></ul>\n<ol start="3"><li>c</li><li>d</li></ol>'


def test_a_year_begins_no_list() -> None:
    assert body_of("1917. A year.") == "<p>1917. A year.</p>"


@pytest.mark.parametrize(
    "typed",
    ["Gill\n:   Oil.\n\nWick\n:   Thread.", "Gill\n: Oil.\nWick\n: Thread."],
)
def test_definition_lists_with_or_without_blank_lines(typed: str) -> None:
    assert body_of(typed) == "<dl><dt>Gill</dt><dd>Oil.</dd><dt>Wick</dt><dd>Thread.</dd></dl>"


def test_abbreviations() -> None:
    assert body_of("The TUC met.\n\n*[TUC]: Trades Union Congress") == (
        '<p>The <abbr title="Trades Union Congress">TUC</abbr> met.</p>'
    )


def test_an_abbreviation_that_stands_nowhere_is_told() -> None:
    said("The CGT met.\n\n*[TUC]: Trades Union Congress", "7:1 unused-abbreviation")


def test_breaks_and_code() -> None:
    assert body_of('a\n\n***\n\n`b--c "d"`\n\n    e < f') == (
        '<p>a</p>\n<hr class="break"/>\n<p><code>b--c "d"</code></p>\n<pre><code>e &lt; f</code></pre>'
    )


def test_fenced_code_is_printed_as_typed() -> None:
    assert body_of("```\n# a {.b} [^c] <d> /// e\n\n/// f\n```") == (
        "<pre><code># a {.b} [^c] &lt;d&gt; /// e\n\n/// f</code></pre>"
    )


def test_code_that_is_never_closed_is_told() -> None:
    said("```\na", "5:1 unclosed-code")


def test_tables_say_what_their_headers_head() -> None:
    assert body_of("| Day | Present |\n|:----|----:|\n| Monday | *12* |") == (
        '<div class="table"><table><thead><tr><th style="text-align: left" scope="col">Day</th>'
        '<th style="text-align: right" scope="col">Present</th></tr></thead>'
        '<tbody><tr><td style="text-align: left">Monday</td>'
        '<td style="text-align: right"><em>12</em></td></tr></tbody></table></div>'
    )


def test_a_table_with_an_empty_corner_has_row_headers() -> None:
    body = body_of("| | Price |\n|--|--|\n| One year | £30 |")
    assert "<tr><td></td><th" in body
    assert '<th scope="row">One year</th>' in body


def test_a_table_may_have_a_caption_and_attributes() -> None:
    caption = "<caption>Who “came”</caption>"
    assert caption in body_of('Who "came"\n{: .caption }\n\n| a | b |\n|---|---|\n| 1 | 2 |')
    body = body_of("| a | b |\n|---|---|\n| 1 | 2 |\n{: .wide caption='Who \"came\"' }")
    assert caption in body
    assert '<table class="wide">' in body


def test_a_long_table_row_loses_nothing() -> None:
    manuscript = said("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "7:1 long-table-row")
    assert "<td>3</td>" in manuscript.body
    assert manuscript.body.count("<td></td>") == 1


def test_the_language_of_phrases_and_paragraphs() -> None:
    assert body_of('*Iskra*{lang=ru-Latn}, a ["Geist"]{lang=de}.') == (
        '<p><em lang="ru-Latn">Iskra</em>, a <span lang="de">„Geist“</span>.</p>'
    )
    assert body_of('Il dit "oui".\n{: lang=fr }') == '<p lang="fr">Il dit «\u202foui\u202f».</p>'


def test_phrases_that_run_the_other_way_say_so() -> None:
    assert body_of("The word [ملح]{lang=ar} and [milḥ]{lang=ar-Latn}, *מלח*{lang=he dir=auto}.") == (
        '<p>The word <span lang="ar" dir="rtl">ملح</span> and <span lang="ar-Latn">milḥ</span>, '
        '<em lang="he" dir="auto">מלח</em>.</p>'
    )
    assert body_of("מלח, *salt*{lang=en}, *ملح*{lang=ar}.", "he") == (
        '<p>מלח, <em lang="en" dir="ltr">salt</em>, <em lang="ar">ملح</em>.</p>'
    )
    assert set_line("A [ملح]{lang=ar}", "en") == 'A <span lang="ar" dir="rtl">ملح</span>'


def test_letters_are_composed_and_joined_ones_are_parted() -> None:
    assert body_of("Cafe\u0301 und ﬁnden ﬂießen Ĳs ǆ; `ﬁ`. x\u0301") == (
        "<p>Café und finden fließen IJs dž; <code>fi</code>. x\u0301</p>"
    )
    assert set_line("\u03b1\u0301λας, Α\u0387 τι\u037e", "el") == "άλας, Α· τι;"


def test_several_attribute_lists_on_a_line() -> None:
    assert body_of("*a*{.x} foo *b*{lang=fr .y}, *c*{#d}") == (
        '<p><em class="x">a</em> foo <em lang="fr" class="y">b</em>, <em id="salt--d">c</em></p>'
    )


def test_words_in_braces_are_words() -> None:
    assert body_of("He said {sic} *so*{much text here}.\n{and so on}") == (
        "<p>He said {sic} <em>so</em>{much text here}.\n{and so on}</p>"
    )


def test_an_attribute_list_that_belongs_to_nothing_is_told() -> None:
    manuscript = said("A word {.page} and\n\n{: .signature }", "5:8 stray-attributes", "7:1 stray-attributes")
    assert "A word {.page} and" in manuscript.body


def test_attributes_that_mean_nothing_are_told() -> None:
    body = "*a*{lagn=fr}\n\n*b*{lang=french!}"
    manuscript = said(body, "5:4 unknown-attribute", "7:4 bad-language")
    assert manuscript.body == "<p><em>a</em></p>\n<p><em>b</em></p>"
    assert hints(body)[0] == "did you mean 'lang'?"


def test_characters_that_cant_be_printed_are_dropped() -> None:
    assert said("a\x07b \ufdd0c", "5:2 control-character", "5:5 control-character").body == "<p>ab c</p>"


def test_line_ends_of_any_system() -> None:
    assert body_of("## A {.b}\r\n\r\nc\rd\n") == '<h2 class="b" id="salt--a">A</h2>\n<p>c\nd</p>'


def test_sentences_in_square_brackets_are_kept() -> None:
    assert body_of("[sic]: Yes.\n\n[Ed.]: no") == "<p>[sic]: Yes.</p>\n<p>[Ed.]: no</p>"


def test_text_nested_too_deeply_is_printed_as_typed() -> None:
    manuscript, report = read("<b>" * 2000 + "salt")
    assert "too-nested" in {problem.code for problem in report}
    assert "salt" in manuscript.body


# --- Pictures ---


def test_an_image_alone_is_a_figure() -> None:
    manuscript = clean("![A mill](pictures/mill.jpg \"The 'mill'\"){.page}")
    assert manuscript.body == (
        '<figure class="figure page"><img src="pictures/mill.jpg" alt="A mill"/>'
        '<figcaption><span class="caption">The ‘mill’</span></figcaption></figure>'
    )
    assert manuscript.pictures == (
        Picture(file="pictures/mill.jpg", alt="A mill", caption="The ‘mill’", place=Span.PAGE),
    )
    assert [(place.path, place.line, place.column) for place in manuscript.places] == [(FILE, 5, 11)]


def test_a_figure_of_html_is_one_like_others() -> None:
    assert body_of('<figure><img src="a.jpg" alt="b"></figure>') == (
        '<figure class="figure column"><img src="a.jpg" alt="b"/></figure>'
    )


def test_an_image_in_a_sentence_stays_there() -> None:
    manuscript = clean("See ![a hand](./pictures/a%20hand.png) there.")
    assert manuscript.body == '<p>See <img src="pictures/a hand.png" alt="a hand"/> there.</p>'
    assert manuscript.pictures[0].file == "pictures/a hand.png"


def test_pictures_that_cant_be_printed() -> None:
    manuscript = said(
        "![far](https://x.example/a.jpg)\n\n![out](../a.jpg)\n\n![none]()\n\n![](pictures/b.jpg)",
        "5:8 remote-picture",
        "7:8 outside-folder",
        "9:9 missing-picture",
        "11:5 missing-alt",
    )
    assert manuscript.body.startswith("<p>far</p>\n<p>out</p>\n<p>none</p>\n<figure")
    assert [picture.file for picture in manuscript.pictures] == ["pictures/b.jpg"]


def test_severities() -> None:
    report = read("![far](https://x.example/a.jpg) ![](b.jpg) *a*{x=y}")[1]
    assert {problem.code: problem.severity for problem in report} == {
        "remote-picture": Severity.ERROR,
        "missing-alt": Severity.WARNING,
        "unknown-attribute": Severity.WARNING,
    }


# --- Single lines and other texts ---


def test_a_line_has_markup_but_no_blocks() -> None:
    assert set_line('# "Salt" and *light* -- [there](https://x.example)', "en") == (
        '# “Salt” and <em>light</em> – <a href="https://x.example">there</a>'
    )
    assert set_line("1. Mai\n- not a list", "de") == "1. Mai - not a list"
    assert set_line("", "en") == ""


def test_a_line_is_safe_and_well_formed() -> None:
    assert set_line("<b>Salt <div>and</div> <script>x</script>[l](05-before-the-state.md)[^1]", "en") == (
        "<b>Salt and l[^1]</b>"
    )


def test_a_text_has_blocks_without_ids() -> None:
    assert set_text("## Editors\n\nA. Lima[^1]\n\n[^1]: And *others*.", "en") == (
        '<h2>Editors</h2>\n<p>A. Lima<sup>1</sup></p>\n<div class="note"><p>1 And <em>others</em>.</p></div>'
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Leser*innen und Autor*innen", "Leser*innen und Autor*innen"),
        ("5*3*2 metres, or 2*x + 3*y", "5*3*2 metres, or 2*x + 3*y"),
        ("Leser*innen/Autor*innen", "Leser*innen/Autor*innen"),
        ("Leser*innen, *die* lasen", "Leser*innen, <em>die</em> lasen"),
        ("**Leser*innen** und „*Leser*innen*“", "<strong>Leser*innen</strong> und „<em>Leser*innen</em>“"),
        ("**alle Leser*innen hier**", "<strong>alle Leser*innen hier</strong>"),
        ("un*believ*able, un*believable*", "un<em>believ</em>able, un<em>believable</em>"),
        ("*un*believable **st**rong", "<em>un</em>believable <strong>st</strong>rong"),
        ("*a b*", "<em>a b</em>"),
        ("`a*b` a*b", "<code>a*b</code> a*b"),
    ],
)
def test_stars_within_words_are_text_unless_they_enclose_letters(typed: str, printed: str) -> None:
    assert set_line(typed, "de") == printed
