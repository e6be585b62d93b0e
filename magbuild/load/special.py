"""The sheets of a magazine and of one issue come in; the magazine as this issue has it comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from magbuild.model import FieldPath, ImprintEntry, IssueSheet, Magazine
from magbuild.problem import Place
from magbuild.source import Sheet

Places = Mapping[FieldPath, Place]

# What both sheets may say; where the issue does, it counts for this issue.
SHARED = tuple(sorted({field.name for field in fields(Magazine)} & {field.name for field in fields(IssueSheet)}))
NOT_SHARED = ("title",)  # that of an issue is its theme


def as_this_issue_has_it(
    magazine: Magazine, places: Places, issue: IssueSheet, sheet: Sheet
) -> tuple[Magazine, Places]:
    """Return the magazine with what the issue says in place of its own, and where each field of it stands.

    Colours are taken over one by one, entries of the imprint by their title; what has a new name is added.
    """
    found = dict(places)
    said: dict[str, Any] = {}
    for name in SHARED:
        own = getattr(issue, name)
        if not own or name in NOT_SHARED:
            continue
        if name == "colours":
            said[name] = {**magazine.colours, **own}
            pairs = [(colour, colour) for colour in own]
        elif name == "imprint":
            said[name], pairs = _imprint(magazine.imprint, own)
        else:
            said[name], pairs = own, []
        _move(found, sheet.places, name, pairs)
    return replace(magazine, **said), found


def _imprint(
    usual: Sequence[ImprintEntry], own: Sequence[ImprintEntry]
) -> tuple[tuple[ImprintEntry, ...], list[tuple[int, int]]]:
    """Return the entries of the imprint, and for each of the issue's own its old and its new index."""
    entries = list(usual)
    moved = []
    for old, entry in enumerate(own):
        titles = [known.title.casefold() for known in entries]
        at = titles.index(entry.title.casefold()) if entry.title.casefold() in titles else len(entries)
        entries[at : at + 1] = [entry]
        moved.append((old, at))
    return tuple(entries), moved


def _move(found: dict[FieldPath, Place], own: Places, name: str, pairs: Sequence[tuple[str | int, str | int]]) -> None:
    """Note that a field, or those of its items that `pairs` name by old and new key, stand in the issue's sheet."""
    for (head, *rest), place in own.items() if pairs else ():
        for old, new in pairs:
            if head == name and rest[:1] == [old]:
                found[(name, new, *rest[1:])] = place
    if not pairs and (name,) in own:
        found[(name,)] = own[(name,)]
