"""Names of a PDF, which may be of any bytes (ISO 32000-1, 7.3.5), and dictionaries that have such names."""

from collections.abc import Mapping
from typing import Any

from pikepdf import Dictionary, Object


def spelled(name: Object) -> str:
    """Return a name with its slash; what is no UTF-8 in it is kept as it is."""
    return bytes(name).decode("utf-8", "surrogateescape")


def shown(name: str) -> str:
    """Return a name as it can be said in a message: without its slash."""
    return name.removeprefix("/").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def plain(name: str) -> str:
    """Return a name that can be written: itself, if it has nothing but UTF-8."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "/Name-" + name.removeprefix("/").encode("utf-8", "surrogateescape").hex()
    return name


def entries(source: Object) -> dict[str, Any]:
    """Return what a dictionary, or the dictionary of a stream, holds."""
    return {key: source[key] for key in source.keys()}  # noqa: SIM118 - it is no Python dictionary


def dictionary(held: Mapping[str, Any]) -> Dictionary:
    """Return a dictionary of a PDF."""
    made = Dictionary()
    for key, value in held.items():
        made[key] = value
    return made
