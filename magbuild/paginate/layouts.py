"""Pango's layouts, in which the layout engine sets text: one that is blank for each style, and copies of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout

# All that a layout without text depends on.
READ = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "lang",
    "text_decoration_line",
)


@cache
def copying() -> Callable[[Any], Any]:
    """Return Pango's own way to copy a layout, which the engine doesn't declare."""
    ffi.cdef("PangoLayout* pango_layout_copy (PangoLayout *src);")
    return pango.pango_layout_copy  # type: ignore[no-any-return]


@contextmanager
def copied() -> Iterator[None]:
    """Let the engine set a layout up only once for all styles that have a font in common for as long as the block runs.

    It makes one for each piece of text that it tries, and again for each that it draws, and tells Pango all about fonts
    and language each time (2 % faster).
    """
    set_up, copy = Layout.setup, copying()
    blanks: dict[object, dict[str, Any]] = {}
    # The styles are kept beside what was found, so that no other style can come to have their identity.
    known: dict[int, tuple[dict[str, Any], object]] = {}

    def blank(style: Any) -> dict[str, Any]:
        key = style.font_config, repr([style[name] for name in READ])
        if key not in blanks:
            layout = Layout.__new__(Layout)
            set_up(layout, style)
            blanks[key] = vars(layout)
        return blanks[key]

    def set_up_once(layout: Any, style: Any) -> None:
        found = known.get(id(style))
        if found is None:
            found = known[id(style)] = blank(style), style
        layout.__dict__.update(found[0])
        layout.style = style
        layout.layout = ffi.gc(copy(layout.layout), gobject.g_object_unref)

    Layout.setup = set_up_once
    try:
        yield
    finally:
        Layout.setup = set_up
