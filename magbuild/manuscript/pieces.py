"""The blocks of a manuscript in their final form: pull quotes, sidebars, verse, interviews and fillers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from magbuild.language import Language
from magbuild.manuscript.blockheads import BlockHead, BlockKind
from magbuild.manuscript.blocks import BLOCK
from magbuild.manuscript.figures import chosen, make_figure, number_figures, width_of
from magbuild.manuscript.interviews import make_interview
from magbuild.manuscript.lines import read_option
from magbuild.manuscript.reading import Reading
from magbuild.manuscript.trees import add_class, move_inside, parents, text_of, unwrap
from magbuild.manuscript.verse import make_verse

_BOXES: Final = (BlockKind.SIDEBAR, BlockKind.FILLER)
# How wide a pull quote is and how a box is made; the first unless it is said.
_QUOTES: Final = ("column", "page")
_FORMS_OF_BOXES: Final = ("tinted", "ruled", "page")
# A last paragraph that begins with one of these says whose words a pull quote has.
_DASHES: Final = ("--", "\u2013", "\u2014")


def finish_blocks(body: Element, heads: Sequence[BlockHead], reading: Reading) -> None:
    """Turn every block into its final form, inner ones first."""
    above = parents(body)
    boxes = sum(head.kind in _BOXES for head in heads)
    for block in reversed(list(body.iter(BLOCK))):
        head = heads[int(block.get("number", "0"))]
        block.attrib.clear()
        if head.kind in _BOXES:
            _make_box(block, head, boxes, reading)
            boxes -= 1
        elif head.kind is BlockKind.UNKNOWN:
            if head.title:
                block.insert(0, _paragraph("", head, reading))
            unwrap(above[block], block)
        else:
            _FORMS[head.kind](block, head, reading)
    number_figures(body)


def _make_pullquote(block: Element, head: BlockHead, reading: Reading) -> None:
    """Hide a pull quote from those who hear the story: it repeats it; so nothing in it can be followed."""
    block.tag = "aside"
    width = width_of(head, _QUOTES, reading)
    block.attrib.update({"class": "pullquote" if width == _QUOTES[0] else f"pullquote {width}", "aria-hidden": "true"})
    for element in block.iter():
        if element.tag == "a":
            element.tag = "span"
            for name in ("href", "class"):
                element.attrib.pop(name, None)
        element.attrib.pop("id", None)
    last = block[-1] if len(block) > 1 else None
    if last is not None and last.tag == "p" and text_of(last).lstrip().startswith(_DASHES):
        add_class(last, "attribution")
    if head.title:
        block.append(_paragraph("attribution", head, reading))


def _paragraph(name: str, head: BlockHead, reading: Reading) -> Element:
    """Return what stands behind the bar as a paragraph."""
    paragraph = Element("p", {"class": name} if name else {})
    if head.title:
        move_inside(read_option(head.title, reading), paragraph)
    return paragraph


def _make_box(block: Element, head: BlockHead, number: int, reading: Reading) -> None:
    """Frame a sidebar or a filler; every box has a name, its title or the word for what it is."""
    block.tag = "aside"
    form = chosen(head, "form", _FORMS_OF_BOXES, lambda at, message, hint: reading.error(at, "bad-form", message, hint))
    block.set("class", str(head.kind) if form == _FORMS_OF_BOXES[0] else f"{head.kind} {form}")
    if head.title is None:
        block.set("aria-label", Language(code=reading.language).say("sidebar"))
        return
    title = Element("h3", {"class": "sidebar-title"})
    move_inside(read_option(head.title, reading), title)
    if reading.slug:
        name = reading.anchor(f"box-{number}")
        title.set("id", name)
        block.set("aria-labelledby", name)
    block.insert(0, title)


def _make_verse(block: Element, head: BlockHead, reading: Reading) -> None:
    make_verse(block)
    if head.title:
        block.append(_paragraph("attribution", head, reading))


def _make_interview(block: Element, head: BlockHead, reading: Reading) -> None:
    make_interview(block)


_FORMS: Final[Mapping[BlockKind, Callable[[Element, BlockHead, Reading], None]]] = {
    BlockKind.PULLQUOTE: _make_pullquote,
    BlockKind.FIGURE: make_figure,
    BlockKind.VERSE: _make_verse,
    BlockKind.INTERVIEW: _make_interview,
}
