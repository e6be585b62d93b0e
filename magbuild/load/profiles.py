"""An ICC file comes in; out comes whether a press can be described by it, and how much ink it lays on."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageCms

HEADER = 128  # bytes, ICC.1:2010, 7.2
MOST = 20_000_000  # bytes: the largest published profiles of presses have three millions
_OTHER_CLASSES: Mapping[bytes, str] = MappingProxyType(
    {
        b"mntr": "a monitor",
        b"scnr": "a camera or scanner",
        b"spac": "a colour space",
        b"link": "a pair of devices",
        b"abst": "effects",
        b"nmcl": "named colours",
    }
)
_BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
# For a few thousand colours the tables that make a million of them quick cost more than they save.
_FEW = ImageCms.Flags.NOOPTIMIZE
# The ways in which colours and pictures are separated.
_SEPARATIONS = (
    (ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.NONE),
    (ImageCms.Intent.RELATIVE_COLORIMETRIC, _BLACK_POINT),
)
_STEPS = tuple(range(0, 256, 17))


class UnusableProfile(ValueError):
    """The ICC file describes no press; the message says why, in words that follow the file's name."""


def examine(path: Path) -> float:
    """Return the most ink, in percent, that a press's CMYK profile lays on; raise UnusableProfile for other files."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise UnusableProfile(f"can't be read: {(error.strerror or 'unknown reason').lower()}") from None
    for fault in _header_faults(data):
        raise UnusableProfile(fault)
    try:
        return _most_ink(ImageCms.ImageCmsProfile(io.BytesIO(data)))
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise UnusableProfile("can't be used: its tables are damaged or missing") from None


def _header_faults(data: bytes) -> Iterator[str]:
    if len(data) > MOST:
        yield f"is larger than {MOST // 1_000_000} million bytes"
    if len(data) < HEADER or data[36:40] != b"acsp":
        yield "isn't an ICC profile"
    if int.from_bytes(data[:4]) > len(data):
        yield "is cut short"
    if data[12:16] != b"prtr":
        yield f"describes {_OTHER_CLASSES.get(data[12:16], 'something else')}, not a press"
    if data[16:20] != b"CMYK":
        space = data[16:20].decode("ascii", "replace").strip()
        yield f"has the colours {space if space.isprintable() else '?'}, not CMYK"


def _most_ink(profile: ImageCms.ImageCmsProfile) -> float:
    """Separate a cube of colours in each way and find the pixel with the most ink."""
    screen = ImageCms.createProfile("sRGB")
    colours = bytes(value for red in _STEPS for green in _STEPS for blue in _STEPS for value in (red, green, blue))
    cube = Image.frombytes("RGB", (len(_STEPS), len(_STEPS) ** 2), colours)
    most = 0
    for intent, flags in _SEPARATIONS:
        separate = ImageCms.buildTransform(screen, profile, "RGB", "CMYK", renderingIntent=intent, flags=flags | _FEW)
        inks = ImageCms.applyTransform(cube, separate)
        assert inks is not None
        plates = [plate.tobytes() for plate in inks.split()]
        most = max(most, *map(sum, zip(*plates, strict=True)))
    ImageCms.buildTransform(profile, screen, "CMYK", "RGB", flags=_FEW)  # proofs on screens need the way back
    return most * 100 / 255
