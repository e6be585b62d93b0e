"""YAML comes in; a sheet comes out: its values as text, lists and mappings, and the place of each of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from magbuild.model import FieldPath, place_in
from magbuild.problem import Place, Problem, Report
from magbuild.source.text import UNPRINTABLE, read_text, spot

DEEPEST = 20
_NOTHING = ("", "~", "null", "Null", "NULL")
_FENCE = re.compile(r"---[ \t]*")
_CLOSING_FENCE = re.compile(r"(---|\.\.\.)[ \t]*")
_BEYOND_UNICODE = re.compile(r"\\U(?!0010|000)[0-9A-Fa-f]{8}")

_QUOTE_IT = "put the whole value in quotes, as in title: 'Salt: a history'"
_APOSTROPHE = f"{_QUOTE_IT}; write '' for an apostrophe"
_KEPT_SIGN = "the value begins with a sign that YAML keeps for itself"
_BRACKET = "a bracket is closed that was never opened"
_WRITE_COLON = "write name: value, with a space after the colon"
_BACKSLASH = "use 'single quotes', or write the backslash twice"
# What ruamel.yaml says, what we say instead, and what to do. The first that fits is taken.
_FAULTS = (
    (r"'\t'", "there is a tab", "indent with spaces, two for each step"),
    ("mapping values are not allowed", "a colon stands where none is expected", _QUOTE_IT),
    ("sequence entries are not allowed", "a list begins on its field's line", "begin it on the next line"),
    ("cannot start any token", _KEPT_SIGN, _QUOTE_IT),
    ("expected alphabetic or numeric", _KEPT_SIGN, _QUOTE_IT),
    ("undefined tag handle", "the value begins with !, which YAML keeps for itself", _QUOTE_IT),
    ("found unexpected end of stream", "the quotation mark is never closed", "close it with the same mark"),
    ("expected ',' or ']'", "the list is never closed", "close it with ], with a comma between its items"),
    (
        "expected ',' or '}'",
        "the mapping is never closed",
        "close it with }, with a comma between its fields",
    ),
    ("expected the node content", "the value is never finished", "write it, or close its bracket"),
    ("but found '<scalar>'", "text stands after a value that was over", _APOSTROPHE),
    ("but found ']'", _BRACKET, _QUOTE_IT),
    ("but found '}'", _BRACKET, _QUOTE_IT),
    ("could not find expected ':'", "the colon is missing", _WRITE_COLON),
    ("expected <block end>", "the line is indented unlike those above it", "give them the same indent"),
    (
        "expected a comment or a line break",
        "text stands beside > or |",
        "begin it on the next line, indented",
    ),
    ("unknown escape", "the backslash says nothing here", _BACKSLASH),
)
# For these the beginning of the thing is the place to look, not the spot where the reader gave up.
_SEEN_TOO_LATE = ("end of stream", "<stream end>", "could not find expected ':'")
_LOOK = "compare the line, and the one above it, with a field that works: name: value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A YAML mapping as it was typed.

    `data` holds text, lists, mappings, and None for what was left empty. Single values stay text, since only
    the record knows whether `1917` is a title, a price or a number. A field's place is its key's, a list
    item's its own.
    """

    path: Path
    data: dict[str, object]
    places: Mapping[FieldPath, Place]

    def place(self, *field_path: str | int) -> Place:
        """Return where a field stands, or the nearest field around it, or the top of the file."""
        return place_in(self.places, field_path, self.path)


def read_sheet(path: Path, report: Report) -> Sheet | None:
    """Read a whole YAML file; None, with a problem, when it can't be read."""
    text = read_text(path, report)
    return None if text is None else sheet_of(text, Place(path, 1, 1), report)


def read_manuscript_file(path: Path, report: Report) -> tuple[Sheet, str, int] | None:
    """Read a story: its front matter, its body, and the line on which the body begins (from 1).

    None, with a problem, when the file or its front matter can't be read.
    """
    text = read_text(path, report)
    if text is None:
        return None
    lines = text.split("\n")
    top = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[top]):
        message = "the story has no front matter"
        hint = "begin the file with a line ---, then title: and the other fields, then another line ---"
        report.add(Problem(Place(path, top + 1, 1), "missing-front-matter", message, hint))
        return None
    bottom = next((n for n in range(top + 1, len(lines)) if _CLOSING_FENCE.fullmatch(lines[n])), None)
    if bottom is None:
        message, hint = "the front matter is never closed", "put a line --- after its last field"
        report.add(Problem(Place(path, top + 1, 1), "unclosed-front-matter", message, hint))
        return None
    sheet = sheet_of("\n".join(lines[top + 1 : bottom]), Place(path, top + 2, 1), report)
    return None if sheet is None else (sheet, "\n".join(lines[bottom + 1 :]), bottom + 2)


def sheet_of(text: str, start: Place, report: Report) -> Sheet | None:
    """Read YAML that stands at `start` in a file, all lines indented alike; None, with a problem, if bad."""
    sheet, problems = _read(text, start)
    report.extend(problems)
    return sheet


@lru_cache(maxsize=256)  # a run asks several times for what its layout says, and `watch` for what hasn't changed
def _read(text: str, start: Place) -> tuple[Sheet | None, tuple[Problem, ...]]:
    scribe = _Scribe(start, [])
    sheet = None
    try:
        data, places = scribe.root(YAML(typ="safe", pure=True).parse(text))
    except _BadYaml as fault:
        scribe.note(fault.mark, fault.message, fault.hint)
    except MarkedYAMLError as error:
        scribe.note(*_translated(error))
    except (YAMLError, ValueError, OverflowError):
        # What's left are backslash numbers beyond Unicode, for which ruamel.yaml gives no place.
        number = _BEYOND_UNICODE.search(text)
        line, column = spot(text, number.start() if number else 0)
        message = "a backslash is followed by a number that is no character"
        scribe.note(_mark(line - 1, column - 1), message, _BACKSLASH)
    else:
        sheet = Sheet(path=start.path, data=data, places=places)
    return sheet, tuple(scribe.problems)


def _mark(line: int, column: int) -> StreamMark:
    return StreamMark("", 0, line, column)


class _BadYaml(Exception):
    def __init__(self, mark: StreamMark, message: str, hint: str) -> None:
        self.mark, self.message, self.hint = mark, message, hint


Places = dict[FieldPath, Place]


@dataclass(frozen=True, slots=True)
class _Scribe:
    """Writes down the values and places of YAML that stands at `start`."""

    start: Place
    problems: list[Problem]

    def place(self, mark: StreamMark) -> Place:
        line, column = self.start.line or 1, self.start.column or 1
        return replace(self.start, line=line + mark.line, column=column + mark.column)

    def note(self, mark: StreamMark, message: str, hint: str) -> None:
        self.problems.append(Problem(self.place(mark), "bad-yaml", message, hint))

    def root(self, events: Iterator[Event]) -> tuple[dict[str, object], Places]:
        start = next(event for event in events if isinstance(event, DocumentStartEvent | StreamEndEvent))
        if isinstance(start, StreamEndEvent):
            raise _BadYaml(_mark(0, 0), "there are no fields", _WRITE_COLON)
        root = next(events)
        if not isinstance(root, MappingStartEvent):
            found = "a list" if isinstance(root, SequenceStartEvent) else "text"
            raise _BadYaml(root.start_mark, f"there should be fields here, not {found}", _WRITE_COLON)
        self.refuse_signs(root)
        record = self.mapping(events)
        for event in events:
            if isinstance(event, DocumentStartEvent):
                raise _BadYaml(event.start_mark, "a second sheet begins here", "take the line --- out")
        return record

    def value(self, event: Event, events: Iterator[Event], at: FieldPath) -> tuple[object, Places]:
        self.refuse_signs(event)
        if len(at) > DEEPEST:
            message = f"values are nested more than {DEEPEST} deep"
            raise _BadYaml(event.start_mark, message, "write them flatter")
        if isinstance(event, MappingStartEvent):
            return self.mapping(events, at)
        if isinstance(event, SequenceStartEvent):
            return self.items(events, at)
        assert isinstance(event, ScalarEvent)
        text = str(event.value)
        if UNPRINTABLE.search(text):
            message = "the value holds a backslash number for a character that can't be printed"
            raise _BadYaml(event.start_mark, message, "take it out, or use 'single quotes'")
        empty = event.style is None and text in _NOTHING
        return None if empty else text, {}

    def mapping(self, events: Iterator[Event], at: FieldPath = ()) -> tuple[dict[str, object], Places]:
        data: dict[str, object] = {}
        places: Places = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            name = self.name(event)
            here = (*at, name)
            value, inner = self.value(next(events), events, here)
            if name in data:
                first = places[here].line
                hint = f"keep one of the two; the other stands in line {first}"
                self.note(event.start_mark, f"field '{name}' is given twice", hint)
                continue
            data[name] = value
            places |= {here: self.place(event.start_mark)} | inner
        return data, places

    def items(self, events: Iterator[Event], at: FieldPath) -> tuple[list[object], Places]:
        data: list[object] = []
        places: Places = {}
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*at, len(data))
            value, inner = self.value(event, events, here)
            data.append(value)
            places |= {here: self.place(event.start_mark)} | inner
        return data, places

    def name(self, event: Event) -> str:
        self.refuse_signs(event)
        if not isinstance(event, ScalarEvent) or not str(event.value).strip():
            raise _BadYaml(event.start_mark, "there should be a field's name here", _QUOTE_IT)
        if UNPRINTABLE.search(str(event.value)):
            raise _BadYaml(event.start_mark, "the name can't be printed", "write it with letters")
        return str(event.value)

    def refuse_signs(self, event: Event) -> None:
        """Stop at YAML's aliases, anchors and tags: nobody needs them, but text may begin with * & or !."""
        sign = ""
        if isinstance(event, AliasEvent):
            sign = "*"
        elif isinstance(event, NodeEvent) and event.anchor:
            sign = "&"
        elif getattr(event, "ctag", None):
            sign = "!"
        if sign:
            message = f"the value begins with {sign}, which YAML keeps for itself"
            raise _BadYaml(event.start_mark, message, _QUOTE_IT)


def _translated(error: MarkedYAMLError) -> tuple[StreamMark, str, str]:
    said = str(error.problem or "")
    late = any(fragment in said for fragment in _SEEN_TOO_LATE)
    mark = (error.context_mark if late else None) or error.problem_mark or error.context_mark
    spot = mark or _mark(0, 0)
    for fragment, message, hint in _FAULTS:
        if fragment in said:
            return spot, message, hint
    return spot, "this can't be read as YAML", _LOOK
