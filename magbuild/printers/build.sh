#!/bin/sh
# Makes the ICC profiles of the printers that are not ISO Coated v2, from free characterisation data.
#
#     sudo apt-get install argyll icc-profiles-free python3
#     magbuild/printers/build.sh
#
# colprof smooths the tables, so that the ink of single colours comes out a little above the limit it is given:
# what is asked for here is below what printers/*.yaml promise, and the tests measure the result.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
data=/usr/share/color/icc
srgb=/usr/share/color/argyll/ref/sRGB.icm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# name, data set, most ink in percent, description, where the data come from
make_profile() {
    cp "$data/$2.ti3" "$work/$1.ti3"
    colprof -qm -bm -l "$3" -L 95 -kr -S "$srgb" -cmt -dpp -nc \
        -A magbuild -M "$1" -D "$4" -C "$5; zlib licence, no warranty" -O "$work/$1.icc" "$work/$1"
    # The day of making is all that differs from run to run.
    python3 - "$work/$1.icc" "$here/$1.icc" <<'PYTHON'
import struct, sys
from pathlib import Path
made, kept = map(Path, sys.argv[1:])
profile = bytearray(made.read_bytes())
profile[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
kept.write_bytes(profile)
PYTHON
}

make_profile uncoated FOGRA29L 266 "Uncoated, FOGRA29, ink 280%, magbuild" \
    "Altered from FOGRA29L characterisation data by Fogra, packed by Kai-Uwe Behrmann"
make_profile web-lwc FOGRA28L 288 "Web offset LWC, FOGRA28, ink 290%, magbuild" \
    "Altered from FOGRA28L characterisation data by Fogra, packed by Kai-Uwe Behrmann"
make_profile newspaper TR002 236 "Newspaper coldset, CGATS TR 002, ink 240%, magbuild" \
    "Made from ANSI CGATS/SNAP TR 002-2007 characterisation data, Copyright 2007 NPES, packed by Kai-Uwe Behrmann"
