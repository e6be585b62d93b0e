"""PDFs to be separated, made by hand, and what is in them afterwards."""

import io
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from magbuild.inks import Inks, inks_of
from magbuild.model import Colour
from magbuild.separation import Unseparated, separate
from magbuild.separation.names import entries, spelled
from tests.kit_inks import FOGRA39

PALETTE = {
    "brand": Colour(screen="#b5121b", print=(0, 100, 90, 20)),
    "ink": Colour(screen="#1c1a19", print=(0, 0, 0, 100)),
    "signal": Colour(screen="#c8102e", spot="PANTONE 186 C"),
}
BRAND = "0.709804 0.070588 0.105882"
SIGNAL = "0.784314 0.062745 0.180392"
# What may be nowhere in a file that goes to a press in CMYK.
FORBIDDEN = {"/DeviceRGB", "/CalRGB", "/CalGray", "/Lab", "/ICCBased", "/DefaultRGB", "/DefaultGray", "/DefaultCMYK"}
# Objects die with their PDF: those of the last tests are kept.
_OPEN: deque[pikepdf.Pdf] = deque(maxlen=50)
_COLOURS = {"rg", "RG", "g", "G", "sc", "SC"}


def inks(palette: Mapping[str, Colour] = PALETTE, total_ink: float = 300) -> Inks:
    """Return the inks that tests print with."""
    return inks_of(FOGRA39, palette, total_ink=total_ink)


def page_of(content: str | bytes, pdf: pikepdf.Pdf | None = None, **resources: Any) -> pikepdf.Pdf:
    """Return a PDF with one page of 100 pt; `resources` are dictionaries by their kinds ("XObject", ...)."""
    made = pdf or pikepdf.new()
    _OPEN.append(made)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 100, 100]),
        Resources=Dictionary({f"/{kind}": things for kind, things in resources.items()}),
        Contents=made.make_stream(content if isinstance(content, bytes) else content.encode()),
    )
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    return made


def separated(
    pdf: pikepdf.Pdf,
    *,
    originals: Mapping[str, Path] | None = None,
    ppi: float = 300,
    line_ppi: float = 1200,
    palette: Mapping[str, Colour] = PALETTE,
    total_ink: float = 300,
) -> tuple[Unseparated, ...]:
    """Separate a PDF, and assert that nothing is left in it that no press takes."""
    found = separate(pdf, inks(palette, total_ink), originals=originals or {}, ppi=ppi, line_ppi=line_ppi)
    assert_separated(pdf)
    return found


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return a PDF as a file."""
    packed = io.BytesIO()
    pdf.save(packed, deterministic_id=True)
    return packed.getvalue()


def text_of(pdf: pikepdf.Pdf, page: int = 0) -> str:
    """Return a page's instructions, a line for each."""
    return code_of(pdf.pages[page])


def code_of(stream: Any) -> str:
    """Return a stream's instructions, a line for each."""
    return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(stream)).decode("latin-1")


def lines_of(pdf: pikepdf.Pdf, page: int = 0) -> list[str]:
    """Return a page's instructions."""
    return text_of(pdf, page).splitlines()


# --- Nothing may be left ---


def assert_separated(pdf: pikepdf.Pdf) -> None:
    """Assert that no colour of screens can be reached from anywhere in a PDF."""
    with pikepdf.open(io.BytesIO(saved(pdf))) as written:
        for path, thing in reachable(written.Root, "Root"):
            if isinstance(thing, Name):
                assert spelled(thing) not in FORBIDDEN, path
            elif isinstance(thing, Dictionary) and thing.get("/S") == Name.Transparency:
                spaces = (Name.DeviceCMYK, Name.DeviceGray) if ".SMask.G" in path else (Name.DeviceCMYK,)
                assert thing.get("/CS") in spaces, path
            elif isinstance(thing, Dictionary):
                assert not FORBIDDEN & set(thing.keys()), path
            elif isinstance(thing, Stream):
                _assert_stream(thing, path)


def _assert_stream(stream: Stream, path: str) -> None:
    drawn = stream.get("/Subtype") == Name.Form or "/PatternType" in stream or ".Contents" in path
    if drawn or ".CharProcs" in path:
        used = {str(instruction.operator) for instruction in pikepdf.parse_content_stream(stream)}
        mask = ".SMask.G" in path
        assert not used & (_COLOURS - ({"g", "G"} if mask else set())), f"{path}: {used & _COLOURS}"
    if stream.get("/Subtype") == Name.Image:
        assert "/Interpolate" not in stream, path
        assert "/Alternates" not in stream, path


def reachable(root: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield everything that can be reached from an object, with the way to it."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[str, Any]] = [(name, root)]
    while waiting:
        path, thing = waiting.pop()
        if isinstance(thing, Object) and thing.is_indirect:
            # A soft mask may be drawn elsewhere too, so the way counts.
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        yield path, thing
        if isinstance(thing, Array):
            waiting += [(f"{path}[{at}]", part) for at, part in enumerate(thing)]
        elif isinstance(thing, (Dictionary, Stream)):
            waiting += [(f"{path}.{key[1:]}", part) for key, part in entries(thing).items() if key != "/Parent"]


# --- Things to draw with ---


def form(pdf: pikepdf.Pdf, content: str, **entries: Any) -> Stream:
    """Return a form of 100 pt."""
    facts = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))
    made = pdf.make_stream(content.encode(), facts)
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def image(pdf: pikepdf.Pdf, space: Any, size: tuple[int, int], data: bytes, bits: int = 8, **entries: Any) -> Stream:
    """Return a picture whose data are as given."""
    facts = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], BitsPerComponent=bits)
    made = pdf.make_stream(data, facts)
    if space is not None:
        made.ColorSpace = space
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def icc(pdf: pikepdf.Pdf, profile: bytes, count: int, **entries: Any) -> Array:
    """Return the colour space of an embedded profile."""
    stream = pdf.make_stream(profile, Dictionary(N=count))
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return Array([Name.ICCBased, stream])


def power(*ends: list[float], exponent: float = 1) -> Dictionary:
    """Return a function of type 2 from one colour to another."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(ends[0]), C1=Array(ends[1]), N=exponent)


def program(pdf: pikepdf.Pdf, code: str, inputs: int, outputs: int) -> Stream:
    """Return a function of type 4."""
    facts = Dictionary(FunctionType=4, Domain=Array([0, 1] * inputs), Range=Array([0, 1] * outputs))
    return pdf.make_stream(code.encode(), facts)
