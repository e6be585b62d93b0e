"""An issue's folder comes in; the issue comes out with its manuscripts, read and checked as far as it is not set."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from magbuild import checks
from magbuild.layout import Layout, find_layout
from magbuild.load import load_all
from magbuild.load.files import find_picture
from magbuild.manuscript import ABSENT, Manuscript, check_field, read_alone
from magbuild.memory import recalled
from magbuild.model import Issue, fields_in_markdown
from magbuild.problem import Problem, Report, Stopped
from magbuild.source import nearest
from magbuild.whereabouts import project_of


def read(folder: Path, report: Report) -> tuple[Issue, dict[str, Manuscript]]:
    """Read and check an issue with all its manuscripts; Stopped when it can't be read at all."""
    issue, manuscripts = read_for_setting(folder, report)
    read_wording(issue, manuscripts, report)
    return issue, manuscripts


def read_for_setting(folder: Path, report: Report) -> tuple[Issue, dict[str, Manuscript]]:
    """Read an issue, and check all of it that setting depends on; Stopped when its sheets lack what they must say."""
    issue = load_all(folder, report)
    if issue is None:
        raise Stopped
    slugs = dict.fromkeys(issue.absent, ABSENT) | {story.path.name: story.slug for story in issue.stories}
    manuscripts: dict[str, Manuscript] = {}
    for story in issue.stories:
        manuscripts[story.slug], problems = recalled(read_alone, story, slugs)
        report.extend(problems)
    for field in fields_in_markdown(issue):
        problems, pictures = check_field(field, slugs)
        report.extend(problems)
        for file, place in pictures:
            find_picture(folder, file, place, report)
    if not issue.whole:
        raise Stopped
    checks.run(issue, report, checks.FACTS)
    return issue, manuscripts


def read_wording(issue: Issue, manuscripts: Mapping[str, Manuscript], report: Report) -> None:
    """Check all else that can be checked before there are pages; Stopped when the layout can't be had."""
    checks.run(issue, report, checks.WORDING)
    layout = layout_of(issue, report)
    report.extend(_unknown_colours(issue, layout))
    checks.run_on_layout(issue, manuscripts, layout, report)


def _unknown_colours(issue: Issue, layout: Layout) -> Iterator[Problem]:
    """Yield the colours of sections that the palette lacks, where that is the layout's."""
    palette = layout.palette(issue.magazine)
    for number, section in enumerate(issue.magazine.sections if not issue.magazine.colours else ()):
        if section.colour and section.colour not in palette:
            meant = nearest(section.colour, palette)
            hint = f"did you mean '{meant}'?" if meant else f"use {', '.join(palette)}, or write colours: of your own"
            place = issue.magazine_place("sections", number, "colour")
            yield Problem(place, "unknown-colour", f"there is no colour '{section.colour}'", hint)


def layout_of(issue: Issue, report: Report) -> Layout:
    """Return the layout that an issue is set in; Stopped, with a problem, when it can't be had."""
    named_at = issue.magazine_place("layout")
    return find_layout(issue.magazine.layout, project_of(issue.folder), issue.folder, report, named_at)
