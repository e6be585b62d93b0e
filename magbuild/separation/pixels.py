"""A picture's pixels on their way: from a PDF's stream, by the values of its colour space, to Pillow's."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pikepdf import Stream
from PIL import Image

from magbuild.separation.packing import MOST_PIXELS
from magbuild.separation.spaces import Grey, Indexed, Lab, Plates, Profiled, Screen, Space, greys
from magbuild.separation.unseparated import CantSeparate

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """Decoded pixels (mode L, RGB, CMYK or LAB), the profile they are in, and what they were packed as."""

    image: Image.Image
    profile: bytes | None
    jpeg: bool
    hidden: Stream | None = None
    cut_short: bool = False


def mode_of(space: Space) -> tuple[str, bytes | None]:
    """Return the mode of pixels in a space, and their profile; what has neither comes as inks."""
    if isinstance(space, Profiled):
        return {1: "L", 3: "RGB", 4: "CMYK"}[len(space.ranges)], space.profile
    if isinstance(space, Grey):
        return "L", None
    if isinstance(space, Lab):
        return "LAB", None
    return ("RGB", None) if isinstance(space, Screen) else ("CMYK", None)


def as_they_are(image: Stream, space: Space) -> Pixels | None:
    """Return pixels of 8 bits whose bytes are those of the picture; None when they have to be computed."""
    computed = isinstance(space, (Lab, Indexed, Plates)) or getattr(space, "gamma", None) is not None
    if int(image.get("/BitsPerComponent", 8)) != 8 or computed:
        return None
    mode, profile = mode_of(space)
    size = (int(image.Width), int(image.Height))
    data = image.read_bytes()
    if not 0 < size[0] * size[1] <= MOST_PIXELS or len(data) < size[0] * size[1] * len(mode):
        return None
    return Pixels(Image.frombytes(mode, size, data[: size[0] * size[1] * len(mode)]), profile, False)


def bytes_of(space: Space, colours: Floats) -> bytes:
    """Return rows of colours as the bytes of pixels of that mode."""
    if isinstance(space, Lab):
        lab = space.d50(colours)
        lab[:, 0] *= 2.55
        return bytes((np.rint(np.clip(lab, [0, -128, -128], [255, 127, 127])).astype(np.int16) & 0xFF).astype(np.uint8))
    if isinstance(space, Grey):
        shown = space.rgb(colours)[:, :1]
    elif isinstance(space, Screen):
        shown = space.rgb(colours)
    elif isinstance(space, (Indexed, Plates)):
        unique, back = np.unique(colours, axis=0, return_inverse=True)
        shown = np.array([space.ink(row).process for row in unique.tolist()])[back.reshape(-1)]
    else:
        shown = colours
    return _whole(shown)


def grey_bytes_of(space: Space, colours: Floats) -> bytes:
    """Return rows of colours as the bytes of grey pixels, as light as they are in a luminosity mask."""
    return _whole(greys(space, colours))


def _whole(shares: Floats) -> bytes:
    return np.rint(np.clip(shares, 0.0, 1.0) * 255).astype(np.uint8).tobytes()


def values_of(picture: Image.Image, count: int) -> tuple[NDArray[np.uint16], float]:
    """Return a decoded JPEG or JPEG 2000 as stored values, and the greatest that there can be."""
    if picture.mode.startswith("I"):
        deep = np.asarray(picture).astype(np.uint16)[:, :, None]
        return deep, 65535.0
    if picture.mode in ("P", "YCbCr"):
        picture = picture.convert("RGB")
    values = np.asarray(picture).reshape(picture.height, picture.width, -1)
    if values.shape[2] != count:
        raise CantSeparate("its data have another number of colours than its colour space")
    return values.astype(np.uint16), 255.0
