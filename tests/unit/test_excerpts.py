"""Some pages and one element of a proof; whole stories are in test_story_pdf."""

import io

import pikepdf

from magbuild.excerpts import Excerpt, cut
from magbuild.paginate import paginate
from tests.kit_galleys import small_galley
from tests.kit_pages import check_structure
from tests.kit_reading import outline_of

TWO = (
    '<article id="a"><p>one</p><table><tr><th scope=row>x</th><td>1</td></tr></table></article>'
    '<article id="b"><p>two</p><div role="doc-footnote" id="b--note-1"><p>n</p></div>'
    '<p style="break-before: page">three</p></article>'
)


def proof() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paginate(small_galley("a", TWO, stories=("a", "b"))).pdf))


def names(pdf: pikepdf.Pdf) -> list[str]:
    return [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]


def test_one_element_is_left_with_its_pages_and_identifiers() -> None:
    with proof() as pdf:
        assert names(pdf) == ["a", "a--table--1-0-0", "b", "b--note-1"]
        cut(pdf, "b", [0, 1])
        check_structure(pdf)
        assert names(pdf) == ["b", "b--note-1"]
        assert outline_of(pdf) == 'Art\n  P\n    "two"\n  Note\n    P\n      "n"\n  P\n    "three"'


def test_pages_that_are_not_wanted_go() -> None:
    with proof() as pdf:
        cut(pdf, "a", [0])
        check_structure(pdf)
        assert len(pdf.pages) == 1
        assert "two" not in outline_of(pdf)


def test_what_an_element_holds() -> None:
    with proof() as pdf:
        named = list(pdf.Root.StructTreeRoot.IDTree.Names)
        held = Excerpt(named[5])
        assert {page for page, _ in held.marks} == {page.obj.objgen for page in pdf.pages}
        assert len(held.marks) == 3
        assert held.areas == set()
