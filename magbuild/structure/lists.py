"""Lists: what stands in one comes in, items with their labels and bodies come out."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from magbuild.structure.content import Content, Node, Part, Piece

_NUMBERS: Mapping[str, str] = MappingProxyType(
    {"1": "/Decimal", "a": "/LowerAlpha", "A": "/UpperAlpha", "i": "/LowerRoman", "I": "/UpperRoman"}
)


def numbering(element: Element, inside: Iterable[Piece]) -> str:
    """Return how the items of a list are numbered (ISO 32000-1, 14.8.5.5); a description list is not."""
    labelled = any(isinstance(kid, Node) and kid.kind == "Lbl" for item in inside for kid in _kids(item))
    if not labelled or element.tag == "dl":
        return "/None"
    return _NUMBERS.get(element.get("type", "1"), "/Decimal") if element.tag == "ol" else "/Disc"


def labelled(inside: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return what stands in an item or a note with its label, the sign or number before it, first."""
    pieces = tuple(inside)
    label = tuple(piece for piece in pieces if _is_label(piece))
    rest = tuple(piece for piece in pieces if not _is_label(piece))
    return (Node(kind="Lbl", kids=label), *rest) if label else rest


def as_item(inside: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the label and the body of an item of a list from what stands in it."""
    pieces = labelled(inside)
    label = pieces[:1] if pieces and isinstance(pieces[0], Node) and pieces[0].kind == "Lbl" else ()
    body = pieces[len(label) :]
    return (*label, Node(kind="LBody", kids=body)) if body else label


def as_items(inside: Iterable[Piece]) -> Iterator[Node]:
    """Yield the items of a list: terms and their descriptions make one together, as does anything else by itself."""
    open_item: list[Node] = []
    for piece in inside:
        kind = piece.kind if isinstance(piece, Node) else ""
        if kind not in ("Lbl", "LBody") or (kind == "Lbl" and any(node.kind == "LBody" for node in open_item)):
            if open_item:
                yield Node(kind="LI", kids=tuple(open_item))
            open_item = []
        if isinstance(piece, Node) and kind in ("Lbl", "LBody"):
            open_item.append(piece)
        elif isinstance(piece, Node) and kind == "LI":
            yield piece
        else:
            yield Node(kind="LI", kids=(Node(kind="LBody", kids=(piece,)),))
    if open_item:
        yield Node(kind="LI", kids=tuple(open_item))


def _is_label(piece: Piece) -> bool:
    return isinstance(piece, Content) and piece.part is Part.LABEL


def _kids(piece: Piece) -> tuple[Piece, ...]:
    return piece.kids if isinstance(piece, Node) else ()
