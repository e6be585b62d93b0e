"""A dummy and pictures of its pages come in; a web page that shows all spreads and stories comes out, in one file."""

import base64
from collections.abc import Mapping
from html import escape

from magbuild.dummy import Dummy, Entry, Kind, Leaf
from magbuild.dummy.text import span, summary, told

STYLES = """
body { margin: 2rem; font: 14px/1.4 system-ui, sans-serif; color: #222; background: #eceae5 }
h1 { font-size: 1.4rem; margin: 0 } p { margin: 0.3rem 0 1.5rem }
.spreads { display: grid; grid-template-columns: repeat(auto-fill, 308px); gap: 1.4rem 1.6rem }
.spread { display: flex; align-items: flex-start }
.page { width: 150px; margin: 0 2px }
.page.none { visibility: hidden }
.page img, .page .blank { display: block; width: 150px; background: #fff; box-shadow: 0 1px 4px #0004;
  border-bottom: 5px solid var(--colour) }
.page .blank { outline: 1px dashed #a33; outline-offset: -6px }
.page span { display: block; font-size: 11px; line-height: 1.3; padding: 4px 0; min-height: 2.9em }
.page b { font-size: 12px }
.advert span { font-style: italic }
table { margin-top: 2rem; border-collapse: collapse; background: #fff }
th, td { text-align: left; padding: 4px 14px 4px 10px; border-bottom: 1px solid #ddd }
td.number { text-align: right; font-variant-numeric: tabular-nums }
td:first-child { border-left: 5px solid var(--colour) }
"""


def as_html(dummy: Dummy, pictures: Mapping[int, bytes], proportion: float) -> str:
    """Return the dummy as HTML with a JPEG of each page by its number; blank pages are `proportion` times as high."""
    spreads = "".join(
        f'<div class="spread">{_page(left, pictures, proportion)}{_page(right, pictures, proportion)}</div>'
        for left, right in dummy.spreads
    )
    rows = "".join(map(_row, dummy.entries))
    head = "".join(f"<th>{name}</th>" for name in ("Pages", "Section", "Story", "Words", "Number", "Last page"))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(dummy.name)}: flatplan</title>'
        f"<style>{STYLES}</style></head><body><h1>{escape(dummy.name)}</h1><p>{escape(summary(dummy))}</p>"
        f'<div class="spreads">{spreads}</div>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></body></html>\n"
    )


def _page(leaf: Leaf | None, pictures: Mapping[int, bytes], proportion: float) -> str:
    if leaf is None:
        return '<div class="page none"></div>'
    text = escape(told(leaf))
    shown = f'<div class="blank" style="height: {150 * proportion:.0f}px"></div>'
    if leaf.kind is not Kind.BLANK:
        data = base64.b64encode(pictures[leaf.number]).decode()
        shown = f'<img src="data:image/jpeg;base64,{data}" alt="">'
    section = f"{escape(leaf.section)}: " if leaf.section else ""
    return (
        f'<div class="page {leaf.kind}" style="--colour: {leaf.colour}">{shown}'
        f"<span><b>{leaf.number}</b> {section}{text}</span></div>"
    )


def _row(entry: Entry) -> str:
    cells = (span(entry.pages), entry.section, entry.title)
    text = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    numbers = f'<td class="number">{entry.words:,}</td><td class="number">{len(entry.pages)}</td>'
    return f'<tr style="--colour: {entry.colour}">{text}{numbers}<td>{entry.fit or ""}</td></tr>'
