"""The finish of a separated PDF for printers: PDF/X-4, or PDF/X-1a where nothing is transparent."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from magbuild.fontfiles import embed_plainly, opentype_fonts, plain_program
from magbuild.model import Issue, Printer, Standard
from magbuild.pdf_metadata import describe
from magbuild.problem import Place, Problem
from magbuild.transparency import is_transparent, transparencies

X4_VERSION, X1A_VERSION = "1.6", "1.4"
X1A_NAME = "PDF/X-1a:2003"
REGISTRY = "http://www.color.org"
NAMESPACE = uuid.UUID("b5f1a3f0-0c6e-5b5e-9c39-5d3a3a0b7f37")  # of documents made here

# What PDF/X-1a must not use to compress (ISO 15930-4, 6.4).
_CODINGS: Mapping[str, str] = MappingProxyType({"/JPXDecode": "JPEG 2000", "/JBIG2Decode": "JBIG2"})
# What no PDF/X may hold (ISO 15930-7, 6.14 to 6.19): actions, forms, scripts, other languages of layers.
_UNWANTED = ("/AA", "/OpenAction", "/AcroForm", "/Names", "/Dests", "/Outlines", "/StructTreeRoot", "/MarkInfo")
_UNWANTED_ON_PAGES = ("/AA", "/Annots", "/StructParents", "/Tabs", "/PresSteps", "/ArtBox", "/Thumb")


def finish(
    pdf: pikepdf.Pdf, printer: Printer, issue: Issue, stamp: datetime, subject: str, target: Path
) -> tuple[Problem, ...]:
    """Finish a PDF to the standard that the printer takes, and write it; nothing is written if there are problems."""
    if printer.standard is Standard.X1A:
        problems = finish_x1a(pdf, printer, issue, stamp, subject)
        if not problems:
            save_x1a(pdf, target)
        return problems
    finish_x4(pdf, printer, issue, stamp, subject)
    save_x4(pdf, target)
    return ()


def finish_x4(pdf: pikepdf.Pdf, printer: Printer, issue: Issue, stamp: datetime, subject: str) -> None:
    """Make a separated PDF a PDF/X-4 (ISO 15930-7:2010): output intent, Info and XMP, blending in CMYK.

    Its pages must have their TrimBox, and colours of plates only. `subject` says which file of the issue it is.
    Save it with `save_x4`, since the standard asks for an uncompressed XMP and PDF 1.6.
    """
    _take_out(pdf)
    for page in pdf.pages:
        if is_transparent(page):
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
        elif "/Group" in page.obj:
            del page.obj["/Group"]
    _identify(pdf, printer, issue, stamp, subject, Standard.X4)


def finish_x1a(pdf: pikepdf.Pdf, printer: Printer, issue: Issue, stamp: datetime, subject: str) -> tuple[Problem, ...]:
    """Make a separated PDF a PDF/X-1a (ISO 15930-4:2003), or say what on which page keeps it from being one.

    The PDF is as it was when problems are returned. Save it with `save_x1a`: PDF 1.4.
    """
    sheet = issue.printer_place.path
    problems = tuple(_x1a_problems(pdf, sheet))
    if problems:
        return problems
    _take_out(pdf)
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream) and "/Group" in thing:
            del thing["/Group"]  # nothing in it is transparent: it changes nothing
    for descriptor, composite in opentype_fonts(pdf):
        embed_plainly(pdf, descriptor, composite=composite)
    _identify(pdf, printer, issue, stamp, subject, Standard.X1A)
    return ()


def save_x4(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write a finished PDF/X-4."""
    _save(pdf, target, X4_VERSION)


def save_x1a(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write a finished PDF/X-1a."""
    _save(pdf, target, X1A_VERSION)


def _save(pdf: pikepdf.Pdf, target: Path, version: str) -> None:
    for key in ("/Version", "/Extensions"):
        if key in pdf.Root:
            del pdf.Root[key]  # they would raise the version
    pdf.save(
        target,
        force_version=version,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )


def _take_out(pdf: pikepdf.Pdf) -> None:
    for key in _UNWANTED:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in _UNWANTED_ON_PAGES:
            if key in page.obj:
                del page.obj[key]
        if "/CropBox" in page.obj:
            del page.obj["/CropBox"]


# --- What the file says of itself ---


def _identify(
    pdf: pikepdf.Pdf, printer: Printer, issue: Issue, stamp: datetime, subject: str, standard: Standard
) -> None:
    describe(pdf, issue, stamp, subject)
    pdf.docinfo.Trapped = Name("/False")
    pdf.Root.OutputIntents = Array([_output_intent(pdf, printer)])
    title = str(pdf.docinfo.Title)
    document = uuid.uuid5(NAMESPACE, f"{title}\n{subject}")
    instance = uuid.uuid5(document, f"{stamp.isoformat()}\n{standard}\n{_digest(pdf)}")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:format"] = "application/pdf"
        xmp["pdf:Trapped"] = "False"
        xmp["xmpMM:DocumentID"] = f"uuid:{document}"
        xmp["xmpMM:InstanceID"] = f"uuid:{instance}"
        xmp["xmpMM:VersionID"] = "1"
        xmp["xmpMM:RenditionClass"] = "default"
        if standard is Standard.X4:
            xmp["pdfxid:GTS_PDFXVersion"] = str(standard)
        else:
            xmp["pdfx:GTS_PDFXVersion"] = X1A_NAME
            pdf.docinfo.GTS_PDFXVersion = String(X1A_NAME)


def _output_intent(pdf: pikepdf.Pdf, printer: Printer) -> Object:
    """Return the printing condition, with the profile embedded (ISO 15930-7, 6.2.2)."""
    profile = pdf.make_stream(printer.profile.read_bytes(), N=4, Alternate=Name.DeviceCMYK)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(printer.condition),
        OutputCondition=String(printer.condition_text),
        Info=String(printer.condition_text),
        DestOutputProfile=profile,
    )
    if printer.registered:
        intent.RegistryName = String(REGISTRY)
    return pdf.make_indirect(intent)


def _digest(pdf: pikepdf.Pdf) -> str:
    """Return a digest of all streams in the order of the file: the same input gives the same identifiers."""
    digest = hashlib.sha256()
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.get("/Type") != Name.Metadata:
            digest.update(thing.read_raw_bytes())
    return digest.hexdigest()


# --- PDF/X-1a ---


def _x1a_problems(pdf: pikepdf.Pdf, sheet: Path) -> Iterator[Problem]:
    for number, page in enumerate(pdf.pages, 1):
        for found in transparencies(page, number):
            message = f"{found.thing} {found.fault}, which PDF/X-1a can't have"
            hint = "make it opaque, or let the printer take PDF/X-4"
            yield Problem(Place(sheet, page=number), "transparent-object", message, hint)
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            for coding in sorted(_CODINGS.keys() & _filters(thing)):
                message = f"a picture is compressed as {_CODINGS[coding]}, which PDF/X-1a doesn't know"
                hint = "save it as JPEG or TIFF, or let the printer take PDF/X-4"
                yield Problem(Place(sheet), "picture-not-plain", message, hint)
    for descriptor, _ in opentype_fonts(pdf):
        if plain_program(descriptor) is None:
            name = str(descriptor.get("/FontName", "?")).removeprefix("/").partition("+")
            message = f"font {name[2] or name[0]} can't be embedded in the way of PDF/X-1a"
            yield Problem(Place(sheet), "font-not-plain", message, "use another font, or let the printer take PDF/X-4")


def _filters(stream: Stream) -> set[str]:
    held = stream.get("/Filter")
    return {str(name) for name in held} if isinstance(held, Array) else {str(held)}
