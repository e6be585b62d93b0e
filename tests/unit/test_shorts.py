"""Fillers amid stories: which become pieces of their own, what they are called, and that nothing else changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from magbuild.copydesk import read
from magbuild.manuscript import Manuscript
from magbuild.model import Issue, StoryType
from magbuild.problem import Report
from magbuild.shorts import as_on_pages, manuscript_of
from tests.kit import issue_of

TITLED = "/// filler | The *other* mill\nIt is to let.\n///"
PLAIN = "/// filler\nLamps are cheap today.\n///"


def on_pages(tmp_path: Path, text: str, *, paged: bool = True) -> tuple[Issue, dict[str, Manuscript], Manuscript]:
    """Return an issue of one story as it stands on pages, and the manuscript of the story before."""
    story = f"---\ntitle: Salt\nauthor: Ada\nlanguage: fr\n---\n\n{text}\n"
    issue, manuscripts = read(issue_of(tmp_path, {"037/01-salt.md": story}), Report())
    return *as_on_pages(issue, manuscripts, ("salt",) if paged else ()), manuscripts["salt"]


def test_a_filler_is_a_piece_of_its_own_in_the_file_of_its_story(tmp_path: Path) -> None:
    issue, manuscripts, before = on_pages(tmp_path, f"Salt was dear.\n\n{TITLED}\n\nTea was dearer.\n\n{PLAIN}")
    assert list(manuscripts) == ["salt", "salt/filler-1", "salt/filler-2"]
    assert manuscripts["salt"].body == "<p>Salt was dear.</p>\n\n<p>Tea was dearer.</p>"
    title = '<p class="room-filler-title" id="salt--box-1">The <em>other</em> mill</p>'
    assert manuscripts["salt/filler-1"].body == f"{title}<p>It is to let.</p>"
    assert manuscripts["salt/filler-2"].body == "<p>Lamps are cheap today.</p>"
    assert [manuscripts[slug].words for slug in manuscripts] == [6, 7, 4]
    assert before.words == 17
    salt, *fillers = issue.stories
    assert [(each.slug, each.front.title) for each in fillers] == [
        ("salt/filler-1", "The other mill"),
        ("salt/filler-2", ""),
    ]
    for filler in fillers:
        assert (filler.path, filler.body, filler.body_line) == (salt.path, salt.body, salt.body_line)
        assert (filler.front.type, filler.front.language) == (StoryType.FILLER, "fr")
        assert filler.slug not in issue.order
        assert manuscript_of(filler.slug) == "salt"
    assert manuscript_of("salt") == "salt"


@pytest.mark.parametrize(
    "text",
    [
        "Salt was dear.",
        f"Salt was dear.\n\n{PLAIN.replace('cheap', 'cheap[^oil]')}\n\n[^oil]: By the gallon.",
        f"See [there](#lamps).\n\n{PLAIN.replace('Lamps', '[Lamps]{#lamps}')}",
        f"Salt was [dear]{{#dear}}.\n\n{PLAIN.replace('cheap', '[cheap](#dear)')}",
    ],
    ids=["none", "a note", "a link into it", "a link out of it"],
)
def test_what_notes_or_links_tie_to_a_story_stays_there(tmp_path: Path, text: str) -> None:
    issue, manuscripts, before = on_pages(tmp_path, text)
    assert manuscripts == {"salt": before}
    assert [story.slug for story in issue.stories] == ["salt"]


def test_a_link_within_a_filler_goes_with_it(tmp_path: Path) -> None:
    text = PLAIN.replace("Lamps", "[Lamps]{#lamps}").replace("cheap", "[cheap](#lamps)")
    _, manuscripts, _ = on_pages(tmp_path, f"Salt was dear.\n\n{text}")
    body = '<p><span id="salt--lamps">Lamps</span> are <a href="#salt--lamps">cheap</a> today.</p>'
    assert manuscripts["salt/filler-1"].body == body


def test_one_in_a_box_is_taken_out_of_it(tmp_path: Path) -> None:
    _, manuscripts, _ = on_pages(tmp_path, f"//// sidebar\nBefore.\n\n{PLAIN}\n\nAfter.\n////")
    assert "<p>Before.</p>" in manuscripts["salt"].body
    assert "<p>After.</p>" in manuscripts["salt"].body
    assert "Lamps" not in manuscripts["salt"].body
    assert manuscripts["salt/filler-1"].body == "<p>Lamps are cheap today.</p>"


def test_what_is_in_no_story_on_pages_stays_where_it_is(tmp_path: Path) -> None:
    issue, manuscripts, before = on_pages(tmp_path, f"Salt was dear.\n\n{PLAIN}", paged=False)
    assert manuscripts == {"salt": before}
    assert issue == replace(issue, stories=issue.stories[:1])
