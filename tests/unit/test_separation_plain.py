"""Plain pictures in inks are remembered: by all that counts for them, and by nothing else."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from magbuild.fingerprint import Files
from magbuild.memory import at_hand
from magbuild.separation import plain
from magbuild.separation.packing import Packed
from magbuild.separation.packing import packed as pack
from magbuild.store import Store
from tests.kit_inks import profile_like
from tests.kit_separation import icc, image, page_of, saved, separated

SIZE = (96, 64)
WIDE = profile_like(gamma=2.2, wide=True)


def photograph(**options: Any) -> bytes:
    packed = io.BytesIO()
    shades = Image.linear_gradient("L").resize(SIZE)
    Image.merge("RGB", [shades, shades.rotate(180), shades.rotate(90)]).save(packed, "JPEG", **options)
    return packed.getvalue()


@pytest.fixture(autouse=True)
def packed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Return the sizes of pictures that were packed in inks, one after another."""
    sizes: list[tuple[int, int]] = []

    def noted(made: Image.Image, **options: Any) -> Packed:
        sizes.append(made.size)
        return pack(made, **options)

    monkeypatch.setattr(plain, "packed", noted)
    return sizes


def page(
    data: bytes, words: str = "", profile: bytes = b"", space: Name = Name.DeviceRGB, mask: bool = False, **options: Any
) -> bytes:
    """Return a separated page with some words and a JPEG of one pixel to the point; and what was said of it."""
    with pikepdf.new() as pdf:
        made = image(pdf, icc(pdf, profile, 3) if profile else space, SIZE, data, Filter=Name.DCTDecode)
        if mask:
            made.SMask = image(pdf, Name.DeviceGray, SIZE, bytes(range(96)) * 64)
        page_of(f"% {words}\nq 96 0 0 64 0 0 cm /iabc0 Do Q", pdf, XObject=Dictionary(iabc0=made))
        found = separated(pdf, **options)
        return saved(pdf) + repr(found).encode()


def later(folder: Path, *args: Any, **options: Any) -> bytes:
    """Return it as a step of a later run makes it."""
    with at_hand(Store(folder / "store"), Files()):
        return page(*args, **options)


def test_a_picture_is_converted_once_for_all_pages_and_runs(tmp_path: Path, packed: list[tuple[int, int]]) -> None:
    by_itself = page(photograph())
    assert later(tmp_path, photograph(), "one") == later(tmp_path, photograph(), "two") == by_itself
    assert packed == [SIZE] * 2, "once without a store, once with it"


@pytest.mark.parametrize(
    "other",
    [
        {"data": photograph(quality=50)},
        {"data": photograph(icc_profile=WIDE)},
        {"profile": WIDE},
        {"total_ink": 120},
        {"ppi": 36},
    ],
    ids=["pixels", "its own profile", "a profile of its colour space", "the limit of ink", "the size wanted"],
)
def test_what_counts_for_it_has_it_converted_anew(
    tmp_path: Path, packed: list[tuple[int, int]], other: dict[str, Any]
) -> None:
    first = later(tmp_path, photograph())
    given = {"data": photograph()} | other
    assert later(tmp_path, **given) == page(**given) != first
    assert len(packed) == 3


def test_a_grey_one_is_remembered_too(tmp_path: Path, packed: list[tuple[int, int]]) -> None:
    found = io.BytesIO()
    Image.linear_gradient("L").resize(SIZE).save(found, "JPEG", icc_profile=WIDE)
    first = later(tmp_path, found.getvalue(), space=Name.DeviceGray)
    assert later(tmp_path, found.getvalue(), "other words", space=Name.DeviceGray) == first
    assert packed == [SIZE]


def test_what_is_wrong_with_it_is_told_again(tmp_path: Path, packed: list[tuple[int, int]]) -> None:
    cut = photograph()[:-200]
    first = later(tmp_path, cut)
    assert b"its data end too early" in first
    assert later(tmp_path, cut) == first
    assert len(packed) == 1


def test_a_picture_that_is_hidden_in_part_is_converted_with_what_hides_it(
    tmp_path: Path, packed: list[tuple[int, int]]
) -> None:
    assert later(tmp_path, photograph(), mask=True, ppi=36) == page(photograph(), mask=True, ppi=36)
    assert packed == []


def test_an_original_counts_by_what_is_in_the_file(tmp_path: Path, packed: list[tuple[int, int]]) -> None:
    path, options = tmp_path / "wide.jpg", {"originals": {"iabc": tmp_path / "wide.jpg"}}
    path.write_bytes(photograph(icc_profile=WIDE))
    first = later(tmp_path, photograph(), **options)
    assert later(tmp_path, photograph(), "other words", **options) == first
    assert len(packed) == 1
    path.write_bytes(photograph(icc_profile=WIDE, quality=50))
    assert later(tmp_path, photograph(), **options) != first
    assert len(packed) == 2
    path.write_bytes(b"no picture any more")
    assert later(tmp_path, photograph(), **options) == page(photograph())
