"""Print PDFs as a prepress operator looks at them: the sample issue's, and that of an issue with all that is risky."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from magbuild.preflight.drawing import Draughtsman
from magbuild.preflight.drawn import Text
from tests.kit import issue_of
from tests.kit_pages import MM, box, texts
from tests.kit_print import complaints
from tests.kit_separation import assert_separated

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]

MM_PIXELS = 2  # pixels to a millimetre
PPI = 25.4 * MM_PIXELS
CELL = 5 * MM_PIXELS
READERS = ("poppler", "mupdf", "ghostscript")
BODY = (8.5, 11.5)  # pt: the size of body text

Pixels = NDArray[np.float64]

# --- An issue with everything in it that is lost on the way to a press elsewhere ---

STYLES = """
.body h2 { background: linear-gradient(90deg, #b5121b, #fff 60%, #1d4a57); padding: 2mm }
.body h2 + p { background: radial-gradient(circle, #d39b2e, #f3eee3); }
.body h2 + p + p { background: repeating-linear-gradient(45deg, #eee 0 3mm, #cde 3mm 6mm) }
.body blockquote { opacity: .6; background: #1d4a57; color: #fff; box-shadow: 2mm 2mm 0 rgba(181, 18, 27, .5) }
.body blockquote + p { border: 2mm solid; border-color: rgba(29, 74, 87, .4) #d39b2e hsl(120 60% 40%) lab(50% 40 20) }
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">
<defs>
<linearGradient id="a">
<stop offset="0" stop-color="#b5121b"/><stop offset="1" stop-color="#0af" stop-opacity="0"/>
</linearGradient>
<radialGradient id="b"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#1d4a57"/></radialGradient>
<pattern id="c" width="20" height="20" patternUnits="userSpaceOnUse">
<circle cx="10" cy="10" r="7" fill="#d39b2e"/></pattern>
<mask id="d"><rect width="400" height="200" fill="url(#e)"/></mask>
<linearGradient id="e"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#000"/></linearGradient>
</defs>
<rect width="90" height="190" x="5" y="5" fill="url(#a)"/><rect width="90" height="190" x="105" y="5" fill="url(#b)"/>
<rect width="90" height="190" x="205" y="5" fill="url(#c)"/>
<rect width="90" height="190" x="305" y="5" fill="#3a7" mask="url(#d)"/>
</svg>"""
TEXT = "Salt is carried by mules over the pass, and the toll is paid in salt, as it was in the old days. " * 6
STORY = f"""---
title: All that is risky
author: Ada
---

{TEXT}

## A head on a gradient

{TEXT}

{TEXT} \U0001f600

> Seen through.

{TEXT}

![A drawn field](pictures/drawn.svg)

{TEXT}

![With alpha](pictures/alpha.png)

{TEXT}

![In inks](pictures/inks.jpg)

{TEXT}

![A wide field](pictures/wide.jpg)
"""


def painted(mode: str) -> Image.Image:
    across, down = np.meshgrid(np.linspace(0, 255, 1500), np.linspace(0, 255, 1000))
    made = np.stack([across, down, across * down / 255], axis=-1).astype(np.uint8)
    return Image.fromarray(made).convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    packed = io.BytesIO()
    image.save(packed, kind, **options)
    return packed.getvalue()


def advert() -> bytes:
    """A client's PDF: RGB throughout, a picture with a profile, an indexed one, a shading, transparency."""
    with pikepdf.new() as pdf:
        profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3)
        space = pikepdf.Array([pikepdf.Name.ICCBased, profile])
        sides = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "BitsPerComponent": 8}
        photo = pdf.make_stream(painted("RGB").tobytes(), Width=1500, Height=1000, ColorSpace=space, **sides)
        table = pikepdf.Array(
            [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, pikepdf.String(b"\xff\x00\x00\x00\x00\xff")]
        )
        two = pdf.make_stream(bytes([0, 1] * 600 * 600), Width=1200, Height=600, ColorSpace=table, **sides)
        blend = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 1, 1], N=1)
        shade = pikepdf.Dictionary(
            ShadingType=2,
            ColorSpace=pikepdf.Name.DeviceRGB,
            Coords=[20, 0, 400, 0],
            Function=blend,
            Extend=[True, True],
        )
        width, height = 216 * MM, 303 * MM
        content = (
            f"0.2 0.5 0.3 rg 0 0 {width:.2f} {height:.2f} re f q 400 0 0 260 60 500 cm /P Do Q "
            "q 300 0 0 150 60 300 cm /T Do Q q 60 120 400 120 re W n /S sh Q /H gs 1 0.9 0 rg 100 60 300 200 re f"
        )
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, width, height],
            BleedBox=[0, 0, width, height],
            TrimBox=[3 * MM, 3 * MM, width - 3 * MM, height - 3 * MM],
            Contents=pdf.make_stream(content.encode()),
            Resources=pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(P=photo, T=two),
                Shading=pikepdf.Dictionary(S=shade),
                ExtGState=pikepdf.Dictionary(H=pikepdf.Dictionary(ca=0.5)),
            ),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        packed = io.BytesIO()
        pdf.save(packed)
    return packed.getvalue()


def risky(folder: Path) -> Path:
    alpha = painted("RGB")
    alpha.putalpha(Image.radial_gradient("L").resize(alpha.size))
    return issue_of(
        folder,
        {
            "037/01-risky.md": STORY,
            "037/layout/styles/stories.css": STYLES,
            "037/pictures/drawn.svg": SVG,
            "037/pictures/alpha.png": saved(alpha, "PNG"),
            "037/pictures/inks.jpg": saved(painted("CMYK"), "JPEG", quality=90),
            "037/pictures/wide.jpg": saved(painted("RGB"), "JPEG", quality=90),
            "037/adverts/client.pdf": advert(),
            "037/02-advert.md": (
                "---\ntitle: Client\ntype: advert\nadvert: {client: Client, artwork: {file: adverts/client.pdf, "
                "alt: Buy salt}}\n---\n"
            ),
        },
    )


# --- Both issues, in print and on screen ---


@dataclass(frozen=True)
class Editions:
    printed: Path
    screen: Path


@pytest.fixture(scope="module", params=["sample", "risky"])
def editions(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Editions:
    if request.param == "sample":
        shelf = request.getfixturevalue("sample")
    else:
        folder = risky(tmp_path_factory.mktemp("risky"))
        words = [sys.executable, "-m", "magbuild", "build", str(folder), "-o", str(folder.parent.parent / "out")]
        done = subprocess.run([*words, "-e", "print", "-e", "screen"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        shelf = folder.parent.parent / "out" / "037"
    return Editions(next(shelf.glob("*-print.pdf")), next(shelf.glob("*-screen.pdf")))


def test_no_colour_of_screens_is_left_anywhere(editions: Editions) -> None:
    with pikepdf.open(editions.printed) as pdf:
        del pdf.Root.OutputIntents  # whose profile is one, by its nature
        assert_separated(pdf)


def test_qpdf_mupdf_poppler_and_ghostscript_have_nothing_to_say(editions: Editions) -> None:
    assert complaints(editions.printed) == []


def test_the_preflight_finds_nothing(editions: Editions) -> None:
    certificate = editions.printed.with_name(f"{editions.printed.stem}-certificate.json")
    found = json.loads(certificate.read_text("utf-8"))
    planned = [finding for finding in found["findings"] if finding["code"] == "empty-page" and not finding["story"]]
    told = [finding for finding in found["findings"] if finding not in planned]
    assert [(finding["code"], finding["page"], finding["message"]) for finding in told] == []
    assert len(found["checked"]) > 50
    assert {check["code"]: check["looked"] for check in found["checked"]}["rgb-colour"] > 100
    done = subprocess.run(
        [sys.executable, "-m", "magbuild", "preflight", str(editions.printed), "--binding", "saddle"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_all_body_text_is_black_alone_and_overprints(editions: Editions) -> None:
    runs = list(body_text(editions.printed))
    assert sum(run.letters for run in runs) > 2000
    assert {run.paint.inks for run in runs} == {(("Black", 1.0),)}
    assert {(run.manner.overprint, run.manner.overprint_mode) for run in runs} == {(True, 1)}


def body_text(path: Path) -> Iterator[Text]:
    """Yield the runs of text in the face and at the size of body text."""
    with pikepdf.open(path) as pdf:
        draughtsman = Draughtsman()
        for page in pdf.pages:
            for thing in draughtsman.draw(page.obj, box(page, "MediaBox")).things:
                if not isinstance(thing, Text) or thing.font is None or not BODY[0] <= thing.size <= BODY[1]:
                    continue
                if thing.font.name == "Source-Serif-Pro" and thing.manner.alpha == 1 and not thing.paint.white:
                    yield thing


def drawn(reader: str, pdf: Path, folder: Path, part: str) -> Iterator[Pixels]:
    """Yield the pages, trimmed, as a reader draws them."""
    folder.mkdir(parents=True, exist_ok=True)
    if reader == "poppler":
        words = ["pdftoppm", "-q", "-r", str(PPI), "-png", str(pdf), str(folder / "p")]
    elif reader == "mupdf":
        words = ["mutool", "draw", "-q", "-r", str(PPI), "-o", str(folder / "p-%03d.png"), str(pdf)]
    else:
        smooth = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"]
        words = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=png16m", *smooth, f"-r{PPI}"]
        words += ["-o", str(folder / "p-%03d.png"), str(pdf)]
    subprocess.run(words, check=True, capture_output=True)
    bleed = 3 * MM_PIXELS if part == "print" else 0
    for path in sorted(folder.glob("p-*.png")):
        page = np.asarray(Image.open(path).convert("RGB")).astype(float)
        yield page[bleed : bleed + 297 * MM_PIXELS, bleed : bleed + 210 * MM_PIXELS]


def cells(page: Pixels) -> Pixels:
    """Return how dark each square of 5 mm is, 0 to 255."""
    rows, columns = page.shape[0] // CELL, page.shape[1] // CELL
    whole = page[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL, 3)
    dark: Pixels = 255 - whole.mean(axis=(1, 3, 4))
    return dark


@pytest.mark.parametrize("reader", READERS)
def test_nothing_is_missing_beside_the_screen_pdf(reader: str, editions: Editions, tmp_path: Path) -> None:
    on_paper = drawn(reader, editions.printed, tmp_path / "print", "print")
    on_screen = drawn(reader, editions.screen, tmp_path / "screen", "screen")
    count = 0
    for number, (paper, screen) in enumerate(zip(on_paper, on_screen, strict=True), 1):
        count += 1
        inked, lit = cells(paper), cells(screen)
        # Edges of light things may fall on either side of a pixel.
        assert (inked[lit > 25] > 3).all(), f"something is missing on page {number}"
        assert (lit[inked > 40] > 3).all(), f"something is too much on page {number}"
        # MuPDF here knows no profiles and shows inks in garish colours.
        assert np.abs(inked - lit).mean() < (40 if reader == "mupdf" else 20), f"page {number}"
    with pikepdf.open(editions.printed) as pdf:
        assert count == len(pdf.pages)


def test_both_have_the_same_words(editions: Editions) -> None:
    """But for adverts, which are pictures on screens."""
    pages = zip(texts(editions.printed.read_bytes()), texts(editions.screen.read_bytes()), strict=True)
    assert sum(printed == screen for printed, screen in pages) >= len(texts(editions.screen.read_bytes())) - 3
