"""The colour instructions of a content stream, and what is written for them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
from pikepdf import Array, ContentStreamInstruction, Name, Operator

from magbuild.inks import Ink
from magbuild.separation.names import plain, shown, spelled
from magbuild.separation.spaces import Patterned, Plates, Process, Space, greys
from magbuild.separation.state import Colour, State
from magbuild.separation.tables import number
from magbuild.separation.unseparated import CantSeparate

if TYPE_CHECKING:
    from magbuild.separation.content import Content

Operands = Sequence[Any]
Handler = Callable[[Operands], bool | None]

_DEVICES = {"g": "Gray", "rg": "RGB", "k": "CMYK"}
# What a reader takes a colour for whose space is missing: by how many values it has.
_BY_COUNT = {1: "Gray", 3: "RGB", 4: "CMYK"}


class Colouring:
    """Sets the colours of a stream's state, and writes them in inks, or as greys for a mask.

    In a `colourless` stream (an uncoloured pattern, a glyph) colours mean nothing and are left out.
    """

    def __init__(self, content: "Content", *, colourless: bool) -> None:
        self.content = content
        self.colourless = colourless
        self.used = False  # whether the stream sets any colour itself
        self._chosen = (0, 0, False)
        self._devices: dict[str, Space] = {}
        self._spaces: dict[str, Space | Patterned] = {}

    def handlers(self) -> dict[str, Handler]:
        """Return what is to be done for each instruction."""
        table: dict[str, Handler] = {}
        for stroke in (False, True):
            for operator, device in _DEVICES.items():
                table[operator.upper() if stroke else operator] = partial(self._device, device, stroke)
            table["CS" if stroke else "cs"] = partial(self._choose, stroke)
            table["SC" if stroke else "sc"] = table["SCN" if stroke else "scn"] = partial(self._set, stroke)
        return table

    def begin(self, state: State) -> list[ContentStreamInstruction]:
        """Return what must stand at the beginning so that colours which are never set are those of `state`."""
        written: list[ContentStreamInstruction] = []
        for stroke, seen in ((False, self.content.seen.fill), (True, self.content.seen.stroke)):
            colour = state.stroke if stroke else state.fill
            if seen and not isinstance(colour.space, Patterned):
                written += self._instructions(colour, stroke)
        return written

    def _device(self, device: str, stroke: bool, operands: Operands) -> bool:
        values = tuple(float(value) for value in operands)
        self._paint(self._device_space(device), values, stroke)
        return False

    def _device_space(self, device: str) -> Space:
        if device not in self._devices:
            reader, defaults = self.content.work.reader, self.content.named.defaults
            try:
                self._devices[device] = reader.colours(Name("/Device" + device), defaults)
            except CantSeparate:
                self._devices[device] = reader.device(device)
        return self._devices[device]

    def _choose(self, stroke: bool, operands: Operands) -> bool:
        space = self._space(spelled(operands[0]))
        if space is None:
            return False
        if isinstance(space, Patterned):
            self._remember(Colour(space, (), None), stroke)
        else:
            before = len(self.content.written)
            self._paint(space, space.initial, stroke)
            self._chosen = (before, len(self.content.written), stroke)
        return False

    def _space(self, name: str) -> Space | Patterned | None:
        if name not in self._spaces:
            content = self.content
            source = content.named.get("/ColorSpace", name)
            try:
                found = content.work.reader.read(
                    Name(plain(name)) if source is None else source, content.named.defaults
                )
            except CantSeparate as error:
                content.work.report(f"the colours of '{shown(name)}'", str(error), lost=False)
                return None
            self._spaces[name] = found
        return self._spaces[name]

    def _set(self, stroke: bool, operands: Operands) -> bool:
        state = self.content.state
        space = (state.stroke if stroke else state.fill).space
        before, after, chosen = self._chosen
        if chosen == stroke and after == len(self.content.written):
            del self.content.written[before:]  # nothing was painted in the colour that the space begins with
        if operands and isinstance(operands[-1], Name):
            self._pattern(space, operands, stroke)
            return False
        values = tuple(float(value) for value in operands)
        if isinstance(space, Patterned) or len(values) != len(space.ranges):
            if len(values) not in _BY_COUNT:
                return False
            space = self._device_space(_BY_COUNT[len(values)])
        self._paint(space, values, stroke)
        return False

    # --- Plain colours ---

    def _paint(self, space: Space, values: tuple[float, ...], stroke: bool) -> None:
        if len(values) != len(space.ranges):
            raise ValueError("a colour has as many values as its space")
        work = self.content.work
        key = (id(space), values, self.content.mask, stroke)
        known = work.colours.get(key)
        if known is None:
            colour = self._colour(space, values)
            written = () if colour.ink is None or colour.ink.spot else tuple(self._instructions(colour, stroke))
            known = work.colours[key] = (colour, written)
        colour, written = known
        self._remember(colour, stroke)
        self.used = True
        if not self.colourless:
            self.content.written += written or self._instructions(colour, stroke)

    def _colour(self, space: Space, values: tuple[float, ...]) -> Colour:
        if isinstance(space, Plates):
            return Colour(space, values, None, native=True)
        ink = space.ink(values)
        self.content.work.plates.learn(ink)
        return Colour(space, values, ink, native=isinstance(space, Process))

    def _remember(self, colour: Colour, stroke: bool) -> None:
        if self.colourless:
            return
        if stroke:
            self.content.state.stroke = colour
        else:
            self.content.state.fill = colour

    def _instructions(self, colour: Colour, stroke: bool) -> list[ContentStreamInstruction]:
        space = colour.space
        assert not isinstance(space, Patterned)
        if self.content.mask:
            grey = float(greys(space, np.array([colour.values]))[0])
            return [_instruction([number(grey)], "g", stroke)]
        if isinstance(space, Plates):
            return self._in_space(space.kept, "/Plates", colour.values, stroke)
        assert colour.ink is not None
        if colour.ink.spot:
            plate = self.content.work.plates.alone(colour.ink.spot)
            return self._in_space(plate, "/Spot", (colour.ink.tint,), stroke)
        return [_instruction([number(value) for value in colour.ink.cmyk], "k", stroke)]

    def _in_space(
        self, space: pikepdf.Object, name: str, values: Sequence[float], stroke: bool
    ) -> list[ContentStreamInstruction]:
        named = self.content.needed.use("/ColorSpace", name, space, space.objgen)
        return [
            _instruction([named], "cs", stroke),
            _instruction([number(value) for value in values], "scn", stroke),
        ]

    # --- Patterns ---

    def _pattern(self, space: Space | Patterned, operands: Operands, stroke: bool) -> None:
        if self.colourless:
            return
        content = self.content
        self.used = True
        name = spelled(operands[-1])
        source = content.named.get("/Pattern", name)
        values = tuple(float(value) for value in operands[:-1])
        base = space.base if isinstance(space, Patterned) else None
        made = content.work.pattern(source, name, content) if isinstance(source, pikepdf.Object) else None
        if made is None:
            # Nothing is painted with a pattern that isn't there: so nothing must stay nothing.
            made = content.work.no_pattern()
        pattern = content.needed.use("/Pattern", name, made, made.objgen)
        uncoloured = int(made.get("/PatternType", 0)) == 1 and int(made.get("/PaintType", 1)) == 2
        if uncoloured and base is not None and len(values) == len(base.ranges):
            self._uncoloured(base, values, pattern, stroke)
        else:
            self.content.written.append(_instruction([Name.Pattern], "cs", stroke))
            self.content.written.append(_instruction([pattern], "scn", stroke))
        # The colour of what is inherited can't be told from outside, so a form inherits the pattern as it stands.
        self._remember(Colour(space if isinstance(space, Patterned) else Patterned(), values, None), stroke)

    def _uncoloured(self, base: Space, values: tuple[float, ...], pattern: Name, stroke: bool) -> None:
        content = self.content
        shown: Sequence[float]
        space: pikepdf.Object
        if content.mask:
            space, shown, key = Name.DeviceGray, (float(greys(base, np.array([values]))[0]),), "Gray"
        elif isinstance(base, Plates):
            space, shown, key = base.kept, values, str(base.kept.objgen)
        else:
            ink: Ink = base.ink(values)
            content.work.plates.learn(ink)
            space = content.work.plates.alone(ink.spot) if ink.spot else Name.DeviceCMYK
            shown, key = ((ink.tint,) if ink.spot else ink.cmyk), ink.spot or "CMYK"
        named = content.needed.use("/ColorSpace", "/Coloured", Array([Name.Pattern, space]), ("pattern", key))
        content.written.append(_instruction([named], "cs", stroke))
        content.written.append(_instruction([*(number(value) for value in shown), pattern], "scn", stroke))


def _instruction(operands: Sequence[Any], operator: str, stroke: bool) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(operator.upper() if stroke else operator))
