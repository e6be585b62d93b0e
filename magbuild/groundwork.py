"""What every worker would have to read of an issue, read once where workers are forked from."""

import re
from collections.abc import Iterator
from pathlib import Path

from magbuild.compose import page_rules
from magbuild.layout import find_layout
from magbuild.load import load_magazine
from magbuild.problem import Report
from magbuild.whereabouts import project_of

_NAMED = re.compile(rb"\blang(?:uage)?\s*[:=]\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})*)\b")


def lay(folder: Path) -> None:
    """Read the rules of an issue's pages, and the patterns by which the languages that it names divide words.

    What is wrong with them isn't told here, and what can't be read is left to who needs it.
    """
    report = Report()
    magazine = load_magazine(folder, report)
    if magazine is None:
        return
    from magbuild.paginate.opened import engine

    rules = page_rules(magazine, find_layout(magazine.layout, project_of(folder), folder, report))
    engine.get_ready(rules, {magazine.language, *_languages(folder)})


def _languages(folder: Path) -> Iterator[str]:
    """Yield what looks like the code of a language in an issue's manuscripts."""
    for path in filter(Path.is_file, folder.glob("*.md")):
        yield from (code.decode() for code in _NAMED.findall(path.read_bytes()))
