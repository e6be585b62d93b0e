"""Colours of pages, forms and patterns become inks, and nothing else is left in the file."""

import io
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from magbuild.separation import Unseparated
from tests.kit_inks import FOGRA39, profile_like
from tests.kit_separation import (
    BRAND,
    SIGNAL,
    assert_separated,
    code_of,
    form,
    icc,
    image,
    inks,
    lines_of,
    page_of,
    power,
    program,
    saved,
    separated,
)

BLACK = "0 0 0 1 k"


def line(content: str) -> list[str]:
    """Return the instructions of a page once it is separated, without those of the shapes."""
    pdf = page_of(content)
    assert separated(pdf) == ()
    return [text for text in lines_of(pdf) if not text.endswith((" re", "f", "S", "BT", "ET"))]


# --- Plain colours ---


@pytest.mark.parametrize(
    ("given_colour", "written"),
    [
        ("0 0 0 rg", "0 0 0 1 k"),
        ("1 1 1 rg", "0 0 0 0 k"),
        ("0 g", "0 0 0 1 k"),
        ("1 G", "0 0 0 0 K"),
        (f"{BRAND} rg", "0 1 0.9 0.2 k"),
        (f"{BRAND} RG", "0 1 0.9 0.2 K"),
        ("0.1 0.2 0.3 0.4 k", "0.1 0.2 0.3 0.4 k"),
        ("0.109804 0.101961 0.098039 rg", "0 0 0 1 k"),
        (f"/DeviceRGB cs {BRAND} sc", "0 1 0.9 0.2 k"),
        (f"/DeviceRGB CS {BRAND} SCN", "0 1 0.9 0.2 K"),
        ("/DeviceGray cs 0 sc", "0 0 0 1 k"),
        ("/DeviceCMYK cs 0 0.5 0 0 scn", "0 0.5 0 0 k"),
    ],
)
def test_colours_become_inks(given_colour: str, written: str) -> None:
    shape = "0 0 9 9 re " + ("S" if given_colour[-1] in "GNK" else "f")
    found = line(f"{given_colour} {shape}")[-1]
    assert found == written


def test_a_page_that_sets_no_colour_is_black_in_inks() -> None:
    assert line("0 0 9 9 re f") == [BLACK]
    assert line("3 w 0 0 9 9 re S") == ["0 0 0 1 K", "3 w"]
    assert line("0 0 9 9 re n") == ["n"]


def test_a_chosen_space_begins_with_its_own_colour() -> None:
    assert line("1 0 0 rg /DeviceRGB cs 0 0 9 9 re f")[-1] == BLACK
    assert line("1 0 0 rg /DeviceCMYK cs 0 0 9 9 re f")[-1] == BLACK


def test_a_spot_colour_has_its_own_plate_with_its_exact_name() -> None:
    pdf = page_of(f"{SIGNAL} rg 0 0 9 9 re f {SIGNAL} RG 0 0 9 9 re S")
    assert separated(pdf) == ()
    assert lines_of(pdf)[:2] == ["/Spot cs", "1 scn"]
    space = pdf.pages[0].obj.Resources.ColorSpace.Spot
    assert [str(space[0]), str(space[1]), str(space[2])] == ["/Separation", "/PANTONE 186 C", "/DeviceCMYK"]
    alternate = inks().palette.spots["PANTONE 186 C"]
    assert [float(value) for value in space[3].C1] == pytest.approx(alternate, abs=1e-4)
    assert b"/PANTONE#20186#20C" in saved(pdf)


def spaces(pdf: pikepdf.Pdf) -> Dictionary:
    calibrated = Dictionary(
        WhitePoint=Array([0.9505, 1, 1.089]),
        Gamma=Array([2.2, 2.2, 2.2]),
        Matrix=Array([0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505]),
    )
    return Dictionary(
        RGB=Array([Name.CalRGB, calibrated]),
        Grey=Array([Name.CalGray, Dictionary(WhitePoint=Array([0.9505, 1, 1.089]), Gamma=2.2)]),
        Lab=Array([Name.Lab, Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]), Range=Array([-128, 127, -128, 127]))]),
        Wide=icc(pdf, profile_like(gamma=2.2, wide=True), 3),
        Screen=icc(pdf, profile_like(gamma=2.2), 3),
        Press=icc(pdf, FOGRA39.read_bytes(), 4),
        Broken=icc(pdf, b"no profile", 3),
        Table=Array([Name.Indexed, Name.DeviceRGB, 1, String(bytes([181, 18, 27, 0, 0, 0]))]),
        Alias=Name.DeviceRGB,
    )


@pytest.mark.parametrize(
    ("colour", "like"),
    [
        ("/RGB cs 0.2 0.5 0.4", (0.2, 0.5, 0.4)),
        ("/RGB cs 0.5 0.5 0.5", (0.5, 0.5, 0.5)),
        ("/RGB cs 0 0 0", (0, 0, 0)),
        ("/Grey cs 0.5", (0.5, 0.5, 0.5)),
        ("/Grey cs 1", (1, 1, 1)),
        ("/Lab cs 0 0 0", (0, 0, 0)),
        ("/Lab cs 53.4 0 0", (0.5, 0.5, 0.5)),
        ("/Screen cs 0.2 0.5 0.4", (0.2, 0.5, 0.4)),
        ("/Broken cs 0.2 0.5 0.4", (0.2, 0.5, 0.4)),
        ("/Table cs 0", (181 / 255, 18 / 255, 27 / 255)),
        ("/Table cs 1", (0, 0, 0)),
        ("/Table cs 7", (0, 0, 0)),
        ("/Alias cs 0.2 0.5 0.4", (0.2, 0.5, 0.4)),
        ("/Missing cs 0.2 0.5 0.4", (0.2, 0.5, 0.4)),
    ],
)
def test_colours_of_other_spaces_are_printed_like_those_of_screens(
    colour: str, like: tuple[float, float, float]
) -> None:
    pdf = pikepdf.new()
    page_of(f"{colour} sc 0 0 9 9 re f", pdf, ColorSpace=spaces(pdf))
    separated(pdf)
    found = next(text for text in reversed(lines_of(pdf)) if text.endswith(" k"))
    assert [float(value) for value in found.split()[:-1]] == pytest.approx(inks().of_rgb(*like).cmyk, abs=0.025)


def test_a_wide_profile_and_the_press_s_own_are_honoured() -> None:
    pdf = pikepdf.new()
    code = "/Wide cs 0.2 0.8 0.3 sc 0 0 9 9 re f /Press cs 0.1 0.2 0.3 0.4 sc 0 0 9 9 re f"
    page_of(code, pdf, ColorSpace=spaces(pdf))
    assert separated(pdf) == ()
    first, last = (text for text in lines_of(pdf) if text.endswith(" k"))
    assert [float(value) for value in first.split()[:-1]] != pytest.approx(inks().of_rgb(0.2, 0.8, 0.3).cmyk, abs=0.03)
    assert last == "0.1 0.2 0.3 0.4 k"


def test_default_spaces_stand_for_those_of_devices() -> None:
    pdf = pikepdf.new()
    wide = Dictionary(DefaultRGB=icc(pdf, profile_like(gamma=2.2, wide=True), 3))
    page_of("0.2 0.8 0.3 rg 0 0 9 9 re f", pdf, ColorSpace=wide)
    assert separated(pdf) == ()
    found = [float(value) for value in lines_of(pdf)[0].split()[:-1]]
    wanted = inks().of_profile(profile_like(gamma=2.2, wide=True), (0.2, 0.8, 0.3)).cmyk
    assert found == pytest.approx(wanted, abs=1e-4)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(-1, 2), min_size=3, max_size=3))
def test_any_colour_comes_out_as_inks_within_the_limit(values: list[float]) -> None:
    pdf = page_of(" ".join(f"{value:.6f}" for value in values) + " rg 0 0 9 9 re f")
    assert separated(pdf) == ()
    found = lines_of(pdf)[0].split()
    if found[-1] == "k":
        shares = [float(value) for value in found[:-1]]
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) <= 3.0001


def test_greys_of_a_file_that_was_made_for_a_press_are_black_ink() -> None:
    pdf = page_of("0.4 g 0 0 9 9 re f")
    profile = pdf.make_stream(FOGRA39.read_bytes(), Dictionary(N=4))
    pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfile=profile)])
    assert separated(pdf) == ()
    assert lines_of(pdf)[0] == "0 0 0 0.6 k"
    assert "/OutputIntents" not in pdf.Root


# --- Plates of the file's own ---


def test_a_spot_colour_of_the_file_stays_and_its_alternate_becomes_inks() -> None:
    pdf = pikepdf.new()
    tint = power([1, 1, 1], [0.2, 0.4, 0.1])
    space = pdf.make_indirect(Array([Name.Separation, Name("/Varnish No 1"), Name.DeviceRGB, tint]))
    page_of("/Spot1 cs 0.7 scn 0 0 9 9 re f", pdf, ColorSpace=Dictionary(Spot1=space))
    assert separated(pdf) == ()
    texts = lines_of(pdf)
    assert "0.7 scn" in texts
    kept = pdf.pages[0].obj.Resources.ColorSpace[texts[texts.index("0.7 scn") - 1].split()[0]]
    assert [str(kept[0]), str(kept[1]), str(kept[2])] == ["/Separation", "/Varnish No 1", "/DeviceCMYK"]
    rows = kept[3].read_bytes()
    assert rows[:8] == bytes(8)  # no ink where there is no tint
    last = [int.from_bytes(rows[at : at + 2]) / 65535 for at in range(len(rows) - 8, len(rows), 2)]
    assert last == pytest.approx(inks().of_rgb(0.2, 0.4, 0.1).cmyk, abs=0.01)


def test_several_plates_stay_and_what_is_said_of_each() -> None:
    pdf = pikepdf.new()
    names = Array([Name.Cyan, Name("/Gold 877")])
    tint = program(pdf, "{ exch 1 exch sub exch 1 exch sub 1 index 0.5 mul }", 2, 3)
    gold = Array([Name.Separation, Name("/Gold 877"), Name.DeviceRGB, power([1, 1, 1], [0.6, 0.5, 0.2])])
    process = Dictionary(ColorSpace=Name.DeviceRGB, Components=Array([Name.Cyan]))
    facts = Dictionary(Subtype=Name.NChannel, Colorants=Dictionary({"/Gold 877": gold}), Process=process)
    space = Array([Name.DeviceN, names, Name.DeviceRGB, tint, facts])
    page_of("/Two cs 0.7 0.2 scn 0 0 9 9 re f", pdf, ColorSpace=Dictionary(Two=space))
    assert separated(pdf) == ()
    kept = next(iter(pdf.pages[0].obj.Resources.ColorSpace.values()))
    assert [str(name) for name in kept[1]] == ["/Cyan", "/Gold 877"]
    assert kept[4].Colorants["/Gold 877"][2] == Name.DeviceCMYK
    assert "0.7 0.2 scn" in lines_of(pdf)


def test_names_may_be_of_any_bytes() -> None:
    pdf = pikepdf.new()
    name = b"/Gr\xfcn#20877"
    spaces_of = pikepdf.Object.parse(
        b"<< " + name + b" [ /Separation " + name + b" /DeviceRGB << /FunctionType 2 /Domain [0 1] /N 1"
        b" /C0 [1 1 1] /C1 [0 0.5 0] >> ] >>"
    )
    page_of(name + b" cs 0.5 scn 0 0 9 9 re f", pdf)
    pdf.pages[0].obj.Resources.ColorSpace = spaces_of
    assert separated(pdf) == ()
    assert "0.5 scn" in lines_of(pdf)
    assert b"/Separation /Gr#fcn#20877 /DeviceCMYK" in saved(pdf)


# --- Patterns, forms, masks ---


def test_patterns_are_converted_with_what_they_draw() -> None:
    pdf = pikepdf.new()
    facts = Dictionary(
        Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9
    )
    tiles = pdf.make_stream(f"{BRAND} rg 0 0 4 4 re f".encode(), facts)
    tiles.Resources = Dictionary()
    page_of("/Pattern cs /P1 scn 0 0 99 99 re f", pdf, Pattern=Dictionary(P1=tiles))
    assert separated(pdf) == ()
    assert "0 1 0.9 0.2 k" in code_of(pdf.pages[0].obj.Resources.Pattern.P1)


def test_uncoloured_patterns_are_painted_in_inks() -> None:
    pdf = pikepdf.new()
    facts = Dictionary(
        Type=Name.Pattern, PatternType=1, PaintType=2, TilingType=1, BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9
    )
    tiles = pdf.make_stream(b"1 0 0 rg 0 0 4 4 re f", facts)
    space = Dictionary(CS1=Array([Name.Pattern, Name.DeviceRGB]))
    code = f"/CS1 cs {BRAND} /P1 scn 0 0 99 99 re f /CS1 CS {SIGNAL} /P1 SCN 0 0 99 99 re S"
    page_of(code, pdf, ColorSpace=space, Pattern=Dictionary(P1=tiles))
    assert separated(pdf) == ()
    assert "0 1 0.9 0.2 /P1 scn" in lines_of(pdf)
    assert "1 /P1 SCN" in lines_of(pdf)
    assert " rg" not in code_of(pdf.pages[0].obj.Resources.Pattern.P1)


def test_a_form_is_converted_once_and_inherits_colours() -> None:
    pdf = pikepdf.new()
    inherits = form(pdf, "0 0 9 9 re f")
    own = form(pdf, f"{BRAND} rg 0 0 9 9 re f")
    page_of("1 1 0 rg /A Do /B Do 0 1 1 rg /A Do /B Do", pdf, XObject=Dictionary(A=inherits, B=own))
    assert separated(pdf) == ()
    drawn = [text for text in lines_of(pdf) if text.endswith("Do")]
    assert drawn[1] == drawn[3] == "/B Do"
    assert "0 1 0.9 0.2 k" in code_of(pdf.pages[0].obj.Resources.XObject.B)
    assert " k" not in code_of(pdf.pages[0].obj.Resources.XObject.A)


def test_a_form_without_resources_uses_those_of_its_page() -> None:
    pdf = pikepdf.new()
    inner = form(pdf, "/Lab cs 0 0 0 sc 0 0 9 9 re f")
    page_of("/A Do", pdf, XObject=Dictionary(A=inner), ColorSpace=spaces(pdf))
    assert separated(pdf) == ()
    assert BLACK in code_of(pdf.pages[0].obj.Resources.XObject.A)


def test_forms_that_draw_themselves_do_not_run_for_ever() -> None:
    pdf = pikepdf.new()
    one = form(pdf, "1 0 0 rg 0 0 9 9 re f /A Do")
    one.Resources = Dictionary(XObject=Dictionary(A=one))
    page_of("/A Do", pdf, XObject=Dictionary(A=one))
    separated(pdf)
    assert "/A Do" not in code_of(pdf.pages[0].obj.Resources.XObject.A)


def masked(pdf: pikepdf.Pdf, drawn: pikepdf.Stream, kind: str = "/Luminosity", **entries: Any) -> Dictionary:
    return Dictionary(
        G1=Dictionary(Type=Name.ExtGState, SMask=Dictionary(Type=Name.Mask, S=Name(kind), G=drawn, **entries))
    )


GROUP = {"/S": Name.Transparency, "/CS": Name.DeviceRGB}


def test_luminosity_masks_become_grey_as_light_as_they_were() -> None:
    pdf = pikepdf.new()
    mask = form(pdf, "1 0 0 rg 0 0 50 50 re f 0.5 g 0 0 9 9 re f", Group=Dictionary(GROUP))
    page_of("/G1 gs 1 0 0 rg 0 0 99 99 re f", pdf, ExtGState=masked(pdf, mask, BC=Array([1, 1, 0])))
    assert separated(pdf) == ()
    state = pdf.pages[0].obj.Resources.ExtGState.G1
    assert Name.DeviceGray == state.SMask.G.Group.CS
    assert [float(value) for value in state.SMask.BC] == pytest.approx([0.89])
    assert [text for text in code_of(state.SMask.G).splitlines() if text.endswith(" g")] == ["0.3 g", "0.5 g"]
    assert Name.DeviceCMYK == pdf.pages[0].obj.Group.CS


def test_a_mask_that_sets_no_colour_has_that_of_where_it_is_set() -> None:
    pdf = pikepdf.new()
    mask = form(pdf, "0 0 50 50 re f", Group=Dictionary(GROUP))
    page_of("1 1 0 rg /G1 gs 0 0 99 99 re f", pdf, ExtGState=masked(pdf, mask))
    assert separated(pdf) == ()
    assert "0.89 g" in code_of(pdf.pages[0].obj.Resources.ExtGState.G1.SMask.G)


def test_alpha_masks_have_groups_in_inks() -> None:
    pdf = pikepdf.new()
    mask = form(pdf, "1 0 0 rg 0 0 50 50 re f", Group=Dictionary(GROUP))
    page_of("/G1 gs 0 0 99 99 re f", pdf, ExtGState=masked(pdf, mask, "/Alpha"))
    assert separated(pdf) == ()
    state = pdf.pages[0].obj.Resources.ExtGState.G1
    assert Name.DeviceCMYK == state.SMask.G.Group.CS
    assert " k" in code_of(state.SMask.G)


def test_a_form_drawn_in_a_mask_and_on_the_page_is_both() -> None:
    pdf = pikepdf.new()
    shared = form(pdf, "1 0 0 rg 0 0 50 50 re f", Group=Dictionary(GROUP))
    page_of("/F1 Do /G1 gs 0 0 99 99 re f", pdf, ExtGState=masked(pdf, shared), XObject=Dictionary(F1=shared))
    assert separated(pdf) == ()
    resources = pdf.pages[0].obj.Resources
    assert "0.3 g" in code_of(resources.ExtGState.G1.SMask.G)
    assert " k" in code_of(resources.XObject.F1)


def test_pages_without_transparency_get_no_group() -> None:
    pdf = page_of("1 0 0 rg 0 0 9 9 re f")
    separated(pdf)
    assert "/Group" not in pdf.pages[0].obj
    half = page_of("/G1 gs 1 0 0 rg 0 0 9 9 re f", ExtGState=Dictionary(G1=Dictionary(ca=0.5)))
    separated(half)
    assert Name.DeviceCMYK == half.pages[0].obj.Group.CS


# --- Type 3 fonts ---


def drawn_font(pdf: pikepdf.Pdf, glyph: str, resources: Dictionary | None = None) -> Dictionary:
    made = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=pdf.make_stream(glyph.encode())),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([1000]),
    )
    if resources is not None:
        made.Resources = resources
    return pdf.make_indirect(made)


def test_glyphs_with_colours_are_converted_and_those_without_have_none() -> None:
    pdf = pikepdf.new()
    picture = image(pdf, Name.DeviceRGB, (2, 2), bytes(12))
    coloured = drawn_font(
        pdf,
        f"1000 0 d0 {BRAND} rg 0 0 9 9 re f 500 0 0 500 0 0 cm /Im1 Do",
        Dictionary(XObject=Dictionary(Im1=picture)),
    )
    plain = drawn_font(pdf, "1000 0 0 0 9 9 d1 1 0 0 rg 0 0 9 9 re f")
    page_of("BT /C 10 Tf (a) Tj /P 10 Tf (a) Tj ET", pdf, Font=Dictionary(C=coloured, P=plain))
    assert separated(pdf) == ()
    fonts = pdf.pages[0].obj.Resources.Font
    assert "0 1 0.9 0.2 k" in code_of(fonts.C.CharProcs.a)
    assert fonts.C.Resources.XObject.Im1.ColorSpace == Name.DeviceGray
    assert " rg" not in code_of(fonts.P.CharProcs.a)


# --- What else a file holds ---


def test_unused_resources_are_not_kept() -> None:
    pdf = pikepdf.new()
    unused = form(pdf, "1 0 0 rg 0 0 9 9 re f")
    picture = image(pdf, Name.DeviceRGB, (2, 2), bytes(12))
    page_of("0 0 9 9 re f", pdf, XObject=Dictionary(F1=unused, Im1=picture), ColorSpace=spaces(pdf))
    assert separated(pdf) == ()
    assert list(pdf.pages[0].obj.Resources.keys()) == []


def test_resources_of_the_page_tree_are_used_and_then_gone() -> None:
    pdf = pikepdf.new()
    page_of("/Lab cs 0 0 0 sc 0 0 9 9 re f", pdf)
    del pdf.pages[0].obj["/Resources"]
    pdf.Root.Pages.Resources = Dictionary(ColorSpace=spaces(pdf))
    assert separated(pdf) == ()
    assert "/Resources" not in pdf.Root.Pages
    assert BLACK in lines_of(pdf)


def test_annotations_forms_thumbnails_and_private_data_are_clean() -> None:
    pdf = page_of("0 0 9 9 re f")
    page = pdf.pages[0].obj
    shown = form(pdf, "1 0 0 rg 0 0 9 9 re f")
    off = form(pdf, f"{BRAND} rg 0 0 9 9 re f")
    looks = Dictionary(N=Dictionary(On=shown, Off=off))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=looks, C=Array([1, 0, 0]))
    page.Annots = Array([pdf.make_indirect(note)])
    page.Thumb = image(pdf, Name.DeviceRGB, (1, 1), bytes(3))
    page.PieceInfo = Dictionary(App=Dictionary(Private=image(pdf, Name.DeviceRGB, (1, 1), bytes(3))))
    pdf.Root.AcroForm = Dictionary(DR=Dictionary(ColorSpace=spaces(pdf)))
    assert separated(pdf) == ()
    assert len(page.Annots[0].C) == 4
    assert "0 1 0.9 0.2 k" in code_of(page.Annots[0].AP.N.Off)


def test_a_form_that_only_the_structure_tree_knows_is_emptied() -> None:
    pdf = page_of("0 0 9 9 re f")
    forgotten = form(pdf, "1 0 0 rg 0 0 9 9 re f", Resources=Dictionary(ColorSpace=spaces(pdf)))
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, K=Dictionary(Type=Name.MCR, Stm=forgotten, MCID=0)))
    )
    assert separated(pdf) == ()


def test_what_no_press_takes_is_left_out_of_the_graphics_state() -> None:
    transfer = Dictionary(Type=Name.ExtGState, TR2=Name.Default, BG2=Name.Default, HT=Name.Default, OP=True, ca=0.5)
    pdf = page_of("/G1 gs 1 0 0 rg 0 0 9 9 re f", ExtGState=Dictionary(G1=transfer))
    assert separated(pdf) == ()
    assert set(pdf.pages[0].obj.Resources.ExtGState.G1.keys()) == {"/Type", "/ca"}


def test_what_looks_different_on_a_press_is_told() -> None:
    states = Dictionary(
        G1=Dictionary(TR=power([1], [0])), G2=Dictionary(BM=Name.Difference), G3=Dictionary(BM=Name.Multiply)
    )
    pdf = page_of("/G1 gs /G2 gs /G3 gs 1 0 0 rg 0 0 9 9 re f", ExtGState=states)
    found = separated(pdf)
    assert [problem.lost for problem in found] == [False, False]
    assert ["transfer" in problem.reason for problem in found] == [True, False]
    assert "Difference" in found[1].reason


# --- Broken files ---


@pytest.mark.parametrize(
    "code",
    [
        "1 0 rg 0 0 9 9 re f",
        "(red) 0 0 rg 0 0 9 9 re f",
        "/Nowhere cs 0.5 sc 0 0 9 9 re f",
        "/Pattern cs /Nowhere scn 0 0 9 9 re f",
        "/Nowhere Do /Nowhere gs /Nowhere sh",
        "Q Q Q 1 0 0 rg 0 0 9 9 re f",
        "q q q q 1 0 0 rg",
        "BT /F1 12 Tf (text) Tj ET",
        "1 0 0 rg 0 0 9 9 re f (never closed",
        "BI /W 2 /H 2 /CS /RGB /BPC 8 ID abc EI",
        "<< /A [ 1 2",
        "1 0 0 0 0 cm 3 w -1 w x y z",
        "/DeviceRGB cs 1 sc 0 0 9 9 re f",
        "",
    ],
)
def test_odd_code_is_no_trouble(code: str) -> None:
    pdf = page_of(code)
    separated(pdf)
    with pikepdf.open(io.BytesIO(saved(pdf))) as written:
        assert written.check_pdf_syntax() == []


@pytest.mark.parametrize("code", ["1 0 0 rg 0 0 9 9 re f (never closed", "1 0 0 rg << /A [ 1 2"])
def test_code_that_breaks_off_is_told(code: str) -> None:
    (problem,) = separated(page_of(code))
    assert problem.page == 1
    assert not problem.lost
    assert "broken" in problem.reason


@pytest.mark.parametrize(
    "space",
    [
        Array([]),
        Array([Name.ICCBased]),
        Array([Name.ICCBased, 7]),
        Array([Name.Indexed, Name.DeviceRGB]),
        Array([Name.Indexed, Name.Pattern, 1, String(b"ab")]),
        Array([Name.Separation, Name.Gold, Name.DeviceRGB]),
        Array([Name.Separation, Name.Gold, Name.DeviceRGB, Dictionary()]),
        Array([Name.DeviceN, Array([]), Name.DeviceRGB, power([1, 1, 1], [0, 0, 0])]),
        Array([Name.CalRGB, Dictionary()]),
        Array([Name.Lab, 3]),
        Array([Name.Unheard]),
        Dictionary(),
    ],
    ids=str,
)
def test_broken_colour_spaces_are_told_and_kept_out(space: object) -> None:
    pdf = page_of("/CS1 cs 0.5 sc 0 0 9 9 re f", ColorSpace=Dictionary(CS1=space))
    (problem,) = separated(pdf)
    assert problem.page == 1
    assert problem.thing == "the colours of 'CS1'"
    assert problem.reason


def test_code_that_cannot_be_unpacked_is_told() -> None:
    pdf = page_of(b"no deflated data")
    pdf.pages[0].obj.Contents.Filter = Name.FlateDecode
    with pikepdf.open(io.BytesIO(saved(pdf))) as broken:
        found = separated(broken)
    assert [problem.thing for problem in found] == ["the page"]


def test_a_page_without_content_stays_empty() -> None:
    pdf = page_of("")
    del pdf.pages[0].obj["/Contents"]
    del pdf.pages[0].obj["/Resources"]
    assert separated(pdf) == ()


def test_separating_twice_changes_nothing_more_and_is_the_same_each_time() -> None:
    def one() -> bytes:
        pdf = pikepdf.new()
        page_of(f"{BRAND} rg 0 0 9 9 re f {SIGNAL} rg 0 0 9 9 re f", pdf, ColorSpace=spaces(pdf))
        separated(pdf)
        return saved(pdf)

    assert one() == one()
    with pikepdf.open(io.BytesIO(one())) as again:
        before = [text for text in lines_of(again) if text.endswith((" k", "scn"))]
        assert separated(again) == ()
        assert [text for text in lines_of(again) if text.endswith((" k", "scn"))] == before


def test_what_is_told_can_be_compared() -> None:
    one = Unseparated(page=1, thing="the page", reason="it is broken")
    assert one == Unseparated(page=1, thing="the page", reason="it is broken", lost=True)
    assert_separated(page_of(""))
