"""The manuscript reader: a story's Markdown comes in, a clean and safe XHTML tree with its notes comes out.

It is the only door of `markdown` and `pymdownx`. Nothing that an editor typed is lost, and nothing raises:
what is wrong becomes a problem at its line and column.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement

from magbuild.manuscript.builder import BODY
from magbuild.manuscript.engine import parse
from magbuild.manuscript.figures import check_drawings, check_images, list_pictures, lone_images, refuse_images
from magbuild.manuscript.heads import level_headings
from magbuild.manuscript.ids import give_ids
from magbuild.manuscript.leftovers import note_unknown, note_unused, settle_text
from magbuild.manuscript.lines import read_line
from magbuild.manuscript.links import ABSENT, resolve_links
from magbuild.manuscript.notes import number_notes
from magbuild.manuscript.pieces import finish_blocks
from magbuild.manuscript.prepare import prepare
from magbuild.manuscript.reading import Reading, Spots
from magbuild.manuscript.runs import set_punctuation
from magbuild.manuscript.tables import finish_tables
from magbuild.manuscript.tidy import tidy
from magbuild.manuscript.ways import turn
from magbuild.manuscript.write import count_words, write
from magbuild.model import MarkedUp, Picture, Story
from magbuild.problem import Place, Problem, Report
from magbuild.source import place_in_text

__all__ = ["ABSENT", "Manuscript", "check_field", "read_manuscript", "set_line", "set_text"]

_MARKUP = re.compile(r"[<\[{]")  # without one of these nothing can be wrong with a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A story's text, read and made fit for print.

    `body` and `notes` are well-formed XML fragments of XHTML without a namespace; all ids in them begin with the
    slug. `links` are the addresses in the text, `story:slug#id` for those of the issue. `places` says where each of
    the `pictures` is named. `words` counts all that is printed, notes and captions too.
    """

    slug: str
    body: str
    notes: str
    pictures: tuple[Picture, ...]
    links: tuple[str, ...]
    words: int
    places: tuple[Place, ...] = ()


def read_manuscript(story: Story, slugs: Mapping[str, str], report: Report) -> Manuscript:
    """Read the body of a story; `slugs` gives the slug of every story's file name, for links between them."""
    body = story.body.replace("\r\n", "\n").replace("\r", "\n")
    reading = Reading(
        slug=story.slug,
        language=story.front.language or "en",
        body=body,
        spots=Spots.of(story.path, body, story.body_line),
        report=report,
        stories=slugs,
    )
    tree, notes, links = _read(reading)
    pictures, places = list_pictures(tree, notes, reading=reading)
    return Manuscript(
        slug=story.slug,
        body=write(tree),
        notes=write(notes),
        pictures=pictures,
        links=links,
        words=count_words(tree, notes),
        places=places,
    )


def read_alone(story: Story, slugs: Mapping[str, str]) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Read a manuscript like `read_manuscript`, and return the problems in it beside it, for both to be remembered."""
    report = Report()
    return read_manuscript(story, slugs, report), tuple(report)


@functools.lru_cache(maxsize=4096, typed=True)  # every galley asks anew for the titles that it names
def set_line(text: str, language: str) -> str:
    """Return one line of front matter, such as a title or a caption: its markup and punctuation, nothing else.

    Nothing in it begins a block, and links to other stories become text. What is unsafe is left out silently.
    """
    return write(_line(_loose(text, language)))


def set_text(text: str, language: str) -> str:
    """Return Markdown that is no story, such as an entry of the imprint: blocks without ids, notes at their end."""
    body, notes, _ = _read(_loose(text, language))
    return "\n".join(filter(None, (write(body), write(notes))))


def check_field(field: MarkedUp, slugs: Mapping[str, str]) -> tuple[tuple[Problem, ...], tuple[tuple[str, Place], ...]]:
    """Return what is wrong with the Markdown of a field, and the files of its pictures with the places of their names.

    `slugs` as in `read_manuscript`.
    """
    if not (field.paragraphs or _MARKUP.search(field.text)):
        return (), ()
    reading, pictures = _loose(field.text, field.language, slugs), []
    if field.paragraphs:
        body, notes, _ = _read(reading)
        pictures = list(zip(*list_pictures(body, notes, reading=reading), strict=True))
    else:
        _line(reading)

    def place(told: Place) -> Place:
        return place_in_text(field.text, reading.spots.offset(told), field.place)

    problems = tuple(replace(problem, place=place(problem.place)) for problem in reading.report)
    return problems, tuple((picture.file, place(told)) for picture, told in pictures)


def _loose(text: str, language: str, slugs: Mapping[str, str] = MappingProxyType({})) -> Reading:
    """Return a reading of a text that is no story."""
    spots = Spots.of(Path(), text, 1)
    return Reading(slug="", language=language, body=text, spots=spots, report=Report(), stories=slugs)


def _line(reading: Reading) -> Element:
    """Return an element with what a text is as one line."""
    line = read_line(reading.body, 0, reading)
    resolve_links(line, reading)
    refuse_images(line, reading)
    give_ids(line, reading)
    number_notes(line, reading)
    set_punctuation(line, reading.language)
    turn(line, reading.language)
    return line


def _read(reading: Reading) -> tuple[Element, Element, tuple[str, ...]]:
    """Return the body, the notes and the links of a text."""
    try:
        return _finish(reading)
    except RecursionError:
        message = "this text is nested too deeply to be read and is printed as it was typed"
        reading.error(0, "too-nested", message, "look for rows of '>' or of brackets")
        body = Element(BODY)
        for paragraph in filter(None, (part.strip() for part in reading.body.split("\n\n"))):
            SubElement(body, "p").text = paragraph
        return body, Element("x-notes"), ()


def _finish(reading: Reading) -> tuple[Element, Element, tuple[str, ...]]:
    """Take a text through all steps; each needs what the ones before it did."""
    text, heads = prepare(reading)
    parsed = parse(text)
    note_unused(parsed, reading)
    body = tidy(parsed, reading)
    settle_text(body, reading)
    note_unknown(body, parsed, reading)
    links = resolve_links(body, reading)
    check_images(body, reading)
    check_drawings(body, reading)
    finish_blocks(body, heads, reading)
    lone_images(body)
    _settle_plain(body)
    finish_tables(body, reading)
    level_headings(body, reading)
    give_ids(body, reading)
    notes = number_notes(body, reading)
    for tree in (body, notes):
        set_punctuation(tree, reading.language)
        turn(tree, reading.language)
    return body, notes, links


def _settle_plain(body: Element) -> None:
    """Give section breaks their class, and take the empty lines from the end of code."""
    for rule in body.iter("hr"):
        rule.set("class", "break")
    for code in body.iterfind(".//pre/code"):
        code.text = (code.text or "").rstrip()
