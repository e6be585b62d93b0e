"""Pictures with nothing that hides parts of them: as they come in; packed in inks they come out, remembered.

Most pictures of a magazine are such. Several stories may show one, and a story whose words change still shows its own.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PIL import Image

from magbuild.inks import Inks
from magbuild.memory import recalled
from magbuild.separation.originals import colours_of
from magbuild.separation.packing import Packed, loaded, opened, packed
from magbuild.separation.pixels import Pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Jpeg:
    """A JPEG in RGB or grey that stands in a PDF: its bytes, and what counts of what the PDF says of it.

    `transform` is /ColorTransform. `profile` is that of its colour space, which counts more than the file's own, as
    grey without one does; `is_ink` says that it is black ink already. `size` is how many pixels it has, `wanted` how
    many are enough.
    """

    data: bytes
    transform: int | None
    profile: bytes | None
    is_ink: bool
    size: tuple[int, int]
    wanted: tuple[int, int]

    def pixels(self) -> Pixels:
        """Decode it, only as finely as is wanted; raises CantSeparate."""
        picture = opened(self.data, transform=self.transform)
        profile = self.profile or (picture.info.get("icc_profile") if picture.mode == "RGB" else None)
        picture.draft(None, self.wanted)
        made, cut_short = loaded(picture)
        return Pixels(made, profile, True, cut_short=cut_short)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The file that a picture of a PDF was made from, which has more colours; `lossy` says whether the PDF's is a JPEG.

    `size` is how many pixels the PDF's has, `wanted` how many are enough; `see_through` whether parts of it are.
    """

    path: Path
    lossy: bool
    see_through: bool
    size: tuple[int, int]
    wanted: tuple[int, int]
    is_ink: ClassVar[bool] = False

    def pixels(self) -> Pixels | None:
        """Decode it, only as finely as is wanted; None when it can't be read, or is another picture by now."""
        found = colours_of(self.path, self.size, self.wanted)
        if found is None:
            return None
        image, profile, photograph = found
        return Pixels(image, profile, self.lossy or (photograph and not self.see_through))


@dataclass(frozen=True, slots=True)
class Inked:
    """A picture in inks, packed; `cut_short` says that its data ended too early."""

    packed: Packed
    cut_short: bool


def in_inks(source: Jpeg | Original, inks: Inks) -> Inked | None:
    """Return a picture in inks, from the store at hand if one of the same content was converted before.

    None when there are no pixels; raises CantSeparate.
    """
    return recalled(_Converter(inks).inked, source, inks.press.data, inks.limit)


@dataclass(frozen=True, slots=True)
class _Converter:
    inks: Inks

    def inked(self, source: Jpeg | Original, profile: bytes, limit: float) -> Inked | None:
        """Return it in inks; what these do to a picture depends on the press's profile and the limit alone."""
        pixels = source.pixels()
        if pixels is None:
            return None
        image = pixels.image
        if source.wanted not in (source.size, image.size):
            image = image.resize(source.wanted, Image.Resampling.BICUBIC, reducing_gap=3.0)
        made = image if source.is_ink else self.inks.picture(image, pixels.profile, photograph=pixels.jpeg)
        return Inked(packed(made, jpeg=pixels.jpeg), pixels.cut_short)
