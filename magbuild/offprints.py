"""Offprints: which stories can be had by themselves, on which pages each stands, and the line that says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from magbuild.compose import Galley
from magbuild.flatplan import Flatplan, Slot
from magbuild.language import Language
from magbuild.manuscript import set_line
from magbuild.masters import Source
from magbuild.model import Issue, Medium, Role, Story, StoryType
from magbuild.paginate import Proof
from magbuild.pdf_metadata import issue_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Offprint:
    """A story by itself: its pages, and where they stood.

    `shared` says that other stories stand on its pages: then it is the story's part of them that is read.
    """

    story: Story
    slots: tuple[Slot, ...]
    shared: bool
    source: Source

    @property
    def galley(self) -> Galley:
        """What it was set in, by itself or with others."""
        galley = self.slots[0].galley
        assert galley is not None  # blanks carry no story
        return galley

    @property
    def paths(self) -> frozenset[Path]:
        """The files whose problems are its own."""
        return frozenset((self.story.path, self.galley.path))

    @property
    def plan(self) -> Flatplan:
        """Its part of the flatplan, under the story's own name."""
        galley = replace(self.galley, slug=self.story.slug, stories=(self.story.slug,))
        return Flatplan(slots=tuple(replace(slot, galley=galley, foot=None) for slot in self.slots))


def offprints(issue: Issue, plan: Flatplan, proofs: Mapping[str, Proof]) -> Iterator[Offprint]:
    """Yield every story that may be seen on screens, in the order of the pages; adverts are none."""
    language = Language(code=issue.magazine.language, own_words=issue.magazine.words)
    slots: dict[str, list[Slot]] = {}
    for slot in plan.slots:
        for slug in slot.galley.stories if slot.galley else ():
            if _stands_on(slug, slot, proofs):
                slots.setdefault(slug, []).append(slot)
    for slug, pages in slots.items():
        story = issue.story(slug)
        if story.front.type is StoryType.ADVERT or Medium.SCREEN not in story.front.editions:
            continue
        galley = pages[0].galley
        assert galley is not None
        shared = len(galley.stories) > 1 and _is_told_apart(slug, proofs[galley.slug])
        source = source_of(issue, story, pages[0].number, pages[-1].number, language)
        yield Offprint(story=story, slots=tuple(pages), shared=shared, source=source)


def _stands_on(slug: str, slot: Slot, proofs: Mapping[str, Proof]) -> bool:
    assert slot.galley is not None
    proof = proofs[slot.galley.slug]
    alone = len(slot.galley.stories) == 1 or not _is_told_apart(slug, proof)
    return alone or slug in proof.pages[slot.page].articles


def _is_told_apart(slug: str, proof: Proof) -> bool:
    """Whether a layout has made an article of the story, by which it is known among those on the same pages."""
    return any(slug in page.articles for page in proof.pages)


def source_of(issue: Issue, story: Story, first: int, last: int, language: Language) -> Source:
    """Return where a story stood, in the magazine's language: its authors, its title, the issue, its pages."""
    authors = [person for person in story.front.author if person.role is Role.AUTHOR] or story.front.author
    pages = (
        language.say("page", number=first) if first == last else language.say("pages_from_to", first=first, last=last)
    )
    return Source(
        people=language.join([person.name for person in authors]) if authors else "",
        title=set_line(story.front.title, story.front.language),
        where=f"{issue_name(issue)}, {pages}",
        url=issue.magazine.url,
    )
