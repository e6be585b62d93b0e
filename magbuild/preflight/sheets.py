"""Pages of a PDF come in; their boxes come out, and what is drawn within them when it is asked for."""

from dataclasses import dataclass, replace
from typing import Any

from magbuild.preflight.drawing import Draughtsman, Drawing
from magbuild.preflight.drawn import Drawn, Fault, Text
from magbuild.preflight.plane import MM, Box, grown, ordered, touches
from magbuild.preflight.reading import entry, inherited, label, number, numbers

HAIR = 0.001  # pt
BLANK = Drawing(things=(), faults=())
NO_BOX: Box = (0.0, 0.0, 595.0, 842.0)  # A4, for a page that tells no size


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of a file: its boxes in pt, and what it draws, if it was drawn.

    `given` are the boxes that the page has of its own, by their names; a box that isn't given is as large as the next
    larger one. `needed` is the bleed that the printer wants at the left, bottom, right and top edge, `safe` how far
    from the trim text must keep, `spine` the side at which the page is bound (0: none, or not known). `printed` is what
    is drawn for the eye (not in masks, patterns and letters) within trim and needed bleed; `trimmed` is all that
    reaches into the trim, but for masks; `texts` is all text of that which is seen.
    """

    number: int
    object: str
    media: Box
    crop: Box
    bleed: Box
    trim: Box
    given: dict[str, Box]
    rotate: int
    user_unit: float | None
    drawing: Drawing = BLANK
    needed: Box = (0.0, 0.0, 0.0, 0.0)
    safe: Box = (0.0, 0.0, 0.0, 0.0)
    spine: int = 0
    page: Any = None
    printed: tuple[Drawn, ...] = ()
    trimmed: tuple[Drawn, ...] = ()
    texts: tuple[Text, ...] = ()

    @property
    def tells_trim(self) -> bool:
        """Whether the page says where it is trimmed."""
        return "TrimBox" in self.given or "ArtBox" in self.given

    @property
    def width(self) -> float:
        """Trimmed width in mm."""
        return (self.trim[2] - self.trim[0]) / MM

    @property
    def height(self) -> float:
        """Trimmed height in mm."""
        return (self.trim[3] - self.trim[1]) / MM


def read_sheet(page: Any, number_: int) -> Sheet:
    """Return a page's boxes."""
    given = {}
    for name in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"):
        found = inherited(page, f"/{name}") if name in ("MediaBox", "CropBox") else entry(page, f"/{name}")
        box = ordered(numbers(found, 4))
        if box is not None and box[2] > box[0] and box[3] > box[1]:
            given[name] = box
    media = given.get("MediaBox", NO_BOX)
    crop = given.get("CropBox", media)
    trim = given.get("TrimBox", given.get("ArtBox", crop))
    unit = entry(page, "/UserUnit")
    return Sheet(
        number=number_,
        object=label(page),
        media=media,
        crop=crop,
        bleed=given.get("BleedBox", crop),
        trim=trim,
        given=given,
        rotate=int(number(inherited(page, "/Rotate"))) % 360,
        user_unit=None if unit is None else number(unit, 1.0),
        page=page,
    )


def measured(sheet: Sheet, needed: Box, safe: Box, spine: int = 0) -> Sheet:
    """Return a sheet with what its edges need (left, bottom, right and top, in mm)."""
    bleed: Box = (needed[0] * MM, needed[1] * MM, needed[2] * MM, needed[3] * MM)
    kept: Box = (safe[0] * MM, safe[1] * MM, safe[2] * MM, safe[3] * MM)
    return replace(sheet, needed=bleed, safe=kept, spine=spine)


def drawn(sheet: Sheet, hand: Draughtsman) -> Sheet:
    """Return a sheet with what it draws, and what of that its edges hold."""
    drawing = hand.draw(sheet.page, sheet.media)
    # Lines without a width are there too, so the areas are taken a hair larger.
    area, trim = grown(sheet.trim, tuple(edge + HAIR for edge in sheet.needed)), grown(sheet.trim, (HAIR,) * 4)
    seen = [thing for thing in drawing.things if not thing.manner.clear and thing.manner.inside != "mask"]
    trimmed = tuple(thing for thing in seen if touches(thing.box, trim))
    return replace(
        sheet,
        drawing=drawing,
        printed=tuple(thing for thing in seen if not thing.manner.inside and touches(thing.box, area)),
        trimmed=trimmed,
        texts=tuple(thing for thing in trimmed if isinstance(thing, Text) and thing.visible),
    )


def with_fault(sheet: Sheet, what: str) -> Sheet:
    """Return a sheet with one more thing that can't be drawn."""
    drawing = replace(sheet.drawing, faults=(*sheet.drawing.faults, Fault(what=what)))
    return replace(sheet, drawing=drawing)
