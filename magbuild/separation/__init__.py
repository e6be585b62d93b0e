"""A PDF in colours of screens comes in; the same in the inks of a press comes out."""

from collections.abc import Mapping
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Object

from magbuild.inks import Inks
from magbuild.separation import leftovers
from magbuild.separation.content import Content
from magbuild.separation.leftovers import names_screen_colours
from magbuild.separation.names import shown
from magbuild.separation.packing import emptied
from magbuild.separation.pictures import Pictures, Use
from magbuild.separation.resources import Named
from magbuild.separation.unseparated import CantSeparate, Unseparated
from magbuild.separation.work import Work

__all__ = ["Unseparated", "names_screen_colours", "separate"]

_DEEPEST = 50  # nodes of the page tree, one within another


def separate(
    pdf: pikepdf.Pdf, inks: Inks, *, originals: Mapping[str, Path], ppi: float, line_ppi: float
) -> tuple[Unseparated, ...]:
    """Bring all colours of a PDF into inks, in place; return what couldn't be, or looks different.

    Colours become DeviceCMYK, or plates of their own where they are spot inks; only pictures that are black alone
    are DeviceGray, as soft masks are. Gradients stay gradients, in inks. Small black type and thin black lines
    overprint. `originals` are the files that pictures came from, by the names of their resources without the last
    digit. Pictures with clearly more than `ppi` pixels per inch at the largest size they are drawn at, those of one
    bit with more than `line_ppi`, are brought down to it; 0 leaves them alone.

    The PDF keeps only what its pages draw; forms to fill in, thumbnails, output intents and what programs have left
    for themselves are taken out. The same PDF gives the same objects, in the same order.
    """
    work = Work(pdf, inks, originals, as_black=leftovers.is_for_a_press(pdf))
    leftovers.clear(pdf)
    for number, page in enumerate(pdf.pages, 1):
        work.page = number
        _page(work, page)
        leftovers.annotations(work, page)
    pictures = Pictures(pdf, inks, work.reader, ppi, line_ppi)
    for use in work.uses.values():
        work.page = use.page
        _picture(work, pictures, use)
    leftovers.empty(work)
    return tuple(work.problems)


def _page(work: Work, page: pikepdf.Page) -> None:
    resources = _inherited(page.obj, "/Resources")
    unit = float(page.obj.get("/UserUnit", 1))
    content = Content(work, work.beginning((unit, 0.0, 0.0, unit)), Named(resources))
    try:
        data = content.read(work.parsed(page))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        work.report("the page", "its code can't be read" + (f": {error}" if str(error) else ""))
        data = b""
    beginning = pikepdf.unparse_content_stream(content.colouring.begin(content.begun))
    page.obj.Contents = work.pdf.make_stream(beginning + b"\n" + data if beginning else data)
    page.obj.Resources = content.needed.made()
    if content.seen.transparent or "/Group" in page.obj:
        # Viewers blend in these colours; without the group some take those of the screen.
        page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)


def _inherited(page: Object, key: str) -> Object | None:
    node: Object | None = page
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _picture(work: Work, pictures: Pictures, use: Use) -> None:

    try:
        remark = pictures.convert(use)
    except CantSeparate as error:
        remark, lost = str(error), True
    except (pikepdf.PdfError, ArithmeticError, AttributeError, KeyError, IndexError, TypeError, ValueError, OSError):
        remark, lost = "it is broken", True
    else:
        lost = False
    if remark:
        work.report(f"the picture '{shown(use.name)}'", remark, lost=lost)
    if lost:
        emptied(use.image)
