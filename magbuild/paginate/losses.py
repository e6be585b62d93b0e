"""Text integrity: a galley and its pages come in; text that is in no box of any page, or can't be read, comes out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes

from magbuild.compose import Galley
from magbuild.integrity import Run, colliding, outside, text_collides, text_covered, text_cut, text_lost
from magbuild.paginate.boxtree import feet, text_boxes
from magbuild.paginate.notecalls import heads_of_notes
from magbuild.problem import Problem

PX_TO_PT = 0.75
MOST_TOLD = 3  # problems of one kind in one galley: the rest has the same cause


def losses(galley: Galley, root: Any, document: weasyprint.Document) -> Iterator[Problem]:
    """Yield what text of a galley, whose HTML has this root, was lost, covered or cut, and what lies on other text."""
    numbered = [(number, box) for number, page in enumerate(document.pages) for box in text_boxes(page._page_box)]
    runs = [_run(number, box) for number, box in numbered]
    # A drop cap stands beside its lines, but the box around it reaches into the next one.
    lines = [run for run, (_, box) in zip(runs, numbered, strict=True) if box.element.get("data-say") is None]
    size = document.pages[0]
    for kind, texts in (
        (text_lost, _lost_text(root, document)),
        (text_covered, _covered_text(document)),
        (text_cut, outside(runs, size.width, size.height)),
        (text_collides, colliding(lines)),
    ):
        for text in islice(texts, MOST_TOLD):
            yield kind(galley.path, galley.slug, " ".join(text.split())[:60])


def _run(number: int, box: boxes.TextBox) -> Run:
    # From the height of an x to the baseline: the box itself also holds the room above and below the letters.
    top, bottom = box.position_y + 0.35 * box.height, box.position_y + 0.75 * box.height
    return Run(number, box.position_x, top, box.position_x + box.width, bottom, box.text)


def _lost_text(root: Any, document: weasyprint.Document) -> Iterator[str]:
    """Yield a few words of each element of which less text was laid out than it holds.

    The layout engine can lose text in columns without a warning (a float or a note that doesn't fit).
    """
    laid_out: defaultdict[Any, int] = defaultdict(int)
    heads: set[Any] = set()
    for page in document.pages:
        heads.update(heads_of_notes(page))
        for box in text_boxes(page._page_box):
            laid_out[box.element] += len(_letters(box.text))
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("html", "head", "style", "title", "meta"):
            continue
        if element in heads:
            continue
        if element.tag.startswith("{"):  # inline SVG and MathML are drawn, not set
            continue
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        if laid_out[element] < len(_letters(own)):
            yield own


def _covered_text(document: weasyprint.Document) -> Iterator[str]:
    """Yield lines that lie under what floats to the page foot: the engine forgets its height under a spanning box."""
    for page in document.pages:
        for foot in feet(page):
            floating = set(map(id, text_boxes(foot)))
            for box in text_boxes(page._page_box):
                # A point of overlap is the rounding of line heights.
                if id(box) not in floating and box.position_y + box.height > foot.position_y + 1 / PX_TO_PT:
                    yield box.text


def _letters(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b\u2010\u2060-]+", "", text)
