"""The cover of a perfect-bound issue: its width, which page where, nothing painted over the spine."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from magbuild.editions.cover_pdf import is_lettered, make, spine, spine_rules, split_cover
from magbuild.layout import find_layout
from magbuild.masters import set_spine
from magbuild.measure import Length, Size
from magbuild.model import Edges, Mark, Paper, Printer, Standard
from magbuild.problem import Report
from tests.kit_galleys import small_issue
from tests.kit_pages import MM, Box, approx_box, assert_pixels, box, letters, small_pdf, texts
from tests.kit_print import complaints, printer_with
from tests.unit.test_booklet import halves, pages_of

STAMP = datetime(2026, 3, 20, tzinfo=UTC)
ISSUE = small_issue(magazine={"title": "Salt", "trim": Size(Length(60), Length(90))}, number=37, season="Spring 2026")
TRIM = (3 * MM, 3 * MM, 63 * MM, 93 * MM)
SHEET = (0.0, 0.0, 66 * MM, 96 * MM)
BOXES: Mapping[str, Box] = {"TrimBox": TRIM, "BleedBox": SHEET}
THICK = Paper(grammage=100, volume=1.5)  # 0.15 mm
CARD = Paper(grammage=250, volume=1.2)  # 0.3 mm


def press(**fields: Any) -> Printer:
    return printer_with(**{"paper": THICK, "cover_paper": CARD, **fields})


def covered(
    target: Path,
    whole: bytes,
    printer: Printer | None = None,
    lettering: bytes | None = None,
    pages: int | None = None,
) -> pikepdf.Pdf:
    """Part a whole issue, make its cover and open it."""
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        inside, cover = split_cover(pdf)
        line = pikepdf.open(io.BytesIO(lettering)) if lettering else None
        assert make(ISSUE, printer or press(), cover, line, pages or len(inside.pages), STAMP, target) == ()
    return pikepdf.open(target)


# --- The spine ---


@pytest.mark.parametrize(
    ("pages", "paper", "card", "expected"),
    [
        (64, Paper(grammage=90, volume=1.0), Paper(grammage=250, volume=1.0), 3.38),
        (40, THICK, CARD, 3.6),
        (0, THICK, CARD, 0.6),
        (2, THICK, CARD, 0.75),
    ],
)
def test_the_spine_is_all_leaves_and_two_of_the_cover(pages: int, paper: Paper, card: Paper, expected: float) -> None:
    assert spine(printer_with(paper=paper, cover_paper=card), pages).mm == pytest.approx(expected)


def test_spines_that_cannot_be_glued_are_a_problem_and_type_needs_more() -> None:
    # 32 pages make 3.0 mm, 58 pages make 4.95 mm, 60 pages make 5.1 mm.
    assert list(spine_rules(ISSUE, press(), 32)) == []
    (problem,) = spine_rules(ISSUE, press(), 30)
    assert (problem.code, problem.place) == ("thin-spine", ISSUE.printer_place)
    assert "30 inside pages on 100 g paper make a spine of 2.9 mm" in problem.message
    assert [is_lettered(press(), pages) for pages in (32, 58, 60)] == [False, False, True]


# --- Parting ---


def test_the_cover_is_the_first_two_and_the_last_two_pages() -> None:
    with pikepdf.open(io.BytesIO(pages_of(10))) as pdf:
        inside, cover = split_cover(pdf)
        assert len(pdf.pages) == 10
        said = []
        for part in (inside, cover):
            packed = io.BytesIO()
            part.save(packed)
            said.append([text.strip() for text in texts(packed.getvalue())])
    assert said == [
        [f"page {number}." for number in range(3, 9)],
        [f"page {number}." for number in (1, 2, 9, 10)],
    ]


@pytest.mark.parametrize("pages", [1, 4])
def test_an_issue_that_is_all_cover_cannot_be_parted(pages: int) -> None:
    with pikepdf.open(io.BytesIO(pages_of(pages))) as pdf, pytest.raises(ValueError, match="nothing inside"):
        split_cover(pdf)


# --- The sheet ---


def test_outside_and_inside_have_their_pages_left_and_right(tmp_path: Path) -> None:
    """Seen from outside the front is on the right; turned over, page 2 lies behind it, on the left."""
    covered(tmp_path / "c.pdf", pages_of(44), lettering=None).close()
    assert halves(tmp_path / "c.pdf") == [("page 44.", "page 1."), ("page 2.", "page 43.")]


@pytest.mark.parametrize("pages", [32, 40, 62, 300])
@pytest.mark.parametrize(
    "marks", [(), (Mark.CROP, Mark.REGISTRATION, Mark.COLOUR_BAR, Mark.SLUG)], ids=["bare", "marks"]
)
def test_it_is_two_trims_and_the_spine_wide(tmp_path: Path, pages: int, marks: tuple[Mark, ...]) -> None:
    wide = (2 * 60 + pages / 2 * 0.15 + 0.6) * MM
    with covered(tmp_path / "c.pdf", pages_of(8), press(marks=marks), pages=pages) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            left, bottom, right, top = box(page, "TrimBox")
            assert right - left == pytest.approx(wide, abs=0.05 * MM / 10)
            assert top - bottom == pytest.approx(90 * MM, abs=0.01)
            more = 3 * MM
            assert approx_box(box(page, "BleedBox"), left - more, bottom - more, right + more, top + more)
            assert box(page, "MediaBox")[:2] == (0, 0)
            assert (box(page, "MediaBox") == box(page, "BleedBox")) is not bool(marks)


def test_only_the_outer_edges_bleed_as_the_printer_asks(tmp_path: Path) -> None:
    bleed = Edges(top=Length(2), bottom=Length(1), outside=Length(3), inside=Length(0))
    with covered(tmp_path / "c.pdf", pages_of(8), press(bleed=bleed)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = box(page, "TrimBox")
            assert approx_box(box(page, "BleedBox"), left - 3 * MM, bottom - 1 * MM, right + 3 * MM, top + 2 * MM)


def coloured(*colours: str) -> bytes:
    return small_pdf(*[f"{colour} -99 -99 9999 9999 re f" for colour in colours], media=SHEET, boxes=BOXES)


RED, GREEN, BLUE, YELLOW = "1 0 0 rg", "0 1 0 rg", "0 0 1 rg", "1 1 0 rg"


def test_pages_end_at_the_spine_which_is_the_letterings_alone(tmp_path: Path) -> None:
    """A spine of 6 mm, two squares: 36 inside pages."""
    whole = coloured(RED, GREEN, *["0 g"] * 4, BLUE, YELLOW)
    covered(tmp_path / "bare.pdf", whole, pages=36, printer=press(cover_paper=Paper(grammage=300, volume=5.5))).close()
    bare = (tmp_path / "bare.pdf").read_bytes()
    assert_pixels(bare, ("Y" * 21 + "__" + "R" * 21 + "\n") * 32, page=0)
    assert_pixels(bare, ("G" * 21 + "__" + "B" * 21 + "\n") * 32, page=1)
    lettering = small_pdf(
        "0 0 1 rg -99 -99 999 999 re f",
        media=(0, 0, 12 * MM, 96 * MM),
        boxes={"TrimBox": (3 * MM, 3 * MM, 9 * MM, 93 * MM), "BleedBox": (0, 0, 12 * MM, 96 * MM)},
    )
    printer = press(cover_paper=Paper(grammage=300, volume=5.5))
    covered(tmp_path / "set.pdf", whole, pages=36, lettering=lettering, printer=printer).close()
    assert_pixels((tmp_path / "set.pdf").read_bytes(), ("Y" * 21 + "BB" + "R" * 21 + "\n") * 32, page=0)
    assert_pixels((tmp_path / "set.pdf").read_bytes(), ("G" * 21 + "__" + "B" * 21 + "\n") * 32, page=1)


def test_it_says_what_it_is(tmp_path: Path) -> None:
    with covered(tmp_path / "c.pdf", pages_of(44)) as pdf:
        assert pdf.pdf_version == "1.6"
        assert str(pdf.docinfo.Title) == "Salt 37 (Spring 2026)"
        assert str(pdf.docinfo.Subject) == "Cover: back, spine of 3.60 mm, front; on page 2 the inside"
        assert len(pdf.Root.OutputIntents) == 1


def test_pictures_of_other_pages_are_left_behind(tmp_path: Path) -> None:
    """Pages share their resources: those of the inside must not come along."""
    noise = bytes(range(256)) * 3000
    images = {"Big": ("RGB", (500, 512), noise), "Small": ("RGB", (1, 1), b"abc")}
    contents = ["/Small Do"] + ["/Big Do"] * 6 + ["/Small Do"]
    contents[1] = contents[6] = ""
    with covered(tmp_path / "c.pdf", small_pdf(*contents, images=images, media=SHEET, boxes=BOXES)) as pdf:
        sizes = {int(thing.Width) for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing}
    assert sizes == {1}


def test_groups_of_pages_blend_in_cmyk(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pages_of(8, "/G gs 0 0 9 9 re f"))) as pdf:
        for page in pdf.pages:
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
            page.obj.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))
        packed = io.BytesIO()
        pdf.save(packed)
    with covered(tmp_path / "c.pdf", packed.getvalue()) as pdf:
        groups = [thing.Group for thing in pdf.objects if hasattr(thing, "keys") and "/Group" in thing]
        assert len(groups) == 6
        assert {str(group.CS) for group in groups} == {"/DeviceCMYK"}


def test_what_the_standard_refuses_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pages_of(8, "/G gs 0 0 9 9 re f"))) as pdf:
        for page in pdf.pages:
            page.obj.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))
        _, cover = split_cover(pdf)
        problems = make(ISSUE, press(standard=Standard.X1A), cover, None, 40, STAMP, tmp_path / "c.pdf")
    assert {problem.code for problem in problems} == {"transparent-object"}
    assert not (tmp_path / "c.pdf").exists()


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        covered(tmp_path / name, pages_of(8), press(marks=(Mark.CROP, Mark.SLUG))).close()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


# --- The line on the spine ---


def house_spine(width: float, lettered: bool = True, **magazine: Any) -> bytes:
    issue = small_issue(
        magazine={"title": "Salt", "trim": Size(Length(60), Length(90)), **magazine}, number=37, season="Spring 2026"
    )
    layout = find_layout("house", Path(), Path("none"), Report())
    return set_spine(issue, layout, Length(width), lettered=lettered)


def test_the_house_layout_sets_title_number_and_season() -> None:
    (text,) = texts(house_spine(8))
    assert text.split() == ["Salt", "37", "Spring", "2026"]
    assert texts(house_spine(8, lettered=False)) == [""]


def test_the_spine_has_its_width_and_the_bleed_of_the_magazine() -> None:
    with pikepdf.open(io.BytesIO(house_spine(6.4, bleed=Length(3)))) as pdf:
        (page,) = pdf.pages
        left, bottom, right, top = box(page, "TrimBox")
        assert (right - left, top - bottom) == pytest.approx((6.4 * MM, 90 * MM), abs=0.05)
        media = box(page, "MediaBox")
        assert bottom - media[1] == pytest.approx(3 * MM, abs=0.05)


@pytest.mark.parametrize(("language", "corner"), [("en", "head"), ("nl", "head"), ("de", "foot"), ("fr-CH", "foot")])
def test_the_line_runs_down_or_as_the_language_has_it_up(language: str, corner: str) -> None:
    document = pypdfium2.PdfDocument(house_spine(8, language=language))
    try:
        page = document[0]
        left, bottom, right, _ = page.get_textpage().get_charbox(0)
        assert (bottom > 45 * MM) == (corner == "head")
        assert 0 < left < right < 8 * MM, "between the edges of the spine"
    finally:
        document.close()


@pytest.mark.parametrize(
    "title", ["Salt", "A quarterly of history, theory, ideas, criticism and other things " * 2, "雑誌"]
)
@pytest.mark.parametrize("width", [5, 12, 40])
def test_the_line_stays_on_the_spine(title: str, width: float) -> None:
    document = pypdfium2.PdfDocument(house_spine(width, title=title))
    try:
        page = document[0]
        assert len(document) == 1
        found = page.get_textpage()
        for index in range(found.count_chars()):
            left, bottom, right, top = found.get_charbox(index)
            if right > left:
                assert 0 <= left < right <= width * MM
                assert 0 <= bottom < top <= 90 * MM
    finally:
        document.close()


def test_the_spine_is_in_the_brands_colour_to_the_edge_of_its_bleed() -> None:
    colours: Mapping[str, Any] = {}
    drawn = letters(house_spine(6, lettered=False, colours=colours), 4)
    assert set(drawn) <= {"?", "\n"}


@pytest.mark.slow
def test_tools_of_printers_find_nothing(tmp_path: Path) -> None:
    marks: Sequence[Mark] = tuple(Mark)
    covered(tmp_path / "c.pdf", pages_of(8), press(marks=marks), pages=80).close()
    assert complaints(tmp_path / "c.pdf") == []
    with pikepdf.open(tmp_path / "c.pdf") as pdf:
        assert isinstance(pdf.Root.OutputIntents, Array)
