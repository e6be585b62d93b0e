"""Pages that were looked at before: they aren't drawn again, and what is told of them is the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from magbuild.fingerprint import Files
from magbuild.memory import at_hand
from magbuild.model import Binding
from magbuild.preflight import pages, preflight
from magbuild.preflight.digests import Digests
from magbuild.preflight.reading import MARK, label, numbered
from magbuild.preflight.reports import as_json
from magbuild.preflight.sheets import drawn
from magbuild.store import Store
from tests.kit_press import Press, photo, sheetfed, words

SMALL = f"0 0.9 0.8 0 k {words('Salt', 20, 60, 7)}"  # coloured text that is too small


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Press], tuple[str, list[int]]]:
    """Preflight a file with a store: the report, which is the same without one, and which pages were drawn."""
    store, numbers = Store(tmp_path / "store"), list[int]()

    def counting(sheet: Any, hand: Any) -> Any:
        numbers.append(sheet.number)
        return drawn(sheet, hand)

    def of(press: Press) -> tuple[str, list[int]]:
        path = press.save(tmp_path / "file.pdf")
        afresh = as_json(preflight(path, sheetfed(), binding=Binding.SADDLE))
        numbers.clear()
        with at_hand(store, Files()):
            report = as_json(preflight(path, sheetfed(), binding=Binding.SADDLE))
        assert report == afresh
        return report, list(numbers)

    monkeypatch.setattr(pages, "drawn", counting)
    return of


def without(press: Press, *numbers: int) -> Press:
    for number in sorted(numbers, reverse=True):
        del press.pdf.pages[number - 1]
    return press


def test_only_the_edited_page_is_drawn_again(told: Callable[[Press], tuple[str, list[int]]]) -> None:
    assert told(Press())[1] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert told(Press())[1] == []
    press = Press()
    press.draw(5, SMALL)
    report, again = told(press)
    assert again == [5]
    assert "small-coloured-text" in report


def test_findings_move_with_their_page_and_their_objects(told: Callable[[Press], tuple[str, list[int]]]) -> None:
    def faulty() -> Press:
        press = Press()
        for _ in range(5):  # objects of which the numbers move on
            press.add("XObject", "Coarse", press.pdf.make_indirect(photo(press.pdf, (40, 40))))
        press.draw(7, f"{SMALL} q 60 0 0 40 20 60 cm /Coarse Do Q")
        return press

    first, again = told(faulty())
    assert again == [1, 2, 3, 4, 5, 6, 7, 8]
    second, again = told(without(faulty(), 2, 3))
    assert again == []
    one, other = (
        [(found["page"], found["object"]) for found in json.loads(report)["findings"] if found["page"]]
        for report in (first, second)
    )
    assert [page for page, _ in one] == [7, 7]
    assert [page for page, _ in other] == [5, 5]
    assert [where for _, where in one] != [where for _, where in other]


def test_a_page_on_the_other_side_is_another(told: Callable[[Press], tuple[str, list[int]]]) -> None:
    """Its spine is at the other edge, so that other distances are safe."""
    told(Press())
    assert told(without(Press(), 1))[1] != []


def test_what_pages_share_makes_all_of_them_others(told: Callable[[Press], tuple[str, list[int]]]) -> None:
    told(Press())
    press = Press()
    press.resources.ExtGState.over.OPM = 0
    report, again = told(press)
    assert again == [1, 2, 3, 4, 5, 6, 7, 8]
    assert "black-not-overprinting" in report


def test_a_damaged_file_is_looked_at_as_a_whole(told: Callable[[Press], tuple[str, list[int]]]) -> None:
    press = Press()
    told(press)
    press.page(3).Contents = press.pdf.make_stream(b"not packed", Filter=Name.FlateDecode)
    report, again = told(press)
    assert again[-8:] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert "damaged-content" in report


def test_too_much_to_look_at_is_looked_at_as_a_whole(
    told: Callable[[Press], tuple[str, list[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(Press())
    for module in ("drawing", "pages"):
        monkeypatch.setattr(f"magbuild.preflight.{module}.MOST_OPERATORS", 20)
    report, again = told(Press())
    assert "it draws more than can be looked at" in report
    assert again == [1, 2, 3, 4, 5, 6, 7, 8]


# --- What a page is made of ---


def file_of(thing: Any, padding: int = 0) -> pikepdf.Pdf:
    """A file whose only page has a thing under /Thing; `padding` moves the numbers of all objects on."""
    pdf = pikepdf.new()
    for _ in range(padding):
        pdf.make_indirect(Dictionary())
    pdf.add_blank_page()
    pdf.pages[0].obj.Thing = thing(pdf) if callable(thing) else thing
    return pdf


def digest(thing: Any, padding: int = 0) -> str:
    pdf = file_of(thing, padding)
    return Digests(pdf).of(pdf.pages[0].obj).digest


def stream(data: bytes, **entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    return lambda pdf: pdf.make_stream(data, **entries)


def test_the_numbers_of_objects_do_not_count() -> None:
    assert digest(stream(b"Salt"), 0) == digest(stream(b"Salt"), 7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (stream(b"Salt"), stream(b"salt")),
        (stream(b"Salt", A=1), stream(b"Salt", A=2)),
        (
            lambda pdf: Array([pdf.make_stream(b"a"), pdf.make_stream(b"b")]),
            lambda pdf: Array([pdf.make_stream(b"a")] * 2),
        ),
        (String("see 3 0 R"), String("see 4 0 R")),
        (String("a (1 0 R) \\"), String("a (2 0 R) \\")),
        (Name("/A 3 0 R"), Name("/A 4 0 R")),
        (Array([1, 2]), Array([12])),
    ],
)
def test_all_else_counts(one: Any, other: Any) -> None:
    assert digest(one) == digest(one)
    assert digest(one) != digest(other)


def test_an_object_may_lead_back_to_itself() -> None:
    def circle(pdf: pikepdf.Pdf) -> Any:
        first = pdf.make_indirect(Dictionary())
        first.Next = pdf.make_indirect(Dictionary(Before=first))
        return first

    assert digest(circle) == digest(circle, 3)


def test_the_way_back_to_other_pages_does_not_count_but_what_comes_from_there_does() -> None:
    pdf = file_of(1)
    page = pdf.pages[0].obj
    before = Digests(pdf).of(page).digest
    page.Parent.Other = 1
    assert Digests(pdf).of(page).digest == before
    page.Parent.Rotate = 90
    assert Digests(pdf).of(page).digest != before


def test_objects_are_numbered_where_they_are_named() -> None:
    pdf = pikepdf.new()
    thing = pdf.make_indirect(Dictionary())
    number = thing.objgen[0]
    told = f"form object {number}, {label(thing)}"
    assert numbered(told) == f"form object {number}, object {number}"
    assert numbered(told, {number: 77}) == f"form object {number}, object 77"
    assert numbered(numbered(told, {number: 77}, MARK), {77: number}, MARK) == told
