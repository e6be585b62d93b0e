"""Pictures of a PDF: each is converted once, when all the places it is drawn at are known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Name, Object, Stream
from PIL import Image

from magbuild.inks import Inks
from magbuild.measure import POINTS_PER_INCH
from magbuild.separation import masks
from magbuild.separation.packing import (
    colour_key,
    filters_of,
    innermost,
    is_jpeg,
    loaded,
    opened,
    packed,
    parameters_of,
    samples,
)
from magbuild.separation.pixels import Pixels, as_they_are, bytes_of, grey_bytes_of, mode_of, values_of
from magbuild.separation.plain import Jpeg, Original, in_inks
from magbuild.separation.reading import Reader
from magbuild.separation.spaces import GREY_SHARES, Grey, Indexed, Plates, Process, Profiled, Screen, Space
from magbuild.separation.state import Linear, across, upward
from magbuild.separation.unseparated import CantSeparate

# Reducing pays only above this excess; below it the picture would get softer for a few bytes.
WORTH_REDUCING = 1.2
_ONE_BIT = ("/CCITTFaxDecode", "/CCF", "/JBIG2Decode")
_JPX = "/JPXDecode"
_STRIP = 256
_CUT_SHORT = "its data end too early"


@dataclass(slots=True, eq=False)
class Use:
    """A picture with all its places on pages; `width` and `height` are the largest it is drawn at, in pt.

    `mask` says that it is drawn in a luminosity mask; `original` is the file it was made from, if it has more colours.
    """

    image: Stream
    name: str
    page: int
    mask: bool
    defaults: Mapping[str, Object]
    original: Path | None = None
    width: float = 0.0
    height: float = 0.0

    def placed(self, matrix: Linear) -> None:
        """Note that it is drawn with a coordinate system, whose unit square it fills."""
        self.width = max(self.width, across(matrix))
        self.height = max(self.height, upward(matrix))

    def fitting(self, ppi: float, size: tuple[int, int]) -> tuple[int, int]:
        """Return the size in pixels that is enough, or `size` where that isn't clearly more."""
        if not (ppi > 0 and self.width > 0 and self.height > 0):
            return size
        dense = min(size[0] * POINTS_PER_INCH / self.width, size[1] * POINTS_PER_INCH / self.height)
        if dense <= ppi * WORTH_REDUCING:
            return size
        return max(1, round(size[0] * ppi / dense)), max(1, round(size[1] * ppi / dense))


@dataclass(frozen=True, slots=True)
class Pictures:
    """Converts pictures, and brings them down to the pixels per inch that are enough, for art of one bit to others."""

    pdf: pikepdf.Pdf
    inks: Inks
    reader: Reader
    ppi: float
    line_ppi: float

    def convert(self, use: Use) -> str:
        """Convert a picture where it stands; return what isn't quite as it was meant, or nothing.

        Raises CantSeparate when it can't be read.
        """
        image = use.image
        masks.tidy(image)
        if image.get("/ImageMask", False):
            self._reduce_line_art(use)
            return ""
        size = (int(image.Width), int(image.Height))
        space = self._space(use)
        if not use.mask and self._by_its_space(use, space):
            return ""
        sources = self._sources(use, space, size)
        if not use.mask and "/SMask" not in image:
            inked = next(filter(None, (in_inks(source, self.inks) for source in sources)), None)
            if inked is not None:
                inked.packed.put_into(image)
                masks.fit(self.pdf, image, None)
                return _CUT_SHORT if inked.cut_short else ""
        pixels = next(filter(None, (source.pixels() for source in sources)), None) or self._pixels(use, space)
        self._put(use, pixels, size, is_ink=_is_black(space))
        return _CUT_SHORT if pixels.cut_short else ""

    def _space(self, use: Use) -> Space:
        source = use.image.get("/ColorSpace")
        if source is None and filters_of(use.image)[-1:] == (_JPX,):
            mode = opened(innermost(self.pdf, use.image)).mode
            name = "Gray" if mode.startswith(("L", "I")) else "CMYK" if mode == "CMYK" else "RGB"
            return self.reader.device(name)
        return self.reader.colours(source, use.defaults)

    # --- Pictures whose pixels can stay ---

    def _by_its_space(self, use: Use, space: Space) -> bool:
        """Convert a picture by a new colour space alone; False when its pixels have to be converted."""
        image = use.image
        bits = int(image.get("/BitsPerComponent", 8))
        if isinstance(space, Plates):
            image.ColorSpace = space.kept
            return True
        size = (int(image.Width), int(image.Height))
        dense = bits > 1 and use.fitting(self.ppi, size) != size
        if isinstance(space, Indexed):
            if dense and not isinstance(space.base, Plates):
                return False
            image.ColorSpace = self._table(space)
            if bits == 1:
                self._reduce_line_art(use)
            return True
        if bits == 1 and isinstance(space, (Grey, Profiled)) and len(space.ranges) == 1:
            image.ColorSpace = Name.DeviceGray
            self._reduce_line_art(use)
            return True
        own = isinstance(space, Profiled) and space.profile == self.inks.press.data
        plain = isinstance(space, Process) and not self._has_own_profile(image)
        if use.original is None and not dense and not self._is_matted(image):
            if own or plain:
                image.ColorSpace = Name.DeviceCMYK
                return True
            return _is_black(space)
        return False

    def _is_matted(self, image: Stream) -> bool:
        return "/Matte" in masks.soft_mask_of(image)

    def _has_own_profile(self, image: Stream) -> bool:
        return is_jpeg(image) and "icc_profile" in opened(innermost(self.pdf, image)).info

    def _table(self, space: Indexed) -> Array:
        """Return a table of colours with the same numbers, in inks."""
        if isinstance(space.base, Plates):
            base: Any = space.base.kept
            values = space.table
        else:
            base = Name.DeviceCMYK
            values = np.array([space.base.ink(row).process for row in space.table.tolist()])
        data = np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8).tobytes()
        return Array([Name.Indexed, base, len(values) - 1, pikepdf.String(data)])

    def _reduce_line_art(self, use: Use) -> None:
        """Bring art of one bit down to what is enough; what is packed as fax stays, for it is small."""
        image = use.image
        size = (int(image.Width), int(image.Height))
        wanted = use.fitting(self.line_ppi, size)
        if wanted == size or filters_of(image)[-1:] in tuple((name,) for name in _ONE_BIT) or "/Mask" in image:
            return
        bits = samples(image, 1)[:, :, 0].astype(np.uint8) * 255
        smaller = np.asarray(Image.fromarray(bits).resize(wanted, Image.Resampling.BOX)) >= 128
        image.write(np.packbits(smaller, axis=1).tobytes())
        image.Width, image.Height = wanted

    # --- Pictures whose pixels are converted ---

    def _sources(self, use: Use, space: Space, size: tuple[int, int]) -> Iterator[Original | Jpeg]:
        """Yield where pixels can be had from that are meant as they are, the best first; nothing for other pictures."""
        image, wanted = use.image, use.fitting(self.ppi, size)
        if use.original is not None and not use.mask and "/Mask" not in image:
            lossy, see_through = is_jpeg(image), "/SMask" in image
            yield Original(path=use.original, lossy=lossy, see_through=see_through, size=size, wanted=wanted)
        mode, profile = mode_of(space)
        simple = mode in ("L", "RGB") and getattr(space, "gamma", None) is None
        if is_jpeg(image) and simple and self._is_straight(image):
            data, transform = innermost(self.pdf, image), _transform_of(image)
            if opened(data, transform=transform).mode == mode:
                black = _is_black(space)
                yield Jpeg(data=data, transform=transform, profile=profile, is_ink=black, size=size, wanted=wanted)

    def _is_straight(self, image: Stream) -> bool:
        return not any(key in image for key in ("/Decode", "/Mask")) and not self._is_matted(image)

    def _pixels(self, use: Use, space: Space) -> Pixels:
        image = use.image
        jpeg = is_jpeg(image)
        if not jpeg and filters_of(image)[-1:] != (_JPX,):
            whole = as_they_are(image, space) if self._is_straight(image) and not use.mask else None
            if whole is not None:
                return whole
            values = samples(image, len(space.ranges))
            full = 2.0 ** int(image.get("/BitsPerComponent", 8)) - 1
            return self._decoded(use, space, values, full, jpeg=False)
        picture = opened(innermost(self.pdf, image), transform=_transform_of(image))
        profile = picture.info.get("icc_profile")
        made, cut_short = loaded(picture)
        values, full = values_of(masks.take_alpha(self.pdf, image, made), len(space.ranges))
        if isinstance(space, (Screen, Process)) and getattr(space, "gamma", None) is None and profile is not None:
            space = Profiled(self.inks, profile, space.ranges)
        found = self._decoded(use, space, values, full, jpeg=True)
        return Pixels(found.image, found.profile, True, found.hidden, cut_short)

    def _decoded(self, use: Use, space: Space, values: NDArray[np.uint16], full: float, *, jpeg: bool) -> Pixels:
        """Return stored values as pixels: through /Decode, without what a colour-key mask hides, unmatted."""
        image = use.image
        limits = image.get("/Mask")
        hidden = colour_key(values, limits, self.pdf) if isinstance(limits, Array) else None
        ranges = np.array(((0.0, full),) if isinstance(space, Indexed) else space.ranges)
        given = image.get("/Decode")
        decode = np.array([float(value) for value in given]).reshape(-1, 2) if given is not None else ranges
        if len(decode) != len(ranges):
            raise CantSeparate("its /Decode has another number of values than its colour space")
        matte = masks.matte_of(image, self.pdf)
        mode, profile = ("L", None) if use.mask else mode_of(space)
        strips: list[bytes] = []
        for top in range(0, len(values), _STRIP):
            rows = values[top : top + _STRIP].reshape(-1, values.shape[2])
            colours = decode[:, 0] + rows / full * (decode[:, 1] - decode[:, 0])
            if matte is not None:
                colours = matte.undone(colours, top)
            strips.append(grey_bytes_of(space, colours) if use.mask else bytes_of(space, colours))
        size = (values.shape[1], values.shape[0])
        return Pixels(Image.frombytes(mode, size, b"".join(strips)), profile, jpeg, hidden)

    def _put(self, use: Use, pixels: Pixels, size: tuple[int, int], *, is_ink: bool) -> None:
        """Write pixels, converted but where they are ink, into the picture's stream, at the size that is enough."""
        image, found = use.image, pixels.image
        wanted = use.fitting(self.ppi, size)
        if found.size != wanted and wanted != size:
            found = masks.resized(self.pdf, image, found, wanted)
        if use.mask:
            made = found.convert("L", (*GREY_SHARES.tolist(), 0.0)) if found.mode == "RGB" else found
        else:
            made = found if is_ink else self.inks.picture(found, pixels.profile, photograph=pixels.jpeg)
        packed(made, jpeg=pixels.jpeg).put_into(image)
        if pixels.hidden is not None:
            image.Mask = pixels.hidden
        masks.fit(self.pdf, image, wanted if wanted != size else None)


def _is_black(space: Space) -> bool:
    """Whether a picture's values are how much black ink it has, so that they stay what they are."""
    return isinstance(space, Grey) and space.as_black and space.gamma is None


def _transform_of(image: Stream) -> int | None:
    """Return how a JPEG says that its colours were turned into lightness and hue, if the PDF says it for it."""
    found = parameters_of(image).get("/ColorTransform")
    return None if found is None else int(found)
