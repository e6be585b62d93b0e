"""Pictures that several pages show are in a file once; what only looks alike is left as it is."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from magbuild.sharing import share_pictures


def picture(pdf: pikepdf.Pdf, data: bytes, **more: object) -> pikepdf.Object:
    facts = {"Subtype": Name.Image, "Width": 2, "Height": 2, "ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}
    return pdf.make_stream(data, **facts, **more)


def pdf_of(*pages: dict[str, pikepdf.Object], pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    for drawn in pages:
        page = pdf.add_blank_page(page_size=(72, 72))
        page.obj.Resources = Dictionary(XObject=Dictionary({f"/{name}": thing for name, thing in drawn.items()}))
    return pdf


def shared(pdf: pikepdf.Pdf) -> tuple[int, list[list[bytes]]]:
    """Share the pictures of a PDF; return how many are in it when it is saved, and what each page shows."""
    share_pictures(pdf)
    packed = io.BytesIO()
    pdf.save(packed)
    with pikepdf.open(packed) as saved:
        pages = [list(page.resources.get("/XObject", {}).values()) for page in saved.pages]
        number = len({thing.objgen for page in pages for thing in page})
        return number, [[thing.read_bytes() for thing in page] for page in pages]


def test_copies_of_a_picture_become_one() -> None:
    with pikepdf.new() as pdf:
        one, copy, other = picture(pdf, b"salt"), picture(pdf, b"salt"), picture(pdf, b"teas")
        pdf_of({"a": one}, {"b": copy, "c": other}, {}, {"d": other}, pdf=pdf)
        assert shared(pdf) == (2, [[b"salt"], [b"salt", b"teas"], [], [b"teas"]])


def test_the_same_bytes_that_mean_something_else_stay() -> None:
    with pikepdf.new() as pdf:
        plain, turned = picture(pdf, b"salt"), picture(pdf, b"salt", Decode=Array([1, 0]))
        pdf_of({"a": plain}, {"b": turned}, pdf=pdf)
        assert shared(pdf)[0] == 2


def test_pictures_with_masks_and_forms_stay() -> None:
    with pikepdf.new() as pdf:
        masks = [picture(pdf, data) for data in (b"mask", b"skam")]
        first, second = (picture(pdf, b"salt", SMask=mask) for mask in masks)
        forms = [pdf.make_stream(b"q Q", Subtype=Name.Form, BBox=Array([0, 0, 1, 1])) for _ in range(2)]
        pdf_of({"a": first, "f": forms[0]}, {"b": second, "f": forms[1]}, pdf=pdf)
        assert shared(pdf) == (4, [[b"salt", b"q Q"], [b"salt", b"q Q"]])


def test_pages_without_resources_are_no_trouble() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(72, 72))
        assert shared(pdf) == (0, [[]])
