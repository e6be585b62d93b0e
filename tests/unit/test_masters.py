"""Master pages: what each page carries, and how its running heads are set."""

import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest

from magbuild.flatplan import plan
from magbuild.language import Language
from magbuild.layout import Layout
from magbuild.masters import MadePage, copy_of_masters, made_pages
from magbuild.model import Binding, Section, Start
from magbuild.paginate import paginate, set_sheet
from tests.kit_galleys import (
    MASTER_STYLES,
    MASTERS,
    SMALL,
    article,
    cover,
    laid,
    master_layout,
    refuse_network,
    small,
    small_galley,
    small_issue,
    small_layout,
    small_story,
)
from tests.kit_pages import fonts


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return master_layout(tmp_path / "kit")


def test_every_page_says_what_it_is(layout: Layout) -> None:
    essays = Section(name="essays", title="Essays", colour="deep")
    stories = [
        small_story("salt", section="essays", title="The long road of salt", short_title="Salt"),
        small_story("tea", section="essays"),
        small_story("ink"),
    ]
    magazine = {**SMALL, "binding": Binding.SADDLE, "sections": (essays,)}
    issue = small_issue(*stories, magazine=magazine, order=("contents", "salt", "tea", "ink"))
    both = small_galley(
        "tea",
        '<div id="tea"><p>tea</p></div><div id="ink"><p>ink</p><p style="break-before: page">more</p></div>',
        stories=("tea", "ink"),
        bare=0,
    )
    galleys = [
        cover(),
        cover("contents"),
        article("salt", pages=3, start=Start.VERSO),
        both,
        cover("back-cover"),
    ]
    made_up, _ = laid(issue, galleys, layout)
    assert [dataclasses.astuple(page) for page in made_up.pages] == [
        (1, "recto", "bare", "cover", "Cover", "", ""),
        (2, "verso", "bare", "contents", "Contents", "", ""),
        (3, "recto", "blank", "", "", "", ""),
        (4, "verso", "bare", "salt", "Salt", "Essays", "deep"),
        (5, "recto", "text", "salt", "Salt", "Essays", "deep"),
        (6, "verso", "text", "salt", "Salt", "Essays", "deep"),
        (7, "recto", "text", "tea", "Essays", "Essays", "deep"),
        (8, "verso", "text", "tea", "", "", ""),
        *((number, "recto" if number % 2 else "verso", "blank", "", "", "", "") for number in (9, 10, 11)),
        (12, "verso", "bare", "back-cover", "", "", ""),
    ]


def test_a_made_page_is_named_in_the_magazines_language(layout: Layout) -> None:
    issue = small(order=("contents",))
    proof = paginate(cover("contents"))
    flatplan = plan(issue, [cover("contents")], {"contents": 1})
    (page,) = made_pages(issue, flatplan, {"contents": proof}, Language(code="de"))
    assert page.title == "Inhalt"


def test_masters_are_set_in_the_layouts_fonts(layout: Layout) -> None:
    pages = (MadePage(number=1, side="recto", kind="text", title="Salt"),)
    with pikepdf.open(io.BytesIO(set_sheet(*copy_of_masters(small("salt"), layout, pages)).pdf)) as pdf:
        assert list(fonts(pdf)) == ["Kit"]
        assert all(fonts(pdf).values())
        assert "/StructTreeRoot" not in pdf.Root


def test_masters_load_nothing_from_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = refuse_network(monkeypatch)
    rule = 'body { background: url("http://far.example/x.png") }'
    layout = small_layout(tmp_path / "far", {"masters": MASTERS}, {"tokens": rule, "pages": MASTER_STYLES})
    set_sheet(*copy_of_masters(small("salt"), layout, (MadePage(number=1, side="recto", kind="text"),)))
    assert asked == []
