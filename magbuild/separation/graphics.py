"""Parameter dictionaries of the graphics state: what they change, and what of them goes to the press."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream

from magbuild.separation.names import dictionary, entries
from magbuild.separation.state import State

# Not transfer functions, halftones, black generation and overprint: these are the press's own business, or ours
# (ISO 15930-7 forbids most of them).
_KEPT = frozenset(
    (
        *("/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/Font", "/FL", "/SM", "/SA"),
        *("/BM", "/CA", "/ca", "/AIS", "/TK"),
    )
)
_HARMLESS_TRANSFERS = ("/Identity", "/Default")
# Blend modes that don't do with inks what they do with light.
_BY_LIGHT = ("/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity")


@dataclass(frozen=True, slots=True, eq=False)
class GraphicsState:
    """A read parameter dictionary: what it sets, and `made`, what takes its place (None: nothing is left).

    `mask` is its soft mask where it has one, which is made anew in each place it is used.
    """

    settings: tuple[tuple[str, Any], ...]
    made: Dictionary | None
    mask: Object | None = None
    transparent: bool = False

    def change(self, state: State) -> None:
        """Set what it sets."""
        for name, value in self.settings:
            setattr(state, name, value)


def read(source: Object, report: Callable[[str], None]) -> GraphicsState:
    """Read a parameter dictionary; `report` is told what it asks for that can't be had on a press."""
    kept = dictionary({key: value for key, value in entries(source).items() if key in _KEPT})
    settings: dict[str, Any] = {}
    for key, name in (("/ca", "fill_alpha"), ("/CA", "stroke_alpha")):
        if key in source:
            settings[name] = float(source[key])
    if "/LW" in source:
        settings["width"] = abs(float(source.LW))
    if isinstance(source.get("/Font"), Array):
        settings["size"] = abs(float(source.Font[1]))
    if "/BM" in source:
        settings["blend"] = _blend(source.BM)
        if settings["blend"] in _BY_LIGHT:
            report(f"its blend mode {settings['blend'][1:]} gives other colours with inks than with light")
    settings |= _overprint(source)
    if any(not _is_harmless(source[key]) for key in ("/TR", "/TR2") if key in source):
        report("its transfer function isn't used on a press")
    mask = source.get("/SMask")
    if mask is not None:
        is_mask = isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream)
        settings["masked"] = is_mask
        if not is_mask:
            kept.SMask, mask = Name("/None"), None
    transparent = (
        mask is not None
        or settings.get("fill_alpha", 1) < 1
        or settings.get("stroke_alpha", 1) < 1
        or settings.get("blend", "/Normal") not in ("/Normal", "/Compatible")
    )
    made = kept if set(kept.keys()) - {"/Type"} else None
    return GraphicsState(tuple(settings.items()), made, mask, transparent)


def _blend(source: Any) -> str:
    return str(source[0]) if isinstance(source, Array) and len(source) else str(source)


def _overprint(source: Object) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if "/OP" in source or "/op" in source:
        lines = bool(source.get("/OP", False))
        settings["asked"] = (bool(source.get("/op", lines)), lines)
    if "/OPM" in source:
        settings["asked_mode"] = int(source.OPM)
    return settings


def _is_harmless(transfer: Any) -> bool:
    if isinstance(transfer, Array):
        return all(_is_harmless(part) for part in transfer)
    return isinstance(transfer, Name) and str(transfer) in _HARMLESS_TRANSFERS
