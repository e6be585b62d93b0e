"""Good files raise nothing, whatever they hold; files that can't be read give a finding; what is asked for counts."""

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from magbuild import checks
from magbuild.measure import Length, Size
from magbuild.model import Binding, Standard
from magbuild.preflight import RULES, Preflight, preflight
from magbuild.preflight.rules import GROUPS
from tests.kit_press import (
    HEIGHT,
    MM,
    WIDTH,
    XMP,
    Press,
    function,
    good_file,
    photo,
    picture,
    sheetfed,
    spot,
    words,
)

Plant = Callable[[Press], object]
FULL = f"-3 -3 {WIDTH + 6} {HEIGHT + 6} re"


def shown(result: Preflight) -> list[str]:
    return [f"{finding.page or '-'} {finding.problem.code}: {finding.problem.message}" for finding in result.findings]


def soft_shadow(press: Press) -> None:
    """A blurred shadow: black through a soft mask in grey, set to multiply."""
    mask = press.form("0.6 g 20 60 40 20 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    press.add(
        "ExtGState",
        "Shadow",
        Dictionary(
            SMask=Dictionary(S=Name.Luminosity, G=press.pdf.make_indirect(mask)), BM=Name.Multiply, ca=0.5, CA=0.5
        ),
    )
    press.draw(2, "q /Shadow gs 0 0 0 1 k 20 60 40 20 re f Q")


def picture_with_soft_mask(press: Press) -> None:
    """The mask has far fewer pixels than the picture, which is all right."""
    stream = photo(press.pdf)
    stream.SMask = picture(press.pdf, b"\x80" * 400, (20, 20), Name.DeviceGray)
    press.add("XObject", "P", stream)
    press.draw(2, "q 60 0 0 40 20 60 cm /P Do Q")


def spot_that_was_ordered(press: Press) -> None:
    press.add("ColorSpace", "Gold", spot("PANTONE 871 C"))
    press.draw(2, f"/Gold cs 1 scn 20 60 20 10 re f {words('Salt', 20, 80, 6)}")


def grey_picture(press: Press) -> None:
    press.add("XObject", "P", picture(press.pdf, bytes(709 * 473), (709, 473), Name.DeviceGray))
    press.draw(2, "q 60 0 0 40 20 60 cm /P Do Q")


def turned_picture(press: Press) -> None:
    """Turned by 30 degrees, and with a corner that reaches out of the trim, as a corner may."""
    press.draw(2, "q 51.96 30 -20 34.64 125 60 cm /Photo Do Q")


def large_white_text(press: Press) -> None:
    press.draw(2, f"/plain gs 0 0.8 0.6 0.2 k 15 50 80 30 re f 0 0 0 0 k {words('Salt', 20, 60, 8)}")


def black_on_colour(press: Press) -> None:
    press.draw(2, f"/plain gs 0 0.8 0.6 0.2 k 15 50 80 30 re f /over gs 0 0 0 1 k {words('Salt', 20, 60, 6)}")


def large_black_text_that_knocks_out(press: Press) -> None:
    press.draw(2, f"/plain gs 0 0 0 1 k {words('Salt', 20, 60, 12)} 0 0 0 1 K 0.75 w 20 58 m 60 58 l S")


def marks(press: Press) -> None:
    """Crop and registration marks, a colour bar and a slug line, outside the bleed."""
    press.add("ColorSpace", "All", spot("All", (1, 1, 1, 1)))
    press.draw(
        2,
        f"/All CS 1 SCN {0.25 / MM} w -11 0 m -6 0 l S 0 -11 m 0 -6 l S {WIDTH / 2} {HEIGHT + 8} 2 2 re S "
        f"0.1 0.1 0.1 0.1 k 1 0.9 0.9 0.9 k 20 -10 5 5 re f 0 0 0 1 k {words('Page 2', 40, -9, 6)}",
    )


def full_bleed_picture(press: Press) -> None:
    stream = photo(press.pdf, (2150, 2970))
    press.add("XObject", "Full", stream)
    press.draw(2, f"q {WIDTH + 6} 0 0 {HEIGHT + 6} -3 -3 cm /Full Do Q", alone=True)


def picture_in_slices(press: Press) -> None:
    """A picture cut into strips by flattening: each ends where the next begins, some of them in the bleed."""
    for at, bottom in enumerate((-3.0, -1.5, 20.0)):
        press.add("XObject", f"S{at}", photo(press.pdf, (2079, 254)))
        press.draw(2, f"q {WIDTH + 6} 0 0 {(1.5, 21.5, 21.5)[at]} -3 {bottom} cm /S{at} Do Q")


def round_things_at_the_edge(press: Press) -> None:
    """A circle that reaches a little out of the trim."""
    press.draw(2, f"0 0.4 0 0 k {WIDTH} 60 m {WIDTH} 61 163 61 163 60 c 163 59 {WIDTH + 1} 59 {WIDTH + 1} 60 c f")


def clipped_picture(press: Press) -> None:
    """A picture far too large, clipped to the bleed; and one clipped away altogether, in RGB."""
    press.add("XObject", "Big", photo(press.pdf, (2600, 1200)))
    press.add("XObject", "Rgb", picture(press.pdf, bytes(300), (10, 10), Name.DeviceRGB))
    press.draw(2, f"q {FULL} W n q 220 0 0 100 -20 50 cm /Big Do Q Q")
    press.draw(2, "q 20 20 10 10 re W n q 50 0 0 50 100 100 cm /Rgb Do Q Q")


def type_3_font(press: Press) -> None:
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=65,
        LastChar=65,
        Widths=Array([1000]),
        Encoding=Dictionary(Differences=Array([65, Name.square])),
        CharProcs=Dictionary(square=press.pdf.make_stream(b"1000 0 0 0 800 800 d1 0 0 800 800 re f")),
        Resources=Dictionary(),
    )
    press.add("Font", "T", font)
    press.draw(2, f"/over gs 0 0 0 1 k BT /T {9 / MM} Tf 20 60 Td (AAA) Tj ET")


def gradient_to_the_bleed(press: Press) -> None:
    shading = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceCMYK,
        Coords=Array([0, 0, 0, 100]),
        Extend=Array([True, True]),
        Function=Dictionary(
            FunctionType=3,
            Domain=Array([0, 1]),
            Functions=Array([function([0, 0, 0, 0], [0, 1, 0, 0]), function([0, 1, 0, 0], [1, 1, 0, 0])]),
            Bounds=Array([0.5]),
            Encode=Array([0, 1, 0, 1]),
        ),
    )
    press.add("Shading", "S", shading)
    press.add("Pattern", "P", Dictionary(PatternType=2, Shading=shading))
    press.draw(2, f"q -3 -3 {WIDTH + 6} 60 re W n /S sh Q /Pattern cs /P scn -3 100 60 20 re f")


def tiling_pattern(press: Press) -> None:
    tile = press.pdf.make_stream(
        b"0 0.3 0 0 k 0 0 2 2 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 4, 4]),
        XStep=4,
        YStep=4,
        Resources=Dictionary(),
    )
    press.add("Pattern", "P", tile)
    press.draw(2, f"/Pattern cs /P scn -3 20 {WIDTH + 6} 20 re f")


def text_with_spaces_at_the_end(press: Press) -> None:
    """Spaces that run out of the page print nothing."""
    press.draw(2, words("Salt" + " " * 30, WIDTH - 30, 60, 12))


def cropped_as_large_as_the_sheet(press: Press) -> None:
    press.page(2).CropBox = press.page(2).MediaBox


def printers_mark(press: Press) -> None:
    mark = Dictionary(Type=Name.Annot, Subtype=Name.PrinterMark, Rect=Array([10, 10, 20, 20]))
    press.page(2).Annots = Array([press.pdf.make_indirect(mark)])


def jpeg_of_adobe(press: Press) -> None:
    """It holds much paper, which would be much ink if the pixels weren't turned round."""
    press.add("XObject", "P", photo(press.pdf, top=(20, 30, 20, 0), bottom=(0, 40, 40, 10), jpeg=True))
    press.draw(2, "q 60 0 0 40 20 60 cm /P Do Q")


def palette_picture(press: Press) -> None:
    space = Array([Name.Indexed, Name.DeviceCMYK, 1, String(b"\0\0\0\0\0\xff\xff\0")])
    press.add("XObject", "P", picture(press.pdf, bytes([0, 1]) * (709 * 473 // 2 + 1), (709, 473), space))
    press.draw(2, "q 60 0 0 40 20 60 cm /P Do Q")


def form_used_often(press: Press) -> None:
    press.add("XObject", "Form", press.pdf.make_indirect(press.form("0 0.5 0.5 0 k 20 20 5 5 re f")))
    press.draw(2, " ".join(f"q 1 0 0 1 {step} 0 cm /Form Do Q" for step in range(60)))


def heavy_thing_under_white(press: Press) -> None:
    """400 % of ink wholly outside the page."""
    press.draw(2, f"1 1 1 1 k {WIDTH + 6} 20 5 50 re f")


def white_rule(press: Press) -> None:
    press.draw(2, f"/plain gs 0 0.5 0 0 k 15 50 80 30 re f 0 0 0 0 K {0.25 / MM} w 20 60 m 60 60 l S")


GOOD: tuple[Plant, ...] = (
    lambda press: None,
    soft_shadow,
    picture_with_soft_mask,
    grey_picture,
    turned_picture,
    large_white_text,
    black_on_colour,
    large_black_text_that_knocks_out,
    marks,
    full_bleed_picture,
    picture_in_slices,
    round_things_at_the_edge,
    clipped_picture,
    type_3_font,
    gradient_to_the_bleed,
    tiling_pattern,
    text_with_spaces_at_the_end,
    cropped_as_large_as_the_sheet,
    printers_mark,
    jpeg_of_adobe,
    palette_picture,
    form_used_often,
    heavy_thing_under_white,
    white_rule,
)


@pytest.mark.parametrize("plant", GOOD, ids=lambda plant: plant.__name__)
def test_a_good_file_raises_nothing(plant: Plant, tmp_path: Path) -> None:
    press = Press()
    plant(press)
    result = preflight(press.save(tmp_path / "good.pdf"), sheetfed(), binding=Binding.SADDLE)
    assert shown(result) == []
    assert result.good


def test_an_ordered_spot_ink_raises_nothing(tmp_path: Path) -> None:
    press = Press()
    spot_that_was_ordered(press)
    result = preflight(press.save(tmp_path / "good.pdf"), replace(sheetfed(), spots=1))
    assert shown(result) == []
    assert result.facts is not None
    assert result.facts.inks == ("Cyan", "Magenta", "Yellow", "Black", "PANTONE 871 C")


def test_a_picture_across_a_spread_ends_at_the_spine(tmp_path: Path) -> None:
    press = Press()
    press.add("XObject", "Wide", photo(press.pdf, (2126, 1200)))
    press.draw(2, f"q {WIDTH + 3} 0 0 100 -3 50 cm /Wide Do Q")
    press.draw(3, f"q {WIDTH + 3} 0 0 100 0 50 cm /Wide Do Q")
    assert shown(preflight(press.save(tmp_path / "good.pdf"), sheetfed())) == []


def test_a_good_pdfx_1a_raises_nothing(tmp_path: Path) -> None:
    press = Press()
    for page in press.pdf.pages:
        del page.obj.Group
    press.pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-1a:2003")
    press.pdf.Root.Metadata = press.pdf.make_stream(XMP.replace("PDF/X-4<", "PDF/X-1a:2003<").encode())
    path = press.save(tmp_path / "good.pdf", version="1.4")
    assert shown(preflight(path, replace(sheetfed(), standard=Standard.X1A))) == []


def test_a_good_advert_raises_nothing_without_bleed(tmp_path: Path) -> None:
    press = Press()
    while len(press.pdf.pages) > 1:
        del press.pdf.pages[-1]
    press.page(1).BleedBox = press.page(1).TrimBox
    press.draw(1, f"0 0 0.2 0 k 5 5 160 200 re f /over gs 0 0 0 1 k {words('Salt', 20, 60, 12)}", alone=True)
    size = Size(Length(WIDTH), Length(HEIGHT))
    path = press.save(tmp_path / "advert.pdf")
    assert shown(preflight(path, sheetfed(), advert=size)) == []
    other = Size(Length(WIDTH + 0.2), Length(HEIGHT))
    assert [line.split(":")[0] for line in shown(preflight(path, sheetfed(), advert=other))] == ["1 trim-size"]


def test_an_advert_that_is_one_picture_needs_more_pixels(tmp_path: Path) -> None:
    press = Press()
    while len(press.pdf.pages) > 1:
        del press.pdf.pages[-1]
    press.add("XObject", "Full", photo(press.pdf, (2150, 2970)))
    press.draw(1, f"q {WIDTH + 6} 0 0 {HEIGHT + 6} -3 -3 cm /Full Do Q", alone=True)
    path = press.save(tmp_path / "advert.pdf")
    assert shown(preflight(path, sheetfed())) == []
    (finding,) = preflight(path, sheetfed(), advert=Size(Length(WIDTH), Length(HEIGHT))).findings
    assert (finding.problem.code, finding.source, finding.error) == ("low-resolution", "GWG R0033", False)


def test_a_cover_has_one_or_two_pages(tmp_path: Path) -> None:
    press = Press()
    while len(press.pdf.pages) > 2:
        del press.pdf.pages[-1]
    assert shown(preflight(press.save(tmp_path / "cover.pdf"), sheetfed(), cover=True)) == []


# --- What can't be read ---


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file can't be read: it is empty"),
        (b"Salt was dear.", "the file can't be read: it isn't a PDF"),
        (b"PK\3\4 a Word file", "the file can't be read: it isn't a PDF"),
        (b"%PDF-1.6\nnothing", "the file can't be read: its structure is broken"),
    ],
)
def test_what_is_no_pdf_gives_a_finding(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    result = preflight(path, sheetfed())
    assert [finding.problem.message for finding in result.findings] == [said]
    assert (result.facts, result.checked, result.good) == (None, (), False)


def test_a_file_that_is_not_there_gives_a_finding(tmp_path: Path) -> None:
    assert shown(preflight(tmp_path / "none.pdf", sheetfed())) == [
        "- damaged-file: the file can't be read: no such file or directory"
    ]
    assert shown(preflight(tmp_path, sheetfed())) == ["- damaged-file: the file can't be read: is a directory"]


def test_a_locked_file_gives_a_finding(tmp_path: Path) -> None:
    path = Press().save(
        tmp_path / "file.pdf", encryption=pikepdf.Encryption(owner="o", user="u", R=4), deterministic_id=False
    )
    assert shown(preflight(path, sheetfed())) == ["- encrypted: the file is locked with a password"]


def test_a_file_cut_short_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(good_file()[:-300])
    assert "damaged-file" in {finding.problem.code for finding in preflight(path, sheetfed()).findings}


def test_a_file_without_pages_says_so(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "file.pdf")
    codes = {finding.problem.code for finding in preflight(tmp_path / "file.pdf", sheetfed()).findings}
    assert "page-count" in codes


# --- The result ---


def test_a_finding_says_where_it_is(tmp_path: Path) -> None:
    press = Press()
    press.add("XObject", "P", photo(press.pdf, (120, 120)))
    press.draw(4, "q 40 0 0 30 20 60 cm /P Do Q q 40 0 0 30 80 60 cm /P Do Q")
    (finding,) = preflight(press.save(tmp_path / "file.pdf"), sheetfed()).findings
    for found, left in zip(finding.boxes, (20, 80), strict=True):
        assert found == pytest.approx((left, HEIGHT - 90, left + 40, HEIGHT - 60), abs=0.01)
    assert finding.count == 2
    assert finding.object.startswith("picture P, object ")
    assert finding.problem.message == "a picture has 76 ppi at 40 x 30 mm; it needs more than 149 ppi"


def test_the_figures_of_a_check(tmp_path: Path) -> None:
    press = Press()
    press.add("XObject", "P", photo(press.pdf, (500, 334)))
    press.draw(7, "q 60 0 0 40 20 60 cm /P Do Q")
    result = preflight(press.save(tmp_path / "file.pdf"), sheetfed())
    (checked,) = (checked for checked in result.checked if checked.code == "low-resolution")
    assert checked.figures == "9 pictures, lowest 211.67 ppi on page 7, limit 224 ppi"
    assert (checked.errors, checked.warnings) == (0, 1)


def test_the_facts_of_a_file(tmp_path: Path) -> None:
    facts = preflight(Press().save(tmp_path / "file.pdf"), sheetfed()).facts
    assert facts is not None
    assert (facts.claims, facts.version, facts.condition, facts.title) == ("PDF/X-4", "1.6", "FOGRA39", "Salt")
    assert [(size.width.mm, size.height.mm) for size in facts.trims] == [(WIDTH, HEIGHT)]
    assert [page.number for page in facts.pages] == list(range(1, 9))


def test_the_result_is_frozen(tmp_path: Path) -> None:
    result = preflight(Press().save(tmp_path / "file.pdf"), sheetfed())
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.path = tmp_path  # type: ignore[misc]


def test_every_check_has_its_manual_page() -> None:
    for rule in RULES:
        code = rule.__name__.replace("_", "-")
        page = checks.explain(code)
        assert page, code
        assert page[0].isupper(), code
        assert "\n\n" in page, code


def test_the_groups_hold_every_check_once() -> None:
    names = [rule.__name__ for _, rules in GROUPS for rule in rules]
    assert len(names) == len(set(names)) == len(RULES)


def test_a_check_that_gives_up_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(job: Any) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("magbuild.preflight.GROUPS", (("The file", (broken,)),))
    assert shown(preflight(Press().save(tmp_path / "file.pdf"), sheetfed())) == [
        "- not-checked: the check 'broken' gave up, since the file is broken (ValueError)"
    ]
