"""A drop cap says its whole word, and the rest of the word says nothing more."""

import io

import pikepdf
import pypdfium2
import weasyprint

from magbuild.spoken import Saying, say

PAGE = "<style>@page { size: 100pt 60pt; margin: 10pt } span { float: left; font-size: 20pt }</style>"


def made() -> bytes:
    return bytes(weasyprint.HTML(string=f"{PAGE}<p lang=en><span>T</span>he end</p>").write_pdf(pdf_tags=True))


def marks(pdf: bytes) -> dict[int, str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = {}
        for instruction in pikepdf.parse_content_stream(document.pages[0]):
            if str(instruction.operator) == "BDC" and "/ActualText" in instruction.operands[1]:
                found[int(instruction.operands[1].MCID)] = str(instruction.operands[1].ActualText)
        return found


def position(pdf: bytes, number: int) -> tuple[float, float]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spots = [i.operands for i in pikepdf.parse_content_stream(document.pages[0]) if str(i.operator) == "Tm"]
        return float(spots[number][4]), float(spots[number][5])


def test_only_the_run_at_that_spot_says_something_else() -> None:
    pdf = made()
    x, y = position(pdf, 0)
    said = say(pdf, [Saying(page=0, x=x, top=y - 1, bottom=y + 1, text="The")])
    assert list(marks(said).values()) == ["The"]
    assert "The" in pypdfium2.PdfDocument(said)[0].get_textpage().get_text_range()


def test_a_run_that_is_not_there_changes_no_mark() -> None:
    pdf = made()
    x, y = position(pdf, 0)
    assert marks(say(pdf, [Saying(page=0, x=x + 1, top=y - 1, bottom=y + 1, text="The")])) == {}


def test_nothing_to_say_leaves_the_bytes_alone() -> None:
    pdf = made()
    assert say(pdf, []) is pdf
