"""Pictures of every kind become inks: as fine as they need to be, with their masks, from their original files."""

import base64
import io
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from tests.kit_inks import FOGRA39, profile_like
from tests.kit_separation import form, icc, image, inks, page_of, power, saved, separated

SIZE = (48, 32)


def colours(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    across, down = np.meshgrid(np.linspace(30, 250, size[0]), np.linspace(20, 240, size[1]))
    made = np.stack([across, down, np.full_like(across, 90)], axis=-1).astype(np.uint8)
    return Image.fromarray(made).convert(mode)


def jpeg(picture: Image.Image, **options: Any) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=98, **options)
    return packed.getvalue()


def drawn(pdf: pikepdf.Pdf, picture: Any, *, name: str = "Im1", place: str = "48 0 0 32 0 0", **options: Any) -> Any:
    """Return a picture after its page is separated, drawn at one pixel to the point if not told otherwise."""
    page_of(f"q {place} cm /{name} Do Q", pdf, XObject=Dictionary({f"/{name}": picture}))
    options = {"ppi": 0, "line_ppi": 0} | options
    assert separated(pdf, **options) == ()
    return pdf.pages[0].obj.Resources.XObject[f"/{name}"]


def shares(picture: Any) -> Any:
    """Return a picture's inks, 0 to 1, as a reader of PDFs sees them."""
    if picture.get("/Filter") == Name.DCTDecode:
        opened = Image.open(io.BytesIO(picture.read_raw_bytes()))
        values = np.asarray(opened).astype(float) / 255
        if opened.mode == "CMYK":
            values = 1 - values  # Pillow turns them around; the file's own /Decode does so again
    else:
        count = 1 if picture.ColorSpace == Name.DeviceGray else 4
        data = np.frombuffer(picture.read_bytes(), dtype=np.uint8)
        values = data.reshape(int(picture.Height), int(picture.Width), count).astype(float) / 255
    decode = [float(value) for value in picture.get("/Decode", [])]
    return 1 - values if decode[:2] == [1, 0] else values


def expected(picture: Image.Image, profile: bytes | None = None) -> Any:
    made = inks().picture(picture, profile, photograph=False)
    return np.asarray(made).astype(float) / 255


# --- Kinds of data ---


@pytest.mark.parametrize("bits", [8, 16])
def test_plain_colours(bits: int) -> None:
    pdf = pikepdf.new()
    data = np.asarray(colours())
    packed = data.tobytes() if bits == 8 else (data.astype(">u2") * 257).tobytes()
    found = drawn(pdf, image(pdf, Name.DeviceRGB, SIZE, packed, bits, Interpolate=True))
    assert found.ColorSpace == Name.DeviceCMYK
    assert found.Filter == Name.FlateDecode
    assert "/Interpolate" not in found
    assert shares(found) == pytest.approx(expected(colours()), abs=0.005)


def test_decode_turns_colours_around() -> None:
    pdf = pikepdf.new()
    found = drawn(pdf, image(pdf, Name.DeviceRGB, SIZE, colours().tobytes(), Decode=Array([1, 0] * 3)))
    turned = Image.fromarray(255 - np.asarray(colours()))
    assert shares(found) == pytest.approx(expected(turned), abs=0.01)
    assert "/Decode" not in found


def test_four_bits_for_each_value() -> None:
    pdf = pikepdf.new()
    found = drawn(pdf, image(pdf, Name.DeviceRGB, (2, 1), bytes([0xF0, 0x00, 0xF0]), 4))
    assert shares(found)[0, 0] == pytest.approx(inks().plain(np.array([[1.0, 0, 0]]))[0], abs=0.01)
    assert shares(found)[0, 1] == pytest.approx(inks().plain(np.array([[0, 1.0, 0]]))[0], abs=0.01)


def test_greys_stay_one_channel_and_are_as_light_as_they_were() -> None:
    pdf = pikepdf.new()
    ramp = bytes(range(256))
    found = drawn(pdf, image(pdf, Name.DeviceGray, (256, 1), ramp))
    assert found.ColorSpace == Name.DeviceGray
    black = 1 - shares(found)[0, :, 0]
    assert black[[0, 255]].tolist() == [1, 0]
    assert black[0x99] == pytest.approx(0.511, abs=0.004)
    assert (np.diff(black) <= 0).all()


def test_a_grey_picture_in_colours_is_black_alone() -> None:
    pdf = pikepdf.new()
    found = drawn(pdf, image(pdf, Name.DeviceRGB, SIZE, colours("L").convert("RGB").tobytes()))
    assert found.ColorSpace == Name.DeviceGray


@pytest.mark.parametrize(
    "family", ["CalRGB", "CalGray", "Lab", "ICCBased", "ICCBased grey", "wide", "broken profile", "press"]
)
def test_other_spaces(family: str) -> None:
    pdf = pikepdf.new()
    white = Array([0.9505, 1, 1.089])
    matrix = Array([0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505])
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    wide = profile_like(gamma=2.2, wide=True)
    made: dict[str, tuple[Any, bytes, Any]] = {
        "CalRGB": (
            Array([Name.CalRGB, Dictionary(WhitePoint=white, Gamma=Array([2.2] * 3), Matrix=matrix)]),
            colours().tobytes(),
            expected(colours()),
        ),
        "CalGray": (
            Array([Name.CalGray, Dictionary(WhitePoint=white, Gamma=2.2)]),
            colours("L").tobytes(),
            expected(colours("L"))[..., None],
        ),
        "Lab": (
            Array([Name.Lab, Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]), Range=Array([-128, 127] * 2))]),
            bytes([128, 128, 128] * SIZE[0] * SIZE[1]),
            np.full((*SIZE[::-1], 4), [*inks().of_lab(50.2, 0, 0).cmyk]),
        ),
        "ICCBased": (icc(pdf, srgb, 3), colours().tobytes(), expected(colours())),
        "ICCBased grey": (icc(pdf, b"-", 1), colours("L").tobytes(), expected(colours("L"))[..., None]),
        "wide": (icc(pdf, wide, 3), colours().tobytes(), expected(colours(), wide)),
        "broken profile": (icc(pdf, b"-", 3), colours().tobytes(), expected(colours())),
        "press": (icc(pdf, FOGRA39.read_bytes(), 4), bytes([9, 8, 7, 6] * 1536), np.full((32, 48, 4), 7.5 / 255)),
    }
    space, data, wanted = made[family]
    found = shares(drawn(pdf, image(pdf, space, SIZE, data)))
    if family == "Lab":  # neutral, but its rounding isn't
        found, wanted = found.sum(axis=2), np.full(SIZE[::-1], found.sum(axis=2)[0, 0])
    # CalRGB with a power of 2.2 isn't quite sRGB.
    assert found == pytest.approx(wanted, abs=0.06)


def test_a_table_of_colours_is_converted_and_its_picture_stays() -> None:
    pdf = pikepdf.new()
    table = String(bytes([181, 18, 27, 0, 0, 0, 255, 255, 255]))
    data = bytes([0b00011000, 0b01100001])
    made = image(pdf, Array([Name.Indexed, Name.DeviceRGB, 2, table]), (4, 2), data, 2, Mask=Array([1, 1]))
    found = drawn(pdf, made)
    assert found.read_bytes() == data
    assert [str(found.ColorSpace[0]), str(found.ColorSpace[1])] == ["/Indexed", "/DeviceCMYK"]
    rows = np.frombuffer(bytes(found.ColorSpace[3]), dtype=np.uint8).reshape(3, 4) / 255
    assert rows == pytest.approx(np.array([[0, 1, 0.9, 0.2], [0, 0, 0, 1], [0, 0, 0, 0]]), abs=0.002)
    assert [int(value) for value in found.Mask] == [1, 1]


def test_plates_of_their_own_stay() -> None:
    pdf = pikepdf.new()
    space = Array([Name.Separation, Name("/Gold 877"), Name.DeviceRGB, power([1, 1, 1], [0.7, 0.5, 0.1])])
    found = drawn(pdf, image(pdf, space, SIZE, colours("L").tobytes()))
    assert found.read_bytes() == colours("L").tobytes()
    assert [str(part) for part in list(found.ColorSpace)[:3]] == ["/Separation", "/Gold 877", "/DeviceCMYK"]


def test_art_of_one_bit_stays_so() -> None:
    pdf = pikepdf.new()
    found = drawn(
        pdf, image(pdf, Array([Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1]))]), (8, 2), b"\xaa\x55", 1)
    )
    assert (found.ColorSpace, int(found.BitsPerComponent)) == (Name.DeviceGray, 1)
    assert found.read_bytes() == b"\xaa\x55"


# --- JPEG ---


def test_jpegs_stay_jpegs() -> None:
    pdf = pikepdf.new()
    made = image(pdf, Name.DeviceRGB, SIZE, jpeg(colours()), Filter=Name.DCTDecode)
    found = drawn(pdf, made)
    assert found.Filter == Name.DCTDecode
    assert [int(value) for value in found.Decode] == [1, 0] * 4
    photograph = inks().picture(colours(), None, photograph=True)
    assert shares(found) == pytest.approx(np.asarray(photograph).astype(float) / 255, abs=0.06)
    assert b"ICC_PROFILE" not in found.read_raw_bytes()


@pytest.mark.parametrize("chain", [[Name.FlateDecode], [Name.ASCII85Decode, Name.FlateDecode], [Name.ASCIIHexDecode]])
def test_jpegs_packed_once_more(chain: list[Name]) -> None:
    pdf = pikepdf.new()
    data = jpeg(colours())
    for name in reversed(chain):
        if name == Name.FlateDecode:
            data = zlib.compress(data)
        else:
            data = base64.a85encode(data) + b"~>" if name == Name.ASCII85Decode else data.hex().encode() + b">"
    made = image(pdf, Name.DeviceRGB, SIZE, data, Filter=Array([*chain, Name.DCTDecode]))
    found = drawn(pdf, made)
    assert found.Filter == Name.DCTDecode
    assert int(found.Width) == 48


def test_a_jpeg_in_cmyk_without_a_profile_stays_as_it_is() -> None:
    pdf = pikepdf.new()
    data = jpeg(colours("CMYK"))
    made = image(pdf, Name.DeviceCMYK, SIZE, data, Filter=Name.DCTDecode, Decode=Array([1, 0] * 4))
    found = drawn(pdf, made)
    assert found.read_raw_bytes() == data
    assert [int(value) for value in found.Decode] == [1, 0] * 4


def test_a_jpeg_in_cmyk_with_a_profile_goes_through_it() -> None:
    pdf = pikepdf.new()
    press = FOGRA39.read_bytes()
    other = press[:-8] + bytes(8)
    made = image(
        pdf,
        Name.DeviceCMYK,
        SIZE,
        jpeg(colours("CMYK"), icc_profile=other),
        Filter=Name.DCTDecode,
        Decode=Array([1, 0] * 4),
    )
    wanted = inks().picture(colours("CMYK"), other, photograph=True)
    assert shares(drawn(pdf, made)) == pytest.approx(np.asarray(wanted).astype(float) / 255, abs=0.06)


def test_an_embedded_profile_is_honoured_and_one_of_the_pdf_goes_before_it() -> None:
    wide = profile_like(gamma=2.2, wide=True)
    data = jpeg(colours(), icc_profile=wide)
    wanted = np.asarray(inks().picture(colours(), wide, photograph=True)).astype(float) / 255
    plain = np.asarray(inks().picture(colours(), None, photograph=True)).astype(float) / 255
    pdf = pikepdf.new()
    found = drawn(pdf, image(pdf, Name.DeviceRGB, SIZE, data, Filter=Name.DCTDecode))
    assert np.abs(shares(found) - wanted).mean() < 0.01 < np.abs(shares(found) - plain).mean()
    pdf = pikepdf.new()
    srgb = icc(pdf, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), 3)
    found = drawn(pdf, image(pdf, srgb, SIZE, data, Filter=Name.DCTDecode))
    assert np.abs(shares(found) - plain).mean() < 0.01


def test_a_grey_jpeg_stays_grey() -> None:
    pdf = pikepdf.new()
    found = drawn(pdf, image(pdf, Name.DeviceGray, SIZE, jpeg(colours("L")), Filter=Name.DCTDecode))
    assert (found.Filter, found.ColorSpace) == (Name.DCTDecode, Name.DeviceGray)
    assert shares(found) == pytest.approx(expected(colours("L")), abs=0.05)


@pytest.mark.parametrize("packing", ["jpeg", "plain", "hidden in part"])
def test_greys_of_a_file_for_a_press_are_as_much_ink_when_it_is_brought_down(packing: str) -> None:
    pdf = pikepdf.new()
    intent = pdf.make_stream(FOGRA39.read_bytes(), Dictionary(N=4))
    pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfile=intent)])
    grey, size = Image.new("L", (480, 320), 102), (480, 320)
    made = image(pdf, Name.DeviceGray, size, grey.tobytes())
    if packing != "plain":
        made = image(pdf, Name.DeviceGray, size, jpeg(grey), Filter=Name.DCTDecode)
    if packing == "hidden in part":
        made.SMask = image(pdf, Name.DeviceGray, size, bytes([128]) * 480 * 320)
    found = drawn(pdf, made, ppi=72)
    assert (int(found.Width), int(found.Height), found.ColorSpace) == (48, 32, Name.DeviceGray)
    assert shares(found) == pytest.approx(0.4, abs=0.01)


def test_a_jpeg_whose_colours_are_not_transformed() -> None:
    """Without a word of Adobe's in the file, /ColorTransform says that its values are RGB."""
    pdf = pikepdf.new()
    data = jpeg(colours(), keep_rgb=True)
    assert b"Adobe" in data
    start = data.index(b"\xff\xee")
    bare = data[:start] + data[start + 16 :]
    for letter, other in zip(b"RGB", b"\x01\x02\x03", strict=True):  # nor do the names of its parts tell
        bare = bare.replace(bytes([letter, 0x11, 0]), bytes([other, 0x11, 0])).replace(
            bytes([letter, 0]), bytes([other, 0])
        )
    made = image(pdf, Name.DeviceRGB, SIZE, bare, Filter=Name.DCTDecode, DecodeParms=Dictionary(ColorTransform=0))
    wanted = np.asarray(inks().picture(colours(), None, photograph=True)).astype(float) / 255
    assert np.abs(shares(drawn(pdf, made)) - wanted).mean() < 0.02


@pytest.mark.parametrize("kind", [0, 1])
def test_jpeg_2000_with_its_alpha(kind: int) -> None:
    pdf = pikepdf.new()
    picture = colours("RGBA")
    picture.putalpha(colours("L"))
    packed = io.BytesIO()
    picture.save(packed, "JPEG2000")
    made = image(pdf, None, SIZE, packed.getvalue(), Filter=Name.JPXDecode, SMaskInData=kind)
    found = drawn(pdf, made)
    assert found.Filter == Name.DCTDecode
    assert ("/SMask" in found) == bool(kind)
    assert "/SMaskInData" not in found
    if kind:
        assert np.frombuffer(found.SMask.read_bytes(), dtype=np.uint8).tobytes() == colours("L").tobytes()


# --- Masks ---


def test_soft_masks_stay_and_are_grey() -> None:
    pdf = pikepdf.new()
    soft = image(pdf, Name.DeviceGray, SIZE, colours("L").tobytes(), Interpolate=True)
    found = drawn(pdf, image(pdf, Name.DeviceRGB, SIZE, colours().tobytes(), SMask=soft))
    assert found.SMask.read_bytes() == colours("L").tobytes()
    assert found.SMask.ColorSpace == Name.DeviceGray
    assert "/Interpolate" not in found.SMask
    assert Name.DeviceCMYK == pdf.pages[0].obj.Group.CS


def test_a_matte_is_taken_out_of_the_colours() -> None:
    pdf = pikepdf.new()
    alpha = np.full(SIZE[::-1], 0.5)
    matted = np.rint(255 + alpha[..., None] * (np.asarray(colours()).astype(float) - 255)).astype(np.uint8)
    soft = image(pdf, Name.DeviceGray, SIZE, bytes([128] * 1536), Matte=Array([1, 1, 1]))
    found = drawn(pdf, image(pdf, Name.DeviceRGB, SIZE, matted.tobytes(), SMask=soft))
    assert "/Matte" not in found.SMask
    assert shares(found) == pytest.approx(expected(colours()), abs=0.03)


def test_a_colour_key_becomes_a_stencil() -> None:
    pdf = pikepdf.new()
    data = bytes([255, 0, 0, 10, 20, 30, 200, 100, 50])
    found = drawn(pdf, image(pdf, Name.DeviceRGB, (3, 1), data, Mask=Array([0, 50, 0, 50, 0, 50])))
    assert found.Mask.ImageMask
    assert found.Mask.read_bytes() == bytes([0b01000000])


def test_stencils_are_painted_in_inks_and_stay() -> None:
    pdf = pikepdf.new()
    found = drawn(pdf, image(pdf, None, (8, 2), b"\xaa\x55", 1, ImageMask=True, Interpolate=True))
    assert found.read_bytes() == b"\xaa\x55"
    assert "/Interpolate" not in found


def test_a_picture_in_a_mask_is_as_light_as_it_was_and_on_the_page_in_inks() -> None:
    pdf = pikepdf.new()
    shared = image(pdf, Name.DeviceRGB, (2, 1), bytes([255, 0, 0, 0, 255, 0]))
    mask = form(pdf, "/Im1 Do", Resources=Dictionary(XObject=Dictionary(Im1=shared)))
    mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    state = Dictionary(G1=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask)))
    page_of("/G1 gs /Im1 Do", pdf, ExtGState=state, XObject=Dictionary(Im1=shared))
    assert separated(pdf) == ()
    resources = pdf.pages[0].obj.Resources
    assert resources.XObject.Im1.ColorSpace == Name.DeviceCMYK
    inner = resources.ExtGState.G1.SMask.G.Resources.XObject.Im1
    assert inner.ColorSpace == Name.DeviceGray
    assert list(inner.read_bytes()) == pytest.approx([76, 150], abs=1)


# --- How fine ---


def test_pictures_are_brought_down_to_what_is_enough() -> None:
    pdf = pikepdf.new()
    soft = image(pdf, Name.DeviceGray, (480, 320), colours("L", (480, 320)).tobytes())
    made = image(pdf, Name.DeviceRGB, (480, 320), colours(size=(480, 320)).tobytes(), SMask=soft)
    found = drawn(pdf, made, place="72 0 0 48 0 0", ppi=150)
    assert (int(found.Width), int(found.Height)) == (150, 100)
    assert (int(found.SMask.Width), int(found.SMask.Height)) == (150, 100)
    assert shares(found).shape == (100, 150, 4)


def test_hidden_colours_do_not_run_into_those_that_are_shown() -> None:
    pdf = pikepdf.new()
    data = bytes([181, 18, 27, 0, 0, 0]) * 12800  # every other column is black, and hidden
    soft = image(pdf, Name.DeviceGray, (160, 160), bytes([255, 0] * 12800))
    found = drawn(pdf, image(pdf, Name.DeviceRGB, (160, 160), data, SMask=soft), place="36 0 0 36 0 0", ppi=100)
    assert shares(found)[25, 25] == pytest.approx(inks({}).plain(np.array([[181, 18, 27]]) / 255)[0], abs=0.03)


@pytest.mark.parametrize(("ppi", "width"), [(0, 480), (600, 480), (410, 480), (390, 390), (300, 300)])
def test_only_where_they_have_clearly_more(ppi: float, width: int) -> None:
    pdf = pikepdf.new()
    data = jpeg(colours(size=(480, 320)))
    made = image(pdf, Name.DeviceRGB, (480, 320), data, Filter=Name.DCTDecode)
    assert int(drawn(pdf, made, place="72 0 0 48 0 0", ppi=ppi).Width) == width


def test_the_largest_place_counts_also_within_forms() -> None:
    pdf = pikepdf.new()
    made = image(pdf, Name.DeviceRGB, (480, 320), colours(size=(480, 320)).tobytes())
    inner = form(pdf, "36 0 0 24 0 0 cm /Im1 Do", Resources=Dictionary(XObject=Dictionary(Im1=made)))
    page_of("q 0.5 0 0 0.5 0 0 cm /Fm Do Q q 2 0 0 2 0 0 cm /Fm Do Q /Fm Do", pdf, XObject=Dictionary(Fm=inner))
    assert separated(pdf, ppi=100) == ()
    assert int(made.Width) == 100


def test_art_of_one_bit_has_a_limit_of_its_own() -> None:
    pdf = pikepdf.new()
    rows = np.packbits(np.indices((400, 400)).sum(axis=0) % 100 < 50, axis=1).tobytes()
    made = image(pdf, Name.DeviceGray, (400, 400), rows, 1)
    assert int(drawn(pdf, made, place="72 0 0 72 0 0", ppi=50, line_ppi=400).Width) == 400
    pdf = pikepdf.new()
    found = drawn(pdf, image(pdf, Name.DeviceGray, (400, 400), rows, 1), place="72 0 0 72 0 0", line_ppi=200)
    assert (int(found.Width), int(found.BitsPerComponent)) == (200, 1)
    bits = np.unpackbits(np.frombuffer(found.read_bytes(), np.uint8).reshape(200, 25), axis=1)
    assert (bits == (np.indices((200, 200)).sum(axis=0) % 50 < 25)).mean() > 0.95


def test_a_table_of_colours_with_far_too_many_pixels() -> None:
    pdf = pikepdf.new()
    table = String(bytes([181, 18, 27, 255, 255, 255]))
    made = image(pdf, Array([Name.Indexed, Name.DeviceRGB, 1, table]), (200, 200), bytes([0, 0, 1, 1] * 10000))
    found = drawn(pdf, made, place="36 0 0 36 0 0", ppi=100)
    assert (found.ColorSpace, int(found.Width)) == (Name.DeviceCMYK, 50)
    assert shares(found)[10, 10] == pytest.approx([0, 0.5, 0.45, 0.1], abs=0.06)


# --- Originals ---


def original(folder: Path, name: str, picture: Image.Image, **options: Any) -> Path:
    path = folder / name
    picture.save(path, **options)
    return path


def from_original(path: Path, size: tuple[int, int] = SIZE, **options: Any) -> Any:
    pdf = pikepdf.new()
    made = image(pdf, Name.DeviceRGB, size, jpeg(colours(size=size)), Filter=Name.DCTDecode)
    return drawn(pdf, made, name="iabc0", originals={"iabc": path}, **options)


def test_a_picture_is_made_from_its_file_through_its_own_profile(tmp_path: Path) -> None:
    wide = profile_like(gamma=2.2, wide=True)
    path = original(tmp_path, "wide.jpg", colours(), quality=98, icc_profile=wide)
    wanted = np.asarray(inks().picture(colours(), wide, photograph=True)).astype(float) / 255
    found = shares(from_original(path))
    plain = np.asarray(inks().picture(colours(), None, photograph=True)).astype(float) / 255
    assert np.abs(found - wanted).mean() < 0.01 < np.abs(found - plain).mean()


@pytest.mark.parametrize("name", ["own.jpg", "own.tif"])
def test_cmyk_without_a_profile_keeps_its_numbers(tmp_path: Path, name: str) -> None:
    given = Image.new("CMYK", SIZE, (26, 153, 204, 51))
    options = {"quality": 98} if name.endswith("jpg") else {}
    found = from_original(original(tmp_path, name, given, **options))
    assert found.Filter == Name.DCTDecode
    assert shares(found)[9, 9] == pytest.approx([0.1, 0.6, 0.8, 0.2], abs=0.02)


def test_cmyk_with_a_profile_goes_through_it(tmp_path: Path) -> None:
    press = FOGRA39.read_bytes()
    given = Image.new("CMYK", SIZE, (26, 153, 204, 51))
    same = from_original(original(tmp_path, "same.tif", given, icc_profile=press))
    assert shares(same)[9, 9] == pytest.approx([0.1, 0.6, 0.8, 0.2], abs=0.02)
    other = press[:-8] + bytes(8)
    found = from_original(original(tmp_path, "other.tif", given, icc_profile=other))
    wanted = inks().picture(given, other, photograph=False).getpixel((9, 9))
    assert shares(found)[9, 9] == pytest.approx(np.array(wanted) / 255, abs=0.03)


def test_a_picture_is_upright_as_on_the_page(tmp_path: Path) -> None:
    wide = profile_like(gamma=2.2, wide=True)
    lying = colours().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it clockwise to see it upright
    path = original(tmp_path, "turned.jpg", lying, quality=98, icc_profile=wide, exif=exif)
    wanted = np.asarray(inks().picture(colours(), wide, photograph=True)).astype(float) / 255
    assert np.abs(shares(from_original(path)) - wanted).mean() < 0.01


def test_a_fine_original_is_brought_down(tmp_path: Path) -> None:
    wide = profile_like(gamma=2.2, wide=True)
    path = original(tmp_path, "large.jpg", colours(size=(960, 640)), quality=95, icc_profile=wide)
    found = from_original(path, (960, 640), place="72 0 0 48 0 0", ppi=100)
    assert (int(found.Width), int(found.Height)) == (100, 67)


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: original(folder, "plain.png", Image.new("RGB", SIZE, (9, 9, 200))),
        lambda folder: original(folder, "small.tif", Image.new("CMYK", (5, 5))),
        lambda folder: folder / "missing.jpg",
        lambda folder: _text(folder / "text.jpg", "no picture"),
        lambda folder: _text(folder / "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_else_the_page_s_own_picture_is_used(tmp_path: Path, make: Any) -> None:
    wanted = np.asarray(inks().picture(colours(), None, photograph=True)).astype(float) / 255
    assert np.abs(shares(from_original(make(tmp_path))) - wanted).mean() < 0.01


def _text(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


# --- Broken ones ---


def broken(pdf: pikepdf.Pdf, kind: str) -> Any:
    if kind == "no data":
        return image(pdf, Name.DeviceRGB, SIZE, b"")
    if kind == "no size":
        made = image(pdf, Name.DeviceRGB, SIZE, bytes(4608))
        del made["/Width"]
        return made
    if kind == "huge":
        return image(pdf, Name.DeviceRGB, (10**6, 10**6), b"")
    if kind == "no picture":
        return image(pdf, Name.DeviceRGB, SIZE, b"no jpeg", Filter=Name.DCTDecode)
    if kind == "no space":
        return image(pdf, None, SIZE, bytes(4608))
    if kind == "odd depth":
        return image(pdf, Name.DeviceRGB, SIZE, bytes(4608), 7)
    if kind == "odd decode":
        return image(pdf, Name.DeviceRGB, SIZE, bytes(4608), Decode=Array([0, 1]))
    if kind == "other colours":
        return image(pdf, Name.DeviceRGB, SIZE, jpeg(colours("L")), Filter=Name.DCTDecode)
    return image(pdf, Array([Name.Lab, 3]), SIZE, bytes(4608))


@pytest.mark.parametrize(
    "kind",
    ["no data", "no size", "huge", "no picture", "no space", "odd depth", "odd decode", "other colours", "odd space"],
)
def test_a_broken_picture_is_told_and_taken_out(kind: str) -> None:
    pdf = pikepdf.new()
    page_of("48 0 0 32 0 0 cm /Im1 Do", pdf, XObject=Dictionary(Im1=broken(pdf, kind)))
    (problem,) = separated(pdf)
    assert (problem.page, problem.thing, problem.lost) == (1, "the picture 'Im1'", True)
    with pikepdf.open(io.BytesIO(saved(pdf))) as written:
        assert written.check_pdf_syntax() == []


def test_a_picture_cut_short_is_told_and_kept() -> None:
    pdf = pikepdf.new()
    data = jpeg(colours(size=(480, 320)))
    made = image(pdf, Name.DeviceRGB, (480, 320), data[: len(data) // 2], Filter=Name.DCTDecode)
    page_of("48 0 0 32 0 0 cm /Im1 Do", pdf, XObject=Dictionary(Im1=made))
    (problem,) = separated(pdf, ppi=0)
    assert not problem.lost
    assert made.ColorSpace == Name.DeviceCMYK
