"""Page numbers in the text settle, and most galleys are set only once."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from magbuild.compose import Galley, lay_out_desk
from magbuild.copydesk import read
from magbuild.flatplan import Flatplan
from magbuild.layout import find_layout
from magbuild.paginate import Proof
from magbuild.problem import Report
from magbuild.settle import Onlooker, folios_of, settle
from magbuild.whereabouts import project_of
from magbuild.workshop import Workshop
from tests.kit import issue_of


def story(title: str, words: int = 40, links: str = "") -> str:
    return f"---\ntitle: {title}\nauthor: Ada\n---\n\n{links}\n\n{'word ' * words}\n"


def settled(
    tmp_path: Path, files: dict[str, str], expected: dict[str, int] | None = None
) -> tuple[Flatplan, dict[str, Proof], Counter[str]]:
    folder = issue_of(tmp_path, files)
    report = Report()
    issue, manuscripts = read(folder, report)
    assert not report.failed
    layout = find_layout("house", project_of(folder), folder, report)
    times: Counter[str] = Counter()

    def done(galley: Galley, proof: Proof) -> None:
        assert galley.slug == proof.slug
        times[proof.slug] += 1

    with Workshop(1) as workshop:
        found = settle(lay_out_desk(issue, manuscripts, layout), workshop, Onlooker(done=done), expected or {})
    assert found.settled
    return found.plan, found.proofs, times


def test_links_backwards_and_forwards_are_set_once(tmp_path: Path) -> None:
    flatplan, proofs, times = settled(
        tmp_path,
        {
            "037/01-salt.md": story("Salt", 2000),
            "037/02-tea.md": story("Tea", 1500, "[back](01-salt.md){.page}"),
            "037/03-ink.md": story("Ink", 900, "[back](02-tea.md){.page}"),
        },
    )
    assert set(times.values()) == {1}
    folios = folios_of(flatplan, proofs)
    assert [folios[slug] for slug in ("cover", "contents", "salt")] == [1, 2, 3]
    assert folios["tea"] == 3 + len(proofs["salt"].pages)


def test_stories_that_point_at_each_other_settle(tmp_path: Path) -> None:
    flatplan, proofs, times = settled(
        tmp_path,
        {
            "037/01-salt.md": story("Salt", 1900, "[on](03-ink.md){.page}"),
            "037/02-tea.md": story("Tea", 2600, "[on](03-ink.md){.page} [back](01-salt.md){.page}"),
            "037/03-ink.md": story("Ink", 900, "[back](02-tea.md){.page}"),
        },
    )
    folios = folios_of(flatplan, proofs)
    assert folios["ink"] == 3 + len(proofs["salt"].pages) + len(proofs["tea"].pages)
    assert max(times.values()) <= 3


def test_what_is_expected_does_not_show(tmp_path: Path) -> None:
    files = {
        "037/01-salt.md": story("Salt", 700, "[on](02-tea.md){.page}"),
        "037/02-tea.md": story("Tea", 700, "[back](01-salt.md){.page}"),
    }
    flatplan, proofs, times = settled(tmp_path, files)
    for expected in (folios_of(flatplan, proofs), {"salt": 70, "tea": 80}, {"tea": 4}):
        assert settled(tmp_path, files, expected) == (flatplan, proofs, times)


@pytest.mark.slow
@pytest.mark.parametrize("words", [200, 700, 1400])
def test_made_pages_of_more_than_a_page_are_counted(tmp_path: Path, words: int) -> None:
    files = {f"037/{number:02}-s{number}.md": story(f"Story {number}", 60) for number in range(1, 90)}
    files["037/90-last.md"] = story("Last", words, "[back](89-s89.md){.page}")
    flatplan, proofs, _ = settled(tmp_path, files)
    contents = len(proofs["contents"].pages)
    assert contents > 1
    assert folios_of(flatplan, proofs)["s1"] == 2 + contents


def test_the_pages_are_told_once_and_as_they_come_to_be(tmp_path: Path) -> None:
    files = {f"037/{number:02}-{name}.md": story(name, 700) for number, name in enumerate(("Salt", "Tea", "Ink"), 1)}
    folder, report, told = issue_of(tmp_path, files), Report(), list[tuple[Flatplan, set[str]]]()
    issue, manuscripts = read(folder, report)
    desk = lay_out_desk(issue, manuscripts, find_layout("house", project_of(folder), folder, report))

    def counted(flatplan: Flatplan, proofs: Mapping[str, Proof]) -> None:
        told.append((flatplan, set(proofs)))

    with Workshop(1) as workshop:
        found = settle(desk, workshop, Onlooker(counted=counted))
    [(flatplan, proofs)] = told
    assert [slot.number for slot in flatplan.slots] == [slot.number for slot in found.plan.slots]
    assert flatplan.first_pages == found.plan.first_pages
    assert {"Salt", "Tea", "Ink"} <= proofs


def test_it_is_told_when_all_is_begun_and_before_anything_is_done(tmp_path: Path) -> None:
    files = {"037/01-salt.md": story("Salt", 700), "037/02-tea.md": story("Tea", 700)}
    folder, report, told = issue_of(tmp_path, files), Report(), list[str]()
    issue, manuscripts = read(folder, report)
    desk = lay_out_desk(issue, manuscripts, find_layout("house", project_of(folder), folder, report))
    onlooker = Onlooker(begun=lambda: told.append("begun"), done=lambda galley, proof: told.append(proof.slug))
    with Workshop(1) as workshop:
        settle(desk, workshop, onlooker)
    assert told[0] == "begun"
    assert told.count("begun") == 1
    assert {"salt", "tea"} < set(told)
