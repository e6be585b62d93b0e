"""What a PDF says of itself: title, people, language, dates, in Info and XMP alike."""

from datetime import datetime

import pikepdf
from pikepdf import Dictionary, String

from magbuild import __version__
from magbuild.model import Issue

PRODUCER = f"magbuild {__version__}"


def describe(pdf: pikepdf.Pdf, issue: Issue, stamp: datetime, subject: str) -> None:
    """Write title, publisher, language, dates and a subject line; `stamp` is an aware UTC time."""
    sheet, magazine = issue.sheet, issue.magazine
    title = " ".join(filter(None, (f"{magazine.title} {sheet.number}", f"({sheet.season})" if sheet.season else "")))
    day = stamp.strftime("D:%Y%m%d%H%M%S+00'00'")
    iso = stamp.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(magazine.publisher or magazine.title),
            Subject=String(subject),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=String(day),
            ModDate=String(day),
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:creator"] = [magazine.publisher or magazine.title]
        xmp["dc:description"] = subject
        xmp["dc:language"] = {magazine.language}
        xmp["xmp:CreatorTool"] = PRODUCER
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = iso
        xmp["pdf:Producer"] = PRODUCER
