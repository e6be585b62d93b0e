"""What the layout engine loses text with or can't do: found in style files, each at its line and column."""

from pathlib import Path

import pytest

from magbuild.layout import shipped_layouts
from magbuild.problem import Problem, Severity
from magbuild.styles import check_styles, in_force, read_styles

HOUSE = sorted((shipped_layouts() / "house" / "styles").glob("*.css"))


def problems(tmp_path: Path, css: str, name: str = "type.css") -> list[Problem]:
    path = tmp_path / name
    path.write_text(css, "utf-8")
    return list(check_styles([path], HOUSE))


@pytest.mark.parametrize(
    ("css", "said", "severity"),
    [
        (".x { max-lines: 3 }", "'max-lines' stops the layout engine", Severity.ERROR),
        (".x { block-ellipsis: auto }", "'block-ellipsis' stops the layout engine", Severity.ERROR),
        (".x { -webkit-line-clamp: 3 }", "'-webkit-line-clamp' stops the layout engine", Severity.ERROR),
        (".x { mask-border-source: none }", "'mask-border-source' is not drawn", Severity.WARNING),
        (".x { color: device-cmyk(0 1 1 0) }", "device-cmyk() is no ink here", Severity.WARNING),
        (".x { color: color(display-p3 1 0 0) }", "display-p3 is more than", Severity.WARNING),
        (".x { position: fixed }", "position: fixed puts it on every page", Severity.WARNING),
        (".x { letter-spacing: 0.12em }", "letters 0.12em apart are read as words", Severity.WARNING),
        (".x { opacity: 0.5 }", "text that shines through", Severity.WARNING),
        ("p::first-letter { float: left }", "a ::first-letter that floats stops", Severity.ERROR),
        ("p::first-letter { color: red }", "::first-letter may stop", Severity.WARNING),
        (".pullquote { float: left }", "what floats in columns is lost", Severity.WARNING),
        (".piece .book-line { float: right }", "what floats in columns is lost", Severity.WARNING),
        (".entry { float: left }", "what floats in columns is lost", Severity.WARNING),
        (".story { display: grid }", "columns inside flex or grid lie over each other", Severity.WARNING),
        (".imprint-page { display: flex }", "columns inside flex or grid lie over each other", Severity.WARNING),
        (".contents-picture { columns: auto } .contents-pictures p { columns: 2 }", "", Severity.WARNING),
        (".piece { display: grid }", "flex and grid fall apart at the end of a page", Severity.WARNING),
        ("@color-profile --press { src: url(x.icc) }", "@color-profile is not used", Severity.WARNING),
    ],
)
def test_what_is_unsafe_is_found_with_a_way_out(tmp_path: Path, css: str, said: str, severity: Severity) -> None:
    (problem,) = problems(tmp_path, css)
    assert (problem.code, problem.severity) == ("unsafe-style", severity)
    assert said in problem.message
    assert problem.hint
    assert (problem.place.path.name, problem.place.line) == ("type.css", 1)


@pytest.mark.parametrize(
    "css",
    [
        ".drop-cap { float: right }",
        ".story .drop-cap { float: left }",
        ".figure { float: none }",
        ".figure.page { float: footnote }",
        ".opener img { float: right }",
        ".cover-head p { float: left }",
        ".body, .faq .body, .subscribe .body, .story.review .body { columns: auto } .pullquote { float: left }",
        ".run { columns: auto } .piece { float: left }",
        ".contents-pictures { display: grid }",
        ".notes-text, .faq .notes-text, .reprint .notes-text { columns: auto } .notes { display: block }",
        ".advert-row { display: flex }",
        ".body { columns: 2 }",
        ".body { columns: auto } .story:has(.body) { hyphens: auto }",
        ".cover-picture, .opener img { opacity: 0.8 }",
        ".x { opacity: 1 }",
        ".x { letter-spacing: 0.09em } .y { letter-spacing: -0.2em } .z { letter-spacing: 1pt }",
        ".x { position: relative; content: 'position: fixed' }",
        "/* .x { max-lines: 3 } */",
    ],
)
def test_what_is_safe_is_passed_over(tmp_path: Path, css: str) -> None:
    assert problems(tmp_path, css) == []


def test_places_are_those_of_the_declaration(tmp_path: Path) -> None:
    css = "/* a\n   b */\n.x,\n.y:has(> .z, .w) {\n  color: red;\n    opacity: 0.5;\n}\n"
    css += "@media print {\n  .q { max-lines: 2 }\n}\n"
    found = [(one.place.line, one.place.column, one.message[:11]) for one in problems(tmp_path, css)]
    assert sorted(set(found)) == [(6, 5, "text that s"), (9, 8, "'max-lines'")]


def test_nested_rules_are_read_with_what_they_stand_in(tmp_path: Path) -> None:
    path = tmp_path / "type.css"
    path.write_text(".a, .b { .c { color: red } & > p { color: blue } }", "utf-8")
    assert [(one.selector, one.value) for one in read_styles(path)] == [
        (".a .c", "red"),
        (".b .c", "red"),
        (".a & > p", "blue"),
        (".b & > p", "blue"),
    ]


def test_the_last_value_of_a_selector_is_in_force() -> None:
    css = 'p, h1 { font-family: "A" } h1 { font-family: "B" } @media print { p { font-family: "C" } } h1 { color: red }'
    assert in_force(css, "font-family") == {'"A"', '"B"', '"C"'}
    assert in_force(css + 'p { font-family: "B" }', "font-family") == {'"B"', '"C"'}


def test_styles_that_nobody_can_read_are_left_to_the_engine(tmp_path: Path) -> None:
    assert problems(tmp_path, "}}} .x { float: left") == problems(tmp_path, "}}} .x { float: left }")
    assert problems(tmp_path, "\x00\ud7ff{{{;;;@@") == []


# --- The e-book has other limits ---


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("p:has(+ p) { margin: 0 }", "':has'"),
        ("p:is(.a, .b) { margin: 0 }", "':is'"),
        ("p:not(.a) { margin: 0 }", "':not'"),
        ("tr:nth-child(2) { margin: 0 }", "':nth-child'"),
        ("@supports (display: grid) { p { margin: 0 } }", "@supports"),
        ("p { color: var(--brand) }", "variables"),
    ],
)
def test_what_small_readers_drop_a_file_for(tmp_path: Path, css: str, said: str) -> None:
    (problem,) = problems(tmp_path, css, "epub.css")
    assert said in problem.message
    assert problem.severity is Severity.WARNING


def test_what_only_pages_must_not_have_is_allowed_in_the_e_book(tmp_path: Path) -> None:
    css = "p::first-letter { float: left } figure { float: right } @media (max-width: 30em) { p { margin: 0 } }"
    assert problems(tmp_path, css, "epub.css") == []


# --- The layouts that come with the program ---


@pytest.mark.parametrize("name", sorted(path.name for path in shipped_layouts().iterdir() if path.is_dir()))
def test_shipped_layouts_are_safe(name: str) -> None:
    own = sorted((shipped_layouts() / name / "styles").glob("*.css"))
    assert own
    assert list(check_styles(own, [] if name == "house" else HOUSE)) == []
