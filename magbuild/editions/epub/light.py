"""The light e-book, for mailing: a gathered package comes in; it goes out without fonts, its pictures smaller."""

import re
from dataclasses import replace
from typing import Final

from magbuild.editions.epub.package import Member, Package
from magbuild.pictures import smaller

LONGEST: Final = 1200  # pixels
QUALITY: Final = 75
_FONTS: Final = ("font/otf", "font/ttf")
_STYLES: Final = "text/css"
_FACE = re.compile(rb"@font-face\s*\{[^}]*\}\s*")


def lighten(package: Package) -> Package:
    """Return the package of the same e-book without its fonts and their licences, and with smaller pictures."""
    members = tuple(_lightened(member) for member in package.members if member.media_type not in _FONTS)
    return replace(package, members=members, extras={})


def lighter(picture: bytes) -> bytes:
    """Return a JPEG or PNG as it is in the light e-book."""
    return smaller(picture, LONGEST, QUALITY)


def _lightened(member: Member) -> Member:
    if member.media_type == _STYLES:
        return replace(member, data=_FACE.sub(b"", member.data))
    if member.media_type in ("image/jpeg", "image/png") and member.data:
        return replace(member, data=lighter(member.data))
    return member
