"""Punctuation of print: text with typewriter's signs comes in, the changes that make it typographic come out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from magbuild.manuscript.quotes import NARROW_SPACE, Quotes, clipped, quotes, spaces_signs
from magbuild.manuscript.ties import needs_ties, ties

# Stands in a text for what isn't text, such as code: it counts as a letter.
OBJECT: Final = "\ufffc"
_APOSTROPHE: Final = "’"
_OPENERS: Final = "([{<¿¡«‹„‚“‘-\u2013\u2014/|+=\u2003"
_SPACES: Final = " \t\n\u00a0\u202f\u2009\u2003"

_SIGNS = re.compile(
    r"""
      (?P<address>(?:https?://|www\.)[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<emdash>(?<!-)---(?!-))
    | (?P<endash>(?<!-)--(?!-))
    | (?P<ellipsis>(?<!\.)(?:\.\.\.|\.[ ]\.[ ]\.)(?!\.\.))
    | (?P<prime>(?<=\d)'(?=\d{1,2}(?:\.\d+)?"))
    | (?P<andn>(?<=\w[ ])'n'(?=[ ]\w))
    | (?P<quote>["'])
    """,
    re.VERBOSE,
)
_SPACED = re.compile(
    rf"(?P<inside>«[{_SPACES}]*(?=\S))|(?P<before>[{_SPACES}]*»)"
    rf"|(?P<sign>(?<=[\w)\]»”’\"'%°€$£….{OBJECT}])[ \u00a0\u202f]?(?=[;:!?]))(?P<mark>[;:!?]+)"
)
_NUMBER_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d+)?$")
_YEAR = re.compile(r"\d\d(?:ers?|er-\w+|s)?(?![\w])")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text and what is printed for it."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Quoting:
    """Quotation marks of one paragraph, from its first to its last.

    `last_end` is where the last single mark stands that may end a quotation; `open` are those that wait for theirs.
    """

    text: str
    language: Callable[[int], str]
    around: str
    last_end: int
    open: list[str] = field(default_factory=list)


def changes(text: str, language: Callable[[int], str], around: str) -> list[Change]:
    """Return the changes to a paragraph; `language` says which one is in force at an offset, `around` outside.

    They don't overlap, and no letter or digit is in any of them.
    """
    quoting = _Quoting(text, language, around, max(_ends(text, 0), default=-1))
    found = list(_signs(text, quoting))
    if any(sign in text for sign in ";:!?«»"):
        found += _french(text, language)
    found += (Change(at, at + 1, "\u00a0") for at in ties(text, language))
    found.sort(key=lambda change: (change.start, change.end))
    kept: list[Change] = []
    for change in found:
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def needs_care(text: str, language: str) -> bool:
    """Whether anything in a text may have to be changed."""
    return (
        any(sign in text for sign in ('"', "'", "--", "..", ". ."))
        or (spaces_signs(language) and any(sign in text for sign in ";:!?«»"))
        or needs_ties(text, language)
    )


def _signs(text: str, quoting: _Quoting) -> Iterator[Change]:
    for found in _SIGNS.finditer(text):
        start, end = found.span()
        match found.lastgroup:
            case "emdash":
                yield Change(start, end, "\u2014")
            case "endash":
                yield Change(start, end, "\u2013")
            case "ellipsis":
                yield Change(start, end, "…")
            case "prime":
                yield Change(start, end, "′")
            case "andn":
                yield Change(start, end, "’n’")
            case "quote":
                yield from _double(quoting, start) if found[0] == '"' else _single(quoting, start)


# --- Quotation marks ---


def _double(quoting: _Quoting, at: int) -> Iterator[Change]:
    text = quoting.text
    before, behind = _neighbours(text, at)
    if '"' not in quoting.open and _is_inches(text, at):
        yield Change(at, at + 1, "″")
    elif _opens(quoting, '"', before, behind):
        yield _opening(quoting, at)
    else:
        yield _closing(quoting, at)


def _single(quoting: _Quoting, at: int) -> Iterator[Change]:
    text = quoting.text
    before, behind = _neighbours(text, at)
    if _is_letter(before) and _is_letter(behind):
        yield Change(at, at + 1, _APOSTROPHE)
    elif _opens(quoting, "'", before, behind):
        if _is_clipped(quoting, at) or quoting.last_end <= at or _is_clipped_inside(quoting, at):
            yield Change(at, at + 1, _APOSTROPHE)
        else:
            yield _opening(quoting, at)
    elif "'" in quoting.open and before not in _SPACES and not _is_possessive(text, at):
        yield _closing(quoting, at)
    else:
        yield Change(at, at + 1, _APOSTROPHE)


def _neighbours(text: str, at: int) -> tuple[str, str]:
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == OBJECT


def _opens(quoting: _Quoting, sign: str, before: str, behind: str) -> bool:
    """Whether a mark begins a quotation, judged by what stands beside it, then by what is open."""
    if before in "\"'":
        # A mark behind a mark: both begin, or both end.
        may_open = behind not in _SPACES and (_is_letter(behind) or behind in _OPENERS or behind in "\"'")
        may_open = may_open and not (sign in quoting.open and not _is_letter(behind))
    else:
        may_open = behind not in _SPACES and (before in _SPACES or before in _OPENERS)
    may_close = before not in _SPACES and not _is_letter(behind)
    if may_open and may_close:
        return sign not in quoting.open
    if not may_open and not may_close:
        return sign not in quoting.open and before in _SPACES
    return may_open


def _opening(quoting: _Quoting, at: int) -> Change:
    sign = quoting.text[at]
    quoting.open.append(sign)
    mark = _marks(quoting, at).marks(sign)[0]
    return Change(at, _behind_spaces(quoting.text, at + 1) if mark.endswith(NARROW_SPACE) else at + 1, mark)


def _closing(quoting: _Quoting, at: int) -> Change:
    sign = quoting.text[at]
    if sign in quoting.open:
        while quoting.open.pop() != sign:
            pass
    mark = _marks(quoting, at).marks(sign)[1]
    start = at
    while mark.startswith(NARROW_SPACE) and start and quoting.text[start - 1] in _SPACES:
        start -= 1
    return Change(start, at + 1, mark)


def _marks(quoting: _Quoting, at: int) -> Quotes:
    return quotes(quoting.language(at)) or quotes(quoting.around) or Quotes("“", "”", "‘", "’")


def _behind_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACES:
        at += 1
    return at


def _is_inches(text: str, at: int) -> bool:
    """Whether a double mark stands for inches or seconds: 12" but not a year."""
    return _NUMBER_BEFORE.search(text[max(at - 8, 0) : at]) is not None


def _is_clipped(quoting: _Quoting, at: int) -> bool:
    """Whether a mark before a word stands for letters left out: 'tis, '68."""
    text = quoting.text
    if _YEAR.match(text, at + 1):
        return quoting.last_end <= at or text[at + 3 : at + 4] != "'"
    word = _WORD.match(text, at + 1)
    return word is not None and word[0].casefold() in clipped(quoting.language(at))


def _is_clipped_inside(quoting: _Quoting, at: int) -> bool:
    """Whether a mark inside a quotation by single marks can only be an apostrophe, since one end is left."""
    return "'" in quoting.open and len(list(islice(_ends(quoting.text, at + 1), 2))) < 2


def _ends(text: str, at: int) -> Iterator[int]:
    """Yield the single marks from an offset that may end a quotation."""
    while (at := text.find("'", at)) >= 0:
        before, behind = _neighbours(text, at)
        if before not in _SPACES and not _is_letter(behind) and before not in _OPENERS:
            yield at
        at += 1


def _is_possessive(text: str, at: int) -> bool:
    """Whether a mark behind an s inside a quotation belongs to the word: 'the workers' own affair'."""
    if text[at - 1 : at] not in ("s", "S") or not re.match(r" [^\W\d_]", text[at + 1 : at + 3]):
        return False
    later = next(_ends(text, at + 1), None)
    if later is None:
        return False
    between = text[at + 1 : later]
    return not re.search(r"(?:^|[\s(\u2013\u2014-])'\w", between)


# --- French ---


def _french(text: str, language: Callable[[int], str]) -> Iterator[Change]:
    """Set narrow spaces inside guillemets and before the tall signs, where the text is French."""
    addresses = [found.span() for found in _SIGNS.finditer(text) if found.lastgroup == "address"]
    for found in _SPACED.finditer(text):
        if not spaces_signs(language(found.start())) and not (
            found["mark"] is None and language(found.start()).casefold().startswith("fr")
        ):
            continue
        if any(start <= found.start() < end for start, end in addresses):
            continue
        if found["inside"]:
            yield Change(found.start(), found.end(), f"«{NARROW_SPACE}")
        elif found["before"]:
            yield Change(found.start(), found.end(), f"{NARROW_SPACE}»")
        elif not _is_letter(text[found.end() : found.end() + 1] or " "):
            yield Change(found.start("sign"), found.end("sign"), NARROW_SPACE)
