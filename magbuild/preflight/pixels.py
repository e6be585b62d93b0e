"""The pixels of a picture come in; how much ink they bring, in squares of about a millimetre, comes out."""

import io
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from magbuild.memory import recalled
from magbuild.preflight.drawn import Picture
from magbuild.preflight.inks import Family, Space
from magbuild.preflight.plane import MM
from magbuild.preflight.reading import TROUBLE, entry, numbers

Inks = npt.NDArray[np.float32]  # percent of all inks together, by row and column

MOST_PIXELS = 200_000_000
EIGHTH = (1, 2, 4, 8)  # by how much JPEG can be read coarser


class Unreadable(ValueError):
    """The pixels can't be read; the message says why."""


def may_be_heavy(space: Space, limit: float) -> bool:
    """Whether a picture in a space can bring more ink than `limit` percent at all."""
    heavy = space.base if space.family is Family.INDEXED and space.base is not None else space
    return 100 * len(heavy.inks) > limit


def ink_of(picture: Picture, raw: bytes | None = None) -> Inks | None:
    """Return the ink of a picture, in squares of about a millimetre; None when its kind of pixels isn't known here.

    Ink is what the file's own numbers say; `raw` are its bytes as they are packed, where they were read. Raises
    Unreadable.
    """
    width, height = picture.pixels
    if not 0 < width * height <= MOST_PIXELS:
        raise Unreadable(f"it says that it is {width} x {height} pixels")
    fine = _pixels_of_a_millimetre(picture)
    try:
        if picture.filters[-1:] in (("DCTDecode",), ("DCT",)):
            samples, divided = _jpeg(_raw(picture) if raw is None else raw, picture.filters, fine)
        elif "JPXDecode" in picture.filters:
            samples, divided = _opened(_raw(picture) if raw is None else raw), 1
        else:
            plain = _plain(picture)
            if plain is None:
                return None
            samples, divided = plain, 1
        ink = _ink(samples, picture)
    except Unreadable:
        raise
    except (*TROUBLE, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise Unreadable("its pixels can't be unpacked") from error
    return None if ink is None else _coarser(ink, max(1, round(fine / divided)))


def _pixels_of_a_millimetre(picture: Picture) -> float:
    a, b, c, d = picture.matrix[:4]
    across, along = math.hypot(a, b) / MM, math.hypot(c, d) / MM
    if not across or not along:
        return 1.0
    return max(1.0, min(picture.pixels[0] / across, picture.pixels[1] / along))


def _raw(picture: Picture) -> bytes:
    data: bytes = picture.data.read_raw_bytes()
    return data


def _jpeg(raw: bytes, filters: tuple[str, ...], fine: float) -> tuple[npt.NDArray[np.uint8], int]:
    """Return a JPEG's samples as PDF sees them, read as coarse as is fine enough."""
    if len(filters) > 1:
        return _opened(raw), 1  # packed twice, which hardly any program does: Pillow says if it can't
    with Image.open(io.BytesIO(raw)) as image:
        if image.format != "JPEG":
            raise Unreadable("it isn't the JPEG that it says")
        divide = max(step for step in EIGHTH if step <= max(1.0, fine))
        before = image.width
        image.draft(None, (math.ceil(image.width / divide), math.ceil(image.height / divide)))
        # Pillow turns round the inks of JPEGs that Adobe's programs mark; PDF takes the numbers as they are.
        turned = image.mode == "CMYK" and "adobe" in image.info
        samples = np.asarray(image)
        return (255 - samples if turned else samples), max(1, round(before / max(1, image.width)))


def _opened(data: bytes) -> npt.NDArray[np.uint8]:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image)


def _plain(picture: Picture) -> npt.NDArray[np.uint8] | None:
    """Return the samples of a picture that isn't a JPEG; None for other depths than 8 and 16 bits."""
    width, height = picture.pixels
    if picture.bits not in (8, 16):
        return None
    data = picture.data.read_bytes()
    components = picture.space.components
    length = width * height * components * (picture.bits // 8)
    if len(data) < length:
        raise Unreadable("some of its pixels are missing")
    samples = np.frombuffer(data[:length], np.uint8)
    high = samples if picture.bits == 8 else samples[::2]  # of 16 bits the first eight will do
    return high.reshape(height, width, components)


def _ink(samples: npt.NDArray[np.uint8], picture: Picture) -> Inks | None:
    space, decode = picture.space, numbers(entry(_dictionary(picture), "/Decode"))
    if space.family is Family.INDEXED and space.base is not None:
        palette = np.frombuffer(space.palette, np.uint8)
        inks = len(space.base.inks)
        if not inks or not len(palette):
            return None
        shares = palette[: len(palette) // inks * inks].reshape(-1, inks).sum(axis=1, dtype=np.float32) / 2.55
        index = samples.reshape(samples.shape[0], samples.shape[1]).astype(np.intp)
        return np.asarray(shares[np.minimum(index, len(shares) - 1)], np.float32)
    if samples.ndim != 3 or samples.shape[2] != len(space.inks):
        return None
    if len(decode) != 2 * samples.shape[2]:
        whole = samples[..., 0].astype(np.uint32)  # plate by plate: much faster than along the pixels
        for plate in range(1, samples.shape[2]):
            whole += samples[..., plate]
        return np.asarray(whole.astype(np.float32) / np.float32(2.55), np.float32)
    total = np.zeros(samples.shape[:2], np.float32)
    for plate, (low, high) in enumerate(zip(decode[::2], decode[1::2], strict=True)):
        total += np.clip(low + (high - low) * samples[..., plate] / np.float32(255), 0, 1).astype(np.float32) * 100
    return total


def _dictionary(picture: Picture) -> Any:
    return getattr(picture.data, "obj", picture.data)


def _coarser(ink: Inks, side: int) -> Inks:
    """Return the mean of squares of so many pixels; what is left over at the right and bottom counts with them."""
    if side <= 1 or min(ink.shape) < side:
        return ink
    rows, columns = ink.shape[0] // side, ink.shape[1] // side
    whole = ink[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return np.asarray(whole.mean(axis=(1, 3)), np.float32)


# --- Told before ---


@dataclass(frozen=True, slots=True)
class _Asked:
    """A picture whose ink is asked for by its content."""

    picture: Picture

    def ink(self, raw: bytes, packing: bytes, told: object) -> tuple[tuple[int, ...], bytes] | None:
        """Return the shape and the values of the ink; all that they depend on is handed in."""
        ink = ink_of(self.picture, raw)
        return None if ink is None else (ink.shape, np.ascontiguousarray(ink, np.float32).tobytes())


def _recalled(picture: Picture) -> Inks | None:
    """Return the ink of a picture as `ink_of` does, from the store if a picture of the same content was told before."""
    try:
        raw = _raw(picture)
        parameters = entry(_dictionary(picture), "/DecodeParms")
        packing = b"" if parameters is None else bytes(parameters.unparse(resolved=True))
        decode = tuple(numbers(entry(_dictionary(picture), "/Decode")))
    except (*TROUBLE, AttributeError):
        return ink_of(picture)
    if b" R" in packing:  # a part of it lies elsewhere in the file
        return ink_of(picture)
    told = (picture.pixels, picture.bits, picture.filters, picture.space, decode, _pixels_of_a_millimetre(picture))
    found = recalled(_Asked(picture).ink, raw, packing, told)
    return None if found is None else np.frombuffer(found[1], np.float32).reshape(found[0])


class Pixels:
    """Pictures whose ink was told before, so that each is unpacked once for all its places."""

    def __init__(self) -> None:
        self._told: dict[object, tuple[Inks | None, str]] = {}
        self._here: dict[object, tuple[Inks | None, str]] = {}

    def turn(self) -> None:
        """Go on to another page: on one page, places of about the same size share what was told of the first."""
        self._here = {}

    def ink(self, picture: Picture) -> Inks | None:
        """Return the ink of a picture as `ink_of` does; None as well when it can't be read."""
        return self._of(picture)[0]

    def fault(self, picture: Picture) -> str:
        """Return why a picture can't be read; an empty text when it can."""
        return self._of(picture)[1]

    def _of(self, picture: Picture) -> tuple[Inks | None, str]:
        # The size counts as well: it says how coarse the squares of a millimetre are.
        fine = _pixels_of_a_millimetre(picture)
        here = picture.key or id(picture.data), round(fine)
        if here not in self._here:
            exactly = picture.key, fine
            told = self._told.get(exactly) or _read(picture)
            if picture.key is not None:
                self._told[exactly] = told
            self._here[here] = told
        return self._here[here]


def _read(picture: Picture) -> tuple[Inks | None, str]:
    try:
        return _recalled(picture), ""
    except Unreadable as error:
        return None, str(error)
