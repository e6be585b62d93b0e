"""A story's Markdown comes in; its pictures, its blocks and its bare prose come out, each with its place.

This is a look at the text as it was typed, for problems that need an exact place; to read Markdown is
manuscript's work.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from magbuild.model import Story
from magbuild.problem import Place
from magbuild.source import spot

# Stands where prose is interrupted by something that isn't prose, so that no phrase is found across it.
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"

_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?^(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)")
_SLASHES = re.compile(r" {0,3}/{3,}[ \t]*(?P<kind>[^|\n]*?)[ \t]*(?:\|[ \t]*(?P<title>.*))?")
_OPTION = re.compile(r"(?:\t| {4,})[ \t]*(?P<name>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*")
_MORE = re.compile(r"(?:\t| {4,})[ \t]*(?P<value>\S.*?)[ \t]*")
_IMAGE = re.compile(
    r"""!\[[^\]]*\]\(\s*(?:<(?P<bracketed>[^>\n]+)>|(?P<file>[^)\s<>]+))"""
    r"""|<img\b(?=[^>]*?\ssrc=["']?(?P<source>[^"'\s>]+))[^>]*>""",
    re.IGNORECASE,
)
_NOT_PROSE = re.compile(
    r"(?<=\])\([^)\n]*\)"  # where a link leads to
    r"|\[\^[^\]\n]+\]:?"  # notes and their calls
    r"|\{[^}\n]*\}"  # attributes
    r"|<[^>\n]+>"
    r"|(?:https?://|www\.)\S+"
    r"|^ {0,3}/{3,}[^|\n]*\|?"  # block heads
    r"|^(?:\t| {4,})[ \t]*(?:(?:file|width):.*$|(?:alt|caption|credit):)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What an option of a block says, and where it stands."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block such as `/// figure`: its options, its text, and where its head and its text begin."""

    kind: str
    place: Place
    options: Mapping[str, Option] = field(default_factory=dict)
    text: str = ""
    text_place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture that a story's text asks for, as it is written there."""

    file: str
    place: Place


def place_at(story: Story, offset: int) -> Place:
    """Return the place of an offset in a story's body."""
    line, column = spot(story.body, offset)
    return Place(story.path, story.body_line + line - 1, column)


@lru_cache(maxsize=64)  # check after check asks for the same
def printed(body: str) -> str:
    """Return a body with gaps in place of code and comments; every other character stays where it is."""
    for pattern in (_FENCED, _COMMENT, _CODE):
        body = pattern.sub(lambda found: re.sub(r"[^\n]", GAP, found[0]), body)
    return body


@lru_cache(maxsize=64)
def prose(body: str) -> str:
    """Return a body with a gap in place of all that is no prose; every other character stays where it is."""
    return _NOT_PROSE.sub(lambda found: GAP * len(found[0]), printed(body))


def without(body: str, kind: str) -> str:
    """Return a body with a gap in place of all blocks of a kind."""
    block = rf"^ {{0,3}}(?P<slashes>/{{3,}})[ \t]*{kind}\b.*?(?:^ {{0,3}}(?P=slashes)[ \t]*$|\Z)"
    pattern = re.compile(block, re.DOTALL | re.IGNORECASE | re.MULTILINE)
    return pattern.sub(lambda found: re.sub(r"[^\n]", GAP, found[0]), body)


def blocks(story: Story) -> Iterator[Block]:
    """Yield all blocks; the text of one that holds others ends where the first of these begins."""
    lines = printed(story.body).split("\n")
    heads = [(n, found["kind"]) for n, line in enumerate(lines) if (found := _SLASHES.fullmatch(line))]
    for (number, kind), (end, _) in pairwise([*heads, (len(lines), "")]):
        if not kind:
            continue
        first = _line_place(story, number, lines[number])
        options, begin = _options(story, lines, number + 1, end)
        while begin < end - 1 and not lines[begin].strip():
            begin += 1
        yield Block(
            kind=kind.casefold(),
            place=first,
            options=options,
            text="\n".join(lines[begin:end]).strip(),
            text_place=_line_place(story, begin, lines[begin]) if begin < end else first,
        )


def figures(story: Story) -> Iterator[Figure]:
    """Yield the pictures of figure blocks, of Markdown's images and of HTML's."""
    for block in blocks(story):
        if block.kind == "figure" and "file" in block.options:
            named = block.options["file"]
            yield Figure(file=named.value, place=named.place)
    for found in _IMAGE.finditer(printed(story.body)):
        file = found["file"] or found["bracketed"] or found["source"]
        yield Figure(file=file, place=place_at(story, found.start()))


def _options(story: Story, lines: list[str], number: int, end: int) -> tuple[dict[str, Option], int]:
    """Return a block's options and the number of the line behind them."""
    options: dict[str, Option] = {}
    while number < end and (found := _OPTION.fullmatch(lines[number])):
        place = _line_place(story, number, lines[number])
        number, value = _value(lines, number + 1, end, found["value"] or "")
        options.setdefault(found["name"].casefold(), Option(value=value, place=place))
    return options, number


def _value(lines: list[str], number: int, end: int, value: str) -> tuple[int, str]:
    parts = [] if re.fullmatch(r"[>|][+-]?", value) else [value]
    while number < end and not _OPTION.fullmatch(lines[number]) and (more := _MORE.fullmatch(lines[number])):
        parts.append(more["value"])
        number += 1
    text = " ".join(filter(None, parts))
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return number, (text[1:-1] if quoted else text).strip()


def _line_place(story: Story, number: int, line: str) -> Place:
    return Place(story.path, story.body_line + number, len(line) - len(line.lstrip()) + 1)
