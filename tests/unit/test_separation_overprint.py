"""Small black type and thin black lines overprint, and nothing else does."""

from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from tests.kit_separation import BRAND, form, page_of, power, separated

FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
PAINTS = {"f", "F", "f*", "S", "s", "B", "b", "Tj", "TJ", "'", '"'}


def overprints(pdf: pikepdf.Pdf) -> list[str]:
    """Return how a page, with its forms, paints: "-" for nothing overprints, "f" for fills, "l" for lines, "fl"."""
    assert separated(pdf) == ()
    page = pdf.pages[0].obj
    return list(_painted(pdf.pages[0], page.Resources, ""))


def _painted(stream: Any, resources: Any, inherited: str) -> Any:
    now, saved = inherited, []
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(now)
        elif operator == "Q":
            now = saved.pop()
        elif operator == "gs":
            state = resources.ExtGState[str(instruction.operands[0])]
            if "/op" in state:
                assert int(state.OPM) == 1
                now = ("f" if state.op else "") + ("l" if state.OP else "")
        elif operator == "Do":
            drawn = resources.XObject[str(instruction.operands[0])]
            if drawn.Subtype == Name.Form:
                yield from _painted(drawn, drawn.Resources, now)
            else:
                yield f"image{now}"
        elif operator == "sh":
            yield f"sh{now}"
        elif operator in PAINTS:
            yield now or "-"


def of(code: str, **resources: Any) -> list[str]:
    return overprints(page_of(code, Font=Dictionary(F1=FONT), **resources))


def text(size: float, colour: str = "0 0 0 rg", before: str = "", matrix: str = "1 0 0 1 9 9") -> str:
    return f"{before} {colour} BT /F1 {size} Tf {matrix} Tm (a) Tj ET "


# --- Type ---


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (text(9), "fl"),
        (text(11.99), "fl"),
        (text(12), "-"),
        (text(11.999999), "-"),
        (text(30), "-"),
        (text(9, "0 g"), "fl"),
        (text(9, "0 0 0 1 k"), "fl"),
        (text(9, "0.109804 0.101961 0.098039 rg"), "fl"),
        (text(9, "0.1 g"), "-"),
        (text(9, "1 1 1 rg"), "-"),
        (text(9, f"{BRAND} rg"), "-"),
        (text(9, "0.1 0 0 1 k"), "-"),
        # The size is that of the font, the text and the page together.
        (text(1, matrix="9 0 0 9 0 0"), "fl"),
        (text(1, matrix="14 0 0 14 0 0"), "-"),
        (text(16, before="0.75 0 0 0.75 0 0 cm"), "-"),
        (text(15.9, before="0.75 0 0 0.75 0 0 cm"), "fl"),
        (text(9, before="2 0 0 2 0 0 cm"), "-"),
        (text(9, before="0 1 -1 0 0 0 cm"), "fl"),
        (text(9, before="1 0 0 -1 0 0 cm", matrix="1 0 0 -1 0 0"), "fl"),
        (text(20, before="0.5 0 0 1 0 0 cm"), "-"),
        (text(20, before="1 0 0 0.5 0 0 cm"), "fl"),
    ],
)
def test_black_type_below_12_points_overprints(code: str, expected: str) -> None:
    assert of(code) == [expected]


def test_type_that_is_outlined_overprints_where_it_is_black() -> None:
    assert of(text(9, "1 0 0 rg 0 0 0 RG", "2 Tr")) == ["l"]
    assert of(text(9, "0 0 0 rg 1 0 0 RG", "2 Tr")) == ["f"]
    assert of(text(9, "1 0 0 rg 0 0 0 RG", "1 Tr")) == ["fl"]
    assert of(text(9, "0 0 0 rg 1 0 0 RG", "1 Tr")) == ["-"]
    assert of(text(9, "0 0 0 rg", "3 Tr")) == ["-"]


def test_transparent_type_and_type_in_other_blend_modes_does_not() -> None:
    states = Dictionary(
        Half=Dictionary(ca=0.5), Full=Dictionary(ca=1), Multiply=Dictionary(BM=Name.Multiply), Lines=Dictionary(CA=0.5)
    )
    for name, expected in (("Half", "-"), ("Full", "fl"), ("Multiply", "-"), ("Lines", "fl")):
        assert of(f"/{name} gs " + text(9), ExtGState=states) == [expected]
    mask = Dictionary(S=Name.Luminosity, G=form(pikepdf.new(), ""))
    pdf = pikepdf.new()
    mask.G = form(pdf, "1 g 0 0 99 99 re f", Group=Dictionary({"/S": Name.Transparency, "/CS": Name.DeviceGray}))
    made = page_of("/M gs " + text(9), pdf, Font=Dictionary(F1=FONT), ExtGState=Dictionary(M=Dictionary(SMask=mask)))
    assert overprints(made) == ["-"]


# --- Lines and areas ---


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0 0 0 RG 1 w 0 0 m 50 0 l S", "fl"),
        ("0 0 0 RG 1.99 w 0 0 m 50 0 l S", "fl"),
        ("0 0 0 RG 2 w 0 0 m 50 0 l S", "-"),
        ("0 0 0 RG 0 w 0 0 m 50 0 l S", "fl"),
        ("0 0 m 50 0 l S", "fl"),
        ("1 0 0 RG 1 w 0 0 m 50 0 l S", "-"),
        ("1 1 1 RG 1 w 0 0 m 50 0 l S", "-"),
        ("0.5 G 1 w 0 0 m 50 0 l S", "-"),
        ("3 0 0 3 0 0 cm 0 0 0 RG 1 w 0 0 m 9 0 l S", "-"),
        ("0.75 0 0 0.75 0 0 cm 0 0 0 RG 2.6 w 0 0 m 9 0 l S", "fl"),
        # Areas that are the picture of a line.
        ("0 0 0 rg 0 0 50 1 re f", "fl"),
        ("0 0 0 rg 0 0 1 50 re f*", "fl"),
        ("0 0 0 rg 0 0 50 2 re f", "-"),
        ("0 0 0 rg 0 0 m 50 0 l 50 1 l 0 1 l h f", "fl"),
        ("0 0 0 rg 0 0 50 1 re 0 9 50 40 re f", "-"),
        ("0 0 0 rg 0 0 50 50 re f", "-"),
        ("0 0 0 rg 0 0 m 0 1 1 1 1 0 c f", "-"),
        ("1 0 0 rg 0 0 50 1 re f", "-"),
        # The shape before doesn't count.
        ("0 0 0 rg 0 0 50 50 re n 0 0 50 1 re f", "fl"),
        ("0 0 0 rg 0 0 0 RG 1 w 0 0 50 50 re B", "l"),
        ("1 0 0 rg 0 0 0 RG 1 w 0 0 50 50 re B", "l"),
        ("0 0 0 rg 0 0 0 RG 9 w 0 0 50 1 re B", "f"),
    ],
)
def test_thin_black_lines_overprint(code: str, expected: str) -> None:
    assert of(code) == [expected]


@settings(deadline=None, max_examples=60)
@given(st.floats(0.1, 5), st.floats(0.1, 8), st.floats(0, 1))
def test_lines_overprint_by_their_width_on_the_page(scale: float, width: float, grey: float) -> None:
    code = f"{scale:.5f} 0 0 {scale:.5f} 0 0 cm {grey:.5f} g {grey:.5f} G {width:.5f} w 0 0 m 9 0 l S"
    on_page = round(scale, 5) * round(width, 5)
    wanted = "fl" if on_page < 1.998 and round(grey, 5) < 0.00005 else "-"
    if abs(on_page - 2) > 0.01 and not 0 < grey < 0.002:
        assert of(code) == [wanted]


# --- What follows ---


def test_the_state_is_right_through_saving_and_restoring() -> None:
    small, large = text(9), text(30)
    assert of(f"{small} q {large} Q {small} {large}") == ["fl", "-", "fl", "-"]
    assert of(f"q {small} Q {large} q {small} {large} Q {small}") == ["fl", "-", "fl", "-", "fl"]
    assert of(f"q q {small} Q Q 0 0 0 rg 0 0 50 50 re f") == ["fl", "-"]


def test_pictures_gradients_and_forms_never_overprint() -> None:
    pdf = pikepdf.new()
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]), Function=power([1, 0, 0], [0, 0, 1])
    )
    picture = pdf.make_stream(b"\0", Dictionary(Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray))
    picture.BitsPerComponent = 8
    page_of(
        text(9) + "/Sh sh " + text(9) + "/Im Do " + text(9) + "/Fm Do",
        pdf,
        Font=Dictionary(F1=FONT),
        Shading=Dictionary(Sh=shading),
        XObject=Dictionary(Im=picture, Fm=form(pdf, "1 0 0 rg 0 0 50 50 re f")),
    )
    assert overprints(pdf) == ["fl", "sh", "fl", "image", "fl", "-"]


def test_a_form_overprints_by_the_size_it_is_drawn_at() -> None:
    pdf = pikepdf.new()
    drawn = form(pdf, text(9), Resources=Dictionary(Font=Dictionary(F1=FONT)))
    code = "/Fm Do q 2 0 0 2 0 0 cm /Fm Do Q /Fm Do"
    assert overprints(page_of(code, pdf, XObject=Dictionary(Fm=drawn))) == ["fl", "-", "fl"]


def test_a_form_has_a_matrix_of_its_own() -> None:
    pdf = pikepdf.new()
    drawn = form(pdf, text(9), Resources=Dictionary(Font=Dictionary(F1=FONT)), Matrix=Array([3, 0, 0, 3, 0, 0]))
    assert overprints(page_of("/Fm Do", pdf, XObject=Dictionary(Fm=drawn))) == ["-"]


def test_a_form_that_inherits_black_overprints_and_one_that_inherits_red_does_not() -> None:
    pdf = pikepdf.new()
    drawn = form(pdf, "BT /F1 9 Tf (a) Tj ET", Resources=Dictionary(Font=Dictionary(F1=FONT)))
    code = "0 0 0 rg /Fm Do 1 0 0 rg /Fm Do 0 0 0 rg /Fm Do"
    assert overprints(page_of(code, pdf, XObject=Dictionary(Fm=drawn))) == ["fl", "-", "fl"]


def test_the_page_unit_counts() -> None:
    pdf = page_of(text(9), Font=Dictionary(F1=FONT))
    pdf.pages[0].obj.UserUnit = 2
    assert overprints(pdf) == ["-"]


# --- Supplied files ---


def test_what_a_supplied_file_lets_overprint_in_colours_of_screens_does_not() -> None:
    on = Dictionary(On=Dictionary(OP=True, op=True, OPM=1))
    assert of(f"/On gs {BRAND} rg 0 0 50 50 re f", ExtGState=on) == ["-"]
    assert of("/On gs 0 g 0 0 50 50 re f", ExtGState=on) == ["-"]
    assert of("/On gs 1 g 0 0 50 50 re f", ExtGState=on) == ["-"]


def test_what_it_lets_overprint_in_its_own_inks_does() -> None:
    on = Dictionary(
        On=Dictionary(OP=True, OPM=1), Old=Dictionary(OP=True, OPM=0), Fills=Dictionary(OP=False, op=True, OPM=1)
    )
    spot = Dictionary(Varnish=Array([Name.Separation, Name.Varnish, Name.DeviceCMYK, power([0] * 4, [0, 0, 0, 0.1])]))
    assert of("/On gs 0 1 0 0 k 0 0 50 50 re f", ExtGState=on) == ["fl"]
    assert of("/Fills gs 0 1 0 0 k 0 1 0 0 K 9 w 0 0 50 50 re B", ExtGState=on) == ["f"]
    assert of("/Old gs 0 1 0 0 k 0 0 50 50 re f", ExtGState=on) == ["-"]
    assert of("/On gs 0 0 0 0 k 0 0 50 50 re f", ExtGState=on) == ["-"]
    assert of("/Old gs /Varnish cs 1 scn 0 0 50 50 re f", ExtGState=on, ColorSpace=spot) == ["fl"]
    assert of("/Varnish cs 1 scn 0 0 50 50 re f", ColorSpace=spot) == ["-"]
