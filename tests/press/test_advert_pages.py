"""A small issue with adverts of every size, built whole: who stands on which page, and how large."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from magbuild.build import build
from magbuild.cli import main
from magbuild.problem import Report
from tests.kit import assert_problems, issue_of
from tests.kit_pages import MM, annotations, check_structure, elements, letters, placed_forms, small_pdf, texts

pytestmark = pytest.mark.slow

TRIM = (148, 210)
COLOURS = {"R": "1 0 0", "G": "0 1 0", "B": "0 0 1", "Y": "1 1 0"}
BOOKINGS = """
number: 37
published: 2026-03-20
running_order: [contents, essay, letters, imprint]
adverts:
  - {client: Front, position: inside-front, artwork: {file: R.pdf, alt: Red}, link: red.example}
  - {client: Wide, size: spread, position: page 6, artwork: {file: wide.pdf, alt: Wide river}, link: wide.example}
  - {client: Pair, size: spread, position: any, artwork: {file: pair.pdf, alt: Pair of boots}}
  - {client: Left, size: half-vertical, position: page 5, artwork: {file: upright.pdf, alt: Left}}
  - {client: Upper, size: quarter, position: page 5, artwork: {file: quarter.pdf, alt: Upper}}
  - {client: Lower, size: quarter, position: page 5, artwork: {file: quarter.pdf, alt: Lower}}
  - {client: Foot, size: third, position: after letters, artwork: {file: third.pdf, alt: Foot}, link: foot.example}
  - {client: Back, position: back-cover, artwork: {file: B.pdf, alt: Blue}}
"""


def filled(width: float, height: float, colours: str, bleed: float = 3, pages: int = 1) -> bytes:
    """Return artwork of a size in mm that is filled, bleed included, with colours side by side."""
    w, h, b = width * MM, height * MM, bleed * MM
    each = (w + 2 * b) / len(colours)
    parts = [f"{COLOURS[c]} rg {at * each:.4f} 0 {each:.4f} {h + 2 * b:.4f} re f" for at, c in enumerate(colours)]
    contents = ["\n".join(parts)] if pages == 1 else [f"{COLOURS[c]} rg 0 0 999 999 re f" for c in colours]
    whole = (0, 0, w + 2 * b, h + 2 * b)
    return small_pdf(*contents, media=whole, boxes={"TrimBox": (b, b, w + b, h + b), "BleedBox": whole})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    essay = "One two three four five six seven eight nine ten. " * 470
    files: dict[str, str | bytes] = {
        "magazine.yaml": "title: Salt\nlanguage: en-GB\ntrim: A5\nbleed: 3mm\nbinding: saddle\n"
        "colours: {ink: {screen: '#1c1a19', print: [0, 0, 0, 100]}}\n",
        "037/issue.yaml": BOOKINGS,
        "037/01-essay.md": f"---\ntitle: Essay\nauthor: Ana Lima\n---\n{essay}\n",
        "037/02-letters.md": f"---\ntitle: Letters\ntype: letters\n---\nDear all. {essay[:300]}\n",
        "037/R.pdf": filled(*TRIM, "R"),
        "037/B.pdf": filled(*TRIM, "B"),
        "037/wide.pdf": filled(2 * TRIM[0], TRIM[1], "GB"),
        "037/pair.pdf": filled(*TRIM, "YR", pages=2),
        "037/upright.pdf": filled(54, 165, "R", bleed=0),
        "037/quarter.pdf": filled(54, 79, "G", bleed=0),
        "037/third.pdf": filled(114, 51, "Y", bleed=0),
    }
    return issue_of(tmp_path_factory.mktemp("adverts"), files)


@pytest.fixture(scope="module")
def shelf(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = Report()
    out = tmp_path_factory.mktemp("out")
    build(folder, out, report, jobs=1)
    assert_problems(report)
    return out / "037"


@pytest.fixture
def screen(shelf: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(shelf / "salt-37-screen.pdf") as pdf:
        yield pdf


def test_every_advert_is_on_its_page(shelf: Path) -> None:
    screen = (shelf / "salt-37-screen.pdf").read_bytes()
    inked = ["".join(sorted(set(letters(screen, 37, page)) & set(COLOURS))) for page in range(len(texts(screen)))]
    assert (inked[1], inked[4], inked[5], inked[6], inked[-1]) == ("R", "GR", "G", "B", "B")
    verso, recto = inked.index("Y"), inked.index("R", 2)
    assert (verso % 2, recto) == (1, verso + 1)  # page numbers are one more
    foot = next(page for page, text in enumerate(texts(screen)) if "Dear all" in text)
    assert inked[foot] == "Y"
    assert texts(screen)[4].split() == ["Advertisement"]


def edges_of(printed: Path, number: int) -> list[tuple[float, ...]]:
    """Return what of artwork shows on a printed page: left, bottom, right and top in mm from its trim's corner."""
    found = []
    with pikepdf.open(printed) as pdf:
        for form, matrix in placed_forms(pdf.pages[number - 1]):
            if "/Matrix" in form:
                left, bottom, right, top = (float(edge) for edge in form.BBox)
                onto = pikepdf.Matrix(form.Matrix) @ matrix
                corners = (*onto.transform((left, bottom)), *onto.transform((right, top)))
                found.append(tuple(edge / MM for edge in corners))
    return found


@pytest.mark.parametrize(
    ("page", "edges"),
    [
        (2, [(-3, -3, 151, 213)]),
        (6, [(-3, -3, 148, 213)]),  # no bleed at the gutter
        (7, [(0, -3, 151, 213)]),
        (5, [(17, 23, 71, 188), (77, 109, 131, 188), (77, 23.4, 131, 102.4)]),
    ],
)
def test_artwork_lies_on_its_place_to_a_tenth_of_a_millimetre(
    shelf: Path, page: int, edges: list[tuple[float, ...]]
) -> None:
    found = edges_of(shelf / "salt-37-print.pdf", page)
    for one, other in zip(found, edges, strict=True):
        assert one == pytest.approx(other, abs=0.1)


def test_the_story_goes_on_round_the_adverts(screen: pikepdf.Pdf) -> None:
    check_structure(screen)
    words = [text.split() for text in texts_of(screen)]
    assert words[3].count("ten.") > 10
    assert words[7].count("ten.") > 10
    assert words[5] == words[6] == []


def texts_of(pdf: pikepdf.Pdf) -> list[str]:
    packed = io.BytesIO()
    pdf.save(packed)
    return texts(packed.getvalue())


def test_words_and_links_of_adverts(screen: pikepdf.Pdf) -> None:
    alts = [str(element.Alt) for element in elements(screen.Root.StructTreeRoot) if "/Alt" in element]
    assert sorted(alts) == ["Blue", "Foot", "Left", "Lower", "Pair of boots", "Red", "Upper", "Wide river"]
    (link,) = annotations(screen.pages[1])
    assert (str(link.A.URI), str(link.Contents)) == ("https://red.example", "Front: red.example")
    assert [float(edge) for edge in link.Rect] == pytest.approx([-3 * MM, 213 * MM, 151 * MM, -3 * MM], abs=0.1)
    assert [len(annotations(screen.pages[number])) for number in (5, 6)] == [1, 1]


def test_on_screens_artwork_is_pictures(screen: pikepdf.Pdf) -> None:
    kinds = {str(drawn.Subtype) for drawn in screen.pages[1].obj.Resources.XObject.values() if "/BBox" not in drawn}
    assert kinds == {"/Image"}


def test_in_the_e_book_they_are_pictures_with_words_and_links(shelf: Path) -> None:
    with zipfile.ZipFile(shelf / "salt-37.epub") as book:
        page = book.read(next(name for name in book.namelist() if name.endswith("wide.xhtml"))).decode()
        assert 'alt="Wide river"' in page
        assert 'href="https://wide.example"' in page
        for name in ("wide", "pair"):
            (stored,) = (entry for entry in book.namelist() if Path(entry).stem == name and ".xhtml" not in entry)
            with Image.open(io.BytesIO(book.read(stored))) as opened:
                image = opened.convert("RGB")
            assert image.width / image.height == pytest.approx(2 * TRIM[0] / TRIM[1], rel=0.01)
            assert image.getpixel((50, 50)) != image.getpixel((image.width - 50, 50))


def test_the_index_lists_them_by_page(folder: Path) -> None:
    result = CliRunner().invoke(main, ["adverts", str(folder), "--format", "json", "-j", "1"])
    assert result.exit_code == 0, result.output
    found = {entry["client"]: entry for entry in json.loads(result.output)}
    assert list(found)[:5] == ["Front", "Left", "Lower", "Upper", "Wide"]
    assert (found["Front"]["pages"], found["Wide"]["pages"], found["Upper"]["pages"]) == ([2], [6, 7], [5])
    assert found["Foot"]["pages"]
    assert {entry["state"] for entry in found.values()} == {"placed"}
    assert (found["Wide"]["width_mm"], found["Wide"]["height_mm"]) == (296, 210)
