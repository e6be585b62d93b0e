"""Files that random hands have changed: a preflight of them ends with findings, never with an exception."""

import random
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from magbuild.preflight import preflight
from magbuild.preflight.reports import as_json, as_text
from tests.kit_press import Press, photo, sheetfed, words

LESS = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def small() -> Press:
    """A good file of two pages that isn't packed, with much to break and little else."""
    press = Press()
    while len(press.pdf.pages) > 2:
        del press.pdf.pages[-1]
    press.pdf.Root.OutputIntents[0].DestOutputProfile = press.pdf.make_stream(b"profile", N=4)
    press.add("XObject", "Photo", photo(press.pdf, (12, 8)))
    press.add("XObject", "Form", press.form(f"0 0 0 1 k {words('Salt', 20, 60, 9)}"))
    press.add("Pattern", "P", Dictionary(PatternType=2, Shading=Dictionary(ShadingType=2)))
    press.draw(1, "/Form Do /Pattern cs /P scn 10 10 5 5 re f q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")
    return press


@cache
def plain() -> bytes:
    """Its bytes, without any compression."""
    import io

    packed = io.BytesIO()
    small().pdf.save(packed, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return packed.getvalue()


def checked(data: bytes, folder: Path) -> None:
    """Preflight some bytes, and write both reports."""
    path = folder / "file.pdf"
    path.write_bytes(data)
    result = preflight(path, sheetfed())
    assert result.facts is not None or result.findings
    as_text(result).encode()
    as_json(result).encode()


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 10**9),
        st.sampled_from([b"", b"\xff", b"/", b"[", b"<<", b"-", b"99999999999", b"null", b"(", b" q ", b">>", b"0"]),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.slow
@LESS
@given(changes=CHANGES)
def test_changed_bytes(changes: list[tuple[int, bytes, int]], tmp_path_factory: pytest.TempPathFactory) -> None:
    data = bytearray(plain())
    for at, new, length in changes:
        at %= len(data)
        data[at : at + length] = new
    checked(bytes(data), tmp_path_factory.mktemp("broken"))


@pytest.mark.slow
@LESS
@given(share=st.floats(0, 1))
def test_a_file_cut_anywhere(share: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = plain()
    checked(data[: int(len(data) * share)], tmp_path_factory.mktemp("broken"))


def odd_things(pdf: pikepdf.Pdf) -> list[Any]:
    """Things that are nowhere expected."""
    return [
        0,
        -1,
        True,
        2**40,
        Name.X,
        String("x"),
        Array([]),
        Array([1, 2, 3]),
        Array([Name.Separation]),
        Array([Name.Indexed, Name.DeviceRGB, 300000, String("")]),
        Dictionary(),
        pdf.make_stream(b"q q 1 0 0"),
        pdf.Root,
    ]


@pytest.mark.slow
@LESS
@given(seed=st.integers(0, 10**6))
def test_odd_things_in_the_places_of_others(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)
    press = small()
    holders = [thing for thing in press.pdf.objects if isinstance(thing, (Dictionary, pikepdf.Stream, Array))]
    for _ in range(chance.randint(1, 4)):
        holder = chance.choice(holders)
        new = chance.choice(odd_things(press.pdf))
        if isinstance(holder, Array):
            if len(holder):
                holder[chance.randrange(len(holder))] = new
        elif keys := sorted(set(holder.keys()) - {"/Length"}):
            holder[chance.choice(keys)] = new
    folder = tmp_path_factory.mktemp("broken")
    try:
        path = press.save(folder / "made.pdf")
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        return  # too odd to be written at all
    checked(path.read_bytes(), folder)


def test_names_that_are_not_in_unicode(tmp_path: Path) -> None:
    """Old programs wrote them in Latin-1; the ink is told all the same."""
    press = Press()
    press.add("ColorSpace", "Spot", Array([Name.Separation, Name.XGrueXn, Name.DeviceCMYK, Dictionary()]))
    press.draw(2, "/Spot cs 1 scn 20 60 20 10 re f")
    data = press.save(tmp_path / "file.pdf").read_bytes()
    (tmp_path / "file.pdf").write_bytes(data.replace(b"/XGrueXn", b"/Gr\xfcn   "))
    result = preflight(tmp_path / "file.pdf", sheetfed())
    assert [finding.problem.message for finding in result.findings] == [
        "the spot ink 'Grün' is used, and none was ordered"
    ]


def test_what_a_terminal_would_obey_is_not_shown(tmp_path: Path) -> None:
    press = Press()
    press.add("ColorSpace", "Spot", Array([Name.Separation, Name("/A\x1b[31mB"), Name.DeviceCMYK, Dictionary()]))
    press.draw(2, "/Spot cs 1 scn 20 60 20 10 re f")
    assert "\x1b" not in as_text(preflight(press.save(tmp_path / "file.pdf"), sheetfed()))


def test_a_drawing_of_many_pages_is_taken_apart_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that stands on every page is read a single time."""
    taken: list[Any] = []
    real = pikepdf.parse_content_stream

    def counting(source: Any, *rest: Any) -> Any:
        taken.append(source)
        return real(source, *rest)

    press = Press()
    press.add("XObject", "Form", press.pdf.make_indirect(press.form("0 0.5 0.5 0 k 20 20 5 5 re f")))
    for number in range(1, 9):
        press.draw(number, "/Form Do")
    path = press.save(tmp_path / "file.pdf")
    monkeypatch.setattr(pikepdf, "parse_content_stream", counting)
    assert preflight(path, sheetfed()).good
    assert len(taken) == 8 + 1
