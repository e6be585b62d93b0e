"""The colour spaces of spot inks, written once into a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Object

from magbuild.inks import CMYK, Ink
from magbuild.separation.tables import mixed_space, spot_space


@dataclass(slots=True)
class SpotPlates:
    """Writes the space of a spot ink, or of several with the process inks, when it is first needed."""

    pdf: pikepdf.Pdf
    _alternates: dict[str, CMYK] = field(default_factory=dict)
    _spaces: dict[tuple[str, ...], Object] = field(default_factory=dict)

    def learn(self, ink: Ink) -> None:
        """Note what stands for a spot ink where there is no plate for it."""
        if ink.spot:
            self._alternates.setdefault(ink.spot, ink.cmyk)

    def alone(self, spot: str) -> Object:
        """Return the space of one spot ink, whose values are tints."""
        if (spot,) not in self._spaces:
            self._spaces[(spot,)] = self.pdf.make_indirect(spot_space(spot, self._alternates[spot]))
        return self._spaces[(spot,)]

    def mixed(self, spots: Sequence[str]) -> Object:
        """Return the space of the four process inks, then these spot inks."""
        key = ("", *spots)
        if key not in self._spaces:
            parts = [(spot, self.alone(spot), self._alternates[spot]) for spot in spots]
            self._spaces[key] = self.pdf.make_indirect(mixed_space(self.pdf, parts))
        return self._spaces[key]
