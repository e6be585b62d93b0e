"""A space at the end of a text, before an element: it hangs, and the text isn't broken for want of room for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

Found = tuple[Any, int, int | None, float, float, float]  # what the engine's `split_first_line` returns
ROUGHLY = 1.5  # how far off the length of a text may be that is reckoned from its beginning


@contextmanager
def hung() -> Iterator[None]:
    """Let the engine set a text that fits but for the space at its end, for as long as the block runs.

    It finds such a text in one line, and too long; taking its first word for what is too long, it divides that.
    """
    find = inline.split_first_line

    def find_all(text: str, style: Any, context: Any, max_width: float | None, *more: Any, **named: Any) -> Found:
        found: Found = find(text, style, context, max_width, *more, **named)
        if max_width is None or found[2] is None or not _may_fit(text, found, max_width):
            return found
        bare: Found = find(text.rstrip(" "), style, context, max_width, *more, **named)
        fits = bare[2] is None and bare[3] <= max_width and style["white_space"] in ("normal", "pre-line")
        return find(text, style, context, None, *more, **named) if fits else found

    inline.split_first_line = find_all
    try:
        yield
    finally:
        inline.split_first_line = find


def _may_fit(text: str, found: Found, room: float) -> bool:
    """Whether a text that ends with a space, of which some was found for a line, may be no longer than the line."""
    _, length, _, width, *_ = found
    return text.endswith(" ") and length > 0 and width / length * len(text) < room * ROUGHLY
