"""One structure tree over all proofs; whole trees are walked in test_makeup.py."""

import io

import pikepdf
import weasyprint

from magbuild.tags import StructureTree


def proof(body: str) -> pikepdf.Pdf:
    html = f"<html lang=en><style>@page {{ size: 60pt; margin: 5pt }}</style><title>t</title>{body}"
    return pikepdf.open(io.BytesIO(weasyprint.HTML(string=html).write_pdf(pdf_tags=True)))


def grown(*bodies: str) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    tree = StructureTree(pdf)
    for body in bodies:
        source = proof(body)
        first = len(pdf.pages)
        for page in source.pages:
            pdf.pages.append(page)
        tree.graft(source, list(pdf.pages)[first:])
    tree.finish()
    return pdf


def test_keys_of_the_parent_tree_go_on_from_proof_to_proof() -> None:
    pdf = grown("<p>a<p style='break-before:page'>b", "<p>c <a href='https://x.example/'>d</a>", "<p>e")
    numbers = [int(number) for number in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]]
    assert numbers == list(range(5))
    assert [int(page.obj.StructParents) for page in pdf.pages] == [0, 1, 2, 4]
    assert int(pdf.pages[2].obj.Annots[0].StructParent) == 3
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == 5
    assert bool(pdf.Root.MarkInfo.Marked)


def test_a_forgotten_link_leaves_no_trace() -> None:
    pdf = pikepdf.new()
    tree = StructureTree(pdf)
    with proof("<p>c <a href='https://x.example/'>d</a>") as source:
        pdf.pages.append(source.pages[0])
        tree.graft(source, list(pdf.pages))
        tree.forget(pdf.pages[0].obj.Annots[0])
        tree.finish()
    kids = [kid for element in pdf.objects if isinstance(element, pikepdf.Dictionary) for kid in element.get("/K", [])]
    assert not [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR]
    assert list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2] == [0]
