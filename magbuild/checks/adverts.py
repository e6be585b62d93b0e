"""A read issue comes in; supplied artwork of adverts that won't fit its place, and pages with holes, come out.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator
from pathlib import Path

from magbuild.addresses import typed_address
from magbuild.adverts import Rooms, rooms_of
from magbuild.artwork import ArtworkFacts, Part, UnreadableArtwork, examine, is_pdf
from magbuild.grouping import groups
from magbuild.layout import LayoutMistake, find_layout
from magbuild.measure import MM_PER_INCH, POINTS_PER_INCH, Size
from magbuild.model import Advert, AdvertSize, Issue, Story, StoryType
from magbuild.packing import fills_pages
from magbuild.pictures import UnreadablePicture
from magbuild.pictures import examine as examine_picture
from magbuild.problem import Problem, Report, Stopped, warning
from magbuild.whereabouts import project_of

EXACT = 1.0  # mm by which artwork may differ from its place: A4 is often written as 595 by 842 pt
CLOSE = 0.02  # share by which the proportions of a picture, which has no size of its own, may differ
BLEED_TOLERANCE = 0.5  # pt


def advert_pages(issue: Issue) -> Iterator[Problem]:
    """The PDF of an advert has more pages than are placed.

    Of a spread two pages are placed, of any other advert the first. Ask the client which page is meant, and
    hand in that page alone.
    """
    for story, advert, facts in _supplied(issue):
        if facts.pages > (placed := 2 if advert.size is AdvertSize.SPREAD else 1):
            which = "only the first is placed" if placed == 1 else "only the first two are placed"
            message = f"the artwork of '{story.slug}' has {facts.pages} pages; {which}"
            hint = "hand in what is meant as a PDF of its own"
            yield warning(story.place("advert", "artwork"), "advert-pages", message, hint)


def advert_notes(issue: Issue) -> Iterator[Problem]:
    """Stamps, comments or filled-in fields lie over the PDF of an advert, and aren't printed.

    They aren't part of its page. Ask the client for a PDF in which they are, which is called flattened, if they are
    to be seen.
    """
    for story, _, facts in _supplied(issue):
        if facts.notes:
            what = "a note or field lies" if facts.notes == 1 else f"{facts.notes} notes or fields lie"
            message = f"{what} over the artwork of '{story.slug}', and will not be printed"
            hint = "ask the client for a flattened PDF, if they are to be seen"
            yield warning(story.place("advert", "artwork"), "advert-notes", message, hint)


def advert_proportion(issue: Issue) -> Iterator[Problem]:
    """The artwork of an advert has another size than was booked.

    It is scaled in its own proportions until it fits, and stands in the middle of its place: nothing is
    stretched or cut, but white may show beside it, and type comes out larger or smaller than was meant. Ask
    the client for artwork in the size that the message names; `magbuild adverts` lists the sizes.
    """
    rooms = _rooms(issue)
    for story, advert, facts in _supplied(issue):
        wanted = _wanted(issue, advert, rooms)
        if wanted is None:
            continue
        pages = 2 if advert.size is AdvertSize.SPREAD and facts.pages > 1 else 1
        width, height = facts.width * pages, facts.height
        off = max(abs(width - wanted.width.pt), abs(height - wanted.height.pt)) * MM_PER_INCH / POINTS_PER_INCH
        if off > EXACT:
            named = f"{_named(advert.size)} is {_size(wanted)}"
            message = f"the artwork of '{story.slug}' is {_mm(width)} x {_mm(height)} mm, and {named}: it is scaled"
            hint = f"ask the client for artwork with a trim of {_size(wanted)}"
            yield warning(story.place("advert", "artwork"), "advert-proportion", message, hint)
    for story, advert, proportion in _pictures(issue):
        wanted = _wanted(issue, advert, rooms)
        if wanted is not None and abs(proportion / (wanted.width.mm / wanted.height.mm) - 1) > CLOSE:
            message = f"the picture of '{story.slug}' hasn't the proportions of {_named(advert.size)}, {_size(wanted)}"
            hint = f"ask the client for artwork of {_size(wanted)}, as PDF if it can be had"
            yield warning(story.place("advert", "artwork"), "advert-proportion", message, hint)


def advert_without_bleed(issue: Issue) -> Iterator[Problem]:
    """The PDF of an advert that fills its page has less bleed than the magazine, so that a white edge may show.

    Ask the client for artwork with bleed, and with a TrimBox and a BleedBox that say where it ends. A spread
    needs none at the gutter.
    """
    for story, advert, facts in _supplied(issue):
        if advert.size.partial:
            continue
        edges = _bleeds_of_spread(issue.folder / _file(advert)) if advert.size is AdvertSize.SPREAD else _bleeds(facts)
        if min(edges) < issue.magazine.bleed.pt - BLEED_TOLERANCE:
            message = f"the artwork of '{story.slug}' has {_mm(max(0.0, min(edges)))} mm of bleed"
            hint = f"ask for artwork with {issue.magazine.bleed.css} of bleed on every side"
            yield warning(story.place("advert", "artwork"), "advert-without-bleed", message, hint)


def advert_leaves_white(issue: Issue) -> Iterator[Problem]:
    """Adverts that share a page don't fill it, or a quarter stands alone amid the text.

    Four quarters, two halves or three thirds fill a page, or one half across and two quarters; an upright half
    wants another beside it, or two quarters. Book what is missing, or move one of them next to a department,
    where halves across, thirds and pairs of quarters need no page of their own.
    """
    for group in groups(issue):
        stories = [story for story in issue.stories if story.slug in group]
        sizes = [story.front.advert.size for story in stories if _is_advert(story) and story.front.advert]
        if len(sizes) == len(stories) and stories and all(size.partial for size in sizes):
            if not fills_pages(sizes):
                names = ", ".join(
                    f"'{story.slug}' ({story.front.advert.size})" for story in stories if story.front.advert
                )
                message = f"white is left on the page of {names}"
                hint = "book what fills it, or move them beside reviews, letters or notices"
                yield warning(stories[0].place("advert"), "advert-leaves-white", message, hint)
        elif sizes.count(AdvertSize.QUARTER) % 2:
            story = next(
                story for story in stories if story.front.advert and story.front.advert.size is AdvertSize.QUARTER
            )
            message = f"'{story.slug}' is a quarter, with no other beside it in its department"
            yield warning(story.place("advert"), "advert-leaves-white", message, "book another quarter beside it")


def advert_link(issue: Issue) -> Iterator[Problem]:
    """The link of an advert is no address, so it leads nowhere.

    Write it as it stands in a browser: `https://heronsgate.example`. `www.heronsgate.example` is taken, too, and
    so is an e-mail address.
    """
    for story in issue.stories:
        advert = story.front.advert
        if advert is not None and advert.link and typed_address(advert.link) is None:
            message = f"'{advert.link}' is no address"
            hint = "write it as in a browser, such as https://heronsgate.example"
            yield Problem(story.place("advert", "link"), "advert-link", message, hint)


def _is_advert(story: Story) -> bool:
    return story.front.type is StoryType.ADVERT


def _rooms(issue: Issue) -> Rooms | None:
    """Return the rooms for adverts; None when the layout can't be read, which is told of when it is used."""
    try:
        return rooms_of(issue, find_layout(issue.magazine.layout, project_of(issue.folder), issue.folder, Report()))
    except (Stopped, LayoutMistake):
        return None


def _wanted(issue: Issue, advert: Advert, rooms: Rooms | None) -> Size | None:
    if rooms is not None:
        return rooms.size(advert.size)
    return issue.magazine.trim if advert.size is AdvertSize.FULL else None


def _supplied(issue: Issue) -> Iterator[tuple[Story, Advert, ArtworkFacts]]:
    """Yield the adverts that came as PDF and can be read, with what their first page is."""
    for story in issue.stories:
        advert = story.front.advert
        if advert is None or advert.artwork is None or not is_pdf(issue.folder / advert.artwork.file):
            continue
        try:
            yield story, advert, examine(issue.folder / advert.artwork.file, Part.WHOLE)
        except UnreadableArtwork:
            continue  # told of when the file was read


def _pictures(issue: Issue) -> Iterator[tuple[Story, Advert, float]]:
    """Yield the adverts that came as pictures and can be read, with their width as a share of their height."""
    for story in issue.stories:
        advert = story.front.advert
        if advert is None or advert.artwork is None or is_pdf(issue.folder / advert.artwork.file):
            continue
        try:
            facts = examine_picture(issue.folder / advert.artwork.file)
        except UnreadablePicture:
            continue
        yield story, advert, facts.width / facts.height


def _bleeds(facts: ArtworkFacts) -> tuple[float, ...]:
    """Return the bleed at the left, at the bottom, at the right and at the top, in pt."""
    left, bottom, right, top = (outer - inner for inner, outer in zip(facts.trim, facts.bleed, strict=True))
    return tuple(edge * facts.unit for edge in (-left, -bottom, right, top))


def _bleeds_of_spread(path: Path) -> tuple[float, ...]:
    """Return the bleed at the outer edges of both pages, in pt; none when the second can't be read."""
    try:
        verso, recto = (_bleeds(examine(path, part)) for part in (Part.VERSO, Part.RECTO))
    except UnreadableArtwork:
        return (0.0,)
    return (*verso[:2], verso[3], *recto[1:])


def _file(advert: Advert) -> str:
    return advert.artwork.file if advert.artwork else ""


def _named(size: AdvertSize) -> str:
    return "a full page" if size is AdvertSize.FULL else f"a {size}"


def _mm(points: float) -> str:
    return f"{points * MM_PER_INCH / POINTS_PER_INCH:.1f}".removesuffix(".0")


def _size(size: Size) -> str:
    return f"{size.width.mm:g} x {size.height.mm:g} mm"
