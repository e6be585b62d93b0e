"""Every way to spoil a good e-book is caught, and the good one isn't."""

from pathlib import Path

import pytest

from magbuild.checks.ebook import RULES, code_of, inspect
from tests.press.ebook_mutants import MUTANTS, Files, Mutant, unpacked, with_pages, write
from tests.press.epubcheck import epubcheck
from tests.press.test_epub_edition import one_of_everything

# What is done to files as a whole; tests/unit/test_ebook.py does it.
WHOLE_FILES = {"damaged-member", "heavy-book", "not-an-epub", "pages-differ"}

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("ebook")]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("good")
    return with_pages(unpacked(one_of_everything(folder, "en-GB").path))


def test_nothing_is_said_of_the_good_one(tmp_path: Path, good: Files) -> None:
    path = write(good, tmp_path / "good.epub")
    assert [f"{problem.place} {problem.code}: {problem.message}" for problem in inspect(path)] == []
    assert [str(message) for message in epubcheck(path, usage=True) if message.code != "CSS-028"] == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name.replace(" ", "-"))
def test_mutant_is_caught(tmp_path: Path, good: Files, mutant: Mutant) -> None:
    path = write(mutant.change(dict(good)), tmp_path / "mutant.epub")
    found = list(inspect(path))
    assert {problem.code for problem in found} == mutant.codes
    assert all(problem.message and problem.hint for problem in found)


def test_there_is_a_mutant_for_every_check() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 100
    caught = {code for mutant in MUTANTS for code in mutant.codes}
    assert {code_of(rule) for rule in RULES} - caught == WHOLE_FILES
