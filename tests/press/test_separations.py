"""Separations as a printer sees them: Ghostscript draws the plates, and three readers the page beside its original."""

import base64
import io
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
import weasyprint
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables.sbixGlyph import Glyph
from fontTools.ttLib.tables.sbixStrike import Strike
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageDraw

from magbuild.model import Colour
from tests.kit_inks import FOGRA39, distance, lab_of_cmyk, lab_of_rgb
from tests.kit_separation import PALETTE, assert_separated, inks, saved, separated

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("separations")]

Pixels = NDArray[np.float64]
PPI = 72
MM = PPI / 25.4

PAGE = "@page { size: 180mm 200mm; margin: 6mm } body { font: 9pt 'DejaVu Serif'; color: #1c1a19; margin: 0 }"
BOX = "div, svg, p { position: absolute; margin: 0; width: 40mm; height: 20mm }"


def set_page(html: str, styles: str = "") -> bytes:
    """Return a page as the layout engine writes it for a proof."""
    return bytes(
        weasyprint.HTML(string=f"<title>Test</title><style>{PAGE}{BOX}{styles}</style>{html}", base_url="/").write_pdf(
            pdf_tags=True, pdf_variant="pdf/ua-1", pdf_identifier=b"test"
        )
    )


def printed(pdf: bytes, folder: Path, palette: Mapping[str, Colour] = PALETTE) -> Path:
    """Separate a PDF into a file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert separated(opened, palette=palette) == ()
        (folder / "printed.pdf").write_bytes(saved(opened))
    return folder / "printed.pdf"


def run(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr + done.stdout


def plates(pdf: Path, ppi: float = PPI) -> Pixels:
    """Return what the four process plates print, 0 to 1, with overprint."""
    target = pdf.with_suffix(".cmyk.tif")
    run(
        "gs",
        "-q",
        "-dSAFER",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiff32nc",
        "-dOverprint=/enable",
        f"-r{ppi}",
        "-o",
        target,
        pdf,
    )
    return np.asarray(Image.open(target)).astype(float) / 255


def separations(pdf: Path) -> dict[str, Pixels]:
    """Return each plate that Ghostscript makes, by its name."""
    folder = pdf.parent / "plates"
    folder.mkdir()
    run("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{PPI}", "-o", folder / "p.tif", pdf)
    found = {}
    for path in folder.glob("p(*).tif"):
        found[path.stem.removeprefix("p(").removesuffix(")")] = 1 - np.asarray(Image.open(path)).astype(float) / 255
    return found


def region(pixels: Pixels, left: float, top: float, width: float, height: float, ppi: float = PPI) -> Pixels:
    """Return the part of a page that lies in millimetres from its left and top edge."""
    scale = ppi / 25.4
    return pixels[
        round(top * scale) : round((top + height) * scale), round(left * scale) : round((left + width) * scale)
    ]


def at(left: float, top: float, extra: str = "") -> str:
    return f'style="left: {left}mm; top: {top}mm; {extra}"'


# --- Plates ---


def test_body_text_is_on_the_black_plate_alone(tmp_path: Path) -> None:
    found = plates(printed(set_page(f"<p {at(0, 0)}>Salt was dear, and the roads were long.</p>"), tmp_path), 200)
    assert found[..., 3].max() == 1
    assert found[..., :3].max() == 0


def test_small_black_type_overprints_and_large_type_does_not(tmp_path: Path) -> None:
    html = (
        f"<div {at(0, 0, 'background: #0af')}></div><p {at(0, 0, 'font-size: 8pt')}>▇▇▇▇</p>"
        f"<div {at(0, 30, 'background: #0af')}></div><p {at(0, 30, 'font-size: 16pt')}>▇▇▇▇</p>"
    )
    made = {**PALETTE, "sky": Colour(screen="#00aaff", print=(80, 20, 0, 0))}
    found = plates(printed(set_page(html), tmp_path, made), 200)
    small, large = (region(found, 6, top, 40, 20, 200).reshape(-1, 4) for top in (6, 36))
    for part, ink in ((small, 0.8), (large, 0.0)):
        full = part[part[:, 3] == 1]
        assert len(full) > 100
        assert np.median(full[:, 0]) == pytest.approx(ink, abs=0.01)


def test_thin_black_lines_overprint_and_thick_ones_do_not(tmp_path: Path) -> None:
    lines = '<line x1="5" y1="5" x2="95" y2="5" stroke="#000" stroke-width="{}"/>'
    drawings = "".join(
        f'<svg {at(0, top)} viewBox="0 0 100 50"><rect width="100" height="50" fill="#0af"/>{lines.format(width)}</svg>'
        for top, width in ((0, 1), (30, 4))
    )
    made = {**PALETTE, "sky": Colour(screen="#00aaff", print=(80, 20, 0, 0))}
    found = plates(printed(set_page(drawings), tmp_path, made), 300)
    for top, ink in ((6, 0.8), (36, 0.0)):
        part = region(found, 6, top, 40, 20, 300).reshape(-1, 4)
        full = part[part[:, 3] == 1]
        assert len(full) > 100
        assert np.median(full[:, 0]) == pytest.approx(ink, abs=0.01)


def test_a_spot_ink_has_its_plate_and_nothing_else_is_on_it(tmp_path: Path) -> None:
    signal = "#c8102e"
    html = (
        f"<div {at(0, 0, f'background: {signal}')}></div>"
        f"<div {at(50, 0, f'background: linear-gradient(90deg, {signal}, #fff)')}></div>"
        f"<div {at(100, 0, f'background: linear-gradient(90deg, {signal}, transparent)')}></div>"
        f"<div {at(0, 30, f'background: linear-gradient(90deg, {signal}, #b5121b)')}></div>"
        f"<div {at(50, 30, 'background: #b5121b')}></div><p {at(100, 30, f'color: {signal}; font-size: 30pt')}>Spot</p>"
    )
    found = separations(printed(set_page(html), tmp_path))
    assert set(found) == {"Cyan", "Magenta", "Yellow", "Black", "PANTONE 186 C"}
    spot = found["PANTONE 186 C"]
    process = np.sum([found[name] for name in ("Cyan", "Magenta", "Yellow", "Black")], axis=0)
    assert region(spot, 8, 8, 36, 16).min() == 1
    assert region(process, 8, 8, 36, 16).max() == 0
    for left in (56, 106):
        row = region(spot, left + 1, 14, 38, 2)[0]
        assert row[0] > 0.93
        assert row[-1] < 0.07
        assert np.abs(row - np.linspace(row[0], row[-1], len(row))).max() < 0.06
        assert region(process, left, 14, 40, 2).max() < 0.02
    row = region(spot, 7, 44, 38, 2)[0]
    assert row[0] > 0.93 > 0.07 > row[-1]
    assert region(found["Magenta"], 7, 44, 38, 2)[0][-1] > 0.93
    assert region(spot, 56, 36, 40, 20).max() == 0
    assert region(spot, 106, 36, 40, 20).max() == 1


# --- Colours ---


def test_colours_that_can_be_printed_look_as_on_screens(tmp_path: Path) -> None:
    steps = (0x55, 0x77, 0x99, 0xBB)
    patches = [(r, g, b) for r in steps for g in steps for b in steps if max(r, g, b) - min(r, g, b) > 1]
    html = "".join(
        f"<div {at(index % 10 * 16, index // 10 * 16, f'width:15mm;height:15mm;background:rgb({r},{g},{b})')}></div>"
        for index, (r, g, b) in enumerate(patches)
    )
    found = plates(printed(set_page(html), tmp_path, {}))
    seen = np.array(
        [
            region(found, 8 + i % 10 * 16, 8 + i // 10 * 16, 11, 11).reshape(-1, 4).mean(axis=0)
            for i in range(len(patches))
        ]
    )
    wanted = lab_of_rgb(np.array(patches) / 255)
    far = distance(lab_of_cmyk(seen), wanted)
    # In gamut is what comes back unchanged from the press without a black point in the way.
    back = lab_of_cmyk(inks({}).press.of_rgb(np.array(patches) / 255), compensated=True)
    inside = distance(back, wanted) < 1.5
    assert inside.sum() > 30
    assert far[inside].mean() < 3


# --- The page beside its original ---


def picture(mode: str) -> Image.Image:
    across, down = np.meshgrid(np.linspace(0, 255, 240), np.linspace(0, 255, 160))
    made = np.stack([across, down, across * down / 255], axis=-1).astype(np.uint8)
    return Image.fromarray(made).convert(mode)


def address(made: Image.Image, kind: str, **options: object) -> str:
    packed = io.BytesIO()
    made.save(packed, kind, **options)
    return f"data:image/{kind.lower()};base64," + base64.b64encode(packed.getvalue()).decode()


def faces(folder: Path) -> Path:
    """Return a font whose only letter is a coloured picture, U+1F600."""
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", "face"]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 1000), (1000, 1000), (1000, 0)):
        pen.lineTo(corner)
    pen.closePath()
    outline = pen.glyph()
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x1F600: "face"})
    builder.setupGlyf(dict.fromkeys(names, outline))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": "Faces", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    face = Image.new("RGBA", (136, 136), (0, 0, 0, 0))
    ImageDraw.Draw(face).ellipse((4, 4, 132, 132), fill=(250, 200, 40, 255))
    packed = io.BytesIO()
    face.save(packed, "PNG")
    strike = Strike(ppem=136, resolution=72)
    strike.glyphs = {
        name: Glyph(glyphName=name, graphicType="png ", imageData=packed.getvalue(), originOffsetX=0, originOffsetY=0)
        for name in names
    }
    table = newTable("sbix")
    table.version, table.flags, table.strikes = 1, 1, {136: strike}
    builder.font["sbix"] = table
    builder.save(folder / "faces.ttf")
    return folder / "faces.ttf"


def everything(folder: Path) -> bytes:
    """Return a page with all that could get lost."""
    press = FOGRA39.read_bytes()
    cmyk = ImageCms.profileToProfile(
        picture("RGB"), ImageCms.createProfile("sRGB"), io.BytesIO(press), outputMode="CMYK"
    )
    assert cmyk is not None
    cmyk.info.clear()
    frame = Image.new("RGB", (30, 30), (200, 20, 20))
    ImageDraw.Draw(frame).rectangle((10, 10, 19, 19), fill=(20, 20, 200))
    round_one = Image.new("RGBA", (120, 120), (0, 0, 0, 0))
    for step in range(0, 60, 2):
        ImageDraw.Draw(round_one).ellipse((step, step, 119 - step, 119 - step), fill=(200, 90, 60, 4 * step + 15))
    stops = '<stop offset="0" stop-color="#b5121b"/><stop offset="1" stop-color="#1d4a57" stop-opacity="0.4"/>'
    svg = (
        f'<linearGradient id="one">{stops}</linearGradient><radialGradient id="two">{stops}</radialGradient>'
        '<pattern id="three" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<rect width="4" height="8" fill="#b5121b"/><circle cx="6" cy="4" r="2" fill="#080"/></pattern>'
        '<mask id="four"><rect width="100" height="50" fill="#fa0"/></mask>'
    )
    boxes = (
        "background: linear-gradient(90deg, #b5121b, #fff)",
        "background: linear-gradient(#1d4a57, transparent)",
        "background: linear-gradient(45deg, rgba(0, 80, 200, 0.3), rgba(200, 80, 0, 0.9) 60%, #1d4a57)",
        "background: radial-gradient(circle, #d39b2e, #1d4a57 70%, #000)",
        "background: repeating-linear-gradient(45deg, #b5121b 0, #b5121b 3mm, #fff 3mm, #fff 6mm)",
        "background: repeating-radial-gradient(#1d4a57 0, #1d4a57 2mm, #f3eee3 2mm, #f3eee3 5mm)",
        "background: #fff; box-shadow: 2mm 2mm 3mm rgba(0, 0, 0, 0.6); width: 34mm; height: 14mm",
        "background: #1d4a57; opacity: 0.4",
        f"border: 4mm solid; border-image: url({address(frame, 'PNG')}) 10 / 15px round; width: 32mm; height: 12mm",
        f"background: url({address(frame, 'PNG')}) 0 0 / 8mm 8mm",
        "border: 2pt dashed #000; border-radius: 3mm; width: 38mm; height: 18mm",
        "background: lab(60 40 20)",
        "background: oklch(60% 0.1 200)",
    )
    parts = [f'<div style="left: {i % 4 * 42}mm; top: {i // 4 * 22}mm; {box}"></div>' for i, box in enumerate(boxes)]
    pictures = (
        address(round_one, "PNG"),
        address(cmyk, "JPEG", quality=95, icc_profile=press),
        address(picture("RGB"), "JPEG", quality=95),
        address(picture("L"), "JPEG", quality=95),
        address(picture("RGB").quantize(16), "PNG"),
    )
    parts += [
        f'<div style="left: {i % 4 * 42}mm; top: {88 + i // 4 * 22}mm"><img src="{source}" style="height: 20mm"></div>'
        for i, source in enumerate(pictures)
    ]
    shapes = (
        '<rect x="2" y="2" width="90" height="44" fill="url(#one)"/>',
        '<circle cx="40" cy="25" r="22" fill="url(#two)"/>',
        '<rect x="2" y="2" width="90" height="44" fill="url(#three)"/>',
        '<g mask="url(#four)"><rect x="2" y="2" width="90" height="44" fill="#1d4a57"/></g>',
        '<g opacity="0.5"><rect width="50" height="40" fill="#b5121b"/>'
        '<rect x="20" y="8" width="50" height="40" fill="#00f"/></g>',
        '<rect x="6" y="6" width="80" height="36" fill="none" stroke="url(#one)" stroke-width="8"/>',
    )
    parts += [
        f'<svg style="left: {i % 4 * 42}mm; top: {132 + i // 4 * 22}mm" viewBox="0 0 100 50">{svg}{shape}</svg>'
        for i, shape in enumerate(shapes)
    ]
    parts.append(f"<p {at(84, 110, 'font: 30pt Faces')}>\U0001f600\U0001f600</p><p {at(126, 110)}>Body text</p>")
    return set_page("".join(parts), f"@font-face {{ font-family: Faces; src: url(file://{faces(folder)}) }}")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The page in colours of screens, and in inks."""
    folder = tmp_path_factory.mktemp("everything")
    original = folder / "original.pdf"
    original.write_bytes(everything(folder))
    return original, printed(original.read_bytes(), folder)


def seen(reader: str, pdf: Path) -> Pixels:
    """Return a page as a reader draws it, in RGB from 0 to 255."""
    target = pdf.with_suffix(f".{reader}.png")
    if reader == "poppler":
        run("pdftoppm", "-r", str(PPI), "-png", "-singlefile", pdf, target.with_suffix(""))
    elif reader == "mupdf":
        run("mutool", "draw", "-q", "-r", str(PPI), "-o", target, pdf)
    elif reader == "ghostscript":
        smooth = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")
        run("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=png16m", *smooth, f"-r{PPI}", "-o", target, pdf)
    else:
        document = pypdfium2.PdfDocument(pdf)
        try:
            document[0].render(scale=PPI / 72).to_pil().save(target)
        finally:
            document.close()
    return np.asarray(Image.open(target).convert("RGB")).astype(float)


READERS = ("poppler", "mupdf", "ghostscript", "pdfium")
CELL = 12


def cells(pixels: Pixels) -> Pixels:
    """Return the mean colours of a page's squares of 12 pixels."""
    rows, columns = pixels.shape[0] // CELL, pixels.shape[1] // CELL
    whole = pixels[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL, 3)
    found: Pixels = whole.mean(axis=(1, 3))
    return found


@pytest.mark.parametrize("reader", READERS)
def test_nothing_is_missing_beside_the_original(reader: str, pair: tuple[Path, Path]) -> None:
    before, after = (cells(seen(reader, path)) for path in pair)
    ink_before, ink_after = (255 - part.mean(axis=2) for part in (before, after))
    painted = ink_before > 12
    assert painted.sum() > 500
    assert (ink_after[painted] > 4).all()
    assert (ink_after[ink_before < 0.5] < 4).all()
    # MuPDF here knows no profiles and shows inks in garish colours.
    allowed = 60 if reader == "mupdf" else 30
    assert np.abs(before - after).mean(axis=2)[painted].mean() < allowed


def test_no_colour_of_screens_is_left(pair: tuple[Path, Path]) -> None:
    with pikepdf.open(pair[1]) as pdf:
        assert_separated(pdf)
        spaces = {str(thing.get("/ColorSpace")) for thing in pdf.objects if isinstance(thing, pikepdf.Stream)}
        kinds = [str(shading.ColorSpace) for shading in shadings(pdf)]
    assert spaces <= {"None", "/DeviceCMYK", "/DeviceGray"}
    assert len(kinds) > 12
    assert set(kinds) == {"/DeviceCMYK", "/DeviceGray"}


def shadings(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ShadingType" in thing]


def test_the_tools_of_printers_have_nothing_to_say(pair: tuple[Path, Path]) -> None:
    def heard(*words: str | Path) -> list[str]:
        lines = re.findall("(?:warning|error|Error).*", run(*words))
        return [line for line in lines if "ICC support" not in line]

    with pikepdf.open(pair[1]) as pdf:
        assert pdf.check_pdf_syntax() == []
    for tool in (
        ("mutool", "draw", "-o", "/dev/null"),
        ("pdftoppm", "-r", "20"),
        ("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage"),
    ):
        tail = (pair[0].parent / "drawn",) if tool[0] == "pdftoppm" else ()
        # The font of faces is an odd one; what is said of it is said of the original too.
        assert set(heard(*tool, pair[1], *tail)) <= set(heard(*tool, pair[0], *tail))


def test_all_type_in_the_colour_of_the_text_is_black_alone(pair: tuple[Path, Path]) -> None:
    with pikepdf.open(pair[1]) as pdf:
        fills, shown = "", []
        for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
            operator = str(instruction.operator)
            if operator == "k":
                fills = " ".join(str(value) for value in instruction.operands)
            elif operator == "TJ":
                shown.append(fills)
    assert shown
    assert set(shown) == {"0 0 0 1"}


def test_the_same_page_gives_the_same_bytes(pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert printed(pair[0].read_bytes(), tmp_path).read_bytes() == pair[1].read_bytes()
