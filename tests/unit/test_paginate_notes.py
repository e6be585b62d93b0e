"""Notes at the foot of pages: each on the page of its call, none lost, none where it can't be; or all at the end."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from magbuild.letters import Part, Spot
from magbuild.lines import Kind, Line
from magbuild.paginate import Proof, paginate
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import check_structure, texts
from tests.kit_reading import outline_of

# A page has 16 lines, or 32 in two columns; notes may take five of them.
FOOT = """
body { --line: 12pt }
p { margin: 0 } p, .notes { orphans: 2; widows: 2 }
.body { --snap: lines }
.story .notes { --notes: foot; border-top: 1pt solid; padding-top: 2pt }
.end-notes .notes { --notes: end }
.notes-head { font-size: 9pt; margin: 0 }
.note { font-size: 6pt; line-height: 8pt; break-inside: avoid }
.figure.page { float: footnote; margin: 0 }
.figure.page::footnote-call, .figure.page::footnote-marker { content: none }
.no-floats .figure.page { float: none }
"""
COLUMNS = FOOT + "@page { size: 120mm 81mm } .body { columns: 2; column-gap: 6mm; column-fill: balance }"
LINE = "Salt is dear where it is far from the sea. "  # about a line and a half


def call(number: int) -> str:
    return f'<a class="noteref" role="doc-noteref" id="ref-{number}" href="#note-{number}">{number}</a>'


def note(number: int, text: str = "A source of salt.") -> str:
    return f'<div class="note" role="doc-footnote" id="note-{number}"><p>{number} {text}</p></div>'


def story(body: str, *notes: str, after: str = "", kind: str = "story") -> str:
    """Return a story as templates set it; what stands `after` its text is behind its notes."""
    ends = f'<section class="notes"><h2 class="notes-head">Notes</h2><div>{"".join(notes)}</div></section>'
    return f'<article class="{kind}" id="salt"><div class="body">{body}</div>{ends}</article>{after}'


def paragraph(lines: int, *calls: int, before: int = 0) -> str:
    """Return a paragraph, with calls behind so many of its sentences."""
    return f"<p>{LINE * before}{''.join(map(call, calls))} {LINE * (lines - before)}</p>"


def laid(content: str, styles: str = FOOT, **fields: Any) -> Proof:
    proof = paginate(small_galley("salt", content, SMALL_PAGE + styles, **fields))
    assert [problem.message for problem in proof.problems] == []
    return proof


def test_notes_that_nothing_calls_stand_at_the_end() -> None:
    [page] = texts(laid(story(paragraph(3), note(1))).pdf)
    assert "A source of salt." in page


@pytest.mark.parametrize("kind", ["ul", "ol"])
def test_a_note_may_hold_a_list(kind: str) -> None:
    items = f"<{kind}><li>From the sea.</li><li>From the mine.</li></{kind}>"
    proof = laid(story(paragraph(3, 1), note(1).replace("</p>", f"</p>{items}")))
    [page] = texts(proof.pdf)
    assert [words in page for words in ("A source of salt.", "From the sea.", "From the mine.")] == [True] * 3
    assert page.count("•") == (2 if kind == "ul" else 0)


def pages_of(proof: Proof, kind: str) -> dict[int, int]:
    """Return the page, from 0, on which each `note` or its `ref` stands."""
    names = ((page, name.split("-")) for page, found in enumerate(proof.pages) for name, *_ in found.anchors)
    return {int(name[1]): page for page, name in names if name[0] == kind}


def notes_on(proof: Proof, page: int) -> list[Line]:
    return [line for line in proof.measured[page].lines if line.kind is Kind.NOTE]


def text_on(proof: Proof, page: int) -> list[Line]:
    return [line for line in proof.measured[page].lines if line.kind is Kind.BODY]


def at_foot(proof: Proof) -> bool:
    """Whether all notes stand on the pages of their calls, and nothing of their head is there."""
    heads = [line for page in proof.measured for line in page.lines if line.text == "Notes"]
    return not heads and pages_of(proof, "note") == pages_of(proof, "ref")


@pytest.mark.parametrize("styles", [FOOT, COLUMNS])
def test_a_note_stands_at_the_foot_of_the_page_of_its_call(styles: str) -> None:
    proof = laid(story(paragraph(16, 1, before=2) + paragraph(60), note(1)), styles)
    assert at_foot(proof)
    (line,) = notes_on(proof, 0)
    assert line.text == "1 A source of salt."
    assert max(text.bottom for text in text_on(proof, 0)) < line.top
    assert line.bottom == pytest.approx(proof.measured[0].bottom, abs=0.01)
    assert not line.flows  # text doesn't make way for it where it goes on
    assert not notes_on(proof, 1)


def test_the_text_of_a_page_is_shorter_by_as_many_whole_lines_as_its_notes_need() -> None:
    without = laid(story(paragraph(60)))
    proof = laid(story(paragraph(60, 1, 2, before=2), note(1), note(2)))
    # Two lines of 8 pt with a rule and a distance need 19 pt, which are two lines of text.
    assert [line.baseline for line in text_on(proof, 0)] == [line.baseline for line in text_on(without, 0)][:-2]
    assert [line.baseline for line in text_on(proof, 1)] == [line.baseline for line in text_on(without, 1)]


def test_notes_on_a_page_stand_in_their_order() -> None:
    body = paragraph(8, 1, before=2) + paragraph(6, 2, before=1) + paragraph(40, 3, before=30)
    proof = laid(story(body, note(1), note(2), note(3)))
    assert pages_of(proof, "note") == {1: 0, 2: 0, 3: 3}
    assert [line.text[0] for line in notes_on(proof, 0)] == ["1", "2"]


@pytest.mark.parametrize("styles", [FOOT, COLUMNS])
@pytest.mark.parametrize("before", range(2, 34))
def test_a_call_may_stand_anywhere_even_in_the_last_line_of_a_column(styles: str, before: int) -> None:
    proof = laid(story(paragraph(60, 1, before=before), note(1, LINE * 2)), styles)
    assert at_foot(proof)
    page = pages_of(proof, "note")[1]
    # The room for a note of three lines drives its call to the next page, or there is hardly more white than it needs.
    for number in range(len(proof.pages) - 1):
        reach = [line.bottom for line in (*text_on(proof, number), *notes_on(proof, number))]
        assert proof.measured[number].bottom - max(reach) < 36
    last = max(line.bottom for line in text_on(proof, page))
    assert min(line.top for line in notes_on(proof, page)) - last < 36


def test_where_a_text_ends_its_notes_follow_it() -> None:
    proof = laid(story(paragraph(4, 1, before=2), note(1)))
    (line,) = notes_on(proof, 0)
    assert 0 < line.top - max(text.bottom for text in text_on(proof, 0)) < 24
    assert line.flows


def test_a_picture_at_the_foot_stands_over_the_notes(tmp_path: Path) -> None:
    Image.new("RGB", (40, 10)).save(tmp_path / "pan.png")
    figure = '<figure class="figure page"><img src="picture:pan.png" alt="A pan" style="display:block"></figure>'
    body = paragraph(6, 1, before=2) + figure + paragraph(60)
    proof = laid(story(body, note(1)), pictures=(("pan.png", tmp_path / "pan.png"),))
    (picture,) = [area for area in proof.measured[0].areas if area.picture]
    (line,) = notes_on(proof, 0)
    assert max(text.bottom for text in text_on(proof, 0)) <= picture.top < picture.bottom <= line.top
    assert line.bottom == pytest.approx(proof.measured[0].bottom, abs=0.01)


def test_a_note_that_a_note_calls_stands_with_it() -> None:
    proof = laid(story(paragraph(60, 1, before=2), note(1, f"See there.{call(2)}"), note(2)))
    assert pages_of(proof, "note") == {1: 0, 2: 0}


def test_a_note_that_is_called_twice_stands_where_it_is_first_called() -> None:
    again = call(1).replace('id="ref-1"', 'id="ref-1-2"')
    proof = laid(story(paragraph(30, 1, before=2) + f"<p>{LINE}{again}</p>", note(1)))
    assert [len(notes_on(proof, page)) for page in range(len(proof.pages))] == [1, 0, 0]


# --- Where they can't be at the foot ---


def at_end(proof: Proof) -> bool:
    """Whether all notes stand behind the text, under their head."""
    texts = [line.text for page in proof.measured for line in page.lines]
    begin = texts.index("Notes")
    kinds = [line.kind for page in proof.measured for line in page.lines]
    return Kind.NOTE not in kinds[:begin] and Kind.BODY not in kinds[begin:]


@pytest.mark.parametrize("styles", [FOOT, COLUMNS])
def test_notes_higher_than_a_third_of_the_page_go_to_the_end_with_all_others(styles: str) -> None:
    body = paragraph(20, 1, before=2) + paragraph(60, 2, before=30)
    assert at_foot(laid(story(body, note(1), note(2, LINE * 4)), styles))
    proof = laid(story(body, note(1), note(2, LINE * 30)), styles)
    assert at_end(proof)
    assert pages_of(proof, "note").keys() == {1, 2}


def test_notes_of_which_one_is_never_called_go_to_the_end() -> None:
    assert at_end(laid(story(paragraph(30, 1, before=2), note(1), note(2))))


def test_notes_that_leave_a_hole_in_the_page_go_to_the_end() -> None:
    """A box that isn't divided just fits on the page, but not with the note."""
    box = f'<p style="break-inside: avoid">{LINE * 10}</p>'
    body = paragraph(3, 1, before=2) + box + paragraph(20)
    without = text_on(laid(story(body.replace(call(1), ""))), 0)
    assert (len(without), without[-1].last) == (16, True)
    assert at_end(laid(story(body, note(1))))


def test_a_hole_that_is_there_anyway_drives_no_notes_to_the_end() -> None:
    box = f'<p style="break-inside: avoid">{LINE * 12}</p>'
    assert at_foot(laid(story(paragraph(3, 1, before=2) + box + paragraph(20), note(1))))


def test_notes_stay_where_the_layout_wants_them() -> None:
    assert at_end(laid(story(paragraph(30, 1, before=2), note(1), kind="piece")))


# --- What depends on where they are ---


def test_notes_at_the_foot_are_read_at_the_end_of_the_story() -> None:
    body = "<p>The first page. " + call(1) + "</p>" + paragraph(20) + "<p>The last page.</p>"
    proof = laid(story(body, note(1, "A note.")))
    assert pages_of(proof, "note") == {1: 0}
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        check_structure(pdf)
        outline = outline_of(pdf)
    assert outline.index("The first page.") < outline.index("The last page.") < outline.index("A note.")
    assert '  Sect\n    Note\n      P\n        "1 A note."' in outline
    assert "Reference" in outline


def test_no_page_begins_at_a_note() -> None:
    content = story(paragraph(30, 1, before=2), note(1)).replace("<p>", '<p data-at="salt body 0">')
    proof = laid(content.replace('<div class="note"', '<div data-at="salt notes 0" class="note"'))
    assert proof.pages[0].starts == (Spot("salt", Part.HEAD),)
    assert {spot.part for page in proof.pages[1:] for spot in page.starts} == {Part.BODY}


def test_what_follows_a_note_at_the_foot_is_counted_from_the_text() -> None:
    """A signature that begins a page has no text of the story: it stands where the text has come to."""
    content = story(paragraph(8, 1, before=2).replace("<p>", '<p data-at="salt body 0">'), note(1))
    content = content.replace('<div class="note"', '<div data-at="salt notes 0" class="note"')
    content = content.replace(
        '<section class="notes"', '<div style="break-before: page">By a salter</div><section class="notes"'
    )
    proof = laid(content)
    (spot,) = proof.pages[1].starts
    assert spot.part is Part.BODY
    assert spot.letters > 100


def test_the_same_galley_gives_the_same_pages() -> None:
    content = story(paragraph(60, 1, 2, before=20), note(1, LINE), note(2))
    assert laid(content, COLUMNS).pdf == laid(content, COLUMNS).pdf


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    blocks=st.lists(st.tuples(st.integers(1, 12), st.integers(0, 12), st.integers(0, 3)), min_size=1, max_size=6),
    lengths=st.lists(st.integers(1, 8), min_size=18, max_size=18),
    styles=st.sampled_from([FOOT, COLUMNS]),
)
def test_no_note_is_ever_lost(blocks: list[tuple[int, int, int]], lengths: list[int], styles: str) -> None:
    body, notes = "", list[str]()
    for lines, before, count in blocks:
        numbers = range(len(notes) + 1, len(notes) + 1 + count)
        body += paragraph(lines, *numbers, before=min(before, lines))
        notes += [note(number, LINE * lengths[number - 1]) for number in numbers]
    proof = laid(story(body, *notes) if notes else story(body), styles)
    said = "".join(line.text for page in proof.measured for line in page.lines if line.kind is Kind.NOTE)
    wanted = "".join(f"{number}{LINE * length}" for number, length in enumerate(lengths[: len(notes)], 1))
    assert sorted(said.replace(" ", "")) == sorted(wanted.replace(" ", ""))
    assert not notes or at_foot(proof) or at_end(proof)
