"""A read issue comes in; lists, tables and code that Markdown won't take for such come out as problems.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Iterator
from itertools import islice

from magbuild.load.body import place_at, prose
from magbuild.model import Issue
from magbuild.problem import Problem, warning

_BLOCK = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)[ \t]+\S")
_BRACKETED = re.compile(r"\d{1,3}\)[ \t]+\S")
_INNER_ITEM = re.compile(r" {1,3}(?:[-*+]|\d{1,3}\.)[ \t]+\S")
_INNER_CODE = re.compile(r"[ \t]+(?:```|~~~)")
_RULE_OF_TABLE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*")
_NO_PARAGRAPH = re.compile(r"[ \t>#|/<]|```|~~~|:[ \t]")
_FRONT_MATTER = re.compile(r"\s*^(?P<fence>---)[ \t]*\n(?:[\w-]+[ \t]*:[^\n]*\n)+---[ \t]*$", re.MULTILINE)
# What is found, and what to do about it.
Remark = tuple[str, str]


def runs_in(issue: Issue) -> Iterator[Problem]:
    """A list, a table or code stands where Markdown takes it for words of the paragraph before it.

    It is set as running text. A list or a table begins behind an empty line; a list within a list, and all else that
    belongs to an item, stands four spaces in; the numbers of lists end with a full stop; code that is fenced begins
    at the margin.
    """
    for story in issue.stories:
        listed = False
        for block in _BLOCK.finditer(prose(story.body)):
            lines = block[0].rstrip("\n").split("\n")
            at = block.start()
            for number, line in enumerate(lines):
                listed = listed or _ITEM.match(line) is not None
                if remark := _remark(lines, number, listed):
                    yield warning(place_at(story, at + len(line) - len(line.lstrip())), "runs-in", *remark)
                    break
                at += len(line) + 1
            listed = listed and (_ITEM.match(lines[0]) is not None or lines[0].startswith(" "))


def _remark(lines: list[str], number: int, listed: bool) -> Remark | None:
    """Return what is to be said of a line of a block; `listed` says that a list may be open there."""
    line, first = lines[number], lines[0]
    after = lines[number + 1] if number + 1 < len(lines) else ""
    if listed and _INNER_ITEM.match(line):
        return "this item isn't within the one above it", "put four spaces before it"
    if _BRACKETED.match(line) and _BRACKETED.match(after):
        return "this list isn't taken for one", "write a full stop behind its numbers: 1."
    if number == 0 or _NO_PARAGRAPH.match(first) or _ITEM.match(first):
        return None
    if _ITEM.match(line) and (_mark(after) == _mark(line) or lines[number - 1].rstrip().endswith(":")):
        return "this list runs into the text before it", "put an empty line before it"
    if _RULE_OF_TABLE.fullmatch(after):
        return "this table runs into the text before it", "put an empty line before it"
    return None


def _mark(line: str) -> str:
    """Return what an item of a list begins with, any number as 1; an empty text for another line."""
    found = _ITEM.match(line)
    return re.sub(r"\d+", "1", found[0][:-1].rstrip()) if found else ""


def indented_fence(issue: Issue) -> Iterator[Problem]:
    """Code between ``` doesn't begin at the margin, so that it is set as words.

    Put ``` at the margin, with an empty line before it; within an item of a list, put four more spaces before each
    line of the code and leave the ``` out.
    """
    for story in issue.stories:
        fences = re.finditer(rf"^{_INNER_CODE.pattern}", prose(story.body), re.MULTILINE)
        for found in islice(fences, 0, None, 2):  # each is closed again
            hint = "put it at the margin, with an empty line before it"
            place = place_at(story, found.end() - 3)
            yield warning(place, "indented-fence", "this code isn't taken for such", hint)


def second_front_matter(issue: Issue) -> Iterator[Problem]:
    """A story has front matter twice: the second is set as text.

    Put its fields into the first, and take the lines --- out.
    """
    for story in issue.stories:
        found = _FRONT_MATTER.match(story.body)
        if found:
            hint = "put its fields into the first one, and take it out here"
            place = place_at(story, found.start("fence"))
            yield warning(place, "second-front-matter", "here is front matter once more, which is set as text", hint)
