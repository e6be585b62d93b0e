"""Layouts: where they are found, what they extend, and whose template, style and font wins."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

import jinja2
import pytest

from magbuild.glyphs import axes_of, letters_of
from magbuild.layout import Layout, find_layout, open_layout, shipped_layouts, source_of
from magbuild.measure import Size
from magbuild.model import Colour, Magazine
from magbuild.problem import Place, Problem, Report, Severity, Stopped


def write(project: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")


def found(project: Path, name: str = "ours") -> Layout:
    """Find a layout that must be without problems."""
    report = Report()
    layout = find_layout(name, project, project / "issues" / "037", report)
    assert [problem for problem in report if problem.code != "unused-template"] == []  # tests call them a, b and c
    return layout


def refused(project: Path, name: str = "ours") -> Problem:
    """Look for a layout that can't be used, and return the one problem that says why."""
    report = Report()
    with pytest.raises(Stopped):
        find_layout(name, project, project / "issues" / "037", report)
    (problem,) = report
    assert problem.severity is Severity.ERROR
    return problem


# --- The house layout ---


def test_the_house_layout_comes_with_the_program(tmp_path: Path) -> None:
    layout = found(tmp_path, "house")
    assert layout.chain == (shipped_layouts() / "house",)
    assert layout.fonts
    for font in layout.fonts:
        assert font.path.is_file()
        assert font.licence.is_file()


def test_fonts_of_the_house_layout_for_the_same_text_fill_in_greek_and_cyrillic(tmp_path: Path) -> None:
    fonts = found(tmp_path, "house").fonts
    for number, font in enumerate(fonts):
        for other in (other for other in fonts[:number] if other.is_like(font)):
            assert {*"ψωμίщыї"} <= letters_of(font.path) - letters_of(other.path)
            assert "wght" in axes_of(font.path)
            assert font.style == "italic"


def test_every_font_of_the_house_layout_has_its_licence_and_sets_greek_and_cyrillic(tmp_path: Path) -> None:
    fonts = found(tmp_path, "house").fonts
    for font in fonts:
        assert "SIL Open Font License" in font.licence.read_text("utf-8", errors="replace").replace(
            "SIL OPEN FONT LICENSE", "SIL Open Font License"
        )
        like = [other for other in fonts if other.is_like(font)]
        letters = frozenset().union(*(letters_of(other.path) for other in like))
        assert {*"Άγρόςς ΐΰ ÆŁőŞĳ Ёжщ Їґє «»„“”‚‘’‹›—–…№€"} - letters <= {"ĳ"}


def test_every_template_and_style_of_the_house_layout_can_be_read(tmp_path: Path) -> None:
    layout = found(tmp_path, "house")
    environment = layout.environment({})
    names = environment.list_templates(extensions=["html"])
    assert "story.html" in names
    for name in names:
        environment.get_template(name)


# --- Finding ---


def test_a_projects_layout_extends_the_house_layout_unless_it_says_otherwise(tmp_path: Path) -> None:
    write(tmp_path, {"layouts/ours/layout.yaml": "name: ours\n"})
    layout = found(tmp_path)
    house = shipped_layouts() / "house"
    assert (layout.name, layout.chain) == ("ours", (tmp_path / "layouts" / "ours", house))
    assert layout.fonts == found(tmp_path, "house").fonts


def test_a_layout_that_extends_another_has_it_between_itself_and_the_house(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\nextends: theirs\n",
            "layouts/theirs/layout.yaml": "name: theirs\n",
        },
    )
    assert [folder.name for folder in found(tmp_path).chain] == ["ours", "theirs", "house"]


def test_the_strongest_palette_wins_colour_by_colour(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\nextends: theirs\ncolours: {brand: {screen: '#010101'}}\n",
            "layouts/theirs/layout.yaml": (
                "name: theirs\ncolours: {brand: {screen: '#020202'}, sea: {screen: '#020203', spot: Sea}}\n"
            ),
        },
    )
    layout = found(tmp_path)
    assert [layout.colours[name].screen for name in ("brand", "sea")] == ["#010101", "#020203"]
    assert layout.colours["ink"] == Colour(screen="#1c1a19", print=(0, 0, 0, 100))
    magazine = Magazine(title="M", colours={"sea": Colour(screen="#040404")})
    assert layout.palette(magazine) == {**layout.colours, "sea": Colour(screen="#040404")}


def test_a_projects_layout_wins_over_a_shipped_one_of_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"layouts/house/layout.yaml": "name: house\n"})
    assert found(tmp_path, "house").chain == (tmp_path / "layouts" / "house",)


def test_a_layout_folder_in_the_issue_is_the_strongest(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\n",
            "layouts/ours/styles/pages.css": "a",
            "issues/037/layout/styles/pages.css": "b",
        },
    )
    layout = found(tmp_path)
    assert [folder.name for folder in layout.chain] == ["layout", "ours", "house"]
    assert layout.stylesheet("pages").endswith("a\nb")


def test_a_layout_folder_beside_magazine_yaml_stands_between_the_issues_own_and_the_layout(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\n",
            "layouts/ours/templates/a.html": "ours",
            "issues/layout/templates/a.html": "magazine over {% include 'ours/a.html' %}",
            "issues/layout/styles/pages.css": "m",
            "issues/037/layout/templates/a.html": "issue over {% include 'magazine/a.html' %}",
            "issues/037/layout/styles/pages.css": "i",
        },
    )
    layout = found(tmp_path)
    issues = tmp_path / "issues"
    assert layout.chain[:3] == (issues / "037" / "layout", issues / "layout", tmp_path / "layouts" / "ours")
    assert layout.stylesheet("pages").endswith("m\ni")
    template = layout.environment({}).get_template("a.html")
    assert template.render() == "issue over magazine over ours"


def test_a_layout_says_what_page_it_is_drawn_for_or_is_drawn_for_that_of_what_it_extends(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\nextends: theirs\n",
            "layouts/theirs/layout.yaml": "name: theirs\ntrim: 170mm x 240mm\n",
        },
    )
    assert found(tmp_path).trim == Size.parse("170mm x 240mm")
    assert found(tmp_path, "house").trim == Size.parse("A4")


def test_a_layout_can_be_opened_by_its_folder_and_extends_what_stands_beside_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "designs/ours/layout.yaml": "name: ours\nextends: theirs\n",
            "designs/theirs/layout.yaml": "name: theirs\n",
            "layout/styles/pages.css": "no override of anything",
        },
    )
    report = Report()
    layout = open_layout(tmp_path / "designs" / "ours", report)
    assert [folder.name for folder in layout.chain] == ["ours", "theirs", "house"]
    assert list(report) == []


# --- Mistakes ---


def test_a_layout_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    assert refused(tmp_path, "huose").hint == "did you mean 'house'?"
    problem = refused(tmp_path, "ours")
    assert (problem.code, problem.message) == ("missing-layout", "there is no layout 'ours'")
    assert problem.hint.startswith("name one of digest, house")
    assert "layouts/ours/layout.yaml" in problem.hint


def test_a_layout_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"layouts/ours/layout.yaml": "name: ours\nextends: huose\n"})
    problem = refused(tmp_path)
    assert (problem.place, problem.code) == (Place(tmp_path / "layouts/ours/layout.yaml", 2, 1), "missing-layout")


@pytest.mark.parametrize("extends", ["ours", "theirs"])
def test_a_layout_that_extends_itself_is_an_error(tmp_path: Path, extends: str) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": f"name: ours\nextends: {extends}\n",
            "layouts/theirs/layout.yaml": "name: theirs\nextends: ours\n",
        },
    )
    problem = refused(tmp_path)
    assert (problem.code, problem.message) == ("layout-circle", "layout 'ours' extends itself")
    assert problem.place == Place(tmp_path / "layouts" / extends / "layout.yaml", 2, 1)


def test_a_circle_of_layouts_has_a_hint(tmp_path: Path) -> None:
    write(tmp_path, {"layouts/ours/layout.yaml": "name: ours\nextends: ours\n"})
    assert refused(tmp_path).hint


@pytest.mark.parametrize(
    ("sheet", "code", "line"),
    [
        ("name: ours\nfnots: []\n", "unknown-field", 2),
        ("name: [\n", "bad-yaml", 2),
        ("extends: house\n", "missing-field", 1),
        ("name: ours\nfonts: [{family: Salt}]\n", "missing-field", 2),
        ("name: ours\nfonts: [{family: Salt, file: salt.otf, weight: bold}]\n", "bad-value", 2),
    ],
)
def test_mistakes_in_the_sheet_are_placed(tmp_path: Path, sheet: str, code: str, line: int) -> None:
    write(tmp_path, {"layouts/ours/layout.yaml": sheet, "layouts/ours/salt.otf": ""})
    report = Report()
    with suppress(Stopped):
        find_layout("ours", tmp_path, tmp_path / "issues" / "037", report)
    assert [(problem.code, problem.place.path, problem.place.line) for problem in report] == [
        (code, tmp_path / "layouts" / "ours" / "layout.yaml", line)
    ]
    assert report.failed


@pytest.mark.parametrize(
    ("font", "hint"),
    [
        ("{family: Salt, file: fonts/salt.otf}", "put it into the layout's folder"),
        (
            "{family: Salt, file: salt.otf, package: font_source_sans_pro}",
            "install the Python package font_source_sans_pro",
        ),
        ("{family: Salt, file: salt.otf, package: no_such_font}", "install the Python package no_such_font"),
    ],
)
def test_a_font_that_is_not_there_says_how_to_get_it(tmp_path: Path, font: str, hint: str) -> None:
    write(tmp_path, {"layouts/ours/layout.yaml": f"name: ours\nfonts: [{font}]\n"})
    problem = refused(tmp_path)
    assert problem.code == "missing-font"
    assert "salt.otf' isn't there" in problem.message
    assert problem.hint == hint


# --- Fonts ---


def test_fonts_of_the_layout_come_first_and_keep_their_licence(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": """\
                name: ours
                fonts:
                  - {family: Salt, file: fonts/salt.otf, weight: 700, style: italic, licence: fonts/SALT.txt}
                  - {family: Tea, file: fonts/tea.otf}
                """,
            "layouts/ours/fonts/salt.otf": "",
            "layouts/ours/fonts/tea.otf": "",
        },
    )
    salt, tea, *_ = found(tmp_path).fonts
    fonts = tmp_path / "layouts" / "ours" / "fonts"
    assert (salt.family, salt.weight, salt.style) == ("Salt", 700, "italic")
    assert (salt.path, salt.licence) == (fonts / "salt.otf", fonts / "SALT.txt")
    assert (tea.weight, tea.style, tea.licence) == (400, "normal", fonts / "OFL.txt")


def test_fonts_that_fill_in_stand_behind_all_others(tmp_path: Path) -> None:
    sheet = """\
        name: ours
        fonts:
          - {family: Source Serif Pro, file: fill.otf, fills: true}
          - {family: Source Serif Pro, file: own.otf}
        """
    write(tmp_path, {"layouts/ours/layout.yaml": sheet, "layouts/ours/fill.otf": "", "layouts/ours/own.otf": ""})
    fonts = found(tmp_path).fonts
    same = [font.path.name for font in fonts if font.is_like(fonts[0])]
    assert same == ["own.otf", "SourceSerifPro-Regular.otf", "fill.otf"]


def test_a_variable_font_says_where_it_stands(tmp_path: Path) -> None:
    sheet = "name: ours\nfonts: [{family: Salt, file: salt.ttf, axes: {opsz: 60, GRAD: -5.5}}]\n"
    write(tmp_path, {"layouts/ours/layout.yaml": sheet, "layouts/ours/salt.ttf": ""})
    assert found(tmp_path).fonts[0].axes == {"opsz": 60, "GRAD": -5.5}


def test_font_faces_name_the_files_of_the_layout(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\nfonts: [{family: Salt Road, file: salt.otf, weight: 700}]\n",
            "layouts/ours/salt.otf": "",
        },
    )
    rules = found(tmp_path).font_faces().splitlines()
    address = (tmp_path / "layouts" / "ours" / "salt.otf").resolve().as_uri()
    assert rules[0] == (f'@font-face{{font-family:"Salt Road";font-weight:700;font-style:normal;src:url("{address}")}}')


# --- Templates and styles ---


@pytest.fixture
def three(tmp_path: Path) -> Layout:
    """A layout over another over the house."""
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\nextends: theirs\n",
            "layouts/ours/templates/a.html": "ours {{ word }}",
            "layouts/ours/templates/c.html": (
                "{% extends 'theirs/c.html' %}{% block x %}ours+{{ super() }}{% endblock %}"
            ),
            "layouts/ours/styles/type.css": "ours",
            "layouts/theirs/layout.yaml": "name: theirs\n",
            "layouts/theirs/templates/a.html": "theirs",
            "layouts/theirs/templates/b.html": "theirs {{ nobody }}",
            "layouts/theirs/templates/c.html": "{% block x %}theirs{% endblock %}",
            "layouts/theirs/styles/type.css": "theirs",
            "layouts/theirs/styles/epub.css": "/* only theirs */",
        },
    )
    return found(tmp_path)


def test_the_first_layout_of_the_chain_that_has_a_template_wins(three: Layout) -> None:
    environment = three.environment({"word": "<b>"})
    assert environment.get_template("a.html").render() == "ours &lt;b&gt;"
    assert environment.get_template("theirs/a.html").render() == "theirs"
    assert environment.get_template("c.html").render() == "ours+theirs"
    assert environment.get_template("story.html").filename == str(three.chain[-1] / "templates" / "story.html")


def test_a_word_that_nobody_set_is_an_error(three: Layout) -> None:
    with pytest.raises(jinja2.UndefinedError):
        three.environment({}).get_template("b.html").render()


def test_styles_of_the_whole_chain_follow_one_another_the_strongest_last(three: Layout) -> None:
    assert three.stylesheet("epub").endswith("\n/* only theirs */")
    assert three.stylesheet("type").endswith("\ntheirs\nours")
    both = three.stylesheet("type", "epub")
    assert both.endswith("\n/* only theirs */")
    assert "\ntheirs\nours\n" in both
    assert three.stylesheet("nothing") == ""


def test_a_line_of_traced_styles_leads_back_to_its_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "layouts/ours/layout.yaml": "name: ours\n",
            "layouts/ours/styles/type.css": "a\nb\n",
            "layouts/ours/styles/covers.css": "c",
        },
    )
    layout = found(tmp_path)
    styles = "first\n" + layout.stylesheet("type", "covers", traced=True)
    lines = styles.splitlines()
    own = tmp_path / "layouts" / "ours" / "styles"
    assert source_of(styles, lines.index("b") + 1) == (own / "type.css", 2)
    assert source_of(styles, lines.index("c") + 1) == (own / "covers.css", 1)
    assert source_of(styles, 1) is None
