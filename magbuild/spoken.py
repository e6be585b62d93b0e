"""Give marks on a page the text they stand for, so that a drop cap and the rest of its word are read as one."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import String


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A run of text drawn on a page (from 0) at `x` between `top` and `bottom`, in the page's drawing units (px)."""

    page: int
    x: float
    top: float
    bottom: float
    text: str

    def is_at(self, x: float, y: float) -> bool:
        """Whether a text position is this run's."""
        return abs(x - self.x) < 0.05 and self.top <= y <= self.bottom


def say(pdf: bytes, sayings: Iterable[Saying]) -> bytes:
    """Return the PDF with /ActualText (ISO 32000-1, 14.9.4) on the marked content of each saying."""
    wanted = tuple(sayings)
    if not wanted:
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in {saying.page for saying in wanted}:
            _say_on(document, document.pages[page], [saying for saying in wanted if saying.page == page])
        said = io.BytesIO()
        document.save(said, deterministic_id=True)
    return said.getvalue()


def _say_on(document: pikepdf.Pdf, page: pikepdf.Page, sayings: list[Saying]) -> None:
    instructions = list(pikepdf.parse_content_stream(page))
    mark: pikepdf.Object | None = None
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "BDC":
            mark = instruction.operands[1]
        elif operator == "Tm" and mark is not None:
            x, y = (float(value) for value in instruction.operands[4:6])
            for saying in sayings:
                if saying.is_at(x, y):
                    mark["/ActualText"] = String(saying.text)
    page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
