"""Functions written into a PDF: tables of inks, and mixtures of spot inks with the process inks."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Object

from magbuild.inks import CMYK

Floats = NDArray[np.float64]


def number(value: float) -> Decimal | int:
    """Return a number as a PDF is to say it: with five places at most."""
    rounded = round(value, 5)
    return int(rounded) if rounded == int(rounded) else Decimal(repr(rounded)).normalize()


def row(values: Sequence[float] | Floats) -> Array:
    """Return numbers as an array of a PDF."""
    return Array([number(float(value)) for value in values])


def table(pdf: pikepdf.Pdf, domain: Floats, values: Floats, bits: int = 16) -> Object:
    """Write rows of outputs, 0 to 1, as a function of type 0.

    `values` has one axis for each input and the outputs along the last.
    """
    inputs = values.ndim - 1
    full = 2**bits - 1
    whole = np.rint(np.clip(values, 0.0, 1.0) * full).astype(f">u{bits // 8}")
    order = [*reversed(range(inputs)), inputs]  # in the file the first input runs fastest
    stream = pdf.make_stream(np.ascontiguousarray(whole.transpose(order)).tobytes())
    stream.FunctionType = 0
    stream.Domain = row(domain.reshape(-1))
    stream.Range = Array([0, 1] * values.shape[-1])
    stream.Size = Array(list(values.shape[:-1]))
    stream.BitsPerSample = bits
    return stream


def power(domain: Floats, first: Floats, last: Floats, exponent: float) -> Dictionary:
    """Return a function of type 2."""
    return Dictionary(FunctionType=2, Domain=row(domain.reshape(-1)), C0=row(first), C1=row(last), N=number(exponent))


def spot_space(name: str, alternate: CMYK) -> Array:
    """Return the colour space of a spot ink: its plate, and what stands for it where there is none."""
    tint = power(np.array([0.0, 1.0]), np.zeros(4), np.array(alternate), 1)
    return Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, tint])


def mixed_space(pdf: pikepdf.Pdf, spots: Sequence[tuple[str, Object, CMYK]]) -> Array:
    """Return the colour space of the process inks together with spot inks (names, spaces and alternates)."""
    names = [Name.Cyan, Name.Magenta, Name.Yellow, Name.Black, *(Name("/" + name) for name, _, _ in spots)]
    count = len(spots)
    words: list[str] = []
    for channel in range(4):
        # What has been put on the stack lies above the inputs, so they are further down for each later channel.
        words.append(f"{count + 3} index")
        for place, (_, _, alternate) in enumerate(spots):
            words.append(f"{count + channel - place} index {number(alternate[channel])} mul add")
        words.append("dup 1 gt {pop 1} if")
    words.append(f"{count + 8} 4 roll" + " pop" * (count + 4))
    tint = pdf.make_stream(("{" + " ".join(words) + "}").encode())
    tint.FunctionType = 4
    tint.Domain = Array([0, 1] * len(names))
    tint.Range = Array([0, 1] * 4)
    colorants = Dictionary({"/" + name: space for name, space, _ in spots})
    return Array([Name.DeviceN, Array(names), Name.DeviceCMYK, tint, Dictionary(Colorants=colorants)])
