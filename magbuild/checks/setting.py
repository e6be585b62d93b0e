"""Pages that are proof-read come in; lines that are set badly come out.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator

from magbuild.lines import Limits, Line
from magbuild.problem import Problem, warning
from magbuild.proofreading import Proofread, ReadPage, Tally

ROUNDING = 0.005  # em
SHORT = 1.0  # pt

Gap = tuple[float, float]  # the left and the right edge of a space
MOST_TOLD = 10  # lines of one kind: the rest has the same cause


def loose_line(read: Proofread) -> Tally:
    """Too many lines have gaps between their words that are wider or narrower than the layout allows.

    `widest`, `narrowest` and `within` under `typography` in the layout's layout.yaml say what it allows, in ems. A
    long word that can't be divided leaves wide gaps before it: say with a soft hyphen (`&shy;`) where it may break, or
    change a word before it. In a narrow column set text ragged: `text-align: left`.
    """
    limits = read.limits
    lines = [(page, line) for page in read.pages for line in page.measured.lines if line.justified]
    wrong = [(page, line) for page, line in lines if not _is_even(line, limits)]
    told = sorted(wrong, key=lambda found: (-found[1].short, -found[1].spacing))[:MOST_TOLD]
    fails = len(wrong) * 100 > len(lines) * (100 - limits.within)
    return Tally(
        code="loose-line",
        about=f"justified lines with spaces of {limits.narrowest:g} to {limits.widest:g} em",
        examined=len(lines),
        wrong=len(wrong),
        worst=max((line.spacing for _, line in lines), default=None),
        unit="em",
        problems=tuple(_loose(read, page, line) for page, line in told if fails),
    )


def _is_even(line: Line, limits: Limits) -> bool:
    """Whether a line fills its room with spaces that are neither too wide nor too narrow; one word has none."""
    spaced = limits.narrowest - ROUNDING <= line.spacing <= limits.widest + ROUNDING or not line.spacing
    return spaced and line.short <= SHORT


def _loose(read: Proofread, page: ReadPage, line: Line) -> Problem:
    message = f"the spaces in '{line.text.strip()[:60]}' are {line.spacing:.2f} em wide"
    if line.short > SHORT:
        message = f"'{line.text.strip()[:60]}' is {line.short:.0f} pt too short for its column"
    hint = "let a long word near it break with a soft hyphen (&shy;), or change a word"
    return warning(read.place(page, line.text), "loose-line", message, hint)


def hyphen_ladder(read: Proofread) -> Tally:
    """More lines in a row end with a hyphen than the layout allows, two mostly.

    Change a word in one of them.
    """
    problems, examined, longest = [], 0, 0
    for pages in read.galleys:
        for page, row in _ladders(pages):
            examined += 1
            longest = max(longest, len(row))
            if len(row) > read.limits.hyphens:
                message = (
                    f"{len(row)} lines in a row end with a hyphen, the last of them '{row[-1].text.strip()[-40:]}'"
                )
                hint = "change a word in one of them"
                problems.append(warning(read.place(page, row[-1].text), "hyphen-ladder", message, hint))
    return Tally(
        code="hyphen-ladder",
        about=f"runs of lines that end with a hyphen, of no more than {read.limits.hyphens}",
        examined=examined,
        wrong=len(problems),
        worst=longest,
        unit="lines",
        problems=tuple(problems),
    )


def _ladders(pages: tuple[ReadPage, ...]) -> Iterator[tuple[ReadPage, list[Line]]]:
    """Yield the runs of lines of a paragraph that end with a hyphen, each with the page on which it ends."""
    row: list[Line] = []
    for page in pages:
        for line in page.measured.lines:
            if not line.flows:
                continue
            if row and (line.first or not line.hyphenated):
                yield page, row
                row = []
            if line.hyphenated:
                row = [*row, line]
    if row:
        yield pages[-1], row


def river(read: Proofread) -> Tally:
    """Wide spaces stand under each other in more lines in a row than the layout allows: a white river runs down there.

    `rivers` under `typography` in the layout's layout.yaml says how many lines it allows. Change a word in one of them,
    or let a long word break with a soft hyphen (`&shy;`).
    """
    runs = [(page, run) for page in read.pages for run in _rivers(page.measured.lines)]
    wrong = [(page, run) for page, run in runs if len(run) > read.limits.rivers]
    hint = "change a word in one of them, or let a long word break with a soft hyphen (&shy;)"
    return Tally(
        code="river",
        about=f"wide spaces that run down through {read.limits.rivers} lines at most",
        examined=len(runs),
        wrong=len(wrong),
        worst=max((len(run) for _, run in runs), default=None),
        unit="lines",
        problems=tuple(
            warning(
                read.place(page, run[0].text),
                "river",
                f"wide spaces stand under each other in {len(run)} lines, from '{run[0].text.strip()[:40]}' on",
                hint,
            )
            for page, run in wrong
        ),
    )


def _rivers(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines in a row that wide spaces run down through, one at least; the most of those that end together."""
    runs: dict[Gap, tuple[Line, ...]] = {}  # of the line before, by the space with which each ends
    for line in lines:
        if runs and not _is_next(next(iter(runs.values()))[-1], line):
            yield max(runs.values(), key=len)
            runs = {}
        following = {
            gap: (*max((run for over, run in runs.items() if _under(over, gap)), key=len, default=()), line)
            for gap in line.gaps
        }
        longest = max(map(len, runs.values()), default=0)
        if longest and max(map(len, following.values()), default=0) <= longest:
            yield max(runs.values(), key=len)
        runs = following
    if runs:
        yield max(runs.values(), key=len)


def _is_next(before: Line, line: Line) -> bool:
    return before.column == line.column and abs(line.top - before.bottom) < SHORT


def _under(over: Gap, gap: Gap) -> bool:
    """Whether one sees white from a space down into the one under it: through half of the narrower one."""
    return min(over[1], gap[1]) - max(over[0], gap[0]) > min(over[1] - over[0], gap[1] - gap[0]) / 2


def lone_end_mark(read: Proofread) -> Tally:
    """The end mark of a story stands on a line of its own.

    Add or cut a word in the story's last paragraph.
    """
    marked = [(page, line) for page in read.pages for line in page.measured.lines if line.marked]
    hint = "add or cut a word in the last paragraph"
    problems = tuple(
        warning(read.place(page), "lone-end-mark", "the end mark stands on a line of its own", hint)
        for page, line in marked
        if not line.text.strip()
    )
    return Tally(
        code="lone-end-mark",
        about="end marks beside the last word",
        examined=len(marked),
        wrong=len(problems),
        problems=problems,
    )
