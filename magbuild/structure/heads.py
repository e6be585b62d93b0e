"""The levels of headings: however a manuscript ranks them, they begin at the first and leave none out."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from magbuild.structure.kinds import is_unread, kind_of, rank_of


def heading_levels(root: Element) -> dict[Element, int]:
    """Return the level of every heading that is read.

    Each article begins anew, so that one doesn't go under the last head of the one before. A level is the number of
    headings above that are of higher rank (ISO 14289-1, 7.4.2: levels don't leave any out on the way down).
    """
    return dict(_levels(root, []))


def _levels(element: Element, above: list[int]) -> Iterator[tuple[Element, int]]:
    if is_unread(element):
        return
    rank = rank_of(element)
    if rank:
        while above and above[-1] >= rank:
            above.pop()
        above.append(rank)
        yield element, min(len(above), 6)
    for child in element:
        if isinstance(child.tag, str):
            yield from _levels(child, [] if kind_of(child) == "Art" else above)
