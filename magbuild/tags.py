"""The structure tree of a made-up issue, grown from the trees of its proofs."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String


class StructureTree:
    """What screen readers walk through (ISO 32000-1, 14.7): one document element over all proofs' branches."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self.branches: list[Object] = []
        self.parents: dict[int, Object] = {}

    def graft(self, source: pikepdf.Pdf, slug: str, pages: Sequence[pikepdf.Page]) -> None:
        """Take over the tree of a proof whose pages have just been copied; identifiers get the slug in front.

        A proof without a tree, such as one prepared for print, leaves this one as it is.
        """
        if "/StructTreeRoot" not in source.Root:
            return
        _rename_heads(source, slug)
        root = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        for document in root.K:
            for branch in document.K:
                branch.P = self.document
                self.branches.append(branch)
        first = max(self.parents, default=-1) + 1
        entries = list(root.ParentTree.Nums)
        for number, parents in zip(entries[::2], entries[1::2], strict=True):
            self.parents[int(number) + first] = parents
        for page in pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + first
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + first

    def forget(self, annotation: Object) -> None:
        """Take an annotation that leaves its page out of the tree, too."""
        element = self.parents.pop(int(annotation.get("/StructParent", -1)), None)
        if element is not None:
            kept = [kid for kid in element.K if not _refers_to(kid, annotation)]
            element.K = Array(kept)

    def finish(self) -> None:
        """Write the tree into the PDF."""
        self.document.K = Array(self.branches)
        numbers: list[Object | int] = []
        for number, parents in sorted(self.parents.items()):
            numbers += [number, parents]
        root = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self.document]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=Array(numbers))),
                ParentTreeNextKey=max(self.parents, default=-1) + 1,
            )
        )
        self.document.P = root
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)


def _refers_to(kid: Object | int, annotation: Object) -> bool:
    return isinstance(kid, Dictionary) and "/Obj" in kid and kid.Obj.objgen == annotation.objgen


def _rename_heads(proof: pikepdf.Pdf, slug: str) -> None:
    """Give heads of tables identifiers of their own: the engine numbers them anew in every proof."""
    for element in proof.objects:
        if not isinstance(element, Dictionary) or element.get("/Type") != Name.StructElem:
            continue
        if "/ID" in element:
            element.ID = String(f"{slug}--{element.ID}")
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(f"{slug}--{header}") for header in attributes.Headers])
