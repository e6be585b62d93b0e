"""The full-page advert of a bookseller: words and two blocks come in, a press-ready PDF in two inks comes out."""

import io
import zlib
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
import pikepdf
import weasyprint
from pikepdf import Name, Pdf
from weasyprint.text.fonts import FontConfiguration

from draw.heron import bookcase, heron
from draw.knife import gouge, straight
from draw.press import Block, Sheet, worn

SHEET = Sheet(width=216, height=303, pixels=(6804, 9544))
GREEN = (0.84, 0.24, 0.72, 0.38)
WORDS = """
<h1>Heronsgate Books</h1>
<section>
<p class="line">Old books<br>for new<br>arguments</p>
<p class="what">History, politics and economics, bought and sold since 1978</p>
<div class="list"><p class="new">New catalogue:</p><p class="name">Pamphlets of the Hungry Forties</p>
<p>212 items, free on request</p></div>
<div class="where"><p>Open Tuesday to Saturday,<br>ten to five</p><p>9 Wharf Street, by the canal</p>
<p class="web">heronsgate.example</p></div>
</section>
"""
STYLE = """
@page { size: 210mm 297mm; bleed: 3mm; margin: 0 }
html { color: device-cmyk(0 0 0 0); font-family: "Source Sans Pro" }
body, h1, p { margin: 0 }
h1 { position: absolute; left: 17mm; top: 14mm; width: 180mm; font: 900 58.5pt/60pt "Source Serif Pro";
  letter-spacing: -0.015em; white-space: nowrap }
section { position: absolute; left: 17mm; top: 56mm; width: 78mm; font-size: 14pt; line-height: 19.5pt }
.line { font: italic 400 37pt/41pt "Source Serif Pro"; margin-bottom: 10mm }
.what { font-size: 15pt; line-height: 21pt; margin-bottom: 27mm }
.list { border-top: 1.5pt solid device-cmyk(0 0 0 0); border-bottom: 1.5pt solid device-cmyk(0 0 0 0);
  padding: 6mm 0 7mm; margin-bottom: 36mm }
.new { font-weight: 600 }
.name { font: 600 25pt/29pt "Source Serif Pro"; margin: 1mm 0 3mm }
.where p { margin-bottom: 2mm }
.web { font-weight: 700; font-size: 19pt; padding-top: 3mm }
"""
FACES = (
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Regular", 400, "normal"),
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Semibold", 600, "normal"),
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Bold", 700, "normal"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-It", 400, "italic"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-Semibold", 600, "normal"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-Black", 900, "normal"),
)


def draw(folder: Path) -> None:
    """Write heronsgate-books.pdf."""
    colour, key = _blocks()
    with Pdf.open(io.BytesIO(_page())) as pdf:
        page = pdf.pages[0]
        left, bottom, right, top = (float(value) for value in page.mediabox)
        page.Resources.XObject = pikepdf.Dictionary(Green=_stencil(pdf, colour, 1978), Black=_stencil(pdf, key, 1979))
        place = f"{right - left:.3f} 0 0 {top - bottom:.3f} {left:.3f} {bottom:.3f} cm"
        inks = f"{' '.join(map(str, GREEN))} k /Green Do 0 0 0 1 k /Black Do"
        page.contents_add(f"q {place} {inks} Q".encode(), prepend=True)
        pdf.save(folder / "heronsgate-books.pdf", deterministic_id=True)


def _blocks() -> tuple[Block, Block]:
    random = Random(1978)
    colour = Block(SHEET, inked=True)
    key = Block(SHEET, shift=(0.12, -0.1))
    for _ in range(150):
        x, y = random.uniform(90, 216), random.uniform(46, 205)
        if x < 104 + (y < 120) * 8:
            continue
        path = straight((x, y), (x + random.uniform(6, 20), y), random, 0.2)
        key.fill(gouge(path, random.uniform(0.4, 0.9)))
    bookcase(colour, key, (112, 168, 201, 306), random)
    heron(colour, key, (158, 161.6), 1.06, random)
    return colour, key


def _page() -> bytes:
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f"src: url({(Path(str(files(package))) / 'files' / f'{name}.ttf').as_uri()}) }}"
        for family, package, name, weight, style in FACES
    )
    fonts = FontConfiguration()
    title = "<title>Heronsgate Books</title>"
    page = weasyprint.HTML(string=f'<html lang="en-GB"><head>{title}</head><body>{WORDS}</body></html>')
    sheet = weasyprint.CSS(string=faces + STYLE, font_config=fonts)
    made = page.write_pdf(stylesheets=[sheet], font_config=fonts)
    assert made is not None
    return bytes(made)


def _stencil(pdf: Pdf, block: Block, seed: int) -> pikepdf.Object:
    """Turn a block into a stencil of one bit: line art, for the press to paint with one ink."""
    inked = worn(block, seed) > 0.2  # of the worn specks only the largest: small type stands among them
    width, height = block.sheet.pixels
    stencil = pikepdf.Stream(pdf, zlib.compress(np.packbits(~inked, axis=1).tobytes(), 9))
    stencil.Type, stencil.Subtype = Name.XObject, Name.Image
    stencil.Width, stencil.Height = width, height
    stencil.ImageMask = True
    stencil.BitsPerComponent = 1
    stencil.Filter = Name.FlateDecode
    return pdf.make_indirect(stencil)
