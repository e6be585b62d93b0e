"""Tagged PDFs as screen readers take them: the structure tree with its text, and what keeps it from being read well."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.kit_pages import annotations, drawn_streams, elements, key_of, kids

Marks = Mapping[tuple[tuple[int, int], int], str]  # by page or group, and MCID

_PAINTING = frozenset({"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do"})


# --- Text ---


def outline_of(pdf: pikepdf.Pdf) -> str:
    """Return the structure tree as an indented outline: types, facts in brackets, text in quotes.

    Only the first Document is left out. What has ActualText says that and not what is drawn.
    """
    (document,) = kids(pdf.Root.StructTreeRoot)
    marks = texts_of_marks(pdf)
    return "\n".join(line for kid in kids(document) for line in _lines(kid, document, marks, ""))


def _lines(kid: Any, holder: pikepdf.Object, marks: Marks, indent: str) -> Iterator[str]:
    if isinstance(kid, Dictionary) and "/S" in kid:
        facts = [f"{key[1:]}={kid[key]}" for key in ("/Lang", "/Alt", "/E") if key in kid]
        yield " ".join([indent + str(kid.S)[1:], *(f"[{fact}]" for fact in facts)])
        for run in _runs(kid):
            if isinstance(run, list):
                text = "".join(marks.get(mark, "<picture>") for mark in run)
                yield f'{indent}  "{" ".join(text.split())}"'
            else:
                yield from _lines(run, kid, marks, indent + "  ")
    else:
        yield f"{indent}(link)"


def _runs(element: pikepdf.Object) -> Iterator[Any]:
    """Yield an element's kids, its own marks next to each other together."""
    marks: list[tuple[tuple[int, int], int]] = []
    for kid in kids(element):
        mark = _mark(kid, element)
        if mark is not None:
            marks.append(mark)
            continue
        if marks:
            yield marks
            marks = []
        yield kid
    if marks:
        yield marks


def _mark(kid: Any, element: pikepdf.Object) -> tuple[tuple[int, int], int] | None:
    """Return where a kid that is content lies, and its MCID there."""
    if isinstance(kid, int):
        return key_of(element.Pg), kid
    if kid.get("/Type") == Name.MCR:
        holder = kid.get("/Stm", kid.get("/Pg", element.get("/Pg")))
        return key_of(holder), int(kid.MCID)
    return None


def text_of(element: pikepdf.Object, marks: Marks) -> str:
    """Return all text in an element, in the order of reading; its lines end with spaces."""
    if "/ActualText" in element:
        return str(element.ActualText)
    said = []
    for kid in kids(element):
        mark = _mark(kid, element)
        if mark is not None:
            said.append(marks.get(mark, ""))
        elif isinstance(kid, Dictionary) and "/S" in kid:
            said.append(text_of(kid, marks))
    return "".join(said)


def texts_of_marks(pdf: pikepdf.Pdf) -> Marks:
    """Return what is written in each piece of marked content of each page and group."""
    found: dict[tuple[tuple[int, int], int], str] = {}
    for holder, _ in drawn_streams(pdf):
        for mcid, text in _texts(holder, None):
            if mcid is not None:
                found[key_of(holder), mcid] = found.get((key_of(holder), mcid), "") + text
    return found


def _texts(holder: pikepdf.Object, around: int | None) -> Iterator[tuple[int | None, str]]:
    """Yield runs of text of a page or a form with the MCID that each has, `around` where it has none of its own."""
    resources = holder.get("/Resources", Dictionary())
    fonts = {name: _letters(font) for name, font in resources.get("/Font", Dictionary()).items()}
    letters: Mapping[int, str] = {}
    open_marks: list[tuple[int | None, str | None]] = [(around, None)]
    for instruction in pikepdf.parse_content_stream(pikepdf.Page(holder) if "/Parent" in holder else holder):
        operator, operands = str(instruction.operator), instruction.operands
        mcid = open_marks[-1][0]
        if operator in ("BMC", "BDC"):
            properties = operands[1] if operator == "BDC" and isinstance(operands[1], Dictionary) else Dictionary()
            said = str(properties.ActualText) if "/ActualText" in properties else None
            open_marks.append((int(properties.MCID) if "/MCID" in properties else mcid, said))
            if said is not None:
                yield open_marks[-1][0], said
        elif operator == "EMC":
            open_marks.pop()
        elif operator == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif operator == "TJ" and all(said is None for _, said in open_marks):
            yield mcid, "".join(_shown(operands[0], letters))
        elif operator == "Do" and mcid is not None:
            drawn = resources.XObject[str(operands[0])]
            if drawn.Subtype == Name.Form and "/StructParents" not in drawn:
                yield from _texts(drawn, mcid)


def _shown(parts: Any, letters: Mapping[int, str]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            for high, low in zip(codes[::2], codes[1::2], strict=True):
                yield letters.get(256 * high + low, "\ufffd")


def _letters(font: pikepdf.Object) -> Mapping[int, str]:
    pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


# --- What keeps a file from being read well ---

_STANDARD = frozenset(
    [
        *("Document", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "P", "H1", "H2", "H3", "H4", "H5"),
        *(
            "H6",
            "L",
            "LI",
            "Lbl",
            "LBody",
            "Table",
            "TR",
            "TH",
            "TD",
            "THead",
            "TBody",
            "TFoot",
            "Span",
            "Quote",
            "Note",
        ),
        *("Reference", "Code", "Link", "Figure", "Formula"),
    ]
)
_MAY_STAND_IN = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}


def faults_of(pdf: pikepdf.Pdf) -> list[str]:
    """Return what our own checks find against PDF/UA-1 and PDF/A-2a: nothing in a file that we may claim them for."""
    return [*_faults_of_file(pdf), *_faults_of_tree(pdf), *_faults_of_content(pdf), *_faults_of_things(pdf)]


def _faults_of_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    xmp = root.Metadata.read_bytes() if "/Metadata" in root else b""
    for claim in (
        b"<pdfuaid:part>1<",
        b"<pdfaid:part>2<",
        b"<pdfaid:conformance>A<",
        b"<dc:title",
        b"pdfaExtension:schemas",
    ):
        if claim not in xmp:
            yield f"XMP has no {claim.decode()}"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle"):
        yield "the title is not shown"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "not tagged"
    if [str(intent.S) for intent in root.get("/OutputIntents", Array())] != ["/GTS_PDFA1"]:
        yield "no output intent of PDF/A"
    if "/ID" not in pdf.trailer:
        yield "no file identifier"
    with pdf.open_metadata() as metadata:
        if str(metadata["dc:title"]) != str(pdf.docinfo.Title):
            yield "Info and XMP have different titles"


def _faults_of_tree(pdf: pikepdf.Pdf) -> Iterator[str]:
    notes: list[str] = []
    level = 0
    root = pdf.Root.StructTreeRoot
    parents = {
        key_of(kid): str(one.get("/S", "/Root"))[1:] for one in (root, *elements(root)) for kid in _elements_in(one)
    }
    for element in elements(root):
        kind, parent = str(element.S)[1:], parents[key_of(element)]
        if kind not in _STANDARD:
            yield f"{kind} is not a standard type"
        if parent not in _MAY_STAND_IN.get(kind, {parent}):
            yield f"{kind} in {parent}"
        if not kids(element) and kind not in ("TD", "TH"):
            yield f"an empty {kind}"
        if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")):
            yield f"a {kind} without Alt"
        if kind == "Note":
            notes.append(str(element.get("/ID", "")))
        if kind == "TH" and not any("/Scope" in attributes for attributes in element.get("/A", Array())):
            yield "a TH without Scope"
        if kind == "Link" and not any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in kids(element)):
            yield "a Link that leads nowhere"
        if re.fullmatch("H[1-6]", kind):
            if int(kind[1]) > level + 1:
                yield f"H{level} is followed by {kind}"
            level = int(kind[1])
    if "" in notes or len(notes) != len(set(notes)):
        yield "a Note without an identifier of its own"


def _elements_in(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in kids(element) if isinstance(kid, Dictionary) and "/S" in kid]


def _faults_of_content(pdf: pikepdf.Pdf) -> Iterator[str]:
    tagged_forms = {key_of(drawn) for drawn, _ in drawn_streams(pdf) if "/StructParents" in drawn}
    numbers = {key_of(page.obj): number for number, page in enumerate(pdf.pages, 1)}
    for number, page in enumerate(pdf.pages, 1):
        yield from _faults_of_marks(page, page.obj.get("/Resources", Dictionary()), f"page {number}", tagged_forms)
    for drawn, resources in drawn_streams(pdf):
        if key_of(drawn) in tagged_forms and key_of(drawn) not in numbers:
            yield from _faults_of_marks(drawn, resources, "a group", tagged_forms)


def _faults_of_marks(
    content: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, where: str, tagged_forms: set[tuple[int, int]]
) -> Iterator[str]:
    stack: list[tuple[str, bool]] = []
    for instruction in pikepdf.parse_content_stream(content):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("BMC", "BDC"):
            has_mark = operator == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]
            artifact = operands[0] == Name.Artifact
            if artifact and any(mark for _, mark in stack):
                yield f"{where}: an artifact within content"
            if has_mark and any(tag == "/Artifact" for tag, _ in stack):
                yield f"{where}: content within an artifact"
            stack.append((str(operands[0]), has_mark))
        elif operator == "EMC":
            stack.pop()
        elif operator in _PAINTING and not any(tag == "/Artifact" or mark for tag, mark in stack):
            drawn = resources.XObject[str(operands[0])] if operator == "Do" else None
            if drawn is None or key_of(drawn) not in tagged_forms:
                yield f"{where}: {operator} is neither content nor artifact"


def _faults_of_things(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        for annotation in annotations(page):
            if page.obj.get("/Tabs") != Name.S:
                yield f"page {number}: tabs don't follow the structure"
            if not str(annotation.get("/Contents", "")):
                yield f"page {number}: a link without a description"
            if int(annotation.get("/F", 0)) != 4:
                yield f"page {number}: a link that can't be printed"
            if "/StructParent" not in annotation:
                yield f"page {number}: a link that is not in the tree"
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Interpolate"):
            yield "a picture that is to be smoothed"
        if not isinstance(thing, Dictionary):
            continue
        if thing.get("/Type") == Name.Font and thing.Subtype == Name.Type0 and "/ToUnicode" not in thing:
            yield f"{thing.BaseFont} has no Unicode"
        if thing.get("/Type") == Name.FontDescriptor and not {"/FontFile2", "/FontFile3"} & set(thing.keys()):
            yield f"{thing.FontName} is not embedded"
        if "/JS" in thing:
            yield "a script"
