"""Colour spaces read from a PDF, each once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from magbuild.inks import Ink, Inks, ramp
from magbuild.inks.tones import luminance_of_rgb
from magbuild.separation.functions import Floats, Function, function_of, numbers
from magbuild.separation.names import entries, shown, spelled
from magbuild.separation.spaces import Grey, Indexed, Lab, Patterned, Plates, Process, Profiled, Screen, Space
from magbuild.separation.tables import table
from magbuild.separation.unseparated import CantSeparate

# The names of the device spaces, also as inline images shorten them.
_DEVICE = {
    "/DeviceGray": "Gray",
    "/G": "Gray",
    "/CalGray": "Gray",
    "/DeviceRGB": "RGB",
    "/RGB": "RGB",
    "/CalRGB": "RGB",
    "/DeviceCMYK": "CMYK",
    "/CMYK": "CMYK",
    "/CalCMYK": "CMYK",
}
_DEEPEST = 6
_STEPS = 257
# Steps for each plate when there are two or more, so that a table stays below some ten thousand entries.
_FEWER = {2: 65, 3: 21, 4: 11, 5: 7, 6: 5, 7: 4, 8: 3}
_GREY = 1 / 255 + 1e-6


@dataclass(slots=True)
class Reader:
    """Reads colour spaces; `as_black` says that grey means black ink, as in files made for a press."""

    pdf: pikepdf.Pdf
    inks: Inks
    as_black: bool = False
    _read: dict[tuple[int, int], Space | Patterned] = field(default_factory=dict)
    _profiles: dict[tuple[int, int], bytes] = field(default_factory=dict)
    _devices: dict[str, Space] = field(default_factory=dict)

    def device(self, name: str) -> Space:
        """Return "Gray", "RGB" or "CMYK", always the same."""
        if not self._devices:
            grey = Grey(self.inks, as_black=self.as_black)
            self._devices = {"Gray": grey, "RGB": Screen(self.inks), "CMYK": Process(self.inks)}
        return self._devices[name]

    def read(self, source: Any, defaults: Mapping[str, Object], depth: int = 0) -> Space | Patterned:
        """Read a colour space.

        `defaults` are the entries DefaultGray, DefaultRGB and DefaultCMYK of the resources, by "Gray", "RGB",
        "CMYK". Raises CantSeparate when the space is broken or unknown.
        """
        if depth > _DEEPEST:
            raise CantSeparate("its colour spaces are nested too deep")
        if isinstance(source, Name):
            return self._named(spelled(source), defaults, depth)
        if not isinstance(source, Array) or not len(source):
            raise CantSeparate("its colour space is broken")
        if len(source) == 1:
            return self.read(source[0], defaults, depth + 1)
        key = source.objgen
        if key != (0, 0) and key in self._read:
            return self._read[key]
        try:
            found = self._array(source, defaults, depth)
        except CantSeparate:
            raise
        except (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError) as error:
            raise CantSeparate("its colour space is broken") from error
        except pikepdf.PdfError as error:
            raise CantSeparate("its colour space can't be unpacked") from error
        if key != (0, 0):
            self._read[key] = found
        return found

    def colours(self, source: Any, defaults: Mapping[str, Object]) -> Space:
        """Read a colour space that isn't one of patterns."""
        space = self.read(source, defaults)
        if isinstance(space, Patterned):
            raise CantSeparate("its colour space is one of patterns")
        return space

    def _named(self, name: str, defaults: Mapping[str, Object], depth: int) -> Space | Patterned:
        if name == "/Pattern":
            return Patterned()
        device = _DEVICE.get(name)
        if device is None:
            raise CantSeparate(f"its colour space '{shown(name)}' is unknown")
        if device in defaults:
            return self.read(defaults[device], {}, depth + 1)
        return self.device(device)

    def _array(self, source: Object, defaults: Mapping[str, Object], depth: int) -> Space | Patterned:
        family = spelled(source[0])
        if family == "/Pattern":
            base = self.read(source[1], defaults, depth + 1)
            return Patterned(None if isinstance(base, Patterned) else base)
        if family in ("/Indexed", "/I"):
            return self._indexed(source, defaults, depth)
        if family in ("/Separation", "/DeviceN"):
            return self._plates(source, defaults, depth)
        if family == "/ICCBased":
            return self._profiled(source[1], depth)
        facts = source[1]
        if family == "/CalGray":
            return Grey(self.inks, gamma=float(facts.get("/Gamma", 1)))
        if family == "/CalRGB":
            return self._calibrated(facts)
        if family == "/Lab":
            bounds = numbers(facts.get("/Range", Array([-100, 100, -100, 100])))
            a, b = (float(bounds[0]), float(bounds[1])), (float(bounds[2]), float(bounds[3]))
            return Lab(self.inks, _white(facts), ((0.0, 100.0), a, b))
        return self._named(family, defaults, depth)

    def _calibrated(self, facts: Object) -> Screen:
        gamma = numbers(facts.get("/Gamma", Array([1, 1, 1])))
        matrix = numbers(facts.get("/Matrix", Array([1, 0, 0, 0, 1, 0, 0, 0, 1]))).reshape(3, 3)
        if gamma.shape != (3,):
            raise CantSeparate("its colour space is broken")
        return Screen(self.inks, gamma, matrix, _white(facts))

    def _profiled(self, stream: Object, depth: int) -> Space:
        count = int(stream.get("/N", 0))
        if stream.objgen not in self._profiles:
            self._profiles[stream.objgen] = stream.read_bytes()
        profile = self._profiles[stream.objgen]
        try:
            self.inks.source(profile, count)
        except ValueError:
            # What a reader does with a profile that it can't use: the alternate, or else the number of values.
            alternate = stream.get("/Alternate")
            if alternate is not None:
                found = self.read(alternate, {}, depth + 1)
                if not isinstance(found, Patterned) and len(found.ranges) == count:
                    return found
            names = {1: "Gray", 3: "RGB", 4: "CMYK"}
            if count not in names:
                raise CantSeparate("its colour profile can't be used") from None
            return self.device(names[count])
        return Profiled(self.inks, profile, ((0.0, 1.0),) * count)

    def _indexed(self, source: Object, defaults: Mapping[str, Object], depth: int) -> Indexed:
        base = self.read(source[1], defaults, depth + 1)
        if isinstance(base, (Patterned, Indexed)):
            raise CantSeparate("its colour space is broken")
        held = source[3]
        data = held.read_bytes() if isinstance(held, Stream) else bytes(held)
        count, last = len(base.ranges), min(max(int(source[2]), 0), 255)
        raw = np.frombuffer(data.ljust((last + 1) * count, b"\0")[: (last + 1) * count], dtype=np.uint8)
        low, high = np.array(base.ranges).T
        return Indexed(base, low + raw.reshape(-1, count) / 255 * (high - low))

    # --- Plates ---

    def _plates(self, source: Object, defaults: Mapping[str, Object], depth: int) -> Plates:
        several = isinstance(source[1], Array)
        count = len(source[1]) if several else 1
        alternate = self.read(source[2], defaults, depth + 1)
        if isinstance(alternate, (Patterned, Indexed, Plates)) or not 1 <= count <= 32:
            raise CantSeparate("its colour space is broken")
        tint = function_of(source[3])
        if isinstance(alternate, Process):
            kept = Array([source[0], source[1], Name.DeviceCMYK, source[3]])
        else:
            kept = Array([source[0], source[1], Name.DeviceCMYK, self._tint(alternate, tint, count)])
        if several and len(source) > 4:
            kept.append(self._attributes(source[4], defaults, depth))
        return Plates(self.pdf.make_indirect(kept), alternate, tint, count)

    def _tint(self, alternate: Space, tint: Function, count: int) -> Object:
        """Write the inks that stand for the plates' tints."""
        domain = np.array([[0.0, 1.0]] * count)
        if count == 1:
            share = np.linspace(0.0, 1.0, _STEPS)
            colours = tint(share[:, None])
            ends = [Ink(cmyk=alternate.ink([float(value) for value in colours[at]]).process) for at in (0, -1)]
            made = ramp(self.inks, alternate.rgb(colours), alternate.plain(colours), (ends[0], ends[1]), share)
            return table(self.pdf, domain, made.inks)
        if count not in _FEWER:
            raise CantSeparate(f"it has {count} plates")
        steps = np.linspace(0.0, 1.0, _FEWER[count])
        grid = np.stack(np.meshgrid(*[steps] * count, indexing="ij"), axis=-1)
        colours = tint(grid.reshape(-1, count))
        rgb, inks = alternate.rgb(colours), alternate.plain(colours)
        grey = np.ptp(rgb, axis=1) <= _GREY
        inks[grey] = self.inks.blacks(luminance_of_rgb(rgb[grey]))
        return table(self.pdf, domain, inks.reshape(*grid.shape[:-1], 4), bits=8)

    def _attributes(self, source: Object, defaults: Mapping[str, Object], depth: int) -> Dictionary:
        """Return what is said about several plates, with each plate's own space brought into CMYK."""
        kept = Dictionary()
        for key in ("/Subtype", "/MixingHints"):
            if key in source:
                kept[key] = source[key]
        process = source.get("/Process")
        if process is not None and process.get("/ColorSpace") == Name.DeviceCMYK:
            kept.Process = process
        elif process is not None and "/Subtype" in kept:
            del kept["/Subtype"]
        colorants = Dictionary()
        for name, space in entries(source.get("/Colorants", Dictionary())).items():
            found = self.read(space, defaults, depth + 1)
            if isinstance(found, Plates):
                colorants[name] = found.kept
        if len(colorants):
            kept.Colorants = colorants
        return kept


def _white(facts: Object) -> Floats:
    white = numbers(facts.WhitePoint)
    if white.shape != (3,) or white.min() <= 0:
        raise CantSeparate("its colour space has no white")
    return white
