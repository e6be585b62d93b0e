"""Pictures of made-up places in all the kinds that contributors send, the same ones for the same dice."""

import io
from collections.abc import Callable
from importlib.resources import files
from random import Random

from PIL import Image, ImageCms, ImageDraw

SHEETFED = files("magbuild") / "printers" / "ISOcoated_v2_300_bas.icc"
Size = tuple[int, int]
INK = "#33302c"


def landscape(dice: Random, size: Size) -> Image.Image:
    """Draw a sky with a sun, hills one behind another, and a row of houses."""
    (width, height), hue = size, dice.randint(0, 255)
    image = Image.new("HSV", size, (hue, 70, 235))
    draw = ImageDraw.Draw(image)
    x, y, r = dice.randint(0, width), dice.randint(height // 8, height // 3), height // 10
    draw.ellipse((x - r, y - r, x + r, y + r), fill=((hue + 110) % 256, 150, 250))
    for depth in range(1, 5):
        steps = range(0, width + width // 6, width // 6)
        ridge = [(step, height * (0.3 + 0.13 * depth) + dice.randint(-height // 14, height // 14)) for step in steps]
        draw.polygon([(0, height), *ridge, (width, height)], fill=((hue + 18 * depth) % 256, 110, 220 - 38 * depth))
    for left in range(width // 12, width, width // 7):
        top = height * dice.uniform(0.74, 0.84)
        draw.rectangle((left, top, left + width // 14, height * 0.93), fill=(hue, 30, 60))
    return image.convert("RGB")


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return an image as a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photograph(dice: Random, size: Size) -> bytes:
    """Return a JPEG as a telephone takes it: lying on its side, with a note that says so."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, clockwise
    return packed(landscape(dice, size).transpose(Image.Transpose.ROTATE_90), "JPEG", quality=80, exif=exif)


def scan(dice: Random, size: Size) -> bytes:
    """Return a JPEG in shades of grey."""
    return packed(landscape(dice, size).convert("L"), "JPEG", quality=80)


def separated(dice: Random, size: Size) -> bytes:
    """Return a JPEG in the inks of sheetfed offset, with its profile."""
    profile = SHEETFED.read_bytes()
    inks = ImageCms.profileToProfile(
        landscape(dice, size), ImageCms.createProfile("sRGB"), io.BytesIO(profile), outputMode="CMYK"
    )
    assert inks is not None
    return packed(inks, "JPEG", quality=80, icc_profile=profile)


def cutout(dice: Random, size: Size) -> bytes:
    """Return a PNG that is transparent round an oval."""
    image = landscape(dice, size)
    oval = Image.new("L", size)
    ImageDraw.Draw(oval).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=255)
    image.putalpha(oval)
    return packed(image, "PNG", compress_level=1)


def plan(dice: Random, size: Size) -> bytes:
    """Return a PNG with a palette of a few colours."""
    return packed(landscape(dice, size).quantize(12), "PNG")


def chart(dice: Random, size: Size) -> bytes:
    """Return an SVG with bars over a line."""
    width, height = size
    bars = []
    for left in range(width // 20, width - width // 10, width // 8):
        tall = dice.randint(height // 8, height - height // 8)
        bars.append(f'<rect x="{left}" y="{height - tall}" width="{width // 12}" height="{tall}" fill="#5c7a80"/>')
    line = f'<path d="M0 {height} H{width}" stroke="{INK}" stroke-width="{height // 50}"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    return f"{head}<title>Sacks by month</title>{''.join(bars)}{line}</svg>".encode()


KINDS: tuple[tuple[str, Callable[[Random, Size], bytes]], ...] = (
    ("photograph.jpg", photograph),
    ("scan.jpg", scan),
    ("chart.svg", chart),
    ("separated.jpg", separated),
    ("cutout.png", cutout),
    ("plan.png", plan),
)
