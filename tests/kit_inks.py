"""The press that tests print on, and colours as they look: Lab values and the distance between two (CIEDE2000)."""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

import magbuild

Floats = NDArray[np.float64]

FOGRA39 = Path(magbuild.__file__).parent / "printers" / "ISOcoated_v2_300_bas.icc"
_RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC


def lab_of_rgb(rgb: Floats) -> Floats:
    """Return the Lab values of sRGB rows, 0 to 1."""
    return _lab(ImageCms.createProfile("sRGB"), "RGB", rgb)


def lab_of_cmyk(cmyk: Floats, *, compensated: bool = False) -> Floats:
    """Return what rows of inks, 0 to 1, look like on paper; `compensated` stretches that down to black."""
    return _lab(ImageCms.ImageCmsProfile(str(FOGRA39)), "CMYK", cmyk, compensated=compensated)


def _lab(profile: object, mode: str, rows: Floats, *, compensated: bool = False) -> Floats:
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION if compensated else ImageCms.Flags.NONE
    way = ImageCms.buildTransform(profile, ImageCms.createProfile("LAB"), mode, "LAB", _RELATIVE, flags)  # type: ignore[arg-type]
    data = np.rint(np.clip(rows, 0, 1) * 255).astype(np.uint8).tobytes()
    made = way.apply(Image.frombytes(mode, (len(rows), 1), data)).tobytes()
    steps = np.frombuffer(made, dtype=np.uint8).reshape(-1, 3)
    return np.column_stack([steps[:, 0] / 2.55, steps[:, 1:].view(np.int8).astype(float)])


def profile_like(*, gamma: float, wide: bool = False) -> bytes:
    """Return a small RGB profile (ICC version 2): with the colours of sRGB, or with wider ones."""
    primaries = (
        ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
        if wide
        else ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
    )

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    xyz = [b"XYZ \0\0\0\0" + b"".join(map(fixed, row)) for row in (*primaries, (0.9642, 1.0, 0.8249))]
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    name = b"Test colours\0"
    words = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78) + bytes(3)
    tags = [(b"rXYZ", xyz[0]), (b"gXYZ", xyz[1]), (b"bXYZ", xyz[2]), (b"wtpt", xyz[3]), (b"desc", words)]
    tags += [(key, curve) for key in (b"rTRC", b"gTRC", b"bTRC")]
    table, data, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for key, value in tags:
        table += key + struct.pack(">II", at + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    size = 128 + len(table) + len(data)
    head = struct.pack(">I4sI4s4s4s12x4s4x4s", size, b"test", 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp", b"test")
    head = head.ljust(68, b"\0") + b"".join(map(fixed, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + table + data


def distance(one: Floats, other: Floats) -> Floats:
    """Return how far apart rows of Lab colours look: CIEDE2000 (CIE 142)."""
    chroma = [np.hypot(lab[:, 1], lab[:, 2]) for lab in (one, other)]
    mean7 = ((chroma[0] + chroma[1]) / 2) ** 7
    stretch = 1 + 0.5 * (1 - np.sqrt(mean7 / (mean7 + 25.0**7)))
    a = [lab[:, 1] * stretch for lab in (one, other)]
    c = [np.hypot(row, lab[:, 2]) for row, lab in zip(a, (one, other), strict=True)]
    h = [np.degrees(np.arctan2(lab[:, 2], row)) % 360 for row, lab in zip(a, (one, other), strict=True)]
    grey = c[0] * c[1] == 0
    turn = np.where(grey, 0, (h[1] - h[0] + 180) % 360 - 180)
    apart = np.abs(h[0] - h[1]) > 180
    middle = np.where(grey, h[0] + h[1], np.where(apart, (h[0] + h[1] + 360) / 2 % 360, (h[0] + h[1]) / 2))
    light, mean = (one[:, 0] + other[:, 0]) / 2, (c[0] + c[1]) / 2
    angle = np.radians(middle)
    t = 1 - 0.17 * np.cos(angle - np.pi / 6) + 0.24 * np.cos(2 * angle)
    t += 0.32 * np.cos(3 * angle + np.radians(6)) - 0.2 * np.cos(4 * angle - np.radians(63))
    by_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    by_chroma, by_hue = 1 + 0.045 * mean, 1 + 0.015 * mean * t
    rotation = (
        -2 * np.sqrt(mean**7 / (mean**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((middle - 275) / 25) ** 2))))
    )
    lightness = (other[:, 0] - one[:, 0]) / by_light
    colour = (c[1] - c[0]) / by_chroma
    hue = 2 * np.sqrt(c[0] * c[1]) * np.sin(np.radians(turn) / 2) / by_hue
    found: Floats = np.sqrt(lightness**2 + colour**2 + hue**2 + rotation * colour * hue)
    return found
