"""The folders of a layout come in; what is wrong with files that an editor has put there comes out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from magbuild.problem import Place, Problem, warning
from magbuild.source import nearest
from magbuild.styles import check_styles


def look_through(chain: Sequence[Path], own: Sequence[Path], style_names: Sequence[str]) -> Iterator[Problem]:
    """Yield unsafe styles, and files that nothing uses, in some of a layout's folders.

    `chain` has the strongest folder first, `own` are those to look through, and `style_names` are all that styles
    are taken from, without their suffix.
    """
    ours = [folder for folder in reversed(chain) if folder in own]
    if not ours:
        return  # nor is there a need to read the styles that they would come on top of
    others = [folder for folder in reversed(chain) if folder not in own]
    styles = _files(ours, "styles", "*.css")
    yield from check_styles(styles, _files(others, "styles", "*.css"))
    for path in styles:
        if path.stem not in style_names:
            meant = nearest(path.stem, style_names)
            hint = f"did you mean '{meant}.css'?" if meant else f"call it one of {', '.join(style_names)}"
            yield warning(Place(path), "unused-style", f"nothing takes styles from '{path.name}'", hint)
    yield from _unused_templates(ours, others)


def _files(folders: Sequence[Path], kind: str, pattern: str) -> list[Path]:
    return [path for folder in folders for path in sorted((folder / kind).rglob(pattern))]


def _unused_templates(ours: Sequence[Path], others: Sequence[Path]) -> Iterator[Problem]:
    """Yield templates that neither take the place of another one nor are named by one."""
    known = {_name(path) for path in _files(others, "templates", "*.html")}
    templates = _files(ours, "templates", "*.html")
    texts = {path: path.read_text("utf-8", errors="replace") for path in templates}
    for path in templates:
        name = _name(path)
        named = any(name in text for other, text in texts.items() if other != path)
        if name not in known and not named:
            meant = nearest(name, sorted(known))
            hint = (
                f"did you mean '{meant}'?"
                if meant
                else "include it in another one, or see layouts/README.md for their names"
            )
            yield warning(Place(path), "unused-template", f"nothing is set with '{name}'", hint)


def _name(template: Path) -> str:
    """Return a template's name as others call it: its path from the folder of templates."""
    parts = template.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])
