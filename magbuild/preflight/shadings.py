"""Shadings and functions of a PDF come in; whether they fit together and how much ink they bring comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Array

from magbuild.preflight.inks import Family, Paint, Space, Spaces
from magbuild.preflight.reading import content, elements, entry, number, numbers

DEEPEST = 8  # functions of functions; more is a circle
MOST_SAMPLES = 70_000
MESHES = (4, 5, 6, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """A shading: its space, its kind, what is wrong with it, and its heaviest colour where that can be told."""

    space: Space
    kind: int
    fault: str = ""
    most: Paint | None = None


def read_shading(thing: Any, spaces: Spaces, resources: Any) -> Shade:
    """Return what a shading's dictionary says of itself."""
    space = spaces.read(entry(thing, "/ColorSpace"), resources)
    kind = int(number(entry(thing, "/ShadingType")))
    function = entry(thing, "/Function")
    ends = () if function is None else tuple(_ends(function))
    heaviest = max((Paint(space, end) for end in ends), key=lambda paint: paint.total, default=None)
    return Shade(space=space, kind=kind, fault=_fault(space, kind, function), most=heaviest)


def _fault(space: Space, kind: int, function: Any) -> str:
    if not 1 <= kind <= 7:
        return f"its kind is {kind}, and there are kinds 1 to 7"
    if space.family is Family.UNKNOWN or not space.components:
        return "its colour space can't be read"
    if space.family in (Family.INDEXED, Family.PATTERN):
        return "its colour space can't shade" if function is not None else ""
    if function is None:
        return "" if kind in MESHES else "it has no function"
    if isinstance(function, Array):
        each = [outputs(item) for item in elements(function)]
        if len(each) != space.components or any(count != 1 for count in each):
            return f"it has {len(each)} functions for {space.components} colour values"
        return ""
    count = outputs(function)
    if count is None:
        return "its function can't be read"
    if count != space.components:
        return f"its function gives {count} values for {space.components} inks"
    return ""


def outputs(function: Any, depth: int = 0) -> int | None:
    """Return how many values a function gives; None when it is broken or its parts differ."""
    kind = entry(function, "/FunctionType")
    if kind is None or depth > DEEPEST:
        return None
    if kind in (0, 4):
        bounds = numbers(entry(function, "/Range"))
        return len(bounds) // 2 or None
    if kind == 2:
        first, last = (numbers(entry(function, key)) or (flat,) for key, flat in (("/C0", 0.0), ("/C1", 1.0)))
        return len(first) if len(first) == len(last) else None
    if kind == 3:
        parts = {outputs(part, depth + 1) for part in elements(entry(function, "/Functions"))}
        return parts.pop() if len(parts) == 1 else None
    return None


def _ends(function: Any, depth: int = 0) -> Iterator[tuple[float, ...]]:
    """Yield the values between which a function moves: no mix of them holds more ink than the heaviest of them."""
    if depth > DEEPEST:
        return
    if isinstance(function, Array):
        each = [[end[0] for end in _ends(item, depth + 1) if end] for item in elements(function)]
        if each and all(each):
            yield tuple(max(ends) for ends in each)
        return
    kind = entry(function, "/FunctionType")
    if kind == 2:
        yield numbers(entry(function, "/C0")) or (0.0,)
        yield numbers(entry(function, "/C1")) or (1.0,)
    elif kind == 3:
        for part in elements(entry(function, "/Functions")):
            yield from _ends(part, depth + 1)
    elif kind == 0:
        yield from _sampled(function)


def _sampled(function: Any) -> Iterator[tuple[float, ...]]:
    """Yield the samples of a function of kind 0; those of 8 and 16 bits, which all programs write."""
    bits = int(number(entry(function, "/BitsPerSample")))
    bounds = numbers(entry(function, "/Decode")) or numbers(entry(function, "/Range"))
    width = len(bounds) // 2
    if bits not in (8, 16) or not width:
        return
    step, full = bits // 8, (1 << bits) - 1
    data = content(function)[: MOST_SAMPLES * width * step]
    whole = len(data) - len(data) % (width * step)
    for start in range(0, whole, width * step):
        yield tuple(
            low + (high - low) * int.from_bytes(data[start + step * at : start + step * (at + 1)], "big") / full
            for at, (low, high) in enumerate(zip(bounds[::2], bounds[1::2], strict=True))
        )
