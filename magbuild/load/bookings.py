"""Adverts as they are booked come in; stories of adverts come out, in their places in the order of the issue."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from magbuild.language import slugged
from magbuild.load.files import find_artwork
from magbuild.load.order import Order, find_slug, note_absent
from magbuild.load.rules import slug_rules
from magbuild.model import (
    IMPRINT,
    AdvertSize,
    Booking,
    FieldPath,
    FrontMatter,
    Issue,
    IssueSheet,
    Position,
    Standing,
    Story,
    StoryType,
)
from magbuild.packing import pack
from magbuild.problem import Place, Problem, Report, warning
from magbuild.source import Sheet

FRONT_COVER = 1


def booked_adverts(
    folder: Path, issue: IssueSheet, sheet: Sheet, taken: Collection[str], report: Report
) -> tuple[Story, ...]:
    """Return a story for each advert that is booked in issue.yaml; `taken` are the slugs of the other stories."""
    slugs = set(taken)
    stories = []
    for index, booking in enumerate(issue.adverts):
        place = sheet.place("adverts", index)
        if not (booking.client or booking.name):
            message = f"advert {index + 1} has no client"
            report.add(Problem(place, "missing-field", message, "write whose it is: client: …"))
        slug = _slug(booking, index, slugs)
        if booking.name:
            report.extend(slug_rules(booking.name, sheet.place("adverts", index, "name")))
            if booking.name in slugs:
                where = sheet.place("adverts", index, "name")
                message = f"'{booking.name}' is the slug of another story"
                report.add(Problem(where, "duplicate-slug", message, "give the advert another name"))
        slugs.add(slug)
        if booking.artwork:
            find_artwork(folder, booking.artwork.file, sheet.place("adverts", index, "artwork", "file"), report)
        else:
            message = f"no artwork has come for '{slug}': the client's name stands in its place"
            hint = "name its file when it comes: artwork: adverts/….pdf"
            report.add(warning(place, "missing-artwork", message, hint))
        title = booking.client or booking.name or slug
        front = FrontMatter(title=title, type=StoryType.ADVERT, advert=booking.advert)
        places = _places(sheet, index)
        stories.append(Story(slug=slug, path=sheet.path, front=front, body="", body_line=1, places=places))
    return tuple(stories)


def is_booked(story: Story) -> bool:
    """Whether a story was made of a booking, so that no running order need name it."""
    return story.path.name == Issue.SHEET


def has_position(story: Story) -> bool:
    """Whether a story is an advert for which a position is booked."""
    advert = story.front.advert
    return advert is not None and advert.position.standing is not Standing.IN_ORDER


def put_in_position(
    order: Order, stories: Sequence[Story], absent: Mapping[str, str], report: Report
) -> tuple[Order, tuple[Story, ...]]:
    """Return the order with the adverts in it that have positions, and the stories with these made certain.

    What is booked without a position, and in no running order, may stand anywhere.
    """
    settled = tuple(_settled(story, order, stories, absent, report) for story in stories)
    report.extend(_position_problems(settled))
    slugs, sections = list(order.slugs), dict(order.sections)
    adverts = [story for story in settled if story.slug not in order.slugs]
    for story in sorted(adverts, key=lambda story: _position(story).fixed_page):
        position = _position(story)
        if position.story:
            sections.setdefault(story.slug, order.sections.get(position.story, ""))
        slugs.insert(_index(position, slugs, adverts), story.slug)
    return Order(slugs=tuple(slugs), sections=sections), settled


def _slug(booking: Booking, index: int, taken: Collection[str]) -> str:
    wanted = booking.name or slugged(booking.client) or f"advert-{index + 1}"
    free = (slug for slug in (wanted, *(f"{wanted}-{number}" for number in range(2, 1000))) if slug not in taken)
    return next(free)


def _places(sheet: Sheet, index: int) -> dict[FieldPath, Place]:
    """Return the places of a booking's fields as if they stood in front matter."""
    at = ("adverts", index)
    places = {("advert", *path[2:]): place for path, place in sheet.places.items() if path[:2] == at}
    return {**places, (): sheet.place(*at), ("title",): sheet.place(*at, "client")}


def _position(story: Story) -> Position:
    return story.front.advert.position if story.front.advert else Position()


def _settled(story: Story, order: Order, stories: Sequence[Story], absent: Mapping[str, str], report: Report) -> Story:
    """Return a story with a position that can be had."""
    position, advert = _position(story), story.front.advert
    if advert is None or story.slug in order.slugs:
        return story
    if position.standing is Standing.IN_ORDER:
        position = Position(standing=Standing.ANY)
    elif position.story:
        slug = find_slug(position.story, (*order.slugs, *absent))
        if slug not in order.slugs:
            note_position(slug, stories, order, absent, story.place("advert", "position"), report)
            position = Position(standing=Standing.ANY)
        else:
            position = replace(position, story=slug)
    return replace(story, front=replace(story.front, advert=replace(advert, position=position)))


def note_position(
    slug: str, stories: Sequence[Story], order: Order, absent: Mapping[str, str], place: Place, report: Report
) -> None:
    """Report that an advert can't stand beside something."""
    if slug in {story.slug for story in stories}:
        message = f"'{slug}' is an advert with a position of its own; no other can stand beside it"
        report.add(Problem(place, "advert-position", message, "name the story that both stand beside"))
    else:
        note_absent(slug, absent, order.slugs, place, report)


def _index(position: Position, slugs: Sequence[str], adverts: Sequence[Story]) -> int:
    """Return where in the order an advert goes; those whose page isn't known yet stand before the imprint."""
    if position.standing is Standing.INSIDE_FRONT:
        return 0
    if position.standing in (Standing.INSIDE_BACK, Standing.BACK_COVER):
        return len(slugs)
    if not position.story:
        return slugs.index(IMPRINT) if IMPRINT in slugs else len(slugs)
    at = slugs.index(position.story)
    if position.standing is Standing.BEFORE:
        return at
    beside = {story.slug for story in adverts if _position(story) == position}
    return next(index for index in count(at + 1) if index == len(slugs) or slugs[index] not in beside)


# --- Positions that can't be had ---


def _position_problems(stories: Sequence[Story]) -> Iterator[Problem]:
    for story in stories:
        if story.front.advert and has_position(story):
            yield from _impossible(story, story.front.advert.size, story.front.advert.position)
    yield from _taken(stories)


def _impossible(story: Story, size: AdvertSize, position: Position) -> Iterator[Problem]:
    place = story.place("advert", "position")
    page = position.fixed_page
    if position.standing is Standing.PAGE and page <= FRONT_COVER:
        message = f"page {page} is {'the front cover' if page else 'no page'}"
        yield Problem(place, "advert-position", message, "write inside-front, or page 3 or higher")
    elif position.standing is Standing.BACK_COVER and size is not AdvertSize.FULL:
        message = f"the back cover is sold whole, and '{story.slug}' is a {size}"
        yield Problem(place, "advert-position", message, "book size: full, or inside-back")
    elif size is AdvertSize.SPREAD and (page % 2 or position.standing is Standing.RECTO):
        message = f"a spread begins on a left page, and {position} is a right one"
        hint = f"write page {page - 1} or page {page + 1}" if page else "write verso, or any"
        yield Problem(place, "advert-position", message, hint)


def _taken(stories: Sequence[Story]) -> Iterator[Problem]:
    """Yield the adverts for whose page another is booked, and no room is left."""
    booked: dict[int | Standing, list[Story]] = {}
    for story in stories:
        for page in _pages(story):
            others = booked.setdefault(page, [])
            if others and not _share_a_page((*others, story)):
                name = f"page {page}" if isinstance(page, int) else str(page)
                message = f"'{story.slug}' is booked for {name}, which '{others[0].slug}' has already"
                line = others[0].place("advert", "position").line
                hint = f"give one of them another position; the other stands in line {line}"
                yield Problem(story.place("advert", "position"), "advert-place-taken", message, hint)
                break
            others.append(story)


def _pages(story: Story) -> tuple[int | Standing, ...]:
    """Return the pages that an advert is booked for, as far as they can be told."""
    advert = story.front.advert
    if advert is None:
        return ()
    if advert.position.standing in (Standing.INSIDE_BACK, Standing.BACK_COVER):
        return (advert.position.standing,)
    first = advert.position.fixed_page
    return tuple(range(first, first + (2 if advert.size is AdvertSize.SPREAD else 1))) if first else ()


def _share_a_page(stories: Sequence[Story]) -> bool:
    sizes = [story.front.advert.size for story in stories if story.front.advert]
    return all(size.partial for size in sizes) and len(pack(sizes)) == 1
