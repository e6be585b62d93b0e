"""PNG pictures stand in proofs as they were packed, pixel for pixel."""

import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from magbuild.paginate import bitmaps, paginate
from magbuild.pictures import for_page
from tests.kit_galleys import small_galley

SIZE = (40, 30)


def noise(mode: str) -> Image.Image:
    """Return a picture of which hardly two pixels are the same."""
    count = len(Image.new(mode, (1, 1)).getbands())
    values = np.random.default_rng(7).integers(0, 256, (SIZE[1], SIZE[0], count), dtype=np.uint8)
    return Image.fromarray(values.squeeze(), mode)


def png(picture: Image.Image, **options: object) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, "PNG", **options)
    return packed.getvalue()


def packed_pixels(data: bytes) -> bytes:
    """Return the data of a small PNG of ours, whose pixels are one chunk, the last but one."""
    begin = data.index(b"IDAT")
    return data[begin + 4 : data.index(b"IEND") - 8]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in a proof: its data as they are packed, its pixels, and those of its mask."""

    packed: bytes
    pixels: bytes
    mask: bytes = b""


def drawn(data: bytes, tmp_path: Path) -> Drawn:
    """Return the only picture of a galley's proof."""
    (tmp_path / "a.png").write_bytes(data)
    galley = small_galley("a", '<p><img src="picture:a.png" alt="a"></p>', pictures=(("a.png", tmp_path / "a.png"),))
    with pikepdf.open(io.BytesIO(paginate(galley).pdf)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert isinstance(image, pikepdf.Stream)
        mask = image.get("/SMask")
        return Drawn(image.read_raw_bytes(), pixels(image), pixels(mask) if isinstance(mask, pikepdf.Stream) else b"")


def pixels(image: pikepdf.Stream) -> bytes:
    """Return the pixels of a picture, without its mask."""
    return pikepdf.PdfImage(image).as_pil_image(apply_mask=False).tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("level", [0, 9])
def test_a_png_is_handed_on_as_it_is_packed(mode: str, level: int, tmp_path: Path) -> None:
    picture = noise(mode)
    data = png(picture, compress_level=level, dpi=(300, 300))
    image = drawn(data, tmp_path)
    assert image.packed == packed_pixels(data)
    assert image.pixels == picture.tobytes()


def test_pixels_in_many_chunks_are_put_together(tmp_path: Path) -> None:
    data = png(noise("RGB"))
    whole = packed_pixels(data)
    begin, end = data.index(b"IDAT") - 4, data.index(b"IEND") - 4
    chunks = b"".join(_chunk(b"IDAT", part) for part in (whole[:9], b"", whole[9:]))
    image = drawn(data[:begin] + chunks + data[end:], tmp_path)
    assert image.packed == whole


def test_what_is_made_for_a_page_is_packed_as_well_as_the_engine_packs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = noise("RGB").quantize(16)
    plan.save(tmp_path / "a.png")
    image = drawn((tmp_path / "a.png").read_bytes(), tmp_path)
    assert image.packed == packed_pixels(for_page(tmp_path / "a.png").data)
    monkeypatch.setattr(bitmaps, "_as_they_are", lambda picture: b"")
    assert image.packed == drawn((tmp_path / "a.png").read_bytes(), tmp_path).packed


def test_opacity_is_a_mask(tmp_path: Path) -> None:
    picture = noise("RGBA")
    image = drawn(png(picture), tmp_path)
    assert image.pixels == picture.convert("RGB").tobytes()
    assert image.mask == picture.getchannel("A").tobytes()


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (lambda data: data, True),
        (lambda data: data[:-12], False),  # no end
        (lambda data: data[:-40], False),
        (lambda data: data[:-17] + b"\0" + data[-16:], False),  # another check
        (lambda data: data[:28] + b"\1" + data[29:], False),  # interlaced
        (lambda data: data[:24] + b"\20" + data[25:], False),  # 16 bits
        (lambda data: data[:25] + b"\6" + data[26:], False),  # with opacity
    ],
)
def test_only_what_is_whole_and_plain_is_handed_on(change: object, kept: bool) -> None:
    data = png(noise("RGB"))
    picture = Image.open(io.BytesIO(data))
    picture.fp = io.BytesIO(change(data))  # type: ignore[operator]
    assert bitmaps._as_they_are(picture) == (packed_pixels(data) if kept else b"")


def test_what_is_no_file_is_packed() -> None:
    assert bitmaps._as_they_are(noise("RGB")) == b""
    packed = io.BytesIO()
    noise("RGB").save(packed, "BMP")
    assert bitmaps._as_they_are(Image.open(packed)) == b""


def test_the_engine_is_left_as_it_was() -> None:
    from weasyprint.images import RasterImage

    before = RasterImage._get_png_data
    with bitmaps.handed_on():
        assert RasterImage._get_png_data is not before
    assert RasterImage._get_png_data is before


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)
