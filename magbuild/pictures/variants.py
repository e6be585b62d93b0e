"""A picture comes in; the same in a form that every edition can take comes out: sRGB, 8 bits, upright."""

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from PIL import Image, ImageCms

from magbuild.memory import recalled
from magbuild.pictures.facts import UPRIGHT, decode, facts_of, opened, orientation_of, profile_of, read
from magbuild.pictures.svg import clean_svg, looks_like_svg, parse_svg, size_of

JPEG, PNG, SVG = "image/jpeg", "image/png", "image/svg+xml"
# What a lossy picture is saved with when it has to be changed for the press: no loss that can be seen.
QUALITY = 95
PASSED_ON = 90  # from this quality on a picture isn't at its end: pages are made of it
# For screens a PNG becomes a JPEG, or a JPEG a weaker one, when that leaves at most this much of it.
WORTH_IT = 0.6

_LOSSY = ("JPEG", "MPO", "WEBP", "AVIF")
_SCREEN_PROFILES = ("srgb", "gray gamma 2.2", "grey gamma 2.2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A picture's bytes in one of the forms that are handed on: JPEG, PNG or cleaned SVG; sizes in pixels."""

    media_type: str
    suffix: str
    data: bytes
    width: int
    height: int


def for_page(path: Path, *, examined: bool = False) -> Variant:
    """Return what is placed on a page: a file that is fine already untouched, any other as JPEG or PNG.

    Colours are sRGB or grey. `examined` files have been read to their end before: a JPEG that is fine isn't
    decoded once more. Raises UnreadablePicture when the file can't be used.
    """
    data = read(path)
    if looks_like_svg(path.name, data):
        cleaned = clean_svg(data, path.name)
        width, height = size_of(parse_svg(cleaned, path.name), path.name)
        return Variant(media_type=SVG, suffix=".svg", data=cleaned, width=width, height=height)
    image = opened(data, path.name) if examined else decode(data, path.name)
    facts = facts_of(image, image.size)
    kind = image.format or ""
    if _is_fine(image, data):
        media_type, suffix = (JPEG, ".jpg") if kind == "JPEG" else (PNG, ".png")
        return Variant(media_type=media_type, suffix=suffix, data=data, width=facts.width, height=facts.height)
    return recalled(remade, path)


def remade(path: Path) -> Variant:
    """Return a picture as JPEG or PNG in sRGB or grey, 8 bits, upright; raise UnreadablePicture like `for_page`."""
    image = decode(read(path), path.name)
    normal = _normalised(image)
    if image.format in _LOSSY and normal.mode in ("L", "RGB"):
        return _as_jpeg(normal, QUALITY)
    # Of one that isn't opaque the layout engine packs colours and opacity anew.
    return _as_png(normal) if normal.mode in ("L", "RGB") else _as_png(normal, compress_level=1)


def of_png(data: bytes) -> Variant:
    """Return a PNG that is fine as it is; its size stands in its first chunk (PNG, 11.2.2)."""
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    return Variant(media_type=PNG, suffix=".png", data=data, width=width, height=height)


def for_screen(picture: Variant | bytes, longest: int, quality: int) -> Variant:
    """Return a picture with no side longer than `longest` pixels, never enlarged, and without metadata.

    SVG stays as it is. Raises UnreadablePicture when bytes can't be read as a picture.
    """
    if isinstance(picture, Variant) and picture.media_type == SVG:
        return picture
    data = picture.data if isinstance(picture, Variant) else picture
    small = max(opened(data, "the picture").size) <= longest
    image = decode(data, "the picture", longest)
    untouched = _stripped(image, data) if small and image.format == "JPEG" and _is_fine(image, data) else None
    lossy = image.format in _LOSSY
    normal = _normalised(image)
    if not small:
        normal.thumbnail((longest, longest), Image.Resampling.BICUBIC, reducing_gap=3.0)
    if normal.mode not in ("L", "RGB"):
        return _as_png(normal)
    as_jpeg = _as_jpeg(normal, quality)
    if lossy and untouched is None:
        return as_jpeg
    other = untouched or _as_png(normal)
    return as_jpeg if len(as_jpeg.data) < WORTH_IT * len(other.data) else other


def smaller(picture: bytes, longest: int, quality: int) -> bytes:
    """Return a JPEG or PNG of ours with no side longer than `longest` pixels, as a file of the same kind.

    One that needn't shrink and wouldn't weigh less is returned as it is.
    """
    image = opened(picture, "the picture")
    kind, small = image.format, max(image.size) <= longest
    image.thumbnail((longest, longest), Image.Resampling.BICUBIC, reducing_gap=3.0)
    again = _as_jpeg(image, quality).data if kind == "JPEG" else _as_png(image).data
    return min(again, picture, key=len) if small else again


def _is_fine(image: Image.Image, data: bytes) -> bool:
    """Whether the bytes can be handed on untouched."""
    profile = profile_of(image)
    if profile is not None and not _is_for_screens(profile):
        return False
    if orientation_of(image) != UPRIGHT or "transparency" in image.info:
        return False
    if image.format == "JPEG":
        return image.mode in ("L", "RGB")
    if image.mode in ("LA", "RGBA") and _is_opaque(image):
        return False
    eight_bits = data[24:25] == b"\x08"
    single = getattr(image, "n_frames", 1) == 1
    return image.format == "PNG" and eight_bits and single and image.mode in ("L", "RGB", "LA", "RGBA")


def _is_opaque(image: Image.Image) -> bool:
    return cast("tuple[int, int]", image.getchannel("A").getextrema())[0] == 255


# --- To sRGB, 8 bits, upright ---

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _normalised(image: Image.Image) -> Image.Image:
    """Return a picture in mode L, LA, RGB or RGBA, with nothing but its pixels; the other one is used up."""
    turn = _TURNS.get(orientation_of(image))
    profile = profile_of(image)
    transparent = "transparency" in image.info or image.mode in ("LA", "PA", "La", "RGBA", "RGBa")
    alpha = image.convert("RGBA").getchannel("A") if transparent else None
    colours = _in_srgb(_eight_bits(image), profile)
    if alpha is not None and cast("tuple[int, int]", alpha.getextrema())[0] < 255:
        colours.putalpha(alpha)
    upright = colours.transpose(turn) if turn is not None else colours
    upright.info.clear()
    return upright


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture, opaque, in mode L, RGB, CMYK, LAB or YCbCr."""
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled_down(image)
    if image.mode in ("1", "L", "LA", "La"):
        return image.convert("LA").getchannel("L") if image.mode == "La" else _without_alpha(image).convert("L")
    if image.mode in ("P", "PA"):
        rgb = _without_alpha(image.convert("RGBA"))
        shades = rgb.getcolors(256)
        grey = shades is not None and all(
            r == g == b for _, (r, g, b) in cast("list[tuple[int, tuple[int, int, int]]]", shades)
        )
        return rgb.convert("L") if grey else rgb
    return _without_alpha(image) if image.mode in ("RGBA", "RGBa", "RGBX") else image


def _without_alpha(image: Image.Image) -> Image.Image:
    # Convert without a transparent colour in mind: the pixels themselves are what is wanted.
    plain = image.copy() if "transparency" in image.info else image
    plain.info.pop("transparency", None)
    return plain.convert("L" if plain.mode in ("1", "L", "LA") else "RGB")


def _scaled_down(image: Image.Image) -> Image.Image:
    """Return a grey picture of more than 8 bits with 8 bits; Pillow would clip it."""
    fine = image.convert("F")
    _, brightest = cast("tuple[float, float]", fine.getextrema())
    white = next((full for full in (1.0, 255.0, 65535.0) if brightest <= full), brightest)
    if image.mode.startswith("I"):
        white = max(white, 65535.0)
    return fine.point(lambda value: value * (255 / white) + 0.5).convert("L")


def _in_srgb(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    mode = "L" if image.mode == "L" else "RGB"
    if image.mode == "LAB":
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    if profile is None or (image.mode in ("L", "RGB") and _is_for_screens(profile)):
        return image if image.mode == mode else image.convert(mode)
    try:
        converted = ImageCms.applyTransform(image, _transform(profile.tobytes(), image.mode))
    except ImageCms.PyCMSError:
        # The profile is for another kind of colours than the picture has, so it says nothing about them.
        return image.convert(mode)
    return cast("Image.Image", converted).convert(mode)


@lru_cache(maxsize=2)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    """Return the way from a profile to sRGB: pictures for the press have the same ones (0.03 s for CMYK)."""
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
        mode,
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _is_for_screens(profile: ImageCms.ImageCmsProfile) -> bool:
    name = ImageCms.getProfileDescription(profile).casefold()
    return any(known in name for known in _SCREEN_PROFILES) and "linear" not in name


# --- Into files ---


def _as_jpeg(image: Image.Image, quality: int) -> Variant:
    packed = io.BytesIO()
    # With the usual tables: the best ones take four times as long, and save a thirtieth.
    image.save(packed, "JPEG", quality=quality, subsampling="4:4:4" if quality >= PASSED_ON else "4:2:0")
    return Variant(media_type=JPEG, suffix=".jpg", data=packed.getvalue(), width=image.width, height=image.height)


def _as_png(image: Image.Image, **options: int) -> Variant:
    packed = io.BytesIO()
    image.save(packed, "PNG", **options)
    return Variant(media_type=PNG, suffix=".png", data=packed.getvalue(), width=image.width, height=image.height)


def _stripped(image: Image.Image, data: bytes) -> Variant:
    """Return a JPEG without what cameras and programs write into it: place, time, owner, thumbnails."""
    kept, at = bytearray(data[:2]), 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        marker, length = data[at + 1], 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at : at + length]
        # Kept are the tables, JFIF (E0), the ICC profile (E2) and the kind of colours (EE).
        if marker in (0xE0, 0xEE) or not 0xE0 <= marker <= 0xFE or segment[4:15] == b"ICC_PROFILE":
            kept += segment
        at += length
    kept += data[at:]
    return Variant(media_type=JPEG, suffix=".jpg", data=bytes(kept), width=image.width, height=image.height)
