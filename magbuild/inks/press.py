"""A printer's ICC profile, opened: LittleCMS takes colours and pictures into its inks."""

import io
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from magbuild.inks.tones import Floats, luminance_of_lightness

Bytes = NDArray[np.uint8]

_FULL = 255
# How many steps of each channel are tried to find the most ink that a profile lays on.
_TRIED = 18
_SPACES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK", "Lab": "LAB"}


class UnreadableProfile(ValueError):
    """The printer's profile can't be used; the message says why in an editor's words."""


class Way(Enum):
    """How colours are brought into the press's gamut: both with black-point compensation.

    Line colours and drawings keep what the press can print exactly as it is; photographs give a little of it
    up to keep the differences between colours that it can't.
    """

    EXACT = (ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.NOOPTIMIZE)
    GRAPHIC = (ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION)
    PHOTOGRAPH = (ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.BLACKPOINTCOMPENSATION)


@dataclass(frozen=True, slots=True)
class Source:
    """An opened profile that colours come from, and the mode its pictures have ("L", "RGB", "CMYK", "LAB")."""

    profile: ImageCms.ImageCmsProfile
    mode: str
    screen: bool = False


def source_of(data: bytes) -> Source | None:
    """Open an embedded profile; None when it can't be read or isn't one for colours."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        mode = _SPACES.get(profile.profile.xcolor_space.strip())
        name = ImageCms.getProfileDescription(profile).casefold()
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None
    if mode is None or profile.profile.device_class.strip() in ("link", "nmcl", "abst"):
        return None
    return Source(profile, mode, screen=mode == "RGB" and "srgb" in name and "linear" not in name)


def built_in(space: str) -> Source:
    """Return a source that LittleCMS makes itself: "sRGB" or "LAB"."""
    mode = "RGB" if space == "sRGB" else "LAB"
    return Source(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB" if mode == "RGB" else "LAB")), mode, True)


def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB, the same bytes each time: LittleCMS makes it, and writes the hour into it."""
    profile = bytearray(built_in("sRGB").profile.tobytes())
    for at, part in enumerate((2000, 1, 1, 0, 0, 0)):  # ICC.1, 7.2.8: year, month, day, hours, minutes, seconds
        struct.pack_into(">H", profile, 24 + 2 * at, part)
    return bytes(profile)


@dataclass(slots=True)
class Press:
    """The printer's profile with the ways into it; each is made when it is first needed."""

    data: bytes
    _profile: ImageCms.ImageCmsProfile
    lab: Source = field(default_factory=lambda: built_in("LAB"))
    _srgb: Source = field(default_factory=lambda: built_in("sRGB"))
    _ways: dict[tuple[int, Way], ImageCms.ImageCmsTransform | None] = field(default_factory=dict)
    _kept: list[Source] = field(default_factory=list)  # so that no other source gets the id of one that is gone
    _lab_way: ImageCms.ImageCmsTransform | None = None
    _blacks: tuple[Floats, Floats] | None = None
    _most: float | None = None

    @classmethod
    def of(cls, path: Path) -> "Press":
        """Open a profile; raise UnreadableProfile when it isn't one of a CMYK press."""
        try:
            data = path.read_bytes()
            profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
            space = profile.profile.xcolor_space.strip()
        except OSError as error:
            reason = (error.strerror or "it is no ICC profile").lower()
            raise UnreadableProfile(f"'{path.name}' can't be read: {reason}") from None
        except (ValueError, TypeError, ImageCms.PyCMSError):
            raise UnreadableProfile(f"'{path.name}' is no ICC profile") from None
        if space != "CMYK":
            raise UnreadableProfile(f"'{path.name}' is a profile for {space}, not for CMYK")
        press = cls(data, profile)
        if press._way(press._srgb, Way.EXACT) is None or press._into_lab() is None:
            raise UnreadableProfile(f"'{path.name}' says nothing about how colours become inks")
        return press

    # --- Colours: rows of numbers ---

    def of_rgb(self, rgb: Floats) -> Floats:
        """Return the inks, 0 to 1, of sRGB rows from 0 to 1."""
        return self.of_source(self._srgb, rgb)

    def of_source(self, source: Source, values: Floats) -> Floats:
        """Return the inks of rows of a source's own values, each from 0 to 1; grey has one value in a row."""
        way = self._way(source, Way.EXACT)
        if way is None:
            raise ValueError("LittleCMS can't go from this profile to the printer's")
        rows = _rounded(values)
        return np.asarray(_through(way, _image(source.mode, rows)), dtype=float).reshape(-1, 4) / _FULL

    def of_lab(self, lab: Floats) -> Floats:
        """Return the inks of Lab rows; between the whole numbers that LittleCMS takes here, shares are mixed."""
        way = self._way(self.lab, Way.EXACT)
        assert way is not None
        fine = np.stack(
            [
                np.clip(lab[:, 0] * 2.55, 0, 255),
                np.clip(lab[:, 1], -128, 127),
                np.clip(lab[:, 2], -128, 127),
            ],
            axis=-1,
        )
        floor = np.floor(fine)
        part = fine - floor
        mixed = np.zeros((len(lab), 4))
        for corner in np.ndindex(2, 2, 2):
            step = np.array(corner)
            weight = np.prod(np.where(step == 1, part, 1 - part), axis=1)
            point = np.minimum(floor + step, [255, 127, 127]).astype(np.int16)
            inks = np.asarray(_through(way, _image("LAB", (point & 0xFF).astype(np.uint8))), dtype=float)
            mixed += weight[:, None] * inks.reshape(-1, 4) / _FULL
        return mixed

    def lab_of(self, source: Source, values: Floats) -> Floats:
        """Return the Lab values of rows of a source's own values, each from 0 to 1."""
        try:
            way = ImageCms.buildTransform(
                source.profile, self.lab.profile, source.mode, "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC
            )
        except ImageCms.PyCMSError as error:
            raise ValueError("LittleCMS can't read colours by this profile") from error
        return _lab(_through(way, _image(source.mode, _rounded(values))))

    # --- Black alone ---

    def black_of(self, luminance: Floats) -> Floats:
        """Return how much black alone looks as light as greys of a luminance (white is 1, black 0).

        The profile says how light each share of black ink is; the scale between paper and full black is
        stretched to that between white and black, as black-point compensation does.
        """
        if self._blacks is None:
            self._blacks = self._black_axis()
        light, black = self._blacks
        return np.interp(luminance, light, black)

    def _black_axis(self) -> tuple[Floats, Floats]:
        inks = np.zeros((_FULL + 1, 4), dtype=np.uint8)
        inks[:, 3] = np.arange(_FULL + 1)
        way = self._into_lab()
        assert way is not None
        steps = np.asarray(_through(way, _image("CMYK", inks)))[..., 0].reshape(-1).astype(float)
        steps = np.minimum.accumulate(steps)
        # Lightness comes in whole 255ths: it is known best where it changes.
        changes = np.flatnonzero(np.diff(steps)) + 0.5
        black = np.concatenate([[0.0], changes, [float(_FULL)]]) / _FULL
        inner = (steps[:-1] + steps[1:])[np.diff(steps) != 0] / 2
        light = luminance_of_lightness(np.concatenate([steps[:1], inner, steps[-1:]]) / 2.55)
        light = (light - light[-1]) / max(light[0] - light[-1], 1e-9)
        return light[::-1], black[::-1]

    def _into_lab(self) -> ImageCms.ImageCmsTransform | None:
        if self._lab_way is None:
            with suppress(ImageCms.PyCMSError):
                self._lab_way = ImageCms.buildTransform(
                    self._profile, self.lab.profile, "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC
                )
        return self._lab_way

    # --- Pictures ---

    @property
    def most_ink(self) -> float:
        """The most ink that the profile lays on for any colour, in percent."""
        if self._most is None:
            steps = np.linspace(0.0, 1.0, _TRIED)
            grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
            found = [
                np.asarray(_through(way, _image("RGB", _rounded(grid))), dtype=int).reshape(-1, 4).sum(axis=1).max()
                for way in (self._way(self._srgb, Way.PHOTOGRAPH), self._way(self._srgb, Way.GRAPHIC))
                if way is not None
            ]
            self._most = float(max(found)) / 2.55
        return self._most

    def picture(self, image: Image.Image, source: Source | None, way: Way) -> Image.Image | None:
        """Return a picture in the press's inks; None when its profile leads nowhere. No source means sRGB."""
        found = self._way(source or self._srgb, way)
        return _through(found, image) if found is not None else None

    def _way(self, source: Source, way: Way) -> ImageCms.ImageCmsTransform | None:
        key = (id(source), way)
        if key not in self._ways:
            intent, flags = way.value
            self._kept.append(source)
            try:
                self._ways[key] = ImageCms.buildTransform(
                    source.profile, self._profile, source.mode, "CMYK", intent, flags
                )
            except ImageCms.PyCMSError:
                self._ways[key] = None
        return self._ways[key]


def _rounded(values: Floats) -> Bytes:
    return np.rint(np.clip(values, 0.0, 1.0) * _FULL).astype(np.uint8)


def _through(way: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    # The library's own method also writes out the printer's profile, a megabyte, at each call.
    made = Image.new(way.output_mode, image.size, None)  # each pixel is written below
    way.transform.apply(image.getim(), made.getim())
    return made


def _image(mode: str, rows: Bytes) -> Image.Image:
    return Image.frombytes(mode, (len(rows), 1), np.ascontiguousarray(rows).tobytes())


def _lab(image: Image.Image) -> Floats:
    steps = np.frombuffer(image.tobytes(), dtype=np.uint8).reshape(-1, 3)
    return np.column_stack([steps[:, 0] / 2.55, steps[:, 1:].view(np.int8).astype(float)])
