"""An issue's folder comes in; the issue comes out, read and in order, and its problems are in the report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from magbuild.load.bookings import booked_adverts, has_position, is_booked, put_in_position
from magbuild.load.files import find_cover_pictures, find_story_files
from magbuild.load.openers import with_opener
from magbuild.load.order import Order, find_slug, note_absent, put_in_order, slug_of
from magbuild.load.printers import check_printer
from magbuild.load.reading import STORY_SUFFIX, Read, Submission, read_record, read_stories
from magbuild.load.rules import is_page, issue_rules, magazine_rules, section_rules, story_rules
from magbuild.load.special import as_this_issue_has_it
from magbuild.measure import Length
from magbuild.model import MADE_PAGES, Advert, Issue, IssueSheet, Magazine, Story, StoryType
from magbuild.problem import Place, Problem, Report
from magbuild.source import Sheet, read_sheet
from magbuild.whereabouts import project_of, shelf_of

# What fields that must be there are read as while they are faulty, so that all the others are still checked.
MAGAZINE_STAND_INS = {"title": "…"}
ISSUE_STAND_INS = {"number": "0", "published": "1900-01-01"}


def load(folder: Path, report: Report) -> Issue | None:
    """Read an issue's folder as `load_all` does; None when its sheets or the magazine's don't say what they must."""
    issue = load_all(folder, report)
    return issue if issue is not None and issue.whole else None


def load_all(folder: Path, report: Report) -> Issue | None:
    """Read an issue's folder, such as issues/037, and the magazine.yaml beside it; None when it isn't there.

    Stories are the folder's Markdown files; drafts are left out, and so is a README. All mistakes of all
    files are reported in one go; an issue that is returned may lack what couldn't be read. It isn't `whole` when
    something stands in for what the sheets of the issue or of the magazine must say.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        what = "isn't there" if isinstance(error, FileNotFoundError) else "isn't a folder that can be read"
        hint = "name the folder of an issue, such as issues/037"
        report.add(Problem(Place(folder), "missing-folder", f"{folder.as_posix()} {what}", hint))
        return None
    magazine, issue = _read_magazine(folder, report), _read_issue(folder, report)
    if magazine is None:
        magazine = read_record(Magazine, _nothing(shelf_of(folder) / Issue.MAGAZINE), MAGAZINE_STAND_INS, Report())
    if issue is None:
        issue = read_record(IssueSheet, _nothing(folder / Issue.SHEET), ISSUE_STAND_INS, Report())
    absent: dict[str, str] = {}
    submissions = tuple(read_stories(folder, names, absent, report))
    for submission in submissions:
        report.extend(story_rules(submission.story, submission.sheet, sound=submission.sound))
        find_story_files(folder, submission.story, report)
    stories = [submission.story for submission in submissions]
    taken = {*(story.slug for story in stories), *absent, *MADE_PAGES}
    adverts = booked_adverts(folder, issue.record, issue.sheet, taken, report)
    order, placed = _in_order(issue, (*stories, *adverts), absent, report)
    sheet = _with_cover_lines(issue, stories, absent, report)
    own, places = as_this_issue_has_it(magazine.record, magazine.sheet.places, issue.record, issue.sheet)
    _check_printers(folder, magazine, issue, own.bleed, report)
    if magazine.sound or magazine.record.sections:
        report.extend(section_rules(magazine.record, _sections(issue, submissions)))
    return Issue(
        folder=folder,
        magazine=own,
        sheet=sheet,
        stories=_finished(placed, order, own),
        order=order.slugs,
        places=issue.sheet.places,
        magazine_places=places,
        absent=tuple(sorted(name for name in names if name.endswith(STORY_SUFFIX) and slug_of(name) in absent)),
        whole=magazine.whole and issue.whole and is_page(own.trim),
    )


def load_magazine(folder: Path, report: Report) -> Magazine | None:
    """Return the magazine as an issue has it, from the two sheets alone; None when it can't be read."""
    magazine, issue = _read_magazine(folder, report), _read_issue(folder, report)
    if magazine is None or issue is None:
        return None
    return as_this_issue_has_it(magazine.record, magazine.sheet.places, issue.record, issue.sheet)[0]


def _nothing(path: Path) -> Sheet:
    """Return what stands in for a sheet that can't be read, which was told of."""
    return Sheet(path=path, data={}, places={})


def _read_magazine(folder: Path, report: Report) -> Read[Magazine] | None:
    sheet = read_sheet(shelf_of(folder) / Issue.MAGAZINE, report)
    if sheet is None:
        return None
    magazine = read_record(Magazine, sheet, MAGAZINE_STAND_INS, report)
    report.extend(magazine_rules(magazine.record, magazine.sheet))
    return magazine


def _read_issue(folder: Path, report: Report) -> Read[IssueSheet] | None:
    sheet = read_sheet(folder / Issue.SHEET, report)
    if sheet is None:
        return None
    issue = read_record(IssueSheet, sheet, ISSUE_STAND_INS, report)
    report.extend(issue_rules(issue.record, issue.sheet))
    find_cover_pictures(folder, issue.record, issue.sheet, report)
    return issue


def _check_printers(
    folder: Path, magazine: Read[Magazine], issue: Read[IssueSheet], bleed: Length, report: Report
) -> None:
    """Look up the printers that the two sheets name; `bleed` is that of the issue."""
    project = project_of(folder)
    check_printer(magazine.record.printer, project, magazine.record.bleed, report, magazine.sheet.place("printer"))
    check_printer(issue.record.printer, project, bleed, report, issue.sheet.place("printer"))


def _in_order(
    issue: Read[IssueSheet], stories: Sequence[Story], absent: Mapping[str, str], report: Report
) -> tuple[Order, tuple[Story, ...]]:
    """Return the order of everything, adverts with a position included, and the stories; fillers are in none."""
    loose = {story.slug: has_position(story) for story in stories if is_booked(story) or has_position(story)}
    fillers = tuple(story for story in stories if story.front.type is StoryType.FILLER)
    placed = tuple(story for story in stories if story.front.type is not StoryType.FILLER)
    absent = {**absent, **{story.slug: "filler" for story in fillers}}
    order = put_in_order(placed, loose, issue.record, issue.sheet, absent, report)
    order, placed = put_in_position(order, placed, absent, report)
    return order, (*placed, *fillers)


def _sections(issue: Read[IssueSheet], submissions: Sequence[Submission]) -> Iterator[tuple[str, Place]]:
    """Yield every section that is named, and where."""
    for index, run in enumerate(issue.record.running_order):
        yield run.section, issue.sheet.place("running_order", index, "section")
    for submission in submissions:
        yield submission.story.front.section, submission.sheet.place("section")


def _with_cover_lines(
    issue: Read[IssueSheet], stories: Sequence[Story], absent: Mapping[str, str], report: Report
) -> IssueSheet:
    """Return the issue's sheet with a story's slug in each cover line that names one, by slug or by file."""
    known = [story.slug for story in stories]
    lines = []
    for index, line in enumerate(issue.record.cover.lines):
        slug = find_slug(line.story, [*known, *absent]) if line.story else ""
        if slug and slug not in known:
            place = issue.sheet.place("cover", "lines", index, "story")
            note_absent(slug, absent, known, place, report)
            slug = ""
        lines.append(replace(line, story=slug))
    return replace(issue.record, cover=replace(issue.record.cover, lines=tuple(lines)))


def _finished(stories: Sequence[Story], order: Order, magazine: Magazine) -> tuple[Story, ...]:
    """Return the stories in running order, with the fields filled in that come from elsewhere, and the fillers."""
    finished = []
    places = {slug: place for place, slug in enumerate(order.slugs)}
    for story in sorted(stories, key=lambda story: places.get(story.slug, len(places))):
        front = with_opener(story.front)
        if front.type is StoryType.ADVERT and front.advert is None:
            front = replace(front, advert=Advert())
        language = front.language or magazine.language
        section = order.sections.get(story.slug) or front.section
        finished.append(replace(story, front=replace(front, language=language, section=section)))
    return tuple(finished)
