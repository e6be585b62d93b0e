"""Contact sheets: which pages face each other, how they are laid out, and when an issue is built anew for one."""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from magbuild import contactsheet
from magbuild.contactsheet import FILE, contact_sheet, draw
from magbuild.problem import Report, Stopped
from tests.kit import issue_of
from tests.kit_pages import small_pdf

RED, BLUE, GREEN = "1 0 0 rg", "0 0 1 rg", "0 1 0 rg"


def pages(*colours: str) -> bytes:
    """A PDF with a filled page of each colour, 100 x 150 pt."""
    return small_pdf(*(f"{colour} 0 0 100 150 re f" for colour in colours), media=(0, 0, 100, 150))


def seen(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize(
    ("count", "spreads"),
    [
        (1, [(None, 0)]),
        (2, [(None, 0), (1, None)]),
        (4, [(None, 0), (1, 2), (3, None)]),
        (5, [(None, 0), (1, 2), (3, 4)]),
    ],
)
def test_the_first_page_is_a_right_one_and_pages_face_each_other(
    count: int, spreads: list[tuple[int | None, int | None]]
) -> None:
    assert contactsheet._spreads(count) == spreads


def test_pages_lie_side_by_side_in_their_order_and_the_first_stands_alone() -> None:
    sheet = seen(draw(pages(RED, BLUE, GREEN, RED), 640))
    assert sheet.width == 640
    # Three spreads of 4:3, two to a row: the cover at the right of the first, its left half is the table.
    row = [sheet.getpixel((x, 100)) for x in (80, 240, 400, 560)]
    table = contactsheet.TABLE
    assert [nearest(pixel) for pixel in row] == ["table", "red", "blue", "green"], (row, table)
    below = [sheet.getpixel((x, sheet.height - 100)) for x in (80, 240, 400)]
    assert [nearest(pixel) for pixel in below] == ["red", "table", "table"]


def nearest(pixel: object) -> str:
    inks = {"red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 255, 0), "table": contactsheet.TABLE}
    seen_as = np.asarray(pixel)
    return min(inks, key=lambda name: float(np.abs(np.asarray(inks[name]) - seen_as).sum()))


@pytest.mark.parametrize("count", [1, 2, 7, 40, 52])
def test_a_sheet_is_as_wide_as_was_asked_and_about_half_as_wide_again_as_high(count: int) -> None:
    sheet = seen(draw(pages(*[RED] * count), 900))
    assert sheet.width == 900
    if count > 20:
        assert 1.0 < sheet.width / sheet.height < 2.0


def test_the_same_pages_give_the_same_bytes() -> None:
    assert draw(pages(RED, BLUE), 500) == draw(pages(RED, BLUE), 500)


# --- Built first, or not ---


def screen_beside(folder: Path, out: Path) -> Path:
    shelf = out / folder.name
    shelf.mkdir(parents=True)
    screen = shelf / "foundations-37-screen.pdf"
    screen.write_bytes(pages(RED, BLUE))
    return screen


def test_a_screen_pdf_younger_than_all_it_is_made_of_is_used(tmp_path: Path) -> None:
    folder = issue_of(tmp_path)
    screen = screen_beside(folder, tmp_path / "build")
    later = max(path.stat().st_mtime for path in contactsheet._sources(folder)) + 10
    os.utime(screen, (later, later))
    report = Report()
    file = contact_sheet(folder, tmp_path / "build", report, width=400)
    assert file == tmp_path / "build" / folder.name / FILE
    assert nearest(seen(file.read_bytes()).getpixel((150, 50))) == "red"
    assert list(report) == []


@pytest.mark.parametrize("what", ["037/01-salt.md", "magazine.yaml", "layout/styles/type.css"])
def test_an_issue_that_has_changed_since_is_built_first(tmp_path: Path, what: str) -> None:
    bad = {"037/issue.yaml": "number: seven\npublished: 2026-03-20\n", "layout/styles/type.css": ""}
    folder = issue_of(tmp_path, {"037/01-salt.md": "---\ntitle: Salt\nauthor: Ana\n---\nSalt.\n", **bad})
    screen = screen_beside(folder, tmp_path / "build")
    changed = tmp_path / "issues" / what
    os.utime(screen, (changed.stat().st_mtime - 10,) * 2)
    report = Report()
    with pytest.raises(Stopped):  # it was to be built, which its number doesn't allow
        contact_sheet(folder, tmp_path / "build", report)
    assert "bad-value" in {problem.code for problem in report}
    assert not (tmp_path / "build" / folder.name / FILE).exists()
