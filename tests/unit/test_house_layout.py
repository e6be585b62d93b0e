"""The house layout's pages: contents over one or two pages, thumb tabs, and where they stand."""

from pathlib import Path

import pytest

from magbuild.layout import find_layout
from magbuild.masters import MadePage, set_masters
from magbuild.measure import Length, Size
from magbuild.model import Colour, Section
from magbuild.problem import Report
from tests.kit_galleys import small_issue, small_story
from tests.kit_house import RED, proof_of, story
from tests.kit_pages import extent, texts

WIDE, HIGH, BLEED = 210, 297, 3
TOP, FOOT = 22, 22.75

# --- Contents ---


def stories(count: int) -> dict[str, str | bytes]:
    """Return manuscripts: an editorial, then essays with standfirsts, and a running order of two sections."""
    files: dict[str, str | bytes] = {
        f"037/{number:02}-story-{number}.md": story(
            f"title: Story {number}x\nstandfirst: Standfirst {number}x.\n"
            + (f"picture: {{file: {RED}, alt: Red}}" if number < 5 else "")
        ).replace("title: Salt\n", "")
        for number in range(1, count + 1)
    }
    half = count // 2
    names = [f"story-{number}" for number in range(1, count + 1)]
    files["037/issue.yaml"] = (
        "number: 37\npublished: 2026-03-20\nrunning_order:\n"
        f"  - contents\n  - section: essays\n    stories: [{', '.join(names[:half])}]\n"
        f"  - section: reviews\n    stories: [{', '.join(names[half:])}]\n"
    )
    return files


@pytest.mark.parametrize(("count", "pages"), [(8, 1), (18, 2)])
def test_the_contents_take_two_pages_when_they_are_long_and_list_every_story_once(
    tmp_path: Path, count: int, pages: int
) -> None:
    proof = proof_of(tmp_path, "contents", stories(count))
    assert len(proof.pages) == pages
    text = " ".join(" ".join(texts(proof.pdf)).split())
    for number in range(1, count + 1):
        assert text.count(f"Story {number}x") == 1
        assert text.count(f"Standfirst {number}x.") == 1
    assert text.count("Essays") == text.count("Reviews") == 1


def test_the_first_page_of_long_contents_has_a_picture_from_edge_to_edge_and_the_essays(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, "contents", stories(18))
    left, _, right, _ = extent(proof.pdf, 0, "R")
    assert (left, right) == pytest.approx((-BLEED, WIDE + BLEED), abs=0.06)
    left, top, right, _ = extent(proof.pdf, 1, "R")
    assert (left, right) == pytest.approx((17, WIDE - 17), abs=0.06)
    assert top == pytest.approx(TOP, abs=0.06)
    first, second = texts(proof.pdf)
    assert ("Essays" in first, "Reviews" in first) == (True, False)
    assert ("Essays" in second, "Reviews" in second) == (False, True)


# --- Thumb tabs ---


def test_each_section_has_its_tab_at_the_outer_edge_a_step_lower_than_the_last() -> None:
    house = find_layout("house", Path("no-project"), Path("no-issue"), Report())
    # Colours too light for type, so that folios are in ink and the tabs alone are coloured.
    sections = (("Essays", "red"), ("Reviews", "green"), ("Letters", "yellow"), ("Notices", "red"))
    colours = {"red": Colour(screen="#ff0000"), "green": Colour(screen="#00ff00"), "yellow": Colour(screen="#ffff00")}
    issue = small_issue(
        small_story("salt"),
        magazine={
            "trim": Size(Length(WIDE), Length(HIGH)),
            "bleed": Length(BLEED),
            "colours": colours,
            "sections": tuple(Section(name=name, colour=colour) for name, colour in sections),
        },
    )
    pages = tuple(
        MadePage(
            number=number,
            side="recto" if number % 2 else "verso",
            kind=kind,
            slug="salt",
            title="Salt",
            section=section,
            colour=colour,
        )
        for number, kind, (section, colour) in [
            (4, "text", sections[0]),
            (5, "text", sections[0]),
            (6, "text", sections[1]),
            (7, "text", sections[2]),
            (8, "bare", sections[3]),
        ]
    )
    pdf = set_masters(issue, house, pages).pdf
    step = (HIGH - TOP - FOOT) / 4
    tab = min(step, 32)
    verso, recto = (-BLEED, 5), (WIDE - 5, WIDE + BLEED)
    wanted = [("R", 0, verso), ("R", 0, recto), ("G", 1, verso), ("Y", 2, recto)]
    for page, (letter, number, (left, right)) in enumerate(wanted):
        top = TOP + number * step
        assert extent(pdf, page, letter) == pytest.approx((left, top, right, top + tab), abs=0.06)
    # The opening page of a story stays bare.
    assert texts(pdf)[4].strip() == ""
    with pytest.raises(ValueError, match="zero-size"):
        extent(pdf, 4, "R")
