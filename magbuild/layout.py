"""Find a layout and what it extends: its templates, styles and fonts come out, strongest first."""

import traceback
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from magbuild.glyphs import axes_of, cut, letters_of
from magbuild.model import Colour, Magazine
from magbuild.problem import Place, Problem, Report, Stopped
from magbuild.source import read_sheet, validate

HOUSE = "house"
# Letters that pages have though nobody typed them: what is made of typed signs, and what styles put in.
ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2027), 0x2032, 0x2033, 0x25A0)))
SHEET = "layout.yaml"
STRETCHES = ("semi-expanded", "expanded", "extra-expanded", "ultra-expanded")


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """A font as layout.yaml names it: a file of the layout's folder, or of an installed font package."""

    family: str
    file: str
    package: str = ""
    weight: int = 400
    style: str = "normal"
    licence: str = ""
    axes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutSheet:
    """The fields of layout.yaml."""

    name: str
    extends: str = ""
    fonts: tuple[FontFile, ...] = ()
    colours: Mapping[str, Colour] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font file that the layout uses, with its licence; `axes` say where a variable one stands."""

    family: str
    weight: int
    style: str
    path: Path
    licence: Path
    axes: Mapping[str, float] = field(default_factory=dict)

    def is_like(self, other: "Font") -> bool:
        """Whether two fonts serve the same text, so that one fills in what the other lacks."""
        return (self.family, self.weight, self.style) == (other.family, other.weight, other.style)

    def cut(self, letters: Iterable[str], **kept: Iterable[Any]) -> bytes:
        """Return a font with some of its letters alone, at its weight and its place on other axes.

        `kept` are the `features` and `names` that it keeps, as glyphs.cut has them.
        """
        return cut(self.path.read_bytes(), letters, {"wght": self.weight, **self.axes}, **kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A resolved layout; `chain` holds its folders, the strongest first and the house layout last.

    `colours` is the palette of a magazine that has none; each may be replaced by the magazine's own of that name.
    """

    name: str
    chain: tuple[Path, ...]
    fonts: tuple[Font, ...]
    colours: Mapping[str, Colour] = field(default_factory=dict)

    def palette(self, magazine: Magazine) -> dict[str, Colour]:
        """Return all colours of a magazine's pages by name, its own first, which win."""
        return {
            **magazine.colours,
            **{name: colour for name, colour in self.colours.items() if name not in magazine.colours},
        }

    def environment(self, words: Mapping[str, Any]) -> jinja2.Environment:
        """Return templates over the whole chain; `words` are names that every template may use.

        The first folder that has a template wins; `house/story.html` names the one of a certain layout.
        """
        folders = [folder / "templates" for folder in self.chain]
        named = {folder.parent.name: jinja2.FileSystemLoader(folder) for folder in reversed(folders)}
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), jinja2.PrefixLoader(named)]),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(words)
        return environment

    def stylesheet(self, *names: str) -> str:
        """Return the named style files of the whole chain, the house's first, as one text."""
        found = [(folder / "styles" / f"{name}.css") for name in names for folder in reversed(self.chain)]
        return "\n".join(_style_text(path) for path in found if path.is_file())

    def font_faces(self, letters: frozenset[str] = frozenset()) -> str:
        """Return the @font-face rules for a text of some letters.

        Of fonts of the same family, weight and style each fills in what those before it lack. It is cut to these
        letters, for the engine would drop the fonts that are a part of another, and told from them by its stretch:
        the engine looks at that last, and takes fonts for one that have all in common. Variable fonts are cut, too.
        """
        rule = '@font-face{{font-family:"{0.family}";font-weight:{0.weight};font-style:{0.style}{1};src:url("{2}")}}'
        return "\n".join(rule.format(*face) for face in self._faces(letters))

    def _faces(self, letters: frozenset[str]) -> Iterator[tuple[Font, str, str]]:
        """Yield the fonts for some letters, what tells each from those it fills in for, and its address."""
        there: dict[tuple[str, int, str], list[frozenset[str]]] = {}
        for font in self.fonts:
            has = letters_of(font.path)
            before = there.setdefault((font.family, font.weight, font.style), [])
            if not before and not axes_of(font.path):
                yield font, "", font.path.resolve().as_uri()
            elif wanted := has & (letters.difference(*before) if before else letters | ALWAYS):
                stretch = f";font-stretch:{STRETCHES[min(len(before), len(STRETCHES)) - 1]}" if before else ""
                yield font, stretch, f"data:font/sfnt;base64,{b64encode(font.cut(sorted(wanted | {' '}))).decode()}"
            before.append(has)


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


def find_layout(name: str, project: Path, issue_folder: Path, report: Report) -> Layout:
    """Resolve a layout by name: first in the project's `layouts/`, then among those shipped.

    A folder `layout/` inside the issue overrides it file by file. Raises Stopped, with a problem
    in the report, when the layout or one that it extends can't be found or read.
    """
    own = issue_folder / "layout"
    chain: list[Path] = [own] if own.is_dir() else []
    fonts: list[Font] = []
    colours: dict[str, Colour] = {}
    wanted = name
    while wanted:
        folder = _folder_of(wanted, project, report)
        if folder in chain:
            report.add(
                Problem(
                    Place(folder / SHEET),
                    "layout-circle",
                    f"layout '{wanted}' extends itself",
                    "let the layouts form a chain that ends at 'house'",
                ),
            )
            raise Stopped
        sheet = _read(folder, report)
        chain.append(folder)
        fonts += [_font(font, folder, report) for font in sheet.fonts]
        colours = {**sheet.colours, **colours}
        wanted = sheet.extends or (HOUSE if wanted != HOUSE else "")
    return Layout(name=name, chain=tuple(chain), fonts=tuple(fonts), colours=colours)


def _folder_of(name: str, project: Path, report: Report) -> Path:
    for shelf in (project / "layouts", shipped_layouts()):
        if (shelf / name / SHEET).is_file():
            return shelf / name
    known = sorted({path.parent.name for path in shipped_layouts().glob(f"*/{SHEET}")})
    report.add(
        Problem(
            Place(project / "layouts" / name),
            "missing-layout",
            f"there is no layout '{name}'",
            f"name one of {', '.join(known)}, or make layouts/{name}/{SHEET}",
        )
    )
    raise Stopped


def _read(folder: Path, report: Report) -> LayoutSheet:
    sheet = read_sheet(folder / SHEET, report)
    found = validate(LayoutSheet, sheet, report) if sheet else None
    if found is None:
        raise Stopped
    return found


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
