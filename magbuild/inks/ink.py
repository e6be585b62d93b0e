"""What is printed for a colour: a share of each process ink, or a spot ink."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CMYK = tuple[float, float, float, float]
RGB = tuple[float, float, float]

PAPER: CMYK = (0.0, 0.0, 0.0, 0.0)
BLACK: CMYK = (0.0, 0.0, 0.0, 1.0)
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A colour on the press, in shares from 0 to 1.

    `cmyk` is what the process inks print. Where `spot` names an ink of its own, that ink is printed at `tint`,
    and `cmyk` is what stands for its full tint wherever it can't be (its alternate).
    """

    cmyk: CMYK
    spot: str = ""
    tint: float = 1.0

    @property
    def process(self) -> CMYK:
        """The colour without spot inks: the alternate at its tint."""
        if not self.spot:
            return self.cmyk
        cyan, magenta, yellow, black = self.cmyk
        return cyan * self.tint, magenta * self.tint, yellow * self.tint, black * self.tint

    @property
    def total(self) -> float:
        """All process inks together, in percent; a spot counts as one ink."""
        return 100 * (self.tint if self.spot else sum(self.cmyk))

    @property
    def black_alone(self) -> bool:
        """Whether no other ink than black is printed; so it is with bare paper."""
        return not self.spot and not any(self.cmyk[:3])

    @property
    def full_black(self) -> bool:
        """Whether it is black at 100 % and nothing else."""
        return not self.spot and self.cmyk == BLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The inks of the palette's colours, by their screen colours as three numbers from 0 to 255."""

    inks: Mapping[tuple[int, int, int], Ink] = field(default_factory=dict)

    @property
    def spots(self) -> Mapping[str, CMYK]:
        """The alternates of all spot inks, by their names."""
        return {ink.spot: ink.cmyk for ink in self.inks.values() if ink.spot}


def held_to(cmyk: CMYK, limit: float) -> CMYK:
    """Return a colour whose inks come to `limit` at most (1 is one full ink): black stays, the others give way."""
    others = sum(cmyk[:3])
    if others + cmyk[3] <= limit:
        return cmyk
    share = max(limit - cmyk[3], 0.0) / others
    return cmyk[0] * share, cmyk[1] * share, cmyk[2] * share, cmyk[3]
