"""The inks of an issue: its palette and the printer's profile, asked for one colour or for a picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from magbuild import model
from magbuild.inks.ink import BLACK, CMYK, PAPER, Ink, Palette, held_to
from magbuild.inks.press import Press, Source, Way, source_of
from magbuild.inks.tones import Floats, luminance_of_lightness, luminance_of_rgb, rgb_of_lab

NEUTRAL = 1 / 255 + 1e-6  # how far the channels of a grey may differ
_STRIP = 256  # rows of a picture that are looked at together
_SPARSE = 16  # every so manieth pixel each way is looked at first
_SHADES = 255


def inks_of(profile: Path, palette: Mapping[str, model.Colour], *, total_ink: float = 400.0) -> "Inks":
    """Return the inks of a magazine's palette on a press; cheap when asked for again in the same process.

    `profile` is the ICC file of the printing condition, `total_ink` the most that all process inks may come to,
    in percent. Raises UnreadableProfile when the file is no profile of a CMYK press.
    """
    colours = tuple((colour.screen, colour.print, colour.spot) for colour in palette.values())
    return _inks(profile.resolve(), colours, total_ink)


@lru_cache(maxsize=8)
def _inks(profile: Path, colours: tuple[tuple[str, CMYK | None, str], ...], total_ink: float) -> "Inks":
    inks = Inks(_press(profile), total_ink / 100)
    found: dict[tuple[int, int, int], Ink] = {}
    for screen, cmyk, spot in colours:
        triple = screen_triple(screen)
        if triple is None or not (cmyk or spot):
            continue
        red, green, blue = (value / _SHADES for value in triple)
        shares = _shares(cmyk) if cmyk else inks.of_rgb(red, green, blue).cmyk
        found.setdefault(triple, Ink(cmyk=shares, spot=spot))
    return Inks(inks.press, total_ink / 100, Palette(inks=found))


@lru_cache(maxsize=4)
def _press(profile: Path) -> Press:
    return Press.of(profile)


def _shares(percent: CMYK) -> CMYK:
    cyan, magenta, yellow, black = (min(max(value / 100, 0.0), 1.0) for value in percent)
    return cyan, magenta, yellow, black


def screen_triple(text: str) -> tuple[int, int, int] | None:
    """Return the three numbers, 0 to 255, of "#c8102e" or "#c12"; None when it is something else."""
    digits = text.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        return None
    return (data[0], data[1], data[2]) if len(data) == 3 else None


@dataclass(slots=True)
class Inks:
    """What the press prints for the colours of an issue.

    For each colour the first of these rules holds: a palette colour, met exactly, has the inks that the palette
    gives it; a grey (its channels differ by 1/255 at most) is black alone and looks as light as the grey, so that
    black is 100 % and white is bare paper; any other colour goes through LittleCMS, relative colorimetric with
    black-point compensation.

    `limit` is the most ink that converted colours may have (3.0 is 300 %). A colour of which the profile would
    lay on more keeps its black, and its cyan, magenta and yellow give way in proportion: they only make the grey
    that the black makes anyway, so the hue stays.
    """

    press: Press
    limit: float = 4.0
    palette: Palette = field(default_factory=Palette)
    _known: dict[tuple[float, ...], Ink] = field(default_factory=dict)
    _sources: dict[bytes, Source | None] = field(default_factory=dict)
    _greys: dict[int, list[int]] = field(default_factory=dict)

    # --- One colour ---

    def of_rgb(self, red: float, green: float, blue: float) -> Ink:
        """Return what is printed for an sRGB colour, each channel from 0 to 1."""
        key = (red, green, blue)
        ink = self._known.get(key)
        if ink is None:
            ink = self._known[key] = self._of_rgb(*(min(max(value, 0.0), 1.0) for value in key))
        return ink

    def _of_rgb(self, red: float, green: float, blue: float) -> Ink:
        triple = (round(red * _SHADES), round(green * _SHADES), round(blue * _SHADES))
        if triple in self.palette.inks:
            return self.palette.inks[triple]
        rgb = np.array([[red, green, blue]])
        if max(red, green, blue) - min(red, green, blue) <= NEUTRAL:
            return self._black(luminance_of_rgb(rgb))
        return self._converted(self.press.of_rgb(rgb))

    def of_grey(self, grey: float) -> Ink:
        """Return what is printed for a grey from 0 (black) to 1 (white) with the tones of sRGB."""
        return self.of_rgb(grey, grey, grey)

    def of_cmyk(self, cyan: float, magenta: float, yellow: float, black: float) -> Ink:
        """Return what is printed for shares of the press's own inks: just these."""
        shares = [min(max(value, 0.0), 1.0) for value in (cyan, magenta, yellow, black)]
        return Ink(cmyk=(shares[0], shares[1], shares[2], shares[3]))

    def of_lab(self, lightness: float, a: float, b: float) -> Ink:
        """Return what is printed for a Lab colour under D50: lightness 0 to 100, a and b about -128 to 127."""
        lab = np.array([[lightness, a, b]])
        red, green, blue = (float(value) for value in rgb_of_lab(lab)[0])
        triple = (round(red * _SHADES), round(green * _SHADES), round(blue * _SHADES))
        if triple in self.palette.inks:
            return self.palette.inks[triple]
        if abs(a) < 0.5 and abs(b) < 0.5:
            return self._black(luminance_of_lightness(np.array([lightness])))
        return self._converted(self.press.of_lab(lab))

    def of_profile(self, profile: bytes, values: tuple[float, ...]) -> Ink:
        """Return what is printed for a colour of a profile of its own, each value from 0 to 1.

        Of CMYK by another profile, black alone and bare paper stay what they are. Raises ValueError when the
        profile can't be read or is for another number of values.
        """
        source = self.source(profile, len(values))
        if profile == self.press.data:
            return self.of_cmyk(*values)
        rows = np.array([values])
        if source.mode == "CMYK":
            return self.of_cmyk(*values) if not any(values[:3]) else self._converted(self.press.of_source(source, rows))
        if source.screen:
            return self.of_rgb(*values)
        lab = self.press.lab_of(source, rows)
        if source.mode == "L" or (source.mode == "RGB" and max(values) - min(values) <= NEUTRAL):
            if not any(values):
                return Ink(cmyk=BLACK)
            return self._black(luminance_of_lightness(lab[:, 0]))
        red, green, blue = (float(value) for value in rgb_of_lab(lab)[0])
        hit = self.palette.inks.get((round(red * _SHADES), round(green * _SHADES), round(blue * _SHADES)))
        return hit or self._converted(self.press.of_source(source, rows))

    def _black(self, luminance: Floats) -> Ink:
        black = float(np.round(self.press.black_of(luminance)[0], 4))
        return Ink(cmyk=BLACK if black >= 1 else PAPER if black <= 0 else (0.0, 0.0, 0.0, black))

    def _converted(self, inks: Floats) -> Ink:
        cyan, magenta, yellow, black = (float(value) for value in np.round(inks[0], 4))
        return Ink(cmyk=held_to((cyan, magenta, yellow, black), self.limit))

    # --- Many colours, without palette and greys ---

    def has(self, rgb: Floats) -> bool:
        """Whether an sRGB colour is one of the palette."""
        red, green, blue = (round(float(value) * _SHADES) for value in rgb)
        return (red, green, blue) in self.palette.inks

    def plain(self, rgb: Floats) -> Floats:
        """Return the inks of sRGB rows by the profile alone."""
        return self.held(self.press.of_rgb(rgb))

    def plain_lab(self, lab: Floats) -> Floats:
        """Return the inks of Lab rows by the profile alone."""
        return self.held(self.press.of_lab(lab))

    def plain_profile(self, profile: bytes, values: Floats) -> Floats:
        """Return the inks of rows of values of a profile of their own."""
        if profile == self.press.data:
            return values
        return self.held(self.press.of_source(self.source(profile, values.shape[1]), values))

    def rgb_of_profile(self, profile: bytes, values: Floats) -> Floats:
        """Return the sRGB colours nearest to rows of values of a profile of their own."""
        source = self.source(profile, values.shape[1])
        return values if source.screen else rgb_of_lab(self.press.lab_of(source, values))

    def blacks(self, luminance: Floats) -> Floats:
        """Return rows of inks, black alone, for luminances."""
        found = np.zeros((len(luminance), 4))
        found[:, 3] = self.press.black_of(luminance)
        return found

    def held(self, inks: Floats) -> Floats:
        """Return rows of inks with no more than the limit in each."""
        others = inks[:, :3].sum(axis=1)
        room = np.maximum(self.limit - inks[:, 3], 0.0)
        share = np.where(others > room, room / np.maximum(others, 1e-9), 1.0)
        return np.column_stack([inks[:, :3] * share[:, None], inks[:, 3]])

    def source(self, profile: bytes, values: int) -> Source:
        """Open a profile for colours of so many values; ValueError when there is none for them."""
        if profile not in self._sources:
            self._sources[profile] = source_of(profile)
        source = self._sources[profile]
        if source is None or source.mode == "LAB" or len(source.mode) != values:
            raise ValueError("the profile can't be read, or is for other colours")
        return source

    def is_wide(self, profile: bytes) -> bool:
        """Whether a profile is one for RGB with other colours than screens have."""
        if profile not in self._sources:
            self._sources[profile] = source_of(profile)
        source = self._sources[profile]
        return source is not None and source.mode == "RGB" and not source.screen

    # --- Pictures ---

    def picture(self, image: Image.Image, profile: bytes | None, *, photograph: bool) -> Image.Image:
        """Return a picture (mode L, RGB, LAB or CMYK) as the press prints it, in mode CMYK, or L for black alone.

        Pictures without a profile, or with one that can't be used, are taken as sRGB, or as the press's own
        CMYK. Greys, also those in RGB, are black alone, as light as they were.
        """
        source = self._picture_source(image, profile)
        if image.mode == "L":
            return image.point(self._grey_shades(source))
        if image.mode == "CMYK" and (source is None or profile == self.press.data or is_black(image)):
            return image
        if image.mode == "RGB" and (source is None or source.screen) and is_grey(image):
            return image.getchannel("G").point(self._grey_shades(None))
        way = Way.PHOTOGRAPH if photograph else Way.GRAPHIC
        made = self.press.picture(image, source, way)
        if made is None:
            made = self.press.picture(image.convert("RGB"), None, way)
        assert made is not None
        return self._held_picture(made)

    def _picture_source(self, image: Image.Image, profile: bytes | None) -> Source | None:
        if image.mode == "LAB":
            return self.press.lab
        if profile is None:
            return None
        if profile not in self._sources:
            self._sources[profile] = source_of(profile)
        source = self._sources[profile]
        return source if source is not None and source.mode == image.mode else None

    def _grey_shades(self, source: Source | None) -> list[int]:
        """Return what each of the 256 greys of a picture becomes, so that black alone is as light as it was."""
        key = id(source)
        if key not in self._greys:
            grey = np.arange(256)[:, None] / _SHADES
            try:
                light = None if source is None else luminance_of_lightness(self.press.lab_of(source, grey)[:, 0])
            except ValueError:
                light = None
            black = self.press.black_of(luminance_of_rgb(np.repeat(grey, 3, axis=1)) if light is None else light)
            self._greys[key] = [round(_SHADES * (1 - share)) for share in black.tolist()]
        return self._greys[key]

    def _held_picture(self, image: Image.Image) -> Image.Image:
        if self.press.most_ink <= 100 * self.limit:
            return image
        for top in range(0, image.height, _STRIP):
            box = (0, top, image.width, min(top + _STRIP, image.height))
            rows = np.asarray(image.crop(box)).astype(np.uint16)
            if rows.sum(axis=2).max() > _SHADES * self.limit:
                held = np.floor(self.held(rows.reshape(-1, 4) / _SHADES) * _SHADES + 1e-6).astype(np.uint8)
                image.paste(Image.frombytes("CMYK", (image.width, len(rows)), held.tobytes()), box)
        return image


def is_grey(image: Image.Image) -> bool:
    """Whether all of a picture in RGB is grey: its channels differ by 1 of 255 at most."""
    if min(image.size) > 2 * _SPARSE:
        # Nearly every picture that has colours shows them in a few of its pixels.
        few = image.resize((image.width // _SPARSE, image.height // _SPARSE), Image.Resampling.NEAREST)
        if not is_grey(few):
            return False
    red, green, blue = image.split()
    pairs = ((red, green), (green, blue), (red, blue))
    return all(_most(ImageChops.difference(one, other)) <= 1 for one, other in pairs)


def is_black(image: Image.Image) -> bool:
    """Whether a picture in CMYK has nothing but black ink."""
    return all(_most(image.getchannel(channel)) == 0 for channel in "CMY")


def _most(image: Image.Image) -> int:
    extremes = image.getextrema()
    return int(extremes[1]) if isinstance(extremes[1], (int, float)) else max(int(high) for _, high in extremes)
