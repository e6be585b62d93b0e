"""A dummy comes in; its spreads and stories come out as plain text."""

from collections.abc import Iterable, Sequence

from magbuild.dummy import Dummy, Kind, Leaf

LONGEST = 44  # letters of what stands on a page


def as_text(dummy: Dummy) -> str:
    """Return how many pages there are, a line for each spread, and a line for each story."""
    spreads = [(_number(left), _told(left), _number(right), _told(right)) for left, right in dummy.spreads]
    stories = [
        (
            span(entry.pages),
            entry.section,
            entry.title[:LONGEST],
            f"{entry.words:,} words",
            f"{len(entry.pages)} p.",
            str(entry.fit or ""),
        )
        for entry in dummy.entries
    ]
    return "\n".join((summary(dummy), "", *_table(spreads), "", *_table(stories)))


def summary(dummy: Dummy) -> str:
    """Return how many pages an issue has, which are blank, which hold adverts alone, and where fillers stand."""
    told = [f"{dummy.name}: {len(dummy.leaves)} pages"]
    for kind, name in ((Kind.BLANK, "blank"), (Kind.ADVERT, "adverts")):
        numbers = dummy.numbers(kind)
        told.append(f"{name}: {', '.join(map(str, numbers))}" if numbers else f"no {name}")
    told += [dummy.fillers] if dummy.fillers else []
    return "; ".join(told)


def span(pages: Sequence[int]) -> str:
    """Return pages as a reader says them: 6, 6-9, or 6-8, 11."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def told(leaf: Leaf) -> str:
    """Return what stands on a page: its titles, or that it is blank; adverts are marked."""
    if leaf.kind is Kind.BLANK:
        return "(blank)"
    titles = " · ".join(leaf.titles)
    return f"[{titles}]" if leaf.kind is Kind.ADVERT else titles


def _told(leaf: Leaf | None) -> str:
    if leaf is None:
        return ""
    text = f"{leaf.section}: {told(leaf)}" if leaf.section else told(leaf)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _number(leaf: Leaf | None) -> str:
    return f"{leaf.number:>3}" if leaf is not None else ""


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
