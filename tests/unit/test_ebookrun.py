"""What is told of a finished e-book: what nobody has told of yet, at the file's own name."""

import zipfile
from pathlib import Path

from magbuild.build import build
from magbuild.ebookrun import look_at_ebook
from magbuild.model import EditionName
from magbuild.problem import Report
from tests.kit import issue_of, picture

FILES: dict[str, str | bytes | None] = {
    "037/01-salt.md": "---\ntitle: Salt\nauthor: Ada\n---\n\nSalt.\n\n![](salt.jpg)\n",
    "037/salt.jpg": picture(),
}


def test_only_what_is_new_is_told_of_a_finished_e_book(tmp_path: Path) -> None:
    folder, report = issue_of(tmp_path, FILES), Report()
    built = build(folder, tmp_path / "out", report, editions=[EditionName.EPUB], jobs=1)
    [book] = [path for path in built.files if path.suffix == ".epub"]
    assert "missing-alt" in {problem.code for problem in report}  # so that the picture need not be told of again
    assert look_at_ebook(book, folder) == []
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("EPUB/stray.txt", "salt")
    [told] = look_at_ebook(book, folder)
    assert told.place.path.parts[0] == book.name
