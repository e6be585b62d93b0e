"""Pages that are proof-read come in; columns that don't stand as they should come out.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import statistics
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from magbuild.lines import Area, Column, Kind, Line
from magbuild.problem import warning
from magbuild.proofreading import Filled, Proofread, ReadPage, Tally, pitch_of

RUNNING = (Kind.BODY, Kind.NOTE, Kind.SIDEBAR)  # text in paragraphs
TOUCH = 0.5  # pt
HINT = "add or cut a few words in the paragraph"
NEARLY = 0.1  # lines: captions and rules aren't whole lines high
FEW = 4  # lines in the longest column of a story so short that no other division would be better


# --- Lines ---


def off_grid(read: Proofread) -> Tally:
    """Lines of text stand off the grid: beside lines of a neighbouring column or the facing page they are not level.

    The grid is where most lines of the issue stand that have the same distance (`--line` in the layout's styles);
    `off_grid` under `typography` in its layout.yaml says how far off, in pt, is not seen. Something above them is not
    a whole number of lines high. In the layout give it `--block-step: line`, or margins that are multiples of `--line`.
    """
    lines = [(page, line) for page in read.pages for line in page.measured.lines if _has_grid(line)]
    grids = {
        pitch: _grid(line for _, line in lines if line.pitch == pitch) for pitch in {line.pitch for _, line in lines}
    }
    off = [(page, line, _from_grid(line, grids[line.pitch])) for page, line in lines]
    wrong = [(page, line, by) for page, line, by in off if abs(by) > read.limits.off_grid]
    hint = "in the layout, give what stands above it '--block-step: line', or margins of whole lines"
    first = {page.number: (page, line, by) for page, line, by in reversed(wrong)}  # the others have the same cause
    problems = []
    for page, line, by in reversed(first.values()):
        message = f"'{line.text.strip()[:40]}' in {_column(line.column)} stands {by:+.2f} pt off the grid"
        problems.append(warning(read.place(page, line.text), "off-grid", message, hint))
    return Tally(
        code="off-grid",
        about=f"lines of text within {read.limits.off_grid:g} pt of the grid",
        examined=len(lines),
        wrong=len(wrong),
        worst=max((abs(by) for _, _, by in off), default=None),
        unit="pt",
        problems=tuple(problems),
    )


def _has_grid(line: Line) -> bool:
    return line.kind is Kind.BODY and line.flows and line.pitch > 0 and bool(line.text.strip())


def _grid(lines: Iterator[Line]) -> float:
    """Return where most lines of one distance stand, as the rest that dividing by the distance leaves."""
    rests = [line.baseline % line.pitch for line in lines]
    most = Counter(round(rest, 1) for rest in rests).most_common(1)[0][0]
    return statistics.median(rest for rest in rests if round(rest, 1) == most)


def _from_grid(line: Line, grid: float) -> float:
    return (line.baseline - grid + line.pitch / 2) % line.pitch - line.pitch / 2


def widow(read: Proofread) -> Tally:
    """The last line of a paragraph stands alone at the head of a column.

    Add or cut a few words in the paragraph.
    """
    heads = [(page, filled.lines[0]) for page, filled in _columns(read) if filled.lines]
    heads = [(page, line) for page, line in heads if line.kind in RUNNING]
    problems = tuple(
        warning(read.place(page, line.text), "widow", _alone(line, "head"), HINT)
        for page, line in heads
        if line.last and not line.first
    )
    about = "columns that don't begin with the end of a paragraph"
    return Tally(code="widow", about=about, examined=len(heads), wrong=len(problems), problems=problems)


def orphan(read: Proofread) -> Tally:
    """The first line of a paragraph stands alone at the foot of a column.

    Add or cut a few words in the paragraph or in one before it.
    """
    feet = [(page, filled.lines[-1]) for page, filled in _columns(read) if filled.lines]
    feet = [(page, line) for page, line in feet if line.kind in RUNNING]
    problems = tuple(
        warning(read.place(page, line.text), "orphan", _alone(line, "foot"), HINT)
        for page, line in feet
        if line.first and not line.last
    )
    about = "columns that don't end with the beginning of a paragraph"
    return Tally(code="orphan", about=about, examined=len(feet), wrong=len(problems), problems=problems)


def _alone(line: Line, where: str) -> str:
    return f"'{line.text.strip()[:60]}' stands alone at the {where} of {_column(line.column)}"


def one_line_column(read: Proofread) -> Tally:
    """A column, or the last page of a story, holds a single line.

    Add or cut a few words, so that it holds more or is not needed.
    """
    problems, examined = [], 0
    for before, page in pairwise((None, *read.pages)):
        if page is None or not page.stories:  # lists that the builder makes may have a single line
            continue
        goes_on = before is not None and before.slug == page.slug
        for row in page.rows:
            most = max(len(filled.lines) for filled in row)
            few = most <= (2 if goes_on or not page.last else FEW)
            for filled in row:
                examined += 1
                if len(filled.lines) == 1 and not filled.areas and (not few or (len(row) == 1 and goes_on)):
                    text = filled.lines[0].text
                    message = f"'{text.strip()[:40]}' stands alone in {_column(filled.column)}"
                    hint = "add or cut a few words"
                    problems.append(warning(read.place(page, text), "one-line-column", message, hint))
    about = "columns with more than a line"
    return Tally(code="one-line-column", about=about, examined=examined, wrong=len(problems), problems=tuple(problems))


def stranded_heading(read: Proofread) -> Tally:
    """A heading stands at the foot of a column, with fewer lines under it than the layout wants, two mostly.

    Add or cut a few words before it.
    """
    problems, examined = [], 0
    for page, line, under, goes_on in _headings(read):
        examined += 1
        if under < read.limits.under_heading and (goes_on or not under):
            message = f"the heading '{line.text.strip()[:40]}' stands at the foot of {_column(line.column)}"
            hint = "add or cut a few words before it"
            problems.append(warning(read.place(page, line.text), "stranded-heading", message, hint))
    return Tally(
        code="stranded-heading",
        about=f"headings with {_lines(read.limits.under_heading)} under them",
        examined=examined,
        wrong=len(problems),
        problems=tuple(problems),
    )


def _headings(read: Proofread) -> Iterator[tuple[ReadPage, Line, int, bool]]:
    """Yield the headings in columns, with the lines under each, and whether its text goes on in another column."""
    for pages in read.galleys:
        columns = [(page, filled) for page in pages for row in page.rows for filled in row]
        for (page, filled), following in zip(columns, [*columns[1:], None], strict=False):
            goes_on = following is not None and _goes_on(filled, following[1]) and not _ends(filled, following[1])
            for place, line in enumerate(filled.lines, 1):
                if line.kind is Kind.HEADING:
                    yield page, line, len(filled.lines) - place, goes_on


def _ends(filled: Filled, following: Filled) -> bool:
    """Whether the text under a column's last heading is all there: the next column begins with another heading."""
    whole = bool(filled.lines) and filled.lines[-1].kind is not Kind.HEADING and filled.lines[-1].last
    return whole and bool(following.lines) and following.lines[0].kind is Kind.HEADING


# --- Columns ---


def uneven_columns(read: Proofread) -> Tally:
    """The columns of a page end further apart than the layout allows, a line mostly; a story's last page is free.

    Mostly something that isn't divided, such as a quotation or a figure, didn't fit any more and went to the next
    column. Move it, or add or cut a few words before it.
    """
    problems, examined, worst = [], 0, 0.0
    for page in read.pages:
        if page.last:
            continue
        for row in page.rows:
            if len(row) < 2:
                continue
            examined += 1
            pitch = pitch_of(row)
            lowest = max(row, key=lambda filled: filled.bottom)
            highest = min(row, key=lambda filled: filled.bottom)
            apart = (lowest.bottom - highest.bottom) / pitch
            worst = max(worst, apart)
            if apart > read.limits.uneven + NEARLY:
                text = highest.lines[-1].text if highest.lines else ""
                message = f"{_column(highest.column)} ends {apart:.1f} lines above {_column(lowest.column)}"
                hint = "move what isn't divided, or add or cut a few words before it"
                problems.append(warning(read.place(page, text), "uneven-columns", message, hint))
    return Tally(
        code="uneven-columns",
        about=f"rows of columns that end within {_lines(read.limits.uneven)} of each other",
        examined=examined,
        wrong=len(problems),
        worst=worst if examined else None,
        unit="lines",
        problems=tuple(problems),
    )


def hole(read: Proofread) -> Tally:
    """A page of text has an empty place: amid a column, or at its foot though the story goes on.

    `hole` under `typography` in the layout's layout.yaml says from how many lines on. Mostly a picture or a box that
    isn't divided went to the next page. Move it to another paragraph.
    """
    problems, examined, worst = [], 0, 0.0
    for page in read.pages:
        if not any(line.kind is Kind.BODY for row in page.rows for filled in row for line in filled.lines):
            continue
        examined += 1
        pitch = pitch_of(page.rows[0])
        gap, top = max(_gaps(page))
        worst = max(worst, gap / pitch)
        if gap > read.limits.hole * pitch + TOUCH:
            text = next((line.text for line in reversed(page.measured.lines) if line.bottom <= top + TOUCH), "")
            message = f"{gap / pitch:.0f} lines are empty, from {top:.0f} pt below the head of the page"
            hint = "move the picture or the box that comes next to another paragraph"
            problems.append(warning(read.place(page, text), "hole", message, hint))
    return Tally(
        code="hole",
        about=f"pages of text without {read.limits.hole} empty lines",
        examined=examined,
        wrong=len(problems),
        worst=worst if examined else None,
        unit="lines",
        problems=tuple(problems),
    )


def _gaps(page: ReadPage) -> Iterator[tuple[float, float]]:
    """Yield how high the empty places of a page are, each with where it begins."""
    things: tuple[Line | Area, ...] = (*page.measured.lines, *page.measured.areas)
    for row in page.rows:
        end = max(filled.bottom for filled in row)
        for filled in row:
            column = filled.column
            inside = [
                (thing.top, min(thing.bottom, end))
                for thing in things
                if min(thing.right, column.right) - max(thing.left, column.left) > TOUCH
                and column.top < thing.bottom
                and thing.top < end
            ]
            yield from _between(column.top, inside, filled.bottom)
    flowing = (thing.bottom for thing in things if thing.flows)
    end = max(flowing, default=page.measured.top) if page.last else page.measured.bottom
    yield from _between(page.measured.top, [(thing.top, thing.bottom) for thing in things], end)


def _between(start: float, stretches: list[tuple[float, float]], end: float) -> Iterator[tuple[float, float]]:
    """Yield the gaps that stretches leave between start and end, each with its beginning."""
    for top, bottom in sorted(stretches):
        yield max(0.0, min(top, end) - start), start
        start = max(start, bottom)
    yield max(0.0, end - start), start


# --- Words of these checks ---


def _columns(read: Proofread) -> Iterator[tuple[ReadPage, Filled]]:
    return ((page, filled) for page in read.pages for filled in page.columns)


def _column(column: Column) -> str:
    return f"column {column.index + 1} of {column.count}" if column.count > 1 else "the page"


def _lines(number: int) -> str:
    return "a line" if number == 1 else f"{number} lines"


def _goes_on(filled: Filled, following: Filled) -> bool:
    """Whether text goes on from one column to the next: to its neighbour, or to a later page.

    What is said of the author, which ends a story, is none.
    """
    here, there = filled.column, following.column
    if following.lines and all(line.kind is Kind.OTHER for line in following.lines):
        return False
    return (here.page, here.row) == (there.page, there.row) or there.page > here.page
