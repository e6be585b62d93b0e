"""A content stream comes in, the same in inks comes out: colours, overprint, and the names of what it draws with."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Operator

from magbuild.separation import overprint
from magbuild.separation.colouring import Colouring
from magbuild.separation.names import spelled
from magbuild.separation.overprint import Path
from magbuild.separation.resources import Named, Needed
from magbuild.separation.state import UPRIGHT, Linear, Seen, State, times

if TYPE_CHECKING:
    from magbuild.separation.glyphs import Glyphs
    from magbuild.separation.graphics import GraphicsState
    from magbuild.separation.work import Work

Operands = Any  # a sequence of objects of a PDF
Handler = Callable[[Operands], bool | None]

_FILLS = ("f", "F", "f*")
_STROKES = ("S", "s")
_BOTH = ("B", "B*", "b", "b*")
_SHOWN = ("Tj", "TJ", "'", '"')
_DEEPEST_SAVES = 1000


class Content:
    """Reads one stream from its beginning; `mask` says that it is drawn for a luminosity mask.

    A handler returns False when the instruction is to be left out; what takes its place it has written itself.
    """

    def __init__(
        self, work: "Work", state: State, named: Named | None = None, *, mask: bool = False, colourless: bool = False
    ) -> None:
        self.work = work
        self.named = named or Named(None)
        self.needed = Needed()
        self.state = state
        self.begun = state.saved()
        self.mask = mask
        self.seen = Seen()
        self.written: list[ContentStreamInstruction | ContentStreamInlineImage] = []
        self.colouring = Colouring(self, colourless=colourless)
        # Overprint is left alone where the state in force isn't known, and means nothing in a mask.
        self.switches = not mask and not colourless
        self.glyphs: dict[str, Glyphs] = {}
        self._states: dict[str, GraphicsState | None] = {}
        self._saves: list[State] = []
        self._text: Linear = UPRIGHT
        self._path = Path()
        self._handlers = self._table()

    def _table(self) -> dict[str, Handler]:
        table: dict[str, Handler] = {
            "q": self._save,
            "Q": self._restore,
            "cm": self._transform,
            "w": self._width,
            "gs": self._graphics_state,
            "Tf": self._font,
            "Tr": self._text_mode,
            "BT": self._begin_text,
            "Tm": self._text_matrix,
            "Do": self._draw,
            "sh": self._shade,
            "d0": self._coloured_glyph,
            "d1": self._plain_glyph,
            "BDC": self._properties,
            "DP": self._properties,
            "m": self._move,
            "l": self._line,
            "re": self._rectangle,
            "n": self._end_path,
            "PS": lambda _: False,
        }
        table |= dict.fromkeys(("c", "v", "y"), self._curve)
        table |= dict.fromkeys(_FILLS, self._fill)
        table |= dict.fromkeys(_STROKES, self._stroke)
        table |= dict.fromkeys(_BOTH, self._fill_and_stroke)
        table |= dict.fromkeys(_SHOWN, self._show)
        return table | self.colouring.handlers()

    def read(self, instructions: Sequence[ContentStreamInstruction | ContentStreamInlineImage]) -> bytes:
        """Read all instructions and return the stream that takes their place."""
        handlers, written = self._handlers, self.written
        for instruction in instructions:
            try:
                handler = handlers.get(str(instruction.operator))
                if isinstance(instruction, ContentStreamInlineImage):
                    self._inline_image(instruction)
                elif handler is None or handler(instruction.operands) is not False:
                    written.append(instruction)
            except (TypeError, ValueError, IndexError, AttributeError, ArithmeticError):
                continue  # too few or odd operands: readers, too, pass over such an instruction
        new = pikepdf.unparse_content_stream(written)
        written.clear()  # handlers point back here: without this a PDF's pages would pile up
        return new

    def write(self, operands: Sequence[Any], operator: str) -> None:
        """Add an instruction to the new stream."""
        self.written.append(ContentStreamInstruction(list(operands), Operator(operator)))

    # --- State ---

    def _save(self, _: Operands) -> None:
        if len(self._saves) < _DEEPEST_SAVES:
            self._saves.append(self.state.saved())

    def _restore(self, _: Operands) -> bool | None:
        if not self._saves:
            return False
        self.state = self._saves.pop()
        return None

    def _transform(self, operands: Operands) -> None:
        a, b, c, d, _, _ = (float(value) for value in operands)
        self.state.matrix = times((a, b, c, d), self.state.matrix)

    def _width(self, operands: Operands) -> None:
        self.state.width = abs(float(operands[0]))

    def _graphics_state(self, operands: Operands) -> bool:
        name = spelled(operands[0])
        if name not in self._states:
            source = self.named.get("/ExtGState", name)
            is_one = isinstance(source, pikepdf.Dictionary)
            self._states[name] = self.work.graphics_state(source) if is_one else None
        found = self._states[name]
        if found is None:
            return False
        found.change(self.state)
        self.seen.transparent |= found.transparent
        made, key = found.made, name
        if found.mask is not None:
            made, key = self.work.soft_mask(found, self)
        if made is not None:
            self.write([self.needed.use("/ExtGState", name, made, key)], "gs")
        return False

    # --- Type ---

    def _font(self, operands: Operands) -> bool:
        name, size = spelled(operands[0]), operands[1]
        font = self.named.get("/Font", name)
        self.state.size = abs(float(size))
        self.state.font = ""
        if not isinstance(font, pikepdf.Dictionary):
            return True
        if font.get("/Subtype") == pikepdf.Name.Type3:
            self.glyphs[name] = self.work.glyphs(font, self)
            font = self.glyphs[name].font
            self.state.font = name
        self.write([self.needed.use("/Font", name, font, font.objgen if font.is_indirect else name), size], "Tf")
        return False

    def _text_mode(self, operands: Operands) -> None:
        self.state.mode = int(operands[0])

    def _begin_text(self, _: Operands) -> None:
        self._text = UPRIGHT

    def _text_matrix(self, operands: Operands) -> None:
        a, b, c, d, _, _ = (float(value) for value in operands)
        self._text = (a, b, c, d)

    def _show(self, _: Operands) -> None:
        state = self.state
        filled, lined = state.mode in (0, 2, 4, 6), state.mode in (1, 2, 5, 6)
        if state.font:
            size = (state.size, 0.0, 0.0, state.size)
            glyphs = self.glyphs[state.font]
            self.seen.draws(glyphs, times(times(size, self._text), state.matrix))
            self.seen.transparent |= glyphs.transparent
            self.paints(fill=True, fills=not glyphs.coloured and overprint.fill_of_type(state, self._text))
            return
        self.paints(
            fill=filled,
            stroke=lined,
            fills=overprint.fill_of_type(state, self._text) if filled else None,
            lines=overprint.line_of_type(state, self._text) if lined else None,
        )

    def _coloured_glyph(self, _: Operands) -> None:
        self.switches = False

    def _plain_glyph(self, _: Operands) -> None:
        self.switches = False
        self.colouring.colourless = True

    # --- Shapes ---

    def _move(self, operands: Operands) -> None:
        self._path.begin(float(operands[0]), float(operands[1]), self.state.matrix)

    def _line(self, operands: Operands) -> None:
        self._path.go(float(operands[0]), float(operands[1]))

    def _curve(self, _: Operands) -> None:
        self._path.bend()

    def _rectangle(self, operands: Operands) -> None:
        self._path.rectangle(float(operands[2]), float(operands[3]), self.state.matrix)

    def _end_path(self, _: Operands) -> None:
        self._path = Path()

    def _fill(self, _: Operands) -> None:
        self.paints(fill=True, fills=overprint.area(self.state, self._is_thin()))

    def _stroke(self, _: Operands) -> None:
        self._path = Path()
        self.paints(stroke=True, lines=overprint.line(self.state))

    def _fill_and_stroke(self, _: Operands) -> None:
        thin = self._is_thin()
        self.paints(fill=True, stroke=True, fills=overprint.area(self.state, thin), lines=overprint.line(self.state))

    def _is_thin(self) -> bool:
        path, self._path = self._path, Path()
        path.close(self.state.matrix)
        return path.thin

    def paints(
        self, *, fill: bool = False, stroke: bool = False, fills: bool | None = None, lines: bool | None = None
    ) -> None:
        """Ready the state for painting: with overprint of fills and lines as wanted (None: it doesn't matter)."""
        state, seen = self.state, self.seen
        if fill:
            seen.fill |= state.fill.inherited
            seen.sizes |= state.fill.full_black or any(state.asked)
        if stroke:
            seen.stroke |= state.stroke.inherited
            seen.sizes |= state.stroke.full_black or any(state.asked)
        if not self.switches:
            return
        if fills is None and lines is None:
            fills = lines = False
        now = state.overprint
        if fills in (None, now[0]) and lines in (None, now[1]):
            return
        wanted = (bool(lines if fills is None else fills), bool(fills if lines is None else lines))
        name, made = self.work.overprints.state(wanted)
        self.write([self.needed.use("/ExtGState", name, made, name)], "gs")
        state.overprint = wanted

    # --- Pictures, forms, gradients ---

    def _draw(self, operands: Operands) -> bool:
        name = spelled(operands[0])
        drawn = self.named.get("/XObject", name)
        if not isinstance(drawn, pikepdf.Stream):
            return False
        kind = drawn.get("/Subtype")
        if kind == pikepdf.Name.Image:
            stencil = bool(drawn.get("/ImageMask", False))
            self.paints(fill=stencil, fills=False, lines=False)
            self.seen.transparent |= "/SMask" in drawn or bool(drawn.get("/SMaskInData", 0))
            made: Any = self.work.picture(drawn, name, self)
        elif kind == pikepdf.Name.Form:
            self.paints(fills=False, lines=False)
            made = self.work.form(drawn, self)
        else:
            return False  # PostScript
        if made is not None:
            self.write([self.needed.use("/XObject", name, made, made.objgen)], "Do")
        return False

    def _inline_image(self, image: ContentStreamInlineImage) -> None:
        self.paints(fill=True, fills=False, lines=False)
        if image.iimage.obj.get("/ImageMask", False):
            self.written.append(image)
            return
        made = self.work.inline_picture(image.iimage, self)
        self.write([self.needed.use("/XObject", "/Inline", made, made.objgen)], "Do")

    def _shade(self, operands: Operands) -> bool:
        name = spelled(operands[0])
        source = self.named.get("/Shading", name)
        if source is None:
            return False
        self.paints(fills=False, lines=False)
        made = self.work.shading(source, name, self)
        if made is not None:
            self.write([self.needed.use("/Shading", name, made, made.objgen)], "sh")
        return False

    def _properties(self, operands: Operands) -> bool | None:
        if not isinstance(operands[1], pikepdf.Name):
            return None
        name = spelled(operands[1])
        found = self.named.get("/Properties", name)
        if found is not None:
            self.needed.use("/Properties", name, found, name)
        return None
