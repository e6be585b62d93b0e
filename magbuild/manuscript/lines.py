"""Single lines of Markdown: a title, a caption or a credit comes in, a tree with its content comes out."""

from xml.etree.ElementTree import Element

from magbuild.manuscript.blockheads import Option
from magbuild.manuscript.builder import LINE
from magbuild.manuscript.engine import parse_line
from magbuild.manuscript.leftovers import settle_text
from magbuild.manuscript.links import resolve_links
from magbuild.manuscript.prepare import prepare_line
from magbuild.manuscript.reading import Reading
from magbuild.manuscript.tidy import tidy


def read_line(text: str, at: int, reading: Reading) -> Element:
    """Return an element that holds a line which stands at an offset of the body; nothing in it is a block."""
    line = tidy(parse_line(prepare_line(reading, text, at)), reading, LINE)
    settle_text(line, reading)
    return line


def read_option(option: Option, reading: Reading) -> Element:
    """Return an element that holds the value of a block's option or its title, with its links followed."""
    line = read_line(option.value, option.at, reading)
    resolve_links(line, reading)
    return line
