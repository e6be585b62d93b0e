"""The advert of Idle Water, as a client sends it: a page of A5 with its bleed, in the colours of screens."""

import math
from importlib.resources import files
from pathlib import Path

from weasyprint import HTML

BLUE, PALE, DARK, RED = "#2f6f7e", "#eef1e6", "#16343d", "#c2452d"
STYLES = f"""
@page {{ size: 148mm 210mm; bleed: 3mm; margin: 0; background: {PALE} }}
body {{ margin: 0; color: {DARK}; font-family: 'Idle Serif'; text-align: center }}
svg {{ position: absolute; left: -3mm; bottom: -3mm; width: 154mm; height: 136mm }}
h1 {{ font-size: 50pt; line-height: 1; font-weight: 900; letter-spacing: -0.02em; margin: 15mm 0 4mm }}
p {{ font: 600 11.5pt/16pt 'Idle Sans'; margin: 0 14mm }}
.foot {{ position: absolute; left: 0; right: 0; bottom: 9mm; color: #fff; font: 600 10.5pt/15pt 'Idle Sans' }}
"""
FACES = (
    ("Idle Serif", 900, "font_source_serif_pro", "SourceSerifPro-Black.otf"),
    ("Idle Sans", 600, "font_source_sans_pro", "SourceSansPro-Semibold.otf"),
)


def draw(folder: Path) -> None:
    """Write idle-water.pdf."""
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{_font(package, file)}") }}'
        for family, weight, package, file in FACES
    )
    page = f"""<html lang="en"><head><title>Idle Water</title><style>{faces}{STYLES}</style></head><body>
    <h1>Idle Water</h1><p>Narrow boats by the week on the Pennine canals.<br>Four miles an hour, and no faster.
    Nobody will ask<br>when you expect to arrive.</p>{_scene()}
    <p class="foot">3 Basin Row, Calderhope<br>idlewater.example</p></body></html>"""
    HTML(string=page).write_pdf(folder / "idle-water.pdf", pdf_identifier=b"idle water")


def _font(package: str, file: str) -> str:
    return (Path(str(files(package))) / "files" / file).as_uri()


def _scene() -> str:
    """The boat under the bridge, in units of a millimetre, 154 wide and 136 high."""
    stones = "".join(_stone(turn) for turn in range(-84, 91, 14))
    ripples = "".join(_ripple(y, at) for at, y in enumerate((88, 95, 102, 109)))
    reeds = "".join(_reed(x, lean) for x, lean in ((12, -3), (16, 2), (20, -1), (24, 4), (140, 3), (145, -2)))
    return f"""<svg viewBox="0 0 154 136" xmlns="http://www.w3.org/2000/svg">
    <path d="M0 30 Q77 -14 154 30 V84 H0 Z" fill="{BLUE}"/>
    <path d="M0 24.6 Q77 -19.4 154 24.6" fill="none" stroke="{DARK}" stroke-width="3.4"/>
    <path d="M29 84 A48 48 0 0 1 125 84 Z" fill="{PALE}" stroke="{DARK}" stroke-width="1.6"/>{stones}
    <circle cx="92" cy="62" r="13" fill="#e7b24f"/>
    <rect x="0" y="84" width="154" height="52" fill="{BLUE}"/>{ripples}
    <path d="M38 76 H112 Q120 76 123 70 L126 70 Q126 84 116 86 H42 Q36 86 36 80 Z" fill="{DARK}"/>
    <rect x="44" y="63" width="60" height="13" fill="{RED}"/><rect x="42" y="60.4" width="64" height="3" fill="{DARK}"/>
    <g fill="{PALE}"><circle cx="54" cy="69.4" r="3.2"/><circle cx="66" cy="69.4" r="3.2"/>
    <circle cx="78" cy="69.4" r="3.2"/><rect x="86" y="66" width="13" height="6.4"/></g>
    <rect x="97" y="52" width="3.4" height="9" fill="{DARK}"/>
    <path d="M40 61 V46 M40 48 q8 1 10 5" stroke="{DARK}" stroke-width="1.2" fill="none"/>
    <circle cx="40" cy="49" r="3" fill="{DARK}"/><path d="M36 61 q0 -10 4 -10 q4 0 4 10 Z" fill="{DARK}"/>
    {reeds}{_heron()}</svg>"""


def _stone(degrees: float) -> str:
    turn = math.radians(degrees)
    (x, y), (to_x, to_y) = ((77 + math.sin(turn) * out, 84 - math.cos(turn) * out) for out in (48, 57))
    return f'<path d="M{x:.2f} {y:.2f} L{to_x:.2f} {to_y:.2f}" stroke="{DARK}" stroke-width="1"/>'


def _ripple(y: float, at: int) -> str:
    waves = " ".join(f"q4 -{2 + at % 2} 8 0 q4 {2 + at % 2} 8 0" for _ in range(4 + at % 2))
    return f'<path d="M{30 - at * 5 + (at % 2) * 12} {y} {waves}" fill="none" stroke="{PALE}" stroke-width="1"/>'


def _reed(x: float, lean: float) -> str:
    return (
        f'<path d="M{x} 92 q{lean / 2} -16 {lean} -26" fill="none" stroke="{DARK}" stroke-width="1.1"/>'
        f'<ellipse cx="{x + lean}" cy="62" rx="1.5" ry="5" fill="{DARK}"/>'
    )


def _heron() -> str:
    return f"""<g fill="none" stroke="{DARK}" stroke-width="1.1"><path d="M134 92 V78 M137.6 92 V78"/></g>
    <path d="M128 66 Q136 58 143 74 Q137 82 130 78 Q126 73 128 66 Z" fill="{PALE}" stroke="{DARK}" stroke-width="1"/>
    <path d="M130.4 68 Q122 60 128 54 Q131 51 128.6 47.6" fill="none" stroke="{PALE}" stroke-width="3.2"/>
    <path d="M129.6 45.6 Q126 44 123.4 47 L113 50.6 L124 50.4 Q128 50.6 129.6 45.6 Z"
    fill="{PALE}" stroke="{DARK}" stroke-width="0.8"/>
    <path d="M128.6 45.4 q5 0 8 3.4" fill="none" stroke="{DARK}" stroke-width="1.2"/>
    <circle cx="126" cy="47.4" r="0.7" fill="{DARK}"/>"""
