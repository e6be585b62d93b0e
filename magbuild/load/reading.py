"""The files of an issue come in; records with their sheets, and stories, come out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from magbuild.load.files import is_inside
from magbuild.load.longhand import spell_out
from magbuild.load.order import file_order, slug_of
from magbuild.load.rules import slug_rules
from magbuild.model import FrontMatter, Story
from magbuild.problem import Place, Problem, Report, warning
from magbuild.source import Sheet, read_manuscript_file, validate

T = TypeVar("T")

STORY_SUFFIX = ".md"
_OTHER_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_NO_STORIES = ("readme.md",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """A record and the sheet it was read from, written out in full.

    `whole` says that no stand-in was needed for a field that must be there; `sound`, that nothing was wrong.
    """

    record: T
    sheet: Sheet
    whole: bool
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A story as its file has it, and its front matter's sheet; `sound` when all fields have their form."""

    story: Story
    sheet: Sheet
    sound: bool


def read_record(kind: type[T], sheet: Sheet, stand_ins: Mapping[str, str], report: Report) -> Read[T]:
    """Make a record of a sheet, with `stand_ins` for the fields that must be there where these are faulty."""
    noted = len(report)
    full = spell_out(kind, sheet, report)
    record = validate(kind, full, report)
    whole = record is not None
    if record is None:
        # Its problems are known by now.
        record = validate(kind, replace(full, data={**full.data, **stand_ins}), Report())
    assert record is not None
    return Read(record=record, sheet=full, whole=whole, sound=len(report) == noted)


def read_stories(folder: Path, names: Iterable[str], absent: dict[str, str], report: Report) -> Iterator[Submission]:
    """Read the stories among a folder's files, in the order of their names, but no drafts.

    Notes in `absent` why a slug whose file is there has no story: "draft" or "faulty".
    """
    files: dict[str, str] = {}
    for path in _story_files(folder, names, report):
        slug = slug_of(path.name)
        if not is_inside(folder, path):
            message, hint = (
                f"'{path.name}' leads out of the issue's folder",
                "put a copy of it into the folder",
            )
            report.add(Problem(Place(path), "outside-folder", message, hint))
            absent[slug] = "faulty"
            continue
        submission = _read_story(path, slug, report)
        if submission is None or submission.story.front.draft:
            absent.setdefault(slug, "draft" if submission else "faulty")
            continue
        top = Place(path, 1, 1)
        if slug in files:
            message = f"{files[slug]} and {path.name} have one slug, '{slug}'"
            report.add(Problem(top, "duplicate-slug", message, "rename one of the files"))
            continue
        files[slug] = path.name
        report.extend(slug_rules(slug, top))
        yield submission


def _read_story(path: Path, slug: str, report: Report) -> Submission | None:
    read = read_manuscript_file(path, report)
    if read is None:
        return None
    sheet, body, line = read
    own_report = Report()
    front = read_record(FrontMatter, sheet, {"title": slug}, own_report)
    if not front.record.draft:
        # Nobody expects a draft to be right.
        report.extend(own_report)
    places = front.sheet.places
    story = Story(slug=slug, path=path, front=front.record, body=body, body_line=line, places=places)
    return Submission(story=story, sheet=front.sheet, sound=front.sound)


def _story_files(folder: Path, names: Iterable[str], report: Report) -> Iterator[Path]:
    for name in sorted(names, key=file_order):
        path = folder / name
        if path.name.startswith(".") or path.name.casefold() in _NO_STORIES:
            continue
        if path.suffix == STORY_SUFFIX:
            yield path
        elif path.suffix.casefold() in _OTHER_SUFFIXES:
            message = f"{path.name} is left out, since its name doesn't end in {STORY_SUFFIX}"
            hint = f"call it {path.stem}{STORY_SUFFIX}"
            report.add(warning(Place(path, 1, 1), "unread-file", message, hint))
