"""Pixels into and out of a PDF's picture streams: filters, depths, JPEG's two ways with CMYK."""

import io
import warnings
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Object, Stream
from PIL import Image, ImageChops, ImageFile

from magbuild.separation.names import entries, spelled
from magbuild.separation.unseparated import CantSeparate

Bytes = NDArray[np.uint8]

QUALITY = 92  # no loss that can be seen
MOST_PIXELS = 250_000_000
_STRIP = 256  # rows that are packed together
_LEVEL = 4
_LARGE = 1_000_000  # pixels
_NOT_FLAT = 0.4  # what is left of a picture's bytes when it has hardly a flat part
_ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
_LOSSY = ("/DCTDecode", "/DCT")


def filters_of(image: Stream) -> tuple[str, ...]:
    """Return the names of the filters that a stream's data went through, the outermost first."""
    found = image.get("/Filter")
    if found is None:
        return ()
    return tuple(spelled(name) for name in found) if isinstance(found, Array) else (spelled(found),)


def parameters_of(image: Stream) -> Any:
    """Return the parameters of the innermost filter."""
    found = image.get("/DecodeParms")
    if isinstance(found, Array):
        found = found[-1] if len(found) else None
    return found if isinstance(found, Dictionary) else Dictionary()


def is_jpeg(image: Stream) -> bool:
    """Whether a picture is a JPEG, perhaps packed once more."""
    return filters_of(image)[-1:] in tuple((name,) for name in _LOSSY)


def innermost(pdf: pikepdf.Pdf, image: Stream) -> bytes:
    """Return a picture's data with all filters undone but the last."""
    names = filters_of(image)
    if len(names) <= 1:
        return image.read_raw_bytes()
    outer = pdf.make_stream(image.read_raw_bytes())
    outer.Filter = Array([Name(name) for name in names[:-1]])
    parameters = image.get("/DecodeParms")
    if isinstance(parameters, Array):
        outer.DecodeParms = Array(list(parameters)[: len(names) - 1])
    return outer.read_bytes()


def opened(data: bytes, *, transform: int | None = None) -> Image.Image:
    """Open a JPEG or JPEG 2000, undecoded; `transform` is /ColorTransform, which counts if the file says nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=("JPEG", "JPEG2000"))
            if image.format == "JPEG" and transform is not None and "adobe" not in image.info:
                marked = data[:2] + _ADOBE + bytes([transform * (2 if image.mode == "CMYK" else 1)]) + data[2:]
                image = Image.open(io.BytesIO(marked), formats=("JPEG",))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise CantSeparate("its data are damaged") from error
    return image


def loaded(image: Image.Image, *, turned: bool = True) -> tuple[Image.Image, bool]:
    """Decode an opened picture; say whether its data end too early, so that the rest is grey.

    Pillow turns the values of JPEGs in CMYK around, as if all were Adobe's: `turned` takes that back, so that
    the values are those in the file.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        for tolerant in (False, True):
            ImageFile.LOAD_TRUNCATED_IMAGES = tolerant
            try:
                image.load()
            except (OSError, ValueError, SyntaxError, IndexError) as error:
                if tolerant:
                    raise CantSeparate("its data are damaged") from error
            else:
                return (_as_stored(image) if turned else image), tolerant
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    raise CantSeparate("its data are damaged")


def _as_stored(image: Image.Image) -> Image.Image:
    return ImageChops.invert(image) if image.mode == "CMYK" and image.format == "JPEG" else image


def samples(image: Stream, count: int) -> NDArray[np.uint16]:
    """Return the values of a picture that isn't a JPEG, as they are stored: rows, columns, `count` values."""
    width, height, bits = int(image.Width), int(image.Height), int(image.get("/BitsPerComponent", 8))
    if width < 1 or height < 1 or width * height > MOST_PIXELS:
        raise CantSeparate(f"it measures {width} x {height} pixels")
    if bits not in (1, 2, 4, 8, 16):
        raise CantSeparate(f"it has the unknown depth of {bits} bits")
    try:
        data = image.read_bytes()
    except pikepdf.PdfError as error:
        raise CantSeparate("its data can't be unpacked") from error
    length = (width * count * bits + 7) // 8
    if len(data) < length:
        raise CantSeparate("it has no data")
    data = data[: length * height].ljust(length * height, b"\0")
    rows = np.frombuffer(data, dtype=np.uint8).reshape(height, length)
    if bits == 8:
        values: NDArray[np.uint16] = rows.astype(np.uint16)
    elif bits == 16:
        values = rows.view(">u2").astype(np.uint16)
    else:
        single = np.unpackbits(rows, axis=1)[:, : width * count * bits].reshape(height, width * count, bits)
        values = (single @ (1 << np.arange(bits - 1, -1, -1))).astype(np.uint16)
    return values.reshape(height, width, count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Pixels packed for a PDF: the bytes, by which filter, and their size in pixels; they are grey, or in four inks."""

    data: bytes
    jpeg: bool
    grey: bool
    width: int
    height: int

    def put_into(self, image: Stream) -> None:
        """Put them into a picture's stream in place of what it has."""
        if self.jpeg:
            image.write(self.data, filter=Name.DCTDecode)
        else:
            parameters = Dictionary(Predictor=15, Colors=1 if self.grey else 4, BitsPerComponent=8, Columns=self.width)
            image.write(self.data, filter=Name.FlateDecode, decode_parms=parameters)
        image.Width, image.Height, image.BitsPerComponent = self.width, self.height, 8
        image.ColorSpace = Name.DeviceGray if self.grey else Name.DeviceCMYK
        if "/Decode" in image:
            del image["/Decode"]
        if self.jpeg and not self.grey:
            image.Decode = Array([1, 0] * 4)  # the encoder turns the values around, as Adobe does


def packed(made: Image.Image, *, jpeg: bool, exact: bool = False) -> Packed:
    """Pack pixels (mode L or CMYK) as a JPEG or without loss.

    A large picture without flat parts, such as a photograph saved as PNG, would hardly become smaller without loss:
    unless it must be `exact`, it is packed as a JPEG, too, which takes a tenth of the memory.
    """
    made.info.clear()
    data = b"" if jpeg else _deflated(made)
    large = made.width * made.height > _LARGE
    if large and not exact and len(data) > _NOT_FLAT * made.width * made.height * len(made.getbands()):
        jpeg = True
    if jpeg:
        file = io.BytesIO()
        made.save(file, "JPEG", quality=QUALITY, subsampling=0)
        data = file.getvalue()
    return Packed(data=data, jpeg=jpeg, grey=made.mode == "L", width=made.width, height=made.height)


def _deflated(made: Image.Image) -> bytes:
    """Return pixels packed strip by strip, each row as its difference from the one above (PNG's filter "Up")."""
    packer = zlib.compressobj(_LEVEL)
    above = np.zeros((1, made.width * len(made.getbands())), dtype=np.uint8)
    parts: list[bytes] = []
    for top in range(0, made.height, _STRIP):
        strip = made.crop((0, top, made.width, min(top + _STRIP, made.height)))
        rows = np.frombuffer(strip.tobytes(), dtype=np.uint8).reshape(strip.height, -1)
        filtered = np.empty((len(rows), rows.shape[1] + 1), dtype=np.uint8)
        filtered[:, 0] = 2
        filtered[:, 1:] = rows - np.vstack([above, rows[:-1]])
        parts.append(packer.compress(filtered.tobytes()))
        above = rows[-1:]
    return b"".join([*parts, packer.flush()])


def duplicate(pdf: pikepdf.Pdf, source: Stream) -> Stream:
    """Return a copy of a stream, with its data as they are packed."""
    made = pdf.make_stream(source.read_raw_bytes())
    for key, value in entries(source).items():
        if key != "/Length":
            made[key] = value
    return made


def emptied(image: Stream) -> None:
    """Make a picture one that paints nothing: a stencil without a hole."""
    for key in list(image.keys()):
        if key not in ("/Type", "/Subtype", "/Length"):
            del image[key]
    image.write(b"\x80")
    image.ImageMask, image.BitsPerComponent, image.Width, image.Height = True, 1, 1, 1


def colour_key(values: NDArray[np.uint16], limits: Object, pdf: pikepdf.Pdf) -> Stream:
    """Return a stencil that hides what a colour-key mask hides: pixels whose values lie within the limits."""
    bounds = np.array([int(limit) for limit in limits])
    if len(bounds) != 2 * values.shape[2]:
        raise CantSeparate("its colour-key mask is broken")
    hidden = np.all((values >= bounds[0::2]) & (values <= bounds[1::2]), axis=2)
    height, width = hidden.shape
    facts = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height)
    facts.ImageMask, facts.BitsPerComponent = True, 1
    return pdf.make_stream(np.packbits(hidden, axis=1).tobytes(), facts)
