"""Which way phrases run: a tree with languages comes in, `dir` comes where the direction of the text around turns."""

from xml.etree.ElementTree import Element

from magbuild.language import direction


def turn(tree: Element, language: str) -> None:
    """Say where a text turns; `language` is that of the tree, and what an editor said of a direction stays."""
    todo = [(tree, direction(language))]
    while todo:
        element, way = todo.pop()
        if code := element.get("lang"):
            own = direction(code)
            if own != way and "dir" not in element.attrib:
                element.set("dir", own)
            way = own
        way = element.get("dir", way)
        todo += [(child, way) for child in element]
