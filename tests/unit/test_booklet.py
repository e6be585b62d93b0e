"""Pages on sheets: the right ones side by side, in their place to a hundredth of a millimetre, colours untouched."""

import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from magbuild.cli import main
from magbuild.editions.booklet import Imposed, impose
from magbuild.imposition import saddle
from magbuild.measure import Length
from magbuild.pdfx import finish_x4, save_x4
from magbuild.problem import Problem, Report
from tests.kit_galleys import small_issue
from tests.kit_pages import MM, Box, approx_box, assert_pixels, box, letters, small_pdf, texts
from tests.kit_print import complaints, printer_with
from tests.unit.test_pdfx import STAMP

TRIM = (3 * MM, 3 * MM, 63 * MM, 93 * MM)  # 60 by 90 mm with a bleed of 3 mm
SHEET = (0.0, 0.0, 66 * MM, 96 * MM)
BOXES: Mapping[str, Box] = {"TrimBox": TRIM, "BleedBox": SHEET}


def pages_of(number: int, content: str = "", boxes: Mapping[str, Box] = BOXES, media: Box = SHEET) -> bytes:
    """Return a PDF whose pages say their number: "page 7."."""
    data = small_pdf(*[f"{content} BT /F 12 Tf 40 40 Td (page {n}.) Tj ET" for n in range(1, number + 1)], media=media)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        helvetica = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for page in pdf.pages:
            page.obj.Resources.Font = Dictionary(F=helvetica)
            for name, edges in boxes.items():
                page.obj[f"/{name}"] = Array(list(edges))
        packed = io.BytesIO()
        pdf.save(packed, deterministic_id=True)
    return packed.getvalue()


def imposed(
    folder: Path, data: bytes, *, signature: int | None = None, thickness: float = 0.1, marks: bool = False
) -> tuple[Imposed | None, Path, list[Problem]]:
    (folder / "issue.pdf").write_bytes(data)
    report, target = Report(), folder / "sheets.pdf"
    found = impose(folder / "issue.pdf", target, report, signature=signature, thickness=Length(thickness), marks=marks)
    assert list(folder.glob(".*")) == []
    assert target.exists() == (found is not None)
    return found, target, list(report)


def halves(path: Path) -> list[tuple[str, str]]:
    """Return what stands on the left and on the right of each sheet's side."""
    document = pypdfium2.PdfDocument(path)
    try:
        found = []
        for sheet in document:
            width, height = sheet.get_size()
            text = sheet.get_textpage()
            left = text.get_text_bounded(0, 0, width / 2, height).strip()
            found.append((left, text.get_text_bounded(width / 2, 0, width, height).strip()))
        return found
    finally:
        document.close()


def said(page: int | None) -> str:
    return "" if page is None else f"page {page}."


# --- Which page where ---


def test_a_booklet_of_sixteen_pages(tmp_path: Path) -> None:
    found, path, problems = imposed(tmp_path, pages_of(16))
    assert problems == []
    assert found == Imposed(pages=16, blanks=0, signatures=1, sheets=4)
    assert halves(path) == [
        ("page 16.", "page 1."),
        ("page 2.", "page 15."),
        ("page 14.", "page 3."),
        ("page 4.", "page 13."),
        ("page 12.", "page 5."),
        ("page 6.", "page 11."),
        ("page 10.", "page 7."),
        ("page 8.", "page 9."),
    ]


def test_signatures_of_eight(tmp_path: Path) -> None:
    found, path, problems = imposed(tmp_path, pages_of(12), signature=8)
    assert problems == []
    assert found == Imposed(pages=12, blanks=0, signatures=2, sheets=3)
    assert halves(path)[:2] == [("page 8.", "page 1."), ("page 2.", "page 7.")]
    assert halves(path)[4:] == [("page 12.", "page 9."), ("page 10.", "page 11.")]


@pytest.mark.parametrize(
    ("pages", "words"), [(5, "3 blank pages are"), (7, "1 blank page is"), (1, "3 blank pages are")]
)
def test_blanks_are_added_and_told(tmp_path: Path, pages: int, words: str) -> None:
    found, path, (problem,) = imposed(tmp_path, pages_of(pages))
    assert found is not None
    assert found.blanks == -pages % 4
    assert (problem.code, problem.severity) == ("blanks-added", "warning")
    assert words in problem.message
    assert halves(path) == [(said(side.left), said(side.right)) for side in saddle(pages)]


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 40), st.sampled_from([None, 4, 8, 16]))
def test_every_page_is_there_once(pages: int, signature: int | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, path, _ = imposed(Path(folder), pages_of(pages), signature=signature)
        words = " ".join(texts(path.read_bytes())).split("page ")[1:]
        assert sorted(int(word.strip(" .\r\n")) for word in words) == list(range(1, pages + 1))


# --- Where exactly ---


def placings(path: Path) -> list[dict[str, tuple[float, float]]]:
    """Return for each side the lower left corners of the trims of its two pages, in mm from the foot of the fold."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            left, bottom, right, _ = box(page, "TrimBox")
            placed, matrix = {}, (0.0, 0.0)
            for each in pikepdf.parse_content_stream(page, "cm Do"):
                if str(each.operator) == "cm":
                    matrix = (float(each.operands[4]), float(each.operands[5]))
                elif (name := str(each.operands[0])) in ("/Left", "/Right"):
                    x, y = matrix[0] + TRIM[0] - (left + right) / 2, matrix[1] + TRIM[1] - bottom
                    placed[name] = (round(x / MM, 3), round(y / MM, 3))
            found.append(placed)
    return found


def test_pages_meet_at_the_fold_and_inner_ones_move_towards_it(tmp_path: Path) -> None:
    _, path, _ = imposed(tmp_path, pages_of(16), thickness=0.25)
    for index, placed in enumerate(placings(path)):
        creep = index // 2 * 0.25
        assert placed == {"/Left": (-60 + creep, 0), "/Right": (-creep, 0)}


def test_the_sheet_is_two_trims_wide_with_the_bleed_round_it(tmp_path: Path) -> None:
    _, path, _ = imposed(tmp_path, pages_of(4))
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            assert approx_box(box(page, "TrimBox"), 3 * MM, 3 * MM, 123 * MM, 93 * MM)
            assert approx_box(box(page, "BleedBox"), 0, 0, 126 * MM, 96 * MM)
            assert box(page, "MediaBox") == box(page, "BleedBox")


def test_without_boxes_the_page_is_the_trim(tmp_path: Path) -> None:
    _, path, _ = imposed(tmp_path, pages_of(4, boxes={}))
    with pikepdf.open(path) as pdf:
        assert approx_box(box(pdf.pages[0], "MediaBox"), 0, 0, 132 * MM, 96 * MM)


def test_nothing_is_drawn_over_the_fold(tmp_path: Path) -> None:
    """Left pages blue, right pages red, all bleeding on every side, and the innermost moved by a square of 3 mm."""
    colours = ["0 0 1 rg" if number % 2 == 0 else "1 0 0 rg" for number in range(1, 9)]
    data = small_pdf(*[f"{colour} -99 -99 999 999 re f" for colour in colours], media=SHEET, boxes=BOXES)
    _, path, _ = imposed(tmp_path, data, thickness=3)
    sides = path.read_bytes()
    assert_pixels(sides, ("B" * 21 + "R" * 21 + "\n") * 32, page=0)
    # Creep takes the bleed with it.
    assert_pixels(sides, ("_" + "B" * 20 + "R" * 20 + "_\n") * 32, page=2)


def test_marks_stand_outside_and_name_the_sheet(tmp_path: Path) -> None:
    _, plain, _ = imposed(tmp_path, pages_of(8))
    with pikepdf.open(plain) as pdf:
        bleed = box(pdf.pages[0], "BleedBox")
    _, path, _ = imposed(tmp_path, pages_of(8), marks=True)
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            media = box(page, "MediaBox")
            assert media[:2] == (0, 0)
            found = box(page, "BleedBox")
            assert approx_box((0, 0, found[2] - found[0], found[3] - found[1]), *bleed)
            assert approx_box((0, 0, *media[2:]), 0, 0, bleed[2] + 14 * MM, bleed[3] + 14 * MM)


# --- What stays as it was ---


def test_turned_pages_are_used_as_they_are_seen(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pages_of(4, boxes={}, media=(0, 0, 300, 200)))) as pdf:
        for page in pdf.pages:
            page.obj.Rotate = 90
        packed = io.BytesIO()
        pdf.save(packed)
    _, path, problems = imposed(tmp_path, packed.getvalue())
    assert problems == []
    with pikepdf.open(path) as pdf:
        assert approx_box(box(pdf.pages[0], "MediaBox"), 0, 0, 400, 300)
        assert "/Rotate" not in pdf.pages[0].obj


def test_colours_output_intent_and_version_stay(tmp_path: Path) -> None:
    issue = small_issue()
    with pikepdf.open(io.BytesIO(pages_of(4, "0 1 0 0 k 0 0 9 9 re f"))) as pdf:
        finish_x4(pdf, printer_with(), issue, STAMP, "Print edition")
        save_x4(pdf, tmp_path / "x4.pdf")
    _, path, problems = imposed(tmp_path, (tmp_path / "x4.pdf").read_bytes(), marks=True)
    assert problems == []
    with pikepdf.open(path) as pdf:
        assert pdf.pdf_version == "1.6"
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == printer_with().profile.read_bytes()
        assert b"0 1 0 0 k" in pdf.pages[0].obj.Resources.XObject.Left.read_bytes()
        assert str(pdf.docinfo.Title) == "Salt 1"
    assert b"PDF/X-4" in path.read_bytes(), "the XMP is there, and not compressed"


def test_other_claims_end_with_the_pages(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pages_of(4))) as pdf:
        with pdf.open_metadata() as xmp:
            xmp["pdfuaid:part"] = "1"
        pdf.docinfo.Title = "Salt"
        pdf.docinfo.Odd = Dictionary()
        packed = io.BytesIO()
        pdf.save(packed)
    _, path, _ = imposed(tmp_path, packed.getvalue())
    with pikepdf.open(path) as pdf:
        assert "/Metadata" not in pdf.Root
        assert str(pdf.docinfo.Title) == "Salt"
        assert "/Odd" not in pdf.docinfo


@pytest.mark.parametrize("space", ["/DeviceCMYK", "/DeviceRGB"])
def test_pages_blend_as_they_did(tmp_path: Path, space: str) -> None:
    with pikepdf.open(io.BytesIO(pages_of(4))) as pdf:
        pdf.pages[2].obj.Group = Dictionary(S=Name.Transparency, CS=Name(space))
        packed = io.BytesIO()
        pdf.save(packed)
    _, path, _ = imposed(tmp_path, packed.getvalue())
    with pikepdf.open(path) as pdf:
        assert str(pdf.pages[0].obj.Group.CS) == space
        assert "/Group" in pdf.pages[1].obj.Resources.XObject.Right


def test_what_is_filled_into_forms_is_printed(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pages_of(4))) as pdf:
        look = pdf.make_stream(b"0 0 1 rg 0 0 170 255 re f", Subtype=Name.Form, BBox=Array([0, 0, 170, 255]))
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, Rect=Array([8.5, 8.5, 178.5, 263.5]))
        field.AP = Dictionary(N=look)
        field.FT = Name.Tx
        field.T = "name"
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)
        packed = io.BytesIO()
        pdf.save(packed)
    _, path, _ = imposed(tmp_path, packed.getvalue())
    assert "B" in letters(path.read_bytes(), 21)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        _, path, _ = imposed(tmp_path, pages_of(8), marks=True)
        found.append(path.read_bytes())
    assert found[0] == found[1]


# --- What can't be imposed ---


def locked(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        packed = io.BytesIO()
        pdf.save(packed, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return packed.getvalue()


def with_boxes(*boxes: Sequence[object]) -> bytes:
    with pikepdf.open(io.BytesIO(pages_of(len(boxes), boxes={}))) as pdf:
        for page, edges in zip(pdf.pages, boxes, strict=True):
            page.obj.TrimBox = Array(list(edges))
        packed = io.BytesIO()
        pdf.save(packed)
    return packed.getvalue()


WHOLE = [0, 0, 66 * MM, 96 * MM]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("empty", "unreadable-pdf None"),
        ("text", "unreadable-pdf None"),
        ("locked", "locked-pdf None"),
        ("no pages", "unreadable-pdf None"),
        ("sizes", "page-sizes-differ 3"),
        ("no size", "unreadable-pdf 2"),
        ("three edges", "unreadable-pdf None"),
        ("words", "unreadable-pdf None"),
        ("units", "page-sizes-differ 2"),
    ],
)
def test_what_cannot_be_imposed_is_a_problem_and_nothing_is_written(tmp_path: Path, fault: str, expected: str) -> None:
    packed = io.BytesIO()
    if fault == "no pages":
        pikepdf.new().save(packed)
    elif fault == "units":
        with pikepdf.open(io.BytesIO(pages_of(4))) as pdf:
            pdf.pages[1].obj.UserUnit = 2
            pdf.save(packed)
    data = {
        "empty": b"",
        "text": b"Dear editor,\n",
        "locked": locked(pages_of(4)),
        "sizes": with_boxes(WHOLE, WHOLE, [0, 0, 60 * MM, 96 * MM], WHOLE),
        "no size": with_boxes(WHOLE, [5, 5, 5, 90]),
        "three edges": with_boxes([0, 0, 9]),
        "words": with_boxes([0, 0, Name.Wide, 9]),
    }.get(fault, packed.getvalue())
    found, _, (problem,) = imposed(tmp_path, data)
    assert found is None
    assert f"{problem.code} {problem.place.page}" == expected
    assert problem.message
    assert problem.hint


def test_sheets_too_thick_to_lie_within_each_other(tmp_path: Path) -> None:
    found, _, (problem,) = imposed(tmp_path, pages_of(16), thickness=3)
    assert found is None
    assert problem.code == "too-much-creep"


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 3000), st.binary(max_size=40), st.integers(0, 3000))
def test_damaged_files_never_raise(at: int, junk: bytes, end: int) -> None:
    data = pages_of(5)
    damaged = (data[:at] + junk + data[at + len(junk) :])[: max(0, len(data) - end)]
    with tempfile.TemporaryDirectory() as folder:
        found, _, problems = imposed(Path(folder), damaged)
        assert found is not None or problems


# --- The command ---


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["impose", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def test_the_command_writes_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pages_of(16))
    code, output = run(tmp_path / "a.pdf")
    assert code == 0
    assert "4 sheets" in output
    assert len(halves(tmp_path / "a-booklet.pdf")) == 8


def test_the_command_takes_signatures_thickness_marks_and_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pages_of(12))
    target = tmp_path / "b.pdf"
    code, output = run(tmp_path / "a.pdf", "--signature", "4", "--paper-thickness", "0.2 mm", "--marks", "-o", target)
    assert code == 0
    assert "3 sheets, 3 signatures, 12 pages" in output
    assert target.exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--saddle", "--signature", "8"], "either"),
        (["--signature", "6"], "multiple of 4"),
        (["--signature", "0"], "range"),
        (["--paper-thickness", "thin"], "not a length"),
        (["-o", "a.pdf"], "the one that is read"),
        (["-o", "none/b.pdf"], "no such file"),
        (["-o", "."], "none"),
    ],
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], expected: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.pdf").write_bytes(pages_of(4))
    code, output = run("a.pdf", *words)
    assert code in (1, 2)
    assert expected in output or expected == "none"
    assert Path("a.pdf").read_bytes() == pages_of(4)
    assert sorted(path.name for path in Path().iterdir()) == ["a.pdf"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, output = run(tmp_path / "none.pdf")
    assert code == 1
    assert "no such file" in output
    code, output = run(tmp_path)
    assert code == 1


@pytest.mark.slow
def test_tools_of_printers_find_nothing(tmp_path: Path) -> None:
    for marks in (False, True):
        _, path, _ = imposed(tmp_path, pages_of(16, "0 0.5 0.5 0 k -9 -9 999 999 re f 0 0 0 1 k"), marks=marks)
        assert complaints(path) == []
