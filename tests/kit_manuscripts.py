"""Manuscripts by chance, with one of everything that can stand where a page begins."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

SYLLABLES = {
    "en-GB": ("un", "der", "stand", "ing", "man", "u", "fac", "tur", "er", "well", "con", "tin", "ent", "al", "ly"),
    "de": ("Flüs", "sig", "keit", "straße", "un", "ver", "gleich", "lich", "Dampf", "schiff", "fahrt", "los", "ge"),
    "hu": ("asz", "szony", "köny", "nyí", "te", "ni", "meg", "gyó", "gyult", "visz", "sza", "ház", "ban"),
}
# What stands between two words, by its weight.
JOINTS = {" ": 30, ", ": 4, ". ": 4, " -- ": 1, "---": 1, "-": 2, "; ": 1, "? ": 1, "... ": 1, "/": 1}
KINDS = (
    *(
        "paragraph",
        "paragraph",
        "paragraph",
        "long",
        "head",
        "lesser_head",
        "bullets",
        "numbers",
        "nested",
        "quotation",
    ),
    *("verse", "interview", "table", "long_table", "pullquote", "sidebar", "column", "page", "bleed", "picture"),
    *("filler", "terms", "rule", "code", "short"),
)


@dataclass(slots=True)
class Writer:
    """Writes blocks of Markdown; everything comes of the chance that it is given."""

    chance: random.Random
    language: str = "en-GB"
    notes: list[str] = field(default_factory=list)

    def story(self, kinds: Sequence[str]) -> str:
        """Return a text of blocks of these kinds, and its notes."""
        blocks = [getattr(self, f"_{kind}")() for kind in kinds]
        return "\n\n".join([*blocks, *self.notes])

    def words(self, least: int, most: int) -> str:
        row = []
        for _ in range(self.chance.randint(least, most)):
            row.append("".join(self.chance.choices(SYLLABLES[self.language], k=self.chance.choice((1, 1, 2, 2, 3, 5)))))
            row += self.chance.choices(tuple(JOINTS), tuple(JOINTS.values()))
        return "".join(row).strip(" ,;-./?") or "word"

    def text(self, least: int, most: int) -> str:
        """Return a paragraph with emphasis, links and notes in it."""
        parts: list[str] = []
        for _ in range(self.chance.randint(1, 4)):
            part = self.words(max(least // 3, 1), max(most // 3, 2))
            form = self.chance.choice(("{}", "{}", "*{}*", "**{}**", "“{}”", "({})", "link", "note", "story"))
            if form == "note":
                self.notes.append(f"[^{len(self.notes)}]: {self.words(5, 40)}")
                part += f".[^{len(self.notes) - 1}]"
            elif form == "link":
                part = f"[{self.words(1, 6)}](https://salt.example/{len(parts)}) {part}"
            elif form == "story":
                part += f" [{self.words(1, 3)}](00-tea.md){{.page}} see [](00-tea.md) and"
            else:
                part = form.format(part)
            parts.append(part)
        return " ".join(parts) + "."

    def _paragraph(self) -> str:
        return self.text(30, 90)

    def _long(self) -> str:
        return self.text(150, 400)

    def _short(self) -> str:
        return self.text(1, 6)

    def _head(self) -> str:
        return f"## {self.words(1, 12)}"

    def _lesser_head(self) -> str:
        return f"### {self.words(1, 6)}"

    def _items(self, mark: str) -> list[str]:
        return [f"{mark} {self.text(1, 40)}" for _ in range(self.chance.randint(2, 9))]

    def _bullets(self) -> str:
        return "\n".join(self._items("-"))

    def _numbers(self) -> str:
        return "\n\n".join(f"{item}\n\n    {self.text(3, 30)}" for item in self._items("1."))

    def _nested(self) -> str:
        return "\n".join(f"{item}\n    - {self.text(1, 20)}\n    - {self.text(1, 20)}" for item in self._items("-"))

    def _quotation(self) -> str:
        return "\n>\n".join(f"> {self.text(5, 60)}" for _ in range(self.chance.randint(1, 3)))

    def _verse(self) -> str:
        stanza = "\n".join(self.words(2, 9) for _ in range(self.chance.randint(2, 14)))
        return f"/// verse | {self.words(1, 3)}\n{stanza}\n\n{stanza}\n///"

    def _interview(self) -> str:
        turns = [f"**Q** {self.text(3, 20)}\n\n**A** {self.text(5, 80)}" for _ in range(self.chance.randint(1, 6))]
        return "/// interview\n" + "\n\n".join(turns) + "\n///"

    def _rows(self, count: int) -> str:
        rows = [f"| {self.words(1, 4)} | {self.words(1, 6)} |" for _ in range(count)]
        return "\n".join([rows[0], "|---|---|", *rows[1:]])

    def _table(self) -> str:
        return self._rows(self.chance.randint(3, 9))

    def _long_table(self) -> str:
        return self._rows(self.chance.randint(18, 70))

    def _pullquote(self) -> str:
        return f"/// pullquote\n{self.words(3, 12)}\n///"

    def _sidebar(self) -> str:
        return f"/// sidebar | {self.words(1, 4)}\n{self.text(10, 90)}\n\n{self.text(10, 60)}\n///"

    def _figure(self, width: str) -> str:
        caption = self.words(3, 20) if self.chance.random() < 0.7 else ""
        return f"/// figure\n    file: lamp.png\n    alt: A lamp.\n    width: {width}\n{caption}\n///"

    def _column(self) -> str:
        return self._figure("column")

    def _page(self) -> str:
        return self._figure("page")

    def _bleed(self) -> str:
        return self._figure("bleed")

    def _picture(self) -> str:
        return "![A lamp.](lamp.png)"

    def _filler(self) -> str:
        return f"/// filler\n{self.text(5, 30)}\n///"

    def _terms(self) -> str:
        return "\n\n".join(f"{self.words(1, 3)}\n:   {self.text(3, 30)}" for _ in range(self.chance.randint(1, 5)))

    def _rule(self) -> str:
        return "***"

    def _code(self) -> str:
        return "\n".join(f"    x{number} = {number}" for number in range(self.chance.randint(1, 12)))
