"""The issue with one of each element: its e-book before the judges."""

from pathlib import Path

import pytest

from tests.press.ace import ace
from tests.press.epubcheck import epubcheck

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("elements")]


def test_e_book_passes_epubcheck_and_ace(elements: Path) -> None:
    epub = elements / "the-lantern-5.epub"
    # Every @font-face rule is noted, so that people think twice about embedding fonts.
    assert [str(message) for message in epubcheck(epub, usage=True) if message.code != "CSS-028"] == []
    assert list(map(str, ace(epub))) == []
