"""Adverts booked in issue.yaml: stories come of them, in their places; every mistake has its line and column."""

from pathlib import Path

import pytest

from magbuild.load import load
from magbuild.model import AdvertSize, Artwork, Issue, Position, Standing, StoryType
from magbuild.problem import Report
from tests.kit import assert_problems, issue_of, picture, read_issue

HEAD = "number: 37\npublished: 2026-03-20\n"
FILES: dict[str, str | bytes] = {
    "037/01-salt.md": "---\ntitle: Salt\nauthor: Ana\nsection: essays\n---\nSalt.\n",
    "037/02-tea.md": "---\ntitle: Tea\nauthor: Ana\n---\nTea.\n",
    "037/adverts/a.png": picture("PNG", (210, 297)),
}
ART = "artwork: {file: adverts/a.png, alt: Buy}"


def booked(shelf: Path, *bookings: str, more: str = "", files: dict[str, str | bytes] | None = None) -> Path:
    """Write an issue with these bookings, each from line 4 on a line of its own: `  - {…}`."""
    lines = "".join(f"  - {{{booking}}}\n" for booking in bookings)
    return issue_of(shelf, {**FILES, "037/issue.yaml": f"{HEAD}adverts:\n{lines}{more}", **(files or {})})


def read(folder: Path) -> Issue:
    report = Report()
    issue = load(folder, report)
    assert_problems(report)
    assert issue is not None
    return issue


def test_a_booking_becomes_an_advert(tmp_path: Path) -> None:
    issue = read(booked(tmp_path, f"client: The Night School, size: full, position: page 7, link: a.example, {ART}"))
    story = issue.story("the-night-school")
    advert = story.front.advert
    assert advert is not None
    assert (story.front.type, story.front.title, story.front.language) == (
        StoryType.ADVERT,
        "The Night School",
        "en-GB",
    )
    assert (advert.client, advert.size, advert.link) == ("The Night School", AdvertSize.FULL, "a.example")
    assert advert.artwork == Artwork(file="adverts/a.png", alt="Buy")
    assert advert.position == Position(standing=Standing.PAGE, page=7)
    assert (story.path.name, story.place("advert", "position").line) == ("issue.yaml", 4)
    assert story.place("advert", "position").column == 44


def test_one_client_may_book_twice(tmp_path: Path) -> None:
    issue = read(booked(tmp_path, f"client: Salt, {ART}", f"client: Salt, {ART}", f"client: Söhne, name: s, {ART}"))
    assert issue.order == ("contents", "salt", "tea", "salt-2", "salt-3", "s", "imprint")


@pytest.mark.parametrize(
    ("position", "order"),
    [
        ("inside-front", "ad contents salt tea imprint"),
        ("inside back", "contents salt tea imprint ad"),
        ("back-cover", "contents salt tea imprint ad"),
        ("page 7", "contents salt tea ad imprint"),
        ("recto", "contents salt tea ad imprint"),
        ("any", "contents salt tea ad imprint"),
        ("before tea", "contents salt ad tea imprint"),
        ("Before 02-tea.md", "contents salt ad tea imprint"),
        ("after salt", "contents salt ad tea imprint"),
        ("after contents", "contents ad salt tea imprint"),
        ("before imprint", "contents salt tea ad imprint"),
    ],
)
def test_positions_in_the_order(tmp_path: Path, position: str, order: str) -> None:
    issue = read(booked(tmp_path, f"client: Ad, position: {position}, {ART}"))
    assert " ".join(issue.order) == order


def test_adverts_beside_one_story_keep_their_order_and_take_its_section(tmp_path: Path) -> None:
    bookings = [f"client: {name}, position: {side} tea, {ART}" for name in "ab" for side in ("before", "after")]
    more = "running_order: [{reviews: [salt, tea]}]\n"
    issue = read(booked(tmp_path, *bookings, more=more))
    assert issue.order == ("contents", "salt", "a", "b", "tea", "a-2", "b-2", "imprint")
    assert {story.front.section for story in issue.stories} == {"reviews"}


def test_a_running_order_may_name_bookings_that_have_no_position(tmp_path: Path) -> None:
    issue = read(booked(tmp_path, f"client: Ad, {ART}", more="running_order: [ad, salt, tea]\n"))
    assert issue.order == ("contents", "ad", "salt", "tea", "imprint")


def test_story_files_may_have_a_position_and_no_running_order_names_them(tmp_path: Path) -> None:
    text = "---\ntitle: Ours\ntype: advert\nadvert: {size: full, position: inside-front}\n---\nBuy.\n"
    issue = read(
        booked(tmp_path, files={"037/09-ours.md": text, "037/issue.yaml": HEAD + "running_order: [salt, tea]\n"})
    )
    assert issue.order == ("ours", "contents", "salt", "tea", "imprint")


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ("half", "half-horizontal"),
        ("Half page", "half-horizontal"),
        ("half-page vertical", "half-vertical"),
        ("1/2 portrait", "half-vertical"),
        ("Quarters", "quarter"),
        ("a third of a page", "third"),
        ("full-page", "full"),
        ("double-page spread", "spread"),
        ("DPS", "spread"),
    ],
)
def test_sizes_as_people_write_them(tmp_path: Path, typed: str, size: str) -> None:
    folder = booked(tmp_path, f"client: Ad, size: {typed}, {ART}")
    issue = load(folder, Report())
    assert issue is not None
    advert = issue.story("ad").front.advert
    assert advert is not None
    assert advert.size == size


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("Inside Front", Position(standing=Standing.INSIDE_FRONT)),
        ("inside_back_cover", Position(standing=Standing.INSIDE_BACK)),
        ("IFC", Position(standing=Standing.INSIDE_FRONT)),
        ("outside back cover", Position(standing=Standing.BACK_COVER)),
        ("p. 12", Position(standing=Standing.PAGE, page=12)),
        ("page12", Position(standing=Standing.PAGE, page=12)),
        ("12", Position(standing=Standing.PAGE, page=12)),
        ("right-hand page", Position(standing=Standing.RECTO)),
        ("Left", Position(standing=Standing.VERSO)),
        ("AFTER  04-salt.md", Position(standing=Standing.AFTER, story="04-salt.md")),
        ("anywhere", Position(standing=Standing.ANY)),
    ],
)
def test_positions_as_people_write_them(typed: str, position: Position) -> None:
    assert Position.parse(typed) == position


@pytest.mark.parametrize("typed", ["", "front", "page", "page x", "before", "next to salt", "page -3", "page 12345"])
def test_what_is_no_position(typed: str) -> None:
    with pytest.raises(ValueError, match="is no position"):
        Position.parse(typed)


@pytest.mark.parametrize(
    ("bookings", "problems"),
    [
        (["client: Ad, position: somewhere"], ["4:18 bad-value"]),
        (["client: Ad, size: huge"], ["4:18 bad-value"]),
        (["client: Ad, sise: full"], ["4:18 unknown-field"]),
        (["client: Ad, position: before pepper"], ["4:18 unknown-story"]),
        (["client: Ad, position: after cover"], ["4:18 unknown-story"]),
        (["client: Ad, position: page 1"], ["4:18 advert-position"]),
        (["client: Ad, position: page 0"], ["4:18 advert-position"]),
        (["client: Ad, size: spread, position: page 7"], ["4:32 advert-position"]),
        (["client: Ad, size: spread, position: recto"], ["4:32 advert-position"]),
        (["client: Ad, size: spread, position: back-cover"], ["4:32 advert-position"]),
        (["client: Ad, size: quarter, position: back-cover"], ["4:33 advert-position"]),
        (["client: Ad, size: spread, position: page 6"], []),
        (["client: Ad, size: spread, position: inside-front"], []),
        (["client: Ad, size: spread, position: inside-back"], []),
        (["client: A, position: page 6", "client: B, position: page 6"], ["5:17 advert-place-taken"]),
        (["client: A, position: inside-front", "client: B, position: page 2"], ["5:17 advert-place-taken"]),
        (["client: A, position: page 6, size: spread", "client: B, position: 7"], ["5:17 advert-place-taken"]),
        (["client: A, position: back-cover", "client: B, position: back-cover"], ["5:17 advert-place-taken"]),
        (["client: A, position: inside-back", "client: B, position: IBC, size: spread"], ["5:17 advert-place-taken"]),
        (["client: A, position: 6, size: half", "client: B, position: 6, size: half"], []),
        (["client: A, position: 6, size: half", "client: B, position: 6"], ["5:17 advert-place-taken"]),
        (
            [f"client: {name}, position: 6, size: third" for name in "ABCD"],
            ["7:17 advert-place-taken"],
        ),
        (["client: A, name: x, position: 6", "client: B, position: after x"], ["5:17 advert-position"]),
        (["client: A, name: Not a slug"], ["4:17 bad-slug"]),
        (["client: A, name: salt"], ["4:17 duplicate-slug"]),
        (["size: full"], ["4:5 missing-field"]),
    ],
)
def test_mistakes(tmp_path: Path, bookings: list[str], problems: list[str]) -> None:
    report = Report()
    load(booked(tmp_path, *(f"{booking}, {ART}" for booking in bookings)), report)
    assert_problems(report, *(f"037/issue.yaml:{problem}" for problem in problems))


def test_more_mistakes(tmp_path: Path) -> None:
    folder = booked(
        tmp_path,
        "client: A, position: inside-front",
        "client: B, artwork: {file: adverts/none.pdf, alt: b}",
        "client: C, position: back-cover, artwork: {file: adverts/a.png, alt: b}",
        more="back_cover: {title: Next}\nrunning_order: [salt, a, tea]\n",
    )
    report = Report()
    load(folder, report)
    assert_problems(
        report,
        "037/issue.yaml:4:5 missing-artwork",
        "037/issue.yaml:5:27 missing-picture",
        "037/issue.yaml:6:17 advert-place-taken",
        "037/issue.yaml:8:23 advert-position",
    )


@pytest.mark.parametrize("adverts", ["7", "text", "[[]]", "{a: b}", "[7, null, ~]", "[{artwork: []}]", "[{size: [1]}]"])
def test_odd_bookings_are_problems_and_never_a_crash(tmp_path: Path, adverts: str) -> None:
    folder = issue_of(tmp_path, {**FILES, "037/issue.yaml": f"{HEAD}adverts: {adverts}\n"})
    for problem in read_issue(folder):
        assert problem.place.path.name == "issue.yaml"
        assert problem.place.line == 3
        assert problem.hint


def test_no_bookings_at_all(tmp_path: Path) -> None:
    issue = read(issue_of(tmp_path, {**FILES, "037/issue.yaml": f"{HEAD}adverts:\n"}))
    assert issue.sheet.adverts == ()
