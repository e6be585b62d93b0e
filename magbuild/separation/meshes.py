"""Gradient meshes (shadings of types 4 to 7): their points stay, the colours at them are written anew."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pikepdf import Object

from magbuild.separation.functions import Floats, pairs
from magbuild.separation.unseparated import CantSeparate

Bits = NDArray[np.uint8]

_FLAG_BITS, _COLOUR_BITS, _POINT_BITS = 8, 16, 32
_MOST_RECORDS = 1 << 21


@dataclass(frozen=True, slots=True)
class _Layout:
    """How many bits a mesh has for the flag, for each coordinate and for each value of a colour."""

    flag: int
    point: int
    colour: int
    values: int

    def width(self, points: int, colours: int) -> int:
        """Return the bytes of a record: each one begins at a whole byte."""
        return (self.flag + 2 * points * self.point + colours * self.values * self.colour + 7) // 8


def recoded(source: Object, values: int, convert: Callable[[Floats], Floats]) -> tuple[bytes, dict[str, int]]:
    """Return a mesh's data with its colours converted, and how many bits its parts have now.

    `values` is how many values each colour has; `convert` takes rows of them and gives rows from 0 to 1.
    """
    kind = int(source.ShadingType)
    flag = 0 if kind == 5 else int(source.BitsPerFlag)
    layout = _Layout(flag, int(source.BitsPerCoordinate), int(source.BitsPerComponent), values)
    if not (flag in (0, 2, 4, 8) and 1 <= layout.point <= 32 and 1 <= layout.colour <= 16):
        raise CantSeparate("its mesh has an unknown form")
    decode = pairs(source.Decode)[2 : 2 + values]
    if len(decode) != values:
        raise CantSeparate("its mesh has another number of colours than its colour space")
    data = np.frombuffer(source.read_bytes(), dtype=np.uint8)
    pieces: dict[int, Bits] = {}
    for where, points, colours in _records(kind, layout, data):
        pieces |= zip(where.tolist(), _converted(layout, data, where, points, colours, decode, convert), strict=True)
    facts = {"/BitsPerCoordinate": _point_bits(layout.point), "/BitsPerComponent": _COLOUR_BITS}
    if flag:
        facts["/BitsPerFlag"] = _FLAG_BITS
    return b"".join(pieces[where].tobytes() for where in sorted(pieces)), facts


def _records(kind: int, layout: _Layout, data: Bits) -> Iterator[tuple[NDArray[np.int64], int, int]]:
    """Yield where the records of each length begin, with how many points and colours they have."""
    if kind in (4, 5):
        width = layout.width(1, 1)
        yield np.arange(len(data) // width, dtype=np.int64) * width, 1, 1
        return
    first, more = (12, 8) if kind == 6 else (16, 12)
    whole, joined = layout.width(first, 4), layout.width(more, 2)
    starts: tuple[list[int], list[int]] = ([], [])
    at = 0
    while at < len(data) and len(starts[0]) + len(starts[1]) < _MOST_RECORDS:
        is_joined = bool((int(data[at]) >> (8 - layout.flag)) & 3)
        width = joined if is_joined else whole
        if at + width > len(data):
            break
        starts[is_joined].append(at)
        at += width
    yield np.array(starts[0], dtype=np.int64), first, 4
    yield np.array(starts[1], dtype=np.int64), more, 2


def _converted(
    layout: _Layout,
    data: Bits,
    where: NDArray[np.int64],
    points: int,
    colours: int,
    decode: Floats,
    convert: Callable[[Floats], Floats],
) -> Bits:
    """Return the records that begin at `where`, a row for each, with their colours converted."""
    if not len(where):
        return np.zeros((0, 0), dtype=np.uint8)
    bits = np.unpackbits(data[where[:, None] + np.arange(layout.width(points, colours))], axis=1)
    ends = np.cumsum([layout.flag, 2 * points * layout.point, colours * layout.values * layout.colour])
    flags = _whole(bits[:, : ends[0]], layout.flag) if layout.flag else np.zeros((len(bits), 0))
    places = _whole(bits[:, ends[0] : ends[1]], layout.point)
    shades = _whole(bits[:, ends[1] : ends[2]], layout.colour).reshape(-1, layout.values)
    rows = decode[:, 0] + shades / (2.0**layout.colour - 1) * (decode[:, 1] - decode[:, 0])
    unique, back = np.unique(rows, axis=0, return_inverse=True)
    made = np.clip(convert(unique), 0.0, 1.0)[back.reshape(-1)].reshape(len(bits), -1)
    wide = _point_bits(layout.point)
    if wide != layout.point:
        places = np.rint(places / (2.0**layout.point - 1) * (2.0**wide - 1))
    return np.hstack(
        [
            (flags % 4).astype(np.uint8),
            places.astype(np.uint64)
            .astype(">u4")
            .view(np.uint8)
            .reshape(len(bits), -1, 4)[:, :, 4 - wide // 8 :]
            .reshape(len(bits), -1),
            np.rint(made * (2**_COLOUR_BITS - 1)).astype(">u2").view(np.uint8).reshape(len(bits), -1),
        ]
    )


def _whole(bits: Bits, size: int) -> Floats:
    """Return rows of bits as rows of whole numbers of `size` bits each."""
    found: Floats = bits.reshape(len(bits), -1, size) @ (2.0 ** np.arange(size - 1, -1, -1))
    return found


def _point_bits(bits: int) -> int:
    """Return the bits that coordinates are written with: whole bytes, so that every record begins at one."""
    return bits if bits % 8 == 0 else _POINT_BITS
