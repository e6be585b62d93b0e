"""What a printer's machines take, as a printer profile says it: inks, paper, bleed, marks, limits of the preflight."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from magbuild.measure import Length

# The printer of a magazine that names none.
DEFAULT_PRINTER = "sheetfed-coated"


class Mark(StrEnum):
    """What may stand outside the bleed of a page for the printer."""

    CROP = "crop"
    REGISTRATION = "registration"
    COLOUR_BAR = "colour-bar"
    SLUG = "slug"


class Standard(StrEnum):
    """The kind of file a printer takes."""

    X4 = "PDF/X-4"
    X1A = "PDF/X-1a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """A length for each edge of a page; `inside` is the one at the spine."""

    top: Length
    bottom: Length
    outside: Length
    inside: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Pixels per inch as placed: at or below `error` and `warning` a picture is complained of.

    Pictures are brought down to `most` where they have clearly more; 0 leaves them alone.
    """

    error: float
    warning: float
    most: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: its weight in g/m² and its volume in cm³/g (1.0 for most coated papers)."""

    grammage: float
    volume: float = 1.0

    @property
    def thickness(self) -> Length:
        """How thick one leaf is."""
        return Length(self.grammage * self.volume / 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRule:
    """How many pages a way of binding takes: within bounds (0: none), and a multiple of so many."""

    multiple: int
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallType:
    """Below which sizes type and lines are at risk: type and line widths in pt."""

    white_text: float
    multi_ink_text: float
    line: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """A printer profile. Lengths are millimetres; `total_ink` is the sum of all inks in percent.

    `condition` is the name of the printing condition as registered (such as "FOGRA39"), `condition_text`
    says it in words. `registered` tells whether it stands in the registry of the ICC. `spots` is how many
    spot inks may be used. `square_ink` is the limit of the mean of any square of 15 mm.
    """

    name: str
    title: str
    profile: Path
    condition: str
    condition_text: str
    registered: bool = True
    standard: Standard = Standard.X4
    total_ink: float
    square_ink: float
    colour: Resolution
    line_art: Resolution
    bleed: Edges
    safe: Length = Length(3)
    safe_inside: Length = Length(3)
    marks: tuple[Mark, ...] = ()
    mark_offset: Length = Length(3)
    saddle: BindingRule = BindingRule(multiple=4, least=8, most=64)
    perfect: BindingRule = BindingRule(multiple=2, least=32)
    paper: Paper
    cover_paper: Paper
    least_spine: Length = Length(3)
    least_spine_for_text: Length = Length(5)
    small: SmallType
    spots: int = 0
