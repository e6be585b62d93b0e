"""Colour spaces and colours of a PDF come in; which inks they print and how much of each comes out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from magbuild.preflight.reading import content, elements, entries, entry, identity, named, number, text

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
REGISTRATION = "All"
NOTHING = "None"
NO_INK = 5e-4  # a share of an ink that is smaller is none
DEEPEST = 8  # spaces in spaces; more is a circle


class Family(StrEnum):
    """The kinds of colour space of PDF."""

    GRAY = "DeviceGray"
    RGB = "DeviceRGB"
    CMYK = "DeviceCMYK"
    CAL_GRAY = "CalGray"
    CAL_RGB = "CalRGB"
    LAB = "Lab"
    ICC = "ICCBased"
    INDEXED = "Indexed"
    PATTERN = "Pattern"
    SEPARATION = "Separation"
    DEVICE_N = "DeviceN"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A colour space: the inks it prints directly, and the space it is given in terms of.

    `base` is the alternate space of spot inks, the space of a palette, or that under an uncoloured pattern.
    `look` is the same for two spot inks that a screen shows alike.
    """

    family: Family
    components: int
    inks: tuple[str, ...] = ()
    base: "Space | None" = None
    palette: bytes = b""
    look: str = ""

    def all(self) -> Iterator["Space"]:
        """Yield the space and those it is given in terms of."""
        space: Space | None = self
        while space is not None:
            yield space
            space = space.base


GRAY = Space(family=Family.GRAY, components=1, inks=("Black",))
RGB = Space(family=Family.RGB, components=3)
CMYK = Space(family=Family.CMYK, components=4, inks=PROCESS)
PATTERN = Space(family=Family.PATTERN, components=0)
UNKNOWN = Space(family=Family.UNKNOWN, components=0)
DEVICES = {
    "DeviceGray": GRAY,
    "G": GRAY,
    "DeviceRGB": RGB,
    "RGB": RGB,
    "DeviceCMYK": CMYK,
    "CMYK": CMYK,
    "Pattern": PATTERN,
}
DEFAULTS = {Family.GRAY: "/DefaultGray", Family.RGB: "/DefaultRGB", Family.CMYK: "/DefaultCMYK"}


@dataclass(frozen=True)  # no slots: they leave no room for what is worked out once
class Paint:
    """A colour as it is put on: its space and values (0 to 1, or an index), and the kind of a pattern."""

    space: Space
    values: tuple[float, ...] = ()
    pattern: str = ""

    @cached_property
    def inks(self) -> tuple[tuple[str, float], ...]:
        """The inks it prints and their shares (0 to 1), without those of which there is nothing."""
        return tuple((ink, share) for ink, share in _shares(self.space, self.values) if share > NO_INK)

    @cached_property
    def total(self) -> float:
        """The sum of its inks in percent; registration colour counts as four."""
        return 100 * sum(share * (len(PROCESS) if ink == REGISTRATION else 1) for ink, share in self.inks)

    @property
    def known(self) -> bool:
        """Whether its inks can be told: not of RGB, Lab and patterns."""
        return bool(self.space.inks or (self.space.base is not None and self.space.base.inks)) and not self.pattern

    @property
    def white(self) -> bool:
        """Whether it leaves the paper as it is."""
        return self.known and not self.inks

    @property
    def black(self) -> bool:
        """Whether it is full black ink and no other."""
        return self.inks == (("Black", 1.0),)

    def __str__(self) -> str:
        if not self.known:
            return self.pattern or f"{self.space.family} {' '.join(f'{value:g}' for value in self.values)}"
        return " ".join(f"{ink} {100 * share:.0f}%" for ink, share in self.inks) or "white"


def _shares(space: Space, values: tuple[float, ...]) -> Iterator[tuple[str, float]]:
    if space.family is Family.INDEXED and space.base is not None and values:
        width = space.base.components
        start = int(values[0]) * width
        entry_bytes = space.palette[start : start + width] if start >= 0 else b""
        yield from _shares(space.base, tuple(byte / 255 for byte in entry_bytes))
    elif space.family in (Family.GRAY, Family.CAL_GRAY) or (space.family is Family.ICC and space.components == 1):
        for value in values[:1]:
            yield "Black", 1 - min(1.0, max(0.0, value))
    elif len(values) == len(space.inks):
        for ink, value in zip(space.inks, values, strict=True):
            if ink != NOTHING:
                yield ink, min(1.0, max(0.0, value))


class Spaces:
    """Reads colour spaces, each object once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Space] = {}

    def read(self, thing: Any, resources: Any, depth: int = 0) -> Space:
        """Return the colour space that a name or an array means; a page's Default spaces stand in for devices."""
        if depth > DEEPEST:
            return UNKNOWN
        if isinstance(thing, Name):
            return self._by_name(thing, resources, depth)
        key = identity(thing)
        if key is not None and key in self._known:
            return self._known[key]
        space = self._from_array(thing, resources, depth) if isinstance(thing, Array) else UNKNOWN
        if key is not None:
            self._known[key] = space
        return space

    def _by_name(self, name: Name, resources: Any, depth: int) -> Space:
        own = entry(resources, "/ColorSpace")
        space = DEVICES.get(named(name))
        if space is None:
            found = entry(own, name)
            return UNKNOWN if found is None else self.read(found, resources, depth + 1)
        default = entry(own, DEFAULTS.get(space.family, "/"))
        return space if default is None or isinstance(default, Name) else self.read(default, None, depth + 1)

    def _from_array(self, array: Array, resources: Any, depth: int) -> Space:
        parts = tuple(elements(array))
        family = named(parts[0]) if parts else ""
        inner = parts[1] if len(parts) > 1 else None
        if family == "ICCBased":
            return _icc(inner)
        if family in ("CalGray", "CalRGB", "Lab"):
            return Space(family=Family(family), components=1 if family == "CalGray" else 3, inks=_cal_inks(family))
        if family in ("Indexed", "I"):
            base = self.read(inner, resources, depth + 1)
            return Space(family=Family.INDEXED, components=1, base=base, palette=_palette(parts))
        if family in ("Separation", "DeviceN"):
            names = tuple(map(named, elements(inner))) if isinstance(inner, Array) else (named(inner),)
            base = self.read(parts[2], resources, depth + 1) if len(parts) > 2 else UNKNOWN
            look = _look(parts[3], base) if len(parts) > 3 else ""
            return Space(family=Family(family), components=len(names), inks=names, base=base, look=look)
        if family == "Pattern":
            under = self.read(inner, resources, depth + 1) if inner is not None else None
            return Space(family=Family.PATTERN, components=0, base=under)
        return self._by_name(parts[0], resources, depth + 1) if len(parts) == 1 and family else UNKNOWN


def _icc(profile: Any) -> Space:
    components = int(number(entry(profile, "/N")))
    inks = {1: ("Black",), 4: PROCESS}.get(components, ())
    return Space(family=Family.ICC, components=components, inks=inks)


def _cal_inks(family: str) -> tuple[str, ...]:
    return ("Black",) if family == "CalGray" else ()


def _palette(parts: tuple[Any, ...]) -> bytes:
    table = parts[3] if len(parts) > 3 else None
    return bytes(table) if isinstance(table, String) else content(table)


def _look(function: Any, base: Space, depth: int = 0) -> str:
    """Return a text that is the same for tint transforms that are written alike."""
    if depth > DEEPEST:
        return ""
    digest = hashlib.sha256(str(base.family).encode())
    for key, value in entries(function):
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            shown = _look(value, base, depth + 1) if isinstance(value, (Dictionary, Stream)) else _written(value)
            digest.update(f"{key} {shown}".encode("utf-8", "replace"))
    if isinstance(function, Stream):
        digest.update(content(function))
    return digest.hexdigest()


def _written(value: Any) -> str:
    if isinstance(value, Array):
        return " ".join(_written(item) for item in list(elements(value))[:64])
    if isinstance(value, (Name, String)):
        return text(value)
    return f"{number(value):.4f}"
