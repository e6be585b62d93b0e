"""Style files of a layout come in; what the layout engine loses text with or can't do comes out as problems.

The engine's limits were found by experiment. What it says of itself, that it ignores a property, is told when
pages are laid out; here is what it keeps silent about.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tinycss2

from magbuild.problem import Place, Problem, Severity

EPUB = "epub"
DROP_CAP = "use .drop-cap, the letter that the builder marks"
LINES = "let the text take the lines it needs, or give it a smaller size"
WIDEST_SPACING = 0.09  # em: viewers that look for words in PDFs take more for spaces
INKS = "name the colour under colours in layout.yaml, with its inks, and write var(--name)"

# Properties -> why not, what to do, how bad; a name that ends in "*" is the beginning of several.
_PROPERTIES: tuple[tuple[str, str, str, Severity], ...] = (
    ("max-lines", "stops the layout engine", LINES, Severity.ERROR),
    ("block-ellipsis", "stops the layout engine", LINES, Severity.ERROR),
    ("continue", "stops the layout engine", LINES, Severity.ERROR),
    ("line-clamp", "stops the layout engine", LINES, Severity.ERROR),
    ("-webkit-line-clamp", "stops the layout engine", LINES, Severity.ERROR),
    ("mask-border*", "is not drawn", "use border, or draw the frame as a picture", Severity.WARNING),
)
# The same for values, each a pattern over "property: value".
_VALUES: tuple[tuple[str, str, str, Severity], ...] = (
    (r"device-cmyk\(", "device-cmyk() is no ink here: plates are made of the palette", INKS, Severity.WARNING),
    (
        r"color\(\s*display-p3",
        "display-p3 is more than screens and inks of this magazine are made for",
        "write the nearest sRGB colour, such as #b5121b",
        Severity.WARNING,
    ),
    (
        r"^position: fixed",
        "position: fixed puts it on every page of the story",
        "use position: absolute, or put it on the master pages",
        Severity.WARNING,
    ),
)
# What a small reading system drops a whole file for.
_EPUB_SELECTOR = re.compile(r":(?:has|is|where|not|nth-[\w-]+)\(", re.IGNORECASE)
_EPUB_RULES = frozenset({"layer", "container", "scope", "supports"})

# What stands in what on the house's pages, as far as it may be set in columns or run over several pages.
_WITHIN = {
    "body": "story",
    "notes": "story",
    "notes-text": "notes",
    "run": "department-text",
    "piece": "run",
    "piece-text": "piece",
    "contents-text": "contents-page",
    "contents-rest": "contents-text",
    "contents-columns": "contents-rest",
    "imprint-text": "imprint-page",
    "imprint-names": "imprint-page",
    "advert": "advert-sheet",
}
_LONG = frozenset({*_WITHIN, *_WITHIN.values(), "interview", "spread-body", "note"} - {"advert", "advert-sheet"})
# Parts of selectors -> the columns that what they select stands in; everything else stands in the body of a story.
_STREAMS = (
    (re.compile(r"^(?:run$|piece|department|book|event)"), "run"),
    (re.compile(r"^(?:notes?$|note-|notes-|backlink)"), "notes-text"),
    (re.compile(r"^(?:entry|contents-s|contents-t|cover-credit)"), "contents-columns"),
    (re.compile(r"^imprint-(?:entry|text|names)"), "imprint-text"),
    (
        re.compile(
            r"^(?:opener|cover|back-|next-|contents-|imprint-|master|running|folio|advert|spine|bleed|subscribe)"
        ),
        "",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One declaration: where it stands, for which selector, and what it says."""

    place: Place
    selector: str
    name: str
    value: str

    @property
    def subject(self) -> frozenset[str]:
        """The classes of what is selected; those that it only has to hold don't count."""
        last = re.split(r"[\s>+~]+", _flat(self.selector))[-1]
        return frozenset(re.findall(r"\.([\w-]+)", last))

    @property
    def around(self) -> frozenset[str]:
        """All classes that the selector names, those of what is selected and of what it stands in."""
        return frozenset(re.findall(r"\.([\w-]+)", _flat(self.selector)))


def _flat(selector: str) -> str:
    return re.sub(r":(?:has|not)\((?:[^()]|\([^()]*\))*\)", "", selector)


def check_styles(own: Sequence[Path], others: Sequence[Path] = ()) -> Iterator[Problem]:
    """Yield what is unsafe in the style files `own`; `others` are those that they come on top of."""
    printed = [path for path in own if path.stem != EPUB]
    under = [said for path in others if path.stem != EPUB for said in read_styles(path)]
    said = [one for path in printed for one in read_styles(path)]
    yield from _plain_rules(said)
    yield from _columns(said, [*under, *said])
    for path in own:
        if path.stem == EPUB:
            yield from _for_readers(path)
        else:
            yield from _profiles(path)


def read_styles(path: Path) -> Iterator[Said]:
    """Yield all declarations of a style file, once for each selector of their rule, but those that can't be read."""
    yield from _said(path, _rules(path), ())


def in_force(text: str, name: str) -> frozenset[str]:
    """Return the values that styles give a property in the end: for each selector the last one counts."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return frozenset({said.selector: said.value for said in _said(Path(), rules, ()) if said.name == name}.values())


def _said(path: Path, rules: Sequence[tinycss2.ast.Node], within: tuple[str, ...]) -> Iterator[Said]:
    """Yield the declarations of rules; `within` are the selectors, or the at-rule, that they stand in."""
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None:
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _said(path, inner, within or (f"@{rule.lower_at_keyword}",))
        elif rule.type == "qualified-rule":
            selectors = tuple(_selectors(tinycss2.serialize(rule.prelude)))
            nested = tuple(f"{outer} {inner}" for outer in within for inner in selectors) or selectors
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _said(path, inside, nested)
        elif rule.type == "declaration":
            place = Place(path, rule.source_line, rule.source_column)
            value = " ".join(tinycss2.serialize(rule.value).split())
            for selector in within:
                yield Said(place=place, selector=selector, name=rule.lower_name, value=value)


def _selectors(prelude: str) -> Iterator[str]:
    """Yield the selectors of a list, as they are separated by commas outside of brackets."""
    depth, begun = 0, 0
    for at, letter in enumerate(prelude):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            yield " ".join(prelude[begun:at].split())
            begun = at + 1
    yield " ".join(prelude[begun:].split())


def _problem(place: Place, message: str, hint: str, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(place, "unsafe-style", message, hint, severity)


# --- What one declaration says ---


def _plain_rules(said: Sequence[Said]) -> Iterator[Problem]:
    for one in said:
        for name, why, hint, severity in _PROPERTIES:
            if one.name == name or (name.endswith("*") and one.name.startswith(name[:-1])):
                yield _problem(one.place, f"'{one.name}' {why}", hint, severity)
        for pattern, why, hint, severity in _VALUES:
            if re.search(pattern, f"{one.name}: {one.value}", re.IGNORECASE):
                yield _problem(one.place, why, hint, severity)
        if one.selector.endswith(("::first-letter", ":first-letter")):
            if one.name == "float":
                message = "a ::first-letter that floats stops the layout engine in columns, and covers text elsewhere"
                yield _problem(one.place, message, DROP_CAP, Severity.ERROR)
            else:
                yield _problem(one.place, "::first-letter may stop the layout engine", DROP_CAP)
        spaced = re.fullmatch(r"([\d.]+)em", one.value) if one.name == "letter-spacing" else None
        if spaced and float(spaced[1]) > WIDEST_SPACING:
            message = f"letters {one.value} apart are read as words of one letter, and found by no search"
            yield _problem(one.place, message, f"space them by {WIDEST_SPACING}em at most")
        if one.name == "opacity" and one.value not in ("1", "100%") and not _is_picture(one):
            message = "text that shines through is hidden from those who have it read aloud"
            yield _problem(one.place, message, "give it a lighter colour")


def _is_picture(one: Said) -> bool:
    last = re.split(r"[\s>+~]+", _flat(one.selector))[-1]
    return last.startswith("img") or any(word in last for word in ("picture", "artwork", "::before", "::after"))


def _profiles(path: Path) -> Iterator[Problem]:
    for rule in _rules(path):
        if rule.type == "at-rule" and rule.lower_at_keyword == "color-profile":
            place = Place(path, rule.source_line, rule.source_column)
            yield _problem(place, "@color-profile is not used: the printer's profile is", INKS)


def _rules(path: Path) -> Sequence[tinycss2.ast.Node]:
    text = path.read_text("utf-8", errors="replace")
    rules: Sequence[tinycss2.ast.Node] = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return rules


# --- Columns, and what must not be in them or around them ---


def _columns(own: Sequence[Said], everything: Sequence[Said]) -> Iterator[Problem]:
    columned = _in_the_end(everything, _COLUMNS, _is_columned)
    streams = {name for one in _in_the_end(everything, _COLUMNS, _is_set) for name in one.subject}
    laid = {name for one in _in_the_end(everything, ("display",), _is_laid) for name in one.subject}
    for one in own:
        if one.name == "float" and one.value not in ("none", "footnote") and "drop-cap" not in one.subject:
            if _stream(one) in streams and not one.selector.endswith("first-letter"):
                message = f"what floats in columns is lost when the last column has no room for it: {one.selector}"
                hint = "let it stand in the text, or at the foot of the page with float: footnote"
                yield _problem(one.place, message, hint)
        elif one.name == "display" and _is_laid(one.value):
            within = sorted(held.selector for held in columned if one.subject & _holders(held))
            if within:
                yield _in_laid(one, within[0], one.selector)
            elif one.subject & _LONG:
                message = f"flex and grid fall apart at the end of a page, and {one.selector} may be longer than one"
                hint = "use them for what fits on a page, such as the head or a row of pictures"
                yield _problem(one.place, message, hint)
        elif one.name in _COLUMNS and _is_columned(one.value) and (holders := laid & _holders(one)):
            yield _in_laid(one, one.selector, f".{min(holders)}")


_COLUMNS = ("columns", "column-count", "column-width")


def _is_set(value: str) -> bool:
    return value != "auto"  # the engine sets even one column as columns


def _is_columned(value: str) -> bool:
    return value not in ("auto", "1")


def _is_laid(value: str) -> bool:
    return re.search(r"\b(?:flex|grid)\b", value) is not None


def _in_laid(one: Said, inner: str, outer: str) -> Problem:
    message = f"columns inside flex or grid lie over each other: {inner} stands in {outer}"
    return _problem(one.place, message, "leave what holds columns a plain block")


def _in_the_end(said: Sequence[Said], names: Sequence[str], wanted: Callable[[str], bool]) -> list[Said]:
    """Return the declarations of a property that have a wanted value and are the last of their selector."""
    last = {one.selector: one for one in said if one.name in names}
    return [one for one in last.values() if wanted(one.value)]


def _stream(one: Said) -> str:
    """Return the class of the text that what is selected stands in; empty when it stands in none."""
    for pattern, stream in _STREAMS:
        if any(pattern.match(name) for name in one.around):
            return stream
    return "body"


def _holders(one: Said) -> frozenset[str]:
    """Return the classes that what is selected stands in: those that the selector names, and those around them."""
    named = one.around - one.subject
    return frozenset({*named, *(up for name in (named & _WITHIN.keys()) or one.subject for up in _ancestors(name))})


def _ancestors(name: str) -> Iterator[str]:
    while name in _WITHIN:
        name = _WITHIN[name]
        yield name


# --- The e-book ---


def _for_readers(path: Path) -> Iterator[Problem]:
    """Yield what small reading systems don't know; they drop the rest of the file with it."""
    for rule in _rules(path):
        place = Place(path, rule.source_line, rule.source_column)
        if rule.type == "at-rule" and rule.lower_at_keyword in _EPUB_RULES:
            yield _problem(place, f"small reading systems drop a file for @{rule.lower_at_keyword}", "do without it")
        elif rule.type == "qualified-rule" and (found := _EPUB_SELECTOR.search(tinycss2.serialize(rule.prelude))):
            hint = "give what is meant a class in the template, and select that"
            yield _problem(place, f"small reading systems drop a file for '{found[0].rstrip('(')}'", hint)
    for one in read_styles(path):
        if "var(" in one.value:
            yield _problem(one.place, "older reading systems know no variables", "write the value itself")
