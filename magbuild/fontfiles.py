"""Font programs as they are embedded: OpenType brought into the plainer forms that standards ask for."""

import io

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Dictionary, Name, Object, Stream


def is_opentype(descriptor: Object) -> bool:
    """Whether a font descriptor holds an OpenType program."""
    program = descriptor.get("/FontFile3")
    return isinstance(program, Stream) and program.get("/Subtype") == Name.OpenType


def plain_program(descriptor: Object) -> tuple[str, bytes] | None:
    """Return the outlines of an OpenType font on their own: their kind ("CFF " or "glyf") and their bytes."""
    data = bytes(descriptor.FontFile3.read_bytes())
    try:
        with TTFont(io.BytesIO(data)) as font:
            if "CFF " in font:
                return "CFF ", bytes(font.getTableData("CFF "))
            return ("glyf", data) if "glyf" in font else None
    except (TTLibError, AssertionError, KeyError, ValueError, OSError, EOFError):
        return None


def embed_plainly(pdf: pikepdf.Pdf, descriptor: Object, *, composite: bool) -> bool:
    """Embed an OpenType font as bare CFF or TrueType (ISO 32000-1, table 126); return whether that could be done.

    `composite` says that a composite font's descriptor it is, whose glyphs go by numbers and not by names.
    """
    plain = plain_program(descriptor)
    if plain is None:
        return False
    kind, data = plain
    del descriptor["/FontFile3"]
    if kind == "glyf":
        descriptor.FontFile2 = pdf.make_stream(data, Length1=len(data))
    else:
        descriptor.FontFile3 = pdf.make_stream(data, Subtype=Name.CIDFontType0C if composite else Name.Type1C)
    return True


def opentype_fonts(pdf: pikepdf.Pdf) -> list[tuple[Object, bool]]:
    """Return the descriptors of all fonts embedded as OpenType, and whether each is a composite font's."""
    found: dict[tuple[int, int], tuple[Object, bool]] = {}
    for thing in pdf.objects:
        descriptor = thing.get("/FontDescriptor") if isinstance(thing, Dictionary) else None
        if isinstance(descriptor, Dictionary) and is_opentype(descriptor):
            composite = thing.get("/Subtype") in (Name.CIDFontType0, Name.CIDFontType2)
            found.setdefault(descriptor.objgen, (descriptor, composite))
    return list(found.values())
