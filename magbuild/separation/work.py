"""One separation at work: what is drawn on the pages is converted once, and remembered for the next place."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Object, PdfInlineImage, Stream

from magbuild.inks import Inks
from magbuild.separation import graphics
from magbuild.separation.content import Content
from magbuild.separation.functions import numbers
from magbuild.separation.glyphs import Glyphs, glyphs_of
from magbuild.separation.gradients import Gradients
from magbuild.separation.graphics import GraphicsState
from magbuild.separation.names import dictionary, entries, shown, spelled
from magbuild.separation.originals import has_more
from magbuild.separation.overprint import Overprints
from magbuild.separation.packing import duplicate
from magbuild.separation.pictures import Use
from magbuild.separation.plates import SpotPlates
from magbuild.separation.reading import Reader
from magbuild.separation.spaces import greys
from magbuild.separation.state import UPRIGHT, Colour, Linear, State, times
from magbuild.separation.streams import Converted, Streams
from magbuild.separation.tables import row
from magbuild.separation.unseparated import CantSeparate, Unseparated


@dataclass(slots=True)
class Work:
    """What all pages of a PDF share while it is separated; `page` is the one that is at work, from 1."""

    pdf: pikepdf.Pdf
    inks: Inks
    originals: Mapping[str, Path]
    as_black: bool = False
    page: int = 0
    problems: list[Unseparated] = field(default_factory=list)
    uses: dict[tuple[tuple[int, int], bool], Use] = field(default_factory=dict)
    colours: dict[tuple[Any, ...], tuple[Colour, tuple[ContentStreamInstruction, ...]]] = field(default_factory=dict)
    reader: Reader = field(init=False)
    plates: SpotPlates = field(init=False)
    overprints: Overprints = field(init=False)
    gradients: Gradients = field(init=False)
    streams: Streams = field(init=False)
    _patterns: dict[tuple[tuple[int, int], bool], Object] = field(default_factory=dict)
    _fonts: dict[tuple[tuple[int, int], bool], Glyphs] = field(default_factory=dict)
    _nothing: Object | None = None

    def __post_init__(self) -> None:
        self.reader = Reader(self.pdf, self.inks, self.as_black)
        self.plates = SpotPlates(self.pdf)
        self.overprints = Overprints(self.pdf)
        self.gradients = Gradients(self.pdf, self.inks, self.reader, self.plates)
        self.streams = Streams(self)

    def report(self, thing: str, reason: str, *, lost: bool = True) -> None:
        """Note what can't be separated."""
        found = Unseparated(page=self.page, thing=thing, reason=reason, lost=lost)
        if found not in self.problems:
            self.problems.append(found)

    def parsed(self, stream: pikepdf.Page | Object) -> Any:
        """Return a stream's instructions; what can't be understood of them is told."""
        before = len(self.pdf.get_warnings())
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            instructions = pikepdf.parse_content_stream(stream)
        if heard or len(self.pdf.get_warnings()) > before:
            self.report(
                "a part of the page", "its code is broken: what comes after that place may be missing", lost=False
            )
        return instructions

    def beginning(self, matrix: Linear = UPRIGHT) -> State:
        """Return the state that a page begins with: everything is black."""
        black = Colour(self.reader.device("Gray"), (0.0,), self.inks.of_cmyk(0, 0, 0, 1), inherited=True)
        return State(matrix, black, black)

    # --- Forms and soft masks ---

    def form(self, source: Stream, content: Content) -> Object | None:
        """Return a form in inks, drawn where `content` is now."""
        matrix = times(_matrix(source), content.state.matrix)
        state = content.state.inside(matrix)
        found = self.streams.converted(source, content.named.source, state, mask=content.mask)
        if found is None:
            return None
        self._seen(found, matrix, content)
        return found.made

    def _seen(self, found: Converted, matrix: Linear, content: Content) -> None:
        content.seen.fill |= found.seen.fill and content.state.fill.inherited
        content.seen.stroke |= found.seen.stroke and content.state.stroke.inherited
        content.seen.sizes |= found.seen.sizes
        content.colouring.used |= found.coloured
        found.draw(content.seen, matrix)

    def graphics_state(self, source: Object) -> GraphicsState | None:
        """Read a parameter dictionary; None when it is broken."""
        try:
            return graphics.read(source, lambda reason: self.report("what is drawn", reason, lost=False))
        except (TypeError, ValueError, AttributeError, KeyError, IndexError):
            return None

    def soft_mask(self, source: GraphicsState, content: Content) -> tuple[Dictionary | None, Any]:
        """Return a graphics state with its soft mask as greys, as it is where `content` is now, and its key."""
        mask = source.mask
        assert mask is not None
        assert isinstance(mask.G, Stream)
        light = mask.get("/S") != Name.Alpha
        group = mask.G.get("/Group")
        space = group.get("/CS") if isinstance(group, Dictionary) else None
        matrix = times(_matrix(mask.G), content.state.matrix)
        found = self.streams.converted(
            mask.G, content.named.source, content.state.inside(matrix), mask=light or content.mask, fresh=True
        )
        if found is None:
            return source.made, "broken"
        self._seen(found, matrix, content)
        if "/Group" not in found.made:
            found.made.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray if light else Name.DeviceCMYK)
        made = Dictionary(Type=Name.Mask, S=Name.Luminosity if light else Name.Alpha, G=found.made)
        if light and "/BC" in mask:
            made.BC = self._backdrop(mask.BC, space)
        if "/TR" in mask:
            made.TR = mask.TR
        held = entries(source.made) if source.made is not None else {}
        return dictionary({**held, "/SMask": made}), (id(source), found.made.objgen)

    def _backdrop(self, values: Object, space: Object | None) -> Object:
        given = numbers(values)
        names = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
        try:
            read = self.reader.colours(space if space is not None else names.get(len(given)), {})
            return row(greys(read, given[None, :]))
        except (CantSeparate, ValueError, IndexError):
            return row([0.0])

    # --- Type 3 fonts ---

    def glyphs(self, source: Object, content: Content) -> Glyphs:
        """Return a Type 3 font with its glyphs in inks."""
        key = (source.objgen, content.mask)
        if source.objgen == (0, 0) or key not in self._fonts:
            copied = (source.objgen, not content.mask) in self._fonts
            made = glyphs_of(source, content, copied=copied)
            if source.objgen == (0, 0):
                return made
            self._fonts[key] = made
        return self._fonts[key]

    # --- Pictures ---

    def picture(self, source: Stream, name: str, content: Content) -> Stream:
        """Note that a picture is drawn where `content` is now; it is converted when all its places are known."""
        key = (source.objgen, content.mask)
        if key not in self.uses:
            other = (source.objgen, not content.mask) in self.uses
            own = duplicate(self.pdf, source) if other else source
            original = self.originals.get(name[1:-1])
            if original is not None and not has_more(original, self.inks):
                original = None
            self.uses[key] = Use(own, name, self.page, content.mask, content.named.defaults, original)
        content.colouring.used |= not source.get("/ImageMask", False)
        content.seen.draws(self.uses[key], content.state.matrix)
        return self.uses[key].image

    def inline_picture(self, source: PdfInlineImage, content: Content) -> Stream:
        """Return a picture of its own for one that stands within the code."""
        image = self.pdf.make_stream(source.read_raw_bytes())
        for key, value in entries(source.obj).items():
            if key not in ("/Length", "/L"):
                image[key] = value
        named = image.get("/ColorSpace")
        if isinstance(named, Name):
            own = content.named.get("/ColorSpace", spelled(named))
            if own is not None:
                image.ColorSpace = own
        image.Type, image.Subtype = Name.XObject, Name.Image
        return self.picture(image, "/Inline", content)

    # --- Gradients and patterns ---

    def shading(self, source: Object, name: str, content: Content) -> Object | None:
        """Return a shading in inks; None when it is broken."""
        try:
            content.colouring.used = True
            return self.gradients.converted(source, content.named.defaults, content.mask)
        except CantSeparate as error:
            self.report(f"the gradient '{shown(name)}'", str(error))
            return None

    def pattern(self, source: Object, name: str, content: Content) -> Object | None:
        """Return a pattern in inks; None when it is broken."""
        if isinstance(source, Stream):
            matrix = times(_matrix(source), content.begun.matrix)
            colourless = int(source.get("/PaintType", 1)) == 2
            found = self.streams.converted(
                source,
                content.named.source,
                self.beginning(matrix),
                mask=content.mask,
                colourless=colourless,
                fresh=True,
            )
            if found is None:
                return None
            found.draw(content.seen, matrix)
            content.seen.sizes |= found.seen.sizes
            return found.made
        if not isinstance(source, Dictionary) or "/Shading" not in source:
            return None
        key = (source.objgen, content.mask)
        if source.objgen != (0, 0) and key in self._patterns:
            return self._patterns[key]
        shading = self.shading(source.Shading, name, content)
        if shading is None:
            return None
        made = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
        if "/Matrix" in source:
            made.Matrix = source.Matrix
        self._patterns[key] = self.pdf.make_indirect(made)
        return self._patterns[key]

    def no_pattern(self) -> Object:
        """Return a pattern that paints nothing."""
        if self._nothing is None:
            facts = Dictionary(Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=1, YStep=1)
            facts.BBox, facts.Resources = row([0, 0, 1, 1]), Dictionary()
            self._nothing = self.pdf.make_stream(b"", facts)
        return self._nothing


def _matrix(source: Object) -> Linear:
    """Return how a form's or a pattern's coordinate system lies in that around it."""
    found = source.get("/Matrix")
    try:
        a, b, c, d = numbers(found)[:4].tolist() if found is not None else UPRIGHT
    except (TypeError, ValueError):
        return UPRIGHT
    return (a, b, c, d)
