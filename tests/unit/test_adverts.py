"""Supplied artwork that won't fit its place."""

import io
from pathlib import Path

import pikepdf
import pytest

from tests.kit import assert_problems, issue_of, read_issue

A4 = (595.276, 841.89)
BLEED = 8.504


def artwork(width: float = A4[0], height: float = A4[1], bleed: float = BLEED, pages: int = 1) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(width + 2 * bleed, height + 2 * bleed))
        page = pdf.pages[-1].obj
        page.TrimBox = pikepdf.Array([bleed, bleed, bleed + width, bleed + height])
        page.BleedBox = pikepdf.Array([0, 0, width + 2 * bleed, height + 2 * bleed])
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def advert(size: str = "full") -> str:
    return (
        f"---\ntitle: Tea\ntype: advert\nadvert:\n  size: {size}\n"
        "  artwork: {file: adverts/tea.pdf, alt: Buy tea}\n---\n"
    )


@pytest.mark.parametrize(
    ("data", "size", "codes"),
    [
        (artwork(), "full", ()),
        (artwork(pages=2), "full", ("advert-pages",)),
        (artwork(*A4[::-1]), "full", ("advert-proportion",)),
        (artwork(bleed=0), "full", ("advert-without-bleed",)),
        (artwork(300, 200, bleed=0), "half", ()),
        (artwork(300, 200, bleed=0, pages=3), "half", ("advert-pages",)),
    ],
)
def test_artwork(tmp_path: Path, data: bytes, size: str, codes: tuple[str, ...]) -> None:
    files = {"037/01-salt.md": "---\ntitle: Salt\nauthor: Ana\n---\nSalt.\n", "037/02-tea.md": advert(size)}
    folder = issue_of(tmp_path, {**files, "037/adverts/tea.pdf": data})
    assert_problems(read_issue(folder), *(f"037/02-tea.md:6:3 {code}" for code in codes))
