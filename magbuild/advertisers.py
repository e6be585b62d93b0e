"""The index of advertisers: an issue and its flatplan come in; who is on which page, and what is missing, come out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from magbuild import artwork, pictures
from magbuild.adverts import Rooms, rooms_of
from magbuild.flatplan import Flatplan
from magbuild.layout import Layout
from magbuild.measure import Size
from magbuild.model import AdvertSize, Issue, Story, StoryType
from magbuild.paginate import Proof
from magbuild.settle import folios_of

FILE = "adverts.json"


class State(StrEnum):
    """What has become of an advert."""

    PLACED = "placed"
    SET = "set"  # by the house, of text
    MISSING = "missing"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An advert in the index; `pages` are numbers of the issue, none while it isn't laid out."""

    slug: str
    client: str
    pages: tuple[int, ...]
    booked: AdvertSize
    size: Size
    position: str
    artwork: str
    link: str
    state: State


def index(
    issue: Issue, layout: Layout, flatplan: Flatplan | None = None, proofs: Mapping[str, Proof] | None = None
) -> tuple[Entry, ...]:
    """Return every advert of an issue by page, those without a page last.

    `proofs`, by slug, tell the pages of adverts that share theirs. Raises LayoutMistake like `rooms_of`.
    """
    rooms = rooms_of(issue, layout)
    begins = folios_of(flatplan, proofs or {}) if flatplan is not None else {}
    adverts = [story for story in issue.stories if story.front.type is StoryType.ADVERT]
    found = [_entry(issue, rooms, story, _pages(story, flatplan, begins)) for story in adverts]
    return tuple(sorted(found, key=lambda entry: (entry.pages or (10**6,), entry.client.casefold(), entry.slug)))


def as_text(entries: Sequence[Entry]) -> str:
    """Return the index as a table of plain text, a line for each advert."""
    rows = [("page", "client", "size", "mm", "position", "artwork", "state")]
    for entry in entries:
        page = "-".join(str(number) for number in entry.pages) or "?"
        size = f"{entry.size.width.mm:g} x {entry.size.height.mm:g}"
        rows.append(
            (page, entry.client, str(entry.booked), size, entry.position, entry.artwork or "-", str(entry.state))
        )
    return _table(rows)


def as_json(entries: Sequence[Entry]) -> str:
    """Return the index as JSON."""
    return json.dumps([_as_mapping(entry) for entry in entries], ensure_ascii=False, indent=2)


def sizes_as_text(issue: Issue, layout: Layout) -> str:
    """Return what clients need to know: every size in mm, trimmed and with bleed. Raises LayoutMistake."""
    rooms, bleed = rooms_of(issue, layout), issue.magazine.bleed.mm
    rows = [("size", "trim in mm", "with bleed")]
    for size in AdvertSize:
        width, height = rooms.size(size).width.mm, rooms.size(size).height.mm
        bled = "-" if size.partial else f"{width + 2 * bleed:g} x {height + 2 * bleed:g}"
        rows.append((str(size), f"{width:g} x {height:g}", bled))
    return _table(rows)


def _entry(issue: Issue, rooms: Rooms, story: Story, pages: tuple[int, ...]) -> Entry:
    advert = story.front.advert
    assert advert is not None  # filled in when the issue was read
    return Entry(
        slug=story.slug,
        client=advert.client or story.front.title,
        pages=pages,
        booked=advert.size,
        size=rooms.size(advert.size),
        position=str(advert.position),
        artwork=advert.artwork.file if advert.artwork else "",
        link=advert.link,
        state=_state(issue, story),
    )


def _pages(story: Story, flatplan: Flatplan | None, begins: Mapping[str, int]) -> tuple[int, ...]:
    if flatplan is None:
        return ()
    own = tuple(slot.number for slot in flatplan.slots if slot.galley and slot.galley.stories == (story.slug,))
    return own or ((begins[story.slug],) if story.slug in begins else ())


def _state(issue: Issue, story: Story) -> State:
    advert = story.front.advert
    if advert is None or advert.artwork is None:
        return State.SET if story.body.strip() else State.MISSING
    path: Path = issue.folder / advert.artwork.file
    if not path.is_file():
        return State.MISSING
    try:
        if artwork.is_pdf(path):
            artwork.examine(path)
        else:
            pictures.examine(path)
    except (artwork.UnreadableArtwork, pictures.UnreadablePicture):
        return State.PROBLEM
    return State.PLACED


def _as_mapping(entry: Entry) -> dict[str, object]:
    return {
        "pages": entry.pages,
        "client": entry.client,
        "slug": entry.slug,
        "size": entry.booked,
        "width_mm": entry.size.width.mm,
        "height_mm": entry.size.height.mm,
        "position": entry.position,
        "artwork": entry.artwork,
        "link": entry.link,
        "state": entry.state,
    }


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)
