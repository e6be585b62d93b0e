"""PDF/X: what the standards ask a file to say of itself, and what keeps one from being opaque."""

import io
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from pikepdf import Array, Dictionary, Name

from magbuild.model import Issue, Printer, Standard
from magbuild.paginate import paginate
from magbuild.pdfx import finish, finish_x1a, finish_x4, save_x1a, save_x4
from magbuild.problem import Problem
from tests.kit_galleys import small_galley, small_issue
from tests.kit_pages import fonts, small_pdf, texts
from tests.kit_print import complaints, printer_with

STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)
ISSUE = small_issue(magazine={"title": "Salt & Tea", "publisher": "Ana <Lima>"}, number=37, season="Spring 2026")
BOXES = {"TrimBox": (10.0, 10.0, 90.0, 90.0), "BleedBox": (2.0, 2.0, 98.0, 98.0)}


def opened(*contents: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(small_pdf(*(contents or ("0 0 0 1 k 20 20 9 9 re f",)), boxes=BOXES)))


def x4(target: Path, *contents: str, change: Callable[[pikepdf.Pdf], None] | None = None, **fields: Any) -> pikepdf.Pdf:
    """Finish a small PDF as PDF/X-4 and open what was written."""
    with opened(*contents) as pdf:
        if change:
            change(pdf)
        finish_x4(pdf, printer_with(**fields), ISSUE, STAMP, "Print edition")
        save_x4(pdf, target)
    return pikepdf.open(target)


def x1a(pdf: pikepdf.Pdf, printer: Printer | None = None, issue: Issue = ISSUE) -> tuple[Problem, ...]:
    return finish_x1a(pdf, printer or printer_with(), issue, STAMP, "Print edition")


# --- PDF/X-4 ---


def test_the_output_intent_names_the_condition_and_embeds_the_profile(tmp_path: Path) -> None:
    printer = printer_with()
    with x4(tmp_path / "x.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.OutputCondition) == str(intent.Info) == printer.condition_text
        assert str(intent.RegistryName) == "http://www.color.org"
        assert int(intent.DestOutputProfile.N) == 4
        assert intent.DestOutputProfile.read_bytes() == printer.profile.read_bytes()


def test_a_condition_that_is_not_registered_names_no_registry(tmp_path: Path) -> None:
    with x4(tmp_path / "x.pdf", registered=False, condition="Ours") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert "/RegistryName" not in intent
        assert str(intent.OutputConditionIdentifier) == "Ours"


def test_an_output_intent_that_was_there_gives_way(tmp_path: Path) -> None:
    def intend(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFA1), Dictionary(S=Name.GTS_PDFX)])

    with x4(tmp_path / "x.pdf", change=intend) as pdf:
        assert len(pdf.Root.OutputIntents) == 1
        assert "/DestOutputProfile" in pdf.Root.OutputIntents[0]


def xmp_of(path: Path) -> dict[str, str]:
    """Read the XMP as a workflow that knows no PDF does: from the bytes of the file."""
    packet = re.search(rb"<\?xpacket begin.*?<\?xpacket end", path.read_bytes(), re.DOTALL)
    assert packet is not None, "the XMP is compressed"
    root = etree.fromstring(re.sub(rb"<\?xpacket.*?(\?>|$)", b"", packet[0]).strip())
    found: dict[str, str] = {}
    for description in root.iter("{*}Description"):
        found |= {str(name): str(value) for name, value in description.attrib.items()}
        found |= {str(child.tag): "".join(map(str, child.itertext())).strip() for child in description}
    return found


NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}


def entry(xmp: dict[str, str], name: str) -> str:
    prefix, _, local = name.partition(":")
    return xmp[f"{{{NAMESPACES[prefix]}}}{local}"]


def test_info_and_xmp_say_the_same(tmp_path: Path) -> None:
    with x4(tmp_path / "x.pdf") as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
    xmp = xmp_of(tmp_path / "x.pdf")
    assert entry(xmp, "pdfxid:GTS_PDFXVersion") == "PDF/X-4"
    assert entry(xmp, "dc:title") == info["/Title"] == "Salt & Tea 37 (Spring 2026)"
    assert entry(xmp, "dc:format") == "application/pdf"
    assert entry(xmp, "pdf:Trapped") == "False"
    assert info["/Trapped"] == "/False"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20260320060708+00'00'"
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        assert entry(xmp, name) == "2026-03-20T06:07:08+00:00"
    assert entry(xmp, "pdf:Producer") == info["/Producer"]
    assert entry(xmp, "xmp:CreatorTool") == info["/Creator"]
    assert entry(xmp, "xmpMM:VersionID") == "1"
    assert entry(xmp, "xmpMM:RenditionClass") == "default"
    for name in ("xmpMM:DocumentID", "xmpMM:InstanceID"):
        assert uuid.UUID(entry(xmp, name).removeprefix("uuid:")).version == 5


def identifiers(path: Path, content: str, stamp: datetime, subject: str, issue: Issue = ISSUE) -> tuple[str, str]:
    with opened(content) as pdf:
        finish_x4(pdf, printer_with(), issue, stamp, subject)
        save_x4(pdf, path)
    xmp = xmp_of(path)
    return entry(xmp, "xmpMM:DocumentID"), entry(xmp, "xmpMM:InstanceID")


def test_identifiers_belong_to_the_issue_and_to_the_content(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    document, instance = identifiers(path, "q Q", STAMP, "Print edition")
    assert identifiers(path, "q Q", STAMP, "Print edition") == (document, instance)
    for other in (
        identifiers(path, "q q Q Q", STAMP, "Print edition"),
        identifiers(path, "q Q", STAMP + timedelta(1), "Print edition"),
    ):
        assert other[0] == document
        assert other[1] != instance
    assert identifiers(path, "q Q", STAMP, "Cover")[0] != document
    assert identifiers(path, "q Q", STAMP, "Print edition", small_issue(number=38))[0] != document


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        x4(tmp_path / name, "q Q", "0 0 0 1 k").close()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_the_version_is_1_6_whatever_the_file_was(tmp_path: Path) -> None:
    def raise_version(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Version = Name("/2.0")
        pdf.Root.Extensions = Dictionary(ADBE=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=8))

    with x4(tmp_path / "x.pdf", change=raise_version) as pdf:
        assert pdf.pdf_version == "1.6"
        assert "/Version" not in pdf.Root
        assert "/Extensions" not in pdf.Root
        assert "/ID" in pdf.trailer
        assert not pdf.is_encrypted
    data = (tmp_path / "x.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.6\n")
    assert b"/ObjStm" not in data
    assert b"/LZWDecode" not in data


def test_nothing_is_left_that_acts_or_belongs_to_screens(tmp_path: Path) -> None:
    def act(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = pdf.Root.AA = script
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
        pdf.Root.AcroForm = Dictionary(Fields=Array([]))
        page = pdf.pages[0].obj
        page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, A=script))])
        page.AA = script
        page.CropBox = page.ArtBox = Array([0, 0, 5, 5])

    with x4(tmp_path / "x.pdf", change=act) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
        assert {"/Annots", "/AA", "/CropBox", "/ArtBox"} & set(pdf.pages[0].obj.keys()) == set()
    assert b"JavaScript" not in (tmp_path / "x.pdf").read_bytes()


def test_pages_blend_in_cmyk_where_they_blend_at_all(tmp_path: Path) -> None:
    def half(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        pdf.pages[1].obj.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))

    with x4(tmp_path / "x.pdf", "q Q", "/G gs 0 0 9 9 re f", change=half) as pdf:
        opaque, blended = pdf.pages
        assert "/Group" not in opaque.obj
        assert str(blended.obj.Group.S) == "/Transparency"
        assert str(blended.obj.Group.CS) == "/DeviceCMYK"


# --- PDF/X-1a ---


def test_an_opaque_file_becomes_pdf_x_1a(tmp_path: Path) -> None:
    with opened() as pdf:
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
        assert x1a(pdf) == ()
        save_x1a(pdf, tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert pdf.pdf_version == "1.4"
        assert str(pdf.docinfo.GTS_PDFXVersion) == "PDF/X-1a:2003"
        assert pdf.docinfo.Trapped == Name("/False")
        assert "/Group" not in pdf.pages[0].obj
        assert len(pdf.Root.OutputIntents) == 1
    xmp = xmp_of(tmp_path / "x.pdf")
    assert entry(xmp, "pdfx:GTS_PDFXVersion") == "PDF/X-1a:2003"
    assert f"{{{NAMESPACES['pdfxid']}}}GTS_PDFXVersion" not in xmp


def test_what_is_transparent_is_named_with_its_page_and_nothing_changes() -> None:
    with opened("q Q", "/G gs 0 0 9 9 re f") as pdf:
        pdf.pages[1].obj.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))
        pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
        (problem,) = x1a(pdf)
        assert problem.code == "transparent-object"
        assert problem.place.page == 2
        assert problem.message == "graphics state /G has 50 % opacity, which PDF/X-1a can't have"
        assert "/Group" in pdf.pages[1].obj
        assert "/OutputIntents" not in pdf.Root


def set_page() -> pikepdf.Pdf:
    """Return a page of the layout engine's, set in an OpenType font with CFF outlines."""
    return pikepdf.open(io.BytesIO(paginate(small_galley("salt", "<p>Salt ﬁsh Ünï</p>")).pdf))


def programs(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    found = []
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.FontDescriptor:
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in thing:
                    found.append((key, str(thing[key].get("/Subtype", ""))))
    return found


def pixels(data: bytes) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].render(scale=3).to_numpy().astype(int)
    finally:
        document.close()


def test_opentype_fonts_are_embedded_as_bare_outlines_and_look_the_same(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with set_page() as pdf:
        pdf.save(packed)
        assert programs(pdf) == [("/FontFile3", "/OpenType")]
        assert x1a(pdf) == ()
        save_x1a(pdf, tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert programs(pdf) == [("/FontFile3", "/CIDFontType0C")]
        assert all(fonts(pdf).values())
    written = (tmp_path / "x.pdf").read_bytes()
    difference = abs(pixels(written) - pixels(packed.getvalue()))
    assert difference.max() <= 24, "but for the smoothing of edges"
    assert "Salt" in texts(written)[0]


def test_a_font_that_is_broken_is_a_problem() -> None:
    with set_page() as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary) and "/FontFile3" in thing:
                thing.FontFile3.write(b"OTTO\0\1 nothing of use")
        (problem,) = x1a(pdf)
        assert problem.code == "font-not-plain"
        assert problem.message == "font Kit can't be embedded in the way of PDF/X-1a"


@pytest.mark.parametrize(("coding", "name"), [("JPXDecode", "JPEG 2000"), ("JBIG2Decode", "JBIG2")])
def test_codings_that_pdf_1_4_or_the_standard_lack_are_problems(coding: str, name: str) -> None:
    with opened() as pdf:
        image = pdf.make_stream(b"..", Subtype=Name.Image, Filter=Array([Name(f"/{coding}")]))
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im=image)
        (problem,) = x1a(pdf)
        assert problem.code == "picture-not-plain"
        assert name in problem.message


# --- As the printer takes it ---


@pytest.mark.parametrize("standard", list(Standard))
def test_the_printer_says_which_standard(tmp_path: Path, standard: Standard) -> None:
    with opened() as pdf:
        assert finish(pdf, printer_with(standard=standard), ISSUE, STAMP, "Print edition", tmp_path / "x.pdf") == ()
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert pdf.pdf_version == {Standard.X4: "1.6", Standard.X1A: "1.4"}[standard]


def test_a_file_with_problems_is_not_written(tmp_path: Path) -> None:
    with opened("/G gs") as pdf:
        pdf.pages[0].obj.Resources.ExtGState = Dictionary(G=Dictionary(BM=Name.Multiply))
        printer = printer_with(standard=Standard.X1A)
        assert len(finish(pdf, printer, ISSUE, STAMP, "Print edition", tmp_path / "x.pdf")) == 1
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.slow
@pytest.mark.parametrize("standard", list(Standard))
def test_tools_of_printers_find_nothing(tmp_path: Path, standard: Standard) -> None:
    with set_page() as pdf:
        assert finish(pdf, printer_with(standard=standard), ISSUE, STAMP, "Print edition", tmp_path / "x.pdf") == ()
    assert complaints(tmp_path / "x.pdf") == []
