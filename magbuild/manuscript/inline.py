"""Markdown inside a line, made safe: Python-Markdown's patterns come in, patterns that lose no character come out."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    DelimiterProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
)

# The address, the title and the end of what stands in round brackets, and whether it is a link at all.
Address = tuple[str, str | None, int, bool]
_SIGNS: Final = str.maketrans("", "", "*_")
_SPACES: Final = " \n\t\u00a0\u202f"
_STAR: Final = r"(?<=[^\W_])\*(?=[^\W_])"
# Stars at the beginning and at the end of a word, but for what encloses it or ends a sentence.
_ENDS: Final = re.compile(r"(?<![\w*])\*+(?=\w)"), re.compile(r"(?<=\w)\*+(?![\w*])")


def _closed(found: Address, data: str, index: int) -> Address:
    """Return an address that was found; one whose bracket is never closed is none."""
    href, title, end, handled = found
    return href, title, end, handled and data[index:end].endswith(")")


class Links(LinkInlineProcessor):
    """Links; an address that is never closed is text."""

    def getLink(self, data: str, index: int) -> Address:
        """Find the address of a link."""
        return _closed(super().getLink(data, index), data, index)


class Images(ImageInlineProcessor):
    """Images; an address that is never closed is text."""

    def getLink(self, data: str, index: int) -> Address:
        """Find the address of an image."""
        return _closed(super().getLink(data, index), data, index)


class Emphasis(DelimiterProcessor):
    """Emphasis; where signs don't pair, Python-Markdown can take a letter for one, and then they stay text."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the next stretch of emphasis."""
        element, start, end = super().handleMatch(m, data)
        if element is None or data[start:end].translate(_SIGNS) == "".join(element.itertext()).translate(_SIGNS):
            return element, start, end
        self.reset()
        return None, m.start(), m.end()


class Stars(InlineProcessor):
    """Stars within words that are text, as in `Leser*innen` or `5*3`; others enclose some letters of a word."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """Return a star that is text."""
        begin = max(data.rfind(sign, 0, m.start()) for sign in _SPACES) + 1
        ends = [end for sign in _SPACES if (end := data.find(sign, m.end())) >= 0]
        if _is_text(data[begin : min(ends, default=len(data))], m.start() - begin):
            return m[0], m.start(), m.end()
        return None, None, None


def _is_text(word: str, at: int) -> bool:
    """Return whether a star between two letters or figures of a word is no sign of emphasis."""
    if word[at - 1].isdigit() and word[at + 1].isdigit():
        return True
    before, behind = word[:at].rpartition("*"), word[at + 1 :].partition("*")
    if (before[1] and before[2].isalpha() and before[0][-1:].isalnum()) or (
        behind[1] and behind[0].isalpha() and behind[2][:1].isalnum()
    ):
        return False
    around = [len(found[0]) if (found := end.search(word)) else 0 for end in _ENDS]
    return around[0] == around[1] or 1 not in around


def register(md: Markdown) -> None:
    """Put the patterns in the place of Python-Markdown's own."""
    md.inlinePatterns.register(Links(LINK_RE, md), "link", 160)
    md.inlinePatterns.register(Images(IMAGE_LINK_RE, md), "image_link", 150)
    md.inlinePatterns.register(Stars(_STAR, md), "star", 65)
    emphasis = Emphasis("*", "strong,em", md)
    emphasis.add("_", "strong,em", smart=True)
    md.inlinePatterns.register(emphasis, "em_strong", 60)
