"""Page breaks of print in the e-book: a page as a tree and the spot of a break come in, the marked tree comes out.

A mark stands where the DAISY knowledge base wants it: behind a word that is divided between two pages, before headings,
figures and tables, in the item of a list that begins there; never in a link, nor where only cells or items may stand.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import Final

from lxml import etree

from magbuild.editions.epub.xhtml import OPS, TYPE, html
from magbuild.letters import AT, Part, Spot, Stretch, letters, local_name, stretches

_ROLE: Final = "doc-pagebreak"
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that run along in a line of text.
_INLINE: Final = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark"),
        *("math", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u"),
        *("var", "wbr"),
    }
)
# A break at the start of one of these stands before it, one amid these others stands behind it.
_BEFORE: Final = _INLINE | _HEADINGS | {"aside", "caption", "figcaption", "figure", "table"}
_BEHIND: Final = _HEADINGS | {"a", "math", "ruby", "svg"}
# From Thai to Khmer, from Chinese to Korean: there a line ends between any two characters, and divides no word.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_REST_OF_WORD: Final = re.compile(rf"[^\s—–{_UNSPACED}]*[—–]*")
_IS_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")


def mark_page(page: etree._Element, spot: Spot, folio: str) -> str:
    """Mark in a page of the e-book that a page of print begins at a spot; return the id of the mark.

    Breaks must come in the order of print.
    """
    name = f"page-{folio}"
    told = {"id": name, TYPE: "pagebreak", "role": _ROLE, "aria-label": folio}
    mark = etree.Element(html("span"), told, {"epub": OPS})
    body = page.find(html("body"))
    assert body is not None
    blocks = [(Spot.read(block.get(AT, "")), block) for block in page.iter() if AT in block.attrib]
    part = [(start.letters, block) for start, block in blocks if start.part is spot.part]
    if spot.part is Part.HEAD or not blocks:
        _put_first(body, mark)
    elif not part:  # print has notes, or a text, that this page lacks
        _put_behind(blocks[-1][1], mark)
    elif spot == Spot(spot.story, Part.NOTES):
        _put_before_notes(part[0][1], mark)
    else:
        start, block = part[bisect_right([start for start, _ in part], spot.letters) - 1]
        _put_into(block, list(stretches(block, start)), spot.letters, mark)
    return name


def unstamp(page: etree._Element) -> None:
    """Drop what says at which spots blocks begin."""
    for block in page.iter():
        if AT in block.attrib:
            del block.attrib[AT]


# --- Where a mark stands ---


def _put_before_notes(first: etree._Element, mark: etree._Element) -> None:
    """Put a mark before the notes, and before their head when they are a section of their own."""
    section = first.getparent()
    assert section is not None
    if all(Spot.read(block.get(AT, "")).part is Part.NOTES for block in section.iter() if AT in block.attrib):
        _put_first(section, mark)
    else:
        first.addprevious(mark)


def _put_into(block: etree._Element, row: Sequence[Stretch], at: int, mark: etree._Element) -> None:
    """Put a mark before a letter of a block, given as its stretches; behind the block when all of them come before."""
    here = next((stretch for stretch in row if stretch.start <= at < stretch.start + stretch.length), None)
    if here is None:
        _put_behind(block, mark)
        return
    moved = _behind_word(row, here, at)
    if moved is not None:
        _put_amid(*moved, block, mark)
        return
    around = list(_up(here.owner, block))
    opened = list(takewhile(lambda element: _first_letter(row, element) == at, around))
    outer = [element for element in opened if local_name(element) in _BEFORE]
    closed = _closed(around[len(opened) :])
    if closed is not None:
        _put_behind(closed, mark)
    elif outer:
        outer[-1].addprevious(mark)
    elif opened:
        _put_first(opened[0], mark)
    else:
        _put_amid(here, _index(here, at), block, mark)


def _put_amid(stretch: Stretch, index: int, block: etree._Element, mark: etree._Element) -> None:
    """Put a mark into a stretch of text, or behind the link or heading that it is part of."""
    closed = _closed(_up(stretch.owner, block))
    if closed is not None:
        _put_behind(closed, mark)
    elif stretch.behind:
        stretch.holder.tail, mark.tail = stretch.text[:index], stretch.text[index:]
        stretch.owner.insert(stretch.owner.index(stretch.holder) + 1, mark)
    else:
        stretch.holder.text, mark.tail = stretch.text[:index], stretch.text[index:]
        stretch.holder.insert(0, mark)


def _closed(around: Iterable[etree._Element]) -> etree._Element | None:
    """Return the outermost of elements in which no mark may stand."""
    closed = [element for element in around if local_name(element) in _BEHIND]
    return closed[-1] if closed else None


def _put_first(element: etree._Element, mark: etree._Element) -> None:
    """Put a mark at the start of an element, behind the marks that stand there."""
    last = None
    for child in element if not (element.text or "").strip() else ():
        if child.get("role") != _ROLE:
            break
        last = child
        if (child.tail or "").strip():
            break
    if last is None:
        mark.tail, element.text = element.text, None
        element.insert(0, mark)
    else:
        mark.tail, last.tail = last.tail, None
        element.insert(element.index(last) + 1, mark)


def _put_behind(element: etree._Element, mark: etree._Element) -> None:
    """Put a mark behind an element, and behind the marks that stand there."""
    while (following := element.getnext()) is not None and following.get("role") == _ROLE and not element.tail:
        element = following
    mark.tail, element.tail = element.tail, None
    element.addnext(mark)


# --- Text ---


def _up(element: etree._Element, block: etree._Element) -> Iterator[etree._Element]:
    """Yield an element and what it stands in, up to a block and with it."""
    yield element
    while element is not block and (parent := element.getparent()) is not None:
        element = parent
        yield element


def _first_letter(row: Sequence[Stretch], element: etree._Element) -> int:
    """Return how many letters stand before the first one in an element that has some."""
    return next(stretch.start for stretch in row if stretch.length and element in _up(stretch.owner, element))


def _behind_word(row: Sequence[Stretch], here: Stretch, at: int) -> tuple[Stretch, int] | None:
    """Return where the word ends that is divided before a letter, with its note's call; None when none is divided."""
    line = _line(row, row.index(here))
    starts = list(accumulate((len(stretch.text) for stretch in line[:-1]), initial=0))
    text, here_at = "".join(stretch.text for stretch in line), starts[line.index(here)] + _index(here, at)
    before = text[:here_at].rstrip("\xad")
    if not before or not _in_word(before[-1]) or not _in_word(text[here_at]):
        return None
    rest = _REST_OF_WORD.match(text, here_at)
    end = rest.end() if rest else here_at
    index = bisect_right(starts, end) - 1
    return line[index], end - starts[index]


def _line(row: Sequence[Stretch], here: int) -> Sequence[Stretch]:
    """Return the stretches around one that run on without a break, from the first to the last."""

    def goes_on(index: int) -> bool:
        before, behind = row[index - 1], row[index]
        within = not behind.behind or local_name(behind.holder) in _INLINE
        return within and bool(before.text and behind.text) and _paragraph(before) is _paragraph(behind)

    first, last = here, here
    while first > 0 and goes_on(first):
        first -= 1
    while last + 1 < len(row) and goes_on(last + 1):
        last += 1
    return row[first : last + 1]


def _paragraph(stretch: Stretch) -> etree._Element:
    element: etree._Element = stretch.owner
    while local_name(element) in _INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element


def _in_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN" and not _IS_UNSPACED.match(sign)


def _index(stretch: Stretch, at: int) -> int:
    """Return the index of a letter in a stretch of text."""
    before = stretch.start
    for index, sign in enumerate(stretch.text):
        before += letters(sign)
        if before > at:
            return index
    return len(stretch.text)
