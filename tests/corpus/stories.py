"""Made-up stories of every type, as files with front matter and as the words that are to be seen of them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from random import Random

from magbuild.language import slugged
from magbuild.model import StoryType
from tests.corpus.tongues import Tongue
from tests.corpus.writer import Draft, Writer

Front = dict[str, object]
SIGNED = {
    *(StoryType.EDITORIAL, StoryType.ESSAY, StoryType.REPORT, StoryType.INTERVIEW),
    *(StoryType.REPRINT, StoryType.REVIEW),
}
# How much of the words that are asked for a story of a type takes; those that aren't named take all.
SHARES = {
    StoryType.REVIEW: 0.6,
    StoryType.LETTERS: 0.4,
    StoryType.NOTICE: 0.25,
    StoryType.NEWSLETTER: 0.2,
    StoryType.ADVERT: 0.2,
}
MOST = {StoryType.ADVERT: 120}  # words: an advert is a page and no more
MINUTE = 170  # words between two things that break up the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: a type of story in a language, and about how many words; pictures are files of the issue."""

    number: int
    type: StoryType
    tongue: Tongue
    words: int
    pictures: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Written:
    """A story: its slug and title, its front matter, and its text."""

    order: Order
    title: str
    front: Front
    draft: Draft = field(default_factory=Draft)

    @property
    def slug(self) -> str:
        """The story's short name."""
        return slugged(self.title, self.order.tongue.code)

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.order.number:03}-{self.slug}.md"

    @property
    def manuscript(self) -> str:
        """What the file holds; YAML reads JSON."""
        fields = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in self.front.items())
        return f"---\n{fields}---\n\n{self.draft.text}"


def write_story(order: Order, title: str, dice: Random) -> Written:
    """Write what is ordered under a title."""
    writer = Writer(order.tongue, dice)
    story = Written(order=order, title=title, front={"title": title, "type": order.type.value})
    story.draft.seen.append(title)
    _head(writer, story)
    words = min(int(order.words * SHARES.get(order.type, 1)), MOST.get(order.type, order.words))
    WRITE.get(order.type, _feature)(writer, story, words)
    return story


def _head(writer: Writer, story: Written) -> None:
    order, front, seen = story.order, story.front, story.draft.seen
    front["language"] = order.tongue.code
    front["short_title"] = story.title[:40].rstrip()
    if order.type in SIGNED:
        name = writer.name()
        bio = f"{name} {writer.fill(writer.dice.choice(order.tongue.bios))}"
        front["author"] = {"name": name, "bio": bio}
        seen += [name, bio]
    if order.type in (StoryType.ESSAY, StoryType.REPORT, StoryType.INTERVIEW):
        front["standfirst"] = writer.sentence()
        seen.append(str(front["standfirst"]))
    if order.pictures:
        caption, credit = writer.fill(order.tongue.captions[0]), writer.name()
        alt, place = writer.fill(order.tongue.captions[1]), writer.dice.choice(("page", "column"))
        front["picture"] = {"file": order.pictures[0], "alt": alt, "caption": caption, "credit": credit, "place": place}
        seen += [caption, credit]


def _feature(writer: Writer, story: Written, words: int) -> None:
    """Write paragraphs broken up by heads, quotations and all the rest, and put in the pictures."""
    draft, pictures = story.draft, list(story.order.pictures[1:])
    breaks: list[Callable[[Draft], None]] = [
        *(writer.quotation, writer.points, writer.table, writer.sidebar, writer.verse, writer.definitions)
    ]
    writer.dice.shuffle(breaks)
    for part in count():
        if draft.words > words - MINUTE // 2:
            break
        if part:
            writer.head(draft)
        quotable = writer.paragraph(draft, MINUTE // 2)
        breaks[part % len(breaks)](draft)
        writer.paragraph(draft, MINUTE // 3)
        if pictures:
            file = pictures.pop(0)
            writer.figure(draft, file, "page" if "across" in file else "column")
        if part % 3 == 1:
            writer.pull_quote(draft, quotable)
    for file in pictures:
        writer.paragraph(draft, MINUTE // 3)
        writer.figure(draft, file, "column")


def _paragraphs(writer: Writer, story: Written, words: int) -> None:
    for _ in range(max(1, words // 70)):
        writer.paragraph(story.draft, min(words, 70))


def _parts(writer: Writer, story: Written, words: int) -> None:
    for _ in range(3):
        writer.head(story.draft)
        writer.paragraph(story.draft, words // 3)


def _interview(writer: Writer, story: Written, words: int) -> None:
    author = story.front["author"]
    assert isinstance(author, dict)
    author["role"] = "interviewer"
    writer.paragraph(story.draft, 30)
    writer.interview(story.draft, words)


def _letters(writer: Writer, story: Written, words: int) -> None:
    for _ in range(3):
        writer.letter(story.draft, max(words // 3, 20))


def _review(writer: Writer, story: Written, words: int) -> None:
    book = {"title": writer.dice.choice(story.order.tongue.books), "author": writer.name(), "year": 2024}
    story.front["review"] = {**book, "publisher": writer.name(), "pages": writer.dice.randint(90, 700), "price": "£18"}
    story.draft.seen += [str(book["title"]), str(book["author"])]
    _paragraphs(writer, story, words)


def _reprint(writer: Writer, story: Written, words: int) -> None:
    story.front["reprint"] = {"issue": writer.dice.randint(1, 50), "published": 2011}
    _feature(writer, story, words)


def _notice(writer: Writer, story: Written, words: int) -> None:
    day = f"2026-11-{writer.dice.randint(1, 28):02}"
    story.front["event"] = {"date": day, "time": "19:30", "place": writer.dice.choice(story.order.tongue.towns)}
    _paragraphs(writer, story, words)


def _subscribe(writer: Writer, story: Written, words: int) -> None:
    _paragraphs(writer, story, words // 2)
    writer.table(story.draft)


def _advert(writer: Writer, story: Written, words: int) -> None:
    story.front["advert"] = {"size": "full", "client": writer.name(), "link": "https://press.example"}
    _paragraphs(writer, story, words)


WRITE: dict[StoryType, Callable[[Writer, Written, int], None]] = {
    StoryType.EDITORIAL: _paragraphs,
    StoryType.INTERVIEW: _interview,
    StoryType.LETTERS: _letters,
    StoryType.REVIEW: _review,
    StoryType.REPRINT: _reprint,
    StoryType.NOTICE: _notice,
    StoryType.NEWSLETTER: _paragraphs,
    StoryType.FAQ: _parts,
    StoryType.STATEMENT: _parts,
    StoryType.SUBSCRIBE: _subscribe,
    StoryType.ADVERT: _advert,
}
