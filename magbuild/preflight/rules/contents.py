"""What has no place in a file for print: notes, actions, forms, scripts, old and foreign ways of drawing.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Stream

from magbuild.model import Standard
from magbuild.preflight.drawn import Setting
from magbuild.preflight.job import Job
from magbuild.preflight.look import Outcome
from magbuild.preflight.plane import ordered, overlap
from magbuild.preflight.reading import elements, entry, filters, identity, label, named, numbers
from magbuild.preflight.rules.structure import X1A, X4

FOR_PRINTERS = ("PrinterMark", "TrapNet")
MOST_OUTLINES = 20_000
NAME_TREES = ("/JavaScript", "/EmbeddedFiles")


def _annotations(job: Job) -> Iterator[tuple[Any, Any, bool]]:
    """Yield the annotations of all pages that aren't for printers, with whether they lie in the bleed."""
    for sheet in job.sheets:
        for annotation in elements(entry(sheet.page, "/Annots")):
            if named(entry(annotation, "/Subtype")) not in FOR_PRINTERS:
                box = ordered(numbers(entry(annotation, "/Rect"), 4))
                yield sheet, annotation, box is None or overlap(box, sheet.bleed)


def annotation(job: Job) -> Outcome:
    """A note, a link, a stamp or a form field lies on a page.

    Such things aren't part of the page: some printers' systems print them, others drop them. PDF/X allows only
    printers' own marks, and others outside the bleed. Delete them, or export without links and notes.
    """
    look = job.look("annotation", "notes, links and fields on pages", "annotations")
    for sheet, found, inside in _annotations(job):
        look.saw()
        if inside:
            kind = named(entry(found, "/Subtype")) or "annotation without a kind"
            box = ordered(numbers(entry(found, "/Rect"), 4))
            look.found(
                f"a {kind.lower()} lies on the page",
                "export without links, notes and form fields",
                sheet=sheet,
                box=box,
                object=label(found),
                source=X4,
            )
    return look.outcome()


def action(job: Job) -> Outcome:
    """The file does something when it is opened, turned or clicked: an action or a script.

    PDF/X allows none. Export for print, without interactive elements.
    """
    look = job.look("action", "actions and scripts", "places")
    hint = "export for print, without interactive elements"
    holders = [(None, "the file", job.root)] + [(sheet, "the page", sheet.page) for sheet in job.sheets]
    for sheet, what, holder in holders:
        look.saw()
        if entry(holder, "/AA") is not None or isinstance(entry(holder, "/OpenAction"), Dictionary):
            look.found(f"{what} has an action", hint, sheet=sheet, object=label(holder), source=X4)
    if entry(entry(job.root, "/Names"), "/JavaScript") is not None:
        look.found("the file has a script", hint, source=X4)
    for sheet, found, inside in _annotations(job):
        if not inside and (entry(found, "/A") is not None or entry(found, "/AA") is not None):
            look.found("a link outside the page has an action", hint, sheet=sheet, object=label(found), source=X4)
    if any(entry(item, "/A") is not None for item in _outlines(job.root)):
        look.found("a bookmark has an action", "export without bookmarks", source=X4)
    return look.outcome()


def _outlines(root: Any) -> Iterator[Any]:
    waiting, met = [entry(entry(root, "/Outlines"), "/First")], set[object]()
    while waiting and len(met) < MOST_OUTLINES:
        item = waiting.pop()
        key = identity(item)
        if item is None or key is None or key in met:
            continue
        met.add(key)
        yield item
        waiting += [entry(item, "/First"), entry(item, "/Next")]


def form_field(job: Job) -> Outcome:
    """The file is a form that can be filled in.

    What stands in its fields may be printed or not. Export it without fields, as a flat document.
    """
    look = job.look("form-field", "form fields", "fields")
    form = entry(job.root, "/AcroForm")
    fields = len(tuple(elements(entry(form, "/Fields"))))
    look.saw(count=fields)
    if fields or entry(form, "/XFA") is not None:
        look.found(
            f"the file is a form with {fields} field{'' if fields == 1 else 's'}",
            "flatten the form, or export without fields",
            source=X4,
        )
    return look.outcome()


def embedded_file(job: Job) -> Outcome:
    """Another file is attached to this one.

    Printers' systems refuse it, since nobody sees what it is. Take the attachment out.
    """
    look = job.look("embedded-file", "attached files")
    look.saw()
    attached = entry(entry(job.root, "/Names"), "/EmbeddedFiles") is not None
    attached = attached or entry(job.root, "/AF") is not None or entry(job.root, "/Collection") is not None
    if attached:
        look.found("another file is attached to the file", "take the attachment out", source=X4)
    return look.outcome()


def optional_content(job: Job) -> Outcome:
    """The file has layers that can be shown and hidden.

    What is printed depends on the printer's program. A file may have layers in one configuration (a warning), but not
    several configurations to choose from (GWG R0034). All layers are looked at as if they were shown. Export flat.
    """
    look = job.look("optional-content", "layers", "layers")
    layers = entry(job.root, "/OCProperties")
    look.saw(count=len(tuple(elements(entry(layers, "/OCGs")))))
    hint = "export the document without layers"
    if tuple(elements(entry(layers, "/Configs"))):
        look.found("the file has layers in several configurations", hint, source="GWG R0034")
    elif layers is not None:
        look.found("the file has layers that can be hidden", hint, source="GWG R0034", warns=True)
    return look.outcome()


def _streams(job: Job) -> Iterator[Stream]:
    for thing in job.pdf.objects:
        if isinstance(thing, Stream):
            yield thing


def forbidden_compression(job: Job) -> Outcome:
    """Something in the file is packed in a way that PDF/X forbids.

    LZW always; in PDF/X-1a also JPEG 2000 and JBIG2; and any encryption of single parts. Export the file again with
    JPEG or ZIP.
    """
    x1a = job.printer.standard is Standard.X1A
    forbidden = {"LZWDecode", "LZW", "Crypt"} | ({"JPXDecode", "JBIG2Decode"} if x1a else set())
    look = job.look("forbidden-compression", "how parts are packed", "parts")
    hint = "export it again, with JPEG or ZIP"
    for stream in _streams(job):
        look.saw()
        for name in sorted(forbidden.intersection(filters(stream))):
            look.found(
                f"a part is packed with {name.removesuffix('Decode')}",
                hint,
                object=label(stream),
                source=X1A if x1a else X4,
            )
    for sheet, used in job.used():
        for box, packed in used.inline:
            for name in sorted(forbidden.intersection(packed)):
                look.found(
                    f"a picture is packed with {name.removesuffix('Decode')}",
                    hint,
                    sheet=sheet,
                    box=box,
                    source=X1A if x1a else X4,
                )
    return look.outcome()


def foreign_object(job: Job) -> Outcome:
    """The file holds a piece of PostScript, or a picture that stands for another (OPI, alternates).

    PDF/X allows none of them, since what is printed isn't what is seen. Put the pictures themselves into the
    document, and export it again.
    """
    look = job.look("foreign-object", "PostScript, OPI and alternate pictures", "objects")
    for stream in _streams(job):
        kind = named(entry(stream, "/Subtype"))
        if kind not in ("Image", "Form", "PS"):
            continue
        look.saw()
        found = [
            name
            for name, there in (
                (
                    "is PostScript",
                    kind == "PS" or named(entry(stream, "/Subtype2")) == "PS" or entry(stream, "/PS") is not None,
                ),
                ("stands for a picture elsewhere (OPI)", entry(stream, "/OPI") is not None),
                ("has an alternate", isinstance(entry(stream, "/Alternates"), Array)),
                ("stands for another file", entry(stream, "/Ref") is not None),
            )
            if there
        ]
        for what in found:
            look.found(
                f"an object {what}",
                "put the picture itself into the document, and export it again",
                object=label(stream),
                source=X4,
            )
    return look.outcome()


def transfer_function(job: Job) -> Outcome:
    """A page changes the tones of what it prints by a transfer function.

    Such curves belong to the printer's machines. They come from old pictures (EPS with "include transfer function");
    save those anew without.
    """
    look = job.look("transfer-function", "transfer functions", "settings")
    for sheet, thing in job.everything():
        if isinstance(thing, Setting):
            look.saw()
            if thing.transfer:
                look.found(
                    "the page changes tones by a transfer function",
                    "save the picture anew without it",
                    sheet=sheet,
                    object=thing.object,
                    source=X4,
                )
    return look.outcome()


def halftone(job: Job) -> Outcome:
    """A page sets its own halftone screen.

    The screen is the printer's business, and his machine ignores or refuses what the file says. Export without
    "include halftone".
    """
    look = job.look("halftone", "halftone screens", "settings")
    for sheet, thing in job.everything():
        if isinstance(thing, Setting):
            look.saw()
            if thing.halftone:
                look.found(
                    "the page sets a halftone screen of its own",
                    "export without halftone screens",
                    sheet=sheet,
                    object=thing.object,
                    source=X4,
                    warns=True,
                )
    return look.outcome()


def damaged_content(job: Job) -> Outcome:
    """Something on a page can't be drawn: it is missing or broken.

    With an error, a part of the page is lost; with a warning, the page's drawing is untidy, and other programs may
    draw it otherwise. Open the page in the program that it comes from, and export it again.
    """
    look = job.look("damaged-content", "the drawing of pages", "things drawn")
    for sheet in job.sheets:
        look.saw(count=len(sheet.drawing.things))
        for fault in sheet.drawing.faults:
            look.found(
                fault.what,
                "open the page in the program that it comes from, and export it again",
                sheet=sheet,
                object=fault.where,
                source="ISO 32000",
                warns=not fault.grave,
            )
    return look.outcome()
