"""Excerpts of tagged PDFs: a proof comes in; of it some pages and one element of its tree are left."""

from collections.abc import Collection, Iterator

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    String,
)

from magbuild.tags import groups_on, pairs

Mark = tuple[tuple[int, int], int]  # the page or group in which it is, and its MCID


class Excerpt:
    """What an element of a structure tree holds, at any depth."""

    def __init__(self, element: Object) -> None:
        self.marks: set[Mark] = set()
        self.areas: set[tuple[int, int]] = set()
        self.elements: set[tuple[int, int]] = set()
        self._take(element)

    def _take(self, element: Object) -> None:
        self.elements.add(element.objgen)
        for kid in element.get("/K", []):
            if not isinstance(kid, Dictionary):
                self.marks.add((element.Pg.objgen, int(kid)))
            elif "/MCID" in kid:
                holder = kid.Stm if "/Stm" in kid else kid.Pg if "/Pg" in kid else element.Pg
                self.marks.add((holder.objgen, int(kid.MCID)))
            elif "/Obj" in kid:
                self.areas.add(kid.Obj.objgen)
            else:
                self._take(kid)


def cut(pdf: pikepdf.Pdf, name: str, pages: Collection[int]) -> None:
    """Leave of a tagged PDF some pages (from 0), and in its tree the element of that identifier alone.

    What else these pages show is passed over by screen readers, and its links are taken out.
    """
    root = pdf.Root.StructTreeRoot
    named = {str(key): element for key, element in pairs(root.IDTree.Names)}
    branch = named[name]
    kept = Excerpt(branch)
    (document,) = root.K
    document.K, branch.P = Array([branch]), document
    inside = {key: element for key, element in named.items() if element.objgen in kept.elements}
    root.IDTree.Names = Array([part for key, element in inside.items() for part in (String(key), element)])
    root.ParentTree.Nums = Array(list(_cut_parents(pdf, kept, pages)))
    for number in reversed(range(len(pdf.pages))):
        if number not in pages:
            del pdf.pages[number]


def _cut_parents(pdf: pikepdf.Pdf, kept: Excerpt, pages: Collection[int]) -> Iterator[Object | int]:
    """Yield keys and values of the parent tree that are left, and change the pages with what is on them."""
    parents = {int(key): held for key, held in pairs(pdf.Root.StructTreeRoot.ParentTree.Nums)}
    left: dict[int, Object] = {}
    known: set[tuple[int, int]] = set()
    for page in (page for number, page in enumerate(pdf.pages) if number in pages):
        for holder in (page.obj, *groups_on(page.obj, known)):
            if "/StructParents" in holder:
                row = parents[int(holder.StructParents)]
                owned = {mcid for mcid in range(len(row)) if (holder.objgen, mcid) in kept.marks}
                left[int(holder.StructParents)] = Array(
                    [element if mcid in owned else None for mcid, element in enumerate(row)]
                )
                _pass_over(pdf, holder, owned)
        areas = [area for area in page.obj.get("/Annots", []) if area.objgen in kept.areas]
        left |= {int(area.StructParent): parents[int(area.StructParent)] for area in areas}
        if "/Annots" in page.obj:
            page.obj.Annots = Array(areas)
    for key, held in sorted(left.items()):
        yield from (key, held)


def _pass_over(pdf: pikepdf.Pdf, holder: Object, owned: Collection[int]) -> None:
    """Turn the marked content of a page or group, but for what is owned, into artifacts."""
    content = pikepdf.Page(holder) if holder.get("/Type") == Name.Page else holder
    written: list[ContentStreamInstruction | ContentStreamInlineImage] = []
    for instruction in pikepdf.parse_content_stream(content):
        if str(instruction.operator) == "BDC" and isinstance(instruction.operands[1], Dictionary):
            mcid = instruction.operands[1].get("/MCID")
            if mcid is not None and int(mcid) not in owned:
                instruction = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
        written.append(instruction)
    data = pikepdf.unparse_content_stream(written)
    if holder.get("/Type") == Name.Page:
        holder.Contents = pdf.make_stream(data)
    else:
        holder.write(data)
