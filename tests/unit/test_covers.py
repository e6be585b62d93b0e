"""Covers of the layouts: whatever a magazine is called, its name and tagline stand over the picture of its cover."""

from pathlib import Path

import pytest

from tests.kit_house import proof_of

MAGAZINE = """
    title: {title}
    tagline: A paper for sailors
    layout: {layout}
    trim: {trim}
"""
ISSUE = """
    number: 37
    published: 2026-03-20
    title: Red
    cover: {{picture: pictures/red.png, alt: Red, style: {style}, lines: [One, Two]}}
"""
TITLES = ("Reef", "The Northern Review", "The Northern Review of Books", "Zeitschrift für Sozialgeschichte")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(
    ("layout", "trim", "style"),
    [("house", "A4", "framed"), ("house", "A5", "framed"), ("digest", "A5", "full"), ("digest", "A5", "framed")],
)
def test_name_and_tagline_stand_over_the_picture(
    tmp_path: Path, title: str, layout: str, trim: str, style: str
) -> None:
    files = {
        "magazine.yaml": MAGAZINE.format(title=title, layout=layout, trim=trim),
        "037/issue.yaml": ISSUE.format(style=style),
    }
    [page] = proof_of(tmp_path, "cover", files).measured
    [picture] = (area for area in page.areas if area.picture)
    [tagline] = (line for line in page.lines if "sailors" in line.text)
    name = [line for line in page.lines if line.text and line.text in title]
    assert name
    assert max(line.bottom for line in name) <= tagline.top + 1
    assert tagline.bottom <= picture.top
