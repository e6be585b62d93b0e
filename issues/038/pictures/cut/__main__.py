"""Cut every picture of the issue, or those that are named: `python -m cut [NAME …]`."""

import sys
from pathlib import Path

from cut import cover, idle_water, night, panorama, streets, ways

PICTURES = Path(__file__).resolve().parents[1]
ADVERTS = PICTURES.parent / "adverts"
CUTS = {
    "cover": (cover.draw, PICTURES),
    "belfry": (night.draw, PICTURES),
    "masons": (streets.masons, PICTURES),
    "panorama": (panorama.draw, PICTURES),
    "shadow": (ways.shadow, PICTURES),
    "water": (ways.water, PICTURES),
    "flame": (ways.flame, PICTURES),
    "smoke": (ways.smoke, PICTURES),
    "sand": (ways.sand, PICTURES),
    "weight": (ways.weight, PICTURES),
    "card": (ways.card, PICTURES),
    "saturday": (streets.saturday, PICTURES),
    "idle_water": (idle_water.draw, ADVERTS),
}


def main(names: list[str]) -> int:
    """Cut what was asked for; 2 if a name is unknown."""
    unknown = [name for name in names if name not in CUTS]
    if unknown:
        sys.stderr.write(f"there is no picture '{unknown[0]}'; there are {', '.join(CUTS)}\n")
        return 2
    for name in names or CUTS:
        make, folder = CUTS[name]
        folder.mkdir(exist_ok=True)
        make(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
