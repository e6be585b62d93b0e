"""What is transparent on a page, and which of its objects it is: what old workflows can't take."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

# Forms within forms: a file that nests deeper is broken or ill-meant.
DEEPEST = 12
_OPAQUE_BLENDS = ("/Normal", "/Compatible")


@dataclass(frozen=True, slots=True)
class Transparency:
    """Something transparent that a page draws: the page from 1, the thing ("picture /Im1") and what it has."""

    page: int
    thing: str
    fault: str


def transparencies(page: pikepdf.Page, number: int) -> Iterator[Transparency]:
    """Yield each transparent thing that a page really draws, once, in the order of drawing; `number` is the page's."""
    found = _Walk(_names_used).content(page, _inherited(page.obj), 0)
    for thing, fault in dict.fromkeys(found):
        yield Transparency(number, thing, fault)


def is_transparent(page: pikepdf.Page) -> bool:
    """Whether anything that a page draws is transparent."""
    # Few pages have anything that could be, and to look for that is quick: content needn't be read.
    walks = (_Walk(names).content(page, _inherited(page.obj), 0) for names in (_names_held, _names_used))
    return all(next(found, None) is not None for found in walks)


def _inherited(page: Object) -> Object:
    """Return a page's resources, its own or those of the pages' tree."""
    node: Object | None = page
    for _ in range(DEEPEST):
        if node is None or "/Resources" in node:
            break
        node = node.get("/Parent")
    return node.Resources if node is not None and "/Resources" in node else Dictionary()


Found = Iterator[tuple[str, str]]
Names = Callable[[pikepdf.Page | Object, Object], Iterator[tuple[str, str]]]


class _Walk:
    """Follows what is drawn through forms, patterns and drawn type; what was followed once is not again.

    `names` yields the operators by which a content, with its resources, draws, and what they name.
    """

    def __init__(self, names: "Names") -> None:
        self._names = names
        self._followed: set[tuple[int, int]] = set()

    def content(self, content: pikepdf.Page | Object, resources: Object, depth: int) -> Found:
        for operator, name in self._names(content, resources):
            if operator == "gs":
                yield from self._state(name, _named(resources, "/ExtGState", name), depth)
            elif operator == "Do":
                yield from self._object(name, _named(resources, "/XObject", name), resources, depth)
            elif operator == "Tf":
                yield from self._type(_named(resources, "/Font", name), resources, depth)
            else:
                yield from self._pattern(name, _named(resources, "/Pattern", name), resources, depth)

    def _state(self, name: str, state: Object | None, depth: int) -> Found:
        if not isinstance(state, Dictionary):
            return
        for key in ("/ca", "/CA"):
            opacity = _number(state.get(key))
            if opacity is not None and opacity < 1:
                yield f"graphics state {name}", f"has {opacity * 100:g} % opacity"
        blend = state.get("/BM")
        blends = list(blend) if isinstance(blend, Array) else [blend]
        if blend is not None and str(blends[0] if blends else "/Normal") not in _OPAQUE_BLENDS:
            yield f"graphics state {name}", f"blends by {str(blends[0]).removeprefix('/')}"
        if isinstance(state.get("/SMask"), Dictionary):
            yield f"graphics state {name}", "has a soft mask"

    def _object(self, name: str, drawn: Object | None, resources: Object, depth: int) -> Found:
        if not isinstance(drawn, Stream):
            return
        if drawn.get("/Subtype") == Name.Image:
            if isinstance(drawn.get("/SMask"), Stream) or _number(drawn.get("/SMaskInData")):
                yield f"picture {name} ({drawn.get('/Width')} by {drawn.get('/Height')} pixels)", "has a soft mask"
        elif drawn.get("/Subtype") == Name.Form:
            yield from self._follow(drawn, resources, depth)

    def _pattern(self, name: str, pattern: Object | None, resources: Object, depth: int) -> Found:
        if isinstance(pattern, Stream):
            yield from self._follow(pattern, resources, depth)
        elif isinstance(pattern, Dictionary):
            yield from self._state(f"of pattern {name}", pattern.get("/ExtGState"), depth)

    def _type(self, font: Object | None, resources: Object, depth: int) -> Found:
        if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type3:
            for glyph in font.get("/CharProcs", Dictionary()).values():
                if isinstance(glyph, Stream):
                    yield from self._follow(glyph, font.get("/Resources", resources), depth)

    def _follow(self, stream: Stream, resources: Object, depth: int) -> Found:
        if depth < DEEPEST and stream.objgen not in self._followed:
            self._followed.add(stream.objgen)
            yield from self.content(stream, stream.get("/Resources", resources), depth + 1)


def _names_held(_: pikepdf.Page | Object, resources: Object) -> Iterator[tuple[str, str]]:
    """Yield the operators that could name resources, with their names."""
    for operator, kind in (("gs", "/ExtGState"), ("Do", "/XObject"), ("Tf", "/Font"), ("scn", "/Pattern")):
        held = resources.get(kind)
        for name in held.keys() if isinstance(held, Dictionary) else ():
            yield operator, str(name)


def _names_used(content: pikepdf.Page | Object, _: Object) -> Iterator[tuple[str, str]]:
    """Yield operators of a content stream that name a resource, with the name."""
    try:
        instructions = pikepdf.parse_content_stream(content, "gs Do scn SCN Tf")
    except pikepdf.PdfError:
        return
    for instruction in instructions:
        for operand in instruction.operands:
            if isinstance(operand, Name):
                yield str(instruction.operator), str(operand)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float | Decimal) else None


def _named(resources: Object, kind: str, name: str) -> Object | None:
    held = resources.get(kind)
    return held.get(name) if isinstance(held, Dictionary) else None
