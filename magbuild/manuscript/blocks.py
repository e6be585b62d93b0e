"""The blocks of a manuscript for Markdown: lines of slashes that were made plain come in, elements come out."""

from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from magbuild.manuscript import marks
from magbuild.manuscript.blockheads import BlockKind
from magbuild.manuscript.marks import Kind

BLOCK: Final = "x-block"


class MagazineBlock(Block):  # type: ignore[misc]
    """A block whose head was read before Markdown began; its argument is the head's number."""

    ARGUMENT = True
    KIND: BlockKind
    MODE = "block"

    def on_validate(self, parent: Element) -> bool:
        """Refuse what a manuscript typed itself."""
        return marks.first(self.argument, Kind.BLOCK) is not None

    def on_create(self, parent: Element) -> Element:
        """Return an element that stands for the block until it takes its final form."""
        number = marks.first(self.argument, Kind.BLOCK)
        return SubElement(parent, BLOCK, {"kind": self.KIND, "number": str(number)})

    def on_markdown(self) -> str:
        """Return how the content is read."""
        return self.MODE


class Pullquote(MagazineBlock):
    """A sentence of the story, shown large."""

    NAME, KIND = "x-pullquote", BlockKind.PULLQUOTE


class Sidebar(MagazineBlock):
    """A box beside the story."""

    NAME, KIND = "x-sidebar", BlockKind.SIDEBAR


class Figure(MagazineBlock):
    """A picture; the content is its caption."""

    NAME, KIND = "x-figure", BlockKind.FIGURE


class Verse(MagazineBlock):
    """Lines of verse, in which nothing begins a list or a quotation."""

    NAME, KIND, MODE = "x-verse", BlockKind.VERSE, "inline"


class Interview(MagazineBlock):
    """Questions and answers."""

    NAME, KIND = "x-interview", BlockKind.INTERVIEW


class Filler(MagazineBlock):
    """A small piece that may fill a hole."""

    NAME, KIND = "x-filler", BlockKind.FILLER


class Unknown(MagazineBlock):
    """A block of which nobody knows what it was meant to be."""

    NAME, KIND = "x-unknown", BlockKind.UNKNOWN


BLOCKS: Final = (Pullquote, Sidebar, Figure, Verse, Interview, Filler, Unknown)


class MagazineBlocks(BlocksExtension):  # type: ignore[misc]
    """Registers the blocks with Markdown."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        """Register every block."""
        for block in BLOCKS:
            block_mgr.register(block, self.getConfigs())
