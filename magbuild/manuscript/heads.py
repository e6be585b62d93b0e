"""Headings: levels as typed come in, levels that begin at h2 and skip none come out."""

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from magbuild.manuscript.attributes import place_of
from magbuild.manuscript.leftovers import HEADINGS
from magbuild.manuscript.notes import NOTE
from magbuild.manuscript.reading import Reading
from magbuild.manuscript.trees import classes, move_inside, parents, replace_by, text_of

_DEEPEST: Final = 6
_LONGEST: Final = 150  # characters; more are a paragraph with "---" under it


@dataclass(slots=True)
class _Flow:
    """The headings of the story, or of one box, that are in force: the levels as typed, outermost first."""

    top: int
    in_box: bool = False
    typed: list[int] = field(default_factory=list)

    def level(self, typed: int) -> tuple[int, int]:
        """Return the level that a heading gets, and the deepest that could have been typed here."""
        equal = typed in self.typed
        while self.typed and self.typed[-1] >= typed:
            self.typed.pop()
        # A second heading like the first that skipped a level isn't told again.
        deepest = typed if equal or (self.in_box and not self.typed) else self.typed[-1] + 1 if self.typed else 2
        self.typed.append(typed)
        return min(self.top + len(self.typed) - 1, _DEEPEST), deepest


def level_headings(body: Element, reading: Reading) -> None:
    """Give every heading its level; note a `#`, which is the title's, and skipped levels."""
    for heading in [element for element in body.iter() if element.tag in HEADINGS and not _filled(element)]:
        replace_by(parents(body)[heading], heading, "")
    story = _Flow(2)
    # Where the title stands in the text, too, all else is a level lower than it should be.
    shift = int(next((element.tag for element in body.iter() if element.tag in HEADINGS), "") == "h1")
    todo: list[tuple[Element, _Flow]] = [(body, story)]
    while todo:
        element, flow = todo.pop()
        if element.tag == NOTE:
            _flatten(element)
            continue
        if element.tag == "aside":
            title = element[0] if len(element) and "sidebar-title" in classes(element[0]) else None
            # A title may not skip a level either: before the first crosshead it is one itself.
            level = 3 if story.typed else 2
            if title is not None:
                title.tag = f"h{level}"
            flow = _Flow(level + (title is not None), in_box=True)
        elif element.tag in HEADINGS and "sidebar-title" not in classes(element):
            _set_level(element, flow, shift, reading)
        todo.extend((child, flow) for child in reversed(element))


def _filled(heading: Element) -> bool:
    return bool(text_of(heading).strip()) or len(heading) > 0


def _set_level(heading: Element, flow: _Flow, shift: int, reading: Reading) -> None:
    typed, at = int(heading.tag[1:]), place_of(heading)
    if typed == 1:
        message = "'#' is for the title, which stands in the front matter"
        reading.warn(at, "body-title", message, "write ## for a crosshead")
    if len(text_of(heading)) > _LONGEST:
        hint = "put an empty line before '---' if it is to break the section, or shorten the heading"
        reading.warn(at, "long-heading", f"this heading has more than {_LONGEST} characters", hint)
    level, deepest = flow.level(typed + shift)
    if typed + shift > deepest:
        hint = f"write '{'#' * (deepest - shift)}'"
        reading.warn(at, "heading-skip", f"'{'#' * typed}' skips a level of headings", hint)
    heading.tag = f"h{level}"


def _flatten(note: Element) -> None:
    """Make headings in a note strong paragraphs."""
    for heading in [element for element in note.iter() if element.tag in HEADINGS]:
        strong = Element("strong")
        move_inside(heading, strong)
        heading.tag = "p"
        heading.append(strong)
