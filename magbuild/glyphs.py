"""Letters of fonts: a font file comes in; the letters it has, and a small font with some of them, come out."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import uharfbuzz as hb


@cache
def letters_of(path: Path) -> frozenset[str]:
    """Return the characters that a font has glyphs for; none for a file that is no font."""
    return letters_in(path.read_bytes())


def letters_in(data: bytes) -> frozenset[str]:
    """Return the characters that the font in some bytes has glyphs for."""
    return frozenset(map(chr, _face(data).unicodes))


@cache
def axes_of(path: Path) -> Mapping[str, float]:
    """Return the axes of a variable font with their defaults; none for a font of one weight."""
    return {axis.tag: axis.default_value for axis in _face(path.read_bytes()).axis_infos}


def cut(
    data: bytes,
    letters: Iterable[str],
    axes: Mapping[str, float],
    *,
    features: Iterable[str] | None = None,
    names: Iterable[int] = (),
) -> bytes:
    """Return a font with the glyphs of some letters alone, a variable one at one place on its `axes`.

    It keeps the OpenType `features` (all, when none are named) of these letters and the name records `names`
    (the usual ones, when none are named).
    """
    face = _face(data)
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    if features is None:
        wanted.layout_feature_tag_set.clear()
        wanted.layout_feature_tag_set.invert()
    else:
        wanted.layout_feature_tag_set.update(int.from_bytes(feature.encode()) for feature in features)
    wanted.name_id_set.update(names)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    for axis in face.axis_infos:
        wanted.pin_axis_location(face, axis.tag, axes.get(axis.tag, axis.default_value))
    return bytes(hb.subset(face, wanted).blob.data)


def _face(data: bytes) -> hb.Face:
    return hb.Face(hb.Blob(data))
