"""Time the separation of the sample issue against its layout, and weigh it with a dozen pictures of 12 megapixels.

Run it as `python tests/bench/separation.py`; it prints seconds of processor time, side by side, and megabytes.
"""

import argparse
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from magbuild.compose import Galley, compose, lay_out_desk
from magbuild.copydesk import read
from magbuild.editions import print_pdf
from magbuild.editions.print_pdf import Press
from magbuild.grouping import groups
from magbuild.layout import find_layout
from magbuild.load.printers import find_printer
from magbuild.paginate import paginate
from magbuild.problem import Report
from magbuild.store import Store

P = ParamSpec("P")
R = TypeVar("R")

PICTURES, SIZE = 12, (4000, 3000)
MOST_SHARE, MOST_MEGABYTES = 0.40, 400


def shares(folder: Path, rounds: int) -> tuple[float, float]:
    """Return the processor seconds of laying out and of separating all proofs, medians of rounds."""
    report = Report()
    issue, manuscripts = read(folder, report)
    project = folder.parent.parent
    layout = find_layout(issue.magazine.layout, project, folder, report)
    printer = find_printer(issue.printer, project, report)
    assert printer is not None
    press = Press(printer=printer, palette=layout.palette(issue.magazine))
    galleys = tuple(compose(lay_out_desk(issue, manuscripts, layout), groups(issue), {}))
    laid, separated = [], []
    for _ in range(rounds):
        began = time.process_time()
        proofs = [paginate(galley) for galley in galleys]
        between = time.process_time()
        for galley, proof in zip(galleys, proofs, strict=True):
            print_pdf.prepare(galley, proof, press)
        laid.append(between - began)
        separated.append(time.process_time() - between)
    return statistics.median(laid), statistics.median(separated)


def weigh(kind: str) -> float:
    """Return the most megabytes that a process takes which separates a story with a dozen pictures of a kind."""
    with tempfile.TemporaryDirectory() as folder:
        galley, proof = _alone(_laid_out, kind, Path(folder))
        return _alone(_separated, galley, proof, Path(folder))


def _alone(step: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Run a step in a process of its own, so that its memory is its own, too."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(step, arguments, named)


def _laid_out(kind: str, folder: Path) -> tuple[Galley, bytes]:
    """Lay out the story, and hand its proof on as a build does: as a file of a store."""
    names = []
    for number in range(PICTURES):
        coarse = np.random.default_rng(number).integers(0, 255, (375, 500, 3), np.uint8)
        names.append(folder / f"{number}.{kind}")
        Image.fromarray(coarse).resize(SIZE).save(names[-1])
    shown = "".join(f'<img src="picture:{path.name}" style="width: 200mm"><br>' for path in names)
    galley = Galley(
        slug="a",
        stories=("a",),
        path=Path("a.md"),
        html=f'<!doctype html><html lang="en"><title>a</title><body class="galley">{shown}</body></html>',
        styles="@page { size: A4; margin: 5mm }",
        pictures=tuple((path.name, path) for path in names),
    )
    return galley, Store(folder / "store").pack(paginate(galley))


def _separated(galley: Galley, proof: bytes, folder: Path) -> float:
    printer = find_printer("sheetfed-coated", None, Report())
    assert printer is not None
    store = Store(folder / "store")
    store.pack(print_pdf.prepare(galley, store.unpack(proof), Press(printer=printer, palette={})))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("issues/037"))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    # First of all: a process's largest size is counted from that of the process it came from.
    for kind in ("jpg", "png"):
        sys.stdout.write(
            f"a dozen pictures of 12 megapixels, {kind}: {weigh(kind):.0f} MB (at most {MOST_MEGABYTES})\n"
        )
    laid, separated = shares(options.folder, options.rounds)
    share = separated / laid
    sys.stdout.write(f"laying out {laid:.2f} s, separating {separated:.2f} s: {share:.0%} (at most {MOST_SHARE:.0%})\n")


if __name__ == "__main__":
    main()
