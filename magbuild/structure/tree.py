"""The structure tree of a galley, built along its HTML: however pages and columns divide it, a paragraph is one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from magbuild.structure.content import Attributes, Content, Node, Part, Piece
from magbuild.structure.heads import heading_levels, outer_heads
from magbuild.structure.kinds import alternative_of, is_comment, is_contents, is_phrasing, kind_of
from magbuild.structure.lists import as_item, as_items, labelled, numbering
from magbuild.structure.tables import attributes_of, grid_of

# Types that hold paragraphs and other blocks, and no text of their own.
_GROUPS = frozenset({"Art", "Sect", "BlockQuote", "TOCI"})
# Types that stand in a line of text (ISO 32000-1, 14.8.4.4).
_IN_LINES = frozenset({"Span", "Link", "Quote", "Code", "Reference", "Formula"})
_EMPTY_TOO = frozenset({"TD", "TH"})  # a cell without text is a cell


def structure(root: Element, contents: Iterable[Content], slug: str) -> tuple[Node, ...]:
    """Return the elements of a galley's document, in the order of its HTML.

    `contents` come in the order in which they lie on the pages. Identifiers begin with the galley's `slug`.
    """
    tree = _Tree(root, contents, slug)
    pieces = tree.inside(root, root.get("lang", ""), in_contents=False)
    return tuple(piece for piece in _in_blocks(pieces) if isinstance(piece, Node))


class _Tree:
    """A galley's HTML and its content, on the way to structure elements."""

    def __init__(self, root: Element, contents: Iterable[Content], slug: str) -> None:
        self.slug = slug
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.levels = heading_levels(root)
        self.heads = outer_heads(root)  # they are read with their articles
        self.cells, self.missing = _cells(root, slug)
        self.notes = 0
        self.own = self._placed(contents, _joined(root))

    def _placed(
        self, contents: Iterable[Content], joined: Mapping[Element, Element]
    ) -> dict[Element, list[tuple[Element | None, Content]]]:
        """Say for each element what content it has of its own, and which of its children each piece stands behind."""
        own: dict[Element, list[tuple[Element | None, Content]]] = {}
        behind: dict[Element, Element] = {}
        for content in contents:
            holder = joined.get(content.element, content.element)
            own.setdefault(holder, []).append((behind.get(holder), content))
            while (parent := self.parents.get(holder)) is not None:
                behind[parent] = holder
                holder = parent
        return own

    def inside(self, element: Element, language: str, *, in_contents: bool) -> list[Piece]:
        """Return what lies in an element: its own content between that of its children."""
        own = self.own.get(element, [])
        found: list[Piece] = [_spoken(content) for behind, content in own if behind is None]
        if element in self.heads:
            found += self._pieces(self.heads[element], language, in_contents=in_contents)
        for child in element:
            if not is_comment(child) and child not in self.heads.values():
                found += self._pieces(child, language, in_contents=in_contents)
            found += [_spoken(content) for behind, content in own if behind is child]
        return found

    def _pieces(self, element: Element, language: str, *, in_contents: bool) -> list[Piece]:
        """Return what becomes of an element: one node, or what it holds, when it only groups."""
        spoken = element.get("lang") or language
        in_contents = in_contents or is_contents(element)
        inside = self.inside(element, spoken, in_contents=in_contents)
        kind = self._kind(element, in_contents)
        if not inside and kind not in _EMPTY_TOO:
            return []
        facts = self._facts(element, kind)
        if spoken != language:
            facts["Lang"] = spoken
        if not kind:
            return _grouped(element, inside, facts)
        attributes = self._attributes(element, kind, inside)
        node = Node(kind=kind, kids=self._kids(element, kind, inside), facts=facts, attributes=attributes)
        if kind == "Link" and (in_contents or element.get("role") == "doc-noteref"):
            return [Node(kind="Reference", kids=(node,))]
        return [node]

    def _kind(self, element: Element, in_contents: bool) -> str:
        level = self.levels.get(element)
        if level:
            return f"H{level}"
        kind = kind_of(element)
        if kind == "Link" and not any(content.part is Part.LINK for _, content in self.own.get(element, [])):
            return ""  # it leads nowhere
        return {"L": "TOC", "LI": "TOCI"}.get(kind, kind) if in_contents else kind

    def _facts(self, element: Element, kind: str) -> dict[str, str]:
        facts = {}
        if element.tag == "abbr" and element.get("title"):
            facts["E"] = element.get("title", "")
        if element.get("data-say"):
            facts["ActualText"] = element.get("data-say", "")
        if kind in ("Figure", "Formula"):
            facts["Alt"] = alternative_of(element)
        elif kind == "Note":
            self.notes += 1
            facts["ID"] = element.get("id") or f"{self.slug}--note--{self.notes}"
        elif kind == "TH":
            facts["ID"] = self.cells[element][0]
        elif kind == "Art" and element.get("id"):
            facts["ID"] = element.get("id", "")
        return facts

    def _attributes(self, element: Element, kind: str, inside: Sequence[Piece]) -> Attributes:
        if kind in ("Figure", "Formula"):
            return _place(inside)
        if kind in ("TH", "TD") and element in self.cells:
            return self.cells[element][1]
        if kind == "L":
            return {"List": {"ListNumbering": numbering(element, inside)}}
        return {}

    def _kids(self, element: Element, kind: str, inside: list[Piece]) -> tuple[Piece, ...]:
        """Return what a node of some type holds."""
        if kind in _GROUPS:
            return tuple(_in_blocks(inside))
        if kind == "L":
            return tuple(as_items(inside))
        if kind == "LI":
            return as_item(inside)
        if kind == "Note":
            return labelled(inside)
        if kind in ("Figure", "Formula"):
            return tuple(content for piece in inside for content in _contents(piece))
        if kind == "Link":
            return tuple(sorted(inside, key=_is_area))
        if kind == "TR":
            return (*inside, *(Node(kind="TD", kids=()) for _ in range(self.missing.get(element, 0))))
        return tuple(inside)


def _cells(root: Element, slug: str) -> tuple[dict[Element, tuple[str, Attributes]], dict[Element, int]]:
    """Return an identifier and the attributes of every cell of every table, and how many cells rows lack."""
    cells: dict[Element, tuple[str, Attributes]] = {}
    missing: dict[Element, int] = {}
    for number, table in enumerate(root.iter("table"), 1):
        grid = grid_of(table)
        names = {cell.element: f"{slug}--table--{number}-{cell.row}-{cell.column}" for cell in grid.cells}
        cells |= {cell.element: (names[cell.element], attributes_of(cell, grid, names)) for cell in grid.cells}
        missing |= grid.missing
    return cells, missing


def _joined(root: Element) -> dict[Element, Element]:
    """Return the elements whose content belongs to another: halves of a picture, the rest of a word with a drop cap."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    joined: dict[Element, Element] = {}
    for element in root.iter():
        for name in element.get("aria-owns", "").split():
            if name in named:
                joined[named[name]] = element
        before: Element | None = None
        for child in element:
            if child.get("data-say") == "" and before is not None:
                joined[child] = before
            before = child
    return joined


def _grouped(element: Element, inside: list[Piece], facts: dict[str, str]) -> list[Piece]:
    """Return what an element holds that is of none of the structure's types."""
    if is_phrasing(element):
        return [Node(kind="Span", kids=tuple(inside), facts=facts)] if facts else inside
    inside = list(_in_blocks(inside))
    with_caption = element.tag == "figure" and any(_kind(piece) == "Caption" for piece in inside)
    return [Node(kind="Div", kids=tuple(inside), facts=facts)] if facts or with_caption else inside


def _in_blocks(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Put what stands in lines into paragraphs, and entries of a table of contents into one."""
    for around, group in groupby(pieces, _around):
        if around:
            yield Node(kind=around, kids=tuple(group))
        else:
            yield from group


def _around(piece: Piece) -> str:
    """Return the type of element that a piece needs around it among blocks, "" for a block."""
    if isinstance(piece, Content) or piece.kind in _IN_LINES:
        return "P"
    return "TOC" if piece.kind == "TOCI" else ""


def _place(inside: Iterable[Piece]) -> Attributes:
    """Return where a picture stands (ISO 32000-1, 14.8.5.4); one that goes over several pages has no box."""
    boxes = [content.box for piece in inside for content in _contents(piece) if content.box is not None]
    placement: dict[str, str | tuple[float, ...]] = {"Placement": "/Block"}
    if len(boxes) == 1:
        placement["BBox"] = boxes[0]
    return {"Layout": placement}


def _spoken(content: Content) -> Piece:
    return Node(kind="Span", kids=(content,), facts={"ActualText": content.said}) if content.said else content


def _is_area(piece: Piece) -> bool:
    return isinstance(piece, Content) and piece.part is Part.LINK


def _contents(piece: Piece) -> Iterator[Content]:
    return piece.contents() if isinstance(piece, Node) else iter((piece,))


def _kind(piece: Piece) -> str:
    return piece.kind if isinstance(piece, Node) else ""
