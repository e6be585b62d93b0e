"""What a PDF says of itself, in Info and XMP alike."""

import io
import re
from datetime import UTC, datetime

import pikepdf
import pytest

from magbuild import __version__
from magbuild.model import Issue
from magbuild.pdf_metadata import describe
from tests.kit_galleys import small_issue, small_story

STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)


def described(issue: Issue) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        describe(pdf, issue, STAMP, "Test edition")
        packed = io.BytesIO()
        pdf.save(packed, deterministic_id=True)
    return packed.getvalue()


def info(issue: Issue) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(described(issue))) as pdf:
        return {key: str(value) for key, value in pdf.docinfo.items()}


def test_info_names_title_publisher_subject_and_program() -> None:
    magazine = {"title": "Salt & Tea", "publisher": "Ana <Lima>"}
    issue = small_issue(small_story("a"), magazine=magazine, number=37, season="Spring 2026")
    program = f"magbuild {__version__}"
    assert info(issue) == {
        "/Title": "Salt & Tea 37 (Spring 2026)",
        "/Author": "Ana <Lima>",
        "/Subject": "Test edition",
        "/Creator": program,
        "/Producer": program,
        "/CreationDate": "D:20260320060708+00'00'",
        "/ModDate": "D:20260320060708+00'00'",
    }


@pytest.mark.parametrize(("season", "title"), [("", "Salt 1"), ("été 2026", "Salt 1 (été 2026)")])
def test_what_is_not_given_is_left_out(season: str, title: str) -> None:
    found = info(small_issue(season=season))
    assert (found["/Title"], found["/Author"]) == (title, "Salt")


def test_xmp_says_the_same_as_info() -> None:
    issue = small_issue(magazine={"title": "Salt & Tea", "publisher": "Ana <Lima>", "language": "pt-BR"}, number=37)
    with pikepdf.open(io.BytesIO(described(issue))) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "Salt & Tea 37"
        assert xmp["dc:creator"] == ["Ana <Lima>"]
        assert xmp["dc:description"] == "Test edition"
        assert xmp["dc:language"] == {"pt-BR"}
        assert xmp["pdf:Producer"] == xmp["xmp:CreatorTool"] == f"magbuild {__version__}"
        for date in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            assert xmp[date] == "2026-03-20T06:07:08+00:00"


def test_the_stamp_is_the_only_date() -> None:
    with pikepdf.open(io.BytesIO(described(small_issue()))) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
    assert set(re.findall(r"20\d\d-\d\d-\d\dT[^<\"]*", xmp)) == {"2026-03-20T06:07:08+00:00"}


def test_what_was_said_before_is_said_no_longer() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Keywords"] = "old"
        describe(pdf, small_issue(), STAMP, "one")
        describe(pdf, small_issue(), STAMP, "two")
        assert "/Keywords" not in pdf.docinfo
        assert str(pdf.docinfo["/Subject"]) == "two"


def test_the_same_issue_is_described_in_the_same_bytes() -> None:
    assert described(small_issue()) == described(small_issue())
