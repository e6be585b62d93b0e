"""Lay a galley out into a proof: HTML and styles come in, tagged pages with bleed come out as a PDF.

The layout engine takes half a second to load. Only what lays out does so, in the workers mostly: the
main process reads and sets the issue meanwhile.
"""

import hashlib
import re
from dataclasses import dataclass

from magbuild.compose import Galley
from magbuild.letters import Spot
from magbuild.lines import Measured
from magbuild.problem import Problem
from magbuild.sheaf import Sheaf

# In a proof's content: the hyphen behind this only divides a word, and is none of its own.
SOFT_HYPHEN = b"/Span <</ActualText <FEFF00AD>>> BDC"
_SOFTENED = re.compile(re.escape(SOFT_HYPHEN) + rb"\s(\[[^\]]*\] TJ)\sEMC")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPage:
    """One page of a proof: its anchors with their points from the left and top trim edges, in pt.

    `articles` names the stories, or other articles, of which text or pictures stand on it; `starts` are the spots at
    which the stories on it begin or go on; a made page has none.
    """

    anchors: tuple[tuple[str, float, float], ...]
    articles: tuple[str, ...] = ()
    starts: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A galley laid out into pages: a tagged PDF in sRGB, every page with its bleed.

    `sheaf` is the PDF, wherever it lies; `measured` says what stands where on each page. `borrowed` are letters that
    the fonts they should be set in lack, each with the name of the family.
    """

    slug: str
    sheaf: Sheaf
    pages: tuple[ProofPage, ...]
    measured: tuple[Measured, ...] = ()
    borrowed: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def pdf(self) -> bytes:
        """The whole PDF; `sheaf` can be read part by part."""
        return self.sheaf.read()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Pages that are no galley's, as an untagged PDF, and what stands where on each."""

    pdf: bytes
    measured: tuple[Measured, ...] = ()


def paginate(galley: Galley) -> Proof:
    """Lay out one galley.

    Pure: the same galley gives the same bytes, in whichever process. Text that the layout engine
    loses is found by comparing the boxes with the source; notes and page-wide figures that float to
    the page foot are then put back into the flow, and what is lost even so is an error that names it.
    A galley that the engine can't lay out at all gives a proof without pages, and an error.
    """
    from magbuild.paginate.opened import engine

    return engine.lay_out(galley)


def count_pages(galley: Galley) -> int:
    """Return how many pages `paginate` makes of a galley, without drawing them; 0 when it can't be laid out."""
    from magbuild.paginate.opened import engine

    return engine.count_pages(galley)


def hyphens_as_drawn(content: bytes) -> bytes:
    """Return a page's content with its soft hyphens as plain ones, for whoever knows text by its letters alone."""
    return _SOFTENED.sub(rb"\1", content)


def set_drawing(svg: bytes, styles: str) -> bytes:
    """Return an SVG as a one-page PDF of its own proportions, 600 pt wide, drawn with the fonts of `styles`."""
    from magbuild.paginate.opened import engine

    return engine.set_drawing(svg, styles)


def set_sheet(html: str, styles: str, name: str) -> Sheet:
    """Set HTML as an untagged PDF; it loads nothing but fonts. The same `name` and HTML give the same bytes."""
    from magbuild.paginate.opened import engine

    return engine.set_sheet(html, styles, name)


def image_name(address: str) -> str:
    """Return the name, but for its last sign, that a proof's page resources give to a picture of the galley."""
    return "i" + hashlib.md5(address.encode(), usedforsecurity=False).hexdigest()
