"""From what is wrong on a page of the print back to the line of the manuscript."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from magbuild.build import build
from magbuild.compose import Galley
from magbuild.copydesk import read
from magbuild.model import EditionName
from magbuild.paginate import set_sheet
from magbuild.preflight import Finding
from magbuild.problem import Place, Problem, Report
from magbuild.source import place_of_words
from magbuild.tracing import trace
from tests.kit import issue_of
from tests.unit.epub_issue import house_font, with_fonts

LETTER = "---\ntitle: {title}\ntype: letters\nauthor: Ada\n---\n\nSir, the road was closed.\n\n{text}\n"
FILES = {
    "037/editorial.md": "---\ntitle: To begin\ntype: editorial\nauthor: Ada\n---\n\nSalt and tea.\n",
    "037/01-road.md": LETTER.format(title="The road", text="![A patch](pictures/fine.png)"),
    "037/02-pass.md": LETTER.format(title="The pass", text="![A patch](pictures/coarse.png)"),
}


def test_a_picture_is_traced_to_the_line_that_names_it(tmp_path: Path) -> None:
    """Two letters share a page: it is the second one's picture that has too few pixels."""
    folder = issue_of(tmp_path, FILES)
    (folder / "pictures").mkdir()
    for name, size in (("fine", 1600), ("coarse", 30)):
        Image.linear_gradient("L").resize((size, size)).convert("RGB").save(folder / "pictures" / f"{name}.png")
    report = Report()
    built = build(folder, tmp_path / "out", report, editions=[EditionName.PRINT], jobs=1)
    (problem,) = [problem for problem in report if problem.code == "low-resolution"]
    assert (problem.place.path, problem.place.line, problem.place.column) == (folder / "02-pass.md", 9, 12)
    certificate = json.loads(next(path for path in built.files if path.suffix == ".json").read_text("utf-8"))
    (told,) = [found for found in certificate["findings"] if found["code"] == "low-resolution"]
    assert told["story"] == {"path": (folder / "02-pass.md").as_posix(), "line": 9}


@pytest.mark.parametrize("apart", [False, True], ids=["a department", "a filler over the page"])
def test_words_are_traced_to_the_line_they_were_typed_on(tmp_path: Path, apart: bool) -> None:
    folder = issue_of(tmp_path, FILES)
    (folder / "02-pass.md").write_text(
        "---\ntitle: The pass\ntype: letters\n---\n\nSir, *salt* came by mule.\n", "utf-8"
    )
    issue, _ = read(folder, Report())
    pdf = tmp_path / "file.pdf"
    pages = '<body><p>one</p><p style="break-before: page">salt came by'
    fonts = with_fonts(house_font("SourceSerifPro-Regular.otf")).font_faces()  # without any the engine breaks down
    page = "@page { size: A5; margin: 20mm } p, body { margin: 0; font-family: Source Serif Pro }"
    pdf.write_bytes(set_sheet(pages, fonts + page, "pages").pdf)
    road = Galley(slug="road", stories=("road",), path=folder / "01-road.md", html="", styles="")
    filler = replace(road, slug="pass/filler-1", stories=(), path=folder / "02-pass.md")
    galleys = (road, filler) if apart else (replace(road, stories=("road", "pass")),)

    def place(page: int, left: float, right: float) -> Place | None:
        found = Problem(Place(pdf, page=page), "hairline", "a line is thin")
        finding = Finding(problem=found, boxes=((left, 19, right, 26),))
        return trace((finding,), issue, pdf, {2: galleys})[0].story

    assert place(2, 19, 60) == Place(folder / "02-pass.md", 6, 7)
    assert place(2, 80, 90) == Place(folder / "01-road.md"), "nothing is printed there"
    assert place(3, 19, 60) is None, "no story stands on that page"


@pytest.mark.parametrize(
    ("printed", "spot"),
    [
        ("Mules carry the salt", (3, 1)),
        ("carry the\nsalt over", (3, 9)),
        ("moun\u00adtains, and", (4, 10)),
        ("the of\ufb01ce pays", (4, 36)),
        ("zebras mules carry", (3, 1)),
        ("of", None),
        ("never typed at all", None),
    ],
)
def test_marks_and_breaks_do_not_matter(tmp_path: Path, printed: str, spot: tuple[int, int] | None) -> None:
    paper = tmp_path / "a.md"
    paper.write_text(
        "---\n\nMules **carry** the [salt](x.md)\nover the mountains, and all of it; the office pays.\n", "utf-8"
    )
    assert place_of_words(printed, paper) == (None if spot is None else Place(paper, *spot))
