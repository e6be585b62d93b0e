"""The rules of the house: sizes, names, and documents that cover what there is."""

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from magbuild import model
from magbuild.cli import main
from magbuild.layout import FontFile, LayoutSheet

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "magbuild").rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
VAGUE_NAMES = {"utils", "util", "helpers", "common", "base", "manager", "core", "misc"}

# Records whose fields an editor types, and so must find explained.
TYPED_BY_EDITORS = (
    model.Magazine,
    model.Section,
    model.Colour,
    model.ImprintEntry,
    model.Conformance,
    model.IssueSheet,
    model.Cover,
    model.CoverLine,
    model.BackCover,
    model.FrontMatter,
    model.Person,
    model.Picture,
    model.Reprint,
    model.Book,
    model.Event,
    model.Advert,
    model.Artwork,
    model.Printer,
    model.Edges,
    model.Resolution,
    model.Paper,
    model.BindingRule,
    model.SmallType,
    model.Booking,
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short_and_say_what_they_do(path: Path) -> None:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "a module begins with a sentence"
    assert len(source.splitlines()) <= LONGEST_MODULE
    assert path.stem not in VAGUE_NAMES
    long = {
        node.name: length
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (length := length_of(node)) > LONGEST_FUNCTION
    }
    assert not long


def length_of(function: ast.FunctionDef) -> int:
    """Count a function's lines without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or 0) - body[0].lineno + 2


def test_every_module_has_its_tests() -> None:
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests").rglob("test_*.py")}
    top = {path.stem for path in (ROOT / "magbuild").glob("*.py")} - {"__init__", "__main__"}
    packages = {path.parent.name for path in (ROOT / "magbuild").glob("*/__init__.py")} - {
        "editions",
        "checks",
        "model",
    }
    editions = {"print_pdf", "cover_pdf", "booklet", "screen_pdf", "epub"}
    missing = {
        name
        for name in top | packages | editions
        if not any(test == name or test.startswith(f"{name}_") for test in tests)
    }
    assert not missing


def commands(group: click.Group, before: str = "magbuild") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name, command in commands(main):
        assert command.help, name
        assert name in readme
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_every_field_is_explained_to_editors() -> None:
    text = (ROOT / "issues" / "README.md").read_text("utf-8")
    missing = [
        f"{record.__name__}.{field.name}"
        for record in TYPED_BY_EDITORS
        for field in dataclasses.fields(record)
        if f"`{field.name}`" not in text
    ]
    assert not missing


HOUSE = ROOT / "layouts" / "house"
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))
LAYOUT_README = (ROOT / "layouts" / "README.md").read_text("utf-8")


def row_of(template: Path) -> str:
    """Return the row of the layouts' README that tells of a template."""
    name = template.relative_to(HOUSE / "templates").as_posix()
    return next((line for line in LAYOUT_README.splitlines() if line.startswith("|") and f"`{name}`" in line), "")


def test_every_template_and_style_stands_in_the_layouts_readme() -> None:
    assert [path.name for path in TEMPLATES if not row_of(path)] == []
    for path in (HOUSE / "styles").glob("*.css"):
        assert f"`{path.name}`" in LAYOUT_README


def test_every_block_and_macro_stands_in_the_layouts_readme() -> None:
    for path in TEMPLATES:
        source = path.read_text("utf-8")
        # What a template has from the one that it extends stands there.
        extended = re.search(r'{% extends "([^"]+)" %}', source)
        row = row_of(path) + (row_of(HOUSE / "templates" / extended[1]) if extended else "")
        missing = [name for name in re.findall(r"{%-? block (\w+)", source) if f"`{name}`" not in row]
        assert not missing, path.name
        macros = re.findall(r"{%-? macro (\w+)", source)
        assert not [name for name in macros if not re.search(rf"`{name}[`(]", LAYOUT_README)], path.name


def test_every_variable_stands_in_the_layouts_readme() -> None:
    sources = [*TEMPLATES, *(HOUSE / "styles").glob("*.css")]
    text = "\n".join(re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL) for path in sources)
    names = set(re.findall(r"var\((--[a-z-]+)|(?<![\w}])(--[a-z][a-z-]*)\s*:", text))
    names = {used or given for used, given in names}
    assert len(names) > 25
    assert not [name for name in sorted(names) if f"`{name}`" not in LAYOUT_README]


def test_every_word_that_templates_are_given_stands_in_the_layouts_readme() -> None:
    tree = ast.parse((ROOT / "magbuild" / "compose.py").read_text("utf-8"))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    words = {
        str(key.value)
        for name in ("_template_words", "_set_story")
        for node in ast.walk(functions[name])
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    words |= {
        keyword.arg or ""
        for node in ast.walk(functions["_galley"])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "render"
        for keyword in node.keywords
    }
    assert len(words) > 25
    assert not [word for word in words if not re.search(rf"`{word}[`(]", LAYOUT_README)]


def test_every_field_of_a_layouts_sheet_stands_in_the_layouts_readme() -> None:
    fields = {field.name for record in (LayoutSheet, FontFile) for field in dataclasses.fields(record)}
    assert not [name for name in fields if f"`{name}`" not in LAYOUT_README]


def test_shipped_layouts_hold_no_copies() -> None:
    for folder in HOUSE.parent.iterdir():
        if not folder.is_dir() or folder == HOUSE:
            continue
        for path in (folder / "templates").rglob("*.html"):
            source = path.read_text("utf-8")
            assert re.search(r'{% extends "house/', source), f"{path} should extend the house's"
            original = (HOUSE / path.relative_to(folder)).read_text("utf-8").splitlines()
            kept = [line for line in source.splitlines() if line.strip() and line in original]
            assert len(kept) <= len(source.splitlines()) / 2, f"{path} repeats the house's"
        assert not list(folder.rglob("*.py"))
        for font in (folder / "fonts").glob("*.?tf"):
            assert list((folder / "fonts").glob("*OFL.txt")), font.name


def test_nothing_speaks_of_the_workplace() -> None:
    texts = [*MODULES, *ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]
    for path in texts:
        if path != Path(__file__):
            assert not re.search(r"/work/|/root/|/tmp/lab|shared/(?:notes|data)", path.read_text("utf-8")), path
