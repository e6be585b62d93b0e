"""Tags of proofs: what the engine draws is marked as content or as an artifact, and the structure tree is written.

The engine's own tree follows its boxes: each line is an element, each column an article. This one follows the HTML.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint import pdf as engine_pdf
from weasyprint.pdf.stream import Stream

from magbuild.paginate.marks import Marks
from magbuild.structure import Content, Node, Part, structure


def root_of(document: weasyprint.Document) -> Any:
    """Return the root of the HTML that a document was laid out from."""
    return next(box.element for box in document.pages[0]._page_box.children if box.is_for_root_element)


@contextmanager
def own_tags(document: weasyprint.Document, slug: str) -> Iterator[None]:
    """Let the engine mark what it draws as we want it, and write our tree, for as long as the block runs."""
    marked, add_tags = Stream.marked, engine_pdf.add_tags
    root = root_of(document)
    marks = Marks(document, root)

    def mark(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        return marks.around(stream, box, tag)

    def write(pdf: Any, document: Any, version: Any, streams: Sequence[Any]) -> None:
        _Writer(pdf, streams, slug).write(structure(root, marks.contents(document, streams), slug))

    Stream.marked, engine_pdf.add_tags = mark, write
    try:
        yield
    finally:
        Stream.marked, engine_pdf.add_tags = marked, add_tags


class _Writer:
    """Writes a structure tree into the engine's PDF."""

    def __init__(self, pdf: Any, streams: Sequence[Any], slug: str) -> None:
        self.pdf = pdf
        self.streams = streams
        self.groups: list[Any] = []  # what is drawn together and then laid on a page, as what is half transparent
        # By the key of the page or the group in which they are drawn: the element of each mark.
        self.owners: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
        self.annotations: list[tuple[Any, bytes]] = []
        self.named: list[tuple[str, bytes]] = []

    def write(self, branches: Sequence[Node]) -> None:
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(root)
        document = pydyf.Dictionary({"Type": "/StructElem", "S": "/Document", "P": root.reference})
        self.pdf.add_object(document)
        document["K"] = pydyf.Array([self._element(branch, document) for branch in branches])
        root["K"] = pydyf.Array([document.reference])
        root["ParentTree"] = self._parent_tree()
        if self.named:
            names = [part for name, reference in sorted(self.named) for part in (pydyf.String(name), reference)]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self.pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _element(self, node: Node, parent: Any) -> bytes:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent.reference})
        self.pdf.add_object(element)
        for name, text in node.facts.items():
            element[name] = pydyf.String(text)
        if "ID" in node.facts:
            self.named.append((node.facts["ID"], element.reference))
        if node.attributes:
            element["A"] = pydyf.Array([_attributes(owner, of_it) for owner, of_it in node.attributes.items()])
        first = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if first is not None:
            element["Pg"] = self.pdf.page_references[first]
        element["K"] = pydyf.Array(
            [
                self._element(kid, element) if isinstance(kid, Node) else self._kid(kid, first, element)
                for kid in node.kids
            ]
        )
        return element.reference  # type: ignore[no-any-return]

    def _kid(self, content: Content, first: int | None, element: Any) -> Any:
        page = self.pdf.page_references[content.page]
        if content.part is Part.LINK:
            self.annotations.append((content.mark, element.reference))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": content.mark.reference, "Pg": page})
        number, stream = content.mark
        on_page = stream is self.streams[content.page]
        self.owners[content.page if on_page else self._key_of_group(stream)][number] = element.reference
        if on_page and content.page == first:
            return number
        reference = pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": number})
        if not on_page:
            reference["Stm"] = stream.reference
        return reference

    def _key_of_group(self, group: Any) -> int:
        if group not in self.groups:
            self.groups.append(group)
        return len(self.streams) + self.groups.index(group)

    def _parent_tree(self) -> Any:
        """Return by whose key pages, groups and annotations find the elements of their marks, in that order."""
        numbers: list[Any] = []
        for key in range(len(self.streams) + len(self.groups)):
            owners = self.owners[key]
            row = [owners.get(number, "null") for number in range(max(owners, default=-1) + 1)]
            numbers += [key, pydyf.Array(row)]
        for key, group in enumerate(self.groups, len(self.streams)):
            group.extra["StructParents"] = key
        for key, (annotation, element) in enumerate(self.annotations, len(self.streams) + len(self.groups)):
            annotation["StructParent"] = key
            numbers += [key, element]
        tree = pydyf.Dictionary({"Nums": pydyf.Array(numbers)})
        self.pdf.add_object(tree)
        return tree.reference


def _attributes(owner: str, found: Mapping[str, Any]) -> Any:
    written = pydyf.Dictionary({"O": f"/{owner}"})
    for name, value in found.items():
        if isinstance(value, str | int):
            written[name] = value
        else:
            written[name] = pydyf.Array([pydyf.String(one) if isinstance(one, str) else one for one in value])
    return written
