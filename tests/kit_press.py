"""A good PDF/X-4 of eight pages, made by hand, into which tests plant faults."""

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, String
from PIL import Image

from magbuild.load.printers import find_printer
from magbuild.model import Printer
from magbuild.problem import Report

MM = 72 / 25.4
WIDTH, HEIGHT = 170.0, 240.0  # mm: trim
BLEED, SLUG = 3.0, 10.0  # mm: bleed beyond the trim, and sheet beyond the bleed
PAGES = 8
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,"
PROFILE = files("magbuild") / "printers" / "ISOcoated_v2_300_bas.icc"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Salt</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-03-20T06:07:08+00:00</xmp:CreateDate><xmp:ModifyDate>2026-03-20T06:07:08+00:00</xmp:ModifyDate>
<xmp:MetadataDate>2026-03-20T06:07:08+00:00</xmp:MetadataDate><xmpMM:DocumentID>uuid:1</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def sheetfed() -> Printer:
    """The printer that the files are good for."""
    printer = find_printer("sheetfed-coated", None, Report())
    assert printer is not None
    return printer


class Press:
    """A good file being made: `resources` are shared by its pages, `draw` adds to one of them (from 1)."""

    def __init__(self) -> None:
        self.pdf = pikepdf.open(io.BytesIO(good_file()))
        self.resources = self.page(1).Resources
        self.photo = self.resources.XObject.Photo

    def set_xmp(self, packet: str) -> None:
        """Write the metadata."""
        self.pdf.Root.Metadata = self.pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)

    def page(self, number: int) -> Object:
        """Return a page, from 1."""
        return self.pdf.pages[number - 1].obj

    def draw(self, number: int, content: str, *, alone: bool = False) -> None:
        """Add to what a page draws, or draw it alone. Lengths in the content are mm from the trim's lower left."""
        stream = f"q {MM} 0 0 {MM} {(BLEED + SLUG) * MM} {(BLEED + SLUG) * MM} cm\n{content}\nQ\n".encode()
        page = self.page(number)
        before = b"" if alone else page.Contents.read_bytes()
        page.Contents = self.pdf.make_stream(before + b"\n" + stream)

    def add(self, kind: str, name: str, thing: Object) -> None:
        """Put something into the shared resources, as in add("XObject", "Form", form)."""
        self.resources[f"/{kind}"][f"/{name}"] = thing

    def form(self, content: str, **entries: Object) -> pikepdf.Stream:
        """Return a form that draws content, its lengths mm from the trim's lower left once it is drawn."""
        return self.pdf.make_stream(
            content.encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([-10, -10, WIDTH + 10, HEIGHT + 10]),
            Resources=self.resources,
            **entries,
        )

    def save(self, path: Path, *, version: str = "1.6", **options: Any) -> Path:
        """Write the file."""
        self.pdf.save(
            path,
            **{
                "force_version": version,
                "object_stream_mode": pikepdf.ObjectStreamMode.disable,
                "deterministic_id": True,
                "fix_metadata_version": False,
                **options,
            },
        )
        return path


@cache
def good_file() -> bytes:
    """Return the file as it is before anything is planted."""
    with pikepdf.new() as pdf:
        resources = pdf.make_indirect(
            Dictionary(
                Font=Dictionary(F=embedded_font(pdf)),
                XObject=Dictionary(Photo=photo(pdf)),
                ExtGState=Dictionary(
                    over=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
                    plain=Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0),
                ),
                ColorSpace=Dictionary(),
                Shading=Dictionary(),
                Pattern=Dictionary(),
            )
        )
        for number in range(1, PAGES + 1):
            _add_page(pdf, number, resources)
        _describe(pdf)
        packed = io.BytesIO()
        pdf.save(packed, force_version="1.6", object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return packed.getvalue()


def _add_page(pdf: pikepdf.Pdf, number: int, resources: Object) -> None:
    edge = BLEED + SLUG
    box = [value * MM for value in (edge, edge, edge + WIDTH, edge + HEIGHT)]
    bleed = [value * MM for value in (SLUG, SLUG, SLUG + WIDTH + 2 * BLEED, SLUG + HEIGHT + 2 * BLEED)]
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, (WIDTH + 2 * edge) * MM, (HEIGHT + 2 * edge) * MM]),
        BleedBox=Array(bleed),
        TrimBox=Array(box),
        Resources=resources,
        Group=Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK),
        Contents=pdf.make_stream(good_content(number).encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _describe(pdf: pikepdf.Pdf) -> None:
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("FOGRA39"),
        RegistryName=String("http://www.color.org"),
        Info=String("Coated"),
        DestOutputProfile=pdf.make_stream(PROFILE.read_bytes(), N=4),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String("Salt"),
            CreationDate=String("D:20260320060708+00'00'"),
            ModDate=String("D:20260320060708+00'00'"),
            Trapped=Name("/False"),
        )
    )
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)


def good_content(number: int) -> str:
    """Return what a good page draws: a tint to the edge of the bleed, a picture, a rule, text."""
    edge = (BLEED + SLUG) * MM
    full = f"{-BLEED} {-BLEED} {WIDTH + 2 * BLEED} {HEIGHT + 2 * BLEED} re f"
    return "\n".join(
        (
            f"q {MM} 0 0 {MM} {edge} {edge} cm",
            f"0 0.05 0.1 0 k {full}",
            "q 60 0 0 40 20 150 cm /Photo Do Q",
            "q /over gs 0 0 0 1 K 0.2 w 20 145 m 150 145 l S Q",
            "q 0 0.9 0.8 0 k",
            words("Salt roads", 20, 200, 24),
            "Q",
            "/over gs 0 0 0 1 k",
            *(words(f"Page {number}, line {line}: salt was dear.", 20, 130 - 5 * line, 9.5) for line in range(12)),
            "Q",
        )
    )


def box(left: float, bottom: float, right: float, top: float) -> Array:
    """A page's box, in mm from the trim's lower left."""
    edge = BLEED + SLUG
    return Array([(edge + value) * MM for value in (left, bottom, right, top)])


def words(text: str, x: float, y: float, size: float, font: str = "F") -> str:
    """Return text at a point in mm, of a size in pt, within content whose unit is a millimetre."""
    return f"BT /{font} {size / MM:.5f} Tf {x} {y} Td <{codes(text)}> Tj ET"


def codes(text: str) -> str:
    """Return text as the codes of the test's font."""
    return "".join(f"{glyphs()[letter]:04x}" for letter in text)


# --- The font ---


@cache
def small_font() -> bytes:
    """Return Source Serif with the letters of LETTERS alone."""
    source = next(Path(str(files("font_source_serif_pro") / "files")).glob("*Regular.*tf"))
    font = TTFont(source)
    reduced = subset.Subsetter(subset.Options(notdef_outline=True, layout_features=[]))
    reduced.populate(text=LETTERS + ":")
    reduced.subset(font)
    packed = io.BytesIO()
    font.save(packed)
    return packed.getvalue()


@cache
def glyphs() -> dict[str, int]:
    """Return the code of each letter."""
    font = TTFont(io.BytesIO(small_font()))
    return {chr(letter): font.getGlyphID(name) for letter, name in font.getBestCmap().items()}


@cache
def advances() -> Sequence[int]:
    """Return the widths of letters by code, in thousandths."""
    font = TTFont(io.BytesIO(small_font()))
    unit = font["head"].unitsPerEm
    return [round(font["hmtx"][name][0] * 1000 / unit) for name in font.getGlyphOrder()]


def embedded_font(pdf: pikepdf.Pdf, name: str = "ABCDEF+SourceSerifPro", **entries: Object) -> Object:
    """Return the font as an object of a PDF."""
    data = small_font()
    cff = data[:4] == b"OTTO"
    program = pdf.make_stream(data, Subtype=Name.OpenType) if cff else pdf.make_stream(data)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{name}"),
        Flags=4,
        FontBBox=Array([-200, -250, 1000, 900]),
        ItalicAngle=0,
        Ascent=918,
        Descent=-335,
        CapHeight=670,
        StemV=80,
    )
    descriptor["/FontFile3" if cff else "/FontFile2"] = program
    descriptor.update(entries)
    holder = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if cff else Name.CIDFontType2,
        BaseFont=Name(f"/{name}"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([0, Array(list(advances()))]),
    )
    if not cff:
        holder.CIDToGIDMap = Name.Identity
    space = f"1 beginbfchar\n<{glyphs()[' ']:04x}> <0020>\nendbfchar"
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{name}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(holder)]),
            ToUnicode=pdf.make_stream(space.encode()),
        )
    )


# --- Pictures ---


def inks(width: int, height: int, top: Sequence[int], bottom: Sequence[int]) -> bytes:
    """Return CMYK pixels (0 to 255 of each ink) that go from one mix to another downwards."""
    share = np.linspace(0, 1, height)[:, None]
    rows = np.asarray(top) * (1 - share) + np.asarray(bottom) * share
    return np.repeat(rows[:, None, :], width, axis=1).astype(np.uint8).tobytes()


def photo(
    pdf: pikepdf.Pdf,
    size: tuple[int, int] = (709, 473),
    top: Sequence[int] = (200, 120, 60, 20),
    bottom: Sequence[int] = (40, 160, 200, 80),
    *,
    jpeg: bool = False,
) -> pikepdf.Stream:
    """Return a CMYK picture, 300 ppi at 60 mm; as JPEG it is turned round as Adobe's programs do, as Decode says."""
    data = inks(*size, top, bottom)
    entries: dict[str, Any] = {}
    if jpeg:
        packed = io.BytesIO()
        Image.frombytes("CMYK", size, data).save(packed, "JPEG", quality=95)
        data = packed.getvalue()
        entries = {"Filter": Name.DCTDecode, "Decode": Array([1, 0, 1, 0, 1, 0, 1, 0])}
    return picture(pdf, data, size, Name.DeviceCMYK, **entries)


def picture(
    pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], space: Object, bits: int = 8, **entries: Any
) -> pikepdf.Stream:
    """Return a picture of a colour space."""
    return pdf.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=space,
        BitsPerComponent=bits,
        **entries,
    )


def function(first: Sequence[float], last: Sequence[float]) -> Object:
    """Return a function that goes straight from some values to others."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(list(first)), C1=Array(list(last)), N=1)


def spot(name: str, inks: Sequence[float] = (0, 1, 0.8, 0.1), space: Object = Name.DeviceCMYK) -> Object:
    """Return the colour space of a spot ink."""
    return Array([Name.Separation, Name(f"/{name}"), space, function([0] * len(inks), inks)])
