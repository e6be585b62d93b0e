"""The fonts of the e-book: a layout's fonts, styles and the text come in, small faces go out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from fontTools.ttLib import TTFont, TTLibError

from magbuild.editions.epub.album import plain_name
from magbuild.fonts import Font
from magbuild.glyphs import letters_of
from magbuild.styles import in_force

NEAR: Final = 100  # how far a font's weight may be from the one that it stands for
OWN_NAME: Final = "Magbuild"
# Name records that say what the font is called; the others say whose it is, and stay.
_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6
_CALLED = (_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT, 16, 17, 21, 22)
_KEPT_NAMES = (0, 5, 7, 8, 9, 11, 13, 14, *_CALLED)
_RESTRICTED, _NO_SUBSETTING = 0x0002, 0x0100  # bits of OS/2 fsType
# The copyright line of a licence ends its list of names with a full stop or an empty line.
_RESERVED = re.compile(r"Reserved Font Names?\s+((?:(?!\n\s*\n|\.\s).)+)", re.DOTALL | re.IGNORECASE)
# What readers put in beside our text: hyphens at line ends, and ASCII in words of their own.
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u00ad\u2010\u2011\u2013\u2019\u2026"
_FEATURES = ("lnum", "onum", "pnum", "tnum", "sups")
_SMALL_CAPS = ("smcp", "c2sc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One font file of the e-book, under the family name that the e-book's styles use."""

    family: str
    weight: int
    style: str
    name: str
    data: bytes

    @property
    def media_type(self) -> str:
        """The media type of the file."""
        return "font/otf" if self.name.endswith(".otf") else "font/ttf"

    @property
    def rule(self) -> str:
        """The @font-face rule."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f'font-style: {self.style}; src: url("{self.name}"); }}'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wardrobe:
    """The faces of an e-book, its styles with the faces' names in them, and the licences by file name."""

    faces: tuple[Face, ...]
    styles: str
    licences: tuple[tuple[str, bytes], ...]


def dress(fonts: Sequence[Font], styles: str, text: Iterable[str]) -> Wardrobe:
    """Subset the fonts that the styles use to the characters of the text.

    A font that may not be embedded or subset, or that has no licence text beside it, is left out: the
    reader's own face stands in. A family with a reserved name gets another, as its licence asks. Fonts that fill
    in what others lack are families of their own behind theirs, since old readers know no ranges of letters.
    """
    characters = frozenset(_ALWAYS).union(*text)
    faces: list[Face] = []
    licences: dict[str, bytes] = {}
    families: dict[tuple[str, int], str] = {}
    for weight, rank, font, letters in _used(fonts, styles, characters):
        loaded = _open(font, letters, small_caps="small-caps" in styles)
        if loaded is None:
            continue
        # Some reserve names in the font itself alone.
        licence = f"{font.licence.read_text('utf-8', errors='replace')}\n\n{loaded['name'].getDebugName(0)}"
        key = (font.family, rank)
        family = families.setdefault(key, own_family(font.family, licence, families.values(), rank))
        if family != font.family:
            _rename(loaded, family, weight, font.style)
        suffix = ".otf" if loaded.sfntVersion == "OTTO" else ".ttf"
        stem = f"{family} {weight}{'' if font.style == 'normal' else f' {font.style}'}"
        name = plain_name(stem, suffix, {face.name for face in faces}, "fonts/")
        faces.append(Face(family=family, weight=weight, style=font.style, name=name, data=_bytes_of(loaded)))
        licences[f"{plain_name(family, '', ())}-OFL.txt"] = font.licence.read_bytes()
    for old in dict.fromkeys(family for family, _ in families):
        new = ", ".join(f'"{families[key]}"' for key in sorted(families) if key[0] == old)
        styles = re.sub(rf"([\"']){re.escape(old)}\1", new, styles)
    styles = "\n".join(('@charset "utf-8";', *(face.rule for face in faces), styles))
    return Wardrobe(faces=tuple(faces), styles=styles, licences=tuple(licences.items()))


def own_family(family: str, licence: str, taken: Iterable[str], rank: int = 0) -> str:
    """Return the family's name in the e-book: its own, or one without the words its licence reserves.

    `rank` counts the fonts that fill in for it, from 1: they are numbered.
    """
    reserved = {word.casefold() for names in _RESERVED.findall(licence) for word in re.findall(r"\w+", names)}
    words = family.split()
    free = [word for word in words if word.casefold() not in reserved]
    if free == words and not rank:
        return family
    own = family if free == words else " ".join((OWN_NAME, *(free or ("Text",))))
    number = 1 + rank
    name = f"{own} {number}" if rank else own
    while name in taken:
        number += 1
        name = f"{own} {number}"
    return name


def _used(
    fonts: Sequence[Font], styles: str, characters: frozenset[str]
) -> Iterator[tuple[int, int, Font, frozenset[str]]]:
    """Yield the fonts of the families named in the end: weight, rank, font, and the letters it is to have.

    A weight is 400 for text, 700 for strong text and what the styles ask for; the nearest font serves when a
    family lacks one, such as a semibold italic for the bold. Behind it, in rank 1 and so on, come the fonts that
    have letters which those before lack.
    """
    weights = {400, 700} | {int(weight) for weight in re.findall(r"font-weight:\s*(\d+)", styles)}
    chosen: dict[tuple[str, str, int], Font] = {}
    # A layout may name other families than the one it extends, whose styles are there, too.
    named = " ".join((*in_force(styles, "font-family"), *in_force(styles, "font")))
    for font in fonts:
        if not re.search(rf"[\"']{re.escape(font.family)}[\"']", named):
            continue
        for weight in sorted(weights):
            key, distance = (font.family, font.style, weight), abs(font.weight - weight)
            known = chosen.get(key)
            # The first of equals is the stronger layout's.
            if distance <= NEAR and (known is None or distance < abs(known.weight - weight)):
                chosen[key] = font
    for (_, _, weight), chief in chosen.items():
        yield weight, 0, chief, characters
        left = characters - letters_of(chief.path) - frozenset(_ALWAYS)
        same = [font for font in fonts if chief.is_like(font) and font is not chief]
        for rank, font in enumerate(same, start=1):
            if wanted := left & letters_of(font.path):
                yield weight, rank, font, wanted
            left -= wanted


def _open(font: Font, characters: frozenset[str], small_caps: bool) -> Any:
    """Return the subset of a font, or None when it has no licence beside it or forbids what we do."""
    if not font.licence.is_file():
        return None
    data = font.path.read_bytes()
    try:
        rights = TTFont(BytesIO(data), lazy=True)["OS/2"].fsType
        if rights & (_RESTRICTED | _NO_SUBSETTING):
            return None
        features = (*_FEATURES, *(_SMALL_CAPS if small_caps else ()))
        small = BytesIO(font.cut(characters, features=features, names=_KEPT_NAMES))
        return TTFont(small, recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    except TTLibError:
        return None


def _bytes_of(font: Any) -> bytes:
    out = BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _rename(font: Any, family: str, weight: int, sort: str) -> None:
    """Give a font another name wherever it tells its own."""
    style = f"{weight}{' Italic' if sort != 'normal' else ''}"
    full = f"{family} {style}"
    postscript = full.replace(" ", "-")
    said = {_FAMILY: full, _STYLE: "Regular", _UNIQUE: postscript, _FULL: full, _POSTSCRIPT: postscript}
    said |= {16: family, 17: style, 21: family, 22: style}
    for record in font["name"].names:
        if record.nameID in _CALLED:
            record.string = said[record.nameID]
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = postscript
        top = cff.topDictIndex[0]
        for key, value in (("FullName", full), ("FamilyName", family)):
            if hasattr(top, key):
                setattr(top, key, value)
