"""Pictures on the pages of a PDF: where and how dense they are, and bringing them down to a density."""

import io
import random
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from magbuild.placed import placings, reduce_pictures
from tests.kit_pages import raw_image, small_pdf

Raw = tuple[str, tuple[int, int], bytes]


def plain(width: int, height: int, mode: str = "RGB") -> Raw:
    """Return an even picture of a given size."""
    depth = {"RGB": 3, "L": 1, "CMYK": 4}[mode]
    return mode, (width, height), bytes([200]) * (width * height * depth)


def opened(*contents: str, images: Mapping[str, Raw] | None = None) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(small_pdf(*contents, images=images)))


def found(pdf: pikepdf.Pdf) -> list[tuple[int, float, float, float]]:
    """Return page, width, height and density of every placing, rounded."""
    return [
        (placing.page, round(placing.width, 2), round(placing.height, 2), round(placing.ppi, 1))
        for placing in placings(pdf)
    ]


def decoded(image: pikepdf.Object) -> Image.Image:
    """Return a picture without its mask."""
    assert isinstance(image, pikepdf.Stream)
    return pikepdf.PdfImage(image).as_pil_image(apply_mask=False)


def sizes(pdf: pikepdf.Pdf) -> dict[str, tuple[int, int]]:
    """Return the sizes in pixels of the pictures of the first page, after writing and reading the file."""
    packed = io.BytesIO()
    pdf.save(packed)
    with pikepdf.open(packed) as written:
        images = written.pages[0].obj.Resources.XObject
        result = {}
        for name in dict(images):
            picture = decoded(images[name])
            assert picture.size == (int(images[name].Width), int(images[name].Height))
            result[name.removeprefix("/")] = picture.size
        return result


# --- Where pictures lie ---


def test_a_picture_is_found_with_its_size_and_density() -> None:
    with opened("q 72 0 0 36 10 10 cm /Im Do Q", images={"Im": plain(300, 100)}) as pdf:
        assert found(pdf) == [(1, 72, 36, 200)]  # 300 across, 200 down: the lower one counts


@pytest.mark.parametrize(
    ("content", "width", "height"),
    [
        ("q 2 0 0 2 0 0 cm 36 0 0 18 1 1 cm /Im Do Q", 72, 36),  # changes of scale multiply
        ("q 5 0 0 5 0 0 cm Q 72 0 0 36 0 0 cm /Im Do", 72, 36),  # Q forgets what was set since q
        ("q 0 72 -36 0 0 0 cm /Im Do Q", 72, 36),  # turned by a right angle
        ("q 72 0 0 -36 0 0 cm /Im Do Q", 72, 36),  # upside down
        ("Q 72 0 0 36 0 0 cm /Im Do", 72, 36),  # one Q too many is ignored
    ],
)
def test_the_size_follows_the_coordinate_system(content: str, width: float, height: float) -> None:
    with opened(content, images={"Im": plain(300, 100)}) as pdf:
        assert found(pdf) == [(1, width, height, 200)]


def test_every_drawing_on_every_page_is_found() -> None:
    pages = ["10 0 0 10 0 0 cm /Im Do", "", "q 20 0 0 20 0 0 cm /Im Do Q q 40 0 0 40 0 0 cm /Im Do Q /No Do"]
    with opened(*pages, images={"Im": plain(40, 40)}) as pdf:
        assert [placing[:2] for placing in found(pdf)] == [(1, 10), (3, 20), (3, 40)]


def test_pictures_inside_forms_are_found_at_the_size_they_come_out() -> None:
    with opened("q 2 0 0 2 0 0 cm /Fm Do Q", images={"Im": plain(300, 300)}) as pdf:
        resources = pdf.pages[0].obj.Resources
        resources.XObject.Fm = pdf.make_stream(
            b"72 0 0 72 0 0 cm /Inner Do",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 100, 100],
            Matrix=[0.5, 0, 0, 0.25, 0, 0],
            Resources=Dictionary(XObject=Dictionary(Inner=resources.XObject.Im)),
        )
        assert found(pdf) == [(1, 72, 36, 300)]


def test_a_form_that_draws_itself_does_not_run_for_ever() -> None:
    with opened("/Fm Do", images={"Im": plain(8, 8)}) as pdf:
        resources = pdf.pages[0].obj.Resources
        form = pdf.make_stream(b"/Fm Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(Fm=form))
        resources.XObject.Fm = form
        assert found(pdf) == []


def test_a_picture_without_a_size_on_the_page_has_no_density() -> None:
    with opened("0 0 0 10 0 0 cm /Im Do", images={"Im": plain(40, 40)}) as pdf:
        assert [placing.ppi for placing in placings(pdf)] == [0]


def test_a_page_without_resources_has_no_pictures() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        assert found(pdf) == []


# --- Reducing them ---


@pytest.mark.parametrize(
    ("ppi", "pixels", "reduced"),
    [
        (300, (1200, 600), (300, 150)),  # 1200 ppi at 72 by 36 pt
        (150, (1200, 600), (150, 75)),
        (300, (361, 181), (300, 150)),
        (300, (360, 180), (360, 180)),  # a fifth more than needed is left as it is
        (300, (300, 150), (300, 150)),
        (300, (100, 50), (100, 50)),  # never enlarged
        (300, (1200, 300), (600, 150)),  # 1200 by 600 ppi: the lower is brought down
    ],
)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_is_brought_down_to_exactly_the_density(
    mode: str, ppi: int, pixels: tuple[int, int], reduced: tuple[int, int]
) -> None:
    with opened("72 0 0 36 0 0 cm /Im Do", images={"Im": plain(*pixels, mode)}) as pdf:
        reduce_pictures(pdf, ppi, 90)
        assert sizes(pdf) == {"Im": reduced}
        if reduced != pixels:
            assert min(placing.ppi for placing in placings(pdf)) == pytest.approx(ppi)


def test_the_largest_place_of_a_picture_rules() -> None:
    pages = ["q 18 0 0 18 0 0 cm /Im Do Q", "q 72 0 0 72 0 0 cm /Im Do Q q 9 0 0 9 0 0 cm /Im Do Q"]
    with opened(*pages, images={"Im": plain(1200, 1200)}) as pdf:
        reduce_pictures(pdf, 300, 90)
        assert sizes(pdf) == {"Im": (300, 300)}


def test_a_thin_picture_keeps_a_pixel() -> None:
    with opened("720 0 0 0.08 0 0 cm /Im Do", images={"Im": plain(9000, 1)}) as pdf:
        reduce_pictures(pdf, 150, 90)
        assert sizes(pdf) == {"Im": (1500, 1)}


def test_a_picture_that_is_not_drawn_is_left_alone() -> None:
    with opened("", images={"Im": plain(1200, 1200)}) as pdf:
        reduce_pictures(pdf, 300, 90)
        assert sizes(pdf) == {"Im": (1200, 1200)}


@pytest.mark.parametrize(
    "change",
    [
        {"ColorSpace": Name.DeviceCMYK, "Width": 300},
        {"Decode": pikepdf.Array([1, 0, 1, 0, 1, 0])},
        {"Mask": pikepdf.Array([0, 0, 0, 0, 0, 0])},
        {"BitsPerComponent": 4, "Width": 800},
        {"ColorSpace": pikepdf.Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"]), "Width": 1200},
    ],
)
def test_pictures_of_supplied_artwork_in_other_colours_are_left_alone(change: dict[str, object]) -> None:
    with opened("36 0 0 36 0 0 cm /Im Do", images={"Im": plain(400, 400)}) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.Im
        for key, value in change.items():
            image[f"/{key}"] = value
        before = image.read_raw_bytes()
        reduce_pictures(pdf, 300, 90)
        assert image.read_raw_bytes() == before


def grain(width: int, height: int) -> Image.Image:
    """Return a picture in which every pixel matters."""
    chance = random.Random(1)
    return Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))


def test_a_jpeg_stays_a_jpeg_and_looks_the_same() -> None:
    picture = Image.radial_gradient("L").resize((600, 600)).convert("RGB")
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=95)
    with opened("72 0 0 72 0 0 cm /Im Do", images={"Im": plain(600, 600)}) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.Im
        image.write(packed.getvalue(), filter=Name.DCTDecode)
        reduce_pictures(pdf, 150, 80)
        assert image.Filter == Name.DCTDecode
        shown = decoded(image)
    expected = picture.resize((150, 150), Image.Resampling.BICUBIC)
    differences = [abs(one - other) for one, other in zip(shown.tobytes(), expected.tobytes(), strict=True)]
    assert sum(differences) / len(differences) < 2


def test_predicted_lossless_data_is_read_and_written_without_what_no_longer_holds() -> None:
    """PNG data is kept with a predictor for each row; the smaller picture's data isn't."""
    picture = Image.linear_gradient("L").resize((300, 300)).convert("RGB")
    rows = b"".join(b"\x00" + picture.crop((0, y, 300, y + 1)).tobytes() for y in range(300))
    with opened("72 0 0 72 0 0 cm /Im Do", images={"Im": plain(300, 300)}) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.Im
        mask = raw_image(pdf, "L", (300, 300), bytes(range(250)) * 360)
        image.SMask = mask
        parameters = Dictionary(Predictor=15, Colors=3, Columns=300, BitsPerComponent=8)
        image.write(zlib.compress(rows), filter=Name.FlateDecode, decode_parms=parameters)
        reduce_pictures(pdf, 150, 90)
        assert sizes(pdf) == {"Im": (150, 150)}
        assert (int(mask.Width), int(mask.Height)) == (150, 150)
        shown = decoded(image)
        assert shown.tobytes() == picture.resize((150, 150), Image.Resampling.BICUBIC).tobytes()


@pytest.mark.parametrize("mask_size", [(600, 600), (300, 150)])
def test_soft_masks_are_kept_and_brought_down_with_their_picture(mask_size: tuple[int, int]) -> None:
    mask = Image.linear_gradient("L").resize(mask_size)
    with opened("72 0 0 72 0 0 cm /Im Do", images={"Im": plain(600, 600)}) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.Im
        image.SMask = raw_image(pdf, "L", mask_size, mask.tobytes())
        reduce_pictures(pdf, 150, 90)
        assert (int(image.SMask.Width), int(image.SMask.Height)) == (150, 150)
        shown = decoded(image.SMask)
        assert shown.tobytes() == mask.resize((150, 150), Image.Resampling.BICUBIC).tobytes()
        assert image.SMask.ColorSpace == Name.DeviceGray


def test_a_picture_without_losses_and_with_a_mask_keeps_its_colours() -> None:
    with opened("72 0 0 72 0 0 cm /Im Do", images={"Im": plain(600, 600)}) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.Im
        image.SMask = raw_image(pdf, "L", (600, 600), bytes(360000))
        reduce_pictures(pdf, 150, 10)
        assert "/Filter" not in image
        assert set(image.read_bytes()) == {200}


def test_reducing_twice_changes_nothing_more(tmp_path: Path) -> None:
    def reduced(pdf: pikepdf.Pdf) -> bytes:
        reduce_pictures(pdf, 150, 80)
        return bytes(pdf.pages[0].obj.Resources.XObject.Im.read_raw_bytes())

    picture = grain(400, 400)
    with opened("72 0 0 72 0 0 cm /Im Do", images={"Im": ("RGB", (400, 400), picture.tobytes())}) as pdf:
        once = reduced(pdf)
        assert reduced(pdf) == once
    with opened("72 0 0 72 0 0 cm /Im Do", images={"Im": ("RGB", (400, 400), picture.tobytes())}) as again:
        assert reduced(again) == once  # and another run gives the same bytes


@pytest.fixture
def patterned() -> Iterator[pikepdf.Pdf]:
    """A page filled with a pattern that is made of a picture, as backgrounds that repeat are."""
    with opened("/Pattern cs /P scn 0 0 100 100 re f", images={"Im": plain(600, 600)}) as pdf:
        resources = pdf.pages[0].obj.Resources
        resources.Pattern = Dictionary(
            P=pdf.make_stream(
                b"72 0 0 72 0 0 cm /Im Do",
                Type=Name.Pattern,
                PatternType=1,
                PaintType=1,
                TilingType=1,
                BBox=[0, 0, 72, 72],
                XStep=72,
                YStep=72,
                Resources=Dictionary(XObject=Dictionary(Im=resources.XObject.Im)),
            )
        )
        yield pdf


def test_pictures_of_patterns_are_found(patterned: pikepdf.Pdf) -> None:
    assert found(patterned) == [(1, 72, 72, 600)]
