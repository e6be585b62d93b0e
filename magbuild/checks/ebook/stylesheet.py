"""Styles come in as text; addresses, rules and mistakes in them come out (tinycss2 reads them)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2

# EPUB 3.3, 6.2: what says the direction of text isn't left to styles.
_FORBIDDEN = ("direction", "unicode-bidi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its selectors as text, its declarations by name, its line, and the queries it stands under."""

    selectors: tuple[str, ...]
    declared: dict[str, str]
    line: int
    media: str = ""


def addresses_in(css: str) -> Iterator[tuple[str, int]]:
    """Yield the addresses in styles (`url(…)` and `@import`), each with its line."""
    if "url(" not in css.casefold() and "@import" not in css.casefold():
        return
    yield from _addresses(_sheet(css))


def _addresses(nodes: Any) -> Iterator[tuple[str, int]]:
    for node in nodes or ():
        if node.type == "url":
            yield node.value, node.source_line
        elif node.type == "function" and node.lower_name == "url":
            yield "".join(token.value for token in node.arguments if token.type == "string"), node.source_line
        elif node.type == "at-rule" and node.lower_at_keyword == "namespace":
            continue
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            yield from ((token.value, node.source_line) for token in node.prelude if token.type == "string")
        for inside in ("prelude", "content", "arguments", "value"):
            held = getattr(node, inside, None)
            if isinstance(held, list):
                yield from _addresses(held)


@lru_cache(maxsize=16)
def rules_in(css: str, media: str = "") -> tuple[Rule, ...]:
    """Return the rules of a style sheet, those within `@media` too."""
    return tuple(_rules(_sheet(css), media))


@lru_cache(maxsize=16)  # every check asks for the same few sheets
def _sheet(css: str) -> Any:
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def _rules(nodes: Any, media: str) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = tuple(part.strip() for part in tinycss2.serialize(node.prelude).split(","))
            yield Rule(selectors=selectors, declared=declared_in(node.content), line=node.source_line, media=media)
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports") and node.content:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner, f"{media} {tinycss2.serialize(node.prelude)}".strip())


def declared_in(css: Any) -> dict[str, str]:
    """Return the declarations of a block, or of a style attribute, by name; of two the later one."""
    nodes = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
    return {
        node.lower_name: tinycss2.serialize(node.value).strip().casefold()
        for node in nodes
        if node.type == "declaration"
    }


def mistakes_in(css: str) -> Iterator[tuple[str, int]]:
    """Yield what can't be read in a style sheet, each with its line."""
    yield from _mistakes(_sheet(css))


def _mistakes(nodes: Any) -> Iterator[tuple[str, int]]:
    for node in nodes:
        if node.type == "error":
            yield node.message.casefold().rstrip("."), node.source_line
        elif node.type == "declaration" and not tinycss2.serialize(node.value).strip():
            yield f"'{node.name}' has no value", node.source_line
        elif node.type == "declaration" and node.lower_name in _FORBIDDEN:
            yield f"'{node.name}' belongs into the page: write dir", node.source_line
        elif node.type == "qualified-rule":
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from (("a rule stands within a rule", part.source_line) for part in inner if "rule" in part.type)
            yield from _mistakes(part for part in inner if "rule" not in part.type)
        elif node.type == "at-rule" and node.content is not None:
            if node.lower_at_keyword in ("media", "supports"):
                yield from _mistakes(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
            elif node.lower_at_keyword == "font-face":
                if "src" not in declared_in(node.content):
                    yield "a font without a file", node.source_line
                yield from _mistakes(
                    tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                )
