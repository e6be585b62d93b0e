"""Pictures made anew from the files they came from: with all their colours, which a proof in sRGB has lost."""

from pathlib import Path

from PIL import Image, ImageChops

from magbuild.inks import Inks
from magbuild.pictures import UnreadablePicture
from magbuild.pictures.facts import opened, orientation_of, read
from magbuild.pictures.svg import looks_like_svg
from magbuild.separation.packing import loaded
from magbuild.separation.unseparated import CantSeparate

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LOSSY = ("JPEG", "MPO", "WEBP", "AVIF")


def has_more(path: Path, inks: Inks) -> bool:
    """Whether a file has colours that a proof in sRGB has lost: CMYK, Lab, or RGB by a wider profile."""
    try:
        data = read(path)
        if looks_like_svg(path.name, data):
            return False
        with opened(data, path.name) as image:  # closed: else it would hold the file until the collector comes by
            mode, profile = image.mode, image.info.get("icc_profile")
    except UnreadablePicture:
        return False
    if mode in ("CMYK", "LAB"):
        return True
    return bool(profile and mode in ("RGB", "RGBA", "P") and inks.is_wide(profile))


def colours_of(
    path: Path, size: tuple[int, int], wanted: tuple[int, int]
) -> tuple[Image.Image, bytes | None, bool] | None:
    """Return a file's own colours (mode RGB, LAB or CMYK), their profile, and whether it is a photograph.

    None when it can't be read, or doesn't measure `size` pixels once it is upright. A JPEG is decoded only as finely
    as `wanted` needs.
    """
    try:
        image = opened(read(path), path.name)
        profile = image.info.get("icc_profile")
        turn = orientation_of(image)
        if (image.size if turn < 5 else image.size[::-1]) != size:
            return None
        lossy = image.format in _LOSSY
        if image.format in ("JPEG", "MPO"):
            image.draft(None, wanted if turn < 5 else wanted[::-1])
        adobe = image.format not in ("JPEG", "MPO") or "adobe" in image.info
        picture, cut_short = loaded(image, turned=False)
    except (UnreadablePicture, CantSeparate):
        return None
    if cut_short:
        return None
    if picture.mode == "CMYK" and not adobe:
        picture = ImageChops.invert(picture)  # Pillow takes every JPEG in CMYK for one of Adobe's
    if picture.mode not in ("RGB", "CMYK", "LAB"):
        picture = picture.convert("RGB")
    upright = picture.transpose(_TURNS[turn]) if turn in _TURNS else picture
    return upright, profile, lossy
