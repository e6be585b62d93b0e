"""Overprint and thin lines: black on top, white never, nothing too thin to hold.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator

from magbuild.preflight.drawn import Area, Drawn, Line, Text
from magbuild.preflight.inks import Family, Paint
from magbuild.preflight.job import Job
from magbuild.preflight.look import Outcome
from magbuild.preflight.sheets import Sheet

SMALL_TEXT, THIN_LINE = 12.0, 2.0  # pt: GWG R0009 to R0012
CLOSE = 0.002  # pt: widths come out of several multiplications
DOT = 1.0  # pt: what is shorter is a dot and no line


def _coloured(job: Job) -> Iterator[tuple[Sheet, Text | Line | Area, Paint]]:
    """Yield what has one colour and reaches into the trim, but for what letters and tiles consist of."""
    for sheet, thing in job.trimmed():
        if thing.manner.inside:
            continue
        if isinstance(thing, Text):
            if thing.visible:
                yield sheet, thing, thing.paint
        elif isinstance(thing, (Line, Area)):
            yield sheet, thing, thing.paint


def _thickness(thing: Drawn) -> float | None:
    """Return how thin a line is; areas count as lines when they are thin rectangles (GWG I00004)."""
    if isinstance(thing, Line):
        return thing.width
    if isinstance(thing, Area) and thing.rectangle:
        short, long = sorted((thing.box[2] - thing.box[0], thing.box[3] - thing.box[1]))
        return short if long >= max(DOT, 2 * short) else None
    return None


def _named(thing: Drawn) -> str:
    return "text" if isinstance(thing, Text) else "a line" if _thickness(thing) is not None else "an area"


def _small(thing: Drawn) -> bool:
    """Whether something is text under 12 pt or a line under 2 pt."""
    if isinstance(thing, Text):
        return thing.size < SMALL_TEXT - CLOSE
    thickness = _thickness(thing)
    return thickness is not None and thickness < THIN_LINE - CLOSE


def white_overprint(job: Job) -> Outcome:
    """Something white is set to overprint: on the press it vanishes.

    White is the absence of ink, so what lies under it is printed (GWG R0007 text: an error; R0008 areas and lines: a
    warning). Take "overprint" off; it mostly stayed when a black object was made white.
    """
    look = job.look("white-overprint", "white things that overprint", "white things")
    for sheet, thing, paint in _coloured(job):
        if paint.white:
            look.saw()
            if thing.manner.overprint:
                text = isinstance(thing, Text)
                look.found(
                    f"white {_named(thing).removeprefix('an ').removeprefix('a ')} overprints and will vanish",
                    "take 'overprint' off",
                    sheet=sheet,
                    box=thing.box,
                    object=thing.manner.where,
                    source="GWG R0007" if text else "GWG R0008",
                    warns=not text,
                )
    return look.outcome()


def black_not_overprinting(job: Job) -> Outcome:
    """Small black text or a thin black line doesn't overprint.

    It leaves a gap in the inks below, in which paper shows when plates shift. Text under 12 pt (GWG R0009) and lines
    under 2 pt (R0010) in black alone should overprint, with overprint mode 1. Set "overprint black" when exporting.
    """
    look = job.look("black-not-overprinting", "small black text and thin black lines", "things in black")
    for sheet, thing, paint in _coloured(job):
        if paint.space.family is not Family.CMYK or not paint.black or not _small(thing):
            continue
        look.saw()
        if not thing.manner.overprint or thing.manner.overprint_mode != 1:
            why = "overprints in mode 0, which leaves a gap" if thing.manner.overprint else "doesn't overprint"
            what = "black text under 12 pt" if isinstance(thing, Text) else "a black line under 2 pt"
            look.found(
                f"{what} {why}",
                "set 'overprint black' when exporting",
                sheet=sheet,
                box=thing.box,
                object=thing.manner.where,
                source="GWG R0009" if isinstance(thing, Text) else "GWG R0010",
                warns=True,
            )
    return look.outcome()


def grey_text(job: Job) -> Outcome:
    """Small text or a thin line is in the colour space of grey pictures.

    It looks like black ink, but can't overprint (GWG R0011: text under 12 pt, R0012: lines under 2 pt). White is left
    out. Set it in the black of CMYK.
    """
    look = job.look("grey-text", "small text and thin lines in DeviceGray", "things in DeviceGray")
    for sheet, thing, paint in _coloured(job):
        if paint.space.family is Family.GRAY and not paint.white and _small(thing):
            look.saw()
            text = isinstance(thing, Text)
            look.found(
                f"{'text under 12 pt' if text else 'a line under 2 pt'} is in DeviceGray",
                "set it in the black of CMYK",
                sheet=sheet,
                box=thing.box,
                object=thing.manner.where,
                source="GWG R0011" if text else "GWG R0012",
                warns=True,
            )
    return look.outcome()


def grey_overprint(job: Job) -> Outcome:
    """Something grey, in the colour space of grey pictures, is set to overprint.

    Programs disagree on what that means (GWG R0013). White is white-overprint's. Take "overprint" off, or set it in the
    black of CMYK.
    """
    look = job.look("grey-overprint", "things in DeviceGray that overprint", "things in DeviceGray")
    for sheet, thing, paint in _coloured(job):
        if paint.space.family is Family.GRAY and not paint.white:
            look.saw()
            if thing.manner.overprint and not _small(thing):
                look.found(
                    f"{_named(thing)} in DeviceGray overprints",
                    "set it in the black of CMYK",
                    sheet=sheet,
                    box=thing.box,
                    object=thing.manner.where,
                    source="GWG R0013",
                    warns=True,
                )
    return look.outcome()


def hairline(job: Job) -> Outcome:
    """A line is too thin for the press.

    The limit is in the printer's profile (0.25 pt; GWG R0018 white lines, R0019 lines in several inks, printers' rules
    for one ink). A thin filled rectangle counts as a line. A line without any width is an error: each machine draws it
    as thin as it can. Give it 0.25 pt or more, white and mixed ones 0.5 pt.
    """
    limit = job.printer.small.line
    look = job.look("hairline", "the width of lines", "lines", limit=limit, unit="pt")
    for sheet, thing, paint in _coloured(job):
        if isinstance(thing, Text):
            continue
        thickness = _thickness(thing)
        if thickness is None:
            continue
        look.saw(thickness, sheet)
        if thickness < limit - CLOSE:
            kind = "white " if paint.white else "mixed " if len(paint.inks) > 1 else ""
            source = "GWG R0018" if paint.white else "GWG R0019" if len(paint.inks) > 1 else "printer"
            none = thickness <= 0 and isinstance(thing, Line)
            said = "has no width" if none else f"is {thickness:.2f} pt thin"
            look.found(
                f"a {kind}line {said}; {limit:g} pt is needed",
                f"give it {limit:g} pt or more",
                sheet=sheet,
                box=thing.box,
                object=thing.manner.where,
                source=source,
                warns=not none,
            )
    return look.outcome()
