"""Draw every picture of the issue, or those that are named: `python -m draw [NAME …]`."""

import sys
from pathlib import Path

from draw import (
    charts,
    cover,
    crowd,
    docks,
    drying,
    heronsgate,
    loom,
    march,
    newsprint,
    night_school,
    pillars,
    portraits,
    sites,
    small_adverts,
    timeline,
    vignettes,
    wall,
)

PICTURES = Path(__file__).resolve().parents[1]
ADVERTS = PICTURES.parent / "adverts"
DRAWINGS = {
    "cover": (cover.draw, PICTURES),
    "newsprint": (newsprint.draw, PICTURES),
    "timeline": (timeline.draw, PICTURES),
    "loom": (loom.draw, PICTURES),
    "charts": (charts.draw, PICTURES),
    "crowd": (crowd.draw, PICTURES),
    "pillars": (pillars.draw, PICTURES),
    "sites": (sites.draw, PICTURES),
    "docks": (docks.draw, PICTURES),
    "drying": (drying.draw, PICTURES),
    "portraits": (portraits.draw, PICTURES),
    "wall": (wall.draw, PICTURES),
    "march": (march.draw, PICTURES),
    "vignettes": (vignettes.draw, PICTURES),
    "heronsgate": (heronsgate.draw, ADVERTS),
    "night_school": (night_school.draw, ADVERTS),
    "small_adverts": (small_adverts.draw, ADVERTS),
}


def main(names: list[str]) -> int:
    """Draw what was asked for; 2 if a name is unknown."""
    unknown = [name for name in names if name not in DRAWINGS]
    if unknown:
        sys.stderr.write(f"there is no drawing '{unknown[0]}'; there are {', '.join(DRAWINGS)}\n")
        return 2
    for name in names or DRAWINGS:
        make, folder = DRAWINGS[name]
        folder.mkdir(exist_ok=True)
        make(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
