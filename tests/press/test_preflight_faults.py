"""Faults planted one by one into a good PDF/X-4: each is found under its code, on its page, and nothing else is."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from magbuild.measure import Length, Size
from magbuild.model import Binding, Printer, Standard
from magbuild.preflight import preflight
from magbuild.problem import Severity
from tests.kit_press import (
    HEIGHT,
    MM,
    PROFILE,
    WIDTH,
    XMP,
    Press,
    box,
    codes,
    embedded_font,
    function,
    photo,
    picture,
    sheetfed,
    small_font,
    spot,
    words,
)

ICC_RGB = Dictionary(N=3)


@dataclass(frozen=True)
class Fault:
    """What is planted, and what must be found: "error 3 rgb-colour", with "-" for the whole file."""

    name: str
    found: tuple[str, ...]
    plant: Callable[[Press], object]
    printer: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    save: Mapping[str, Any] = field(default_factory=dict)
    patch: tuple[bytes, bytes] = (b"", b"")


def draws(number: int, content: str, **resources: Callable[[Press], Any]) -> Callable[[Press], None]:
    """Plant something drawn; resources are made like XObject_Name=lambda press: thing."""

    def plant(press: Press) -> None:
        for name, make in resources.items():
            kind, _, own = name.partition("_")
            press.add(kind, own, make(press))
        press.draw(number, content)

    return plant


def both(*plants: Callable[[Press], object]) -> Callable[[Press], None]:
    """Plant what belongs together."""

    def plant(press: Press) -> None:
        for each in plants:
            each(press)

    return plant


def page_entry(number: int, key: str, value: Any) -> Callable[[Press], None]:
    def plant(press: Press) -> None:
        press.page(number)[key] = value(press) if callable(value) else value

    return plant


def root_entry(key: str, value: Callable[[Press], Any]) -> Callable[[Press], None]:
    def plant(press: Press) -> None:
        press.pdf.Root[key] = value(press)

    return plant


def xmp(old: str, new: str) -> Callable[[Press], None]:
    assert old in XMP
    return lambda press: press.set_xmp(XMP.replace(old, new))


def without(key: str) -> Callable[[Press], None]:
    def plant(press: Press) -> None:
        del press.pdf.docinfo[key]

    return plant


def intent(key: str, value: Any) -> Callable[[Press], None]:
    def plant(press: Press) -> None:
        press.pdf.Root.OutputIntents[0][key] = value(press) if callable(value) else value

    return plant


def profile(**parts: tuple[int, bytes]) -> Callable[[Press], Any]:
    """A profile with some bytes of its header changed."""

    def make(press: Press) -> Any:
        data = bytearray(PROFILE.read_bytes())
        for at, new in parts.values():
            data[at : at + len(new)] = new
        return press.pdf.make_stream(bytes(data), N=4)

    return make


def icc(components: int) -> Callable[[Press], Any]:
    return lambda press: Array([Name.ICCBased, press.pdf.make_stream(b"profile", N=components)])


def plain(space: Any, size: tuple[int, int], value: int = 128, bits: int = 8) -> Callable[[Press], Any]:
    """A picture of one tone."""
    planes = {Name.DeviceRGB: 3, Name.DeviceCMYK: 4}.get(space, 1) if isinstance(space, Name) else 1
    length = ((size[0] * bits + 7) // 8) * size[1] * planes
    return lambda press: picture(press.pdf, bytes([value]) * length, size, space, bits)


def settings(**entries: Any) -> Callable[[Press], Any]:
    return lambda press: Dictionary(
        Type=Name.ExtGState, **{key: value(press) if callable(value) else value for key, value in entries.items()}
    )


def lab(press: Press) -> Any:
    return Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])


def cal(kind: str) -> Callable[[Press], Any]:
    return lambda press: Array([Name(f"/{kind}"), Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])


def shading(space: Any, first: list[float], last: list[float]) -> Callable[[Press], Any]:
    return lambda press: Dictionary(
        ShadingType=2, ColorSpace=space, Coords=Array([20, 0, 60, 0]), Function=function(first, last)
    )


def group_form(space: Any, content: str = "0 0.2 0.2 0 k 20 60 20 10 re f") -> Callable[[Press], Any]:
    return lambda press: press.form(content, Group=Dictionary(S=Name.Transparency, CS=space))


def masked(space: Any, content: str) -> Callable[[Press], Any]:
    return settings(SMask=lambda press: Dictionary(S=Name.Luminosity, G=group_form(space, content)(press)))


def tile(content: str) -> Callable[[Press], Any]:
    return lambda press: press.pdf.make_stream(
        content.encode(),
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 10, 10]),
        XStep=10,
        YStep=10,
        Resources=press.resources,
    )


def type3(drawing: str) -> Callable[[Press], Any]:
    return lambda press: Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=65,
        LastChar=65,
        Widths=Array([1000]),
        Encoding=Dictionary(Differences=Array([65, Name.square])),
        CharProcs=Dictionary(square=press.pdf.make_stream(drawing.encode())),
        Resources=press.resources,
    )


def unembedded(name: str) -> Callable[[Press], Any]:
    return lambda press: Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding
    )


def without_page(press: Press) -> None:
    del press.pdf.pages[-1]


def link(**entries: Any) -> Callable[[Press], Any]:
    return lambda press: Array(
        [press.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Border=Array([0, 0, 0]), **entries))]
    )


URI = Dictionary(S=Name.URI, URI=String("https://example.org"))
JAVASCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
BLACK_SMALL = f"/plain gs 0 0 0 1 k {words('Salt', 20, 60, 11.9)}"
# Their names are given their right length once the file is written, since pikepdf always unpacks metadata.
PACKED = (b"/XFilter /A", b"/Filter  /A")
AS_IT_IS = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def packed_xmp(press: Press) -> None:
    press.pdf.Root.Metadata = press.pdf.make_stream(
        XMP.encode().hex().encode() + b">", Type=Name.Metadata, Subtype=Name.XML, XFilter=Name.ASCIIHexDecode
    )


def forbidding(press: Press) -> Any:
    """The font, whose own table says that it must not be embedded."""
    font = TTFont(io.BytesIO(small_font()))
    font["OS/2"].fsType = 2
    packed = io.BytesIO()
    font.save(packed)
    thing = embedded_font(press.pdf, "AAAAAA+Forbidden")
    descriptor = thing.DescendantFonts[0].FontDescriptor
    key = next(key for key in ("/FontFile2", "/FontFile3") if key in descriptor)
    descriptor[key] = press.pdf.make_stream(packed.getvalue(), Subtype=Name.OpenType)
    return thing


def recursive(press: Press) -> None:
    form = press.pdf.make_indirect(press.form("/Self Do"))
    press.add("XObject", "Self", form)
    press.draw(2, "/Self Do")


def no_trim(press: Press, number: int) -> None:
    """A page that is as large as the others, but doesn't say so."""
    page = press.page(number)
    page.MediaBox = page.TrimBox
    del page.TrimBox, page.BleedBox


def recoloured(press: Press) -> None:
    """All text as the inks that RGB black becomes."""
    for page in press.pdf.pages:
        page.obj.Contents = press.pdf.make_stream(
            page.obj.Contents.read_bytes().replace(b"/over gs 0 0 0 1 k", b"/plain gs 0.5 0.4 0.4 0.9 k")
        )


def x1a(press: Press) -> None:
    """Make the file a PDF/X-1a, as far as it is looked at."""
    for page in press.pdf.pages:
        del page.obj.Group
    press.pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-1a:2003")
    press.set_xmp(XMP.replace("PDF/X-4<", "PDF/X-1a:2003<"))


def soft_edged(press: Press) -> Any:
    stream = photo(press.pdf)
    stream.SMask = picture(press.pdf, b"\x80" * 400, (20, 20), Name.DeviceGray)
    return stream


FAULTS = (
    # The file
    Fault("pdf 1.7", ("error - pdf-version",), lambda press: None, save={"version": "1.7"}),
    Fault(
        "encrypted",
        ("error - encrypted",),
        lambda press: None,
        save={
            "encryption": pikepdf.Encryption(owner="o", user="", R=4, aes=True, metadata=False),
            "deterministic_id": False,
        },
    ),
    Fault("no id", ("error - no-file-id",), lambda press: None, patch=(b"/ID [", b"/XX [")),
    Fault("no standard claimed", ("error - not-pdfx",), xmp("PDF/X-4<", "<")),
    Fault("another standard", ("error - not-pdfx",), xmp("PDF/X-4<", "PDF/X-3:2002<")),
    Fault("profile outside the file", ("error - not-pdfx",), xmp("PDF/X-4<", "PDF/X-4p<")),
    Fault("no metadata date", ("error - missing-metadata",), xmp("xmp:MetadataDate", "xmp:Other")),
    Fault("no document id", ("error - missing-metadata",), xmp("xmpMM:DocumentID", "xmpMM:Other")),
    Fault("metadata packed", ("error - missing-metadata",), packed_xmp, save=AS_IT_IS, patch=PACKED),
    Fault("no title", ("error - no-title",), xmp(">Salt<", "><")),
    Fault("dates differ", ("error - dates-differ",), xmp("<xmp:ModifyDate>2026-03-20", "<xmp:ModifyDate>2026-03-21")),
    Fault(
        "trapping unknown",
        ("error - trapping-unknown",),
        both(xmp("<pdf:Trapped>False", "<pdf:Trapped>Unknown"), without("/Trapped")),
    ),
    Fault("no output intent", ("error - no-output-intent",), root_entry("/OutputIntents", lambda press: Array([]))),
    Fault(
        "two output intents",
        ("error - no-output-intent",),
        root_entry("/OutputIntents", lambda press: Array([press.pdf.Root.OutputIntents[0]] * 2)),
    ),
    Fault(
        "profile of a screen",
        ("error - output-intent-profile",),
        intent("/DestOutputProfile", profile(kind=(12, b"mntr"))),
    ),
    Fault(
        "profile for RGB",
        ("error - output-intent-profile",),
        intent("/DestOutputProfile", profile(space=(16, b"RGB "))),
    ),
    Fault(
        "profile that is none",
        ("error - output-intent-profile",),
        intent("/DestOutputProfile", lambda press: press.pdf.make_stream(b"no profile", N=4)),
    ),
    Fault(
        "other condition",
        ("warning - other-printing-condition",),
        both(
            intent("/OutputConditionIdentifier", String("FOGRA52")),
            intent("/DestOutputProfile", profile(date=(24, b"\1\1"))),
        ),
    ),
    # What has no place in it
    Fault("link", ("error 3 annotation",), page_entry(3, "/Annots", link(Rect=box(20, 20, 40, 30), A=URI))),
    Fault("note in the bleed", ("error 3 annotation",), page_entry(3, "/Annots", link(Rect=box(-3, 20, -1, 30)))),
    Fault(
        "link outside the page", ("error 3 action",), page_entry(3, "/Annots", link(Rect=box(-12, 20, -5, 30), A=URI))
    ),
    Fault("action on opening", ("error - action",), root_entry("/OpenAction", lambda press: JAVASCRIPT)),
    Fault("action of a page", ("error 5 action",), page_entry(5, "/AA", Dictionary(O=JAVASCRIPT))),
    Fault(
        "script",
        ("error - action",),
        root_entry("/Names", lambda press: Dictionary(JavaScript=Dictionary(Names=Array([])))),
    ),
    Fault(
        "attached file",
        ("error - embedded-file",),
        root_entry("/Names", lambda press: Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))),
    ),
    Fault(
        "form field",
        ("error - form-field",),
        root_entry("/AcroForm", lambda press: Dictionary(Fields=Array([Dictionary(FT=Name.Tx)]))),
    ),
    Fault(
        "layers",
        ("warning - optional-content",),
        root_entry("/OCProperties", lambda press: Dictionary(OCGs=Array([]), D=Dictionary())),
    ),
    Fault(
        "layers to choose from",
        ("error - optional-content",),
        root_entry(
            "/OCProperties", lambda press: Dictionary(OCGs=Array([]), D=Dictionary(), Configs=Array([Dictionary()]))
        ),
    ),
    Fault(
        "lzw",
        ("error - forbidden-compression",),
        draws(
            2,
            "",
            XObject_Lzw=lambda press: press.pdf.make_stream(bytes.fromhex("800b6050220c0c8501"), Filter=Name.LZWDecode),
        ),
        save=AS_IT_IS,
    ),
    Fault(
        "postscript",
        ("error - foreign-object",),
        draws(2, "", XObject_Ps=lambda press: press.pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)),
    ),
    Fault(
        "opi",
        ("error - foreign-object",),
        lambda press: press.photo.__setitem__("/OPI", Dictionary({"/2.0": Dictionary()})),
    ),
    Fault(
        "alternate picture",
        ("error - foreign-object",),
        lambda press: press.photo.__setitem__(
            "/Alternates", Array([Dictionary(Image=photo(press.pdf, (20, 20)), DefaultForPrinting=True)])
        ),
    ),
    Fault(
        "transfer function",
        ("error 4 transfer-function",),
        draws(4, "/T gs", ExtGState_T=settings(TR=function([1], [0]))),
    ),
    Fault(
        "halftone",
        ("warning 4 halftone",),
        draws(
            4,
            "/T gs",
            ExtGState_T=settings(
                HT=Dictionary(Type=Name.Halftone, HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round)
            ),
        ),
    ),
    Fault("missing picture", ("error 2 damaged-content",), draws(2, "/Gone Do")),
    Fault("missing font", ("error 2 damaged-content",), draws(2, "BT /Gone 12 Tf ET")),
    Fault("form in itself", ("error 2 damaged-content",), recursive),
    Fault("broken instruction", ("error 2 damaged-content",), draws(2, "(x) 0 0 k")),
    Fault("array without an end", ("error 2 damaged-content", "warning 2 damaged-content"), draws(2, "[1 2 TJ")),
    Fault("string without an end", ("error 2 damaged-content", "warning 2 damaged-content"), draws(2, "(abc Tj")),
    Fault("unknown instruction", ("error 2 damaged-content",), draws(2, "0 0 0 1 k qQ")),
    Fault("too many Q", ("warning 2 damaged-content",), draws(2, "Q Q")),
    # Boxes
    Fault("no trim box", ("error 6 no-trim-box",), lambda press: no_trim(press, 6)),
    Fault("art box", ("error 6 art-box",), page_entry(6, "/ArtBox", box(0, 0, WIDTH, HEIGHT))),
    Fault(
        "bleed outside the sheet",
        ("error 6 box-nesting",),
        page_entry(6, "/BleedBox", box(-14, -3, WIDTH + 3, HEIGHT + 3)),
    ),
    Fault("crop box", ("error 6 crop-box",), page_entry(6, "/CropBox", box(0, 0, WIDTH, HEIGHT))),
    Fault("user unit", ("error 6 user-unit",), page_entry(6, "/UserUnit", 2)),
    Fault("turned page", ("warning 6 rotated-page",), page_entry(6, "/Rotate", 90)),
    Fault("another trim", ("warning 6 trims-differ",), page_entry(6, "/TrimBox", box(0, 0, WIDTH - 0.2, HEIGHT))),
    Fault("no bleed", ("error 6 no-bleed",), page_entry(6, "/BleedBox", box(0, 0, WIDTH, HEIGHT))),
    Fault("little bleed", ("error 6 no-bleed",), page_entry(6, "/BleedBox", box(-2.9, -3, WIDTH + 3, HEIGHT + 3))),
    Fault("seven pages", ("error - page-count",), without_page, asked={"binding": Binding.SADDLE}),
    Fault("too few to glue", ("error - page-count",), lambda press: None, asked={"binding": Binding.PERFECT}),
    Fault("cover of eight pages", ("error - page-count",), lambda press: None, asked={"cover": True}),
    Fault(
        "advert of eight pages",
        ("error - page-count",),
        lambda press: None,
        asked={"advert": Size(Length(WIDTH), Length(HEIGHT))},
    ),
    # Edges
    Fault("empty page", ("warning 7 empty-page",), lambda press: press.draw(7, "", alone=True)),
    Fault(
        "white page",
        ("warning 7 empty-page",),
        lambda press: press.draw(7, f"0 0 0 0 k -3 -3 {WIDTH + 6} {HEIGHT + 6} re f", alone=True),
    ),
    Fault("panel ends at the trim", ("error 2 bleed-not-filled",), draws(2, "0 0 0.2 0 k 0 100 60 30 re f")),
    Fault("panel ends in the bleed", ("error 2 bleed-not-filled",), draws(2, "0 0 0.2 0 k -2 100 60 30 re f")),
    Fault(
        "picture ends before the trim",
        ("error 2 bleed-not-filled",),
        draws(2, f"q 60 0 0 40 50 {HEIGHT - 40.4} cm /Photo Do Q"),
    ),
    Fault(
        "gradient ends at the trim",
        ("error 2 bleed-not-filled",),
        draws(2, "q 40 0 20 30 re W n /S sh Q", Shading_S=shading(Name.DeviceCMYK, [0, 0, 0, 0.2], [0, 0, 0, 0.4])),
    ),
    Fault("text near the trim", ("warning 2 outside-safe-area",), draws(2, words("Salt", 20, HEIGHT - 5, 12))),
    Fault("text cut", ("warning 2 outside-safe-area",), draws(2, words("Salt", WIDTH - 4, 60, 12))),
    Fault(
        "text in the spine",
        ("warning 3 outside-safe-area",),
        draws(3, words("Salt", 4, 60, 12)),
        asked={"binding": Binding.SADDLE},
    ),
    # Type
    Fault(
        "font not embedded",
        ("error 2 font-not-embedded",),
        draws(2, "BT /H 5 Tf 20 60 Td (Salt) Tj ET", Font_H=unembedded("Helvetica")),
    ),
    Fault(
        "invisible text not embedded",
        ("error 2 font-not-embedded",),
        draws(2, "BT /H 5 Tf 3 Tr 20 60 Td (Salt) Tj ET", Font_H=unembedded("Helvetica")),
    ),
    Fault(
        "courier",
        ("warning 2 courier-font",),
        draws(2, words("Salt", 20, 60, 12, "C"), Font_C=lambda press: embedded_font(press.pdf, "AAAAAA+Courier")),
    ),
    Fault(
        "font that forbids embedding",
        ("warning 2 font-licence",),
        draws(2, words("Salt", 20, 60, 12, "L"), Font_L=forbidding),
    ),
    Fault(
        "rich black text", ("warning 2 rich-black-text",), draws(2, f"0.7 0.6 0.6 0.91 k {words('Salt', 20, 60, 12)}")
    ),
    Fault(
        "small white text",
        ("warning 2 small-white-text",),
        draws(2, f"/plain gs 0 0 0 0 k {words('Salt', 20, 60, 7.9)}"),
    ),
    Fault(
        "small coloured text",
        ("warning 2 small-coloured-text",),
        draws(2, f"0 0.9 0.8 0 k {words('Salt', 20, 60, 7.9)}"),
    ),
    Fault(
        "small text by way of a form",
        ("warning 2 small-coloured-text",),
        draws(
            2,
            "q 0.5 0 0 0.5 0 0 cm /Form Do Q",
            XObject_Form=lambda press: press.form(f"0 0.9 0.8 0 k {words('Salt', 40, 120, 15)}"),
        ),
    ),
    Fault("body text mixed", ("warning 1 body-text-not-black",), recoloured),
    # Overprint and lines
    Fault(
        "white text overprints",
        ("error 2 white-overprint",),
        draws(2, f"/over gs 0 0 0 0 k {words('Salt', 20, 60, 12)}"),
    ),
    Fault("white area overprints", ("warning 2 white-overprint",), draws(2, "/over gs 0 0 0 0 k 20 60 20 10 re f")),
    Fault("black text", ("warning 2 black-not-overprinting",), draws(2, BLACK_SMALL)),
    Fault(
        "black text in mode 0",
        ("warning 2 black-not-overprinting",),
        draws(2, f"/Zero gs 0 0 0 1 k {words('Salt', 20, 60, 11.9)}", ExtGState_Zero=settings(op=True, OPM=0)),
    ),
    Fault("black line", ("warning 2 black-not-overprinting",), draws(2, "/plain gs 0 0 0 1 K 0.7 w 20 60 m 60 60 l S")),
    Fault("grey text", ("warning 2 grey-text",), draws(2, f"/plain gs 0.2 g {words('Salt', 20, 60, 11.9)}")),
    Fault("grey area overprints", ("warning 2 grey-overprint",), draws(2, "/over gs 0.5 g 20 60 20 10 re f")),
    Fault("hairline", ("warning 2 hairline",), draws(2, f"0 1 0 0 K {0.24 / MM} w 20 60 m 60 60 l S")),
    Fault("line without width", ("error 2 hairline",), draws(2, "0 1 0 0 K 0 w 20 60 m 60 60 l S")),
    Fault("thin rectangle", ("warning 2 hairline",), draws(2, f"0 1 0 0 k 20 60 40 {0.24 / MM} re f")),
    # Pictures
    Fault(
        "low resolution",
        ("error 2 low-resolution",),
        draws(2, "q 60 0 0 40 20 60 cm /P Do Q", XObject_P=lambda press: photo(press.pdf, (350, 234))),
    ),
    Fault(
        "rather low resolution",
        ("warning 2 low-resolution",),
        draws(2, "q 60 0 0 40 20 60 cm /P Do Q", XObject_P=lambda press: photo(press.pdf, (500, 334))),
    ),
    Fault(
        "low resolution, turned",
        ("error 2 low-resolution",),
        draws(2, "q 30 30 -20 20 60 60 cm /P Do Q", XObject_P=lambda press: photo(press.pdf, (240, 234))),
    ),
    Fault(
        "low resolution of line art",
        ("error 2 low-resolution",),
        draws(2, "q 60 0 0 40 20 60 cm /P Do Q", XObject_P=plain(Name.DeviceGray, (1200, 800), bits=1)),
    ),
    Fault(
        "low resolution in the drawing",
        ("error 2 low-resolution",),
        draws(2, "q 10 0 0 10 20 60 cm BI /W 20 /H 20 /CS /G /BPC 8 ID " + "x" * 400 + " EI Q"),
    ),
    Fault(
        "pixels missing",
        ("error 2 broken-picture",),
        draws(
            2,
            "q 60 0 0 40 20 60 cm /P Do Q",
            XObject_P=lambda press: picture(press.pdf, b"salt", (709, 473), Name.DeviceCMYK),
        ),
    ),
    # Colours
    *(
        Fault(f"rgb {name}", ("error 2 rgb-colour",), plant)
        for name, plant in {
            "text": draws(2, f"0.2 0 0 rg {words('Salt', 20, 60, 12)}"),
            "line": draws(2, "0.2 0 0 RG 20 60 m 60 60 l S"),
            "area": draws(2, "/DeviceRGB cs 0.2 0 0 sc 20 60 20 10 re f"),
            "picture": draws(2, "q 10 0 0 10 20 60 cm /P Do Q", XObject_P=plain(Name.DeviceRGB, (120, 120))),
            "palette": draws(
                2,
                "q 10 0 0 10 20 60 cm /P Do Q",
                XObject_P=plain(Array([Name.Indexed, Name.DeviceRGB, 1, String(b"abcdef")]), (120, 120), 0),
            ),
            "picture in the drawing": draws(2, "q 1 0 0 1 20 60 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID abcdefabcdef EI Q"),
            "shading": draws(
                2, "q 20 60 20 10 re W n /S sh Q", Shading_S=shading(Name.DeviceRGB, [0, 0, 0], [1, 0, 0])
            ),
            "shading as pattern": draws(
                2,
                "/Pattern cs /P scn 20 60 20 10 re f",
                Pattern_P=lambda press: Dictionary(
                    PatternType=2, Shading=shading(Name.DeviceRGB, [0, 0, 0], [1, 0, 0])(press)
                ),
            ),
            "pattern": draws(2, "/Pattern cs /P scn 20 60 20 10 re f", Pattern_P=tile("1 0 0 rg 0 0 5 5 re f")),
            "form": draws(2, "/Form Do", XObject_Form=lambda press: press.form("1 0 0 rg 20 60 20 10 re f")),
            "letter": draws(
                2,
                "/over gs 0 0 0 1 k BT /T 5 Tf 20 60 Td (A) Tj ET",
                Font_T=type3("1000 0 d0 1 0 0 rg 0 0 800 800 re f"),
            ),
            "soft mask": draws(
                2,
                "q /M gs 0 0.5 0 0 k 20 60 20 10 re f Q",
                ExtGState_M=masked(Name.DeviceGray, "1 1 1 rg 20 60 20 10 re f"),
            ),
            "stand-in of a spot in use": draws(
                2,
                "/Gold cs 1 scn 20 60 20 10 re f",
                ColorSpace_Gold=lambda press: spot("Black", [0, 0, 0], Name.DeviceRGB),
            ),
            "with a profile": draws(2, "/P cs 1 0 0 scn 20 60 20 10 re f", ColorSpace_P=icc(3)),
            "calibrated": draws(2, "/P cs 1 0 0 scn 20 60 20 10 re f", ColorSpace_P=cal("CalRGB")),
            "by default": draws(2, "1 0 0 rg 20 60 20 10 re f", ColorSpace_DefaultRGB=icc(3)),
        }.items()
    ),
    Fault("lab", ("error 2 profiled-colour",), draws(2, "/P cs 50 0 0 scn 20 60 20 10 re f", ColorSpace_P=lab)),
    Fault(
        "calibrated grey",
        ("error 2 profiled-colour",),
        draws(2, "/P cs 0.5 scn 20 60 20 10 re f", ColorSpace_P=cal("CalGray")),
    ),
    Fault(
        "profiled cmyk",
        ("error 2 profiled-colour",),
        draws(2, "/P cs 0 0 0.5 0 scn 20 60 20 10 re f", ColorSpace_P=icc(4)),
    ),
    Fault("group in rgb", ("error 2 group-colour",), draws(2, "/Form Do", XObject_Form=group_form(Name.DeviceRGB))),
    Fault(
        "page group in rgb",
        ("error 2 group-colour",),
        page_entry(2, "/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)),
    ),
    Fault(
        "broken gradient",
        ("error 2 broken-shading",),
        draws(2, "q 20 60 20 10 re W n /S sh Q", Shading_S=shading(Name.DeviceCMYK, [0, 0, 0], [0, 0, 1])),
    ),
    # Inks
    Fault(
        "spot",
        ("error 2 spot-not-ordered",),
        draws(2, "/Gold cs 1 scn 20 60 20 10 re f", ColorSpace_Gold=lambda press: spot("Gold")),
    ),
    Fault(
        "suffix twins",
        ("warning 2 spot-suffix-twins",),
        draws(
            2,
            "/A cs 1 scn 20 60 20 10 re f /B cs 1 scn 60 60 20 10 re f",
            ColorSpace_A=lambda press: spot("PANTONE 186 C"),
            ColorSpace_B=lambda press: spot("PANTONE 186 U", (0, 1, 1, 0)),
        ),
        printer={"spots": 2},
    ),
    Fault(
        "case twins",
        ("error 2 spot-case-twins",),
        draws(
            2,
            "/A cs 1 scn 20 60 20 10 re f /B cs 1 scn 60 60 20 10 re f",
            ColorSpace_A=lambda press: spot("PANTONE 186 C"),
            ColorSpace_B=lambda press: spot("Pantone 186 C"),
        ),
        printer={"spots": 2},
    ),
    Fault(
        "look twins",
        ("error 2 spot-look-twins",),
        draws(
            2,
            "/A cs 1 scn 20 60 20 10 re f /B cs 1 scn 60 60 20 10 re f",
            ColorSpace_A=lambda press: spot("Rust"),
            ColorSpace_B=lambda press: spot("Brick"),
        ),
        printer={"spots": 2},
    ),
    Fault(
        "registration colour",
        ("warning 2 registration-colour",),
        draws(2, "/All cs 0.5 scn 20 60 20 10 re f", ColorSpace_All=lambda press: spot("All", (1, 1, 1, 1))),
    ),
    Fault(
        "marks in the bleed",
        ("error 2 marks-in-bleed",),
        draws(2, "/All CS 1 SCN 0.2 w -7 0 m -2 0 l S", ColorSpace_All=lambda press: spot("All", (1, 1, 1, 1))),
    ),
    Fault("too much ink in an area", ("warning 2 too-much-ink",), draws(2, "0.8 0.7 0.7 0.9 k 20 60 5 5 re f")),
    Fault("too much ink in a square", ("error 2 too-much-ink",), draws(2, "0.9 0.8 0.7 0.9 k 20 60 30 30 re f")),
    Fault(
        "too much ink in a picture",
        ("error 2 too-much-ink",),
        draws(
            2,
            "q 60 0 0 40 20 60 cm /P Do Q",
            XObject_P=lambda press: photo(press.pdf, top=(230, 220, 210, 240), bottom=(200, 200, 200, 240)),
        ),
    ),
    Fault(
        "too much ink in a jpeg",
        ("error 2 too-much-ink",),
        draws(
            2,
            "q 60 0 0 40 20 60 cm /P Do Q",
            XObject_P=lambda press: photo(press.pdf, top=(230, 220, 210, 240), bottom=(200, 200, 200, 240), jpeg=True),
        ),
    ),
    Fault(
        "inks add by overprinting",
        ("error 2 too-much-ink",),
        draws(2, "1 0.9 0 0 k 20 60 30 30 re f /over gs 0 0 0.9 0.9 k 20 60 30 30 re f"),
    ),
    # PDF/X-1a
    Fault(
        "opacity",
        ("error 2 transparency",),
        both(x1a, draws(2, "/T gs", ExtGState_T=settings(ca=0.5))),
        printer={"standard": Standard.X1A},
        save={"version": "1.4"},
    ),
    Fault(
        "blending",
        ("error 2 transparency",),
        both(x1a, draws(2, "/T gs", ExtGState_T=settings(BM=Name.Multiply))),
        printer={"standard": Standard.X1A},
        save={"version": "1.4"},
    ),
    Fault(
        "soft edges",
        ("error 2 transparency",),
        both(x1a, draws(2, "q 60 0 0 40 20 60 cm /P Do Q", XObject_P=soft_edged)),
        printer={"standard": Standard.X1A},
        save={"version": "1.4"},
    ),
    Fault(
        "jpeg 2000",
        ("error - forbidden-compression",),
        both(x1a, draws(2, "", XObject_J=lambda press: press.pdf.make_stream(b"", Filter=Name.JPXDecode))),
        printer={"standard": Standard.X1A},
        save={"version": "1.4"},
    ),
)


def found_in(press: Press, tmp_path: Path, fault: Fault) -> list[str]:
    path = press.save(tmp_path / "file.pdf", **fault.save)
    assert fault.patch[0] in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(*fault.patch) if fault.patch[0] else path.read_bytes())
    printer: Printer = replace(sheetfed(), **fault.printer)
    result = preflight(path, printer, **fault.asked)
    for finding in result.findings:
        assert finding.problem.message
        assert finding.problem.hint
        assert finding.source
    return [
        f"{'error' if finding.problem.severity is Severity.ERROR else 'warning'} {finding.page or '-'} "
        f"{finding.problem.code}"
        for finding in result.findings
    ]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_planted_fault_is_found_and_nothing_else(fault: Fault, tmp_path: Path) -> None:
    press = Press()
    fault.plant(press)
    assert found_in(press, tmp_path, fault) == list(fault.found)


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 45
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert codes("Salt")
