"""Notes: numbered by their calls, whatever they hold and wherever they are called."""

import re

from tests.unit.manuscript_kit import body_of, clean, hints, read, said

CALL = '<a class="noteref" role="doc-noteref" id="salt--ref-{0}" href="#salt--note-{1}">{1}</a>'
BACK = '<a class="backlink" role="doc-backlink" href="#salt--ref-{0}" aria-label="Back to reference {0}">{0}</a>'


def call(number: int, again: str = "") -> str:
    return CALL.format(f"{number}{again}", number)


def test_a_note_and_its_call() -> None:
    manuscript = clean("Salt.[^a]\n\n[^a]: Dear *salt*.")
    assert manuscript.body == f"<p>Salt.{call(1)}</p>"
    assert manuscript.notes == (
        f'<div class="note" role="doc-footnote" id="salt--note-1"><p>{BACK.format(1)} Dear <em>salt</em>.</p></div>'
    )


def test_notes_are_numbered_by_their_calls_not_their_definitions() -> None:
    manuscript = clean("One[^b], *two[^a]* and one again[^b].\n\n- three[^c]\n\n[^c]: C\n[^a]: A\n[^b]: B")
    assert manuscript.body == (
        f"<p>One{call(1)}, <em>two{call(2)}</em> and one again{call(1, '-2')}.</p>\n<ul><li>three{call(3)}</li></ul>"
    )
    assert [line.rpartition(" ")[2] for line in manuscript.notes.split("\n")] == [
        "B</p></div>",
        "A</p></div>",
        "C</p></div>",
    ]


def test_calls_in_tables_boxes_and_captions_count_in_reading_order() -> None:
    manuscript = clean(
        """\
        | a | b |
        |---|---|
        | x[^t] | y |

        /// sidebar | A box[^s]
        Text[^x].
        ///

        /// figure
            file: a.jpg
            alt: words
            credit: Lima[^k]
        A caption[^c].
        ///

        End.[^e]

        [^e]: e
        [^c]: c
        [^k]: k
        [^x]: x
        [^s]: s
        [^t]: t
        """
    )
    assert re.findall(r"</a> (\w)</p>", manuscript.notes) == list("tsxcke")


def test_a_note_of_several_paragraphs_with_a_list() -> None:
    manuscript = clean("Salt.[^a]\n\n[^a]: One.\n\n    Two.\n\n    - three\n    - four\n\nOn.")
    assert manuscript.body == f"<p>Salt.{call(1)}</p>\n<p>On.</p>"
    assert manuscript.notes.endswith("One.</p><p>Two.</p><ul><li>three</li><li>four</li></ul></div>")


def test_a_note_that_begins_with_a_list_has_its_number_before_it() -> None:
    assert f"<p>{BACK.format(1)} </p><ul><li>one</li></ul>" in clean("Salt.[^a]\n\n[^a]:\n    - one").notes


def test_a_note_may_call_a_note() -> None:
    manuscript = clean("Salt[^a] and light[^b].\n\n[^a]: See[^c].\n[^b]: B\n[^c]: C")
    assert f"See{call(3)}." in manuscript.notes


def test_quotation_marks_close_before_a_call() -> None:
    assert body_of('He said "no."[^a] Then\n\n[^a]: x') == f"<p>He said “no.”{call(1)} Then</p>"


def test_a_pull_quote_leaves_calls_out() -> None:
    manuscript = clean("Salt.[^a]\n\n/// pullquote\nSalt.[^a]\n///\n\n[^a]: x")
    assert '<aside class="pullquote" aria-hidden="true"><p>Salt.</p></aside>' in manuscript.body


def test_a_note_that_a_pull_quote_calls_alone_says_so() -> None:
    body = "Salt.\n\n/// pullquote\nSalt.[^a]\n///\n\n[^a]: x"
    assert "x</p>" in said(body, "11:1 unused-note").notes
    assert hints(body) == ["call it in the words that this repeats"]


def test_a_call_without_a_note() -> None:
    body = "Salt.[^tunrer] And\nlight *on[^x]*.\n\n[^turner]: T"
    manuscript = said(body, "5:6 undefined-note", "6:10 undefined-note", "8:1 unused-note")
    assert manuscript.body == "<p>Salt.[^tunrer] And\nlight <em>on[^x]</em>.</p>"
    assert "T</p>" in manuscript.notes
    assert hints(body)[:2] == ["did you mean 'turner'?", "write [^x]: and its text under the story"]


def test_a_note_defined_twice_is_kept_twice() -> None:
    manuscript = said("a[^1]\n\n[^1]: one\n[^1]: two", "8:1 double-note")
    assert "one" in manuscript.notes
    assert "two" in manuscript.notes


def test_an_empty_note() -> None:
    said("a[^1]\n\n[^1]:", "7:1 empty-note")


def test_calls_in_code_are_code() -> None:
    assert body_of("`a[^1]`") == "<p><code>a[^1]</code></p>"


def test_an_exclamation_mark_before_a_call() -> None:
    assert body_of("Oh![^a]\n\n[^a]: x") == f"<p>Oh!{call(1)}</p>"


def test_labels_speak_the_language_of_the_story() -> None:
    assert 'aria-label="Zurück zum Verweis 1"' in read("a[^1]\n\n[^1]: b", "de")[0].notes


def test_headings_in_notes_are_strong_text() -> None:
    notes = clean("a[^1]\n\n[^1]: b\n\n    ## Head").notes
    assert notes.endswith("<p><strong>Head</strong></p></div>")


def test_a_note_may_have_an_odd_name() -> None:
    assert clean("a[^Lih \\*2006]\n\n[^Lih \\*2006]: b").notes.endswith("b</p></div>")
