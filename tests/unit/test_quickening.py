"""What makes the layout engine quicker leaves every byte of a proof as it is."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from types import ModuleType

import pyphen
import pytest

from magbuild.paginate import (
    arrays,
    columns,
    flow,
    hyphens,
    layouts,
    lengths,
    lineboxes,
    linebreaks,
    opened,
    paginate,
    parsing,
    unset,
)
from tests.kit_galleys import SMALL_PAGE, small_galley

STYLES = f"""
{SMALL_PAGE}
@page {{ size: 90mm 81mm }}
body {{ hyphens: auto; text-align: justify }}
.columns {{ columns: 2; column-gap: 4mm }}
.three {{ columns: 3 15mm; column-gap: 3mm }}
.over {{ column-span: all; margin: 12pt 0 6pt }}
.drop::first-letter {{ font-size: 24pt; line-height: 24pt; padding-right: 1pt }}
.floating-drop::first-letter {{ float: left; font-size: 30pt; line-height: 24pt }}
.line::first-line {{ font-size: 11pt }}
.left {{ float: left; width: 15mm; margin: 0 2mm 0 0 }}
.foot {{ float: footnote }}
.foot::footnote-call, .foot::footnote-marker {{ content: none }}
.note {{ float: footnote; font-size: 7pt }}
.there {{ position: absolute; right: 0 }}
.beside {{ position: relative; left: 1mm }}
.whole {{ break-inside: avoid }}
.flex {{ display: flex; gap: 2mm }}
.flex > * {{ min-width: 10% }}
.grid {{ display: grid; grid-template-columns: 1fr 2fr }}
table {{ width: 100%; margin: 6pt 0 }}
.collapsed {{ border-collapse: collapse }}
td, th {{ border: 1pt solid; padding: 1pt 2% }}
.small {{ font-variant-caps: small-caps; font-weight: bold }}
.apart {{ letter-spacing: 1pt; word-spacing: 2pt; font-style: italic }}
.fine {{ font-feature-settings: "liga" 0; font-kerning: none }}
ul {{ padding-left: 4mm }}
"""
TEXT = (
    "Salt was carried over the mountains long before anybody thought of taxing it, and the people who carried "
    "it knew every innkeeper, every ford and every toll between the coast and the farthest valley. "
)
LONG = "".join(f"<p>{number}. {TEXT}</p>" for number in range(14))
TABLE = "<tr><th>Year</th><th>Tons</th></tr>" + "".join(
    f"<tr><td>{at}</td><td>{TEXT[:40]}</td></tr>" for at in range(6)
)
# Of three lines neither the first nor the last may stand alone: a column gets them all, when it is high enough.
IN_THREES = "<p>a<br>b<br>c</p>" * 3
CONTENTS = {
    "columns made higher": f'<div class="columns">{IN_THREES}</div>',
    "margins at heads": '<div class="columns">'
    + f'<div class="whole"><p style="margin: 9pt 0">{TEXT}</p></div>' * 9
    + "</div>",
    "no room at heads": f'<div class="columns">{LONG}' + f'<div style="height: 80mm">{TEXT}</div>' * 9 + "</div>",
    "columns over pages": f'<div class="columns">{LONG}</div>',
    "columns under a head": f'<h1>Salt</h1><div class="columns">{LONG}</div><p>after</p>',
    "balanced columns": f'<div class="three">{LONG[:900]}</div>{TEXT}<div class="columns">{LONG[:1300]}</div>',
    "heads over columns": f'<div class="columns"><h2 class="over">One</h2>{LONG}<h2 class="over">Two</h2>{LONG}</div>',
    "drop caps": f'<div class="columns"><p class="drop">{TEXT}</p>{LONG}</div><p class="floating-drop">{TEXT}</p>',
    "first lines": f'<p class="line drop">{TEXT}</p>{LONG}<p class="line">{TEXT}</p>',  # in columns they take minutes
    "floats": f'<div class="columns">{LONG}<div class="left">{TEXT}</div>{LONG}</div>',
    "feet": f'<div class="columns"><p>{TEXT}</p><div class="foot">{TEXT}</div>{LONG}<div class="foot">x</div></div>',
    "notes": '<div class="columns">' + f'<p>{TEXT}<span class="note">A note.</span>{TEXT}</p>' * 9 + "</div>",
    "what stands by itself": f'<div class="columns">{LONG}<p class="beside">a<i class="there">b</i></p>{LONG}</div>',
    "tables": f'<div class="columns">{LONG}<table>{TABLE}</table>{LONG}<table class="collapsed">{TABLE}</table></div>',
    "balanced tables": f'<div class="columns"><p>{TEXT}</p><table>{TABLE}</table>{IN_THREES}</div>' * 2
    + f'<div class="columns">{LONG[:700]}<table class="collapsed">{TABLE}</table>{LONG[:900]}'
    + f"<table>{TABLE}</table></div>",
    "tables with columns": '<div class="columns">'
    + f'{LONG[:900]}<table><col style="background: #eee"><col>{TABLE}</table><p>{TEXT}</p></div>' * 2,
    "balanced lists": f'<div class="columns"><ul><li>{TEXT}<li>a</ul>{IN_THREES}<ul><li>{TEXT}</ul></div>',
    "lists": '<div class="columns">' + f"<ul><li>{TEXT}</li><li>{TEXT}</li></ul>" * 8 + "</div>",
    "rows and grids": f'<div class="flex"><div>{TEXT}</div><div>b</div></div><div class="grid"><p>{TEXT}</p>d</div>'
    f'<div class="columns"><div class="flex"><div>{TEXT}</div><div>b</div></div>{LONG}</div>',
    "fonts": f'<div class="columns" lang="de">{LONG[:700]}</div><p class="small">{TEXT}</p><u>{TEXT}</u>'
    f'<b>b <u>b</u></b><p lang="sr">Б <i lang="ru">б</i></p><p class="apart">{TEXT}</p><p class="fine">{TEXT} fi</p>',
    "lines under a float": f'<div class="columns"><p><span class="left">a<br>b</span>{TEXT}</p>{LONG}</div>',
    "languages": f'<div class="columns" lang="de">{LONG}</div><p lang="ca">{TEXT}</p>',
}


QUICKENING = (
    (columns, "kept"),
    (columns, "looked_behind_once"),
    (columns, "made_higher_at_once"),
    (flow, "told_at_once"),
    (layouts, "copied"),
    (lengths, "remembered"),
    (lineboxes, "kept"),
    (linebreaks, "remembered"),
    (parsing, "remembered"),
    (unset, "told_at_once"),
)


@contextmanager
def nothing() -> Iterator[None]:
    yield


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_a_proof_is_the_same_as_the_engine_alone_makes_it(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    galley = small_galley("a", content, STYLES)
    quick = paginate(galley)
    for module, name in QUICKENING:
        monkeypatch.setattr(module, name, nothing)
    monkeypatch.setattr(hyphens, "read_when_asked", nothing)
    monkeypatch.setattr(pyphen, "hdcache", {})
    assert quick == paginate(galley)
    assert len(quick.pages) > 1 or "columns under" not in content


@pytest.mark.parametrize(("module", "name"), QUICKENING)
def test_the_engine_is_left_as_it_was(module: ModuleType, name: str) -> None:
    from tinyhtml5 import inputstream
    from weasyprint.css import ComputedStyle
    from weasyprint.formatting_structure.boxes import Box, ParentBox
    from weasyprint.layout import block, inline, percent
    from weasyprint.text.line_break import Layout

    def ways() -> list[object]:
        quickened = [block.block_box_layout, block.resolve_percentages, inline.strut, inline.split_first_line]
        asked = [Layout.setup, Box.is_in_normal_flow, ParentBox.page_values, ComputedStyle.__missing__]
        return [*quickened, inline.get_next_linebox, *asked, id(inputstream.characters_until_regex)]

    before = ways()
    with getattr(module, name)():
        assert ways() != before
    assert ways() == before
    assert percent.resolve_percentages is block.resolve_percentages


def test_a_column_that_was_tried_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import block

    def columns_set(content: str) -> int:
        paginate(small_galley("a", content, STYLES))
        return len(found)

    found: list[object] = []
    lay_out = block.block_box_layout

    def counting(context: object, box: object, *rest: object, **more: object) -> object:
        if box.is_column:  # type: ignore[attr-defined]
            found.append(box)
        return lay_out(context, box, *rest, **more)

    monkeypatch.setattr(block, "block_box_layout", counting)
    quick = columns_set(CONTENTS["columns over pages"])
    found.clear()
    monkeypatch.setattr(columns, "kept", nothing)
    assert quick < columns_set(CONTENTS["columns over pages"])


def calls(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, content: str) -> Callable[[], int]:
    """Return what sets some of `CONTENTS`, and tells how often it calls one of the engine's functions."""
    found: list[object] = []
    function = getattr(module, name)

    def counting(*given: object) -> object:
        found.append(given)
        return function(*given)

    def set_anew() -> int:
        found.clear()
        paginate(small_galley("a", CONTENTS[content], STYLES))
        return len(found)

    monkeypatch.setattr(module, name, counting)
    return set_anew


def test_a_column_that_is_made_higher_is_not_set_again_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import block

    lines_asked_for = calls(monkeypatch, block, "_linebox_layout", "columns made higher")
    quick = lines_asked_for()
    monkeypatch.setattr(columns, "made_higher_at_once", nothing)
    assert quick < lines_asked_for() / 3


def test_the_box_behind_a_column_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import block

    def looks() -> int:
        bottoms.clear()
        paginate(small_galley("a", CONTENTS["balanced columns"], STYLES))
        return bottoms.count(inf)

    bottoms: list[object] = []
    lay_out = block.block_box_layout

    def counting(context: object, box: object, bottom_space: object, *rest: object, **more: object) -> object:
        if box.is_column:  # type: ignore[attr-defined]
            bottoms.append(bottom_space)
        return lay_out(context, box, bottom_space, *rest, **more)

    monkeypatch.setattr(block, "block_box_layout", counting)
    quick = looks()
    monkeypatch.setattr(columns, "looked_behind_once", nothing)
    assert 0 < quick < looks()


def test_a_line_that_was_set_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import inline

    lines_set = calls(monkeypatch, inline, "get_next_linebox", "balanced columns")
    quick = lines_set()
    monkeypatch.setattr(lineboxes, "kept", nothing)
    assert quick < lines_set() / 2


def test_a_line_under_a_float_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import inline

    beside: list[bool] = []
    set_line = inline.get_next_linebox

    def noting(context: object, *rest: object) -> object:
        beside.append(bool(context.excluded_shapes))  # type: ignore[attr-defined]
        return set_line(context, *rest)

    monkeypatch.setattr(inline, "get_next_linebox", noting)
    paginate(small_galley("a", CONTENTS["lines under a float"], STYLES))
    assert sum(beside) < len(beside) / 3  # those of the first paragraph, which holds the float


# --- Layouts ---


def test_a_layout_is_set_up_once_for_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text.line_break import Layout

    def times_set_up() -> int:
        found.clear()
        paginate(small_galley("a", CONTENTS["columns over pages"], STYLES))
        return len(found)

    found: list[object] = []
    set_up = Layout.setup

    def counting(layout: object, style: object) -> None:
        found.append(style)
        set_up(layout, style)

    monkeypatch.setattr(Layout, "setup", counting)
    quick = times_set_up()
    monkeypatch.setattr(layouts, "copied", nothing)
    assert quick < times_set_up() / 5


# --- Pages ---

KINDS = f"""{STYLES}
@page {{ @top-left {{ content: "any" }} }}
@page plain {{ @top-left {{ content: "plain" }} }}
@page wide {{ size: 110mm 81mm }}
.plain {{ page: plain }}
.wide {{ page: wide }}
"""
OF_KINDS = {
    "in another": '<div class="plain"><p>a</p><div><div class="wide">b</div></div></div><p>c</p>',
    "behind a place of its own": '<p>x</p><div><i class="there">a</i><p class="plain">b</p></div><p>c</p>',
    "behind a float": '<p>x</p><div><div class="left">a</div><p class="wide">b</p></div><p class="wide">c</p>',
    "at both ends": '<p>a</p><div><p class="wide">b</p>c<p class="plain">d</p></div><p class="plain">e</p><div></div>',
}


@pytest.mark.parametrize("content", OF_KINDS.values(), ids=OF_KINDS.keys())
def test_kinds_of_pages_begin_where_the_engine_alone_begins_them(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    galley = small_galley("a", content, KINDS)
    quick = paginate(galley)
    monkeypatch.setattr(flow, "told_at_once", nothing)
    assert quick == paginate(galley)
    assert len(quick.pages) > 1


# --- Expressions of the parser ---


@pytest.mark.parametrize(
    ("letters", "made_of", "found"),
    [(("&", "<", "\0"), False, "]a-^b"), (("]", "-", "^", "a"), True, "]a-^"), ("&", False, "]a-^b")],
)
def test_expressions_find_what_ends_a_stretch(letters: tuple[str, ...], made_of: bool, found: str) -> None:
    expressions = parsing.Expressions()
    match = expressions[letters, made_of].match("]a-^b&c")
    assert match is not None
    assert match[0] == found
    assert expressions[letters, made_of] is expressions[letters, made_of]


# --- Patterns ---


@pytest.mark.parametrize("language", ["en_GB", "en_US", "ru_RU", "fr", "te_IN", "ca"])
def test_patterns_are_those_of_the_engine(language: str) -> None:
    path = pyphen.LANGUAGES[language]
    whole = pyphen.HyphDict(path)
    with hyphens.read_when_asked():
        asked = pyphen.HyphDict(path)
    assert asked.maxlen == whole.maxlen
    assert {letters: asked.patterns.get(letters) for letters in asked.patterns} == whole.patterns
    assert asked.patterns.get("no such letters") is None


@pytest.mark.parametrize(
    ("content", "quick"),
    [
        (b"UTF-8\n% 1\n.a1b\nc0d\n\ne2f1g\n.a3b\n", True),
        (b"ISO8859-1\r\n#9\r\n\xe41b\r\nRIGHTHYPHENMIN 3\r\n", True),
        (b"UTF-8\n^^e41b\na1b\n", False),
        (b"UTF-8\na1b/x=y,1,2\n", False),
    ],
)
def test_patterns_of_any_file_are_those_of_the_engine(content: bytes, quick: bool, tmp_path: Path) -> None:
    path = tmp_path / "hyph_xx.dic"
    path.write_bytes(content)
    whole = pyphen.HyphDict(path)
    with hyphens.read_when_asked():
        asked = pyphen.HyphDict(path)
    assert isinstance(asked.patterns, hyphens.Patterns) == quick
    assert {letters: asked.patterns.get(letters) for letters in asked.patterns} == whole.patterns
    assert asked.maxlen == whole.maxlen


# --- Arrays ---


def test_types_of_arrays_are_those_that_are_declared() -> None:
    from weasyprint.text.ffi import ffi

    declared = ffi.typeof("hb_codepoint_t[1234]")
    with arrays.made():
        assert ffi.typeof("hb_codepoint_t[1234]") == declared
        assert list(ffi.new("hb_codepoint_t[3]", [5, 6, 7])) == [5, 6, 7]
        assert ffi.sizeof("char[9]") == 9
        with pytest.raises(KeyError):
            arrays.Types()["no_such_type *"]
    assert not isinstance(ffi._parsed_types, arrays.Types)


def test_declarations_of_arrays_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text.ffi import ffi

    read: list[str] = []
    parse = type(ffi)._typeof_locked

    def reading(self: object, text: str) -> object:
        read.append(text)
        return parse(self, text)

    monkeypatch.setattr(type(ffi), "_typeof_locked", reading)
    with arrays.made():
        for length in range(4000, 4010):
            ffi.typeof(f"hb_codepoint_t[{length}]")
    assert len(read) <= 1  # the type of what they hold


# --- Opening the engine ---

READS = """
from magbuild.paginate.opened import engine
from weasyprint.text.ffi import ffi
read, parse = [], type(ffi)._typeof_locked
type(ffi)._typeof_locked = lambda self, text: (read.append(text), parse(self, text))[1]
from magbuild.paginate import paginate
from tests.kit_galleys import SMALL_PAGE, small_galley
proof = paginate(small_galley("a", '<p style="text-align: justify">' + "Salt was carried. " * 99, SMALL_PAGE))
print(len(proof.pages), read)
"""


@pytest.mark.slow
def test_the_first_story_of_a_worker_reads_no_declarations() -> None:
    done = subprocess.run([sys.executable, "-c", READS], capture_output=True, check=True, text=True)
    assert done.stdout == "4 []\n"


OPENS = """
import ctypes.util, sys
asked = []
sys.addaudithook(lambda event, _: asked.append(event) if event == "subprocess.Popen" else None)
find = ctypes.util.find_library
from magbuild.paginate.opened import engine
assert ctypes.util.find_library is find
print(len(asked), engine.__name__)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries have other names")
def test_the_engine_opens_without_asking_another_program() -> None:
    done = subprocess.run([sys.executable, "-c", OPENS], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["0", "magbuild.paginate.engine"]


def test_a_library_that_is_not_there_is_not_loaded() -> None:
    assert not opened._loads("libno-such-library.so.0")
