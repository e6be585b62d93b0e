"""The styles of a finished e-book: can they be read, and do they leave colours and places to the reader?

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Iterator
from typing import Final

from magbuild.checks.ebook.book import Book
from magbuild.checks.ebook.finding import Finding, Where, fault, flaw
from magbuild.checks.ebook.stylesheet import Rule, declared_in, mistakes_in, rules_in
from magbuild.contrast import RGB, WHITE, contrast, luminance, rgb

LEAST_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3
_TEXT: Final = re.compile(r"(?:html|body|p|h[1-6]|li|blockquote|a|\*)(?=$|[\s.:>+~\[])")
_LIGHT: Final = 0.8  # of luminance: such text is meant for a dark ground that another rule gives


def broken_style(book: Book) -> Iterator[Finding]:
    """A style sheet has a mistake.

    Small reading systems drop the whole file for one, others the rule. Correct the line.
    """
    for name, css in _sheets(book):
        charset = re.match(r'@charset "([^"]*)";', css)
        if "\ufffd" in css or (charset and charset[1].casefold() not in ("utf-8", "utf-16")):
            yield fault(name, "the styles aren't in UTF-8", "save them as UTF-8")
        for message, line in mistakes_in(css):
            yield fault(name, f"the styles have a mistake: {message}", "correct the line", line)


def fixed_colour(book: Book) -> Iterator[Finding]:
    """The styles give the running text a colour or a ground.

    At night readers turn the page dark: black text on black is what comes out. Leave the colours of body, paragraphs,
    headings and links alone, and draw lines in `currentColor`.
    """
    for where, rule in _rules(book):
        names = [name for name in rule.selectors if _TEXT.match(name) and not re.search(r"\s", name)]
        if not names or "prefers-color-scheme" in rule.media:
            continue
        for name in ("color", "background-color", "background"):
            if _colour(rule.declared.get(name, "")) is not None:
                message = f"'{names[0]}' has a colour of its own: {name}: {rule.declared[name]}"
                yield flaw(where, message, "leave it to the reader", rule.line)


def faint_text(book: Book) -> Iterator[Finding]:
    """Text has too little contrast to its ground.

    It needs 4.5 to 1 (WCAG 2.2, 1.4.3); e-readers with grey screens need it most. Choose a darker or a lighter colour.
    """
    for where, rule in (*_rules(book), *_attributes(book)):
        ink = _colour(rule.declared.get("color", ""))
        if ink is None or "prefers-color-scheme" in rule.media:
            continue
        ground = _colour(rule.declared.get("background-color", "") or rule.declared.get("background", ""))
        if ground is None and luminance(ink) > _LIGHT:
            continue
        found = contrast(ink, ground or WHITE)
        if found < LEAST_CONTRAST:
            message = f"'{rule.selectors[0]}' has a contrast of {found:.1f} to 1, less than {LEAST_CONTRAST}"
            yield flaw(where, message, "choose a darker colour, or none", rule.line or None)


def fixed_place(book: Book) -> Iterator[Finding]:
    """The styles put something at a fixed place of the screen.

    E-readers turn pages: it lies over text or disappears, and Kindle skips pages that have nothing else. Let it flow.
    """
    if "pre-paginated" in book.values("rendition:layout"):
        return
    for where, rule in (*_rules(book), *_attributes(book)):
        if rule.declared.get("position") in ("fixed", "absolute"):
            message = f"'{rule.selectors[0]}' has position: {rule.declared['position']}"
            yield flaw(where, message, "let it flow", rule.line or None)


def font_without_licence(book: Book) -> Iterator[Finding]:
    """Fonts are embedded, and no licence lies beside them.

    The SIL Open Font License wants its text in every copy; other licences are for the shop to ask. Put the text into
    `META-INF`.
    """
    fonts = [item for item in book.items if "font" in item.media_type or "opentype" in item.media_type]
    texts = [name for name in book.files if re.search(r"OFL|LICEN[CS]E", name.rsplit("/", 1)[-1], re.IGNORECASE)]
    if fonts and not texts:
        yield flaw(fonts[0].element, f"{len(fonts)} fonts are embedded without a licence", "put it into META-INF")


def _sheets(book: Book) -> Iterator[tuple[str, str]]:
    for item in book.items:
        if item.media_type == "text/css" and item.name in book.files:
            yield item.name, book.files[item.name].decode("utf-8", "replace")


def _rules(book: Book) -> Iterator[tuple[Where, Rule]]:
    for name, css in _sheets(book):
        yield from ((name, rule) for rule in rules_in(css))
    for page in book.texts:
        for style in page.all("style"):
            yield from ((style, rule) for rule in rules_in(style.text or "", style.get("media") or ""))


def _attributes(book: Book) -> Iterator[tuple[Where, Rule]]:
    for page in book.texts:
        for element in page.tree.iter("*"):
            css = element.get("style")
            if css:
                yield element, Rule(selectors=("style",), declared=declared_in(css), line=0)


def _colour(text: str) -> RGB | None:
    """Return a colour that is given as one, None for inherited, transparent and unknown ones."""
    return rgb(text.removesuffix("!important").strip())
