"""Pictures: enough pixels for their size, and pixels that can be read.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from magbuild.model import Resolution
from magbuild.preflight.drawn import Area, Drawn, Line, Picture, Shading, Text
from magbuild.preflight.job import Job
from magbuild.preflight.look import Look, Outcome
from magbuild.preflight.pixels import may_be_heavy
from magbuild.preflight.plane import Box, in_mm
from magbuild.preflight.sheets import Sheet

TINY = 16  # px: smaller pictures are tints and bullets (GWG R0031)
ROUNDING = 0.005  # ppi: sizes come out of several multiplications
PAGE_WARNING = 449.0  # ppi of an advert that is one picture (GWG R0033)


def low_resolution(job: Job) -> Outcome:
    """A picture has too few pixels for its size.

    Measured as placed, along its coarser side. At or below the first limit of the printer's profile it is an error, at
    or below the second a warning (GWG R0031: 149 and 224 ppi; R0032, pictures of only black and white: 549 and 799).
    Pictures of up to 16 pixels, soft masks, and pictures outside the trim don't count. An advert that is one single
    picture is warned of up to 449 ppi, since its text is made of pixels too (R0033). Use a larger picture, or place it
    smaller.
    """
    look = job.look(
        "low-resolution", "the resolution of pictures", "pictures", limit=job.printer.colour.warning, unit="ppi"
    )
    for sheet, thing in job.trimmed():
        if not isinstance(thing, Picture) or max(thing.pixels) <= TINY:
            continue
        line_art = thing.bits == 1
        limits, source = (job.printer.line_art, "GWG R0032") if line_art else (job.printer.colour, "GWG R0031")
        if job.advert is not None and not line_art and _alone(sheet):
            limits, source = Resolution(error=limits.error, warning=max(limits.warning, PAGE_WARNING)), "GWG R0033"
        look.saw(None if line_art else thing.ppi, sheet)
        look.tally(f"of black and white only, limit {job.printer.line_art.warning:g} ppi", line_art)
        _judge(look, sheet, thing, limits, source)
    return look.outcome()


def _judge(look: Look, sheet: Sheet, picture: Picture, limits: Resolution, source: str) -> None:
    if picture.ppi > limits.warning + ROUNDING:
        return
    warns = picture.ppi > limits.error + ROUNDING
    limit = limits.warning if warns else limits.error
    width, height = _measure(picture.box)
    what = "a picture of black and white only" if picture.bits == 1 else "a picture"
    look.found(
        f"{what} has {picture.ppi:.0f} ppi at {width:.0f} x {height:.0f} mm; it needs more than {limit:g} ppi",
        "use a larger picture, or place it smaller",
        sheet=sheet,
        box=picture.box,
        object=", ".join(filter(None, (picture.name, picture.object))),
        source=source,
        warns=warns,
        alike=(picture.key or picture.name, warns),
    )


def _alone(sheet: Sheet) -> bool:
    """Whether a page is nothing but one picture."""
    seen: list[Drawn] = [thing for thing in sheet.printed if isinstance(thing, (Text, Line, Area, Shading, Picture))]
    return len(seen) == 1


def _measure(box: Box) -> tuple[float, float]:
    left, top, right, bottom = in_mm(box, box)
    return right - left, bottom - top


def broken_picture(job: Job) -> Outcome:
    """The pixels of a picture can't be read, or some are missing.

    Looked at are pictures of four inks or more, the ones whose ink is counted. Put the picture into the document anew,
    and export it again.
    """
    look = job.look("broken-picture", "the pixels of pictures", "pictures")
    for sheet, thing in job.trimmed():
        if isinstance(thing, Picture) and thing.stencil is None and may_be_heavy(thing.space, 100):
            look.saw()
            job.ink(thing)
            if why := job.unreadable(thing):
                look.found(
                    f"a picture can't be read: {why}",
                    "put the picture into the document anew",
                    sheet=sheet,
                    box=thing.box,
                    object=", ".join(filter(None, (thing.name, thing.object))),
                    source="ISO 32000",
                )
    return look.outcome()
