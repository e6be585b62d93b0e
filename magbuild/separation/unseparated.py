"""What couldn't be separated: where it is, what it is, and why."""

from dataclasses import dataclass


class CantSeparate(ValueError):
    """A colour, picture or gradient that can't be read; the message says why in an editor's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseparated:
    """Something on a page (from 1; 0: not on one) that was taken out, or isn't printed as it was meant.

    `lost` says that it was taken out since its colours can't be known; else it is there, but looks different.
    """

    page: int
    thing: str
    reason: str
    lost: bool = True
