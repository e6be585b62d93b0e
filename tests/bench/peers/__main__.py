"""Time magbuild side by side with other programs on the same made-up stories, and write a table and a plot.

`python -m tests.bench.peers` writes `peers.md`, `peers.svg` and `peers.json` into build/bench/. All run turn by turn,
one after another, in each round; a ratio is the median of the rounds' own ratios. The other programs are installed
into .venv/bench the first time.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from tests.bench.peers.clock import Run, rerun, run
from tests.bench.peers.contenders import Contender, Peers, magbuild
from tests.bench.peers.corpus import Corpus, write_corpus
from tests.bench.peers.facts import facts_of
from tests.bench.peers.report import Limit, as_markdown, as_svg

SCREEN, ALL, SAME = "magbuild, screen PDF", "magbuild", "magbuild, unchanged"
EDITED, WATCHED = "magbuild, a paragraph edited", "magbuild watch, a paragraph edited"
WEASYPRINT, VIVLIOSTYLE = "WeasyPrint, one document", "Vivliostyle"
PAGEDJS, PANDOC = "Paged.js", "pandoc + Typst, pandoc EPUB"
TENFOLD = "magbuild, ten times the stories"
LIMITS = (
    Limit("cold, screen PDF only", SCREEN, WEASYPRINT, 0.50),
    Limit("cold, screen PDF only", SCREEN, VIVLIOSTYLE, 0.50),
    Limit("cold, screen PDF only", SCREEN, PAGEDJS, 0.90),
    Limit("cold, print + screen + EPUB", ALL, VIVLIOSTYLE, 1.00),
    Limit("one paragraph edited, all three editions, `build`", EDITED, PANDOC, 0.60),
    Limit("one paragraph edited, all three editions, `watch`", WATCHED, PANDOC, 0.60),
    Limit("nothing changed", SAME, PANDOC, 0.15),
    Limit("ten times the stories, cold", TENFOLD, ALL, 10.5),
    Limit("largest process, ten times the stories", TENFOLD, ALL, 1.3, memory=True),
)


@dataclass(slots=True)
class Bench:
    """The runs so far, by contender, and what each one's files have."""

    peers: Peers
    work: Path
    runs: dict[str, list[Run]] = field(default_factory=dict)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)

    def round(self, corpus: Corpus, number: int) -> None:
        """Let every contender run once."""
        for contender in self._contenders(corpus, number):
            self.time(contender)
        # The first save finds workers who have laid out nothing yet: an editor's second, third and so on is timed.
        saves = [partial(corpus.edit, 1000 * time + number) for time in (1, 2)]
        watching = magbuild(WATCHED, corpus, self.work / "out", self.work / "all", command="watch")
        self.time(watching, partial(rerun, saves=saves))

    def time(self, contender: Contender, clock: Callable[[Contender], Run] = run) -> None:
        """Let one contender run, and say what it took."""
        try:
            took = clock(contender)
        except subprocess.CalledProcessError as error:
            sys.exit(f"{contender.name} failed:\n{error.output.decode(errors='replace')[-3000:]}")
        self.runs.setdefault(contender.name, []).append(took)
        self.facts[contender.name] = facts_of(contender.files)
        sys.stdout.write(f"{contender.name}: {took.seconds:.2f} s, {took.megabytes:.0f} MB\n")
        sys.stdout.flush()

    def _contenders(self, corpus: Corpus, number: int) -> Iterator[Contender]:
        peers, out = self.peers, self.work / "out"
        yield magbuild(SCREEN, corpus, out, self.empty("screen"), "screen")
        yield peers.weasyprint(corpus)
        yield peers.vivliostyle(corpus)
        yield peers.pagedjs(corpus)
        remembered = self.empty("all")
        yield magbuild(ALL, corpus, out, remembered)
        corpus.edit(number)
        yield magbuild(EDITED, corpus, out, remembered)
        yield magbuild(SAME, corpus, out, remembered)
        yield peers.pandoc(corpus)

    def empty(self, name: str) -> Path:
        """Return a folder in which nothing is remembered yet."""
        shutil.rmtree(self.work / name, ignore_errors=True)
        return self.work / name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long-rounds", type=int, default=5, help="of the issue with ten times the stories")
    parser.add_argument("--out", type=Path, default=Path("build/bench"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Peers(Path(sys.prefix) / "bench"), Path(folder))
        bench.peers.install()
        corpus = write_corpus(bench.work / "corpus", options.stories)
        for number in range(options.rounds):
            bench.round(corpus, number)
        if options.long_rounds:
            long = write_corpus(bench.work / "long", 10 * options.stories)
            for _ in range(options.long_rounds):
                bench.time(magbuild(TENFOLD, long, bench.work / "long-out", bench.empty("tenfold")))
    medians = {name: statistics.median(run.seconds for run in runs) for name, runs in bench.runs.items()}
    options.out.mkdir(parents=True, exist_ok=True)
    table = as_markdown(LIMITS, bench.runs, bench.facts)
    (options.out / "peers.md").write_text(table, "utf-8")
    (options.out / "peers.svg").write_text(as_svg(medians), "utf-8")
    figures = {name: [asdict(run) for run in runs] for name, runs in bench.runs.items()}
    (options.out / "peers.json").write_text(json.dumps(figures, indent=1), "utf-8")
    sys.stdout.write(table)


if __name__ == "__main__":
    main()
