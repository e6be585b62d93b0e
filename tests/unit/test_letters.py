"""Places in a text are counted alike in every tree, whatever divides its lines and words."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from magbuild.letters import AT, Part, Spot, letters, stamp, stretches

PARSERS = (etree.fromstring, ElementTree.fromstring)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Salt and tea", 10),
        ("well-known", 9),
        ("well\u2010known\u2011to\xadgether", 17),
        ("don’t — “ever”", 12),
        ("zero\u200bwidth\u2060signs\ufeff", 14),
        ("\t\n\x07\x85", 0),
        ("", 0),
    ],
)
def test_what_lines_and_words_are_divided_by_does_not_count(text: str, count: int) -> None:
    assert letters(text) == count


@given(st.text())
def test_capitals_count_like_what_they_are_made_of(text: str) -> None:
    assert letters(text) == letters(text.upper())


@pytest.mark.parametrize("parse", PARSERS)
def test_runs_of_text_come_in_order_with_the_letters_before_them(parse: Callable[[str], Any]) -> None:
    tree = parse("<p>Salt <em>is <b>very</b></em> dear<br/>and <img/>good</p>")
    assert [
        (run.owner.tag, run.holder.tag, run.behind, run.text, run.start, run.length) for run in stretches(tree)
    ] == [
        ("p", "p", False, "Salt ", 0, 4),
        ("em", "em", False, "is ", 4, 2),
        ("b", "b", False, "very", 6, 4),
        ("p", "em", True, " dear", 10, 4),
        ("br", "br", False, "", 14, 0),
        ("p", "br", True, "and ", 14, 3),
        ("img", "img", False, "", 17, 1),
        ("p", "img", True, "good", 18, 4),
    ]


@pytest.mark.parametrize("parse", PARSERS)
def test_drawings_and_formulas_are_one_letter(parse: Callable[[str], Any]) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>A lamp</title><text>on</text></svg>'
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi><mo>=</mo><mn>12</mn></math>'
    runs = list(stretches(parse(f"<p>{svg}is {formula}.</p>")))
    assert [(run.text, run.start, run.length) for run in runs] == [("", 0, 1), ("is ", 1, 2), ("", 3, 1), (".", 4, 1)]


@pytest.mark.parametrize(
    "differing",
    [
        '<a class="story-link page only" href="story:tea">page 14</a>',
        '<span class="page-reference"> (page 14)</span>',
        '<a class="backlink" role="doc-backlink" href="#ref">12</a>',
        '<aside class="filler ruled"><p>Lamps are cheap.</p></aside>',
    ],
)
def test_words_that_differ_by_edition_do_not_count(differing: str) -> None:
    runs = list(stretches(etree.fromstring(f"<p>See {differing} there</p>")))
    assert [(run.text, run.start) for run in runs] == [("See ", 0), (" there", 3)]


def test_a_link_with_words_of_its_own_counts() -> None:
    link = '<p><a class="story-link page" href="story:tea">tea</a> <a class="noteref" role="doc-noteref">1</a></p>'
    assert sum(run.length for run in stretches(etree.fromstring(link))) == 4


def test_each_block_says_where_it_begins() -> None:
    tree = etree.fromstring("<div><p>Salt is dear.</p><hr/><ul><li>tea</li><li>ink</li></ul><p/></div>")
    stamp(tree, "salt-roads", Part.BODY)
    assert [Spot.read(block.get(AT, "")) for block in tree] == [
        Spot("salt-roads", Part.BODY, 0),
        Spot("salt-roads", Part.BODY, 11),
        Spot("salt-roads", Part.BODY, 11),
        Spot("salt-roads", Part.BODY, 17),
    ]


def test_places_are_compared_by_part_and_letter() -> None:
    spots = [Spot("salt", part, count) for part in (Part.NOTES, Part.HEAD, Part.BODY) for count in (7, 0)]
    assert [(spot.part, spot.letters) for spot in sorted(spots)] == [
        (part, count) for part in (Part.HEAD, Part.BODY, Part.NOTES) for count in (0, 7)
    ]
