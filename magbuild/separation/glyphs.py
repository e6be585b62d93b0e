"""Type 3 fonts, whose glyphs are small drawings: emoji, logos, bitmap fonts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Object, Stream

from magbuild.separation.functions import numbers
from magbuild.separation.names import dictionary, entries
from magbuild.separation.resources import Needed
from magbuild.separation.state import UPRIGHT, Linear, Seen, scale, times
from magbuild.separation.streams import Converted

if TYPE_CHECKING:
    from magbuild.separation.content import Content


@dataclass(slots=True, eq=False)
class Glyphs:
    """A converted Type 3 font; `coloured` says that its glyphs have colours of their own."""

    font: Object
    matrix: Linear
    parts: tuple[Converted, ...]
    coloured: bool = False
    transparent: bool = False
    _largest: float = 0.0

    def placed(self, matrix: Linear) -> None:
        """Note that the font is used with a coordinate system, that of its text."""
        whole = times(self.matrix, matrix)
        if scale(whole) > self._largest:
            self._largest = scale(whole)
            for part in self.parts:
                part.draw(Seen(), whole)


def glyphs_of(font: Object, content: "Content", *, copied: bool) -> Glyphs:
    """Convert a Type 3 font where it stands, or a copy of it."""
    matrix = numbers(font.get("/FontMatrix", [0.001, 0, 0, 0.001, 0, 0])).tolist()
    own = font.get("/Resources")
    resources = own if isinstance(own, Dictionary) else content.named.source
    made = content.work.pdf.make_indirect(dictionary(entries(font))) if copied else font
    parts: list[Converted] = []
    needed = Needed()
    drawings = Dictionary()
    for name, drawing in entries(font.get("/CharProcs", Dictionary())).items():
        if not isinstance(drawing, Stream):
            continue
        state = content.state.inside(UPRIGHT)
        found = content.work.streams.converted(drawing, resources, state, mask=content.mask, shared=needed)
        if found is not None:
            drawings[name] = found.made
            parts.append(found)
    made.CharProcs = drawings
    made.Resources = needed.made()
    coloured = any(part.coloured for part in parts)
    first: Linear = (matrix[0], matrix[1], matrix[2], matrix[3])
    return Glyphs(made, first, tuple(parts), coloured, any(part.seen.transparent for part in parts))
