"""Pages and their boxes: sizes, bleed, number of pages.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections import Counter
from itertools import pairwise

from magbuild.model import Binding, BindingRule
from magbuild.preflight.job import Job
from magbuild.preflight.look import Outcome
from magbuild.preflight.plane import MM, SIDES, Box, within
from magbuild.preflight.rules.structure import X4
from magbuild.preflight.sheets import Sheet

ROUNDING = 0.02  # mm
TRIM_TOLERANCE = 0.1  # mm: what a printer's trimming doesn't show
ORDER = ("TrimBox", "BleedBox", "CropBox", "MediaBox")


def no_trim_box(job: Job) -> Outcome:
    """A page doesn't say where it is trimmed.

    Without a TrimBox (or an ArtBox in its place) nobody knows the size of the finished page, and its bleed and edges
    can't be judged. Export as PDF/X, with "use document bleed" on.
    """
    look = job.look("no-trim-box", "trim boxes", "pages")
    for sheet in job.sheets:
        look.saw()
        if not sheet.tells_trim:
            look.found("the page has no trim box", "export as PDF/X", sheet=sheet, object=sheet.object, source=X4)
    return look.outcome()


def art_box(job: Job) -> Outcome:
    """A page has an ArtBox beside its TrimBox, and PDF/X allows only one of them.

    Take the ArtBox out, or export as PDF/X.
    """
    look = job.look("art-box", "art boxes", "pages")
    for sheet in job.sheets:
        look.saw()
        if "ArtBox" in sheet.given and "TrimBox" in sheet.given:
            look.found(
                "the page has an art box beside its trim box",
                "export as PDF/X",
                sheet=sheet,
                object=sheet.object,
                source=X4,
            )
    return look.outcome()


def box_nesting(job: Job) -> Outcome:
    """The boxes of a page don't lie in each other: trim in bleed, bleed in the sheet.

    The printer's system can't place such a page. Export the document anew; don't shift boxes by hand.
    """
    look = job.look("box-nesting", "how the boxes of pages lie in each other", "pages")
    for sheet in job.sheets:
        look.saw()
        boxes = [(name, sheet.given[name]) for name in ORDER if name in sheet.given and name != "CropBox"]
        for (inner, small), (outer, large) in pairwise(boxes):
            if not within(small, large):
                look.found(
                    f"the {inner} of the page reaches out of its {outer}",
                    "export the document anew",
                    sheet=sheet,
                    box=small,
                    object=sheet.object,
                    source=X4,
                )
    return look.outcome()


def crop_box(job: Job) -> Outcome:
    """A page is cropped to less than its sheet.

    A CropBox hides the bleed, or more, from whoever looks. GWG R0003 wants none, or one as large as the sheet. Export
    without cropping.
    """
    look = job.look("crop-box", "crop boxes", "pages")
    for sheet in job.sheets:
        look.saw()
        if not (within(sheet.media, sheet.crop) and within(sheet.crop, sheet.media)):
            look.found(
                "the page is cropped to less than its sheet",
                "export without cropping",
                sheet=sheet,
                box=sheet.crop,
                object=sheet.object,
                source="GWG R0003",
            )
    return look.outcome()


def user_unit(job: Job) -> Outcome:
    """A page is measured in units of its own.

    Many printers' programs overlook that, and print it at the wrong size (GWG R0002). Export it at its true size.
    """
    look = job.look("user-unit", "the units of pages", "pages")
    for sheet in job.sheets:
        look.saw()
        if sheet.user_unit is not None:
            look.found(
                f"the page is measured in units of {sheet.user_unit:g} pt",
                "export it at its true size",
                sheet=sheet,
                object=sheet.object,
                source="GWG R0002",
            )
    return look.outcome()


def rotated_page(job: Job) -> Outcome:
    """A page is turned for the screen only.

    Some printers' programs print it as it lies in the file (GWG R0004). Turn its content instead, or export it
    upright.
    """
    look = job.look("rotated-page", "whether pages are turned", "pages")
    for sheet in job.sheets:
        look.saw()
        if sheet.rotate:
            look.found(
                f"the page is turned by {sheet.rotate}°",
                "export it upright",
                sheet=sheet,
                object=sheet.object,
                source="GWG R0004",
                warns=True,
            )
    return look.outcome()


def trims_differ(job: Job) -> Outcome:
    """A page is trimmed to another size than most.

    Pages of one job have one size (GWG R0004). Set the page in the document's size, or hand it in by itself.
    """
    look = job.look("trims-differ", "whether trimmed sizes are the same", "pages")
    told = [sheet for sheet in job.sheets if sheet.tells_trim]
    sizes = Counter((round(sheet.width, 1), round(sheet.height, 1)) for sheet in told)
    usual = max(sizes, key=lambda size: sizes[size], default=(0.0, 0.0))
    for sheet in told:
        look.saw()
        if abs(sheet.width - usual[0]) > TRIM_TOLERANCE or abs(sheet.height - usual[1]) > TRIM_TOLERANCE:
            look.found(
                f"the page is {_size(sheet)}, and most are {usual[0]:g} x {usual[1]:g} mm",
                "set the page in the size of the others",
                sheet=sheet,
                box=sheet.trim,
                object=sheet.object,
                source="GWG R0004",
                warns=True,
            )
    return look.outcome()


def trim_size(job: Job) -> Outcome | None:
    """An advert isn't as large as the place that was booked.

    It would have to be scaled. Ask the client for artwork of the right size, or correct the booking.
    """
    if job.advert is None:
        return None
    look = job.look("trim-size", "the size of the advert", "pages")
    width, height = job.advert.width.mm, job.advert.height.mm
    for sheet in job.sheets:
        look.saw()
        if abs(sheet.width - width) > TRIM_TOLERANCE or abs(sheet.height - height) > TRIM_TOLERANCE:
            look.found(
                f"the advert is {_size(sheet)}, and its place {width:g} x {height:g} mm",
                "ask the client for artwork of that size",
                sheet=sheet,
                box=sheet.trim,
                source="order",
            )
    return look.outcome()


def _size(sheet: Sheet) -> str:
    return f"{round(sheet.width, 1):g} x {round(sheet.height, 1):g} mm"


def no_bleed(job: Job) -> Outcome | None:
    """A page has no bleed, or less than the printer needs.

    What runs off a page must go on beyond the trim, mostly by 3 mm, or a white edge shows where the knife is a hair
    off. How much each edge needs is in the printer's profile; the spine of a perfect-bound issue may need none.
    Set the bleed in the document and export with it. Adverts may stand within a page, so of them only what touches
    the trim is judged (bleed-not-filled).
    """
    if job.advert is not None:
        return None
    limit = max((max(sheet.needed) for sheet in job.sheets), default=0) / MM
    look = job.look("no-bleed", "the bleed", "pages", limit=round(limit, 2), unit="mm")
    for sheet in job.sheets:
        given = bleed_of(sheet)
        short = [
            (edge, given[at] / MM, sheet.needed[at] / MM)
            for at, (_, edge) in enumerate(SIDES)
            if given[at] / MM < sheet.needed[at] / MM - ROUNDING
        ]
        asked = [given[at] / MM for at in range(4) if sheet.needed[at]]
        look.saw(max(0.0, min(asked, default=0.0)) if asked else None, sheet)
        if short:
            edges = ", ".join(f"{max(0.0, have):.1f} mm at the {edge}" for edge, have, _ in short)
            look.found(
                f"the page has a bleed of {edges}; {short[0][2]:g} mm is needed",
                "set the bleed in the document, and export with it",
                sheet=sheet,
                box=sheet.trim,
                object=sheet.object,
                source="printer",
            )
    return look.outcome()


def bleed_of(sheet: Sheet) -> Box:
    """Return how far the bleed of a page reaches beyond its trim, at the left, bottom, right and top, in pt."""
    bleed, trim = sheet.bleed, sheet.trim
    return trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]


def page_count(job: Job) -> Outcome | None:
    """The file has a number of pages that can't be bound, or isn't what was ordered.

    Saddle stitching takes a multiple of four, perfect binding an even number, both within bounds that the printer's
    profile gives. A cover is one page (or two, with its inside), an advert exactly one (GWG R0006).
    """
    count = len(job.sheets)
    look = job.look("page-count", "the number of pages", "pages")
    look.saw(count=count)
    if job.advert is not None:
        if count != 1:
            look.found(f"the advert has {count} pages", "hand in the page that is meant", source="GWG R0006")
    elif job.cover:
        if count not in (1, 2):
            look.found(
                f"the cover has {count} pages",
                "hand in outside and inside of the cover as pages 1 and 2",
                source="printer",
            )
    elif job.binding is not None:
        saddle = job.binding is Binding.SADDLE
        rule = job.printer.saddle if saddle else job.printer.perfect
        wrong = _cannot_bind(count, rule)
        if wrong:
            how = "saddle stitching" if saddle else "perfect binding"
            look.found(
                f"the file has {count} pages, and {how} takes {wrong}", "add or take out pages", source="printer"
            )
    elif not count:
        look.found("the file has no page", "export it again", source="printer")
    return look.outcome()


def _cannot_bind(count: int, rule: BindingRule) -> str:
    if count % rule.multiple:
        return f"a multiple of {rule.multiple}"
    if count < rule.least:
        return f"at least {rule.least}"
    return f"at most {rule.most}" if rule.most and count > rule.most else ""
