"""Fillers: which goes where, that none makes a story longer, that they are in no contents, and what is told of them."""

from pathlib import Path

import pytest

from magbuild.build import LaidOut, lay_out
from magbuild.compose import compose, lay_out_desk
from magbuild.copydesk import layout_of, read
from magbuild.fillers import GAP, choose, rooms
from magbuild.flatplan import plan
from magbuild.lines import Kind, Line, Measured
from magbuild.model import StoryType
from magbuild.paginate import Proof, ProofPage
from magbuild.problem import Report
from magbuild.proofreading import read_pages
from magbuild.sheaf import Sheaf
from tests.kit import issue_of
from tests.kit_galleys import article, small_issue, small_story
from tests.kit_lines import FOOT, HEAD, PITCH, column, line, lines, page, picture

WORDS = "Salt came by the road over the pass, and the toll was paid in salt. "
FILLER = "---\ntitle: {title}\ntype: filler\n---\n\n{text}\n"
FILES = {
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nHello there.\n",
    "037/01-salt.md": f"---\ntitle: Salt\nauthor: Ada\n---\n\n{WORDS * 20}\n",
    "037/02-tea.md": f"---\ntitle: Tea\nauthor: Ada\n---\n\n{WORDS * 30}\n",
    "037/ad-short.md": FILLER.format(title="Short", text="Subscribe."),
    "037/ad-tall.md": FILLER.format(title="Tall", text="One.\n\nTwo.\n\nThree.\n\nFour."),
}


def test_each_story_has_the_highest_that_fits_and_none_has_it_twice() -> None:
    rooms = {"salt": 50 + GAP, "tea": 200 + GAP, "ink": 200 + GAP, "oil": 200 + GAP}
    heights = {"low": 40.0, "high": 120.0, "higher": 160.0, "highest": 220.0}
    assert choose(rooms, heights) == {"salt": "low", "tea": "higher", "ink": "high"}


def test_a_filler_needs_white_above_it() -> None:
    assert choose({"salt": 40 + GAP - 0.1}, {"low": 40.0}) == {}
    assert choose({"salt": 40 + GAP}, {"low": 40.0}) == {"salt": "low"}


def test_of_two_that_are_as_high_the_first_is_taken() -> None:
    assert choose({"salt": 99.0}, {"a": 40.0, "b": 40.0}) == {"salt": "a"}


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    return laid_out(tmp_path_factory.mktemp("project"), FILES)


def pages_of(laid: LaidOut, galley: str) -> list[Measured]:
    return [page.measured for page in read_pages(laid.filled.plan, laid.filled.proofs) if page.slug == galley]


def lines_of(laid: LaidOut, galley: str) -> list[Line]:
    return [line for page in pages_of(laid, galley) for line in page.lines]


def texts_of(laid: LaidOut, galley: str) -> list[str]:
    return [line.text.strip() for line in lines_of(laid, galley)]


def laid_out(tmp_path: Path, files: dict[str, str]) -> LaidOut:
    """Lay out an issue of stories that are too short for the pages that a binding wants."""
    report = Report()
    found = lay_out(issue_of(tmp_path, files), report, jobs=1)
    assert {problem.code for problem in report} <= {"blank-page", "page-count"}
    return found


def test_fillers_stand_at_the_feet_of_stories(laid: LaidOut) -> None:
    assert laid.filled.fillers == {"salt": "ad-tall", "tea": "ad-short"}
    found = lines_of(laid, "salt")
    (title,) = [line for line in found if line.text == "Tall"]
    assert title.baseline > max(line.baseline for line in found if "toll" in line.text)
    (page,) = pages_of(laid, "salt")
    assert max(area.bottom for area in page.areas) == pytest.approx(page.bottom, abs=0.5)
    assert not title.flows
    assert "Short" in texts_of(laid, "tea")


def test_their_lines_stand_on_the_grid(laid: LaidOut) -> None:
    (page,) = pages_of(laid, "salt")
    found = {line.text: (line.top - page.top) / PITCH for line in page.lines if not line.flows}
    assert [round(found[word], 2) for word in ("One.", "Two.", "Three.", "Four.")] == [51, 52, 53, 54]
    (ground,) = [area for area in page.areas if not area.flows]
    assert (ground.bottom - ground.top) / PITCH == pytest.approx(6, abs=0.01)


def test_they_are_in_no_running_order_and_no_contents(laid: LaidOut) -> None:
    assert laid.issue.order == ("contents", "editorial", "salt", "tea", "imprint")
    assert {"Short", "Tall"}.isdisjoint(texts_of(laid, "contents"))


def test_it_is_told_where_they_stand(laid: LaidOut) -> None:
    pages = laid.filled.plan.first_pages
    assert laid.filled.told == (f"fillers: 'ad-tall' on page {pages['salt']}, 'ad-short' on page {pages['tea']}",)


def test_what_has_no_room_is_left_out_and_told(tmp_path: Path) -> None:
    many = "\n\n".join(["Word."] * 60)
    salt = f"{FILES['037/01-salt.md']}\n/// filler\n{many}\n///\n"
    files = {name: text for name, text in FILES.items() if "ad-" not in name}
    files |= {"037/ad-high.md": FILLER.format(title="High", text=many), "037/01-salt.md": salt}
    found = laid_out(tmp_path, files)
    assert (found.filled.fillers, found.filled.left_out) == ({}, ("ad-high", "salt/filler-1"))
    assert found.filled.told == ("fillers: no room for 'ad-high', 'salt/filler-1'",)
    assert "Word." in found.manuscripts["salt"].body, "the e-book has it even so"


def test_an_issue_without_any_tells_nothing(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if "ad-" not in name}
    assert laid_out(tmp_path, files).filled.told == ()


def test_a_filler_amid_a_story_stands_where_there_is_room(tmp_path: Path) -> None:
    block = "/// filler | Lamps *and* oil\nLamps are cheap.\n\nOil is dear.\n///"
    files = {name: text for name, text in FILES.items() if "ad-" not in name}
    found = laid_out(tmp_path, files | {"037/02-tea.md": f"{FILES['037/02-tea.md']}\n{block}\n\n{WORDS}\n"})
    page = found.filled.plan.first_pages["salt"]
    assert found.filled.fillers == {"salt": "tea/filler-1"}
    assert found.filled.told == (f"fillers: 'tea/filler-1' on page {page}",)
    assert texts_of(found, "salt")[-3:] == ["Lamps and oil", "Lamps are cheap.", "Oil is dear."]
    assert "Lamps are cheap." not in texts_of(found, "tea")
    assert '<aside class="filler"' in found.manuscripts["tea"].body, "the e-book has it where it was written"


def test_the_end_of_a_department_takes_one(tmp_path: Path) -> None:
    short = "---\ntitle: {0}\ntype: notice\n---\n\n" + WORDS
    files = {name: text for name, text in FILES.items() if "ad-" in name}
    files |= {f"037/0{n}-{name.lower()}.md": short.format(name) for n, name in enumerate(("Pass", "Toll"), start=1)}
    found = laid_out(tmp_path, files)
    assert found.filled.fillers == {"pass": "ad-tall"}
    assert found.filled.proofs["pass"].pages[0].articles == ("pass", "toll")
    title = next(line for line in lines_of(found, "pass") if line.text == "Tall")
    assert title.baseline > max(line.baseline for line in lines_of(found, "pass") if "toll" in line.text)


def test_one_stands_before_a_box_that_has_a_page_to_itself(tmp_path: Path) -> None:
    box = "/// sidebar | Weights\n    form: page\nA hundredweight is 112 pounds.\n///"
    salt = f"{FILES['037/01-salt.md']}\n{box}\n"
    files = {name: text for name, text in FILES.items() if "02-" not in name}
    found = laid_out(tmp_path, files | {"037/01-salt.md": salt})
    assert found.filled.fillers == {"salt": "ad-tall"}
    text, box_page = pages_of(found, "salt")
    assert "Tall" in [line.text for line in text.lines]
    assert [line.text for line in box_page.lines] == ["Weights", "A hundredweight is 112 pounds."]
    assert found.filled.told[0].startswith(f"fillers: 'ad-tall' on page {found.filled.plan.first_pages['salt']}")


def test_each_story_is_told_of_once_with_its_filler(tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []
    lay_out(issue_of(tmp_path, FILES), Report(), jobs=1, tell=lambda stage, detail: told.append((stage, detail)))
    pages = [detail for stage, detail in told if stage == "pages"]
    assert sorted(pages) == sorted(set(pages))
    assert "salt: 1" in pages


@pytest.mark.parametrize(
    ("block", "head", "text"),
    [
        ("/// filler\nLamps are cheap.\n///", ' aria-label="Sidebar"', '<div class="room-filler-head"></div>'),
        (
            "/// filler | *Lamps* and oil\nLamps are cheap.\n///",
            ' aria-label="Lamps and oil"',
            ' id="salt--box-1" data-at="salt/filler-1 body 0"><em>Lamps</em> and oil</p></div>',
        ),
    ],
)
def test_a_filler_is_called_by_its_title_or_by_what_it_is(tmp_path: Path, block: str, head: str, text: str) -> None:
    folder = issue_of(tmp_path, {"037/01-salt.md": f"---\ntitle: Salt\nauthor: Ada\n---\n\n{WORDS}\n\n{block}\n"})
    issue, manuscripts = read(folder, Report())
    desk = lay_out_desk(issue, manuscripts, layout_of(issue, Report()))
    story, galley = compose(desk, [("salt",), ("salt/filler-1",)], {})
    _, _, filler = galley.html.partition('<aside class="room-filler"')
    assert head in filler.partition(">")[0]
    assert text in filler
    assert filler.count("Lamps are cheap.") == 1
    assert "Lamps are cheap." not in story.html


def test_what_is_wrong_with_a_filler_that_is_left_out_is_told(tmp_path: Path) -> None:
    wide = '<table style="width: 300mm"><tr><td style="width: 290mm; text-align: right">Lamps</td></tr></table>'
    files = {name: text for name, text in FILES.items() if "ad-" not in name}
    folder = issue_of(tmp_path, files | {"037/02-tea.md": f"{FILES['037/02-tea.md']}\n/// filler\n{wide}\n///\n"})
    report = Report()
    assert lay_out(folder, report, jobs=1).filled.left_out == ("tea/filler-1",)
    told = [problem for problem in report if problem.code == "text-cut"]
    assert [problem.message for problem in told] == ["'Lamps' in tea/filler-1 runs off the page"]
    assert told[0].place.path == folder / "02-tea.md"


# --- Room ---

LEFT, RIGHT = column(0), column(1)
TEXT = page(lines(20, LEFT), lines(18, RIGHT))
BOX = page(lines(40, LEFT, kind=Kind.SIDEBAR), forced=True)
ROOM = FOOT - HEAD - 20 * PITCH


@pytest.mark.parametrize(
    ("pages", "kind", "room"),
    [
        ([TEXT], StoryType.ESSAY, {"salt": ROOM}),
        ([page(lines(50, LEFT)), TEXT], StoryType.ESSAY, {"salt": ROOM}),
        ([page(lines(50, LEFT)), page(lines(20, LEFT), forced=True)], StoryType.ESSAY, {"salt": ROOM}),
        ([TEXT, BOX], StoryType.ESSAY, {"salt": ROOM}),
        ([TEXT, BOX, page(lines(2, LEFT, kind=Kind.SIDEBAR))], StoryType.ESSAY, {"salt": ROOM}),
        ([page(lines(3, LEFT), picture(LEFT, 4, 20, flows=False))], StoryType.NOTICE, {"salt": ROOM}),
        ([page(lines(3, LEFT), line(19, column(row=0), kind=Kind.CAPTION))], StoryType.ESSAY, {"salt": ROOM}),
        ([page(picture(column(row=0), 0, 20))], StoryType.ESSAY, {}),
        ([TEXT], StoryType.EDITORIAL, {}),
    ],
    ids=["one", "the last", "a new page", "box", "long box", "advert", "foot", "no text", "a page of its own make"],
)
def test_there_is_room_under_all_that_stands_where_a_text_ends(
    pages: list[Measured], kind: StoryType, room: dict[str, float]
) -> None:
    issue = small_issue(small_story("salt", type=kind))
    blank = tuple(ProofPage(anchors=()) for _ in pages)
    proof = Proof(slug="salt", sheaf=Sheaf.of(b""), pages=blank, measured=tuple(pages))
    assert rooms(issue, plan(issue, [article("salt")], {"salt": len(pages)}), {"salt": proof}) == room
