"""The index of advertisers: by page, with sizes, and what is missing."""

import json
from pathlib import Path

import pytest

from magbuild.advertisers import as_json, as_text, index, sizes_as_text
from magbuild.flatplan import plan
from magbuild.layout import find_layout
from magbuild.load import load
from magbuild.model import Issue
from magbuild.paginate import Proof, ProofPage
from magbuild.problem import Report
from magbuild.sheaf import Sheaf
from magbuild.whereabouts import project_of
from tests.kit import issue_of, picture
from tests.kit_galleys import small_galley
from tests.kit_pages import small_pdf

SHEET = """
    number: 37
    published: 2026-03-20
    adverts:
      - {client: Tea & Co, position: page 2, artwork: tea.pdf, link: tea.example}
      - {client: Ash, size: quarter, position: after letters, artwork: ash.png}
      - {client: Zinc, size: half}
      - {client: Mud, size: third, artwork: mud.pdf}
      - {client: Lost, size: third, artwork: lost.pdf}
"""


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    folder = issue_of(
        tmp_path,
        {
            "magazine.yaml": "title: Salt\nlanguage: en\n",
            "037/issue.yaml": SHEET,
            "037/01-letters.md": "---\ntitle: Letters\ntype: letters\n---\nDear.\n",
            "037/02-ours.md": "---\ntitle: Ours\ntype: advert\nadvert: half\n---\nBuy.\n",
            "037/tea.pdf": small_pdf(""),
            "037/ash.png": picture("PNG"),
            "037/mud.pdf": b"no PDF",
        },
    )
    found = load(folder, Report())
    assert found is not None
    return found


def test_who_is_on_which_page_and_what_is_missing(issue: Issue) -> None:
    layout = find_layout("house", project_of(issue.folder), issue.folder, Report())
    galleys = [
        small_galley("cover", stories=()),
        small_galley("tea-co"),
        small_galley("letters", stories=("letters", "ash")),
    ]
    pages = (ProofPage(anchors=(("letters", 0, 0),)), ProofPage(anchors=(("ash", 0, 0),)))
    proofs = {"letters": Proof(slug="letters", sheaf=Sheaf.of(b""), pages=pages)}
    flatplan = plan(issue, galleys, {"cover": 1, "tea-co": 1, "letters": 2})
    entries = index(issue, layout, flatplan, proofs)
    assert [(entry.client, entry.pages, str(entry.state)) for entry in entries] == [
        ("Tea & Co", (2,), "placed"),
        ("Ash", (4,), "placed"),
        ("Lost", (), "missing"),
        ("Mud", (), "problem"),
        ("Ours", (), "set"),
        ("Zinc", (), "missing"),
    ]
    lines = as_text(entries).splitlines()
    assert lines[0].split() == ["page", "client", "size", "mm", "position", "artwork", "state"]
    assert lines[1] == "2     Tea & Co  full             210 x 297  page 2         tea.pdf   placed"
    assert lines[-1] == "?     Zinc      half-horizontal  176 x 123  any            -         missing"
    first = json.loads(as_json(entries))[0]
    assert first == {
        "pages": [2],
        "client": "Tea & Co",
        "slug": "tea-co",
        "size": "full",
        "width_mm": 210,
        "height_mm": 297,
        "position": "page 2",
        "artwork": "tea.pdf",
        "link": "tea.example",
        "state": "placed",
    }


def test_sizes_for_clients(issue: Issue) -> None:
    layout = find_layout("house", project_of(issue.folder), issue.folder, Report())
    assert sizes_as_text(issue, layout).splitlines() == [
        "size             trim in mm  with bleed",
        "full             210 x 297   216 x 303",
        "half-horizontal  176 x 123   -",
        "half-vertical    85 x 252    -",
        "third            176 x 80    -",
        "quarter          85 x 123    -",
        "spread           420 x 297   426 x 303",
    ]
