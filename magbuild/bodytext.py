"""A manuscript comes in; the text of a galley, with page numbers, drop cap, end mark, and the byline come out."""

import re
from collections.abc import Callable, Sequence

from lxml import etree
from markupsafe import Markup

from magbuild.language import Language
from magbuild.letters import Part, stamp
from magbuild.manuscript import Manuscript, set_line
from magbuild.model import Person, Role, StoryType

DROP_CAP_TYPES = frozenset({StoryType.ESSAY, StoryType.REPORT, StoryType.REPRINT, StoryType.EDITORIAL})
NO_END_MARK_TYPES = frozenset({StoryType.ADVERT, StoryType.SUBSCRIBE, StoryType.NEWSLETTER, StoryType.NOTICE})
SHORTEST_WITH_CAP = 200  # characters: about three lines of a column, which is as deep as the cap


def set_body(
    manuscript: Manuscript, kind: StoryType, page_of: Callable[[str], str], address: Callable[[str], str]
) -> tuple[Markup, Markup]:
    """Return a story's text and its notes, ready for pages.

    `page_of` gives "page 14" for a story's slug, nothing for a story that has no page; `address` gives what
    stands in a galley for a picture's file. Each block says at which spot of the story it begins.
    """
    body, notes = _tree(manuscript.body), _tree(manuscript.notes)
    stamp(body, manuscript.slug, Part.BODY)
    stamp(notes, manuscript.slug, Part.NOTES)
    for tree in (body, notes):
        _resolve_links(tree, page_of)
        _point_at_pictures(tree, address)
    if kind in DROP_CAP_TYPES:
        _drop_cap(body)
    if kind not in NO_END_MARK_TYPES:
        _end_mark(body)
    return _markup(body), _markup(notes)


def _tree(fragment: str) -> etree._Element:
    return etree.fromstring(f"<div>{fragment}</div>")


def _markup(tree: etree._Element) -> Markup:
    inner = etree.tostring(tree, encoding="unicode", method="html")
    return Markup(inner.removeprefix("<div>").removesuffix("</div>"))


def _point_at_pictures(tree: etree._Element, address: Callable[[str], str]) -> None:
    for image in tree.iter("img"):
        image.set("src", address(image.get("src", "")))


def _resolve_links(tree: etree._Element, page_of: Callable[[str], str]) -> None:
    """Fill in page numbers; the links themselves are tied together in make-up, when all pages lie there."""
    for link in tree.iter("a"):
        classes = (link.get("class") or "").split()
        if "story-link" not in classes:
            continue
        slug = link.get("href", "").removeprefix("story:").partition("#")[0]
        page = page_of(slug)
        if "only" in classes:
            link.text = page or slug
        elif "page" in classes and page:
            reference = etree.SubElement(link, "span", {"class": "page-reference"})
            reference.text = f" ({page})"


_FIRST_LETTER = re.compile(r"(?P<cap>[\"'“”‘’«»„‚¡¿(\[]*\w)(?P<rest>[\w’']*)")


def _drop_cap(body: etree._Element) -> None:
    """Mark the first letter of a story's first paragraph, with the rest of its word beside it.

    A real element, since the engine can't float ::first-letter in columns. Short paragraphs get none.
    """
    first = body[0] if len(body) else None
    if first is None or first.tag != "p" or len(str(first.xpath("string()"))) < SHORTEST_WITH_CAP:
        return
    found = _FIRST_LETTER.match(first.text or "")
    if found is None:
        return
    # What is read aloud and copied is the whole word, said by the cap; the rest of it says nothing.
    cap = etree.Element("span", {"class": "drop-cap", "data-say": found[0]})
    cap.text = found["cap"]
    rest = etree.Element("span", {"class": "drop-rest", "data-say": ""})
    rest.text = found["rest"]
    rest.tail = (first.text or "")[found.end() :]
    first.text = None
    first.insert(0, cap)
    first.insert(1, rest)
    first.set("class", " ".join(filter(None, (first.get("class"), "opening"))))


def _end_mark(body: etree._Element) -> None:
    """Put the end mark behind the last word of the story, kept on its line."""
    paragraphs = [child for child in body if child.tag == "p" and child.get("class") != "signature"]
    if len(body) and paragraphs and body[-1] is paragraphs[-1]:
        etree.SubElement(paragraphs[-1], "span", {"class": "end-mark"})


def byline(people: Sequence[Person], language: Language) -> Markup:
    """Return "By A and B" and what else people did for a story, one sentence each."""
    words = {
        Role.AUTHOR: "by",
        Role.INTERVIEWER: "interviewed_by",
        Role.EDITOR: "edited_by",
        Role.TRANSLATOR: "translated_by",
        Role.ILLUSTRATOR: "illustrated_by",
        Role.PHOTOGRAPHER: "photographed_by",
    }
    parts = []
    for role, word in words.items():
        names = [set_line(person.name, language.code) for person in people if person.role is role]
        if names:
            parts.append(language.say(word, names=language.join(names)))
    return Markup(" · ".join(parts))
