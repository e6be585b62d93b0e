"""The fonts of the e-book: a layout's fonts, styles and the text come in, small faces go out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import uharfbuzz as hb
from fontTools.ttLib import TTFont, TTLibError

from magbuild.editions.epub.album import plain_name
from magbuild.layout import Font

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
    reader's own face stands in. A family with a reserved name gets another, as its licence asks.
    """
    characters = frozenset(_ALWAYS).union(*text)
    faces: list[Face] = []
    licences: dict[str, bytes] = {}
    families: dict[str, str] = {}
    for font, weight in _used(fonts, styles):
        loaded = _open(font, characters, small_caps="small-caps" in styles)
        if loaded is None:
            continue
        licence = font.licence.read_text("utf-8", errors="replace")
        family = families.setdefault(font.family, own_family(font.family, licence, families.values()))
        if family != font.family:
            _rename(loaded, family, weight, font.style)
        suffix = ".otf" if loaded.sfntVersion == "OTTO" else ".ttf"
        stem = f"{family} {weight}{'' if font.style == 'normal' else f' {font.style}'}"
        name = plain_name(stem, suffix, {face.name for face in faces}, "fonts/")
        faces.append(Face(family=family, weight=weight, style=font.style, name=name, data=_bytes_of(loaded)))
        licences[f"{plain_name(family, '', ())}-OFL.txt"] = font.licence.read_bytes()
    for old, new in families.items():
        styles = re.sub(rf"([\"']){re.escape(old)}\1", f'"{new}"', styles)
    styles = "\n".join(('@charset "utf-8";', *(face.rule for face in faces), styles))
    return Wardrobe(faces=tuple(faces), styles=styles, licences=tuple(licences.items()))


def own_family(family: str, licence: str, taken: Iterable[str]) -> str:
    """Return the family's name in the e-book: its own, or one without the words its licence reserves."""
    reserved = {word.casefold() for names in _RESERVED.findall(licence) for word in re.findall(r"\w+", names)}
    words = family.split()
    free = [word for word in words if word.casefold() not in reserved]
    if free == words:
        return family
    own = name = " ".join((OWN_NAME, *(free or ("Text",))))
    number = 1
    while name in taken:
        number += 1
        name = f"{own} {number}"
    return name


def _used(fonts: Sequence[Font], styles: str) -> list[tuple[Font, int]]:
    """Return the fonts of the families that the styles name, each with the weight that it stands for.

    That is 400 for text, 700 for strong text and what the styles ask for; the nearest font serves when a
    family lacks one, such as a semibold italic for the bold.
    """
    weights = {400, 700} | {int(weight) for weight in re.findall(r"font-weight:\s*(\d+)", styles)}
    chosen: dict[tuple[str, str, int], Font] = {}
    for font in fonts:
        if not re.search(rf"[\"']{re.escape(font.family)}[\"']", styles):
            continue
        for weight in sorted(weights):
            key, distance = (font.family, font.style, weight), abs(font.weight - weight)
            known = chosen.get(key)
            # The first of equals is the stronger layout's.
            if distance <= NEAR and (known is None or distance < abs(known.weight - weight)):
                chosen[key] = font
    return [(font, weight) for (_, _, weight), font in chosen.items()]


def _open(font: Font, characters: frozenset[str], small_caps: bool) -> Any:
    """Return the subset of a font, or None when it has no licence beside it or forbids what we do."""
    if not font.licence.is_file():
        return None
    data = font.path.read_bytes()
    try:
        rights = TTFont(BytesIO(data), lazy=True)["OS/2"].fsType
        if rights & (_RESTRICTED | _NO_SUBSETTING):
            return None
        small = BytesIO(_subset(data, characters, small_caps))
        return TTFont(small, recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    except TTLibError:
        return None


def _bytes_of(font: Any) -> bytes:
    out = BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _subset(data: bytes, characters: frozenset[str], small_caps: bool) -> bytes:
    """Return a font file with the glyphs and features of the characters only."""
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.name_id_set.update(_KEPT_NAMES)
    features = (*_FEATURES, *(_SMALL_CAPS if small_caps else ()))
    wanted.layout_feature_tag_set.update(int.from_bytes(feature.encode()) for feature in features)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(hb.Face(hb.Blob(data)), wanted).blob.data)


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
