"""Fonts of a PDF come in; their names, whether they are in the file, and how wide their letters are come out."""

import io
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Name

from magbuild.preflight.plane import UNMOVED, Matrix
from magbuild.preflight.reading import TROUBLE, content, elements, entry, label, named, number, numbers

EM = 1000.0  # widths are thousandths of the type size
ASSUMED_WIDTH = 500.0
HIGHEST, LOWEST = 0.75, -0.25  # em: where letters end when a font says nothing, or says its line height
RESTRICTED = 0x0002  # fsType: may not be embedded at all
MOST_CODES = 0x10000
SUBSET = re.compile(r"[A-Z]{6}\+")
SPACE_CODE = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<(?:0020|00[aA]0)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font of a file. `spaces` are the codes that print nothing; `ascent` and `descent` are shares of the size.

    `glyphs` are the drawings of a Type 3 font by code, `matrix` makes them one unit of the type size.
    """

    name: str
    kind: str
    where: str
    embedded: bool
    restricted: bool = False
    composite: bool = False
    default_width: float = ASSUMED_WIDTH
    widths: Mapping[int, float] = field(default_factory=dict)
    spaces: frozenset[int] = frozenset()
    ascent: float = HIGHEST
    descent: float = LOWEST
    matrix: Matrix = UNMOVED
    glyphs: Mapping[int, Any] = field(default_factory=dict)
    resources: Any = None

    def codes(self, string: bytes) -> Iterable[int]:
        """Return the codes of a shown string: single bytes, or pairs in a composite font."""
        if not self.composite:
            return string
        return struct.unpack(f">{len(string) // 2}H", string[: len(string) // 2 * 2])

    def width(self, codes: Iterable[int]) -> float:
        """Return how wide letters are together, as a share of the type size."""
        default = self.default_width
        return sum([self.widths.get(code, default) for code in codes]) / EM


def read_font(thing: Any) -> Font:
    """Return what a font's dictionary says of itself."""
    kind = named(entry(thing, "/Subtype"))
    if kind == "Type3":
        return _drawn(thing)
    descendants = tuple(elements(entry(thing, "/DescendantFonts"))) if kind == "Type0" else ()
    holder = descendants[0] if descendants else thing
    descriptor = entry(holder, "/FontDescriptor")
    program = next(
        (found for key in ("/FontFile", "/FontFile2", "/FontFile3") if (found := entry(descriptor, key)) is not None),
        None,
    )
    composite = kind == "Type0"
    default = 1000.0 if composite else ASSUMED_WIDTH
    spaces = _spaces(thing) if composite else frozenset({32})
    return Font(
        name=SUBSET.sub("", named(entry(thing, "/BaseFont"))) or "without a name",
        kind=named(entry(holder, "/Subtype")) or kind,
        where=label(thing),
        embedded=program is not None and bool(content(program)),
        restricted=_restricted(program),
        composite=composite,
        default_width=number(entry(holder, "/DW" if composite else "/MissingWidth"), default),
        widths=_cid_widths(entry(holder, "/W")) if composite else _simple_widths(thing),
        spaces=spaces,
        ascent=_height(descriptor, "/CapHeight", "/Ascent", HIGHEST),
        descent=-_height(descriptor, "/Descent", "/Descent", -LOWEST),
    )


def _height(descriptor: Any, first: str, second: str, most: float) -> float:
    """Return how far letters reach from the line, as a share of the size; line heights that fonts give are too much."""
    found = abs(number(entry(descriptor, first))) or abs(number(entry(descriptor, second)))
    return min(most, found / EM) if found else most


def _simple_widths(thing: Any) -> Mapping[int, float]:
    first = int(number(entry(thing, "/FirstChar")))
    return {first + at: number(width) for at, width in enumerate(elements(entry(thing, "/Widths"))) if at < 256}


def _cid_widths(array: Any) -> Mapping[int, float]:
    """Return the widths of a composite font: "first [w w w]" or "first last w", as often as it likes."""
    found: dict[int, float] = {}
    parts = tuple(elements(array))
    at = 0
    while at + 1 < len(parts):
        first = int(number(parts[at]))
        if isinstance(parts[at + 1], Array):
            found.update((first + more, number(width)) for more, width in enumerate(elements(parts[at + 1])))
            at += 2
        elif at + 2 < len(parts):
            last = min(int(number(parts[at + 1])), first + MOST_CODES)
            found.update(dict.fromkeys(range(first, last + 1), number(parts[at + 2])))
            at += 3
        else:
            break
    return found


def _spaces(thing: Any) -> frozenset[int]:
    """Return the codes that mean a space, as the font's table for copying text says."""
    return frozenset(int(code, 16) for code in SPACE_CODE.findall(content(entry(thing, "/ToUnicode"))))


def _restricted(program: Any) -> bool:
    """Whether an embedded OpenType font says that it must not be embedded."""
    data = content(program)
    if data[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return False
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            return "OS/2" in font and (font["OS/2"].fsType & 0x000F) == RESTRICTED
    except (*TROUBLE, TTLibError, AssertionError):
        return False


def _drawn(thing: Any) -> Font:
    """Return a Type 3 font, whose letters are small drawings in the file itself."""
    given = numbers(entry(thing, "/FontMatrix"), 6)
    matrix: Matrix = (*given,) if len(given) == 6 else (0.001, 0, 0, 0.001, 0, 0)
    drawings = entry(thing, "/CharProcs")
    code, glyphs = 0, {}
    for item in elements(entry(entry(thing, "/Encoding"), "/Differences")):
        if isinstance(item, Name):
            glyphs[code] = entry(drawings, item)
            code += 1
        else:
            code = int(number(item))
    box = numbers(entry(thing, "/FontBBox"), 4)
    reach = [edge * matrix[3] for edge in box[1::2]] if box and any(box) else [LOWEST, HIGHEST]
    scale = matrix[0] * EM
    return Font(
        name=named(entry(thing, "/Name")) or "Type 3",
        kind="Type3",
        where=label(thing),
        embedded=True,
        default_width=0.0,
        widths={at: width * scale for at, width in _simple_widths(thing).items()},
        spaces=frozenset(),
        ascent=max(reach),
        descent=min(reach),
        matrix=matrix,
        glyphs={at: glyph for at, glyph in glyphs.items() if glyph is not None},
        resources=entry(thing, "/Resources"),
    )
