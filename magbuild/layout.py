"""Find a layout and what it extends: its templates, styles and fonts come out, strongest first."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import Any

import jinja2

from magbuild.fonts import Font, faces
from magbuild.lines import Limits
from magbuild.measure import Length, Size
from magbuild.memory import recalled
from magbuild.model import Colour, Magazine
from magbuild.ownfiles import look_through
from magbuild.problem import Place, Problem, Report, Stopped
from magbuild.source import nearest, read_sheet, validate
from magbuild.templatecache import Templates, compiled_templates
from magbuild.whereabouts import shelf_of

HOUSE = "house"
SHEET = "layout.yaml"
OVERRIDES = "layout"  # the folder in which a magazine or an issue has files of its own
A4 = Size(Length(210), Length(297))
# What the styles of printed pages are made of, in cascade order, and those of the e-book.
PAGE_STYLES = ("tokens", "type", "pages", "stories", "covers")
EPUB_STYLES = ("epub",)
_MARK = "/*@ "


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """A font as layout.yaml names it: a file of the layout's folder, or of an installed font package.

    One that `fills` stands behind all others, and sets the letters that its family lacks in its weight and style.
    """

    family: str
    file: str
    package: str = ""
    weight: int = 400
    style: str = "normal"
    licence: str = ""
    axes: Mapping[str, float] = field(default_factory=dict)
    fills: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutSheet:
    """The fields of layout.yaml; `trim` is the page that the layout is drawn for."""

    name: str
    extends: str = ""
    trim: Size | None = None
    fonts: tuple[FontFile, ...] = ()
    colours: Mapping[str, Colour] = field(default_factory=dict)
    typography: Limits | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A resolved layout; `chain` holds its folders, the strongest first and the house layout last.

    `colours` is the palette of a magazine that has none; each may be replaced by the magazine's own of that name.
    `overrides` names the folders of the chain that are an issue's or a magazine's own; `trim` is the page that the
    layout is drawn for, `limits` is what its lines and columns are measured by.
    """

    name: str
    chain: tuple[Path, ...]
    fonts: tuple[Font, ...]
    colours: Mapping[str, Colour] = field(default_factory=dict)
    overrides: Mapping[str, Path] = field(default_factory=dict)
    trim: Size = A4
    limits: Limits = Limits()

    @property
    def sources(self) -> tuple[Path, ...]:
        """The folders and files that the layout consists of, wherever they lie."""
        return (*self.chain, *sorted({path for font in self.fonts for path in (font.path, font.licence)}))

    def palette(self, magazine: Magazine) -> dict[str, Colour]:
        """Return all colours of a magazine's pages by name, its own first, which win."""
        return {
            **magazine.colours,
            **{name: colour for name, colour in self.colours.items() if name not in magazine.colours},
        }

    def environment(self, words: Mapping[str, Any]) -> jinja2.Environment:
        """Return templates over the whole chain; `words` are names that every template may use.

        The first folder that has a template wins; `house/story.html` names the one of a certain layout, and
        `magazine/story.html` the magazine's own.
        """
        folders = [folder / "templates" for folder in self.chain]
        layouts = {folder.name: folder for folder in self.chain if folder not in self.overrides.values()}
        named = {name: Templates(folder / "templates") for name, folder in (*layouts.items(), *self.overrides.items())}
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([Templates(folders), jinja2.PrefixLoader(named)]),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled_templates(),
        )
        environment.globals.update(words)
        return environment

    def stylesheet(self, *names: str, traced: bool = False) -> str:
        """Return the named style files of the whole chain, the house's first, as one text.

        With `traced` each comes under a comment that names its file, for `source_of`.
        """
        found = [folder / "styles" / f"{name}.css" for name in names for folder in reversed(self.chain)]
        texts = ((path, _style_text(path)) for path in found if path.is_file())
        return "\n".join(f"{_MARK}{path} */\n{text}" if traced else text for path, text in texts)

    def font_faces(self, letters: frozenset[str] = frozenset()) -> str:
        """Return the @font-face rules for a text of some letters, as fonts.faces says."""
        return recalled(faces, self.fonts, letters)


def source_of(styles: str, line: int) -> tuple[Path, int] | None:
    """Return the file and the line in it from which a line of traced styles comes; None when it is the builder's."""
    above = styles.splitlines()[:line]
    for number in range(len(above) - 1, -1, -1):
        if above[number].startswith(_MARK):
            return Path(above[number].removeprefix(_MARK).removesuffix(" */")), line - number - 1
    return None


class LayoutMistake(Exception):
    """A template or a style of the layout can't be used; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def render(environment: jinja2.Environment, name: str, **values: Any) -> str:
    """Fill in a template; raise LayoutMistake, with the file and line, when it has a mistake."""
    try:
        return environment.get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as error:
        place = Place(Path(error.filename or name), error.lineno)
        raise LayoutMistake(_template_problem(place, error.message or "a mistake")) from None
    except jinja2.TemplateNotFound as error:
        raise LayoutMistake(_template_problem(_spot(error, environment, name), f"no template '{error}'")) from None
    except Exception as error:  # a template is a program: it can fail in every way
        raise LayoutMistake(_template_problem(_spot(error, environment, name), str(error))) from None


def _spot(error: Exception, environment: jinja2.Environment, name: str) -> Place:
    """Return the innermost line of a template that an error came out of."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if frames:
        return Place(Path(frames[-1].filename), frames[-1].lineno)
    try:
        _, filename, _ = environment.loader.get_source(environment, name) if environment.loader else ("", name, None)
    except jinja2.TemplateNotFound:
        filename = name
    return Place(Path(filename or name), 1)


def _template_problem(place: Place, message: str) -> Problem:
    message = message[:1].lower() + message[1:].rstrip(".")
    return Problem(place, "layout-template", message, "mend the template; layouts/README.md lists what it may use")


def _style_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = f"byte {error.start} is not UTF-8"
        raise LayoutMistake(Problem(Place(path, line), "layout-style", message, "save the file as UTF-8")) from None


def shipped_layouts() -> Path:
    """Return the folder of layouts that came with the program: inside the wheel, or of the repository."""
    inside = Path(__file__).parent / "layouts"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "layouts"


def find_layout(name: str, project: Path, issue_folder: Path, report: Report, named_at: Place | None = None) -> Layout:
    """Resolve a layout by name, written at a place: first in the project's `layouts/`, then among those shipped.

    A folder `layout/` beside magazine.yaml overrides it file by file, and one inside the issue overrides both.
    Raises Stopped, with a problem in the report, when the layout or one that it extends can't be found or read.
    """
    overrides = {"issue": issue_folder / OVERRIDES, "magazine": shelf_of(issue_folder) / OVERRIDES}
    there = {whose: folder for whose, folder in overrides.items() if folder.is_dir()}
    layout = _resolve(name, (project / "layouts", shipped_layouts()), there, report, named_at)
    shipped = shipped_layouts().resolve()
    _look_through(layout, [folder for folder in layout.chain if folder.resolve().parent != shipped], report)
    return layout


def open_layout(folder: Path, report: Report) -> Layout:
    """Resolve the layout in a folder, such as layouts/digest; what it extends may stand beside it.

    Raises Stopped, with a problem in the report, when it or one that it extends can't be found or read.
    """
    layout = _resolve(folder.name, (folder.parent, shipped_layouts()), {}, report)
    _look_through(layout, layout.chain, report)
    return layout


def _look_through(layout: Layout, folders: Sequence[Path], report: Report) -> None:
    """Look through some folders of a layout, but not the last, which all others are measured by."""
    own = [folder for folder in folders if folder != layout.chain[-1]]
    report.extend(look_through(layout.chain, own, (*PAGE_STYLES, *EPUB_STYLES)))


def _resolve(
    name: str,
    shelves: Sequence[Path],
    overrides: Mapping[str, Path],
    report: Report,
    named_at: Place | None = None,
) -> Layout:
    """Follow a layout, looked for on each shelf in turn, to the house layout; `overrides` win, the first most."""
    chain = list(overrides.values())
    fonts: list[tuple[bool, Font]] = []
    colours: dict[str, Colour] = {}
    sheets: list[LayoutSheet] = []
    wanted, named_at = name, named_at or Place(shelves[0] / name)
    while wanted:
        folder = _folder_of(wanted, shelves, report, named_at)
        if folder in chain:
            hint = "let the layouts form a chain that ends at 'house'"
            report.add(Problem(named_at, "layout-circle", f"layout '{wanted}' extends itself", hint))
            raise Stopped
        sheet, extended_at = _read(folder, report)
        chain.append(folder)
        fonts += [(font.fills, _font(font, folder, report)) for font in sheet.fonts]
        colours = {**sheet.colours, **colours}
        sheets.append(sheet)
        wanted, named_at = sheet.extends or (HOUSE if wanted != HOUSE else ""), extended_at
    return Layout(
        name=name,
        chain=tuple(chain),
        fonts=tuple(font for _, font in sorted(fonts, key=itemgetter(0))),
        colours=colours,
        overrides=overrides,
        trim=next((sheet.trim for sheet in sheets if sheet.trim), A4),
        limits=next((sheet.typography for sheet in sheets if sheet.typography), Limits()),
    )


def _folder_of(name: str, shelves: Sequence[Path], report: Report, named_at: Place) -> Path:
    for shelf in shelves:
        if (shelf / name / SHEET).is_file():
            return shelf / name
    known = sorted({path.parent.name for shelf in shelves for path in shelf.glob(f"*/{SHEET}")})
    meant = nearest(name, known)
    hint = f"did you mean '{meant}'?" if meant else f"name one of {', '.join(known)}, or make layouts/{name}/{SHEET}"
    report.add(Problem(named_at, "missing-layout", f"there is no layout '{name}'", hint))
    raise Stopped


def _read(folder: Path, report: Report) -> tuple[LayoutSheet, Place]:
    """Return a layout's sheet, and the place where it says what it extends."""
    sheet = read_sheet(folder / SHEET, report)
    found = validate(LayoutSheet, sheet, report) if sheet else None
    if sheet is None or found is None:
        raise Stopped
    return found, sheet.place("extends")


def _font(font: FontFile, folder: Path, report: Report) -> Font:
    if font.package:
        try:
            shelf = Path(str(files(font.package))) / "files"
        except ModuleNotFoundError:
            shelf = Path(font.package)
        licence = shelf / (font.licence or "LICENSE.txt")
    else:
        shelf = folder
        licence = folder / (font.licence or "fonts/OFL.txt")
    if not (shelf / font.file).is_file():
        report.add(
            Problem(
                Place(folder / SHEET),
                "missing-font",
                f"font file '{font.file}' isn't there",
                f"install the Python package {font.package}" if font.package else "put it into the layout's folder",
            )
        )
        raise Stopped
    path = shelf / font.file
    return Font(
        family=font.family, weight=font.weight, style=font.style, path=path, licence=licence, axes=dict(font.axes)
    )
