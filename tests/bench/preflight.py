"""Time the preflight of ninety pages: a dozen pictures of 12 megapixels in 45 places, and kerned text.

Run it as `python tests/bench/preflight.py`; it makes its file itself, and prints seconds.
"""

import io
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from magbuild.preflight import preflight
from tests.kit_press import BLEED, HEIGHT, MM, SLUG, Press, codes, sheetfed

PAGES, PICTURES, EVERY = 90, 12, 2
KEPT = ("/Type", "/MediaBox", "/BleedBox", "/TrimBox", "/Resources", "/Group")
LINES, LINE = 130, "Salt was dear, and the road to it was long and dry. Salt"


def make(path: Path) -> None:
    """Write the file."""
    press = Press()
    page = press.page(1)
    for at in range(PICTURES):
        press.add("XObject", f"P{at}", _picture(press.pdf, at))
    while len(press.pdf.pages):
        del press.pdf.pages[-1]
    for number in range(PAGES):
        again = Dictionary({key: page[key] for key in KEPT})
        again.Contents = press.pdf.make_stream(_content(number).encode())
        press.pdf.pages.append(pikepdf.Page(press.pdf.make_indirect(again)))
    press.save(path)


def _picture(pdf: pikepdf.Pdf, seed: int) -> pikepdf.Stream:
    noise = np.random.default_rng(seed).integers(0, 180, (300, 400, 4), np.uint8)
    packed = io.BytesIO()
    Image.frombytes("CMYK", (400, 300), noise.tobytes()).resize((4000, 3000)).save(packed, "JPEG", quality=90)
    entries = {"Filter": Name.DCTDecode, "Decode": Array([1, 0] * 4)}
    return pdf.make_stream(
        packed.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=4000,
        Height=3000,
        ColorSpace=Name.DeviceCMYK,
        BitsPerComponent=8,
        **entries,
    )


def _content(number: int) -> str:
    edge = (BLEED + SLUG) * MM
    lines = [f"q 1 0 0 1 {edge} {edge} cm /over gs 0 0 0 1 k"]
    kerned = " -12 ".join(f"<{codes(LINE[at : at + 3])}>" for at in range(0, len(LINE), 3))
    for line in range(LINES):
        column, row = divmod(line, LINES // 2)
        place = f"{(15 + 75 * column) * MM:.3f} {(HEIGHT - 20) * MM - row * 9.4:.3f}"
        lines.append(f"BT /F 8.5 Tf 1 0 0 1 {place} Tm [{kerned}] TJ ET")
    if number % EVERY == 0:
        lines.append(f"q {100 * MM:.3f} 0 0 {75 * MM:.3f} {20 * MM:.3f} {10 * MM:.3f} cm /P{number % PICTURES} Do Q")
    return "\n".join((*lines, "Q"))


def main() -> None:
    """Make the file, and time its preflight three times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ninety.pdf"
        make(path)
        for _ in range(3):
            begin = time.perf_counter()
            result = preflight(path, sheetfed())
            seconds = time.perf_counter() - begin
            sys.stdout.write(
                f"{PAGES} pages, {path.stat().st_size / 1e6:.0f} MB: {seconds:.2f} s, {len(result.findings)} findings\n"
            )


if __name__ == "__main__":
    main()
