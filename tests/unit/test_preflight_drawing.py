"""The draughtsman: what a page draws, where, in which colour, and what is clipped away or broken."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from magbuild.preflight.drawing import Draughtsman, Drawing
from magbuild.preflight.drawn import Area, Drawn, Group, Line, Picture, Shading, Text
from magbuild.preflight.fonts import read_font
from magbuild.preflight.inks import Family, Paint, Spaces
from magbuild.preflight.plane import ALL_SIDES, BOTTOM, LEFT, RIGHT, TOP, Box
from magbuild.preflight.shadings import outputs, read_shading
from tests.kit_press import advances, codes, embedded_font, function, glyphs, picture, spot

SHEET: Box = (0, 0, 1000, 1000)


def drawn(content: str | bytes, pdf: pikepdf.Pdf | None = None, **resources: Any) -> Drawing:
    """What a page of 1000 x 1000 pt draws."""
    pdf = pdf or pikepdf.new()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(list(SHEET)),
        Resources=Dictionary(**resources),
        Contents=pdf.make_stream(content if isinstance(content, bytes) else content.encode()),
    )
    return Draughtsman().draw(pdf.make_indirect(page), SHEET)


def only(drawing: Drawing, kind: type[Drawn] = Drawn) -> Any:
    (thing,) = (thing for thing in drawing.things if isinstance(thing, kind))
    return thing


def test_a_rectangle_lies_where_its_matrix_puts_it() -> None:
    area = only(drawn("q 2 0 0 2 100 50 cm 0 1 0 0 k 10 10 20 30 re f Q"))
    assert area.box == (120, 70, 160, 130)
    assert area.rectangle
    assert area.sides == ALL_SIDES
    assert area.paint.inks == (("Magenta", 1.0),)


def test_the_state_comes_back() -> None:
    first, second = drawn("1 0 0 0 k q 0 0 0 1 k 0 0 5 5 re f Q 0 0 5 5 re f").things
    assert isinstance(first, Area)
    assert isinstance(second, Area)
    assert (first.paint.inks, second.paint.inks) == ((("Black", 1.0),), (("Cyan", 1.0),))


def test_it_begins_with_black() -> None:
    assert only(drawn("0 0 5 5 re f")).paint.black


@pytest.mark.parametrize(
    ("path", "sides", "rectangle"),
    [
        ("0 0 m 10 0 l 10 10 l 0 10 l h", ALL_SIDES, True),
        ("0 0 m 10 0 l 5 10 l h", BOTTOM, False),
        ("0 0 m 10 0 l 10 10 l h", BOTTOM | RIGHT, False),
        ("5 0 m 10 0 10 10 5 10 c 0 10 0 0 5 0 c h", 0, False),
        (
            "2 0 m 8 0 l 10 0 10 2 10 2 c 10 8 l 10 10 10 10 8 10 c 2 10 l 0 10 0 8 0 8 c 0 2 l 0 0 0 0 2 0 c h",
            LEFT | RIGHT | BOTTOM | TOP,
            False,
        ),
    ],
)
def test_straight_edges_are_known(path: str, sides: int, rectangle: bool) -> None:
    area = only(drawn(f"{path} f"))
    assert (area.sides, area.rectangle) == (sides, rectangle)


def test_rectangles_apart_are_drawn_one_by_one_and_frames_as_one() -> None:
    assert len(drawn("0 0 5 5 re 10 0 5 5 re f").things) == 2
    assert len(drawn("0 0 20 20 re 5 5 5 5 re f*").things) == 1
    assert only(drawn("0 0 1 20 re 1 0 0 20 re f*")).box == (0, 0, 1, 20)  # a border on one side, as browsers draw it


def test_what_is_clipped_away_is_not_there() -> None:
    assert drawn("q 0 0 10 10 re W n 20 20 5 5 re f Q").things == ()
    area = only(drawn("q 0 0 10 10 re W n 5 5 20 20 re f Q"))
    assert area.box == (5, 5, 10, 10)
    assert not area.rectangle
    assert area.sides == ALL_SIDES


def test_a_slanted_clip_leaves_no_straight_edge() -> None:
    area = only(drawn("q 0 0 m 10 5 l 0 10 l h W n -5 -5 30 30 re f Q"))
    assert area.box == (0, 0, 10, 10)
    assert area.sides == LEFT


def test_what_lies_off_the_sheet_is_not_there() -> None:
    assert drawn("2000 0 10 10 re f").things == ()


def test_lines_have_their_width_as_printed() -> None:
    line = only(drawn("q 0.5 0 0 0.5 0 0 cm 3 w 0 100 m 200 100 l S Q"))
    assert line.width == pytest.approx(1.5)
    assert line.box == pytest.approx((-0.75 if line.box[0] < 0 else 0, 49.25, 100.75, 50.75))


def test_fill_and_stroke_are_two_things() -> None:
    kinds = [type(thing) for thing in drawn("0 0 10 10 re B").things]
    assert kinds == [Area, Line]


def test_settings_say_how_things_are_put_on() -> None:
    settings = Dictionary(ca=0.5, CA=0.25, op=True, OP=False, OPM=1, BM=Array([Name.Multiply, Name.Normal]), LW=4)
    drawing = drawn("/S gs 10 10 20 20 re B", ExtGState=Dictionary(S=settings))
    area, line = only(drawing, Area), only(drawing, Line)
    assert (area.manner.alpha, area.manner.overprint, area.manner.overprint_mode) == (0.5, True, 1)
    assert (line.manner.alpha, line.manner.overprint, line.width) == (0.25, False, 4)
    assert area.manner.blend == "Multiply"


# --- Text ---


def text_of(content: str) -> Any:
    pdf = pikepdf.new()
    return only(drawn(content, pdf, Font=Dictionary(F=embedded_font(pdf))), Text)


def test_text_is_as_wide_as_its_letters() -> None:
    text = text_of(f"BT /F 10 Tf 100 200 Td <{codes('Salt')}> Tj ET")
    width = sum(advances()[glyphs()[letter]] for letter in "Salt") / 100
    assert text.box == pytest.approx((100, 197.5, 100 + width, 206.7), abs=0.01)
    assert (text.size, text.letters, text.font.name) == (10, 4, "SourceSerifPro")


def test_gaps_and_spaces_count_within_text_and_not_around_it() -> None:
    plain = text_of(f"BT /F 10 Tf 100 200 Td <{codes('S a')}> Tj ET")
    spaced = text_of(f"BT /F 10 Tf 100 200 Td [500 <{codes('  S a ')}> -2000] TJ ET")
    blank = advances()[glyphs()[" "]] / 100
    assert spaced.box[0] == pytest.approx(100 - 5 + 2 * blank)
    assert spaced.box[2] - spaced.box[0] == pytest.approx(plain.box[2] - plain.box[0])


def test_the_next_text_follows_where_the_last_one_ended() -> None:
    pdf = pikepdf.new()
    font = Dictionary(F=embedded_font(pdf))
    first, second = drawn(f"BT /F 10 Tf <{codes('Sa')}> Tj <{codes('lt')}> Tj ET", pdf, Font=font).things
    assert second.box[0] == pytest.approx(first.box[2])


def test_letter_spaces_stretching_rise_and_turning() -> None:
    text = text_of(f"BT /F 10 Tf 2 Tc 50 Tz 3 Ts 0 1 -1 0 100 200 Tm <{codes('Sa')}> Tj ET")
    width = (sum(advances()[glyphs()[letter]] for letter in "Sa") / 100 + 2) / 2
    assert text.box == pytest.approx((100 - 9.7, 200, 100 - 0.5, 200 + width), abs=0.01)
    assert text.size == pytest.approx(10)


def test_lines_of_text_follow_each_other() -> None:
    pdf = pikepdf.new()
    content = f"BT /F 10 Tf 12 TL 50 500 Td <{codes('S')}> Tj T* <{codes('S')}> Tj <{codes('S')}> ' 0 -20 TD ET"
    tops = [thing.box[3] for thing in drawn(content, pdf, Font=Dictionary(F=embedded_font(pdf))).things]
    assert tops == pytest.approx([506.7, 494.7, 482.7])


def test_text_that_only_clips_is_unseen_and_clips() -> None:
    pdf = pikepdf.new()
    content = f"q BT /F 10 Tf 7 Tr 50 500 Td <{codes('S')}> Tj ET 0 0 900 900 re f Q"
    drawing = drawn(content, pdf, Font=Dictionary(F=embedded_font(pdf)))
    assert not only(drawing, Text).visible
    area = only(drawing, Area)
    assert area.box[2] - area.box[0] < 10


def test_spaces_alone_are_nothing() -> None:
    pdf = pikepdf.new()
    assert drawn(f"BT /F 10 Tf <{codes('  ')}> Tj ET", pdf, Font=Dictionary(F=embedded_font(pdf))).things == ()


def test_widths_in_both_ways_of_writing() -> None:
    holder = Dictionary(Subtype=Name.CIDFontType2, DW=700, W=Array([1, Array([100, 200]), 5, 7, 300, 9]))
    font = read_font(Dictionary(Subtype=Name.Type0, DescendantFonts=Array([holder])))
    assert [font.width([code]) for code in (1, 2, 5, 6, 7, 8)] == [0.1, 0.2, 0.3, 0.3, 0.3, 0.7]


# --- Forms, pictures, patterns ---


def form(pdf: pikepdf.Pdf, content: str, **entries: Any) -> pikepdf.Stream:
    return pdf.make_stream(
        content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]), **entries
    )


def test_a_form_is_drawn_through_its_matrix_and_box() -> None:
    pdf = pikepdf.new()
    thing = form(pdf, "50 50 100 100 re f", Matrix=Array([2, 0, 0, 2, 10, 10]))
    area = only(drawn("q 1 0 0 1 5 5 cm /F Do Q", pdf, XObject=Dictionary(F=thing)))
    assert area.box == (115, 115, 215, 215)
    assert area.manner.where.startswith("form F")


def test_opacity_of_groups_multiplies_and_others_inherit() -> None:
    pdf = pikepdf.new()
    half = Dictionary(H=Dictionary(ca=0.5))
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    inner = Dictionary(ExtGState=half)
    thing = form(pdf, "/H gs 0 0 9 9 re f", Group=group, Resources=inner)
    drawing = drawn("/H gs /F Do", pdf, XObject=Dictionary(F=thing), ExtGState=half)
    assert only(drawing, Area).manner.alpha == 0.25
    assert only(drawing, Group).space.family is Family.CMYK
    plain = form(pdf, "0 0 9 9 re f")
    assert only(drawn("/H gs /F Do", pdf, XObject=Dictionary(F=plain), ExtGState=half), Area).manner.alpha == 0.5


def test_forms_that_draw_each_other_end() -> None:
    pdf = pikepdf.new()
    one = pdf.make_indirect(form(pdf, "/B Do 0 0 5 5 re f"))
    two = pdf.make_indirect(form(pdf, "/A Do"))
    both = Dictionary(A=one, B=two)
    one.Resources = two.Resources = Dictionary(XObject=both)
    drawing = drawn("/A Do", pdf, XObject=both)
    assert [fault.what for fault in drawing.faults] == ["the form 'A' is drawn within itself"]


def test_forms_that_double_thirty_times_end_soon() -> None:
    pdf = pikepdf.new()
    last = pdf.make_indirect(form(pdf, "0 0 5 5 re f"))
    for _ in range(25):
        last = pdf.make_indirect(form(pdf, "/N Do /N Do", Resources=Dictionary(XObject=Dictionary(N=last))))
    drawing = drawn("/N Do", pdf, XObject=Dictionary(N=last))
    assert any("more than can be looked at" in fault.what for fault in drawing.faults)
    assert len(drawing.things) <= 2_000_000


@pytest.mark.parametrize(
    ("matrix", "ppi"),
    [("72 0 0 72 0 0", 100), ("72 0 0 36 0 0", 100), ("0 72 -144 0 200 0", 50), ("50.9 50.9 -50.9 50.9 100 0", 100)],
)
def test_pictures_have_their_resolution_as_placed(matrix: str, ppi: float) -> None:
    pdf = pikepdf.new()
    thing = picture(pdf, bytes(10000), (100, 100), Name.DeviceGray)
    found = only(drawn(f"q {matrix} cm /P Do Q", pdf, XObject=Dictionary(P=thing)), Picture)
    assert found.ppi == pytest.approx(ppi, rel=0.001)


def test_pictures_in_the_drawing_are_pictures() -> None:
    found = only(drawn(b"q 72 0 0 72 0 0 cm BI /W 10 /H 20 /BPC 8 /CS /RGB ID " + b"x" * 600 + b" EI Q"), Picture)
    assert (found.pixels, found.ppi, found.space.family, found.bits) == ((10, 20), 10, Family.RGB, 8)


def test_stencils_have_the_colour_of_the_moment() -> None:
    pdf = pikepdf.new()
    thing = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=8, Height=1, ImageMask=True)
    found = only(drawn("0 1 0 0 k q 9 0 0 9 0 0 cm /P Do Q", pdf, XObject=Dictionary(P=thing)), Picture)
    assert found.stencil == Paint(found.stencil.space, (0, 1, 0, 0))
    assert found.bits == 1


def test_what_fills_a_pattern_takes_its_place() -> None:
    pdf = pikepdf.new()
    tile = pdf.make_stream(
        b"0 0 1 0 k 0 0 2 2 re f", PatternType=1, PaintType=1, BBox=Array([0, 0, 4, 4]), XStep=4, YStep=4
    )
    area, inner = drawn("/Pattern cs /P scn 100 100 50 50 re f", pdf, Pattern=Dictionary(P=tile)).things
    assert isinstance(area, Area)
    assert isinstance(inner, Area)
    assert (area.paint.known, inner.manner.inside, inner.box) == (False, "pattern", (100, 100, 150, 150))


def test_a_pattern_without_colour_takes_it_from_outside() -> None:
    pdf = pikepdf.new()
    tile = pdf.make_stream(b"0 0 2 2 re f", PatternType=1, PaintType=2, BBox=Array([0, 0, 4, 4]), XStep=4, YStep=4)
    space = Dictionary(C=Array([Name.Pattern, Name.DeviceRGB]))
    area = only(drawn("/C cs 1 0 0 /P scn 0 0 9 9 re f", pdf, Pattern=Dictionary(P=tile), ColorSpace=space))
    assert area.paint.space.family is Family.RGB


def test_a_shading_fills_its_clip() -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Function=function([0] * 4, [1] * 4))
    found = only(drawn("q 10 10 30 20 re W n /S sh Q", Shading=Dictionary(S=shading)), Shading)
    assert found.box == (10, 10, 40, 30)
    assert found.shade.most.total == 400


def test_a_soft_mask_is_drawn_but_not_printed() -> None:
    pdf = pikepdf.new()
    mask = form(pdf, "1 0 0 rg 0 0 9 9 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    settings = Dictionary(M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=pdf.make_indirect(mask))))
    drawing = drawn("/M gs 0 0 0 1 k 50 50 9 9 re f", pdf, ExtGState=settings)
    inner, area = (thing for thing in drawing.things if isinstance(thing, Area))
    assert (inner.manner.inside, area.manner.inside, area.manner.masked) == ("mask", "", True)


def test_a_pattern_in_a_soft_mask_belongs_to_the_mask() -> None:
    pdf = pikepdf.new()
    cell = pdf.make_stream(
        b"0 g 0 0 2 2 re f",
        **{"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 4, "YStep": 4},
        BBox=Array([0, 0, 4, 4]),
        Resources=Dictionary(),
    )
    mask = form(pdf, "/Pattern cs /P scn 0 0 9 9 re f", Resources=Dictionary(Pattern=Dictionary(P=cell)))
    settings = Dictionary(M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=pdf.make_indirect(mask))))
    drawing = drawn("/M gs 0 0 0 1 k 50 50 9 9 re f", pdf, ExtGState=settings)
    assert [thing.manner.inside for thing in drawing.things if isinstance(thing, Area)][:1] == ["mask"]
    assert {thing.manner.inside for thing in drawing.things} == {"mask", ""}


# --- Colours ---


def space(thing: Any, **resources: Any) -> Any:
    return Spaces().read(thing, Dictionary(ColorSpace=Dictionary(**resources)))


def test_default_spaces_stand_in_for_devices() -> None:
    profile = Array([Name.ICCBased, pikepdf.new().make_stream(b"", N=3)])
    assert space(Name.DeviceRGB, DefaultRGB=profile).family is Family.ICC
    assert space(Name.DeviceRGB).family is Family.RGB


def test_palettes_and_spots_lead_to_their_base() -> None:
    found = space(Array([Name.Indexed, spot("Gold", (0, 0, 1, 0)), 1, pikepdf.String(b"\x00\xff")]))
    assert [one.family for one in found.all()] == [Family.INDEXED, Family.SEPARATION, Family.CMYK]
    assert Paint(found, (1,)).inks == (("Gold", 1.0),)
    assert Paint(found, (0,)).white
    assert Paint(found, (9,)).inks == ()


def test_a_space_that_names_itself_ends() -> None:
    assert space(Name.A, A=Name.B, B=Name.A).family is Family.UNKNOWN


def test_registration_colour_is_four_inks() -> None:
    assert Paint(space(spot("All", (1, 1, 1, 1))), (1,)).total == 400


def test_spots_that_look_alike_are_known() -> None:
    one, same, other = (
        space(spot(name, inks)) for name, inks in (("A", (0, 1, 0, 0)), ("B", (0, 1, 0, 0)), ("C", (0, 0.9, 0, 0)))
    )
    assert one.look == same.look != other.look


# --- Functions and shadings ---


@pytest.mark.parametrize(
    ("thing", "count"),
    [
        (function([0, 0, 0], [1, 1, 1]), 3),
        (Dictionary(FunctionType=2, N=1), 1),
        (Dictionary(FunctionType=2, N=1, C0=Array([0, 0]), C1=Array([1])), None),
        (Dictionary(FunctionType=3, Functions=Array([function([0], [1]), function([1], [0])])), 1),
        (Dictionary(FunctionType=3, Functions=Array([function([0], [1]), function([1, 1], [0, 0])])), None),
        (Dictionary(FunctionType=0, Range=Array([0, 1, 0, 1])), 2),
        (Dictionary(FunctionType=9), None),
        (Name.Identity, None),
        (None, None),
    ],
)
def test_how_many_values_a_function_gives(thing: Any, count: int | None) -> None:
    assert outputs(thing) == count


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({"ColorSpace": Name.DeviceCMYK, "Function": function([0] * 4, [1] * 4)}, ""),
        ({"ColorSpace": Name.DeviceCMYK, "Function": Array([function([0], [1])] * 4)}, ""),
        (
            {"ColorSpace": Name.DeviceCMYK, "Function": Array([function([0], [1])] * 3)},
            "it has 3 functions for 4 colour values",
        ),
        (
            {"ColorSpace": Name.DeviceCMYK, "Function": function([0] * 3, [1] * 3)},
            "its function gives 3 values for 4 inks",
        ),
        ({"ColorSpace": Name.DeviceCMYK}, "it has no function"),
        ({"Function": function([0], [1])}, "its colour space can't be read"),
        ({"ColorSpace": Name.DeviceCMYK, "ShadingType": 8}, "its kind is 8, and there are kinds 1 to 7"),
        ({"ColorSpace": Name.DeviceCMYK, "ShadingType": 5}, ""),
    ],
)
def test_faults_of_shadings(entries: dict[str, Any], fault: str) -> None:
    assert read_shading(Dictionary(**{"ShadingType": 2, **entries}), Spaces(), None).fault == fault


# --- What is broken ---


@pytest.mark.parametrize(
    "content",
    [
        "(x) 0 0 0 k", "1 2 k", "/X gs", "/X Do", "/X sh", "/X cs", "BT /X 10 Tf ET", "Q", "q", "1 0 0 cm", "1 2 re f",
        "/Pattern cs /X scn", "(text) Do", "5 Tr (x) Tr",
    ],
)  # fmt: skip
def test_broken_content_is_told_and_the_rest_drawn(content: str) -> None:
    drawing = drawn(f"0 0 5 5 re f {content}\n 10 10 5 5 re f")
    assert drawing.faults
    assert any(isinstance(thing, Area) and thing.box == (0, 0, 5, 5) for thing in drawing.things)


def test_a_page_without_contents_draws_nothing() -> None:
    assert Draughtsman().draw(Dictionary(Type=Name.Page), SHEET) == Drawing(things=(), faults=())
