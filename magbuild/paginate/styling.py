"""The styles of an issue, as the layout engine has them: read once in each process, or before it is forked."""

import functools

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from magbuild.compose import FACES
from magbuild.enginelog import hearing
from magbuild.paginate.typecase import without_the_machines_fonts

# The fonts of styles, their rules, and what the engine said of them.
Styling = tuple[FontConfiguration, weasyprint.CSS, tuple[str, ...]]


class OnlyFonts(URLFetcher):  # type: ignore[misc]
    """Hands the layout engine what styles name as fonts, files or cuts of them, and nothing from elsewhere."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("file", "data"))


@functools.lru_cache(maxsize=2)
def styling(styles: str) -> Styling:
    """Parse styles and load their fonts once per process: all galleys of an issue share them."""
    text, _, faces = styles.partition(FACES)
    named = styles if "@font-face" in text.lower() else faces  # style files may bring fonts of their own
    sheet, said = read_rules(text)
    with without_the_machines_fonts():
        fonts = FontConfiguration()
    with hearing() as messages:
        weasyprint.CSS(string=named, base_url="galley:/", font_config=fonts, url_fetcher=OnlyFonts())
    return fonts, sheet, tuple(dict.fromkeys((*said, *messages)))


@functools.lru_cache(maxsize=2)
def read_rules(text: str) -> tuple[weasyprint.CSS, tuple[str, ...]]:
    """Parse styles without the fonts that they name; return what the engine says of them, too.

    No library of the system's has a part in it, whose threads a fork would lose.
    """
    with hearing() as messages:
        sheet = weasyprint.CSS(string=text, base_url="galley:/", url_fetcher=OnlyFonts())
    return sheet, tuple(messages)


def forget_fonts() -> None:
    """Drop the styles of this process, with the engine's temporary copies of their fonts."""
    styling.cache_clear()
