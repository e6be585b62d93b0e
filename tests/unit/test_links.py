"""Links of a made-up issue: they lead to the right page, say what they are about, and none leads nowhere."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest

from magbuild.compose import Galley
from magbuild.layout import Layout
from magbuild.model import Issue
from tests.kit_galleys import article, cover, laid, master_layout, small, small_galley
from tests.kit_pages import MM, annotations, check_structure, destinations
from tests.kit_reading import outline_of


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return master_layout(tmp_path / "kit")


@contextmanager
def made(issue: Issue, galleys: Sequence[Galley], layout: Layout) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(laid(issue, galleys, layout)[0].pdf)) as pdf:
        yield pdf


@pytest.fixture
def linked(layout: Layout) -> Iterator[pikepdf.Pdf]:
    """Four pages: the cover, "salt" on two, "tea" on one; links from the first to all sorts of places."""
    targets = (
        "story:tea",
        "story:tea#tea--end",
        "#salt--end",
        "story:salt#salt--end",
        "story:tea#tea--nowhere",
        "story:none",
        "https://salt.example/#tea",
        "mailto:a@salt.example",
    )
    links = " ".join(f'<a href="{target}">go</a>' for target in targets)
    salt = article("salt", f"<p>{links}</p>" + '<p id="salt--end" style="break-before: page">end</p>')
    tea = article("tea", '<p id="tea--end" style="margin-left: 20mm">end</p>')
    with made(small("salt", "tea"), [cover(), salt, tea], layout) as pdf:
        yield pdf


def goes_to(pdf: pikepdf.Pdf, link: pikepdf.Object) -> tuple[int, list[float | str | None]]:
    assert "/A" not in link
    return destinations(pdf)[str(link.Dest)]


def test_links_between_stories_go_to_the_right_spot_of_the_right_page(linked: pikepdf.Pdf) -> None:
    left, top = 6 * MM, (81 - 6) * MM
    links = annotations(linked.pages[1])
    assert [goes_to(linked, link) for link in links[:4]] == [
        (4, ["/XYZ", pytest.approx(left, abs=0.01), pytest.approx(top, abs=0.01), None]),
        (4, ["/XYZ", pytest.approx(left + 20 * MM, abs=0.01), pytest.approx(top - 24, abs=0.01), None]),
        (3, ["/XYZ", pytest.approx(left, abs=0.01), pytest.approx(top, abs=0.01), None]),
        (3, ["/XYZ", pytest.approx(left, abs=0.01), pytest.approx(top, abs=0.01), None]),
    ]


def test_links_out_of_the_issue_stay_what_they_are(linked: pikepdf.Pdf) -> None:
    links = annotations(linked.pages[1])
    assert [str(link.A.URI) for link in links[5:]] == ["https://salt.example/#tea", "mailto:a@salt.example"]
    assert all("/Dest" not in link for link in links[5:])


def test_names_of_destinations_are_sorted_and_only_those_that_links_use(linked: pikepdf.Pdf) -> None:
    names = list(linked.Root.Names.Dests.Names)[::2]
    assert [str(name) for name in names] == ["salt--end", "tea", "tea--end"]
    assert names == sorted(names, key=bytes)


def test_a_link_to_a_missing_spot_goes_to_its_story(linked: pikepdf.Pdf) -> None:
    assert goes_to(linked, annotations(linked.pages[1])[4])[0] == 4


def test_no_address_of_the_builders_own_is_left(linked: pikepdf.Pdf) -> None:
    links = [link for page in linked.pages for link in annotations(page)]
    addresses = [str(link.A.URI) for link in links if "/A" in link]
    assert not [address for address in addresses if address.startswith("story:")]


def test_descriptions_of_links_are_for_people(linked: pikepdf.Pdf) -> None:
    described = [str(link.Contents) for link in annotations(linked.pages[1])[:4]]
    assert described == ["Tea", "Tea", "go", "Salt"]


def test_tags_hold_no_link_that_was_taken_out(linked: pikepdf.Pdf) -> None:
    check_structure(linked)
    assert outline_of(linked).count("Link") == 7


def test_a_link_that_leads_nowhere_is_text(layout: Layout) -> None:
    salt = article("salt", '<p>to <a href="story:none">nowhere</a></p><p><a href="story:none"><i></i></a></p>')
    with made(small("salt"), [cover(), salt], layout) as pdf:
        check_structure(pdf)
        assert '"to"\n    Span\n      "nowhere"' in outline_of(pdf)
        assert outline_of(pdf).count("Span") == 1


def test_a_link_is_one_area_whatever_stands_in_it(layout: Layout) -> None:
    salt = article(
        "salt", '<p><a href="story:tea">to <b>tea</b></a> <a href="https://salt.example/"><i>o</i>ut</a></p>'
    )
    with made(small("salt", "tea"), [cover(), salt, article("tea")], layout) as pdf:
        check_structure(pdf)
        assert [str(link.Contents) for link in annotations(pdf.pages[1])] == ["Tea", "out: https://salt.example/"]
        assert outline_of(pdf).count("(link)") == 2


@pytest.mark.parametrize(
    ("link", "described"),
    [
        ('<a href="https://salt.example/a">Salt</a>', "Salt: https://salt.example/a"),
        ('<a href="https://salt.example/">salt.example</a>', "salt.example"),
        ('<a href="mailto:a@salt.example">Write to a@salt.example</a>', "Write to a@salt.example"),
        ('<a href="https://salt.example" aria-label="The salt works">x</a>', "The salt works: https://salt.example"),
        ('<a href="#salt--end" aria-label="To the end">x</a>', "To the end"),
    ],
)
def test_a_link_is_described_by_its_words_and_where_it_leads(link: str, described: str, layout: Layout) -> None:
    salt = article("salt", f'<p>{link}</p><p id="salt--end">end</p>')
    with made(small("salt"), [cover(), salt], layout) as pdf:
        assert [str(area.Contents) for area in annotations(pdf.pages[1])] == [described]


def test_names_in_any_script_are_sorted_as_the_file_has_them(layout: Layout) -> None:
    spots = ["salt--ž", "salt--ü", "salt--ж", "salt--z", "salt--日本"]
    inside = "".join(f'<p id="{spot}"><a href="#{spot}">x</a></p>' for spot in spots)
    with made(small("salt"), [cover(), article("salt", inside)], layout) as pdf:
        names = list(pdf.Root.Names.Dests.Names)[::2]
        assert {str(name) for name in names} == set(spots)
        assert names == sorted(names, key=bytes)


def test_a_story_without_an_anchor_is_reached_by_its_page(layout: Layout) -> None:
    plain = small_galley("tea", "<p>tea</p>")
    galleys = [cover(), article("salt", '<p><a href="story:tea">go</a></p>'), plain]
    with made(small("salt", "tea"), galleys, layout) as pdf:
        assert goes_to(pdf, annotations(pdf.pages[1])[0]) == (3, ["/Fit"])


def test_an_issue_without_links_has_no_names(layout: Layout) -> None:
    with made(small("salt"), [cover(), article("salt")], layout) as pdf:
        assert "/Names" not in pdf.Root
