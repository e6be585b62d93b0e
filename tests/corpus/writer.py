"""A writer who never stops: sentences, notes and blocks in a language, the same ones for the same seed.

What is written is kept twice, in Markdown and in plain words, so that a test can ask for every word.
"""

import re
from dataclasses import dataclass, field
from random import Random

from tests.corpus.tongues import TONGUES, Tongue


@dataclass(slots=True)
class Draft:
    """A text that is being written: its Markdown, the notes for its end, and all the words that are to be seen."""

    markdown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def block(self, markdown: str, *seen: str) -> None:
        """Add a block, with its words."""
        self.markdown.append(markdown)
        self.seen.extend(seen)

    def note(self, markdown: str) -> str:
        """Add a note; return its reference."""
        name = f"n{len(self.notes) + 1}"
        self.notes.append(f"[^{name}]: {markdown}")
        self.seen.append(plain(markdown))
        return f"[^{name}]"

    @property
    def words(self) -> int:
        """The number of words so far."""
        return sum(len(line.split()) for line in self.seen)

    @property
    def text(self) -> str:
        """The Markdown as a file holds it."""
        return "\n\n".join([*self.markdown, *self.notes]) + "\n"


def plain(markdown: str) -> str:
    """Return a line without the marks that the writer uses."""
    return markdown.replace("*", "")


class Writer:
    """Writes in one language with the dice it is given."""

    def __init__(self, tongue: Tongue, dice: Random) -> None:
        self.tongue = tongue
        self.dice = dice

    # --- lines

    def fill(self, pattern: str) -> str:
        """Fill in the names that stand in a pattern."""
        tongue, dice = self.tongue, self.dice
        thing, other = dice.sample(tongue.things, 2)
        number = dice.randint(3, 280)
        return pattern.format(
            year=dice.randint(1780, 1990),
            town=dice.choice(tongue.towns),
            name=self.name(),
            author=self.name(),
            book=dice.choice(tongue.books),
            thing=thing,
            other=other,
            number=number,
            more=number + dice.randint(1, 9),
            small=dice.randint(2, 12),
        )

    def name(self) -> str:
        """Return a person's name."""
        return f"{self.dice.choice(self.tongue.first_names)} {self.dice.choice(self.tongue.last_names)}"

    def title(self) -> str:
        """Return a headline."""
        return capital(self.fill(self.dice.choice(self.tongue.titles)))

    def sentence(self) -> str:
        """Return a sentence in plain words."""
        return self._said(self.tongue.patterns)

    def question(self) -> str:
        """Return a question in plain words."""
        return self._said(self.tongue.questions)

    def sentences(self, words: int) -> list[str]:
        """Return sentences of about as many words together."""
        said: list[str] = []
        while sum(len(sentence.split()) for sentence in said) < words:
            said.append(self.sentence())
        return said

    def _said(self, patterns: tuple[str, ...]) -> str:
        tongue, dice = self.tongue, self.dice
        subject, other = dice.sample(tongue.subjects, 2)
        (verb, rest), second = dice.sample(tongue.deeds, 2)
        pattern = dice.choice(patterns)
        parts = {
            "subject": subject,
            "verb": verb,
            "rest": rest,
            "deed": f"{verb} {rest}",
            "late": f"{rest} {verb}",
            "other": other,
            "second": " ".join(second),
            "time": dice.choice(tongue.times),
            "place": dice.choice(tongue.places),
            "aside": dice.choice(tongue.asides),
        }
        for name, part in parts.items():
            pattern = pattern.replace(f"{{{name}}}", part)
        return capital(self.fill(pattern))

    # --- blocks

    def paragraph(self, draft: Draft, words: int) -> str:
        """Add a paragraph with stressed words, foreign words and notes in it; return one of its sentences."""
        said = self.sentences(words)
        draft.block(" ".join(self._marked(draft, sentence) for sentence in said), *said)
        return self.dice.choice(said)

    def _marked(self, draft: Draft, sentence: str) -> str:
        chance = self.dice.random()
        if chance < 0.12:
            return sentence + draft.note(self.fill(self.dice.choice(self.tongue.notes)))
        if chance < 0.2:
            word = self.dice.choice(re.findall(r"\b[^\W\d_]{5,}\b", sentence))
            return re.sub(rf"\b{word}\b", f"*{word}*", sentence, count=1)
        if chance < 0.24:
            foreign = self.dice.choice([tongue for tongue in TONGUES.values() if tongue is not self.tongue])
            phrase = self.dice.choice(foreign.things)
            draft.seen.append(phrase)
            return f"{sentence[:-1]} (*{phrase}*{{lang={foreign.code}}})." if sentence.endswith(".") else sentence
        return sentence

    def head(self, draft: Draft) -> None:
        """Add a crosshead."""
        head = self.dice.choice(self.tongue.heads)
        draft.block(f"## {head}", head)

    def quotation(self, draft: Draft) -> None:
        """Add a quotation of a few sentences with a note that says where it is from."""
        said = self.sentences(25)
        draft.block(f"> {' '.join(said)}{draft.note(self.fill(self.tongue.notes[0]))}", *said)

    def pull_quote(self, draft: Draft, sentence: str) -> None:
        """Add a sentence of the story once more, to be set large."""
        draft.block(f"/// pullquote\n{sentence}\n///")

    def points(self, draft: Draft) -> None:
        """Add a list, with numbers or without."""
        said = [self.sentence() for _ in range(3)]
        marks = self.dice.choice((("- ",) * 3, ("1. ", "2. ", "3. ")))
        draft.block("\n".join(map("".join, zip(marks, said, strict=True))), *said)

    def table(self, draft: Draft) -> None:
        """Add a table of figures by month, with a caption."""
        names, head = self.dice.sample(self.tongue.months, 4), self.tongue.columns
        rows = [(name, str(self.dice.randint(10, 999)), str(self.dice.randint(10, 999))) for name in names]
        caption = self.fill(self.tongue.captions[0]).rstrip(".")
        lines = [head, ("---", "--:", "--:"), *rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        draft.block(f'{table}\n{{: caption="{caption}" }}', *head, *(" ".join(row) for row in rows), caption)

    def verse(self, draft: Draft) -> None:
        """Add two stanzas with the name of who wrote them."""
        lines, name = [self.sentence().rstrip(".") for _ in range(4)], self.name()
        stanzas = f"{lines[0]},\n    {lines[1]}.\n\n{lines[2]},\n    {lines[3]}."
        draft.block(f"/// verse | {name}\n{stanzas}\n///", *lines, name)

    def sidebar(self, draft: Draft) -> None:
        """Add a box beside the text."""
        title, said = self.dice.choice(self.tongue.heads), self.sentences(30)
        draft.block(f"/// sidebar | {title}\n{' '.join(said)}\n///", title, *said)

    def definitions(self, draft: Draft) -> None:
        """Add a list of terms and what they mean."""
        for term in self.dice.sample(self.tongue.things, 2):
            meaning = self.sentence()
            draft.block(f"{capital(term)}\n:   {meaning}", term, meaning)

    def figure(self, draft: Draft, file: str, width: str) -> None:
        """Add a picture with alternative text, caption and credit."""
        alt, caption, credit = self.fill(self.tongue.captions[1]), self.fill(self.tongue.captions[0]), self.name()
        options = f"    file: {file}\n    alt: {alt}\n    width: {width}\n    credit: {credit}"
        draft.block(f"/// figure\n{options}\n{caption}\n///", caption, credit)

    def interview(self, draft: Draft, words: int) -> None:
        """Add questions and answers of about as many words together."""
        turns = []
        for _ in range(max(2, words // 40)):
            question, said = self.question(), self.sentences(25)
            turns += [f"**Q** {question}", f"**A** {' '.join(said)}"]
            draft.seen += [question, *said]
        draft.markdown.append("/// interview\n" + "\n\n".join(turns) + "\n///")

    def letter(self, draft: Draft, words: int) -> None:
        """Add a letter under a headline, signed from a town."""
        self.head(draft)
        self.paragraph(draft, words)
        signature = f"{self.name()}, {self.dice.choice(self.tongue.towns)}"
        draft.block(f"{signature}\n{{: .signature }}", signature)


def capital(text: str) -> str:
    """Return a text whose first letter is a capital."""
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].upper(), text, count=1)
