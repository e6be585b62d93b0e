"""The EPUB edition: an issue, its manuscripts and a layout come in, one EPUB 3.3 file goes out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from lxml import etree

from magbuild.compose import plain
from magbuild.contrast import NIGHT, RGB, WHITE, contrast, rgb
from magbuild.editions.epub import xhtml
from magbuild.editions.epub.access import look
from magbuild.editions.epub.album import COVER, Album
from magbuild.editions.epub.chapters import (
    CONTENTS_PAGE,
    STYLES,
    Bindery,
    Page,
    accent,
    bindery,
    entries,
    landmarks,
    pages,
    summary,
)
from magbuild.editions.epub.fonts import Wardrobe, dress
from magbuild.editions.epub.light import lighten, lighter
from magbuild.editions.epub.metadata import COVER_ID, Findings, book_title, facts, identifier, paged, print_source
from magbuild.editions.epub.navigation import PageBreak, Part, add_page_list, ncx, parts
from magbuild.editions.epub.package import NCX_ID, Member, Package, pack
from magbuild.editions.epub.pagebreaks import mark_page, unstamp
from magbuild.layout import Layout
from magbuild.manuscript import Manuscript, set_text
from magbuild.model import Issue
from magbuild.pagelist import PrintedPage

RIGHTS = frozenset({"copyright", "rights", "licence", "license", "urheberrecht", "rechte", "droits"})
JPEG, XHTML, CSS, NCX = "image/jpeg", "application/xhtml+xml", "text/css", "application/x-dtbncx+xml"
_STYLE = "epub"
LEAST_CONTRAST = 1.5  # to be seen as a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An e-book but for its cover picture and what its pages on paper are.

    `places` are the names of its pages by what stands on them: a story or a made page. `source` says what the
    pages on paper are pages of, `told` that they are marked.
    """

    package: Package
    title: str
    contents: tuple[Part, ...]
    places: Mapping[str, str]
    source: str
    told: str


def gather(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    layout: Layout,
    artwork: Mapping[str, bytes],
    stamp: datetime,
    rasterise: Callable[[bytes], bytes] | None = None,
) -> Gathered:
    """Gather all of the issue's EPUB that can be had before its pages are laid out.

    `artwork` has a JPEG for each advert, by slug, that came as PDF;
    `stamp` (with its time zone) is the only time in the file; `rasterise` makes a PNG of an SVG, which
    is kept as it is otherwise. Raises what pictures.for_page raises for a picture that can't be read,
    and ValueError when a template of the layout doesn't give well-formed XHTML.
    """
    album = Album(folder=issue.folder, artwork=_artwork(issue, artwork), rasterise=rasterise)
    desk = bindery(issue, manuscripts, layout, album)
    made = pages(desk)
    wardrobe = dress(layout.fonts, _styles(issue, layout), _words(made))
    listed = tuple(entries(desk, made))
    package = Package(
        identifier=identifier(issue),
        language=desk.language.code,
        stamp=stamp,
        facts=facts(issue, desk.stories(), desk.language, _findings(desk, made)),
        members=(
            Member(uid=COVER_ID, name=COVER, media_type=JPEG, data=b"", properties=("cover-image",)),
            *_texts(made),
            Member(uid=NCX_ID, name="toc.ncx", media_type=NCX, data=b""),
            *_looks(wardrobe, album),
        ),
        landmarks=landmarks(desk, listed),
        extras=dict(wardrobe.licences),
    )
    return Gathered(
        package=package,
        title=book_title(issue, desk.language),
        contents=parts(listed),
        places={page.story or Path(page.name).stem: page.name for page in made},
        source=print_source(issue, desk.language),
        told=desk.language.say("access_pages"),
    )


def finish(gathered: Gathered, cover: bytes, printed: Sequence[PrintedPage], target: Path) -> None:
    """Write what was gathered to `target` as an EPUB file.

    `cover` is a JPEG of the front cover; `printed` are the pages on paper, which are marked where they begin.
    """
    package = gathered.package
    texts = {member.name: xhtml.reopen(member.data) for member in package.members if member.in_spine}
    breaks = _as_read(texts, tuple(_mark(texts, gathered.places, printed)))
    if breaks:
        add_page_list(texts[CONTENTS_PAGE], breaks)
    for text in texts.values():
        unstamp(text)
    written = {name: xhtml.write(text) for name, text in texts.items()}
    old_contents = ncx(gathered.title, package.identifier, package.language, gathered.contents, tuple(texts), breaks)
    written |= {COVER: cover, "toc.ncx": old_contents}
    members = tuple(replace(member, data=written.get(member.name, member.data)) for member in package.members)
    known = paged(package.facts, gathered.source, gathered.told) if breaks else package.facts
    target.write_bytes(pack(replace(package, members=members, facts=tuple(known))))


def _as_read(texts: Mapping[str, etree._Element], breaks: Sequence[PageBreak]) -> tuple[PageBreak, ...]:
    """Return marks in the order of the e-book: paper has adverts, and what floats, in other places."""
    ids = [(name, element.get("id")) for name, text in texts.items() for element in text.iter("{*}span")]
    place = {known: number for number, known in enumerate(ids)}
    return tuple(sorted(breaks, key=lambda mark: place[mark.name, mark.id]))


def _mark(
    texts: Mapping[str, etree._Element], places: Mapping[str, str], printed: Iterable[PrintedPage]
) -> Iterator[PageBreak]:
    """Mark where printed pages begin, and yield the marks; a page of which nothing is in the e-book has none."""
    for page in printed:
        spot = next((start for start in page.starts if start.story in places), None)
        if spot is not None:
            name = places[spot.story]
            yield PageBreak(folio=page.folio, name=name, id=mark_page(texts[name], spot, page.folio))


def finish_light(gathered: Gathered, cover: bytes, printed: Sequence[PrintedPage], target: Path) -> None:
    """Write the light e-book of what was gathered, as `finish` does: without fonts, with smaller pictures.

    It has the identifier of the full one, since it is the same book: a reading system that gets the one after the
    other keeps the reader's place and notes.
    """
    finish(replace(gathered, package=lighten(gathered.package)), lighter(cover), printed, target)


def make(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    layout: Layout,
    cover: bytes,
    artwork: Mapping[str, bytes],
    stamp: datetime,
    target: Path,
    rasterise: Callable[[bytes], bytes] | None = None,
    printed: Sequence[PrintedPage] = (),
) -> None:
    """Gather and finish in one go; raises what `gather` raises."""
    finish(gather(issue, manuscripts, layout, artwork, stamp, rasterise), cover, printed, target)


def _artwork(issue: Issue, artwork: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the finished adverts by file, as templates ask for them."""
    adverts = {story.slug: story.front.advert for story in issue.stories if story.front.advert}
    return {
        advert.artwork.file: artwork[slug] for slug, advert in adverts.items() if advert.artwork and slug in artwork
    }


def _findings(desk: Bindery, made: Iterable[Page]) -> Findings:
    return Findings(
        rights=_rights(desk.issue),
        description=summary(desk.issue, desk.language),
        offer=look(page.tree for page in made),
    )


def _words(made: Iterable[Page]) -> Iterable[str]:
    return (xhtml.words(page.tree) for page in made)


def _styles(issue: Issue, layout: Layout) -> str:
    """Return the layout's styles, and the palette for what is in the colour of a section.

    A colour that can't be seen by day or by night is left out: the line then has that of the text.
    """
    palette = (
        f".{accent(name)} header {{ border-color: {colour.screen}; }}"
        for name, colour in layout.palette(issue.magazine).items()
        if _is_seen(rgb(colour.screen))
    )
    return "\n".join((layout.stylesheet(_STYLE), *palette))


def _is_seen(colour: RGB | None) -> bool:
    """Whether a line of that colour is seen by day and by night."""
    return colour is not None and min(contrast(colour, WHITE), contrast(colour, NIGHT)) >= LEAST_CONTRAST


def _rights(issue: Issue) -> str:
    for entry in issue.magazine.imprint:
        if entry.title.casefold() in RIGHTS:
            return plain(set_text(entry.text, issue.magazine.language))
    return ""


def _texts(made: Iterable[Page]) -> Iterable[Member]:
    for page in made:
        nav = ("nav",) if page.name == CONTENTS_PAGE else ()
        yield Member(
            uid=f"page-{Path(page.name).stem}",
            name=page.name,
            media_type=XHTML,
            properties=(*xhtml.properties(page.tree), *nav),
            data=xhtml.write(page.tree),
            in_spine=True,
        )


def _looks(wardrobe: Wardrobe, album: Album) -> Iterable[Member]:
    yield Member(uid="style", name=STYLES, media_type=CSS, data=wardrobe.styles.encode())
    for number, face in enumerate(wardrobe.faces, start=1):
        yield Member(uid=f"font-{number}", name=face.name, media_type=face.media_type, data=face.data)
    for number, (name, picture) in enumerate(album.pictures, start=1):
        yield Member(uid=f"picture-{number}", name=name, media_type=picture.media_type, data=picture.data)
