"""What a PDF says of itself: title, people, language, dates, in Info and XMP alike; and what files are called."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from datetime import time as clock

import pikepdf
from pikepdf import Dictionary, String

from magbuild import __version__
from magbuild.language import slugged
from magbuild.model import Issue

PRODUCER = f"magbuild {__version__}"


def issue_name(issue: Issue) -> str:
    """Return what an issue is called: its magazine, number and season."""
    season = f" ({issue.sheet.season})" if issue.sheet.season else ""
    return f"{issue.magazine.title} {issue.sheet.number}{season}"


def describe(
    pdf: pikepdf.Pdf, issue: Issue, stamp: datetime, subject: str, *, title: str = "", people: Sequence[str] = ()
) -> None:
    """Write title, people, language, dates and a subject line; `stamp` is an aware UTC time.

    The title is the issue's and its people the publisher, unless others are given.
    """
    magazine = issue.magazine
    title = title or issue_name(issue)
    people = list(people) or [magazine.publisher or magazine.title]
    day = stamp.strftime("D:%Y%m%d%H%M%S+00'00'")
    iso = stamp.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(", ".join(people)),
            Subject=String(subject),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=String(day),
            ModDate=String(day),
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:creator"] = people
        xmp["dc:description"] = subject
        xmp["dc:language"] = {magazine.language}
        xmp["xmp:CreatorTool"] = PRODUCER
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = iso
        xmp["pdf:Producer"] = PRODUCER


def time_stamp(issue: Issue) -> datetime:
    """Return the one date that files of this issue carry: SOURCE_DATE_EPOCH, or the day it is published."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.combine(issue.sheet.published, clock(), UTC)


def file_stem(issue: Issue) -> str:
    """Return the start of all file names of an issue, such as "foundations-37"."""
    return f"{slugged(issue.magazine.title) or 'issue'}-{issue.sheet.number}"
