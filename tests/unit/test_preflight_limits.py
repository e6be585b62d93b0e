"""Every limit of the Ghent Workgroup and of the printer: at it, just under it and just over it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Dictionary, Name

from magbuild.measure import Length
from magbuild.model import Binding, BindingRule, Edges, Printer
from magbuild.preflight import preflight
from tests.kit_press import HEIGHT, MM, WIDTH, Press, box, photo, picture, sheetfed, spot, words

WHITE, MIXED, BLACK, GREY = "0 0 0 0 k", "0 0.9 0.8 0 k", "0 0 0 1 k", "0.2 g"


def codes(press: Press, tmp_path: Path, printer: Printer | None = None, **asked: Any) -> list[str]:
    """Return the findings as "error low-resolution", without the one that a page of picture alone would add."""
    result = preflight(press.save(tmp_path / "file.pdf"), printer or sheetfed(), **asked)
    return [f"{'error' if finding.error else 'warning'} {finding.problem.code}" for finding in result.findings]


def drawn(content: str) -> Press:
    press = Press()
    press.draw(2, content)
    return press


def line(colour: str, width: float) -> str:
    """A line of so many pt; the colour is one of an area's."""
    return f"{colour.upper()} {width / MM:.6f} w 20 60 m 60 60 l S"


@pytest.mark.parametrize(
    ("size", "found"),
    [(7.9, ["warning small-white-text"]), (7.99, ["warning small-white-text"]), (8.0, []), (8.1, [])],
)
def test_white_text(size: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"/plain gs {WHITE} {words('Salt', 20, 60, size)}"), tmp_path) == found


@pytest.mark.parametrize(
    ("size", "found"),
    [(7.9, ["warning small-coloured-text"]), (7.99, ["warning small-coloured-text"]), (8.0, []), (8.1, [])],
)
def test_text_in_several_inks(size: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"{MIXED} {words('Salt', 20, 60, size)}"), tmp_path) == found


def test_text_limits_come_from_the_printer(tmp_path: Path) -> None:
    printer = replace(sheetfed(), small=replace(sheetfed().small, white_text=9.0, multi_ink_text=5.0))
    assert codes(drawn(f"/plain gs {WHITE} {words('Salt', 20, 60, 8.9)}"), tmp_path, printer) == [
        "warning small-white-text"
    ]
    assert codes(drawn(f"{MIXED} {words('Salt', 20, 60, 5)}"), tmp_path, printer) == []


@pytest.mark.parametrize(
    ("size", "found"),
    [(11.9, ["warning black-not-overprinting"]), (11.99, ["warning black-not-overprinting"]), (12.0, []), (12.1, [])],
)
def test_black_text_that_does_not_overprint(size: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"/plain gs {BLACK} {words('Salt', 20, 60, size)}"), tmp_path) == found


@pytest.mark.parametrize(("width", "found"), [(1.99, ["warning black-not-overprinting"]), (2.0, []), (2.01, [])])
def test_black_lines_that_do_not_overprint(width: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"/plain gs {line(BLACK, width)}"), tmp_path) == found


@pytest.mark.parametrize(("size", "found"), [(11.99, ["warning grey-text"]), (12.0, [])])
def test_grey_text(size: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"/plain gs {GREY} {words('Salt', 20, 60, size)}"), tmp_path) == found


@pytest.mark.parametrize(("width", "found"), [(1.99, ["warning grey-text"]), (2.0, [])])
def test_grey_lines(width: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"/plain gs {line(GREY, width)}"), tmp_path) == found


@pytest.mark.parametrize("colour", [WHITE, MIXED, "0 1 0 0 k"])
@pytest.mark.parametrize(("width", "found"), [(0.24, ["warning hairline"]), (0.25, []), (0.26, [])])
def test_the_width_of_lines(colour: str, width: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"/plain gs {line(colour, width)}"), tmp_path) == found


@pytest.mark.parametrize(("width", "found"), [(0.24, ["warning hairline"]), (0.25, []), (0.26, [])])
def test_the_width_of_thin_rectangles(width: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"0 1 0 0 k 20 60 {width / MM:.6f} 40 re f"), tmp_path) == found


@pytest.mark.parametrize(
    ("inks", "found"),
    [
        ("0.65 0.65 0.65 0.85", []),  # 280 %
        ("0.66 0.65 0.65 0.85", ["warning rich-black-text"]),
        ("0.7 0.7 0.7 0.84", []),  # not black enough to be meant as black
        ("0.7 0.6 0.6 0.91", ["warning rich-black-text"]),
    ],
)
def test_rich_black_text(inks: str, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"{inks} k {words('Salt', 20, 60, 12)}"), tmp_path) == found


def picture_of(ppi: float, bits: int = 8) -> Callable[[Press], Any]:
    """A picture that has exactly so many pixels to the inch where 240 of them fill the width given by `placed`."""
    if bits == 1:
        return lambda press: picture(press.pdf, bytes(30 * 240), (240, 240), Name.DeviceGray, 1)
    return lambda press: photo(press.pdf, (240, 240))


def placed(ppi: float, bits: int = 8) -> Press:
    press = Press()
    press.add("XObject", "P", picture_of(ppi, bits)(press))
    side = 240 / ppi * 25.4
    press.draw(2, f"q {side:.9f} 0 0 {side:.9f} 20 60 cm /P Do Q")
    return press


@pytest.mark.parametrize(
    ("ppi", "found"),
    [
        (148.9, ["error low-resolution"]),
        (149.0, ["error low-resolution"]),
        (149.1, ["warning low-resolution"]),
        (223.9, ["warning low-resolution"]),
        (224.0, ["warning low-resolution"]),
        (224.1, []),
    ],
)
def test_the_resolution_of_pictures(ppi: float, found: list[str], tmp_path: Path) -> None:
    assert codes(placed(ppi), tmp_path) == found


@pytest.mark.parametrize(
    ("ppi", "found"),
    [
        (548.9, ["error low-resolution"]),
        (549.0, ["error low-resolution"]),
        (549.1, ["warning low-resolution"]),
        (799.0, ["warning low-resolution"]),
        (799.1, []),
    ],
)
def test_the_resolution_of_line_art(ppi: float, found: list[str], tmp_path: Path) -> None:
    assert codes(placed(ppi, 1), tmp_path) == found


@pytest.mark.parametrize(("pixels", "found"), [((16, 16), []), ((17, 16), ["error low-resolution"])])
def test_tiny_pictures_do_not_count(pixels: tuple[int, int], found: list[str], tmp_path: Path) -> None:
    press = Press()
    press.add("XObject", "P", photo(press.pdf, pixels))
    press.draw(2, "q 40 0 0 40 20 60 cm /P Do Q")
    assert codes(press, tmp_path) == found


@pytest.mark.parametrize(
    ("inks", "side", "found"),
    [
        ("0.75 0.75 0.75 0.75", 30, []),  # 300 %
        ("0.75 0.75 0.75 0.76", 30, ["warning too-much-ink"]),
        ("0.8 0.8 0.8 0.8", 30, ["warning too-much-ink"]),  # 320 %
        ("0.8 0.8 0.8 0.81", 30, ["error too-much-ink"]),
        ("1 1 1 1", 10, ["warning too-much-ink"]),  # a square of 15 mm has 185 % in the mean
        ("0.8 0.8 0.8 0.81", 14, ["warning too-much-ink"]),
    ],
)
def test_the_sum_of_inks(inks: str, side: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"{inks} k 20 60 {side} {side} re f"), tmp_path) == found


@pytest.mark.parametrize(
    ("bottom", "found"),
    [
        ((191, 191, 191, 191), []),
        ((196, 196, 196, 196), ["warning too-much-ink"]),
        ((210, 210, 210, 210), ["error too-much-ink"]),
    ],
)
@pytest.mark.parametrize("jpeg", [False, True])
def test_the_ink_of_pictures(bottom: tuple[int, ...], found: list[str], jpeg: bool, tmp_path: Path) -> None:
    press = Press()
    press.add("XObject", "P", photo(press.pdf, top=bottom, bottom=bottom, jpeg=jpeg))
    press.draw(2, "q 60 0 0 40 20 60 cm /P Do Q")
    assert codes(press, tmp_path) == found


def test_the_ink_of_a_jpeg_that_is_not_turned_round(tmp_path: Path) -> None:
    """Without Decode, PDF takes the numbers of an Adobe JPEG as they are: paper becomes ink."""
    press = Press()
    stream = photo(press.pdf, top=(20, 30, 20, 0), bottom=(20, 30, 20, 0), jpeg=True)
    del stream.Decode
    press.add("XObject", "P", stream)
    press.draw(2, "q 60 0 0 40 20 60 cm /P Do Q")
    assert codes(press, tmp_path) == ["error too-much-ink"]


def test_what_covers_heavy_ink_takes_it_away(tmp_path: Path) -> None:
    covered = "1 1 0.8 0.8 k 20 60 40 40 re f 0 0 0.1 0 k 19 59 42 42 re f"
    assert codes(drawn(covered), tmp_path) == ["warning too-much-ink"]


@pytest.mark.parametrize(("bleed", "found"), [(2.9, ["error no-bleed"]), (3.0, []), (3.1, [])])
def test_the_bleed(bleed: float, found: list[str], tmp_path: Path) -> None:
    press = Press()
    press.page(2).BleedBox = box(-bleed, -3, WIDTH + 3, HEIGHT + 3)
    assert codes(press, tmp_path) == found


def test_the_spine_may_need_no_bleed(tmp_path: Path) -> None:
    three = Length(3)
    printer = replace(sheetfed(), bleed=Edges(top=three, bottom=three, outside=three, inside=Length(0)))
    press = Press()
    press.page(2).BleedBox = box(-3, -3, WIDTH, HEIGHT + 3)  # a left-hand page: the spine is at the right
    press.page(3).BleedBox = box(0, -3, WIDTH + 3, HEIGHT + 3)
    assert codes(press, tmp_path, printer) == []
    press.page(3).BleedBox = box(-3, -3, WIDTH, HEIGHT + 3)
    assert codes(press, tmp_path, printer) == ["error no-bleed"]


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (-3.0, []),
        (-2.95, []),
        (-2.8, ["error bleed-not-filled"]),
        (0.0, ["error bleed-not-filled"]),
        (0.45, ["error bleed-not-filled"]),
        (0.55, []),  # too far from the trim to be meant
    ],
)
def test_the_filling_of_the_bleed(left: float, found: list[str], tmp_path: Path) -> None:
    assert codes(drawn(f"0 0 0.2 0 k {left} 60 60 30 re f"), tmp_path) == found


@pytest.mark.parametrize(
    ("page", "x", "found"),
    [
        (2, 2.8, ["warning outside-safe-area"]),
        (2, 3.0, []),
        (3, 4.8, ["warning outside-safe-area"]),  # the spine of a right-hand page: 5 mm
        (3, 5.0, []),
    ],
)
def test_the_safe_area(page: int, x: float, found: list[str], tmp_path: Path) -> None:
    press = Press()
    press.draw(page, words("Salt", x, 60, 12))
    assert codes(press, tmp_path, binding=Binding.SADDLE) == found


@pytest.mark.parametrize(
    ("pages", "rule", "found"),
    [
        (8, BindingRule(multiple=4, least=8, most=64), []),
        (7, BindingRule(multiple=4, least=8, most=64), ["error page-count"]),
        (4, BindingRule(multiple=4, least=8, most=64), ["error page-count"]),
        (8, BindingRule(multiple=4, least=4, most=4), ["error page-count"]),
    ],
)
def test_the_number_of_pages(pages: int, rule: BindingRule, found: list[str], tmp_path: Path) -> None:
    press = Press()
    while len(press.pdf.pages) > pages:
        del press.pdf.pages[-1]
    printer = replace(sheetfed(), saddle=rule)
    assert codes(press, tmp_path, printer, binding=Binding.SADDLE) == found


@pytest.mark.parametrize(("spots", "found"), [(0, ["error spot-not-ordered"]), (1, []), (2, [])])
def test_the_number_of_spot_inks(spots: int, found: list[str], tmp_path: Path) -> None:
    press = drawn("")
    press.add("ColorSpace", "Gold", spot("Gold"))
    press.draw(2, "/Gold cs 1 scn 20 60 20 10 re f")
    assert codes(press, tmp_path, replace(sheetfed(), spots=spots)) == found


@pytest.mark.parametrize(("wider", "found"), [(0.05, []), (0.15, ["warning trims-differ"])])
def test_the_size_of_the_trim(wider: float, found: list[str], tmp_path: Path) -> None:
    press = Press()
    press.page(2).TrimBox = box(0, 0, WIDTH - wider, HEIGHT)
    press.page(2).BleedBox = box(-3, -3, WIDTH + 3, HEIGHT + 3)
    assert codes(press, tmp_path) == found


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        (Dictionary(op=True, OPM=1), []),
        (Dictionary(op=True, OPM=0), ["warning black-not-overprinting"]),
        (Dictionary(OP=True, OPM=1), []),  # without op, OP holds for areas and text too
        (Dictionary(OP=True, op=False, OPM=1), ["warning black-not-overprinting"]),
    ],
)
def test_ways_to_overprint(mode: Dictionary, found: list[str], tmp_path: Path) -> None:
    press = Press()
    press.add("ExtGState", "Way", mode)
    press.draw(2, f"/Way gs {BLACK} {words('Salt', 20, 60, 9)}")
    assert codes(press, tmp_path) == found
