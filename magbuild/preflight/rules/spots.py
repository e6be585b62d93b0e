"""Spot inks: as many as were ordered, and none under two names; registration colour only on marks.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Callable
from itertools import combinations

from magbuild.preflight.drawn import Area, Drawn, Line, Text, paints, spaces
from magbuild.preflight.inks import REGISTRATION, Family
from magbuild.preflight.job import Job
from magbuild.preflight.look import Look, Outcome
from magbuild.preflight.plane import touches
from magbuild.preflight.rules.structure import X4
from magbuild.preflight.sheets import Sheet
from magbuild.preflight.uses import Spot

SUFFIXES = re.compile(r"[\s_-]*(?:CVC|CVU|CV|CP|CPU|UP|EC|PC|TCX|TPX|TPG|C|U|M)$")


def _first_uses(job: Job) -> dict[str, tuple[Sheet, Spot]]:
    """Return the spot inks of what reaches into the trim, each with its first use."""
    found: dict[str, tuple[Sheet, Spot]] = {}
    for sheet, used in job.used():
        for spot in used.spots:
            found.setdefault(spot.ink, (sheet, spot))
    return found


def spot_not_ordered(job: Job) -> Outcome:
    """The file uses a spot ink that wasn't ordered.

    Each spot ink is a plate and a printing unit of its own, and costs accordingly. The printer's profile says how many
    may be used (GWG R0020). Convert the colour to CMYK, or order the ink.
    """
    uses = _first_uses(job)
    look = job.look("spot-not-ordered", "spot inks", "spot inks", limit=job.printer.spots)
    look.saw(count=len(uses))
    look.note(", ".join(uses))
    if len(uses) > job.printer.spots:
        allowed = f"{job.printer.spots} may be used" if job.printer.spots else "none was ordered"
        for ink, (sheet, spot) in list(uses.items())[job.printer.spots :]:
            look.found(
                f"the spot ink '{ink}' is used, and {allowed}",
                "convert it to CMYK, or order the ink",
                sheet=sheet,
                box=spot.box,
                source="GWG R0020",
            )
    return look.outcome()


def spot_suffix_twins(job: Job) -> Outcome:
    """Two spot inks differ only in the paper of their swatch book, such as "PANTONE 186 C" and "PANTONE 186 U".

    It is one ink under two names, and would be two plates (GWG R0021). Use one name throughout.
    """
    look = job.look("spot-suffix-twins", "spot inks with the same number", "spot inks")
    _twins(
        job, look, "GWG R0021", True, lambda one, other: _bare(one) == _bare(other) and _folded(one) != _folded(other)
    )
    return look.outcome()


def spot_case_twins(job: Job) -> Outcome:
    """Two spot inks differ only in capitals or spaces, such as "Pantone 186 C" and "PANTONE 186 C".

    It is one ink under two names, and would be two plates (GWG R0022). Use one name throughout.
    """
    look = job.look("spot-case-twins", "spot inks with the same name", "spot inks")
    _twins(job, look, "GWG R0022", False, lambda one, other: _folded(one) == _folded(other))
    return look.outcome()


def spot_look_twins(job: Job) -> Outcome:
    """Two spot inks have different names, and are shown in exactly the same colour.

    They are mostly one ink that was renamed in a part of the document (GWG R0023). Use one name throughout.
    """
    look = job.look("spot-look-twins", "spot inks that look the same", "spot inks")
    uses = _first_uses(job)

    def same(one: str, other: str) -> bool:
        first, second = uses[one][1], uses[other][1]
        alone = first.family is second.family is Family.SEPARATION
        return alone and bool(first.look) and first.look == second.look and _bare(one) != _bare(other)

    _twins(job, look, "GWG R0023", False, same)
    return look.outcome()


def _bare(name: str) -> str:
    """Return the name of an ink without its swatch book's paper."""
    return _folded(SUFFIXES.sub("", name.upper()))


def _folded(name: str) -> str:
    return re.sub(r"\s+", "", name.casefold())


def _twins(job: Job, look: Look, source: str, warns: bool, same: Callable[[str, str], bool]) -> None:
    uses = _first_uses(job)
    look.saw(count=len(uses))
    for one, other in combinations(uses, 2):
        if same(one, other):
            sheet, spot = uses[other]
            look.found(
                f"the spot inks '{one}' and '{other}' are probably one",
                "use one name throughout",
                sheet=sheet,
                box=spot.box,
                source=source,
                warns=warns,
            )


def _in_registration(thing: Drawn) -> bool:
    return any(REGISTRATION in space.inks for _, space in spaces(thing)) and any(
        ink == REGISTRATION for _, paint in paints(thing) for ink, _ in paint.inks
    )


def registration_colour(job: Job) -> Outcome:
    """Something on the page is in registration colour, which prints with every ink at once.

    That is for the marks outside the page, where the printer lays plates on each other (GWG R0024). Use black.
    """
    look = job.look("registration-colour", "registration colour on the page", "things drawn")
    for sheet in job.sheets:
        for thing in sheet.printed:
            look.saw()
            if touches(thing.box, sheet.trim) and _in_registration(thing):
                look.found(
                    "something on the page is in registration colour",
                    "use black",
                    sheet=sheet,
                    box=thing.box,
                    object=thing.manner.where,
                    source="GWG R0024",
                    warns=True,
                )
    return look.outcome()


def marks_in_bleed(job: Job) -> Outcome:
    """A crop or registration mark stands in the bleed.

    It may show on the trimmed page. Marks in registration colour must stand outside the bleed: give them a larger
    offset (3 mm or more), or export without marks.
    """
    look = job.look("marks-in-bleed", "marks in the bleed", "marks")
    for sheet in job.sheets:
        for thing in sheet.drawing.things:
            if isinstance(thing, (Line, Area, Text)) and _in_registration(thing):
                look.saw()
                if touches(thing.box, sheet.bleed) and not touches(thing.box, sheet.trim):
                    look.found(
                        "a mark stands in the bleed",
                        "give marks an offset of 3 mm or more, or export without",
                        sheet=sheet,
                        box=thing.box,
                        object=thing.manner.where,
                        source=X4,
                    )
    return look.outcome()
