"""Gradients: shadings of every type come in, the same with their colours in inks come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from magbuild.inks import Inks, Ramp, ramp
from magbuild.inks.tones import luminance_of_rgb
from magbuild.separation.functions import (
    Calculated,
    Exponential,
    Floats,
    Function,
    Sampled,
    Side,
    Stitched,
    function_of,
    numbers,
    pairs,
)
from magbuild.separation.meshes import recoded
from magbuild.separation.names import dictionary, entries
from magbuild.separation.plates import SpotPlates
from magbuild.separation.reading import Reader
from magbuild.separation.spaces import Grey, Indexed, Plates, Process, Screen, Space, greys
from magbuild.separation.tables import power, row, table
from magbuild.separation.unseparated import CantSeparate

_STEPS = 257
_FINE, _FINEST = 1025, 2049  # for functions that may have steps within
_ACROSS = 129  # steps each way of a function of two inputs
_GREY = 1 / 255 + 1e-6
_CONSTANT = 1e-6
# What a shading may have (ISO 32000-1, tables 78 to 84).
_KEPT = frozenset(
    (
        *("/ShadingType", "/BBox", "/AntiAlias", "/Domain", "/Coords", "/Function", "/Extend", "/Matrix"),
        *("/BitsPerCoordinate", "/BitsPerComponent", "/BitsPerFlag", "/Decode", "/VerticesPerRow"),
        *("/Filter", "/DecodeParms", "/ColorSpace", "/Background"),
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A smooth part of a gradient: its inks along `domain`."""

    domain: Floats
    ramp: Ramp


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """Parts of a gradient one after another."""

    source: Stitched
    parts: tuple["_Piece | _Row", ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """What a gradient's colours are written in: the process inks (`spots` is empty), a plate alone, or both."""

    space: Object
    spots: tuple[str, ...] = ()
    alone: bool = False

    def columns(self, found: Ramp) -> Floats:
        """Return a gradient's inks as values of the space; spots that it hasn't are left out."""
        rows = found.with_spots(self.spots)
        return rows[:, 4:] if self.alone else rows


@dataclass(slots=True)
class Gradients:
    """Converts shadings; those that are drawn in soft masks become grey."""

    pdf: pikepdf.Pdf
    inks: Inks
    reader: Reader
    plates: SpotPlates
    _done: dict[tuple[tuple[int, int], bool], Object] = field(default_factory=dict)
    _written: dict[tuple[Any, ...], Object] = field(default_factory=dict)

    def converted(self, source: Object, defaults: Mapping[str, Object], mask: bool) -> Object:
        """Return a shading in inks, or in grey for a mask; raise CantSeparate when it is broken."""
        key = (source.objgen, mask)
        if source.objgen != (0, 0) and key in self._done:
            return self._done[key]
        try:
            made = self._converted(source, defaults, mask)
        except CantSeparate:
            raise
        except (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError) as error:
            raise CantSeparate("it is broken") from error
        except pikepdf.PdfError as error:
            raise CantSeparate("it can't be unpacked") from error
        if source.objgen != (0, 0):
            self._done[key] = made
        return made

    def _converted(self, source: Object, defaults: Mapping[str, Object], mask: bool) -> Object:
        space = self.reader.colours(source.ColorSpace, defaults)
        kind = int(source.ShadingType)
        made = _copied(self.pdf, source)
        if mask:
            self._into_grey(made, source, space, kind)
        elif isinstance(space, Plates):
            made.ColorSpace = space.kept
        elif isinstance(space, Process):
            made.ColorSpace = Name.DeviceCMYK
        else:
            ground = self._ground(source, space, plates="/Function" in source and kind != 1)
            target = self._into_inks(made, source, space, kind, ground)
            made.ColorSpace = target.space
            if ground is not None:
                made.Background = row(target.columns(ground)[0])
        return made if isinstance(made, Stream) else self.pdf.make_indirect(made)

    # --- In inks ---

    def _ground(self, source: Object, space: Space, *, plates: bool) -> Ramp | None:
        """Return the colour around a gradient; without `plates` it is in process inks."""
        if "/Background" not in source:
            return None
        ink = space.ink(numbers(source.Background).tolist())
        self.plates.learn(ink)
        spot = ink.spot and plates
        return Ramp(np.array([[0.0, 0, 0, 0, ink.tint]]), (ink.spot,)) if spot else Ramp(np.array([ink.process]))

    def _into_inks(self, made: Object, source: Object, space: Space, kind: int, ground: Ramp | None) -> _Target:
        process = _Target(Name.DeviceCMYK)
        if kind == 1:
            domain = pairs(source.get("/Domain", Array([0, 1, 0, 1])))
            made.Function = table(self.pdf, domain, self._across(source, space, domain), bits=8)
            return process
        if kind in (4, 5, 6, 7) and "/Function" not in source:
            self._recode(made, source, space, lambda rows: self._corners(space, rows), 4)
            return process
        if kind not in (2, 3, 4, 5, 6, 7):
            raise CantSeparate(f"it is of the unknown type {kind}")
        function, domain = _along(source, space, kind)
        tree = self._read(function, space, domain)
        target = self._target([*_ramps(tree), *([] if ground is None else [ground])])
        made.Function = self._write(tree, target)
        return target

    def _read(self, function: Function, space: Space, domain: Floats) -> _Piece | _Row:
        if isinstance(function, Stitched) and function.range is None:
            parts = tuple(self._read(part, space, part.domain) for part in function.parts)
            return _Row(function, parts)
        return _Piece(domain, self._ramp(function, space, domain))

    def _ramp(self, function: Function, space: Space, domain: Floats) -> Ramp:
        along = np.linspace(domain[0, 0], domain[0, 1], _steps(function))
        colours = function(along[:, None])
        if colours.shape[1] != len(space.ranges):
            raise CantSeparate("its function has another number of colours than its colour space")
        if isinstance(function, Exponential):
            whole = function.share(along[:, None])
            share = (whole - whole[0]) / (whole[-1] - whole[0]) if whole[-1] != whole[0] else whole * 0
        else:
            share = np.linspace(0.0, 1.0, len(along))
        ends = (space.ink(colours[0].tolist()), space.ink(colours[-1].tolist()))
        for ink in ends:
            self.plates.learn(ink)
        return ramp(self.inks, space.rgb(colours), space.plain(colours), ends, share)

    def _target(self, ramps: list[Ramp]) -> _Target:
        spots = tuple(dict.fromkeys(spot for found in ramps for spot in found.spots))
        if not spots:
            return _Target(Name.DeviceCMYK)
        if len(spots) == 1 and not any(found.inks[:, :4].any() for found in ramps):
            return _Target(self.plates.alone(spots[0]), spots, alone=True)
        return _Target(self.plates.mixed(spots), spots)

    def _write(self, tree: _Piece | _Row, target: _Target) -> Object:
        if isinstance(tree, _Row):
            return _stitched(tree.source, [self._write(part, target) for part in tree.parts])
        rows = target.columns(tree.ramp)
        if np.ptp(rows, axis=0).max() < _CONSTANT:
            return power(tree.domain, rows[0], rows[-1], 1)
        return self._table(tree.domain, rows)

    def _table(self, domain: Floats, rows: Floats) -> Object:
        # Repeating gradients have the same parts over and over.
        key = (domain.tobytes(), rows.shape, rows.tobytes())
        if key not in self._written:
            self._written[key] = table(self.pdf, domain, rows)
        return self._written[key]

    def _across(self, source: Object, space: Space, domain: Floats) -> Floats:
        colours = _plane(source, space, domain)
        rgb = space.rgb(colours)
        grey = np.ptp(rgb, axis=1).max() <= _GREY
        inks = self.inks.blacks(luminance_of_rgb(rgb)) if grey else space.plain(colours)
        return inks.reshape(_ACROSS, _ACROSS, 4)

    def _corners(self, space: Space, rows: Floats) -> Floats:
        if len(rows) > _FINEST:
            return space.plain(rows)
        return np.array([space.ink(values).process for values in rows.tolist()]).reshape(-1, 4)

    def _recode(self, made: Object, source: Object, space: Space, convert: Any, count: int) -> None:
        data, bits = recoded(source, len(space.ranges), convert)
        made.write(data)
        for key, value in bits.items():
            made[key] = value
        made.Decode = Array([*list(source.Decode)[:4], *[0, 1] * count])

    # --- In grey, for soft masks ---

    def _into_grey(self, made: Object, source: Object, space: Space, kind: int) -> None:
        made.ColorSpace = Name.DeviceGray
        if "/Background" in source:
            made.Background = row(greys(space, numbers(source.Background)[None, :]))
        if isinstance(space, Grey) and space.gamma is None:
            return
        if kind == 1:
            domain = pairs(source.get("/Domain", Array([0, 1, 0, 1])))
            grey = greys(space, _plane(source, space, domain)).reshape(_ACROSS, _ACROSS, 1)
            made.Function = table(self.pdf, domain, grey)
        elif "/Function" not in source:
            self._recode(made, source, space, lambda rows: greys(space, rows)[:, None], 1)
        else:
            function, domain = _along(source, space, kind)
            made.Function = self._grey(function, space, domain)

    def _grey(self, function: Function, space: Space, domain: Floats) -> Object:
        if isinstance(function, Stitched) and function.range is None:
            return _stitched(function, [self._grey(part, space, part.domain) for part in function.parts])
        if isinstance(function, Exponential) and isinstance(space, Screen) and space.gamma is None:
            first, last = (greys(space, values[None, :]) for values in (function.first, function.last))
            return power(function.domain, first, last, function.power)
        along = np.linspace(domain[0, 0], domain[0, 1], _steps(function))[:, None]
        return table(self.pdf, domain, greys(space, function(along))[:, None])


def _copied(pdf: pikepdf.Pdf, source: Object) -> Object:
    held = {key: value for key, value in entries(source).items() if key in _KEPT}
    if not isinstance(source, Stream):
        return dictionary(held)
    made = pdf.make_stream(source.read_raw_bytes())
    for key, value in held.items():
        made[key] = value
    return made


def _stitched(source: Stitched, parts: list[Object]) -> Dictionary:
    return Dictionary(
        FunctionType=3,
        Domain=row(source.domain.reshape(-1)),
        Functions=Array(parts),
        Bounds=row(source.bounds),
        Encode=row(source.encode.reshape(-1)),
    )


def _along(source: Object, space: Space, kind: int) -> tuple[Function, Floats]:
    """Return the function along a gradient, and the stretch of it that is used."""
    function = function_of(source.Function)
    if len(function.domain) != 1 or isinstance(space, Indexed):
        raise CantSeparate("its function has more than one input")
    given = source.get("/Domain", Array([0, 1])) if kind in (2, 3) else list(source.Decode)[4:6]
    wanted = np.sort(numbers(given)[:2])
    low, high = np.maximum(wanted[0], function.domain[0, 0]), np.minimum(wanted[1], function.domain[0, 1])
    if not low < high:
        low, high = function.domain[0]
    return function, np.array([[low, high]])


def _plane(source: Object, space: Space, domain: Floats) -> Floats:
    function = function_of(source.Function)
    if len(function.domain) != 2 or len(domain) != 2:
        raise CantSeparate("its function hasn't two inputs")
    x, y = (np.linspace(low, high, _ACROSS) for low, high in domain)
    colours = function(np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2))
    if colours.shape[1] != len(space.ranges):
        raise CantSeparate("its function has another number of colours than its colour space")
    return colours


def _steps(function: Function) -> int:
    if isinstance(function, Exponential):
        return _STEPS
    if isinstance(function, Sampled):
        return min(max(_STEPS, 2 * len(function.samples) - 1), _FINEST)
    return _FINE if isinstance(function, (Calculated, Side)) else _FINEST


def _ramps(tree: _Piece | _Row) -> list[Ramp]:
    if isinstance(tree, _Piece):
        return [tree.ramp]
    return [found for part in tree.parts for found in _ramps(part)]
