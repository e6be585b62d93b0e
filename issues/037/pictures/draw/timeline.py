"""The timeline of the essay on the pamphlet: ten events between 1895 and 1907."""

from dataclasses import dataclass
from pathlib import Path

from draw.inks import DEEP, PAPER, tint, web
from draw.plate import ACCENT, BLACK, Plate

TOP, FOOT = 112.0, 126.0  # of the band of years
LEFT, MONTH = 6.0, 487 / 156
DOTS = web(DEEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event: its month or months since January 1895, its words, how far off (points) its label stands."""

    start: float
    end: float | None = None
    words: tuple[str, str, str]
    away: float
    flag: str = "start"
    main: bool = False


EVENTS = (
    Event(start=11.5, words=("December 1895", "Lenin arrested in", "St Petersburg"), away=-48),
    Event(start=17.5, words=("Summer 1896", "Textile strikes,", "St Petersburg"), away=24),
    Event(start=38.5, words=("March 1898", "First congress of", "the party, Minsk"), away=-48),
    Event(start=71.5, words=("December 1900", "First number of", "_Iskra_, Leipzig"), away=24),
    Event(start=76.5, words=("May 1901", "_Where to Begin?_,", "_Iskra_ no. 4"), away=-94, flag="end"),
    Event(start=86.5, words=("March 1902", "_What Is to Be Done?_,", "Stuttgart"), away=-97, main=True),
    Event(start=102, end=104, words=("July–August 1903", "Second congress,", "Brussels and London"), away=66),
    Event(start=114, end=116, words=("July–August 1904", "Replies by Luxemburg", "and Trotsky"), away=-48),
    Event(start=120, end=130, words=("January–October 1905", "Bloody Sunday to", "Petersburg Soviet"), away=24),
    Event(start=154.5, words=("November 1907", "_Twelve Years_, with", "Lenin’s new preface"), away=-94, flag="end"),
)


def draw(folder: Path) -> None:
    """Write timeline-1902.svg."""
    plate = Plate(499, 221, "Timeline 1895–1907")
    plate.bar((LEFT, TOP, LEFT + 156 * MONTH, FOOT), web(tint(DEEP, 0.13, PAPER)))
    for year in range(14):
        x = LEFT + year * 12 * MONTH
        long = 3.0 if year % 5 == 0 else 0.0
        plate.rule((x, TOP - long), (x, FOOT + long), colour=BLACK, width=0.6)
        if year < 13:
            plate.text((x + 6 * MONTH, FOOT - 4.2), str(1895 + year), size=7.6, anchor="middle", bold=year == 7)
    for event in EVENTS:
        _label(plate, event)
    plate.save(folder / "timeline-1902.svg", 176)


def _label(plate: Plate, event: Event) -> None:
    above = event.away < 0
    edge = TOP if above else FOOT
    ends = [LEFT + month * MONTH for month in (event.start, event.end) if month is not None]
    x = sum(ends) / len(ends)
    size = 10.2 if event.main else 8.0
    first = edge + event.away + (0 if above else size * 0.8)
    plate.rule((x, edge), (x, first - size * 0.72 if above else first + 2 * size * 1.2 + 2), width=0.6, colour=BLACK)
    colour = ACCENT if event.main else DOTS
    if len(ends) > 1:
        plate.bar((ends[0], edge - 1.5, ends[1], edge + 1.5), colour)
    for end in ends:
        plate.dot((end, edge), 5.0 if event.main else 2.5, colour)
    side = 4.5 if event.flag == "start" else -4.5
    for line, words in enumerate(event.words):
        at = (x + side, first + line * size * 1.2)
        plate.text(at, words, size=size, bold=line == 0 or event.main, anchor=event.flag)
