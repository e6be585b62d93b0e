"""Boxes and marks: nothing inside the bleed changes, and nothing but plates' colours stands outside."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magbuild.measure import Length
from magbuild.model import Edges, Mark, Printer
from magbuild.printmarks import BAND, Frame, lay_frame, lay_marks
from tests.kit_pages import MM, Box, approx_box, assert_pixels, box, letters, small_pdf
from tests.kit_print import printer_with

ALL = (Mark.CROP, Mark.REGISTRATION, Mark.COLOUR_BAR, Mark.SLUG)
TRIM = (10 * MM, 10 * MM, 110 * MM, 70 * MM)
SHEET = (0.0, 0.0, 120 * MM, 80 * MM)
BLUE_ALL_OVER = "0 0 1 rg -500 -500 2000 2000 re f"


def marked(
    printer: Printer, *contents: str, media: Box = SHEET, boxes: dict[str, Box] | None = None, first: int = 1
) -> bytes:
    with pikepdf.open(io.BytesIO(small_pdf(*contents, media=media, boxes=boxes or {"TrimBox": TRIM}))) as pdf:
        lay_marks(pdf, printer, title="Foundations 37", date="2026-03-20", first=first)
        packed = io.BytesIO()
        pdf.save(packed, deterministic_id=True)
    return packed.getvalue()


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


# --- Boxes ---


def test_without_marks_the_sheet_ends_with_the_bleed() -> None:
    with opened(marked(printer_with(), "", "")) as pdf:
        for page in pdf.pages:
            assert approx_box(box(page, "TrimBox"), *TRIM)
            assert approx_box(box(page, "BleedBox"), 7 * MM, 7 * MM, 113 * MM, 73 * MM)
            assert box(page, "MediaBox") == box(page, "BleedBox")
            assert "/XObject" not in page.obj.Resources or "/Marks1" not in page.obj.Resources.XObject


def test_with_marks_the_sheet_grows_round_the_bleed() -> None:
    with opened(marked(printer_with(marks=(Mark.CROP,)), "")) as pdf:
        (page,) = pdf.pages
        assert approx_box(box(page, "BleedBox"), 7 * MM, 7 * MM, 113 * MM, 73 * MM)
        assert approx_box(box(page, "MediaBox"), 0, 0, 120 * MM, 80 * MM)
        assert "/CropBox" not in page.obj
        assert "/ArtBox" not in page.obj


def test_each_edge_has_its_own_bleed_and_the_inside_of_a_recto_is_its_left() -> None:
    bleed = Edges(top=Length(5), bottom=Length(4), outside=Length(3), inside=Length(0))
    with opened(marked(printer_with(bleed=bleed), "", "")) as pdf:
        recto, verso = pdf.pages
        assert approx_box(box(recto, "BleedBox"), 10 * MM, 6 * MM, 113 * MM, 75 * MM)
        assert approx_box(box(verso, "BleedBox"), 7 * MM, 6 * MM, 110 * MM, 75 * MM)


def test_pages_are_rectos_by_their_number_in_the_issue() -> None:
    bleed = Edges(top=Length(3), bottom=Length(3), outside=Length(3), inside=Length(0))
    with opened(marked(printer_with(bleed=bleed), "", first=4)) as pdf:
        assert approx_box(box(pdf.pages[0], "BleedBox"), 7 * MM, 7 * MM, 110 * MM, 73 * MM)


def test_a_page_that_bleeds_less_says_so() -> None:
    boxes = {"TrimBox": TRIM, "BleedBox": (9 * MM, 10 * MM, 111 * MM, 75 * MM)}
    with opened(marked(printer_with(), "", boxes=boxes)) as pdf:
        assert approx_box(box(pdf.pages[0], "BleedBox"), 9 * MM, 10 * MM, 111 * MM, 73 * MM)


@settings(max_examples=30, deadline=None)
@given(
    bleeds=st.tuples(*[st.floats(0, 20)] * 4),
    offset=st.floats(0, 20),
    marks=st.sets(st.sampled_from(ALL)),
    width=st.floats(20, 400),
    height=st.floats(20, 400),
)
def test_boxes_lie_within_each_other_and_marks_outside_the_bleed(
    bleeds: tuple[float, ...], offset: float, marks: set[Mark], width: float, height: float
) -> None:
    trim = (100.0, 50.0, 100 + width, 50 + height)
    left, bottom, right, top = bleeds
    bleed = (100 - left, 50 - bottom, trim[2] + right, trim[3] + top)
    frame = Frame(trim=trim, bleed=bleed, marks=tuple(sorted(marks)), offset=Length(offset), slug=("x" * 90, "y"))
    with opened(small_pdf("", media=(0, 0, 900, 900))) as pdf:
        lay_frame(pdf, pdf.pages[0], 1, frame)
        (page,) = pdf.pages
        media = box(page, "MediaBox")
        within = 0.001
        assert all(one <= other + within for one, other in zip(media[:2], box(page, "BleedBox")[:2], strict=True))
        assert all(one >= other - within for one, other in zip(media[2:], box(page, "BleedBox")[2:], strict=True))
        if marks:
            for x, y in points(page.obj.Resources.XObject.Marks1):
                assert media[0] - within <= x <= media[2] + within
                assert media[1] - within <= y <= media[3] + within
                inside = bleed[0] + 0.13 < x < bleed[2] - 0.13 and bleed[1] + 0.13 < y < bleed[3] - 0.13
                assert not inside, "a mark reaches into the bleed"


def instructions(form: pikepdf.Object) -> list[tuple[list[Any], str]]:
    return [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(form)]


def points(form: pikepdf.Object) -> list[tuple[float, float]]:
    """Return all corners of what a form draws."""
    found, matrix, saved = [], pikepdf.Matrix(), []
    for operands, sign in instructions(form):
        if sign == "q":
            saved.append(matrix)
        elif sign == "Q":
            matrix = saved.pop()
        elif sign == "cm":
            matrix = pikepdf.Matrix(*(float(value) for value in operands)) @ matrix
        elif sign in ("m", "l", "c"):
            numbers = [float(value) for value in operands]
            found += [matrix.transform(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
        elif sign == "re":
            x, y, width, height = (float(value) for value in operands)
            found += [matrix.transform((x, y)), matrix.transform((x + width, y + height))]
    assert not saved
    return found


# --- Art ---


def test_art_is_cut_at_the_bleed() -> None:
    bleed = Edges(top=Length(5), bottom=Length(5), outside=Length(5), inside=Length(5))
    drawn = marked(printer_with(bleed=bleed, marks=(Mark.CROP,)), BLUE_ALL_OVER)
    assert_pixels(drawn, "_" * 22 + "\n" + "_BBBBBBBBBBBBBBBBBBBB_\n" * 13 + "_" * 22)


def test_the_inside_without_bleed_is_cut_at_the_trim() -> None:
    bleed = Edges(top=Length(0), bottom=Length(0), outside=Length(0), inside=Length(0))
    drawn = marked(printer_with(bleed=bleed, mark_offset=Length(3), marks=(Mark.REGISTRATION,)), BLUE_ALL_OVER)
    assert_pixels(drawn, "_" * 12 + "\n" + "_BBBBBBBBBB_\n" * 6 + "_" * 12)


def test_what_a_page_leaves_unbalanced_does_not_move_the_marks() -> None:
    plain, turned = (marked(printer_with(marks=ALL), content) for content in ("", "0.5 0 0 -0.5 90 400 cm"))
    assert letters(plain, 60) == letters(turned, 60)


# --- Marks ---


@contextmanager
def marks_of(*marks: Mark, **fields: Any) -> Iterator[pikepdf.Object]:
    with opened(marked(printer_with(marks=marks, **fields), "")) as pdf:
        yield pdf.pages[0].obj.Resources.XObject.Marks1


def strokes(*marks: Mark, **fields: Any) -> set[tuple[float, ...]]:
    with marks_of(*marks, **fields) as form:
        corners = [(round(x / MM, 2), round(y / MM, 2)) for x, y in points(form)]
    return {(*one, *other) for one, other in zip(corners[::2], corners[1::2], strict=True)}


def test_crop_marks_point_at_the_corners_of_the_trim() -> None:
    assert strokes(Mark.CROP) == {
        (2, 10, 7, 10),
        (113, 10, 118, 10),
        (2, 70, 7, 70),
        (113, 70, 118, 70),
        (10, 2, 10, 7),
        (10, 73, 10, 78),
        (110, 2, 110, 7),
        (110, 73, 110, 78),
    }


def test_the_offset_counts_from_the_trim_where_it_is_more_than_the_bleed() -> None:
    assert (10, 0, 10, 5) in strokes(Mark.CROP, mark_offset=Length(5))
    assert (10, 2, 10, 7) in strokes(Mark.CROP, mark_offset=Length(1))


@pytest.mark.parametrize("mark", ALL)
def test_each_mark_comes_alone(mark: Mark) -> None:
    drawn = letters(marked(printer_with(marks=(mark,)), ""), 120)
    assert drawn.strip("_\n") or mark in (Mark.CROP, Mark.SLUG), "hairlines and letters fall between the cells"
    with marks_of(mark) as form:
        assert {sign for _, sign in instructions(form)} & {"S", "f"}


def test_only_colours_of_plates_are_used() -> None:
    with marks_of(*ALL) as form:
        operators = {sign for _, sign in instructions(form)}
        assert operators <= {"q", "Q", "cm", "cs", "CS", "scn", "SCN", "k", "m", "l", "c", "h", "re", "f", "S", "w"}
        (space,) = form.Resources.ColorSpace.values()
        assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
        assert [float(value) for value in space[3].C0] == [0, 0, 0, 0]
        assert [float(value) for value in space[3].C1] == [1, 1, 1, 1]


def test_the_bar_has_solids_overprints_and_tints() -> None:
    with marks_of(Mark.COLOUR_BAR) as form:
        inks = [tuple(float(value) for value in operands) for operands, sign in instructions(form) if sign == "k"]
    assert inks[:4] == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]
    assert len(inks) == len(set(inks)) == 12


def test_every_page_has_its_number_in_the_slug_line() -> None:
    with opened(marked(printer_with(marks=(Mark.SLUG,)), "", "")) as pdf:
        one, two = (page.obj.Resources.XObject[f"/Marks{n}"].read_bytes() for n, page in enumerate(pdf.pages, 1))
    assert one != two


@pytest.mark.parametrize("title", ["", "Ünïcödé Журнал", "雑誌 المجلة", "very long " * 40, "(a\\b)"])
@pytest.mark.parametrize("width", [20, 60, 400])
def test_any_title_stays_between_its_marks(title: str, width: int) -> None:
    trim = (10 * MM, 10 * MM, (10 + width) * MM, 70 * MM)
    boxes = {"TrimBox": trim}
    with opened(small_pdf("", media=(0, 0, (20 + width) * MM, 80 * MM), boxes=boxes)) as pdf:
        lay_marks(pdf, printer_with(marks=(Mark.SLUG,)), title=title, date="2026-03-20")
        for x, y in points(pdf.pages[0].obj.Resources.XObject.Marks1):
            assert trim[0] <= x <= trim[2] + 1
            assert y < 7 * MM


def test_pages_that_share_their_resources_keep_marks_of_their_own() -> None:
    data = small_pdf("", "", media=SHEET, boxes={"TrimBox": TRIM})
    with opened(data) as pdf:
        for page in pdf.pages:
            page.obj.Resources = pdf.pages[0].obj.Resources = pdf.make_indirect(pdf.pages[0].obj.Resources)
        lay_marks(pdf, printer_with(marks=(Mark.SLUG,)), title="Salt", date="2026-03-20", first=3)
        assert sorted(pdf.pages[0].obj.Resources.XObject.keys()) == ["/Marks3", "/Marks4"]


def test_a_page_without_resources_or_content_gets_its_marks() -> None:
    with opened(small_pdf("", media=SHEET, boxes={"TrimBox": TRIM})) as pdf:
        for key in ("/Resources", "/Contents"):
            del pdf.pages[0].obj[key]
        lay_marks(pdf, printer_with(marks=ALL), title="Salt", date="2026-03-20")
        assert "/Marks1" in pdf.pages[0].obj.Resources.XObject


def test_the_same_input_gives_the_same_bytes() -> None:
    assert marked(printer_with(marks=ALL), "", "") == marked(printer_with(marks=ALL), "", "")


def test_the_band_is_as_wide_as_marks_need() -> None:
    assert pytest.approx(7 * MM) == BAND
