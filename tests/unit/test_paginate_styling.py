"""Styles in two parts: the rules, read without fonts, and the fonts behind them."""

import io
from collections.abc import Collection

import pikepdf

from magbuild.compose import FACES
from magbuild.paginate import paginate
from tests.kit_galleys import FONT, small_galley
from tests.kit_pages import fonts

PAGE = "@page { size: 60mm 81mm; margin: 6mm } body { font: 9pt Kit }"
FACE = f'@font-face {{ font-family: Kit; src: url("{FONT.resolve().as_uri()}") }}'


def used(styles: str) -> Collection[str]:
    """Return the names of the fonts in which a line is set."""
    proof = paginate(small_galley("a", "<p>Salt</p>", styles))
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        return set(fonts(pdf))


def test_fonts_behind_the_rules_are_used() -> None:
    assert used(f"{PAGE}{FACES}{FACE}") == used(f"{FACE}{PAGE}") == {"Kit"}


def test_fonts_that_style_files_bring_are_used_too() -> None:
    """They may write their names in any letters."""
    own = FACE.replace("@font-face", "@Font-Face").replace("Kit", "Own")
    assert used(f"{PAGE} {own} p {{ font-family: Own }}{FACES}{FACE}") == {"Own"}


def test_rules_that_are_not_closed_do_not_swallow_the_fonts() -> None:
    assert used(f"{PAGE} p {{ color: red{FACES}{FACE}") == {"Kit"}


def test_what_is_wrong_with_rules_is_told_once() -> None:
    own = FACE.replace("Kit", "Own")
    proof = paginate(small_galley("a", "<p>Salt</p>", f"{PAGE} {own} p {{ colr: red }}{FACES}{FACE}"))
    assert [(problem.code, "colr: red" in problem.message) for problem in proof.problems] == [("layout-style", True)]
