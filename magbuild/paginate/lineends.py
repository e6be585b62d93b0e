"""Ends of lines: a hyphen says when it only divides a word, and the words of two lines are kept apart."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uharfbuzz as hb
from weasyprint.formatting_structure import boxes

from magbuild.paginate import SOFT_HYPHEN

# What a line of text draws last: what is before its last glyph, the glyph, the room behind it.
_DRAWN = re.compile(rb"\[(?P<before>.*?)(?P<glyph>[0-9a-f]{4})>(?P<room>-?[\d.]*)\] TJ", re.DOTALL)
_NO_SPACE_BEHIND = (" ", "-", "\u2010", "\u2013", "\u2014", "/")


@contextmanager
def noted() -> Iterator[None]:
    """Let the engine note, for as long as the block runs, on each box of text that it broke whether it divided a word.

    `divides_a_word` is then True or False, and `ends_before_a_space` says whether the text went on with one.
    """
    copy = boxes.TextBox.copy_with_text

    def note(box: Any, text: str) -> Any:
        new = copy(box, text)
        new.divides_a_word = text not in box.text  # but with its hyphen
        new.ends_before_a_space = f"{text} " in box.text or box.text.endswith(text)
        return new

    boxes.TextBox.copy_with_text = note
    try:
        yield
    finally:
        boxes.TextBox.copy_with_text = copy


def soften_hyphen(drawn: list[Any], start: int) -> None:
    """Let the hyphen that ends a line, drawn from `start` on, say that it only divides a word.

    Screen readers then take the word for one (ISO 32000-1, 14.8.2.2.3).
    """
    for at in range(len(drawn) - 1, start - 1, -1):
        found = _DRAWN.fullmatch(drawn[at]) if isinstance(drawn[at], bytes) else None
        if found is not None:
            before = found["before"].removesuffix(b"<")
            shown = [b"[" + before + _closing(before) + b"] TJ"] if before else []
            hyphen = b"[<" + found["glyph"] + b">" + found["room"] + b"] TJ"
            drawn[at : at + 1] = [*shown, SOFT_HYPHEN, hyphen, b"EMC"]
            return


def keep_apart(drawn: list[Any], start: int, space: int) -> None:
    """Put a space, by the number of its glyph, behind the text of a line that was drawn from `start` on.

    Screen readers then don't take its last word and the first one of the next line for one (ISO 32000-1, 14.8.2.5).
    """
    for at in range(len(drawn) - 1, start - 1, -1):
        if isinstance(drawn[at], bytes) and drawn[at].endswith(b"] TJ"):
            drawn[at] = drawn[at].removesuffix(b"] TJ") + b"<%04x>] TJ" % space
            return


def needs_space(box: Any) -> bool:
    """Whether the text of a box that ends a line is followed by another word."""
    return getattr(box, "ends_before_a_space", True) and not box.text.endswith(_NO_SPACE_BEHIND)


def space_of(fonts: Sequence[Any]) -> int | None:
    """Return the number of the space in the font that the engine has in these forms; it is then embedded."""
    font = fonts[0]
    if font.bitmap:
        return None
    face = hb.Font(hb.Face(font.file_content, font.index))
    space: int | None = face.get_nominal_glyph(ord(" "))
    if space is not None:
        for form in fonts:
            form.to_unicode.setdefault(space, " ")
            form.widths.setdefault(space, round(face.get_glyph_h_advance(space) * 1000 / form.upem))
    return space


def _closing(shown: bytes) -> bytes:
    return b">" if shown.rfind(b"<") > shown.rfind(b">") else b""
