"""Justified paragraphs as they come out on pages: even, with all their words, divided where they may be."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magbuild.lines import Limits, Line
from magbuild.paginate import Proof, endless, paginate, paragraphs
from tests.kit_galleys import SMALL_PAGE, small_galley
from tests.kit_pages import MM, texts

STYLES = f"""
{SMALL_PAGE}
@page {{ size: 70mm 120mm }}
:root {{ --line: 12pt; hyphenate-character: "-" }}
.body p {{ margin: 0; text-align: justify; text-indent: 1em; hyphens: auto; hyphenate-limit-chars: 5 2 3 }}
"""
ROOM = 70 - 12  # mm
TEXT = (
    "Salt was carried over the mountains long before anybody thought of taxing it, and the people who carried it "
    "knew every innkeeper, every ford and every toll between the coast and the farthest valley. They went in "
    "companies of twenty, with mules that could find the path in snow, and they settled among themselves what "
    "a measure was worth. When the customs house was built, nobody had asked them where it should stand; it stood "
    "for three years beside a road on which hardly anything was transported, until the revenue officers understood "
    "that the caravans had returned to the older and steeper crossing, which was in no register."
)


def proof(content: str, styles: str = "") -> Proof:
    return paginate(small_galley("a", f'<div class="body">{content}</div>', STYLES + styles))


def lines(content: str, styles: str = "") -> list[Line]:
    return [line for page in proof(content, styles).measured for line in page.lines]


def words(lines: list[Line]) -> str:
    """Return the text of lines, with the words put together again that they divide."""
    return "".join(
        line.text.removesuffix("-") if line.hyphenated and not line.text.endswith("well-") else f"{line.text} "
        for line in lines
    )


def test_every_line_fills_its_room_and_no_word_is_lost() -> None:
    found = lines(f"<p>{TEXT}</p>")
    assert words(found).split() == TEXT.split()
    for line in found[:-1]:
        assert line.short == pytest.approx(0, abs=0.05)
        assert line.spacing <= 0.75


def test_it_is_more_even_than_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def unevenness() -> float:
        spacings = [line.spacing for line in lines(f"<p>{TEXT}</p><p>{TEXT[120:]}</p>") if line.justified]
        return sum((spacing - 0.2) ** 2 for spacing in spacings)

    planned = unevenness()
    monkeypatch.setattr(paragraphs._Plans, "line", lambda *_: None)
    assert planned < 0.6 * unevenness()


def test_spaces_are_narrowed_no_more_than_the_layout_allows() -> None:
    tight = lines(f"<p>{TEXT}</p>", ":root { --narrowest: 0.16 }")
    narrowed = [line.spacing for line in tight if line.justified and line.spacing < 0.2]
    assert narrowed
    assert min(narrowed) >= 0.16 - 0.002
    assert (
        min(line.spacing for line in lines(f"<p>{TEXT}</p>", ":root { --narrowest: 0.2 }") if line.justified) >= 0.199
    )


def test_letters_are_set_apart_where_spaces_would_be_too_wide() -> None:
    wide = "Notwithstanding unquestionably straightforward misunderstandings throughout"
    styles = ".body p { hyphens: none; text-indent: 0 }"
    before, *_ = lines(f"<p>{wide}</p>", f":root {{ --apart: 0 }} {styles}")
    apart, *_ = lines(f"<p>{wide}</p>", f":root {{ --apart: 0.02 }} {styles}")
    assert apart.text == before.text
    assert apart.spacing < before.spacing
    assert apart.short == pytest.approx(0, abs=0.05)
    nothing, *_ = lines(f"<p>{wide}</p>", f":root {{ --apart: 0.02; --widest: 9 }} {styles}")
    assert nothing.spacing == before.spacing


def test_no_more_hyphens_in_a_row_than_the_layout_allows() -> None:
    for most in (1, 2):
        found = lines(f"<p>{TEXT}</p>", f"@page {{ size: 52mm 150mm }} p {{ --hyphens: {most} }}")
        runs = "".join("-" if line.hyphenated else " " for line in found)
        assert max(map(len, runs.split())) == most


INLINE = {
    "italics": "<em>Salt</em> was <em>carried over the mountains</em> long before anybody thought",
    "a note": 'taxing it,<a class="n" href="#x">12</a> and the people who carried it <b id="x">knew</b>',
    "room beside": 'mules <span style="padding: 0 0.4pt; border: 0.1pt solid">that could</span> find the path in snow',
    "no-break spaces": "page\u00a014 and page\u00a015 of the register of the customs house of the valley",
    "soft hyphens": "cus\u00adtoms houses and rev\u00aden\u00adue of\u00adfi\u00adcers of the valley and the coast",
    "ligatures": "the officers of the affluent office offered efficient afflictions to the offended traffic",
    "other letters": "Çatalhöyük, Göbekli Tepe, Šibenik, Ţepeş – and “quotes”; élan, naïve façades – of course",
    "greek and emoji": "the λόγος of Heraclitus 🙂 was salt, and λόγος is carried by mules over the mountains",
    "compounds": "the well-known salt-carrying mule-drivers went from twenty-four to twenty-seven toll-houses",
    "addresses": 'see <a href="https://salt.example/roads" style="hyphens: manual">salt.example/roads</a> for them',
    "other sizes": 'the <b style="font-size: 6pt">customs house</b> was <i style="font-size: 11pt">built</i>',
    "letters apart": 'the <span style="letter-spacing: 1pt">customs house</span> was built where nobody went',
}


@pytest.mark.parametrize("content", INLINE.values(), ids=INLINE.keys())
def test_what_stands_in_a_paragraph(content: str) -> None:
    found = lines(f"<p>{content} {TEXT[:200]} {content}, {content}</p>", ":root { --apart: 0.01 }")
    assert len(found) > 6
    for line in found[:-1]:
        assert line.short == pytest.approx(0, abs=0.6), line.text
    plain = re.sub(r"<[^>]*>", "", f"{content} {TEXT[:200]} {content}, {content}").replace("\u00ad", "")
    joined = "".join(line.text for line in found).replace("\u00ad", "")
    assert re.sub(r"[\s-]", "", joined) == re.sub(r"[\s-]", "", plain)


@pytest.mark.parametrize(
    "content",
    [
        f"{TEXT[:90]}<br>{TEXT[90:200]}",
        f'{TEXT[:90]}<span style="display: inline-block; width: 9mm">x</span>{TEXT[90:200]}',
        f'<span dir="rtl">{TEXT[:60]}</span> {TEXT[60:200]}',
        f'<span style="white-space: nowrap">{TEXT[:30]}</span> {TEXT[30:200]}',
        f"{'x' * 120} {TEXT[:100]}",
    ],
)
def test_what_only_the_engine_can_set_is_left_to_it(content: str) -> None:
    joined = "".join(line.text for line in lines(f"<p>{content}</p>"))
    plain = re.sub(r"<[^>]*>", "", content)
    assert sorted(re.sub(r"[\s-]", "", joined)) == sorted(re.sub(r"[\s-]", "", plain))


def test_lines_beside_a_drop_cap_are_shorter() -> None:
    cap = '<span style="float: left; font-size: 24pt; line-height: 24pt; height: 23pt; padding-right: 2pt">S</span>'
    found = [line for line in lines(f"<p>{cap}{TEXT[1:]}</p>") if line.flows]
    assert all(line.left > 6 * MM + 10 for line in found[:2])
    assert all(line.left == pytest.approx(6 * MM, abs=0.01) for line in found[2:])
    assert all(line.short == pytest.approx(0, abs=0.05) for line in found[:-1])


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    styles = "@page { size: 70mm 60mm } .body { columns: 2; column-gap: 4mm }"
    found = lines(f"<p>{TEXT}</p>", styles)
    assert max(line.column.page for line in found) > 0
    assert words(found).split() == TEXT.split()
    whole = lines(f"<p>{TEXT}</p>", "@page { size: 70mm 400mm } .body { columns: 2; column-gap: 4mm; height: 300mm }")
    assert [line.text for line in whole] == [line.text for line in found]


def test_the_text_can_be_copied_as_it_was_typed() -> None:
    (page,) = texts(proof(f"<p>{TEXT[:300]}</p>").pdf)
    assert re.sub(r"\s", "", page.replace("\u00ad", "").replace("\ufffe", "")).replace("-", "") == re.sub(
        r"[\s-]", "", TEXT[:300]
    )


def test_the_same_paragraph_gives_the_same_bytes() -> None:
    assert proof(f"<p>{TEXT}</p>") == proof(f"<p>{TEXT}</p>")


PIECES = st.lists(
    st.one_of(
        st.sampled_from(["salt", "mountains", "understandable", "of", "a", "co-operation", "Ångström", "office", "—"]),
        st.sampled_from(
            ["<em>caravans</em>", "<em>older and steeper</em>", "x<sup>2</sup>", "fi<b>ne</b>ly", "14\u00a0mm"]
        ),
    ),
    min_size=8,
    max_size=40,
)


@settings(deadline=None, max_examples=25)
@given(PIECES, st.integers(45, 90))
def test_any_paragraph_keeps_its_words_and_its_right_edge(pieces: list[str], width: int) -> None:
    content = " ".join(pieces)
    found = lines(f"<p>{content}</p>", f"@page {{ size: {width}mm 120mm }}")
    plain = re.sub(r"<[^>]*>", "", content)
    assert re.sub(r"[\s-]", "", "".join(line.text for line in found)) == re.sub(r"[\s-]", "", plain)
    for line in (line for line in found[:-1] if " " in line.text.strip()):
        assert abs(line.short) < 1.0, line.text


def test_limits_are_those_of_a_layout_when_styles_say_nothing() -> None:
    narrow = [line.spacing for line in lines(f"<p>{TEXT}</p>") if line.justified]
    assert min(narrow) >= Limits().narrowest - 0.002


def every_patch() -> Iterator[object]:
    from weasyprint.layout import inline

    yield inline.split_inline_box
    yield inline.split_first_line


def test_the_engine_is_left_as_it_was() -> None:
    before = list(every_patch())
    with paragraphs.planned():
        assert list(every_patch()) != before
    assert list(every_patch()) == before


@pytest.mark.parametrize("text", ["", "a", "Salt and pepper, well-known: 3/4\u00ad of it\u00a0all.", "Größe – 塩の道"])
def test_line_breaks_are_those_that_pango_marks(text: str) -> None:
    from weasyprint.text.line_break import get_log_attrs

    marks = get_log_attrs(text, "en")
    assert endless._line_breaks(text, "en") == [at for at in range(1, len(text)) if marks[at].is_line_break]
