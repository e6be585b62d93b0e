"""The structure tree of a made-up issue, grown from the trees of its proofs."""

from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String


class StructureTree:
    """What screen readers walk through (ISO 32000-1, 14.7): one document element over all proofs' branches."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self.branches: list[Object] = []
        self.parents: dict[int, Object] = {}
        self.named: dict[str, Object] = {}

    def graft(self, source: pikepdf.Pdf, pages: Sequence[pikepdf.Page]) -> None:
        """Take over the tree of a proof whose pages have just been copied.

        A proof without a tree, such as one prepared for print, leaves this one as it is.
        """
        if "/StructTreeRoot" not in source.Root:
            return
        root = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        for document in root.K:
            for branch in document.K:
                branch.P = self.document
                self.branches.append(branch)
        first = max(self.parents, default=-1) + 1
        self.parents |= {int(key) + first: held for key, held in pairs(root.ParentTree.Nums)}
        known: set[tuple[int, int]] = set()
        for page in pages:
            for holder in (page.obj, *groups_on(page.obj, known)):
                if "/StructParents" in holder:
                    holder.StructParents = int(holder.StructParents) + first
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + first
        if "/IDTree" in root:
            self.named |= {str(name): element for name, element in pairs(root.IDTree.Names)}

    def move(self, source: pikepdf.Page, target: pikepdf.Page, form: Object) -> None:
        """Have all that is marked on one page be read on another, which draws it as a form (ISO 32000-1, 14.7.4.2)."""
        if "/StructParents" not in source.obj:
            return
        form.StructParents = source.obj.StructParents
        marked = self.parents[int(form.StructParents)]
        linked = [
            self.parents[int(annotation.StructParent)]
            for annotation in source.obj.get("/Annots", [])
            if "/StructParent" in annotation
        ]
        known: set[tuple[int, int]] = set()
        for element in (*marked, *linked):
            if isinstance(element, Dictionary) and element.objgen not in known:
                known.add(element.objgen)
                element.Pg = target.obj
                element.K = Array([_on_form(kid, target, form) for kid in element.K])

    def forget(self, annotation: Object) -> None:
        """Take an annotation that leaves its page out of the tree, too."""
        element = self.parents.pop(int(annotation.get("/StructParent", -1)), None)
        if element is None:
            return
        element.K = Array([kid for kid in element.K if not _refers_to(kid, annotation)])
        if not any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in element.K):
            element.S = Name.Span  # what leads nowhere is no link
        while not len(element.K):  # nor is what holds nothing
            empty, element = element, element.P
            if element.objgen == self.document.objgen:
                self.branches = [branch for branch in self.branches if branch.objgen != empty.objgen]
                return
            element.K = Array([kid for kid in element.K if not _is_same(kid, empty)])

    def add_paragraph(self, page: pikepdf.Page) -> int:
        """Add a paragraph at the end, and return the MCID by which the page is to mark its content."""
        owners = self.parents[int(page.obj.StructParents)]
        paragraph = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.P, P=self.document, Pg=page.obj, K=Array([len(owners)]))
        )
        owners.append(paragraph)
        self.branches.append(paragraph)
        return len(owners) - 1

    def finish(self) -> None:
        """Write the tree into the PDF."""
        self.document.K = Array(self.branches)
        numbers: list[Object | int] = []
        for number, held in sorted(self.parents.items()):
            numbers += [number, held]
        root = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self.document]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=Array(numbers))),
                ParentTreeNextKey=max(self.parents, default=-1) + 1,
            )
        )
        if self.named:
            names: list[Object | String] = []
            for name, element in sorted(self.named.items(), key=lambda item: bytes(String(item[0]))):
                names += [String(name), element]
            root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(names)))
        self.document.P = root
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)


def pairs(flat: Iterable[Object]) -> Iterable[tuple[Object, Object]]:
    """Return what stands in a tree of names or numbers of a PDF as pairs."""
    entries = list(flat)
    return zip(entries[::2], entries[1::2], strict=True)


def _on_form(kid: Object | int, page: pikepdf.Page, form: Object) -> Object:
    """Return what an element holds, as it is found on a page that draws it as a form."""
    if not isinstance(kid, Dictionary):
        return Dictionary(Type=Name.MCR, Pg=page.obj, Stm=form, MCID=int(kid))
    if "/Obj" in kid or ("/MCID" in kid and "/Stm" not in kid):
        kid.Pg = page.obj
    if "/MCID" in kid and "/Stm" not in kid:
        kid.Stm = form
    return kid


def _is_same(kid: Object | int, element: Object) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _refers_to(kid: Object | int, annotation: Object) -> bool:
    return isinstance(kid, Dictionary) and "/Obj" in kid and kid.Obj.objgen == annotation.objgen


def groups_on(holder: Object, known: set[tuple[int, int]]) -> Iterator[Object]:
    """Yield what is drawn apart and then laid on a page, or on another such group, as what is half transparent."""
    for drawn in holder.get("/Resources", Dictionary()).get("/XObject", Dictionary()).values():
        if drawn.get("/Subtype") == Name.Form and drawn.objgen not in known:
            known.add(drawn.objgen)
            yield drawn
            yield from groups_on(drawn, known)
