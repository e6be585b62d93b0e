"""Markdown as magbuild reads it: prepared text comes in, Markdown's tree and its stash of raw HTML come out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import HashHeaderProcessor, ReferenceProcessor
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.inlinepatterns import LINK_RE
from markdown.treeprocessors import UnescapeTreeprocessor

from magbuild.manuscript import inline
from magbuild.manuscript.attributes import AttributeLists, Phrases
from magbuild.manuscript.blocks import MagazineBlocks
from magbuild.manuscript.marks import LITERALS, Kind
from magbuild.manuscript.notes import Notes
from magbuild.manuscript.rawhtml import MORE_BLOCKS, HtmlBlocks
from magbuild.manuscript.tables import Tables


@dataclass(frozen=True, slots=True)
class Parsed:
    """What Markdown made of a text: a tree, and the raw HTML that its placeholders stand for.

    `abbreviations` and `references` are what the text defines for use elsewhere in it, by name.
    """

    root: Element
    stash: tuple[str, ...]
    abbreviations: Mapping[str, str]
    references: Mapping[str, tuple[str, str]]


class NumberedLists(SaneOListProcessor):
    """Lists with numbers; a year that begins a line is none."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.RE = re.compile(r"^[ ]{0,3}\d{1,3}\.[ ]+(.*)")
        self.CHILD_RE = re.compile(r"^[ ]{0,3}((\d{1,3}\.))[ ]+(.*)")


class Headings(HashHeaderProcessor):
    """Headings; a single # needs a space behind it, so that a hashtag is none."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{2,6}(?=[ ]*[^#\s])|#(?=[ ]+\S))(?P<header>[^\n]*?)(?:[ ]#+)?[ ]*(?:\n|$)")


class Definitions(ReferenceProcessor):
    """Addresses of links, `[name]: address`; only what was marked as such, so that no sentence is swallowed."""

    RE = re.compile(
        rf"^[ ]{{0,3}}\[([^\[\]]*)\]:[ ]*(?:\n[ ]*)?(<?{Kind.ADDRESS}[^\s]*)"
        r"[ ]*(?:\n[ ]*)?((['\"])(.*)\4[ ]*|\((.*)\)[ ]*)?$",
        re.MULTILINE,
    )


class Unescape(UnescapeTreeprocessor):
    """Turns escaped characters back; those that typography would change become literal ones."""

    def unescape(self, text: str) -> str:
        """Return a text without Markdown's codes for escaped characters."""

        def character(found: re.Match[str]) -> str:
            typed = chr(int(found[1]))
            return LITERALS.get(typed, typed)

        return self.RE.sub(character, text)


class House(Extension):
    """What differs from plain Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register with Markdown."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, '"', "'", "|", LITERALS["<"]]
        md.block_level_elements.extend(MORE_BLOCKS)
        md.preprocessors.register(HtmlBlocks(md), "html_block", 20)
        processors = md.parser.blockprocessors
        processors.register(Tables(md.parser, {"use_align_attribute": False}), "table", 75)
        processors.register(Headings(md.parser), "hashheader", 70)
        processors.register(NumberedLists(md.parser), "olist", 40)
        processors.register(SaneUListProcessor(md.parser), "ulist", 30)
        processors.register(Definitions(md.parser), "reference", 15)
        inline.register(md)
        md.inlinePatterns.register(Phrases(LINK_RE, md), "phrase", 165)
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.register(AttributeLists(md), "attr_list", 8)
        md.treeprocessors.register(Unescape(md), "unescape", 0)


def parse(text: str) -> Parsed:
    """Read a whole text; RecursionError when it is nested too deeply for Markdown."""
    md, abbreviations = _markdown()
    lines = text.split("\n")
    for step in md.preprocessors:
        lines = step.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    assert root is not None
    return _finish(md, root, abbreviations)


def parse_line(text: str) -> Parsed:
    """Read one line, in which nothing begins a list, a heading or a quotation."""
    root = Element("div")
    SubElement(root, "p").text = text
    md, abbreviations = _markdown()
    return _finish(md, root, abbreviations)


class Abbreviations(AbbrExtension):
    """Abbreviations, and what they stand for by name."""

    abbrs: dict[str, str]


def _markdown() -> tuple[Markdown, Abbreviations]:
    """Return a fresh reader: making one takes a third of a millisecond, and none keeps anything of another text."""
    abbreviations = Abbreviations()
    md = Markdown(
        extensions=[abbreviations, DefListExtension(), FencedCodeExtension(), MagazineBlocks(), Notes(), House()]
    )
    return md, abbreviations


def _finish(md: Markdown, root: Element, abbreviations: Abbreviations) -> Parsed:
    for step in md.treeprocessors:
        made = step.run(root)
        root = root if made is None else made
    stash = tuple(piece if isinstance(piece, str) else "" for piece in md.htmlStash.rawHtmlBlocks)
    return Parsed(root, stash, abbreviations.abbrs, md.references)
