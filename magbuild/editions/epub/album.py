"""The pictures of the e-book: files of the issue come in, reduced pictures with safe names go out."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree

from magbuild.language import slugged
from magbuild.memory import recalled
from magbuild.pictures import Variant, for_page, for_screen, of_png

LONGEST: Final = 1600  # pixels; a picture then has 2.6 megapixels at most, and shops take 4
QUALITY: Final = 82
COVER: Final = "images/cover.jpg"
SVG: Final = "image/svg+xml"


@dataclass(slots=True)
class Album:
    """The pictures that pages have asked for, each once, in the order of their first use.

    `artwork` holds the pictures of adverts that came as PDF, by file; `rasterise` makes a PNG of an SVG.
    """

    folder: Path
    artwork: Mapping[str, bytes] = field(default_factory=dict)
    rasterise: Callable[[bytes], bytes] | None = None
    _pictures: dict[str, tuple[str, Variant]] = field(default_factory=dict)

    def picture(self, file: str) -> str:
        """Return the name that a picture of the issue's folder has in the e-book.

        Raises what pictures.for_page raises when the file can't be read.
        """
        if file not in self._pictures:
            variant = self._reduced(file)
            taken = {name for name, _ in self._pictures.values()} | {COVER}
            name = plain_name(PurePosixPath(file).stem, f".{variant.suffix.lstrip('.')}", taken, "images/")
            self._pictures[file] = (name, variant)
        return self._pictures[file][0]

    @property
    def pictures(self) -> tuple[tuple[str, Variant], ...]:
        """The names in the e-book and the pictures themselves."""
        return tuple(self._pictures.values())

    def _reduced(self, file: str) -> Variant:
        if file in self.artwork:
            return recalled(for_screen, self.artwork[file], LONGEST, QUALITY)
        variant = recalled(reduced, self.folder / file)
        if variant.media_type != SVG:
            return variant
        if self.rasterise is None:
            return replace(variant, data=_plain_ids(variant.data))
        return of_png(self.rasterise(variant.data))


def reduced(path: Path) -> Variant:
    """Return a picture as the e-book shows it; a drawing as it is, cleaned. Raises what pictures.for_page raises."""
    variant = for_page(path, examined=True)
    return variant if variant.media_type == SVG else for_screen(variant, LONGEST, QUALITY)


def plain_name(text: str, suffix: str, taken: Collection[str], folder: str = "") -> str:
    """Return a file name of ASCII letters, digits and hyphens that isn't taken yet."""
    stem = slugged(text) or "item"
    number, name = 1, f"{folder}{stem}{suffix}"
    while name in taken:
        number += 1
        name = f"{folder}{stem}-{number}{suffix}"
    return name


def _plain_ids(svg: bytes) -> bytes:
    """Drop ids that a drawing program gave twice or that aren't XML names: checkers refuse the whole book."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name is not None and (name in seen or not re.fullmatch(r"[^\W\d][\w.-]*", name)):
            del element.attrib["id"]
        seen.add(name or "")
    return etree.tostring(root, encoding="utf-8")
