"""Colours: no RGB, no profiles within the page, groups in CMYK, shadings that work, transparency where it is allowed.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Callable

from magbuild.model import Standard
from magbuild.preflight.drawn import Group, Picture, Setting, Shading, spaces
from magbuild.preflight.inks import Family, Space
from magbuild.preflight.job import Job
from magbuild.preflight.look import Look, Outcome
from magbuild.preflight.plane import touches
from magbuild.preflight.rules.structure import X1A

INSIDE = {"mask": " in a soft mask", "pattern": " in a pattern", "glyph": " in a letter"}
WAYS = {
    Family.INDEXED: " with a palette",
    Family.SEPARATION: " as the stand-in of a spot ink",
    Family.DEVICE_N: " as the stand-in of inks",
}


def rgb_colour(job: Job) -> Outcome:
    """Something is in RGB: text, a line, an area, a shading or a picture.

    Presses print inks. What is in RGB is separated by the printer's machine, nobody knows how: black text becomes four
    inks. Also counted: RGB with a profile, in palettes, as the stand-in of a spot ink, in patterns, letters and soft
    masks (GWG R0027). Convert the document to the printer's CMYK profile.
    """
    look = job.look("rgb-colour", "RGB colours", "coloured things")
    _find(job, look, _is_rgb, "convert it to the CMYK of the printer's profile")
    return look.outcome()


def profiled_colour(job: Job) -> Outcome:
    """Something is in a colour that is told by a profile or by its looks: Lab, calibrated grey, CMYK with a profile.

    Its inks are mixed anew on the way to the press, which turns black into four inks (GWG R0027). Export it as plain
    CMYK ("convert to destination, preserve numbers"), without profiles.
    """
    look = job.look("profiled-colour", "Lab, calibrated and profiled colours", "coloured things")
    _find(job, look, _is_profiled, "export it as plain CMYK, without profiles")
    return look.outcome()


def _is_rgb(space: Space) -> bool:
    return space.family in (Family.RGB, Family.CAL_RGB) or (space.family is Family.ICC and space.components == 3)


def _is_profiled(space: Space) -> bool:
    return space.family in (Family.CAL_GRAY, Family.LAB, Family.ICC) and not _is_rgb(space)


def _find(job: Job, look: Look, wrong: Callable[[Space], bool], hint: str) -> None:
    known: dict[int, Space | None] = {}  # by identity: most things share their spaces
    for sheet in job.sheets:
        for thing in sheet.drawing.things:
            if not (thing.manner.inside == "mask" or touches(thing.box, sheet.trim)):
                continue
            for what, space in spaces(thing):
                look.saw()
                if id(space) not in known:
                    known[id(space)] = next((one for one in space.all() if wrong(one)), None)
                found = known[id(space)]
                if found is not None:
                    where = f"{what}{INSIDE.get(thing.manner.inside, '')}"
                    look.found(
                        f"{where} is in {_way(space, found)}",
                        hint,
                        sheet=sheet,
                        box=thing.box,
                        object=thing.object if isinstance(thing, (Picture, Shading)) else thing.manner.where,
                        source="GWG R0027",
                    )


def _way(space: Space, found: Space) -> str:
    """Say which space was found, and by way of which other one."""
    name = f"ICCBased ({found.components} values)" if found.family is Family.ICC else str(found.family)
    if found is space:
        return name
    spot = f" '{space.inks[0]}'" if space.family is Family.SEPARATION else ""
    return f"{name}{WAYS.get(space.family, '')}{spot}"


def group_colour(job: Job) -> Outcome:
    """A transparency group is mixed in other colours than CMYK.

    Everything in it goes through those colours on its way to the press (GWG R0030); a soft mask may be in grey. Set the
    document's "transparency blend space" to CMYK.
    """
    look = job.look("group-colour", "transparency groups", "groups")
    for sheet, thing in job.everything():
        if not isinstance(thing, Group):
            continue
        look.saw()
        allowed = (Family.CMYK, Family.GRAY) if thing.manner.inside == "mask" else (Family.CMYK,)
        if thing.space is not None and thing.space.family not in allowed:
            look.found(
                f"a transparency group is mixed in {thing.space.family}",
                "set the document's transparency blend space to CMYK",
                sheet=sheet,
                box=thing.box,
                object=thing.object,
                source="GWG R0030",
            )
    return look.outcome()


def broken_shading(job: Job) -> Outcome:
    """A gradient is broken: its function gives more or fewer values than its colours have inks.

    Most programs draw nothing in its place. Make the gradient anew, and export again.
    """
    look = job.look("broken-shading", "gradients", "shadings")
    for sheet, thing in job.everything():
        if isinstance(thing, Shading):
            look.saw()
            if thing.shade.fault:
                look.found(
                    f"a gradient is broken: {thing.shade.fault}",
                    "make the gradient anew",
                    sheet=sheet,
                    box=thing.box,
                    object=thing.object,
                    source="ISO 32000",
                )
    return look.outcome()


def transparency(job: Job) -> Outcome | None:
    """Something is transparent, and PDF/X-1a allows no transparency.

    Counted are opacity, blend modes, soft masks, pictures with soft edges, and transparency groups. Hand the file in as
    PDF/X-4, or flatten it when exporting.
    """
    if job.printer.standard is not Standard.X1A:
        return None
    look = job.look("transparency", "transparency", "things drawn")
    hint = "hand it in as PDF/X-4, or flatten it when exporting"
    for sheet, thing in job.everything():
        look.saw()
        match thing:
            case Setting() if thing.transparent:
                look.found(
                    f"something is drawn with {thing.transparent}", hint, sheet=sheet, object=thing.object, source=X1A
                )
            case Picture() if thing.soft_edged:
                look.found(
                    "a picture has soft edges", hint, sheet=sheet, box=thing.box, object=thing.object, source=X1A
                )
            case Group() if thing.manner.inside != "mask":
                look.found(
                    "there is a transparency group", hint, sheet=sheet, box=thing.box, object=thing.object, source=X1A
                )
    return look.outcome()
