"""The sample issue in a reader that knows little CSS and has no mercy with what it doesn't know."""

import zipfile
from pathlib import Path

import pytest

from tests.press.ebook import letters, texts
from tests.press.mupdf import draw

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]


def test_simple_reader_shows_every_word_and_understands_the_styles(sample: Path) -> None:
    epub = sample / "foundations-37.epub"
    drawn = draw(epub)
    assert drawn.complaints == ()
    assert letters("".join(drawn.pages)) == letters("".join(texts(epub).values()))


def test_style_that_it_does_not_know_is_told(sample: Path, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(sample / "foundations-37.epub") as good,
        zipfile.ZipFile(tmp_path / "bad.epub", "w") as bad,
    ):
        for member in good.infolist():
            rule = b'a[epub|type~="noteref"] { color: red }' if member.filename.endswith(".css") else b""
            bad.writestr(member, good.read(member) + rule)
    complaints = draw(tmp_path / "bad.epub").complaints
    assert complaints
    assert all("css syntax error" in complaint for complaint in complaints)
