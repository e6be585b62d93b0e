"""Tables of the e-book on narrow screens: those of a page come in, wide ones go out so that a phone can show them.

Rows of a wide table are stacked by the styles, each cell with the head of its column. One whose cells span others
can't be stacked and is scrolled.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from magbuild.editions.epub.xhtml import add_class, classes, html, words
from magbuild.language import Language

WIDE: Final = 4  # columns; a table with more doesn't fit on a phone
# Styles that stack rows take from readers what rows and cells are; roles give it back (ARIA in HTML).
_ROLES: Final = {"thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}
_HEAD_ROLES: Final = {"row": "rowheader"}


def fit_tables(root: etree._Element, language: Language) -> None:
    """Make the wide tables of a page fit for narrow screens."""
    for number, table in enumerate(root.iter(html("table")), start=1):
        box = table.getparent()
        if box is None or "table" not in classes(box) or _width(table) <= WIDE:
            continue
        heads = _heads(table)
        if heads:
            add_class(box, "wide")
            _stack(table, heads)
        else:
            _scroll(box, table, number, language)


def _width(table: etree._Element) -> int:
    rows = (sum(int(_digits(cell.get("colspan"))) for cell in row) for row in table.iter(html("tr")))
    return max(rows, default=0)


def _digits(span: str | None) -> str:
    return span if span is not None and span.isdigit() else "1"


def _heads(table: etree._Element) -> list[str]:
    """Return the heads of the columns; none when cells span others, or when a column but the first has no head."""
    if any(_digits(cell.get(span)) != "1" for cell in table.iter() for span in ("colspan", "rowspan")):
        return []
    rows = table.findall(f"{html('thead')}/{html('tr')}")
    heads = [words(cell) for cell in rows[0]] if len(rows) == 1 else []
    return heads if all(heads[1:]) else []


def _stack(table: etree._Element, heads: list[str]) -> None:
    """Write the head of its column on each cell, and what every part is."""
    table.set("role", "table")
    for part in table.iter(*(html(name) for name in _ROLES)):
        part.set("role", _ROLES[etree.QName(part).localname])
    for head in table.iter(html("th")):
        head.set("role", _HEAD_ROLES.get(head.get("scope", ""), "columnheader"))
    for row in _body_rows(table):
        for label, cell in zip(heads, row, strict=False):
            if label:
                cell.set("data-label", label)


def _body_rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in table.iter(html("tr")) if row.getparent() is not table.find(html("thead")))


def _scroll(box: etree._Element, table: etree._Element, number: int, language: Language) -> None:
    """Let a table be scrolled, by keys as well, which need a place to stand and its name."""
    add_class(box, "scroll")
    box.set("role", "region")
    box.set("tabindex", "0")
    caption = table.find(html("caption"))
    if caption is None:
        box.set("aria-label", language.say("table"))
        return
    name = caption.get("id") or f"caption-{number}"
    caption.set("id", name)
    box.set("aria-labelledby", name)
