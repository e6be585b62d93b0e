"""Forms, patterns, soft masks and glyphs: streams that other streams draw, converted once for all places alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from magbuild.separation.content import Content
from magbuild.separation.names import dictionary, entries
from magbuild.separation.resources import Named, Needed
from magbuild.separation.state import Linear, Seen, State, times

if TYPE_CHECKING:
    from magbuild.separation.work import Work

# What a form, a pattern or a glyph may have (ISO 32000-1, tables 75 and 95). Whatever else programs have left in
# it, for themselves or by mistake, could lead to colours that nobody has separated.
_STRUCTURE = frozenset(
    (
        *("/Type", "/Subtype", "/Length", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/StructParent"),
        *("/StructParents", "/OC", "/Name", "/PatternType", "/PaintType", "/TilingType", "/XStep", "/YStep"),
    )
)
_PACKING = ("/Length", "/Filter", "/DecodeParms", "/F", "/FFilter", "/FDecodeParms")


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """A stream in inks, with what its result hangs on; `matrix` is the one it was converted with."""

    made: Object
    seen: Seen
    key: tuple[object, ...]
    matrix: Linear
    coloured: bool

    def draw(self, onto: Seen, matrix: Linear) -> None:
        """Tell all pictures in it that it is drawn with a coordinate system, from another stream."""
        onto.transparent |= self.seen.transparent
        change = _from_to(self.matrix, matrix)
        for thing, placed in self.seen.drawn.values():
            onto.draws(thing, times(placed, change))


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """A stream as it came: its first conversion takes its place in the file."""

    data: bytes
    entries: Mapping[str, Any]


@dataclass(slots=True)
class Streams:
    """Converts streams; the same one again only where it would come out differently."""

    work: "Work"
    _sources: dict[tuple[int, int], _Source] = field(default_factory=dict)
    _done: dict[tuple[tuple[int, int], bool, bool, bool], list[Converted]] = field(default_factory=dict)
    _open: set[tuple[int, int]] = field(default_factory=set)

    def converted(
        self,
        source: Stream,
        around: Object | None,
        state: State,
        *,
        mask: bool,
        colourless: bool = False,
        fresh: bool = False,
        shared: Needed | None = None,
    ) -> Converted | None:
        """Return a stream in inks, or as greys for a `mask`; None when it draws itself without end or is broken.

        `around` are the resources of the stream that draws it, for streams without any of their own; a `fresh`
        one begins with the colours of `state` whatever it is drawn with. Streams that have their resources
        together, `shared`, are converted each time.
        """
        if source.objgen in self._open:
            return None
        known = self._done.setdefault((source.objgen, mask, colourless, fresh), [])
        for found in known if shared is None else ():
            if found.seen.key(state) == found.key:
                return found
        self._open.add(source.objgen)
        content = Content(self.work, state, mask=mask, colourless=colourless)
        try:
            found = self._convert(source, around, content, fresh=fresh, shared=shared)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError):
            self.work.report("a part of the page", "its code can't be read")
            self._empty(source)
            return None
        finally:
            self._open.discard(source.objgen)
        known.append(found)
        return found

    def _convert(
        self, source: Stream, around: Object | None, content: Content, *, fresh: bool, shared: Needed | None
    ) -> Converted:
        first = source.objgen not in self._sources
        if first:
            held = {key: value for key, value in entries(source).items() if key not in _PACKING}
            self._sources[source.objgen] = _Source(source.read_bytes(), held)
        given = self._sources[source.objgen]
        made = source if first else self.work.pdf.make_stream(given.data, dictionary(given.entries))
        parsed = self.work.parsed(made)
        content.named = Named(given.entries.get("/Resources", around))
        content.needed = shared or content.needed
        data = content.read(parsed)
        if fresh and not content.colouring.colourless:
            data = pikepdf.unparse_content_stream(content.colouring.begin(content.begun)) + b"\n" + data
        made.write(data)
        if shared is None:
            made.Resources = content.needed.made()
        self._tidy(made, content)
        seen = content.seen
        return Converted(made, seen, seen.key(content.begun), content.begun.matrix, content.colouring.used)

    def _tidy(self, made: Stream, content: Content) -> None:
        strip(made)
        group = made.get("/Group")
        if isinstance(group, Dictionary):
            content.seen.transparent |= group.get("/S") == Name.Transparency
            held = {key: group[key] for key in ("/S", "/I", "/K") if key in group}
            held["/CS"] = Name.DeviceGray if content.mask else Name.DeviceCMYK
            made.Group = dictionary(held)

    def _empty(self, source: Stream) -> None:
        source.write(b"")
        strip(source)
        source.Resources = Dictionary()

    def all_done(self) -> set[tuple[int, int]]:
        """Return the numbers of all streams that are in inks now."""
        return {found.made.objgen for versions in self._done.values() for found in versions}


def strip(stream: Object) -> None:
    """Take out of a stream that draws whatever has no meaning there."""
    for key in entries(stream):
        if key not in _STRUCTURE:
            del stream[key]


def _from_to(first: Linear, then: Linear) -> Linear:
    """Return what turns one coordinate system into another; the first may be flat, then nothing is known."""
    a, b, c, d = first
    area = a * d - b * c
    if not area:
        return (1.0, 0.0, 0.0, 1.0)
    return times((d / area, -b / area, -c / area, a / area), then)
