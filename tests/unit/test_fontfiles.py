"""Font programs as they are embedded; that they look the same is in test_pdfx."""

import io

import pikepdf
from pikepdf import Dictionary, Name

from magbuild.fontfiles import embed_plainly, is_opentype, opentype_fonts, plain_program
from magbuild.paginate import paginate
from tests.kit_galleys import small_galley


def page() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paginate(small_galley("salt", "<p>Salt</p>")).pdf))


def test_outlines_of_a_composite_font_are_embedded_on_their_own() -> None:
    with page() as pdf:
        ((descriptor, composite),) = opentype_fonts(pdf)
        assert composite
        before = len(descriptor.FontFile3.read_bytes())
        assert embed_plainly(pdf, descriptor, composite=composite)
        assert descriptor.FontFile3.Subtype == Name.CIDFontType0C
        assert descriptor.FontFile3.read_bytes()[:2] == b"\x01\x00"  # CFF 1.0
        assert len(descriptor.FontFile3.read_bytes()) < before
        assert not is_opentype(descriptor)
        assert opentype_fonts(pdf) == []


def test_a_simple_font_has_another_form() -> None:
    with page() as pdf:
        ((descriptor, _),) = opentype_fonts(pdf)
        embed_plainly(pdf, descriptor, composite=False)
        assert descriptor.FontFile3.Subtype == Name.Type1C


def test_a_broken_font_is_left_as_it_is() -> None:
    with page() as pdf:
        ((descriptor, composite),) = opentype_fonts(pdf)
        descriptor.FontFile3.write(b"OTTO\0\1 nothing of use")
        assert plain_program(descriptor) is None
        assert not embed_plainly(pdf, descriptor, composite=composite)
        assert descriptor.FontFile3.read_bytes().startswith(b"OTTO")


def test_fonts_that_share_a_descriptor_are_named_once() -> None:
    with page() as pdf:
        ((descriptor, _),) = opentype_fonts(pdf)
        pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, FontDescriptor=descriptor))
        assert len(opentype_fonts(pdf)) == 1
