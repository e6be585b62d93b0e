"""A drawn page comes in; what the checks of a whole file need to know of it comes out: fonts, inks, body text."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from magbuild.preflight.drawn import Picture, Text, spaces
from magbuild.preflight.inks import NOTHING, PROCESS, REGISTRATION, Family, Paint, Space
from magbuild.preflight.plane import Box
from magbuild.preflight.sheets import Sheet

SPOTS = (Family.SEPARATION, Family.DEVICE_N)
BODY_SIZE = 14.0  # pt: larger text isn't body text


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFont:
    """A font of a page, and where on the page it is used first. `where` names its object."""

    name: str
    where: str
    restricted: bool
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A spot ink of a page: where it is used first, and in what kind of space; `look` is that of the space."""

    ink: str
    box: Box
    family: Family
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettered:
    """How many letters of body size a page has in one colour, with the place and the font of the first of them."""

    paint: Paint
    letters: int
    box: Box
    font: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What a page uses, each in the order of its first use.

    `inks` are those that what reaches into the trim can print; `inline` are the places of pictures that lie in the
    drawing itself, and how they are packed.
    """

    fonts: tuple[UsedFont, ...] = ()
    spots: tuple[Spot, ...] = ()
    inks: tuple[str, ...] = ()
    letters: tuple[Lettered, ...] = ()
    inline: tuple[tuple[Box, tuple[str, ...]], ...] = ()

    def told(self, renumbered: Callable[[str], str]) -> "Uses":
        """Return it with all texts rewritten that may name objects by their numbers."""
        return replace(self, fonts=tuple(replace(font, where=renumbered(font.where)) for font in self.fonts))


def uses_of(sheet: Sheet) -> Uses:
    """Return what a drawn page uses."""
    every = tuple(_spaces(sheet))
    heavy = (space.base if space.base is not None and not space.inks else space for space, _ in every)
    return Uses(
        fonts=tuple(_fonts(sheet)),
        spots=tuple(_spots(every)),
        inks=tuple(dict.fromkeys(ink for space in heavy for ink in space.inks)),
        letters=tuple(_letters(sheet)),
        inline=tuple(
            (thing.box, thing.filters)
            for thing in sheet.drawing.things
            if isinstance(thing, Picture) and thing.key is None
        ),
    )


def _spaces(sheet: Sheet) -> Iterator[tuple[Space, Box]]:
    """Yield the spaces of what reaches into the trim, each with its first use; by identity: most things share them."""
    met: set[int] = set()
    for thing in sheet.trimmed:
        for _, space in spaces(thing):
            if id(space) not in met:
                met.add(id(space))
                yield space, thing.box


def _spots(every: tuple[tuple[Space, Box], ...]) -> Iterator[Spot]:
    met = {*PROCESS, REGISTRATION, NOTHING}
    for space, box in every:
        for one in space.all():
            for ink in one.inks if one.family in SPOTS else ():
                if ink not in met:
                    met.add(ink)
                    yield Spot(ink=ink, box=box, family=one.family, look=one.look)


def _fonts(sheet: Sheet) -> Iterator[UsedFont]:
    met: set[tuple[str, str]] = set()
    for thing in sheet.drawing.things:
        if isinstance(thing, Text) and thing.font is not None and (thing.font.name, thing.font.where) not in met:
            font = thing.font
            met.add((font.name, font.where))
            yield UsedFont(name=font.name, where=font.where, restricted=font.restricted, box=thing.box)


def _letters(sheet: Sheet) -> Iterator[Lettered]:
    letters: Counter[Paint] = Counter()
    first: dict[Paint, Text] = {}
    for text in sheet.texts:
        if text.size <= BODY_SIZE:
            letters[text.paint] += text.letters
            first.setdefault(text.paint, text)
    for paint, text in first.items():
        font = text.font.name if text.font is not None else ""
        yield Lettered(paint=paint, letters=letters[paint], box=text.box, font=font)
