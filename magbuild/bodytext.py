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
NO_END_MARK_TYPES = frozenset(
    {StoryType.ADVERT, StoryType.SUBSCRIBE, StoryType.NEWSLETTER, StoryType.NOTICE, StoryType.FILLER}
)
_OPENING_MARK = re.compile("[“”„«»‘’‚‹›]")
_SINGLE_MARKS = "‘’‚‹›"
SHORTEST_WITH_CAP = 200  # characters: about three lines of a column, which is as deep as the cap


def set_body(
    manuscript: Manuscript,
    kind: StoryType,
    page_of: Callable[[str], str],
    address: Callable[[str], str],
    note: Callable[[str], str],
) -> tuple[Markup, Markup, Markup]:
    """Return a story's text, its notes and the boxes that have a page to themselves, ready for pages.

    `page_of` gives "page 14" for a story's slug, nothing for a story that has no page; `address` gives what
    stands in a galley for a picture's file; `note` gives "Note 3" for a note's number. Each block says
    at which spot of the story it begins.
    """
    body, notes = _tree(manuscript.body), _tree(manuscript.notes)
    stamp(body, manuscript.slug, Part.BODY)
    stamp(notes, manuscript.slug, Part.NOTES)
    for tree in (body, notes):
        _resolve_links(tree, page_of)
        _point_at_pictures(tree, address)
        _name_calls(tree, note)
    _read_what_is_said_once(body)
    _hang_quotes(body)
    boxes = _boxes_with_a_page(body)
    if kind in DROP_CAP_TYPES:
        _drop_cap(body)
    if kind not in NO_END_MARK_TYPES:
        _end_mark(body)
    return _markup(body), _markup(notes), _markup(boxes)


def set_paragraphs(html: str, address: Callable[[str], str]) -> Markup:
    """Return the text of a field, such as an entry of the imprint, with the addresses of its pictures."""
    if "<img" not in html:
        return Markup(html)
    tree = _tree(html)
    _point_at_pictures(tree, address)
    return _markup(tree)


def _boxes_with_a_page(body: etree._Element) -> etree._Element:
    """Take the boxes that have a page to themselves out of the text; they stand behind it."""
    boxes = etree.Element("div")
    for box in [child for child in body if child.get("class") == "sidebar page"]:
        boxes.append(box)
    return boxes


def _tree(fragment: str) -> etree._Element:
    return etree.fromstring(f"<div>{fragment}</div>")


def _markup(tree: etree._Element) -> Markup:
    inner = etree.tostring(tree, encoding="unicode", method="html")
    return Markup(inner.removeprefix("<div>").removesuffix("</div>"))


def _point_at_pictures(tree: etree._Element, address: Callable[[str], str]) -> None:
    for image in tree.iter("img"):
        image.set("src", address(image.get("src", "")))


def _name_calls(tree: etree._Element, note: Callable[[str], str]) -> None:
    """Say of each call of a note what it is: a number alone means little to those who hear it."""
    for call in tree.iterfind(".//a[@role='doc-noteref']"):
        call.set("aria-label", note(call.text or ""))


def _read_what_is_said_once(body: etree._Element) -> None:
    """Let a pull quote be heard that doesn't repeat the story, as it should."""
    for quote in body.iterfind(".//aside[@aria-hidden='true']"):
        said = max((_letters(paragraph) for paragraph in quote.iter("p")), key=len, default="")
        if _letters(body).count(said) < 2:  # it stands nowhere but here
            del quote.attrib["aria-hidden"]


def _hang_quotes(body: etree._Element) -> None:
    """Mark the quotation mark that begins a quotation set apart, so that a layout can let it stand out of its edge."""
    for block in body.iter("blockquote", "aside"):
        first = block.find("p")
        found = _OPENING_MARK.match(first.text or "") if first is not None else None
        set_apart = block.tag == "blockquote" or "pullquote" in block.get("class", "").split()
        if first is not None and found is not None and set_apart:
            mark = etree.Element("span", {"class": "hung single" if found[0] in _SINGLE_MARKS else "hung"})
            mark.text, mark.tail = found[0], (first.text or "")[found.end() :]
            first.text = None
            first.insert(0, mark)


def _letters(element: etree._Element) -> str:
    return re.sub(r"\W+", "", "".join(map(str, element.itertext()))).casefold()


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


# The opening mark may have a narrow space behind it, and Dutch has one letter of two signs.
_FIRST_LETTER = re.compile(
    r"(?P<cap>(?:[\"'“”‘’«»‹›„‚¡¿(\[]\u202f?)*(?:IJ(?=[^\W\d_])|\w[\u0300-\u036f]*))(?P<rest>[\w\u0300-\u036f’']*)"
)


# The words that lead from the cap into the text: two to four, none broken off, before the first pause.
_LEAD_IN = re.compile(r"(?:[ \n\u00a0]+[\w\u0300-\u036f’'-]+){2,4}(?=[\s,;:.!?…)\]]|$)")


def _drop_cap(body: etree._Element) -> None:
    """Mark the first letter of a story's first paragraph, with the rest of its word beside it.

    A real element, since the engine can't float ::first-letter in columns. Short paragraphs get none, nor do
    scripts without capitals: Arabic letters are joined, and many others have no first letter to part.
    """
    first = body[0] if len(body) else None
    if first is None or first.tag != "p" or len(str(first.xpath("string()"))) < SHORTEST_WITH_CAP:
        return
    found = _FIRST_LETTER.match(first.text or "")
    if found is None or not has_capitals(found["cap"]):
        return
    # What is read aloud and copied is the whole word, said by the cap; the rest of it says nothing.
    cap = etree.Element("span", {"class": "drop-cap", "data-say": found[0]})
    cap.text = found["cap"]
    rest = etree.Element("span", {"class": "drop-rest", "data-say": ""})
    rest.text = found["rest"]
    tail = (first.text or "")[found.end() :]
    led = _LEAD_IN.match(tail)
    first.text = None
    first.insert(0, cap)
    first.insert(1, rest)
    if led is not None:
        lead_in = etree.Element("span", {"class": "lead-in"})
        lead_in.text, lead_in.tail = led[0], tail[led.end() :]
        first.insert(2, lead_in)
    else:
        rest.tail = tail
    first.set("class", " ".join(filter(None, (first.get("class"), "opening"))))


def has_capitals(text: str) -> bool:
    """Whether a text begins with a figure or a letter that has a capital form, as only some scripts know."""
    letter = next((sign for sign in text if sign.isalnum()), "")
    return letter.isdigit() or letter.upper() != letter.lower()


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
        names = named([person for person in people if person.role is role], language)
        if names:
            parts.append(language.say(word, names=names))
    return Markup(" · ".join(parts))


def named(people: Sequence[Person], language: Language) -> Markup:
    """Return the names of people as "A, B and C", set for print."""
    return Markup(language.join([set_line(person.name, language.code) for person in people]))
