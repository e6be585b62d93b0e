"""Gradients of every type stay gradients; functions are read as a PDF means them."""

import struct
from typing import Any

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from magbuild.separation.calculator import program_of
from magbuild.separation.functions import evaluated, function_of
from magbuild.separation.unseparated import CantSeparate
from tests.kit_separation import code_of, form, icc, inks, page_of, power, program, separated

BRAND, SIGNAL = [0.709804, 0.070588, 0.105882], [0.784314, 0.062745, 0.180392]
WHITE, BLACK = [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]


def along(function: Any, space: Any = Name.DeviceRGB, **entries: Any) -> Dictionary:
    made = Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([0, 0, 9, 9]), Function=function)
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def drawn(pdf: pikepdf.Pdf, shading: Any) -> Any:
    """Return a shading after its page is separated."""
    page_of("/Sh1 sh", pdf, Shading=Dictionary(Sh1=shading))
    assert separated(pdf) == ()
    return pdf.pages[0].obj.Resources.Shading.Sh1


def at(shading: Any, *inputs: float) -> tuple[float, ...]:
    return evaluated(function_of(shading.Function), inputs)


# --- Along a line ---


@pytest.mark.parametrize("kind", [2, 3])
def test_a_gradient_stays_one_and_meets_the_palette(kind: int) -> None:
    made = along(power(BRAND, WHITE), Extend=Array([True, False]))
    made.ShadingType = kind
    made.Coords = Array([0, 0, 9, 9] if kind == 2 else [5, 5, 0, 5, 5, 9])
    found = drawn(pikepdf.new(), made)
    assert int(found.ShadingType) == kind
    assert found.ColorSpace == Name.DeviceCMYK
    assert list(found.Extend) == [True, False]
    assert at(found, 0) == pytest.approx((0, 1, 0.9, 0.2), abs=2e-5)
    assert at(found, 1) == (0, 0, 0, 0)
    middle = [(one + 1) / 2 for one in BRAND]
    assert at(found, 0.5) == pytest.approx(inks().of_rgb(*middle).cmyk, abs=0.05)


def test_stops_stay_where_they_are() -> None:
    parts = Array([power(BRAND, WHITE), power(WHITE, BLACK), power(BRAND, BRAND)])
    stops = Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Bounds=Array([0.25, 0.25]),
        Encode=Array([0, 1, 0, 1, 1, 0]),
        Functions=parts,
    )
    found = drawn(pikepdf.new(), along(stops))
    assert [float(bound) for bound in found.Function.Bounds] == [0.25, 0.25]
    assert at(found, 0.2499) == pytest.approx((0, 0, 0, 0), abs=0.01)
    assert at(found, 0.25) == pytest.approx((0, 1, 0.9, 0.2))


def test_the_same_parts_are_written_once() -> None:
    parts = Array([power(BRAND, WHITE) for _ in range(40)])
    stops = Dictionary(
        FunctionType=3,
        Domain=Array([0, 40]),
        Bounds=Array(list(range(1, 40))),
        Encode=Array([0, 1] * 40),
        Functions=parts,
    )
    found = drawn(pikepdf.new(), along(stops, Domain=Array([0, 40])))
    assert len({part.objgen for part in found.Function.Functions}) == 1


def test_a_power_bends_the_gradient_as_before() -> None:
    found = drawn(pikepdf.new(), along(power(BLACK, WHITE, exponent=3)))
    assert at(found, 0.5)[3] == pytest.approx(inks().of_grey(0.125).cmyk[3], abs=0.01)
    assert at(found, 0.5)[:3] == (0, 0, 0)


def test_a_spot_ink_fades_to_paper_on_its_plate() -> None:
    pdf = pikepdf.new()
    found = drawn(pdf, along(power(SIGNAL, WHITE)))
    assert [str(found.ColorSpace[0]), str(found.ColorSpace[1])] == ["/Separation", "/PANTONE 186 C"]
    assert at(found, 0) == (1,)
    assert at(found, 0.25) == pytest.approx((0.75,), abs=1e-4)
    assert at(found, 1) == (0,)


def test_a_spot_ink_that_is_faded_by_a_mask_keeps_its_plate() -> None:
    found = drawn(pikepdf.new(), along(power(SIGNAL, SIGNAL)))
    assert str(found.ColorSpace[1]) == "/PANTONE 186 C"
    assert at(found, 0.4) == (1,)


def test_a_spot_ink_fades_into_others_on_all_plates() -> None:
    pdf = pikepdf.new()
    found = drawn(pdf, along(power(SIGNAL, BRAND), Background=Array(SIGNAL)))
    names = [str(name) for name in found.ColorSpace[1]]
    assert names == ["/Cyan", "/Magenta", "/Yellow", "/Black", "/PANTONE 186 C"]
    assert at(found, 0) == (0, 0, 0, 0, 1)
    assert at(found, 1) == pytest.approx((0, 1, 0.9, 0.2, 0), abs=2e-5)
    tint = function_of(found.ColorSpace[3])
    alternate = inks().palette.spots["PANTONE 186 C"]
    assert evaluated(tint, (0, 0, 0, 0, 1)) == pytest.approx(alternate, abs=1e-4)
    assert evaluated(tint, (0.1, 0.2, 0.3, 0.4, 0)) == pytest.approx((0.1, 0.2, 0.3, 0.4))
    assert evaluated(tint, (1, 1, 1, 1, 1)) == (1, 1, 1, 1)
    assert found.ColorSpace[4].Colorants["/PANTONE 186 C"][0] == Name.Separation


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=2, max_size=2))
def test_any_gradient_stays_within_the_limit_and_begins_and_ends_right(ends: list[list[float]]) -> None:
    found = drawn(pikepdf.new(), along(power(*ends)))
    if found.ColorSpace == Name.DeviceCMYK:
        for place in (0, 0.01, 0.3, 0.5, 0.8, 1):
            assert sum(at(found, place)) <= 3.001
        first = inks().of_rgb(*ends[0])
        if not first.full_black:
            assert at(found, 0) == pytest.approx(first.process, abs=0.01)


def test_tables_programs_and_arrays_are_read() -> None:
    pdf = pikepdf.new()
    facts = Dictionary(FunctionType=0, Domain=Array([0, 1]), Range=Array([0, 1] * 3), Size=Array([3]), BitsPerSample=8)
    table = pdf.make_stream(bytes([255, 0, 0, 0, 0, 0, 255, 255, 255]), facts)
    calculated = program(pdf, "{ dup 0.5 gt { pop 1 1 1 } { pop 0 0 0 } ifelse }", 1, 3)
    several = Array([power([value], [1 - value]) for value in (0.0, 0.0, 0.0)])
    for function in (table, calculated, several):
        found = drawn(pikepdf.new(), along(function)) if function is several else drawn(pdf, along(function))
        assert at(found, 1) == (0, 0, 0, 0)
    assert at(drawn(pikepdf.new(), along(several)), 0.5)[3] > 0.5


def test_gradients_in_other_spaces() -> None:
    pdf = pikepdf.new()
    tint = power([1, 1, 1], [0.8, 0.6, 0.1])
    plate = Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint])
    found = drawn(pdf, along(power([0], [1]), plate))
    assert [str(part) for part in list(found.ColorSpace)[:3]] == ["/Separation", "/Gold", "/DeviceCMYK"]
    assert at(found, 1) == (1,)
    found = drawn(pikepdf.new(), along(power([0.5], [1]), Name.DeviceGray))
    assert at(found, 0) == pytest.approx(inks().of_grey(0.5).cmyk, abs=0.01)
    found = drawn(pikepdf.new(), along(power([0.1, 0, 0, 0], [0, 0, 0, 0.7]), Name.DeviceCMYK))
    assert at(found, 1) == (0, 0, 0, 0.7)
    lab = Array([Name.Lab, Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]))])
    found = drawn(pikepdf.new(), along(power([0, 0, 0], [100, 0, 0]), lab))
    assert at(found, 0.5)[:3] == (0, 0, 0)
    other = pikepdf.new()
    found = drawn(other, along(power(BRAND, WHITE), icc(other, b"no profile", 3)))
    assert at(found, 0) == pytest.approx((0, 1, 0.9, 0.2), abs=2e-5)


@pytest.mark.parametrize(
    ("ends", "ground", "values"),
    [
        ((BRAND, WHITE), BRAND, [0, 1, 0.9, 0.2]),
        ((SIGNAL, WHITE), WHITE, [0]),
        ((SIGNAL, WHITE), SIGNAL, [1]),
        ((SIGNAL, WHITE), BRAND, [0, 1, 0.9, 0.2, 0]),
        ((BRAND, WHITE), SIGNAL, [0, 0, 0, 0, 1]),
    ],
)
def test_the_colour_around_a_gradient_is_in_the_same_space(
    ends: tuple[list[float], list[float]], ground: list[float], values: list[float]
) -> None:
    found = drawn(pikepdf.new(), along(power(*ends), Background=Array(ground)))
    assert [float(value) for value in found.Background] == pytest.approx(values, abs=1e-4)


# --- Across an area, and meshes ---


def test_a_gradient_across_an_area_stays_one() -> None:
    pdf = pikepdf.new()
    made = Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB, Matrix=Array([9, 0, 0, 9, 0, 0]))
    made.Function = program(pdf, "{ 0.5 }", 2, 3)
    found = drawn(pdf, made)
    assert at(found, 0.3, 0.6) == pytest.approx(inks({}).plain(np.array([[0.3, 0.6, 0.5]]))[0], abs=0.02)
    assert [float(value) for value in found.Matrix] == [9, 0, 0, 9, 0, 0]


def mesh(
    pdf: pikepdf.Pdf, kind: int, data: bytes, point: int = 16, colour: int = 8, flag: int = 8, values: int = 3
) -> Any:
    facts = Dictionary(ShadingType=kind, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=point, BitsPerComponent=colour)
    facts.Decode = Array([0, 90, 0, 90, *[0, 1] * values])
    if kind == 5:
        facts.VerticesPerRow = 2
    else:
        facts.BitsPerFlag = flag
    return pdf.make_stream(data, facts)


CORNERS = [(0, 0, (255, 0, 0)), (65535, 0, (181, 18, 27)), (0, 65535, (0, 0, 0))]


def test_a_free_mesh_keeps_its_points_and_has_inks_at_them() -> None:
    pdf = pikepdf.new()
    data = b"".join(struct.pack(">BHH3B", 0, x, y, *colour) for x, y, colour in CORNERS)
    found = drawn(pdf, mesh(pdf, 4, data))
    assert found.ColorSpace == Name.DeviceCMYK
    assert [int(found[key]) for key in ("/BitsPerFlag", "/BitsPerCoordinate", "/BitsPerComponent")] == [8, 16, 16]
    assert len(found.Decode) == 12
    rows = [struct.unpack_from(">BHH4H", found.read_bytes(), place * 13) for place in range(3)]
    assert [row[:3] for row in rows] == [(0, x, y) for x, y, _ in CORNERS]
    assert np.array(rows[1][3:]) / 65535 == pytest.approx(np.array([0, 1, 0.9, 0.2]), abs=1e-4)
    assert rows[2][3:] == (0, 0, 0, 65535)


def test_a_mesh_of_odd_bits_is_read_with_each_point_at_a_whole_byte() -> None:
    pdf = pikepdf.new()
    bits = "01" + "1" * 12 + "0" * 12 + "1111" + "0000" * 2  # 38 bits, so two to fill up
    data = int(bits.ljust(40, "0"), 2).to_bytes(5) * 3
    found = drawn(pdf, mesh(pdf, 4, data, point=12, colour=4, flag=2))
    rows = [struct.unpack_from(">BII4H", found.read_bytes(), place * 17) for place in range(3)]
    assert [row[:3] for row in rows] == [(1, 2**32 - 1, 0)] * 3
    assert int(found.BitsPerCoordinate) == 32


def test_a_lattice_has_no_flags() -> None:
    pdf = pikepdf.new()
    data = b"".join(struct.pack(">HH3B", x, y, *colour) for x, y, colour in [*CORNERS, CORNERS[0]])
    found = drawn(pdf, mesh(pdf, 5, data))
    assert "/BitsPerFlag" not in found
    assert len(found.read_bytes()) == 4 * 12


@pytest.mark.parametrize(("kind", "points", "more"), [(6, 12, 8), (7, 16, 12)])
def test_patches_and_those_joined_to_them(kind: int, points: int, more: int) -> None:
    pdf = pikepdf.new()
    whole = struct.pack(f">B{points * 2}H12B", 0, *range(points * 2), *[181, 18, 27] * 4)
    joined = struct.pack(f">B{more * 2}H6B", 2, *range(more * 2), *[0] * 6)
    found = drawn(pdf, mesh(pdf, kind, whole + joined + whole))
    data = found.read_bytes()
    first, second = 1 + points * 4 + 32, 1 + more * 4 + 16
    assert len(data) == 2 * first + second
    assert struct.unpack_from(f">{points * 2}H", data, 1) == tuple(range(points * 2))
    assert data[first] == 2
    assert data[first + second - 16 : first + second] == bytes([0, 0, 0, 0, 0, 0, 255, 255]) * 2


def test_a_mesh_with_a_function_keeps_its_data() -> None:
    pdf = pikepdf.new()
    data = b"".join(struct.pack(">BHHB", 0, x, y, x // 257) for x, y, _ in CORNERS)
    made = mesh(pdf, 4, data, values=1)
    made.Function = power(BRAND, WHITE)
    found = drawn(pdf, made)
    assert found.read_bytes() == data
    assert at(found, 0) == pytest.approx((0, 1, 0.9, 0.2), abs=2e-5)


# --- In patterns and masks ---


def test_gradients_are_converted_in_patterns_too() -> None:
    pdf = pikepdf.new()
    pattern = Dictionary(PatternType=2, Shading=along(power(BRAND, WHITE)), Matrix=Array([2, 0, 0, 2, 0, 0]))
    page_of("/Pattern cs /P1 scn 0 0 9 9 re f", pdf, Pattern=Dictionary(P1=pattern))
    assert separated(pdf) == ()
    found = pdf.pages[0].obj.Resources.Pattern.P1
    assert found.Shading.ColorSpace == Name.DeviceCMYK
    assert [float(value) for value in found.Matrix] == [2, 0, 0, 2, 0, 0]


def test_gradients_in_masks_are_grey_as_light_as_they_were() -> None:
    pdf = pikepdf.new()
    shadings = Dictionary(
        Rgb=along(power([1, 0, 0], [0, 1, 0])), Grey=along(power([0.5], [0], exponent=1.5), Name.DeviceGray)
    )
    mask = form(pdf, "/Rgb sh /Grey sh", Resources=Dictionary(Shading=shadings))
    mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    state = Dictionary(G1=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask)))
    page_of("/G1 gs 0 0 9 9 re f", pdf, ExtGState=state)
    assert separated(pdf) == ()
    found = pdf.pages[0].obj.Resources.ExtGState.G1.SMask.G
    assert code_of(found) == "/Rgb sh\n/Grey sh"
    made = found.Resources.Shading
    assert made.Rgb.ColorSpace == made.Grey.ColorSpace == Name.DeviceGray
    assert at(made.Rgb, 0.5) == pytest.approx((0.445,))
    assert at(made.Grey, 0.25) == pytest.approx((0.5 - 0.5 * 0.25**1.5,))


# --- Broken ones ---


@pytest.mark.parametrize(
    "broken",
    [
        Dictionary(),
        Dictionary(ShadingType=2),
        Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB),
        along(power([0], [1])),
        along(Dictionary(FunctionType=9, Domain=Array([0, 1]))),
        along(Dictionary(FunctionType=2, Domain=Array([0]), N=1)),
        along(
            Dictionary(FunctionType=3, Domain=Array([0, 1]), Functions=Array([]), Bounds=Array([]), Encode=Array([]))
        ),
        along(power(BRAND, WHITE), Name.Pattern),
        along(power(BRAND, WHITE), Array([Name.Indexed, Name.DeviceRGB, 0, pikepdf.String(b"abc")])),
        Dictionary(ShadingType=99, ColorSpace=Name.DeviceRGB, Function=power(BRAND, WHITE)),
        Dictionary(ShadingType=4, ColorSpace=Name.DeviceRGB),
        Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB, Function=power(BRAND, WHITE)),
    ],
)
def test_a_broken_gradient_is_told_and_left_out(broken: Any) -> None:
    pdf = page_of("/Sh1 sh", Shading=Dictionary(Sh1=broken))
    (problem,) = separated(pdf)
    assert problem.thing == "the gradient 'Sh1'"
    assert problem.lost
    assert code_of(pdf.pages[0]) == ""


# --- Functions ---


@pytest.mark.parametrize(
    ("code", "inputs", "outputs"),
    [
        ("{ add }", [1, 2], [3]),
        ("{ 2 copy add }", [1, 2], [1, 2, 3]),
        ("{ exch }", [1, 2], [2, 1]),
        ("{ 3 1 roll }", [1, 2, 3], [3, 1, 2]),
        ("{ 3 -1 roll }", [1, 2, 3], [2, 3, 1]),
        ("{ 1 index }", [5, 6], [5, 6, 5]),
        ("{ dup 0 lt { neg } if }", [-4], [4]),
        ("{ 0.5 gt { 1 } { 0 } ifelse }", [0.6], [1]),
        ("{ 360 mul sin % a comment\n}", [0.25], [1]),
        ("{ 2 exp }", [3], [9]),
        ("{ cvi 2 mod }", [7.5], [1]),
        ("{ 1 atan }", [1], [45]),
        ("{ truncate }", [-1.5], [-1]),
        ("{ round }", [0.5], [1]),
        ("{ 7 2 idiv add }", [0], [3]),
        ("{ true false or { 1 } { 0 } ifelse add }", [1], [2]),
        ("{ pop 6 3 and 8 1 bitshift 5 2 xor }", [0], [2, 16, 7]),
        ("{ sqrt 10 log 1 ln }", [4], [2, 1, 0]),
        ("{ floor 1.2 ceiling 4 abs -1 not }", [0.7], [0, 2, 4, 0]),
    ],
)
def test_programs_compute(code: str, inputs: list[float], outputs: list[float]) -> None:
    assert program_of(code.encode()).run(inputs, len(outputs)) == pytest.approx(outputs)


@pytest.mark.parametrize("code", ["", "add", "{ add", "{ unheard }", "{ " * 40, "{ add } }"[:5]])
def test_a_program_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(CantSeparate):
        program_of(code.encode())


@pytest.mark.parametrize("code", ["{ pop pop }", "{ 0 div }", "{ 9 index }", "{ -1 copy }", "{ 1 if }", "{ -1 sqrt }"])
def test_a_program_that_goes_wrong_is_refused(code: str) -> None:
    with pytest.raises(CantSeparate):
        program_of(code.encode()).run([1.0], 1)


@given(st.text("{}.-0123456789 addmulsubexchpoprollindexdupifelse", max_size=40), st.floats(0, 1))
def test_any_program_gives_numbers_or_is_refused(code: str, value: float) -> None:
    try:
        found = program_of(("{" + code + "}").encode()).run([value], 1)
    except CantSeparate:
        return
    assert len(found) == 1


def test_a_table_is_read_between_its_entries_in_two_directions() -> None:
    pdf = pikepdf.new()
    facts = Dictionary(FunctionType=0, Domain=Array([0, 1, 0, 2]), Range=Array([0, 1]), Size=Array([2, 2]))
    facts.BitsPerSample = 16
    function = function_of(pdf.make_stream(struct.pack(">4H", 0, 65535, 0, 0), facts))
    assert evaluated(function, (1, 0)) == (1,)
    assert evaluated(function, (0.5, 0)) == (0.5,)
    assert evaluated(function, (1, 1)) == (0.5,)
    assert evaluated(function, (5, -3)) == (1,)


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 12, 16, 24, 32])
def test_tables_of_all_depths(bits: int) -> None:
    pdf = pikepdf.new()
    facts = Dictionary(FunctionType=0, Domain=Array([0, 1]), Range=Array([0, 1]), Size=Array([3]), BitsPerSample=bits)
    text = ("1" * bits + "0" * bits + "1" * bits).ljust((3 * bits + 7) // 8 * 8, "0")
    function = function_of(pdf.make_stream(int(text, 2).to_bytes(len(text) // 8), facts))
    assert [evaluated(function, (place,))[0] for place in (0, 0.25, 0.5, 1)] == pytest.approx([1, 0.5, 0, 1])
