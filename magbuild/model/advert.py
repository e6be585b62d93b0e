"""An advert as it is booked: its size, where it is to stand, whose it is and what was supplied for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from magbuild.model.kinds import AdvertSize, Standing

_STANDING: Mapping[str, Standing] = MappingProxyType(
    {
        "inside front": Standing.INSIDE_FRONT,
        "inside front cover": Standing.INSIDE_FRONT,
        "ifc": Standing.INSIDE_FRONT,
        "inside back": Standing.INSIDE_BACK,
        "inside back cover": Standing.INSIDE_BACK,
        "ibc": Standing.INSIDE_BACK,
        "back": Standing.BACK_COVER,
        "back cover": Standing.BACK_COVER,
        "outside back": Standing.BACK_COVER,
        "outside back cover": Standing.BACK_COVER,
        "obc": Standing.BACK_COVER,
        "recto": Standing.RECTO,
        "right": Standing.RECTO,
        "right hand": Standing.RECTO,
        "verso": Standing.VERSO,
        "left": Standing.VERSO,
        "left hand": Standing.VERSO,
        "any": Standing.ANY,
        "anywhere": Standing.ANY,
    }
)
_PAGE = re.compile(r"(?:p(?:age|p)?\.?\s*)?(?P<number>\d{1,4})", re.IGNORECASE)
_BESIDE = re.compile(r"(?P<side>before|after)\s+(?P<story>\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an advert is to stand; `page` goes with Standing.PAGE, `story` (a slug) with BEFORE and AFTER."""

    standing: Standing = Standing.IN_ORDER
    page: int = 0
    story: str = ""

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Read "inside-front", "page 7", "before letters" or "recto"; raise ValueError with an editor's words."""
        typed = text.strip()
        if page := _PAGE.fullmatch(typed):
            return cls(standing=Standing.PAGE, page=int(page["number"]))
        if beside := _BESIDE.fullmatch(typed):
            return cls(standing=Standing(beside["side"].casefold()), story=beside["story"].strip())
        words = re.sub(r"\bpages?$", "", re.sub(r"[\s_-]+", " ", typed.casefold())).strip()
        if words in _STANDING:
            return cls(standing=_STANDING[words])
        choices = "inside-front, inside-back, back-cover, page 7, before or after a story, recto, verso, any"
        raise ValueError(f"'{typed}' is no position; there are {choices}")

    def __str__(self) -> str:
        if self.standing is Standing.PAGE:
            return f"page {self.page}"
        return f"{self.standing} {self.story}".strip()

    @property
    def fixed_page(self) -> int:
        """The number of the page it must begin on; 0 when that isn't fixed from the front."""
        return {Standing.PAGE: self.page, Standing.INSIDE_FRONT: 2}.get(self.standing, 0)

    @property
    def at_the_end(self) -> bool:
        """Whether it is counted from the last page."""
        return self.standing in (Standing.INSIDE_BACK, Standing.BACK_COVER)

    @property
    def floats(self) -> bool:
        """Whether the builder looks for the page."""
        return self.standing in (Standing.RECTO, Standing.VERSO, Standing.ANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """An advert's finished artwork: a picture or a PDF, and its words for those who can't see it."""

    file: str
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """An advert: its room on the page, its artwork (none: the story's own text is set), client and position."""

    size: AdvertSize = AdvertSize.FULL
    artwork: Artwork | None = None
    client: str = ""
    link: str = ""
    position: Position = Position()


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An advert booked in issue.yaml; `name` is its slug, made of the client's name when left out."""

    client: str = ""
    name: str = ""
    size: AdvertSize = AdvertSize.FULL
    position: Position = Position()
    artwork: Artwork | None = None
    link: str = ""

    @property
    def advert(self) -> Advert:
        """The advert as a story's front matter would have it."""
        return Advert(size=self.size, artwork=self.artwork, client=self.client, link=self.link, position=self.position)
