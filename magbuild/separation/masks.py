"""What hides parts of pictures: soft masks, stencils, alpha within JPEG 2000, mattes."""

from dataclasses import dataclass

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Object, Stream
from PIL import Image

from magbuild.separation.names import entries
from magbuild.separation.packing import innermost, is_jpeg, loaded, opened, packed, samples
from magbuild.separation.unseparated import CantSeparate

Floats = NDArray[np.float64]

# What a picture needs (ISO 32000-1, table 89): not alternates for screens, nor smoothing, nor what programs left.
_NEEDED = frozenset(
    [
        "/Type",
        "/Subtype",
        "/Length",
        "/Filter",
        "/DecodeParms",
        "/Width",
        "/Height",
        "/BitsPerComponent",
        "/ColorSpace",
        "/Decode",
        "/ImageMask",
        "/Mask",
        "/SMask",
        "/SMaskInData",
        "/Matte",
        "/OC",
    ]
)
_IN_DATA, _IN_DATA_MATTED = 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Matte:
    """A colour that a picture was mixed with where it isn't opaque (ISO 32000-1, 11.6.5.3)."""

    colour: Floats
    alpha: Floats

    def undone(self, colours: Floats, top: int) -> Floats:
        """Return rows of colours, which begin at the picture's row `top`, as they were before."""
        width = self.alpha.shape[1]
        alpha = self.alpha[top : top + len(colours) // width].reshape(-1, 1)
        return np.where(alpha > 0, self.colour + (colours - self.colour) / np.maximum(alpha, 1e-6), colours)


def tidy(image: Stream) -> None:
    """Take out of a picture and its masks what no press needs; soft masks are grey."""
    soft, hard = image.get("/SMask"), image.get("/Mask")
    if "/SMask" in image and not isinstance(soft, Stream):
        del image["/SMask"]
    if "/Mask" in image and not isinstance(hard, (Stream, Array)):
        del image["/Mask"]
    for stream in (image, soft, hard):
        if isinstance(stream, Stream):
            for key in entries(stream):
                if key not in _NEEDED:
                    del stream[key]
    if isinstance(soft, Stream):
        soft.ColorSpace = Name.DeviceGray
        for key in ("/SMask", "/Mask"):
            if key in soft:
                del soft[key]


def soft_mask_of(image: Stream) -> Object:
    """Return a picture's soft mask; an empty dictionary when it has none."""
    found = image.get("/SMask")
    return found if isinstance(found, Stream) else Dictionary()


def matte_of(image: Stream, pdf: pikepdf.Pdf) -> Matte | None:
    """Return what a picture is matted with."""
    soft = soft_mask_of(image)
    if not isinstance(soft, Stream) or "/Matte" not in soft:
        return None
    alpha = np.asarray(_shades(pdf, soft).convert("L"), dtype=float) / 255
    if alpha.shape != (int(image.Height), int(image.Width)):
        return None
    return Matte(np.array([float(value) for value in soft.Matte]), alpha)


def take_alpha(pdf: pikepdf.Pdf, image: Stream, picture: Image.Image) -> Image.Image:
    """Return a JPEG 2000's colours without its alpha, which becomes the soft mask if it is meant as one."""
    if "A" not in picture.getbands():
        return picture
    alpha = picture.getchannel("A")
    colours = picture.convert("L" if picture.getbands()[0] == "L" else "RGB")
    kind = int(image.get("/SMaskInData", 0))
    if kind == _IN_DATA_MATTED:
        matte = Matte(np.zeros(len(colours.getbands())), np.asarray(alpha, dtype=float) / 255)
        rows = np.asarray(colours, dtype=float).reshape(picture.width * picture.height, -1)
        plain = np.clip(np.rint(matte.undone(rows, 0)), 0, 255).astype(np.uint8)
        colours = Image.frombytes(colours.mode, colours.size, plain.tobytes())
    if kind in (_IN_DATA, _IN_DATA_MATTED):
        soft = pdf.make_stream(b"", Dictionary(Type=Name.XObject, Subtype=Name.Image))
        packed(alpha, jpeg=False, exact=True).put_into(soft)
        image.SMask = soft
    return colours


def fit(pdf: pikepdf.Pdf, image: Stream, size: tuple[int, int] | None) -> None:
    """Ready the masks of a picture whose pixels have been written anew, perhaps at a smaller `size`."""
    if "/SMaskInData" in image:
        del image["/SMaskInData"]
    if isinstance(image.get("/Mask"), Array):
        del image["/Mask"]
    soft = soft_mask_of(image)
    if not isinstance(soft, Stream):
        return
    if "/Matte" in soft:
        del soft["/Matte"]
    if size is not None and int(soft.Width) > size[0] and int(soft.Height) > size[1]:
        try:
            shades = _shades(pdf, soft)
        except CantSeparate:
            return  # it stays as fine as it was
        smaller = shades.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
        packed(smaller, jpeg=False, exact=True).put_into(soft)


def resized(pdf: pikepdf.Pdf, image: Stream, found: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a picture's pixels at a smaller size; what its soft mask hides doesn't run into what it shows."""
    soft = soft_mask_of(image)
    if isinstance(soft, Stream) and found.mode in ("L", "RGB"):
        try:
            alpha = _shades(pdf, soft)
        except CantSeparate:
            alpha = Image.new("L", (0, 0))
        if alpha.size == found.size:
            whole = found.copy()
            whole.putalpha(alpha)
            return whole.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0).convert(found.mode)
    return found.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)


def _shades(pdf: pikepdf.Pdf, soft: Stream) -> Image.Image:
    """Return a soft mask's shades as they are meant, in mode L."""
    if is_jpeg(soft):
        picture, _ = loaded(opened(innermost(pdf, soft)))
        values, full = np.asarray(picture.convert("L"), dtype=float), 255.0
    else:
        full = 2.0 ** int(soft.get("/BitsPerComponent", 8)) - 1
        values = samples(soft, 1)[:, :, 0].astype(float)
    low, high = (float(value) for value in soft.get("/Decode", Array([0, 1])))
    shades = np.clip(low + values / full * (high - low), 0, 1)
    return Image.fromarray(np.rint(shades * 255).astype(np.uint8))
