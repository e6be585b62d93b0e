"""Pages that are proof-read come in; what lies on something else or too near the edge comes out.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator

from magbuild.lines import Area, Line
from magbuild.measure import Length
from magbuild.model import Binding
from magbuild.problem import Problem, warning
from magbuild.proofreading import Proofread, ReadPage, Tally

TOUCH = 1.0  # pt: letters end before their line does
NEARLY = Length(0.1).pt


def text_near_edge(read: Proofread) -> Tally:
    """Some text stands nearer to the edge of its page than the printer's knife is sure to leave it.

    `safe` and `safe_inside` of the printer's profile say how near is safe. Mostly a margin of the layout is too small,
    or a long word or a wide table reaches over it.
    """
    problems, examined, nearest = [], 0, float("inf")
    trim = read.issue.magazine.trim
    for page in read.pages:
        left, right = _safe(read, page)
        for line in page.measured.lines:
            if not line.text.strip():
                continue
            examined += 1
            room = {
                "left": line.left - left,
                "right": trim.width.pt - line.right - right,
                "top": line.baseline - read.printer.safe.pt,
                "bottom": trim.height.pt - line.baseline - read.printer.safe.pt,
            }
            edge = min(room, key=lambda name: room[name])
            nearest = min(nearest, room[edge])
            if room[edge] < -NEARLY:
                message = f"'{_short(line.text)}' stands {-room[edge]:.1f} pt too near to the {edge} edge"
                hint = "widen the margin in the layout, or let the long word break with a soft hyphen (&shy;)"
                problems.append(warning(read.place(page, line.text), "text-near-edge", message, hint))
    return Tally(
        code="text-near-edge",
        about="lines inside the safe area",
        examined=examined,
        wrong=len(problems),
        problems=tuple(problems),
    )


def _safe(read: Proofread, page: ReadPage) -> tuple[float, float]:
    """Return how far text keeps from the left and from the right edge of a page."""
    outside, inside = read.printer.safe.pt, read.printer.safe_inside.pt
    if read.issue.binding is not Binding.PERFECT:
        inside = outside
    return (inside, outside) if page.number % 2 else (outside, inside)


def picture_overlap(read: Proofread) -> Tally:
    """Some text lies on a picture that it should stand beside or under.

    Mostly a table, a line of code or a long word is wider than its column and reaches into a picture of the next one.
    Move the picture, make the table narrower, or let the word break with a soft hyphen (`&shy;`).
    """
    problems: list[Problem] = []
    examined = 0
    for page in read.pages:
        pictures = [area for area in page.measured.areas if area.picture]
        lines = [line for line in page.measured.lines if line.flows and line.text.strip()]
        examined += len(lines) if pictures else 0
        for line in lines:
            if any(_overlap(line, picture) for picture in pictures):
                message = f"'{_short(line.text)}' lies on a picture"
                hint = "move the picture, make the table narrower, or break the long word"
                problems.append(warning(read.place(page, line.text), "picture-overlap", message, hint))
    return Tally(
        code="picture-overlap",
        about="lines clear of the pictures on their page",
        examined=examined,
        wrong=len(problems),
        problems=tuple(problems),
    )


def folio_overlap(read: Proofread) -> Tally:
    """The running head or the folio of a page lies on its text or on one of its pictures.

    They have their places in the margins: let the layout's margins leave room for them, or don't let the picture or
    the text reach so far.
    """
    problems: list[Problem] = []
    examined = 0
    for page in read.pages:
        for line in page.master.lines if page.master else ():
            examined += 1
            if any(_overlap(line, other) for other in _solid(page)):
                message = f"'{_short(line.text)}' at the edge of the page lies on what stands on it"
                hint = "give the margin more room in the layout, or make the picture smaller"
                problems.append(warning(read.place(page), "folio-overlap", message, hint))
    return Tally(
        code="folio-overlap",
        about="running heads and folios with room of their own",
        examined=examined,
        wrong=len(problems),
        problems=tuple(problems),
    )


def _solid(page: ReadPage) -> Iterator[Line | Area]:
    yield from (line for line in page.measured.lines if line.text.strip())
    yield from (area for area in page.measured.areas if area.picture)


def _overlap(line: Line, other: Line | Area) -> bool:
    """Whether a line's letters lie on other letters or on a picture."""
    across = min(line.right, other.right) - max(line.left, other.left)
    # From the height of an x above the baseline; the line itself holds room above and below.
    down = min(line.baseline, other.bottom) - max(line.top + 0.4 * (line.baseline - line.top), other.top)
    return across > TOUCH and down > TOUCH


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
