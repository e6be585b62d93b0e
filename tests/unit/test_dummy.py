"""Dummies: what stands on which page, how stories fit, and how that is told as text and as a web page."""

import re
from pathlib import Path

import pytest

from magbuild import dummy as dummies
from magbuild.dummy import Dummy, Entry, Fit, Kind, Leaf
from magbuild.dummy.making import make_dummy
from magbuild.dummy.text import as_text, span
from magbuild.dummy.webpage import as_html
from magbuild.problem import Report, Stopped
from magbuild.proofreading import ReadPage
from tests.kit import issue_of
from tests.kit_lines import column, line, lines, page, read

LEFT, RIGHT = column(0), column(1)
FULL = 55  # lines of a column
LEAVES = (
    Leaf(number=1, kind=Kind.MADE, titles=("Cover",)),
    Leaf(number=2, kind=Kind.ADVERT, titles=("Boots",)),
    Leaf(number=3, kind=Kind.STORY, titles=("Salt & tea",), section="Essays", colour="#123456"),
    Leaf(number=4, kind=Kind.BLANK),
)
ENTRY = Entry(
    slug="salt",
    title="Salt & tea",
    section="Essays",
    colour="#123456",
    words=1234,
    pages=(3,),
    fit=Fit(lines=20, free=37, whole=110, pages=1),
)
DUMMY = Dummy(name="Salt 1", leaves=LEAVES, entries=(ENTRY,))


def fit_of(*measured: object) -> Fit:
    pages: tuple[ReadPage, ...] = read(*measured).pages  # type: ignore[arg-type]
    return dummies._fits(pages)["salt"]


def test_lines_that_are_free_are_counted_in_all_columns() -> None:
    whole = page(lines(FULL, LEFT), lines(FULL, RIGHT))
    fit = fit_of(whole, page(lines(40, LEFT), lines(38, RIGHT)))
    assert fit == Fit(lines=78, free=2 * 15 + 2, whole=110, pages=2)
    assert str(fit) == "32 lines free"
    assert str(fit_of(whole)) == "full"
    assert str(fit_of(page(lines(FULL, LEFT), lines(FULL - 1, RIGHT)))) == "1 line free"


def test_a_little_on_a_last_page_is_over() -> None:
    whole, few = page(lines(FULL, LEFT), lines(FULL, RIGHT)), page(lines(6, LEFT), lines(6, RIGHT))
    assert str(fit_of(whole, few)) == "12 lines over"
    assert str(fit_of(few)) == "98 lines free"  # a page can't be saved


def test_what_stands_under_the_text_takes_room() -> None:
    notes = line(50, column(0, 1, row=2, head=710), baseline=720, top=710, bottom=FULL * 13 + 60.0)
    assert fit_of(page(lines(40, LEFT), lines(40, RIGHT), notes)).free == 0


def test_pages_without_text_have_no_fit() -> None:
    pages = read(page(line(3, column(0, 1, row=0)))).pages
    assert dummies._fits(pages) == {}


@pytest.mark.parametrize(
    ("pages", "told"), [((6,), "6"), ((6, 7, 8), "6-8"), ((6, 7, 9, 11, 12), "6-7, 9, 11-12"), ((), "")]
)
def test_pages_are_told_in_runs(pages: tuple[int, ...], told: str) -> None:
    assert span(pages) == told


def test_first_page_stands_on_the_right() -> None:
    assert DUMMY.spreads == ((None, LEAVES[0]), (LEAVES[1], LEAVES[2]), (LEAVES[3], None))


def test_text_names_blanks_adverts_and_how_stories_fit() -> None:
    assert as_text(DUMMY).split("\n") == [
        "Salt 1: 4 pages; blank: 4; adverts: 2",
        "",
        "                1  Cover",
        "  2  [Boots]    3  Essays: Salt & tea",
        "  4  (blank)",
        "",
        "3  Essays  Salt & tea  1,234 words  1 p.  37 lines free",
    ]


def test_a_web_page_shows_pictures_colours_and_words() -> None:
    html = as_html(DUMMY, {1: b"one", 2: b"two", 3: b"three"}, 1.5)
    assert re.findall(r"base64,([^\"]+)", html) == ["b25l", "dHdv", "dGhyZWU="]
    assert "Salt &amp; tea" in html
    assert "& tea" not in html
    assert html.count("--colour: #123456") == 2  # the page and the story
    assert 'class="blank" style="height: 225px"' in html
    assert "<td>37 lines free</td>" in html


FILES = {
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nHello there.\n",
    "037/01-salt.md": "---\ntitle: Salt\nauthor: Ada\n---\n\n" + "Salt came by the road. " * 300,
    "037/02-a.md": "---\ntitle: Tea\ntype: notice\nauthor: Ada\n---\n\nOn tea.\n",
    "037/03-b.md": "---\ntitle: Ink\ntype: notice\nauthor: Ada\n---\n\nOn ink.\n",
}


def test_an_issue_is_laid_out_and_told(tmp_path: Path) -> None:
    report = Report()
    folder = issue_of(tmp_path, FILES)
    dummy, file = make_dummy(folder, tmp_path / "out", report, jobs=1)
    assert file == tmp_path / "out" / "037" / "flatplan.html"
    told = {entry.slug: (entry.words, len(entry.pages)) for entry in dummy.entries}
    assert told["salt"][0] == 1500
    assert told["salt"][1] > 1
    (reviews,) = [leaf for leaf in dummy.leaves if "Tea" in leaf.titles]
    assert reviews.titles == ("Tea", "Ink")
    fits = {entry.slug: entry.fit for entry in dummy.entries}
    assert fits["a"] is None  # another story stands behind it on the page
    assert fits["b"] is not None
    assert dummy.numbers(Kind.BLANK) == tuple(
        problem.place.page for problem in report if problem.code == "blank-page" and problem.place.page
    )
    assert file.read_text("utf-8").count("data:image/jpeg") == len(dummy.leaves) - len(dummy.numbers(Kind.BLANK))


def test_an_issue_that_cannot_be_read_leaves_no_dummy(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, FILES | {"037/01-salt.md": "---\ntitle: [\n---\n"})
    with pytest.raises(Stopped):
        make_dummy(folder, tmp_path / "out", Report(), jobs=1)
    assert not (tmp_path / "out" / "037").exists()
