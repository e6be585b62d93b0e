"""Two quarter-page adverts, as clients send them: drawings and words come in, one-page PDFs in RGB come out."""

import math
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from random import Random

import weasyprint
from weasyprint.text.fonts import FontConfiguration

WIDTH, HEIGHT = 85, 123
PAPER, INK, DEEP, NIGHT, OCHRE, RED = "#f3eee3", "#1c1a19", "#1d4a57", "#12303a", "#d39b2e", "#b5121b"
FACES = (
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Regular", 400, "normal"),
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Bold", 700, "normal"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-It", 400, "italic"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-Black", 900, "normal"),
)
STYLE = f"""
@page {{ size: {WIDTH}mm {HEIGHT}mm; margin: 0 }}
body, h1, p {{ margin: 0 }}
body {{ font: 10.5pt/14pt "Source Sans Pro" }}
svg {{ position: absolute; left: 0; top: 0; width: {WIDTH}mm; height: {HEIGHT}mm }}
h1, div {{ position: absolute; left: 6.5mm; right: 6.5mm }}
h1 {{ font: 900 33pt/33pt "Source Serif Pro"; letter-spacing: -0.02em }}
.line {{ font: italic 400 13pt/16pt "Source Serif Pro" }}
.web {{ font-weight: 700; font-size: 13pt; line-height: 17pt }}
b {{ font-weight: 700 }}
"""
RIBBON = f"""
<h1 style="top: 6mm; color: {PAPER}">Ribbon<br>&amp; Key</h1>
<div class="line" style="top: 31.5mm; color: {OCHRE}">Typewriters mended,<br>sold and loved since 1961</div>
<div style="bottom: 5.5mm; color: {PAPER}"><p><b>Ribbons by post</b> for any make, £6.50</p>
<p><b>A full service</b> in one week, £48</p><p>4 Printer’s Yard, by the station</p>
<p class="web" style="color: {OCHRE}; margin-top: 1mm">ribbonandkey.example</p></div>
"""
WALKS = f"""
<h1 style="top: 6mm; color: {INK}">Long<br>Memory<br>Walks</h1>
<div style="bottom: 5.5mm; color: {PAPER}"><p class="line" style="margin-bottom: 1.5mm">Two hours on foot with
people<br>who worked behind these walls</p><p>Rochdale, Preston, Paisley, Merthyr</p>
<p><b>Saturdays at two,</b> April to September</p><p>£8, or what you can pay</p>
<p class="web" style="color: {OCHRE}; margin-top: 1mm">longmemory.example</p></div>
"""


def draw(folder: Path) -> None:
    """Write ribbon-and-key.pdf and long-memory.pdf."""
    _set(folder / "ribbon-and-key.pdf", "".join(_typewriter()), RIBBON)
    _set(folder / "long-memory.pdf", "".join(_town()), WALKS)


def _set(path: Path, drawing: str, words: str) -> None:
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style};'
        f'src: url("{Path(str(files(package))).joinpath("files", f"{name}.otf").as_uri()}") }}'
        for family, package, name, weight, style in FACES
    )
    svg = f'<svg viewBox="0 0 {10 * WIDTH} {10 * HEIGHT}">{drawing}</svg>'
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(string=faces + STYLE, font_config=fonts)
    html = weasyprint.HTML(string=f'<html lang="en-GB"><title>{path.stem}</title><body>{svg}{words}')
    html.write_pdf(path, stylesheets=[sheet], font_config=fonts, pdf_identifier=path.stem.encode())


def _box(x: float, y: float, width: float, height: float, fill: str, round_by: float = 0) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_by:g}" fill="{fill}"/>'


def _disc(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}"/>'


def _shape(points: str, fill: str) -> str:
    return f'<path d="{points}" fill="{fill}"/>'


def _typewriter() -> Iterator[str]:
    """Yield a portable typewriter from the front, with a letter in it."""
    yield _box(0, 0, 10 * WIDTH, 10 * HEIGHT, DEEP)
    yield '<g transform="translate(0 26)">'
    yield _box(290, 428, 270, 190, PAPER)
    for row, share in enumerate((0.5, 0.92, 0.86, 0.95, 0.6)):
        yield _box(318, 456 + 25 * row, 214 * share, 6, RED if row == 0 else NIGHT)
    for x in (150, 650):
        yield _box(x, 590, 50, 50, INK, 9)
    yield _box(188, 584, 474, 62, NIGHT, 10)
    yield _box(320, 596, 16, 38, OCHRE, 4) + _box(514, 596, 16, 38, OCHRE, 4)
    yield '<path d="M196 600 L128 560 L116 574" fill="none" stroke="#f3eee3" stroke-width="11" stroke-linecap="round"/>'
    yield _shape(
        "M222 646 H628 Q646 646 652 664 L716 852 Q722 880 694 880 H156 Q128 880 134 852 L198 664 Q204 646 222 646Z",
        OCHRE,
    )
    yield _shape("M262 668 H588 L600 706 H250Z", NIGHT)
    for bar in range(15):
        angle = math.radians(200 + bar * 10)
        x, y = 425 + 128 * math.cos(angle), 712 + 44 * math.sin(angle)
        yield f'<path d="M425 712 L{x:.1f} {y:.1f}" stroke="{PAPER}" stroke-width="3"/>'
    yield _box(250, 704, 350, 14, OCHRE)
    for row in range(3):
        y, step, count = 746 + row * 36, 44 + 2.5 * row, 11 - row % 2
        for key in range(count):
            x = 425 + (key - (count - 1) / 2) * step
            yield _disc(x, y + 4, 15.5, "#a8781d") + _disc(x, y, 15, INK) + _disc(x, y - 1.5, 10.5, PAPER)
    yield _box(300, 846, 250, 19, INK, 9)
    yield "</g>"


def _town() -> Iterator[str]:
    """Yield a mill town before the sun, and walkers on the road that leaves it."""
    random = Random(1889)
    yield _box(0, 0, 10 * WIDTH, 10 * HEIGHT, OCHRE) + _disc(640, 330, 150, PAPER)
    for x, top, width in ((528, 262, 34), (748, 330, 30), (622, 390, 26)):
        yield _shape(f"M{x} {top} h{width} l9 420 h-{width + 18}Z", RED) + _box(x - 5, top - 3, width + 10, 17, INK)
    for x, top, width, height in (
        (60, 520, 210, 250),
        (250, 470, 260, 300),
        (500, 540, 190, 220),
        (680, 500, 200, 260),
    ):
        yield _box(x, top, width, height, INK)
        for row in range((height - 60) // 46):
            for column in range((width - 30) // 38):
                lit = random.random() < 0.3
                yield _box(x + 20 + 38 * column, top + 28 + 46 * row, 19, 27, OCHRE if lit else DEEP)
    for tooth in range(5):
        yield _shape(f"M{250 + 52 * tooth} 470 v-34 l52 34Z", INK)
    yield _shape("M0 700 Q210 640 430 705 T850 680 V1230 H0Z", NIGHT)
    yield _shape("M0 770 Q280 705 560 765 T850 752 V1230 H0Z", DEEP)
    road = "M520 700 Q572 708 520 718 Q372 738 440 772 Q490 796 620 812 L850 828 V800 Q560 776 548 758 "
    yield _shape(f"{road}Q545 745 586 728 Q640 708 566 698Z", PAPER)
    for x, y, size, coat in (
        (596, 796, 0.78, RED),
        (634, 803, 0.66, INK),
        (674, 806, 0.82, OCHRE),
        (716, 809, 0.7, NIGHT),
        (438, 752, 0.45, INK),
        (458, 752, 0.4, RED),
    ):
        yield f'<g transform="translate({x} {y}) scale({size})">{_disc(0, -76, 11, INK)}'
        yield (
            _shape("M-15 -60 Q0 -72 15 -60 L19 -18 H-19Z", coat)
            + _shape("M-13 -18 L-17 4 H-7 L-1 -18 L7 4 H17 L12 -18Z", INK)
            + "</g>"
        )
