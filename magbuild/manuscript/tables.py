"""Tables: Markdown's rows come in, tables with header scopes, a caption and even rows come out."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.tables import TableProcessor

from magbuild.manuscript import marks
from magbuild.manuscript.attributes import assign, take_last_line
from magbuild.manuscript.reading import Reading
from magbuild.manuscript.trees import classes, move_inside, parents, text_of

TOO_LONG: Final = "x-too-long"


class Tables(TableProcessor):
    """Reads tables as Python-Markdown does, but keeps cells beyond the header row and a list under the table."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Build one table from the first of the blocks."""
        blocks[0], attributes = take_last_line(blocks[0])
        super().run(parent, blocks)
        if attributes:
            assign(parent[-1], attributes)

    def _build_row(self, row: str, parent: Element, align: list[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        for text in cells[len(align) :]:
            cell = SubElement(parent[-1], "td", {TOO_LONG: row})
            cell.text = text.strip(" ")


def finish_tables(body: Element, reading: Reading) -> None:
    """Give every table scopes and a frame; note rows with more cells than the table has columns."""
    above = parents(body)
    for table in list(body.iter("table")):
        _even_rows(table, reading)
        _scopes(table)
        parent = above[table]
        index = list(parent).index(table)
        caption = table.attrib.pop("caption", "")
        if caption and table.find("caption") is None:
            element = Element("caption")
            element.text = caption
            table.insert(0, element)
        else:
            _take_caption(parent, index, table)
            index = list(parent).index(table)
        frame = Element("div", {"class": "table"})
        frame.tail, table.tail = table.tail, None
        parent[index] = frame
        frame.append(table)


def _even_rows(table: Element, reading: Reading) -> None:
    told: set[str] = set()
    for cell in table.iter("td"):
        row = cell.attrib.pop(TOO_LONG, None)
        if row is not None and row not in told:
            told.add(row)
            at = max(reading.body.find(marks.restore(row).strip()), 0)
            hint = "add columns to the header row, or write \\| for a bar that is text"
            reading.warn(at, "long-table-row", "this row has more cells than the table has columns", hint)
    if not told:
        return
    width = max(len(row) for row in table.iter("tr"))
    for line in table.iter("tr"):
        while len(line) < width:
            SubElement(line, "td")


def _scopes(table: Element) -> None:
    """Say which cells head a column and, when the corner is empty, which head a row."""
    head = table.find("thead")
    cells = [] if head is None else [cell for row in head for cell in row]
    if head is not None and cells and not any(_filled(cell) for cell in cells):
        table.remove(head)
        return
    for cell in cells:
        if not _filled(cell):
            cell.tag = "td"
        elif cell.tag == "th":
            cell.attrib.setdefault("scope", "col")
    if cells and not _filled(cells[0]):
        for row in table.iterfind("tbody/tr"):
            if len(row) and _filled(row[0]):
                row[0].tag = "th"
                row[0].attrib.setdefault("scope", "row")
    for cell in table.iterfind("tbody/tr/th"):
        cell.attrib.setdefault("scope", "row")


def _filled(cell: Element) -> bool:
    return bool(text_of(cell).strip()) or cell.find(".//img") is not None


def _take_caption(parent: Element, index: int, table: Element) -> None:
    """Make a paragraph of class "caption" beside a table its caption."""
    if table.find("caption") is not None:
        return
    for beside in (index - 1, index + 1):
        if 0 <= beside < len(parent) and parent[beside].tag == "p" and "caption" in classes(parent[beside]):
            caption = Element("caption")
            move_inside(parent[beside], caption)
            parent.remove(parent[beside])
            table.insert(0, caption)
            return
