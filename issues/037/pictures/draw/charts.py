"""The bar charts: days lost to disputes, who came to the summer school, strikers in Russia, houses in antiquity."""

from pathlib import Path

from draw.plate import ACCENT, BLACK, QUIET, RULE, Plate

STRIKE_DAYS = (
    ("1912", 40.9),
    ("1919", 35.0),
    ("1921", 85.9),
    ("1926", 162.2),
    ("1972", 23.9),
    ("1979", 29.5),
    ("1984", 27.1),
    ("2022*", 2.5),
)
ATTENDANCE = (
    ("Thursday", (("Why study history at all?", 2914), ("Class, from Marx to the census", 2488))),
    ("Friday", (("Before the state", 2137), ("1848 across Europe", 1902))),
    ("Saturday", (("Reading _Capital_, chapter one", 2356), ("What are unions for?", 1689))),
    ("Sunday", (("Climate and the long view", 1574), ("Closing discussion", 1238))),
)
# The median of the Gini coefficients of floor areas, by how people got their food.
HOUSES = (("Hunters and gatherers", 0.17), ("Small-scale cultivators", 0.27), ("Full farming societies", 0.35))


def draw(folder: Path) -> None:
    """Write strike-days.svg, school-attendance.svg, strikers-1905.svg and house-sizes.svg."""
    strikers().save(folder / "strikers-1905.svg", 85)
    house_sizes().save(folder / "house-sizes.svg", 85)
    strike_days().save(folder / "strike-days.svg", 85)
    school_attendance().save(folder / "school-attendance.svg", 85)


def strike_days() -> Plate:
    """Draw the working days lost in eight years."""
    plate = Plate(241, 250, "Working days lost through labour disputes, United Kingdom, selected years")
    base, unit, left = 214.0, 1.07, 22.0
    plate.text((0, 9), "Millions of working days", size=8.5, bold=True)
    for level in (50, 100, 150):
        y = base - level * unit
        plate.grid((left, y), (241, y))
        plate.text((left - 5, y + 2.7), str(level), anchor="end")
    for index, (year, days) in enumerate(STRIKE_DAYS):
        middle = left + 14 + index * 25.4 + (14 if index > 3 else 0)
        top = base - days * unit
        most = days == max(value for _, value in STRIKE_DAYS)
        plate.bar((middle - 8, top, middle + 8, base), ACCENT if most else QUIET)
        plate.text((middle, top - 4), f"{days}", anchor="middle", bold=most)
        plate.text((middle - (0 if year[-1] != "*" else -1.5), base + 12), year, anchor="middle", bold=most)
    jump = left + 14 + 3.5 * 25.4 + 7
    plate.rule((left, base), (jump - 3.2, base), colour=BLACK, width=0.8)
    plate.rule((jump + 3.2, base), (241, base), colour=BLACK, width=0.8)
    for x in (jump - 3.2, jump + 3.2):
        plate.rule((x - 1.6, base + 3.6), (x + 1.6, base - 3.6), colour=BLACK, width=0.8)
    plate.text((left, base + 29), "* June to December only", size=7.5)
    return plate


def school_attendance() -> Plate:
    """Draw the people present at the fullest moment of each session."""
    plate = Plate(241, 304, "People present at each of the eight sessions of the summer school")
    unit, y, foot = 214 / 3000, 0.0, 287.0
    for level in (1000, 2000, 3000):
        plate.grid((level * unit, 16), (level * unit, foot))
    for day, sessions in ATTENDANCE:
        plate.text((0, y + 10), day, size=9, bold=True)
        y += 17
        for label, present in sessions:
            best = present == 2356
            plate.text((3, y + 7), label, size=8)
            end = present * unit
            plate.bar((0, y + 10.5, end, y + 19), ACCENT if best else QUIET)
            plate.text((end + 3.5, y + 17.6), f"{present:,}", size=8, bold=best)
            y += 25.2
        y += 5
    plate.grid((0, 16), (0, foot))
    plate.rule((0, foot), (214, foot), colour=RULE)
    plate.text((0, foot + 10), "0", size=7.5)
    for level in (1000, 2000, 3000):
        plate.text((level * unit, foot + 10), f"{level:,}", size=7.5, anchor="middle")
    return plate


def strikers() -> Plate:
    """Draw the strikers of ten years beside those of one."""
    plate = Plate(241, 92, "Strikers in the factories of the Russian empire, 1895 to 1904 together, and in 1905")
    unit = 200 / 3000
    plate.text((0, 9), "Strikers, in thousands", size=8.5, bold=True)
    for level in (1000, 2000, 3000):
        plate.grid((level * unit, 16), (level * unit, 76))
        plate.text((level * unit, 88), f"{level:,}", size=7.5, anchor="middle")
    for index, (label, many) in enumerate((("1895\u20131904, all ten years", 431), ("1905 alone", 2863))):
        y = 18 + index * 29
        plate.text((3, y + 8), label, size=8)
        plate.bar((0, y + 11.5, many * unit, y + 22), ACCENT if index else QUIET)
        plate.text((many * unit + 3.5, y + 19.6), f"{many:,}", size=8, bold=bool(index))
    plate.grid((0, 16), (0, 76))
    plate.rule((0, 76), (200, 76), colour=RULE)
    plate.text((0, 88), "0", size=7.5)
    return plate


def house_sizes() -> Plate:
    """Draw how unlike in size the houses of three kinds of society were."""
    plate = Plate(241, 116, "How unequal houses were in size: median Gini coefficients of three kinds of society")
    unit = 200 / 0.4
    plate.text((0, 9), "Gini coefficient of floor areas, median", size=8.5, bold=True)
    for level in (0.1, 0.2, 0.3, 0.4):
        plate.grid((level * unit, 16), (level * unit, 101))
        plate.text((level * unit, 113), f"{level:.1f}", size=7.5, anchor="middle")
    for index, (label, median) in enumerate(HOUSES):
        y = 16 + index * 28
        plate.text((3, y + 8), label, size=8)
        plate.bar((0, y + 11.5, median * unit, y + 22), ACCENT if index == 2 else QUIET)
        plate.text((median * unit + 3.5, y + 19.6), f"{median:.2f}", size=8, bold=index == 2)
    plate.grid((0, 16), (0, 101))
    plate.rule((0, 101), (200, 101), colour=RULE)
    plate.text((0, 113), "0", size=7.5)
    return plate
