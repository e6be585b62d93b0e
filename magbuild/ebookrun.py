"""E-books: an issue comes in, all that can be had before its pages comes out; a finished one: what is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from magbuild.adverts import supplied_artwork
from magbuild.checks import ebook
from magbuild.editions import epub
from magbuild.editions.epub import Gathered
from magbuild.layout import Layout
from magbuild.manuscript import Manuscript
from magbuild.memory import recalled
from magbuild.model import EditionName, Issue, letters_in
from magbuild.pagelist import PrintedPage
from magbuild.problem import Problem
from magbuild.raster import cover_as_jpeg, drawing_as_png, trimmed_as_jpeg
from magbuild.sheaf import Sheaf

COVER = (1600, 2400)  # px, as e-book shops want it; readers take four megapixels at most
COVER_BYTES = 1_000_000
ARTWORK_WIDTH = 1200  # px: a full page on the largest e-readers
# What is wrong with an e-book that the manuscript's own checks have told of, at a better place.
TOLD_BEFORE = frozenset({"undescribed-picture"})


# How each e-book is made of what was gathered for both, and how its file's name ends.
EBOOKS = {
    EditionName.EPUB: (epub.finish, ".epub"),
    EditionName.EPUB_LIGHT: (epub.finish_light, "-light.epub"),
}


def gather_epub(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout, stamp: datetime) -> Gathered:
    """Gather all of the EPUB that can be had before the pages are there."""
    drawings = partial(_drawing, layout.font_faces(letters_in(issue)))
    return epub.gather(issue, manuscripts, layout, artwork_pictures(issue), stamp, drawings)


def write_ebooks(
    names: Iterable[EditionName], gathered: Gathered, cover: bytes, printed: Sequence[PrintedPage], stem: Path
) -> Iterator[Path]:
    """Write e-books to files whose names begin with `stem`, and yield each."""
    for name in names:
        write, ending = EBOOKS[name]
        target = stem.with_name(stem.name + ending)
        write(gathered, cover, printed, target)
        yield target


def _drawing(fonts: str, svg: bytes) -> bytes:
    return recalled(drawing_as_png, fonts, svg)


def look_at_ebook(path: Path, folder: Path) -> list[Problem]:
    """Return what is wrong with a finished e-book that nobody has told of yet."""
    return [
        replace(problem, place=replace(problem.place, path=_from_shelf(problem.place.path, path)))
        for problem in ebook.inspect(path, folder)
        if problem.code not in TOLD_BEFORE
    ]


def _from_shelf(path: Path, file: Path) -> Path:
    """Return the path of something in a file that isn't where it will be, from the file's name on."""
    return path.relative_to(file.parent) if path.is_relative_to(file) else path


def cover_picture(proof: Sheaf) -> bytes:
    """Return the cover page as shops want it."""
    return cover_as_jpeg(proof.read(), *COVER, COVER_BYTES)


def artwork_pictures(issue: Issue) -> dict[str, bytes]:
    """Return a JPEG of each supplied PDF advert, trimmed, by the slug of its story."""
    placed = {story.slug: supplied_artwork(issue, story) for story in issue.stories}
    return {
        slug: recalled(trimmed_as_jpeg, artworks, ARTWORK_WIDTH, 85) for slug, artworks in placed.items() if artworks
    }
