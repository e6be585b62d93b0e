"""Operators that place pictures, forms and shadings."""

from dataclasses import replace
from typing import Any

from magbuild.preflight.content import Content, Operators
from magbuild.preflight.drawn import Shading
from magbuild.preflight.inks import UNKNOWN
from magbuild.preflight.plane import ALL_SIDES
from magbuild.preflight.reading import entry, filters, label, named


def put(content: Content, operands: Any) -> None:
    """Do Do."""
    name = named(operands[0])
    found = content.resource("/XObject", operands[0], "picture or form")
    kind = named(entry(found, "/Subtype"))
    if kind == "Image":
        _picture(content, found, f"picture {name}")
    elif kind == "Form":
        outer = replace(content.manner(), alpha=1.0, overprint=False, overprint_mode=0)
        content.drawn.extend(content.hand.form(found, name, content.resources, content.state, outer))


def inline(content: Content, operands: Any) -> None:
    """Do BI to EI."""
    _picture(content, operands[0].obj, "picture in the drawing", operands[0])


def shade(content: Content, operands: Any) -> None:
    """Do sh: fill whatever isn't clipped."""
    found = content.resource("/Shading", operands[0], "shading")
    clip = content.state.clip
    seen = None if found is None or clip is None else content.state.clipped(clip, ALL_SIDES)
    if seen is not None:
        told = content.hand.shading(found, content.resources)
        where = label(found) or f"shading {named(operands[0])}"
        content.drawn.append(
            Shading(box=seen[0], manner=content.manner(), shade=told, object=where, sides=content.state.clip_sides)
        )


def _picture(content: Content, thing: Any, name: str, data: Any = None) -> None:
    given = entry(thing, "/ColorSpace")
    stencil = entry(thing, "/ImageMask") is True
    untold = stencil or (given is None and "JPXDecode" in filters(thing))
    space = UNKNOWN if untold else content.hand.spaces.read(given, content.resources)
    picture = content.hand.picture(thing, name, space, content.state, content.manner(), data)
    if picture is None:
        return
    content.drawn.append(picture)
    if picture.stencil is not None:
        content.fill_in(content.state.fill_tile, picture.box, 0, picture.manner)


OPERATORS: Operators = {"Do": put, "INLINE IMAGE": inline, "sh": shade}
