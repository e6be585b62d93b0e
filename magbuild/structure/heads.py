"""Headings: the articles that they head, and their levels, which begin at the first and leave none out."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from magbuild.structure.kinds import is_comment, is_unread, kind_of, rank_of


def heading_levels(root: Element) -> dict[Element, int]:
    """Return the level of every heading that is read.

    Each article begins anew, so that one doesn't go under the last head of the one before. A level is the number of
    headings above that are of higher rank (ISO 14289-1, 7.4.2: levels don't leave any out on the way down).
    """
    return dict(_levels(root, [], outer_heads(root)))


def outer_heads(root: Element) -> dict[Element, Element]:
    """Return the articles whose label is a heading outside of them, as that of a department, and it."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    found = {}
    for element in root.iter():
        label = named.get(element.get("aria-labelledby", ""))
        if label is not None and kind_of(element) == "Art" and all(one is not label for one in element.iter()):
            found[element] = label
    return found


def _levels(element: Element, above: list[int], outer: Mapping[Element, Element]) -> Iterator[tuple[Element, int]]:
    if is_unread(element):
        return
    rank = rank_of(element)
    if rank:
        while above and above[-1] >= rank:
            above.pop()
        above.append(rank)
        yield element, min(len(above), 6)
    for child in element:
        if is_comment(child):
            continue
        if kind_of(child) == "Art":
            yield from _levels(child, [rank_of(outer[child])] if child in outer else [], outer)
        else:
            yield from _levels(child, above, outer)
