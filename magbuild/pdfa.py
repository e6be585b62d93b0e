"""The finish of a PDF for readers: PDF/A-2a (ISO 19005-2), to be kept, and PDF/UA-1 (ISO 14289-1), to be heard."""

import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from magbuild.fontfiles import embed_plainly, opentype_fonts

# As the layout engine writes a colour in inks.
_INKS = re.compile(rb"/DeviceCMYK (cs|CS)\s" + rb"([\d.]+) " * 3 + rb"([\d.]+) (?:scn|SCN)")
PRINTABLE = 4  # the flag of an annotation that is printed (ISO 32000-1, table 165)


class Standard(StrEnum):
    """What a file may claim in its XMP."""

    ARCHIVAL = "PDF/A-2a"
    ACCESSIBLE = "PDF/UA-1"


# The problems of the material with which a file isn't what a standard asks for.
_BROKEN_BY = {
    Standard.ARCHIVAL: frozenset({"missing-glyph"}),
    Standard.ACCESSIBLE: frozenset({"missing-glyph", "missing-alt"}),
}
_CLAIMS = {
    Standard.ARCHIVAL: '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>",
    # PDF/A wants what it doesn't know to be explained (ISO 19005-2, 6.6.2.3.3).
    Standard.ACCESSIBLE: '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>",
}


def may_claim(codes: Collection[str]) -> tuple[Standard, ...]:
    """Return what a file may claim, by the codes of the problems that were found in its material."""
    return tuple(standard for standard in Standard if not _BROKEN_BY[standard] & set(codes))


def make_keepable(pdf: pikepdf.Pdf) -> None:
    """Take out of a PDF of the layout engine's what PDF/A doesn't want; it looks the same.

    Fonts are embedded as bare outlines, since tools misread the engine's way; pictures aren't smoothed by viewers;
    links say that they may be printed.
    """
    for descriptor, composite in opentype_fonts(pdf):
        embed_plainly(pdf, descriptor, composite=composite)
    for thing in pdf.objects:
        if isinstance(thing, Stream) and "/Interpolate" in thing:
            del thing["/Interpolate"]
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            annotation.F = PRINTABLE


def show_inks(pdf: pikepdf.Pdf) -> None:
    """Turn colours of a proof that are named in inks (`device-cmyk`) into those of screens, as viewers would do it."""
    contents = [page.obj.get("/Contents") for page in pdf.pages]
    drawn = [thing for thing in pdf.objects if isinstance(thing, Stream) and _is_drawn(thing)]
    for stream in (*contents, *drawn):
        if isinstance(stream, Stream):
            written = stream.read_bytes()
            if b"/DeviceCMYK" in written:
                stream.write(_INKS.sub(_as_rgb, written))


def _is_drawn(stream: Stream) -> bool:
    return stream.get("/Subtype") == Name.Form or "/PatternType" in stream


def _as_rgb(named: re.Match[bytes]) -> bytes:
    *inks, black = (float(share) for share in named.groups()[1:])
    red, green, blue = ((1 - ink) * (1 - black) for ink in inks)
    return b"%.4f %.4f %.4f " % (red, green, blue) + (b"rg" if named[1] == b"cs" else b"RG")


def finish(pdf: pikepdf.Pdf, claims: Collection[Standard]) -> None:
    """Crop all pages to their trim, say what colours mean, how the file opens, and which standards it keeps to.

    What it says of itself otherwise must be written before.
    """
    from magbuild.inks import srgb_profile  # brings numpy along, which only workers need

    make_keepable(pdf)
    for page in pdf.pages:
        trim = Array([float(value) for value in page.trimbox])
        for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
            page.obj[box] = trim
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_stream(srgb_profile(), N=3),
    )
    pdf.Root.OutputIntents = Array([intent])
    first = pdf.pages[0]
    pdf.Root.OpenAction = Array([first.obj, Name.FitH, float(first.mediabox[3])])
    pdf.Root.PageLayout = Name.SinglePage
    pdf.Root.PageMode = Name.UseOutlines
    claimed = "".join(_CLAIMS[standard] for standard in Standard if standard in claims)
    xmp = pdf.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", claimed.encode() + b"</rdf:RDF>")
    pdf.Root.Metadata.write(xmp)


def save(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write a finished PDF, the same bytes each time."""
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        min_version="1.7",
    )
