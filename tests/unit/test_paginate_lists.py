"""Lists are numbered as they were written."""

import re

import pytest

from magbuild.paginate import paginate
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import texts

ITEMS = "<li>Salt</li><li>Tax</li><li>Ferry</li>"


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        (f"<ol>{ITEMS}</ol>", "1. 2. 3."),
        (f'<ol start="12">{ITEMS}</ol>', "12. 13. 14."),
        (f'<ol start="0" style="color: black">{ITEMS}</ol>', "0. 1. 2."),
        (f"<ol reversed>{ITEMS}</ol>", "3. 2. 1."),
        (f'<ol reversed start="10">{ITEMS}</ol>', "10. 9. 8."),
        (f'<ol type="a">{ITEMS}</ol>', "a. b. c."),
        (f'<ol type="I" start="4">{ITEMS}</ol>', "IV. V. VI."),
        ('<ol><li>Salt</li><li value="7">Tax</li><li>Ferry</li></ol>', "1. 7. 8."),
        ('<ol start="3"><li>Salt<ol start="5"><li>Tax</li></ol></li><li>Ferry</li></ol>', "3. 5. 4."),
        (f'<ol start="many" type="?">{ITEMS}</ol>', "1. 2. 3."),
        (f'<ol start="9">{ITEMS}</ol><ol>{ITEMS}</ol>', "9. 10. 11. 1. 2. 3."),
    ],
)
def test_lists_have_the_numbers_that_were_written(html: str, numbers: str) -> None:
    galley = small_galley("salt", f'<article id="salt">{html}</article>', SMALL_PAGE + "li { margin-left: 20mm }")
    [page] = texts(paginate(galley).pdf)
    assert sorted(re.findall(r"\b\w+\.", page)) == sorted(numbers.split())
