"""Pages of a PDF come in; what they draw comes out, each thing with its place on the page, colour and manner."""

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Stream

from magbuild.preflight.content import Content
from magbuild.preflight.drawn import Drawn, Fault, Group, Manner, Picture
from magbuild.preflight.fonts import Font, read_font
from magbuild.preflight.inks import Paint, Space, Spaces
from magbuild.preflight.operators import OPERATORS
from magbuild.preflight.plane import ALL_SIDES, UNMOVED, Box, Matrix, around, multiply, upright
from magbuild.preflight.reading import TROUBLE, entry, filters, identity, inherited, label, named, number, numbers
from magbuild.preflight.shadings import Shade, read_shading
from magbuild.preflight.state import State

DEEPEST = 28  # forms in forms, as the PDF standard has it
MOST_OPERATORS = 3_000_000  # of a file; what is beyond isn't looked at
MOST_DRAWN = 400_000  # things on a page
UNIT: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a page draws, in order, and what of it can't be drawn."""

    things: tuple[Drawn, ...]
    faults: tuple[Fault, ...]


class Draughtsman:
    """Draws pages in numbers instead of ink: each stream of a file is taken apart once, and kept for its next use.

    Optional content counts as shown, whatever its layers say. What is clipped away isn't there; clipping is
    told by the boxes around clipping paths.
    """

    def __init__(self) -> None:
        self.spaces = Spaces()
        self.left = MOST_OPERATORS
        self._fonts: dict[tuple[int, int], Font] = {}
        self._paints: dict[tuple[int, tuple[float, ...], str], Paint] = {}
        self._parsed: dict[tuple[int, int], tuple[Any, ...]] = {}
        self._forms: dict[tuple[object, ...], tuple[Drawn, ...]] = {}
        self._open: list[tuple[int, int]] = []
        self._met: set[object] = set()  # masks, patterns, letters and settings of this page
        self._faults: dict[Fault, None] = {}

    def draw(self, page: Any, sheet: Box) -> Drawing:
        """Return what a page draws within its sheet, in order."""
        self._met, self._faults, self._open = set(), {}, []
        # What depends on more of a page than the object that is read: what another page draws mustn't show in it.
        self._forms, self._paints, self.spaces = {}, {}, Spaces()
        resources = inherited(page, "/Resources")
        state = State(clip=sheet)
        group = self.group(entry(page, "/Group"), sheet, resources, Manner(), label(page))
        try:
            things = self._run(page, "the page", resources, state, Manner())
        except TROUBLE:
            things = ()
            self.fault("what the page draws can't be read", label(page))
        return Drawing(things=(*group, *things), faults=tuple(self._faults))

    def fault(self, what: str, where: str = "", grave: bool = True) -> None:
        """Note what can't be drawn."""
        self._faults[Fault(what=what, where=where, grave=grave)] = None

    def first(self, thing: object) -> bool:
        """Whether a thing is met for the first time on this page."""
        new = thing not in self._met
        self._met.add(thing)
        return new

    def _run(self, source: Any, what: str, resources: Any, state: State, manner: Manner) -> tuple[Drawn, ...]:
        """Draw a content stream; what goes wrong in it is noted, and what came before it counts."""
        content = Content(self, resources, state, manner)
        instructions = self._instructions(source, what, resources)
        self.left -= len(instructions)
        if self.left < 0:
            self.fault("it draws more than can be looked at", grave=False)
            return ()
        content.run(instructions, OPERATORS, what, MOST_DRAWN)
        return tuple(content.drawn)

    def _instructions(self, source: Any, what: str, resources: Any) -> tuple[Any, ...]:
        key = identity(source) if isinstance(source, Stream) else None
        if key is None or key not in self._parsed:
            parsed = self._taken_apart(source, what)
            if key is None:
                return parsed
            self._parsed[key] = parsed
        return self._parsed[key]

    def _taken_apart(self, source: Any, what: str) -> tuple[Any, ...]:
        if not _has_content(source):
            return ()
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            try:
                parsed = tuple(pikepdf.parse_content_stream(source))
            except TROUBLE:
                self.fault(f"what {what} draws can't be read", label(source))
                return ()
        if heard:
            self.fault(f"what {what} draws breaks off", label(source))
        return parsed

    # --- What content refers to ---

    def font(self, thing: Any) -> Font:
        """Return a font, each read once."""
        key = identity(thing)
        if key is None:
            return read_font(thing)
        if key not in self._fonts:
            self._fonts[key] = read_font(thing)
        return self._fonts[key]

    def paint(self, space: Space, values: tuple[float, ...], pattern: str = "") -> Paint:
        """Return a colour; the same one for the same values, so that its inks are told once."""
        key = (id(space), values, pattern)
        if key not in self._paints:
            self._paints[key] = Paint(space, values, pattern)  # holds the space, whose id can't come again
        return self._paints[key]

    def shading(self, thing: Any, resources: Any) -> Shade:
        """Return what a shading says of itself."""
        return read_shading(thing, self.spaces, resources)

    def form(self, thing: Any, name: str, resources: Any, state: State, manner: Manner) -> tuple[Drawn, ...]:
        """Draw a form; once for each place, state and manner in which it is drawn."""
        key = identity(thing)
        if key is not None and (key in self._open or len(self._open) >= DEEPEST):
            self.fault(f"the form '{name}' is drawn within itself", label(thing))
            return ()
        inner = state.copy()
        inner.ctm = multiply(_matrix(thing), state.ctm)
        box = numbers(entry(thing, "/BBox"), 4)
        if box:
            inner.narrow(around(inner.ctm, box), ALL_SIDES if upright(inner.ctm) else 0)  # type: ignore[arg-type]
        own = entry(thing, "/Resources")
        own = resources if own is None else own
        manner = replace(manner, where=", ".join(filter(None, (f"form {name}", label(thing)))))
        drawn: tuple[Drawn, ...] = self.group(entry(thing, "/Group"), inner.clip or UNIT, own, manner, manner.where)
        if drawn:
            inner.enter_group()
        known = (key, *inner.key, manner)
        if key is None or known not in self._forms:
            if key is not None:
                self._open.append(key)
            drawn += self._run(thing, f"the form '{name}'", own, inner, manner)
            if key is None:
                return drawn
            self._open.pop()
            self._forms[known] = drawn
        return self._forms[known]

    def group(self, group: Any, box: Box, resources: Any, manner: Manner, where: str) -> tuple[Group, ...]:
        """Return the transparency group that a page or form is; nothing when it is none."""
        if named(entry(group, "/S")) != "Transparency":
            return ()
        space = entry(group, "/CS")
        read = None if space is None else self.spaces.read(space, resources)
        return (Group(box=box, manner=manner, space=read, object=where),)

    def mask(self, thing: Any, resources: Any, state: State, manner: Manner) -> tuple[Drawn, ...]:
        """Draw the group of a soft mask: its colours count, but nothing of it is printed."""
        group = entry(thing, "/G")
        if group is None or not self.first(("mask", identity(group))):
            return ()
        inner = State(ctm=state.ctm, clip=state.clip)
        return self.form(group, "of a soft mask", resources, inner, replace(manner, inside="mask"))

    def tile(self, thing: Any, base: Matrix, resources: Any, box: Box, manner: Manner) -> Iterator[Drawn]:
        """Draw the cell of a pattern once, and say of all in it that it fills the box."""
        if not self.first(("tile", identity(thing))) or len(self._open) >= DEEPEST:
            return
        key = identity(thing)
        if key is not None and key in self._open:
            return
        state = State(ctm=multiply(_matrix(thing), base))
        manner = replace(manner.within("pattern"), where=", ".join(filter(None, ("a pattern", label(thing)))))
        self._open.append(key or (0, 0))
        own = entry(thing, "/Resources")
        for drawn in self._run(thing, "a pattern", resources if own is None else own, state, manner):
            yield replace(drawn, box=box)
        self._open.pop()

    def glyph(self, font: Font, code: int, matrix: Matrix, state: State, box: Box, manner: Manner) -> Iterator[Drawn]:
        """Draw a letter of a Type 3 font once."""
        thing = font.glyphs.get(code)
        if thing is None or len(self._open) >= DEEPEST or not self.first(("glyph", font.where, id(font), code)):
            return
        inner = state.copy()
        inner.ctm = multiply(font.matrix, multiply((state.size * state.stretch, 0, 0, state.size, 0, 0), matrix))
        inner.clip = None
        manner = replace(manner.within("glyph"), where=f"a letter of {font.name}")
        self._open.append(identity(thing) or (0, 0))
        for drawn in self._run(thing, f"a letter of {font.name}", font.resources, inner, manner):
            yield replace(drawn, box=box)
        self._open.pop()

    def picture(
        self, thing: Any, name: str, space: Space, state: State, manner: Manner, data: Any = None
    ) -> Picture | None:
        """Return a picture as placed; None when it is clipped away."""
        seen = state.clipped(around(state.ctm, UNIT), ALL_SIDES if upright(state.ctm) else 0)
        if seen is None:
            return None
        matrix = state.ctm
        pixels = int(number(entry(thing, "/Width"))), int(number(entry(thing, "/Height")))
        across, along = math.hypot(*matrix[:2]), math.hypot(*matrix[2:4])
        stencil = state.fill if entry(thing, "/ImageMask") is True else None
        return Picture(
            box=seen[0],
            manner=manner,
            name=name,
            object=label(thing),
            pixels=pixels,
            ppi=min(pixels[0] / across, pixels[1] / along) * 72 if across and along else 0.0,
            bits=1 if stencil is not None else int(number(entry(thing, "/BitsPerComponent"), 8)),
            space=space,
            matrix=matrix,
            sides=seen[1],
            filters=filters(thing),
            stencil=stencil,
            soft_edged=entry(thing, "/SMask") is not None or number(entry(thing, "/SMaskInData")) > 0,
            data=thing if data is None else data,
            key=identity(thing),
        )

    def device(self, name: str, resources: Any) -> Space:
        """Return the space of a device operator, or the Default space that stands in for it."""
        return self.spaces.read(pikepdf.Name(f"/{name}"), resources)


def _matrix(thing: Any) -> Matrix:
    found = numbers(entry(thing, "/Matrix"), 6)
    return found if len(found) == 6 else UNMOVED


def _has_content(source: Any) -> bool:
    """Whether there is anything to take apart: a page may have no contents."""
    return isinstance(source, Stream) or entry(source, "/Contents") is not None
