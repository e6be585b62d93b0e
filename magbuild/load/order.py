"""The running order and the stories come in; the order of everything, and each story's section, come out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from magbuild.model import CONTENTS, IMPRINT, MADE_PAGES, AdvertSize, Issue, IssueSheet, Story, StoryType
from magbuild.problem import Place, Problem, Report, warning
from magbuild.source import Sheet, nearest

_FILE_NAME = re.compile(r"(?:(?P<number>\d+)-)?(?P<slug>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What comes after what, stories and made pages; and the sections that the running order puts them in."""

    slugs: tuple[str, ...]
    sections: Mapping[str, str]


def slug_of(file_name: str) -> str:
    """Return the slug of a story's file name: without leading digits, hyphen and ".md"."""
    name = file_name.removesuffix(".md")
    found = _FILE_NAME.fullmatch(name)
    return found["slug"] if found else name


def file_order(file_name: str) -> tuple[float, str]:
    """Return what to sort file names by: their numbers, those without a number last."""
    found = _FILE_NAME.fullmatch(file_name)
    number = float(found["number"]) if found and found["number"] else float("inf")
    return number, file_name


def put_in_order(
    stories: Sequence[Story],
    loose: Mapping[str, bool],
    issue: IssueSheet,
    sheet: Sheet,
    absent: Mapping[str, str],
    report: Report,
) -> Order:
    """Follow the running order; without one, go by file name, in which order `stories` come.

    `loose` are slugs of adverts that needn't be named, and for those marked True mustn't, since they have a
    position of their own; they are in the order only where they are named. `absent` says of slugs whose file
    is there but isn't read, why: "draft", "faulty" or "filler". Made pages that aren't named are added: the contents
    first, the imprint last.
    """
    if not issue.running_order:
        return Order(slugs=_by_file_name([story for story in stories if story.slug not in loose]), sections={})
    named: dict[str, str] = {}
    known = [story.slug for story in stories]
    there = (*known, *absent, *MADE_PAGES)
    for at, run in enumerate(issue.running_order):
        for index, typed in enumerate(run.stories):
            slug = find_slug(typed, there)
            place = sheet.place("running_order", at, "stories", index)
            if slug in named:
                message = f"'{slug}' is in the running order twice"
                report.add(Problem(place, "story-named-twice", message, "keep the place where it belongs"))
            elif loose.get(slug):
                message = f"'{slug}' is in the running order, and has a position as well"
                report.add(Problem(place, "advert-position", message, "keep one of the two"))
            elif slug in known or slug in MADE_PAGES:
                named[slug] = run.section
            else:
                note_absent(slug, absent, (*known, *MADE_PAGES), place, report)
    for story in stories:
        if story.slug not in named and story.slug not in loose:
            message = f"'{story.slug}' isn't in the running order"
            hint = f"name it there, or write draft: true in {story.path.name}"
            report.add(Problem(sheet.place("running_order"), "story-not-named", message, hint))
    left = tuple(slug for slug in known if slug not in named and slug not in loose)
    first = () if CONTENTS in named else (CONTENTS,)
    last = () if IMPRINT in named else (IMPRINT,)
    return Order(slugs=(*first, *named, *left, *last), sections=named)


def find_slug(typed: str, known: Sequence[str]) -> str:
    """Return the slug that an editor means who types a slug or a file name."""
    return typed if typed in known else slug_of(typed)


def note_absent(slug: str, absent: Mapping[str, str], known: Sequence[str], place: Place, report: Report) -> None:
    """Report that something names a story which isn't in the issue."""
    if absent.get(slug) == "draft":
        hint = "take draft: true out of its front matter when it's ready"
        report.add(warning(place, "draft-named", f"'{slug}' is a draft, so it's left out", hint))
    elif absent.get(slug) == "filler":
        hint = "take it out here, or give it another type"
        report.add(
            warning(place, "filler-named", f"'{slug}' is a filler, which stands where there is room for it", hint)
        )
    elif slug not in absent:
        # One that is faulty has its own problems already.
        meant = nearest(slug, (*known, *absent))
        hint = f"did you mean '{meant}'?" if meant else f"make a file {slug}.md beside {Issue.SHEET}, or take it out"
        report.add(Problem(place, "unknown-story", f"there is no story '{slug}'", hint))


def _by_file_name(stories: Sequence[Story]) -> tuple[str, ...]:
    """Return contents, editorial, stories, and the imprint before full-page adverts that end the issue."""
    ordered = sorted(stories, key=lambda story: story.front.type is not StoryType.EDITORIAL)
    end = len(ordered)
    while end and _fills_page(ordered[end - 1]):
        end -= 1
    slugs = [story.slug for story in ordered]
    return (CONTENTS, *slugs[:end], IMPRINT, *slugs[end:])


def _fills_page(story: Story) -> bool:
    advert = story.front.advert
    return story.front.type is StoryType.ADVERT and (advert is None or advert.size is AdvertSize.FULL)
