"""The palette and a printer's profile come in; what is printed for each colour and picture comes out."""

from magbuild.inks.conversion import Inks, inks_of, screen_triple
from magbuild.inks.ink import CMYK, Ink, held_to
from magbuild.inks.press import UnreadableProfile, srgb_profile
from magbuild.inks.ramps import Ramp, ramp

__all__ = [
    "CMYK",
    "Ink",
    "Inks",
    "Ramp",
    "UnreadableProfile",
    "held_to",
    "inks_of",
    "ramp",
    "screen_triple",
    "srgb_profile",
]
