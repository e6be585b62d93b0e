"""Which stories can be had by themselves, on which pages, and the line that says where they stood."""

from collections.abc import Sequence
from typing import Any

import pytest

from magbuild.compose import Galley
from magbuild.flatplan import plan
from magbuild.language import Language
from magbuild.masters import Source
from magbuild.model import Issue, Medium, Person, Role, StoryType
from magbuild.offprints import Offprint, offprints, source_of
from magbuild.paginate import paginate
from tests.kit_galleys import SMALL, article, cover, small_galley, small_issue, small_story


def of(issue: Issue, galleys: Sequence[Galley]) -> list[Offprint]:
    proofs = {galley.slug: paginate(galley) for galley in galleys}
    return list(
        offprints(issue, plan(issue, galleys, {slug: len(proof.pages) for slug, proof in proofs.items()}), proofs)
    )


def department(*pieces: tuple[str, int]) -> Galley:
    """Return a galley of pieces, each on as many pages, where one begins below the end of the last one."""
    html = "".join(
        f'<article id="{slug}"><p>{slug}</p>' + '<p style="break-before: page">more</p>' * (pages - 1) + "</article>"
        for slug, pages in pieces
    )
    return small_galley(pieces[0][0], html, stories=tuple(slug for slug, _ in pieces))


def test_a_story_stands_on_its_pages() -> None:
    issue = small_issue(small_story("salt"), small_story("tea"), magazine=SMALL)
    found = of(issue, [cover(), article("salt", pages=2), article("tea")])
    assert [(one.story.slug, [slot.number for slot in one.slots], one.shared) for one in found] == [
        ("salt", [2, 3], False),
        ("tea", [4], False),
    ]
    assert found[0].paths == {issue.story("salt").path}


def test_a_piece_of_a_department_stands_on_the_pages_that_show_some_of_it() -> None:
    slugs = ("ash", "salt", "tea")
    issue = small_issue(*(small_story(slug, type=StoryType.NOTICE) for slug in slugs), magazine=SMALL)
    found = of(issue, [cover(), department(("ash", 2), ("salt", 1), ("tea", 2))])
    assert [(one.story.slug, [slot.number for slot in one.slots], one.shared) for one in found] == [
        ("ash", [2, 3], True),
        ("salt", [3], True),
        ("tea", [3, 4], True),
    ]
    assert {slot.galley.slug for slot in found[1].plan.slots if slot.galley} == {"salt"}
    assert found[1].paths == {issue.story("ash").path, issue.story("salt").path}


@pytest.mark.parametrize(
    "fields",
    [
        {"type": StoryType.ADVERT},
        {"editions": (Medium.PRINT,)},
    ],
)
def test_adverts_and_what_is_kept_from_screens_are_not_shared(fields: dict[str, Any]) -> None:
    issue = small_issue(small_story("salt", **fields), small_story("tea"), magazine=SMALL)
    assert [one.story.slug for one in of(issue, [cover(), article("salt"), article("tea")])] == ["tea"]


def source(*people: Person, **fields: Any) -> Source:
    story = small_story("salt", title="On *Salt*", author=people)
    issue = small_issue(story, magazine={**SMALL, "title": "Foundations", **fields}, number=37, season="Spring 2026")
    return source_of(issue, story, 5, 9, Language(code=issue.magazine.language))


def test_the_line_names_people_title_issue_pages_and_address() -> None:
    found = source(Person(name="Ana Lima"), Person(name="Bo Ek"), url="https://foundations.example")
    expected = "Ana Lima and Bo Ek. On Salt. Foundations 37 (Spring 2026), pages\u00a05–9. https://foundations.example"
    assert found.text == expected
    assert found.title == "On <em>Salt</em>"


def test_translators_are_not_taken_for_authors() -> None:
    translator = Person(name="Bo Ek", role=Role.TRANSLATOR)
    assert source(Person(name="Ana Lima"), translator).people == "Ana Lima"
    assert source(translator).people == "Bo Ek"


def test_the_line_speaks_the_language_of_the_magazine() -> None:
    assert source(language="de").text == "On Salt. Foundations 37 (Spring 2026), Seiten\u00a05–9"
    story = small_story("salt")
    alone = source_of(small_issue(story, magazine=SMALL), story, 5, 5, Language(code="fr"))
    assert alone.text == "Salt. Salt 1, page\u00a05"
