"""What the layout engine says, in an editor's words; whole proofs are in test_paginate.py."""

from pathlib import Path

import pytest

from magbuild.enginelog import translated
from magbuild.problem import Severity

HERE = Path("a.md")


@pytest.mark.parametrize(
    ("message", "code", "severity"),
    [
        ("Failed to load image at 'picture:x.jpg': broken", "picture-not-laid-out", Severity.ERROR),
        ("Ignored `colr: red` at 1:2, unknown property.", "layout-style", Severity.WARNING),
        ("No anchor #x for internal URI reference", "dead-link", Severity.ERROR),
        ("Font-face 'Gone' cannot be loaded", "layout-font", Severity.ERROR),
        ("Something new", "layout-engine", Severity.WARNING),
    ],
)
def test_messages_become_problems(message: str, code: str, severity: Severity) -> None:
    (problem,) = translated(HERE, [message])
    assert (problem.code, problem.severity, problem.place.path) == (code, severity, HERE)
    assert problem.hint
    assert "picture:" not in problem.message
    assert not problem.message.endswith(".")


def test_a_character_that_no_font_has_is_named() -> None:
    said = '.notdef glyph rendered for Unicode string unsupported by fonts: "\ue9ff" (U+E9FF)'
    (problem,) = translated(HERE, [said])
    assert (problem.code, problem.severity) == ("missing-glyph", Severity.WARNING)
    assert problem.message == "no font of the layout has U+E9FF (U+E9FF)"


def test_pictures_inside_drawings_are_not_printed_whole() -> None:
    (problem,) = translated(HERE, [f"Failed to load image at 'data:image/png;base64,{'A' * 5000}': broken"])
    assert len(problem.message) < 150


def test_what_is_said_of_a_style_is_told_at_its_place_in_the_style_file() -> None:
    styles = "@page{size:A4}\n/*@ layouts/mine/styles/type.css */\n.x {\n  colr: red }\n"
    (problem,) = translated(HERE, ["Ignored `colr: red` at 4:3, unknown property."], styles)
    assert (problem.place.path, problem.place.line, problem.place.column) == (
        Path("layouts/mine/styles/type.css"),
        2,
        3,
    )
    assert problem.message == "ignored `colr: red`, unknown property"
    (inline,) = translated(HERE, ["Ignored `colr: red` at 1:1, unknown property."], styles)
    assert inline.place.path == HERE


def test_a_selector_that_the_engine_does_not_know_is_found_in_its_file() -> None:
    styles = "@page{size:A4}\n/*@ layouts/mine/styles/type.css */\n.x { }\n  p:foo(x) { color: red }\n"
    (problem,) = translated(HERE, ["Invalid or unsupported selector 'p:foo(x) '"], styles)
    assert (problem.place.path.name, problem.place.line, problem.place.column) == ("type.css", 2, 3)
