"""Functions of a PDF (ISO 32000-1, 7.10): numbers come in, numbers come out, for many rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Object, Stream

from magbuild.separation.calculator import Program, program_of
from magbuild.separation.unseparated import CantSeparate

Floats = NDArray[np.float64]

_DEEPEST = 8
_MOST_SAMPLES = 1 << 24


class Function(Protocol):
    """A function of a PDF: rows of inputs give rows of outputs."""

    @property
    def domain(self) -> Floats:
        """The least and the greatest value of each input."""
        ...

    def __call__(self, rows: Floats) -> Floats:
        """Return a row of outputs for each row of inputs."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Exponential:
    """Type 2: from one row of numbers to another along a power of the input."""

    domain: Floats
    first: Floats
    last: Floats
    power: float
    range: Floats | None

    def share(self, rows: Floats) -> Floats:
        """Return how much of the last row is in each output."""
        inside = np.clip(rows[:, 0], self.domain[0, 0], self.domain[0, 1])
        return inside**self.power if self.power != 1 else inside

    def __call__(self, rows: Floats) -> Floats:
        """Return a row of outputs for each row of inputs."""
        share = self.share(rows)[:, None]
        return _within(self.first + share * (self.last - self.first), self.range)


@dataclass(frozen=True, slots=True, eq=False)
class Stitched:
    """Type 3: functions one after another; `bounds` are where one ends and the next begins."""

    domain: Floats
    parts: tuple[Function, ...]
    bounds: Floats
    encode: Floats
    range: Floats | None

    def __call__(self, rows: Floats) -> Floats:
        """Return a row of outputs for each row of inputs."""
        inside = np.clip(rows[:, 0], self.domain[0, 0], self.domain[0, 1])
        which = np.searchsorted(self.bounds, inside, side="right")
        edges = np.concatenate([self.domain[0, :1], self.bounds, self.domain[0, 1:]])
        pieces: list[tuple[NDArray[np.bool_], Floats]] = []
        for index, part in enumerate(self.parts):
            mine = which == index
            if not mine.any():
                continue
            low, high = edges[index], edges[index + 1]
            along = (inside[mine] - low) / (high - low) if high > low else np.zeros(mine.sum())
            start, end = self.encode[index]
            pieces.append((mine, part((start + along * (end - start))[:, None])))
        outputs = np.zeros((len(rows), pieces[0][1].shape[1] if pieces else 1))
        for mine, values in pieces:
            outputs[mine] = values
        return _within(outputs, self.range)


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """Type 0: a table, read between its entries as well."""

    domain: Floats
    encode: Floats
    samples: Floats  # one axis for each input, the last for the outputs
    range: Floats | None

    def __call__(self, rows: Floats) -> Floats:
        """Return a row of outputs for each row of inputs."""
        low, high = self.domain[:, 0], self.domain[:, 1]
        along = (np.clip(rows, low, high) - low) / np.where(high > low, high - low, 1)
        sizes = np.array(self.samples.shape[:-1])
        spot = np.clip(self.encode[:, 0] + along * (self.encode[:, 1] - self.encode[:, 0]), 0, sizes - 1)
        floor = np.minimum(np.floor(spot).astype(int), np.maximum(sizes - 2, 0))
        part = spot - floor
        outputs = np.zeros((len(rows), self.samples.shape[-1]))
        for corner in product((0, 1), repeat=len(sizes)):
            step = np.array(corner)
            weight = np.prod(np.where(step == 1, part, 1 - part), axis=1)
            index = np.minimum(floor + step, sizes - 1)
            outputs += weight[:, None] * self.samples[tuple(index.T)]
        return _within(outputs, self.range)


@dataclass(frozen=True, slots=True, eq=False)
class Calculated:
    """Type 4: a small PostScript program."""

    domain: Floats
    program: Program
    range: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Return a row of outputs for each row of inputs."""
        inside = np.clip(rows, self.domain[:, 0], self.domain[:, 1])
        outputs = np.array([self.program.run(row, len(self.range)) for row in inside.tolist()])
        return _within(np.nan_to_num(outputs.reshape(len(rows), len(self.range))), self.range)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """An array of functions, each of which gives outputs of its own."""

    parts: tuple[Function, ...]

    @property
    def domain(self) -> Floats:
        """The least and the greatest value of each input."""
        return self.parts[0].domain

    def __call__(self, rows: Floats) -> Floats:
        """Return a row of outputs for each row of inputs."""
        return np.column_stack([part(rows) for part in self.parts])


def function_of(source: Any, depth: int = 0) -> Function:
    """Read a function, or an array of them; raise CantSeparate when it is broken."""
    try:
        return _read(source, depth)
    except CantSeparate:
        raise
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError) as error:
        raise CantSeparate("its function is broken") from error


def _read(source: Any, depth: int) -> Function:
    if depth > _DEEPEST:
        raise CantSeparate("its functions are nested too deep")
    if isinstance(source, Array):
        if not 1 <= len(source) <= 32:
            raise CantSeparate("it has no function")
        return Side(tuple(_read(part, depth + 1) for part in source))
    if not isinstance(source, (Dictionary, Stream)):
        raise CantSeparate("it has no function")
    domain = pairs(source.Domain)
    limits = pairs(source.Range) if "/Range" in source else None
    kind = int(source.FunctionType)
    if kind == 2:
        first, last = numbers(source.get("/C0", Array([0]))), numbers(source.get("/C1", Array([1])))
        if len(first) != len(last):
            raise CantSeparate("its function is broken")
        return Exponential(domain, first, last, float(source.N), limits)
    if kind == 3:
        return _stitched(source, domain, limits, depth)
    if limits is None:
        raise CantSeparate("its function is broken")
    if kind == 0:
        return _sampled(source, domain, limits)
    if kind == 4:
        return Calculated(domain, program_of(source.read_bytes()), limits)
    raise CantSeparate(f"its function is of the unknown type {kind}")


def _stitched(source: Object, domain: Floats, limits: Floats | None, depth: int) -> Stitched:
    parts = tuple(_read(part, depth + 1) for part in source.Functions)
    bounds, encode = numbers(source.Bounds), pairs(source.Encode)
    if not parts or len(bounds) != len(parts) - 1 or len(encode) < len(parts) or len(domain) != 1:
        raise CantSeparate("its function is broken")
    return Stitched(domain, parts, np.maximum.accumulate(bounds), encode[: len(parts)], limits)


def _sampled(source: Object, domain: Floats, limits: Floats) -> Sampled:
    sizes = [int(size) for size in source.Size]
    bits, outputs = int(source.BitsPerSample), len(limits)
    count = int(np.prod(sizes)) * outputs
    if len(sizes) != len(domain) or min(sizes) < 1 or len(sizes) > 8 or not 0 < count <= _MOST_SAMPLES:
        raise CantSeparate("its function is broken")
    whole = unpacked(source.read_bytes(), bits, count)
    decode = pairs(source.Decode) if "/Decode" in source else limits
    encode = pairs(source.Encode) if "/Encode" in source else np.array([[0, size - 1] for size in sizes], float)
    values = decode[:, 0] + whole.reshape(-1, outputs) / (2.0**bits - 1) * (decode[:, 1] - decode[:, 0])
    # The first input runs fastest in the file, so its axis is the last but one there.
    table = values.reshape([*reversed(sizes), outputs])
    order = [*reversed(range(len(sizes))), len(sizes)]
    return Sampled(domain, encode, table.transpose(order), limits)


def unpacked(data: bytes, bits: int, count: int) -> Floats:
    """Return `count` numbers of `bits` bits each, the highest first; what is missing at the end is 0."""
    need = (count * bits + 7) // 8
    data = data[:need].ljust(need, b"\0")
    if bits in (8, 16, 32):
        return np.frombuffer(data, dtype=f">u{bits // 8}")[:count].astype(float)
    if bits not in (1, 2, 4, 12, 24):
        raise CantSeparate(f"it has the unknown depth of {bits} bits")
    single = np.unpackbits(np.frombuffer(data, dtype=np.uint8))[: count * bits].reshape(count, bits)
    found: Floats = single @ (2.0 ** np.arange(bits - 1, -1, -1))
    return found


def numbers(values: Any) -> Floats:
    """Return an array of a PDF as numbers."""
    return np.array([float(value) for value in values])


def pairs(values: Any) -> Floats:
    """Return an array of a PDF as rows of a least and a greatest number."""
    flat = numbers(values)
    if len(flat) < 2 or len(flat) % 2 or not np.isfinite(flat).all():
        raise CantSeparate("its bounds are broken")
    return flat.reshape(-1, 2)


def _within(rows: Floats, limits: Floats | None) -> Floats:
    if limits is None:
        return rows
    return np.clip(rows[:, : len(limits)], limits[:, 0], limits[:, 1])


def evaluated(function: Function, values: Sequence[float]) -> tuple[float, ...]:
    """Return the outputs of a function for one row of inputs."""
    return tuple(float(value) for value in function(np.array([values], dtype=float))[0])
