"""One element of the package's metadata, and the ways in which they are mostly made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from magbuild.editions.epub.xhtml import legal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One element of the metadata: "dc:title", "meta" or "link", its text and its attributes."""

    name: str
    value: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def meta(prop: str, value: str, **attributes: str) -> Fact:
    """Return a fact of EPUB 3, such as `meta("role", "aut", refines="#person-1")`."""
    return Fact(name="meta", value=value, attributes={"property": prop, **attributes})


def named(name: str, content: str) -> Fact:
    """Return a fact as EPUB 2 had them."""
    return Fact(name="meta", attributes={"name": name, "content": legal(content)})
