"""A sheet comes in; a frozen record comes out, and every mistake becomes a problem in an editor's words."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from difflib import get_close_matches
from functools import cache, reduce
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from magbuild.measure import Length, Size
from magbuild.model import FieldPath, Position
from magbuild.problem import Problem, Report
from magbuild.source.sheet import Sheet

T = TypeVar("T")

# What pydantic expected, by the first word of its error's type, as an editor would say it.
_WANTED: Mapping[str, str] = MappingProxyType(
    {
        "int": "a whole number",
        "float": "a number",
        "bool": "true or false",
        "string": "text",
        "tuple": "a list",
        "dict": "names, each with its value",
        "mapping": "names, each with its value",
    }
)
_HOW: Mapping[str, str] = MappingProxyType(
    {
        "a whole number": "write digits only",
        "a number": "write digits, with a point for the decimals",
        "true or false": "write true, or leave the field out",
        "text": "write one value after the colon",
        "a list": "write each item on its own line after a hyphen, or [one, two]",
        "names, each with its value": "write name: value on lines of their own, indented",
    }
)
# Names that other programs and newsrooms give to our fields.
_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "byline": "author",
        "by": "author",
        "writer": "author",
        "headline": "title",
        "subtitle": "standfirst",
        "deck": "standfirst",
        "lede": "standfirst",
        "summary": "standfirst",
        "abstract": "standfirst",
        "image": "picture",
        "photo": "picture",
        "src": "file",
        "path": "file",
        "description": "alt",
        "width": "place",
        "lang": "language",
        "date": "published",
        "book": "review",
    }
)


def validate(kind: type[T], sheet: Sheet, report: Report, within: FieldPath = ()) -> T | None:
    """Make a record of the sheet, or of what stands in it at `within`.

    All mistakes are reported in one go. A faulty field is then left at its default, so that later checks
    still find theirs; None is returned when a field that must be there is faulty.
    """
    form: Any = kind
    value = _read(form, reduce(_step, within, sheet.data))
    errors = _errors(form, value)
    for problem in _problems(form, errors, sheet, within):
        report.add(problem)
    while errors:
        for error in errors:
            path = _culprit(error)
            if not path:
                return None
            _drop(value, path)
        errors = _errors(form, value)
    record: T = _door(form).validate_python((value,))[0]
    return record


def plain(kind: Any) -> Any:
    """Return the type behind `X | None`."""
    if get_origin(kind) in (Union, UnionType):
        return next(option for option in get_args(kind) if option is not NoneType)
    return kind


def inside(kind: Any, step: str | int) -> Any:
    """Return the type of what stands in a record's field, in a list, or in a mapping; Any when unknown."""
    kind = plain(kind)
    if _is_record(kind):
        return _hints(kind).get(str(step), Any)
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    return get_args(kind)[-1] if get_args(kind) else Any


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that `word` was probably meant to be, or an empty text."""
    spellings = {spelling.casefold(): spelling for spelling in known}
    found = get_close_matches(word.casefold(), spellings, n=1, cutoff=0.7)
    return spellings[found[0]] if found else ""


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"'{_short(text)}' is not a date such as '2026-03-31'") from None


# Values that no type but our own can read from text.
_PARSERS: Mapping[Any, Callable[[str], object]] = MappingProxyType(
    {datetime.date: _date, Length: Length.parse, Size: Size.parse, Position: Position.parse}
)


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """Stands in for a value that its parser refused; pydantic refuses it in turn."""

    reason: str


def _read(kind: Any, value: object) -> Any:
    """Copy a value, with its dates and measures parsed and the fields left out that were left empty."""
    kind = plain(kind)
    if kind in _PARSERS:
        return _parsed(_PARSERS[kind], value)
    if isinstance(value, dict):
        known = _hints(kind) if _is_record(kind) else {}
        return {
            name: _read(inside(kind, name), item)
            for name, item in value.items()
            if not (name in known and _blank(item))
        }
    if isinstance(value, list):
        return [_read(inside(kind, index), item) for index, item in enumerate(value)]
    return value


def _parsed(parse: Callable[[str], object], value: object) -> object:
    if not isinstance(value, str):
        return _Unreadable(f"must be text, not {_shown(value)}")
    try:
        return parse(value)
    except ValueError as error:
        return _Unreadable(str(error))


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_record(kind: Any) -> bool:
    return is_dataclass(kind)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _door(kind: Any) -> TypeAdapter[Any]:
    # pydantic hands a configuration down to dataclasses but takes none for the outermost: hence the tuple.
    return TypeAdapter(tuple[kind], config=ConfigDict(extra="forbid"))


def _errors(kind: Any, value: object) -> list[ErrorDetails]:
    try:
        _door(kind).validate_python((value,))
    except ValidationError as faults:
        return [ErrorDetails(**{**error, "loc": error["loc"][1:]}) for error in faults.errors(include_url=False)]
    return []


def _step(value: Any, name: str | int) -> Any:
    try:
        return value[name]
    except (KeyError, IndexError, TypeError):
        return None


def _culprit(error: ErrorDetails) -> FieldPath:
    """Return the field to leave out so that the rest may be read; empty when it is the whole record."""
    path = error["loc"][:-1] if error["type"] == "missing" else error["loc"]
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return path


def _drop(value: Any, path: FieldPath) -> None:
    holder = reduce(_step, path[:-1], value)
    if isinstance(holder, dict):
        holder.pop(path[-1], None)


def _problems(kind: Any, errors: list[ErrorDetails], sheet: Sheet, within: FieldPath) -> Iterator[Problem]:
    misspelt = set()
    for error in errors:
        path = error["loc"]
        if error["type"] == "unexpected_keyword_argument":
            known = _hints(plain(reduce(inside, path[:-1], kind)))
            meant = _meant(str(path[-1]), known)
            misspelt.add((*path[:-1], meant))
            hint = f"did you mean '{meant}'?" if meant else f"take it out; there are {', '.join(known)}"
            place = sheet.place(*within, *path)
            yield Problem(place, "unknown-field", f"unknown field '{_short(str(path[-1]))}'", hint)
    for error in errors:
        path, place = error["loc"], sheet.place(*within, *error["loc"])
        if error["type"] == "missing" and isinstance(path[-1], str):
            empty = (*within, *path) in sheet.places
            if empty or path not in misspelt:
                where = f" in {_name(path[:-1])}" if len(path) > 1 else ""
                message = f"'{path[-1]}' is {'empty' if empty else 'missing'}{where}"
                yield Problem(place, "missing-field", message, f"write it: {path[-1]}: …")
        elif error["type"] != "unexpected_keyword_argument":
            yield Problem(place, "bad-value", *_refusal(kind, error))


def _meant(name: str, known: Mapping[str, object]) -> str:
    other = _OTHER_NAMES.get(name.casefold(), "")
    return other if other in known else nearest(name, known)


def _refusal(kind: Any, error: ErrorDetails) -> tuple[str, str]:
    """Return why a value is refused and what to write instead."""
    path, given = error["loc"], error["input"]
    name = _name(path)
    wanted = plain(reduce(inside, path, kind))
    if isinstance(given, _Unreadable):
        return f"{name}: {given.reason}", "write it like that"
    if error["type"] == "enum":
        choices = [str(choice.value) for choice in wanted]
        guess = nearest(given, choices) if isinstance(given, str) else ""
        hint = f"did you mean '{guess}'?" if guess else "write one of them, letter for letter"
        return f"{name} must be one of {', '.join(choices)}, not {_shown(given)}", hint
    if error["type"] in ("missing", "too_long"):
        group = path[:-1] if error["type"] == "missing" else path
        number = len(get_args(plain(reduce(inside, group, kind))))
        return f"{_name(group)} must have {number} values", f"write all of them, as in [{', '.join(['0'] * number)}]"
    if _is_record(wanted):
        hint = f"write them below it, indented: {', '.join(_hints(wanted))}"
        return f"{name} must have fields of its own, not be {_shown(given)}", hint
    form = _WANTED.get(error["type"].split("_")[0], "something else")
    return f"{name} must be {form}, not {_shown(given)}", _HOW.get(form, "write it anew")


def _name(path: FieldPath) -> str:
    names = [step for step in path if isinstance(step, str)]
    name = names[-1] if names else "it"
    return f"{name} {path[-1] + 1}" if path and isinstance(path[-1], int) else name


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"'{_short(value)}'"
    return {list: "a list", dict: "fields", NoneType: "nothing"}.get(type(value), "this")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
