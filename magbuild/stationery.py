"""New issues and stories from sheets that build as they are."""

import datetime
import re
from pathlib import Path

from magbuild.language import SEASONS, slugged, words_of
from magbuild.model import Issue, StoryType
from magbuild.problem import Report
from magbuild.source import read_sheet

ISSUE_SHEET = """\
# Issue {number}: what stands in it. Every field is explained in issues/README.md.
number: {number}
title: The theme of this issue
season: {season}
published: {published}

cover:
  lines:
    - {{text: The first story, story: first-story}}

running_order:
  - contents
  - editorial
  - first-story
  - imprint
"""

MAGAZINE_SHEET = """\
# What all issues share. Every field is explained in issues/README.md.
title: The Magazine
tagline: A line that says what it is
publisher: The publisher
language: en-GB
layout: house
trim: A4
bleed: 3mm
binding: saddle
sections:
  - {name: essays, title: Essays}
imprint:
  - title: Editors
    text: Names of the editors
"""

EDITORIAL = """\
---
title: To begin with
type: editorial
author: The editors
---

This issue opens with [an essay](01-first-story.md){.page}. Write here why it stands first.
"""

STORY = """\
---
title: {title}
standfirst: Two lines that make somebody read on.
author: {{name: The author, bio: One sentence about the author.}}
type: {kind}
{facts}---

Begin here.

## A crosshead

Go on here.
"""

# What a story of a type has to say besides, so that its sheet is read without a problem.
FACTS = {
    StoryType.REVIEW: "review: {title: The book, author: Its author, publisher: Its publisher, year: 2000}\n",
    StoryType.REPRINT: "reprint: {title: Where it first stood, published: 2000}\n",
    StoryType.NOTICE: "event: {date: 2100-01-01, time: 7 pm, place: The place, address: The street and the town}\n",
}


class AlreadyThere(Exception):
    """Something of that name exists, or there is no place for it; the message says what."""


def write_issue(number: int, issues: Path) -> Path:
    """Make the folder of an issue under `issues`, and magazine.yaml beside it when there is none yet.

    Raises AlreadyThere when the folder exists; nothing that exists is changed.
    """
    folder = issues / f"{number:03d}"
    if folder.exists():
        raise AlreadyThere(f"{folder} is already there")
    for inner in ("pictures", "adverts"):
        (folder / inner).mkdir(parents=True)
    if not (issues / Issue.MAGAZINE).exists():
        (issues / Issue.MAGAZINE).write_text(MAGAZINE_SHEET, "utf-8")
    today = datetime.date.today()
    sheet = ISSUE_SHEET.format(number=number, season=season(today, _language_of(issues)), published=today.isoformat())
    (folder / Issue.SHEET).write_text(sheet, "utf-8")
    (folder / "editorial.md").write_text(EDITORIAL, "utf-8")
    (folder / "01-first-story.md").write_text(STORY.format(title="The first story", kind="essay", facts=""), "utf-8")
    return folder


def write_story(title: str, folder: Path, kind: str) -> Path:
    """Make a story's file in an issue's folder, numbered after the last one there.

    Raises AlreadyThere when a story of that slug exists, the folder is no issue's or the type is unknown.
    """
    if kind not in {str(known) for known in StoryType}:
        raise AlreadyThere(f"there is no story type '{kind}'; known are {', '.join(StoryType)}")
    if not (folder / Issue.SHEET).is_file():
        raise AlreadyThere(f"{folder} has no {Issue.SHEET}: name an issue's folder with --in")
    slug = slugged(title, _language_of(folder.parent))
    if not slug:
        raise AlreadyThere(f"'{title}' has no letters to make a file name of")
    same = [path for path in folder.glob("*.md") if re.sub(r"^\d+-", "", path.stem) == slug]
    if same:
        raise AlreadyThere(f"{same[0]} is already there")
    numbers = [int(found[0]) for path in folder.glob("*.md") if (found := re.match(r"\d+", path.name))]
    path = folder / f"{max(numbers, default=0) + 1:02d}-{slug}.md"
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    path.write_text(STORY.format(title=quoted, kind=kind, facts=FACTS.get(StoryType(kind), "")), "utf-8")
    return path


def newest_issue(issues: Path) -> Path:
    """Return the issue folder whose name sorts last; raises AlreadyThere when there is none."""
    folders = sorted(path.parent for path in issues.glob(f"*/{Issue.SHEET}"))
    if not folders:
        raise AlreadyThere(f"there is no issue in {issues}: run 'magbuild new issue 1' first")
    return folders[-1]


def season(day: datetime.date, language: str = "en") -> str:
    """Return the season and year of a day, northern hemisphere, in a language: "Spring 2026", "Frühjahr 2026"."""
    name = SEASONS[day.month % 12 // 3 - 1]
    return words_of(language)[name].format(year=day.year + (day.month == 12))


def _language_of(issues: Path) -> str:
    """Return the language of the magazine whose issues a folder holds, English when that can't be read."""
    path = issues / Issue.MAGAZINE
    sheet = read_sheet(path, Report()) if path.is_file() else None
    language = sheet.data.get("language") if sheet else None
    return language if isinstance(language, str) else "en"
