"""A whole made-up issue: the number of its stories, words and pictures is asked for, the rest is dice.

`python -m tests.corpus.issue FOLDER --stories 120 --pictures 240` writes one to look at or to time.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, groupby, islice
from pathlib import Path
from random import Random

from magbuild.model import StoryType
from tests.corpus.pictures import KINDS, Size, landscape, packed
from tests.corpus.stories import Order, Written, write_story
from tests.corpus.tongues import ENGLISH, FRENCH, GERMAN, Tongue
from tests.corpus.writer import Writer

NUMBER = 60
COLUMN, ACROSS, COVER = (85, 56), (176, 92), (216, 303)  # mm: in a column, across a page, over a page and its bleed

# From so many stories on an issue has one of each of these, and the others are a mixture; a smaller one has features.
LARGE = 20
ONCE = (StoryType.EDITORIAL, StoryType.FAQ, StoryType.STATEMENT, StoryType.SUBSCRIBE)
FEATURES = (StoryType.ESSAY, StoryType.REPORT)
MIXTURE = (
    *(StoryType.ESSAY, StoryType.REVIEW, StoryType.REPORT, StoryType.NOTICE, StoryType.ESSAY, StoryType.REVIEW),
    *(StoryType.INTERVIEW, StoryType.LETTERS, StoryType.ESSAY, StoryType.REPORT, StoryType.REVIEW, StoryType.REPRINT),
    *(StoryType.ESSAY, StoryType.NOTICE, StoryType.REPORT, StoryType.NEWSLETTER),
)
ILLUSTRATED = (StoryType.ESSAY, StoryType.REPORT, StoryType.REPRINT)

# The order in which an issue is read: sections, each with the types of story that stand in it.
SECTIONS = {
    "essays": ("Essays", (StoryType.ESSAY,)),
    "reports": ("Reports", (StoryType.REPORT, StoryType.INTERVIEW)),
    "archive": ("From the Archive", (StoryType.REPRINT,)),
    "reviews": ("Reviews", (StoryType.REVIEW,)),
    "letters": ("Letters", (StoryType.LETTERS,)),
    "notices": ("Notices", (StoryType.NOTICE, StoryType.NEWSLETTER)),
    "about": ("About Us", (StoryType.FAQ, StoryType.STATEMENT, StoryType.SUBSCRIBE)),
}
MAGAZINE = {
    "title": "The Lower River",
    "tagline": "A quarterly that nobody wrote",
    "publisher": "Lower River Press",
    "issn": "2049-3630",
    "url": "https://river.example",
    "language": "en-GB",
    "trim": "A4",
    "binding": "perfect",
    "printer": "digital",
    "sections": [{"name": name, "title": title} for name, (title, _) in SECTIONS.items()],
    "imprint": [{"title": "Editors", "text": "Ada Wick and **Tobias Merrowby**"}],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """An issue's folder and what was written into it, in the order in which it is read."""

    folder: Path
    stories: tuple[Written, ...]


def write_issue(
    project: Path,
    *,
    seed: int,
    stories: int,
    words: int,
    pictures: int,
    adverts: int = 1,
    references: int = 2,
    ppi: int = 160,
) -> MadeUp:
    """Write an issue of so many stories, of about so many words for a feature, into `project`/issues/060.

    Adverts are pages of their own, beside the stories; `references` is how many other stories each essay names with
    their pages; `ppi` is the resolution of pictures as they are placed.
    The same numbers give the same issue to the last byte.
    """
    dice = Random(seed)
    folder = project / "issues" / f"{NUMBER:03}"
    (folder / "pictures").mkdir(parents=True)
    types = [*_types(stories), *[StoryType.ADVERT] * adverts]
    files = _draw_pictures(folder, types, pictures, ppi, dice)
    written: list[Written] = []
    for number, kind in enumerate(types):
        order = Order(number=number, type=kind, tongue=_tongue(number, kind), words=words, pictures=files[number])
        written.append(write_story(order, _new_title(order, written, dice), dice))
    told = tuple(_in_order(written))
    _link(told, references, dice)
    for story in told:
        (folder / story.file).write_text(story.manuscript, "utf-8")
    _write(folder.parent / "magazine.yaml", MAGAZINE)
    _write(folder / "issue.yaml", _sheet(told))
    (folder / "cover.jpg").write_bytes(packed(landscape(dice, _pixels(COVER, ppi)), "JPEG", quality=80))
    return MadeUp(folder=folder, stories=told)


def _types(stories: int) -> list[StoryType]:
    if stories < LARGE:
        return list(islice(cycle(FEATURES), stories))
    return [*ONCE, *islice(cycle(MIXTURE), stories - len(ONCE))]


def _tongue(number: int, kind: StoryType) -> Tongue:
    if kind in (*ONCE, StoryType.ADVERT):
        return ENGLISH
    return GERMAN if number % 6 == 4 else FRENCH if number % 9 == 5 else ENGLISH


def _draw_pictures(
    folder: Path, types: Sequence[StoryType], count: int, ppi: int, dice: Random
) -> list[tuple[str, ...]]:
    """Draw pictures of all kinds in turn and deal them out to stories; return the files of each."""
    files: list[tuple[str, ...]] = [()] * len(types)
    stories = cycle(number for number, kind in enumerate(types) if kind in ILLUSTRATED)
    for picture, story in enumerate(islice(stories, count)):
        name, draw = KINDS[(picture + picture // len(KINDS)) % len(KINDS)]
        across = not files[story] or picture % 7 == 0
        file = f"pictures/{picture + 1:03}-{'across-' if across else ''}{name}"
        (folder / file).write_bytes(draw(dice, _pixels(ACROSS if across else COLUMN, ppi)))
        files[story] += (file,)
    return files


def _pixels(size: Size, ppi: int) -> Size:
    """Return how many pixels a size in millimetres has, a few more than are asked for."""
    width, height = (round(side / 25.4 * ppi * 1.02) for side in size)
    return width, height


def _new_title(order: Order, written: Sequence[Written], dice: Random) -> str:
    taken, writer = {story.slug for story in written}, Writer(order.tongue, dice)
    while True:
        title = writer.title()
        if Written(order=order, title=title, front={}).slug not in taken:
            return title


def _in_order(stories: Sequence[Written]) -> Iterator[Written]:
    """Yield the editorial, then the sections, then the adverts."""
    for kinds in ((StoryType.EDITORIAL,), *(kinds for _, kinds in SECTIONS.values()), (StoryType.ADVERT,)):
        yield from (story for story in stories if story.order.type in kinds)


def _link(stories: Sequence[Written], references: int, dice: Random) -> None:
    """Let every essay in English, and the editorial, name the pages of other stories."""
    for story in stories:
        if story.order.type in (StoryType.ESSAY, StoryType.EDITORIAL) and story.order.tongue is ENGLISH:
            for other in dice.sample([other for other in stories if other is not story], references):
                said = f"More of this stands in [{other.title}]({other.file}){{.page}}."
                story.draft.block(said, f"More of this stands in {other.title}")


def _section(story: Written) -> str:
    return next((name for name, (_, kinds) in SECTIONS.items() if story.order.type in kinds), "")


def _sheet(stories: Sequence[Written]) -> dict[str, object]:
    order: list[object] = ["contents"]
    for section, group in groupby(stories, key=_section):
        slugs = [story.slug for story in group]
        order += [{"section": section, "stories": slugs}] if section else slugs
    return {
        "number": NUMBER,
        "title": "Salt and Candles",
        "season": "Autumn 2026",
        "published": "2026-09-18",
        "price": "£9",
        "cover": {
            "picture": "cover.jpg",
            "alt": "Hills one behind another under a sun.",
            "lines": [{"text": story.title, "story": story.slug} for story in stories[1:4]],
        },
        "running_order": [*order, "imprint"],
    }


def _write(path: Path, sheet: object) -> None:
    """Write a sheet; YAML reads JSON."""
    path.write_text(json.dumps(sheet, ensure_ascii=False, indent=1), "utf-8")


def main() -> None:
    """Write an issue from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name, number in (
        ("seed", 1),
        ("stories", 12),
        ("words", 2600),
        ("pictures", 24),
        ("references", 2),
        ("ppi", 300),
    ):
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = vars(parser.parse_args())
    write_issue(asked.pop("folder"), **asked)


if __name__ == "__main__":
    main()
