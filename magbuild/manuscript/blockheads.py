"""The lines that open and close blocks: a body comes in, its block heads and a rewritten form of the lines come out.

The heads are read here and not by pymdownx, which takes a mistyped name or option for text and says nothing.
What it is given instead can't be mistaken: a private name, a number, and slashes by depth.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from magbuild.manuscript.marks import Kind, spell
from magbuild.manuscript.reading import Reading, suggestion


class BlockKind(StrEnum):
    """The blocks that a manuscript may hold."""

    PULLQUOTE = "pullquote"
    SIDEBAR = "sidebar"
    FIGURE = "figure"
    VERSE = "verse"
    INTERVIEW = "interview"
    FILLER = "filler"
    UNKNOWN = "unknown"  # what a mistyped block becomes: its text, without a frame


BLOCK_NAMES: Final = tuple(kind.value for kind in BlockKind if kind is not BlockKind.UNKNOWN)
OPTIONS: Final[Mapping[BlockKind, tuple[str, ...]]] = {
    BlockKind.FIGURE: ("file", "alt", "width", "caption", "credit", "series"),
    BlockKind.PULLQUOTE: ("width",),
    BlockKind.SIDEBAR: ("form",),
}
# Blocks that may hold other blocks; any other one that is still open when a block begins was not closed.
_CONTAINERS: Final = (BlockKind.SIDEBAR, BlockKind.INTERVIEW, BlockKind.FILLER, BlockKind.UNKNOWN)
_NO_TITLE: Final = (BlockKind.FIGURE, BlockKind.INTERVIEW)
_MOST_SLASHES: Final = 40  # at depth 0; a block inside has fewer, as pymdownx wants it

_SLASHES = re.compile(r" {0,3}(?P<slashes>/{3,})[ \t]*(?P<name>[^|\n]*?)[ \t]*(?:\|[ \t]*(?P<argument>.*?)[ \t]*)?\r?")
_OPTION = re.compile(r"(?:\t| {4,})[ \t]*(?P<key>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*\r?")
_MORE = re.compile(r"(?:\t| {4,})[ \t]*(?P<text>\S.*?)[ \t]*\r?")
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*)")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the body, and what Markdown is to read in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """The value of a block's option, and its offset."""

    value: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockHead:
    """The opening line of a block with its options; `title` is what stands behind the bar."""

    kind: BlockKind
    at: int
    slashes: int
    title: Option | None = None
    options: Mapping[str, Option] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body without its end, and its offset."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset of the next line."""
        return self.start + len(self.text) + 1


@dataclass(slots=True)
class _Scan:
    """The state of reading a body's block lines from top to bottom."""

    reading: Reading
    lines: list[Line]
    heads: list[BlockHead] = field(default_factory=list)
    open: list[BlockHead] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)


def find_blocks(reading: Reading) -> tuple[list[Edit], tuple[BlockHead, ...]]:
    """Return the edits that make block lines plain to Markdown, and the heads that they number."""
    lines = lines_of(reading.body)
    scan = _Scan(reading, lines)
    resume = 0
    for index in outside_code(lines):
        if _FENCE.fullmatch(lines[index].text.rstrip()):
            message = "the code that begins here is not closed and is printed as text"
            reading.warn(lines[index].start, "unclosed-code", message, "end it with the signs it begins with")
        found = _SLASHES.fullmatch(lines[index].text) if index >= resume else None
        if found is None:
            continue
        resume = _begin(scan, index, found) if found["name"] or found["argument"] else _finish(scan, index, found)
    closing = "".join(_closing(scan, head) for head in reversed(scan.open))
    for head in scan.open:
        _complain_open(scan, head)
    if closing:
        scan.edits.append(Edit(len(reading.body), len(reading.body), closing))
    return scan.edits, tuple(scan.heads)


def lines_of(body: str) -> list[Line]:
    """Return the lines of a body."""
    lines, start = [], 0
    for text in body.split("\n"):
        lines.append(Line(text, start))
        start += len(text) + 1
    return lines


def outside_code(lines: list[Line]) -> Iterator[int]:
    """Yield the numbers of lines that are neither in fenced code nor in a comment of several lines."""
    index = 0
    while index < len(lines):
        last = _last_of_code(lines, index) or _last_of_comment(lines, index)
        if last is None:
            yield index
        index = (last or index) + 1


def _last_of_code(lines: list[Line], index: int) -> int | None:
    opening = _FENCE.fullmatch(lines[index].text.rstrip())
    if opening is None:
        return None
    for later in range(index + 1, len(lines)):
        if lines[later].text.rstrip() == opening["fence"]:
            return later
    return None


def _last_of_comment(lines: list[Line], index: int) -> int | None:
    text = lines[index].text.lstrip(" ")
    if not text.startswith("<!--") or "-->" in text:
        return None
    for later in range(index + 1, len(lines)):
        if "-->" in lines[later].text:
            return later
    return None


def _begin(scan: _Scan, index: int, found: re.Match[str]) -> int:
    """Read a head and its options; return the number of the line behind them."""
    line = scan.lines[index]
    kind = _kind(scan.reading, found["name"], line.start + found.start("name"))
    while scan.open and scan.open[-1].kind not in _CONTAINERS:
        unclosed = scan.open.pop()
        _complain_open(scan, unclosed)
        scan.edits.append(Edit(line.start, line.start, _closing(scan, unclosed)))
    behind, options, left = _options(scan, index + 1, kind)
    title = Option(found["argument"], line.start + found.start("argument")) if found["argument"] else None
    if title is not None and kind in _NO_TITLE:
        scan.reading.error(title.at, "unknown-option", f"a {kind} takes no title", "write it into the block")
        left, title = f"{title.value}\n\n{left}", None
    head = BlockHead(
        kind=kind,
        at=line.start + found.start("slashes"),
        slashes=len(found["slashes"]),
        title=title,
        options=options,
    )
    number = spell(Kind.BLOCK, len(scan.heads))
    opening = f"\n{_slashes(len(scan.open))} x-{kind} | {number}\n\n{left}"
    scan.edits.append(Edit(line.start, min(scan.lines[behind - 1].end, len(scan.reading.body)), opening))
    scan.heads.append(head)
    scan.open.append(head)
    return behind


def _kind(reading: Reading, name: str, at: int) -> BlockKind:
    if name.casefold() in BLOCK_NAMES:
        return BlockKind(name.casefold())
    meant = suggestion(name.replace(" ", "").replace("-", ""), BLOCK_NAMES)
    hint = f"did you mean '{meant}'?" if meant else f"there are {', '.join(BLOCK_NAMES)}"
    reading.error(at, "unknown-block", f"unknown block '{name}'", hint)
    return BlockKind(meant or "unknown")


def _finish(scan: _Scan, index: int, found: re.Match[str]) -> int:
    """Close the block that a line of slashes ends."""
    line, length = scan.lines[index], len(found["slashes"])
    if not scan.open:
        at = line.start + found.start("slashes")
        scan.reading.error(at, "stray-block-end", f"this '{found['slashes']}' ends no block", "take the line out")
        scan.edits.append(Edit(line.start, line.start + len(line.text), ""))
        return index + 1
    # Slashes of another length may close an outer block; what is open inside it was forgotten.
    outer = any(head.slashes == length for head in scan.open)
    text = ""
    while outer and scan.open[-1].slashes != length:
        unclosed = scan.open.pop()
        _complain_open(scan, unclosed)
        text += _closing(scan, unclosed)
    text += _closing(scan, scan.open.pop())
    scan.edits.append(Edit(line.start, line.start + len(line.text), text))
    return index + 1


def _complain_open(scan: _Scan, head: BlockHead) -> None:
    scan.reading.error(
        head.at,
        "unclosed-block",
        f"the {'block' if head.kind is BlockKind.UNKNOWN else head.kind} that begins here is not closed",
        f"end it with a line '{'/' * head.slashes}'",
    )


def _closing(scan: _Scan, head: BlockHead) -> str:
    """Return the line that ends a block; one that was taken from the open ones already was the innermost."""
    depth = next((number for number, other in enumerate(scan.open) if other is head), len(scan.open))
    return f"\n{_slashes(depth)}\n\n"


def _slashes(depth: int) -> str:
    return "/" * max(_MOST_SLASHES - depth, 3)


# --- Options ---


def _options(scan: _Scan, index: int, kind: BlockKind) -> tuple[int, dict[str, Option], str]:
    """Read the indented lines under a head.

    Returns the number of the line behind them, the options, and the lines whose option nobody knows:
    these are set as text, so that nothing is lost.
    """
    options: dict[str, Option] = {}
    left: list[str] = []
    verse = kind is BlockKind.VERSE
    while index < len(scan.lines) and not verse:
        found = _OPTION.fullmatch(scan.lines[index].text)
        if found is None:
            break
        key_at = scan.lines[index].start + found.start("key")
        value_at = scan.lines[index].start + (found.start("value") if found["value"] else found.end())
        index, value = _value(scan.lines, index + 1, found["value"] or "")
        key = _option_name(scan.reading, kind, found["key"], key_at)
        if key is None or key in options:
            left.append(f"{found['key']}: {value}\n\n")
        else:
            options[key] = Option(value, value_at)
    return index, options, "".join(left)


def _value(lines: list[Line], index: int, value: str) -> tuple[int, str]:
    """Return a value with its continuation lines, without YAML's quotes or folding signs."""
    parts = [] if re.fullmatch(r"[>|][+-]?", value) else [value]
    while index < len(lines) and not _OPTION.fullmatch(lines[index].text):
        more = _MORE.fullmatch(lines[index].text)
        if more is None:
            break
        parts.append(more["text"])
        index += 1
    text = " ".join(filter(None, parts))
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        quote = text[0]
        text = text[1:-1].replace("''", "'") if quote == "'" else re.sub(r"\\([\"\\])", r"\1", text[1:-1])
    return index, text


def _option_name(reading: Reading, kind: BlockKind, typed: str, at: int) -> str | None:
    known = OPTIONS.get(kind, ())
    name = typed.casefold()
    if name in known:
        return name
    meant = suggestion(name, known)
    if meant:
        hint = f"did you mean '{meant}'?"
    elif name == "title" and kind in (BlockKind.SIDEBAR, BlockKind.FILLER):
        hint = f"write a title behind a bar: /// {kind} | Title"
    elif known:
        hint = f"there is {known[0]}" if len(known) == 1 else f"there are {', '.join(known)}"
    else:
        hint = f"a {kind} has no options"
    reading.error(at, "unknown-option", f"unknown option '{typed}' of a {kind}", hint)
    return meant or None
