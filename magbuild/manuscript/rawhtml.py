"""Raw HTML in a manuscript: Markdown's source comes in, whole pieces of HTML and their tokens come out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import AMP_SUBSTITUTE

from magbuild.manuscript import marks

_NAME: Final = r"[A-Za-z][A-Za-z0-9:.-]*"
_REST: Final = r"(?P<rest>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAME})(?=[\s/>]){_REST}>")
_TOKEN = re.compile(rf"<!--.*?-->|{_TAG.pattern}", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>]+)))?"""
)
_AT_LINE_START = re.compile(rf"^[ ]{{0,3}}(?:(?P<comment><!--)|(?=</?{_NAME}[\s/>]))", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|$)")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
# A quotation mark written as an entity is meant to stay straight.
_STRAIGHT: Final = {
    "&quot;": marks.LITERALS['"'],
    "&#34;": marks.LITERALS['"'],
    "&apos;": marks.LITERALS["'"],
    "&#39;": marks.LITERALS["'"],
}

# Blocks that may hold Markdown when a blank line stands behind their start tag.
_HOLDERS: Final = frozenset({"div", "section", "article", "aside", "blockquote", "center", "main", "header", "footer"})
# Blocks in which Markdown is never read.
_RAW: Final = frozenset({"pre", "script", "style", "textarea", "svg", "math", "canvas", "option"})
_VOID_BLOCKS: Final = frozenset({"hr"})
# Blocks for Python-Markdown as for us, which it doesn't know as such.
MORE_BLOCKS: Final = ("svg", "audio", "style", "nav", "x-block", "x-note")


class Whole(str):
    """A piece of HTML in which everything that is opened should be closed."""

    __slots__ = ()


class Lasting(str):
    """A start tag that stays open over the paragraphs behind it, or the end tag of one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A start tag (`attributes` is a mapping), an end tag or text of raw HTML."""

    text: str
    name: str = ""
    end: bool = False
    attributes: dict[str, str] | None = None
    closed: bool = False


def decode(text: str, *, literal: bool = True) -> str:
    """Return a text with its entities as characters; what isn't an entity stays as typed."""

    def character(found: re.Match[str]) -> str:
        if literal and found[0] in _STRAIGHT:
            return _STRAIGHT[found[0]]
        return unescape(found[0])

    return _ENTITY.sub(character, text.replace(AMP_SUBSTITUTE, "&")) if "&" in text or "\x02" in text else text


def tokens(piece: str) -> Iterator[Token]:
    """Yield the tokens of a piece of HTML; comments are left out, and every other character is in one of them."""
    done = 0
    for found in _TOKEN.finditer(piece):
        if found.start() > done:
            yield Token(piece[done : found.start()])
        done = found.end()
        if found["name"]:
            rest = found["rest"]
            attributes = {
                part["name"]: decode(part["double"] or part["single"] or part["bare"] or "", literal=False)
                for part in _ATTRIBUTE.finditer(rest)
            }
            yield Token(found[0], found["name"], bool(found["end"]), attributes, rest.endswith("/"))
    if done < len(piece):
        yield Token(piece[done:])


class HtmlBlocks(Preprocessor):
    """Takes blocks of raw HTML out of the source, whole, and leaves placeholders.

    A block ends with its end tag; one that has none ends at the next blank line. Markdown is read inside a block
    whose tag says `markdown`, and inside a plain container with a blank line behind its start tag.
    """

    md: Markdown

    def run(self, lines: list[str]) -> list[str]:
        """Go through the source once."""
        source = "\n".join(lines)
        self.holding: list[str] = []
        parts: list[str] = []
        done = at = 0
        while found := _AT_LINE_START.search(source, at):
            start = found.start() + len(found[0].rstrip("<!-"))
            piece = _comment(source, start) if found["comment"] else self._block(source, start)
            at = max(found.end(), found.start() + 1)
            if piece is not None:
                end, text = piece
                parts += [source[done : found.start()], text]
                done = at = end
        parts.append(source[done:])
        return "".join(parts).split("\n")

    def _block(self, source: str, start: int) -> tuple[int, str] | None:
        """Return the end of the block that starts here, and what stands in its place."""
        tag = _TAG.match(source, start)
        if tag is None or not self.md.is_block_level(tag["name"]):
            return None
        name, end = tag["name"].lower(), tag.end()
        if tag["end"]:
            while name in self.holding and self.holding.pop() != name:
                pass
            return end, self._stash(Lasting(tag[0]))
        if name in _VOID_BLOCKS or tag["rest"].endswith("/"):
            return end, self._stash(Whole(tag[0]))
        if name not in _RAW and (self.holding or "markdown" in _attribute_names(tag["rest"])):
            self.holding.append(name)
            return end, self._stash(Lasting(tag[0]))
        last = _end_of(source, name, end)
        blank = _BLANK_LINE.search(source, end)
        if last is None:
            last = blank.start() if blank else len(source)
        elif name in _HOLDERS and blank and blank.start() == end:
            self.holding.append(name)
            return end, self._stash(Lasting(tag[0]))
        return last, self._stash(Whole(source[start:last]))

    def _stash(self, piece: str) -> str:
        return f"\n\n{self.md.htmlStash.store(piece)}\n\n"


def _comment(source: str, start: int) -> tuple[int, str] | None:
    """Return the end of a comment; one that stands alone on its lines goes with its last line break."""
    end = source.find("-->", start)
    if end < 0:
        return None
    end += len("-->")
    return (end + 1, "") if source.startswith("\n", end) else (end, "")


def _attribute_names(rest: str) -> list[str]:
    return [part["name"].lower() for part in _ATTRIBUTE.finditer(rest)]


def _end_of(source: str, name: str, start: int) -> int | None:
    """Return where the end tag stops that closes an element opened just before `start`."""
    depth = 1
    for found in re.finditer(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", source[start:], re.IGNORECASE):
        if found[0].endswith("/>"):
            continue
        depth += -1 if found[1] else 1
        if depth == 0:
            return start + found.end()
    return None
