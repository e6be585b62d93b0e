"""Every story is read aloud as it was written, from its title to its last note, however its pages divide it."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from magbuild.copydesk import read
from magbuild.manuscript import Manuscript
from magbuild.model import Issue, Story, StoryType
from magbuild.problem import Report
from tests.kit_reading import text_of, texts_of_marks
from tests.press.conftest import ELEMENTS, ROOT

# What holds text of its own, and no other block.
BLOCKS = ["p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "td", "th", "caption", "figcaption", "pre"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"\(?page\s\d+\)?", "", text.replace("\u00ad", ""))).casefold()


def written(story: Story, manuscript: Manuscript) -> Iterator[str]:
    """Yield what a story says, block by block; pull quotes repeat it and aren't heard.

    A box with a page to itself stands behind the story and its notes, and a filler where there is room.
    """
    yield from filter(None, (letters(story.front.title), letters(story.front.standfirst)))
    body, notes = (
        lxml.html.fragment_fromstring(part, create_parent="div") for part in (manuscript.body, manuscript.notes)
    )
    boxes = lxml.html.fragment_fromstring("<div></div>")
    boxes.extend(body.xpath(".//aside[contains(@class, 'sidebar') and contains(@class, 'page')]"))
    for root in (body, notes, boxes):
        for aside in root.xpath(".//aside[@aria-hidden or @class='filler']"):
            aside.drop_tree()
        for reference in root.xpath(".//a[contains(@class, 'only')]"):
            reference.text = ""
        for block in root.iter(*BLOCKS):
            if not any(True for below in block.iterdescendants(*BLOCKS)):
                yield letters(block.text_content())


def heard(screen: Path) -> dict[str, str]:
    """Return what is heard of each story, by its slug."""
    with pikepdf.open(screen) as pdf:
        marks = texts_of_marks(pdf)
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
        return {
            str(name): letters(text_of(element, marks)) for name, element in zip(names[::2], names[1::2], strict=True)
        }


def assert_read_in_order(issue: Issue, manuscripts: dict[str, Manuscript], found: dict[str, str]) -> None:
    for story in issue.stories:
        if story.front.type in (StoryType.ADVERT, StoryType.FILLER):
            continue
        said, at = found[story.slug], 0
        for block in written(story, manuscripts[story.slug]):
            before = said.find(block, at)
            assert before >= 0, f"{story.slug}: not read behind {said[at - 40 : at]!r}: {block!r}"
            at = before + len(block)
        # Between the blocks stand numbers of items and notes, bylines, credits: nothing of length.
        assert len(said) - sum(map(len, written(story, manuscripts[story.slug]))) < 0.1 * len(said) + 120, story.slug


def test_stories_of_the_sample_issue(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    issue, manuscripts = read(Path("issues") / "037", Report())
    assert_read_in_order(issue, manuscripts, heard(next(sample.glob("*-screen.pdf"))))


def test_stories_by_themselves(elements: Path) -> None:
    issue, manuscripts = read(ELEMENTS, Report())
    found = {file.stem: heard(file) for file in (elements / "stories").iterdir()}
    assert found.keys() == {story.slug for story in issue.stories if story.front.type is not StoryType.ADVERT}
    for slug, said in found.items():
        assert [name for name in said if name in found] == [slug], "others are passed over"
    assert_read_in_order(issue, manuscripts, {slug: said[slug] for slug, said in found.items()})


def test_stories_with_every_element(elements: Path) -> None:
    issue, manuscripts = read(ELEMENTS, Report())
    assert_read_in_order(issue, manuscripts, heard(next(elements.glob("*-screen.pdf"))))
