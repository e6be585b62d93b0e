"""The name of a printer comes in; its profile comes out, read from a sheet of ours or of the editor's own."""

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from magbuild.load import profiles
from magbuild.load.files import is_file
from magbuild.load.longhand import spell_out
from magbuild.measure import Length
from magbuild.memory import recalled
from magbuild.model import DEFAULT_PRINTER, BindingRule, Edges, FieldPath, Issue, Printer, Resolution
from magbuild.problem import Place, Problem, Report, warning
from magbuild.source import Sheet, nearest, read_sheet, validate

SUFFIXES = (".yaml", ".yml")
EXTENDS = "extends"
EDGES = tuple(field.name for field in fields(Edges))
# What colours in 8 bits may be above a limit by rounding alone.
ROUNDING = 1.0  # percent of ink

# The least and the most that numbers of a profile can sensibly be; fields of fields have a dot.
_RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "total_ink": (100, 400),
        "square_ink": (100, 400),
        "colour.error": (0, 2400),
        "colour.warning": (0, 2400),
        "colour.most": (0, 4800),
        "line_art.error": (0, 4800),
        "line_art.warning": (0, 4800),
        "line_art.most": (0, 9600),
        "saddle.multiple": (1, 64),
        "saddle.least": (0, 4096),
        "saddle.most": (0, 4096),
        "perfect.multiple": (1, 64),
        "perfect.least": (0, 4096),
        "perfect.most": (0, 4096),
        "paper.grammage": (20, 600),
        "paper.volume": (0.5, 3),
        "cover_paper.grammage": (20, 600),
        "cover_paper.volume": (0.5, 3),
        "small.white_text": (0, 72),
        "small.multi_ink_text": (0, 72),
        "small.line": (0, 10),
        "spots": (0, 8),
    }
)
# The same for lengths, in millimetres.
_LENGTHS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        **{f"bleed.{edge}": (0, 20) for edge in EDGES},
        "safe": (0, 50),
        "safe_inside": (0, 50),
        "mark_offset": (0, 20),
        "least_spine": (0, 100),
        "least_spine_for_text": (0, 100),
    }
)


def shipped_printers() -> tuple[str, ...]:
    """Return the names of the printers that come with the program."""
    return tuple(sorted(path.stem for path in _shelf().glob("*.yaml")))


def find_printer(name: str, folder: Path | None, report: Report, place: Place | None = None) -> Printer | None:
    """Return a printer's profile; None, with problems, when there is none or it lacks what it must say.

    `name` is that of a shipped one ("sheetfed-coated"), or the path of an editor's own YAML file from `folder`,
    the project's; empty stands for the usual one. `place` is where the name was typed. A profile whose problems
    leave it whole is returned with its faulty fields at their defaults.
    """
    wanted = name.strip() or DEFAULT_PRINTER
    path = _path_of(wanted, folder or Path(), place or Place(Path(wanted)), report)
    sheet = _read_chain(path, report) if path else None
    if path is None or sheet is None:
        return None
    printer = validate(Printer, sheet, report)
    if printer is None:
        return None
    report.extend(_rules(printer, sheet))
    printer = replace(printer, profile=sheet.place("profile").path.parent / printer.profile)
    report.extend(_profile_rules(printer, sheet.place("profile"), sheet.place("total_ink")))
    return printer


def check_printer(name: str, folder: Path, bleed: Length, report: Report, place: Place) -> None:
    """Report what is wrong with the printer that a sheet names, and pages that bleed less than it asks for."""
    printer = find_printer(name, folder, report, place) if name.strip() else None
    if printer is None:
        return
    asked = max(printer.bleed.top, printer.bleed.bottom, printer.bleed.outside, printer.bleed.inside)
    if bleed < asked:
        message = f"pages bleed {bleed.css}, but printer '{printer.name}' asks for {asked.css}"
        report.add(warning(place, "little-bleed", message, f"write bleed: {asked.css} into {Issue.MAGAZINE}"))


def _shelf() -> Path:
    return Path(str(files("magbuild"))) / "printers"


def _path_of(name: str, folder: Path, place: Place, report: Report) -> Path | None:
    """Return the sheet of a printer; None, with a problem, when there is none of that name."""
    known = shipped_printers()
    if name in known:
        return _shelf() / f"{name}.yaml"
    if "/" in name or name.casefold().endswith(SUFFIXES):
        path = folder / name
        if is_file(path):
            return path
        hint = f"name it from {folder.resolve().as_posix()}, or name one of {', '.join(known)}"
        report.add(Problem(place, "unknown-printer", f"there is no file '{name}' for the printer", hint))
        return None
    meant = nearest(name.replace(" ", "-"), known)
    hint = f"did you mean '{meant}'? " if meant else ""
    hint += f"there are {', '.join(known)}; an own one is named by its file, such as printers/ours.yaml"
    report.add(Problem(place, "unknown-printer", f"there is no printer '{name}'", hint))
    return None


def _read_chain(path: Path, report: Report) -> Sheet | None:
    """Return a printer's sheet with all that it leaves to those it extends."""
    chain = _chain(path, report)
    if chain is None:
        return None
    data: dict[str, object] = {}
    places: dict[FieldPath, Place] = {}
    for sheet in reversed(chain):
        data = _merged(data, sheet.data)
        places |= sheet.places
    del data[EXTENDS]
    return Sheet(path=chain[0].path, data=data, places=places)


def sources_of(printer: Printer, name: str, folder: Path | None) -> tuple[Path, ...]:
    """Return the files that a printer's profile was read from, which `find_printer` has found by its name."""
    report = Report()
    path = _path_of(name.strip() or DEFAULT_PRINTER, folder or Path(), Place(Path(name)), report)
    chain = _chain(path, report) if path else None
    return (*(sheet.path for sheet in chain or ()), printer.profile)


def _chain(path: Path, report: Report) -> list[Sheet] | None:
    """Return a printer's sheet and those that it extends, one after another; None, with a problem, at a fault."""
    chain: list[Sheet] = []
    while True:
        if os.path.realpath(path) in [os.path.realpath(sheet.path) for sheet in chain]:
            message, hint = f"printer '{path.stem}' extends itself", "let it extend one that comes with magbuild"
            report.add(Problem(chain[-1].place(EXTENDS), "printer-circle", message, hint))
            return None
        typed = read_sheet(path, report)
        if typed is None:
            return None
        sheet = _full(spell_out(Printer, typed, report), path.stem, report)
        chain.append(sheet)
        wanted = sheet.data.get(EXTENDS)
        if wanted is None:
            break
        if not isinstance(wanted, str):
            message = f"{EXTENDS} must be the name of one printer"
            report.add(Problem(sheet.place(EXTENDS), "bad-value", message, f"write {EXTENDS}: {DEFAULT_PRINTER}"))
            return None
        found = _path_of(wanted.strip(), path.parent, sheet.place(EXTENDS), report)
        if found is None:
            return None
        path = found
    return chain


def _full(sheet: Sheet, name: str, report: Report) -> Sheet:
    """Return a sheet with a name and with every edge of a bleed that was written as one length."""
    bleed, place = sheet.data.get("bleed"), sheet.place("bleed")
    data = {EXTENDS: None, **sheet.data, "name": sheet.data.get("name") or name}
    if not isinstance(bleed, str):
        return replace(sheet, data=data)
    try:
        Length.parse(bleed)
    except ValueError as error:
        report.add(Problem(place, "bad-value", f"bleed: {error}", "write it like that"))
        return replace(sheet, data={**data, "bleed": None})
    edges: dict[FieldPath, Place] = {("bleed", edge): place for edge in EDGES}
    return replace(sheet, data={**data, "bleed": dict.fromkeys(EDGES, bleed)}, places={**sheet.places, **edges})


def _merged(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """Lay a sheet over the one it extends: fields that were left empty let the other's through."""
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        if isinstance(value, dict) and isinstance(under, dict):
            merged[name] = _merged(under, value)
        elif value is not None or name not in merged:
            merged[name] = value
    return merged


# --- What the fields say together ---


def _rules(printer: Printer, sheet: Sheet) -> Iterator[Problem]:
    for name, (least, most) in _RANGES.items():
        value = _field(printer, name)
        if not (math.isfinite(value) and least <= value <= most):
            message = f"{_shown(name, sheet)} is {value:g}, not from {least:g} to {most:g}"
            yield Problem(sheet.place(*name.split(".")), "bad-value", message, "write what the printer says")
    for name, (least, most) in _LENGTHS.items():
        length: Length = _field(printer, name)
        if not least <= length.mm <= most:
            message = f"{_shown(name, sheet)} is {length.css}, not from {least:g}mm to {most:g}mm"
            yield Problem(sheet.place(*name.split(".")), "bad-value", message, "write what the printer says")
    for name in ("colour", "line_art"):
        yield from _resolution_rules(name, _field(printer, name), sheet)
    for name in ("saddle", "perfect"):
        yield from _binding_rules(name, _field(printer, name), sheet)


def _shown(name: str, sheet: Sheet) -> str:
    """Return a field's name as it was typed: a bleed given as one length has no edges."""
    first, *_ = steps = name.split(".")
    return first if sheet.place(*steps) == sheet.place(first) else " ".join(steps)


def _typed(sheet: Sheet, name: str, *parts: str) -> Place:
    """Return the place of the first of a field's parts that the sheet says itself, not one that it extends."""
    places = [sheet.place(name, part) for part in parts]
    return next((place for place in places if place.path == sheet.path), places[0])


def _resolution_rules(name: str, resolution: Resolution, sheet: Sheet) -> Iterator[Problem]:
    if resolution.warning < resolution.error:
        place = _typed(sheet, name, "warning", "error")
        message = f"{name} warns at {resolution.warning:g} ppi, which is below the error at {resolution.error:g}"
        yield Problem(place, "bad-value", message, "write the larger number for the warning")
    if resolution.most and resolution.most <= resolution.warning:
        place = _typed(sheet, name, "most", "warning")
        message = f"{name} is brought down to {resolution.most:g} ppi, of which it then warns"
        yield Problem(place, "bad-value", message, "write more, or 0 to leave pictures alone")


def _binding_rules(name: str, rule: BindingRule, sheet: Sheet) -> Iterator[Problem]:
    if rule.most and rule.most < rule.least:
        message = f"{name} takes at least {rule.least} and at most {rule.most} pages"
        place = _typed(sheet, name, "most", "least")
        yield Problem(place, "bad-value", message, "write the larger number for most, or 0 for none")


def _profile_rules(printer: Printer, place: Place, limit: Place) -> Iterator[Problem]:
    path = printer.profile
    if not is_file(path):
        message = f"there is no ICC profile '{path.as_posix()}'"
        yield Problem(place, "missing-profile", message, "name the file from the folder of the printer's sheet")
        return
    try:
        ink = recalled(profiles.examine, path)
    except profiles.UnusableProfile as fault:
        hint = "ask the printer for the ICC profile of the press, for CMYK"
        yield Problem(place, "bad-profile", f"profile '{path.name}' {fault}", hint)
        return
    least, most = _RANGES["total_ink"]
    if least <= printer.total_ink <= most and ink > printer.total_ink + ROUNDING:
        message = f"profile '{path.name}' lays on {ink:.0f} % of ink, but the limit is {printer.total_ink:g} %"
        yield warning(limit, "profile-over-limit", message, "ask the printer for the profile that keeps the limit")


def _field(printer: Printer, name: str) -> Any:
    value: Any = printer
    for step in name.split("."):
        value = getattr(value, step)
    return value
