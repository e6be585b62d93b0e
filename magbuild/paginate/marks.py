"""The marks around what is drawn on a proof: each piece is content that is read, or an artifact that is passed over."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from magbuild.paginate import lineends
from magbuild.structure import Content, Part, is_unread, words_of

PX_TO_PT = 0.75
# Letters of scripts that are written from right to left: Hebrew, Arabic and their kin.
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class Marks:
    """What of a galley is read, and the marks around it on the pages."""

    def __init__(self, document: weasyprint.Document, root: Any) -> None:
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.unread = set(_unread(root, _owned(root)))
        self.repeated: set[int] = set()
        # The boxes of text behind which a line ends, or there is nothing but a space in it (True).
        self.before_space: dict[int, bool] = {}
        self.spaces: dict[str, int | None] = {}
        self._look_through(document)

    def _look_through(self, document: weasyprint.Document) -> None:
        """Find the boxes of text before spaces, and what is repeated: margins, and heads of tables that go on."""
        known = set()
        for page in document.pages:
            for box in _boxes(page._page_box, margins=True):
                if isinstance(box, boxes.LineBox):
                    texts = [one for one in box.descendants() if isinstance(one, boxes.TextBox)]
                    for text, following in zip(texts, [*texts[1:], None], strict=False):
                        if following is None or not following.text.strip():
                            self.before_space[id(text)] = following is not None
                elif isinstance(box, boxes.MarginBox):
                    self.repeated.update(map(id, _boxes(box)))
                elif isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
                    if box.element in known:
                        self.repeated.update(map(id, _boxes(box)))
                    known.add(box.element)

    @contextmanager
    def around(self, stream: Any, box: Any, tag: str) -> Iterator[None]:
        """Mark what is drawn of a box in the block."""
        if not _is_drawn(box):
            yield
            return
        if not self._is_read(box):
            with stream.artifact():
                yield
            return
        number = len(stream._tags)
        stream._tags[box] = number, stream
        properties = pydyf.Dictionary({"MCID": number})
        said = box.element.get("data-say") if isinstance(box, boxes.TextBox) else None
        if said is not None:
            properties["ActualText"] = pydyf.String(said)
        stream.begin_marked_content(tag, properties)
        start = len(stream.stream)
        yield
        if isinstance(box, boxes.TextBox):
            self._finish_line(stream, start, box)
        stream.end_marked_content()

    def _finish_line(self, stream: Any, start: int, box: Any) -> None:
        if getattr(box, "divides_a_word", False):
            lineends.soften_hyphen(stream.stream, start)
        elif id(box) in self.before_space and (self.before_space[id(box)] or lineends.needs_space(box)):
            space = self._space_of(stream)
            if space is not None:
                lineends.keep_apart(stream.stream, start, space)

    def _space_of(self, stream: Any) -> int | None:
        """Return the number of the space in the font that was used last."""
        name = stream._old_font[0]
        if name not in self.spaces:
            self.spaces[name] = lineends.space_of([font for font in stream._fonts.values() if font.hash == name])
        return self.spaces[name]

    def _is_read(self, box: Any) -> bool:
        if box.element in self.unread or id(box) in self.repeated:
            return False
        # What styles put there, and has no letter or digit, is an ornament; but signs before items are their labels.
        pseudo = _pseudo(box)
        made = pseudo not in ("", "first-line", "first-letter", "marker", "footnote-marker", "footnote-call")
        return not made or any(map(str.isalnum, box.text))

    def _link_around(self, element: Any) -> Any:
        """Return the link that an element is, or stands in."""
        link = element
        while link is not None and link.tag != "a":
            link = self.parents.get(link)
        return element if link is None else link

    def contents(self, document: weasyprint.Document, streams: Sequence[Any]) -> Iterator[Content]:
        """Yield all content that was marked, and the links, in the order in which it lies on the pages."""
        for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
            for box in _boxes(page._page_box):
                if box.link_annotation:
                    link = self._link_around(box.element)
                    box.link_annotation["Contents"] = pydyf.String(words_of(link))
                    yield Content(element=link, part=Part.LINK, page=number, mark=box.link_annotation)
                if box in stream._tags:
                    yield self._content(box, number, stream._tags[box], page)

    def _content(self, box: Any, number: int, mark: Any, page: weasyprint.Page) -> Content:
        if isinstance(box, boxes.ReplacedBox):
            return Content(element=box.element, part=Part.PICTURE, page=number, mark=mark, box=_area(box, page))
        pseudo = _pseudo(box)
        # A note's call stands in the text that the note belongs to.
        element = self.parents[box.element] if pseudo == "footnote-call" else box.element
        part = Part.LABEL if pseudo in ("marker", "footnote-marker") else Part.TEXT
        said = box.text if _FROM_THE_RIGHT.search(box.text) else ""
        return Content(element=element, part=part, page=number, mark=mark, said=said)


def _owned(root: Any) -> set[str]:
    """Return the names of elements whose content another has that is read."""
    owners = (element for element in root.iter() if element.get("aria-owns") and not is_unread(element))
    return {name for element in owners for name in element.get("aria-owns").split()}


def _unread(root: Any, owned: set[str]) -> Iterator[Any]:
    """Yield the elements that are passed over; those whose content another has are not."""
    if is_unread(root) and root.get("id") not in owned:
        yield from root.iter()
        return
    for child in root:
        if isinstance(child.tag, str):
            yield from _unread(child, owned)


def _boxes(box: Any, margins: bool = False) -> Iterator[Any]:
    """Yield a box and all boxes in it, in the order of the text."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    if isinstance(box, boxes.ParentBox):
        for child in box.children:
            if margins or not isinstance(child, boxes.MarginBox):
                yield from _boxes(child, margins)


def _is_drawn(box: Any) -> bool:
    return box.style["visibility"] == "visible" and (not isinstance(box, boxes.TextBox) or bool(box.text.strip()))


def _pseudo(box: Any) -> str:
    return str((box.element_tag or "").partition("::")[2])


def _area(box: Any, page: weasyprint.Page) -> tuple[float, float, float, float]:
    """Return where a picture lies on its page, in pt; what lies beyond the trim is not on it."""
    left, top = box.content_box_x() * PX_TO_PT, box.content_box_y() * PX_TO_PT
    right, bottom = left + box.width * PX_TO_PT, top + box.height * PX_TO_PT
    width, height = page.width * PX_TO_PT, page.height * PX_TO_PT
    return max(left, 0.0), max(height - bottom, 0.0), min(right, width), min(height - top, height)
