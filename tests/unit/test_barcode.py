"""The barcode: its digits, its bars, its quiet zones, and how it stands on the cover in print."""

import re
from pathlib import Path

import pypdfium2
import pytest

from magbuild.barcode import QUIET_LEFT, WIDTH, add_on_modules, barcode, check_digit, ean_modules, ean_of
from tests.kit_house import galleys_of, proof_of
from tests.kit_pages import MM

PAPER = (243, 238, 227)
# What is printed on the covers of two serials.
PRINTED = [("2049-3630", "9772049363002"), ("0317-8471", "9770317847001"), ("2434-561X", "9772434561006")]


@pytest.mark.parametrize(("issn", "digits"), PRINTED)
def test_the_digits_are_those_of_a_serial(issn: str, digits: str) -> None:
    assert ean_of(issn) == digits
    assert ean_of(issn.replace("-", "")) == digits
    assert check_digit(digits[:12]) == digits[12]


@pytest.mark.parametrize("issn", ["", "1234", "2049-36300", "ABCD-1234"])
def test_what_is_no_issn_has_no_barcode(issn: str) -> None:
    assert ean_of(issn) == ""
    assert barcode(issn, 1) == ""


# The codes of the digits as the standard prints them: widths of bars and spaces, for each digit in odd parity.
WIDTHS = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")


def widths(modules: str) -> str:
    """Return how wide each run of bars or spaces is."""
    runs = modules.replace("01", "0 1").replace("10", "1 0").split(" ")
    return "".join(str(len(run)) for run in runs)


@pytest.mark.parametrize("digits", [digits for _, digits in PRINTED])
def test_the_bars_are_read_back_as_the_digits(digits: str) -> None:
    modules = ean_modules(digits)
    assert len(modules) == 95
    assert (modules[:3], modules[45:50], modules[92:]) == ("101", "01010", "101")
    left = [widths(modules[at : at + 7]) for at in range(3, 45, 7)]
    right = [widths(modules[at : at + 7]) for at in range(50, 92, 7)]
    assert [WIDTHS.index(run if run in WIDTHS else run[::-1]) for run in left] == [int(digit) for digit in digits[1:7]]
    assert [WIDTHS.index(run) for run in right] == [int(digit) for digit in digits[7:]]
    # 9 is told by the parities of the left half: odd, even, even, odd, even, odd.
    assert [run in WIDTHS for run in left] == [True, False, False, True, False, True]


@pytest.mark.parametrize(
    ("number", "digits", "parities"),
    [(0, "00", "oo"), (5, "05", "oe"), (38, "38", "eo"), (37, "37", "oe"), (139, "39", "ee"), (100, "00", "oo")],
)
def test_the_add_on_is_read_back_as_the_last_two_digits_of_the_number(number: int, digits: str, parities: str) -> None:
    modules = add_on_modules(number)
    assert (len(modules), modules[:4], modules[11:13]) == (20, "1011", "01")
    runs = [widths(modules[4:11]), widths(modules[13:])]
    assert ["o" if run in WIDTHS else "e" for run in runs] == list(parities)
    assert "".join(str(WIDTHS.index(run if run in WIDTHS else run[::-1])) for run in runs) == digits


SHEET = """
    number: 37
    published: 2026-03-20
    barcode: {where}
    cover: {{picture: pictures/red.png, alt: Red, style: {style}, lines: [One, Two, Three, Four]}}
    title: Red
"""


@pytest.mark.parametrize("where", ["front", "back"])
@pytest.mark.slow
@pytest.mark.parametrize("style", ["full", "framed", "type"])
def test_a_scanner_reads_the_barcode_on_the_cover_in_black_on_white(tmp_path: Path, where: str, style: str) -> None:
    files = {"037/issue.yaml": SHEET.format(where=where, style=style)}
    proof = proof_of(tmp_path, "cover" if where == "front" else "back-cover", files)
    assert ean_modules(ean_of("9990-0378")) in _scanned(proof.pdf)
    other = galleys_of(tmp_path, files)["back-cover" if where == "front" else "cover"]
    assert "<svg" not in other.html


def _scanned(pdf: bytes) -> list[str]:
    """Return what a scanner sees of every code on a page that has its quiet zones: modules of 0.297 mm."""
    document = pypdfium2.PdfDocument(pdf)
    dots = 4
    drawn = document[0].render(scale=dots / (0.297 * MM)).to_numpy()[:, :, ::-1].astype(int)
    document.close()
    found = []
    for row in drawn[:: dots * 8]:
        line = "".join("1" if pixel.sum() < 384 else "0" for pixel in row)
        quiet = dots * (QUIET_LEFT - 1)
        for begin in re.finditer(f"(?<=0{{{quiet}}})1", line):
            start = begin.start()
            modules = line[start + dots // 2 : start + dots * 95 : dots]
            inks = {tuple(pixel) for pixel in row[start + dots // 2 : start + dots * (WIDTH - QUIET_LEFT) : dots]}
            if modules[:3] == modules[-3:] == "101" and inks <= {(0, 0, 0), (255, 255, 255), PAPER}:
                found.append(modules)
    return found
