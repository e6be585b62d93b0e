"""Small changes to trees of elements whose text lies between them."""

from xml.etree.ElementTree import Element


def text_of(element: Element) -> str:
    """Return all text inside an element."""
    return "".join(element.itertext())


def parents(root: Element) -> dict[Element, Element]:
    """Return the parent of every element under a root."""
    return {child: parent for parent in root.iter() for child in parent}


def insert_text(element: Element, text: str) -> None:
    """Put text before everything in an element."""
    element.text = text + (element.text or "")


def append_text(element: Element, text: str) -> None:
    """Put text behind everything in an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def replace_by(parent: Element, child: Element, text: str) -> None:
    """Put text in the place of a child, whose own text goes with it; what follows it stays."""
    index = list(parent).index(child)
    text += child.tail or ""
    parent.remove(child)
    if index:
        before = parent[index - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def unwrap(parent: Element, child: Element) -> None:
    """Put an element's content in its place."""
    index = list(parent).index(child)
    inside = list(child)
    tail = child.tail or ""
    if inside:
        inside[-1].tail = (inside[-1].tail or "") + tail
        lead = child.text or ""
    else:
        lead = (child.text or "") + tail
    parent.remove(child)
    for offset, element in enumerate(inside):
        parent.insert(index + offset, element)
    if index:
        before = parent[index - 1]
        before.tail = (before.tail or "") + lead
    else:
        parent.text = (parent.text or "") + lead


def move_inside(source: Element, target: Element) -> None:
    """Move an element's text and children to the end of another one."""
    append_text(target, source.text or "")
    for child in list(source):
        source.remove(child)
        target.append(child)
    source.text = None


def add_class(element: Element, *names: str) -> None:
    """Give an element classes that it doesn't have yet."""
    has = (element.get("class") or "").split()
    element.set("class", " ".join([*has, *(name for name in names if name not in has)]))


def classes(element: Element) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()
