"""Small PDFs made by hand, and PDFs looked at as letters, words, links and structure."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from magbuild.measure import MM_PER_INCH, POINTS_PER_INCH

MM = POINTS_PER_INCH / MM_PER_INCH

# The colours of drawn pages, named by letters.
INKS: Mapping[str, tuple[int, int, int]] = {
    "_": (255, 255, 255),
    "K": (0, 0, 0),
    "R": (255, 0, 0),
    "G": (0, 255, 0),
    "B": (0, 0, 255),
    "Y": (255, 255, 0),
    "D": (85, 85, 85),  # dark grey
    "L": (170, 170, 170),  # light grey
}

Box = tuple[float, float, float, float]


def box(page: pikepdf.Page, name: str) -> Box:
    """Return a box of a page in pt, rounded to a thousandth."""
    left, bottom, right, top = (round(float(value), 3) for value in page.obj[f"/{name}"])
    return left, bottom, right, top


def approx_box(found: Box, *expected: float, within: float = 0.01) -> bool:
    """Whether a box is where it is expected, to a hundredth of a point."""
    return all(abs(one - other) <= within for one, other in zip(found, expected, strict=True))


# --- Made by hand ---


def small_pdf(
    *contents: str,
    media: Box = (0, 0, 100, 100),
    images: Mapping[str, tuple[str, tuple[int, int], bytes]] | None = None,
    boxes: Mapping[str, Box] | None = None,
) -> bytes:
    """Return a PDF with one page for each content stream; `images` are (mode, size, bytes) by name."""
    with pikepdf.new() as pdf:
        pictures = Dictionary()
        for name, (mode, size, data) in (images or {}).items():
            pictures[f"/{name}"] = raw_image(pdf, mode, size, data)
        for content in contents:
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array(list(media)),
                Resources=Dictionary(XObject=pictures),
                Contents=pdf.make_stream(content.encode()),
            )
            for name, edges in (boxes or {}).items():
                page[f"/{name}"] = Array(list(edges))
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        packed = io.BytesIO()
        pdf.save(packed, deterministic_id=True)
    return packed.getvalue()


def raw_image(pdf: pikepdf.Pdf, mode: str, size: tuple[int, int], data: bytes) -> pikepdf.Stream:
    """Return an uncompressed 8-bit picture as an object of `pdf`; `mode` is Pillow's ("RGB", "L", "CMYK")."""
    space = {"RGB": Name.DeviceRGB, "L": Name.DeviceGray, "CMYK": Name.DeviceCMYK}[mode]
    return pdf.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=space,
        BitsPerComponent=8,
    )


# --- Drawn in letters ---


def letters(pdf: bytes, columns: int, page: int = 0) -> str:
    """Return a page, from edge to edge of its MediaBox, as rows of letters: the colours amid square cells."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        scale = 8 * columns / sheet.get_width()
        drawn: Image.Image = sheet.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    finally:
        document.close()
    side = drawn.width / columns
    rows = round(drawn.height / side)
    return "\n".join(
        "".join(
            _letter(drawn.getpixel((int((column + 0.5) * side), min(int((row + 0.5) * side), drawn.height - 1))))
            for column in range(columns)
        )
        for row in range(rows)
    )


def _letter(colour: Any) -> str:
    def distance(ink: str) -> int:
        return sum(abs(one - other) for one, other in zip(INKS[ink], colour, strict=True))

    nearest = min(INKS, key=distance)
    return nearest if distance(nearest) < 60 else "?"


def assert_pixels(pdf: bytes, expected: str, page: int = 0) -> None:
    """Compare a page with a drawing in letters, as wide as the drawing."""
    wanted = "\n".join(line.strip() for line in expected.strip().splitlines())
    drawn = letters(pdf, len(wanted.splitlines()[0]), page)
    assert drawn == wanted, f"drawn:\n{drawn}\nexpected:\n{wanted}"


def extent(pdf: bytes, page: int, letter: str) -> Box:
    """Return the left, top, right and bottom edge of a colour, in mm from the left and top edge of the trim.

    Measured on a drawing with 20 pixels to the millimetre, so to a twentieth of a millimetre.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        drawn = sheet.render(scale=20 / MM, may_draw_forms=False).to_numpy()[:, :, ::-1].astype(int)
        media, trim = sheet.get_mediabox(), sheet.get_trimbox()
    finally:
        document.close()
    inked = (abs(drawn - INKS[letter]).sum(axis=2) < 60).nonzero()
    left, top = (trim[0] - media[0]) / MM, (media[3] - trim[3]) / MM
    across, down = inked[1], inked[0]
    return (
        across.min() / 20 - left,
        down.min() / 20 - top,
        (across.max() + 1) / 20 - left,
        (down.max() + 1) / 20 - top,
    )


# --- Read ---


def texts(pdf: bytes) -> list[str]:
    """Return the text of every page, as a reader would copy it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def fonts(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """Return every font of a PDF by name without its subset tag, and whether its program is embedded."""
    found: dict[str, bool] = {}
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == Name.Font:
            for descendant in thing.get("/DescendantFonts", [thing]):
                descriptor = descendant.get("/FontDescriptor", Dictionary())
                embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                name = str(thing.get("/BaseFont", "/Type3")).removeprefix("/")
                found[name.partition("+")[2] or name] = embedded
    return found


def annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the annotations of a page."""
    return list(page.obj.get("/Annots", []))


def destinations(pdf: pikepdf.Pdf) -> dict[str, tuple[int, list[float | str | None]]]:
    """Return the named destinations: the number of the page, and what follows it in the array."""
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
    entries = list(names)
    return {str(name): destination(pdf, target) for name, target in zip(entries[::2], entries[1::2], strict=True)}


def destination(pdf: pikepdf.Pdf, target: Any) -> tuple[int, list[float | str | None]]:
    """Return the page number (from 1) that a destination array names, and the rest of the array."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    view: list[float | str | None] = []
    for value in list(target)[1:]:
        if value is None:
            view.append(None)
        elif isinstance(value, pikepdf.Object):
            view.append(str(value))
        else:
            view.append(round(float(value), 2))
    return numbers[target[0].objgen], view


def outline(pdf: pikepdf.Pdf) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Return the outline: titles and page numbers, with those below each."""
    with pdf.open_outline() as opened:
        return [
            (item.title, _page_of(pdf, item), [(child.title, _page_of(pdf, child)) for child in item.children])
            for item in opened.root
        ]


def _page_of(pdf: pikepdf.Pdf, item: pikepdf.OutlineItem) -> int:
    return destination(pdf, item.destination)[0]


def placed_forms(page: pikepdf.Page) -> Iterator[tuple[pikepdf.Object, pikepdf.Matrix]]:
    """Yield the forms that a page draws, with the coordinate system each is drawn in."""
    matrix, saved = pikepdf.Matrix(), []
    named = page.obj.Resources.get("/XObject", pikepdf.Dictionary())
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(matrix)
        elif operator == "Q":
            matrix = saved.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*(float(value) for value in instruction.operands)) @ matrix
        else:
            drawn = named[str(instruction.operands[0])]
            if drawn.Subtype == Name.Form:
                yield drawn, matrix


# --- The structure tree ---


def drawn_streams(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Yield the pages, and the forms that are drawn on them or on one another, with their resources."""
    known: set[tuple[int, int]] = set()
    waiting: list[pikepdf.Object] = [page.obj for page in pdf.pages]
    while waiting:
        holder = waiting.pop()
        resources = holder.get("/Resources", Dictionary())
        yield holder, resources
        for drawn in resources.get("/XObject", Dictionary()).values():
            if drawn.get("/Subtype") == Name.Form and key_of(drawn) not in known:
                known.add(key_of(drawn))
                waiting.append(drawn)


def marked(page: pikepdf.Page | pikepdf.Object) -> list[int]:
    """Return the MCIDs of the own content of a page or a form, in order."""
    found = []
    for instruction in pikepdf.parse_content_stream(page, "BDC"):
        properties = instruction.operands[1]
        if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
            found.append(int(properties.MCID))
    return found


def elements(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every element of a structure tree, in logical order, the root left out."""
    for kid in kids(root):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kids(element: pikepdf.Object) -> Sequence[Any]:
    """Return what an element holds, as a list."""
    held = element.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def check_structure(pdf: pikepdf.Pdf) -> None:
    """Walk the whole structure tree and assert that pages, annotations and elements know each other.

    Every MCID of every page is owned by exactly one element, which the parent tree names for it; every
    annotation with a StructParent is held by the element that the parent tree names; parents are right.
    """
    root = pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys)), "the parent tree's keys are not in order, or not single"
    if "/ParentTreeNextKey" in root:
        assert all(key < int(root.ParentTreeNextKey) for key in keys)
    parents = dict(zip(keys, numbers[1::2], strict=True))

    owners: dict[tuple[tuple[int, int], int], tuple[int, int]] = {}
    held_annotations: dict[tuple[int, int], tuple[int, int]] = {}
    _walk(root, root, owners, held_annotations)

    used: set[int] = set()
    for drawn, _ in drawn_streams(pdf):
        identifiers = marked(pikepdf.Page(drawn) if drawn.get("/Type") == Name.Page else drawn)
        assert len(identifiers) == len(set(identifiers)), "an MCID stands twice on one page"
        if identifiers:
            key = int(drawn.StructParents)
            assert key not in used, "two pages share a key of the parent tree"
            used.add(key)
            row = list(parents[key])
            for mcid in identifiers:
                assert owners.pop((key_of(drawn), mcid)) == row[mcid].objgen, f"MCID {mcid} has another parent"
        elif "/StructParents" in drawn:
            used.add(int(drawn.StructParents))
    for page in pdf.pages:
        for annotation in annotations(page):
            if "/StructParent" in annotation:
                key = int(annotation.StructParent)
                assert key not in used, "an annotation shares a key of the parent tree"
                used.add(key)
                assert parents[key].objgen == held_annotations.pop(annotation.objgen)
    assert owners == {}, "elements hold content that is on no page"
    assert held_annotations == {}, "elements hold annotations that are on no page"
    assert used == set(keys), "the parent tree has keys that nothing uses"


def _walk(
    element: pikepdf.Object,
    root: pikepdf.Object,
    owners: dict[tuple[tuple[int, int], int], tuple[int, int]],
    held_annotations: dict[tuple[int, int], tuple[int, int]],
) -> None:
    for kid in kids(element):
        if isinstance(kid, int):
            _own(owners, (key_of(element.Pg), kid), element)
        elif kid.get("/Type") == Name.MCR:
            drawn = kid.get("/Stm", kid.get("/Pg", element.get("/Pg")))
            _own(owners, (key_of(drawn), int(kid.MCID)), element)
        elif kid.get("/Type") == Name.OBJR:
            assert kid.Obj.objgen not in held_annotations, "two elements hold one annotation"
            held_annotations[kid.Obj.objgen] = element.objgen
        else:
            assert kid.P.objgen == element.objgen, f"{kid.S} has another parent than the element that holds it"
            _walk(kid, root, owners, held_annotations)


def key_of(thing: Any) -> tuple[int, int]:
    """Return by what an object is known in its file."""
    number, generation = thing.objgen
    return number, generation


def _own(
    owners: dict[tuple[tuple[int, int], int], tuple[int, int]],
    mark: tuple[tuple[int, int], int],
    element: pikepdf.Object,
) -> None:
    assert mark not in owners, f"MCID {mark[1]} is owned twice"
    owners[mark] = element.objgen
