"""Adverts: what each size measures, where it lies, and supplied artwork that won't fit."""

import io
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest

from magbuild.adverts import Rooms, fit_of, rooms_of, supplied_artwork
from magbuild.artwork import Part
from magbuild.layout import LayoutMistake, find_layout, shipped_layouts
from magbuild.measure import Length, Size
from magbuild.model import Advert, AdvertSize, Artwork, StoryType
from magbuild.problem import Report
from tests.kit import assert_problems, issue_of, picture, read_issue
from tests.kit_galleys import small_issue, small_layout, small_story
from tests.kit_pages import MM

A4 = Size(Length(210), Length(297))
ROOMS = Rooms(trim=A4, area=Size(Length(176), Length(252.25)), gap=Length(6))


# --- Sizes and places ---


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ("full", 210, 297),
        ("spread", 420, 297),
        ("half-horizontal", 176, 123),
        ("half-vertical", 85, 252),
        ("third", 176, 80),
        ("quarter", 85, 123),
    ],
)
def test_sizes_follow_from_the_trim_and_the_type_area(size: str, width: float, height: float) -> None:
    assert ROOMS.size(AdvertSize(size)) == Size(Length(width), Length(height))


def test_adverts_on_a_page_lie_in_the_type_area_with_a_gap_between() -> None:
    ((one, two, three),) = ROOMS.pages([AdvertSize.QUARTER, AdvertSize.HALF, AdvertSize.QUARTER])
    assert (one.index, one.css) == (1, "left:0mm;top:0mm;width:176mm;height:123mm")
    assert (two.index, two.css) == (0, "left:0mm;top:129.125mm;width:85mm;height:123mm")
    assert (three.index, three.css) == (2, "left:91mm;top:129.125mm;width:85mm;height:123mm")
    assert [(spot.beside, spot.below) for spot in (one, two, three)] == [(False, False), (False, True), (True, True)]


def test_adverts_in_rows_stand_side_by_side_or_in_the_middle() -> None:
    sizes = [AdvertSize.QUARTER, AdvertSize.THIRD, AdvertSize.QUARTER, AdvertSize.QUARTER]
    rows = ROOMS.rows(sizes)
    assert [[(spot.index, spot.left.mm, spot.top.mm) for spot in row] for row in rows] == [
        [(1, 0, 0)],
        [(0, 0, 0), (2, 91, 0)],
        [(3, 45.5, 0)],
    ]


def test_the_house_layout_says_its_type_area() -> None:
    layout = find_layout("house", shipped_layouts().parent, Path("nowhere"), Report())
    rooms = rooms_of(small_issue(magazine={"trim": A4}), layout)
    assert rooms == ROOMS


def test_a_layout_that_says_it_otherwise_wins_and_comments_say_nothing(tmp_path: Path) -> None:
    tokens = ":root { --side: 10mm; --top: 1in; --foot: 20mm; --gap: 0.5cm; /* --side: 99mm; */ --inside: 30mm }"
    layout = small_layout(tmp_path / "kit", {}, {"tokens": tokens})
    rooms = rooms_of(small_issue(magazine={"trim": Size(Length(100), Length(200))}), layout)
    assert rooms.area == Size(Length(80), Length(200 - 25.4 - 20))
    assert rooms.gap == Length(5)


def test_margins_that_cannot_be_told_are_a_mistake_of_the_layout(tmp_path: Path) -> None:
    layout = small_layout(tmp_path / "kit", {}, {"tokens": ":root { --side: calc(3mm + 1pt) }"})
    with pytest.raises(LayoutMistake) as mistake:
        rooms_of(small_issue(), layout)
    assert mistake.value.problem.code == "layout-style"
    assert "--side is 'calc(3mm + 1pt)'" in mistake.value.problem.message


@pytest.mark.parametrize("trim", [(50, 50), (40, 1200), (1, 1)])
def test_no_advert_is_without_a_size_however_small_the_page(trim: tuple[float, float]) -> None:
    rooms = Rooms(trim=Size(Length(trim[0]), Length(trim[1])), area=Size(Length(-3), Length(4)), gap=Length(6))
    for size in AdvertSize:
        assert rooms.size(size).width.mm >= 1
        assert rooms.size(size).height.mm >= 1


# --- Supplied artwork ---


def test_the_halves_of_a_spread_bleed_outwards_and_not_at_the_gutter() -> None:
    advert = Advert(size=AdvertSize.SPREAD, artwork=Artwork(file="a.pdf"))
    story = small_story("ad", type=StoryType.ADVERT, advert=advert)
    verso, recto = supplied_artwork(small_issue(story), story)
    assert (verso.part, verso.address) == (Part.VERSO, "artwork:ad.verso")
    assert (recto.part, recto.address) == (Part.RECTO, "artwork:ad.recto")
    assert verso.bleed == pytest.approx((3 * MM, 3 * MM, 0, 3 * MM))
    assert recto.bleed == pytest.approx((0, 3 * MM, 3 * MM, 3 * MM))


@pytest.mark.parametrize(
    ("size", "pixels", "fit"),
    [
        ("full", (210, 297), "close"),
        ("full", (216, 303), "close"),
        ("full", (297, 210), "loose"),
        ("spread", (420, 297), "close"),
        ("spread", (210, 297), "loose"),
        ("quarter", (85, 123), "loose"),
    ],
)
def test_how_pictures_take_their_place(tmp_path: Path, size: str, pixels: tuple[int, int], fit: str) -> None:
    (tmp_path / "a.png").write_bytes(picture("PNG", pixels))
    advert = Advert(size=AdvertSize(size), artwork=Artwork(file="a.png"))
    story = small_story("ad", type=StoryType.ADVERT, advert=advert)
    issue = small_issue(story, folder=tmp_path, magazine={"trim": A4})
    assert fit_of(issue, story) == fit
    assert supplied_artwork(issue, story) == ()


# --- Checks ---


def pdf(
    width: float = 210, height: float = 297, bleed: float = 3, pages: int = 1, closed: str = "", **keys: object
) -> bytes:
    """Return artwork of a size in mm; `closed`: its "left" or "right" edge has no bleed, `keys` are of its pages."""
    made = pikepdf.new()
    left, right = (0 if closed == edge else bleed for edge in ("left", "right"))
    for _ in range(pages):
        made.add_blank_page(page_size=((left + width + right) * MM, (height + 2 * bleed) * MM))
        page = made.pages[-1].obj
        page.TrimBox = pikepdf.Array([edge * MM for edge in (left, bleed, left + width, bleed + height)])
        page.BleedBox = page.MediaBox
        for key, value in keys.items():
            page[f"/{key}"] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


FULL_PAGE = "size: full"
STAMP = pikepdf.Dictionary(Type="/Annot", Subtype=pikepdf.Name.Stamp, AP=pikepdf.Dictionary())
LINK = pikepdf.Dictionary(Type="/Annot", Subtype=pikepdf.Name.Link, AP=pikepdf.Dictionary())
CASES: Mapping[str, tuple[bytes, str, tuple[str, ...]]] = {
    "as it should be": (pdf(), FULL_PAGE, ()),
    "A4 in whole points": (pdf(595 / MM, 842 / MM), FULL_PAGE, ()),
    "two pages": (pdf(pages=2), FULL_PAGE, ("advert-pages",)),
    "a stamp and a link": (pdf(Annots=[STAMP, LINK]), FULL_PAGE, ("advert-notes",)),
    "landscape": (pdf(297, 210), FULL_PAGE, ("advert-proportion",)),
    "A5 enlarged": (pdf(148.5, 210), FULL_PAGE, ("advert-proportion",)),
    "too short by 2 mm": (pdf(210, 295), FULL_PAGE, ("advert-proportion",)),
    "no bleed": (pdf(bleed=0), FULL_PAGE, ("advert-without-bleed",)),
    "2 mm of bleed": (pdf(bleed=2), FULL_PAGE, ("advert-without-bleed",)),
    "turned": (pdf(297, 210, Rotate=90), FULL_PAGE, ()),
    "units of 2 pt": (pdf(105, 148.5, 1.5, UserUnit=2), FULL_PAGE, ()),
    "spread of one page": (pdf(420), "size: spread", ()),
    "spread of two pages": (pdf(pages=2), "size: spread", ()),
    "spread without bleed on the left": (pdf(420, closed="left"), "size: spread", ("advert-without-bleed",)),
    "spread without bleed on the right": (pdf(pages=2, closed="right"), "size: spread", ("advert-without-bleed",)),
    "spread of three pages": (pdf(pages=3), "size: spread", ("advert-pages",)),
    "spread of a single page": (pdf(), "size: spread", ("advert-proportion",)),
    "quarters": (pdf(85, 123, 0), "size: quarter", ()),
    "a quarter of another size": (pdf(85, 120, 0), "size: quarter", ("advert-proportion",)),
    "a half with bleed": (pdf(176, 123, 5), "size: half", ()),
}


@pytest.mark.parametrize(("data", "booked", "codes"), CASES.values(), ids=CASES.keys())
def test_artwork(tmp_path: Path, data: bytes, booked: str, codes: tuple[str, ...]) -> None:
    size = booked.removeprefix("size: ")
    filled = {"quarter": 3, "half": 1}.get(size, 0)
    more = "".join(f"  - {{client: M{n}, size: {size}, position: page 2, artwork: m.pdf}}\n" for n in range(filled))
    sheet = "number: 37\npublished: 2026-03-20\nadverts:\n"
    sheet += f"  - {{client: Tea, {booked}, position: page 2, artwork: tea.pdf}}\n"
    fillers = pdf(85, 123, 0) if size == "quarter" else pdf(176, 123, 0)
    salt = "---\ntitle: Salt\nauthor: Ana\n---\nSalt.\n"
    files: dict[str, str | bytes] = {"037/01-salt.md": salt, "037/issue.yaml": sheet + more}
    files |= {"037/tea.pdf": data, "037/m.pdf": fillers}
    report = read_issue(issue_of(tmp_path, files))
    found = [problem.code for problem in report if problem.code != "missing-alt" and problem.place.line == 4]
    assert tuple(found) == codes


def test_the_message_names_both_sizes_in_mm(tmp_path: Path) -> None:
    text = "---\ntitle: Tea\ntype: advert\nadvert:\n  artwork: {file: tea.pdf, alt: Tea}\n---\n"
    report = read_issue(issue_of(tmp_path, {"037/01-tea.md": text, "037/tea.pdf": pdf(200, 280.24)}))
    (problem,) = report
    assert problem.place.line == 5
    assert problem.message == "the artwork of 'tea' is 200 x 280.2 mm, and a full page is 210 x 297 mm: it is scaled"
    assert problem.hint == "ask the client for artwork with a trim of 210 x 297 mm"


@pytest.mark.parametrize(
    ("stories", "problems"),
    [
        ({"01": "quarter", "02": "quarter", "03": "half"}, ()),
        ({"01": "quarter", "02": "half"}, ("01",)),
        ({"01": "half-vertical"}, ("01",)),
        ({"01": "quarter", "02": "letters"}, ("01",)),
        ({"01": "quarter", "02": "quarter", "03": "letters"}, ()),
        ({"01": "third", "02": "letters"}, ()),
    ],
)
def test_white_beside_adverts_is_noticed(tmp_path: Path, stories: dict[str, str], problems: tuple[str, ...]) -> None:
    files = {
        f"037/{number}-a{number}.md": "---\ntitle: L\ntype: letters\n---\nL.\n"
        if size == "letters"
        else f"---\ntitle: A\ntype: advert\nadvert: {{size: {size}}}\n---\nBuy.\n"
        for number, size in stories.items()
    }
    report = read_issue(issue_of(tmp_path, files))
    assert_problems(report, *(f"037/{number}-a{number}.md:4:1 advert-leaves-white" for number in problems))


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    text = "---\ntitle: Tea\ntype: advert\nadvert: {link: by the door}\n---\nBuy.\n"
    assert_problems(read_issue(issue_of(tmp_path, {"037/01-tea.md": text})), "037/01-tea.md:4:10 advert-link")


def test_artwork_of_a_layout_that_is_not_there_is_still_checked(tmp_path: Path) -> None:
    text = "---\ntitle: Tea\ntype: advert\nadvert: {artwork: {file: tea.pdf, alt: Tea}}\n---\n"
    magazine = "title: Salt\nlanguage: en\nlayout: none\n"
    files: dict[str, str | bytes] = {"magazine.yaml": magazine, "037/01-tea.md": text, "037/tea.pdf": pdf(100)}
    assert_problems(read_issue(issue_of(tmp_path, files)), "037/01-tea.md:4:10 advert-proportion")
