"""Make a body ready for Markdown: what an editor typed comes in, text with marks and the heads of blocks come out."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from magbuild.manuscript.blockheads import BlockHead, Edit, find_blocks, lines_of, outside_code
from magbuild.manuscript.marks import LITERALS, RESERVED, Kind, spell
from magbuild.manuscript.reading import Reading
from magbuild.manuscript.safety import is_html

_ATTRIBUTE = r"""(?:[.#][\w:.-]+|[A-Za-z_][\w:.-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}=]+))"""
ATTRIBUTE_LIST: Final = rf"{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*"

# What makes "[name]: …" a link's address and not a sentence.
_ADDRESS = (
    r"(?:(?:https?|ftp|mailto|tel|javascript|vbscript|data|file):|www\.|/|\.{1,2}/|\#"
    r"|[^\s<>:]+\.\w{1,5}(?:\#\S*)?>?(?=\s|$))"
)

_MARKUP = re.compile(
    rf"""
      (?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{RESERVED}])
    | (?P<escape>\\[^\s])
    | (?P<note>\[\^(?=[^\]\n]+\]))
    | (?P<link>\]\(\s*<?)
    | ^[ \t>]*(?P<definition>\[(?!\^)[^\[\]\n]*\]:[ \t]*\n?[ \t]*<?(?={_ADDRESS}))
    | (?P<autolink><[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*)(?=>)
    | <(?P<tag>/?[A-Za-z][^\s"'<>@/]*)(?=[\s/>])
    | (?P<odd><(?:[?]|!(?!--)))
    | (?P<attributes>\{{:?[ ]*(?={ATTRIBUTE_LIST}[ ]*\}}))
    | (?P<brace>\{{)
    | ^[ \t>]*(?:[-*+][ \t]+|\d+\.[ \t]+)*(?P<slashes>/{{3,}})(?=[ \t]*(?:[\w|]|$))
    """,
    re.VERBOSE | re.MULTILINE,
)
_DEFINITION = re.compile(r"[ ]{0,3}:[ ]{1,3}\S")
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)*")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ ]*")
_HEADING_END = re.compile(rf"(?:[ ]+\#*)?(?:[ ]*\{{:?[ ]*{ATTRIBUTE_LIST}[ ]*\}})?[ ]*$")


def prepare(reading: Reading) -> tuple[str, tuple[BlockHead, ...]]:
    """Return a body as Markdown is to read it, and the heads of its blocks.

    Notes characters that no text may hold; they are dropped.
    """
    blocks, heads = find_blocks(reading)
    blocks.sort(key=lambda edit: edit.start)
    starts = [edit.start for edit in blocks]

    def rewritten(edit: Edit) -> bool:
        before = bisect_right(starts, edit.start) - 1
        return before >= 0 and edit.start < blocks[before].end

    made = (*_headings(reading.body), *_part_definitions(reading.body), *_markup(reading))
    small = [edit for edit in made if not rewritten(edit)]
    return _apply(reading.body, sorted((*blocks, *small), key=lambda edit: (edit.start, edit.end))), heads


def prepare_line(reading: Reading, text: str, at: int) -> str:
    """Return one line of text that stands at an offset of the body, as Markdown is to read it."""
    edits = [
        Edit(found.start(), found.end(), _marked(found, reading, at + found.start()))
        for found in _MARKUP.finditer(text)
    ]
    return " ".join(_apply(text, edits).split("\n"))


def _apply(body: str, edits: list[Edit]) -> str:
    parts, done = [], 0
    for edit in edits:
        if edit.start >= done:
            parts += [body[done : edit.start], edit.text]
            done = edit.end
    parts.append(body[done:])
    return "".join(parts)


def _headings(body: str) -> Iterator[Edit]:
    """Mark the end of a heading's words: its beginning is where Markdown looks for markup."""
    lines = body.split("\n")
    start = 0
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        lead = _LEAD.match(line)
        indent = lead.end() if lead else 0
        if line.startswith("#", indent) or (below[:1] in tuple("=-> ") and _UNDERLINE.fullmatch(below)):
            found = _HEADING_END.search(line, indent)
            end = start + (found.start() if found else len(line))
            yield Edit(end, end, spell(Kind.HEADING, start + indent))
        start += len(line) + 1


def _part_definitions(body: str) -> Iterator[Edit]:
    """Part the entries of a definition list that is written without blank lines, which Markdown would nest."""
    lines = lines_of(body)
    outside = set(outside_code(lines))
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number]
        below = lines[number + 1].text if number + 1 < len(lines) else ""
        begins = _DEFINITION.match(line.text) or (line.text[:1].strip() and _DEFINITION.match(below))
        if begins and _DEFINITION.match(before.text) and number in outside:
            yield Edit(line.start, line.start, "\n")


def _markup(reading: Reading) -> Iterator[Edit]:
    for found in _MARKUP.finditer(reading.body):
        yield Edit(found.start(), found.end(), _marked(found, reading, found.start()))


def _marked(found: re.Match[str], reading: Reading, at: int) -> str:
    """Return a piece of markup with its mark; `at` is where it stands in the body."""
    text, group = found[0], found.lastgroup
    at += found.start(group or 0) - found.start()
    match group:
        case "note":
            return text + spell(Kind.ADDRESS, at)
        case "link" | "definition":
            return text + spell(Kind.ADDRESS, at + len(found[group]))
        case "autolink":
            return text + spell(Kind.ADDRESS, at + 1)
        case "tag":
            if is_html(found["tag"].removeprefix("/")):
                return text + spell(Kind.TAG, at - 1)
            return LITERALS["<"] + spell(Kind.UNKNOWN, at - 1) + text[1:]
        case "odd":
            return LITERALS["<"] + text[1:]
        case "attributes":
            return text + spell(Kind.ATTRIBUTES, at)
        case "brace":
            return LITERALS["{"]
        case "slashes":
            return text + spell(Kind.SLASHES, at)
        case "escape":
            return rf"\{LITERALS['<']}" if text == r"\<" else text
        case _:
            return _without_control(text, reading, at)


def _without_control(character: str, reading: Reading, at: int) -> str:
    reading.warn(
        at,
        "control-character",
        f"character U+{ord(character):04X} can't be printed and is left out",
        "delete it; it comes from a word processor or a scan",
    )
    return ""
