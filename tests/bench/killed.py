"""Kill builds at random moments and see whether the next one makes what a clean build makes, to the last byte.

Run it as `python -m tests.bench.killed --times 50`; the same seed gives the same moments, as far as the machine is the
same. The store is shared by all of them, as it would be on a desk where the power fails again and again.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.kit_builds import begin, build, contents, edit, kill, small_issue


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    wrong = ended = 0
    with tempfile.TemporaryDirectory() as name:
        shelf = Path(name)
        folder, store, out = small_issue(shelf), shelf / "store", shelf / "out"
        began = time.perf_counter()
        build(folder, shelf / "clean", "--cache", str(shelf / "first"))
        long = time.perf_counter() - began
        first = contents(shelf / "clean")
        edit(shelf)
        build(folder, shelf / "clean", "--cache", str(shelf / "first"), "--fresh")
        wanted = (first, contents(shelf / "clean"))
        for number in range(options.times):
            (edit if number % 2 else small_issue)(shelf)
            if dice.random() < 0.3:
                shutil.rmtree(store, ignore_errors=True)
            ended += not _killed(folder, out, store, dice.uniform(0, 0.7 * long), workers=dice.random() < 0.5)
            build(folder, out, "--cache", str(store))
            wrong += contents(out) != wanted[number % 2]
            sys.stdout.write(f"\r{number + 1} builds killed, {wrong} went wrong behind them, {ended} had ended before")
            sys.stdout.flush()
    sys.stdout.write("\n")
    sys.exit(wrong > 0)


def _killed(folder: Path, out: Path, store: Path, moment: float, *, workers: bool) -> bool:
    """Kill a build after so many seconds; return whether it was still at work."""
    process = begin(folder, out, "--cache", str(store))
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        kill(process, workers=workers)
        return True
    process.communicate()
    return False


if __name__ == "__main__":
    main()
