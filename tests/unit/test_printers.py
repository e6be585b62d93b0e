"""Printer profiles: the shipped ones hold what they promise, an editor's own are read or refused in plain words."""

import dataclasses
import io
import json
import tempfile
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from magbuild.load import load
from magbuild.load.printers import find_printer, shipped_printers
from magbuild.measure import Length
from magbuild.model import DEFAULT_PRINTER, Edges, Mark, Paper, Printer, Resolution, Standard
from magbuild.problem import Place, Report
from tests.kit import assert_problems, issue_of

NAMES = ("digital", "newspaper", "sheetfed-coated", "uncoated", "web-lwc")
TYPED = Place(Path("magazine.yaml"), 9, 1)


@cache
def shipped(name: str) -> Printer:
    report = Report()
    printer = find_printer(name, None, report)
    assert list(report) == []
    assert printer is not None
    return printer


def own(folder: Path, text: str, name: str = "ours.yaml") -> tuple[Printer | None, list[str]]:
    """Write a printer's sheet, read it, and return it with the problems as `line:column code`."""
    (folder / name).write_text(dedent(text), "utf-8")
    report = Report()
    printer = find_printer(name, folder, report, TYPED)
    for problem in report:
        assert problem.message
        assert problem.hint
    return printer, [
        f"{problem.place.path.name}:{problem.place.line}:{problem.place.column} {problem.code}" for problem in report
    ]


# --- Shipped ---


def test_these_come_with_the_program() -> None:
    assert shipped_printers() == NAMES
    assert DEFAULT_PRINTER in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_printer_has_no_problems_and_its_profile_and_licence(name: str) -> None:
    printer = shipped(name)
    assert printer.name == name
    assert printer.profile.is_file()
    assert printer.standard is Standard.X4
    assert printer.registered
    assert printer.condition
    assert printer.condition_text
    licences = {"ISOcoated_v2_300_bas.icc": "ISOcoated_v2_300_bas.LICENSE.txt"}
    licence = printer.profile.with_name(licences.get(printer.profile.name, "LICENSE.txt")).read_text("utf-8")
    assert "zlib/libpng License" in licence
    if printer.profile.name not in licences:
        assert printer.profile.name in licence


def test_an_empty_name_is_the_usual_printer() -> None:
    assert shipped("") == shipped(" ") == shipped(DEFAULT_PRINTER)


# GWG 2022, columns SheetCMYK, WebCMYK, Newspaper Ads and Digital Print.
@pytest.mark.parametrize(
    ("name", "square_ink", "colour", "line_art", "small"),
    [
        ("sheetfed-coated", 320, (149, 224), (549, 799), 8),
        ("web-lwc", 305, (149, 224), (549, 799), 9),
        ("newspaper", 245, (99, 149), (549, 799), 10),
        ("digital", 320, (95, 149), (349, 599), 5),
    ],
)
def test_limits_are_those_of_the_ghent_workgroup(
    name: str, square_ink: float, colour: tuple[float, float], line_art: tuple[float, float], small: float
) -> None:
    printer = shipped(name)
    assert printer.square_ink == square_ink
    assert (printer.colour.error, printer.colour.warning) == colour
    assert (printer.line_art.error, printer.line_art.warning) == line_art
    assert printer.small.white_text == printer.small.multi_ink_text == small
    assert printer.small.line == 0.25
    assert printer.spots == 0


# --- Their ICC profiles ---


@pytest.mark.parametrize("name", sorted({shipped(name).profile.name for name in NAMES}))
def test_profiles_describe_presses_and_say_where_they_are_from(name: str) -> None:
    path = shipped(DEFAULT_PRINTER).profile.with_name(name)
    data = path.read_bytes()
    assert data[12:16] == b"prtr"
    assert data[16:20] == b"CMYK"
    assert data[8] == 2, "version 2, which every workflow reads"
    assert int.from_bytes(data[:4]) == len(data) <= 1_100_000
    if name != "ISOcoated_v2_300_bas.icc":
        assert len(data) <= 300_000
        assert data[24:36] == bytes([7, 234, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]), "the date is fixed"
        profile = ImageCms.getOpenProfile(str(path))
        assert ImageCms.getProfileDescription(profile).strip().endswith("magbuild")
        assert "zlib licence" in ImageCms.getProfileCopyright(profile)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("intent", [0, 1, 2], ids=["perceptual", "colorimetric", "saturation"])
@pytest.mark.parametrize("flags", [0, 0x2000], ids=["plain", "black-point"])
def test_no_colour_takes_more_ink_than_the_printer_allows(name: str, intent: int, flags: int) -> None:
    printer = shipped(name)
    steps = np.linspace(0, 255, 33).round().astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(33, 33 * 33, 3)
    separated = separation(printer, np.ascontiguousarray(cube), intent, flags)
    assert separated.sum(-1).max() / 2.55 <= printer.total_ink + 0.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("intent", "flags"), [(0, 0), (1, 0x2000)])
def test_darker_greys_never_have_less_black(name: str, intent: int, flags: int) -> None:
    greys = np.repeat(np.arange(255, -1, -1, dtype=np.uint8)[None, :, None], 3, axis=-1)
    black = separation(shipped(name), np.ascontiguousarray(greys), intent, flags)[0, :, 3]
    assert np.diff(black).min() >= -1, "but for rounding"
    assert black[0] == 0
    assert black[-1] > 200


@pytest.mark.parametrize("name", NAMES)
def test_more_black_ink_is_never_lighter(name: str) -> None:
    ramp = np.zeros((1, 256, 4), np.uint8)
    ramp[0, :, 3] = np.arange(256)
    to_lab = ImageCms.buildTransform(
        str(shipped(name).profile), ImageCms.createProfile("LAB"), "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    seen = ImageCms.applyTransform(Image.frombytes("CMYK", (256, 1), ramp.tobytes()), to_lab)
    assert seen is not None
    lightness = np.asarray(seen)[0, :, 0].astype(int)
    assert np.diff(lightness).max() <= 0
    assert lightness[0] > lightness[-1] + 100


def separation(printer: Printer, rgb: Any, intent: int, flags: int) -> Any:
    screen = ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(
        screen,
        str(printer.profile),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent(intent),
        flags=ImageCms.Flags(flags),
    )
    separated = ImageCms.applyTransform(Image.fromarray(rgb), transform)
    assert separated is not None
    return np.asarray(separated).astype(int)


# --- An editor's own ---


def test_an_own_printer_takes_all_that_it_does_not_say_from_the_one_it_extends(tmp_path: Path) -> None:
    printer, problems = own(
        tmp_path,
        """\
        extends: uncoated
        title: Calderhope Press
        bleed: {inside: 0mm}
        mark: crop
        paper: 90
        saddle: {most: 48}
        standard: PDF/X-1a
        total_ink:
        """,
    )
    assert problems == []
    assert printer is not None
    parent = shipped("uncoated")
    assert printer == dataclasses.replace(
        parent,
        name="ours",
        title="Calderhope Press",
        bleed=Edges(top=Length(3), bottom=Length(3), outside=Length(3), inside=Length(0)),
        marks=(Mark.CROP,),
        paper=Paper(grammage=90, volume=1.25),
        saddle=dataclasses.replace(parent.saddle, most=48),
        standard=Standard.X1A,
    )


def test_one_length_is_the_bleed_of_all_edges(tmp_path: Path) -> None:
    printer, problems = own(tmp_path, "extends: digital\nbleed: 5mm\n")
    assert (problems, printer and printer.bleed) == (
        [],
        Edges(top=Length(5), bottom=Length(5), outside=Length(5), inside=Length(5)),
    )


def test_an_own_printer_may_extend_another_own_one_and_marks_may_be_taken_away(tmp_path: Path) -> None:
    own(tmp_path, "extends: digital\nmarks: [crop, slug]\nname: base\n", "base.yaml")
    printer, problems = own(tmp_path, "extends: base.yaml\nmarks: []\n")
    assert problems == []
    assert printer is not None
    assert (printer.name, printer.marks, printer.colour) == ("ours", (), Resolution(error=95, warning=149, most=300))


def test_profiles_are_named_from_the_sheet_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "press.icc").write_bytes(shipped("newspaper").profile.read_bytes())
    printer, problems = own(tmp_path, "extends: newspaper\nprofile: press.icc\n", "printers/ours.yaml")
    assert problems == []
    assert printer is not None
    assert printer.profile == tmp_path / "printers" / "press.icc"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extends: uncoated\ntotal_inc: 280\n", "ours.yaml:2:1 unknown-field"),
        ("extends: uncoated\ntotal_ink: much\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoated\ntotal_ink: nan\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoated\ntotal_ink: 40\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoated\nsafe: 3\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoated\nbleed: wide\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoated\nbleed: {top: 3mm, left: 0mm}\n", "ours.yaml:2:19 unknown-field"),
        ("extends: uncoated\nbleed: 30mm\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoated\nmarks: [crop, bar]\n", "ours.yaml:2:15 bad-value"),
        ("extends: uncoated\nstandard: PDF/X-3\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoated\ncolour: {error: 300}\n", "ours.yaml:2:10 bad-value"),
        ("extends: uncoated\ncolour: {most: 200}\n", "ours.yaml:2:10 bad-value"),
        ("extends: uncoated\nsaddle: {multiple: 0}\n", "ours.yaml:2:10 bad-value"),
        ("extends: uncoated\nsaddle: {least: 80}\n", "ours.yaml:2:10 bad-value"),
        ("extends: uncoated\npaper: {grammage: 90, volume: -1}\n", "ours.yaml:2:23 bad-value"),
        ("extends: uncoated\npaper: [90, 1]\n", "ours.yaml:2:1 bad-value"),
        ("extends: uncoted\n", "ours.yaml:1:1 unknown-printer"),
        ("extends: [uncoated]\n", "ours.yaml:1:1 bad-value"),
        ("extends: none.yaml\n", "ours.yaml:1:1 unknown-printer"),
        ("extends: ours.yaml\n", "ours.yaml:1:1 printer-circle"),
        ("extends: uncoated\nprofile: none.icc\n", "ours.yaml:2:1 missing-profile"),
        ("extends: uncoated\nprofile: ours.yaml\n", "ours.yaml:2:1 bad-profile"),
        ("extends: uncoated\ntotal_ink: 240\n", "ours.yaml:2:1 profile-over-limit"),
        ("extends: *uncoated\n", "ours.yaml:1:10 bad-yaml"),
        ("", "ours.yaml:1:1 bad-yaml"),
    ],
)
def test_every_mistake_has_its_place(tmp_path: Path, text: str, expected: str) -> None:
    _, problems = own(tmp_path, text)
    assert problems == [expected]


def test_a_sheet_that_extends_nothing_must_say_all(tmp_path: Path) -> None:
    printer, problems = own(tmp_path, "title: Calderhope Press\nstandard: PDF/X-4\n")
    assert printer is None
    assert problems == ["ours.yaml:1:1 missing-field"] * 11


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("uncoted", "did you mean 'uncoated'? there are digital, newspaper, sheetfed-coated, uncoated, web-lwc"),
        ("Sheetfed Coated", "did you mean 'sheetfed-coated'?"),
        ("gravure", "there are digital, newspaper"),
        ("printers/none.yaml", "name it from"),
        ("none.YAML", "name it from"),
        ("a\0b.yaml", "name it from"),
        ("x" * 5000 + "/", "name it from"),
    ],
)
def test_unknown_names_are_told_with_what_there_is(tmp_path: Path, name: str, hint: str) -> None:
    report = Report()
    assert find_printer(name, tmp_path, report, TYPED) is None
    (problem,) = report
    assert (problem.code, problem.place) == ("unknown-printer", TYPED)
    assert problem.hint.startswith(hint)


def screen_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("empty", "isn't an ICC profile"),
        ("picture", "isn't an ICC profile"),
        ("cut", "is cut short"),
        ("screen", "describes a monitor, not a press"),
        ("grey", "has the colours GRAY, not CMYK"),
        ("odd", "has the colours ?, not CMYK"),
        ("tables", "its tables are damaged or missing"),
        ("zeros", "its tables are damaged or missing"),
        ("folder", "there is no ICC profile"),
    ],
)
def test_what_is_no_profile_of_a_press_is_refused(tmp_path: Path, fault: str, words: str) -> None:
    good = shipped("uncoated").profile.read_bytes()
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    data = {
        "empty": b"",
        "picture": picture.getvalue(),
        "cut": good[:5000],
        "screen": screen_profile(),
        "grey": good[:16] + b"GRAY" + good[20:],
        "odd": good[:16] + b"\0\1\2\3" + good[20:],
        "tables": good[:132] + good[132:].replace(b"B2A", b"X2X"),
        "zeros": good[:132] + bytes(len(good) - 132),
    }.get(fault)
    if data is None:
        (tmp_path / "press.icc").mkdir()
    else:
        (tmp_path / "press.icc").write_bytes(data)
    (tmp_path / "ours.yaml").write_text("extends: uncoated\nprofile: press.icc\n")
    report = Report()
    find_printer("ours.yaml", tmp_path, report)
    (problem,) = report
    assert words in problem.message
    assert (problem.place.line, problem.place.column) == (2, 1)


# --- In a magazine and an issue ---


@pytest.mark.parametrize("name", [*NAMES, "", "printers/ours.yaml"])
def test_an_issue_names_its_printer(tmp_path: Path, name: str) -> None:
    files: dict[str, str | bytes | None] = {
        "../printers/ours.yaml": "extends: digital\n",
        "magazine.yaml": f"title: x\nlanguage: en\nprinter: {name}\n",
    }
    report = Report()
    issue = load(issue_of(tmp_path, files), report)
    assert_problems(report)
    assert issue is not None
    assert issue.printer == (name or DEFAULT_PRINTER)


def test_the_issue_wins_over_the_magazine(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "magazine.yaml": "title: x\nlanguage: en\nprinter: web-lwc\n",
        "037/issue.yaml": "number: 37\npublished: 2026-03-20\nprinter: uncoated\n",
    }
    issue = load(issue_of(tmp_path, files), Report())
    assert issue is not None
    assert issue.printer == "uncoated"
    assert (issue.printer_place.path.name, issue.printer_place.line) == ("issue.yaml", 3)


def test_printers_that_are_not_there_are_told_when_an_issue_is_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "magazine.yaml": "title: x\nlanguage: en\nprinter: web-lcw\n",
        "037/issue.yaml": "number: 37\npublished: 2026-03-20\nprinter: ours.yaml\n",
    }
    report = Report()
    load(issue_of(tmp_path, files), report)
    assert_problems(report, "037/issue.yaml:3:1 unknown-printer", "magazine.yaml:3:1 unknown-printer")


def test_pages_that_bleed_less_than_the_printer_asks_for_are_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "../ours.yaml": "extends: digital\nbleed: {top: 5mm}\n",
        "magazine.yaml": "title: x\nlanguage: en\nprinter: ours.yaml\n",
    }
    report = Report()
    load(issue_of(tmp_path, files), report)
    assert_problems(report, "magazine.yaml:3:1 little-bleed")
    assert not report.failed


# --- Anything at all ---

FIELDS = st.sampled_from([field.name for field in dataclasses.fields(Printer)] + ["extends"])
ANYTHING = st.recursive(
    st.none()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["5mm", "uncoated", "crop", "100"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS | st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(FIELDS, ANYTHING, max_size=5), st.booleans())
def test_no_sheet_makes_it_raise(data: dict[str, Any], extends: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sheet = {"extends": "uncoated", **data} if extends else data
        (Path(folder) / "ours.yaml").write_text(json.dumps(sheet), "utf-8")
        report = Report()
        printer = find_printer("ours.yaml", Path(folder), report)
        assert printer is not None or report.failed


@settings(deadline=None, max_examples=25)
@given(st.binary(max_size=300), st.integers(0, 40_000), st.integers(0, 10**6))
def test_no_profile_makes_it_raise(junk: bytes, at: int, end: int) -> None:
    good = shipped("uncoated").profile.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "press.icc").write_bytes((good[:at] + junk + good[at + len(junk) :])[:end])
        (Path(folder) / "ours.yaml").write_text("extends: uncoated\nprofile: press.icc\n")
        report = Report()
        find_printer("ours.yaml", Path(folder), report)
        for problem in report:
            assert problem.code in ("bad-profile", "profile-over-limit")
