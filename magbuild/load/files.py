"""A file name as typed comes in; the file in the issue's folder comes out, or a reason why there is none."""

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from magbuild import artwork, pictures
from magbuild.load.body import figures
from magbuild.memory import recalled
from magbuild.model import IssueSheet, Story
from magbuild.problem import Place, Problem, Report, warning
from magbuild.source import Sheet, nearest

# No folder of an issue holds more; if one does, suggestions come from the first of them.
MOST_FILES = 2000
_SUFFIXES = (".jpg", ".jpeg", ".png", ".svg", ".tif", ".tiff", ".webp", ".gif", ".avif", ".pdf")
_OUTSIDE = re.compile(r"/|[A-Za-z][A-Za-z0-9+.-]*:|(?:.*/)?\.\.(?:/|$)")


def find_cover_pictures(folder: Path, issue: IssueSheet, sheet: Sheet, report: Report) -> None:
    """Report pictures of the covers that aren't there or can't be drawn."""
    for cover, name in (("cover", issue.cover.picture), ("back_cover", issue.back_cover.picture)):
        if name:
            find_picture(folder, name, sheet.place(cover, "picture"), report)


def find_story_files(folder: Path, story: Story, report: Report) -> None:
    """Report pictures and artwork of a story that aren't there or can't be drawn."""
    front = story.front
    if front.picture:
        find_picture(folder, front.picture.file, story.place("picture", "file"), report)
    for number, person in enumerate(front.author):
        if person.portrait:
            find_picture(folder, person.portrait.file, story.place("author", number, "portrait", "file"), report)
    if front.advert and front.advert.artwork:
        find_artwork(folder, front.advert.artwork.file, story.place("advert", "artwork", "file"), report)
    for figure in figures(story):
        file = posixpath.normpath(unquote(figure.file).replace("\\", "/"))
        if not _OUTSIDE.match(file):
            # What is wrong with any other is told where manuscripts are read.
            find_picture(folder, file, figure.place, report)


def find_picture(folder: Path, name: str, place: Place, report: Report) -> Path | None:
    """Return a picture's path; None, with a problem, when it isn't there or can't be drawn."""
    path = find_file(folder, name, place, report)
    if path is None:
        return None
    try:
        facts = recalled(pictures.examine, path)
    except pictures.UnreadablePicture as error:
        hint = "save it again as JPEG, PNG, TIFF or SVG from the program that made it"
        if "can't be read: " in str(error):
            hint = "see who may read the file"
        report.add(Problem(place, "unreadable-picture", f"picture {error}", hint))
        return None
    if facts.left_out:
        named = ", ".join(f"<{element}>" for element in facts.left_out)
        hint = "embed pictures in the drawing, and save its text as text or as outlines"
        report.add(warning(place, "picture-in-part", f"'{name}' is drawn without its {named}", hint))
    if facts.frames > 1:
        message = f"'{name}' holds {facts.frames} pictures, of which the first is printed"
        report.add(warning(place, "picture-in-part", message, "save the one that is meant as a file of its own"))
    return path


def find_artwork(folder: Path, name: str, place: Place, report: Report) -> Path | None:
    """Return the path of an advert's picture or PDF; None, with a problem, when missing or broken."""
    if not artwork.is_pdf(Path(name)):
        return find_picture(folder, name, place, report)
    path = find_file(folder, name, place, report)
    if path is None:
        return None
    try:
        recalled(artwork.examine, path)
    except artwork.UnreadableArtwork as error:
        hint = "ask the client for the PDF again, as PDF/X-4"
        report.add(Problem(place, "unreadable-artwork", f"artwork {error}", hint))
        return None
    return path


def find_file(folder: Path, name: str, place: Place, report: Report) -> Path | None:
    """Return the path of a file that an editor calls pictures/x.jpg; None, with a problem, when missing.

    It must be called the same on disk, letter for letter, and lie in the folder when links are followed.
    """
    if _OUTSIDE.match(name) or "\\" in name:
        message = f"'{name}' isn't a file of this issue's folder"
        hint = "copy it into the folder, and name it from there, with /: pictures/strikes.jpg"
        report.add(Problem(place, "outside-folder", message, hint))
        return None
    path = folder
    for part in PurePosixPath(name).parts:
        there = _names_in(path)
        if part not in there:
            report.add(_not_there(folder, path, name, part, there, place))
            return None
        path /= part
    if not is_inside(folder, path):
        message = f"'{name}' is a link that leads out of this issue's folder"
        report.add(Problem(place, "outside-folder", message, "put a copy of the file in the link's place"))
        return None
    if not is_file(path):
        message = f"'{name}' isn't a file"
        report.add(Problem(place, "missing-picture", message, "name a file in it, such as pictures/strikes.jpg"))
        return None
    return path


def is_inside(folder: Path, path: Path) -> bool:
    """Whether a path lies in a folder when all links are followed."""
    # os.path.realpath, unlike Path.resolve, doesn't raise when links go round in a circle.
    real = Path(os.path.realpath(path))
    return real.is_relative_to(os.path.realpath(folder))


def is_file(path: Path) -> bool:
    """Whether a path is a file that can be looked at."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # the latter for names that no file can have
        return False


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _not_there(folder: Path, path: Path, name: str, part: str, there: list[str], place: Place) -> Problem:
    same = next((other for other in there if _folded(other) == _folded(part)), None)
    if same is not None:
        parts = path.relative_to(folder).parts
        right = PurePosixPath(*parts, same, *PurePosixPath(name).parts[len(parts) + 1 :])
        hint = f"write it letter for letter: {right}"
        return Problem(place, "wrong-letter-case", f"'{part}' is called '{same}' on disk", hint)
    known = list(islice(_pictures(folder), MOST_FILES))
    wanted = PurePosixPath(name)
    moved = next((other for other in known if PurePosixPath(other).name == wanted.name), "")
    meant = moved or nearest(name, known)
    hint = f"did you mean '{meant}'?" if meant else f"put it into {(folder / wanted.parent).as_posix()}"
    return Problem(place, "missing-picture", f"there is no file '{name}'", hint)


def _pictures(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.suffix.lower() in _SUFFIXES and is_file(path):
            yield path.relative_to(folder).as_posix()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
