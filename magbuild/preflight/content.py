"""One content stream while it is drawn: its state, the path and line of text in the making, what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pikepdf import Name

from magbuild.preflight.drawn import Drawn, Manner, Shading
from magbuild.preflight.path import Path
from magbuild.preflight.plane import Box, Matrix
from magbuild.preflight.reading import TROUBLE, entry, label, named
from magbuild.preflight.state import State
from magbuild.preflight.textline import TextLine

if TYPE_CHECKING:
    from magbuild.preflight.drawing import Draughtsman

DEEPEST_STACK = 2000  # q in q
# Operators that change nothing that is looked at.
QUIET = frozenset({"BX", "EX", "BMC", "BDC", "EMC", "MP", "DP", "i", "ri", "j", "J", "M", "d", "d0"})


class Content:
    """A content stream being drawn by a draughtsman; the operators change it."""

    def __init__(self, hand: "Draughtsman", resources: Any, state: State, manner: Manner) -> None:
        self.hand = hand
        self.resources = resources
        self.state = state
        self.base: Matrix = state.ctm
        self.outer = manner
        self.drawn: list[Drawn] = []
        self.path = Path()
        self.clips = False
        self.line = TextLine()
        self.text_clip: Box | None = None
        self.colourless = False  # in letters that take their colour from outside
        self._stack: list[State] = []
        self._manners: dict[tuple[object, ...], Manner] = {}
        self._resources: dict[tuple[str, bytes], Any] = {}

    def run(self, instructions: Sequence[Any], operators: "Operators", what: str, most: int) -> None:
        """Follow all instructions; one that is broken is passed over."""
        broken = 0
        unknown: dict[str, None] = {}
        for instruction in instructions:
            try:
                name = str(instruction.operator)
                follow = operators.get(name)
                if follow is not None:
                    follow(self, instruction.operands)
                elif name not in QUIET:
                    unknown[name] = None
            except TROUBLE:
                broken += 1
            if len(self.drawn) > most:
                self.fault(f"{what} draws more than can be looked at", grave=False)
                break
        if broken:
            self.fault(f"{what} has {broken} broken instruction{'s' if broken > 1 else ''}")
        if unknown:
            names = ", ".join(f"'{name}'" for name in list(unknown)[:3])
            self.fault(f"{what} has instructions that PDF doesn't know: {names}")
        if self._stack:
            self.fault(f"{what} keeps states (q) that it never brings back (Q)", grave=False)

    def fault(self, what: str, grave: bool = True) -> None:
        """Note what can't be drawn."""
        self.hand.fault(what, self.outer.where, grave)

    def keep(self) -> None:
        """Put the state aside."""
        if len(self._stack) < DEEPEST_STACK:
            self._stack.append(self.state.copy())

    def bring_back(self) -> None:
        """Bring back the state that was put aside last."""
        if self._stack:
            self.state = self._stack.pop()
        else:
            self.fault("a state is brought back (Q) that was never kept (q)", grave=False)

    def resource(self, kind: str, name: Any, what: str) -> Any:
        """Return what a name stands for; its absence is noted."""
        key = kind, bytes(name) if isinstance(name, Name) else b""
        if key not in self._resources:
            self._resources[key] = entry(entry(self.resources, kind), name) if isinstance(name, Name) else None
        found = self._resources[key]
        if found is None:
            self.fault(f"the {what} '{named(name)}' is missing")
        return found

    def manner(self, stroke: bool = False) -> Manner:
        """Return how things are drawn at this point."""
        state, outer = self.state, self.outer
        alpha = state.group_alpha * (state.stroke_alpha if stroke else state.fill_alpha)
        over = state.stroke_over if stroke else state.fill_over
        key = (alpha, state.blend, over, state.over_mode, state.masked)
        if key not in self._manners:
            self._manners[key] = replace(
                outer,
                alpha=alpha,
                blend=state.blend if state.blend != "Normal" else outer.blend,
                overprint=over,
                overprint_mode=state.over_mode,
                masked=state.masked or outer.masked,
            )
        return self._manners[key]

    def fill_in(self, tile: Any, box: Box, sides: int, manner: Manner) -> None:
        """Draw what a pattern consists of, over what it fills."""
        if tile is None:
            return
        if entry(tile, "/PatternType") == 2:
            shading = entry(tile, "/Shading")
            shade = self.hand.shading(shading, self.resources)
            where = label(shading) or label(tile) or "a shading"
            self.drawn.append(Shading(box=box, manner=manner, shade=shade, object=where, sides=sides))
        else:
            self.drawn.extend(self.hand.tile(tile, self.base, self.resources, box, manner))


Operator = Callable[[Content, Any], None]
Operators = Mapping[str, Operator]
