"""A read file comes in; what it is comes out: size, digest, trims, version, what it claims, inks."""

import hashlib
from collections import Counter

from magbuild.measure import Length, Size
from magbuild.preflight.findings import FileFacts, PageFacts
from magbuild.preflight.inks import NOTHING, PROCESS
from magbuild.preflight.job import Job
from magbuild.preflight.reading import entry, text


def facts_of(job: Job, data: bytes) -> FileFacts:
    """Return what a file is; `data` are its bytes."""
    sizes = Counter((round(sheet.width, 2), round(sheet.height, 2)) for sheet in job.sheets)
    return FileFacts(
        name=job.path.name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        pages=tuple(
            PageFacts(number=sheet.number, media=sheet.media, bleed=sheet.bleed, trim=sheet.trim)
            for sheet in job.sheets
        ),
        trims=tuple(Size(Length(width), Length(height)) for (width, height), _ in sizes.most_common()),
        version=job.pdf.pdf_version,
        claims=job.claims,
        title=job.xmp.get("dc:title", "") or text(entry(job.info, "/Title")),
        producer=job.xmp.get("pdf:Producer", "") or text(entry(job.info, "/Producer")),
        condition=text(entry(job.intents[0], "/OutputConditionIdentifier")) if job.intents else "",
        inks=_inks(job),
    )


def _inks(job: Job) -> tuple[str, ...]:
    """Return the inks that can print something on the pages: process inks in press order, then spots by name."""
    found = {ink for _, used in job.used() for ink in used.inks} - {NOTHING}
    return tuple(ink for ink in PROCESS if ink in found) + tuple(sorted(found.difference(PROCESS)))
