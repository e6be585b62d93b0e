"""Ink: not more on one spot than the paper can take.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator

from magbuild.preflight.coverage import Ground, adds, colour_ink
from magbuild.preflight.drawn import Drawn, Line, Picture, Text
from magbuild.preflight.job import Job
from magbuild.preflight.look import Look, Outcome
from magbuild.preflight.pixels import Inks, may_be_heavy
from magbuild.preflight.plane import Box, grown, touches
from magbuild.preflight.sheets import Sheet

ROUNDING = 0.5  # percent: inks are written in steps of 1/255
LAID_OUT = "pages laid out in squares"
COMPRESSION = 3.0  # percent by which the mean of a square millimetre of JPEG may be off


def too_much_ink(job: Job) -> Outcome:
    """More ink lies on one spot than the paper can take: it dries badly, sets off on the next sheet, and tears.

    Measured are the inks of each area, gradient and line of text, as the file says them, and of each picture's pixels
    in the mean of squares of about a millimetre. One of them above the printer's limit is a warning. Pages on which
    that is so, or where things overprint or blend, are then laid out in squares of half a millimetre, and the mean of
    any square of 15 mm above the printer's second limit is an error (GWG R0026). There, overprinting and blending count
    as if all inks were added, gradients by their heaviest colour, curves by the points that they are drawn with; text
    and lines are left out. RGB and Lab can't be counted. Lighten the picture, or convert it with the printer's profile.
    """
    limit, square = job.printer.total_ink, job.printer.square_ink
    look = job.look("too-much-ink", "the sum of all inks", "coloured things", limit=limit, unit="%", least=False)
    for sheet in job.sheets:
        heaviest: tuple[float, Drawn] | None = None
        mixes, unknown = False, 0
        for thing, ink in _inked(job, sheet):
            unknown += ink is None
            look.saw(ink, sheet)
            mixes = mixes or adds(thing)
            if ink is not None and (heaviest is None or ink > heaviest[0]):
                heaviest = ink, thing
        look.tally(LAID_OUT, 0)  # the remark begins with it
        look.tally("not countable", unknown)
        if heaviest is None:
            continue
        over = heaviest[0] > limit + (COMPRESSION if isinstance(heaviest[1], Picture) else ROUNDING)
        if over or (mixes and heaviest[0] > limit / 2):
            look.tally(LAID_OUT, 1)
            mean, box = _laid_out(job, sheet)
            if mean > square + ROUNDING:
                _say_square(look, sheet, mean, square, box)
                continue
        if over:
            _say_one(look, sheet, *heaviest, limit)
    return look.outcome()


def _inked(job: Job, sheet: Sheet) -> Iterator[tuple[Drawn, float | None]]:
    """Yield what brings ink, with the most it brings on one spot; None when that can't be told."""
    for thing in sheet.trimmed:
        match thing:
            case Picture() if thing.stencil is None:
                if not may_be_heavy(thing.space, 100):
                    yield thing, 100.0 if thing.space.inks else None
                else:
                    pixels = job.ink(thing)
                    yield thing, float(pixels.max()) if pixels is not None and pixels.size else None
            case Text() if thing.visible:
                yield thing, thing.paint.total if thing.paint.known else None
            case Line():
                yield thing, thing.paint.total if thing.paint.known else None
            case _:
                ink = colour_ink(thing)
                if ink is not None:
                    yield thing, ink


def _laid_out(job: Job, sheet: Sheet) -> tuple[float, Box]:
    """Return the heaviest square of 15 mm of a page."""
    area = grown(sheet.trim, sheet.needed)
    ground = Ground(area)
    for thing in sheet.drawing.things:
        if thing.manner.inside or thing.manner.clear or not touches(thing.box, area):
            continue
        pixels: Inks | None = None
        if isinstance(thing, Picture) and thing.stencil is None:
            pixels = job.ink(thing) if may_be_heavy(thing.space, 100) else None
            ground.lay(thing, 100.0, pixels)
        elif (ink := colour_ink(thing)) is not None:
            ground.lay(thing, ink, None)
    return ground.heaviest()


def _say_square(look: Look, sheet: Sheet, mean: float, limit: float, box: Box) -> None:
    look.found(
        f"a square of 15 mm has {mean:.0f}% of ink in the mean, and {limit:g}% is allowed",
        "lighten what lies there, or convert it with the printer's profile",
        sheet=sheet,
        box=box,
        source="GWG R0026",
    )


def _say_one(look: Look, sheet: Sheet, ink: float, thing: Drawn, limit: float) -> None:
    look.found(
        f"{_called(thing)} has {ink:.0f}% of ink, and {limit:g}% is allowed",
        "lighten it, or convert it with the printer's profile",
        sheet=sheet,
        box=thing.box,
        object=thing.object if isinstance(thing, Picture) else thing.manner.where,
        source="printer",
        warns=True,
    )


def _called(thing: Drawn) -> str:
    return {"Text": "text", "Line": "a line", "Area": "an area", "Picture": "a picture"}.get(
        type(thing).__name__, "a gradient"
    )
