"""The finish for readers: kept for long (PDF/A-2a), heard well (PDF/UA-1); what veraPDF says is in test_verapdf."""

import io
import struct
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from magbuild.inks import srgb_profile
from magbuild.paginate import paginate
from magbuild.pdf_metadata import describe
from magbuild.pdfa import Standard, finish, make_keepable, may_claim, show_inks
from tests.kit_galleys import small_galley, small_issue

STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    proof = paginate(small_galley("salt", '<p>Salt <a href="https://salt.example">and</a> tea</p>'))
    with pikepdf.open(io.BytesIO(proof.pdf)) as opened:
        yield opened


def xmp(pdf: pikepdf.Pdf, *claims: Standard) -> str:
    describe(pdf, small_issue(number=37), STAMP, "Test edition")
    finish(pdf, claims)
    return str(pdf.Root.Metadata.read_bytes().decode())


def test_colours_are_those_of_the_profile_that_is_embedded(pdf: pikepdf.Pdf) -> None:
    xmp(pdf)
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes() == srgb_profile()


def test_the_profile_is_srgb_and_the_same_each_time() -> None:
    profile = srgb_profile()
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    assert struct.unpack_from(">6H", profile, 24) == (2000, 1, 1, 0, 0, 0)
    assert profile[84:100] == bytes(16)  # no digest that the date would have changed
    assert profile == srgb_profile()


@pytest.mark.parametrize(
    ("claims", "archival", "accessible"),
    [
        ((), False, False),
        ((Standard.ARCHIVAL,), True, False),
        ((Standard.ACCESSIBLE,), False, True),
        (tuple(Standard), True, True),
    ],
)
def test_a_file_claims_what_it_is_told_to(
    pdf: pikepdf.Pdf, claims: tuple[Standard, ...], archival: bool, accessible: bool
) -> None:
    written = xmp(pdf, *claims)
    assert ("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<" in written) == archival
    assert ("<pdfuaid:part>1</pdfuaid:part>" in written) == accessible
    assert ("<pdfaSchema:prefix>pdfuaid<" in written) == accessible
    with pdf.open_metadata() as metadata:  # it is XML still
        assert metadata["dc:title"] == "Salt 37"
        assert metadata.get("pdfaid:part") == ("2" if archival else None)


@pytest.mark.parametrize(
    ("codes", "standards"),
    [
        ([], ["PDF/A-2a", "PDF/UA-1"]),
        (["layout-style"], ["PDF/A-2a", "PDF/UA-1"]),
        (["missing-alt"], ["PDF/A-2a"]),
        (["missing-glyph"], []),
    ],
)
def test_no_more_is_claimed_than_the_material_allows(codes: list[str], standards: list[str]) -> None:
    assert list(may_claim(codes)) == standards


def test_it_opens_on_its_first_page_as_wide_as_the_window(pdf: pikepdf.Pdf) -> None:
    xmp(pdf)
    page, view, top = pdf.Root.OpenAction
    assert page.objgen == pdf.pages[0].objgen
    assert view == Name.FitH
    assert float(top) == float(pdf.pages[0].mediabox[3])
    assert (pdf.Root.PageLayout, pdf.Root.PageMode) == (Name.SinglePage, Name.UseOutlines)


def test_links_are_printed_and_pictures_are_not_smoothed(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, Interpolate=True)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=image)
    make_keepable(pdf)
    assert "/Interpolate" not in image
    assert [int(link.F) for link in pdf.pages[0].obj.Annots] == [4]


def test_colours_in_inks_are_shown_in_those_of_screens() -> None:
    content = (
        '<p style="color: device-cmyk(0 1 1 0); border: 1pt solid device-cmyk(1 0 0 .5)">Salt</p>'
        '<p style="opacity: .5; color: device-cmyk(0 0 0 1)">tea</p>'
    )
    with pikepdf.open(io.BytesIO(paginate(small_galley("salt", content)).pdf)) as inked:
        show_inks(inked)
        packed = io.BytesIO()
        inked.save(packed, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    assert b"DeviceCMYK" not in packed.getvalue()
    for colour in (b"1.0000 0.0000 0.0000 rg", b"0.0000 0.5000 0.5000 rg", b"0.0000 0.0000 0.0000 rg"):
        assert colour in packed.getvalue()


def test_fonts_are_embedded_plainly(pdf: pikepdf.Pdf) -> None:
    make_keepable(pdf)
    programs = [
        str(thing.FontFile3.Subtype)
        for thing in pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.FontDescriptor
    ]
    assert programs == ["/CIDFontType0C"]
    make_keepable(pdf)  # nothing is left to do
    assert isinstance(pdf.pages[0].obj.Annots, Array)
