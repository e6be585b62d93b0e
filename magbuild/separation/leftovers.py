"""What a PDF holds beside its pages' drawings: what of it goes, and what is separated too."""

from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from magbuild.inks import Ink
from magbuild.separation.content import Content
from magbuild.separation.functions import numbers
from magbuild.separation.names import entries
from magbuild.separation.packing import emptied
from magbuild.separation.resources import Named
from magbuild.separation.streams import strip
from magbuild.separation.tables import row

if TYPE_CHECKING:
    from magbuild.separation.work import Work

_CATALOG = ("/OutputIntents", "/AcroForm", "/PieceInfo", "/SpiderInfo", "/Threads")
_NAMED = ("/AP", "/Pages", "/Templates")  # appearances and hidden pages
_PAGE = frozenset(
    (
        *("/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit"),
        *("/Contents", "/Resources", "/Group", "/Annots", "/StructParents", "/Tabs", "/AA"),
    )
)
_OF_SCREENS = frozenset({"/DeviceRGB", "/CalRGB", "/CalGray", "/Lab", "/ICCBased"})
_DEEPEST = 20  # objects, one directly in another
_APPEARANCES = ("/N", "/R", "/D")


def is_for_a_press(pdf: pikepdf.Pdf) -> bool:
    """Whether a PDF was made for printing in CMYK: then its greys are black ink, not lightness."""
    for intent in _listed(pdf.Root.get("/OutputIntents")):
        if not isinstance(intent, Dictionary) or intent.get("/S") != Name.GTS_PDFX:
            continue
        profile = intent.get("/DestOutputProfile")
        if not isinstance(profile, Stream) or int(profile.get("/N", 4)) == 4:
            return True
    return False


def names_screen_colours(pdf: pikepdf.Pdf) -> bool:
    """Whether a colour space of screens stands anywhere in a PDF, used or not, but for operators like `rg`."""
    return any(_names_one(thing, 0) for thing in pdf.objects)


def _names_one(thing: Object, depth: int) -> bool:
    """Whether an object, with what it holds itself and doesn't point at, names such a space."""
    if depth > _DEEPEST:
        return False
    held: list[Any]  # numbers are plain ones
    if isinstance(thing, Array):
        held = list(thing)
        if held and isinstance(held[0], Name) and str(held[0]) in _OF_SCREENS:
            return True
    elif isinstance(thing, Dictionary | Stream):
        held = list(thing.values())
    else:
        return isinstance(thing, Name) and str(thing) in _OF_SCREENS
    own = (inner for inner in held if isinstance(inner, Object))
    return any(_names_one(inner, depth + 1) for inner in own if not inner.is_indirect)


def clear(pdf: pikepdf.Pdf) -> None:
    """Take out what doesn't belong to the drawings of the pages and could hold other colours."""
    for key in _CATALOG:
        if key in pdf.Root:
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        for key in _NAMED:
            if key in names:
                del names[key]
    for page in pdf.pages:
        for key in entries(page.obj):
            if key not in _PAGE:
                del page.obj[key]


def annotations(work: "Work", page: pikepdf.Page) -> None:
    """Separate the appearances of a page's annotations, and the colours of their frames."""
    for note in _listed(page.obj.get("/Annots")):
        if not isinstance(note, Dictionary):
            continue
        for key in ("/C", "/IC"):
            _frame(work, note, key)
        looks = note.get("/MK")
        if isinstance(looks, Dictionary):
            for key in ("/BC", "/BG"):
                _frame(work, looks, key)
            for key in ("/I", "/RI", "/IX"):
                if key in looks:
                    del looks[key]
        for key in ("/DA", "/DS", "/RC"):  # colours of type that a reader would set itself
            if key in note:
                del note[key]
        shown = note.get("/AP")
        if isinstance(shown, Dictionary):
            _appearances(work, shown)


def _frame(work: "Work", holder: Object, key: str) -> None:
    colour = holder.get(key)
    if isinstance(colour, Array) and len(colour) in (1, 3):
        values = numbers(colour).tolist()
        ink: Ink = work.inks.of_grey(values[0]) if len(values) == 1 else work.inks.of_rgb(*values)
        holder[key] = row(ink.process)


def _appearances(work: "Work", shown: Object) -> None:
    for key in _APPEARANCES:
        found = shown.get(key)
        streams = list(entries(found).values()) if isinstance(found, Dictionary) else [found]
        for stream in streams:
            if isinstance(stream, Stream):
                content = Content(work, work.beginning(), Named(None))
                work.streams.converted(stream, None, content.state, mask=False, fresh=True)


def _listed(found: Object | None) -> list[Object]:
    return list(found) if isinstance(found, Array) else []


def empty(work: "Work") -> None:
    """Empty all streams that draw and that no page has drawn: something else may still lead to them."""
    done = work.streams.all_done() | {use.image.objgen for use in work.uses.values()}
    masks = {
        mask.objgen
        for use in work.uses.values()
        for mask in (use.image.get("/SMask"), use.image.get("/Mask"))
        if isinstance(mask, Stream)
    }
    tree = set()
    for thing in work.pdf.objects:
        if isinstance(thing, Dictionary) and not isinstance(thing, Stream) and thing.get("/Type") == Name.Pages:
            tree.add(thing.objgen)
            if "/Resources" in thing:
                del thing["/Resources"]
        if not isinstance(thing, Stream) or thing.objgen in done or thing.objgen in masks:
            continue
        kind = thing.get("/Subtype")
        if kind == Name.Image:
            emptied(thing)
        elif kind in (Name.Form, Name.PS) or "/PatternType" in thing:
            thing.write(b"")
            strip(thing)
            thing.Resources = Dictionary()
            if "/Group" in thing:
                del thing["/Group"]
