"""Seven early places and the periods in which they flourished, as bars over eleven thousand years."""

from pathlib import Path

from draw.plate import ACCENT, BLACK, QUIET, RULE, Plate

PLACES = (
    ("Göbekli Tepe", "south-eastern Turkey", -9500, -8000, "c. 9500–8000 BCE"),
    ("Çatalhöyük", "central Turkey", -7100, -5950, "c. 7100–5950 BCE"),
    ("Trypillia mega-sites", "Ukraine", -4100, -3600, "c. 4100–3600 BCE"),
    ("Late Uruk", "southern Iraq", -3500, -3100, "c. 3500–3100 BCE"),
    ("Indus cities", "Pakistan and north-west India", -2600, -1900, "c. 2600–1900 BCE"),
    ("Poverty Point", "Louisiana, USA", -1700, -1100, "c. 1700–1100 BCE"),
    ("Teotihuacan", "central Mexico", -100, 550, "c. 100 BCE–550 CE"),
)
WRITTEN = "Late Uruk"
YEARS = {-10000: "10,000 BCE", -8000: "8000", -6000: "6000", -4000: "4000", -2000: "2000", 0: "1 CE", 1000: "1000 CE"}
LEFT, RIGHT, TOP, ROW = 132.0, 484.0, 4.0, 27.5
FOOT = TOP + len(PLACES) * ROW
SOFT = "#636363"  # a neutral grey: small type is printed in one ink


def draw(folder: Path) -> None:
    """Write sites-map.svg."""
    plate = Plate(499, 238, "Seven early places and the periods in which they flourished")
    for year in range(-10000, 1001, 1000):
        plate.grid((_x(year), TOP), (_x(year), FOOT))
    for index, (name, country, start, end, dates) in enumerate(PLACES):
        _row(plate, TOP + index * ROW, (name, country, dates), (start, end))
    plate.rule((LEFT, FOOT), (RIGHT, FOOT), colour=BLACK, width=0.8)
    for year in range(-10000, 1001, 1000):
        plate.rule((_x(year), FOOT), (_x(year), FOOT + (5 if year in YEARS else 3)), colour=BLACK, width=0.6)
    for year, words in YEARS.items():
        last = year == 1000
        plate.text((499 if last else _x(year), FOOT + 14), words, size=8, anchor="end" if last else "middle")
    _tablet(plate, (LEFT, FOOT + 24.6))
    plate.text((LEFT + 13, FOOT + 33), "written accounts of grain and labour", size=8)
    plate.save(folder / "sites-map.svg", 176)


def _x(year: float) -> float:
    return LEFT + (year + 10000) / 11000 * (RIGHT - LEFT)


def _row(plate: Plate, top: float, words: tuple[str, str, str], years: tuple[int, int]) -> None:
    name, country, dates = words
    plate.rule((0, top + ROW), (LEFT, top + ROW), colour=RULE, width=0.35)
    plate.text((0, top + 11.5), name, size=9, bold=True)
    plate.text((0, top + 21.5), country, size=7.6, colour=SOFT)
    if name == WRITTEN:
        _tablet(plate, (48, top + 3.6))
    middle = top + ROW / 2
    start, end = (_x(year) for year in years)
    plate.bar((start, middle - 5.5, end, middle + 5.5), ACCENT if name == WRITTEN else QUIET)
    late = end + 75 > 499
    plate.text((start - 4 if late else end + 4, middle + 2.8), dates, size=8, anchor="end" if late else "start")


def _tablet(plate: Plate, at: tuple[float, float]) -> None:
    x, y = at
    shape = f"M{x + 1.6:.2f} {y:.2f}h4.8q1.6 0 1.6 1.6v6.4q0 1.8-1.8 1.8h-4.6q-1.6 0-1.6-1.8v-6.4q0-1.6 1.6-1.6z"
    plate.parts.append(f'<path d="{shape}" fill="{ACCENT}"/>')
    for row, length in enumerate((4.4, 3.2, 4.4)):
        plate.rule((x + 1.8, y + 2.5 + row * 2.3), (x + 1.8 + length, y + 2.5 + row * 2.3), colour="#ffffff", width=0.8)
