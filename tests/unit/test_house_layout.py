"""The house layout's pages: contents, thumb tabs, figures, boxes and pull quotes, and where they stand."""

import re
from pathlib import Path

import pypdfium2
import pytest

from magbuild.layout import find_layout
from magbuild.lines import Column
from magbuild.masters import MadePage, copy_of_masters
from magbuild.measure import Length, Size
from magbuild.model import Colour, Section
from magbuild.paginate import set_sheet
from magbuild.problem import Report
from tests.kit_galleys import small_issue, small_story
from tests.kit_house import RED, TALK, galleys_of, proof_of, red, story
from tests.kit_pages import MM, extent, texts

pytestmark = pytest.mark.slow

WIDE, HIGH, BLEED = 210, 297, 3
TOP, FOOT, SIDE = 22, 22.75, 17
PAPER = (243, 238, 227)

# --- Contents ---


def stories(count: int, place: str = "bleed") -> dict[str, str | bytes]:
    """Return manuscripts: an editorial, then essays with standfirsts, and a running order of two sections."""
    files: dict[str, str | bytes] = {
        f"037/{number:02}-story-{number}.md": story(
            f"title: Story {number}x\nstandfirst: Standfirst {number}x.\n"
            + (f"picture: {{file: {RED}, alt: Red, place: {place}}}" if number < 5 else "")
        ).replace("title: Salt\n", "")
        for number in range(1, count + 1)
    }
    half = count // 2
    names = [f"story-{number}" for number in range(1, count + 1)]
    files["037/issue.yaml"] = (
        "number: 37\npublished: 2026-03-20\nrunning_order:\n"
        f"  - contents\n  - section: essays\n    stories: [{', '.join(names[:half])}]\n"
        f"  - section: reviews\n    stories: [{', '.join(names[half:])}]\n"
    )
    return files


@pytest.mark.parametrize(("count", "pages"), [(8, 1), (18, 2)])
def test_the_contents_take_two_pages_when_they_are_long_and_list_every_story_once(
    tmp_path: Path, count: int, pages: int
) -> None:
    proof = proof_of(tmp_path, "contents", stories(count))
    assert len(proof.pages) == pages
    text = " ".join(" ".join(texts(proof.pdf)).split())
    for number in range(1, count + 1):
        assert text.count(f"Story {number}x") == 1
        assert text.count(f"Standfirst {number}x.") == 1
    assert text.count("Essays") == text.count("Reviews") == 1


def test_a_picture_that_its_story_does_not_show_large_stays_within_the_type_area(tmp_path: Path) -> None:
    left, _, right, _ = extent(proof_of(tmp_path, "contents", stories(18, "column")).pdf, 0, "R")
    assert (left, right) == pytest.approx((SIDE, WIDE - SIDE), abs=0.06)


def test_the_first_page_of_long_contents_has_a_picture_from_edge_to_edge_and_the_essays(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, "contents", stories(18))
    left, _, right, _ = extent(proof.pdf, 0, "R")
    assert (left, right) == pytest.approx((-BLEED, WIDE + BLEED), abs=0.06)
    left, top, right, _ = extent(proof.pdf, 1, "R")
    assert (left, right) == pytest.approx((17, WIDE - 17), abs=0.06)
    assert top == pytest.approx(TOP, abs=0.06)
    first, second = texts(proof.pdf)
    assert ("Essays" in first, "Reviews" in first) == (True, False)
    assert ("Essays" in second, "Reviews" in second) == (False, True)


# --- Thumb tabs ---


def test_each_section_has_its_tab_at_the_outer_edge_a_step_lower_than_the_last() -> None:
    house = find_layout("house", Path("no-project"), Path("no-issue"), Report())
    # Colours too light for type, so that folios are in ink and the tabs alone are coloured.
    sections = (("Essays", "red"), ("Reviews", "green"), ("Letters", "yellow"), ("Notices", "red"))
    colours = {"red": Colour(screen="#ff0000"), "green": Colour(screen="#00ff00"), "yellow": Colour(screen="#ffff00")}
    issue = small_issue(
        small_story("salt"),
        magazine={
            "trim": Size(Length(WIDE), Length(HIGH)),
            "bleed": Length(BLEED),
            "colours": colours,
            "sections": tuple(Section(name=name, colour=colour) for name, colour in sections),
        },
    )
    pages = tuple(
        MadePage(
            number=number,
            side="recto" if number % 2 else "verso",
            kind=kind,
            slug="salt",
            title="Salt",
            section=section,
            colour=colour,
        )
        for number, kind, (section, colour) in [
            (4, "text", sections[0]),
            (5, "text", sections[0]),
            (6, "text", sections[1]),
            (7, "text", sections[2]),
            (8, "bare", sections[3]),
        ]
    )
    pdf = set_sheet(*copy_of_masters(issue, house, pages)).pdf
    step = (HIGH - TOP - FOOT) / 4
    tab = min(step, 32)
    verso, recto = (-BLEED, 5), (WIDE - 5, WIDE + BLEED)
    wanted = [("R", 0, verso), ("R", 0, recto), ("G", 1, verso), ("Y", 2, recto)]
    for page, (letter, number, (left, right)) in enumerate(wanted):
        top = TOP + number * step
        assert extent(pdf, page, letter) == pytest.approx((left, top, right, top + tab), abs=0.06)
    # The opening page of a story stays bare.
    assert texts(pdf)[4].strip() == ""
    with pytest.raises(ValueError, match="zero-size"):
        extent(pdf, 4, "R")


# --- Furniture ---

FIGURE = """
/// figure
    file: pictures/red.png
    alt: Red
    width: {width}
    series: Chart
    credit: Somebody
The caption of it.
///

"""


def furnished(block: str) -> str:
    """Return a story of two pages with a block near its beginning."""
    return story("", f"{TALK * 8}\n\n{block}\n\n" + f"{TALK * 10}\n\n" * 12)


@pytest.mark.parametrize(("width", "left", "right"), [("column", SIDE, SIDE + 85), ("margin", SIDE, SIDE + 36)])
def test_a_figure_stands_in_its_column_or_at_its_margin(tmp_path: Path, width: str, left: float, right: float) -> None:
    proof = proof_of(tmp_path, "salt", {"037/01-salt.md": furnished(FIGURE.format(width=width))})
    found = extent(proof.pdf, 0, "R")
    assert (found[0], found[2]) == pytest.approx((left, right), abs=0.06)
    assert "Chart 1" in texts(proof.pdf)[0].replace("\xa0", " ")


def test_a_figure_across_the_page_stands_at_its_foot_and_one_that_bleeds_runs_off_both_edges(tmp_path: Path) -> None:
    wide = red(1200, 300)
    files: dict[str, str | bytes] = {f"037/{RED}": wide, "037/01-salt.md": furnished(FIGURE.format(width="page"))}
    left, _, right, bottom = extent(proof_of(tmp_path, "salt", files).pdf, 0, "R")
    assert (left, right) == pytest.approx((SIDE, WIDE - SIDE), abs=0.06)
    assert HIGH - FOOT - 12 < bottom < HIGH - FOOT
    files = {f"037/{RED}": wide, "037/01-salt.md": furnished(FIGURE.format(width="bleed"))}
    left, _, right, bottom = extent(proof_of(tmp_path, "salt", files).pdf, 0, "R")
    assert (left, right) == pytest.approx((-BLEED, WIDE + BLEED), abs=0.06)
    assert bottom < HIGH - FOOT - 20


def test_a_pull_quote_across_the_page_stands_at_its_foot_in_large_type(tmp_path: Path) -> None:
    quote = "/// pullquote\n    width: page\n\nSalt was dear, and the road on which it came was long.\n///"
    proof = proof_of(tmp_path, "salt", {"037/01-salt.md": furnished(quote)})
    # Nothing but the drop cap and the title is as high, and these stand at the head of the page.
    large = [(text, bottom / MM) for text, height, bottom in lines(proof.pdf, 0) if height > 20 and bottom / MM < 60]
    assert "Salt was dear" in large[0][0]
    assert large[-1][0].endswith("long.")
    assert FOOT - 3 < large[-1][1] < FOOT + 5


def test_a_box_with_a_page_to_itself_stands_behind_the_story_and_its_notes_on_a_tint(tmp_path: Path) -> None:
    box = "/// sidebar | Who was who\n    form: page\n\nFirst words.\n\nLima\n:   A trader.\n///"
    body = f"{TALK * 8}[^one]\n\n{box}\n\nThe last words.\n\n[^one]: The note.\n"
    proof = proof_of(tmp_path, "salt", {"037/01-salt.md": story("", body)})
    first, second = texts(proof.pdf)
    assert ("The last words." in first, "The note." in first, "Who was who" in first) == (True, True, False)
    assert ("Who was who" in second, "A trader." in second, "The note." in second) == (True, True, False)
    assert [corner(proof.pdf, page) for page in (0, 1)] == [(255, 255, 255), PAPER]


def test_a_box_with_a_page_to_itself_is_one_among_others_in_a_department(tmp_path: Path) -> None:
    box = "/// sidebar | Who was who\n    form: page\n\nFirst words.\n///"
    front = "type: review\nreview: {title: Red}"
    proof = proof_of(tmp_path, "salt", {"037/01-salt.md": story(front, f"{TALK * 8}\n\n{box}\n\nThe last words.\n")})
    (text,) = texts(proof.pdf)
    for words in ("Who was who", "First words.", "The last words."):
        assert words in text


def test_tables_have_lining_figures_and_text_has_old_style_ones(tmp_path: Path) -> None:
    table = "| Year | Tons |\n|:-----|-----:|\n| 1111 | 1,234 |\n"
    galley = galleys_of(tmp_path, {"037/01-salt.md": furnished(table)})["salt"]
    assert re.search(r"table \{[^}]*font-variant-numeric: lining-nums tabular-nums", galley.styles)
    assert re.search(r"body \{[^}]*font-variant-numeric: oldstyle-nums proportional-nums", galley.styles)


# --- Portraits ---

PORTRAIT = "author: {name: Ana Lima, bio: Ana Lima trades., portrait: {file: pictures/red.png, alt: Red}}"


def test_an_editorial_has_its_portrait_at_the_outer_end_of_its_head(tmp_path: Path) -> None:
    front = f"type: editorial\nstandfirst: {TALK}\n{PORTRAIT}"
    files: dict[str, str | bytes] = {"037/01-salt.md": story(front).replace("author: Ana Lima\n", "")}
    proof = proof_of(tmp_path, "salt", files)
    left, top, right, bottom = extent(proof.pdf, 0, "R")
    assert (left, right) == pytest.approx((WIDE - SIDE - 30, WIDE - SIDE), abs=0.06)
    assert bottom - top == pytest.approx(37.5, abs=0.06)


def test_an_essay_has_the_portrait_beside_what_is_said_of_its_author(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"037/01-salt.md": story(PORTRAIT).replace("author: Ana Lima\n", "")}
    left, top, right, bottom = extent(proof_of(tmp_path, "salt", files).pdf, 0, "R")
    assert (right - left, bottom - top) == pytest.approx((18, 22), abs=0.06)
    assert left > WIDE / 2


def test_who_has_written_a_letter_stands_in_the_column_where_it_ends(tmp_path: Path) -> None:
    letter = f"{TALK * 3}\n\nAda Wick, Oxholme\n{{: .signature }}\n\n"
    for shift in range(4):  # so that other letters end with the column
        files: dict[str, str | bytes] = {"037/letters.md": story("type: letters", "Salt.\n\n" * shift + letter * 24)}
        proof = proof_of(tmp_path / str(shift), "letters", files)
        firsts: dict[Column, str] = {}
        for line in (line for page in proof.measured for line in page.lines if line.flows):
            firsts.setdefault(line.column, line.text.strip())
        assert len(firsts) > 2
        assert "Ada Wick, Oxholme" not in firsts.values()


def test_a_word_of_the_lead_in_is_divided_rather_than_its_spaces_torn_apart(tmp_path: Path) -> None:
    begin = "Nobody noticed that the schoolmistress of the upper village wrote to the minister for a second time. "
    proof = proof_of(tmp_path, "salt", {"037/01-salt.md": story("type: essay", f"{begin}{TALK * 20}")})
    (first, *_) = [line for line in proof.measured[0].lines if line.justified]
    assert first.text.startswith("obody noticed")
    assert first.hyphenated
    assert first.spacing < 1


def test_the_head_of_a_review_stands_over_its_text_in_the_same_column(tmp_path: Path) -> None:
    book = "review: {title: A History of Salt and of the Road, author: Ada Wick, publisher: Oxholme, year: 2024}"
    for shift in range(5, 8):  # so that other heads come to the foot of a column
        text = f"{TALK * 9}\n\n" * 3 + "Salt.\n\n" * shift
        files: dict[str, str | bytes] = {
            f"037/{number:02}-salt-{number}x.md": story(f"type: review\n{book}", text).replace(
                " Salt\n", f" Salt {number}x\n", 1
            )
            for number in range(1, 6)
        }
        proof = proof_of(tmp_path / str(shift), "salt-1x", files)
        columns: dict[Column, list[str]] = {}
        for line in (line for page in proof.measured for line in page.lines if line.flows and line.column.row):
            columns.setdefault(line.column, []).append(line.text.strip())
        assert sum("x" in line for texts in columns.values() for line in texts) >= 5
        for texts_ in columns.values():
            assert not re.search(r"Salt \dx|History|Wick|2024", " ".join(texts_[-2:])), texts_[-4:]


def lines(pdf: bytes, page: int) -> list[tuple[str, float, float]]:
    """Return each line of a page with its height and its foot, in pt from the foot of the trim."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        sheet = document[page]
        text = sheet.get_textpage()
        for item in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=text):
            _, bottom, _, top = item.get_bounds()
            found.append((item.extract(), top - bottom, bottom))
        return found
    finally:
        document.close()


def corner(pdf: bytes, page: int) -> tuple[int, int, int]:
    """Return the colour of a page's upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        red_, green, blue = document[page].render(scale=0.2).to_pil().convert("RGB").getpixel((2, 2))
        return red_, green, blue
    finally:
        document.close()


def test_how_a_word_is_said_stands_behind_it_in_brackets(tmp_path: Path) -> None:
    text = "We sold <ruby>salt<rp>(</rp><rt>sal</rt><rp>)</rp></ruby> and <ruby>tea<rt>cha</rt></ruby>.\n"
    [page] = texts(proof_of(tmp_path, "salt", {"037/01-salt.md": story("", text)}).pdf)
    assert "We sold salt(sal) and tea (cha)." in page
