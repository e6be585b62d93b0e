"""PDFs for readers: a file of each story."""

from pathlib import Path

import pikepdf
from PIL import Image

from magbuild.build import build
from magbuild.model import EditionName
from magbuild.problem import Report
from tests.kit import issue_of
from tests.unit.test_finishing import FILES, TEXT


def test_each_story_can_be_had_by_itself(tmp_path: Path) -> None:
    picture = tmp_path / "issues" / "037" / "a.png"
    files = FILES | {"037/02-tea.md": f"---\ntitle: Tea\nauthor: Ada\n---\n\n![](a.png)\n\n{TEXT}\n"}
    folder = issue_of(tmp_path, files)
    Image.new("RGB", (9, 9)).save(picture)
    built = build(folder, tmp_path / "out", Report(), editions=[EditionName.STORY], jobs=1)
    names = [str(path.relative_to(tmp_path / "out" / "037")) for path in built.files]
    stories = [f"stories/{slug}.pdf" for slug in ("editorial", "salt", "tea", "ink")]
    assert names == [*stories, "cover.jpg", "typography.json", "problems.json"]
    accessible = {}
    for path in built.files[:4]:
        with pikepdf.open(path) as pdf:
            accessible[path.stem] = b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    # Only the story with a picture that says nothing can't claim it.
    assert accessible == {"editorial": True, "salt": True, "tea": False, "ink": True}
