"""The edges of pages: bleed that is really filled, text away from the knife, pages with something on them.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator, Sequence

from magbuild.preflight.drawn import Area, Drawn, Line, Picture, Shading, Text
from magbuild.preflight.job import Job
from magbuild.preflight.look import Outcome
from magbuild.preflight.plane import MM, SIDES, Box, overlap
from magbuild.preflight.sheets import Sheet

NEAR = 0.5 * MM  # what ends nearer to the trim is meant to run off the page
ENOUGH = 0.1 * MM  # how much of the bleed or the safe distance may be missing
LEAST = 1.0 * MM  # what is shorter along the edge is judged with what it belongs to
ABUTS = 0.3 * MM  # pieces of one picture lie as near to each other
SIGN = (-1, -1, 1, 1)  # the way out of the page, at the left, bottom, right and top

Piece = Area | Picture | Shading


def empty_page(job: Job) -> Outcome:
    """A page has nothing on it.

    It may be meant, and may be a page that failed to export (GWG R0005). White things and what is wholly outside the
    trim don't count.
    """
    look = job.look("empty-page", "whether pages are empty", "pages")
    for sheet in job.sheets:
        look.saw()
        if not any(_seen(thing) for thing in sheet.trimmed):
            look.found(
                "the page is empty",
                "see whether that is meant",
                sheet=sheet,
                box=sheet.trim,
                object=sheet.object,
                source="GWG R0005",
                warns=True,
            )
    return look.outcome()


def _seen(thing: Drawn) -> bool:
    match thing:
        case Text():
            return thing.visible and not thing.paint.white
        case Line() | Area():
            return not thing.paint.white
        case Picture():
            return thing.stencil is None or not thing.stencil.white
        case Shading():
            return True
    return False


def bleed_not_filled(job: Job) -> Outcome:
    """An area, a gradient or a picture runs to the trim, and ends there or within the bleed.

    When the knife is a hair off, a white edge shows. Looked at is what has a straight edge within 0.5 mm of the trim or
    beyond it, has ink, and doesn't reach as far as the printer's bleed (less 0.1 mm), unless another piece goes on
    right where it ends. At the spine of a file with several pages nothing is judged, since nothing is cut between the
    halves of a spread. What ends in a curve or slant is taken as meant, and so is white. That something is missing
    altogether can't be seen. Draw it out to the edge of the bleed.
    """
    look = job.look("bleed-not-filled", "what runs off the page", "edges that run off")
    for sheet in job.sheets:
        pieces = tuple(_pieces(sheet))
        for piece in pieces:
            for at, (side, name) in enumerate(SIDES):
                if side == sheet.spine or not _meant(piece, sheet, at):
                    continue
                look.saw()
                lacks = _lack(piece.box, sheet, at)
                if lacks > ENOUGH and piece.sides & side and not _goes_on(piece, pieces, at):
                    short = (sheet.needed[at] - lacks) / MM
                    where = f"{abs(short):.1f} mm {'beyond' if short > 0.05 else 'before'} the trim"
                    where = "at the trim" if abs(short) < 0.05 else where
                    look.found(
                        f"{_called(piece)} ends {where} at the {name}; it needs {sheet.needed[at] / MM:g} mm of bleed",
                        "draw it out to the edge of the bleed",
                        sheet=sheet,
                        box=piece.box,
                        object=_object(piece),
                        source="printer",
                        alike=(name, round(short, 1), type(piece)),
                    )
    return look.outcome()


def _pieces(sheet: Sheet) -> Iterator[Piece]:
    for thing in sheet.printed:
        match thing:
            case Area() if not thing.paint.white:
                yield thing
            case Picture() if thing.stencil is None or not thing.stencil.white:
                yield thing
            case Shading():
                yield thing


def _meant(piece: Piece, sheet: Sheet, at: int) -> bool:
    """Whether a piece is meant to run off the page at an edge: it lies on the page, and reaches the edge."""
    trim, box = sheet.trim, piece.box
    if not sheet.needed[at] or not overlap(box, trim):
        return False
    along = (at + 1) % 2
    if min(box[along + 2], trim[along + 2]) - max(box[along], trim[along]) < LEAST:
        return False
    return (box[at] - trim[at]) * SIGN[at] > -NEAR


def _lack(box: Box, sheet: Sheet, at: int) -> float:
    """Return how much of the bleed a box leaves unfilled, in pt; the sheet may end sooner, which no-bleed says."""
    edge = sheet.trim[at] + SIGN[at] * sheet.needed[at]
    end = sheet.media[at]
    nearer = min(edge * SIGN[at], end * SIGN[at]) if (end - sheet.trim[at]) * SIGN[at] > ENOUGH else edge * SIGN[at]
    return nearer - box[at] * SIGN[at]


def _goes_on(piece: Piece, pieces: Sequence[Piece], at: int) -> bool:
    """Whether other pieces begin where this one ends, and go on outwards along its whole edge."""
    along = (at + 1) % 2
    opposite = (at + 2) % 4
    end = piece.box[at]
    spans = sorted(
        (other.box[along], other.box[along + 2])
        for other in pieces
        if other is not piece
        and abs(other.box[opposite] - end) < ABUTS
        and (other.box[at] - end) * SIGN[at] > ABUTS / 2
    )
    reached = piece.box[along]
    for begin, stop in spans:
        if begin > reached + ABUTS:
            return False
        reached = max(reached, stop)
    return bool(spans) and reached >= piece.box[along + 2] - ABUTS


def _called(piece: Piece) -> str:
    return "a picture" if isinstance(piece, Picture) else "a gradient" if isinstance(piece, Shading) else "an area"


def _object(piece: Piece) -> str:
    return piece.manner.where if isinstance(piece, Area) else piece.object


def outside_safe_area(job: Job) -> Outcome:
    """Text stands so near to the trim, or to the spine, that it may be cut or swallowed.

    The distance is in the printer's profile, with another one for the spine of bound issues. Text reaches from its
    baseline to the height of capitals, and below to where the font's letters end; text wholly beyond the trim doesn't
    count. Move it inwards.
    """
    safe = max((max(sheet.safe) for sheet in job.sheets), default=0) / MM
    look = job.look(
        "outside-safe-area", "the distance of text from the trim", "runs of text", limit=round(safe, 2), unit="mm"
    )
    for sheet, text in job.texts():
        gaps = tuple((sheet.trim[at] - text.box[at]) * SIGN[at] for at in range(4))
        look.saw(min(gaps) / MM, sheet)
        short = [at for at in range(4) if gaps[at] < sheet.safe[at] - ENOUGH]
        if short:
            at = min(short, key=lambda edge: gaps[edge] - sheet.safe[edge])
            name = SIDES[at][1]
            gap = gaps[at] / MM
            said = f"stands {gap:.1f} mm from the trim" if gap >= 0 else f"reaches {-gap:.1f} mm beyond the trim"
            look.found(
                f"text {said} at the {name}; {sheet.safe[at] / MM:g} mm is safe",
                "move it inwards",
                sheet=sheet,
                box=text.box,
                object=text.font.name if text.font is not None else "",
                source="printer",
                warns=True,
                alike=name,
            )
    return look.outcome()
