"""Typographic punctuation in a tree: elements with typed signs come in, the same elements with print's come out."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from magbuild.manuscript.notes import CALL
from magbuild.manuscript.punctuation import OBJECT, Change, changes, needs_care
from magbuild.manuscript.safety import PHRASING
from magbuild.manuscript.trees import classes

_AS_TYPED: Final = frozenset({"code", "kbd", "samp", "pre", "svg", "math"})
_NO_TEXT: Final = frozenset({"noteref", "backlink"})
_SPOKEN: Final = ("alt", "title", "aria-label")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of one element in a paragraph; `element` is None for what stands in for something else."""

    element: Element | None
    is_tail: bool
    text: str
    language: str


def set_punctuation(tree: Element, language: str) -> None:
    """Make the punctuation of a tree typographic, paragraph by paragraph, each phrase by its language."""
    run: list[_Piece] = []
    _walk(tree, language, run, language)
    _set_run(run, language)


def set_string(text: str, language: str) -> str:
    """Return a text without markup with typographic punctuation."""
    if not needs_care(text, language):
        return text
    parts, done = [], 0
    for change in changes(text, lambda at: language, language):
        parts += [text[done : change.start], change.text]
        done = change.end
    return "".join([*parts, text[done:]])


def _walk(element: Element, language: str, run: list[_Piece], around: str) -> None:
    """Collect the texts of an element; a block ends the paragraph before it and the one in it."""
    own = element.get("lang") or language
    for name in _SPOKEN:
        if value := element.get(name):
            element.set(name, set_string(value, own))
    block = element.tag not in PHRASING
    if block:
        _set_run(run, around)
        around = own
    if element.tag in _AS_TYPED or element.tag == "img":
        run.append(_Piece(None, False, OBJECT, own))
    elif element.tag == "br":
        run.append(_Piece(None, False, "\n", own))
    elif element.tag != CALL and not _NO_TEXT.intersection(classes(element)):
        if element.text:
            run.append(_Piece(element, False, element.text, own))
        for child in element:
            _walk(child, own, run, around)
            if child.tail:
                run.append(_Piece(child, True, child.tail, own))
    if block:
        _set_run(run, around)


def _set_run(run: list[_Piece], around: str) -> None:
    """Change the texts of one paragraph, and forget them."""
    text = "".join(piece.text for piece in run)
    if any(needs_care(text, language) for language in {piece.language for piece in run}):
        starts, start = [], 0
        for piece in run:
            starts.append(start)
            start += len(piece.text)

        def language(at: int) -> str:
            return run[bisect_right(starts, at) - 1].language

        _apply(run, starts, changes(text, language, around))
    run.clear()


def _apply(run: list[_Piece], starts: list[int], made: list[Change]) -> None:
    """Write the changes into the texts; one that reaches over several is written into the first."""
    todo = iter(made)
    change = next(todo, None)
    for piece, start in zip(run, starts, strict=True):
        end = start + len(piece.text)
        parts, done = [], start
        while change is not None and change.start < end:
            if change.end > done:
                parts.append(piece.text[done - start : max(change.start, done) - start])
                done = min(change.end, end)
            elif change.start == change.end:
                parts.append(piece.text[done - start : change.start - start])
                done = change.start
            if change.start >= start:
                parts.append(change.text)
            if change.end > end:
                break
            change = next(todo, None)
        parts.append(piece.text[done - start :])
        new = "".join(parts)
        if piece.element is None or new == piece.text:
            continue
        if piece.is_tail:
            piece.element.tail = new
        else:
            piece.element.text = new
