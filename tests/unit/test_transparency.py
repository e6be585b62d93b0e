"""Each kind of transparency is found where it is drawn, and only there."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from magbuild.transparency import is_transparent, transparencies


def page_with(content: str, **resources: pikepdf.Object) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    (page,) = pdf.pages
    page.obj.Contents = pdf.make_stream(content.encode())
    page.obj.Resources = Dictionary({f"/{kind}": held for kind, held in resources.items()})
    return pdf


def found(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    (page,) = pdf.pages
    everything = list(transparencies(page, 7))
    assert all(one.page == 7 for one in everything)
    assert is_transparent(page) == bool(everything)
    return [(one.thing, one.fault) for one in everything]


def states(**entries: Any) -> Dictionary:
    return Dictionary(G=Dictionary(**entries))


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({"ca": 0.5}, "has 50 % opacity"),
        ({"CA": 0}, "has 0 % opacity"),
        ({"BM": Name.Multiply}, "blends by Multiply"),
        ({"BM": Array([Name.Screen, Name.Normal])}, "blends by Screen"),
        ({"SMask": Dictionary(S=Name.Luminosity)}, "has a soft mask"),
    ],
)
def test_graphics_states_that_are_set(entries: dict[str, Any], fault: str) -> None:
    assert found(page_with("/G gs 0 0 9 9 re f", ExtGState=states(**entries))) == [("graphics state /G", fault)]
    assert found(page_with("0 0 9 9 re f", ExtGState=states(**entries))) == []


@pytest.mark.parametrize(
    "entries",
    [
        {"ca": 1, "CA": 1.0},
        {"BM": Name.Normal},
        {"BM": Array([Name.Compatible])},
        {"BM": Array([])},
        {"SMask": Name("/None")},
        {"OP": True, "op": True, "OPM": 1},
        {"ca": Name.Odd, "BM": Name.Normal},
    ],
)
def test_opaque_states_are_none(entries: dict[str, Any]) -> None:
    assert found(page_with("/G gs", ExtGState=states(**entries))) == []


def picture(pdf: pikepdf.Pdf, **entries: object) -> pikepdf.Stream:
    image = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    for key, value in entries.items():
        image[f"/{key}"] = value
    return image


def test_pictures_with_soft_masks() -> None:
    pdf = page_with("/Im Do /Im Do")
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im=picture(pdf, SMask=picture(pdf))))
    assert found(pdf) == [("picture /Im (1 by 1 pixels)", "has a soft mask")]
    pdf.pages[0].obj.Resources.XObject.Im = picture(pdf, SMaskInData=1)
    assert found(pdf) == [("picture /Im (1 by 1 pixels)", "has a soft mask")]
    pdf.pages[0].obj.Resources.XObject.Im = picture(pdf, Mask=picture(pdf))
    assert found(pdf) == []


@pytest.mark.parametrize("kind", ["form", "nested", "pattern", "shading", "type"])
def test_what_forms_patterns_and_drawn_type_hold(kind: str) -> None:
    pdf = page_with("")
    inner = Dictionary(ExtGState=states(ca=0.25))
    form = pdf.make_stream(b"/G gs 0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, Resources=inner)
    if kind == "nested":
        holder = Dictionary(XObject=Dictionary(F=form))
        form = pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, Resources=holder)
    content, resources = {
        "form": (b"/F Do", Dictionary(XObject=Dictionary(F=form))),
        "nested": (b"/F Do", Dictionary(XObject=Dictionary(F=form))),
        "pattern": (b"/Pattern cs /F scn 0 0 9 9 re f", Dictionary(Pattern=Dictionary(F=form))),
        "shading": (b"/Pattern cs /P scn", Dictionary(Pattern=Dictionary(P=Dictionary(ExtGState=Dictionary(ca=0.25))))),
        "type": (
            b"BT /T 9 Tf (a) Tj ET",
            Dictionary(Font=Dictionary(T=Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=form)))),
        ),
    }[kind]
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    pdf.pages[0].obj.Resources = resources
    ((thing, fault),) = found(pdf)
    assert thing == ("graphics state of pattern /P" if kind == "shading" else "graphics state /G")
    assert fault == "has 25 % opacity"


def test_forms_that_draw_themselves_come_to_an_end() -> None:
    pdf = page_with("/F Do")
    form = pdf.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form)
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
    assert found(pdf) == []


def test_resources_may_be_those_of_the_tree_or_missing() -> None:
    pdf = page_with("/G gs")
    del pdf.pages[0].obj["/Resources"]
    assert found(pdf) == []
    pdf.Root.Pages.Resources = Dictionary(ExtGState=states(ca=0.5))
    assert found(pdf) == [("graphics state /G", "has 50 % opacity")]


@pytest.mark.parametrize("content", [b"/G", b"gs", b"/G gs ) ((", b"\xff\x00 /G gs /Im Do", b"[/G gs"])
def test_broken_content_is_no_reason_to_stop(content: bytes) -> None:
    pdf = page_with("", ExtGState=Array([]))
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    packed = io.BytesIO()
    pdf.save(packed)
    with pikepdf.open(packed) as opened:
        assert found(opened) == []
