"""A sheet with the short forms that editors write comes in; the same written out in full comes out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, get_args, get_origin

from magbuild.model import (
    Advert,
    AdvertSize,
    Artwork,
    BackCover,
    Book,
    Booking,
    Colour,
    Cover,
    CoverLine,
    Event,
    FieldPath,
    ImprintEntry,
    Paper,
    Person,
    Picture,
    Reprint,
    Run,
    Section,
)
from magbuild.problem import Place, Problem, Report
from magbuild.source import Sheet, inside, nearest, plain

# A single value in place of a record stands for this field of it: `author: Ana Lima`.
_MAIN: Mapping[Any, str] = MappingProxyType(
    {
        Advert: "size",
        Artwork: "file",
        BackCover: "text",
        Book: "title",
        Booking: "client",
        Colour: "screen",
        Cover: "picture",
        CoverLine: "text",
        Event: "date",
        Paper: "grammage",
        Person: "name",
        Picture: "file",
        Reprint: "issue",
        Run: "stories",
        Section: "name",
    }
)
# In a list of these, a mapping may stand for records of two fields: `imprint: {Editor: Ana Lima}`.
_PAIRS: Mapping[Any, tuple[str, str]] = MappingProxyType({ImprintEntry: ("title", "text"), Run: ("section", "stories")})

_SIZE_WORDS = MappingProxyType(
    {
        "1/1": "full",
        "1/2": "half",
        "1/3": "third",
        "1/4": "quarter",
        "double": "spread",
        "dp": "spread",
        "landscape": "horizontal",
        "portrait": "vertical",
        "upright": "vertical",
    }
)
_SIZE_FILLERS = frozenset({"a", "page", "pages", "of"})
_SIZES = MappingProxyType(
    {
        frozenset({"full"}): "full",
        frozenset({"half"}): "half-horizontal",
        frozenset({"half", "horizontal"}): "half-horizontal",
        frozenset({"half", "vertical"}): "half-vertical",
        frozenset({"third"}): "third",
        frozenset({"quarter"}): "quarter",
        frozenset({"spread"}): "spread",
    }
)


def spell_out(kind: type, sheet: Sheet, report: Report) -> Sheet:
    """Return the sheet as a record of `kind` wants it: lists for single values, records for names.

    A field that is there in the singular and in the plural is a problem.
    """
    scribe = _Longhand(sheet=sheet, report=report)
    return replace(sheet, data=scribe.record(kind, sheet.data, (), ()), places=scribe.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Longhand:
    """Copies a sheet; `old` is where a value stands in it, `new` where it stands in the copy."""

    sheet: Sheet
    report: Report
    places: dict[FieldPath, Place] = field(default_factory=dict)

    def value(self, kind: Any, value: object, old: FieldPath, new: FieldPath) -> object:
        kind = plain(kind)
        self.places[new] = self.sheet.place(*old)
        if value is None or (isinstance(value, str) and not value.strip()):
            # Left empty is left empty, in whatever form.
            return None
        if get_origin(kind) is tuple:
            return self.items(kind, value, old, new)
        if isinstance(value, str) and kind is AdvertSize:
            return advert_size(value)
        if isinstance(value, str) and kind in _MAIN:
            value = {_MAIN[kind]: value}
        if isinstance(value, dict):
            return self.record(kind, value, old, new)
        if isinstance(value, list):
            return [self.value(Any, item, (*old, n), (*new, n)) for n, item in enumerate(value)]
        return value

    def items(self, kind: Any, value: object, old: FieldPath, new: FieldPath) -> list[object]:
        item_kind, *more = get_args(kind)
        if isinstance(value, list):
            return [self.value(item_kind, item, (*old, n), (*new, n)) for n, item in enumerate(value)]
        single: list[object] = [value]
        if isinstance(value, str) and Ellipsis not in more:
            single = list(re.findall(r"[^\s,;/]+", value))
        elif isinstance(value, dict) and item_kind in _PAIRS and not _names(item_kind) & value.keys():
            single = [{name: item} for name, item in value.items()]
        return [self.value(item_kind, item, old, (*new, n)) for n, item in enumerate(single)]

    def record(self, kind: Any, value: dict[str, object], old: FieldPath, new: FieldPath) -> dict[str, object]:
        names = _names(kind)
        full: dict[str, object] = {}
        for name, item, where in _named(kind, value, old):
            spelling = _spelling(name, names)
            if spelling not in full:
                full[spelling] = self.value(inside(kind, spelling), item, where, (*new, spelling))
                continue
            message = f"'{name}' and '{spelling}' are one field"
            hint = "keep one of the two, with everything in it"
            self.report.add(Problem(self.sheet.place(*where), "field-twice", message, hint))
        return full


def advert_size(typed: str) -> str:
    """Return a size as the model names it, for "Half page", "quarter-page", "1/3" or "double-page spread"."""
    words = set(re.findall(r"[a-z]+|\d/\d", typed.casefold())) - _SIZE_FILLERS
    named = frozenset(_SIZE_WORDS.get(word.removesuffix("s"), word.removesuffix("s")) for word in words)
    return _SIZES.get(named, typed)


def _named(kind: Any, value: dict[str, object], old: FieldPath) -> Iterator[tuple[str, object, FieldPath]]:
    """Yield the fields of a record, and where each stands in the sheet."""
    if kind in _PAIRS and len(value) == 1:
        ((name, item),) = value.items()
        if not nearest(name, _names(kind)):
            yield from ((half, part, (*old, name)) for half, part in zip(_PAIRS[kind], (name, item), strict=True))
            return
    for name, item in value.items():
        if kind in (Cover, BackCover) and name == "picture" and isinstance(item, dict):
            # A cover has its picture's alt and credit beside the file.
            for inner, part in item.items():
                yield ("picture" if inner == "file" else inner), part, (*old, name, inner)
        else:
            yield name, item, (*old, name)


def _names(kind: Any) -> set[str]:
    return {known.name for known in fields(kind)} if is_dataclass(kind) else set()


def _spelling(name: str, names: set[str]) -> str:
    if name in names:
        return name
    other_numbers = (f"{name}s", name.removesuffix("s"), re.sub("y$", "ies", name), re.sub("ies$", "y", name))
    return next((other for other in other_numbers if other in names), name)
