"""The fonts of a layout: font files come in, @font-face rules come out, in which fonts fill in for others."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from magbuild.glyphs import axes_of, cut, letters_of

# Letters that pages have though nobody typed them: what is made of typed signs, and what styles put in.
ALWAYS: Final = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2027), 0x2032, 0x2033, 0x25A0))
)
STRETCHES: Final = ("semi-expanded", "expanded", "extra-expanded", "ultra-expanded")
_RULE: Final = '@font-face{{font-family:"{0.family}";font-weight:{0.weight};font-style:{0.style}{1};src:url("{2}")}}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font file that the layout uses, with its licence; `axes` say where a variable one stands."""

    family: str
    weight: int
    style: str
    path: Path
    licence: Path
    axes: Mapping[str, float] = field(default_factory=dict)

    def is_like(self, other: "Font") -> bool:
        """Whether two fonts serve the same text, so that one fills in what the other lacks."""
        return (self.family, self.weight, self.style) == (other.family, other.weight, other.style)

    def cut(self, letters: Iterable[str], **kept: Iterable[Any]) -> bytes:
        """Return a font with some of its letters alone, at its weight and its place on other axes.

        `kept` are the `features` and `names` that it keeps, as glyphs.cut has them.
        """
        return cut(self.path.read_bytes(), letters, {"wght": self.weight, **self.axes}, **kept)


def faces(fonts: Sequence[Font], letters: frozenset[str]) -> str:
    """Return the @font-face rules of fonts for a text of some letters.

    Of fonts of the same family, weight and style each fills in what those before it lack. It is cut to these
    letters, for the engine would drop the fonts that are a part of another, and told from them by its stretch:
    the engine looks at that last, and takes fonts for one that have all in common. Variable fonts are cut, too.
    """
    return "\n".join(_RULE.format(*face) for face in _faces(fonts, letters))


def _faces(fonts: Sequence[Font], letters: frozenset[str]) -> Iterator[tuple[Font, str, str]]:
    """Yield the fonts for some letters, what tells each from those it fills in for, and its address."""
    there: dict[tuple[str, int, str], list[frozenset[str]]] = {}
    for font in fonts:
        has = letters_of(font.path)
        before = there.setdefault((font.family, font.weight, font.style), [])
        if not before and not axes_of(font.path):
            yield font, "", font.path.resolve().as_uri()
        elif wanted := has & (letters.difference(*before) if before else letters | ALWAYS):
            stretch = f";font-stretch:{STRETCHES[min(len(before), len(STRETCHES)) - 1]}" if before else ""
            yield font, stretch, f"data:font/sfnt;base64,{b64encode(font.cut(sorted(wanted | {' '}))).decode()}"
        before.append(has)
