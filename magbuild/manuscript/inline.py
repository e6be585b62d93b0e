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
    LinkInlineProcessor,
)

# The address, the title and the end of what stands in round brackets, and whether it is a link at all.
Address = tuple[str, str | None, int, bool]
_SIGNS: Final = str.maketrans("", "", "*_")


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


def register(md: Markdown) -> None:
    """Put the patterns in the place of Python-Markdown's own."""
    md.inlinePatterns.register(Links(LINK_RE, md), "link", 160)
    md.inlinePatterns.register(Images(IMAGE_LINK_RE, md), "image_link", 150)
    emphasis = Emphasis("*", "strong,em", md)
    emphasis.add("_", "strong,em", smart=True)
    md.inlinePatterns.register(emphasis, "em_strong", 60)
